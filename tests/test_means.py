"""Means of letters and their difference, against R, scipy and statsmodels, and what must hold for all letters."""

import json
import math
from itertools import product
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.stats import poisson, ttest_1samp
from statsmodels.stats.rates import confint_poisson, confint_poisson_2indep

from comity.contrasts.means import (
    LEAST_P,
    MATCHED_RATES,
    NO_SPREAD,
    RATES,
    TOO_FEW,
    TOO_FEW_MATCHED,
    bound_mean,
    bound_mean_rate,
    compare_matched_means,
    compare_matched_rates,
    compare_mean_rates,
    compare_means,
)
from comity.errors import CorpusError

SLEEP = json.loads((Path(__file__).parent / "cases/contrasts/sleep.json").read_text(encoding="utf-8"))
PAIRS = [([one], [other]) for one, other in zip(SLEEP["a"], SLEEP["b"], strict=True)]

few = settings(max_examples=25, deadline=None)

# Letters: terms and hundreds of words.
letters = st.lists(st.tuples(st.integers(0, 12), st.integers(20, 300).map(lambda words: words / 100)), min_size=2, max_size=6)


def side(rows):
    return [n for n, _ in rows], [words for _, words in rows]


def test_means_as_r_has_them():
    found = compare_means(SLEEP["a"], SLEEP["b"])
    assert found[:2] == pytest.approx(SLEEP["means"])
    assert found._asdict() == pytest.approx(found._asdict() | SLEEP["welch"])


def test_matched_means_as_r_has_them():
    found = compare_matched_means(PAIRS)
    assert found[:2] == pytest.approx(SLEEP["means"])
    assert found._asdict() == pytest.approx(found._asdict() | SLEEP["paired"])
    apart = np.subtract(SLEEP["a"], SLEEP["b"])
    assert bound_mean(apart) == pytest.approx((SLEEP["paired"]["low"], SLEEP["paired"]["high"]))


def test_an_occasion_counts_once():
    """Two letters on one occasion weigh as much as one on another."""
    found = compare_matched_means([([10, 20], [5]), ([30], [10, 20])])
    assert (found.a, found.b, found.contrast) == (22.5, 10, 12.5)
    rates = compare_matched_rates([(([10, 20], [1, 1]), ([5], [1])), (([30], [1]), ([10, 20], [1, 1]))])
    assert (rates.a, rates.b, rates.contrast) == (22.5, 10, 12.5)


def test_a_letter_counts_once():
    """The mean is that of the letters' rates, not that of all words."""
    assert compare_mean_rates(([1, 4], [1, 2]), ([0, 3], [2, 1]))[:3] == (1.5, 1.5, 0)


@few
@given(st.integers(0, 9), st.integers(2, 6), st.sampled_from([0.8, 0.95, 0.99]))
def test_letters_that_do_not_differ_have_the_limits_of_their_counts(each, number, level):
    low, high = confint_poisson(each * number, number, method="exact-c", alpha=1 - level)
    assert bound_mean_rate([each] * number, [1] * number, level) == pytest.approx((np.nan_to_num(low), high))


@few
@given(st.integers(1, 9), st.integers(2, 6), st.integers(1, 9), st.integers(2, 6))
def test_differences_of_counts_as_statsmodels_has_them(each_a, number_a, each_b, number_b):
    """Without spread there is only MOVER of exact limits."""
    expected = confint_poisson_2indep(
        each_a * number_a, number_a, each_b * number_b, number_b, method="mover", compare="diff", method_mover="exact-c"
    )
    found = compare_mean_rates(([each_a] * number_a, [1] * number_a), ([each_b] * number_b, [1] * number_b))
    assert (found.low, found.high) == pytest.approx(expected)
    pairs = [(([each_a], [1]), ([each_b], [1]))] * number_a
    expected = confint_poisson_2indep(
        each_a * number_a, number_a, each_b * number_a, number_a, method="mover", compare="diff", method_mover="exact-c"
    )
    assert compare_matched_rates(pairs)[3:5] == pytest.approx(expected)


@pytest.mark.parametrize("level", [0.8, 0.95])
def test_letters_that_differ_much_have_the_limits_of_student(level):
    counts, hundreds = [4000, 9000, 6500], [1, 2, 1.5]
    test = ttest_1samp(np.divide(counts, hundreds), 0).confidence_interval(level)
    assert bound_mean_rate(counts, hundreds, level) == pytest.approx((test.low, test.high))
    pairs = [(([one], [1]), ([other], [1])) for one, other in ((9000, 4000), (7000, 5500), (8000, 3000))]
    test = ttest_1samp([5000, 1500, 5000], 0).confidence_interval(level)
    assert compare_matched_rates(pairs, level)[3:5] == pytest.approx((test.low, test.high))


def test_a_difference_lies_as_far_out_as_both_sides_allow():
    """MOVER by hand, from limits that scipy has: one side without spread or count, the other with much of both."""
    test = ttest_1samp([4000.0, 4500.0, 4433.0], 0).confidence_interval(0.95)
    mean = (4000 + 4500 + 4433) / 3
    found = compare_mean_rates(([4000, 9000, 13299], [1, 2, 3]), ([0, 0], [1, 1]))
    high_b = confint_poisson(0, 2, method="exact-c")[1]
    assert found.low == pytest.approx(mean - math.hypot(mean - test.low, high_b))
    assert found.high == pytest.approx(test.high)


@few
@given(letters, letters, st.sampled_from([0.8, 0.95, 0.99]))
def test_p_and_interval_never_contradict_each_other(a, b, level):
    for found in (compare_mean_rates(side(a), side(b), level), compare_matched_rates(matched(a, b), level)):
        if not math.isclose(found.p, 1 - level, rel_tol=1e-6):
            assert (found.p < 1 - level) == (not found.low <= 0 <= found.high)


@few
@given(letters, letters)
def test_p_is_the_level_at_which_the_interval_meets_zero(a, b):
    for compare, sides in ((compare_mean_rates, (side(a), side(b))), (compare_matched_rates, (matched(a, b),))):
        p = compare(*sides).p
        if 1e-12 < p < 1:
            found = compare(*sides, level=1 - p)
            assert min(abs(found.low), abs(found.high)) < 1e-6 * (found.high - found.low) + 1e-9


def matched(a, b):
    """As many occasions as both have letters for, one letter a side."""
    return [(side([one]), side([other])) for one, other in zip(a, b, strict=False)]


@few
@given(letters, letters)
def test_every_interval_has_a_width_and_holds_the_difference(a, b):
    for found in (compare_mean_rates(side(a), side(b)), compare_matched_rates(matched(a, b))):
        assert found.low < found.contrast < found.high
        assert 0 < found.p <= 1
        assert found.contrast == pytest.approx(found.a - found.b)
    low, high = bound_mean_rate(*side(a))
    assert 0 <= low <= np.divide(*side(a)).mean() < high


@few
@given(letters, letters)
def test_sides_can_be_exchanged(a, b):
    one, other = compare_mean_rates(side(a), side(b)), compare_mean_rates(side(b), side(a))
    assert (one.low, one.high, one.p) == pytest.approx((-other.high, -other.low, other.p), rel=1e-6)
    one, other = compare_matched_rates(matched(a, b)), compare_matched_rates(matched(b, a))
    assert (one.low, one.high, one.p) == pytest.approx((-other.high, -other.low, other.p), rel=1e-6)


@few
@given(letters, st.floats(0.5, 0.98))
def test_a_higher_level_is_wider(a, level):
    narrow, wide = (bound_mean_rate(*side(a), each) for each in (level, level + 0.01))
    assert wide[0] <= narrow[0] < narrow[1] < wide[1]


def test_no_term_at_all_still_leaves_something_possible():
    found = compare_mean_rates(([0, 0, 0], [1, 2, 1]), ([0, 0], [1, 1]))
    assert found.contrast == 0 and found.p == 1 and found.low < -1 < 1 < found.high


def test_far_apart_is_not_told_from_nothing():
    assert 0 < compare_mean_rates(([10**6] * 9, [1] * 9), ([0] * 9, [1] * 9)).p <= LEAST_P


@pytest.mark.parametrize(
    ("compare", "sides", "method"),
    [
        (compare_mean_rates, (([1], [1]), ([0, 2], [1, 1])), TOO_FEW),
        (compare_mean_rates, (([1, 3], [1, 1]), ([2], [1])), TOO_FEW),
        (compare_matched_rates, ([(([1, 2], [1, 1]), ([0, 2], [1, 1]))],), TOO_FEW_MATCHED),
        (compare_means, ([1], [2, 3]), TOO_FEW),
        (compare_means, ([], [2, 3]), TOO_FEW),
        (compare_means, ([0.1, 0.1, 0.1], [0.3, 0.3, 0.3]), NO_SPREAD),
        (compare_matched_means, ([([1, 2], [3])],), TOO_FEW_MATCHED),
        (compare_matched_means, ([([30.1], [20.1]), ([31.1], [21.1])],), NO_SPREAD),
    ],
)
def test_no_interval_is_not_a_narrow_one(compare, sides, method):
    found = compare(*sides)
    assert np.isnan(found[3:6]).all() and found.method == method


def test_a_mean_that_is_not_there_is_nan():
    found = compare_means([], [2, 4])
    assert math.isnan(found.a) and math.isnan(found.contrast) and found.b == 3


def test_one_letter_has_no_limits():
    assert np.isnan([*bound_mean_rate([3], [1]), *bound_mean([3]), *bound_mean([3, 3])]).all()


def test_methods_are_named():
    assert compare_mean_rates(([1, 2], [1, 1]), ([1, 2], [1, 1])).method == RATES
    assert compare_matched_rates([(([1], [1]), ([2], [1]))] * 2).method == MATCHED_RATES


def test_a_number_of_words_is_not_below_zero():
    assert bound_mean([10, 200])[0] < 0 == bound_mean([10, 200], least=0)[0]


@pytest.mark.parametrize(("counts", "words"), [([], []), ([1, 2], [1]), ([1, 2], [1, 0])])
def test_letters_without_words_have_no_rates(counts, words):
    with pytest.raises(CorpusError, match="words above 0"):
        bound_mean_rate(counts, words)


def covers(bound, means, true, cut=1e-5):
    """How often an interval holds what is true: the sum of the chances of the counts whose interval does."""
    tables = [range(int(poisson.ppf(1 - cut, mean)) + 1) for mean in means]
    chances = ((np.array(each), poisson.pmf(each, means).prod()) for each in product(*tables))
    return sum(chance for each, chance in chances if (limits := bound(each))[0] <= true <= limits[1])


@pytest.mark.parametrize("words", [(0.6, 1.2, 2.8), (0.9, 1, 1.1)], ids=str)
@pytest.mark.parametrize("rate", [0.1, 0.6, 2])
def test_limits_of_a_mean_cover_as_often_as_they_say(rate, words):
    means = rate * np.array(words)
    assert covers(lambda counts: bound_mean_rate(counts, words), means, rate) >= 0.95


def test_student_alone_would_cover_far_less_often():
    words = np.array([0.6, 1.2, 2.8])
    assert covers(lambda counts: bound_mean(counts / words), 0.1 * words, 0.1) < 0.5


@pytest.mark.parametrize(("rate_a", "rate_b"), [(0.1, 0.1), (0.1, 0.8), (0.6, 0.6)])
def test_limits_of_a_difference_cover_as_often_as_they_say(rate_a, rate_b):
    words = np.array([0.6, 1.5, 0.9, 1.2])

    def bound(counts):
        return compare_mean_rates((counts[:2], words[:2]), (counts[2:], words[2:]))[3:5]

    assert covers(bound, words * [rate_a, rate_a, rate_b, rate_b], rate_a - rate_b, cut=3e-3) >= 0.95
