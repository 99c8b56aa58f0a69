"""The table of texts, before anything is measured: is it what it should be, and what does it say of each text?"""

import re
from datetime import date

import pandas as pd

from comity.corpus.vocabularies import EXTENTS, TRANSLATIONS
from comity.errors import CorpusError, require_several

REQUIRED = ("version_id", "text", "date")

# What a table may say of its texts, and what holds where it says nothing.
OPTIONAL = {
    "message_id": "", "language": "en", "sender": "", "recipient": "", "occasion": "", "url": "", "publisher": "", "translation": "unknown", "extent": "",
}  # fmt: skip

_CLOSED = {"extent": EXTENTS, "translation": TRANSLATIONS}
_ISO = re.compile(r"\d{4}-\d{2}-\d{2}(?=$|[T ])")


def check_texts(texts: pd.DataFrame) -> pd.DataFrame:
    """Check a table of texts, and fill in what it leaves out: ids are text, days datetime64 (NaT where blank), no cell is missing.

    Columns in: ``version_id, text, date``, and any of those that `measure_texts` knows. Columns out: the same, and all the optional ones.
    Errors: CorpusError where a column or an id is missing, an id stands twice, a cell holds no day, or no word of its vocabulary.

    >>> check_texts(pd.DataFrame({"version_id": [7], "text": ["I thank you."], "date": ["2001-05-03"]}))["translation"].tolist()
    ['unknown']
    """
    missing = [name for name in REQUIRED if name not in texts]
    if missing:
        raise CorpusError(f"The texts lack the column {missing[0]}. They need {', '.join(REQUIRED)}; where a day is not known, leave its cell blank.")
    ids = [plain_cell(value) for value in texts["version_id"]]
    _check_ids(ids)
    cells = {name: [plain_cell(value) or usual for value in texts[name]] if name in texts else usual for name, usual in OPTIONAL.items()}
    days = pd.Series([_day(value, version) for value, version in zip(texts["date"], ids, strict=True)], dtype="datetime64[s]").array
    spoken = ["" if pd.isna(value) else str(value) for value in texts["text"]]
    table = texts.assign(version_id=ids, text=spoken, date=days, **cells).astype(dict.fromkeys(("version_id", "text", *OPTIONAL), "str"))
    for name, words in _CLOSED.items():
        wrong = table[~table[name].isin([*words, OPTIONAL[name]])]
        if len(wrong):
            raise CorpusError(f"The {name} of {wrong['version_id'].iloc[0]!r} is {wrong[name].iloc[0]!r}. It may be {', '.join(words)}, or blank.")
    return table


def require_phrases(**named) -> None:
    """Raise CorpusError where one text stands for several, one is blank, or one is no text."""
    require_several(**named)
    for name, values in named.items():
        for value in values:
            if not isinstance(value, str):
                raise CorpusError(f"{name}: {value!r} is no text. Give a tuple of texts.")
            if not value.strip():
                raise CorpusError(f"{name}: a phrase is blank. Leave it out.")


def plain_cell(value) -> str:
    """The text of a cell, without the space around it; blank where there is none. A whole number loses its point."""
    if isinstance(value, float) and value.is_integer():
        value = int(value)
    return "" if pd.isna(value) else str(value).strip()


def _check_ids(ids: list[str]) -> None:
    seen = {}
    for row, version in enumerate(ids, 1):
        if not version:
            raise CorpusError(f"The texts: row {row} has no version_id. Give each text a name of its own.")
        seen.setdefault(version, []).append(row)
    twice = next((version for version, rows in seen.items() if len(rows) > 1), None)
    if twice:
        raise CorpusError(f"The texts: version_id {twice!r} stands in {len(seen[twice])} rows ({', '.join(map(str, seen[twice]))}). Give each text a name of its own.")


def _day(value, version: str):
    """The day as it is written, whatever the zone; NaT where the cell is blank."""
    try:
        if isinstance(value, str):
            return date.fromisoformat(_ISO.match(value.strip())[0]) if value.strip() else pd.NaT
        return pd.NaT if pd.isna(value) else date(value.year, value.month, value.day)
    except (ValueError, TypeError, AttributeError) as error:
        raise CorpusError(f"The date of {version!r} is {value!r}. Write days as year-month-day: 2024-10-06.") from error
