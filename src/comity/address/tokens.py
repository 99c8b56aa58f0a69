"""The words of a text as it was received: glued words parted, names of leaders and "H.E." kept whole."""

import re
from typing import NamedTuple

from comity.sources.word_lists import of_lexicons
from comity.speech.cues import names

# "H. E.", an initial, capitals together, a word that a capital may begin and end (so "ComradeKim" is two); no digits.
_SMALL, _PLAIN_SMALL = r"[^\W\d_A-Z]+", r"[a-z]+"


class Tokens(NamedTuple):
    """The words of a text, in order: as they stand, where they start and where they end."""

    words: list[str]
    starts: list[int]
    ends: list[int]


def find_words(text: str, start: int = 0, end: int | None = None) -> list[str]:
    """Every word of a text, or of a piece of it, without its place.

    >>> find_words("H.E. ComradeKim Jong Unsent")
    ['H.E.', 'Comrade', 'Kim Jong Un', 'sent']
    """
    # A text that has no other letters than A to Z is looked through in half the time.
    return _token(_PLAIN_SMALL if text.isascii() else _SMALL).findall(text, start, len(text) if end is None else end)


def place_words(words: list[str], text: str, start: int = 0) -> Tokens:
    """The words that `find_words` found from a start, with their places.

    >>> place_words(["to", "Kim"], "3 to Kim.")
    Tokens(words=['to', 'Kim'], starts=[2, 5], ends=[4, 8])
    """
    starts, ends = [], []
    for word in words:
        # Between two words stands no letter: the next place where its letters stand is the word's.
        starts.append(text.index(word, start))
        start = starts[-1] + len(word)
        ends.append(start)
    return Tokens(words, starts, ends)


@of_lexicons
def _token(small: str) -> re.Pattern:
    capital = rf"H\.[\s\u00a0]?E\b\.?|[A-Z](?=\.)|[A-Z]{{2,}}s?(?![A-Za-z])|[A-Z]{small}|[A-Z]+(?![a-z])"
    return re.compile(f"{small}|{names()}|{capital}")
