"""Formulas: what letters of a kind habitually say, and the phrases that a sender says again."""

from comity.formulas.hits import FORMULA_COLUMNS, find_formulas, find_formulas_in
from comity.formulas.lexicon import read_formulas
from comity.formulas.places import place_sentences
from comity.formulas.repeated import REPEATED_COLUMNS, find_repeated

__all__ = [
    "FORMULA_COLUMNS", "REPEATED_COLUMNS", "find_formulas", "find_formulas_in", "find_repeated", "place_sentences", "read_formulas",
]  # fmt: skip
