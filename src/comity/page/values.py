"""How a value is written in a sentence or a cell: dates, numbers, names, phrases."""

from __future__ import annotations

import datetime
import math
from decimal import Decimal
from fractions import Fraction
from numbers import Integral, Real

import numpy as np
import pandas as pd

from comity.page.text import Phrase, phrase_html, readable, visible
from comity.rounding import ending, rounded

WORDS = "zero one two three four five six seven eight nine ten eleven twelve".split()
ORDINALS = "zeroth first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth".split()
DATE_SPECS = {"": "{0.day} {0:%B} {0.year}", "day": "{0.day} {0:%B}", "month": "{0:%B} {0.year}", "year": "{0.year}",
              "weekday": "{0:%A}", "short": "{0.day}\u00a0{0:%b}\u00a0{0.year}"}
# Of a month whose day nobody knows: what stands where a day would.
MONTH_SPECS = {"": "month", "day": "%B", "short": "%b\u00a0%Y"}


def undefined(value) -> str:
    """Why a value cannot be said ("not a number (NaN)"); "" where it can."""
    if isinstance(value, (list, tuple, np.ndarray, pd.Series, pd.Index)):
        return "empty" if len(value) == 0 else next(filter(None, map(undefined, value)), "")
    if value is None:
        return "not stated (None)"
    if value is pd.NaT or value is pd.NA or (isinstance(value, (np.datetime64, np.timedelta64)) and np.isnat(value)):
        return "not stated (it is missing in the table)"
    if isinstance(value, str):
        return "" if value.strip() else "blank"
    if isinstance(value, (Decimal, Real)) and not isinstance(value, (Integral, Fraction)):
        return "not a number (NaN)" if math.isnan(value) else "infinite" if math.isinf(value) else ""
    return ""


def worded(value, spec: str = "", name: str = "") -> str:
    """The value in plain text: 6 October 2024; 12,345; three; one in six; Kim, Xi and Putin.

    `spec` is a Python format specification or one of ours. Whole numbers: `words` (one to twelve), `ordinal`, `year`,
    and `letter|letters`, which adds the noun in its number (also `words letter is|letters are`); capitals (`Words`)
    begin a sentence. Dates: `day`, `month`, `year`, `weekday`, `short`; of a month (a Period) the month. Texts: `language` names an ISO 639 code. A whole number named year (or ..._year) is a year.
    """
    if isinstance(value, (list, tuple)):
        return listed([worded(item, spec, name) for item in value])
    if isinstance(value, (datetime.date, np.datetime64)):
        return _date(pd.Timestamp(value), spec)
    if isinstance(value, pd.Period):
        return _date(value.start_time, MONTH_SPECS.get(spec, spec))
    if isinstance(value, (datetime.timedelta, np.timedelta64)):
        return _whole(pd.Timedelta(value).days, spec or "day|days")
    if isinstance(value, Fraction):
        return f"{_whole(value.numerator, 'words')} in {_whole(value.denominator, 'words')}"
    if isinstance(value, Integral):
        return _whole(int(value), spec or ("year" if str(name).split("_")[-1] == "year" else ""))
    if isinstance(value, (Real, Decimal)):
        return _real(float(value), spec)
    return _language(value) if spec == "language" else format(str(value), spec)


def marked(value, text: str) -> str:
    """The worded value as HTML that keeps the value itself: <data>, <time>, or a span."""
    if isinstance(value, (list, tuple)) and any(isinstance(item, Phrase) for item in value):
        return listed([marked(item, worded(item)) for item in value])
    if isinstance(value, Phrase):
        return phrase_html(value)
    if isinstance(value, (datetime.date, np.datetime64)):
        return f'<time datetime="{pd.Timestamp(value):%Y-%m-%d}">{visible(text)}</time>'
    if isinstance(value, pd.Period):
        return f'<time datetime="{value:%Y-%m}">{visible(text)}</time>'
    if isinstance(value, (Real, Decimal)) and not isinstance(value, Fraction):
        return f'<data value="{value!s}">{visible(text)}</data>'
    return f'<span class="value">{readable(text)}</span>'


def listed(items: list[str]) -> str:
    """a; a and b; a, b and c."""
    return " and ".join(filter(None, [", ".join(items[:-1]), items[-1]]))


def _language(code: str) -> str:
    """Korean for ko; the code itself where it names no language."""
    from babel import Locale, UnknownLocaleError

    try:
        return Locale.parse(code, sep="-").english_name
    except (ValueError, UnknownLocaleError):
        return str(code)


def _date(day: pd.Timestamp, spec: str) -> str:
    return DATE_SPECS[spec].format(day) if spec in DATE_SPECS else day.strftime(spec)


def _whole(number: int, spec: str) -> str:
    how = next((word for word in ("words", "Words", "ordinal", "Ordinal") if spec.split(" ")[0] == word), "")
    if "|" in spec:
        one, many = spec.removeprefix(how).strip().split("|")
        return f"{_whole(number, how)} {one if abs(number) == 1 else many}"
    if how:
        text = _in_words(number, how.lower())
        return text.capitalize() if how[0].isupper() else text
    return str(number) if spec == "year" else _minus(format(number, spec or ","))


def _in_words(number: int, how: str) -> str:
    named = WORDS if how == "words" else ORDINALS
    if 0 <= number < len(named):
        return named[number]
    return _minus(f"{number:,}") + (ending(number) if how == "ordinal" else "")


def _real(number: float, spec: str) -> str:
    if spec:
        whole = number.is_integer() and ("|" in spec or spec.lower() in ("words", "ordinal", "year"))
        return _whole(int(number), spec) if whole else _minus(rounded(number, spec))
    if number.is_integer():
        return _minus(f"{int(number):,}")
    # Three significant digits: as many as a reader keeps, and never a digit of the whole part lost.
    digits = max(0, 2 - math.floor(math.log10(abs(number))))
    text = rounded(number, f",.{digits}f")
    return _minus(text.rstrip("0").rstrip(".") if "." in text else text)


def _minus(text: str) -> str:
    return "\u2212" + text[1:] if text.startswith("-") else text
