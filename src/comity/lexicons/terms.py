"""Looking terms up in a sentence: the longest term wins, and each character counts once."""

import re
from collections.abc import Iterable
from itertools import accumulate
from typing import Any, NamedTuple

from comity.sources.terms import GLUED, any_of, may_hold_name, read_terms
from comity.sources.word_lists import of_lexicons

# A word with its inner hyphens and apostrophes; the 's of a genitive stands by itself, so that "friend's" holds "friend".
_INNER = r"(?:-|'(?![sS]\b))"
_WORD = re.compile(rf"([^\W\d_]+(?:{_INNER}[^\W\d_]+)*)")
_PLAIN_WORD = re.compile(rf"([a-z]+(?:{_INNER}[a-z]+)*)")

# Typographers' apostrophes and hyphens, and those that typewriters have.
_ONE_KIND = str.maketrans("’ʼ\u2010\u2011", "''--")

# What may stand between the words of a term besides spaces: the apostrophe of "Workers' Party".
_BETWEEN = "'"
_MARK = re.compile(r"[^\w\s-]")

# Languages that glue endings to their words, or write none apart: there a term counts wherever its letters stand.
UNPARTED = frozenset({"ko", "zh", "ja"})


class Hit(NamedTuple):
    """A term in a sentence: its characters, and what the lexicon says of it."""

    start: int
    end: int
    code: Any


class Words(NamedTuple):
    """A sentence in small letters, made ready for looking up: in pieces, each word after the gap before it, and its words."""

    sentence: str
    pieces: list[str]
    folded: list[str]


class Term(NamedTuple):
    """A term of several words: those after its second, what it stands for, and the marks that may part them, as in "H.E."."""

    rest: list[str]
    code: Any
    marks: str


def split_words(sentence: str) -> Words:
    """The words of a sentence as `fold` has them; words that a site glued together are parted.

    >>> split_words("To ComradeKim Jong Unon May’s day").folded
    ['to', 'comrade', 'kim', 'jong', 'un', 'on', 'may', 's', 'day']
    """
    small = fold(sentence)
    pattern = _PLAIN_WORD if small.isascii() else _WORD
    cuts = _find_cuts(sentence)
    if not cuts:
        pieces = pattern.split(small)
        return Words(small, pieces, pieces[1::2])
    pieces = [""]
    for start, end in zip([0, *cuts], [*cuts, len(small)], strict=True):
        first, *others = pattern.split(small[start:end])
        pieces[-1] += first
        pieces += others
    return Words(small, pieces, pieces[1::2])


def _find_cuts(sentence: str) -> list[int]:
    """Where words were glued together."""
    cuts = [found.start() for found in GLUED.finditer(sentence)] if GLUED.search(sentence) else []
    return sorted([*cuts, *(found.end() for found in _glued_names().finditer(sentence))]) if may_hold_name(sentence) else cuts


def fold(text: str) -> str:
    """The text in small letters, with one kind of apostrophe and of hyphen, and each character in its place.

    >>> fold("İ’M")
    "İ'm"
    """
    small = text.lower()
    if text.isascii():
        return small
    # A letter that grows longer when small would move the places after it.
    small = small if len(small) == len(text) else "".join(letter.lower() if len(letter.lower()) == 1 else letter for letter in text)
    return small.translate(_ONE_KIND)


@of_lexicons
def _glued_names() -> re.Pattern:
    """Names to which a site's markup glued the next word: "Kim Jong Unon"."""
    names = [name for name in read_terms("message_stories").get("name", ()) if " " in name]
    return re.compile(any_of(names).replace(re.escape(" "), r"\s") + "(?=[a-z])" if names else r"(?!)")


class Matcher:
    """The terms of one language, made ready for looking up; `code` is whatever a term stands for."""

    def __init__(self, terms: Iterable[tuple[str, Any]], language: str):
        self.parted = language not in UNPARTED
        codes = {fold(term): code for term, code in terms}
        self.codes = codes
        self.pattern = None if self.parted else re.compile(any_of(list(codes)) if codes else r"(?!)")
        # Terms by their first word: those of that word alone, and by their second word those that go on, the longest first.
        self.alone: dict[str, Any] = {}
        self.longer: dict[str, dict[str, list[Term]]] = {}
        split = ((_WORD.findall(term), term, code) for term, code in codes.items()) if self.parted else ()
        for words, term, code in sorted(split, key=lambda each: -len(each[0])):
            if len(words) == 1:
                self.alone[words[0]] = code
            elif words:
                with_second = self.longer.setdefault(words[0], {}).setdefault(words[1], [])
                with_second.append(Term(words[2:], code, _BETWEEN + "".join(_MARK.findall(term))))
        self.first = self.alone.keys() | self.longer.keys()

    def find(self, sentence: str) -> list[Hit]:
        """The terms of a sentence in order; none overlaps another.

        >>> Matcher([("warm", "w"), ("warm friend", "f")], "en").find("A warm friend, warm")
        [Hit(start=2, end=13, code='f'), Hit(start=15, end=19, code='w')]
        """
        return self.find_in(split_words(sentence) if self.parted else Words(fold(sentence), [], []))

    def find_in(self, words: Words) -> list[Hit]:
        """The same for a sentence that was split before."""
        if not self.parted:
            return [Hit(*found.span(), self.codes[found[0]]) for found in self.pattern.finditer(words.sentence)]
        return [] if self.first.isdisjoint(words.folded) else self._follow(words)

    def _follow(self, words: Words) -> list[Hit]:
        first, alone, longer, following = self.first, self.alone, self.longer, [*words.folded[1:], ""]
        hits, after, ends = [], 0, []
        for at, word in enumerate(words.folded):
            if word not in first or at < after:
                continue
            end, code = at + 1, alone.get(word)
            for term in longer[word].get(following[at], ()) if word in longer else ():
                stop = at + 2 + len(term.rest)
                if words.folded[at + 2 : stop] == term.rest and _are_gaps(words.pieces[2 * at + 2 : 2 * stop - 1 : 2], term.marks):
                    end, code = stop, term.code
                    break
            if code is not None:
                ends = ends or list(accumulate(map(len, words.pieces)))
                # In the pieces a word stands after the gap before it.
                hits.append(Hit(ends[2 * at], ends[2 * end - 1], code))
                after = end
        return hits


def _are_gaps(pieces: list[str], marks: str) -> bool:
    """Whether nothing but spaces and a term's own marks stand between its words."""
    return all(gap == " " or not "".join(gap.split()).strip(marks) for gap in pieces)
