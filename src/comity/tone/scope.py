"""What turns a term around: "no longer friends" is no warmth. Which words negate, how far they reach, and what ends their reach."""

import bisect
import re
from itertools import islice
from pathlib import Path
from typing import NamedTuple

import pandas as pd

from comity.lexicons import Hit, Matcher
from comity.lexicons.terms import Words, split_words
from comity.sources.word_lists import lexicon_folder, of_lexicons
from comity.tone.lexicon import read_scope

# Marks at which a clause ends.
_CLAUSE_ENDS = re.compile(r"[,;:.!?()\[\]—–、，。；：！？]|\s-{1,2}\s")
_WORD = re.compile(r"[\u3400-\u9fff]|[^\W\d_\u3400-\u9fff]+(?:[-'’][^\W\d_]+)*")

# How many words may stand between a negation and a term where the lexicon does not say.
USUAL_REACH = 3

# How many may stand between two negations that make one affirmation: "not without", "never be without".
DOUBLE_REACH = 1


def our_scope(language: str) -> "Scope":
    """The words of scope of one language, made ready once for the folder they are in."""
    return _made(lexicon_folder(), language)


@of_lexicons
def _made(folder: Path, language: str) -> "Scope":
    return Scope(read_scope(), language)


class Mark(NamedTuple):
    """A word of scope: what it does, and how many words it reaches."""

    kinds: frozenset[str]
    reach: int


class Scope:
    """The words of scope of one language, made ready: which terms of a sentence are negated.

    A negation reaches a term in the same clause with at most ``reach`` words between. Between them no other word of scope may
    stand: "but" *ends* its reach; "not only" is no negation, and "forget" takes the negation upon itself, so both *keep* the
    term ("we never forget your friendship"). Two negations with at most one word between them are none: "not without
    warmth". A word *after* the term negates too: "our friendship has ended". What a sentence means beyond that is not read.
    """

    def __init__(self, scope: pd.DataFrame, language: str):
        marks: dict[str, Mark] = {}
        for form, kind, reach in scope.loc[scope["language"] == language, ["form", "kind", "reach"]].itertuples(index=False):
            before = marks.get(form, Mark(frozenset(), 0))
            far = int(reach) if reach.strip().isdecimal() else USUAL_REACH
            marks[form] = Mark(before.kinds | {kind}, max(before.reach, far))
        self.matcher = Matcher(marks.items(), language)

    def negated(self, sentence: str, hits: list[Hit], words: Words | None = None) -> list[bool]:
        """Whether each hit of a sentence is negated; `words` are those of the sentence, where it was split before."""
        marks = self.matcher.find_in(split_words(sentence) if words is None else words)
        if not marks:
            return [False] * len(hits)
        starts, ends = [mark.start for mark in marks], [mark.end for mark in marks]
        told, barrier = [], 0
        for hit in hits:
            before = _before(hit, marks, bisect.bisect_right(ends, hit.start) - 1, barrier, sentence)
            behind = _behind(hit, marks, bisect.bisect_left(starts, hit.end), sentence)
            told.append(before != behind)
            barrier = hit.end
        return told


def _before(hit: Hit, marks: list[Hit], last: int, barrier: int, sentence: str) -> bool:
    """Whether an odd number of marks, the `last` of which reaches the term and each other the one after it, negates the term.

    No other term may stand between the marks: the one before ends at the `barrier`.
    """
    start, count = hit.start, 0
    for at in range(last, -1, -1):
        mark = marks[at]
        reach = DOUBLE_REACH if count else mark.code.reach
        if "negates" not in mark.code.kinds or (count and mark.start < barrier) or not _reaches(sentence, mark.end, start, reach):
            break
        count, start = count + 1, mark.start
        if "ends" in mark.code.kinds:
            break
    return count % 2 == 1


def _behind(hit: Hit, marks: list[Hit], first: int, sentence: str) -> bool:
    """Whether the `first` mark behind the term says that there is no such thing."""
    if first == len(marks) or "after" not in marks[first].code.kinds:
        return False
    return _reaches(sentence, hit.end, marks[first].start, marks[first].code.reach)


def _reaches(sentence: str, start: int, end: int, reach: int) -> bool:
    # No more words are looked at than decide it, so that long texts are read in time that grows as they do.
    words = sum(1 for _ in islice(_WORD.finditer(sentence, start, end), reach + 1))
    return words <= reach and not _CLAUSE_ENDS.search(sentence, start, end)
