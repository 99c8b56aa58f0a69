"""What a message was sent for, and whether it answers another, as its report says."""


from comity.lexicons import Matcher, Shape, read_lexicon
from comity.sources.word_lists import of_lexicons
from comity.speech.cues import part_glued

SHAPE = Shape("occasions", ("term", "occasion", "language"), ("example", "note"), (), ("term", "language"))

# Where the report does not say.
NOT_STATED = "not stated"

# What the lexicon says of words that make a message an answer.
REPLY = "reply"

# A report names the occasion in its headline or among so many first sentences of the message.
FIRST = 6


def name_occasion(said: list[str]) -> tuple[str, bool]:
    """What a message was sent for, by the first occasion that these sentences name (of the lexicon of occasions; *not stated* where none
    is named), and whether it is called an answer.

    >>> name_occasion(["Ann sent a reply message.", "She gave thanks on Russia Day."])
    ('Russia Day', True)
    """
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


@of_lexicons
def _stated() -> frozenset[str]:
    return frozenset(read_lexicon(SHAPE)["occasion"]) - {REPLY}


@of_lexicons
def _matcher() -> Matcher:
    lexicon = read_lexicon(SHAPE)
    return Matcher(zip(lexicon["term"], lexicon["occasion"], strict=True), "en")
