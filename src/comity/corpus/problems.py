"""A problem in a data folder: where it is, what it is, and what to do about it."""

import difflib
import re
from collections.abc import Iterable
from dataclasses import astuple, dataclass, replace

import pandas as pd

PROBLEM_COLUMNS = ["file", "row", "column", "value", "problem", "remedy"]
LONGEST_SHOWN = 300

_HALF = re.compile("[\ud800-\udfff]")


@dataclass(frozen=True)
class Problem:
    """One problem; `row` is the row a spreadsheet shows (the header is 1), None where the whole file is meant."""

    file: str
    row: int | None
    column: str
    value: str
    problem: str
    remedy: str


def shown(value: str) -> str:
    r"""The value as it can be printed: invisible characters spelled out, a very long value cut with its length.

    >>> print(shown("Kim\x00 Jong Un"))
    Kim\x00 Jong Un
    """
    visible = "".join(char if char.isprintable() else _spelled_out(char) for char in value[:LONGEST_SHOWN])
    return visible if len(value) <= LONGEST_SHOWN else f"{visible}… ({len(value):,} characters)"


def _spelled_out(char: str) -> str:
    # A lone surrogate stands for a byte that is not UTF-8 and cannot be printed at all.
    return "\ufffd" if "\ud800" <= char <= "\udfff" else char.encode("unicode_escape").decode("ascii")


def nearest(value: str, allowed: Iterable[str]) -> str:
    """The allowed value most like this one, or "" where none is near.

    >>> nearest("Excerp", ["full", "excerpt"])
    'excerpt'
    >>> nearest("dragon", ["full", "excerpt"])
    ''
    """
    by_lower = {one.lower(): one for one in sorted(set(allowed), reverse=True) if one}
    close = difflib.get_close_matches(value.lower()[:LONGEST_SHOWN], by_lower, n=1)
    return by_lower[close[0]] if close else ""


def did_you_mean(value: str, allowed: Iterable[str]) -> str:
    """The sentence that suggests the nearest allowed value, with a space behind it, or "".

    >>> did_you_mean("ful", ["full", "excerpt"])
    'Did you mean "full"? '
    """
    near = nearest(value, allowed)
    return f'Did you mean "{near}"? ' if near else ""


def as_frame(problems: Iterable[Problem]) -> pd.DataFrame:
    """The problems as a table with the columns `file, row, column, value, problem, remedy`, by row within a file."""
    rows = [astuple(replace(problem, value=shown(problem.value))) for problem in problems]
    # A byte that is no letter stands in a text as half a character, which a table of texts may refuse.
    rows = [[_HALF.sub("\ufffd", cell) if isinstance(cell, str) else cell for cell in row] for row in rows]
    frame = pd.DataFrame(rows, columns=PROBLEM_COLUMNS).astype({"row": "Int64"})
    files = {file: rank for rank, file in enumerate(dict.fromkeys(frame["file"]))}
    order = pd.DataFrame({"file": frame["file"].map(files), "row": frame["row"].fillna(0)})
    return frame.loc[order.sort_values(["file", "row"], kind="stable").index].reset_index(drop=True)
