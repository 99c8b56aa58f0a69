"""The kinds of columns that tables are made of: what the text of a cell must look like, and what it stands for.

The kind and the rest of `metadata` are for `comity.corpus.contents`, which explains a problem, and `comity.corpus`, which turns
text into dates and integers.
"""

import pandas as pd
from pandera.pandas import Check, Column, DataFrameSchema

ISO_DATE = "[0-9]{4}-[0-9]{2}-[0-9]{2}"


def _is_filled(cells: pd.Series) -> pd.Series:
    return cells != ""


def _is_day_shaped(cells: pd.Series) -> pd.Series:
    return (cells == "") | cells.str.fullmatch(ISO_DATE)


def _is_real_day(cells: pd.Series) -> pd.Series:
    shaped = cells.str.fullmatch(ISO_DATE)
    return ~shaped | pd.to_datetime(cells.where(shaped), format="%Y-%m-%d", errors="coerce").notna()


def _is_integer(cells: pd.Series) -> pd.Series:
    # Fifteen digits are exact everywhere, in a spreadsheet too.
    return (cells == "") | cells.str.fullmatch(r"-?[0-9]{1,15}")


def _is_at_least(least: int):
    def is_at_least(cells: pd.Series) -> pd.Series:
        numbers = pd.to_numeric(cells.where(cells.str.fullmatch(r"-?[0-9]{1,15}")))
        return ~(numbers < least)

    return is_at_least


def _is_among(values: tuple[str, ...]):
    return lambda cells: cells.isin(("", *values))


def _is_like(pattern: str):
    return lambda cells: (cells == "") | cells.str.fullmatch(pattern)


def _column(kind: str, *checks: Check, blank: bool = True, unique: bool = False, **metadata) -> Column:
    filled = () if blank else (Check(_is_filled, error="blank"),)
    # No dtype: every cell is read as text, and the checks look at what the text stands for.
    return Column(
        checks=[*filled, *checks],
        unique=unique,
        report_duplicates="exclude_first",
        metadata={"kind": kind, "blank": blank, **metadata},
    )


def identifier() -> Column:
    """Names the row: not blank, and no two the same."""
    return _column("identifier", blank=False, unique=True)


def text(blank: bool = True) -> Column:
    """Free text on one line."""
    return _column("text", blank=blank)


def date(blank: bool = True) -> Column:
    """An ISO day."""
    checks = Check(_is_day_shaped, error="not a date"), Check(_is_real_day, error="no such day")
    return _column("date", *checks, blank=blank)


def integer(least: int = 0, blank: bool = True) -> Column:
    """A whole number, not smaller than `least`."""
    checks = Check(_is_integer, error="not an integer"), Check(_is_at_least(least), error="too small")
    return _column("integer", *checks, blank=blank, least=least)


def choice(values: tuple[str, ...], blank: bool = False) -> Column:
    """A word of a closed vocabulary."""
    return _column("choice", Check(_is_among(values), error="vocabulary"), blank=blank, values=values)


def language(blank: bool = False) -> Column:
    """A language by its two letters (ISO 639-1)."""
    return _column("language", Check(_is_like("[a-z]{2}"), error="not a language"), blank=blank)


def verbatim() -> Column:
    """Exact characters of a source: outer spaces and line breaks are part of them."""
    return _column("verbatim", blank=False)


def address() -> Column:
    """An address on the web."""
    return _column("address", Check(_is_like(r"https?://\S+"), error="not an address"))


def table_of(name: str, columns: dict[str, Column], unique: list[str] | None = None) -> DataFrameSchema:
    """A table with these columns and no others; no two rows the same in the columns `unique`."""
    return DataFrameSchema(columns, name=name, strict=True, unique=unique, report_duplicates="exclude_first")
