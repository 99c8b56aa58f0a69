"""The record in memory: the tables of a data folder, checked and typed."""

from dataclasses import dataclass, fields, replace
from pathlib import Path

import pandas as pd
from pandera.pandas import DataFrameSchema

from comity.corpus.check import inspect_folder
from comity.corpus.folder import usual_folder
from comity.corpus.problems import as_frame
from comity.corpus.schemas import SCHEMAS
from comity.errors import CorpusError

PROBLEMS_LISTED = 5


@dataclass(frozen=True)
class Corpus:
    """The tables of a data folder, as the codebook (`data/README.md`) describes them; a table that is not there is empty."""

    folder: Path
    messages: pd.DataFrame
    versions: pd.DataFrame
    mentions: pd.DataFrame
    phrases: pd.DataFrame
    people: pd.DataFrame
    sources: pd.DataFrame
    token_counts: pd.DataFrame
    lengths: pd.DataFrame
    passages: pd.DataFrame
    claims: pd.DataFrame
    deliveries: pd.DataFrame
    honorifics: pd.DataFrame


def read_corpus(folder: str | Path | None = None) -> Corpus:
    """Read a data folder and check it.

    Dates are datetime64 (NaT where blank), integers Int64 (NA where blank), all else text ("" where blank). A folder needs
    messages.csv, versions.csv and mentions.csv; the other tables may be missing and are then empty. Without a folder, the
    one that the variable COMITY_DATA of the environment names is read, else `data` here, one level up, or beside the code.
    Raises CorpusError with the first problems where the folder is not sound.

    >>> corpus = read_corpus("data")
    >>> sorted(corpus.messages["sender"].unique())
    ['Kim Jong Un', 'Vladimir Putin', 'Xi Jinping']
    """
    folder = Path(folder) if folder is not None else usual_folder()
    tables, problems = inspect_folder(folder)
    if problems:
        raise CorpusError(_refusal(folder, as_frame(problems)))
    names = [field.name for field in fields(Corpus) if field.name in SCHEMAS]
    return Corpus(folder, **{name: _typed(tables.get(name), SCHEMAS[name]) for name in names})


def empty_corpus(honorifics: pd.DataFrame | None = None) -> Corpus:
    """A record that knows of no message, for letters that are all one's own; with the lexicon of honorifics by which they are read.

    >>> len(empty_corpus().messages)
    0
    """
    names = [field.name for field in fields(Corpus) if field.name in SCHEMAS]
    corpus = Corpus(Path(), **{name: _typed(None, SCHEMAS[name]) for name in names})
    return corpus if honorifics is None else replace(corpus, honorifics=honorifics)


def _typed(table: pd.DataFrame | None, schema: DataFrameSchema) -> pd.DataFrame:
    if table is None:
        table = pd.DataFrame({name: [] for name in schema.columns}, dtype=str)
    table = table[list(schema.columns)].reset_index(drop=True)
    kinds = {name: column.metadata["kind"] for name, column in schema.columns.items()}
    return table.assign(**{name: _CONVERT[kind](table[name]) for name, kind in kinds.items() if kind in _CONVERT})


def _as_dates(cells: pd.Series) -> pd.Series:
    return pd.to_datetime(cells.where(cells != ""), format="%Y-%m-%d").astype("datetime64[us]")


def _as_integers(cells: pd.Series) -> pd.Series:
    return cells.where(cells != "").astype("Int64")


_CONVERT = {"date": _as_dates, "integer": _as_integers}


def _refusal(folder: str | Path, problems: pd.DataFrame) -> str:
    """What is wrong with the folder, in a few lines: the first problems and where to see all of them."""
    first = [
        f"- {_where(problem)}: {problem.problem} {problem.remedy}"
        for problem in problems.head(PROBLEMS_LISTED).itertuples()
    ]
    more = len(problems) - len(first)
    count = "1 problem" if len(problems) == 1 else f"{len(problems):,} problems"
    rest = [f"- and {more:,} more"] if more else []
    heading = f"The data in {folder} cannot be used: {count}."
    return "\n".join([heading, *first, *rest, f"`comity check {folder}` shows every problem and what to do about it."])


def _where(problem) -> str:
    row = "" if pd.isna(problem.row) else f", row {problem.row}"
    column = f", column {problem.column}" if problem.column else ""
    value = f' ("{problem.value}")' if problem.value else ""
    return f"{problem.file}{row}{column}{value}"
