"""Small word lists from data/lexicons, and the view of a text in which they are looked for."""

import csv
import re
from pathlib import Path

from comity.errors import CorpusError
from comity.sources.word_lists import lexicon_folder, of_lexicons

# The capital into which a lower-case letter runs: "UnSends". Names such as "McDonald" split too, which a view may do. The capital is asked
# first, so that what is none is skipped fast.
GLUED = re.compile(r"[A-Z](?<=[a-z].)")


def read_terms(name: str) -> dict[str, list[str]]:
    """The terms of one lexicon by kind, in the order of the file.

    Columns in: term, kind. Errors: CorpusError where the file is missing or lacks a column.

    >>> "greetings" in read_terms("message_stories")["noun"]
    True
    """
    return {kind: list(terms) for kind, terms in _read(lexicon_folder() / f"{name}.csv").items()}


@of_lexicons
def _read(path: Path) -> dict[str, tuple[str, ...]]:
    try:
        with open(path, encoding="utf-8", newline="") as file:
            rows = list(csv.DictReader(file))
    except (OSError, UnicodeDecodeError) as error:
        raise CorpusError(f"{path}: the word list cannot be read ({error}). Run from the project's folder.") from error
    if not rows or not {"term", "kind"} <= rows[0].keys():
        raise CorpusError(f"{path}: the word list needs the columns term and kind. Restore the file.")
    kinds = dict.fromkeys(row["kind"] for row in rows)
    return {kind: tuple(row["term"] for row in rows if row["kind"] == kind) for kind in kinds}


def may_hold_name(text: str) -> bool:
    """Whether a text may hold a name to which the markup of sites glues the next word; of most sentences it is quickly told that it does not.

    >>> may_hold_name("ComradeKim"), may_hold_name("Comrade Ann Lee")
    (True, False)
    """
    for name in _first_names():
        if name in text:
            return True
    return False


@of_lexicons
def _first_names() -> tuple[str, ...]:
    return tuple({name.split()[0]: None for name in read_terms("message_stories").get("name", ())})


def any_of(terms: list[str]) -> str:
    """A pattern for any of the terms, the longest first, so that "letters" is not read as "letter".

    >>> any_of(["letter", "letters"])
    '(?:letters|letter)'
    """
    return "(?:" + "|".join(re.escape(term) for term in sorted(terms, key=len, reverse=True)) + ")"


def matching_view(text: str, names: list[str]) -> str:
    r"""The text as it is searched, never as it is shown: one kind of space, and names parted from what is glued to them.

    >>> matching_view("Comrade\xa0Kim Jong Unsent greetings", ["Kim Jong Un"])
    'Comrade Kim Jong Un sent greetings'
    """
    view = " ".join(GLUED.sub(r" \g<0>", text).split())
    return re.sub(f"({any_of(names)})(?=[a-z])", r"\1 ", view) if names else view
