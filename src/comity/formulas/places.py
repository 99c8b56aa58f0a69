"""Where in a letter a sentence stands: its opening line, its body, its close."""

import pandas as pd

from comity.formulas.hits import VOICES, find_in_sentence
from comity.formulas.lexicon import read_formulas, ready
from comity.speech.frames import SALUTATION

_MESSAGE = ["version_id", "sender", "recipient"]


def place_sentences(sentences: pd.DataFrame, lexicon: pd.DataFrame | None = None) -> pd.Series:
    """Say of each sentence in which slot of its letter it stands: salutation, body or close; empty outside the letter.

    The salutation is a short first line in direct speech that ends in a comma, a colon or an exclamation mark. The close begins
    with the last sentence that has a formula of the close (a wish, as the lexicon of formulas has it) and goes to the end.
    Columns in: as `split_frames` gives them, with ``language`` where it is not English. Out: a Series on their index.

    >>> said = pd.DataFrame({"version_id": "a", "part": "text", "frame": "letter", "sender": "A", "recipient": "B",
    ...     "sentence": ["Dear friend,", "I saw your ships.", "I wish you good health.", "Yours, Ann."]})
    >>> place_sentences(said).tolist()
    ['salutation', 'body', 'close', 'close']
    """
    lexicon = read_formulas() if lexicon is None else lexicon
    slots = pd.Series("", index=sentences.index, dtype="str")
    inside = sentences[sentences["frame"].isin(VOICES) & (sentences["part"] == "text")]
    languages = inside["language"] if "language" in inside else pd.Series("en", inside.index)
    closing = {code: [formula for formula in ready(lexicon, code) if formula.slot == "close"] for code in set(languages)}
    for _, mine in inside.groupby(_MESSAGE, sort=False):
        slots[mine.index] = "body"
        wishes = [
            place for place, text in mine["sentence"].items() if find_in_sentence(text, closing[languages[place]], languages[place])
        ]
        if wishes:
            slots[mine.loc[wishes[-1] :].index] = "close"
        first = mine.iloc[0]
        if first["frame"] == "letter" and len(first["sentence"]) <= SALUTATION and first["sentence"][-1] in ",:!，：！、":
            slots[mine.index[0]] = "salutation"
    return slots
