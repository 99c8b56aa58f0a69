"""What a message was sent for, and whether it answers another, as its report says."""

from functools import cache

import pandas as pd

from comity.lexicons import Matcher, Shape, read_lexicon
from comity.speech.cues import part_glued

SHAPE = Shape("occasions", ("term", "occasion", "language"), ("example", "note"), (), ("term", "language"))

# Where the report does not say.
NOT_STATED = "not stated"

# What the lexicon says of words that make a message an answer.
REPLY = "reply"

# A report names the occasion in its headline or among so many first sentences of the message.
FIRST = 6


def find_occasions(sentences: pd.DataFrame) -> pd.DataFrame:
    """Find what each message was sent for: the first occasion that the headline or the first sentences name.

    Columns in: as `split_frames` gives them, with ``message_id``. Columns out: ``message_id, occasion`` (by the lexicon
    of occasions; *not stated* where none is named), ``reply`` (yes where the report calls it an answer); one row a message.

    >>> told = pd.DataFrame({"message_id": ["m", "m"], "sentence": ["Ann sent a reply message.", "She gave thanks on Russia Day."]})
    >>> find_occasions(told).values.tolist()
    [['m', 'Russia Day', 'yes']]
    """
    told = sentences[sentences["message_id"] != ""].groupby("message_id", sort=False)["sentence"].agg(list)
    found = ((message, *name_occasion(said)) for message, said in told.items())
    rows = [(message, occasion, "yes" if reply else "no") for message, occasion, reply in found]
    return pd.DataFrame(rows, columns=["message_id", "occasion", "reply"], dtype="str")


def name_occasion(said: list[str]) -> tuple[str, bool]:
    """What a message was sent for and whether it answers another, by the first of these sentences."""
    named = _named(said[:FIRST])
    return next((name for name in named if name != REPLY), NOT_STATED), REPLY in named


def contradict(one: str, other: str) -> bool:
    """Are two occasions both stated, and not the same? Of what the lexicon of occasions does not know nothing can be said.

    >>> contradict("birthday", "condolence"), contradict("birthday", "not stated"), contradict("birthday", "Bob's party")
    (True, False, False)
    """
    return one != other and {one, other} <= _stated()


def _named(sentences: list[str]) -> list[str]:
    """The occasions that sentences name, in order."""
    return [hit.code for sentence in sentences for hit in _matcher().find(_plain(sentence))]


def _plain(sentence: str) -> str:
    """Without the number of an anniversary, which stands inside the phrase: "its 79th birthday"."""
    return " ".join(word for word in part_glued(sentence).split() if not word[0].isdigit())


@cache
def _stated() -> frozenset[str]:
    return frozenset(read_lexicon(SHAPE)["occasion"]) - {REPLY}


@cache
def _matcher() -> Matcher:
    lexicon = read_lexicon(SHAPE)
    return Matcher(zip(lexicon["term"], lexicon["occasion"], strict=True), "en")
