"""The lexicon of formulas: by which words a wish, a thanks, an assurance is known, in texts and in counts of words."""

from collections.abc import Iterable
from pathlib import Path
from typing import NamedTuple

import pandas as pd

from comity.corpus.vocabularies import SLOTS, YES_NO
from comity.lexicons import Shape, lay_over, read_lexicon
from comity.lexicons.terms import UNPARTED

SHAPE = Shape(
    name="formulas",
    needed=("formula", "language", "words", "counted"),
    optional=("slot", "source", "example", "reason", "note"),
    allowed=(("slot", ("", *SLOTS)), ("counted", YES_NO)),
    key=("formula", "language"),
)


def read_formulas(path: str | Path | None = None, extra: str | Path | pd.DataFrame | None = None) -> pd.DataFrame:
    """Read the lexicon of formulas, with formulas of one's own.

    Columns in: ``formula, language``; ``words``, the groups of words that must all stand in one sentence, parted by spaces, the
    first group the one that says what it is about, the alternatives of a group joined by ``|``, each a word, with ``*`` at its end
    the beginning of words, or two words side by side joined by ``_`` ("health wish*|toast*", "through_you|through_him"); ``counted`` (yes where the words alone, out of their sentence, show the
    formula well enough: in counts of words); where wanted ``slot`` (where in the letter it belongs: close), ``source,
    example, reason, note``. Columns out: all of them, as text. An extra row replaces that of the same formula and language.
    Errors: CorpusError as for any lexicon.

    >>> "wish for health" in set(read_formulas()["formula"])
    True
    """
    lexicon = read_lexicon(SHAPE, path)
    return lexicon if extra is None else lay_over(lexicon, read_lexicon(SHAPE, extra), SHAPE)


class Group(NamedTuple):
    """Words of which one must be there: whole ones, and the beginnings of some."""

    whole: frozenset[str]
    beginnings: tuple[str, ...]

    def holds(self, word: str) -> bool:
        return word in self.whole or (bool(self.beginnings) and word.startswith(self.beginnings))


class Formula(NamedTuple):
    """A formula of one language, made ready for looking up."""

    name: str
    groups: tuple[Group, ...]
    slot: str
    counted: bool

    def in_words(self, words: Iterable[str]) -> bool:
        """Whether these words hold one of each group."""
        words = set(words)
        return all(any(map(group.holds, words)) for group in self.groups)


def ready(lexicon: pd.DataFrame, language: str) -> list[Formula]:
    """The formulas of one language."""
    rows = lexicon[lexicon["language"] == language]
    return [
        Formula(row.formula, tuple(map(_group, row.words.lower().split())), row.slot, row.counted == "yes")
        for row in rows.itertuples(index=False)
    ]


def _group(alternatives: str) -> Group:
    words = alternatives.split("|")
    return Group(frozenset(word for word in words if not word.endswith("*")), tuple(word[:-1] for word in words if word.endswith("*")))


def find_words(formula: Formula, words: list[tuple[int, int, str]]) -> tuple[int, int] | None:
    """The characters from the first to the last word of a formula among the words of a sentence, or None.

    In: the words with their places. The word that says what it is about is the first that fits, and the others the nearest to it.
    """
    found = [[(start, end) for start, end, word in words if group.holds(word)] for group in formula.groups]
    if not all(found):
        return None
    head = found[0][0]
    places = [head, *(min(others, key=lambda place: abs(place[0] - head[0])) for others in found[1:])]
    return min(start for start, _ in places), max(end for _, end in places)


def find_letters(formula: Formula, sentence: str) -> tuple[int, int] | None:
    """The same for languages that do not part words, or glue endings to them: wherever the letters stand."""
    places = []
    for group in formula.groups:
        near = [(at, at + len(word)) for word in (*group.whole, *group.beginnings) if (at := sentence.find(word)) >= 0]
        if not near:
            return None
        places.append(min(near))
    return min(start for start, _ in places), max(end for _, end in places)


def is_unparted(language: str) -> bool:
    return language in UNPARTED
