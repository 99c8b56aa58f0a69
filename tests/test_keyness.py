"""The measures of keyness, each against a published example or an implementation that we did not write."""

import csv
import json
from collections import Counter
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.stats import chi2_contingency, fisher_exact
from statsmodels.stats.contingency_tables import Table2x2

from comity.contrasts.keyness import (
    correct_p,
    find_side,
    measure_log_likelihood,
    measure_log_ratio,
    measure_specificity,
    weigh_log_odds,
)
from comity.errors import CorpusError

CASES = Path(__file__).parent / "cases/keyness"
PUBLISHED = list(csv.DictReader((CASES / "published.csv").open(encoding="utf-8")))
FIGHTING = json.loads((CASES / "fighting_words.json").read_text(encoding="utf-8"))

MEASURES = {
    "ll4": measure_log_likelihood,
    "ll2": lambda *four: measure_log_likelihood(*four, cells=2),
    "log_ratio": measure_log_ratio,
    "specificity": measure_specificity,
}


@pytest.mark.parametrize("case", PUBLISHED, ids=lambda case: case["label"])
def test_published_examples(case):
    four = (int(case[name]) for name in ("n_a", "n_b", "tokens_a", "tokens_b"))
    assert MEASURES[case["measure"]](*four) == pytest.approx(float(case["expected"]), rel=float(case["relative"]), abs=0)


@pytest.mark.parametrize("case", FIGHTING["priors"], ids=lambda case: case["label"])
def test_log_odds_as_convokit_has_them(case):
    a, b = (Counter(" ".join(FIGHTING[side]).split()) for side in "ab")
    words, pooled = sorted(case["z"]), a + b
    prior = np.array([case.get("each") or pooled[word] * case["weight"] / pooled.total() for word in words])
    counts = ([side[word] for word in words] for side in (a, b))
    z = weigh_log_odds(*counts, a.total(), b.total(), prior, prior.sum())[1]
    # ConvoKit reckons in single precision.
    assert z == pytest.approx([case["z"][word] for word in words], abs=2e-6)


# A word's count and the other tokens, of two sides.
cells = st.tuples(st.integers(0, 40), st.integers(1, 400), st.integers(0, 40), st.integers(1, 400)).filter(lambda c: c[0] + c[2] > 0)


def four(cells):
    n_a, others_a, n_b, others_b = cells
    return n_a, n_b, n_a + others_a, n_b + others_b


@given(cells)
def test_four_cells_as_scipy_has_them(cells):
    expected = chi2_contingency([cells[:2], cells[2:]], correction=False, lambda_="log-likelihood").statistic
    assert measure_log_likelihood(*four(cells)) == pytest.approx(expected, rel=1e-6, abs=1e-9)


@given(cells)
def test_two_cells_are_never_more_than_four(cells):
    assert 0 <= measure_log_likelihood(*four(cells), cells=2) <= measure_log_likelihood(*four(cells)) + 1e-9


@given(cells)
def test_specificity_is_fishers_test_with_one_tail(cells):
    tails = {side: fisher_exact([cells[:2], cells[2:]], alternative=side).pvalue for side in ("greater", "less")}
    expected = {1: tails["greater"], -1: tails["less"], 0: min(tails.values())}
    assert measure_specificity(*four(cells)) == pytest.approx(expected[int(find_side(*four(cells)))], rel=1e-6)


@given(cells, st.integers(1, 60), st.integers(1, 900))
def test_log_odds_are_those_of_the_counts_with_their_prior(cells, prior, others):
    n_a, others_a, n_b, others_b = cells
    table = Table2x2(np.array([[n_a + prior, others_a + others], [n_b + prior, others_b + others]], dtype=float))
    log_odds, _ = weigh_log_odds(*four(cells), prior, prior + others)
    assert log_odds == pytest.approx(table.log_oddsratio, abs=1e-9)


@given(cells)
def test_the_log_ratio_never_contradicts_the_counts(cells):
    ratio, side = measure_log_ratio(*four(cells)), find_side(*four(cells))
    assert np.isnan(ratio) or np.sign(ratio) == side
    assert not np.isnan(ratio) or 0 in (cells[0], cells[2])


def test_half_a_word_in_a_short_side_is_no_ratio():
    assert np.isnan(measure_log_ratio(0, 4, 10, 1000)) and measure_log_ratio(0, 4, 1000, 1000) == -3


def test_a_word_that_is_all_there_is_has_no_odds():
    assert np.isnan(weigh_log_odds(5, 5, 5, 5, 500, 500)).all()


def test_log_likelihood_has_two_or_four_cells():
    with pytest.raises(CorpusError, match="2 or 4 cells, not 3"):
        measure_log_likelihood(1, 2, 10, 10, cells=3)


def test_an_unknown_correction_is_refused_and_nothing_needs_none():
    with pytest.raises(CorpusError, match="no correction 'halved'.*holm"):
        correct_p([0.1], "halved")
    assert correct_p([], "holm").size == 0
