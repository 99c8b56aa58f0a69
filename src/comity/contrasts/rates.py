"""How often, against how often: rates of counts with their exposure, their limits, and the ratio of two of them."""

import math
from typing import NamedTuple

import numpy as np

from comity.errors import CorpusError

LEVEL = 0.95
METHODS = {"exact": "exact, given the total of both letters (Clopper and Pearson 1934)", "bayes": "Bayesian, Jeffreys prior"}

COVERS = (
    "chance in the counting of these two texts, if each term falls by itself (Poisson); not that terms cluster in a sentence, not "
    "another letter on another day, not the choice of terms, of the translator or of the outlet"
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
    Clopper & Pearson (1934), which become limits of the ratio. p is twice the smaller tail, the test of which these limits are the
    inversion (Fay 2010, R Journal 2): it is below 1 - ``level`` just where the limits leave out 1. (The p that adds up all outcomes
    no likelier than this one can contradict the same limits.) They cover at least as often as they say, and are wide where counts are few.
    ``bayes``: each rate has Jeffreys's prior, so its posterior is a gamma of shape count + 1/2, and the share of side a, each count
    by its exposure, a beta; the limits leave equal tails, and as Brown, Cai & DasGupta (2001) advise an end that no count
    speaks for stays open: 0 without a count on side a, infinite without one on side b. p is twice the smaller posterior
    probability that the ratio lies on the other side of 1, for these limits; it is no p value of a test.

    Counts are whole numbers, exposures above zero (words). With no count on side b the ratio is infinite, with none on side a
    zero; with none at all it is NaN, and the limits, 0 and infinity, say that nothing is known.
    Errors: CorpusError for a count that is no whole number, an exposure not above 0, an unknown method, a level not between 0 and 1.

    >>> found = compare_rates(6, 274, 2, 264)
    >>> round(found.ratio, 2), round(found.low, 2), round(found.high, 1)
    (2.89, 0.52, 29.3)
    """
    if method not in METHODS:
        raise CorpusError(f"There is no method {method!r}. Methods are {' and '.join(METHODS)}.")
    counts, exposures = _require([count_a, count_b], [exposure_a, exposure_b], level)
    even = exposures[0] / exposures.sum()
    shares, tails = (_exact if method == "exact" else _bayes)(*counts, even, (1 - level) / 2)
    scale = exposures[1] / exposures[0]
    low, high = (_divide(share * scale, 1 - share) for share in shares)
    ratio = _divide(counts[0] * scale, counts[1])
    return Rates(ratio, low, high, min(1.0, 2 * min(tails)), METHODS[method], COVERS)


def bound_rate(count, exposure, level=LEVEL):
    """The exact limits of one rate, counts by exposure (Garwood 1936).

    >>> tuple(round(limit, 3) for limit in bound_rate(0, 1)), tuple(round(limit, 3) for limit in bound_rate(10, 1))
    ((0.0, 3.689), (4.795, 18.39))
    """
    counts, exposures = _require([count], [exposure], level)
    return bound_sum(counts, 1 / exposures, (1 - level) / 2)


def bound_sum(counts, weights, tail):
    """The limits of a weighted sum of Poisson means, by gamma distributions (Fay & Feuer 1997, Statistics in Medicine 16).

    ``counts, weights``: arrays; ``tail``: the chance beyond each limit. With equal weights they are Garwood's exact limits;
    with others they cover at least as often as they say in all that has been tried.
    """
    from scipy.stats import gamma

    value, variance, most = float(weights @ counts), float(weights**2 @ counts), float(weights.max())
    # A sum has a gamma distribution with its own mean and variance; above, as if one more had been counted where it weighs most.
    low = gamma.ppf(tail, value**2 / variance, scale=variance / value) if value else 0.0
    value, variance = value + most, variance + most**2
    return float(low), float(gamma.isf(tail, value**2 / variance, scale=variance / value))


def _exact(count_a, count_b, even, tail):
    """The limits of a's share of the total, and the chances of so few and of so many where the rates are the same."""
    from scipy.stats import binomtest

    total = int(count_a + count_b)
    if not total:
        return (0.0, 1.0), (1.0, 1.0)
    limits = binomtest(int(count_a), total).proportion_ci(1 - 2 * tail, "exact")
    return limits, [float(binomtest(int(count_a), total, even, way).pvalue) for way in ("less", "greater")]


def _bayes(count_a, count_b, even, tail):
    """The same of the posterior; an end that no count speaks for is open, and no chance lies beyond it."""
    from scipy.stats import beta

    posterior = beta(count_a + 0.5, count_b + 0.5)
    low = posterior.ppf(tail) if count_a else 0.0
    high = posterior.isf(tail) if count_b else 1.0
    return (low, high), (float(posterior.sf(even)) if count_b else 1.0, float(posterior.cdf(even)) if count_a else 1.0)


def _divide(above, below):
    if below:
        return float(above / below)
    return math.inf if above else math.nan


def _require(counts, exposures, level):
    for count in counts:
        if not (0 <= count < math.inf and count == int(count)):
            raise CorpusError(f"A count is a whole number from 0 on, not {count}.")
    for exposure in exposures:
        if not 0 < exposure < math.inf:
            raise CorpusError(f"An exposure is a number of words above 0, not {exposure}. A letter without words has no rate.")
    if not 0 < level < 1:
        raise CorpusError(f"A level lies between 0 and 1, as 0.95 does, not {level}.")
    return np.array([int(count) for count in counts]), np.array(exposures, dtype=float)
