"""The measures of single letters that contrasts compare: tone terms by dimension, length, sentences, readability."""

import pandas as pd

from comity.corpus.vocabularies import TONE_DIMENSIONS
from comity.errors import CorpusError
from comity.letters import choose_versions

ADDRESS = ("with", "without")
STYLES = ("mean_sentence", "flesch", "lix")
PER = 100

COUNTED_ONLY = "phrases and negations could not be seen on one side, so single words are compared"


def measure_tone(letters, messages=None, frames=("letter",), address="with", words_only=False, versions=None):
    """Measure the tone of letters: for each message and dimension, how many terms and how many in a hundred words.

    Negated terms do not count. Of each message the version is read that shows most of it in these frames, or the one of
    ``versions``. ``address``: whether terms inside forms of address count (with, without). ``words_only``: count terms of a
    single word only, as where only the words of a version were counted.

    Columns in: ``letters.tone, letters.lengths, letters.messages``. Columns out: ``message_id, version_id, dimension, n,
    words`` (of the version in these frames), ``rate`` (terms in 100 words; NaN without words), ``counted`` (whether only the
    words of the version were counted); one row a message and dimension, those without a term included.
    Errors: CorpusError for an unknown message, or a word that is not with or without.

    >>> from comity import read_corpus, read_measurements
    >>> from comity.letters import gather_letters
    >>> letters = gather_letters(read_measurements(), read_corpus())
    >>> tone = measure_tone(letters, ["kim-putin-2024-10-07", "kim-xi-2024-10-06"])
    >>> len(tone) == 2 * tone["dimension"].nunique()
    True
    """
    if address not in ADDRESS:
        raise CorpusError(f"address is {' or '.join(ADDRESS)}, not {address!r}: whether terms inside forms of address count.")
    chosen = choose_versions(letters, _ids(letters, messages), frames) if versions is None else _forced(letters, versions, frames)
    hits = letters.tone.merge(chosen[["message_id", "version_id"]], on=["message_id", "version_id"])
    hits = hits[hits["frame"].isin(frames)]
    counted = set(hits.loc[hits["start"].isna(), "version_id"])
    hits = hits[(hits["negated"] != "yes") & ((hits["address"] != "yes") | (address == "with"))]
    hits = hits[~hits["matched"].str.contains(r"\s")] if words_only else hits
    n = hits.groupby(["message_id", "dimension"]).size().rename("n").reset_index()
    grid = chosen.merge(pd.DataFrame({"dimension": list_dimensions(letters)}), how="cross").merge(n, "left", ["message_id", "dimension"])
    grid = grid.assign(n=grid["n"].fillna(0).astype("int64"), counted=grid["version_id"].isin(counted))
    grid = grid.assign(rate=PER * grid["n"] / grid["words"].where(grid["words"] > 0))
    return grid[["message_id", "version_id", "dimension", "n", "words", "rate", "counted"]]


def list_dimensions(letters):
    """The dimensions of tone: ours in their order, then those of another lexicon by name."""
    own = sorted(set(letters.tone["dimension"]) - set(TONE_DIMENSIONS))
    return [*TONE_DIMENSIONS, *own]


def measure_styles(letters, chosen, frames):
    """Length and readability of chosen versions, weighted by words over frames. One row a message, in the order of `chosen`."""
    rows = letters.lengths[letters.lengths["frame"].isin(frames)]
    rows = chosen[["message_id", "version_id"]].merge(rows, "left", ["message_id", "version_id"])
    weighted = rows.assign(**{name: rows[name] * rows["words"] for name in STYLES})
    # A measure that is not defined in one frame is not defined for the letter.
    sums = weighted.groupby("message_id", sort=False).agg(
        words=("words", "sum"), high=("high", "sum"), **{name: (name, lambda values: values.sum(skipna=False)) for name in STYLES}
    )
    return sums.assign(**{name: sums[name] / sums["words"] for name in STYLES}).reset_index()


def _ids(letters, messages):
    return list(letters.messages["message_id"]) if messages is None else list(dict.fromkeys(messages))


def _forced(letters, versions, frames):
    """The versions asked for, with the words that they have in these frames."""
    seen = letters.lengths[letters.lengths["frame"].isin(frames) & letters.lengths["version_id"].isin(list(versions.values()))]
    seen = seen.groupby(["message_id", "version_id"], as_index=False).agg(extent=("extent", "first"), words=("words", "sum"), high=("high", "sum"))
    wanted = pd.DataFrame({"message_id": list(versions), "version_id": list(versions.values())})
    found = wanted.merge(seen, "left", ["message_id", "version_id"])
    lacking = found[found["words"].isna()]
    if len(lacking):
        one = lacking.iloc[0]
        raise CorpusError(f"The version {one['version_id']!r} has no words of {one['message_id']} in the frames {', '.join(frames)}.")
    return found
