"""Counts of words to compare, whatever they come from: checked, each with its message, its version and the language where it is known."""

import math
from numbers import Real

import pandas as pd

from comity.errors import CorpusError
from comity.speech import split_frames
from comity.style import find_tokens

COLUMNS = ["message_id", "version_id", "language", "token", "n"]


def read_counts(letters, token_counts, texts, frames):
    """The counts of one of the three, in these frames (None: in all), one row each as given, with a new index.

    Columns out: ``message_id, version_id, language`` (blank where it is not known), ``token, n``; ids as text.
    Errors: CorpusError where not one of the three is given, a column is missing, a count is no whole number from 0 on, or a token is missing.
    """
    given = [source for source in (letters, token_counts, texts) if source is not None]
    if len(given) != 1:
        raise CorpusError(f"Words are counted from one of letters, token_counts and texts; {len(given)} are given.")
    if texts is not None:
        counts = _count_texts(_with_ids(texts, ["text"], "texts"), frames)
    else:
        counts = _with_ids(letters.token_counts if token_counts is None else token_counts, ["token", "n"], "token_counts")
        counts = _check_counts(counts)
        if frames is not None and "frame" in counts:
            counts = counts[counts["frame"].isin(several(frames))]
    return counts.assign(language=_languages(counts, letters))[COLUMNS].reset_index(drop=True)


def read_prior(prior):
    """The counts of a prior by token; raises CorpusError where it lacks a column, or a count is no number from 0 on."""
    require_columns(prior, ["token", "n"], "prior")
    for row, token, n in zip(prior.index, prior["token"], prior["n"], strict=True):
        if not isinstance(n, Real) or not 0 <= n < math.inf:
            raise CorpusError(f"In the table prior, row {row} ({token!r}) has n {n!r}. Give every token a number, 0 or more.")
    return prior.groupby("token")["n"].sum()


def require_columns(table, needed, name):
    """Raise CorpusError for a column that is missing."""
    missing = [column for column in needed if column not in table]
    if missing:
        raise CorpusError(f"The table {name} has no column {', '.join(missing)}; it has: {', '.join(map(str, table.columns))}.")


def as_id(value):
    """An id as text, a whole number without its point; blank where there is none.

    >>> [as_id(value) for value in ("kim-xi", 7, 7.0, float("nan"))]
    ['kim-xi', '7', '7', '']
    """
    if isinstance(value, str):
        return value
    if pd.isna(value):
        return ""
    return str(int(value)) if isinstance(value, Real) and value == int(value) else str(value)


def several(values):
    """One value or many as a list."""
    return [values] if isinstance(values, str) or not hasattr(values, "__iter__") else list(values)


def _with_ids(table, needed, name):
    require_columns(table, needed, name)
    ids = [column for column in ("message_id", "version_id") if column in table]
    if not ids:
        require_columns(table, ["message_id or version_id"], name)
    return table.assign(message_id=table[ids[0]].map(as_id), version_id=table[ids[-1]].map(as_id))


def _check_counts(counts):
    """The counts as whole numbers; the first that is none is named with its row."""
    if counts["token"].isna().any():
        row = counts.index[counts["token"].isna()][0]
        raise CorpusError(
            f"In token_counts, row {row} has no token. If it is the word “nan” or “null”, read the table with "
            "pd.read_csv(..., keep_default_na=False)."
        )
    for row, token, n in zip(counts.index, counts["token"], counts["n"].tolist(), strict=True):
        if not _is_count(n):
            raise CorpusError(
                f"In token_counts, row {row} ({token!r}) has n {n!r}, which is no count. Give the number of times that the word stands in the "
                "version: a whole number, 0 or more."
            )
    return counts.astype({"n": "int64"})


def _is_count(n):
    return isinstance(n, Real) and not isinstance(n, bool) and 0 <= n < math.inf and n == int(n)


def _languages(counts, letters):
    """The language of each row, blank where it is not known."""
    if "language" in counts:
        return counts["language"].fillna("")
    versions = getattr(getattr(letters, "corpus", letters), "versions", None)
    if versions is None or "language" not in versions:
        return ""
    known = versions.assign(version_id=versions["version_id"].map(as_id)).drop_duplicates("version_id").set_index("version_id")["language"]
    return counts["version_id"].map(known).fillna("")


def _count_texts(texts, frames):
    pieces = texts.assign(sentence=texts["text"].fillna(""))
    about = texts.drop_duplicates("version_id").set_index("version_id")
    if frames is not None:
        if texts["version_id"].duplicated().any():
            raise CorpusError(f"Two texts have the version_id {texts.loc[texts['version_id'].duplicated(), 'version_id'].iloc[0]!r}.")
        pieces = split_frames(texts)
        pieces = pieces[pieces["frame"].isin(several(frames))]
        pieces = pieces.assign(message_id=pieces["version_id"].map(about["message_id"]))
    found = pieces.assign(token=[find_tokens(text) for text in pieces["sentence"]]).explode("token").dropna(subset="token")
    counts = found.groupby(["message_id", "version_id", "token"]).size().rename("n").reset_index()
    if "language" not in texts:
        return counts
    # A blank is English, as where texts are measured.
    return counts.assign(language=counts["version_id"].map(about["language"].fillna("en").replace("", "en")))
