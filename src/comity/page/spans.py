"""Places in a text, held against the text: a mention or a sentence that does not stand where its table says is refused."""

from __future__ import annotations

import operator
from collections.abc import Mapping
from dataclasses import dataclass, field

import pandas as pd

from comity.corpus.vocabularies import PARTS
from comity.errors import ClaimError

PLACE = ("part", "start", "end")
REMEDY = ("Pass the text in which the {} were found, as it was received: nothing stripped, replaced or decoded anew. If the text "
          "has changed, find them again.")


@dataclass(frozen=True)
class Kind:
    """A kind of table of places: what it and its rows are called, the column of the characters, the words of its columns."""

    table: str
    one: str
    words: str
    needed: Mapping[str, tuple[str, ...]]
    further: Mapping[str, tuple[str, ...]] = field(default_factory=dict)


def read_spans(frame: pd.DataFrame, parts: Mapping[str, str], kind: Kind, caption: str) -> list[dict]:
    """The rows of a table of places in their order in the text, as dictionaries: start and end numbers, all else strings.

    `parts` holds the characters of each part. Raises ClaimError where a column is missing, where a row does not stand in
    the text as it says or has a word that its column does not know, and where two rows overlap.
    """
    where = f"“{caption}” cannot be shown: "
    _refuse_other_tables(frame, kind, where)
    rows = []
    for number, cells in enumerate(frame.to_dict("records"), 1):
        row = {str(name): cell if name in ("start", "end") else _string(cell) for name, cell in cells.items()}
        row["called"] = f"{kind.one} {number} of {len(frame)}, {_quoted(row[kind.words])}"
        _refuse_unknown_words(row, kind, where)
        rows.append(_placed(row, parts, kind, where))
    rows.sort(key=lambda row: (PARTS.index(row["part"]), row["start"]))
    for one, other in zip(rows, rows[1:], strict=False):
        if one["part"] == other["part"] and other["start"] < one["end"]:
            raise ClaimError(f"{where}{one['called']} ({_place(one)}), and {other['called']} ({_place(other)}), overlap. "
                             f"Keep one of the two: drop the row of the other from the {kind.table}.")
    return rows


def _refuse_other_tables(frame, kind: Kind, where: str) -> None:
    if not isinstance(frame, pd.DataFrame):
        raise ClaimError(f"{where}the {kind.table} are a {type(frame).__name__}. Pass a table (a DataFrame).")
    if not frame.columns.is_unique:
        raise ClaimError(f"{where}the {kind.table} have two columns of one name. Rename one before showing them.")
    missing = [name for name in (*PLACE, kind.words, *kind.needed) if name not in frame]
    if missing:
        raise ClaimError(f"{where}the {kind.table} have no column {', '.join(missing)}. They have: "
                         f"{', '.join(map(str, frame.columns)) or 'none'}.")
    texts = frame["version_id"].astype(str).unique() if "version_id" in frame else []
    if len(texts) > 1:
        raise ClaimError(f"{where}the {kind.table} are of {len(texts)} texts ({', '.join(map(_quoted, texts[:3]))}"
                         f"{', ...' if len(texts) > 3 else ''}), and one is shown. Pass the rows of that one: "
                         f'{kind.table}[{kind.table}["version_id"] == ...].')


def _refuse_unknown_words(row: dict, kind: Kind, where: str) -> None:
    for column, words in {**kind.needed, **kind.further}.items():
        if row.get(column, "") not in ("", *words):
            raise ClaimError(f"{where}{row['called']}, has {row[column]!r} as its {column}. It is one of {', '.join(words)}; "
                             "or leave it blank.")


def _placed(row: dict, parts: Mapping[str, str], kind: Kind, where: str) -> dict:
    """The row with its place in whole numbers; raises ClaimError where its characters do not stand there."""
    if row["part"] not in parts:
        raise ClaimError(f"{where}{row['called']}, is in the part {row['part']!r}. A part is {' or '.join(parts)}.")
    row = row | {side: _number(row, side, where) for side in ("start", "end")}
    part, start, end = parts[row["part"]], row["start"], row["end"]
    remedy = REMEDY.format(kind.table) if part else f"Pass the {row['part']} too: {row['part']}=..."
    if not 0 <= start < end <= len(part):
        what = "lies outside" if start < end else "ends before it begins"
        raise ClaimError(f"{where}{row['called']} ({_place(row)}), {what}: the {row['part']} has {len(part):,} characters. "
                         f"{remedy}")
    if part[start:end] != row[kind.words]:
        raise ClaimError(f"{where}{row['called']} ({_place(row)}), does not stand there. The {row['part']} has "
                         f"{_quoted(part[start:end])} at that place. {remedy}")
    return row


def _number(row: dict, side: str, where: str) -> int:
    """A whole number, also where pandas has made 12.0 of it."""
    value = row[side]
    try:
        return int(value) if isinstance(value, float) and value.is_integer() else operator.index(value)
    except TypeError:
        what = f"has {value!r} as its {side}" if _string(value) else f"has no {side}"
        raise ClaimError(f"{where}{row['called']}, {what}. A mark needs a place in whole characters, counted from 0; "
                         "leave out the rows that have none, such as forms that were copied by hand.") from None


def _string(cell) -> str:
    """Blank where the cell is missing."""
    return "" if cell is None or (pd.api.types.is_scalar(cell) and pd.isna(cell)) else str(cell)


def _place(row: dict) -> str:
    return f"{row['part']}, {row['start']} to {row['end']}"


def _quoted(words: str) -> str:
    return f"“{words if len(words) <= 60 else words[:60] + ' ...'}”"
