"""Forms of address in other languages than English: terms, names and titles that stand together, from the lexicon alone."""

import csv
import re
from typing import NamedTuple

import pandas as pd

from comity.honorifics import as_word, read_honorifics
from comity.sources.word_lists import lexicon_folder, of_lexicons

ELEMENTS = ("possessive", "epithet", "solidarity", "courtesy", "title", "name", "pronoun")
# What makes words a form of address; a pronoun, a bare name or an office beside a name does not.
HONOURS = ("epithet", "solidarity", "courtesy")

# Between the words of one form: a space, a name in brackets, "and" in the languages that the register holds.
_GAP = re.compile(r"[\s\u00a0·・]*(?:\([^()\n]{1,20}\)[\s\u00a0]*)?(?:(?:и|und|и,|y|e|이자|및)[\s\u00a0]+)?")
_LINE_END = re.compile(r"[\r\n]")


class Hit(NamedTuple):
    """A term or a name in a text, and what it is."""

    start: int
    end: int
    element: str
    person: str


class ForeignRun(NamedTuple):
    """A form of address: text[start:end], the words of each element, and the persons named."""

    start: int
    end: int
    elements: dict[str, str]
    persons: tuple[str, ...]


class Tongue:
    """The terms and names of one language as one pattern, the longest first."""

    def __init__(self, honorifics: pd.DataFrame, language: str):
        terms = honorifics[(honorifics["language"] == language) & (honorifics["element"] != "particle")]
        self.element = {term: element for term, element in zip(terms["term"], terms["element"], strict=True)}
        self.folded = {term.casefold(): element for term, element in self.element.items() if element != "pronoun"}
        self.person = {name.casefold(): person for name, person in _names(language)}
        self.pattern = _pattern(self.element, list(self.person))

    def hits(self, text: str) -> list[Hit]:
        """Every term and name in a text, in order; each character once."""
        if self.pattern is None:
            return []
        return [hit for found in self.pattern.finditer(text) if (hit := self._hit(found))]

    def _hit(self, found: re.Match) -> Hit | None:
        word = found.group()
        person = self.person.get(word.casefold(), "")
        # A courteous pronoun is told by its capital letter: Вы, Sie.
        element = "name" if person else self.element.get(word) or self.folded.get(word.casefold())
        return Hit(*found.span(), element, person) if element else None


def _pattern(element: dict[str, str], names: list[str]) -> re.Pattern | None:
    """All terms and names, the longest first."""
    ranked = sorted({*element, *names}, key=lambda word: (-len(word), word))
    titles = "|".join(re.escape(term) for term in ranked if element.get(term) in ("title", "solidarity", "courtesy"))
    parts = []
    for word in ranked:
        if word in names and len(word) == 1:
            # A surname of one character is part of many words: it counts with a title after it only.
            parts.append(rf"{word}(?=\s?(?:{titles}))" if titles else "(?!)")
        else:
            # "내" is "my" where it begins a word, and part of many others.
            begins = element.get(word) in ("possessive", "pronoun") and "\uac00" <= word[0] <= "\ud7a3"
            parts.append((r"(?<!\w)" if begins else "") + as_word(word))
    return re.compile("|".join(parts), re.IGNORECASE) if parts else None


def find_foreign_runs(text: str, tongue: Tongue) -> list[ForeignRun]:
    """The forms of address of a text in another language: terms that stand together, as far as they reach on one line.

    >>> from comity.honorifics import read_honorifics
    >>> [run.elements["epithet"] for run in find_foreign_runs("存敬的: 尊敬的总书记同志:", Tongue(read_honorifics(), "zh"))]
    ['尊敬的']
    """
    runs, group = [], []
    for hit in tongue.hits(text):
        if group and not _joins(text, group[-1], hit):
            runs.append(_run(text, group))
            group = []
        group.append(hit)
    if group:
        runs.append(_run(text, group))
    return [run for run in runs if any(run.elements[name] for name in HONOURS) or _is_title_alone(run)]


def read_address(words: str, tongue: Tongue) -> dict[str, str]:
    """The elements of a form of address as printed, pronouns included, wherever in it they stand.

    >>> from comity.honorifics import read_honorifics
    >>> found = read_address("가장 친근한 나의 동지", Tongue(read_honorifics(), "ko"))
    >>> found["possessive"], found["epithet"], found["solidarity"]
    ('나의', '가장 친근한', '동지')
    """
    return _elements(words, tongue.hits(words))


def measure_reading(mentions: pd.DataFrame, versions: pd.DataFrame, honorifics: pd.DataFrame | None = None) -> pd.DataFrame:
    """Measure how often the elements read in a form of address are those that were transcribed, language by language.

    Columns in: ``mentions`` with ``version_id, matched`` and the elements; ``versions`` with ``version_id, language``.
    Columns out: ``language, element, forms`` (distinct forms in which either has the element), ``agreed``. Not for English,
    which is read sentence by sentence.
    """
    honorifics = read_honorifics() if honorifics is None else honorifics
    told = mentions.merge(versions[["version_id", "language"]], on="version_id").query("language != 'en'")
    tongues = {language: Tongue(honorifics, language) for language in told["language"].unique()}
    rows = []
    for (language, matched), forms in told.groupby(["language", "matched"]):
        read = read_address(matched, tongues[language])
        for element in ELEMENTS:
            ways = {tuple(words.split()) for words in forms[element]}
            if read[element] or ways != {()}:
                rows.append((language, element, 1, int(tuple(read[element].split()) in ways)))
    table = pd.DataFrame(rows, columns=["language", "element", "forms", "agreed"])
    return table.groupby(["language", "element"], as_index=False).sum()


def _joins(text: str, last: Hit, hit: Hit) -> bool:
    gap = text[last.end : hit.start]
    return len(gap) <= 24 and not _LINE_END.search(gap) and bool(_GAP.fullmatch(gap)) and "pronoun" not in (last.element, hit.element)


def _run(text: str, group: list[Hit]) -> ForeignRun:
    persons = tuple(dict.fromkeys(hit.person for hit in group if hit.person))
    return ForeignRun(group[0].start, group[-1].end, _elements(text, group), persons)


def _elements(text: str, hits: list[Hit]) -> dict[str, str]:
    found = {name: [] for name in ELEMENTS}
    for hit in hits:
        found[hit.element].append(text[hit.start : hit.end])
    return {name: " ".join(words) for name, words in found.items()}


def _is_title_alone(run: ForeignRun) -> bool:
    """An office without a name may stand for one; whether it does, its place tells."""
    return bool(run.elements["title"]) and not run.elements["name"]


@of_lexicons
def _names(language: str) -> tuple[tuple[str, str], ...]:
    """The names that the data folder lists for a language, and whose they are; none where it lists none."""
    path = lexicon_folder().parent / "people.csv"
    if not path.is_file():
        return ()
    with open(path, encoding="utf-8", newline="") as file:
        rows = [row for row in csv.DictReader(file) if row["kind"] == "name" and row["language"] == language]
    return tuple((row["value"], row["person"]) for row in rows)
