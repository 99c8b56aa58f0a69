"""A counter of words beside the mentions: how often a word stands in texts, and whom it honours there."""

import re

import pandas as pd

from comity.address import find_mentions
from comity.measure.texts import require_phrases
from comity.speech import split_frames

COUNT_COLUMNS = ["word", "frame", "hits", "sender", "recipient", "third", "no_message", "no_address"]
FRAMES = ["headline", "agency", "letter", "reported"]


def count_word(word: str, texts: pd.DataFrame, mentions: pd.DataFrame, frames: pd.DataFrame | None = None) -> pd.DataFrame:
    """Count a word in texts as a counter of words does, and say in how many of its hits it honours whom.

    Columns in: ``texts`` as for `find_mentions`; ``mentions`` as it gives them, of the same texts; ``frames`` as `split_frames` gives
    them, where the texts are split already.
    Columns out: ``word, frame`` (headline, agency, letter, reported), ``hits`` (the counter's number), and of these in a
    form of address that honours the ``sender``, the ``recipient`` or a ``third`` person of the message reported (joint
    honorees of different roles count as third), one in a text that reports ``no_message``, and in ``no_address``.

    >>> texts = pd.DataFrame({"version_id": ["a"], "text": ["Ann Lee sent a letter to the esteemed Bob Moe, an esteemed reader."]})
    >>> count_word("esteemed", texts, find_mentions(texts)).query("hits > 0").values.tolist()
    [['esteemed', 'agency', 2, 0, 1, 0, 0, 1]]
    """
    pattern = re.compile(rf"(?<!\w){re.escape(word)}(?!\w)", re.IGNORECASE)
    frames = split_frames(texts) if frames is None else frames
    hits = frames["sentence"].map(lambda sentence: [found.start() for found in pattern.finditer(sentence)])
    told = frames.assign(at=hits).explode("at").dropna(subset="at")
    told = told.assign(at=told["at"].astype("int64") + told["start"])
    return pd.DataFrame([_counted(word, frame, told, mentions) for frame in FRAMES], columns=COUNT_COLUMNS)


def count_words(words: tuple[str, ...], texts: pd.DataFrame, honorifics: pd.DataFrame) -> pd.DataFrame:
    """The counts of several words, one after the other; see `count_word`. Errors: CorpusError where they are no tuple of texts."""
    require_phrases(words=words)
    if not words:
        return pd.DataFrame(columns=COUNT_COLUMNS)
    mentions, frames = find_mentions(texts, honorifics), split_frames(texts)
    return pd.concat([count_word(word, texts, mentions, frames) for word in words], ignore_index=True)


def _counted(word: str, frame: str, told: pd.DataFrame, mentions: pd.DataFrame) -> tuple:
    """One row: the hits in one frame, by the role of the mention that holds each."""
    here = told.loc[told["frame"] == frame, ["version_id", "part", "at"]].reset_index()
    both = here.merge(mentions[["version_id", "part", "start", "end", "role"]], on=["version_id", "part"])
    both = both[(both["start"] <= both["at"]) & (both["at"] < both["end"])]
    role = both["role"].replace({"mixed": "third", "": "no_message"}).value_counts()
    counts = [int(role.get(name, 0)) for name in ("sender", "recipient", "third", "no_message")]
    return (word, frame, len(here), *counts, len(here) - len(both))
