"""The files of a run: a folder for each table, a Parquet file for each part of it, and no file that is half written."""

import os
import uuid
from collections.abc import Iterator
from pathlib import Path

import pandas as pd

# Under the folder of results while the run lasts: what is not yet named, and files that are being written.
STAGED, SCRATCH = ".staged", ".scratch"
# So many rows of a file are read at once: little enough that a search skips most of a file.
ROW_GROUP = 2_000


def write_part(table: pd.DataFrame, out: Path, kind: str, name: str) -> int:
    """Write a part of a table, whole or not at all; a task that is done again writes the same. Out: how many rows."""
    # Where the folder is gone, the run was stopped: a task that still goes on must not make it anew.
    for needed in (SCRATCH, kind):
        (out / needed).mkdir(exist_ok=True)
    beside = out / SCRATCH / uuid.uuid4().hex
    table.to_parquet(beside, index=False, row_group_size=ROW_GROUP)
    os.replace(beside, out / kind / f"{name}.parquet")
    return len(table)


def read_part(out: Path, kind: str, name: str) -> pd.DataFrame:
    """A part as it was written."""
    return pd.read_parquet(out / kind / f"{name}.parquet")


def read_where(out: Path, kind: str, column: str, low: int, high: int, also: tuple[int, ...] = (), key: str = "") -> Iterator[tuple[str, pd.DataFrame]]:
    """Of each part, by name, the rows whose column lies from low to below high, and those whose `key` is `also` named."""
    from pyarrow import compute as pc
    from pyarrow import parquet

    wanted = (pc.field(column) >= low) & (pc.field(column) < high)
    if also:
        wanted |= pc.field(key).isin(list(also))
    for path in list_parts(out, kind):
        rows = parquet.read_table(path, filters=wanted, partitioning=None).to_pandas()
        if len(rows):
            yield path.stem, rows


def list_parts(out: Path, kind: str) -> list[Path]:
    """The files of a table in the order of the texts; none where there is no such table."""
    return sorted((out / kind).glob("*.parquet"))
