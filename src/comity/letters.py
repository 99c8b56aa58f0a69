"""The letters of the record and those measured in an archive, under one set of names: what every comparison starts from."""

from dataclasses import replace

import pandas as pd

from comity.errors import CorpusError
from comity.lengths import measure_lengths
from comity.measure import Measurements
from comity.measure.tables import LENGTHS, TOKEN_COUNTS, TONE
from comity.tone import list_forms, read_tone
from comity.tone.lexicon import NONE

# A report names the day of sending, of receipt or of publication: two accounts of one message may lie so many days apart.
DAYS_APART = 3

# How the sender's words stand in a version of the record, as frames.
FRAMES = {"direct": "letter", "indirect": "reported", "mixed": "mixed"}


def gather_letters(measured: Measurements, corpus, tone: pd.DataFrame | None = None) -> Measurements:
    """Bring measurements of texts and the record's own counts together, under the record's names of people and messages.

    A message of the same sender and recipient within three days is the same message, and gets the record's id, day and
    occasion. The record's versions of which only the words were counted take part: their tone terms are those of a single
    word (phrases and negations cannot be seen in counts), without places; words of a version that mixes direct and
    indirect speech stand in the frame ``mixed``.

    In: measurements as `measure_texts` gives or `read_measurements` reads them; a corpus with ``token_counts, lengths``;
    ``tone``, a lexicon other than ours for the counted words.
    Out: measurements with all messages of both, ``record`` added to `messages` (yes where the record knows it).

    >>> from comity import read_corpus, read_measurements
    >>> letters = gather_letters(read_measurements(), read_corpus())
    >>> letters.messages.set_index("message_id").loc["kim-putin-2024-10-07", "occasion"]
    'birthday'
    """
    messages = _named(measured.messages, corpus.people)
    same = _same_messages(messages, corpus.messages)
    ours = corpus.messages[["message_id", "sender", "recipient", "date", "date_basis", "occasion", "reply"]]
    others = messages[~messages["message_id"].isin(same)]
    held = measured.versions["message_id"].replace(same).value_counts().add(corpus.versions["message_id"].value_counts(), fill_value=0)
    together = pd.concat([ours.assign(record="yes"), others.assign(record="no")], ignore_index=True)
    together = together.assign(versions=together["message_id"].map(held).fillna(0).astype("int64"))
    counts = _counted(corpus)
    tables = {name: _renamed(getattr(measured, name), same) for name in ("versions", "mentions", "tone", "lengths", "token_counts", "wordings")}
    tables["token_counts"] = pd.concat([tables["token_counts"], counts], ignore_index=True)
    tables["lengths"] = pd.concat([tables["lengths"], _lengths(corpus)], ignore_index=True)
    tables["tone"] = _joined_tone(tables["tone"], _tone_of(counts, read_tone() if tone is None else tone))
    return replace(measured, messages=together.sort_values(["date", "message_id"], ignore_index=True), **tables)


def _named(messages: pd.DataFrame, people: pd.DataFrame) -> pd.DataFrame:
    """Sender and recipient under the names of the record."""
    known = people[people["kind"] == "name"].drop_duplicates("value").set_index("value")["person"].to_dict()
    return messages.assign(**{side: messages[side].replace(known) for side in ("sender", "recipient")})


def _same_messages(measured: pd.DataFrame, recorded: pd.DataFrame) -> dict[str, str]:
    """The record's id of each measured message that it knows: the nearest in time between the same two."""
    pairs = measured.merge(recorded, on=["sender", "recipient"], suffixes=("", "_recorded"))
    apart = (pairs["date"] - pairs["date_recorded"]).abs().dt.days
    near = pairs.assign(apart=apart)[apart <= DAYS_APART].sort_values(["apart", "message_id"], kind="stable")
    near = near.drop_duplicates("message_id").drop_duplicates("message_id_recorded")
    return dict(zip(near["message_id"], near["message_id_recorded"], strict=True))


def _renamed(table: pd.DataFrame, same: dict[str, str]) -> pd.DataFrame:
    return table.assign(message_id=table["message_id"].replace(same)) if "message_id" in table else table


def _counted(corpus) -> pd.DataFrame:
    """The words of the record's counted versions, with message and frame."""
    about = corpus.versions.assign(frame=corpus.versions["speech"].map(FRAMES))[["version_id", "message_id", "frame"]]
    counts = corpus.token_counts.merge(about, on="version_id")
    return counts.dropna(subset="frame")[TOKEN_COUNTS]


def _lengths(corpus) -> pd.DataFrame:
    """The lengths of the same versions; readability needs the text, which is not held."""
    bounds = measure_lengths(corpus).set_index("version_id")[["low", "high"]]
    counted = corpus.lengths.drop(columns="extent").merge(corpus.versions[["version_id", "message_id", "speech", "extent"]], on="version_id")
    counted = counted.assign(
        frame=counted["speech"].map(FRAMES), words=counted["whitespace_words"], high=counted["version_id"].map(bounds["high"]),
        mean_sentence=counted["tokens"] / counted["sentences"], warning="only its words were counted: no readability",
    )  # fmt: skip
    return counted.dropna(subset="frame").reindex(columns=LENGTHS)


def _tone_of(counts: pd.DataFrame, lexicon: pd.DataFrame) -> pd.DataFrame:
    """A row for each time that a word of the lexicon was counted."""
    forms = list_forms(lexicon[(lexicon["language"] == "en") & (lexicon["dimension"] != NONE)])
    single = forms[~forms["form"].str.contains(" ")][["form", "term", "dimension"]]
    found = counts.merge(single, left_on="token", right_on="form")
    found = found.loc[found.index.repeat(found["n"])]
    return found.assign(matched=found["token"], part="text", negated="no").reindex(columns=TONE).fillna({"address": "", "context": ""})


def _joined_tone(measured: pd.DataFrame, counted: pd.DataFrame) -> pd.DataFrame:
    both = [table.astype({"start": "Int64", "end": "Int64"}) for table in (measured, counted)]
    return pd.concat(both, ignore_index=True)


def choose_versions(letters: Measurements, messages, frames: tuple[str, ...] = ("letter",)) -> pd.DataFrame:
    """Choose for each message the version that shows most of it in these frames: whole before cut, then the most words.

    Columns out: ``message_id, version_id, extent, words, high``; one row a message that has words in these frames.
    Errors: CorpusError for a message that the measurements do not hold.
    """
    unknown = [message for message in messages if message not in set(letters.messages["message_id"])]
    if unknown:
        raise CorpusError(f"There is no message {unknown[0]!r}. The table of messages names {len(letters.messages):,} by message_id.")
    seen = letters.lengths[letters.lengths["frame"].isin(frames) & letters.lengths["message_id"].isin(list(messages))]
    seen = seen.assign(cut=seen["extent"] != "full")
    seen = seen.groupby(["message_id", "version_id"], as_index=False).agg(
        cut=("cut", "max"), extent=("extent", "first"), words=("words", "sum"), high=("high", "sum")
    )
    best = seen.sort_values(["cut", "words", "version_id"], ascending=[True, False, True]).drop_duplicates("message_id")
    order = {message: number for number, message in enumerate(messages)}
    best = best.sort_values("message_id", key=lambda ids: ids.map(order), ignore_index=True)
    return best[["message_id", "version_id", "extent", "words", "high"]]
