"""Groups of letters: each counts once, whichever way they are matched; what is left out, and what stands between the sides."""

import json
import math
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from made_letters import make_letters, make_lexicon
from statsmodels.stats.multitest import multipletests

from comity import read_corpus, read_measurements
from comity.contrasts.groups import COLUMNS, COVERS, COVERS_MATCHED, COVERS_NOTHING, NO_OCCASION, ONE_OCCASION, compare_groups
from comity.contrasts.means import (
    MATCHED_RATES,
    MATCHED_VALUES,
    NO_SPREAD,
    RATES,
    TOO_FEW,
    VALUES,
    compare_matched_rates,
    compare_mean_rates,
)
from comity.contrasts.measures import COUNTED_ONLY, STYLES
from comity.corpus.vocabularies import TONE_DIMENSIONS
from comity.errors import CorpusError
from comity.letters import gather_letters

SLEEP = json.loads((Path(__file__).parent / "cases/contrasts/sleep.json").read_text(encoding="utf-8"))
NUMBERS = ["a", "b", "contrast", "low", "high", "p"]


@pytest.fixture(scope="module")
def real():
    return gather_letters(read_measurements(), read_corpus())


def group(name, rows, **given):
    """Letters name0, name1 ... of warmth terms, words and what differs."""
    rows = enumerate(rows)
    return [{"message": f"{name}{number}", "terms": {"warmth": n}, "words": words} | given | more for number, (n, words, more) in rows]


def compare(a, b, **given):
    letters = make_letters(*group("a", a), *group("b", b))
    return compare_groups([f"a{n}" for n in range(len(a))], [f"b{n}" for n in range(len(b))], letters, **given).set_index("measure")


A, B = [(4, 100, {}), (1, 200, {}), (6, 300, {})], [(0, 80, {}), (1, 120, {})]


def test_every_measure_has_a_row():
    table = compare(A, B)
    assert list(table.reset_index()) == COLUMNS
    assert table.index.tolist() == [*TONE_DIMENSIONS, "words", *STYLES]
    assert set(table["kind"]) == {"difference"}


def test_rates_are_compared_letter_by_letter():
    """4, 0.5 and 2 terms in a hundred words are 2.17 on average, though all letters together have 1.83."""
    row = compare(A, B).loc["warmth"]
    found = compare_mean_rates(([4, 1, 6], [1, 2, 3]), ([0, 1], [0.8, 1.2]))
    assert row[NUMBERS].tolist() == pytest.approx(list(found[:6]))
    assert row[["n_a", "n_b", "method", "covers"]].tolist() == [3, 2, RATES, COVERS]
    assert row["a"] == pytest.approx(6.5 / 3) and math.isnan(row["occasions"])


def test_dimensions_without_a_term_have_an_interval():
    row = compare(A, B).loc["pledge"]
    assert row["contrast"] == 0 and row["low"] < 0 < row["high"] and row["p"] == 1


def sleepers(occasions=False):
    feasts = [{"occasion": f"feast {n}"} if occasions else {} for n in range(len(SLEEP["a"]))]
    rows = [[(0, 100, {"flesch": value} | feast) for value, feast in zip(SLEEP[side], feasts, strict=True)] for side in "ab"]
    return compare(*rows, match="occasion" if occasions else None).loc["flesch"]


def test_readability_by_welch_as_r_has_it():
    row = sleepers()
    assert row[["a", "b", "low", "high", "p"]].tolist() == pytest.approx([*SLEEP["means"], *SLEEP["welch"].values()])
    assert row[["n_a", "n_b", "method", "covers"]].tolist() == [10, 10, VALUES, COVERS]


def test_readability_within_occasions_as_r_has_it_in_pairs():
    row = sleepers(occasions=True)
    assert row[["a", "b", "low", "high", "p"]].tolist() == pytest.approx([*SLEEP["means"], *SLEEP["paired"].values()])
    assert row[["occasions", "method", "covers"]].tolist() == [10, MATCHED_VALUES, COVERS_MATCHED]


FEAST, BIRTHDAY, OTHER, UNSTATED = ({"occasion": name} for name in ("feast", "birthday", "re-election", "not stated"))


def test_only_stated_occasions_of_both_sides_are_matched():
    a = [(4, 100, FEAST), (2, 100, FEAST), (1, 200, BIRTHDAY), (9, 100, UNSTATED), (9, 100, OTHER)]
    b = [(0, 80, BIRTHDAY), (1, 50, FEAST), (9, 100, UNSTATED), (9, 100, {"occasion": ""})]
    table = compare(a, b, match="occasion")
    row = table.loc["warmth"]
    pairs = [(([4, 2], [1, 1]), ([1], [0.5])), (([1], [2]), ([0], [0.8]))]
    assert row[NUMBERS].tolist() == pytest.approx(list(compare_matched_rates(pairs)[:6]))
    assert row[["n_a", "n_b", "occasions", "method"]].tolist() == [3, 2, 2, MATCHED_RATES]
    assert row[["messages_a", "messages_b", "left_out"]].tolist() == ["a0|a1|a2", "b0|b1", "a3|a4|b2|b3"]


def test_one_shared_occasion_is_compared_as_without_matching():
    a, b = [(4, 100, FEAST), (2, 100, FEAST), (9, 100, OTHER)], [(1, 50, FEAST), (0, 60, FEAST)]
    row = compare(a, b, match="occasion").loc["warmth"]
    assert row[NUMBERS].tolist() == pytest.approx(list(compare_mean_rates(([4, 2], [1, 1]), ([1, 0], [0.5, 0.6]))[:6]))
    assert row[["occasions", "method", "covers"]].tolist() == [1, ONE_OCCASION + RATES, COVERS]


def test_occasions_on_which_a_side_has_no_value_do_not_count():
    a = [(1, 100, FEAST | {"flesch": 20}), (1, 100, BIRTHDAY | {"flesch": 30})]
    b = [(1, 100, FEAST | {"flesch": math.nan}), (1, 100, BIRTHDAY | {"flesch": math.nan})]
    table = compare(a, b, match="occasion")
    assert table.loc["flesch", ["n_a", "n_b", "occasions", "method"]].tolist() == [0, 0, 0, NO_OCCASION]
    assert table.loc["flesch", NUMBERS].isna().all() and table.loc["warmth", "occasions"] == 2


@pytest.mark.parametrize(
    ("a", "b", "measure", "method"),
    [
        ([(4, 100, {})], B, "warmth", TOO_FEW),
        ([(4, 100, {})], B, "words", TOO_FEW),
        ([(4, 100, {}), (2, 100, {})], [(1, 60, {}), (2, 60, {})], "words", NO_SPREAD),
    ],
)
def test_no_interval_is_not_a_narrow_one(a, b, measure, method):
    row = compare(a, b).loc[measure]
    assert row[["low", "high", "p", "p_corrected"]].isna().all()
    assert row[["method", "covers"]].tolist() == [method, COVERS_NOTHING]


def test_of_a_side_without_values_the_other_is_still_shown():
    table = compare([(1, 100, {"flesch": math.nan})] * 2, [(1, 100, {"flesch": 20}), (1, 90, {"flesch": 40})])
    row = table.loc["flesch"]
    assert row[["n_a", "n_b", "b"]].tolist() == [0, 2, 30] and row[["a", "contrast", "low"]].isna().all()


def test_p_is_corrected_over_all_rows_that_have_one():
    unread = {"flesch": math.nan}
    many = {"terms": {"warmth": 9, "pledge": 7, "militancy": 6}}
    table = compare([(9, 100, many), (8, 120, many), (10, 110, many)], [(0, 80, {}), (0, 120, unread), (1, 90, unread)])
    tested = table["p"].notna()
    assert tested.sum() < len(table)
    assert table.loc[tested, "p_corrected"].tolist() == pytest.approx(multipletests(table.loc[tested, "p"], method="holm")[1])
    assert table.loc[~tested, "p_corrected"].isna().all()


def test_letters_without_words_in_these_frames_are_left_out_and_named():
    table = compare(A, [*B, (5, 100, {"frame": "reported"})])
    assert set(table["left_out"]) == {"b2"} and table.loc["warmth", "n_b"] == 2
    assert set(table["comparable"]) == {"yes"}


def test_how_the_letters_of_each_side_are_seen_is_said():
    table = compare(A, [*B, (5, 100, {"frame": "reported", "extent": "summary", "high": math.nan})], frames=("letter", "reported"))
    assert set(table["comparable"]) == {"speech: a direct 3, b direct 2, indirect 1; seen: a whole 3, b whole 2, as a summary 1"}


def test_where_one_letter_is_only_counted_single_words_are_compared_in_all():
    tokens = {"tokens": {"warm": 2}}
    b = [(0, 100, tokens | {"basis": "counts"}), (5, 100, {})]
    table = compare([(0, 100, tokens), (7, 100, tokens)], b, tone=make_lexicon(warmth="warm"))
    assert table.loc["warmth", ["a", "b"]].tolist() == [2, 1]
    assert table.loc["warmth", "covers"] == f"{COVERS}; {COUNTED_ONLY}"
    assert COUNTED_ONLY not in table.loc["words", "covers"]


def test_a_letter_given_twice_counts_once():
    letters = make_letters(*group("a", A), *group("b", B))
    row = compare_groups(["a0", "a1", "a1", "a2"], ["b0", "b1"], letters).set_index("measure").loc["warmth"]
    assert row["n_a"] == 3 and row["messages_a"] == "a0|a1|a2"


@pytest.mark.parametrize(
    ("a", "b", "given", "said"),
    [
        (["a0", "a1"], ["a1", "b0"], {}, "'a1' is in both groups"),
        (["a0"], ["nobody"], {}, "no message 'nobody'"),
        (["a0"], [], {}, "group b has no letter with words"),
        (["a0"], ["b0"], {"frames": "mixed"}, "group a has no letter with words"),
        (["a0"], ["b0"], {"match": "year"}, "match is None or 'occasion'"),
        (["a0"], ["b0"], {"match": "occasion"}, r"the other has too \(a: not stated; b: not stated\)"),
        (["a0"], ["b0"], {"dimensions": ["love"]}, "no dimension 'love'"),
        (["a0"], ["b0"], {"address": "only"}, "with or without"),
    ],
)
def test_what_cannot_be_compared_is_said(a, b, given, said):
    with pytest.raises(CorpusError, match=said):
        compare_groups(a, b, make_letters(*group("a", A), *group("b", B)), **given)


rows = st.lists(st.tuples(st.integers(0, 9), st.integers(40, 300), st.sampled_from([FEAST, BIRTHDAY, OTHER])), min_size=2, max_size=5)


@settings(max_examples=25, deadline=None)
@given(rows, rows, st.sampled_from([None, "occasion"]))
def test_of_any_two_groups(a, b, match):
    """Whenever each side has two letters, or two occasions are shared, there is an interval, it has a width, and p agrees with it."""
    shared = {row[2]["occasion"] for row in a} & {row[2]["occasion"] for row in b}
    if match and not shared:
        with pytest.raises(CorpusError, match="stated occasion"):
            compare(a, b, match=match)
        return
    dimensions = ["warmth", "pledge"]
    table = compare(a, b, match=match, dimensions=dimensions)
    tone = table.loc[dimensions]
    if not match or len(shared) > 1:
        assert (tone["low"] < tone["contrast"]).all() and (tone["contrast"] < tone["high"]).all()
    known = table[table["p"].notna()]
    assert (known["low"] < known["high"]).all()
    clear = known[~np.isclose(known["p"], 0.05)]
    assert ((clear["p"] < 0.05) == (clear["low"] > 0) | (clear["high"] < 0)).all()
    assert (known["p_corrected"] >= known["p"]).all()
    assert set(filter(None, "|".join(table.iloc[0][["messages_a", "messages_b", "left_out"]]).split("|"))) == {
        f"{side}{n}" for side, letters in (("a", a), ("b", b)) for n in range(len(letters))
    }


def test_letters_to_two_people_in_the_record(real):
    sent = real.messages[real.messages["sender"] == "Kim Jong Un"].set_index("message_id")["recipient"]
    a, b = (list(sent.index[sent == name]) for name in ("Vladimir Putin", "Xi Jinping"))
    table = compare_groups(a, b, real, frames=("letter", "reported", "mixed"))
    row = table.iloc[0]
    assert sorted("|".join(row[["messages_a", "messages_b", "left_out"]]).split("|")) == sorted([*a, *b])
    assert (table["n_a"] <= len(row["messages_a"].split("|"))).all() and "speech: a " in row["comparable"]
    assert table.loc[table["measure"].isin(TONE_DIMENSIONS), ["low", "high", "p"]].notna().all(axis=None)


def test_tables_are_left_as_they_were():
    letters = make_letters(*group("a", A), *group("b", B))
    before = [letters.tone.copy(), letters.lengths.copy(), letters.messages.copy()]
    compare_groups(["a0", "a1"], ["b0", "b1"], letters)
    for table, old in zip([letters.tone, letters.lengths, letters.messages], before, strict=True):
        pd.testing.assert_frame_equal(table, old)
