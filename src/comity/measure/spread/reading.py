"""The results of a run at size, as tables again."""

from pathlib import Path

import pandas as pd

from comity.errors import CorpusError
from comity.folders import read_settled
from comity.measure.reading import COLUMNS, as_kinds, no_rows
from comity.measure.spread.files import list_parts
from comity.measure.tables import Measurements


def read_spread(folder: str | Path, tables: tuple[str, ...] = tuple(COLUMNS)) -> Measurements:
    """Read the Parquet tables that a run at size wrote, or some of them; those that were not asked for are empty.

    Columns and kinds as of `read_measurements`. Errors: CorpusError where the folder holds no such tables.
    """
    return read_settled(Path(folder), lambda folder: _read_all(folder, tables))


def _read_all(folder: Path, tables: tuple[str, ...]) -> Measurements:
    if not list_parts(folder, "versions"):
        raise CorpusError(f"{folder} holds no Parquet tables. Name a folder that `comity measure --engine dask` wrote.")
    return Measurements(**{name: _read(folder, name) if name in tables else no_rows(name) for name in COLUMNS})


def _read(folder: Path, name: str) -> pd.DataFrame:
    parts = [part for part in map(pd.read_parquet, list_parts(folder, name)) if len(part)]
    return as_kinds(pd.concat(parts, ignore_index=True), name) if parts else no_rows(name)
