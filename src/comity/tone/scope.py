"""What turns a term around: "no longer friends" is no warmth. Which words negate, how far they reach, and what ends their reach."""

import re
from typing import NamedTuple

import pandas as pd

from comity.lexicons import Hit, Matcher

# Marks at which a clause ends.
_CLAUSE_ENDS = re.compile(r"[,;:.!?()\[\]—–、，。；：！？]|\s-{1,2}\s")
_WORD = re.compile(r"[\u3400-\u9fff]|[^\W\d_\u3400-\u9fff]+(?:[-'’][^\W\d_]+)*")

# How many words may stand between a negation and a term where the lexicon does not say.
USUAL_REACH = 3


class Mark(NamedTuple):
    """A word of scope: what it does, and how many words it reaches."""

    kind: str
    reach: int


class Scope:
    """The words of scope of one language, made ready: which terms of a sentence are negated.

    A term is negated where an odd number of negations reach it: "not without warmth" is warm. A negation reaches a term in
    the same clause with at most ``reach`` words between; words such as "but" end its reach. "not only" is no negation.
    """

    def __init__(self, scope: pd.DataFrame, language: str):
        rows = scope[scope["language"] == language]
        marks = [
            (term, Mark(kind, int(reach) if reach.strip().isdigit() else USUAL_REACH))
            for term, kind, reach in rows[["term", "kind", "reach"]].itertuples(index=False)
        ]
        self.matcher = Matcher(marks, language)

    def negated(self, sentence: str, hits: list[Hit]) -> list[bool]:
        """Whether each hit of a sentence is negated."""
        marks = self.matcher.find(sentence)
        if not marks:
            return [False] * len(hits)
        return [_is_negated(hit, marks, sentence) for hit in hits]


def _is_negated(hit: Hit, marks: list[Hit], sentence: str) -> bool:
    """An odd number of negations before it, each in reach of the one after it; or one behind it."""
    start, count = hit.start, 0
    for mark in reversed([mark for mark in marks if mark.end <= hit.start]):
        if mark.code.kind == "negates" and _reaches(sentence, mark.end, start, mark.code.reach):
            count, start = count + 1, mark.start
        elif mark.code.kind in ("ends", "keeps") or mark.end <= start:
            break
    behind = next((mark for mark in marks if mark.start >= hit.end), None)
    if behind and behind.code.kind == "after" and _reaches(sentence, hit.end, behind.start, behind.code.reach):
        count += 1
    return count % 2 == 1


def _reaches(sentence: str, start: int, end: int, reach: int) -> bool:
    between = sentence[start:end]
    return not _CLAUSE_ENDS.search(between) and len(_WORD.findall(between)) <= reach
