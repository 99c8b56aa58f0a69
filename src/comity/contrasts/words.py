"""Which words set the letters of one side apart from those of the other."""

from typing import NamedTuple

import numpy as np
import pandas as pd

from comity.contrasts.keyness import (
    correct_p,
    find_side,
    measure_log_likelihood,
    measure_log_ratio,
    measure_specificity,
    weigh_log_odds,
)
from comity.errors import CorpusError
from comity.speech import split_frames
from comity.style import find_tokens

# The prior weighs as much as one more letter of this many tokens, the same on each side.
PRIOR_WEIGHT = 500

HALF = "0 counted as 0.5"
TOO_SHORT = "no log ratio: the side without it is too short"


class Side(NamedTuple):
    """One side of the comparison: its words with their counts and messages, the rows they come from, versions, ids without words."""

    words: pd.DataFrame
    rows: pd.Index
    versions: list[str]
    unseen: list[str]


def compare_words(a, b, letters=None, *, token_counts=None, texts=None, frames=("letter",), prior=None, correction="holm", least=1):
    """Compare the words of the letters of two sides: effect, evidence and dispersion of every word. Plus is side a.

    ``a, b``: message ids, or version ids to compare these versions; a list or one. Of a message the version with most
    tokens is read (the first by name where two have as many), so that copies and translations of one letter do not add up.
    The counts come from one of: ``letters`` (Measurements), ``token_counts`` (columns ``token, n`` and ``message_id`` or
    ``version_id`` or both, where known ``frame``; without ``frame`` all are read), ``texts`` (those of `split_frames`,
    parted into words as `count_tokens` does it). ``frames``: whose words are read; None: all.
    ``prior``: columns ``token, n``, a count above 0 for every token of both sides; by default the counts of both sides
    together, scaled to weigh 500 tokens. Tokens seen fewer than ``least`` times are left out, not from the totals.

    Columns out, one row a token, the largest |z| first: ``token, n_a, n_b, tokens_a, tokens_b`` (all tokens of the side),
    ``rate_a, rate_b`` (per 1,000 tokens), ``messages_a, messages_b`` (in how many it stands), ``log_ratio`` (Hardie
    2014; see ``note``), ``ll4`` (Dunning 1993), ``ll2`` (Rayson & Garside 2000), ``p_ll4`` (chi-squared, one degree of
    freedom, not corrected), ``log_odds, z`` (Monroe, Colaresi & Quinn 2008), ``specificity_p`` (Lafon 1980, one tail),
    ``p_corrected`` (twice that, since the counts choose the tail, corrected over all rows), ``side`` (a, b or empty: where the
    rate is higher), ``note`` (on the log ratio), ``prior`` (its name). The variants: :mod:`comity.contrasts.keyness`.
    In ``attrs``: ``prior, correction, left_out`` (tokens below ``least``), ``versions_a, versions_b`` (those read),
    ``unseen_a, unseen_b`` (ids of which no word was counted). Raises CorpusError for a side without words, a message
    on both sides, and a prior without a token.

    >>> counts = pd.DataFrame({"message_id": ["x", "x", "y", "y"], "token": ["dear", "all", "sir", "all"], "n": [3, 5, 2, 6]})
    >>> compare_words("x", "y", token_counts=counts)[["token", "n_a", "n_b", "log_ratio", "side"]].round(2).values.tolist()
    [['dear', 3, 0, 2.58, 'a'], ['sir', 0, 2, -2.0, 'b'], ['all', 5, 6, -0.26, 'b']]
    """
    counts = _read_counts(letters, token_counts, texts, frames)
    sides = [_read_side(name, ids, counts, frames) for name, ids in (("a", a), ("b", b))]
    _require_apart(*sides, counts)
    words = pd.concat([side.words.add_suffix(f"_{name}") for name, side in zip("ab", sides)], axis=1).fillna(0).astype("int64")
    words = words.rename_axis("token").sort_index().reset_index()
    weights, prior_tokens, prior_name = _read_prior(prior, words)
    tokens = words["n_a"].sum(), words["n_b"].sum()
    kept = words["n_a"] + words["n_b"] >= least
    table = _measure(words[kept], *tokens, weights[kept], prior_tokens, correction).assign(prior=prior_name)
    ranked = table.assign(rank=table["z"].abs()).sort_values(["rank", "token"], ascending=[False, True], ignore_index=True)
    table = ranked.drop(columns="rank")
    table.attrs = {"prior": prior_name, "correction": correction, "left_out": int((~kept).sum())}
    for name, side in zip("ab", sides):
        table.attrs |= {f"versions_{name}": side.versions, f"unseen_{name}": side.unseen}
    return table


def _measure(words, tokens_a, tokens_b, weights, prior_tokens, correction):
    from scipy.stats import chi2

    four = words["n_a"].to_numpy(), words["n_b"].to_numpy(), int(tokens_a), int(tokens_b)
    side, log_ratio, p = find_side(*four), measure_log_ratio(*four), measure_specificity(*four)
    ll4 = measure_log_likelihood(*four, cells=4)
    log_odds, z = weigh_log_odds(*four, weights, prior_tokens)
    replaced = (words[["n_a", "n_b"]] == 0).any(axis=1)
    return pd.DataFrame({
        "token": words["token"], "n_a": four[0], "n_b": four[1], "tokens_a": four[2], "tokens_b": four[3],
        "rate_a": 1000 * four[0] / four[2], "rate_b": 1000 * four[1] / four[3],
        "messages_a": words["messages_a"], "messages_b": words["messages_b"],
        "log_ratio": log_ratio, "ll4": ll4, "ll2": measure_log_likelihood(*four, cells=2), "p_ll4": chi2.sf(ll4, 1),
        "log_odds": log_odds, "z": z, "specificity_p": p, "p_corrected": correct_p(np.minimum(1, 2 * p), correction),
        "side": np.array(["b", "", "a"])[side + 1], "note": np.where(np.isnan(log_ratio), TOO_SHORT, np.where(replaced, HALF, "")),
    })  # fmt: skip


def _read_counts(letters, token_counts, texts, frames):
    """The counts to read, whatever they come from: ``message_id, version_id, token, n``, a new index."""
    given = [source for source in (letters, token_counts, texts) if source is not None]
    if len(given) != 1:
        raise CorpusError(f"Words are counted from one of letters, token_counts and texts; {len(given)} are given.")
    if texts is not None:
        counts = _count_texts(_with_ids(texts, ["text"], "texts"), frames)
    else:
        counts = _with_ids(letters.token_counts if token_counts is None else token_counts, ["token", "n"], "token_counts")
        if frames is not None and "frame" in counts:
            counts = counts[counts["frame"].isin(_several(frames))]
    return counts[["message_id", "version_id", "token", "n"]].reset_index(drop=True)


def _with_ids(table, needed, name):
    missing = [column for column in needed if column not in table]
    ids = [column for column in ("message_id", "version_id") if column in table]
    if missing or not ids:
        missing = missing or ["message_id or version_id"]
        raise CorpusError(f"The table {name} has no column {', '.join(missing)}; it has: {', '.join(map(str, table.columns))}.")
    return table.assign(message_id=table[ids[0]], version_id=table[ids[-1]])


def _count_texts(texts, frames):
    pieces = texts.assign(sentence=texts["text"].fillna(""))
    if frames is not None:
        if texts["version_id"].duplicated().any():
            raise CorpusError(f"Two texts have the version_id {texts.loc[texts['version_id'].duplicated(), 'version_id'].iloc[0]!r}.")
        pieces = split_frames(texts)
        pieces = pieces[pieces["frame"].isin(_several(frames))]
        pieces = pieces.assign(message_id=pieces["version_id"].map(texts.set_index("version_id")["message_id"]))
    found = pieces.assign(token=[find_tokens(text) for text in pieces["sentence"]]).explode("token").dropna(subset="token")
    return found.groupby(["message_id", "version_id", "token"]).size().rename("n").reset_index()


def _read_side(name, ids, counts, frames):
    """The words of a side: of each id the version with most tokens."""
    ids = list(dict.fromkeys(_several(ids)))
    counts = counts[counts["message_id"].isin(ids) | counts["version_id"].isin(ids)]
    read = {one: rows for one in ids if len(rows := _longest_version(one, counts))}
    if not read:
        inside = "" if frames is None else f" in the frames {', '.join(_several(frames))}"
        raise CorpusError(
            f"Side {name} has no words: of {', '.join(map(repr, ids)) or 'no message'} none is counted{inside}. Check the ids; frames=None "
            "reads the words of all voices; texts that are letters themselves need kind='letter'."
        )
    rows = pd.concat(read, names=["id"]).reset_index("id")
    rows = rows[~rows.index.duplicated() & (rows["n"] > 0)]
    words = rows.groupby("token").agg(n=("n", "sum"), messages=("id", "nunique"))
    return Side(words, rows.index, list(dict.fromkeys(rows["version_id"])), [one for one in ids if one not in read])


def _longest_version(one, counts):
    rows = counts[counts["message_id"] == one] if (counts["message_id"] == one).any() else counts[counts["version_id"] == one]
    return rows[rows["version_id"] == rows.groupby("version_id")["n"].sum().idxmax()] if len(rows) else rows


def _require_apart(first, second, counts):
    shared = counts.loc[first.rows.intersection(second.rows), "message_id"].unique()
    if len(shared):
        raise CorpusError(f"A message cannot stand on both sides; take it out of one: {', '.join(shared)}.")


def _read_prior(prior, words):
    """The prior's count of each word, its sum over all words, and its name."""
    if prior is None:
        pooled = words["n_a"] + words["n_b"]
        return PRIOR_WEIGHT * (pooled / pooled.sum()), PRIOR_WEIGHT, f"counts of both sides together, weighing {PRIOR_WEIGHT} tokens"
    counts = prior.groupby("token")["n"].sum()
    weights = words["token"].map(counts).fillna(0)
    lacking = words.loc[weights <= 0, "token"]
    if len(lacking):
        raise CorpusError(
            f"The prior has no count for {len(lacking)} tokens, {', '.join(lacking[:5])} among them. Give every token of both sides a "
            "count above 0, for instance by adding their own counts to the prior's."
        )
    return weights, counts.sum(), f"given counts, {counts.sum():g} tokens"


def _several(values):
    return [values] if isinstance(values, str) else list(values)
