"""Which words set the letters of one side apart from those of the other."""

from typing import NamedTuple

import numpy as np
import pandas as pd

from comity.contrasts.counts import as_id, read_counts, read_prior, several
from comity.contrasts.keyness import (
    correct_p,
    find_side,
    measure_log_likelihood,
    measure_log_ratio,
    measure_specificity,
    weigh_log_odds,
)
from comity.errors import CorpusError

# The prior weighs as much as one more letter of this many tokens, the same on each side.
PRIOR_WEIGHT = 500

# Of several languages that all letters have, the one in which most of what is published about them stands.
PREFERRED = "en"

HALF = "0 counted as 0.5"
TOO_SHORT = "no log ratio: the side without it is too short"


class Side(NamedTuple):
    """One side of the comparison: its words with their counts and messages, the rows they come from, versions, ids without words."""

    words: pd.DataFrame
    rows: pd.Index
    versions: list[str]
    unseen: list[str]


def compare_words(
    a, b, letters=None, *, token_counts=None, texts=None, frames=("letter",), language=None, prior=None, correction="holm", least=1
):
    """Compare the words of the letters of two sides: effect, evidence and dispersion of every word. Plus is side a.

    ``a, b``: message ids, or version ids to compare these versions; a list or one. Of a message the version with most
    tokens is read (the first by name where two have as many), so that copies and translations of one letter do not add up.
    All in one language: that in which every message has a version, English before others and then the one with most tokens;
    ``language`` names another, and messages without a version in it are left out. A language that is not known fits any.
    The counts come from one of: ``letters`` (Letters or Measurements), ``token_counts`` (columns ``token, n`` and ``message_id``
    or ``version_id`` or both, where known ``language`` and ``frame``; without ``frame`` all are read), ``texts`` (those of
    `split_frames`, parted into words as `count_tokens` does it). ``frames``: whose words are read; None: all.
    ``prior``: columns ``token, n``, a count above 0 for every token of both sides; by default the counts of both sides
    together, scaled to weigh 500 tokens. Tokens seen fewer than ``least`` times are left out, not from the totals.

    Columns out, one row a token, the largest |z| first: ``token, n_a, n_b, tokens_a, tokens_b`` (all tokens of the side),
    ``rate_a, rate_b`` (per 1,000 tokens), ``messages_a, messages_b`` (in how many it stands), ``log_ratio`` (Hardie
    2014; see ``note``), ``ll4`` (Dunning 1993), ``ll2`` (Rayson & Garside 2000), ``p_ll4`` (chi-squared, one degree of
    freedom, not corrected), ``log_odds, z`` (Monroe, Colaresi & Quinn 2008), ``specificity_p`` (Lafon 1980, one tail),
    ``p_corrected`` (twice that, since the counts choose the tail, corrected over all rows; NaN where ``correction`` is None),
    ``side`` (a, b or empty: where the rate is higher), ``note`` (on the log ratio), ``prior`` (its name). The variants:
    :mod:`comity.contrasts.keyness`. In ``attrs``: ``prior, correction, language`` (blank where none is known), ``left_out`` (tokens
    below ``least``), ``versions_a, versions_b`` (those read), ``unseen_a, unseen_b`` (ids of which no word was read). Raises
    CorpusError for a side without words, sides without a language in common, a message on both sides, a count that is no
    whole number from 0 on, and a prior without a token.

    >>> counts = pd.DataFrame({"message_id": ["x", "x", "y", "y"], "token": ["dear", "all", "sir", "all"], "n": [3, 5, 2, 6]})
    >>> compare_words("x", "y", token_counts=counts)[["token", "n_a", "n_b", "log_ratio", "side"]].round(2).values.tolist()
    [['dear', 3, 0, 2.58, 'a'], ['sir', 0, 2, -2.0, 'b'], ['all', 5, 6, -0.26, 'b']]
    """
    counts = read_counts(letters, token_counts, texts, frames)
    asked = [list(dict.fromkeys(map(as_id, several(ids)))) for ids in (a, b)]
    found = _find_versions(asked, counts)
    spoken = _choose_language(found) if language is None else language
    sides = [_read_side(name, *given, counts, frames, spoken) for name, *given in zip("ab", asked, found)]
    _require_apart(*sides, counts)
    words = pd.concat([side.words.add_suffix(f"_{name}") for name, side in zip("ab", sides)], axis=1).fillna(0).astype("int64")
    words = words.rename_axis("token").sort_index().reset_index()
    weights, prior_tokens, prior_name = _read_prior(prior, words)
    tokens = words["n_a"].sum(), words["n_b"].sum()
    kept = words["n_a"] + words["n_b"] >= least
    table = _measure(words[kept], *tokens, weights[kept], prior_tokens, correction).assign(prior=prior_name)
    ranked = table.assign(rank=table["z"].abs()).sort_values(["rank", "token"], ascending=[False, True], ignore_index=True)
    table = ranked.drop(columns="rank")
    table.attrs = {"prior": prior_name, "correction": correction, "language": spoken, "left_out": int((~kept).sum())}
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
        "log_odds": log_odds, "z": z, "specificity_p": p,
        "p_corrected": np.nan if correction is None else correct_p(np.minimum(1, 2 * p), correction),
        "side": np.array(["b", "", "a"])[side + 1], "note": np.where(np.isnan(log_ratio), TOO_SHORT, np.where(replaced, HALF, "")),
    })  # fmt: skip


def _find_versions(asked, counts):
    """For each side the versions of each id, with their tokens: of the message of this id, or where there is none the version itself."""
    versions = counts.groupby(["message_id", "version_id", "language"], as_index=False)["n"].sum()
    versions = versions[versions["n"] > 0]
    own = versions.assign(id=versions["version_id"])
    either = pd.concat([versions.assign(id=versions["message_id"]), own[~own["id"].isin(versions["message_id"])]])
    return [either[either["id"].isin(ids)] for ids in asked]


def _choose_language(found):
    """The language in which every id has a version, where languages are known."""
    both = pd.concat(found)
    known = both[both["language"] != ""]
    if known.empty:
        return ""
    ids = known["id"].nunique()
    shared = known.groupby("language").agg(ids=("id", "nunique"), n=("n", "sum")).query("ids == @ids")["n"]
    if shared.empty:
        raise CorpusError(_tell_apart(found, known))
    return PREFERRED if PREFERRED in shared.index else shared.idxmax()


def _tell_apart(found, known):
    """Why the sides cannot be compared, and what to do."""
    told = "; ".join(f"side {name} has {_tell_languages(side)}" for name, side in zip("ab", found))
    some = known[known["language"].isin(set.intersection(*(set(side["language"]) for side in found)))]
    remedy = "Name messages or versions that have a language in common"
    if len(some):
        ids = some.groupby("language")["id"].nunique()
        one = PREFERRED if PREFERRED in ids.index else ids.idxmax()
        remedy += f", or say which to read: language={one!r} leaves out the messages that have no version in it"
    return f"Words of different languages cannot be compared: {told}. {remedy}."


def _tell_languages(side, most=3):
    """Some of the ids with the languages of their versions."""
    spoken = side[side["language"] != ""].groupby("id", sort=False)["language"].agg(lambda those: ", ".join(sorted(set(those))))
    told = [f"{one} ({those})" for one, those in spoken.head(most).items()]
    return ", ".join(told + [f"{len(spoken) - most} more"] * (len(spoken) > most)) or "none that is known"


def _read_side(name, ids, found, counts, frames, language):
    """The words of a side: of each id the version with most tokens in the language."""
    found = found[found["language"].isin([language, ""])] if language else found
    tokens = found.groupby(["id", "version_id"], as_index=False)["n"].sum()
    best = tokens.sort_values(["n", "version_id"], ascending=[False, True]).drop_duplicates("id")
    read = found.merge(best[["id", "version_id"]])[["id", "message_id", "version_id"]].drop_duplicates()
    if read.empty:
        inside = "" if frames is None else f" in the frames {', '.join(several(frames))}"
        inside += f" in the language {language}" if language else ""
        raise CorpusError(
            f"Side {name} has no words: of {', '.join(map(repr, ids)) or 'no message'} none is counted{inside}. Check the ids; frames=None "
            "reads the words of all voices; texts that are letters themselves need kind='letter'."
        )
    order = {one: number for number, one in enumerate(ids)}
    rows = counts.reset_index(names="row").merge(read, on=["message_id", "version_id"])
    rows = rows[rows["n"] > 0].sort_values("id", key=lambda those: those.map(order), kind="stable").drop_duplicates("row").set_index("row")
    words = rows.groupby("token").agg(n=("n", "sum"), messages=("id", "nunique"))
    have = set(read["id"])
    return Side(words, rows.index, list(dict.fromkeys(rows["version_id"])), [one for one in ids if one not in have])


def _require_apart(first, second, counts):
    shared = counts.loc[first.rows.intersection(second.rows), "message_id"].unique()
    if len(shared):
        raise CorpusError(f"A message cannot stand on both sides; take it out of one: {', '.join(shared)}.")


def _read_prior(prior, words):
    """The prior's count of each word, its sum over all words, and its name."""
    if prior is None:
        pooled = words["n_a"] + words["n_b"]
        return PRIOR_WEIGHT * (pooled / pooled.sum()), PRIOR_WEIGHT, f"counts of both sides together, weighing {PRIOR_WEIGHT} tokens"
    counts = read_prior(prior)
    weights = words["token"].map(counts).fillna(0)
    lacking = words.loc[weights <= 0, "token"]
    if len(lacking):
        raise CorpusError(
            f"The prior has no count for {len(lacking)} tokens, {', '.join(lacking[:5])} among them. Give every token of both sides a "
            "count above 0, for instance by adding their own counts to the prior's."
        )
    return weights, counts.sum(), f"given counts, {counts.sum():g} tokens"
