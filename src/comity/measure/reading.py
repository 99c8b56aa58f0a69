"""Measurements from files: the folder that `comity measure` wrote, as tables again."""

from pathlib import Path

import pandas as pd

from comity.corpus.folder import usual_folder
from comity.errors import CorpusError
from comity.folders import read_settled
from comity.formulas import REPEATED_COLUMNS
from comity.measure.counter import COUNT_COLUMNS
from comity.measure.messages import MESSAGE_COLUMNS
from comity.measure.phrases import SOUGHT_COLUMNS, WORDING_COLUMNS
from comity.measure.tables import COUNTED, FORMULAS, LENGTHS, MENTIONS, TOKEN_COUNTS, TONE, VERSION_COLUMNS, Measurements
from comity.measure.writing import ON_REQUEST
from comity.sources.sheets import table_as_read

COLUMNS = {
    "messages": MESSAGE_COLUMNS, "versions": VERSION_COLUMNS, "mentions": MENTIONS, "tone": TONE, "formulas": FORMULAS,
    "lengths": LENGTHS, "token_counts": TOKEN_COUNTS, "repeated": REPEATED_COLUMNS, "wordings": WORDING_COLUMNS, "sought": SOUGHT_COLUMNS, "counts": COUNT_COLUMNS,
}  # fmt: skip
DAYS = {"messages": ["date"], "versions": ["published", "dateline"]}
PLACE = ["start", "end"]
NUMBERS = {
    "messages": ["versions"], "versions": ["record", "sentences", "words", "agency", "letter", "reported"], "mentions": PLACE, "tone": PLACE, "formulas": PLACE,
    "repeated": ["messages", *PLACE], "wordings": PLACE, "sought": ["places"], "lengths": COUNTED, "token_counts": ["n"], "counts": COUNT_COLUMNS[2:],
}  # fmt: skip
# What may be undefined.
MEASURES = {"lengths": [name for name in LENGTHS[4:-1] if name not in COUNTED]}


def read_measurements(folder: str | Path | None = None) -> Measurements:
    """Read the tables that `comity measure` wrote: messages, versions, mentions, tone terms, formulas, lengths, token counts, and
    what was looked for or counted on request.

    A folder of Parquet tables (`comity measure --engine dask`) is read too, which needs the extra ``size``.
    Days are datetime64 (NaT where blank), counts int64, measures float64 (NaN where undefined), all else text. Without a folder: `archive` in the data folder.
    Errors: CorpusError where a file or a column is missing, or a cell holds no day or number.

    >>> sorted(read_measurements("data/archive").counts["frame"])
    ['agency', 'headline', 'letter', 'reported']
    """
    folder = Path(folder) if folder is not None else usual_folder() / "archive"
    if (folder / "versions").is_dir():  # a run at size
        from comity.measure.spread import read_spread

        return read_spread(folder)
    return read_settled(folder, lambda folder: Measurements(**{name: _read(folder / f"{name}.csv", name) for name in COLUMNS}))


def as_kinds(table: pd.DataFrame, name: str) -> pd.DataFrame:
    """A table of measurements with its columns in order, each of its kind, however it was kept. In: the table and its name.

    Of texts that are from no file the record is not known, and stays as it is.
    """
    columns = COLUMNS[name]
    kinds = dict.fromkeys(DAYS.get(name, ()), "datetime64[s]") | dict.fromkeys(NUMBERS.get(name, ()), "int64") | dict.fromkeys(MEASURES.get(name, ()), "float64")
    return table[columns].astype({column: kinds.get(column, "str") for column in columns if column != "record" or table[column].notna().all()})


def no_rows(name: str) -> pd.DataFrame:
    """A table of measurements without rows, by its name."""
    return as_kinds(pd.DataFrame(columns=COLUMNS[name], dtype="str"), name)


def _read(path: Path, name: str) -> pd.DataFrame:
    if name in ON_REQUEST and path.parent.is_dir() and not path.exists():
        return no_rows(name)
    try:
        table = table_as_read(pd.read_csv(path, dtype="str", keep_default_na=False, encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise CorpusError(f"{path} cannot be read ({error}). Name a folder that `comity measure` wrote.") from error
    missing = [column for column in COLUMNS[name] if column not in table]
    if missing:
        raise CorpusError(f"{path} lacks the columns {', '.join(missing)}. Run `comity measure` again.")
    try:
        days = {column: pd.to_datetime(table[column], format="%Y-%m-%d") for column in DAYS.get(name, [])}
        values = {column: pd.to_numeric(table[column].where(table[column] != "", None)) for column in MEASURES.get(name, [])}
        return as_kinds(table.assign(**days, **values), name)
    except ValueError as error:
        raise CorpusError(f"{path}: a cell holds no day or number where one belongs ({error}). Run `comity measure` again.") from error
