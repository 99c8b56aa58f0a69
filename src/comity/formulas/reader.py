"""Looking formulas up in a sentence: their words, how near they stand, what spoils them, and what turns them around."""

import re
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterator
from typing import NamedTuple

from comity.formulas.lexicon import NAME, Formula, Group
from comity.lexicons import Hit
from comity.lexicons.terms import UNPARTED
from comity.style.tokens import find_token_spans, find_tokens
from comity.tone.scope import our_scope

# No phrase of a lexicon has more words.
_LONGEST = 12

_GROUPS = ("among", "before", "saves")


class Place(NamedTuple):
    """Where a word stands: its characters, and its first and last number among the words (or characters) of the sentence."""

    start: int
    end: int
    first: int
    last: int


class Found(NamedTuple):
    """A formula in a sentence: its characters, and those of the word that says what it is about."""

    formula: Formula
    start: int
    end: int
    head: tuple[int, int]


class Reader:
    """The formulas of one language, made ready for reading sentences."""

    def __init__(self, formulas: list[Formula], language: str = "en"):
        self.formulas, self.parted, self.scope = formulas, language not in UNPARTED, our_scope(language)
        keyed = [((number, name), group) for number, formula in enumerate(formulas) for name, group in _named(formula)]
        self.whole, self.phrases = defaultdict(list), defaultdict(list)
        self.beginnings = [(word, key) for key, group in keyed for word in group.beginnings]
        for key, group in keyed:
            for word in group.whole:
                self.whole[word].append(key)
            for phrase in group.phrases:
                first, *rest = phrase.removesuffix("*").split("_")
                self.phrases[first].append((rest, phrase.endswith("*"), key))
        self.needs = [frozenset((number, at) for at in range(len(formula.groups))) for number, formula in enumerate(formulas)]
        self.known: dict[str, tuple] = {}
        # Words that were met, and those of them that are of the first group of a formula: most are met again and again.
        self.met: set[str] = set()
        self.heads: set[str] = set()
        self.letters = [(_pattern(group), key) for key, group in keyed if any(group[:3])]

    def find(self, sentence: str, name: str = "", words: list[str] | None = None) -> list[Found]:
        """The formulas of a sentence, each once, in the order in which they begin; `name` is whom the sentence is written to, `words` are
        those of the sentence, where they were found before."""
        if self.parted and not self._may_hold(find_tokens(sentence) if words is None else words):
            return []
        places = self._in_words(sentence) if self.parted else self._in_letters(sentence)
        whole = self._whole(places)
        if not whole:
            return []
        turned = self._turned(sentence, sorted({place for number in whole for at in range(len(self.formulas[number].groups)) for place in places[number, at]}))
        named = _find_names(sentence, name) if any(NAME in self.formulas[number].saves.whole for number in whole) else []
        for number in whole:
            if named and NAME in self.formulas[number].saves.whole:
                places[number, "saves"] = sorted([*places[number, "saves"], *named])
        found = (_fit(self.formulas[number], number, places, turned) for number in whole)
        return sorted(filter(None, found), key=lambda hit: hit.start)

    def list_named(self, sentence: str) -> list[Formula]:
        """The formulas of which a word of each group stands in a sentence, near or far, negated or not."""
        places = self._in_words(sentence) if self.parted else self._in_letters(sentence)
        return [self.formulas[number] for number in self._whole(places)]

    def _whole(self, places: dict[tuple, list[Place]]) -> list[int]:
        return [number for number, need in enumerate(self.needs) if need <= places.keys()]

    def _may_hold(self, words: list[str]) -> bool:
        """Whether a word of each group of a formula is there, and the first of each phrase, which is quickly told of most sentences."""
        if not self.met.issuperset(words):
            new = set(words) - self.met
            self.met |= new
            self.heads |= {word for word in new if any(at == 0 for _, at in self._begun(word))}
        if self.heads.isdisjoint(words):
            return False
        there = {key for word in words for key in self._begun(word)}
        return any(at == 0 and self.needs[number] <= there for number, at in there)

    def _begun(self, word: str) -> list[tuple]:
        """The groups that hold a word, and those that hold a phrase which begins with it."""
        return [*self._keys(word), *(key for *_, key in self.phrases.get(word, ()))]

    def _in_words(self, sentence: str) -> dict[tuple, list[Place]]:
        """Where the words of each group stand."""
        words, places = list(find_token_spans(sentence)), defaultdict(list)
        for number, (start, end, word) in enumerate(words):
            for key in self._keys(word):
                places[key].append(Place(start, end, number, number))
            for rest, is_open, key in self.phrases.get(word, ()):
                after = words[number + 1 : number + 1 + len(rest)]
                if _goes_on([each for *_, each in after], rest, is_open):
                    places[key].append(Place(start, after[-1][1], number, number + len(rest)))
        return places

    def _keys(self, word: str) -> tuple:
        """The groups that hold a word; each word of a language is looked at once."""
        if word not in self.known:
            self.known[word] = (*self.whole.get(word, ()), *(key for beginning, key in self.beginnings if word.startswith(beginning)))
        return self.known[word]

    def _in_letters(self, sentence: str) -> dict[tuple, list[Place]]:
        """The same where words are not parted, or endings are glued to them: wherever the letters stand."""
        found = ((key, [Place(*hit.span(), hit.start(), hit.end() - 1) for hit in pattern.finditer(sentence)]) for pattern, key in self.letters)
        return defaultdict(list, ((key, places) for key, places in found if places))

    def _turned(self, sentence: str, places: list[Place]) -> set[Place]:
        """The places whose word is negated: "I do not wish"."""
        told = self.scope.negated(sentence, [Hit(place.start, place.end, None) for place in places])
        return {place for place, negated in zip(places, told, strict=True) if negated}


def _named(formula: Formula) -> Iterator[tuple[int | str, Group]]:
    yield from enumerate(formula.groups)
    yield from ((name, getattr(formula, name)) for name in _GROUPS)


def _goes_on(words: list[str], rest: list[str], is_open: bool) -> bool:
    """Whether these words are the rest of a phrase, the last of them with any ending where the phrase is open."""
    return words == rest or (is_open and len(words) == len(rest) and words[:-1] == rest[:-1] and words[-1].startswith(rest[-1]))


def _pattern(group: Group) -> re.Pattern:
    words = [*group.whole, *group.beginnings, *(phrase.removesuffix("*") for phrase in group.phrases)]
    return re.compile("|".join(re.escape(word).replace("_", r"\s?") for word in sorted(words, key=len, reverse=True)))


def _find_names(sentence: str, name: str) -> list[Place]:
    """Where the recipient is named, by any part of his name."""
    parts = {word.lower() for names in name.split("|") for word in names.split() if word[0].isupper()}
    words = find_token_spans(sentence) if parts else ()
    return [Place(start, end, 0, 0) for start, end, word in words if word.removesuffix("'s") in parts and sentence[start].isupper()]


def _fit(formula: Formula, number: int, places: dict, turned: set[Place]) -> Found | None:
    """The first word that says what it is about, with the nearest of each other group, where nothing spoils it."""
    among, before, saves = (places.get((number, name), []) for name in _GROUPS)
    for head in places[number, 0]:
        others = [_nearest(places[number, at], head) for at in range(1, len(formula.groups))]
        near = all(group.reach is None or _between(head, other) <= group.reach for group, other in zip(formula.groups[1:], others, strict=True))
        if not near or not turned.isdisjoint([head, *others]):
            continue
        start, end = min(place.start for place in [head, *others]), max(place.end for place in [head, *others])
        begins = 0 if formula.cut else start
        if _touches(_within(formula.among, among, head), begins, end) and not _touches(saves, begins, end):
            continue
        at = bisect_left(before, start, key=lambda place: place.start)
        if at and not _touches(saves, before[at - 1].start, end):
            continue
        return Found(formula, start, end, head[:2])
    return None


def _within(group: Group, places: list[Place], head: Place) -> list[Place]:
    """The places that are near enough to spoil a formula."""
    return places if group.reach is None else [place for place in places if _between(head, place) <= group.reach]


def _nearest(places: list[Place], head: Place) -> Place:
    at = bisect_left(places, head.start, key=lambda place: place.start)
    return min(places[max(at - 1, 0) : at + 1], key=lambda place: abs(place.start - head.start))


def _between(one: Place, other: Place) -> int:
    """How many words (or characters) stand between two."""
    before, behind = sorted((one, other))
    return behind.first - before.last - 1


def _touches(places: list[Place], start: int, end: int) -> bool:
    """Whether one of the places lies between these characters, or reaches into them."""
    first = max(bisect_left(places, start, key=lambda place: place.start) - _LONGEST, 0)
    return any(place.end > start for place in places[first : bisect_left(places, end, key=lambda place: place.start)])
