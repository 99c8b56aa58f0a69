"""The lexicon of honorifics of one language, made ready for looking words up."""

from typing import NamedTuple

import pandas as pd

from comity.address.tokens import find_tokens
from comity.sources.terms import read_terms

ELEMENTS = ["possessive", "epithet", "solidarity", "courtesy", "title", "name"]


class Term(NamedTuple):
    """A term of the lexicon: its words in lower case, what it is, its group, and whether it makes a form of address by
    itself (`alone`), or counts only beside an honorific (`beside`)."""

    words: tuple[str, ...]
    element: str
    group: str
    alone: bool
    beside: bool
    written: str

    def stands(self, word: str) -> bool:
        """Is the word written as the term must be? "HE" is no "he", and "Grace" no "grace"."""
        if self.element != "courtesy":
            return True
        return word.isupper() if self.written.isupper() else word[0].isupper()


class Lexicon:
    """The terms of one language by their first word; words once met are remembered, so that most are looked up once."""

    def __init__(self, honorifics: pd.DataFrame, language: str):
        rows = honorifics[honorifics["language"] == language]
        terms = [
            Term(tuple(map(fold, find_tokens(term).words)), element, group, counts == "alone", counts == "beside", term)
            for term, element, group, counts in rows[["term", "element", "group", "counts"]].itertuples(index=False)
        ]
        self.by_first: dict[str, list[Term]] = {}
        for term in sorted((term for term in terms if term.words), key=lambda term: -len(term.words)):
            self.by_first.setdefault(term.words[0], []).append(term)
        self.met: dict[str, list[Term] | None] = {}
        self.telling: dict[str, bool] = {}
        self.particles = frozenset(read_terms("speech_cues")["particle"])

    def starting(self, word: str) -> list[Term] | None:
        """The terms that begin with this word, the longest first; None where there is none."""
        try:
            return self.met[word]
        except KeyError:
            found = self.by_first.get(fold(word))
            # A text of a million different words must not be kept.
            if len(self.met) < 50_000:
                self.met[word] = found
            return found

    def tells(self, word: str) -> bool:
        """May a form of address begin with this word outside a letter, where an office alone is none?"""
        try:
            return self.telling[word]
        except KeyError:
            found = any(term.alone or term.element == "epithet" for term in self.starting(word) or ())
            if len(self.telling) < 50_000:
                self.telling[word] = found
            return found


def fold(word: str) -> str:
    """A word as terms are compared: "H. E." is "he." without its spaces, "Comrade" is "comrade".

    >>> fold("H. E."), fold("Comrade")
    ('h.e', 'comrade')
    """
    return word.lower() if word.isalpha() else "".join(word.lower().split()).rstrip(".")
