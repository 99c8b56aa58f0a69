"""Which letters are alike, and by which words: from counts of words, so that letters without a text take part."""

from typing import NamedTuple

import numpy as np
import pandas as pd
from scipy import sparse

from comity.errors import CorpusError

FRAMES = ("letter", "reported", "agency", "headline")
WEIGHTINGS = ("tf-idf", "frequency")
# Rankings are tried with and without so many of the most frequent words, most of them words of grammar.
FREQUENT = 50
# Burrows (2002) takes the 150 most frequent words of the texts compared.
DELTA_WORDS = 150
# Below so many words a letter's counts are chance, mostly.
SHORT = 30
# Numbers nearer than this are one number: machines differ in the last digits.
DIGITS = 9

_ABOUT = ["message_id", "date", "sender", "recipient", "occasion"]
_LIKENESS = [*_ABOUT, "likeness", "rank", "rank_low", "rank_high", "choices", "tokens", "words", "shares", "version_id", "note"]
_MAP = [
    *_ABOUT, "x", "y", "share_x", "share_y", "shepard", "stress",
    "pulls_x", "pulls_y", "pulls_minus_x", "pulls_minus_y", "tokens", "version_id", "note",
]  # fmt: skip


class _Counted(NamedTuple):
    """The letters (one row each, by message_id), their words in order of the alphabet, and how often each letter has each."""

    letters: pd.DataFrame
    words: np.ndarray
    counts: sparse.csr_array


def measure_likeness(message, letters, frames=("letter",), weighting="tf-idf", most=8):
    """Rank the other letters by how like this one they are in their words, and name the words that make them so.

    Likeness is the cosine between the counts of words, each letter known by its version with the most words in these frames.
    ``weighting``: ``tf-idf``, (1 + ln n) * (ln((1 + letters) / (1 + letters with the word)) + 1), as scikit-learn's
    TfidfTransformer with sublinear_tf and smooth_idf has it, which weighs rare words more (after Salton & Buckley 1988); or
    ``frequency``, n as it is, which words of grammar rule. The ``most`` words that add most to the cosine are named.

    There is no interval: one letter holds no sample from which its spread could be taken, and leaving out its words one by
    one tells of words, not of letters. How much the ranking depends on our choices is told instead: ``rank_low`` and
    ``rank_high`` are the lowest and highest rank under six of them: tf-idf, frequency, and Burrows's Delta (2002; mean difference
    of z-scores of the relative frequencies of the 150 most frequent words), each with and without the 50 most frequent words.

    Columns in: ``letters.token_counts`` (message_id, version_id, frame, token, n) and ``letters.messages``. Columns out:
    ``message_id, date, sender, recipient, occasion, likeness`` (0 to 1), ``rank`` (1: most alike; ties share one), ``rank_low,
    rank_high, choices`` (how many of the six could rank it: without frequent words a letter may have none left), ``tokens``
    (words counted), ``words`` (joined by |), ``shares`` (of the cosine, in the same order), ``version_id, note`` (short
    letters); one row a letter, most alike first. Words in different languages are different words.
    Raises CorpusError for an unknown message, frame or weighting, and where there is no other letter.

    >>> from types import SimpleNamespace
    >>> rows = [("a", "a1", "letter", "peace", 2), ("b", "b1", "letter", "peace", 1), ("c", "c1", "letter", "trade", 1)]
    >>> counts = pd.DataFrame(rows, columns=["message_id", "version_id", "frame", "token", "n"])
    >>> letters = SimpleNamespace(token_counts=counts, messages=pd.DataFrame({"message_id": ["a", "b", "c"]}))
    >>> measure_likeness("a", letters)[["message_id", "likeness", "rank", "words", "shares"]].values.tolist()
    [['b', 1.0, 1, 'peace', '1.000'], ['c', 0.0, 2, '', '']]
    """
    if weighting not in WEIGHTINGS:
        raise CorpusError(f"There is no weighting {weighting!r}. Choose one of: {', '.join(WEIGHTINGS)}.")
    counted = _count(letters, frames)
    _require([message], counted, letters, frames)
    if len(counted.letters) < 2:
        raise CorpusError(f"Only {message!r} has words in these frames: there is no other letter to compare it with.")
    place = counted.letters.index.get_loc(message)
    weights = _weigh(counted.counts, weighting)
    products = sparse.csr_array(weights.multiply(weights[[place]]))
    reasons = [_name_words(products[[row]], counted.words, most) for row in range(len(counted.letters))]
    table = counted.letters.assign(likeness=_cosines(weights, place), **_rank_range(counted.counts, place)).reset_index()
    table = table.assign(words=[words for words, _ in reasons], shares=[shares for _, shares in reasons])
    table = table.assign(note=_notes(table["tokens"], table["tokens"][place])).drop(index=place)
    table = table.assign(rank=_rank(table["likeness"]).astype("int64"))
    return table.sort_values(["rank", "message_id"], ignore_index=True)[_LIKENESS]


def map_messages(letters, frames=("letter",), messages=None, most=8):
    """Draw the letters as points in a plane, the nearer the more alike in their words, and say what the axes stand for.

    The distance of two letters is sqrt(2 - 2 * cosine) on tf-idf weights (see :func:`measure_likeness`). It orders pairs as the
    cosine distance does, but it is a distance in space (1 - cosine breaks the triangle inequality). So principal coordinates
    (Torgerson 1952; Gower 1966) are exact, without chance, loops or negative shares, and each axis is a sum of words.
    The earliest letter that is not at zero lies on the minus side of each axis, so that runs agree.

    Columns in: as for :func:`measure_likeness`; ``messages``: the ids to map (None: all), from which alone the weights come.
    Columns out: ``message_id, date, sender, recipient, occasion, x, y``; of the whole map, the same in every row: ``share_x, share_y``
    (of the squared distances, which the axis keeps), ``shepard`` (Spearman's correlation between the distances of all pairs on the map and
    the true ones; after Shepard 1962), ``stress`` (0: all distances kept; 1: none; sqrt(sum (true - drawn)^2 / sum true^2), after Kruskal
    1964, normalised as in scikit-learn), ``pulls_x, pulls_y`` (the ``most`` words that pull to the plus end, joined by |),
    ``pulls_minus_x, pulls_minus_y`` (to the minus end); ``tokens, version_id, note`` (short letters; axes that could as well be turned);
    one row a message, by date. Numbers are NaN where all letters are the same. Raises CorpusError for fewer than 3 messages.

    >>> from types import SimpleNamespace
    >>> rows = [("a", "peace", 2), ("a", "talks", 1), ("b", "peace", 1), ("b", "trade", 1), ("c", "trade", 1)]
    >>> counts = pd.DataFrame(rows, columns=["message_id", "token", "n"]).assign(version_id="v", frame="letter")
    >>> letters = SimpleNamespace(token_counts=counts, messages=pd.DataFrame({"message_id": ["a", "b", "c"]}))
    >>> map_messages(letters)[["message_id", "shepard", "pulls_x"]].values.tolist()
    [['a', 1.0, 'trade'], ['b', 1.0, 'trade'], ['c', 1.0, 'trade']]
    """
    counted = _count(letters, frames, messages)
    _require([] if messages is None else messages, counted, letters, frames)
    if len(counted.letters) < 3:
        raise CorpusError(f"A map needs at least 3 messages with words in these frames; there are {len(counted.letters)}.")
    weights = _weigh(counted.counts, "tf-idf")
    likeness = (weights @ weights.T).toarray()
    table = counted.letters.assign(note=_notes(counted.letters["tokens"]))
    by_date = table.reset_index().sort_values(["date", "message_id"]).index.to_numpy()
    points, axes, shares, turned = _principal_coordinates(likeness, by_date)
    pulls = np.round(weights.T @ axes, DIGITS)
    facts = {"x": points[:, 0], "y": points[:, 1], "share_x": shares[0], "share_y": shares[1], **_faithfulness(points, likeness)}
    for name, pull in zip("xy", pulls.T):
        facts |= {f"pulls_{name}": _strongest(pull, counted.words, most), f"pulls_minus_{name}": _strongest(-pull, counted.words, most)}
    note = "; ".join(filter(None, [turned])) and table["note"].map(lambda short: "; ".join(filter(None, [short, turned])))
    table = table.assign(**facts, **({"note": note} if turned else {})).reset_index()
    return table.iloc[by_date].reset_index(drop=True)[_MAP]


def _count(letters, frames, messages=None):
    """The counts of each message's version with the most words in these frames."""
    frames = [frames] if isinstance(frames, str) else list(frames)
    unknown = [frame for frame in frames if frame not in FRAMES]
    if unknown or not frames:
        raise CorpusError(f"There is no frame {', '.join(map(repr, unknown)) or 'given'}. Choose from: {', '.join(FRAMES)}.")
    table = letters.token_counts
    table = table[table["frame"].isin(frames) & (table["n"] > 0) & (table["message_id"].fillna("") != "")]
    if messages is not None:
        table = table[table["message_id"].isin(messages)]
    versions = table.groupby(["message_id", "version_id"], as_index=False)["n"].sum().rename(columns={"n": "tokens"})
    versions = versions.sort_values(["tokens", "version_id"], ascending=[False, True]).drop_duplicates("message_id")
    about = letters.messages.reindex(columns=_ABOUT).drop_duplicates("message_id")
    found = versions.merge(about, "left", on="message_id").sort_values("message_id").set_index("message_id")
    table = table.merge(versions[["message_id", "version_id"]], on=["message_id", "version_id"])
    places, words = pd.factorize(table["token"].astype("str"), sort=True)
    cells = table["n"].astype("float64"), (found.index.get_indexer(table["message_id"]), places)
    return _Counted(found, np.asarray(words), sparse.csr_array(cells, shape=(len(found), len(words))))


def _require(messages, counted, letters, frames):
    missing = [message for message in messages if message not in counted.letters.index]
    if missing:
        known = missing[0] in set(letters.messages["message_id"])
        why = f"has no words in the frames {frames}; choose other frames" if known else "is not in letters.messages; see there for the ids"
        raise CorpusError(f"The message {missing[0]!r} {why}.")
