"""One letter against one letter: tone, length and readability, with intervals that one letter can bear."""

import math

import pandas as pd

from comity.contrasts.keyness import correct_p
from comity.contrasts.measures import COUNTED_ONLY, STYLE_UNITS, STYLES, UNIT, as_list, check_dimensions, measure_styles, measure_tone
from comity.contrasts.rates import compare_rates
from comity.contrasts.views import describe_sides, see_letters
from comity.errors import CorpusError

COLUMNS = [
    "measure", "unit", "a", "b", "count_a", "count_b", "n_a", "n_b", "contrast", "kind", "low", "high", "p", "p_corrected", "method",
    "covers", "comparable", "version_a", "version_b",
]  # fmt: skip

ONE_VALUE = "nothing: one letter has one value; to resample its sentences would say nothing of another letter"
KNOWN = "nothing: both letters are seen whole, and their words are counted, not estimated"
BOUNDED = "what was not seen: a letter that goes on may be longer"
UNBOUNDED = "nothing: a summary does not bound the length of its letter"


def compare_messages(a, b, letters, dimensions=None, frames=("letter",), versions=None, method="exact", address="with", tone=None):
    """Compare one letter with another: tone by dimension, length, sentences and readability, a over or less b.

    ``a, b``: message ids; ``letters``: measurements, as `gather_letters` gives them; ``versions``: two version ids instead of those that
    show most; ``frames``: in whose words (letter: direct speech; where one letter is known in speech of both kinds only, ("letter",
    "mixed") brings both together, and ``comparable`` says so); ``method``: exact or bayes, see `compare_rates`; ``address``: with or
    without the terms inside forms of address. Where of one letter only the words were counted, single words are compared in both, by
    the lexicon ``tone`` (see `measure_tone`).
    Columns out: ``measure, unit, a, b`` (values), ``count_a, count_b`` (terms), ``n_a, n_b`` (words; of mean_sentence sentences),
    ``contrast`` and ``kind`` (ratio, or difference), ``low, high`` (95 %, each measure by itself), ``p, p_corrected`` (Holm 1979, over the
    dimensions; NaN for bayes, which gives no p value of a test), ``method``, ``covers`` (what the interval covers and what not),
    ``comparable`` (yes, or what stands between the two versions), ``version_a, version_b``; one row a measure.
    An interval of one letter against one letter never comes from resampling a letter: for counts it comes from their exposure, a length
    has bounds (none where both are seen whole), and readability has none (NaN).
    Errors: CorpusError for an unknown message, version, method or dimension, one message on both sides, a letter without words in these
    frames.

    >>> from comity import read_corpus, read_measurements
    >>> from comity.letters import gather_letters
    >>> letters = gather_letters(read_measurements(), read_corpus())
    >>> found = compare_messages("kim-putin-2024-10-07", "kim-xi-2024-10-06", letters).set_index("measure")
    >>> found.loc[["warmth", "words"], "method"].tolist()
    ['exact, given the total of both letters (Clopper and Pearson 1934)', 'counted']
    """
    dimensions, frames = check_dimensions(dimensions, letters), as_list(frames)
    forced = _pair(a, b, versions)
    read = {"frames": frames, "versions": forced, "tone": tone, "address": address}
    chosen = measure_tone(letters, [a, b], **read)
    for message in (a, b):
        _require_words(message, chosen, letters, frames)
    counted = bool(chosen["counted"].any())
    terms = measure_tone(letters, [a, b], words_only=True, **read) if counted else chosen
    terms = terms.set_index(["message_id", "dimension"])
    rows = _correct([_compare_tone(terms.loc[(a, name)], terms.loc[(b, name)], name, method, counted) for name in dimensions], method)
    styles = measure_styles(letters, chosen, frames).set_index("message_id", drop=False)
    table = pd.DataFrame([*rows, *_compare_styles(styles.loc[a], styles.loc[b])], columns=COLUMNS)
    views = see_letters(letters, styles).set_index("message_id")
    comparable = describe_sides(views.loc[[a]], views.loc[[b]])
    return table.assign(comparable=comparable, version_a=styles["version_id"][a], version_b=styles["version_id"][b])


def _pair(a, b, versions):
    """The versions asked for, by message."""
    if a == b:
        raise CorpusError(f"The message {a!r} stands on both sides. Two versions of one message are no two letters.")
    if versions is None:
        return None
    if len(as_list(versions)) != 2:
        raise CorpusError(f"versions are two ids, one of {a} and one of {b}, not {versions!r}.")
    return dict(zip((a, b), versions, strict=True))


def _require_words(message, chosen, letters, frames):
    if message in set(chosen["message_id"]):
        return
    has = sorted(set(letters.lengths.loc[(letters.lengths["message_id"] == message) & (letters.lengths["words"] > 0), "frame"]))
    if set(frames) & set(has):
        raise CorpusError(f"The tone of {message} cannot be measured: the lexicon of tone knows no term of the languages in which it is held.")
    other = f"It has words in the frames {', '.join(has)}." if has else "None of its words were measured."
    raise CorpusError(f"The message {message} has no words in the frames {', '.join(frames)}. {other}")


def _compare_tone(a, b, name, method, counted):
    found = compare_rates(a["n"], a["words"], b["n"], b["words"], method)
    return {
        "measure": name, "unit": UNIT, "a": a["rate"], "b": b["rate"], "count_a": a["n"], "count_b": b["n"],
        "n_a": a["words"], "n_b": b["words"], "contrast": found.ratio, "kind": "ratio", "low": found.low, "high": found.high,
        "p": found.p, "method": found.method, "covers": f"{found.covers}; {COUNTED_ONLY}" if counted else found.covers,
    }  # fmt: skip


def _correct(rows, method):
    if method == "bayes":
        return rows
    corrected = correct_p([row["p"] for row in rows], "holm")
    return [row | {"p_corrected": p} for row, p in zip(rows, corrected, strict=True)]


def _compare_styles(a, b):
    """Length by bounds, sentences and readability by their difference; see `ONE_VALUE`."""
    rows = [{"measure": "words", "contrast": a["words"] / b["words"], "kind": "ratio"} | _bound(a, b)]
    for name in STYLES:
        rows.append({"measure": name, "contrast": a[name] - b[name], "kind": "difference", "method": "the two values", "covers": ONE_VALUE})
    for row in rows:
        name, n = row["measure"], "sentences" if row["measure"] == "mean_sentence" else "words"
        row |= {"unit": STYLE_UNITS[name], "a": a[name], "b": b[name], "n_a": a[n], "n_b": b[n]}
    return rows


def _bound(a, b):
    """The bounds of the ratio of lengths: what is seen bounds a letter from below, a letter seen whole also from above."""
    if math.isnan(a["high"]) or math.isnan(b["high"]):
        return {"method": "none", "covers": UNBOUNDED}
    if a["words"] == a["high"] and b["words"] == b["high"]:
        return {"method": "counted", "covers": KNOWN}
    return {"low": a["words"] / b["high"], "high": a["high"] / b["words"], "method": "bounds", "covers": BOUNDED}
