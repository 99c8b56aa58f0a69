"""How hard a text is to read, by published formulas; the only module that knows textstat.

textstat says of each word how many syllables it has, and whether it is easy; a letter's words are looked up one by one, each kind of
word once. The formulas are reckoned here: textstat would read the text anew for each, and for its sentences it takes the stops
of "H.E." and "Dr." for ends. On the same sentences both give the same numbers (tests/test_style.py). No network is needed:
the releases that comity asks for carry their pronouncing dictionary.
"""

import math
from functools import cache, lru_cache
from itertools import chain
from operator import attrgetter
from typing import NamedTuple

# Flesch 1948; Kincaid and others 1975; Gunning 1952; Senter and Smith 1967; Coleman and Liau 1975.
ENGLISH = ("flesch", "flesch_kincaid", "fog", "ari", "coleman_liau")
# Björnsson 1968; Anderson 1983. They count long words and sentences, in any language that parts its words.
ANY = ("lix", "rix")
FORMULAS = (*ENGLISH, *ANY)

# Languages whose words are not parted by spaces, or whose letters are syllables: a long word means something else there.
UNFIT = ("ko", "zh", "ja")

# Flesch (1948) took his samples of a hundred words; on less the formulas swing widely.
SHORT = 100
FEW = 3

# Gunning: a hard word has three syllables or more, and is not among those that every pupil knows (Dale and Chall's list).
HARD = 3
# A sentence of no more words is none (textstat's rule): a cry, a number of a list.
FRAGMENT = 2


class Counts(NamedTuple):
    """What the formulas need to know: of one word, or summed over a text. A word may be glued to marks; bare marks are no word."""

    words: int
    letters: int
    syllables: int
    hard: int
    long: int


_WORDS = attrgetter("words")


def measure_readability(sentences: list[str], words: int, language: str = "en") -> dict[str, float]:
    """The readability of sentences by seven formulas; NaN where a formula was not made for the language or nothing is there.

    Out: ``flesch`` (0 to 100, higher is easier), the school grades ``flesch_kincaid, fog, ari, coleman_liau``, and ``lix, rix``.

    >>> scores = measure_readability(["The cat sat on the mat.", "It saw H.E. the king."], words=11)
    >>> round(scores["flesch"], 1), round(scores["lix"], 1)
    (116.7, 5.5)
    """
    if not words or not sentences:
        return dict.fromkeys(FORMULAS, math.nan)
    parted = [(sentence.replace(".", "").replace("!", "").replace("?", "").strip() + ".").split() for sentence in sentences]
    counted = [list(map(_count, tokens)) for tokens in parted]
    length = sum(sum(map(_WORDS, mine)) > FRAGMENT for mine in counted)
    scores = _reckon(Counts(*map(sum, zip(*chain.from_iterable(counted), strict=True))), max(1, length), parted)
    fit = () if language in UNFIT else FORMULAS if language == "en" else ANY
    return {name: scores.get(name, math.nan) if name in fit else math.nan for name in FORMULAS}


def _reckon(text: Counts, sentences: int, parted: list[list[str]]) -> dict[str, float]:
    """The formulas as published; none where there is no word."""
    if not text.words or not text.syllables:
        return {}
    a_sentence, a_word = text.words / sentences, text.syllables / text.words
    tokens = [token for mine in parted for token in mine]
    return {
        "flesch": 206.835 - 1.015 * a_sentence - 84.6 * a_word,
        "flesch_kincaid": 0.39 * a_sentence + 11.8 * a_word - 15.59,
        "fog": 0.4 * (a_sentence + 100 * text.hard / text.words),
        "ari": 4.71 * sum(map(len, tokens)) / len(tokens) + 0.5 * a_sentence - 21.43,
        "coleman_liau": 5.8 * text.letters / text.words - 29.6 * sentences / text.words - 15.8,
        "lix": a_sentence + 100 * text.long / text.words,
        "rix": text.long / sentences,
    }


@lru_cache(maxsize=1 << 17)
def _count(token: str) -> Counts:
    counter = _textstat()
    return Counts(
        counter.lexicon_count(token), counter.letter_count(token), counter.syllable_count(token), counter.difficult_words(token, HARD),
        counter.long_word_count(token),
    )  # fmt: skip


def warn(sentences: int, words: int, language: str = "en") -> str:
    """What a reader of the scores must know: no formula for the language, or too short a text. Empty where there is nothing."""
    if language in UNFIT:
        return f"no readability formula fits the language {language}"
    said = [] if language == "en" else [f"only lix and rix fit the language {language}"]
    if words < SHORT:
        said.append(f"fewer than {SHORT} words: readability is rough")
    if sentences < FEW:
        said.append(f"fewer than {FEW} sentences: readability is rough")
    return "; ".join(said)


@cache
def _textstat():
    """A counter of our own, so that nobody's settings of the shared one change the scores."""
    import textstat

    return type(textstat.textstat)()
