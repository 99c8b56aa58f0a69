"""The same question under every choice: all combinations, counted rightly, and the choice that breaks the answer is found."""

import math

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from comity.choices import summarise_choices, try_choices
from comity.errors import CorpusError

CHOICES = {"unit": {"words": 1, "sentences": 10}, "side": {"a": 1, "b": -1}}


def ratio(unit, side):
    return {"estimate": side / unit, "low": side / unit - 0.5, "high": side / unit + 0.5, "n": unit}


def test_every_combination_is_asked_once_in_order_of_its_answer():
    table = try_choices(ratio, CHOICES)
    assert table[["unit", "side", "estimate", "answer"]].values.tolist() == [
        ["words", "b", -1.0, "does not hold"], ["sentences", "b", -0.1, "does not hold"], ["sentences", "a", 0.1, "holds"], ["words", "a", 1.0, "holds"],
    ]  # fmt: skip
    assert table["sure"].tolist() == ["yes", "no", "no", "yes"]
    assert table.loc[table["usual"], ["unit", "side"]].values.tolist() == [["words", "a"]]


@pytest.mark.parametrize(("relation", "value", "answers"), [
    (">", 0.5, [False, False, False, True]), ("<", 0, [True, True, False, False]), (">=", 0.1, [False, False, True, True]),
    ("<=", -0.1, [True, True, False, False]), ("==", 1, [False, False, False, True]), ("!=", 1, [True, True, True, False]),
])  # fmt: skip
def test_relations(relation, value, answers):
    assert (try_choices(ratio, CHOICES, relation, value)["answer"] == "holds").tolist() == answers


def test_what_cannot_be_asked_is_kept_with_its_reason():
    def picky(unit):
        if unit == "words":
            raise CorpusError("the words were not counted")
        return math.nan if unit == "lines" else 1

    table = try_choices(picky, {"unit": ["sentences", "words", "lines"]})
    assert table[["unit", "answer", "reason"]].values.tolist() == [
        ["sentences", "holds", ""], ["words", "cannot be asked", "the words were not counted"],
        ["lines", "cannot be asked", "the question has no number for an answer"],
    ]  # fmt: skip
    assert summarise_choices(table)[["taken", "combinations", "unasked", "holds"]].values.tolist() == [["sentences", 1, 0, 1], ["words", 0, 1, 0], ["lines", 0, 1, 0]]


@pytest.mark.parametrize(("answer", "estimate"), [
    (np.int64(2), 2), (np.float32(2), 2), (np.bool_(True), 1), ({"estimate": np.int64(2)}, 2), (pd.Series({"estimate": 2.0, "low": 1.0}), 2),
])  # fmt: skip
def test_any_kind_of_number_is_an_answer(answer, estimate):
    assert try_choices(lambda unit: answer, {"unit": ["words"]})["estimate"].tolist() == [estimate]


@pytest.mark.parametrize("answer", [None, pd.NA, {}, {"estimate": None}, {"estimate": pd.NA}])
def test_no_number_is_no_answer(answer):
    assert try_choices(lambda unit: answer, {"unit": ["words"]})["answer"].tolist() == ["cannot be asked"]


def test_a_summary_needs_every_row():
    table = try_choices(ratio, CHOICES)
    with pytest.raises(CorpusError, match="usual choices"):
        summarise_choices(table[~table["usual"]])


def test_an_error_of_ones_own_is_not_swallowed():
    with pytest.raises(ZeroDivisionError):
        try_choices(lambda unit: 1 / unit, {"unit": [0]})


def test_the_choice_that_breaks_the_answer():
    told = summarise_choices(try_choices(ratio, CHOICES)).set_index(["choice", "taken"])
    assert told.loc[("side", "b"), ["combinations", "holds", "turns", "compared"]].tolist() == [2, 0, 2, 2]
    assert told.loc[("unit", "sentences"), ["combinations", "holds", "turns", "compared"]].tolist() == [2, 1, 0, 2]


@pytest.mark.parametrize(("arguments", "told"), [
    ({"choices": {}}, "at least one choice"), ({"choices": {"unit": []}}, "'unit' has no values"), ({"relation": "~"}, "not '~'"),
    ({"choices": {"unit": [1, "1"]}}, "called alike"), ({"choices": {"n": [1]}}, "cannot be called 'n'"), ({"choices": ["unit"]}, "as a mapping"),
    ({"question": lambda unit, side: "warm"}, "'warm', which is no number"),
])  # fmt: skip
def test_bad_input_is_explained(arguments, told):
    with pytest.raises(CorpusError, match=told):
        try_choices(**{"question": ratio, "choices": CHOICES} | arguments)


sizes = st.lists(st.integers(1, 4), min_size=1, max_size=3)


@settings(max_examples=40, deadline=None)
@given(sizes, st.integers(-3, 3))
def test_the_counts_add_up(sizes, value):
    choices = {f"c{number}": list(range(size)) for number, size in enumerate(sizes)}
    table = try_choices(lambda **taken: sum(taken.values()), choices, ">", value)
    assert len(table) == math.prod(sizes) and table["estimate"].is_monotonic_increasing
    told = summarise_choices(table)
    for name, rows in told.groupby("choice"):
        assert rows["combinations"].sum() == len(table)
        assert rows["holds"].sum() == (table["answer"] == "holds").sum()
        assert rows["turns"].iloc[0] == 0 and (rows["turns"] <= rows["compared"]).all()
    assert not pd.isna(told["share"]).any()
