"""How much of a message a text shows: all of it, a part, or only what somebody tells of it."""

import re

import pandas as pd

from comity.speech.cues import part_glued
from comity.speech.frames import SALUTATION
from comity.speech.voices import find_voice

# What was left out of a letter, where somebody marks it: dots in brackets anywhere; dots at its beginning or end; a remark in square
# brackets at its end. Words in brackets elsewhere are remarks.
_DOTS = r"(?:…|\.(?:\s?\.){1,})"
_GAP = re.compile(
    rf"[\[(]\s*{_DOTS}\s*[\])]|^[\s\"“„«(\[]*{_DOTS}|(?:{_DOTS}|\[[^\[\]]*\])[\s.\"”“»)\]]*(?:-0-)?[\s.]*$"
)
_TWO_DOTS = re.compile(r"\.\s?\.")
_KEYS = ["version_id", "sender", "recipient"]
_COLUMNS = ["version_id", "frame", "sender", "recipient", "sentence"]


def find_extents(sentences: pd.DataFrame) -> pd.Series:
    """Find how much of each message each text shows, as far as the text itself tells.

    *full*: the text is the letter itself; or the letter is announced, and runs in its own words from there to the end of the text, whether
    in quotation marks or not. *excerpt*: any less of its own words, and every letter that somebody marks as cut, by dots in brackets,
    dots at its beginning or end, or a remark in square brackets at its end. *summary*: it is only retold.
    Columns in: as `split_frames` gives them, all frames. Out: the extent by version, sender and recipient, where a text has the sender's words.

    >>> told = pd.DataFrame({"version_id": "a", "part": "text", "frame": ["agency", "letter", "agency"], "sender": "A", "recipient": "B",
    ...     "sentence": ["She said in the letter:", "“I thank you.”", "The court gave a ball."]})
    >>> find_extents(told)["a", "A", "B"], find_extents(told.iloc[:2])["a", "A", "B"]
    ('excerpt', 'full')
    """
    extents, texts = {}, {}
    told = sentences[sentences["part"] == "text"]
    for version, frame, sender, recipient, said in zip(*(told[name].to_numpy(dtype=object) for name in _COLUMNS), strict=True):
        texts.setdefault(version, []).append((frame, (sender, recipient), said))
    for version, rows in texts.items():
        for parties in dict.fromkeys(whose for frame, whose, _ in rows if frame in ("letter", "reported")):
            extents[version, *parties] = _extent(rows, parties)
    index = pd.MultiIndex.from_tuples(list(extents), names=_KEYS) if extents else pd.MultiIndex.from_arrays([[], [], []], names=_KEYS)
    return pd.Series(list(extents.values()), index=index, dtype="str")


def _extent(rows: list[tuple], parties: tuple[str, str]) -> str:
    own = [number for number, (frame, whose, _) in enumerate(rows) if frame == "letter" and whose == parties]
    if not own:
        return "summary"
    retold = any(frame == "reported" and whose == parties for frame, whose, _ in rows)
    to_the_end = own == list(range(own[0], len(rows)))
    letter = " ".join(rows[number][2] for number in own)
    whole = not retold and to_the_end and (own[0] == 0 or _opens(rows[own[0] - 1][2], rows[own[0]][2])) and not _is_cut(letter)
    return "full" if whole else "excerpt"


def _is_cut(letter: str) -> bool:
    """Does somebody mark that a part is left out? Most letters have no such mark anywhere, which is quickly told."""
    return ("[" in letter or "…" in letter or _TWO_DOTS.search(letter) is not None) and _GAP.search(letter) is not None


def _opens(before: str, first: str) -> bool:
    """Does the letter begin here: is it announced, or is this a salutation line?"""
    salutes = len(first) <= SALUTATION and first[-1] in ",:!，：！、"
    return salutes or before[-1] in ":：" or find_voice(part_glued(before), False).goes_on
