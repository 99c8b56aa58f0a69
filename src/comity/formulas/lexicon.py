"""The lexicon of formulas: by which words a wish, a thanks, an assurance is known, in texts and in counts of words."""

import re
from collections.abc import Iterable
from pathlib import Path
from typing import NamedTuple

import pandas as pd

from comity.corpus.vocabularies import SLOTS, YES_NO
from comity.errors import CorpusError
from comity.lexicons import Shape, lay_over, read_lexicon

SHAPE = Shape(
    name="formulas",
    needed=("formula", "language", "words", "counted"),
    optional=("slot", "source", "example", "reason", "note"),
    allowed=(("slot", ("", *SLOTS)), ("counted", YES_NO)),
    key=("formula", "language"),
)

# With what a group begins whose words spoil the formula: among its words, or before them; and one whose words save it.
AMONG, BEFORE, SAVES = "-", "<", "+"

# Stands for any part of the name of the person that the letter is to.
NAME = "@name"

_ALTERNATIVE = re.compile(r"[^\s|*_~]+(_[^\s|*_~]+)*\*?")


def read_formulas(path: str | Path | pd.DataFrame | None = None, extra: str | Path | pd.DataFrame | None = None) -> pd.DataFrame:
    """Read the lexicon of formulas, with formulas of one's own.

    In: a CSV file or table that replaces ours; ``extra``, one whose rows are added. Columns in: ``formula, language``; ``words``, the
    groups of words that must all stand in one sentence, parted by spaces, the first group the one that says what it is about, of a
    formula of the close the last the one that wishes; the
    alternatives of a group joined by ``|``, each a word, with ``*`` at its end the beginning of words, or words side by side
    joined by ``_`` ("health wish*|toast*", "through_you|through_him"); ``~6`` at the end of a group: with at most so many words
    (in languages that part none, characters) between it and the first group. A group that begins with ``-`` must not
    stand among these words ("thanks_to"), one with ``<`` not before them in the sentence, unless a word of a group with ``+`` stands
    between (``@name``: any part of the recipient's name); ``counted`` (yes where the words alone, out of their sentence, show the
    formula well enough: in counts of words); where wanted ``slot`` (where in the letter it belongs: close), ``source,
    example, reason, note``. Columns out: all of them, as text. An extra row replaces that of the same formula and language.
    Errors: CorpusError as for any lexicon, and where a group cannot be read.

    >>> "wish for health" in set(read_formulas()["formula"])
    True
    """
    lexicon = read_lexicon(SHAPE, path)
    lexicon = lexicon if extra is None else lay_over(lexicon, read_lexicon(SHAPE, extra), SHAPE)
    for row in lexicon.itertuples(index=False):
        _require_groups(row.formula, row.words)
    return lexicon


def _require_groups(formula: str, words: str) -> None:
    for group in words.split():
        plain, _, reach = group.partition("~")
        alternatives = plain.removeprefix(group[0] if group[0] in AMONG + BEFORE + SAVES else "").split("|")
        if not all(map(_ALTERNATIVE.fullmatch, alternatives)) or ("~" in group and not reach.isdecimal()):
            raise CorpusError(f"The words of {formula!r} cannot be read at {group!r}. Write words joined by |, as in 'wish*|toast*~6'.")
    if not any(group[0] not in AMONG + BEFORE + SAVES for group in words.split()):
        raise CorpusError(f"{formula!r} says only by which words it is not known. Name first what it is about, as in 'health wish*'.")


class Group(NamedTuple):
    """Words of which one must be there: whole ones, the beginnings of some, and some that stand side by side; how many words
    may lie between it and the first group, if that matters."""

    whole: frozenset[str] = frozenset()
    beginnings: tuple[str, ...] = ()
    phrases: tuple[str, ...] = ()
    reach: int | None = None

    def holds(self, word: str) -> bool:
        return word in self.whole or (bool(self.beginnings) and word.startswith(self.beginnings))


class Formula(NamedTuple):
    """A formula of one language, made ready for looking up."""

    name: str
    groups: tuple[Group, ...]
    among: Group
    before: Group
    saves: Group
    slot: str
    counted: bool
    cut: bool = False

    def in_words(self, words: Iterable[str]) -> bool:
        """Whether these words hold one of each group."""
        words = set(words)
        return all(any(map(group.holds, words)) for group in self.groups)

    def is_spoilt_in(self, words: Iterable[str]) -> bool:
        """Whether these words, out of their sentence, hold one that may spoil the formula from before it."""
        return any(map(self.before.holds, set(words)))

    def without_verb(self) -> "Formula":
        """A formula of the close as a quotation has it that cuts off the verb of wishing, which is the last group."""
        return self._replace(groups=self.groups[:-1], cut=True) if len(self.groups) > 1 else self


def ready(lexicon: pd.DataFrame, language: str) -> list[Formula]:
    """The formulas of one language."""
    rows = lexicon[lexicon["language"] == language]
    return [_formula(row) for row in rows.itertuples(index=False)]


def _formula(row) -> Formula:
    groups = row.words.lower().split()
    plain = tuple(_group(group) for group in groups if group[0] not in AMONG + BEFORE + SAVES)
    others = (_group("|".join(group[1:] for group in groups if group[0] == sign)) for sign in (AMONG, BEFORE, SAVES))
    return Formula(row.formula, plain, *others, row.slot, row.counted == "yes")


def _group(words: str) -> Group:
    alternatives, _, reach = words.partition("~")
    each = [word for word in alternatives.split("|") if word]
    single = [word for word in each if "_" not in word]
    return Group(
        frozenset(word for word in single if not word.endswith("*")), tuple(word[:-1] for word in single if word.endswith("*")),
        tuple(word for word in each if "_" in word), int(reach) if reach else None,
    )  # fmt: skip
