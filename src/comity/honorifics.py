"""The lexicon of honorifics: which words address or raise a person, in which language, and what they say of the bond."""

import re
from pathlib import Path

import pandas as pd

from comity.corpus.vocabularies import COUNTS, POWER, SOLIDARITY, TERM_ELEMENTS
from comity.lexicons import Shape, lay_over, read_lexicon

SHAPE = Shape(
    name="honorifics",
    needed=("term", "language", "element", "group", "counts"),
    optional=("gloss", "power", "solidarity", "reason", "source", "example", "ambiguous", "example_version", "note"),
    allowed=(("element", TERM_ELEMENTS), ("counts", COUNTS), ("power", ("", *POWER)), ("solidarity", ("", *SOLIDARITY))),
    key=("term", "language", "element"),
)


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
    lexicon = read_lexicon(SHAPE, path)
    return lexicon if extra is None else lay_over(lexicon, read_lexicon(SHAPE, extra), SHAPE)


def as_word(term: str) -> str:
    """A pattern for a term: Latin and Cyrillic ones are whole words; Hangul and Han glue to their neighbours.

    >>> as_word("dear"), as_word("同志")
    ('(?<!\\\\w)dear(?!\\\\w)', '同志')
    """
    escaped = re.escape(term)
    return rf"(?<!\w){escaped}(?!\w)" if term[0].isalpha() and ord(term[0]) < 0x1100 else escaped
