"""Which letters are most like this one in their words, and which words make them so."""

import numpy as np
import pandas as pd

from comity.contrasts.vectors import ABOUT, DIGITS, WEIGHTINGS, count_words, find_strongest, note_short, require_message, weigh_words
from comity.errors import CorpusError

# The ranking is tried with and without so many of the most frequent words, most of them words of grammar.
FREQUENT = 50
# Burrows (2002) takes the 150 most frequent words of the texts compared.
DELTA_WORDS = 150

_COLUMNS = [
    *ABOUT, "likeness", "rank", "rank_low", "rank_high", "choices", "words", "shares", "tokens", "frames", "version_id", "note",
]  # fmt: skip


def measure_likeness(message, letters, frames=("letter",), weighting="tf-idf", most=8):
    """Rank the other letters by how like this one they are in their words, and name the words that make them so.

    Likeness is the cosine between the counts of words, each letter known by its version with the most words in these frames.
    ``weighting``: ``tf-idf``, which weighs rare words more, or ``frequency``, the counts as they are, which words of grammar rule
    (:func:`comity.contrasts.vectors.weigh_words` has the formula). The ``most`` words that add most to the cosine are named.

    There is no interval: one letter holds no sample from which its spread could be taken, and leaving out its words one by
    one tells of words, not of letters. How much the ranking depends on our choices is told instead: ``rank_low`` and
    ``rank_high`` are the lowest and highest rank under six of them: tf-idf, frequency, and Burrows's Delta, each with and
    without the 50 most frequent words of these letters. None is free of length: long letters share more words with any other,
    most so by frequency; Delta without the frequent words draws to short ones. Where ``frames`` differ, direct and indirect
    speech are compared, which are unlike by their pronouns alone.

    Columns in: ``letters.token_counts`` (message_id, version_id, frame, token, n) and ``letters.messages``. Columns out:
    ``message_id, date, sender, recipient, occasion, likeness`` (0 to 1), ``rank`` (1: most alike; ties share one), ``rank_low,
    rank_high, choices`` (how many of the six could rank it: without frequent words a letter may have none left), ``words``
    (joined by |), ``shares`` (of the cosine, in the same order), ``tokens`` (words counted), ``frames`` (those it is counted in),
    ``version_id, note`` (short letters); one row a letter, most alike first. Words in different languages are different words.
    Raises CorpusError for an unknown message, frame or weighting, and where there is no other letter.

    >>> from types import SimpleNamespace
    >>> rows = [("a", "a1", "letter", "peace", 2), ("b", "b1", "letter", "peace", 1), ("c", "c1", "letter", "trade", 1)]
    >>> counts = pd.DataFrame(rows, columns=["message_id", "version_id", "frame", "token", "n"])
    >>> letters = SimpleNamespace(token_counts=counts, messages=pd.DataFrame({"message_id": ["a", "b", "c"]}))
    >>> measure_likeness("a", letters)[["message_id", "likeness", "rank", "words", "shares"]].values.tolist()
    [['b', 1.0, 1, 'peace', '1.000'], ['c', 0.0, 2, '', '']]
    """
    counted = count_words(letters, frames)
    require_message(message, counted.letters.index, letters, frames)
    if len(counted.letters) < 2:
        raise CorpusError(f"Only {message!r} has words in these frames: there is no other letter to compare it with.")
    place = counted.letters.index.get_loc(message)
    weights = weigh_words(counted.counts, weighting)
    products = weights.multiply(weights[[place]]).tocsr()
    named = [_name_words(products[[row]].toarray().ravel(), counted.words, most) for row in range(len(counted.letters))]
    table = counted.letters.assign(likeness=np.round(products.sum(axis=1), DIGITS), **_range_ranks(counted.counts, place))
    table = table.assign(words=[words for words, _ in named], shares=[shares for _, shares in named])
    table = table.assign(note=_note(table["tokens"], place)).reset_index().drop(index=place)
    table = table.assign(rank=_rank(table["likeness"])).astype(dict.fromkeys(["rank", "rank_low", "rank_high"], "int64"))
    return table.sort_values(["rank", "message_id"], ignore_index=True)[_COLUMNS]


def measure_delta(counts, place, words):
    """Burrows's Delta between one letter and each: how far their rates of frequent words lie apart, 0 for the letter itself.

    The mean absolute difference of z-scores of the words' shares in all words of their letters (Burrows 2002, Literary and
    Linguistic Computing 17); the standard deviation is that of a sample. ``counts``: a row a letter; ``words``: the columns to
    take. NaN for letters with none of these words, for all if this is one, and where no share differs.
    """
    shares = counts[:, words].toarray() / counts.sum(axis=1)[:, None]
    seen = shares.any(axis=1)
    shares = shares[:, shares.max(axis=0) > shares.min(axis=0)] if shares.size else shares
    if not (seen[place] and shares.size):
        return np.full(len(seen), np.nan)
    scores = (shares - shares.mean(axis=0)) / shares.std(axis=0, ddof=1)
    return np.where(seen, np.abs(scores - scores[place]).mean(axis=1), np.nan)


def _range_ranks(counts, place):
    """The lowest and highest rank of each letter under the six choices, and how many of them could rank it."""
    frequent = np.argsort(-counts.sum(axis=0), kind="stable")
    ranks = []
    for words in (frequent, frequent[FREQUENT:]):
        kept = counts[:, words]
        likeness = [_find_cosines(kept, place, weighting) for weighting in WEIGHTINGS]
        likeness.append(-measure_delta(counts, place, words[:DELTA_WORDS]))
        for values in likeness:
            values[place] = np.nan
            ranks.append(_rank(values))
    ranks = pd.DataFrame(ranks)
    return {"rank_low": ranks.min().to_numpy(), "rank_high": ranks.max().to_numpy(), "choices": ranks.count().to_numpy()}


def _find_cosines(counts, place, weighting):
    """The cosine of each letter with this one; NaN where either has none of these words."""
    seen = counts.sum(axis=1) > 0
    if not seen[place]:
        return np.full(len(seen), np.nan)
    weights = weigh_words(counts, weighting)
    return np.where(seen, weights @ weights[[place]].toarray().ravel(), np.nan)


def _rank(values):
    """1 for the largest; equals share a rank."""
    return pd.Series(np.round(values, DIGITS)).rank(ascending=False, method="min")


def _name_words(products, words, most):
    """The words that add most to the cosine, and their shares in it."""
    places = find_strongest(products, most)
    return "|".join(words[places]), "|".join(f"{share:.3f}" for share in products[places] / products.sum())


def _note(tokens, place):
    notes = note_short(tokens)
    own = f"compared with a {notes[place]}" if notes[place] else ""
    return ["; ".join(filter(None, [note, own])) for note in notes]
