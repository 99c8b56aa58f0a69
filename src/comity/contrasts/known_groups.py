"""Known groups: does a measure put groups of texts in the order that anybody who knows them would expect?

The oldest test of what a measure is worth (Cronbach & Meehl 1955, Psychological Bulletin 52: group differences). The expectations are a
table, written before the measure is looked at, each with its reason.
"""

import math
from itertools import combinations
from typing import NamedTuple

import pandas as pd

from comity.contrasts.keyness import correct_p
from comity.contrasts.measures import PER, as_list
from comity.contrasts.rates import LEVEL
from comity.corpus.vocabularies import TONE_DIMENSIONS
from comity.errors import CorpusError

COLUMNS = [
    "measure", "a", "b", "n_a", "n_b", "mean_a", "mean_b", "superiority", "low", "high", "p", "p_corrected", "method", "expected",
    "came_out",
]  # fmt: skip
METHOD = "Newcombe (2006), method 5, by story; p of Mann and Whitney, no correction for ties"
TOO_FEW = "none: it needs two stories on each side"

# What is friendly, and what is not: one number beside that of a lexicon that knows only good and bad.
BALANCE = {"warmth": 1, "solidarity": 1, "deference": 1, "militancy": -1}

# Where a limit of 1 or 0 solves the equation without being the limit.
_NEARLY = 1e-12


class Superiority(NamedTuple):
    """How likely a value of one side is above one of the other, the limits of that, p, and their method."""

    superiority: float
    low: float
    high: float
    p: float
    method: str


def measure_rates(stories, terms=None, dimensions=TONE_DIMENSIONS):
    """Measure the tone of stories: terms in a hundred words, and their balance.

    Columns in: ``stories``: ``version_id, group, words`` and a count for each dimension; where wanted ``left_out`` (the reason why a
    story does not count; blank where it does) and other measures, which stay. ``terms`` (``version_id, dimension, term, n``): count these
    instead, so that terms can be left out. Columns out: those of ``stories``, the dimensions as rates (NaN without words), and ``balance``
    (warmth, solidarity and deference less militancy), where all four are measured; one row a story that counts.
    Errors: CorpusError for a missing column.

    >>> stories = pd.DataFrame({"version_id": ["a", "b"], "group": ["x", "y"], "words": [50, 0], "warmth": [2, 0]})
    >>> measure_rates(stories, dimensions=["warmth"])["warmth"].tolist()
    [4.0, nan]
    """
    require_columns(stories, ["version_id", "group", "words", *([] if terms is not None else dimensions)], "The table of stories")
    counted = stories[stories["left_out"].fillna("") == ""] if "left_out" in stories else stories
    if terms is not None:
        require_columns(terms, ["version_id", "dimension", "term", "n"], "The table of terms")
        counts = terms.pivot_table("n", "version_id", "dimension", "sum").reindex(counted["version_id"]).reindex(columns=dimensions)
        counted = counted.assign(**{name: counts[name].fillna(0).to_numpy() for name in dimensions})
    words = counted["words"].where(counted["words"] > 0) / PER
    rates = counted.assign(**{name: counted[name] / words for name in dimensions}).reset_index(drop=True)
    if set(BALANCE) <= set(dimensions):
        rates = rates.assign(balance=sum(sign * rates[name] for name, sign in BALANCE.items()))
    return rates


def compare_known_groups(rates, expectations, measures=None):
    """Compare every pair of groups in every measure, and say whether the expected order came out.

    The probability of superiority: that a story drawn from a has a higher value than one drawn from b, ties counting half (the area
    under the ROC curve; `compare_superiority`). Columns in: ``rates``: ``group`` and the measures, as `measure_rates` gives them;
    ``expectations``: ``measure, higher, lower``. ``measures``: those of the expectations where not given.
    Columns out: ``measure, a, b`` (groups; the one expected to be higher first), ``n_a, n_b`` (stories with a value), ``mean_a, mean_b,
    superiority, low, high`` (95 %), ``p`` (below 0.05 just where the limits leave out one half), ``p_corrected`` (Holm 1979, over all
    rows), ``method, expected`` (the higher group; blank where nothing was), ``came_out`` (yes: the limits lie on the expected side of one
    half; no: on the other; open: they do not say; blank where nothing was expected).
    Errors: CorpusError for a missing column, a group or measure that is not there, an order expected both ways.

    >>> rates = pd.DataFrame({"group": list("xxxxyyyy"), "warmth": [5, 6, 7, 8, 1, 2, 0, 3]})
    >>> found = compare_known_groups(rates, pd.DataFrame({"measure": ["warmth"], "higher": ["x"], "lower": ["y"]}))
    >>> found[["superiority", "low", "high", "came_out"]].round(2).values.tolist()
    [[1.0, 0.58, 1.0, 'yes']]
    """
    measures = list(dict.fromkeys(expectations["measure"] if measures is None else as_list(measures)))
    require_columns(rates, ["group", *measures], "The table of rates")
    expected = _read_expectations(expectations, rates)
    rows = []
    for measure in measures:
        for pair in combinations(dict.fromkeys(rates["group"]), 2):
            a, b = expected.get((measure, frozenset(pair)), pair)
            known = (measure, frozenset(pair)) in expected
            rows.append({"measure": measure, "a": a, "b": b, "expected": a if known else ""} | _compare(rates, measure, a, b, known))
    table = pd.DataFrame(rows, columns=COLUMNS)
    tested = table["p"].notna()
    return table.assign(p_corrected=pd.Series(correct_p(table.loc[tested, "p"], "holm"), table.index[tested], dtype="float64"))


def compare_superiority(a, b, level=LEVEL):
    """How likely a value of side a is above one of side b, ties counting half, with limits.

    The Mann-Whitney U by the number of pairs. NaN for a side without a value; limits and p NaN for fewer than two values on a side: how
    much stories differ cannot be seen in one. p is two-sided, from U's variance without correction for ties, which ties make too
    careful; it is below 1 - ``level`` just where the limits leave out one half.

    >>> compare_superiority([3, 5, 9], [3, 1]).superiority
    0.9166666666666666
    """
    from scipy.stats import mannwhitneyu, norm

    a, b = ([float(value) for value in side if not math.isnan(value)] for side in (a, b))
    if not a or not b:
        return Superiority(math.nan, math.nan, math.nan, math.nan, TOO_FEW)
    theta = float(mannwhitneyu(a, b).statistic) / (len(a) * len(b))
    if min(len(a), len(b)) < 2:
        return Superiority(theta, math.nan, math.nan, math.nan, TOO_FEW)
    p = 2 * norm.sf(abs(theta - 0.5) / math.sqrt(_variance(0.5, len(a), len(b))))
    return Superiority(theta, *bound_superiority(theta, len(a), len(b), level), float(p), METHOD)


def bound_superiority(theta, n_a, n_b, level=LEVEL):
    """The limits of a probability of superiority: method 5 of Newcombe (2006, Statistics in Medicine 25, 559-573).

    All values t that lie no more than z standard errors from the one seen, where the standard error is that at t (a score interval). The
    variance is Hanley & McNeil's (1982, Radiology 143), with (n_a + n_b) / 2 - 1 for both n less 1. Never without width, inside 0 and 1.

    >>> [round(limit, 3) for limit in bound_superiority(1, 5, 6)]
    [0.665, 1.0]
    """
    return _lower(theta, n_a, n_b, level), 1 - _lower(1 - theta, n_a, n_b, level)


def _lower(theta, n_a, n_b, level):
    from scipy.optimize import brentq
    from scipy.stats import norm

    if theta <= 0:
        return 0.0
    z = norm.isf((1 - level) / 2)
    return float(brentq(lambda t: theta - t - z * math.sqrt(_variance(t, n_a, n_b)), 0.0, min(theta, 1 - _NEARLY)))


def _variance(theta, n_a, n_b):
    rest = (n_a + n_b) / 2 - 1
    return theta * (1 - theta) * (1 + rest * (1 - theta) / (2 - theta) + rest * theta / (1 + theta)) / (n_a * n_b)


def judge(found):
    """Whether limits lie on the expected side of one half: yes, no, or open where they do not say.

    >>> judge(Superiority(0.8, 0.6, 0.9, 0.01, METHOD))
    'yes'
    """
    return "yes" if found.low > 0.5 else "no" if found.high < 0.5 else "open"


def _compare(rates, measure, a, b, known):
    sides = [rates.loc[rates["group"] == group, measure].dropna() for group in (a, b)]
    found = compare_superiority(*sides)
    row = {f"n_{name}": len(side) for name, side in zip("ab", sides, strict=True)}
    row |= {f"mean_{name}": side.mean() for name, side in zip("ab", sides, strict=True)}
    return row | found._asdict() | {"came_out": judge(found) if known else ""}


def _read_expectations(expectations, rates):
    """The groups of each expectation, the higher first, by measure and pair."""
    require_columns(expectations, ["measure", "higher", "lower"], "The table of expectations")
    groups, expected = set(rates["group"]), {}
    for number, (measure, higher, lower) in enumerate(expectations[["measure", "higher", "lower"]].itertuples(index=False), 2):
        unknown = [name for name in (higher, lower) if name not in groups]
        if unknown:
            have = ", ".join(sorted(groups))
            raise CorpusError(f"Expectations, row {number}: there is no group {unknown[0]!r}. The stories have {have}.")
        known = expected.setdefault((measure, frozenset((higher, lower))), (higher, lower))
        if higher == lower or known != (higher, lower):
            raise CorpusError(f"Expectations, row {number}: {measure} is expected both ways between {higher} and {lower}. Keep one row.")
    return expected


def require_columns(table, columns, what):
    """CorpusError where a table lacks a column."""
    missing = [name for name in dict.fromkeys(columns) if name not in table]
    if missing:
        raise CorpusError(f"{what} lacks {', '.join(missing)}. It has {', '.join(map(str, table.columns))}.")
