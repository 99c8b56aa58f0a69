"""The mean of several letters, and how far two such means lie apart, where the letters are few and the counts small.

A letter counts once, whatever its length. Two things make a mean rate uncertain: letters differ, and each has only so many words.
Student's t over the letters' rates reckons with both, if there are terms enough. Where they are rare it is too narrow, and with no
term at all it has no width; then the counts themselves say how much could have been missed. So the limits of a mean rate are here the
wider of the two. A rate is a count by its exposure.
"""

import math
import warnings
from typing import NamedTuple

import numpy as np

from comity.contrasts.rates import LEVEL, bound_sum
from comity.errors import CorpusError

RATES = "Student’s interval over letters, no narrower than Poisson limits; the difference from the limits of both (Zou and Donner 2008)"
MATCHED_RATES = "Student’s interval over occasions, no narrower than Poisson limits (Zou and Donner 2008)"
VALUES = "Welch’s interval over letters"
MATCHED_VALUES = "Student’s interval over occasions"
TOO_FEW = "none: it needs two letters on each side"
TOO_FEW_MATCHED = "none: it needs two occasions"
NO_SPREAD = "none: the values do not differ"

# A p below this is not told from nothing; differences of values below this are rounding.
LEAST_P, ROUNDING = 1e-15, 1e-9


class Means(NamedTuple):
    """Two means, their difference, a less b, the limits within which chance would leave it, p, and the method of these."""

    a: float
    b: float
    contrast: float
    low: float
    high: float
    p: float
    method: str


def bound_mean_rate(counts, exposures, level=LEVEL):
    """The limits of the mean rate of letters, of which these are some: the wider of Student's and of Poisson's.

    ``counts, exposures``: of each letter. Student's limits are those of the mean of the letters' rates, not below 0; Poisson's those
    of the same mean as a weighted sum of counts (see `bound_sum`). NaN for fewer than two letters: how much letters differ cannot be
    seen in one.

    >>> tuple(round(limit, 2) for limit in bound_mean_rate([0, 0, 0], [1, 0.8, 1.2]))
    (0.0, 1.54)
    >>> tuple(round(limit, 2) for limit in bound_mean_rate([4, 1, 2], [1, 1, 1]))
    (0.0, 6.13)
    """
    side = _Side(counts, exposures)
    return side.bound((1 - level) / 2) if len(side.rates) > 1 else (math.nan, math.nan)


def bound_mean(values, level=LEVEL, least=-math.inf):
    """The limits of the mean of letters, of which these are some, by Student's t, not below ``least``. NaN for fewer than two values, or
    where none differs.

    >>> tuple(round(limit, 2) for limit in bound_mean([30, 34, 38]))
    (24.06, 43.94)
    """
    from scipy.stats import ttest_1samp

    values = np.asarray(values, dtype=float)
    if len(values) < 2 or not _differ(values):
        return math.nan, math.nan
    limits = ttest_1samp(values, 0).confidence_interval(level)
    return max(float(limits.low), least), float(limits.high)


def compare_mean_rates(a, b, level=LEVEL):
    """How far the mean rates of two groups of letters lie apart, a less b.

    ``a, b``: counts and exposures of the letters of each side. The limits come from those of each mean (`bound_mean_rate`) by the method of
    variance estimates recovery, MOVER (Zou & Donner 2008, Statistics in Medicine 27). p is the chance left outside the widest such
    interval that leaves out 0, so that it is below 1 - ``level`` just where the limits leave out 0. Limits and p are NaN where
    a side has fewer than two letters.

    >>> found = compare_mean_rates(([9, 7, 8, 9], [1, 1, 1, 1]), ([0, 1, 0, 0], [1, 1, 1, 1]))
    >>> found.contrast, round(found.low, 1), round(found.high, 1), found.p < 0.05
    (8.0, 5.2, 11.3, True)
    """
    a, b = _Side(*a), _Side(*b)
    if min(len(a.rates), len(b.rates)) < 2:
        return _without(a.mean, b.mean, TOO_FEW)
    return _invert(a.mean, b.mean, lambda tail: _subtract(a.mean, a.bound(tail), b.mean, b.bound(tail)), level, RATES)


def compare_matched_rates(pairs, level=LEVEL):
    """The same where letters are matched: the differences within occasions, each occasion counting once.

    ``pairs``: for each occasion the two sides, as in `compare_mean_rates`. The means are those of the occasions' means. The limits are
    the wider of Student's over the occasions' differences and of Poisson's (as MOVER has them, from the two means as weighted
    sums of counts). Limits and p are NaN with fewer than two occasions.
    """
    sides = [[_Side(*pair[side]) for pair in pairs] for side in (0, 1)]
    means = np.array([[letters.mean for letters in side] for side in sides])
    a, b = map(float, means.mean(axis=1))
    if len(pairs) < 2:
        return _without(a, b, TOO_FEW_MATCHED)
    sums = [_pool(side) for side in sides]

    def bound(tail):
        counted = _subtract(a, bound_sum(*sums[0], tail), b, bound_sum(*sums[1], tail))
        return _wider(_student(means[0] - means[1], tail), counted)

    return _invert(a, b, bound, level, MATCHED_RATES)


def compare_means(a, b, level=LEVEL):
    """How far the means of two groups of values lie apart, by the test of Welch (1947, Biometrika 34), with its interval.

    >>> [round(number, 2) for number in compare_means([30, 34, 38], [20, 21, 25])[:5]]
    [34.0, 22.0, 12.0, 3.83, 20.17]
    """
    from scipy.stats import ttest_ind

    a, b = np.asarray(a, dtype=float), np.asarray(b, dtype=float)
    if min(len(a), len(b)) < 2 or not (_differ(a) or _differ(b)):
        means = (values.mean() if len(values) else math.nan for values in (a, b))
        return _without(*means, TOO_FEW if min(len(a), len(b)) < 2 else NO_SPREAD)
    with warnings.catch_warnings():
        # Scipy warns where one side has no spread; the other has.
        warnings.filterwarnings("ignore", "Precision loss", RuntimeWarning)
        test = ttest_ind(a, b, equal_var=False)
    return _tested(a, b, test, level, VALUES)


def compare_matched_means(pairs, level=LEVEL):
    """The same within occasions, each counting once, by Student's t over the differences. ``pairs``: of each occasion the values."""
    from scipy.stats import ttest_rel

    a, b = (np.array([np.mean(pair[side]) for pair in pairs]) for side in (0, 1))
    if len(pairs) < 2 or not _differ(a - b):
        return _without(a.mean(), b.mean(), TOO_FEW_MATCHED if len(pairs) < 2 else NO_SPREAD)
    return _tested(a, b, ttest_rel(a, b), level, MATCHED_VALUES)


class _Side:
    """The letters of one side: their rates, the mean of these, and its limits."""

    def __init__(self, counts, exposures):
        self.counts, exposures = np.asarray(counts, dtype=float), np.asarray(exposures, dtype=float)
        if not len(self.counts) or len(self.counts) != len(exposures) or not (exposures > 0).all():
            raise CorpusError("A side needs letters, each with a count and with words above 0.")
        self.rates = self.counts / exposures
        self.weights = 1 / (len(exposures) * exposures)
        self.mean = float(self.rates.mean())

    def bound(self, tail):
        low, high = _student(self.rates, tail)
        return _wider((max(low, 0.0), high), bound_sum(self.counts, self.weights, tail))


def _student(values, tail):
    from scipy.stats import t

    half = t.isf(tail, len(values) - 1) * values.std(ddof=1) / math.sqrt(len(values))
    return float(values.mean() - half), float(values.mean() + half)


def _wider(one, other):
    return min(one[0], other[0]), max(one[1], other[1])


def _subtract(a, limits_a, b, limits_b):
    """The limits of a less b, from the limits of each."""
    return a - b - math.hypot(a - limits_a[0], limits_b[1] - b), a - b + math.hypot(limits_a[1] - a, b - limits_b[0])


def _pool(side):
    """The counts of all letters of a side, weighted so that each occasion counts once."""
    return np.concatenate([letters.counts for letters in side]), np.concatenate([letters.weights for letters in side]) / len(side)


def _differ(values):
    return np.ptp(values) > ROUNDING * max(1.0, np.abs(values).max())


def _without(a, b, why):
    return Means(float(a), float(b), float(a - b), math.nan, math.nan, math.nan, why)


def _tested(a, b, test, level, method):
    limits = test.confidence_interval(level)
    numbers = (a.mean(), b.mean(), a.mean() - b.mean(), limits.low, limits.high, test.pvalue)
    return Means(*map(float, numbers), method)


def _invert(a, b, bound, level, method):
    """The limits at this level, and the p at which one of them comes to lie on 0."""
    from scipy.optimize import brentq

    def end(logarithm):
        low, high = bound(math.exp(logarithm) / 2)
        return low if a > b else -high

    least = math.log(LEAST_P)
    if end(0.0) <= 0:
        p = 1.0
    else:
        p = LEAST_P if end(least) > 0 else math.exp(brentq(end, least, 0.0))
    return Means(a, b, a - b, *bound((1 - level) / 2), p, method)
