"""Rates, their limits and their ratio, against R, statsmodels and what must hold for all counts."""

import csv
import json
import math
from itertools import product
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.integrate import quad
from scipy.stats import binomtest, gamma, poisson
from statsmodels.stats import rates as oracle
from statsmodels.stats.proportion import proportion_confint

from comity.contrasts.rates import METHODS, bound_rate, bound_sum, compare_rates
from comity.errors import CorpusError

CASES = Path(__file__).parent / "cases/contrasts"
RATIOS = list(csv.DictReader((CASES / "rate_ratios.csv").open(encoding="utf-8")))
LIMITS = list(csv.DictReader((CASES / "rate_limits.csv").open(encoding="utf-8")))
SUMS = json.loads((CASES / "weighted_sums.json").read_text(encoding="utf-8"))["cases"]

counts = st.integers(0, 60)
exposures = st.integers(20, 2000)
four = st.tuples(counts, exposures, counts, exposures)
few = settings(max_examples=25, deadline=None)


def by_label(case):
    return case["label"]


@pytest.mark.parametrize("case", RATIOS, ids=by_label)
def test_ratios_as_r_has_them(case):
    number = {name: float(case[name]) for name in case if name not in ("label", "source")}
    found = compare_rates(number["count_a"], number["exposure_a"], number["count_b"], number["exposure_b"], level=number["level"])
    assert found[:4] == pytest.approx([number[name] for name in ("ratio", "low", "high", "p")], rel=1e-8)


@pytest.mark.parametrize("case", LIMITS, ids=by_label)
def test_limits_of_one_rate_as_r_has_them(case):
    found = bound_rate(int(case["count"]), float(case["exposure"]), float(case["level"]))
    assert found == pytest.approx((float(case["low"]), float(case["high"])), rel=1e-9)


@pytest.mark.parametrize("case", SUMS, ids=by_label)
def test_weighted_sums_as_asht_has_them(case):
    weights = np.array(case["weights"]) if "weights" in case else 100 / (len(case["words"]) * np.array(case["words"]))
    found = bound_sum(np.array(case["counts"]), weights, (1 - case["level"]) / 2)
    assert found == pytest.approx((case["low"], case["high"]), rel=1e-8)


@few
@given(counts, exposures, st.sampled_from([0.8, 0.95, 0.99]))
def test_limits_of_one_rate_as_statsmodels_has_them(count, exposure, level):
    low, high = oracle.confint_poisson(count, exposure, method="exact-c", alpha=1 - level)
    # Where nothing was counted statsmodels gives NaN below.
    assert bound_rate(count, exposure, level) == pytest.approx((np.nan_to_num(low), high))


@few
@given(four.filter(lambda each: each[2] > 0))
def test_p_is_twice_the_smaller_tail_of_statsmodels(each):
    tails = [oracle.test_poisson_2indep(*each, method="exact-cond", alternative=way).pvalue for way in ("smaller", "larger")]
    assert compare_rates(*each).p == pytest.approx(min(1, 2 * min(tails)))


@few
@given(st.integers(1, 60), exposures, st.integers(1, 60), exposures)
def test_bayes_is_the_interval_of_jeffreys_for_the_share(count_a, exposure_a, count_b, exposure_b):
    shares = proportion_confint(count_a, count_a + count_b, method="jeffreys")
    found = compare_rates(count_a, exposure_a, count_b, exposure_b, "bayes")
    assert found[1:3] == pytest.approx([share / (1 - share) * exposure_b / exposure_a for share in shares])


@pytest.mark.parametrize("each", [(6, 274, 2, 264), (1, 60, 9, 200), (3, 100, 3, 90)])
def test_p_of_bayes_is_what_the_two_posteriors_say(each):
    """The chance that one gamma lies above another, by numerical integration."""
    a, b = (gamma(count + 0.5, scale=1 / exposure) for count, exposure in (each[:2], each[2:]))
    above = quad(lambda rate: a.sf(rate) * b.pdf(rate), 0, 1, points=[b.median()], limit=200)[0]
    assert compare_rates(*each, "bayes").p == pytest.approx(2 * min(above, 1 - above), rel=1e-6)


@given(four, st.sampled_from(sorted(METHODS)), st.sampled_from([0.8, 0.95, 0.99]))
def test_p_and_interval_never_contradict_each_other(each, method, level):
    found = compare_rates(*each, method, level)
    if not math.isclose(found.p, 1 - level, rel_tol=1e-9):
        assert (found.p < 1 - level) == (not found.low <= 1 <= found.high)


def test_the_usual_p_of_the_exact_test_does_contradict_it():
    """Why p is not that of binomtest: it adds up all outcomes no likelier than this one."""
    found = compare_rates(2, 17877, 9, 16660)
    usual = binomtest(2, 11, 17877 / (17877 + 16660)).pvalue
    assert usual < 0.05 < found.p and found.low < 1 < found.high


@given(four, st.sampled_from(sorted(METHODS)))
def test_every_interval_has_a_width_and_holds_the_ratio(each, method):
    found = compare_rates(*each, method)
    assert 0 <= found.low < found.high
    assert math.isnan(found.ratio) or found.low <= found.ratio <= found.high
    assert 0 <= found.p <= 1


@given(four, st.sampled_from(sorted(METHODS)))
def test_sides_can_be_exchanged(each, method):
    one, other = compare_rates(*each, method), compare_rates(*each[2:], *each[:2], method)
    assert one.p == pytest.approx(other.p)
    assert one.low * other.high == pytest.approx(1) or (one.low, other.high) == (0, math.inf)
    assert one.high * other.low == pytest.approx(1) or (one.high, other.low) == (math.inf, 0)


@given(four, st.integers(2, 50), st.sampled_from(sorted(METHODS)))
def test_the_unit_of_exposure_does_not_matter(each, unit, method):
    scaled = (each[0], each[1] / unit, each[2], each[3] / unit)
    assert compare_rates(*scaled, method)[1:4] == pytest.approx(compare_rates(*each, method)[1:4], rel=1e-9)


@pytest.mark.parametrize("method", sorted(METHODS))
@pytest.mark.parametrize("exposures", [(100, 100), (1, 1_000_000), (1_000_000, 1)])
def test_nothing_counted_says_nothing(exposures, method):
    found = compare_rates(0, exposures[0], 0, exposures[1], method)
    assert math.isnan(found.ratio) and found[1:4] == (0, math.inf, 1)


@pytest.mark.parametrize("method", sorted(METHODS))
def test_no_count_never_speaks_for_a_higher_rate(method):
    found = compare_rates(0, 1, 3, 1_000_000, method)
    assert (found.ratio, found.low, found.p) == (0, 0, 1)


def covered(mean_a, mean_b, exposures, method):
    """How often the interval holds the true ratio: the sum of the chances of the counts whose interval does."""
    true = (mean_a / exposures[0]) / (mean_b / exposures[1])
    tables = [range(int(poisson.ppf(1 - 1e-7, mean)) + 1) for mean in (mean_a, mean_b)]
    chance = 0.0
    for count_a, count_b in product(*tables):
        found = compare_rates(count_a, exposures[0], count_b, exposures[1], method)
        chance += (found.low <= true <= found.high) * poisson.pmf(count_a, mean_a) * poisson.pmf(count_b, mean_b)
    return chance


@pytest.mark.parametrize("exposures", [(270, 260), (60, 280)], ids=str)
@pytest.mark.parametrize("means", [(0.5, 0.5), (1, 4), (12, 8)], ids=str)
def test_the_exact_interval_covers_as_often_as_it_says(means, exposures):
    assert covered(*means, exposures, "exact") >= 0.95


@pytest.mark.parametrize("means", [(0.5, 0.5), (1, 4), (6, 2)], ids=str)
def test_the_bayesian_interval_covers_nearly_as_often(means):
    assert 0.93 <= covered(*means, (270, 260), "bayes")


@pytest.mark.parametrize("rate", [0.1, 0.6, 2])
@pytest.mark.parametrize("words", [(60, 120, 280), (90, 100, 110)], ids=str)
def test_limits_of_weighted_sums_cover_as_often_as_they_say(rate, words):
    means = rate * np.array(words) / 100
    weights = 100 / (len(words) * np.array(words))
    chance = 0.0
    for each in product(*(range(int(poisson.ppf(1 - 1e-5, mean)) + 1) for mean in means)):
        low, high = bound_sum(np.array(each), weights, 0.025)
        chance += (low <= rate <= high) * poisson.pmf(each, means).prod()
    assert chance >= 0.95


@pytest.mark.parametrize(
    ("each", "said"),
    [
        ((-1, 100, 2, 100), "whole number"),
        ((1.5, 100, 2, 100), "whole number"),
        ((math.nan, 100, 2, 100), "whole number"),
        ((math.inf, 100, 2, 100), "whole number"),
        ((1, 0, 2, 100), "words above 0"),
        ((1, 100, 2, math.nan), "words above 0"),
        ((1, 100, 2, 100, "bootstrap"), "bayes"),
        ((1, 100, 2, 100, "exact", 95), "between 0 and 1"),
    ],
)
def test_what_cannot_be_compared_is_said(each, said):
    with pytest.raises(CorpusError, match=said):
        compare_rates(*each)


def test_what_the_interval_does_not_cover_is_said():
    covers = compare_rates(1, 100, 2, 100).covers
    for word in ("Poisson", "cluster", "another letter", "terms", "translator", "outlet"):
        assert word in covers
