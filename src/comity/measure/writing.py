"""Measurements as files: CSV that any program reads back as it was."""

import csv
from pathlib import Path

import pandas as pd

from comity.measure.tables import Measurements
from comity.sources import Received
from comity.sources.incoming.result import REJECTED_COLUMNS
from comity.sources.sheets import table_as_text

ALWAYS = ("mentions", "messages", "versions", "tone", "formulas", "lengths", "token_counts")
ON_REQUEST = ("repeated", "wordings", "sought", "counts")
# So many digits of a measure: more would differ from machine to machine.
DIGITS = "%.8g"


def write_tables(folder: Path, letters: Received, measured: Measurements) -> list[str]:
    """Write every table of the measurements, those made on request where there are any, and rejected; returns the names of the files.

    In: the folder, what was read and what was measured.
    """
    tables = {name: getattr(measured, name) for name in (*ALWAYS, *ON_REQUEST)}
    tables = {name: table for name, table in tables.items() if name in ALWAYS or not table.empty}
    tables["rejected"] = letters.rejected[REJECTED_COLUMNS]
    for name, table in tables.items():
        write_table(table, folder / f"{name}.csv")
    return [f"{name}.csv" for name in tables]


def write_table(table: pd.DataFrame, path: Path) -> None:
    """Write a table as CSV in UTF-8, rows parted by a line feed; what holds a line end or a quotation mark is quoted, and what a
    spreadsheet would compute has a quotation mark before it (see `comity.sources.sheets`)."""
    table = table_as_text(table)
    # A bare carriage return is not quoted by itself, and would be read as the end of a row.
    returns = any(table[name].astype("str").str.contains("\r", regex=False).any() for name in table.select_dtypes("str"))
    quoting = csv.QUOTE_ALL if returns else csv.QUOTE_MINIMAL
    table.to_csv(path, index=False, lineterminator="\n", encoding="utf-8", date_format="%Y-%m-%d", quoting=quoting, float_format=DIGITS)
