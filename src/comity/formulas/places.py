"""Where in a letter a sentence stands: its opening line, its body, its close."""

import pandas as pd

from comity.formulas.hits import VOICES
from comity.formulas.lexicon import read_formulas, ready
from comity.formulas.reader import Reader
from comity.speech.frames import SALUTATION

# A close has no more sentences: where more follow a wish, the letter begins with it ("I hope this finds you in good health").
CLOSE = 4

_MESSAGE = ["version_id", "sender", "recipient"]


def place_sentences(sentences: pd.DataFrame, lexicon: pd.DataFrame | None = None) -> pd.Series:
    """Say of each sentence in which slot of its letter it stands: salutation, body or close; empty outside the letter.

    The salutation is a short first line in direct speech that ends in a comma, a colon or an exclamation mark. The close begins
    with the last sentence that has a formula of the close (a wish, as the lexicon of formulas has it), if that is among the last
    four, and goes to the end.
    Columns in: as `split_frames` gives them, with ``language`` where it is not English. Out: a Series on their index.

    >>> said = pd.DataFrame({"version_id": "a", "part": "text", "frame": "letter", "sender": "A", "recipient": "B",
    ...     "sentence": ["Dear friend,", "I saw your ships.", "I wish you good health.", "Yours, Ann."]})
    >>> place_sentences(said).tolist()
    ['salutation', 'body', 'close', 'close']
    """
    lexicon = read_formulas(lexicon)
    slots = pd.Series("", index=sentences.index, dtype="str")
    inside = sentences[sentences["frame"].isin(VOICES) & (sentences["part"] == "text")]
    spoken = inside["language"].astype("object") if "language" in inside else pd.Series("en", inside.index)
    languages = spoken.where(spoken.notna() & (spoken != ""), "en")
    readers = {code: _closing(lexicon, code) for code in set(languages)}
    for (_, _, recipient), mine in inside.groupby(_MESSAGE, sort=False):
        slots[mine.index] = "body"
        said = enumerate(zip(languages[mine.index], mine["sentence"], strict=True))
        wishes = [number for number, (language, sentence) in said if readers[language].find(sentence, recipient)]
        if wishes and len(mine) - wishes[-1] <= CLOSE:
            slots[mine.index[wishes[-1] :]] = "close"
        first = mine.iloc[0]
        if first["frame"] == "letter" and len(first["sentence"]) <= SALUTATION and first["sentence"][-1] in ",:!，：！、":
            slots[mine.index[0]] = "salutation"
    return slots


def _closing(lexicon: pd.DataFrame, language: str) -> Reader:
    return Reader([formula for formula in ready(lexicon, language) if formula.slot == "close"], language)
