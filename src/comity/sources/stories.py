"""One record of an archive: the story in it, or why it cannot be used."""

import hashlib
import re
from datetime import UTC, date, datetime, timedelta

from comity.sources.refusal import Refused

KEYS = {"topic": str, "headline": str, "link": str, "story_text": str}
# The agency's site is younger than this. A number of seconds, read as milliseconds, falls into January 1970.
EARLIEST, LATEST = date(1990, 1, 1), date(2100, 1, 1)
AS_DATE = "Give the milliseconds since 1970 (1728345600000) or an ISO date (2024-10-08)."

# "Pyongyang, October 8 (KCNA) --": the place, the day, the agency.
_DATELINE = re.compile(r"\s*[^\n(]{2,60}?\s(?P<month>[A-Z][a-z]{2,8})\.?\s+(?P<day>\d{1,2})\s*\([A-Z]{3,8}\)")


def read_story(index: int, record: object) -> dict:
    """The story of a record, by the columns of an archive; raises Refused where the record cannot be used."""
    _check(record)
    text, day = record["story_text"], _day(record["date"])
    identity = hashlib.sha256(text.encode("utf-8")).hexdigest()[:12]
    story = {"record": index, "story_id": identity, "headline": record["headline"], "text": text, "date": day}
    return story | {"dateline": _dateline(text, day), "link": record["link"], "topics": {record["topic"]: None}}


def _check(record: object) -> None:
    if not isinstance(record, dict):
        raise Refused("The record is not an object.", f"Write it as an object with the keys {', '.join([*KEYS, 'date'])}.")
    missing = [key for key in [*KEYS, "date"] if key not in record]
    if missing:
        raise Refused(f"The record lacks {', '.join(missing)}.", "Add what is missing, or take the record out.")
    wrong = [key for key in KEYS if not isinstance(record[key], str)]
    if wrong:
        raise Refused(f"Not a text: {', '.join(wrong)}.", "Write it as a text in quotation marks.")
    broken = [key for key in KEYS if not is_unicode(record[key])]
    if broken:
        raise Refused(f"Half a character pair in {', '.join(broken)}.", "Download the file again; the text is damaged.")
    if not record["story_text"].strip():
        raise Refused("The story is empty.", "Nothing to do where it is a photo or video; else look at its link.")


def is_unicode(text: str) -> bool:
    """Has a text no lone surrogate, the half of a character pair?"""
    return text.isascii() or not any("\ud800" <= char <= "\udfff" for char in text)


def _day(value: object) -> date:
    try:
        day = _iso_day(value) if isinstance(value, str) and "-" in value.strip()[1:] else _day_of_milliseconds(value)
    except (ValueError, TypeError, OverflowError) as error:
        raise Refused(f"The date cannot be read: {str(value)[:40]!r}.", AS_DATE) from error
    if not EARLIEST <= day < LATEST:
        raise Refused(f"The date cannot be right: {str(value)[:40]!r} is {day}.", f"{AS_DATE} Seconds need three more zeros.")
    return day


def _iso_day(value: str) -> date:
    # The day as written: the agency's day is not moved by an offset from Greenwich.
    return datetime.fromisoformat(value.strip()).date()


def _day_of_milliseconds(value: object) -> date:
    if isinstance(value, bool) or not isinstance(value, (int, float, str)):
        raise TypeError
    milliseconds = float(value) if isinstance(value, (float, str)) else value
    return (datetime(1970, 1, 1, tzinfo=UTC) + timedelta(milliseconds=milliseconds)).date()


def _dateline(text: str, day: date) -> date | None:
    """The day in the text's own dateline, in the year that puts it nearest to the date field."""
    found = _DATELINE.match(text)
    if not found:
        return None
    days = []
    for year in (day.year - 1, day.year, day.year + 1):
        try:
            days.append(datetime.strptime(f"{found['month'][:3]} {int(found['day'])} {year}", "%b %d %Y").date())
        except ValueError:
            continue
    return min(days, key=lambda candidate: abs(candidate - day), default=None)


def describe_refused(index: int, record: object, reason: str, remedy: str) -> dict:
    """The row of a record that cannot be used, with what can be shown of it."""
    known = record if isinstance(record, dict) else {}
    shown = {key: _shown(known.get(key, "")) for key in ["headline", "date", "link"]}
    return {"record": index, **shown, "topics": _shown(known.get("topic", "")), "reason": reason, "remedy": remedy}


def _shown(value: object) -> str:
    return (value if isinstance(value, str) else repr(value)).encode("utf-8", "replace").decode("utf-8")
