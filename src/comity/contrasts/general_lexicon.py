"""Agreement with a general lexicon: how far a lexicon of good and bad words for all texts ranks stories as ours does, and where not.

Convergent validity (Campbell & Fiske 1959, Psychological Bulletin 56): another method for something near, not a truth to be reached.
"""

import math
from typing import NamedTuple

import pandas as pd

from comity.contrasts.known_groups import require_columns
from comity.contrasts.measures import as_list
from comity.contrasts.rates import LEVEL
from comity.corpus.vocabularies import TONE_DIMENSIONS
from comity.errors import CorpusError

ALL = "all"
METHOD = "Spearman; limits by Bonett & Wright (2000)"
TOO_FEW = "none: it needs four stories"
NO_SPREAD = "none: one of the two does not vary"
NO_DOUBT = "none: the orders are the same or reversed"

AGREEMENT = ["group", "ours", "general", "n", "rho", "low", "high", "method"]
CONTRARY = ["version_id", "group", "ours", "general", "rank_ours", "rank_general", "apart"]
OVERLAP = [
    "dimension", "n", "good", "bad", "unknown", "share_good", "share_bad", "share_unknown", "good_terms", "bad_terms", "unknown_terms",
]  # fmt: skip


class Correlation(NamedTuple):
    """A rank correlation: how many pairs, Spearman's rho, its limits and their method."""

    n: int
    rho: float
    low: float
    high: float
    method: str


def compare_lexicons(rates, ours, general):
    """Correlate measures of ours with that of a general lexicon over stories: all of them, and within each group.

    Columns in: ``rates``: ``group`` and the measures; ``ours``: one measure or several, ``general``: one. Columns out: ``group`` ("all",
    then each), ``ours, general, n, rho, low, high, method`` (see `correlate_ranks`).
    Errors: CorpusError for a missing column.

    >>> rates = pd.DataFrame({"group": list("xxyyy"), "warmth": [5, 4, 3, 2, 1], "compound": [0.9, 0.3, 0.5, -0.2, -0.3]})
    >>> compare_lexicons(rates, "warmth", "compound")[["group", "n", "rho"]].round(2).values.tolist()
    [['all', 5, 0.9], ['x', 2, nan], ['y', 3, nan]]
    """
    ours = as_list(ours)
    require_columns(rates, ["group", *ours, general], "The table of rates")
    parts = {ALL: rates} | dict(list(rates.groupby("group", sort=False)))
    rows = [(group, name, general, *correlate_ranks(part[name], part[general])) for name in ours for group, part in parts.items()]
    return pd.DataFrame(rows, columns=AGREEMENT)


def correlate_ranks(x, y, level=LEVEL):
    """Spearman's rank correlation, with the limits of Bonett & Wright (2000, Psychometrika 65, 23-28).

    Fisher's z of rho with the variance (1 + rho squared / 2) / (n - 3). Pairs with a NaN are left out. NaN for fewer than four pairs and
    where one side does not vary; without limits where rho is 1 or -1, of which so few pairs cannot be sure.

    >>> found = correlate_ranks([1, 2, 3, 4, 5, 6], [2, 1, 4, 3, 6, 5])
    >>> found.n, round(found.rho, 3), round(found.low, 2), round(found.high, 2)
    (6, 0.829, -0.13, 0.99)
    """
    from scipy.stats import norm, spearmanr

    pairs = pd.DataFrame({"x": list(x), "y": list(y)}).dropna()
    if len(pairs) < 4:
        return Correlation(len(pairs), math.nan, math.nan, math.nan, TOO_FEW)
    if (pairs.nunique() < 2).any():
        return Correlation(len(pairs), math.nan, math.nan, math.nan, NO_SPREAD)
    rho = float(spearmanr(pairs["x"], pairs["y"]).statistic)
    if math.isclose(abs(rho), 1):
        return Correlation(len(pairs), rho, math.nan, math.nan, NO_DOUBT)
    half = norm.isf((1 - level) / 2) * math.sqrt((1 + rho**2 / 2) / (len(pairs) - 3))
    return Correlation(len(pairs), rho, math.tanh(math.atanh(rho) - half), math.tanh(math.atanh(rho) + half), METHOD)


def list_contrary(rates, ours="balance", general="compound", most=10):
    """List the stories that two measures rank most differently.

    Columns in: ``rates``: ``version_id, group`` and both measures. Columns out: ``version_id, group, ours, general`` (values),
    ``rank_ours, rank_general`` (between 0, lowest, and 1, highest, among all stories with both; ties share their mean), ``apart`` (the
    first less the second); the ``most`` widest apart first.
    Errors: CorpusError for a missing column.

    >>> rates = pd.DataFrame({"version_id": list("abc"), "group": "x", "balance": [1, 2, 3], "compound": [0.1, 0.9, 0.5]})
    >>> list_contrary(rates, most=1)[["version_id", "rank_ours", "rank_general", "apart"]].values.tolist()
    [['b', 0.5, 1.0, -0.5]]
    """
    require_columns(rates, ["version_id", "group", ours, general], "The table of rates")
    both = rates[["version_id", "group"]].assign(ours=rates[ours], general=rates[general]).dropna()
    ranks = (both[["ours", "general"]].rank() - 1) / max(len(both) - 1, 1)
    table = both.assign(rank_ours=ranks["ours"], rank_general=ranks["general"], apart=ranks["ours"] - ranks["general"])
    return table.sort_values("apart", key=abs, ascending=False, kind="stable").head(most).reset_index(drop=True)[CONTRARY]


def name_reasons(contrary, terms, words, most=6):
    """The words behind each of these stories: the terms that ours counts most, and the words that weigh most in the general lexicon.

    Columns in: ``contrary``: ``version_id``; ``terms``: ``version_id, dimension, term, n``; ``words``: ``version_id, word, n, valence``.
    Columns out: those of ``contrary``, ``our_terms`` and ``general_words``: the ``most`` with most hits, and with the largest n times
    valence, with their dimension or valence, joined by |.
    Errors: CorpusError for a missing column.

    >>> contrary = pd.DataFrame({"version_id": ["a"]})
    >>> terms = pd.DataFrame({"version_id": ["a"], "dimension": ["militancy"], "term": ["war"], "n": [2]})
    >>> words = pd.DataFrame({"version_id": ["a"], "word": ["war"], "n": [2], "valence": [-2.9]})
    >>> name_reasons(contrary, terms, words).iloc[0].tolist()
    ['a', 'war (militancy) 2', 'war (-2.9) 2']
    """
    require_columns(terms, ["version_id", "dimension", "term", "n"], "The table of terms")
    require_columns(words, ["version_id", "word", "n", "valence"], "The table of words")
    first = {"ascending": [False, True]}
    terms = terms[terms["n"] > 0].sort_values(["n", "term"], **first)
    words = words.assign(weight=(words["n"] * words["valence"]).abs()).sort_values(["weight", "word"], **first)
    ours, theirs = [], []
    for version in contrary["version_id"]:
        mine, other = (table[table["version_id"] == version].head(most) for table in (terms, words))
        ours.append("|".join(f"{row.term} ({row.dimension}) {row.n}" for row in mine.itertuples()))
        theirs.append("|".join(f"{row.word} ({row.valence:+.1f}) {row.n}" for row in other.itertuples()))
    return contrary.assign(our_terms=ours, general_words=theirs)


def summarise_overlap(terms, dimensions=TONE_DIMENSIONS, top=5):
    """What a general lexicon makes of the terms of each dimension: good, bad, or nothing at all.

    Columns in: ``terms``: ``dimension, term, n, good, bad`` (of the ``n`` hits, those that the general lexicon counts as good and as bad).
    Columns out: ``dimension, n, good, bad, unknown`` (hits), their shares (NaN without hits), and the ``top`` terms with most hits of each
    kind, joined by |; one row a dimension.
    Errors: CorpusError for a missing column, and where more is good and bad than there are hits.

    >>> terms = pd.DataFrame({"dimension": "warmth", "term": ["dear", "grief"], "n": [3, 1], "good": [3, 0], "bad": [0, 1]})
    >>> summarise_overlap(terms, ["warmth"])[["n", "good", "bad", "unknown", "bad_terms"]].values.tolist()
    [[4, 3, 1, 0, 'grief']]
    """
    require_columns(terms, ["dimension", "term", "n", "good", "bad"], "The table of terms")
    wrong = terms[terms["good"] + terms["bad"] > terms["n"]]
    if len(wrong):
        raise CorpusError(f"The term {wrong['term'].iloc[0]!r} has more good and bad hits than hits. Measure again.")
    terms = terms.assign(unknown=terms["n"] - terms["good"] - terms["bad"])
    kinds = ["good", "bad", "unknown"]
    rows = []
    for dimension in dimensions:
        sums = terms[terms["dimension"] == dimension].groupby("term")[["n", *kinds]].sum()
        total = {name: int(sums[name].sum()) for name in ("n", *kinds)}
        shares = {f"share_{kind}": total[kind] / total["n"] if total["n"] else math.nan for kind in kinds}
        most = {f"{kind}_terms": "|".join(_most_frequent(sums[kind], top)) for kind in kinds}
        rows.append({"dimension": dimension} | total | shares | most)
    return pd.DataFrame(rows, columns=OVERLAP)


def list_outside(words, most=10):
    """List the words that weigh most in a general lexicon and stand in no term of ours.

    Columns in: ``words``: ``word, n, ours`` (of the ``n``, those inside a term of ours), ``valence``. Columns out: ``word, valence, n,
    outside, weight`` (outside times valence); the ``most`` heaviest first.
    Errors: CorpusError for a missing column.

    >>> words = pd.DataFrame({"word": ["party", "war"], "n": [3, 2], "ours": [0, 2], "valence": [1.7, -2.9]})
    >>> list_outside(words)[["word", "outside"]].values.tolist()
    [['party', 3]]
    """
    require_columns(words, ["word", "n", "ours", "valence"], "The table of words")
    sums = words.groupby("word", as_index=False).agg(valence=("valence", "first"), n=("n", "sum"), ours=("ours", "sum"))
    sums = sums.assign(outside=sums["n"] - sums["ours"]).query("outside > 0").drop(columns="ours")
    sums = sums.assign(weight=sums["outside"] * sums["valence"])
    return sums.sort_values("weight", key=abs, ascending=False, kind="stable").head(most).reset_index(drop=True)


def _most_frequent(counts, top):
    """The terms with most hits, the first of the alphabet first where several have as many."""
    found = counts[counts > 0].reset_index()
    return found.sort_values([found.columns[1], "term"], ascending=[False, True])["term"].head(top)
