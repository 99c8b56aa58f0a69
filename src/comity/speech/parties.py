"""Who writes to whom: sender and recipient, read from the sentence that reports a message, or from a headline."""

import re
from functools import cache
from typing import NamedTuple

from babel import Locale

from comity.honorifics import read_honorifics
from comity.sources.terms import any_of
from comity.speech.cues import cue

# "Pyongyang, October 8 (KCNA) --": the place, the day, the agency.
DATELINE = re.compile(r"[^\n(]{0,60}\([A-Z][A-Za-z ]{1,30}\)[\s\u00a0]*[-–—]*[\s\u00a0]*")
LONGEST_OBJECT = 400

# Where the name of a party ends: at a day, an occasion, a reason.
_STOP = re.compile(r"\s(?:on|upon|over|at|for|to|via|through|when|who|which|as|after|by|with|where|dated|in connection)\b|[;:!?](?:\s|$)|(?<![A-Z])\.(?:\s|$)|\n")
_ALSO = re.compile(r"\band ((?:[A-Z][\w.’'-]*\s?){1,6}),\s(?:the\s)?[a-z]")
# "Ann Lee in Oslo"
_PLACE = re.compile(r"(?<=\w)\sin\s.*")
# "her counterpart Rashid Meredov"
_LAST_NAME = re.compile(r"(?:\s[A-Z][\w.’'-]*){2,5}$")
_JOINT = re.compile(r",?\s+and\s+")


class Parties(NamedTuple):
    """The names of those who send and those who receive; joint names stand side by side."""

    sender: tuple[str, ...] = ()
    recipient: tuple[str, ...] = ()


NOBODY = Parties()


def find_parties(sentence: str, before: Parties = NOBODY) -> Parties | None:
    """Sender and recipient of the message that a sentence reports as sent or received; None where it reports none.

    In: the sentence with glued words parted, and the parties so far, which a pronoun or a passive leaves in their place.

    >>> find_parties("Oslo, May 3 (NTB) -- Harald V, king of Norway, received a letter from Ann Lee, president of Utopia.")
    Parties(sender=('Ann Lee',), recipient=('Harald V',))
    """
    if not _news().search(sentence):
        return None
    sentence = DATELINE.sub("", sentence, count=1) if "(" in sentence[:90] else sentence
    for kind, pattern in _patterns():
        found = pattern.search(sentence)
        if found:
            return _PARTIES[kind](found, before)
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


_PARTIES = {"reply": _sent, "send": _sent, "send_whom": _sent, "receive": _received, "exchange": _exchanged, "came": _came}
_PARTIES |= {"greet": _sent, "passive": _received, "to_from": _received, "to": _sent, "from": _received}


@cache
def _news() -> re.Pattern:
    """Any verb of sending or receiving; most sentences have none, and need no closer look."""
    return re.compile(rf"\b(?:{cue('send')}|{cue('receive')}|{cue('reply')}|{cue('exchange')}|{cue('came')}|{cue('greet')})\b")


@cache
def _patterns() -> list[tuple[str, re.Pattern]]:
    """The ways to say it, the surest first."""
    noun, subject, rest = rf"\b{cue('message')}\b", r"^(?P<subject>[^:]{1,400}?)", rf"(?P<object>.{{1,{LONGEST_OBJECT}}})"
    adverb = r"\s(?:also\s|recently\s|today\s)?"
    forms = {
        "reply": rf"{subject}{adverb}{cue('reply')}\s.{{0,80}}?{noun}.{{0,60}}?\b(?:sent by|from)\s{rest}",
        "exchange": rf"{subject}{adverb}{cue('exchange')}\s.{{0,60}}?{noun}(?:.{{0,60}}?\bwith\s{rest})?(?P<x>)",
        "receive": rf"{subject}{adverb}{cue('receive')}\s.{{0,80}}?{noun}.{{0,60}}?\b(?:sent by|from)\s{rest}",
        "send": rf"{subject}{adverb}{cue('send')}\s.{{0,80}}?{noun}.{{0,60}}?\bto\s{rest}",
        "send_whom": rf"{subject}{adverb}{cue('send')}\s(?P<object>[^,]{{1,80}}?)\s(?:a|the|his|her)\s.{{0,30}}?{noun}",
        "greet": rf"{subject}{adverb}{cue('greet')}\s(?P<object>[A-Z].{{1,80}}?)\s(?:on|upon|over|in)\s.{{0,80}}?\bin\s(?:a|his|her|their)\s.{{0,40}}?{noun}",
        "passive": rf"{noun}.{{0,40}}?(?:sent|addressed|conveyed|came)\sto\s(?P<subject>.{{1,200}}?)\s(?:by|from)\s{rest}",
        "came": rf"(?:{noun}|\bThey)\s.{{0,40}}?(?:{cue('came')}|(?:was|were)\ssent)\s.{{0,20}}?(?:by|from)\s{rest}",
    }
    return [(kind, re.compile(form, re.DOTALL)) for kind, form in forms.items()]


def names_party(words: str, parties: Parties) -> bool:
    """May a noun phrase name one of the parties: by a part of the name, or by an office alone?

    >>> names_party("The Utopian president", Parties(("Ann Lee",))), names_party("The people", Parties(("Ann Lee",)))
    (True, False)
    """
    spoken = set(words.split())
    if any(name.split()[-1] in spoken for side in parties for name in side if name):
        return True
    return bool(_office_at_the_end().search(words))


@cache
def _office_at_the_end() -> re.Pattern:
    lexicon = read_honorifics()
    offices = lexicon[(lexicon["language"] == "en") & (lexicon["element"] == "title") & (lexicon["counts"] == "joins")]
    return re.compile(rf"(?<![\w-]){any_of(list(offices['term']))}$", re.IGNORECASE)


def find_headline_parties(headline: str) -> Parties | None:
    """The same from a headline, where words are capitalised and verbs left out; None where it announces no message.

    >>> find_headline_parties("Message to King of Norway from President of Utopia")
    Parties(sender=('President of Utopia',), recipient=('King of Norway',))
    """
    for kind, pattern in _headline_patterns():
        found = pattern.search(headline)
        if found:
            return _PARTIES[kind](found, NOBODY)
    return None


@cache
def _headline_patterns() -> list[tuple[str, re.Pattern]]:
    noun, subject, rest = rf"\b{cue('message')}\b", r"^(?P<subject>.{1,150}?)", r"(?P<object>.{1,150})$"
    forms = {
        "receive": rf"{subject}\s{cue('receive')}\s.{{0,60}}?{noun}.{{0,40}}?\bfrom\s{rest}",
        "send": rf"{subject}(?:\s{cue('send')}|[’']s?)\s.{{0,60}}?{noun}.{{0,40}}?\bto\s{rest}",
        "exchange": rf"{subject}\s{cue('exchange')}\s.{{0,60}}?{noun}(?:.{{0,40}}?\bwith\s{rest})?",
        "to_from": rf"{noun}.{{0,40}}?\bto\s(?P<subject>.{{1,150}}?)\sfrom\s{rest}",
        "to": rf"{noun}.{{0,40}}?\bto\s{rest}(?P<subject>)",
        "from": rf"{noun}.{{0,40}}?\bfrom\s{rest}(?P<subject>)",
    }
    return [(kind, re.compile(form, re.IGNORECASE)) for kind, form in forms.items()]


def read_party(words: str) -> tuple[str, ...]:
    """The names in a noun phrase that says who sends or receives; a body or an unnamed office is given as it stands.

    >>> read_party("President Ann Lee and Vice-President Bob Moe of Utopia, on Monday")
    ('Ann Lee', 'Bob Moe')
    >>> read_party("the Central Committee of the Party of Utopia on May 3")
    ('the Central Committee of the Party of Utopia',)
    """
    words = _meanwhile().sub("", words.strip(" ,\n\u00a0").replace("C.C.,", "C.C."))
    # A capital "To" may be a name; a small one is not.
    stop = _STOP.search(words)
    near = words[: stop.start()] if stop else words
    head, _, after = near.partition(",")
    if head.startswith(("the ", "The ")) and _titles().match(after.strip()):
        # "the president of Utopia, esteemed Comrade Ann Lee"
        head = after
    more = [found.strip() for found in _ALSO.findall(near)]
    names = [_name(piece) for piece in [*_JOINT.split(head), *more]]
    return tuple(name for name in names if name and not _pronoun().fullmatch(name) and not name.startswith(("a ", "an ")))


def _name(piece: str) -> str:
    piece = re.sub(r"[’']s?$", "", piece.strip(" ,.\n\u00a0"))
    bare = _titles().sub("", piece).strip()
    if bare.startswith("of "):
        return _after_country(bare) or piece
    if piece.startswith(("the ", "The ")) and " of " in bare:
        # "the General Council of the United Party": a body, whose first word is no title.
        return piece
    after = [found.end() for found in _title_inside().finditer(bare)]
    if after and bare[after[-1] :][:1].isupper():
        bare = bare[after[-1] :]
    counterpart = _LAST_NAME.search(bare) if bare[:1].islower() and not bare.startswith("the ") else None
    if counterpart:
        return counterpart.group().strip()
    if bare[:1].isupper() and not re.match(r"(?:The|A|An)\s", bare):
        return bare.partition(" of ")[0].strip() if bare != piece or " of " not in bare else bare
    return piece


def _after_country(words: str) -> str:
    """ "of Cambodia Norodom Sihanouk": the name after a country's."""
    words = words.removeprefix("of ").removeprefix("the ")
    words = _PLACE.sub("", words)
    country = max((name for name in _countries() if words.startswith(f"{name} ")), key=len, default="")
    return words.removeprefix(country).strip() if country and words.removeprefix(country).strip()[:1].isupper() else ""


@cache
def _countries() -> frozenset[str]:
    return frozenset(Locale("en").territories.values())


@cache
def _meanwhile() -> re.Pattern:
    return re.compile(rf"^{cue('connective')},?\s", re.IGNORECASE)


@cache
def _pronoun() -> re.Pattern:
    return re.compile(rf"{cue('pronoun')}(?:\s.*)?|also|\W*", re.IGNORECASE)


def _honorific_terms() -> str:
    lexicon = read_honorifics()
    # Not the nouns that only praise: "Son" is a name, too.
    english = lexicon[(lexicon["language"] == "en") & ((lexicon["counts"] != "beside") | (lexicon["element"] == "epithet"))]
    english = english[english["element"].isin(["epithet", "solidarity", "courtesy", "title"])]
    return any_of(list(english["term"]))


@cache
def _titles() -> re.Pattern:
    """Honorifics and offices before a name."""
    return re.compile(rf"^(?i:(?:the\s+)?(?:(?:his|her|their)\s+)?{_honorific_terms()}\s+)+(?=[A-Z]|of\s)")


@cache
def _title_inside() -> re.Pattern:
    """ "DPRK Foreign Minister Choe Son Hui": what stands before the office is no part of the name."""
    return re.compile(rf"(?<![\w-])(?i:{_honorific_terms()})\s+(?=[A-Z])")
