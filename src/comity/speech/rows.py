"""A table of texts, as it is read: text by text, with every column that a text may have."""

from collections.abc import Iterator

import pandas as pd

from comity.errors import CorpusError
from comity.sources.word_lists import heed_changes
from comity.speech.languages import language_of

# What a text may be said to be: a report of messages, a letter itself, or unsaid.
KINDS = ("", "report", "letter")

NEEDED = ("version_id", "text")


def text_rows(texts: pd.DataFrame) -> Iterator[dict]:
    """The texts one by one, with every column that a text may have. Errors: CorpusError for a missing column, or a kind that does not exist."""
    heed_changes()
    missing = [name for name in NEEDED if name not in texts]
    if missing:
        raise CorpusError(f"The texts lack the column {missing[0]}. They need {' and '.join(NEEDED)}.")
    columns = {"message_id": "", "url": "", "headline": "", "kind": "", "sender": "", "recipient": ""}
    full = texts.assign(**{name: value for name, value in columns.items() if name not in texts}, language=language_of(texts))
    names = [*NEEDED, *columns, "language"]
    # A cell that a table leaves blank is NaN or None.
    full = full[names].fillna({"text": ""} | columns)
    unknown = full.loc[~full["kind"].isin(KINDS), "kind"]
    if len(unknown):
        raise CorpusError(f"A text is of kind {unknown.iloc[0]!r}. It may be {' or '.join(filter(None, KINDS))}, or blank: to be found out.")
    for values in zip(*(full[name] for name in names), strict=True):
        yield dict(zip(names, values, strict=True))
