"""How long is a letter, when only a part of it, or only a translation, was seen? Lengths with bounds."""

import math

import pandas as pd

from comity.errors import CorpusError
from comity.slots import is_reliable

# What the seen words say about the length of the whole text, by extent.
_WHOLE, _PART = ("full",), ("opening", "excerpt")


def measure_lengths(corpus):
    """Bound the length of each version in words: whole versions exactly, cut ones from below, others not at all.

    A length is that of the body in this version: its language and its speech belong to it. Words are whitespace
    tokens, salutation and close included, headline and agency narration left out.

    Columns out: ``message_id, version_id, language, speech, extent, trusted`` (not a translation of a translation),
    ``low, high`` (words; NaN where not known, an infinite ``high`` where the text goes on), ``length`` (the same in
    words: "263", "at least 263", "not known").

    >>> from comity import read_corpus
    >>> lengths = measure_lengths(read_corpus()).set_index("version_id")["length"]
    >>> lengths["kim-xi-2019-10-06__kcna-kcnawatch__en"]
    'at least 263'
    """
    seen = corpus.lengths.set_index("version_id")["whitespace_words"]
    columns = ["message_id", "version_id", "language", "speech", "extent", "words"]
    versions = corpus.versions[columns].assign(trusted=is_reliable(corpus.versions))
    counted = versions["words"].fillna(versions["version_id"].map(seen)).astype("Float64").astype(float)
    whole, part = versions["extent"].isin(_WHOLE), versions["extent"].isin(_PART)
    low = counted.where(whole | part)
    high = low.where(whole, math.inf).where(low.notna())
    said = [_in_words(*bounds) for bounds in zip(low, high)]
    return versions.drop(columns="words").assign(low=low, high=high, length=said)


def compare_lengths(earlier, later, corpus):
    """Compare two messages in length, each pair of their versions: shorter, longer, equal, or why it cannot be said.

    Two versions are comparable only in the same language and the same kind of speech: indirect speech and
    translation change a length by themselves. A cut text bounds its letter from below only.

    ``earlier`` and ``later`` are message ids. Columns out: ``earlier_version, later_version, language, relation`` (of
    the later to the earlier: shorter, longer, equal, at least as long, at most as long, undecided, not comparable),
    ``difference_low, difference_high`` (words, later minus earlier; NaN where not comparable), ``reason``.
    Raises CorpusError for a message that the record does not hold.

    >>> from comity import read_corpus
    >>> pairs = compare_lengths("kim-xi-2019-10-06", "kim-xi-2024-10-06", read_corpus())
    >>> set(pairs["relation"])
    {'not comparable'}
    """
    lengths = measure_lengths(corpus)
    first, second = (_of_message(message, lengths) for message in (earlier, later))
    rows = [_compare(one, other) for one in first for other in second]
    columns = ["earlier_version", "later_version", "language", "relation", "difference_low", "difference_high", "reason"]
    return pd.DataFrame(rows, columns=columns)


def _of_message(message_id, lengths):
    mine = lengths[lengths["message_id"] == message_id]
    if mine.empty:
        raise CorpusError(f"The record holds no version of a message {message_id!r}; see messages.csv for the ids.")
    return mine.to_dict("records")


def _compare(earlier, later):
    pair = {"earlier_version": earlier["version_id"], "later_version": later["version_id"]}
    obstacle = _obstacle(earlier, later)
    if obstacle:
        return pair | {"relation": "not comparable", "reason": obstacle}
    low, high = later["low"] - earlier["high"], later["high"] - earlier["low"]
    bounds = {"language": earlier["language"], "difference_low": low, "difference_high": high}
    reason = f"{earlier['length']} words before, {later['length']} words after, both in {earlier['speech']} speech"
    return pair | bounds | {"relation": _relation(low, high), "reason": reason}


def _obstacle(earlier, later):
    """What forbids the comparison, in the words of the page; empty where nothing does."""
    if earlier["language"] != later["language"]:
        return f"other language: {earlier['language']} and {later['language']}"
    for version in (earlier, later):
        if math.isnan(version["low"]):
            return f"length not known: {version['version_id']} is {_AS_SEEN[version['extent']]}"
    if earlier["speech"] != later["speech"]:
        return f"other speech: {earlier['speech']} and {later['speech']}"
    if earlier["speech"] not in ("direct", "indirect"):
        return f"other speech: both are {earlier['speech']}, and nobody says in which measure"
    if not (earlier["trusted"] and later["trusted"]):
        return "a translation of a translation"
    if earlier["extent"] in _PART and later["extent"] in _PART:
        return "both are cut"
    return ""


_AS_SEEN = {
    "full": "whole, but its words were not counted",
    "summary": "a summary, not the letter",
    "opening": "cut, and its words were not counted",
    "excerpt": "an excerpt, and its words were not counted",
    "mention": "only mentioned",
    "unknown": "of unknown extent",
}


def _relation(low, high):
    if low == high == 0:
        return "equal"
    if low > 0 or high < 0:
        return "longer" if low > 0 else "shorter"
    if low == 0 or high == 0:
        return "at least as long" if low == 0 else "at most as long"
    return "undecided"


def _in_words(low, high):
    if math.isnan(low):
        return "not known"
    return f"{low:.0f}" if low == high else f"at least {low:.0f}"
