"""Lexicons: CSV tables of terms, checked at the door, and the looking up of their terms in sentences."""

from comity.lexicons.reading import Shape, lay_over, read_lexicon
from comity.lexicons.terms import Hit, Matcher

__all__ = ["Hit", "Matcher", "Shape", "lay_over", "read_lexicon"]
