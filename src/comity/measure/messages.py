"""Which messages texts tell of: their identifiers, their days, what they were sent for."""

import re
import unicodedata
from datetime import date

import pandas as pd

from comity.measure.dates import find_date
from comity.measure.occasions import find_occasions

MESSAGE_COLUMNS = ["message_id", "sender", "recipient", "date", "date_basis", "occasion", "reply", "versions"]
LONGEST_NAME = 48

_NO_LETTER = re.compile(r"[^a-z0-9]+")


def name_messages(frames: pd.DataFrame) -> pd.Series:
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


def list_messages(frames: pd.DataFrame) -> pd.DataFrame:
    """The messages that sentences tell of, by date. Columns in: as `split_frames` gives them, ``message_id`` and ``date``."""
    days, rows = _days(frames), {}
    for row in frames[frames["message_id"] != ""].itertuples():
        found = rows.setdefault(row.message_id, [row.sender, row.recipient, *days[row.version_id, row.sender, row.recipient], set()])
        found[-1].add(row.version_id)
    table = [(key, *facts, len(versions)) for key, (*facts, versions) in rows.items()]
    messages = pd.DataFrame(table, columns=[name for name in MESSAGE_COLUMNS if name not in ("occasion", "reply")])
    messages = messages.merge(find_occasions(frames), "left", "message_id")
    return messages[MESSAGE_COLUMNS].sort_values(["date", "message_id"], ignore_index=True)
