"""Two groups of letters: a letter counts once, whatever its length; matched by occasion where asked."""

import math
from typing import NamedTuple

import pandas as pd

from comity.contrasts.keyness import correct_p
from comity.contrasts.means import compare_matched_rates, compare_matched_means, compare_mean_rates, compare_means
from comity.contrasts.measures import (
    COUNTED_ONLY,
    PER,
    STYLE_UNITS,
    STYLES,
    UNIT,
    as_list,
    check_dimensions,
    measure_styles,
    measure_tone,
)
from comity.contrasts.views import describe_sides, see_letters
from comity.errors import CorpusError

COLUMNS = [
    "measure", "unit", "a", "b", "n_a", "n_b", "occasions", "contrast", "kind", "low", "high", "p", "p_corrected", "method", "covers",
    "comparable", "messages_a", "messages_b", "left_out",
]  # fmt: skip

NOT_STATED = ("not stated", "")

COVERS = "chance in which letters of each kind were written and published, if they were drawn one by one from many like them"
COVERS_MATCHED = "chance in which occasions there were, if they were drawn one by one from many like them"
COVERS_NOTHING = "nothing: there is no interval"
ONE_OCCASION = "one occasion, as without matching: "
NO_OCCASION = "none: on no occasion have both sides a value"


class Sides(NamedTuple):
    """The letters of each side with their occasions, which say nothing without matching."""

    a: pd.Series
    b: pd.Series
    matched: bool


def compare_groups(a, b, letters, dimensions=None, frames=("letter",), match=None, address="with", tone=None):
    """Compare two groups of letters by message, not by word: the difference of the mean values, a less b.

    ``a, b``: message ids; ``letters``: measurements, as `gather_letters` gives them. Each letter has its rate (terms in 100 words of the
    version that shows most of it in these frames), length and readability. For rates, limits and p come from Student's t over the letters,
    no narrower than the counts allow (`compare_mean_rates`); for length and readability from Welch (1947). ``match="occasion"``: only
    stated occasions that both sides have, in whatever year; the differences within occasions are averaged, each occasion counting
    once, with Student's t over occasions (`compare_matched_rates`); where only one is shared, its letters are compared as without
    matching. A letter without words in these frames is left out and named. Where of any letter only the words were counted, single
    words are compared in all, by the lexicon ``tone`` (see `measure_tone`).
    Columns out: ``measure, unit, a, b`` (mean values), ``n_a, n_b`` (letters), ``occasions`` (matched ones), ``contrast, kind``
    (difference), ``low, high`` (95 %, each measure by itself; NaN where a side has fewer than two letters, or length and readability have
    no spread), ``p`` (below 0.05 just where the interval leaves out 0), ``p_corrected`` (Holm 1979, over all rows), ``method, covers,
    comparable`` (yes, or how the letters of each side are seen), ``messages_a, messages_b, left_out`` (ids joined by |); one row a measure.
    Errors: CorpusError for a group without letters, a message in both, an unknown message or dimension, another ``match``.
    """
    if match not in (None, "occasion"):
        raise CorpusError(f"match is None or 'occasion', not {match!r}.")
    a, b, dimensions, frames = as_list(a), as_list(b), check_dimensions(dimensions, letters), as_list(frames)
    terms, counted = _measure_terms([*a, *b], letters, frames, address, tone)
    styles = measure_styles(letters, terms, frames).set_index("message_id", drop=False)
    sides = _find_sides(a, b, styles.index, letters, match)
    rows = [_compare_terms(name, terms[terms["dimension"] == name].set_index("message_id"), sides, counted) for name in dimensions]
    rows += [_compare_style(name, styles[name].dropna(), sides) for name in ("words", *STYLES)]
    views = see_letters(letters, styles).set_index("message_id")
    comparable = describe_sides(*(views.loc[side.index] for side in sides[:2]))
    left = [message for message in dict.fromkeys([*a, *b]) if message not in {*sides[0].index, *sides[1].index}]
    ids = {f"messages_{name}": "|".join(side.index) for name, side in zip("ab", sides[:2], strict=True)}
    table = pd.DataFrame(rows, columns=COLUMNS).assign(kind="difference", comparable=comparable, left_out="|".join(left), **ids)
    tested = table["p"].notna()
    return table.assign(p_corrected=pd.Series(correct_p(table.loc[tested, "p"], "holm"), table.index[tested], dtype="float64"))


def _measure_terms(messages, letters, frames, address, tone):
    """The terms of each letter, and whether only single words could be compared."""
    terms = measure_tone(letters, messages, frames, address)
    counted = bool(terms["counted"].any())
    return measure_tone(letters, messages, frames, words_only=True, tone=tone) if counted else terms, counted


def _find_sides(a, b, seen, letters, match):
    """The letters of each side that have a value; with matching those of shared occasions."""
    both = [message for message in a if message in set(b)]
    if both:
        raise CorpusError(f"The message {both[0]!r} is in both groups. Take it out of one.")
    occasions = letters.messages.set_index("message_id")["occasion"]
    sides = [occasions.reindex([message for message in dict.fromkeys(side) if message in seen]) for side in (a, b)]
    if match:
        shared = set(sides[0].dropna()) & set(sides[1].dropna()) - set(NOT_STATED)
        why = _list_occasions(sides)
        sides = [side[side.isin(shared)] for side in sides]
    for name, side in zip("ab", sides, strict=True):
        if side.empty:
            raise CorpusError(f"The group {name} has no letter {why if match else 'with words in these frames'}.")
    return Sides(*sides, match is not None)


def _list_occasions(sides):
    held = (f"{name}: {', '.join(sorted(set(side.dropna()))) or 'none'}" for name, side in zip("ab", sides, strict=True))
    return f"on a stated occasion that the other has too ({'; '.join(held)})"


def _pair(table, sides):
    """The rows of the letters of each side, an occasion at a time, where both have one; all together without matching."""
    held = [side[side.index.isin(table.index)] for side in sides[:2]]
    if not sides.matched:
        return [[table.loc[side.index] for side in held]]
    shared = [occasion for occasion in dict.fromkeys(held[0]) if occasion in set(held[1])]
    return [[table.loc[side.index[side == occasion]] for side in held] for occasion in shared]


def _compare_terms(name, terms, sides, counted):
    pairs = [[(rows["n"].to_numpy(), rows["words"].to_numpy() / PER) for rows in pair] for pair in _pair(terms, sides)]
    row = {"measure": name, "unit": UNIT} | _count([[n for n, _ in pair] for pair in pairs], sides)
    row |= _compare(pairs, sides, compare_mean_rates, compare_matched_rates)
    return row | {"covers": f"{row['covers']}; {COUNTED_ONLY}"} if counted else row


def _compare_style(name, values, sides):
    pairs = _pair(values, sides)
    row = {"measure": name, "unit": STYLE_UNITS[name]} | _count(pairs, sides)
    return row | _compare(pairs, sides, compare_means, compare_matched_means)


def _compare(pairs, sides, compare, compare_matched):
    """The comparison of the letters of two sides, or of their pairs by occasion."""
    if not pairs:
        return {"method": NO_OCCASION, "covers": COVERS_NOTHING}
    row = (compare_matched(pairs) if len(pairs) > 1 else compare(*pairs[0]))._asdict()
    if sides.matched and len(pairs) == 1:
        row["method"] = ONE_OCCASION + row["method"]
    covers = COVERS_MATCHED if len(pairs) > 1 else COVERS
    return row | {"covers": covers if row["p"] == row["p"] else COVERS_NOTHING}


def _count(pairs, sides):
    n = {f"n_{name}": sum(len(pair[side]) for pair in pairs) for side, name in enumerate("ab")}
    return n | {"occasions": len(pairs) if sides.matched else math.nan}
