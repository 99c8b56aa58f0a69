"""Looking terms up in a sentence: the longest term wins, and each character counts once."""

import re
from collections.abc import Iterable
from typing import Any, NamedTuple

# A word with its inner hyphens and apostrophes; where a site's markup glued two words ("ComradeKim"), a capital parts them.
_WORD = re.compile(r"[^\W\d_]+(?:[-'’][^\W\d_]+)*")
_PARTED = re.compile(r"(?:[A-Z]+(?![a-z])|[A-Z]?[^\W\d_A-Z]+|[A-Z])(?:[-'’](?:[A-Z]+(?![a-z])|[A-Z]?[^\W\d_A-Z]+|[A-Z]))*")
# What may stand between the words of a term: spaces, and the apostrophe of "Workers' Party".
_BETWEEN = " \t\r\n\u00a0'’"
_GLUED = re.compile(r"[a-z][A-Z]")

# Languages that glue endings to their words, or write none apart: there a term counts wherever its letters stand.
UNPARTED = frozenset({"ko", "zh", "ja"})


class Hit(NamedTuple):
    """A term in a sentence: its characters, and what the lexicon says of it."""

    start: int
    end: int
    code: Any


class Matcher:
    """The terms of one language, made ready for looking up; `code` is whatever a term stands for."""

    def __init__(self, terms: Iterable[tuple[str, Any]], language: str):
        terms = [(term.lower().replace("’", "'"), code) for term, code in terms]
        self.parted = language not in UNPARTED
        self.codes = dict(terms)
        self.pattern = re.compile("|".join(map(re.escape, sorted(self.codes, key=len, reverse=True))) or r"(?!)")
        self.by_first: dict[str, list[tuple[tuple[str, ...], Any]]] = {}
        for term, code in sorted(terms, key=lambda each: -len(each[0].split())):
            words = tuple(_WORD.findall(term))
            if words:
                self.by_first.setdefault(words[0], []).append((words, code))

    def find(self, sentence: str) -> list[Hit]:
        """The terms of a sentence in order; none overlaps another.

        >>> Matcher([("warm", "w"), ("warm friend", "f")], "en").find("A warm friend, warm")
        [Hit(start=2, end=13, code='f'), Hit(start=15, end=19, code='w')]
        """
        if not self.parted:
            return [Hit(*found.span(), self.codes[found[0]]) for found in self.pattern.finditer(sentence)]
        pattern = _PARTED if _GLUED.search(sentence) else _WORD
        words = pattern.findall(sentence)
        folded = [word.lower() for word in words]
        if self.by_first.keys().isdisjoint(folded):
            if "’" not in sentence:
                return []
        folded = [word.replace("’", "'") for word in folded] if "’" in sentence else folded
        return list(self._follow(sentence, words, folded))

    def _follow(self, sentence: str, words: list[str], folded: list[str]):
        at, place, known = 0, 0, self.by_first
        while at < len(folded):
            candidates = known.get(folded[at])
            start = sentence.index(words[at], place)
            place = start + len(words[at])
            at += 1
            for term, code in candidates or ():
                end = _end(sentence, place, words[at : at + len(term) - 1], term, folded[at : at + len(term) - 1])
                if end is not None:
                    yield Hit(start, end, code)
                    at, place = at + len(term) - 1, end
                    break


def _end(sentence: str, place: int, words: list[str], term: tuple[str, ...], folded: list[str]) -> int | None:
    """Where a term ends that begins before `place`; None where its other words do not follow with only spaces between."""
    if tuple(folded) != term[1:]:
        return None
    for word in words:
        start = sentence.index(word, place)
        if sentence[place:start].strip(_BETWEEN):
            return None
        place = start + len(word)
    return place
