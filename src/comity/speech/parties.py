"""Who writes to whom: sender and recipient, read from the sentence that reports a message, or from a headline."""

import re
from typing import NamedTuple

from comity.honorifics import read_honorifics
from comity.sources.terms import any_of, read_terms
from comity.sources.word_lists import of_lexicons
from comity.speech.cues import cue
from comity.speech.party import read_party

# "Pyongyang, October 8 (KCNA) --": the place, the day, the agency; "the Workers' Party of Utopia (WPU) and" is none.
_AGENCY = r"(?:\([A-Z][A-Za-z ]{1,30}\)|/[A-Z][A-Za-z ]{1,30}/\.?)[\s\u00a0]*"
DATELINE = re.compile(rf"[^\n(/]{{0,60}}(?:\d\.?[\s\u00a0]*{_AGENCY}[-–—]*|{_AGENCY}[-–—]+)[\s\u00a0]*")
LONGEST_OBJECT = 400
# A description has more words than a name, and of these the long ones tell.
NAME_WORDS, LONG_WORD = 4, 6


class Parties(NamedTuple):
    """The names of those who send and those who receive; joint names stand side by side."""

    sender: tuple[str, ...] = ()
    recipient: tuple[str, ...] = ()


NOBODY = Parties()


def find_parties(sentence: str, before: Parties = NOBODY, direct: bool = False) -> Parties | None:
    """Sender and recipient of the message that a sentence reports as sent or received; None where it reports none.

    In: the sentence with glued words parted; the parties so far, which a pronoun or a passive leaves in their place; and
    whether to greet somebody is to send a message, as in a lead that does not name it: "Ann Lee congratulated Bob Moe".

    >>> find_parties("Oslo, May 3 (NTB) -- Harald V, king of Norway, received a letter from Ann Lee, president of Utopia.")
    Parties(sender=('Ann Lee',), recipient=('Harald V',))
    """
    # Most sentences have no such word, and need no closer look: the cheaper question first.
    if not (direct or _may_name_message(sentence)):
        return None
    patterns = []
    if _news(direct).search(sentence):
        patterns = _patterns() + (_direct_patterns() if direct else [])
    if _has_other_shape(sentence):
        patterns = patterns + _other_patterns()
    if not patterns:
        return None
    dateline = DATELINE.match(sentence)
    sentence = sentence[dateline.end() :] if dateline else sentence
    for kind, pattern in patterns:
        found = pattern.search(sentence)
        if found:
            return READERS[kind](found, before)
    return None


def _sent(found: re.Match, before: Parties) -> Parties:
    return Parties(read_party(found["subject"]) or before.sender, read_party(found["object"]) or before.recipient)


def _received(found: re.Match, before: Parties) -> Parties:
    return Parties(read_party(found["object"]) or before.sender, read_party(found["subject"]) or before.recipient)


def _exchanged(found: re.Match, before: Parties) -> Parties:
    names = read_party(found["subject"]) + (read_party(found["object"]) if found["object"] else ())
    return Parties(names, names) if names else before


def _came(found: re.Match, before: Parties) -> Parties:
    return Parties(read_party(found["object"]) or before.sender, before.recipient)


# What each shape of a sentence says of sender and recipient.
READERS = {"reply": _sent, "send": _sent, "send_whom": _sent, "receive": _received, "exchange": _exchanged, "came": _came}
READERS |= {"greet": _sent, "passive": _received, "to_from": _received, "to": _sent, "from": _received}
READERS |= dict.fromkeys(["written", "was_sent", "whose", "give", "from_to", "reached", "direct"], _sent)
READERS |= dict.fromkeys(["given", "greeted"], _received)


def _may_name_message(sentence: str) -> bool:
    return any(noun in sentence for noun in _nouns()) or sentence.startswith("They ")


@of_lexicons
def _nouns() -> tuple[str, ...]:
    return tuple(read_terms("speech_cues")["message"])


def _has_other_shape(sentence: str) -> bool:
    """ "In a letter to Bob Moe, she said", "Ann Lee's letter to Bob Moe was published": no verb of sending."""
    return sentence.startswith(("In a", "In h", "In the ")) or "’s " in sentence or "'s " in sentence


@of_lexicons
def _news(direct: bool) -> re.Pattern:
    """Any verb of sending or receiving."""
    kinds = ["send", "receive", "reply", "exchange", "came", "greet", "reached", *(["direct", "greeted", "give"] if direct else [])]
    return re.compile(rf"\b(?:{'|'.join(map(cue, kinds))})\b")


@of_lexicons
def _patterns() -> list[tuple[str, re.Pattern]]:
    """The ways to say it, the surest first."""
    noun, subject, rest = rf"\b{cue('message')}\b", r"^(?P<subject>[^:]{1,400}?)", rf"(?P<object>.{{1,{LONGEST_OBJECT}}})"
    adverb = r"\s(?:(?:has|have|had)\s)?(?:also\s|recently\s|today\s)?"
    occasion, day = r"(?:(?:on|upon|over|in|a)\s.{0,80}?\s)?", r"(?:[Oo]n\s[\w .]{1,20}\s)?"
    forms = {
        "reply": rf"{subject}{adverb}{cue('reply')}\s.{{0,80}}?{noun}.{{0,60}}?\b(?:sent by|from)\s{rest}",
        "exchange": rf"{subject}{adverb}{cue('exchange')}\s.{{0,60}}?{noun}(?:.{{0,60}}?\bwith\s{rest})?(?P<x>)",
        "receive": rf"{subject}{adverb}{cue('receive')}\s.{{0,80}}?{noun}.{{0,60}}?\b(?:sent by|from)\s{rest}",
        "send": rf"{subject}{adverb}{cue('send')}\s.{{0,80}}?{noun}.{{0,60}}?\bto\s{rest}",
        "send_whom": rf"{subject}{adverb}{cue('send')}\s(?P<object>[^,]{{1,80}}?)\s(?:a|the|his|her)\s.{{0,30}}?{noun}",
        "greet": rf"{subject}{adverb}{cue('greet')}\s(?P<object>(?:[A-Z]|the\s).{{1,80}}?)\s{occasion}in\s(?:a|his|her|their)\s.{{0,40}}?{noun}",
        "passive": rf"{noun}.{{0,40}}?(?:sent|addressed|conveyed|came)\s{day}to\s(?P<subject>.{{1,200}}?)\s(?:by|from)\s{rest}",
        "reached": rf"{noun}\s.{{0,40}}?(?:from|by)\s(?P<subject>.{{1,200}}?),?\s{cue('reached')}\s{rest}",
        "was_sent": rf"{noun}\s(?:was|were)\s(?:sent|addressed|conveyed)\sby\s(?P<subject>.{{1,200}}?)\sto\s{rest}",
        "given": rf"{subject}\s(?:was|were)\s(?:sent|given|handed)\s.{{0,60}}?{noun}.{{0,60}}?\b(?:by|from)\s{rest}",
        "came": rf"(?:{noun}|\bThey)\s.{{0,40}}?(?:{cue('came')}|(?:was|were)\ssent)\s.{{0,20}}?(?:by|from)\s{rest}",
    }
    return [(kind, re.compile(form, re.DOTALL)) for kind, form in forms.items()]


def greets(sentence: str) -> bool:
    """Has it a word for greeting, which may be the sending of a message: "congratulated", "wrote to"?

    >>> greets("Ann Lee congratulated Bob Moe."), greets("Ann Lee met Bob Moe.")
    (True, False)
    """
    return not _greeting_words().isdisjoint(sentence.lower().split())


@of_lexicons
def _greeting_words() -> frozenset[str]:
    terms = read_terms("speech_cues")
    return frozenset(word for term in terms["direct"] + terms["greeted"] for word in term.split() if word not in ("has", "to", "with"))


@of_lexicons
def _other_patterns() -> list[tuple[str, re.Pattern]]:
    """The same with no verb of sending."""
    noun = rf"\b{cue('message')}\b"
    writer = rf"(?P<subject>[^,]{{1,120}}?)\s(?:{cue('say')}|{cue('tell')})\b"
    forms = {
        "written": rf"^[Ii]n\s(?:a|an|his|her|the)\s.{{0,40}}?{noun}\sto\s(?P<object>[^,]{{1,120}}),\s{writer}",
        "whose": rf"^(?P<subject>[^:,]{{1,120}}?)[’']s?\s.{{0,40}}?{noun}\sto\s(?P<object>[^,]{{1,120}}?)\s(?:was|were)\s",
    }
    return [(kind, re.compile(form, re.DOTALL)) for kind, form in forms.items()]


@of_lexicons
def _direct_patterns() -> list[tuple[str, re.Pattern]]:
    """The same without a noun for the message: "Ann Lee congratulated Bob Moe", "Bob Moe was greeted by Ann Lee"."""
    # What is said in a speech is no message.
    subject, whom = r"^(?!.{0,200}\bspeech\b)(?P<subject>[^:]{1,400}?)", rf"(?P<object>(?:[A-Z]|the\s).{{0,{LONGEST_OBJECT}}})"
    forms = {
        "greeted": rf"{subject}\s(?:was|were)\s{cue('greeted')}\s(?:.{{0,60}}?\s)?by\s{whom}",
        "give": rf"{subject}\s{cue('give')}\s(?:.{{0,40}}?\s)?{cue('content')}\sto\s{whom}",
        "direct": rf"{subject}\s(?:(?:has|have|had)\s)?(?:also\s|recently\s|today\s)?{cue('direct')}\s{whom}",
    }
    return [(kind, re.compile(form, re.DOTALL)) for kind, form in forms.items()]


def names_party(words: str, parties: Parties) -> bool:
    """May a noun phrase name one of the parties: by a word of the name, or by an office alone? Where none is known, it may.

    >>> names_party("The Utopian president", Parties(("Ann Lee",))), names_party("The people", Parties(("Ann Lee",)))
    (True, False)
    """
    if not any(parties):
        return True
    spoken = {word.lower() for word in words.split()}
    if any(spoken & _telling_words(name) for side in parties for name in side if name):
        return True
    return bool(_office_at_the_end().search(words))


def are_same(one: tuple[str, ...], other: tuple[str, ...]) -> bool:
    """May two lists of names be the same party: "The UP Central Committee" and "the Central Committee of the United Party"?

    >>> are_same(("The UP Central Committee",), ("the Central Committee of the United Party of Utopia",))
    True
    """
    if one == other:
        return True
    short = [name for name in one if len(name.split()) <= 2 * NAME_WORDS]
    return any(_telling_words(name) & _telling_words(known) for name in short for known in other if name and known)


@of_lexicons(most=10_000)
def _telling_words(name: str) -> frozenset[str]:
    """The last word of a name, and of a longer description ("the participants in a meeting") every long one."""
    words = name.lower().split()
    return frozenset([words[-1], *(word for word in words if len(word) >= LONG_WORD and len(words) > NAME_WORDS)])


@of_lexicons
def _office_at_the_end() -> re.Pattern:
    lexicon = read_honorifics()
    offices = lexicon[(lexicon["language"] == "en") & (lexicon["element"] == "title") & (lexicon["counts"] == "joins")]
    return re.compile(rf"(?<![\w-]){any_of(list(offices['term']))}$", re.IGNORECASE)
