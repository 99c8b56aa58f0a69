"""Measurements from files: the folder that `comity measure` wrote, as tables again."""

from pathlib import Path

import pandas as pd

from comity.corpus.folder import usual_folder
from comity.errors import CorpusError
from comity.measure.counter import COUNT_COLUMNS
from comity.measure.tables import MESSAGE_COLUMNS, VERSION_COLUMNS, Measurements
from comity.address import MENTION_COLUMNS

COLUMNS = {"messages": MESSAGE_COLUMNS, "versions": VERSION_COLUMNS, "mentions": MENTION_COLUMNS, "counts": COUNT_COLUMNS}
DAYS = {"messages": ["date"], "versions": ["published", "dateline"]}
NUMBERS = {
    "messages": ["versions"], "versions": ["record", *VERSION_COLUMNS[6:]], "mentions": ["start", "end"], "counts": COUNT_COLUMNS[2:],
}  # fmt: skip


def read_measurements(folder: str | Path | None = None) -> Measurements:
    """Read the tables that `comity measure` wrote: messages, versions, mentions and, where words were counted, counts.

    Days are datetime64 (NaT where blank), numbers int64, all else text. Without a folder: `archive` in the data folder.
    Errors: CorpusError where a file or a column is missing, or a cell holds no day or number.

    >>> sorted(read_measurements("data/archive").counts["frame"])
    ['agency', 'headline', 'letter', 'reported']
    """
    folder = Path(folder) if folder is not None else usual_folder() / "archive"
    return Measurements(**{name: _read(folder / f"{name}.csv", name) for name in COLUMNS})


def _read(path: Path, name: str) -> pd.DataFrame:
    if name == "counts" and path.parent.is_dir() and not path.exists():
        return pd.DataFrame(columns=COUNT_COLUMNS)
    try:
        table = pd.read_csv(path, dtype="str", keep_default_na=False, encoding="utf-8")
    except (OSError, ValueError) as error:
        raise CorpusError(f"{path} cannot be read ({error}). Name a folder that `comity measure` wrote.") from error
    missing = [column for column in COLUMNS[name] if column not in table]
    if missing:
        raise CorpusError(f"{path} lacks the columns {', '.join(missing)}. Run `comity measure` again.")
    try:
        days = {column: pd.to_datetime(table[column], format="%Y-%m-%d") for column in DAYS.get(name, [])}
        return table.assign(**days).astype(dict.fromkeys(NUMBERS[name], "int64"))[COLUMNS[name]]
    except ValueError as error:
        raise CorpusError(f"{path}: a cell holds no day or number where one belongs ({error}). Run `comity measure` again.") from error
