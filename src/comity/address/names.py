"""Names of persons in a text: those that the text tells of, and capitalised words where a name must stand."""

import re

from comity.address.known import KnownNames
from comity.address.lexicon import Lexicon
from comity.address.tokens import Tokens
from comity.sources.terms import read_terms
from comity.sources.word_lists import of_lexicons

# So many words may a name have.
LONGEST_NAME = 8

# Within a name: a space, an initial's full stop, a hyphen or an apostrophe; but not that of "Kim's".
_GAP = re.compile(r"[ \t\u00a0]+|-|[’'‘`](?![sS]\b)|")
_GAP_BEFORE = re.compile(r"[ \t\u00a0]*")
_GAP_BEFORE_KNOWN = re.compile(r"\s*")


class NameFinder:
    """Finds names in one text; `known` are the names that the text tells of.

    In a headline every word may be capitalised: there a name is what also stands, so written, in the story, `told_in`.
    """

    def __init__(self, text: str, tokens: Tokens, lexicon: Lexicon, known: KnownNames, told_in: str = ""):
        self.text, self.tokens, self.lexicon, self.known = text, tokens, lexicon, known
        self.told_in = told_in

    def length(self, index: int, after_abbreviation: bool = False) -> int:
        """How many tokens the name has that begins at a token; 0 where none does. A full stop may stand before it after "Mr"."""
        if index >= len(self.tokens.words):
            return 0
        if not index:
            return self.known_length(0) or self._capitals(0)
        gap = self._gap(index).removeprefix("." if after_abbreviation else "")
        known = self.known_length(index)
        if known:
            return known if _GAP_BEFORE_KNOWN.fullmatch(gap) else 0
        return self._capitals(index) if _GAP_BEFORE.fullmatch(gap) else 0

    def known_length(self, index: int) -> int:
        """The same for names that the text tells of."""
        words = self.tokens.words
        if " " in words[index] or "\u00a0" in words[index] or "\n" in words[index]:
            return 1
        return self.known.length_at(words, index)

    def begins(self, index: int) -> bool:
        """Does a capitalised word begin here, after one that is not, or after an office?"""
        words = self.tokens.words
        if not words[index][0].isupper() or self.is_term(index):
            return False
        return not index or not words[index - 1][0].isupper() or self.is_term(index - 1) or not self._is_within(index)

    def _capitals(self, index: int) -> int:
        """Capitalised words, with the small ones that stand within names, up to an office or what is no name."""
        at, end = index, index
        while at < len(self.tokens.words) and at - index < LONGEST_NAME:
            word = self.tokens.words[at]
            if at > index and (not self._is_within(at) or self.is_term(at)):
                break
            if at > index and self.known_length(at) == 1 and len(word) > len(word.split()[0]):
                break
            if word[0].isupper() and word not in _never() and (not self.told_in or word in self.told_in):
                end = at + 1
            elif not (at > index and self._goes_on(word, at)):
                break
            elif self._gap(at) == "-":
                end = at + 1
            at += 1
        return end - index

    def _is_within(self, at: int) -> bool:
        """Does a name go on over what stands before a token? A full stop belongs to it after an initial only."""
        gap = self._gap(at).removeprefix("." if len(self.tokens.words[at - 1]) == 1 else "")
        return bool(_GAP.fullmatch(gap))

    def _goes_on(self, word: str, at: int) -> bool:
        """A small word within a name: "bin" before a capital, or "un" of "Jong-un"."""
        if self._gap(at) == "-":
            return word not in _compounds()
        return word in self.lexicon.particles

    def is_term(self, index: int, *elements: str) -> bool:
        """Is a token a title, a courtesy or a noun such as "Comrade", which is no part of a name? Or one of some elements?"""
        terms = self.lexicon.starting(self.tokens.words[index]) or ()
        # A noun that only praises may be a name: "Son".
        wanted = elements or ("title", "courtesy", "solidarity")
        return any(len(term.words) == 1 and not term.beside and term.element in wanted for term in terms)

    def _gap(self, index: int) -> str:
        return self.text[self.tokens.ends[index - 1] : self.tokens.starts[index]]


@of_lexicons
def _never() -> frozenset[str]:
    """Small words that begin a sentence and no name: "Comrade First Secretary It is an honour". "He" and "An" are names too."""
    terms = read_terms("speech_cues")
    return frozenset(term.capitalize() for term in [*terms["first"], *terms["second"], "it", "they", "the"])


@of_lexicons
def _compounds() -> frozenset[str]:
    return frozenset(read_terms("speech_cues")["compound"])
