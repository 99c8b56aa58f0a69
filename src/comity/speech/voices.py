"""In whose voice a sentence of a report speaks: the outlet's, the letter's own, or the letter's in indirect speech."""

import re
from collections.abc import Callable
from typing import NamedTuple

from comity.sources.terms import any_of, read_terms
from comity.sources.word_lists import of_lexicons
from comity.speech.cues import cue

# How much may stand between the last verb of saying and the colon that lets the letter speak.
LAST_WORDS = 100
_WORD = re.compile(r"\w+")
QUOTED = re.compile(r"[”\"]")
QUOTES = "\"“”„«»"


class Voice(NamedTuple):
    """The frame of a sentence; whether the letter's own words go on after it; who is said to speak (may be empty); and
    whether the sentence itself says that it tells of a message's words."""

    frame: str
    goes_on: bool = False
    speaker: str = ""
    in_message: bool = False


def find_voice(sentence: str, inside: bool, may_speak: Callable[[str], bool] = bool) -> Voice:
    """The voice of a sentence of a report that tells of a message.

    In: the sentence with glued words parted; whether the letter's own words stood right before it; and what tells of a
    noun phrase whether it may name the writer, since a letter itself may say that "the king hoped", and a report that
    "residents said".

    >>> find_voice("The message wished the king health.", inside=True).frame
    'reported'
    >>> find_voice("I wish you health, the message said, adding:", inside=False)
    Voice(frame='letter', goes_on=True, speaker='the message', in_message=True)
    """
    opens = sentence.endswith(":") and bool(_opening().search(sentence, max(0, len(sentence) - LAST_WORDS)))
    if sentence.endswith(".") and _follows().fullmatch(sentence):
        return Voice("agency", True)
    # Most sentences of a letter have no verb of saying, which is quickly told.
    told = None if _verbs().isdisjoint(_WORD.findall(sentence)) else _told().match(sentence)
    if told and told["w2"] and not told["begun"] and not may_speak(told["w2"]):
        told = None
    if told and not _is_own(sentence, told.end()):
        only_opens = opens and told.end() > len(sentence) - LAST_WORDS // 4
        speaker = told["who"] or told["whom"] or told["w2"] or ""
        return Voice("agency" if only_opens else "reported", opens, speaker, bool(told["begun"] or not told["w2"]))
    if not inside and not opens and _in_message().match(sentence) and not is_first_person(sentence):
        # "In the message he reminded her of it": whatever the verb.
        return Voice("reported", False, "", True)
    after = _said_after().search(sentence) or (QUOTED.search(sentence) and _said_before().search(sentence))
    if after and not _message_or_pronoun().fullmatch(after["who"]) and not may_speak(after["who"]):
        after = None
    if after and not (opens and after.start() == 0):
        quoted = sentence[0] in QUOTES and (after.group()[0] in QUOTES or sentence[after.start() - 1] in QUOTES)
        own = inside or quoted or _is_own(sentence, after.start())
        return Voice("letter" if own else "reported", opens, after["who"], True)
    return Voice("letter", True) if inside else Voice("agency", opens)


def _is_own(sentence: str, end: int) -> bool:
    """Does the letter itself speak before this place, in the first or second person?"""
    return _own_words().search(sentence, 0, end) is not None


def is_first_person(sentence: str) -> bool:
    """Does a sentence say "I", "we", "my" or "our", outside quotation marks?

    >>> is_first_person("We greet you."), is_first_person("“We greet you,” she said.")
    (True, False)
    """
    found = _first_person().search(sentence)
    return bool(found) and not any(mark in QUOTES for mark in sentence[: found.start()])


@of_lexicons
def _first_person() -> re.Pattern:
    return _persons("first")


def names_message(sentence: str) -> bool:
    """Does a sentence name the thing that is sent, and not only what is in it, such as greetings?

    >>> names_message("He sent her a letter."), names_message("He sent her greetings.")
    (True, False)
    """
    return _thing().search(sentence) is not None


@of_lexicons
def _thing() -> re.Pattern:
    nouns = [term for term in read_terms("speech_cues")["message"] if term not in read_terms("speech_cues")["content"]]
    return re.compile(rf"\b{any_of(nouns)}\b", re.IGNORECASE)


def tells_of_message(text: str) -> bool:
    """Does a text say what a message says: "The message said", "In the letter he thanked her", "This is the letter:"?

    >>> tells_of_message("He wished her health in the message."), tells_of_message("Letters are delivered late.")
    (True, False)
    """
    return _tells().search(text) is not None


@of_lexicons
def _tells() -> re.Pattern:
    message = rf"(?:[Tt]he|[Tt]his|[Hh]is|[Hh]er|[Ii]ts|[Tt]heir)\s(?:[\w’'-]+\s){{0,3}}?{cue('message')}"
    said, within = rf"{message}\s(?:{cue('say')}|{cue('tell')}|{cue('follows')})\b", rf"(?:[Ii]n|[Tt]hrough)\s{message}\b"
    return re.compile(rf"\b(?:{said}|{within}|[Tt]his\sis\sthe\s{cue('message')}:)")


@of_lexicons
def _opening() -> re.Pattern:
    return re.compile(rf"\b(?:{cue('opens')}|{cue('message')})\b[^:]{{0,{LAST_WORDS}}}:$", re.IGNORECASE)


@of_lexicons
def _follows() -> re.Pattern:
    """ "The message reads.", "The text of the letter follows.": the letter speaks next although no colon says so."""
    return re.compile(rf"(?i:(?:the|this|his|her|its|full|[\w-]+\stext)\s(?:[\w’'-]+\s){{0,6}}?{cue('message')}\s{cue('follows')})\.")


@of_lexicons
def _own_words() -> re.Pattern:
    """First and second person, which only the letter's own words have."""
    return _persons("first", "second")


def _persons(*kinds: str) -> re.Pattern:
    """The pronouns of some persons, "I" with its capital only."""
    return re.compile(rf"\b(?:I|(?!I\b)(?i:{'|'.join(map(cue, kinds))}))\b")


def _message() -> str:
    """ "the reply message", "his message of sympathy"."""
    return rf"(?i:(?:the|this|that|his|her|its|their|a)\s)(?:[\w’'-]+\s){{0,4}}?{cue('message')}(?:\sof\s[\w-]+)?"


@of_lexicons
def _told() -> re.Pattern:
    """A sentence that begins by saying who tells: "In the message the king wished", "Noting that it is so, he said"."""
    message, adverb = _message(), rf"(?:,?\s{cue('adverb')},?)*\s(?<!was\s)(?<!were\s)(?<!been\s)(?<!is\s)"
    in_message = rf"(?:,?\s(?:in|through)\s{message},?)"
    verb, person_verb = rf"(?:{cue('say')}|{cue('tell')})\b", rf"(?:{cue('say')}|{cue('tell_person')})\b"
    who = r"(?:(?:Comrade\s|President\s)?[A-Z][\w.’'-]+(?:\s[\w.’'-]+){0,6}?|(?i:the)\s(?:[\w.’'-]+\s){0,9}?[\w.’'-]+)"
    begun = rf"(?:{cue('adverb')}\s)?{cue('saying')}\b.{{1,600}}?[,\s]"
    ways = [
        rf"(?i:in|through)\s{message}(?:,|\s|,?\s)*(?P<whom>.{{0,200}}?){adverb}{verb}",
        rf"(?P<begun>(?i:{begun}))?(?:(?P<who>{message}|(?i:{cue('pronoun')})|{who}{in_message}){adverb}{verb}"
        rf"|(?P<w2>{who})(?:{adverb}{person_verb}|,\s[^,.;:]{{1,80}},{adverb}{cue('say')}\b))",
    ]
    return re.compile("(?:" + "|".join(ways) + ")", re.DOTALL)


@of_lexicons
def _verbs() -> frozenset[str]:
    """The first words of the verbs that say who tells."""
    terms = read_terms("speech_cues")
    return frozenset(_WORD.match(term)[0] for kind in ("say", "tell", "tell_person") for term in terms[kind])


@of_lexicons
def _in_message() -> re.Pattern:
    return re.compile(rf"(?i:in|through|according\sto)\s(?:{_message()}\b|it,)")


@of_lexicons
def _said_after() -> re.Pattern:
    """The same after the words: ", the message said", ", he said, adding that it is so"."""
    verb = rf"(?:{cue('adverb')}\s)?(?:{cue('say')}|reads?|told\s\w+)"
    return re.compile(rf"[,”\"’?!]\s*(?P<who>{_speaker()})\s{verb}(?=\s*(?:$|[.,:;]|and\b|adding\b|in\b|-0-))")


@of_lexicons
def _said_before() -> re.Pattern:
    """ "“I thank you,” said the king."""
    return re.compile(rf"[,?!][”\"]\s{cue('say')}\s(?P<who>{_speaker()})(?=\s*(?:$|[.,:;]|in\b|to\b|-0-))")


def _speaker() -> str:
    name = r"(?:(?:[A-Z]|al-|el-|bin\s|de\s|van\s|von\s)[\w.’'-]+\s?)"
    return rf"(?:{_message()}|(?i:{cue('pronoun')})|{name}{{1,5}}?|(?i:the)\s[\w.’' -]{{1,60}}?)"


@of_lexicons
def _message_or_pronoun() -> re.Pattern:
    return re.compile(rf"{_message()}|(?i:{cue('pronoun')})")
