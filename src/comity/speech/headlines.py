"""Who writes to whom, as a headline has it: words are capitalised there, and verbs left out."""

import re

from comity.sources.word_lists import of_lexicons
from comity.speech.cues import cue
from comity.speech.parties import NOBODY, READERS, Parties


def find_headline_parties(headline: str, direct: bool = False) -> Parties | None:
    """Sender and recipient of the message that a headline announces; None where it announces none.

    `direct`: whether to greet somebody is to send a message; see `find_parties`.

    >>> find_headline_parties("Message to King of Norway from President of Utopia")
    Parties(sender=('President of Utopia',), recipient=('King of Norway',))
    """
    for kind, pattern in _headline_patterns():
        found = (direct or kind != "direct") and pattern.search(headline)
        if found:
            return READERS[kind](found, NOBODY)
    return None


@of_lexicons
def _headline_patterns() -> list[tuple[str, re.Pattern]]:
    noun, subject, rest = rf"\b{cue('message')}\b", r"^(?P<subject>.{1,150}?)", r"(?P<object>.{1,150})$"
    forms = {
        "receive": rf"{subject}\s{cue('receive')}\s.{{0,60}}?{noun}.{{0,40}}?\bfrom\s{rest}",
        "send": rf"{subject}(?:\s{cue('send')}|[’']s?)\s.{{0,60}}?{noun}.{{0,40}}?\bto\s{rest}",
        "exchange": rf"{subject}\s{cue('exchange')}\s.{{0,60}}?{noun}(?:.{{0,40}}?\bwith\s{rest})?",
        "reached": rf"{noun}.{{0,40}}?\bfrom\s(?P<subject>.{{1,150}}?)\s{cue('reached')}\s{rest}",
        "from_to": rf"{noun}.{{0,40}}?\bfrom\s(?P<subject>.{{1,150}}?)\sto\s{rest}",
        "to_from": rf"{noun}.{{0,40}}?\bto\s(?P<subject>.{{1,150}}?)\sfrom\s{rest}",
        "to": rf"{noun}.{{0,40}}?\bto\s{rest}(?P<subject>)",
        "from": rf"{noun}.{{0,40}}?\bfrom\s{rest}(?P<subject>)",
        "direct": rf"{subject}\s{cue('direct')}\s{rest}",
    }
    return [(kind, re.compile(form, re.IGNORECASE)) for kind, form in forms.items()]
