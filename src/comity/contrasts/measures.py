"""The measures of single letters that contrasts compare: tone terms by dimension, length, sentences and readability."""

import pandas as pd

from comity.corpus.vocabularies import TONE_DIMENSIONS
from comity.errors import CorpusError
from comity.letters import choose_versions
from comity.letters.recorded import tone_of_counts
from comity.speech.languages import language_of
from comity.tone import read_tone

ADDRESS = ("with", "without")
READABILITY = ("flesch", "lix")
STYLES = ("mean_sentence", *READABILITY)
PER = 100

UNIT = f"terms in {PER} words"
STYLE_UNITS = {"words": "words", "mean_sentence": "words", "flesch": "points, more is easier", "lix": "points, more is harder"}

COUNTED_ONLY = (
    "of a letter only the words were counted, so single words are compared in all letters, negated ones and those in forms of address "
    "included"
)


def measure_tone(letters, messages=None, frames=("letter",), address="with", words_only=False, versions=None, tone=None):
    """Measure the tone of letters: for each message and dimension, how many terms and how many in a hundred words.

    Negated terms do not count. Of each message the version is read that shows most of it in these frames, a text before mere counts
    of words, or the one of ``versions`` (ids by message). ``address``: whether terms inside forms of address count (with, without).
    ``words_only``: count single words in the counts of words of all letters, as must be done to compare a letter of which only the
    words were counted with others: phrases, negations and forms of address cannot be seen in counts. ``tone``: the
    lexicon for these, where `gather_letters` was given another than ours.

    Columns in: ``letters.tone, letters.lengths, letters.token_counts, letters.messages``. Columns out: ``message_id, version_id,
    dimension, n, words`` (of the version in these frames), ``rate`` (terms in 100 words; NaN without words), ``counted`` (whether only
    the words of the version were counted); one row a message and dimension, those without a term included. Messages without words
    in these frames have no row, nor those that are held only in languages of which the lexicon knows no term: there is no zero of what
    could not be found.
    Errors: CorpusError for an unknown message or version, or a word that is not with or without.

    >>> from comity import read_corpus, read_measurements
    >>> from comity.letters import gather_letters
    >>> letters = gather_letters(read_measurements(), read_corpus())
    >>> tone = measure_tone(letters, ["kim-putin-2024-10-07", "kim-xi-2024-10-06"])
    >>> len(tone) == 2 * tone["dimension"].nunique()
    True
    """
    if address not in ADDRESS:
        raise CorpusError(f"address is {' or '.join(ADDRESS)}, not {address!r}: whether terms inside forms of address count.")
    frames, messages = as_list(frames), letters.messages["message_id"] if messages is None else as_list(messages)
    known = list_known_languages(letters, tone)
    chosen = choose_versions(letters, list(dict.fromkeys(messages)), frames, known) if versions is None else _forced(letters, versions, frames)
    keys = ["message_id", "version_id"]
    if words_only:
        counts = letters.token_counts.merge(chosen[keys], on=keys)
        hits = tone_of_counts(counts[counts["frame"].isin(frames)], read_tone() if tone is None else tone)
    else:
        hits = letters.tone.merge(chosen[keys], on=keys)
        hits = hits[hits["frame"].isin(frames) & (hits["negated"] != "yes")]
        hits = hits[hits["address"] != "yes"] if address == "without" else hits
    n = hits.groupby(["message_id", "dimension"]).size().rename("n").reset_index()
    dimensions = pd.DataFrame({"dimension": list_dimensions(letters)})
    grid = chosen.merge(dimensions, how="cross").merge(n, "left", ["message_id", "dimension"])
    grid = grid.assign(n=grid["n"].fillna(0).astype("int64"), words=grid["words"].astype("float64"))
    grid = grid.assign(rate=PER * grid["n"] / grid["words"].where(grid["words"] > 0), counted=grid["version_id"].isin(_counted(letters)))
    return grid[["message_id", "version_id", "dimension", "n", "words", "rate", "counted"]]


def list_known_languages(letters, tone=None):
    """The languages of which the lexicon of tone (``tone``; ours where none is given) knows terms, or terms were found in the letters."""
    found = letters.corpus.versions[letters.corpus.versions["version_id"].isin(letters.tone["version_id"])]
    return {*(read_tone() if tone is None else tone)["language"], *language_of(found)}


def list_dimensions(letters):
    """The dimensions of tone: ours in their order, then those of another lexicon by name."""
    return [*TONE_DIMENSIONS, *sorted(set(letters.tone["dimension"]) - set(TONE_DIMENSIONS))]


def check_dimensions(dimensions, letters):
    """The dimensions asked for, or all; CorpusError for one that the lexicon does not have."""
    known = list_dimensions(letters)
    asked = known if dimensions is None else list(dict.fromkeys(as_list(dimensions)))
    unknown = [name for name in asked if name not in known]
    if unknown:
        raise CorpusError(f"There is no dimension {unknown[0]!r}. The lexicon has {', '.join(known)}.")
    return asked


def measure_styles(letters, chosen, frames):
    """Length, sentences and readability of chosen versions; one row a message, in the order of ``chosen`` (``message_id, version_id``).

    Over several frames words and sentences add up, and readability is the mean by words. Columns out: ``message_id, version_id,
    words, high`` (the most the letter may have; NaN where unknown), ``sentences, mean_sentence`` (words), ``flesch, lix`` (NaN where a
    frame has none), ``frame`` (those with words, joined by +), ``extent``.
    """
    keys = ["message_id", "version_id"]
    rows = letters.lengths[letters.lengths["frame"].isin(as_list(frames))]
    rows = chosen[keys].drop_duplicates().merge(rows, on=keys).astype({"words": "float64", "sentences": "float64"})
    weighted = rows.assign(**{name: rows[name].astype("float64") * rows["words"] for name in READABILITY})
    # What is not known in one frame is not known of the letter.
    whole = {name: (name, lambda values: values.sum(skipna=False)) for name in ("words", "high", "sentences", *READABILITY)}
    said = {"frame": ("frame", lambda values: "+".join(sorted(set(values)))), "extent": ("extent", "first")}
    sums = weighted.groupby(keys, sort=False).agg(**whole, **said)
    means = {name: sums[name] / sums["words"] for name in READABILITY}
    sums = sums.assign(mean_sentence=sums["words"] / sums["sentences"].where(sums["sentences"] > 0), **means)
    return sums.reset_index()[[*keys, "words", "high", "sentences", *STYLES, "frame", "extent"]]


def as_list(values):
    """Several values, or one."""
    return [values] if isinstance(values, str) else list(values)


def _counted(letters):
    """The versions of which only the words were counted."""
    return set(letters.lengths.loc[letters.lengths["basis"] == "counts", "version_id"])


def _forced(letters, versions, frames):
    """The versions asked for, with the words that they have in these frames."""
    seen = letters.lengths[letters.lengths["frame"].isin(frames) & letters.lengths["version_id"].isin(list(versions.values()))]
    seen = seen.groupby(["message_id", "version_id"], as_index=False).agg(extent=("extent", "first"), words=("words", "sum"))
    wanted = pd.DataFrame({"message_id": list(versions), "version_id": list(versions.values())})
    found = wanted.merge(seen, "left", ["message_id", "version_id"])
    lacking = found[~(found["words"] > 0).fillna(False)]
    if len(lacking):
        one = lacking.iloc[0]
        raise CorpusError(f"The version {one['version_id']!r} has no words of {one['message_id']} in the frames {', '.join(frames)}.")
    return found
