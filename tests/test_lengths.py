"""Lengths with bounds, and when two of them can be compared: behaviour as data in cases/lengths.csv."""

import csv
from pathlib import Path
from types import SimpleNamespace

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from comity import CorpusError, compare_lengths, measure_lengths

CASES = list(csv.DictReader(Path(__file__).parent.joinpath("cases/lengths.csv").open(encoding="utf-8")))
OPPOSITE = {"shorter": "longer", "at least as long": "at most as long", "equal": "equal", "undecided": "undecided"}


def build(*versions):
    columns = ["message_id", "version_id", "language", "speech", "extent", "words"]
    table = pd.DataFrame([dict(zip(columns, [name, f"{name}-v", *facts])) for name, facts in zip("ab", versions)])
    table = table.assign(words=table["words"].astype("Int64"))
    table = table.assign(translation="official")
    return SimpleNamespace(versions=table, lengths=pd.DataFrame({"version_id": [], "whitespace_words": []}))


def facts(case, side):
    words = case[f"{side}_words"]
    return [*(case[f"{side}_{key}"] for key in ("language", "speech", "extent")), int(words) if words else None]


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["label"])
def test_compare(case):
    pair = compare_lengths("a", "b", build(facts(case, "earlier"), facts(case, "later"))).iloc[0]
    assert pair["relation"] == case["relation"]
    assert case["reason"] in pair["reason"]
    for bound in ("difference_low", "difference_high"):
        assert pair[bound] == float(case[bound]) if case[bound] else pd.isna(pair[bound])


one = st.tuples(st.just("en"), st.just("direct"), st.sampled_from(["full", "opening"]), st.integers(1, 400))


@given(one, one)
def test_turning_the_pair_round_turns_the_relation_round(first, second):
    there = compare_lengths("a", "b", build(first, second))["relation"].item()
    back = compare_lengths("b", "a", build(first, second))["relation"].item()
    opposite = OPPOSITE | {new: old for old, new in OPPOSITE.items()} | {"not comparable": "not comparable"}
    assert back == opposite[there]


def test_a_cut_text_has_no_upper_bound_and_a_summary_none_at_all():
    lengths = measure_lengths(build(["en", "direct", "opening", 263], ["zh", "mixed", "summary", 90]))
    assert lengths["length"].tolist() == ["at least 263", "not known"]
    assert lengths["high"].tolist()[0] == float("inf") and lengths["low"].isna().tolist() == [False, True]


def test_an_unknown_message_is_named():
    with pytest.raises(CorpusError, match="no version of a message 'c'"):
        compare_lengths("a", "c", build(["en", "direct", "full", 1], ["en", "direct", "full", 1]))
