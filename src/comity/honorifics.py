"""The lexicon of honorifics: which words address or raise a person, in which language, and what they say of the bond."""

import difflib
import re
from functools import cache
from pathlib import Path

import pandas as pd

from comity.corpus.vocabularies import COUNTS, POWER, SOLIDARITY, TERM_ELEMENTS
from comity.errors import CorpusError
from comity.sources.terms import lexicon_folder

NEEDED = ["term", "language", "element", "group", "counts"]
OPTIONAL = ["gloss", "power", "solidarity", "reason", "source", "example", "ambiguous", "example_version", "note"]
ALLOWED = {"element": TERM_ELEMENTS, "counts": COUNTS, "power": ("", *POWER), "solidarity": ("", *SOLIDARITY)}
KEY = ["term", "language", "element"]


def read_honorifics(path: str | Path | None = None, extra: str | Path | pd.DataFrame | None = None) -> pd.DataFrame:
    """Read the lexicon of honorifics, with terms of one's own.

    In: a CSV file (the lexicon of the data folder where none is given); `extra`, a file or table of the same columns whose
    rows are added, and replace the row of the same term, language and element.
    Columns in: ``term, language, element, group, counts``; where wanted ``gloss, power, solidarity, reason, source,
    example, ambiguous, example_version, note``. The codebook, data/README.md, says what they mean.
    Columns out: all of them, as text.
    Errors: CorpusError where a file cannot be read, a column is missing, or a cell holds none of the values it may.

    >>> own = pd.DataFrame([{"term": "gossip", "language": "en", "element": "solidarity", "group": "friend", "counts": "alone"}])
    >>> lexicon = read_honorifics(extra=own)
    >>> lexicon.loc[lexicon["term"] == "gossip", "group"].tolist()
    ['friend']
    """
    lexicon = _read(Path(path)) if path else _ours(lexicon_folder() / "honorifics.csv").copy()
    if extra is None:
        return lexicon
    more = _checked(extra, "the table of extra terms") if isinstance(extra, pd.DataFrame) else _read(Path(extra))
    both = pd.concat([lexicon, more], ignore_index=True)
    return both.drop_duplicates(KEY, keep="last").reset_index(drop=True)


@cache
def _ours(path: Path) -> pd.DataFrame:
    return _read(path)


def _read(path: Path) -> pd.DataFrame:
    try:
        table = pd.read_csv(path, dtype="str", keep_default_na=False, encoding="utf-8-sig")
    except OSError as error:
        raise CorpusError(f"{path}: the lexicon cannot be opened ({error.strerror}). Check its name and place.") from error
    except (ValueError, UnicodeDecodeError) as error:
        raise CorpusError(f"{path}: this is no CSV file in UTF-8 ({error}). Save it as CSV UTF-8.") from error
    return _checked(table, str(path))


def _checked(table: pd.DataFrame, where: str) -> pd.DataFrame:
    """The table with every column, or an error that says which row and cell is wrong."""
    missing = [name for name in NEEDED if name not in table]
    if missing:
        raise CorpusError(f"{where}: the lexicon lacks {', '.join(missing)}. It needs the columns {', '.join(NEEDED)}.")
    full = table.reindex(columns=[*NEEDED, *OPTIONAL], fill_value="").fillna("").astype("str")
    for name in NEEDED:
        blank = full.index[full[name].str.strip() == ""]
        if len(blank):
            raise CorpusError(f"{where}, row {blank[0] + 2}: {name} is blank. Fill it in, or take the row out.")
    for name, allowed in ALLOWED.items():
        wrong = full[~full[name].isin(allowed)]
        if len(wrong):
            value, row = wrong[name].iloc[0], wrong.index[0] + 2
            near = difflib.get_close_matches(value, allowed, 1)
            meant = f"Did you mean {near[0]!r}? " if near and near[0] else ""
            raise CorpusError(f"{where}, row {row}: {name} is {value!r}. {meant}It may be {', '.join(filter(None, allowed))}.")
    return full


def as_word(term: str) -> str:
    """A pattern for a term: Latin and Cyrillic ones are whole words; Hangul and Han glue to their neighbours.

    >>> as_word("dear"), as_word("同志")
    ('(?<!\\\\w)dear(?!\\\\w)', '同志')
    """
    escaped = re.escape(term)
    return rf"(?<!\w){escaped}(?!\w)" if term[0].isalpha() and ord(term[0]) < 0x1100 else escaped
