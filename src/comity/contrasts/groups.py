"""Two groups of letters: a letter counts once, whatever its length; matched by occasion where asked."""

import math

import numpy as np
import pandas as pd

from comity.contrasts.keyness import correct_p
from comity.contrasts.measures import PER, STYLES, measure_styles, measure_tone
from comity.contrasts.messages import _known
from comity.errors import CorpusError

COLUMNS = [
    "measure", "unit", "a", "b", "n_a", "n_b", "contrast", "kind", "low", "high", "p", "p_corrected", "method", "covers",
    "messages_a", "messages_b", "left_out",
]  # fmt: skip

# So many ways to deal the letters out are all tried; where there are more, so many are drawn.
EXACT, DRAWN = 10_000, 9_999

COVERS = "chance in which letters of each kind were sent and published, if they were drawn from many like them"
TOO_FEW = "no interval: it needs two letters on each side, and some spread"
STYLE_UNITS = {"words": "words", "mean_sentence": "words", "flesch": "points", "lix": "points"}


def compare_groups(a, b, letters, dimensions=None, frames=("letter",), match=None, address="with", seed=0):
    """Compare two groups of letters by message, not by word: the difference of the mean values, a less b.

    ``a, b``: message ids; ``letters``: measurements, as `gather_letters` gives them. Each letter has its rate (terms in 100
    words of the version that shows most of it in these frames), length and readability. The interval is Welch's (1947) of
    the difference of means; p comes from dealing the letters out to the sides anew (Fisher 1935): all ways where they are at most
    10,000, else 9,999 drawn with ``seed``. ``match="occasion"``: only occasions that both sides have; the differences within
    occasions are averaged, weighted by the smaller number of letters; the interval is Student's over the occasions, p deals out
    within them. A letter without words in these frames is left out and named.
    Columns out: ``measure, unit, a, b`` (mean values), ``n_a, n_b`` (letters), ``contrast, kind`` (difference), ``low, high`` (95 %;
    NaN where there are fewer than two letters on a side or no spread), ``p, p_corrected`` (Holm 1979, over the dimensions),
    ``method, covers, messages_a, messages_b, left_out`` (ids joined by |); one row a measure.
    Errors: CorpusError for a group without letters, a message in both, an unknown message or dimension, another ``match``.
    """
    if match not in (None, "occasion"):
        raise CorpusError(f"match is None or 'occasion', not {match!r}.")
    dimensions = _known(dimensions, letters)
    values = _measure([*a, *b], letters, dimensions, frames, address)
    sides = _sides(list(a), list(b), values, letters, match)
    rows = [_compare(name, *sides[:2], values, match, np.random.default_rng(seed)) for name in values.columns]
    corrected = dict(zip(dimensions, correct_p([row["p"] for row in rows[: len(dimensions)]], "holm"), strict=True))
    facts = {"messages_a": "|".join(sides[0].index), "messages_b": "|".join(sides[1].index), "left_out": "|".join(sides[2])}
    rows = [row | facts | {"p_corrected": corrected.get(row["measure"], math.nan)} for row in rows]
    return pd.DataFrame(rows, columns=COLUMNS)


def _measure(messages, letters, dimensions, frames, address):
    """The values of each letter: one row a letter that has words in these frames, a column a measure."""
    tone = measure_tone(letters, messages, frames, address)
    rates = tone.pivot(index="message_id", columns="dimension", values="rate").reindex(columns=dimensions)
    styles = measure_styles(letters, tone.drop_duplicates("message_id"), frames).set_index("message_id")
    return rates.join(styles[["words", *STYLES]])


def _sides(a, b, values, letters, match):
    """For each side its letters with their occasions, and the letters left out."""
    both = [message for message in a if message in set(b)]
    if both:
        raise CorpusError(f"The message {both[0]!r} is in both groups. Take it out of one.")
    occasion = letters.messages.set_index("message_id")["occasion"] if match else pd.Series("", letters.messages["message_id"])
    sides = [occasion.reindex([message for message in dict.fromkeys(side) if message in values.index]) for side in (a, b)]
    if match:
        shared = set(sides[0]) & set(sides[1]) - {"not stated"}
        sides = [side[side.isin(shared)] for side in sides]
    for name, side in zip("ab", sides, strict=True):
        if side.empty:
            why = " on an occasion that the other group has" if match else " with words in these frames"
            raise CorpusError(f"The group {name} has no letter{why}.")
    left = [message for message in [*a, *b] if message not in {*sides[0].index, *sides[1].index}]
    return *sides, list(dict.fromkeys(left))


def _compare(name, side_a, side_b, values, match, random):
    a, b = (values.loc[side.index, name].dropna() for side in (side_a, side_b))
    row = {
        "measure": name, "unit": STYLE_UNITS.get(name, f"terms in {PER} words"), "a": a.mean(), "b": b.mean(), "n_a": len(a), "n_b": len(b),
        "kind": "difference",
    }  # fmt: skip
    if not (len(a) and len(b)):
        return row | _found(math.nan, math.nan, math.nan, math.nan, "none", "one side has no value")
    return row | (_matched(a, b, side_a, side_b, random) if match else _welch(a, b, random))


def _welch(a, b, random):
    from scipy.stats import ttest_ind

    contrast, p = a.mean() - b.mean(), _permute(a, b, random)
    if min(len(a), len(b)) < 2 or a.var() + b.var() == 0:
        return _found(contrast, math.nan, math.nan, p, "difference of means; permutation", TOO_FEW)
    limits = ttest_ind(a, b, equal_var=False).confidence_interval(0.95)
    return _found(contrast, limits.low, limits.high, p, "Welch; permutation", COVERS)


def _permute(a, b, random):
    from scipy.stats import permutation_test

    ways = math.comb(len(a) + len(b), len(a))
    drawn = math.inf if ways <= EXACT else DRAWN
    test = permutation_test((a.to_numpy(), b.to_numpy()), _difference, n_resamples=drawn, vectorized=True, rng=random)
    return float(test.pvalue)


def _difference(a, b, axis):
    return a.mean(axis=axis) - b.mean(axis=axis)


def _matched(a, b, side_a, side_b, random):
    """Difference within occasions, weighted by the smaller number of letters."""
    from scipy.stats import ttest_1samp

    pairs = [(a[side_a[a.index] == occasion], b[side_b[b.index] == occasion]) for occasion in sorted(set(side_a))]
    pairs = [(one, other) for one, other in pairs if len(one) and len(other)]
    apart = np.array([one.mean() - other.mean() for one, other in pairs])
    weights = np.array([min(len(one), len(other)) for one, other in pairs], dtype=float)
    contrast, p = float(np.average(apart, weights=weights)), _permute_within(pairs, weights, random)
    if len(apart) < 2 or apart.var() == 0:
        return _found(contrast, math.nan, math.nan, p, "matched by occasion; permutation", "no interval: it needs two occasions that differ")
    limits = ttest_1samp(apart, 0).confidence_interval(0.95)
    half = (limits.high - limits.low) / 2
    return _found(contrast, contrast - half, contrast + half, p, "matched by occasion, Student; permutation", f"{COVERS}, over occasions")


def _permute_within(pairs, weights, random):
    """How often letters dealt out anew within their occasions lie as far apart."""
    drawn = np.empty((DRAWN, len(pairs)))
    for column, (one, other) in enumerate(pairs):
        pool = np.concatenate([one, other])
        dealt = random.permuted(np.tile(pool, (DRAWN, 1)), axis=1)
        drawn[:, column] = dealt[:, : len(one)].mean(axis=1) - dealt[:, len(one) :].mean(axis=1)
    seen = abs(np.average([one.mean() - other.mean() for one, other in pairs], weights=weights))
    # A difference that rounding alone makes smaller is as large.
    as_far = np.abs(np.average(drawn, axis=1, weights=weights)) >= seen - 1e-9
    return float((1 + as_far.sum()) / (1 + DRAWN))


def _found(contrast, low, high, p, method, covers):
    return {"contrast": contrast, "low": float(low), "high": float(high), "p": p, "method": method, "covers": covers}
