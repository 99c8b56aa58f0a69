"""One set of tables of all letters: what the record holds of them, and what was measured in texts or counts."""

from dataclasses import dataclass, replace

import pandas as pd

from comity.corpus import Corpus, empty_corpus
from comity.corpus.identifiers import free_id
from comity.honorifics import read_honorifics
from comity.letters.matching import match_messages, match_versions, refuse_foreign_ids, rename_people
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
    tables: what was measured in texts or counts (see `measure_texts`); ``basis`` of the lengths says in which. ``texts``: in which text
    each version was read (``version_id, text_id``)."""

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
    texts: pd.DataFrame


def gather_letters(
    measured: Measurements, corpus: Corpus | None = None, tone: pd.DataFrame | None = None, honorifics: pd.DataFrame | None = None
) -> Letters:
    """Bring measurements of texts and the record together, under the record's names of people, messages and versions.

    A measured message of the same sender and recipient within three days is the record's message, unless the two contradict each
    other (see `comity.letters.matching.match_messages`), and gets its id, day and occasion; so is every message under an id of the
    record that the user gives. What was merged can be seen by ``versions`` of `messages`, and in the corpus's versions by their message.
    A text with the id of one of its versions, or at the address of one, is that version. Texts that the record does not know are added
    to it as versions, with their mentions; one that would have the id of another gets a number behind it. The record's versions of which only the words were counted take part: their tone terms
    are those of a single word (phrases and negations cannot be seen in counts), without places; words of a version that mixes
    direct and indirect speech stand in the frame ``mixed``.

    In: measurements as `measure_texts` gives or `read_measurements` reads them; a corpus as `read_corpus` reads it (None: no record, the letters are all one's own); ``tone``, a
    lexicon other than ours for the counted words; ``honorifics``, one other than the record's or ours, by which forms of address are judged
    from here on: that with which the texts were measured.
    Errors: CorpusError for a text that has the id of a version of the record and tells of another message.

    >>> from comity import read_corpus, read_measurements
    >>> letters = gather_letters(read_measurements(), read_corpus())
    >>> letters.messages.set_index("message_id").loc["kim-putin-2024-10-07", "occasion"]
    'birthday'
    >>> "kim-putin-2024-10-07__kcna-stiles-archive__en" in set(letters.lengths["version_id"])
    True
    """
    corpus = empty_corpus(read_honorifics()) if corpus is None else corpus
    corpus = corpus if honorifics is None else replace(corpus, honorifics=honorifics)
    named = rename_people(measured.messages, corpus.people, ("sender", "recipient"))
    named = named.assign(date=pd.to_datetime(named["date"]))
    given = measured.versions.loc[measured.versions["identity"] == "given", "message_id"]
    matched = match_messages(named, corpus.messages, set(given))
    same = matched | _renamed([name for name in named["message_id"] if name not in matched], set(named["message_id"]), corpus)
    tables = {name: _by_message(getattr(measured, name), same) for name in _MEASURED}
    tables["mentions"] = rename_people(tables["mentions"], corpus.people, ("honoree",))
    pairs = _pairs(tables, _by_message(measured.versions, same), measured.versions, corpus)
    tables = {name: _by_version(table, pairs) for name, table in tables.items()}
    tables |= _with_counts(tables, corpus, read_tone() if tone is None else tone)
    others = _by_message(named[~named["message_id"].isin(matched)], same)
    joined = _join(corpus, others, pairs[~pairs["known"]], measured.versions, tables)
    held = joined.versions["message_id"].value_counts()
    messages = joined.messages[_ABOUT].assign(record=joined.messages["message_id"].isin(corpus.messages["message_id"]).map({True: "yes", False: "no"}))
    messages = messages.assign(versions=messages["message_id"].map(held).fillna(0).astype("int64"))
    return Letters(corpus=joined, messages=messages.sort_values(["date", "message_id"], ignore_index=True), sought=measured.sought, texts=pairs[["version_id", "text_id"]], **tables)


def _renamed(others: list[str], measured: set[str], corpus: Corpus) -> dict[str, str]:
    """A new id for each message that only by chance has the id of one of the record."""
    taken = set(corpus.messages["message_id"])
    return {name: free_id(name, taken | measured) for name in others if name in taken}


def _by_message(table: pd.DataFrame, same: dict[str, str]) -> pd.DataFrame:
    return table.assign(message_id=table["message_id"].replace(same)) if "message_id" in table else table


def _pairs(tables: dict, versions: pd.DataFrame, texts: pd.DataFrame, corpus: Corpus) -> pd.DataFrame:
    """Every text with every message it tells of: the id of this version, and whether the record knows it."""
    keys = ["message_id", "version_id"]
    told = pd.concat([versions[keys], *(tables[name][keys] for name in ("lengths", "mentions"))]).drop_duplicates()
    told = told[told["message_id"] != ""].reset_index(drop=True)
    refuse_foreign_ids(told, corpus.versions)
    about = told.merge(texts[["version_id", "url"]], "left", on="version_id").fillna({"url": ""})
    words = tables["lengths"].groupby(keys, as_index=False)["words"].sum()
    addresses = corpus.sources[["version_id", "url"]].drop_duplicates()
    recorded = corpus.versions[[*keys, "words"]].merge(addresses, "left", on="version_id").fillna({"url": ""})
    known = match_versions(about.merge(words, "left", keys), recorded)
    found = [known.get(pair) for pair in zip(told["message_id"], told["version_id"], strict=True)]
    taken = {*corpus.versions["version_id"], *texts["version_id"]}
    ids = []
    for version, text, first in zip(found, told["version_id"], ~told["version_id"].duplicated(), strict=True):
        # Of several messages in one text the first has the text's id.
        ids.append(version or (text if first else free_id(text, taken)))
        taken.add(ids[-1])
    known = pd.Series([version is not None for version in found], told.index, dtype="bool")
    return told.rename(columns={"version_id": "text_id"}).assign(version_id=pd.Series(ids, told.index, dtype="str"), known=known)


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
