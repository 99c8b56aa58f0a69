"""Which terms carry a score, and what is left of an expected order without them."""

import math

import pandas as pd

from comity.contrasts.known_groups import compare_superiority, judge, measure_rates, require_columns
from comity.corpus.vocabularies import TONE_DIMENSIONS
from comity.errors import CorpusError

CARRIERS = ["group", "dimension", "n", "terms", "strongest", "share", "stories", "top", "share_top"]
WITHOUT = ["measure", "higher", "lower", "superiority", "came_out", "left_out", "without", "low", "high", "came_out_without"]

# How many terms "the strongest ones" are.
TOP = 3


def list_carriers(stories, terms, dimensions=TONE_DIMENSIONS, top=TOP):
    """List for each group and dimension the terms that make most of its hits.

    Columns in: ``stories``: ``version_id, group``, where wanted ``left_out``; ``terms``: ``version_id, dimension, term, n``. Columns
    out: ``group, dimension, n`` (hits in the stories that count), ``terms`` (different ones), ``strongest`` (the term with most hits; the
    first of the alphabet where several have as many), ``share`` (of the hits), ``stories`` (share of the group's stories that have it),
    ``top`` (the ``top`` strongest, joined by |), ``share_top``. Shares are NaN where there is no hit.
    Errors: CorpusError for a missing column.

    >>> stories = pd.DataFrame({"version_id": ["a", "b"], "group": "x"})
    >>> terms = pd.DataFrame({"version_id": ["a", "a", "b"], "dimension": "warmth", "term": ["dear", "warm", "dear"], "n": [2, 1, 1]})
    >>> list_carriers(stories, terms, ["warmth"])[["n", "strongest", "share", "stories"]].values.tolist()
    [[4, 'dear', 0.75, 1.0]]
    """
    require_columns(stories, ["version_id", "group"], "The table of stories")
    require_columns(terms, ["version_id", "dimension", "term", "n"], "The table of terms")
    counted = stories[stories["left_out"].fillna("") == ""] if "left_out" in stories else stories
    sizes = counted.groupby("group", sort=False).size()
    hits = terms[terms["n"] > 0].merge(counted[["version_id", "group"]], on="version_id")
    rows = []
    for group, size in sizes.items():
        for dimension in dimensions:
            here = hits[(hits["group"] == group) & (hits["dimension"] == dimension)]
            rows.append({"group": group, "dimension": dimension} | _carry(here, size, top))
    return pd.DataFrame(rows, columns=CARRIERS)


def drop_strongest(stories, terms, expectations, most=1, dimensions=TONE_DIMENSIONS):
    """What is left of each expected order when the strongest terms of the higher group are left out.

    Left out are the ``most`` terms with most hits in the group that is expected to be higher, in all stories. Columns in: as for
    `measure_rates` and `compare_known_groups`; expectations of other measures than the dimensions are passed over. Columns out: ``measure,
    higher, lower, superiority, came_out`` (with all terms), ``left_out`` (terms joined by |), ``without, low, high`` (the
    superiority without them, 95 %), ``came_out_without``; one row an expectation.
    Errors: CorpusError for ``most`` below 1 and for missing columns.
    """
    if most < 1:
        raise CorpusError(f"most is {most!r}: how many terms to leave out, 1 or more.")
    require_columns(expectations, ["measure", "higher", "lower"], "The table of expectations")
    carriers = list_carriers(stories, terms, dimensions, most).set_index(["group", "dimension"])["top"]
    rows = []
    for measure, higher, lower in expectations[["measure", "higher", "lower"]].itertuples(index=False):
        if measure not in dimensions:
            continue
        if higher not in carriers.index or lower not in carriers.index:
            have = ", ".join(carriers.index.unique("group"))
            raise CorpusError(f"No story of the groups {higher!r} and {lower!r} counts. Those of {have} do.")
        gone = carriers[higher, measure]
        rest = terms[~terms["term"].isin(gone.split("|"))]
        whole, less = (_superiority(measure_rates(stories, kept, [measure]), measure, higher, lower) for kept in (terms, rest))
        rows.append((measure, higher, lower, whole.superiority, judge(whole), gone, *less[:3], judge(less)))
    return pd.DataFrame(rows, columns=WITHOUT)


def _carry(hits, size, top):
    """The strongest terms of the hits of one group and dimension, in a group of so many stories."""
    counts = hits.groupby("term", as_index=False).agg(n=("n", "sum"), stories=("version_id", "nunique"))
    counts = counts.sort_values(["n", "term"], ascending=[False, True])
    total = int(counts["n"].sum())
    if not total:
        return {"n": 0, "terms": 0, "strongest": "", "share": math.nan, "stories": math.nan, "top": "", "share_top": math.nan}
    first = counts.iloc[0]
    return {
        "n": total, "terms": len(counts), "strongest": first["term"], "share": first["n"] / total, "stories": first["stories"] / size,
        "top": "|".join(counts["term"].head(top)), "share_top": counts["n"].head(top).sum() / total,
    }  # fmt: skip


def _superiority(rates, measure, higher, lower):
    return compare_superiority(*(rates.loc[rates["group"] == group, measure] for group in (higher, lower)))
