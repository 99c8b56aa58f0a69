"""The words of a text as it was received: glued words parted, names of leaders and "H.E." kept whole."""

import re
from functools import cache
from typing import NamedTuple

from comity.speech.cues import names

# "H. E.", an initial, capitals together, a word that a capital may begin and end (so "ComradeKim" is two); no digits.
_WORDS = r"H\.[\s\u00a0]?E\b\.?|[A-Z](?=\.)|[A-Z]{2,}s?(?![A-Za-z])|[A-Z]?[^\W\d_A-Z]+|[A-Z]+(?![a-z])"


class Tokens(NamedTuple):
    """The words of a text, in order: as they stand, where they start and where they end."""

    words: list[str]
    starts: list[int]
    ends: list[int]


def find_tokens(text: str) -> Tokens:
    """Every word of a text with its place.

    >>> find_tokens("H.E. ComradeKim Jong Unsent").words
    ['H.E.', 'Comrade', 'Kim Jong Un', 'sent']
    """
    found = [(match.group(), *match.span()) for match in _token().finditer(text)]
    return Tokens(*map(list, zip(*found, strict=True))) if found else Tokens([], [], [])


@cache
def _token() -> re.Pattern:
    return re.compile(f"{names()}|{_WORDS}")
