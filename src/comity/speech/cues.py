"""The words by which an agency says whose words follow, as patterns; they stand in data/lexicons/speech_cues.csv."""

import re

from comity.sources.terms import any_of, may_hold_name, read_terms
from comity.sources.word_lists import of_lexicons

# A lower-case letter that runs into a capital: "toKim".
_GLUED = re.compile(r"[A-Z](?<=[a-z’'].)(?<!Mc.)(?<!Mac.)")


@of_lexicons
def cue(kind: str) -> str:
    """The alternatives of one kind, as a piece of a pattern: "(?:message|letter)"."""
    return any_of(read_terms("speech_cues")[kind])


@of_lexicons
def names() -> str:
    """Names to which a site's markup glues the next word."""
    return any_of(read_terms("message_stories")["name"]).replace(r"\ ", r"\s+")


def part_glued(text: str) -> str:
    """The text with glued words parted, as a view to search; never to show.

    >>> part_glued("to ComradeKim Jong Unon October 6")
    'to Comrade Kim Jong Un on October 6'
    """
    parted = (_GLUED.sub(r" \g<0>", text) if _GLUED.search(text) else text).replace("\u00a0", " ")
    if "\n" in parted or "\r" in parted:
        parted = " ".join(parted.split()).replace(" ,", ",")
    return _glued_name().sub(r"\g<0> ", parted) if may_hold_name(parted) else parted


@of_lexicons
def _glued_name() -> re.Pattern:
    return re.compile(f"{names()}(?=[a-z])")
