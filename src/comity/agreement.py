"""How well found mentions agree with annotated ones: extent, frame, form, role and elements, as precision and recall."""

import pandas as pd

from comity.errors import CorpusError

SPAN = ["version_id", "part", "start", "end"]
FIELDS = ["frame", "form", "role", "honoree", "possessive", "epithet", "solidarity", "courtesy", "title", "name"]
AGREEMENT_COLUMNS = ["measure", "found", "annotated", "agreed", "precision", "recall", "f1"]


def measure_agreement(found: pd.DataFrame, annotated: pd.DataFrame) -> pd.DataFrame:
    """Measure how far found mentions agree with annotated ones, which are taken to be right.

    Columns in: both ``version_id, part, start, end``, and those of ``frame, form, role, honoree`` and the elements that
    are to be compared. Texts without a mention count too, so give all mentions of the same texts.
    Columns out: ``measure``, ``found, annotated`` (mentions on either side), ``agreed``, ``precision`` (agreed/found),
    ``recall`` (agreed/annotated), ``f1`` (their harmonic mean; van Rijsbergen 1979). Rows: *extent* (the same characters),
    *overlap* (at least one character shared; a mention counts once), then *frame*, *form* and so on: among the mentions
    with the same extent (both counts are theirs), and *extent and frame*: same extent and same frame, of all mentions.
    NaN where nothing is there to divide by. Errors: CorpusError where a column is missing or a mention stands twice.

    >>> found = pd.DataFrame({"version_id": ["a", "a"], "part": "text", "start": [0, 9], "end": [5, 12], "role": ["sender", ""]})
    >>> measure_agreement(found, found.head(1).assign(role="third"))[["measure", "agreed", "precision"]].values.tolist()
    [['extent', 1, 0.5], ['overlap', 1, 0.5], ['role', 0, 0.0], ['extent and role', 0, 0.0]]
    """
    for name, table in (("found", found), ("annotated", annotated)):
        _check(table, name)
    both = found.merge(annotated, on=SPAN, suffixes=("", "_annotated"))
    rows = [("extent", len(found), len(annotated), len(both)), ("overlap", *_overlap(found, annotated))]
    for field in FIELDS:
        if field in found and field in annotated:
            same = int((both[field].str.split() == both[f"{field}_annotated"].str.split()).sum())
            rows += [(field, len(both), len(both), same), (f"extent and {field}", len(found), len(annotated), same)]
    return pd.DataFrame([_scored(*row) for row in rows], columns=AGREEMENT_COLUMNS)


def list_disagreements(found: pd.DataFrame, annotated: pd.DataFrame) -> pd.DataFrame:
    """List every mention on which the two disagree, in the order of the texts.

    Columns in: as for `measure_agreement`, with ``matched``. Columns out: ``version_id, part, start, end, matched, why``
    (only found; only annotated; or the field), ``found, annotated`` (what each says of that field).
    """
    both = found.merge(annotated, "outer", SPAN, suffixes=("", "_annotated"), indicator=True)
    rows = []
    for row in both.to_dict("records"):
        place = [row[name] for name in SPAN]
        if row["_merge"] != "both":
            mine = row["_merge"] == "left_only"
            rows.append((*place, row["matched"] if mine else row["matched_annotated"], f"only {'found' if mine else 'annotated'}", "", ""))
            continue
        for field in FIELDS:
            if f"{field}_annotated" in row and row[field].split() != row[f"{field}_annotated"].split():
                rows.append((*place, row["matched"], field, row[field], row[f"{field}_annotated"]))
    return pd.DataFrame(rows, columns=[*SPAN, "matched", "why", "found", "annotated"])


def _overlap(found: pd.DataFrame, annotated: pd.DataFrame) -> tuple[int, int, int]:
    """Mentions that share a character with one of the other side; the smaller number, so that none counts twice."""
    pairs = found[SPAN].reset_index().merge(annotated[SPAN].reset_index(), on=["version_id", "part"])
    pairs = pairs[(pairs["start_x"] < pairs["end_y"]) & (pairs["start_y"] < pairs["end_x"])]
    return len(found), len(annotated), min(pairs["index_x"].nunique(), pairs["index_y"].nunique())


def _scored(measure: str, found: int, annotated: int, agreed: int) -> tuple:
    precision = agreed / found if found else float("nan")
    recall = agreed / annotated if annotated else float("nan")
    f1 = 2 * agreed / (found + annotated) if found + annotated else float("nan")
    return measure, found, annotated, agreed, precision, recall, f1


def _check(table: pd.DataFrame, name: str) -> None:
    missing = [column for column in SPAN if column not in table]
    if missing:
        raise CorpusError(f"The {name} mentions lack {', '.join(missing)}. They need {', '.join(SPAN)}.")
    twice = table[table.duplicated(SPAN)]
    if len(twice):
        row = twice.iloc[0]
        raise CorpusError(f"The {name} mentions hold {row['part']} {row['start']}-{row['end']} of {row['version_id']} twice. Take one out.")
