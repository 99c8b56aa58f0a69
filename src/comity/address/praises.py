"""More praise under one article: "the great leader, peerless patriot and true friend" is one form of address."""

from typing import NamedTuple

from comity.address.bodies import Words
from comity.address.lexicon import BODY, Term
from comity.sources.terms import read_terms
from comity.sources.word_lists import of_lexicons

# What praise ends in.
HEADS = ("title", "solidarity")


class Praise(NamedTuple):
    """What was found: how many words lead to it ("and"), whether a degree begins it, its terms, and where it ends."""

    link: int
    degree: int
    terms: list[Term]
    stop: int


def find_praise(words: Words, index: int) -> Praise | None:
    """Epithets and their noun, after "and" or a comma; None where no such praise comes next."""
    link = int(words.word(index) == "and")
    if not link and not (index < len(words.tokens.words) and words.gap(index).strip() == ","):
        return None
    degree = int(words.word(index + link) in _degrees())
    terms = _terms(words, index + link + degree)
    if len(terms) < 2 or terms[0].element != "epithet" or terms[-1].element not in HEADS:
        return None
    return Praise(link, degree, terms, index + link + degree + sum(len(term.words) for term in terms))


def _terms(words: Words, index: int) -> list[Term]:
    terms: list[Term] = []
    while (term := words.term(index)) and term.group != BODY and (not terms or terms[-1].element == "epithet"):
        terms.append(term)
        index += len(term.words)
    return terms


@of_lexicons
def _degrees() -> frozenset[str]:
    return frozenset(read_terms("speech_cues")["degree"])
