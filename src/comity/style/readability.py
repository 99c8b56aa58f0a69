"""How hard a text is to read, by formulas of textstat; the only module that knows textstat.

textstat counts the sentences itself, takes the stops of "H.E." and "Dr." for their ends, and leaves out sentences of one or two
words. So it is given each of our sentences without inner stops. It needs no network: the releases that comity asks for
carry their pronouncing dictionary.
"""

import math
import re
from functools import cache

# Flesch 1948; Kincaid and others 1975; Gunning 1952; Senter and Smith 1967; Coleman and Liau 1975.
ENGLISH = {
    "flesch": "flesch_reading_ease", "flesch_kincaid": "flesch_kincaid_grade", "fog": "gunning_fog",
    "ari": "automated_readability_index", "coleman_liau": "coleman_liau_index",
}  # fmt: skip
# Björnsson 1968; Anderson 1983. They count long words and sentences, in any language that parts its words.
ANY = {"lix": "lix", "rix": "rix"}
FORMULAS = (*ENGLISH, *ANY)

# Languages whose words are not parted by spaces, or whose letters are syllables: a long word means something else there.
UNFIT = ("ko", "zh", "ja")

# Flesch (1948) took his samples of a hundred words; on less the formulas swing widely.
SHORT = 100
FEW = 3

_STOPS = re.compile(r"[.!?]+")


def measure_readability(sentences: list[str], words: int, language: str = "en") -> dict[str, float]:
    """The readability of sentences by seven formulas; NaN where a formula was not made for the language or nothing is there.

    Out: ``flesch`` (0 to 100, higher is easier), the school grades ``flesch_kincaid, fog, ari, coleman_liau``, and ``lix, rix``.

    >>> scores = measure_readability(["The cat sat on the mat.", "It saw H.E. the king."], words=11)
    >>> round(scores["flesch"], 1), round(scores["lix"], 1)
    (116.7, 5.5)
    """
    if not words:
        return dict.fromkeys(FORMULAS, math.nan)
    text = " ".join(_STOPS.sub("", sentence).strip() + "." for sentence in sentences)
    fit = ({} if language in UNFIT else ANY) | (ENGLISH if language == "en" else {})
    return {name: float(getattr(_textstat(), fit[name])(text)) if name in fit else math.nan for name in FORMULAS}


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
