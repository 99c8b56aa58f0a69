"""Keyness: how unevenly a word is spread over two sides, by the measures of the field. Plus is side a.

Every function takes for each word its count on side a and on side b (``n_a, n_b``: numbers or arrays) and the number of all tokens
of each side (``tokens_a, tokens_b``). The tests take each token as drawn by itself, which the words of a letter are not
(Kilgarriff 2005, Corpus Linguistics and Linguistic Theory 1): read them as a ranking, beside the number of messages.
"""

import numpy as np

from comity.errors import CorpusError
from comity.rounding import rounded


def name_p(p):
    """A p as a reader keeps it: three decimals, and never certainty.

    >>> [name_p(p) for p in (0.0002, 0.0156, 0.9949, 1.0)], name_p(float("nan"))
    (['below 0.001', '0.016', 'above 0.99', 'above 0.99'], '')
    """
    if np.isnan(p):
        return ""
    return "below 0.001" if p < 0.001 else "above 0.99" if p > 0.99 else rounded(p, ".3f")


def find_side(n_a, n_b, tokens_a, tokens_b):
    """On which side the word has the higher rate: 1 for a, -1 for b, 0 where the rates are the same.

    >>> find_side([2, 0, 1], [1, 3, 2], 10, 20).tolist()
    [1, -1, 0]
    """
    return np.sign(np.asarray(n_a) * tokens_b - np.asarray(n_b) * tokens_a)


def measure_log_likelihood(n_a, n_b, tokens_a, tokens_b, cells=4):
    """Log likelihood (G2) of one word's counts, never negative; 0 where the rates are the same.

    ``cells=4`` compares the word and all other words with what is expected (Dunning 1993, Computational Linguistics 19);
    ``cells=2`` the word alone (Rayson & Garside 2000), which is never larger. No continuity correction.

    >>> measure_log_likelihood(52, 57, 50_000, 75_000, cells=2).round(2).item()
    2.65
    """
    from scipy.special import rel_entr

    n_a, n_b = np.asarray(n_a), np.asarray(n_b)
    share = (n_a + n_b) / (tokens_a + tokens_b)
    halved = rel_entr(n_a, tokens_a * share) + rel_entr(n_b, tokens_b * share)
    if cells == 4:
        halved = halved + rel_entr(tokens_a - n_a, tokens_a * (1 - share)) + rel_entr(tokens_b - n_b, tokens_b * (1 - share))
    elif cells != 2:
        raise CorpusError(f"Log likelihood is taken over 2 or 4 cells, not {cells}.")
    # Rounding can leave a trace below or above 0.
    return np.where(find_side(n_a, n_b, tokens_a, tokens_b) == 0, 0.0, np.maximum(2 * halved, 0.0))


def measure_log_ratio(n_a, n_b, tokens_a, tokens_b):
    """Log ratio: the binary logarithm of the rate on side a over the rate on side b (Hardie 2014); 1 is twice as often.

    A count of 0 is replaced by 0.5. NaN where the word stands on neither side, and where the side without the word is so
    short that half a word in it would be a higher rate than that of the other side.

    >>> measure_log_ratio([6, 1, 0], [2, 4, 4], 10_000, 10_000).round(3).tolist()
    [1.585, -2.0, -3.0]
    """
    n_a, n_b = np.asarray(n_a), np.asarray(n_b)
    seen = [np.where(n == 0, 0.5, n) / tokens for n, tokens in ((n_a, tokens_a), (n_b, tokens_b))]
    ratio, side = np.log2(seen[0]) - np.log2(seen[1]), find_side(n_a, n_b, tokens_a, tokens_b)
    ratio = np.where(side == 0, 0.0, ratio)
    replaced = (n_a == 0) | (n_b == 0)
    return np.where(replaced & (ratio * side <= 0), np.nan, ratio)


def weigh_log_odds(n_a, n_b, tokens_a, tokens_b, prior, prior_tokens):
    """Log odds ratio with an informative Dirichlet prior, and its z score (Monroe, Colaresi & Quinn 2008, Political Analysis 16).

    ``prior``: the prior's count of each word, above 0; ``prior_tokens``: its sum over all words. The variant: natural
    logarithm; the same prior is added to each side (equation 16); the variance is that of equation 20, one over the count
    with its prior, summed over both sides; z is the log odds ratio over its square root. Other variants differ by a
    factor of two. Returns two arrays; NaN where the word is all that either side and the prior hold.

    >>> log_odds, z = weigh_log_odds(5, 1, 100, 100, 3, 100)
    >>> log_odds.round(3).item(), z.round(3).item()
    (0.714, 1.166)
    """
    n_a, n_b, prior = np.asarray(n_a), np.asarray(n_b), np.asarray(prior, dtype=float)
    others = prior_tokens - prior
    with np.errstate(divide="ignore", invalid="ignore"):
        odds = [np.log((n + prior) / (tokens - n + others)) for n, tokens in ((n_a, tokens_a), (n_b, tokens_b))]
        log_odds = odds[0] - odds[1]
    log_odds = np.where(np.isfinite(log_odds), log_odds, np.nan)
    return log_odds, log_odds / np.sqrt(1 / (n_a + prior) + 1 / (n_b + prior))


def measure_specificity(n_a, n_b, tokens_a, tokens_b):
    """Specificity: the exact chance of so many of the word or more on the side where it is more frequent (Lafon 1980, Mots 1).

    The tail of the hypergeometric distribution: all tokens of both sides dealt out at random, ``tokens_a`` of them to side
    a. It is the p of Fisher's exact test with one tail. Right for the smallest counts. Where the rates are the same, the
    smaller of the two tails.

    >>> measure_specificity(14, 282, 6_903, 54_546).round(9).item()
    6.6937e-05
    """
    from scipy.stats import hypergeom

    n_a, n_b = np.asarray(n_a), np.asarray(n_b)
    total, word = tokens_a + tokens_b, n_a + n_b
    # At least so many on one side is at most so many on the other.
    few_in_a, few_in_b = hypergeom.cdf(n_a, total, word, tokens_a), hypergeom.cdf(n_b, total, word, tokens_b)
    side = find_side(n_a, n_b, tokens_a, tokens_b)
    return np.where(side > 0, few_in_b, np.where(side < 0, few_in_a, np.minimum(few_in_a, few_in_b)))


def correct_p(p, method="holm"):
    """Correct p values that are read together, by a method of ``statsmodels.stats.multitest.multipletests``.

    Raises CorpusError for a method that statsmodels does not know.

    >>> correct_p([0.01, 0.04, 0.5]).round(3).tolist()
    [0.03, 0.08, 0.5]
    """
    from statsmodels.stats.multitest import multipletests

    p = np.asarray(p, dtype=float)
    if not p.size:
        return p
    try:
        return multipletests(p, method=method)[1]
    except ValueError as error:
        raise CorpusError(f"statsmodels knows no correction {method!r}. Use for instance holm, bonferroni, fdr_bh or fdr_by.") from error
