"""The names of peoples and parties, which stand between an epithet and a noun: "the fraternal Lao People's Revolutionary Party"."""

import re
from collections.abc import Callable
from typing import NamedTuple, Protocol

from comity.address.lexicon import BODY, Term
from comity.address.tokens import Tokens
from comity.sources.terms import read_terms
from comity.sources.word_lists import of_lexicons

# A space, or the apostrophe of "People's" and "Workers'".
_GAP = re.compile(r"[’']?\s+|[’'](?=$)")
# So many capitalised words may stand before the noun.
LONGEST = 5


class Words(Protocol):
    """What a name is looked for in: the words of a sentence, what stands between them, and the terms that begin with them."""

    text: str
    tokens: Tokens
    gap: Callable[[int], str]
    word: Callable[[int], str]
    term: Callable[[int], Term | None]


class Body(NamedTuple):
    """A name found: how many words lead to it ("and friendly"), where it ends, and its noun."""

    link: int
    stop: int
    term: Term


def find_body(words: Words, index: int) -> Body | None:
    """The name of a people or party that begins at a word after "fraternal", the longest; None where none does."""
    # "the fraternal and friendly Utopian people"
    link = 2 if words.word(index) == "and" and words.word(index + 1) in _links() else 0
    if link and not (index + 2 < len(words.tokens.words) and all(words.gap(index + at).isspace() for at in range(3))):
        return None
    first = index + link
    for length in range(LONGEST, -1 if link else 0, -1):
        noun = words.term(first + length) if _is_name(words, first, length) else None
        if noun and noun.group == BODY and not words.text.startswith(("'", "’"), words.tokens.ends[first + length]):
            return Body(link, _list_end(words, first + length), noun)
    return None


def _is_name(words: Words, first: int, length: int) -> bool:
    """Capitalised words, "People's" among them, before a noun such as "party"."""
    name = words.tokens.words[first : first + length]
    if len(name) < length or first + length >= len(words.tokens.words):
        return False
    return all(word[0].isupper() or word == "s" for word in name) and all(_GAP.fullmatch(words.gap(first + at)) for at in range(length + 1))


def _list_end(words: Words, index: int) -> int:
    """Where a list of such nouns ends: "party, government and people"."""
    while True:
        index += 1
        skipped = int(words.word(index) == "and")
        term = words.term(index + skipped)
        if not (term and term.group == BODY and words.gap(index).strip() in ("", ",")):
            return index
        index += skipped


@of_lexicons
def _links() -> frozenset[str]:
    return frozenset(read_terms("speech_cues")["beside_fraternal"])
