"""Measurements as files: CSV that any program reads back as it was."""

import csv
from pathlib import Path

import pandas as pd

from comity.measure.tables import Measurements
from comity.sources import Archive

REJECTED_COLUMNS = ["file", "record", "headline", "date", "link", "topics", "reason", "remedy"]


def write_tables(folder: Path, source: str, archive: Archive, measured: Measurements) -> list[str]:
    """Write mentions, messages, versions and rejected, and counts where there are any; returns the names of the files.

    In: the folder, the name of the archive file, what was read from it and what was measured.
    """
    rejected = archive.rejected.assign(file=source)[REJECTED_COLUMNS]
    tables = {"mentions": measured.mentions, "messages": measured.messages, "versions": measured.versions, "rejected": rejected}
    tables |= {} if measured.counts.empty else {"counts": measured.counts}
    for name, table in tables.items():
        write_table(table, folder / f"{name}.csv")
    return [f"{name}.csv" for name in tables]


def write_table(table: pd.DataFrame, path: Path) -> None:
    """Write a table as CSV in UTF-8, rows parted by a line feed; what holds a line end or a quotation mark is quoted."""
    # A bare carriage return is not quoted by itself, and would be read as the end of a row.
    returns = any(table[name].astype("str").str.contains("\r", regex=False).any() for name in table.select_dtypes("str"))
    quoting = csv.QUOTE_ALL if returns else csv.QUOTE_MINIMAL
    table.to_csv(path, index=False, lineterminator="\n", encoding="utf-8", date_format="%Y-%m-%d", quoting=quoting)
