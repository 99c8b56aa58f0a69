"""A map of letters: the nearer two of them, the more alike their words, and the words that the axes stand for."""

import numpy as np
import pandas as pd

from comity.contrasts.vectors import ABOUT, DIGITS, count_words, find_strongest, note_short, weigh_words
from comity.errors import CorpusError

# Axes whose lengths differ by less than this part of them cannot be told apart by rounded numbers.
NEAR = 1e-6

TURNABLE = "axes of equal share: they could as well be turned"

_COLUMNS = [
    *ABOUT, "x", "y", "kept", "nearest", "likeness", "share_x", "share_y", "shepard", "stress",
    "pulls_x", "pulls_y", "pulls_minus_x", "pulls_minus_y", "tokens", "frames", "version_id", "note",
]  # fmt: skip


def map_messages(letters, frames=("letter",), messages=None, most=8):
    """Draw the letters as points in a plane, the nearer the more alike in their words, and say how far that is true.

    The true distance of two letters is the straight line between their tf-idf weights at length 1
    (:func:`comity.contrasts.vectors.weigh_words`), sqrt(2 - 2 * likeness): 0 for the same, 1.414 for no word in common. The map
    has the principal components of these weights, which are the principal coordinates of the distances (Torgerson 1952,
    Psychometrika 17; Gower 1966, Biometrika 53): no chance is in them, and each axis is a sum of words. The earliest letter
    that is not at zero lies on the minus side of each axis, so that runs agree. A plane keeps little of letters that each have
    words of their own: it shows what divides them most, and ``nearest`` names the neighbour that it may hide.

    Columns in: as for :func:`comity.contrasts.likeness.measure_likeness`; ``messages``: the ids to map (None: all), from which alone
    the weights come. Columns out, one row a message, by date: ``message_id, date, sender, recipient, occasion, x, y, kept`` (share
    of its squared distance from the middle of all letters that the plane keeps; the cos2 of correspondence analysis), ``nearest``
    (the most alike messages, joined by |; blank where none shares a word), ``likeness`` (with them), ``tokens, frames, version_id,
    note`` (short letters; axes that could as well be turned). Of the whole map, the same in every row: ``share_x, share_y`` (of the
    squared distances, which the axis keeps), ``shepard`` (Spearman's correlation between the distances of all pairs on the map and
    the true ones; after Shepard 1962, Psychometrika 27), ``stress`` (0: all distances kept; 1: none; sqrt(sum (true - drawn)^2 / sum
    true^2), the root of de Leeuw's normalized stress of 1977; Kruskal's of 1964 divides by the drawn ones), ``pulls_x, pulls_y`` (the
    ``most`` words that pull to the plus end, joined by |), ``pulls_minus_x, pulls_minus_y`` (to the minus end). Where all letters are
    the same they lie at zero, and kept, shares, shepard and stress are NaN; so is shepard where all distances are the same.
    Raises CorpusError for fewer than 3 messages, and as `measure_likeness` does.

    >>> from types import SimpleNamespace
    >>> rows = [("a", "peace", 2), ("a", "talks", 1), ("b", "peace", 1), ("b", "trade", 1), ("c", "trade", 1)]
    >>> counts = pd.DataFrame(rows, columns=["message_id", "token", "n"]).assign(version_id="v", frame="letter")
    >>> letters = SimpleNamespace(token_counts=counts, messages=pd.DataFrame({"message_id": ["a", "b", "c"]}))
    >>> map_messages(letters)[["message_id", "shepard", "pulls_x"]].values.tolist()
    [['a', 1.0, 'trade'], ['b', 1.0, 'trade'], ['c', 1.0, 'trade']]
    """
    counted = count_words(letters, frames, messages)
    if len(counted.letters) < 3:
        raise CorpusError(f"A map needs at least 3 messages with words in these frames; there are {len(counted.letters)}.")
    table = counted.letters.reset_index().sort_values(["date", "message_id"])
    weights = weigh_words(counted.counts).toarray()[table.index]
    table = table.assign(**_find_nearest(table["message_id"], weights))
    pulls, shares, turnable = find_axes(weights)
    apart = weights - weights.mean(axis=0)
    kept = _find_kept(apart @ pulls.T, apart)
    points = np.round(apart @ pulls.T, DIGITS) + 0.0
    facts = {"x": points[:, 0], "y": points[:, 1], "kept": kept, "share_x": shares[0], "share_y": shares[1]}
    for name, pull in zip("xy", pulls):
        facts |= {f"pulls_{name}": _name_words(pull, counted.words, most), f"pulls_minus_{name}": _name_words(-pull, counted.words, most)}
    turned = TURNABLE if turnable else ""
    facts["note"] = ["; ".join(filter(None, [short, turned])) for short in note_short(table["tokens"])]
    return table.assign(**facts, **measure_faithfulness(points, weights)).reset_index(drop=True)[_COLUMNS]


def find_axes(vectors):
    """The two axes that keep most of the distances of these points: a row an axis, of length 1, a column a coordinate of theirs.

    Second result: the share of the squared distances that each keeps; third: whether another axis keeps as much as one of
    them, so that the choice is a convention. An axis along which nothing differs is all zero.
    """
    from sklearn.decomposition import PCA

    with np.errstate(invalid="ignore", divide="ignore"):
        # Where nothing differs scikit-learn divides by nought; such axes are left out below.
        found = PCA(svd_solver="full").fit(vectors)
    lengths = found.singular_values_[found.singular_values_ > NEAR]
    pulls, shares = np.zeros((2, vectors.shape[1])), np.zeros(2)
    if not lengths.size:
        return pulls, shares * np.nan, False
    groups = np.split(np.arange(len(lengths)), np.flatnonzero(lengths[1:] < lengths[:-1] * (1 - NEAR)) + 1)
    points = found.transform(vectors)
    axes = np.concatenate([_settle(points[:, group]) @ found.components_[group] for group in groups])[:2]
    pulls[: len(axes)], shares[: len(axes)] = axes, lengths[:2] ** 2 / (lengths**2).sum()
    return pulls, shares, any(len(group) > 1 for group in groups if group[0] < 2)


def _settle(points):
    """Turn axes of equal length, or one axis alone, so that the first point not at zero lies on the minus side of the first, and so on."""
    axes, zero = np.zeros((0, points.shape[1])), NEAR * np.linalg.norm(points)
    for point in points:
        rest = point - axes.T @ (axes @ point)
        length = np.linalg.norm(rest)
        if length > zero:
            axes = np.vstack([axes, -rest / length])
    return axes


def measure_faithfulness(points, vectors):
    """How well the distances of the points keep those of the vectors: ``shepard`` and ``stress``, as `map_messages` tells them."""
    from scipy.spatial.distance import pdist
    from scipy.stats import spearmanr

    drawn, true = np.round(pdist(points), DIGITS), np.round(pdist(vectors), DIGITS)
    varied = np.ptp(drawn) > 0 and np.ptp(true) > 0
    stress = np.sqrt(((true - drawn) ** 2).sum() / (true**2).sum()) if true.any() else np.nan
    return {"shepard": float(spearmanr(drawn, true).statistic) if varied else np.nan, "stress": float(stress)}


def _find_kept(points, apart):
    """The share of each letter's squared distance from the middle that the plane keeps; NaN for one in the middle."""
    lengths = (apart**2).sum(axis=1)
    kept = np.divide((points**2).sum(axis=1), lengths, out=np.full(len(points), np.nan), where=lengths > NEAR**2)
    return np.round(kept, DIGITS)


def _find_nearest(ids, weights):
    """For each letter those most like it, by id, and their likeness; none where no other letter has a word of it."""
    likeness = np.round(weights @ weights.T, DIGITS)
    np.fill_diagonal(likeness, 0)
    largest = likeness.max(axis=1)
    return {"nearest": ["|".join(sorted(ids[(row == row.max()) & (row > 0)])) for row in likeness], "likeness": largest}


def _name_words(pull, words, most):
    return "|".join(words[find_strongest(pull, most)])
