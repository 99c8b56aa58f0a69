"""The lexicon of honorifics of one language, made ready for looking words up."""

from typing import NamedTuple

import pandas as pd

from comity.address.tokens import find_words
from comity.sources.terms import read_terms

# Elements that make no form of address: they only stand beside one.
LOOSE = frozenset({"possessive", "pronoun", "particle"})
# The group of nouns that name a people or party; they are read as part of its name.
BODY = "body"

# The group of military ranks: they exalt before the name of a party to the message, and are an office before others.
RANK = "marshal"
# Courtesy titles that are hardly ever another word, so that they count in small letters too.
UNMISTAKEN = frozenset({"excellency", "majesty", "highness"})

# So many different words are remembered: a text of a million of them must not be kept.
MOST_WORDS = 50_000

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
        """Is the word written as the term must be? "HE" is no "he", and "Grace" no "grace"; "his excellency" is one."""
        if self.element != "courtesy" or self.words[-1] in UNMISTAKEN:
            return True
        return word.isupper() if self.written.isupper() else word[0].isupper()

    def may_begin(self, word: str) -> bool:
        """May a form of address begin with it, so written? "My" and "you" only go before one, "people" only after an epithet."""
        return self.element not in LOOSE and self.group != BODY and self.stands(word)


class Lexicon:
    """The terms of one language by their first word; words once met are remembered, so that most are looked up once."""

    def __init__(self, honorifics: pd.DataFrame, language: str):
        rows = honorifics[honorifics["language"] == language]
        terms = [
            Term(tuple(map(fold, find_words(term))), element, group, counts == "alone", counts == "beside", term)
            for term, element, group, counts in rows[["term", "element", "group", "counts"]].itertuples(index=False)
        ]
        self.by_first: dict[str, list[Term]] = {}
        for term in sorted((term for term in terms if term.words), key=lambda term: -len(term.words)):
            self.by_first.setdefault(term.words[0], []).append(term)
        self.met: set[str] = set()
        self.beginners: set[str] = set()
        self.telling: set[str] = set()
        self.particles = frozenset(read_terms("speech_cues")["particle"])

    def starting(self, word: str) -> list[Term] | None:
        """The terms that begin with this word, the longest first; None where there is none."""
        return self.by_first.get(fold(word))

    def beginning(self, words: list[str], in_letter: bool) -> set[str]:
        """The words with which a form of address may begin: outside a letter not with an office, which alone is none there."""
        if not self.met.issuperset(words):
            for word in set(words) - self.met:
                self._meet(word)
        return (self.beginners if in_letter else self.telling).intersection(words)

    def _meet(self, word: str) -> None:
        """Look a word up that was not met before."""
        if len(self.met) > MOST_WORDS:
            self.met.clear()
        self.met.add(word)
        terms = [term for term in self.starting(word) or () if term.may_begin(word)]
        if terms:
            self.beginners.add(word)
        if any(term.alone or term.element == "epithet" or term.group == RANK for term in terms):
            self.telling.add(word)


def fold(word: str) -> str:
    """A word as terms are compared: "H. E." is "he." without its spaces, "Comrade" is "comrade".

    >>> fold("H. E."), fold("Comrade")
    ('h.e', 'comrade')
    """
    return word.lower() if word.isalpha() else "".join(word.lower().split()).rstrip(".")
