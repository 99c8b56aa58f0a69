"""Agreement of mentions: checked against scikit-learn, and against a table worked out by hand."""

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st
from sklearn.metrics import precision_recall_fscore_support

from comity.agreement import SPAN, list_disagreements, measure_agreement
from comity.errors import CorpusError


def mentions(*rows):
    """version, start, end, role."""
    table = pd.DataFrame(rows, columns=["version_id", "start", "end", "role"]).astype({"version_id": "str", "role": "str"})
    return table.assign(part="text", matched="x")


FOUND = mentions(("a", 0, 5, "sender"), ("a", 9, 12, "third"), ("b", 0, 4, "recipient"))
ANNOTATED = mentions(("a", 0, 5, "sender"), ("a", 8, 12, "third"), ("b", 0, 4, "third"), ("c", 1, 2, "third"))


def test_by_hand():
    table = measure_agreement(FOUND, ANNOTATED).set_index("measure")
    assert table.loc["extent", ["found", "annotated", "agreed"]].tolist() == [3, 4, 2]
    assert table.loc["overlap", "agreed"] == 3
    assert table.loc["role", ["found", "annotated", "agreed"]].tolist() == [2, 2, 1]
    assert table.loc["extent and role", ["found", "annotated", "agreed"]].tolist() == [3, 4, 1]


def test_disagreements_are_listed():
    found = list_disagreements(FOUND, ANNOTATED)
    assert found[["version_id", "start", "why", "found", "annotated"]].values.tolist() == [
        ["a", 8, "only annotated", "", ""], ["a", 9, "only found", "", ""],
        ["b", 0, "role", "recipient", "third"], ["c", 1, "only annotated", "", ""],
    ]  # fmt: skip


SPANS = st.lists(st.integers(0, 12), unique=True, max_size=8).map(
    lambda starts: mentions(*((str(at % 3), at, at + 1, "third") for at in starts))
)


@given(SPANS, SPANS)
def test_extent_is_what_scikit_learn_computes(found, annotated):
    """Every place is a yes or no on either side; scikit-learn counts them as a classification."""
    places = sorted({tuple(row) for table in (found, annotated) for row in table[SPAN].values.tolist()})
    if found.empty or annotated.empty:
        return
    says = [[place in {tuple(row) for row in table[SPAN].values.tolist()} for place in places] for table in (annotated, found)]
    theirs = precision_recall_fscore_support(*says, average="binary", zero_division=0)[:3]
    ours = measure_agreement(found, annotated).set_index("measure").loc["extent", ["precision", "recall", "f1"]]
    assert ours.tolist() == pytest.approx(list(theirs))


def test_nothing_to_divide_by_is_nan():
    empty = FOUND.head(0)
    assert measure_agreement(empty, empty).set_index("measure").loc["extent", ["precision", "recall", "f1"]].isna().all()


def test_bad_tables_are_explained():
    with pytest.raises(CorpusError, match="annotated mentions lack start"):
        measure_agreement(FOUND, ANNOTATED.drop(columns="start"))
    with pytest.raises(CorpusError, match="found mentions hold text 0-5 of a twice"):
        measure_agreement(pd.concat([FOUND, FOUND]), ANNOTATED)
