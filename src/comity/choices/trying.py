"""The same question under every combination of reasonable choices: a specification curve as a table."""

import itertools
import math
import operator
from collections.abc import Mapping

import pandas as pd

from comity.errors import CorpusError

FOUND = ("estimate", "low", "high", "n", "answer", "sure", "usual", "reason")
ANSWERS = ("holds", "does not hold", "cannot be asked")
_RELATIONS = {">": operator.gt, ">=": operator.ge, "<": operator.lt, "<=": operator.le, "==": operator.eq, "!=": operator.ne}


def try_choices(question, choices, relation=">", value=0):
    """Ask one question under every combination of choices, and say in which of them the answer holds.

    The specification curve of Simonsohn, Simmons & Nelson (2020, Nature Human Behaviour 4); every combination counts the same, as in
    the multiverse of Steegen and others (2016, Perspectives on Psychological Science 11).

    In: ``question``, a function that takes each choice by its name and returns the answer: a number, or a mapping (a dict, a
    row of a table) with ``estimate`` and where known ``low, high, n``; ``choices``, for each name of a choice its values, a list or a
    mapping from what they are called to what the question takes, the first of each the usual one; ``relation`` (one of > >= < <= ==
    !=) and ``value``: the answer holds where the estimate stands in this relation to the value.
    Columns out: a column a choice (what the value is called), ``estimate, low, high, n`` (NaN where not known), ``answer``
    (holds; does not hold; cannot be asked: the question raised CorpusError or gave no number), ``sure`` (whether the interval
    leaves the value out, on whichever side; yes, no, blank where there is none), ``usual`` (whether all choices are the
    first of theirs), ``reason`` (why it cannot be asked); one row a combination, the smallest estimate first.
    Errors: CorpusError where there is no choice, or a choice without values; where the answer is no number.

    >>> table = try_choices(lambda unit, side: side / unit, {"unit": {"words": 1, "sentences": 10}, "side": [1, -1]})
    >>> table[["unit", "side", "estimate", "answer"]].values.tolist()[0]
    ['words', '-1', -1.0, 'does not hold']
    """
    if relation not in _RELATIONS:
        raise CorpusError(f"The relation is one of {' '.join(_RELATIONS)}, not {relation!r}.")
    named = {name: _named(name, values) for name, values in choices.items()} if isinstance(choices, Mapping) else {}
    if not named:
        raise CorpusError("Name at least one choice with its values, as a mapping: {'unit': ['words', 'sentences']}.")
    rows = []
    for combination in itertools.product(*(values.items() for values in named.values())):
        asked = dict(zip(named, combination, strict=True))
        found = _ask(question, {name: taken for name, (_, taken) in asked.items()})
        called = {name: label for name, (label, _) in asked.items()}
        usual = all(label == next(iter(named[name])) for name, label in called.items())
        rows.append(called | _answered(found, relation, value) | {"usual": usual})
    table = pd.DataFrame(rows, columns=[*named, *FOUND])
    return table.sort_values("estimate", kind="stable", na_position="last", ignore_index=True)


def summarise_choices(table):
    """Say of each choice in how many combinations the answer holds, and how often the choice alone turns it.

    Columns in: as `try_choices` gives them, all rows. Columns out: ``choice, taken`` (its value), ``combinations`` (those that could be asked),
    ``unasked`` (those that could not), ``holds`` (of those that could), ``share``, ``turns`` (combinations in which this value alone turns the answer of the usual value of the same choice,
    all else the same), ``compared`` (combinations in which both could be asked); one row a choice and value, in the order in which
    they first appear with the usual values first. The choice that breaks an answer is the one that turns it most often.

    >>> table = try_choices(lambda unit, side: side / unit, {"unit": {"words": 1, "sentences": 10}, "side": [1, -1]})
    >>> summarise_choices(table)[["choice", "taken", "holds", "turns", "compared"]].values.tolist()
    [['unit', 'words', 1, 0, 0], ['unit', 'sentences', 1, 0, 2], ['side', '1', 2, 0, 0], ['side', '-1', 0, 2, 2]]
    """
    if "usual" not in table or not table["usual"].any():
        raise CorpusError("The table lacks the combination of usual choices. Give it as try_choices made it, with every row.")
    choices = list(table.columns[: list(table.columns).index("estimate")])
    usual = table[table["usual"]].iloc[0]
    asked = table[table["answer"] != "cannot be asked"]
    rows = []
    for name in choices:
        values = sorted(dict.fromkeys(table[name]), key=lambda taken: taken != usual[name])
        unasked = table.loc[table["answer"] == ANSWERS[2], name].value_counts()
        rows += [_of_value(asked, choices, name, taken, usual[name]) | {"unasked": unasked.get(taken, 0)} for taken in values]
    return pd.DataFrame(rows, columns=["choice", "taken", "combinations", "unasked", "holds", "share", "turns", "compared"])


def _of_value(asked, choices, name, taken, usual):
    mine = asked[asked[name] == taken]
    holds = int((mine["answer"] == "holds").sum())
    others = [choice for choice in choices if choice != name]
    pairs = mine.merge(asked[asked[name] == usual], on=others, suffixes=("", "_usual")) if others else _beside(mine, asked[asked[name] == usual])
    pairs = pairs if taken != usual else pairs.iloc[:0]
    turns = int((pairs["answer"] != pairs["answer_usual"]).sum())
    share = holds / len(mine) if len(mine) else math.nan
    return {"choice": name, "taken": taken, "combinations": len(mine), "holds": holds, "share": share, "turns": turns, "compared": len(pairs)}


def _beside(mine, usual):
    return mine.merge(usual, how="cross", suffixes=("", "_usual"))


def _named(name, values):
    """What the values of a choice are called, and what the question takes."""
    named = list(values.items()) if isinstance(values, Mapping) else [(value, value) for value in values]
    labels = [str(label) for label, _ in named]
    if not named:
        raise CorpusError(f"The choice {name!r} has no values. Give at least one, the usual one first.")
    if name in FOUND:
        raise CorpusError(f"A choice cannot be called {name!r}: the table has a column of that name. Call it otherwise.")
    if len(set(labels)) < len(labels):
        raise CorpusError(f"Two values of the choice {name!r} are called alike. Give a mapping from different labels to the values.")
    return dict(zip(labels, (value for _, value in named), strict=True))


def _ask(question, asked):
    """The answer as a mapping; where the question cannot be asked, the reason."""
    try:
        found = question(**asked)
    except CorpusError as error:
        return {"estimate": math.nan, "reason": str(error)}
    return dict(found) if isinstance(found, (Mapping, pd.Series)) else {"estimate": found}


def _answered(found, relation, value):
    numbers = {name: _number(found.get(name)) for name in ("estimate", "low", "high", "n")}
    estimate, low, high, row = numbers["estimate"], numbers["low"], numbers["high"], numbers | {"reason": found.get("reason", "")}
    if math.isnan(estimate):
        return row | {"answer": ANSWERS[2], "sure": "", "reason": row["reason"] or "the question has no number for an answer"}
    holds = bool(_RELATIONS[relation](estimate, value))
    return row | {"answer": ANSWERS[0] if holds else ANSWERS[1], "sure": _is_sure(low, high, value)}


def _number(value):
    """A number of any kind; NaN where there is none."""
    if value is None or value is pd.NA:
        return math.nan
    try:
        return float(value)
    except (TypeError, ValueError) as error:
        raise CorpusError(f"The question answers {value!r}, which is no number. Return a number, or a mapping with an estimate.") from error


def _is_sure(low, high, value):
    if math.isnan(low) or math.isnan(high):
        return ""
    return "yes" if low > value or high < value else "no"
