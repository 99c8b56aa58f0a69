"""The contrasts in words: what a button says, what stands beside it, and what the intervals cover."""

from __future__ import annotations

import math

from comity.contrasts.measures import UNIT
from comity.page.text import readable
from comity.page.values import worded

CALLED = {"mean_sentence": "words a sentence", "flesch": "reading ease (Flesch)", "lix": "difficulty (LIX)", "words": "length in words"}


def say_number(value, spec: str = "") -> str:
    """A number as a reader knows it; a dash where there is none.

    >>> say_number(math.nan), say_number(math.inf), say_number(1.2345)
    ('–', '∞', '1.23')
    """
    number = float(value)
    if math.isnan(number):
        return "–"
    return "∞" if math.isinf(number) else worded(number, spec)


def say_measure(row: dict) -> str:
    """What is measured: a dimension of tone by its own name."""
    return row["measure"] if row["unit"] == UNIT else CALLED.get(row["measure"], row["measure"])


def say_value(row: dict, side: str) -> str:
    """The value of one side: of tone how many words, in how many; else the number itself.

    >>> say_value({"unit": UNIT, "count_a": 10.0, "n_a": 273.0, "a": 3.66}, "a")
    '10 in 273 words'
    """
    if row["unit"] == UNIT:
        return f"{say_number(row[f'count_{side}'])} in {say_number(row[f'n_{side}'])} words"
    return say_number(row[side])


def say_contrast(row: dict) -> str:
    """The contrast with its interval and p: "1.9 times (0.6 to 7.2), p 0.30, corrected 1.00".

    >>> say_contrast({"kind": "difference", "contrast": -2.5, "low": math.nan, "high": math.nan, "p": math.nan, "p_corrected": math.nan})
    '−2.5'
    """
    found = _rough(row["contrast"]) + (" times" if row["kind"] == "ratio" and not math.isnan(row["contrast"]) else "")
    interval = "" if math.isnan(row["low"]) and math.isnan(row["high"]) else f" ({_rough(row['low'])} to {_rough(row['high'])})"
    p = "" if math.isnan(row["p"]) else f", p {_chance(row['p'])}, corrected {_chance(row['p_corrected'])}"
    return found + interval + p


def _rough(number: float) -> str:
    """Two digits: one letter against one bears no more."""
    return say_number(float(f"{number:.2g}"))


def _chance(p: float) -> str:
    return "below 0.001" if p < 0.001 else say_number(p, ".2f" if p >= 0.01 else ".3f")


def covers_html(contrasts) -> str:
    """How the two letters can be compared at all, and what the intervals cover: once each."""
    comparable, covers = contrasts["comparable"].iloc[0], list(dict.fromkeys(contrasts["covers"]))
    told = "".join(f"<li>{readable(words[:1].upper() + words[1:])}.</li>" for words in covers)
    first = "Both are seen alike." if comparable == "yes" else f"They are seen differently: {readable(comparable)}."
    return f'<p>{first}</p><details><summary>What the intervals cover</summary><ul class="covers">{told}</ul></details>'
