"""The day of a letter, where it can be read in one way only; never a guess."""

import re
from datetime import date, datetime
from functools import cache

from comity.sources.incoming.names import languages_of_names

AS_ISO = "write year-month-day"
NO_DAY = f"{AS_ISO}; where no more is known, leave date blank and write what is known into occasion"
NOT_GREGORIAN = f"is no day of the calendar: {AS_ISO}, of the old (Julian) calendar the day that it was in the new one"
EARLIEST_YEAR, LATEST_YEAR = 1, 2100

# The hour, behind a day of any form; letters are compared by days.
_HOUR = re.compile(r"[ ,T]+\d{1,2}:\d{2}(?::\d{2}(?:[.,]\d+)?)?(?:\s?[ap]\.?m\.?)?(?:\s?(?:[+-]\d{2}:?\d{2}|Z|[A-Z]{2,4}))?(?:\s?\([\w ]{1,30}\))?$", re.IGNORECASE)
_ISO = re.compile(r"(?P<y>\d{4})(?P<s>[-/.])(?P<m>\d{1,2})(?P=s)(?P<d>\d{1,2})$|(?P<y2>\d{4})(?P<m2>\d{2})(?P<d2>\d{2})$")
_FAR_EAST = re.compile(r"(?P<y>\d{4})\s*[年년]\s*(?P<m>\d{1,2})\s*[月월]\s*(?P<d>\d{1,2})\s*[日일]?$")
_NUMBERS = re.compile(r"(?P<one>\d{1,2})(?P<s>[-/.])\s?(?P<two>\d{1,2})(?P=s)\s?(?P<y>\d{4}|\d{2})$")
_WORDS = re.compile(
    r"(?:[^\W\d_]+\.?,?\s+)?(?:(?P<d>\d{1,2})(?:st|nd|rd|th|er|º|\.)?[\s-]\s*(?:of\s+|de\s+)?(?P<m>[^\W\d_]{3,})\.?,?[\s-]\s*(?:de\s+)?|(?P<m2>[^\W\d_]{3,})\.?\s+(?P<d2>\d{1,2})(?:st|nd|rd|th)?,?\s+)(?P<y>\d{3,4})\.?$"
)


def read_day(value: object, language: str = "en") -> tuple[date | None, str]:
    """The day that a cell or a header line gives, and why it gives none (blank where it gives one, or is blank).

    >>> read_day("3 April 1962"), read_day("3/4/1962")[1]
    ((datetime.date(1962, 4, 3), ''), "'3/4/1962' is 3 April or 4 March: write 1962-04-03 or 1962-03-04")
    """
    if isinstance(value, datetime | date):
        return (value.date() if isinstance(value, datetime) else value), ""
    written = " ".join(str(value if value is not None else "").split())
    if not written or written.casefold() in ("nan", "nat", "none"):
        return None, ""
    shown = repr(written[:40])
    try:
        parts = _parts(_HOUR.sub("", written), language) if len(written) <= 80 else None
        if isinstance(parts, str):
            return None, f"{shown} {parts}"
        if parts:
            return date(*parts), ""
    except ValueError:
        return None, f"{shown} {NOT_GREGORIAN}"
    return None, f"{shown} is not read as a day: {NO_DAY}"


def _parts(written: str, language: str) -> tuple[int, int, int] | str | None:
    """Year, month, day; or why there are two ways to read them."""
    found = _ISO.match(written)
    if found:
        return tuple(int(found[name] or found[name + "2"]) for name in "ymd")
    found = _FAR_EAST.match(written)
    if found:
        return int(found["y"]), int(found["m"]), int(found["d"])
    found = _NUMBERS.match(written)
    if found:
        return _in_order(int(found["one"]), int(found["two"]), found["y"])
    found = _WORDS.match(written)
    month = found and _month(found["m"] or found["m2"], language)
    return (int(found["y"]), month, int(found["d"] or found["d2"])) if month else None


def _in_order(one: int, two: int, year: str) -> tuple[int, int, int] | str:
    if len(year) == 2:
        return f"does not say the century: {AS_ISO}"
    if not one or not two:
        raise ValueError
    if one > 12 or one == two:
        return int(year), two, one
    if two > 12:
        return int(year), one, two
    names = _names("en")
    first, second = names[two - 1].capitalize(), names[one - 1].capitalize()
    return f"is {one} {first} or {two} {second}: write {year}-{two:02}-{one:02} or {year}-{one:02}-{two:02}"


def _month(word: str, language: str) -> int | None:
    """The month that a word or its beginning names in the letter's language or in English; else in any language that agrees with the others."""
    for languages in ((language,), ("en",), languages_of_names()):
        for alike in (str.__eq__, str.startswith):
            months = {number for one in languages for number, name in enumerate(_names(one), 1) if alike(name, word.casefold())}
            if months:
                return months.pop() if len(months) == 1 else None
    return None


@cache
def _names(language: str) -> tuple[str, ...]:
    from babel import UnknownLocaleError
    from babel.dates import get_month_names

    try:
        names = get_month_names("wide", locale=language or "en")
    except (UnknownLocaleError, ValueError):
        names = get_month_names("wide", locale="en")
    return tuple(names[number].casefold() for number in range(1, 13))
