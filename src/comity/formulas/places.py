"""Where in a letter a sentence stands: its opening line, its body, its close."""

import pandas as pd

from comity.formulas.hits import VOICES
from comity.formulas.lexicon import read_formulas, ready
from comity.formulas.reader import Reader
from comity.speech.frames import SALUTATION
from comity.speech.languages import language_of

# A close has no more sentences: where more follow a wish, the letter begins with it ("I hope this finds you in good health").
CLOSE = 4

_MESSAGE = ["version_id", "sender", "recipient"]


def place_sentences(sentences: pd.DataFrame, lexicon: pd.DataFrame | None = None) -> pd.Series:
    """Say of each sentence in which slot of its letter it stands: salutation, body or close; empty outside the letter.

    The salutation is a short first line in direct speech that ends in a comma, a colon or an exclamation mark. The close begins
    with the last sentence that has a formula of the close (a wish, as the lexicon of formulas has it), if that is among the last
    four, and goes to the end.
    Columns in: as `split_frames` gives them, with ``language`` where it is not English, and ``tokens`` where the words were found before.
    Out: a Series on their index.

    >>> said = pd.DataFrame({"version_id": "a", "part": "text", "frame": "letter", "sender": "A", "recipient": "B",
    ...     "sentence": ["Dear friend,", "I saw your ships.", "I wish you good health.", "Yours, Ann."]})
    >>> place_sentences(said).tolist()
    ['salutation', 'body', 'close', 'close']
    """
    lexicon = read_formulas(lexicon)
    inside = (sentences["frame"].isin(VOICES) & (sentences["part"] == "text")).to_numpy()
    here = sentences[inside]
    languages = language_of(here).tolist()
    readers = {code: _closing(lexicon, code) for code in set(languages)}
    frames, said = (here[name].to_numpy(dtype=object) for name in ("frame", "sentence"))
    tokens = here["tokens"].tolist() if "tokens" in here else [None] * len(said)
    # Plain lists: to chop a table into thousands of small ones takes longer than to read the sentences.
    letters: dict[tuple, list[int]] = {}
    for number, key in enumerate(zip(*(here[name].to_numpy(dtype=object) for name in _MESSAGE), strict=True)):
        letters.setdefault(key, []).append(number)
    found = ["body"] * len(said)
    for (_, _, recipient), mine in letters.items():
        close = _close([readers[languages[number]].find(said[number], recipient, tokens[number]) for number in mine[-CLOSE:]])
        for number in mine[len(mine) - close :]:
            found[number] = "close"
        first = said[mine[0]]
        if frames[mine[0]] == "letter" and len(first) <= SALUTATION and first[-1] in ",:!，：！、":
            found[mine[0]] = "salutation"
    slots = pd.Series("", index=sentences.index, dtype="object")
    slots.iloc[inside] = found
    return slots.astype("str")


def _close(wishes: list[list]) -> int:
    """How many of the last sentences are the close: from the last one on that has a wish."""
    return next((behind for behind, found in enumerate(reversed(wishes), 1) if found), 0)


def _closing(lexicon: pd.DataFrame, language: str) -> Reader:
    return Reader([formula for formula in ready(lexicon, language) if formula.slot == "close"], language)
