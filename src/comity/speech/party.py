"""The names in a noun phrase that says who sends or receives a message."""

import re
from functools import cache

from babel import Locale
from babel.dates import get_day_names, get_month_names

from comity.honorifics import read_honorifics
from comity.sources.terms import any_of
from comity.sources.word_lists import of_lexicons
from comity.speech.cues import cue

# Where the name of a party ends: at a day, an occasion, a reason.
_STOP = re.compile(
    r"\s(?:on|upon|over|at|for|to|via|through|when|who|which|as|after|by|with|where|dated|in connection)\b"
    r"|[;:!?](?:\s|$)|(?<![A-Z])\.(?:\s|$)|\n"
)
_ALSO = re.compile(r"\band ((?:[A-Z][\w.’'-]*\s?){1,6}),\s(?:the\s)?[a-z]")
# "Ann Lee in Oslo"
_PLACE = re.compile(r"(?<=\w)\sin\s.*")
# "her counterpart Rashid Meredov"
_LAST_NAME = re.compile(r"(?:\s[A-Z][\w.’'-]*){2,5}$")
# Titles whose full stop ends nothing.
_ABBREVIATED = re.compile(r"\b(?:Messrs|Mrs|Mr|Ms|Mme|Dr|Prof|Gen|Col|Lt|Capt|Maj|Hon|Gov|Sen|Rep)\.?\s(?=[A-Z])")
_FULL_NAME = re.compile(r"(?:[A-Z][\w.’'-]*\s){1,4}[A-Z][\w.’'-]*")
_JOINT = re.compile(r",?\s+and\s+")


def read_party(words: str) -> tuple[str, ...]:
    """The names in a noun phrase that says who sends or receives; a body or an unnamed office is given as it stands.

    >>> read_party("President Ann Lee and Vice-President Bob Moe of Utopia, on Monday")
    ('Ann Lee', 'Bob Moe')
    >>> read_party("the Central Committee of the Party of Utopia on May 3")
    ('the Central Committee of the Party of Utopia',)
    """
    words = _opener().sub("", _meanwhile().sub("", words.strip(" ,\n\u00a0").replace("C.C.,", "C.C.")))
    words = _ABBREVIATED.sub("", words)
    # A capital "To" may be a name; a small one is not.
    stop = _STOP.search(words)
    near = words[: stop.start()] if stop else words
    head, _, after = near.partition(",")
    if _titles().sub("", head).startswith(("the ", "The ", "of ")) and _titles().match(after.strip()):
        # "the president of Utopia, esteemed Comrade Ann Lee"
        head = after
    more = [found.strip() for found in _ALSO.findall(near)]
    names = [_name(piece) for piece in [*_JOINT.split(head), *more]]
    return tuple(name for name in names if name and not _pronoun().fullmatch(name) and not name.startswith(("a ", "an ")))


@of_lexicons(most=10_000)
def _name(piece: str) -> str:
    """The name in one piece of it; the same few persons write again and again, so what was read is remembered."""
    piece = _weekday().sub("", re.sub(r"[’']s?$", "", piece.strip(" ,.\n\u00a0")))
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
    body = _body_end().match(words)
    if body and _FULL_NAME.fullmatch(words, body.end()):
        return words[body.end() :]
    words = words.removeprefix("of ").removeprefix("the ")
    words = _PLACE.sub("", words)
    country = max((name for name in _countries() if words.startswith(f"{name} ")), key=len, default="")
    return words.removeprefix(country).strip() if country and words.removeprefix(country).strip()[:1].isupper() else ""


@of_lexicons
def _body_end() -> re.Pattern:
    """ "of the People's Republic of China Xi Jinping": up to where the name of a state or body ends."""
    return re.compile(rf"^of\s(?:the\s)?(?:\S+\s){{0,6}}{cue('body_end')}(?:\sof\s(?:the\s)?[A-Z]\S*)*\s(?=[A-Z])")


@cache
def _opener() -> re.Pattern:
    """ "Also on Thursday, Ann Lee", "In October, Ann Lee"; but "In Kyo Don, president" is a name."""
    times = any_of([*get_day_names("wide", locale="en").values(), *get_month_names("wide", locale="en").values()])
    words = "Also|In|On|At|After|Before|Upon|During|Following|Later|Earlier|Meanwhile"
    return re.compile(rf"^(?:{words})\s(?:[a-z\d]|{times}\b)[^,]{{0,60}},\s+(?=[A-Z]|the\s)")


@cache
def _weekday() -> re.Pattern:
    return re.compile(rf"\s{any_of(list(get_day_names('wide', locale='en').values()))}$")


@cache
def _countries() -> frozenset[str]:
    return frozenset(Locale("en").territories.values())


@of_lexicons
def _meanwhile() -> re.Pattern:
    return re.compile(rf"^{cue('connective')},?\s", re.IGNORECASE)


@of_lexicons
def _pronoun() -> re.Pattern:
    return re.compile(rf"{cue('pronoun')}(?:\s.*)?|also|\W*", re.IGNORECASE)


def _honorific_terms() -> str:
    lexicon = read_honorifics()
    # Not the nouns that only praise: "Son" is a name, too.
    english = lexicon[(lexicon["language"] == "en") & ((lexicon["counts"] != "beside") | (lexicon["element"] == "epithet"))]
    english = english[english["element"].isin(["epithet", "solidarity", "courtesy", "title"])]
    return any_of(list(english["term"]))


@of_lexicons
def _titles() -> re.Pattern:
    """Honorifics and offices before a name."""
    return re.compile(rf"^(?i:(?:the\s+)?(?:(?:his|her|their)\s+)?{_honorific_terms()}\s+)+(?=[A-Z]|of\s)")


@of_lexicons
def _title_inside() -> re.Pattern:
    """ "DPRK Foreign Minister Choe Son Hui": what stands before the office is no part of the name."""
    return re.compile(rf"(?<![\w-])(?i:{_honorific_terms()})\s+(?=[A-Z])")
