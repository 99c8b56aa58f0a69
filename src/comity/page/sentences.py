"""Sentences that are bound to values: `say` and `claim`."""

from __future__ import annotations

import operator
from dataclasses import dataclass
from string import Formatter

import numpy as np
import pandas as pd

from comity.errors import ClaimError
from comity.page.outputs import Output
from comity.page.text import Phrase, attribute, readable
from comity.page.values import marked, undefined, worded

RELATIONS = {"==": operator.eq, "!=": operator.ne, "<": operator.lt, "<=": operator.le, ">": operator.gt,
             ">=": operator.ge, "in": lambda left, right: left in right, "not in": lambda left, right: left not in right}
UNSAYABLE = (bool, np.bool_, dict, set, frozenset, pd.DataFrame, pd.Series, pd.Index, np.ndarray, type)


@dataclass(frozen=True, repr=False)
class Sentence(Output):
    """A sentence that was true when it was written; `+` joins it to the next one in the same paragraph."""

    def __add__(self, other: "Sentence") -> "Sentence":
        html = self.html.removesuffix("</p>") + " " + other.html.removeprefix('<p class="say">')
        return Sentence(html, f"{self.text} {other.text}", self.kind)


def say(sentence: str, *, evidence: str | None = None, **values) -> Sentence:
    """A sentence with its values: `{name}` in the sentence takes the value passed under that name.

    Whole numbers get thousands separators, dates read "6 October 2024"; `{n:words}`, `{n:letter|letters}` and other
    specifications are in `comity.page.values.worded`. `evidence` is the id of the table on this page that the values
    lead to. Raises ClaimError where a value is missing, unused, undefined (None, NaN, NaT, NA, infinite, blank) or
    typed into the sentence as a digit.

    >>> say("{who} wrote {n:words letter|letters}.", who="Kim", n=3)
    Kim wrote three letters.
    """
    _refuse_typed_digits(sentence)
    fields = _fields(sentence)
    _refuse_unmatched(sentence, {name for _, name, _ in fields if name}, values)
    _refuse_undefined(sentence, values)
    return _written(sentence, fields, values, evidence)


def claim(sentence: str, left, relation: str, right, *, evidence: str | None = None, **values) -> Sentence:
    """The sentence as `say` says it, but only while `left relation right` is true.

    `relation` is one of == != < <= > >= in, not in. The sentence may use `{left}` and `{right}`. Raises ClaimError
    where the relation has stopped being true or a side is undefined.

    >>> claim("{a} wrote more often than {b}.", 5, ">", 3, a="Kim", b="Xi")
    Kim wrote more often than Xi.
    """
    _refuse_typed_digits(sentence)
    fields = _fields(sentence)
    used = {name for _, name, _ in fields if name}
    sides = {"left": left, "right": right}
    given = {name: side for name, side in sides.items() if name in used} | values
    _refuse_unmatched(sentence, used, given)
    _refuse_undefined(sentence, values | sides)
    said = _written(sentence, fields, given, evidence)
    if not _holds(said.text, left, relation, right):
        raise ClaimError(
            f"This sentence is no longer true: “{said.text}”\n"
            f"It needs: {_shown(left)} {relation} {_shown(right)}. With the data as they are now, that is false.\n"
            "What to do: if the data are right, rewrite or remove the sentence; if it should be true, look for the "
            "mistake in the data or in the lines above it."
        )
    return said


def _fields(sentence: str) -> list[tuple[str, str | None, str]]:
    try:
        parsed = [(literal, name, spec or "") for literal, name, spec, _ in Formatter().parse(sentence)]
    except ValueError as error:
        raise ClaimError(f"The sentence “{sentence}” has an unbalanced brace ({error}). Close it, or double it.")
    for _, name, spec in parsed:
        if name is not None and not (name.isidentifier() and "{" not in spec):
            raise ClaimError(f"The sentence “{sentence}” has {{{name}}}: a value needs a plain name, as in {{letters}}.")
    return parsed


def _refuse_typed_digits(sentence: str) -> None:
    literal = "".join(text for text, _, _ in _fields(sentence))
    typed = "".join(c if c.isdigit() else " " for c in literal).split()
    if typed:
        raise ClaimError(f"The sentence “{sentence}” has {typed[0]} typed into it, which nothing checks. "
                         f"Pass it as a value: say(\"... {{year}} ...\", year={typed[0]}).")


def _refuse_unmatched(sentence: str, used: set[str], values: dict) -> None:
    for name in sorted(used - set(values)):
        raise ClaimError(f"The sentence “{sentence}” has no value for {{{name}}}. Pass it: say(..., {name}=...).")
    for name in sorted(set(values) - used):
        raise ClaimError(f"The sentence “{sentence}” does not use {name}={_shown(values[name])}. "
                         f"Put {{{name}}} into the sentence, or take {name} away.")


def _refuse_undefined(sentence: str, values: dict) -> None:
    for name, value in values.items():
        reason = undefined(value)
        if reason:
            raise ClaimError(f"The sentence “{sentence}” cannot be said: {name} is {reason}. Find out why the data do "
                             f"not give {name}, or say instead that it is not known.")


def _written(sentence: str, fields: list, values: dict, evidence: str | None) -> Sentence:
    html, text = "", ""
    leading = _leading(values)
    for literal, name, spec in fields:
        html, text = html + readable(literal), text + literal
        if name is not None:
            words = _worded(sentence, name, values[name], spec)
            value = marked(values[name], words)
            html, text = html + (_linked(value, evidence) if name in leading else value), text + words
    if not leading:  # without values the sentence itself leads to its evidence
        html = _linked(html, evidence)
    return Sentence(f'<p class="say">{html}</p>', text, "sentence")


def _leading(values: dict) -> list[str]:
    """The values that lead to the evidence: the numbers and dates, or all where there are none."""
    counted = [name for name, value in values.items() if not isinstance(value, (str, Phrase, list, tuple))]
    return counted or list(values)


def _worded(sentence: str, name: str, value, spec: str) -> str:
    if isinstance(value, UNSAYABLE) or callable(value) or type(value).__repr__ is object.__repr__:
        raise ClaimError(f"The sentence “{sentence}” cannot say {name}: it is a {type(value).__name__}, not a single "
                         "value. Pass a number, a date, a name, a phrase, or a list of these.")
    try:
        return worded(value, spec, name)
    except (ValueError, TypeError) as error:
        raise ClaimError(f"The sentence “{sentence}” cannot write {name}={_shown(value)} as {{{name}:{spec}}}: {error}.")


def _linked(html: str, evidence: str | None) -> str:
    return f'<a class="evidence" href="#{attribute(evidence)}">{html}</a>' if evidence else html


def _holds(text: str, left, relation: str, right) -> bool:
    if relation not in RELATIONS:
        raise ClaimError(f"“{text}” cannot be checked: {relation!r} is not a relation. Use one of "
                         f"{', '.join(RELATIONS)}.")
    if isinstance(right, (pd.Series, pd.Index)):
        right = list(right)
    try:
        result = RELATIONS[relation](left, right)
    except (TypeError, ValueError) as error:
        result = error
    if not isinstance(result, (bool, np.bool_)):
        raise ClaimError(f"“{text}” cannot be checked: {_shown(left)} {relation} {_shown(right)} is neither true nor "
                         f"false ({result}). Compare two values of the same kind.")
    return bool(result)


def _shown(value) -> str:
    text = ", ".join(map(str, value)) if isinstance(value, (list, tuple, pd.Series)) else str(value)
    text = f"“{text}”" if isinstance(value, str) else text
    return text if len(text) <= 200 else text[:200] + " ..."
