"""The day on which a message was sent or received, as the first sentence of a report gives it."""

import re
from datetime import date, timedelta

from babel.dates import get_day_names, get_month_names

MONTHS = [get_month_names("abbreviated", locale="en")[number].lower()[:3] for number in range(1, 13)]
DAYS = [get_day_names("wide", locale="en")[number].lower() for number in range(7)]

_DAY = re.compile(
    rf"(?:\bon\s+|,\s*)(?:(?P<month>{'|'.join(MONTHS)})[a-z]*\.?\s+(?P<day>\d{{1,2}})(?!\d)(?:,?\s+(?P<year>\d{{4}}))?)"
    rf"|\b(?P<weekday>{'|'.join(DAYS)})\b",
    re.IGNORECASE,
)
_RECEIVED = re.compile(r"\breceived?s?\b", re.IGNORECASE)


def find_date(sentence: str, published: date) -> tuple[date, str]:
    """The day a sentence gives for a message, and on what it rests: sent, received, or published where it gives none.

    In: the sentence after its dateline, and the day of publication, which tells the year and the week.

    >>> find_date("Ann Lee sent a letter to Bob Moe on Sept. 9.", date(2024, 9, 10))
    (datetime.date(2024, 9, 9), 'sent')
    >>> find_date("Ann Lee Sunday received a letter from Bob Moe.", date(2024, 10, 7))
    (datetime.date(2024, 10, 6), 'received')
    """
    basis = "received" if _RECEIVED.search(sentence) else "sent"
    for found in _DAY.finditer(sentence):
        if found["weekday"]:
            back = (published.weekday() - DAYS.index(found["weekday"].lower())) % 7
            return published - timedelta(days=back), basis
        day = _nearest(MONTHS.index(found["month"].lower()[:3]) + 1, int(found["day"]), found["year"], published)
        # A day far from publication is that of an anniversary.
        if day and timedelta(days=-120) < day - published <= timedelta(days=1):
            return day, basis
    return published, "published"


def _nearest(month: int, day: int, year: str | None, published: date) -> date | None:
    """The day in the year given, or in the one that puts it nearest to publication."""
    days = []
    for candidate in [int(year)] if year else [published.year - 1, published.year, published.year + 1]:
        try:
            days.append(date(candidate, month, day))
        except ValueError:
            continue
    return min(days, key=lambda found: abs(found - published), default=None)
