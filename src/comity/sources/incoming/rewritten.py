"""Days in a table that a spreadsheet wrote anew: 1950-05-01 as 01.05.1950, 5/1/1950 or 5/1/50."""

import re
from collections import Counter
from collections.abc import Iterable
from datetime import date

from comity.sources.incoming.days import read_day

DAY_FIRST, MONTH_FIRST = 0, 1
IN_ORDER = ("day before month, as in other rows of letters.csv", "month before day, as in other rows of letters.csv")
_NUMBERS = re.compile(r"(\d{1,2})([-/.])\s?(\d{1,2})\2\s?(\d{4}|\d{2})(?:[T ]0?0:00(?::00)?)?$")


def find_orders(cells: Iterable[tuple[str, str]]) -> dict[str, int]:
    """Which comes first in a column, day or month, by the mark between them; marks of which it cannot be told are left out.

    In: each cell, and the day that stood there before (year-month-day; blank: none). A day that can be read in one way only decides; else most
    of those whose day is known. Where days speak against each other, nothing is told.

    >>> find_orders([("5/1/1950", ""), ("5/13/1950", ""), ("1.5.1950", "1950-05-01")])
    {'/': 1, '.': 0}
    """
    sure, likely = Counter(), Counter()
    for cell, before in cells:
        mark, *days = _ways(cell, before)
        for order, day in enumerate(days):
            if day and days[0] != days[1]:
                sure[mark, order] += None in days
                likely[mark, order] += day.isoformat() == before
    found = {}
    for mark in "/.-":
        votes = [sure[mark, order] for order in (DAY_FIRST, MONTH_FIRST)]
        if not any(votes):
            votes = [likely[mark, order] for order in (DAY_FIRST, MONTH_FIRST)]
        elif all(votes):
            continue
        if votes[0] != votes[1]:
            found[mark] = votes.index(max(votes))
    return found


def read_cell_day(cell: str, before: str, orders: dict[str, int], language: str) -> tuple[date | None, str, str]:
    """The day of a cell, why it gives none, and how it was guessed (blank where it can be read in one way only).

    In: the cell, the day that stood there before, what `find_orders` gives, the language of the letter.

    >>> read_cell_day("5/1/1950", "", {"/": 1}, "en")[0], read_cell_day("5/1/50", "1950-05-01", {}, "en")[0]
    (datetime.date(1950, 5, 1), datetime.date(1950, 5, 1))
    """
    mark, *days = _ways(cell, before)
    if all(days) and days[0] != days[1]:
        order = orders.get(mark)
        known = order if order is not None else next((order for order, day in enumerate(days) if day.isoformat() == before), None)
        if known is not None:
            return days[known], "", IN_ORDER[known] if days[known].isoformat() != before else ""
    elif any(days):
        return days[0] or days[1], "", ""
    return *read_day(cell, language), ""


def _ways(cell: str, before: str) -> tuple[str, date | None, date | None]:
    """What stands between the numbers of a cell, and the day with the day first and with the month first. Of a year's two last digits
    the century is that of the day before."""
    found = _NUMBERS.match(cell)
    if not found or (len(found[4]) == 2 and before[2:4] != found[4]):
        return "", None, None
    year = int(found[4] if len(found[4]) == 4 else before[:4])
    return found[2], _day(year, int(found[3]), int(found[1])), _day(year, int(found[1]), int(found[3]))


def _day(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None
