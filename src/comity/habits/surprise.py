"""How surprising it is that a letter lacks what so many letters have: a probability from a stated model, with its interval."""

import math
from numbers import Real
from typing import NamedTuple

from comity.errors import CorpusError

LEVEL = 0.95
MODEL = "letters alike and independent of each other; Jeffreys prior; limits of Clopper and Pearson"


class Surprise(NamedTuple):
    """The probability that the next letter differs from the habit, and the limits of the rate at which letters do."""

    probability: float
    low: float
    high: float


def measure_surprise(times: int, letters: int, level: float = LEVEL) -> Surprise:
    """Measure how probable it was that the next letter does what ``times`` of ``letters`` letters did.

    The model: every letter does it with the same unknown probability, independently of the others. With Jeffreys's prior, a beta of
    one half and one half, the probability that the next one does it is (times + 1/2) / (letters + 1) (Geisser 1984, The American
    Statistician 38). The limits are those of the rate itself (Clopper & Pearson 1934, Biometrika 26): they cover at least as often as they say.
    All NaN where no letter could be seen.
    Errors: CorpusError where ``times`` and ``letters`` are no whole numbers with 0 <= times <= letters, or ``level`` is not between 0 and 1.

    >>> measure_surprise(0, 6)
    Surprise(probability=0.07142857142857142, low=0.0, high=0.4592581264...)
    """
    from scipy.stats import binomtest

    if not all(isinstance(number, Real) and float(number).is_integer() for number in (times, letters)):
        raise CorpusError(f"{times!r} of {letters!r} letters: letters are counted in whole numbers.")
    if not 0 <= times <= letters:
        raise CorpusError(f"Of {letters} letters, {times} cannot have done it.")
    if not 0 < level < 1:
        raise CorpusError(f"level is {level!r}. It lies between 0 and 1: 0.95 for limits of 95 %.")
    if not letters:
        return Surprise(math.nan, math.nan, math.nan)
    limits = binomtest(int(times), int(letters)).proportion_ci(level, "exact")
    return Surprise((times + 0.5) / (letters + 1), float(limits.low), float(limits.high))
