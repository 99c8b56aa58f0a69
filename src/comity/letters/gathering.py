"""One set of tables of all letters: what the record holds of them, and what was measured in texts or counts."""

from dataclasses import dataclass, replace

import pandas as pd

from comity.corpus import Corpus
from comity.letters.matching import match_messages, match_versions, rename_people
from comity.letters.measured import as_mentions, as_messages, as_sources, as_versions
from comity.letters.recorded import counted_lengths, counted_tokens, tone_of_counts
from comity.measure import Measurements
from comity.tone import read_tone

_ABOUT = ["message_id", "sender", "recipient", "date", "date_basis", "occasion", "reply"]

# The tables of measurements that lead to a message and a version.
_MEASURED = ("mentions", "tone", "formulas", "lengths", "token_counts", "repeated", "wordings")


@dataclass(frozen=True)
class Letters:
    """All letters under one set of names. ``corpus``: messages, versions, mentions and their sources, those of the record and those
    measured, as the codebook describes them; ``messages``: what is known of each, and whether the ``record`` knows it; the other
    tables: what was measured in texts or counts (see `measure_texts`); ``basis`` of the lengths says in which."""

    corpus: Corpus
    messages: pd.DataFrame
    mentions: pd.DataFrame
    tone: pd.DataFrame
    formulas: pd.DataFrame
    lengths: pd.DataFrame
    token_counts: pd.DataFrame
    repeated: pd.DataFrame
    wordings: pd.DataFrame
    sought: pd.DataFrame


def gather_letters(measured: Measurements, corpus: Corpus, tone: pd.DataFrame | None = None) -> Letters:
    """Bring measurements of texts and the record together, under the record's names of people, messages and versions.

    A measured message of the same sender and recipient within three days is the record's message, and gets its id, day and
    occasion; a text at the address of one of its versions is that version. Texts that the record does not know are added to it
    as versions, with their mentions. The record's versions of which only the words were counted take part: their tone terms
    are those of a single word (phrases and negations cannot be seen in counts), without places; words of a version that mixes
    direct and indirect speech stand in the frame ``mixed``.

    In: measurements as `measure_texts` gives or `read_measurements` reads them; a corpus as `read_corpus` reads it; ``tone``, a
    lexicon other than ours for the counted words.

    >>> from comity import read_corpus, read_measurements
    >>> letters = gather_letters(read_measurements(), read_corpus())
    >>> letters.messages.set_index("message_id").loc["kim-putin-2024-10-07", "occasion"]
    'birthday'
    >>> "kim-putin-2024-10-07__kcna-stiles-archive__en" in set(letters.lengths["version_id"])
    True
    """
    named = rename_people(measured.messages, corpus.people, ("sender", "recipient"))
    named = named.assign(date=pd.to_datetime(named["date"]))
    same = match_messages(named, corpus.messages)
    tables = {name: _by_message(getattr(measured, name), same) for name in _MEASURED}
    tables["mentions"] = rename_people(tables["mentions"], corpus.people, ("honoree",))
    pairs = _pairs(tables, _by_message(measured.versions, same), measured.versions, corpus)
    tables = {name: _by_version(table, pairs) for name, table in tables.items()}
    tables |= _with_counts(tables, corpus, read_tone() if tone is None else tone)
    others = named[~named["message_id"].isin(same)]
    joined = _join(corpus, others, pairs[~pairs["known"]], measured.versions, tables)
    held = joined.versions["message_id"].value_counts()
    messages = joined.messages[_ABOUT].assign(record=joined.messages["message_id"].isin(corpus.messages["message_id"]).map({True: "yes", False: "no"}))
    messages = messages.assign(versions=messages["message_id"].map(held).fillna(0).astype("int64"))
    return Letters(corpus=joined, messages=messages.sort_values(["date", "message_id"], ignore_index=True), sought=measured.sought, **tables)


def _by_message(table: pd.DataFrame, same: dict[str, str]) -> pd.DataFrame:
    return table.assign(message_id=table["message_id"].replace(same)) if "message_id" in table else table


def _pairs(tables: dict, versions: pd.DataFrame, texts: pd.DataFrame, corpus: Corpus) -> pd.DataFrame:
    """Every text with every message it tells of: the id of this version, and whether the record knows it."""
    keys = ["message_id", "version_id"]
    told = pd.concat([versions[keys], *(tables[name][keys] for name in ("lengths", "mentions"))]).drop_duplicates()
    told = told[told["message_id"] != ""].reset_index(drop=True)
    about = told.merge(texts[["version_id", "url"]], "left", on="version_id")
    words = tables["lengths"].groupby(keys, as_index=False)["words"].sum()
    addresses = corpus.sources[["version_id", "url"]].drop_duplicates()
    known = match_versions(about.merge(words, "left", keys), corpus.versions[[*keys, "words"]].merge(addresses, on="version_id"))
    found = [known.get(pair) for pair in zip(told["message_id"], told["version_id"], strict=True)]
    number = told.groupby("version_id").cumcount()
    own = told["version_id"].where(number == 0, told["version_id"] + "-" + (number + 1).astype("str"))
    ids = [version or other for version, other in zip(found, own, strict=True)]
    return told.rename(columns={"version_id": "text_id"}).assign(version_id=ids, known=[version is not None for version in found])


def _by_version(table: pd.DataFrame, pairs: pd.DataFrame) -> pd.DataFrame:
    """The table with the ids of versions; what tells of no message keeps that of its text."""
    if "version_id" not in table:
        return table
    ids = dict(zip(zip(pairs["message_id"], pairs["text_id"], strict=True), pairs["version_id"], strict=True))
    places = zip(table["message_id"], table["version_id"], strict=True)
    return table.assign(version_id=[ids.get(place, place[1]) for place in places])


def _with_counts(tables: dict, corpus: Corpus, lexicon: pd.DataFrame) -> dict:
    """Counts of words, lengths and tone, with those of the record's versions that no text was measured of."""
    counts, lengths = (
        table[~table["version_id"].isin(tables["lengths"]["version_id"])] for table in (counted_tokens(corpus), counted_lengths(corpus))
    )
    tone = tables["tone"].astype({"start": "Int64", "end": "Int64"})
    lengths = [tables["lengths"].assign(basis="text"), lengths.assign(basis="counts")]
    return {
        "token_counts": pd.concat([tables["token_counts"], counts], ignore_index=True),
        "lengths": pd.concat(lengths, ignore_index=True),
        "tone": pd.concat([tone, tone_of_counts(counts, lexicon)], ignore_index=True),
    }


def _join(corpus: Corpus, messages: pd.DataFrame, pairs: pd.DataFrame, texts: pd.DataFrame, tables: dict) -> Corpus:
    """The record with the messages, versions and mentions that it does not know."""
    mentions = tables["mentions"][tables["mentions"]["version_id"].isin(pairs["version_id"])]
    versions = as_versions(pairs, texts, tables["lengths"], mentions)
    more = {
        "messages": as_messages(messages), "versions": versions, "mentions": as_mentions(mentions), "sources": as_sources(pairs, versions, texts),
    }  # fmt: skip
    return replace(corpus, **{name: _stacked(getattr(corpus, name), table) for name, table in more.items()})


def _stacked(table: pd.DataFrame, more: pd.DataFrame) -> pd.DataFrame:
    kinds = {name: table[name].dtype for name in table if name in more}
    return pd.concat([table, more.reindex(columns=table.columns).astype(kinds)], ignore_index=True) if len(more) else table
