"""Lexicons as files: CSV tables of terms with their codes, checked at the door, and a user's own terms over ours."""

import difflib
from pathlib import Path
from typing import NamedTuple

import pandas as pd

from comity.errors import CorpusError
from comity.sources.word_lists import lexicon_folder, of_lexicons


class Shape(NamedTuple):
    """What a lexicon holds: columns that must be there and filled, columns that may be there, closed vocabularies by column,
    and the columns that name a row."""

    name: str
    needed: tuple[str, ...]
    optional: tuple[str, ...]
    allowed: tuple[tuple[str, tuple[str, ...]], ...]
    key: tuple[str, ...]


def read_lexicon(shape: Shape, source: str | Path | pd.DataFrame | None = None) -> pd.DataFrame:
    """Read a lexicon of one shape: a table, a CSV file, or that of the data folder where nothing is given.

    Columns out: all of the shape, as text.
    Errors: CorpusError where a file cannot be read, a column is missing, or a cell holds none of the values it may.
    """
    if source is None:
        return _ours(lexicon_folder() / f"{shape.name}.csv", shape).copy()
    return _checked(source, "the table of terms", shape) if isinstance(source, pd.DataFrame) else _read(Path(source), shape)


def lay_over(lexicon: pd.DataFrame, more: pd.DataFrame, shape: Shape) -> pd.DataFrame:
    """A lexicon with more rows, each in the place of one with the same key."""
    both = pd.concat([lexicon, more], ignore_index=True)
    return both.drop_duplicates(list(shape.key), keep="last").reset_index(drop=True)


@of_lexicons
def _ours(path: Path, shape: Shape) -> pd.DataFrame:
    return _read(path, shape)


def _read(path: Path, shape: Shape) -> pd.DataFrame:
    try:
        table = pd.read_csv(path, dtype="str", keep_default_na=False, encoding="utf-8-sig")
    except OSError as error:
        raise CorpusError(f"{path}: the lexicon cannot be opened ({error.strerror}). Check its name and place.") from error
    except (ValueError, UnicodeDecodeError) as error:
        raise CorpusError(f"{path}: this is no CSV file in UTF-8 ({error}). Save it as CSV UTF-8.") from error
    if not isinstance(table.index, pd.RangeIndex):
        raise CorpusError(f"{path}: rows have more cells than the first row has names of columns. Write a cell that holds a comma in quotation marks.")
    return _checked(table, str(path), shape)


def _checked(table: pd.DataFrame, where: str, shape: Shape) -> pd.DataFrame:
    """The table with every column, or an error that says which row and cell is wrong."""
    missing = [name for name in shape.needed if name not in table]
    if missing:
        raise CorpusError(f"{where}: the lexicon lacks {', '.join(missing)}. It needs the columns {', '.join(shape.needed)}.")
    full = table.reindex(columns=[*shape.needed, *shape.optional], fill_value="").fillna("").astype("str")
    for name in shape.needed:
        blank = full.index[full[name].str.strip() == ""]
        if len(blank):
            raise CorpusError(f"{where}, row {blank[0] + 2}: {name} is blank. Fill it in, or take the row out.")
    for name, allowed in shape.allowed:
        wrong = full[~full[name].isin(allowed)]
        if len(wrong):
            raise CorpusError(f"{where}, row {wrong.index[0] + 2}: {_not_allowed(name, wrong[name].iloc[0], allowed)}")
    return full


def _not_allowed(name: str, value: str, allowed: tuple[str, ...]) -> str:
    near = difflib.get_close_matches(value, allowed, 1)
    meant = f"Did you mean {near[0]!r}? " if near and near[0] else ""
    return f"{name} is {value!r}. {meant}It may be {', '.join(filter(None, allowed))}."
