"""From texts to tables: the messages they tell of, the version that each text is, and its mentions."""

import re
import unicodedata
from dataclasses import dataclass, field
from datetime import date

import pandas as pd

from comity.address import find_mentions
from comity.measure.dates import find_date
from comity.speech import split_frames

MESSAGE_COLUMNS = ["message_id", "sender", "recipient", "date", "date_basis", "versions"]
VERSION_COLUMNS = [
    "version_id", "message_id", "url", "record", "published", "dateline", "sentences", "words", "agency", "letter", "reported",
]  # fmt: skip
LONGEST_NAME = 48

_NO_LETTER = re.compile(r"[^a-z0-9]+")


@dataclass(frozen=True)
class Measurements:
    """What was measured: the messages, the versions they are known by, the mentions in them, and words counted on request."""

    messages: pd.DataFrame
    versions: pd.DataFrame
    mentions: pd.DataFrame
    counts: pd.DataFrame = field(default_factory=pd.DataFrame)


def measure_texts(texts: pd.DataFrame, honorifics: pd.DataFrame | None = None) -> Measurements:
    """Measure texts: which messages they tell of, how much of each is the letter's own words, and every form of address.

    Columns in: those of `find_mentions`, with ``date`` (the day of publication) and where known ``record, dateline``.
    Columns out: `messages`: ``message_id, sender, recipient, date, date_basis`` (sent, received or published), ``versions``
    (how many texts tell of it); a text that tells of no message has none. `versions`: ``version_id, message_id`` (of its
    first message), ``url, record, published, dateline, sentences, words`` (without the headline; parted by spaces), and of
    these the words in the frames ``agency, letter, reported``. `mentions`: see `find_mentions`.

    >>> text = "Oslo, May 3 (NTB) -- Ann Lee sent a letter to Bob Moe on May 2. The letter said: Dear friend, I thank you."
    >>> texts = pd.DataFrame({"version_id": ["a"], "text": [text], "date": [date(2001, 5, 3)]})
    >>> measure_texts(texts).messages.values.tolist()
    [['ann-lee-bob-moe-2001-05-02', 'Ann Lee', 'Bob Moe', datetime.date(2001, 5, 2), 'sent', 1]]
    """
    frames = split_frames(texts)
    published = dict(zip(texts["version_id"], pd.to_datetime(texts["date"]).dt.date, strict=True))
    frames = frames.assign(date=frames["version_id"].map(published))
    frames = frames.assign(message_id=_message_ids(frames))
    mentions = find_mentions(texts, honorifics)
    return Measurements(_messages(frames), _versions(texts, frames), _with_message(mentions, frames))


def _message_ids(frames: pd.DataFrame) -> pd.Series:
    """Sender, recipient and day: two texts of one message share them. Empty where a sentence tells of no message."""
    days = _days(frames)
    keys = zip(frames["version_id"], frames["sender"], frames["recipient"], strict=True)
    ids = [f"{_slug(key[1])}-{_slug(key[2])}-{days[key][0].isoformat()}" if key[1] or key[2] else "" for key in keys]
    return pd.Series(ids, index=frames.index, dtype="str")


def _days(frames: pd.DataFrame) -> dict[tuple[str, str, str], tuple[date, str]]:
    """The day of each message of each text, and on what it rests: from the first sentence that tells of it."""
    days = {}
    for row in frames[frames["part"] == "text"].itertuples():
        key = row.version_id, row.sender, row.recipient
        if key not in days:
            days[key] = find_date(row.sentence.partition(") --")[2] or row.sentence, row.date)
    for row in frames[frames["part"] == "headline"].itertuples():
        days.setdefault((row.version_id, row.sender, row.recipient), (row.date, "published"))
    return days


def _slug(name: str) -> str:
    """A name as part of an identifier: "Carl XVI Gustaf" is carl-xvi-gustaf."""
    plain = unicodedata.normalize("NFKD", name.split("|")[0]).encode("ascii", "ignore").decode().lower()
    return _NO_LETTER.sub("-", plain).strip("-")[:LONGEST_NAME].strip("-") or "unknown"


def _messages(frames: pd.DataFrame) -> pd.DataFrame:
    days, rows = _days(frames), {}
    for row in frames[frames["message_id"] != ""].itertuples():
        found = rows.setdefault(row.message_id, [row.sender, row.recipient, *days[row.version_id, row.sender, row.recipient], set()])
        found[-1].add(row.version_id)
    table = [(key, *facts, len(versions)) for key, (*facts, versions) in rows.items()]
    return pd.DataFrame(table, columns=MESSAGE_COLUMNS).sort_values(["date", "message_id"], ignore_index=True)


def _versions(texts: pd.DataFrame, frames: pd.DataFrame) -> pd.DataFrame:
    told = frames[frames["part"] == "text"]
    words = told.assign(words=told["sentence"].str.split().str.len()).pivot_table("words", "version_id", "frame", "sum", fill_value=0)
    words = words.reindex(columns=["agency", "letter", "reported"], fill_value=0).astype("int64")
    first = frames[frames["message_id"] != ""].groupby("version_id")["message_id"].first()
    table = texts.reindex(columns=["version_id", "url", "record", "date", "dateline"]).rename(columns={"date": "published"})
    table = table.assign(
        message_id=table["version_id"].map(first).fillna(""),
        sentences=table["version_id"].map(told["version_id"].value_counts()).fillna(0).astype("int64"),
        words=texts["text"].str.split().str.len().to_numpy(),
    )
    return table.merge(words, "left", left_on="version_id", right_index=True).fillna(dict.fromkeys(words, 0))[VERSION_COLUMNS]


def _with_message(mentions: pd.DataFrame, frames: pd.DataFrame) -> pd.DataFrame:
    """Each mention with the message of its sentence."""
    begins = frames[["version_id", "part", "start", "message_id"]].sort_values("start", kind="stable")
    found = pd.merge_asof(
        mentions.drop(columns="message_id").reset_index().sort_values("start", kind="stable"), begins, on="start", by=["version_id", "part"]
    )
    return found.set_index("index").sort_index()[list(mentions.columns)].reset_index(drop=True).fillna({"message_id": ""})
