"""How often, against how often: the ratio of two rates with an interval that one letter against one letter can bear."""

import math
from typing import NamedTuple

from comity.errors import CorpusError

LEVEL = 0.95
METHODS = ("exact", "bayes")

COVERS = (
    "chance: how often such terms fall in so many words, if each falls by itself; not what the outlet or the translator "
    "changed, nor which terms the lexicon holds"
)


class Rates(NamedTuple):
    """A ratio of rates, a over b: the limits within which chance alone would leave it, p, how they were found, and what they cover."""

    ratio: float
    low: float
    high: float
    p: float
    method: str
    covers: str


def compare_rates(count_a, exposure_a, count_b, exposure_b, method="exact", level=LEVEL):
    """Compare two rates, counts with their exposure, by their ratio, a over b.

    ``exact``: given the total, the count of side a is binomial (Przyborowski & Wilenski 1940); its share has the limits of
    Clopper & Pearson (1934), which become limits of the ratio; p is that of the exact two-sided binomial test. The interval
    covers at least as often as it says, and is wide where counts are few.
    ``bayes``: each rate has Jeffreys's prior, a gamma of shape one half; given the counts the two are gammas of shape count + 1/2,
    and their ratio, scaled by shapes and exposures, has an F distribution (Johnson, Kotz & Balakrishnan 1995); the limits leave
    equal tails, and p is twice the smaller probability that the ratio lies beyond 1, which is no p value of a test.

    Counts are whole numbers, exposures above zero (words). With no count on side b the ratio is infinite, with none on side a
    zero; with none at all it is NaN, and the limits say that nothing is known.

    >>> found = compare_rates(6, 274, 2, 264)
    >>> round(found.ratio, 2), round(found.low, 2), round(found.high, 1)
    (2.89, 0.52, 29.3)
    """
    _require(count_a, exposure_a, count_b, exposure_b, method)
    ratio = _divide(count_a * exposure_b, count_b * exposure_a)
    low, high, p = (_exact if method == "exact" else _bayes)(count_a, exposure_a, count_b, exposure_b, level)
    name = {"exact": "exact conditional", "bayes": "Bayesian, Jeffreys prior"}[method]
    return Rates(ratio, low, high, p, name, COVERS)


def bound_rate(count, exposure, level=LEVEL):
    """The exact limits of one rate, counts by exposure (Garwood 1936).

    >>> tuple(round(limit, 3) for limit in bound_rate(0, 1)), tuple(round(limit, 3) for limit in bound_rate(10, 1))
    ((0.0, 3.689), (4.795, 18.39))
    """
    from scipy.stats import chi2

    _require(count, exposure, 0, 1, "exact")
    tail = (1 - level) / 2
    low = chi2.ppf(tail, 2 * count) / 2 if count else 0.0
    return float(low) / exposure, float(chi2.isf(tail, 2 * count + 2)) / 2 / exposure


def _exact(count_a, exposure_a, count_b, exposure_b, level):
    from scipy.stats import binomtest

    total = count_a + count_b
    if not total:
        return 0.0, math.inf, 1.0
    test = binomtest(count_a, total, exposure_a / (exposure_a + exposure_b))
    share = test.proportion_ci(level, "exact")
    low, high = (_divide(limit * exposure_b, (1 - limit) * exposure_a) for limit in (share.low, share.high))
    return float(low), float(high), float(test.pvalue)


def _bayes(count_a, exposure_a, count_b, exposure_b, level):
    from scipy.stats import f

    shapes = count_a + 0.5, count_b + 0.5
    # A gamma of shape s and rate t is chi-squared with 2s degrees over 2t, so the ratio is F times this.
    scale = (shapes[0] / exposure_a) / (shapes[1] / exposure_b)
    tail = (1 - level) / 2
    low, high = (scale * f.ppf(chance, 2 * shapes[0], 2 * shapes[1]) for chance in (tail, 1 - tail))
    beyond = f.cdf(1 / scale, 2 * shapes[0], 2 * shapes[1])
    return float(low), float(high), float(2 * min(beyond, 1 - beyond))


def _divide(above, below):
    if below:
        return above / below
    return math.inf if above else math.nan


def _require(count_a, exposure_a, count_b, exposure_b, method):
    for count in (count_a, count_b):
        if count != count or count < 0 or count != int(count):
            raise CorpusError(f"A count is a whole number from 0 on, not {count}.")
    for exposure in (exposure_a, exposure_b):
        if not 0 < exposure < math.inf:
            raise CorpusError(f"An exposure is a number of words above 0, not {exposure}. A letter without words has no rate.")
    if method not in METHODS:
        raise CorpusError(f"There is no method {method!r}. Methods are {' and '.join(METHODS)}.")
