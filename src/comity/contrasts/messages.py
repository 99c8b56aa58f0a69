"""One letter against one letter: tone, length and readability, with intervals that one letter can bear."""

import math

import pandas as pd

from comity.contrasts.keyness import correct_p
from comity.contrasts.measures import COUNTED_ONLY, PER, STYLES, list_dimensions, measure_styles, measure_tone
from comity.contrasts.rates import compare_rates
from comity.errors import CorpusError

COLUMNS = [
    "measure", "unit", "a", "b", "count_a", "count_b", "n_a", "n_b", "contrast", "kind", "low", "high", "p", "p_corrected", "method",
    "covers", "comparable", "version_a", "version_b",
]  # fmt: skip

ONE_VALUE = "nothing: one letter has one value; to resample its sentences would say nothing of another letter"
KNOWN = "nothing: both letters are seen whole, and their words are counted, not estimated"
BOUNDED = "what was not seen: a letter that goes on may be longer"


def compare_messages(a, b, letters, dimensions=None, frames=("letter",), versions=None, method="exact", address="with"):
    """Compare one letter with another: tone by dimension, length, sentences and readability, a over or less b.

    ``a, b``: message ids; ``letters``: measurements, as `gather_letters` gives them; ``versions``: two version ids instead of
    those that show most; ``frames``: in whose words (letter: direct speech); ``method``: exact or bayes, see `compare_rates`;
    ``address``: with or without the terms inside forms of address.
    Columns out: ``measure, unit, a, b`` (values), ``count_a, count_b`` (terms), ``n_a, n_b`` (words), ``contrast`` and ``kind``
    (ratio, or difference), ``low, high`` (95 %), ``p, p_corrected`` (Holm 1979, over the dimensions), ``method``, ``covers``
    (what the interval covers), ``comparable`` (yes, or why not), ``version_a, version_b``; one row a measure.
    An interval of one letter against one letter never comes from resampling a letter: for counts it comes from their exposure,
    a length has bounds, and readability has none (NaN).
    Errors: CorpusError for an unknown message or dimension, and for a letter without words in these frames.

    >>> from comity import read_corpus, read_measurements
    >>> from comity.letters import gather_letters
    >>> letters = gather_letters(read_measurements(), read_corpus())
    >>> found = compare_messages("kim-putin-2024-10-07", "kim-xi-2024-10-06", letters).set_index("measure")
    >>> bool(found.loc["warmth", "low"] < found.loc["warmth", "contrast"] < found.loc["warmth", "high"])
    True
    """
    dimensions = _known(dimensions, letters)
    forced = None if versions is None else dict(zip((a, b), versions, strict=True))
    chosen = measure_tone(letters, [a, b], frames, address, versions=forced)
    for message in (a, b):
        _require_words(message, chosen, letters, frames)
    counted = bool(chosen["counted"].any())
    tone = measure_tone(letters, [a, b], frames, address, words_only=counted, versions=forced)
    tone = tone[tone["dimension"].isin(dimensions)].set_index(["message_id", "dimension"])
    rows = [_compare_tone(tone.loc[(a, name)], tone.loc[(b, name)], name, method, counted) for name in dimensions]
    corrected = correct_p([row["p"] for row in rows], "holm")
    rows = [row | {"p_corrected": p} for row, p in zip(rows, corrected, strict=True)]
    ids = tone.reset_index().drop_duplicates("message_id")[["message_id", "version_id"]]
    styles = measure_styles(letters, ids, frames).set_index("message_id")
    rows += _compare_styles(styles.loc[a], styles.loc[b])
    shown = ids.set_index("message_id")["version_id"]
    table = pd.DataFrame(rows, columns=COLUMNS)
    return table.assign(comparable=_comparable(styles.loc[a], styles.loc[b], frames), version_a=shown[a], version_b=shown[b])


def _known(dimensions, letters):
    known = list_dimensions(letters)
    unknown = [name for name in dimensions or () if name not in known]
    if unknown:
        raise CorpusError(f"There is no dimension {unknown[0]!r}. The lexicon has {', '.join(known)}.")
    return list(dimensions) if dimensions is not None else known


def _require_words(message, chosen, letters, frames):
    if message in set(chosen["message_id"]):
        return
    has = sorted(set(letters.lengths.loc[letters.lengths["message_id"] == message, "frame"]))
    other = f"It has words in the frames {', '.join(has)}." if has else "None of its words were measured."
    raise CorpusError(f"The message {message} has no words in the frames {', '.join(frames)}. {other}")


def _compare_tone(a, b, name, method, counted):
    found = compare_rates(int(a["n"]), float(a["words"]), int(b["n"]), float(b["words"]), method)
    return {
        "measure": name, "unit": f"terms in {PER} words", "a": a["rate"], "b": b["rate"], "count_a": a["n"], "count_b": b["n"],
        "n_a": a["words"], "n_b": b["words"], "contrast": found.ratio, "kind": "ratio", "low": found.low, "high": found.high,
        "p": found.p, "method": found.method, "covers": f"{found.covers}; {COUNTED_ONLY}" if counted else found.covers,
    }  # fmt: skip


def _compare_styles(a, b):
    """Length by bounds, sentences and readability by their difference; see `ONE_VALUE`."""
    whole = a["words"] == a["high"] and b["words"] == b["high"]
    bounds = (math.nan, math.nan) if whole else (_ratio(a["words"], b["high"]), _ratio(a["high"], b["words"]))
    length = {
        "measure": "words", "unit": "words", "a": a["words"], "b": b["words"], "contrast": a["words"] / b["words"], "kind": "ratio",
        "low": bounds[0], "high": bounds[1], "method": "counted" if whole else "bounds", "covers": KNOWN if whole else BOUNDED,
    }  # fmt: skip
    units = {"mean_sentence": "words", "flesch": "points, 0 to 100, more is easier", "lix": "points, more is harder"}
    others = [
        {"measure": name, "unit": units[name], "a": a[name], "b": b[name], "contrast": a[name] - b[name], "kind": "difference",
         "low": math.nan, "high": math.nan, "method": "the two values", "covers": ONE_VALUE}
        for name in STYLES
    ]  # fmt: skip
    return [row | {"n_a": a["words"], "n_b": b["words"], "p": math.nan, "p_corrected": math.nan} for row in [length, *others]]


def _ratio(above, below):
    """A bound of the ratio of lengths; a letter that may go on without end leaves 0 or infinity, an unknown one NaN."""
    if math.isnan(above) or math.isnan(below):
        return math.nan
    return 0.0 if math.isinf(below) else above / below


def _comparable(a, b, frames):
    """Yes, or what a reader must know before the two are compared."""
    if set(frames) == {"letter"}:
        return "yes" if a["words"] == a["high"] and b["words"] == b["high"] else "one letter is not seen whole in direct speech"
    return "direct and indirect speech are counted together" if "letter" in frames else "the letters are seen in indirect speech"
