"""Letters as vectors of word counts (Salton, Wong & Yang 1975), so that letters of which only the words were counted take part."""

from typing import NamedTuple

import numpy as np
import pandas as pd

from comity.corpus.vocabularies import FRAMES as SPOKEN
from comity.errors import CorpusError

# A version that mixes direct and indirect speech is counted as one.
FRAMES = (*SPOKEN, "mixed")
WEIGHTINGS = ("tf-idf", "frequency")
# Numbers nearer than this are one number: machines differ in the last digits.
DIGITS = 9
# A part of a long letter of so many words has the letter's nearest among its own first three about four times in five (in
# these letters; tests/test_likeness.py draws the parts); half as many words, every other time.
SHORT = 50
ABOUT = ["message_id", "date", "sender", "recipient", "occasion"]

_COLUMNS = ["message_id", "version_id", "frame", "token", "n"]


class Counted(NamedTuple):
    """The letters (one row each, by message_id), their words in order of the alphabet, and how often each letter has each (sparse)."""

    letters: pd.DataFrame
    words: np.ndarray
    counts: object


def count_words(letters, frames, messages=None):
    """Count the words of each message in its version with the most words in these frames (the first by name of several).

    Columns in: ``letters.token_counts`` (message_id, version_id, frame, token, n); from ``letters.messages`` date, sender,
    recipient and occasion where it has them. Rows without a message_id belong to no message and are left out. Each letter gets
    ``version_id, frames`` (those its words stand in, joined by |), ``tokens`` (words counted).
    ``messages``: only these ids, each of which must have words. Raises CorpusError for unknown frames and messages, and
    for counts that are no counts.
    """
    frames, ids = _several(frames), None if messages is None else _several(messages)
    unknown = [frame for frame in frames if frame not in FRAMES]
    if unknown or not frames:
        raise CorpusError(f"There is no frame {', '.join(map(repr, unknown)) or 'given'}. Choose from: {', '.join(FRAMES)}.")
    table = _read_counts(letters.token_counts)
    table = table[table["frame"].isin(frames) & (table["n"] > 0)]
    table = table if ids is None else table[table["message_id"].isin(ids)]
    found = table.groupby(["message_id", "version_id"], as_index=False)["n"].sum().rename(columns={"n": "tokens"})
    found = found.sort_values(["tokens", "version_id"], ascending=[False, True]).drop_duplicates("message_id")
    table = table.merge(found[["message_id", "version_id"]], on=["message_id", "version_id"])
    about = letters.messages.reindex(columns=ABOUT).drop_duplicates("message_id")
    found = found.merge(about, "left", on="message_id").astype({"tokens": "int64"}).sort_values("message_id").set_index("message_id")
    found = found.assign(frames=table.groupby("message_id")["frame"].agg(lambda spoken: "|".join(sorted(set(spoken)))))
    for message in ids or []:
        require_message(message, found.index, letters, frames)
    return Counted(found, *_arrange(table, found.index))


def require_message(message, counted, letters, frames):
    """Raise CorpusError, and say what is missing, if the message is not among those counted."""
    if message in counted:
        return
    if message in set(letters.messages["message_id"]):
        raise CorpusError(f"The message {message!r} has no words in the frames {', '.join(_several(frames))}; choose other frames.")
    raise CorpusError(f"The message {message!r} is not in letters.messages; its column message_id names those that are.")


def weigh_words(counts, weighting="tf-idf"):
    """Weigh the counts of words and bring each letter to length 1, so that the products of two letters sum to their cosine.

    ``tf-idf``: (1 + ln n) * (ln((1 + letters) / (1 + letters with the word)) + 1), as scikit-learn's TfidfTransformer has it with
    sublinear_tf and smooth_idf (after Salton & Buckley 1988, Information Processing & Management 24); ``frequency``: n.
    """
    from scipy import sparse
    from sklearn.feature_extraction.text import TfidfTransformer
    from sklearn.preprocessing import normalize

    if weighting not in WEIGHTINGS:
        raise CorpusError(f"There is no weighting {weighting!r}. Choose one of: {', '.join(WEIGHTINGS)}.")
    weighted = TfidfTransformer(sublinear_tf=True).fit_transform(counts) if weighting == "tf-idf" else normalize(counts)
    return sparse.csr_array(weighted)


def note_short(tokens):
    """Say of each letter whether it is so short that chance decides whom it is like."""
    return [f"short letter: {count} words" if count < SHORT else "" for count in tokens]


def find_strongest(values, most):
    """The places of the ``most`` largest values above zero, the largest first, the alphabet deciding between equals."""
    values = np.round(values, DIGITS)
    order = np.argsort(-values, kind="stable")[:most]
    return order[values[order] > 0]


def _read_counts(table):
    missing = [column for column in _COLUMNS if column not in table]
    if missing:
        raise CorpusError(f"The table token_counts has no column {', '.join(missing)}; it has: {', '.join(map(str, table.columns))}.")
    table = table.loc[table["message_id"].fillna("") != "", _COLUMNS]
    table = table.assign(version_id=table["version_id"].fillna(""), n=pd.to_numeric(table["n"], errors="coerce").astype("float64"))
    _refuse(table, ~((table["n"] >= 0) & (table["n"] % 1 == 0)), "n is no whole number from 0 on", "counts of words, not rates, are needed")
    blank = table["token"].fillna("") == ""
    _refuse(table, blank, "token is blank", "if it was the word 'null' or 'nan', read the file with keep_default_na=False")
    return table


def _refuse(table, wrong, what, remedy):
    if wrong.any():
        first = table[wrong].iloc[0]
        where = f"first in message {first['message_id']!r}, token {first['token']!r}, n {first['n']}"
        raise CorpusError(f"In {wrong.sum():,} rows of token_counts {what} ({where}): {remedy}.")


def _arrange(table, ids):
    """The words, and a sparse matrix of counts: a row a message, a column a word."""
    from scipy import sparse

    places, words = pd.factorize(table["token"].astype("str"), sort=True)
    cells = table["n"].to_numpy(), (ids.get_indexer(table["message_id"]), places)
    return np.asarray(words, dtype=object), sparse.csr_array(cells, shape=(len(ids), len(words)))


def _several(values):
    return [values] if isinstance(values, str) else list(values)
