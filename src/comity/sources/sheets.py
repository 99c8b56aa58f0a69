"""Tables that somebody may open in a spreadsheet: no cell is a formula there, and every cell comes back as it was."""

import re

import pandas as pd

# What a spreadsheet takes for the beginning of a formula, its wide forms included; a quotation mark before it makes it text.
_FORMULA = re.compile(r"'*[=+\-@\t\r\n＝＋－＠]")


def as_text(cell: object) -> object:
    """The cell with a quotation mark before it where a spreadsheet would compute it.

    >>> as_text("=HYPERLINK(1)"), as_text("'tis"), as_text("'=1")
    ("'=HYPERLINK(1)", "'tis", "''=1")
    """
    return f"'{cell}" if isinstance(cell, str) and _FORMULA.match(cell) else cell


def as_read(cell: str) -> str:
    """The cell as it was before `as_text`.

    >>> as_read("'=HYPERLINK(1)"), as_read("'tis"), as_read("-1")
    ('=HYPERLINK(1)', "'tis", '-1')
    """
    return cell[1:] if cell[:1] == "'" and _FORMULA.match(cell) else cell


def table_as_text(table: pd.DataFrame) -> pd.DataFrame:
    """A table with every cell made safe; numbers and days stay what they are."""
    texts = {name: table[name].map(as_text) for name in table.select_dtypes(["str", "object"]) if _any_formula(table[name])}
    return table.assign(**texts)


def table_as_read(table: pd.DataFrame) -> pd.DataFrame:
    """The same table as it was; columns in: as text."""
    quoted = [name for name in table if table[name].str.startswith("'").any()]
    return table.assign(**{name: table[name].map(as_read) for name in quoted})


def _any_formula(cells: pd.Series) -> bool:
    return any(isinstance(cell, str) and _FORMULA.match(cell) for cell in cells)
