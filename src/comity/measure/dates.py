"""The day on which a message was sent or received, as the first sentence of a report gives it."""

import re
from datetime import date, timedelta

from babel.dates import get_day_names, get_month_names

MONTHS = [get_month_names("wide", locale="en")[number].lower() for number in range(1, 13)]
DAYS = [get_day_names("wide", locale="en")[number].lower() for number in range(7)]

_NAME = rf"(?:{'|'.join(month[:3] for month in MONTHS)})[a-z]*"
# "on May 2, 2001", "on 2 May", "on the 2nd of May"; the same after a comma.
_DAY = re.compile(
    rf"(?:\bon\s+|,\s*)(?:(?P<month>{_NAME})\.?\s+(?P<day>\d{{1,2}})(?!\d)|(?:the\s+)?(?P<first>\d{{1,2}})(?:st|nd|rd|th)?\s+(?:of\s+)?(?P<then>{_NAME}))"
    rf"(?:\.?,?\s+(?P<year>\d{{4}}))?",
    re.IGNORECASE,
)
_WEEKDAY = re.compile(rf"\b(?:{'|'.join(DAYS)})\b", re.IGNORECASE)
# "on the occasion of Good Friday": the name of a feast, not the day of sending.
_FEAST = re.compile(r"\boccasion\s+of\s+(?:the\s+)?(?:[A-Z][\w’'-]*\s+)*$")
_RECEIVED = re.compile(r"\breceived?s?\b", re.IGNORECASE)


def find_date(sentence: str, published: date | None) -> tuple[date | None, str]:
    """The day a sentence gives for a message, and on what it rests: sent, received, or published where it gives none.

    A day of a month comes before a day of the week. In: the sentence after its dateline, and the day of publication, which tells the
    year and the week; without one only a day with its year is known, and the basis of an unknown day (None) is blank.

    >>> find_date("Ann Lee sent a letter to Bob Moe on Sept. 9.", date(2024, 9, 10))
    (datetime.date(2024, 9, 9), 'sent')
    >>> find_date("Ann Lee Sunday received a letter from Bob Moe.", date(2024, 10, 7))
    (datetime.date(2024, 10, 6), 'received')
    """
    day = _day_of_month(sentence, published) or (published and _day_of_week(sentence, published))
    if day:
        return day, "received" if _RECEIVED.search(sentence) else "sent"
    return published, "published" if published else ""


def _day_of_month(sentence: str, published: date | None) -> date | None:
    for found in _DAY.finditer(sentence):
        name = (found["month"] or found["then"]).lower()
        month = next((number for number, month in enumerate(MONTHS, 1) if month.startswith(name)), None)
        day = month and _nearest(month, int(found["day"] or found["first"]), found["year"], published)
        # A day far from publication is that of an anniversary.
        if day and (not published or timedelta(days=-120) < day - published <= timedelta(days=1)):
            return day
    return None


def _day_of_week(sentence: str, published: date) -> date | None:
    for found in _WEEKDAY.finditer(sentence):
        if not _FEAST.search(sentence, 0, found.start()):
            return published - timedelta(days=(published.weekday() - DAYS.index(found[0].lower())) % 7)
    return None


def _nearest(month: int, day: int, year: str | None, published: date | None) -> date | None:
    """The day in the year given, or in the one that puts it nearest to publication; None where neither tells the year."""
    near = [published.year - 1, published.year, published.year + 1] if published else []
    days = []
    for candidate in [int(year)] if year else near:
        try:
            days.append(date(candidate, month, day))
        except ValueError:
            continue
    return min(days, key=lambda found: abs(found - published) if published else found, default=None)
