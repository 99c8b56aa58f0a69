"""Where sentences begin and end in news texts, with their abbreviations, datelines, glued words and colons."""

import re
from functools import cache

from comity.sources.terms import any_of, read_terms

# What may end a sentence: a line end; a full stop and the like with closing marks; a colon.
_END = re.compile(r"[。！？]+[”」』）]*[\s\u3000]*|[\r\n\u2028\u2029\x85]+|[.!?…]+[\"”’'»)\]]*(?:[\s\u00a0]+|(?=[A-Z][a-z])|(?=-0-))|:[\s\u00a0]+(?=[\"“‘'«]?[A-Z])")
_OPENS = re.compile(r"[\"“”‘’'«»(\[\s]*(?:[^\W\d_a-z]|\d|-0-|[^\x00-\x7f])")
_LAST_WORD = re.compile(r"[^\s(\"“‘]*$")
# "V.", "J.P.", "U.S.": initials, which end a sentence only before a line end.
_INITIALS = re.compile(r"(?:[A-Z]\.)+$")
LONGEST_ABBREVIATION = 12

LINE_ENDS = "\r\n\u2028\u2029\x85"
# In a text of broken lines a line this short was not full: it stands alone.
SHORT_LINE = 45
_LINE = re.compile(r"(?:^|(?<=[\r\n]))[^\r\n]*$")
_GOES_ON = re.compile(r"[^\s.!?:][ \t]*(?:\r\n|\n|\r)[ \t]*[a-z]")


def find_sentences(text: str) -> list[tuple[int, int]]:
    r"""The (start, end) of every sentence, without the space around it; a line end or "said:" ends one too.

    >>> text = "The message said: I wish you well. H.E. Mr. Xi came on Oct. 6.\nEnd. -0-"
    >>> [text[start:end] for start, end in find_sentences(text)]
    ['The message said:', 'I wish you well.', 'H.E. Mr. Xi came on Oct. 6.', 'End. -0-']
    """
    spans, begin, wrapped = [], 0, _is_wrapped(text)
    for end in _END.finditer(text):
        if _ends(text, end, wrapped):
            _add(spans, text, begin, end.end())
            begin = end.end()
    _add(spans, text, begin, len(text))
    return spans


def _is_wrapped(text: str) -> bool:
    """Are lines broken within sentences, as in an e-mail? Then many of them go on in lower case."""
    ends = text.count("\n") + text.count("\r")
    return ends > 2 and len(_GOES_ON.findall(text)) > ends / 5


def _ends(text: str, end: re.Match, wrapped: bool) -> bool:
    mark = text[end.start()]
    if end.group().strip(" \t\u00a0") in ("\n", "\r\n", "\r") and wrapped:
        line = _LINE.search(text, max(0, end.start() - SHORT_LINE), end.start())
        return bool(line) and end.start() - line.start() < SHORT_LINE
    if mark in LINE_ENDS or (end.group()[-1] in LINE_ENDS and not wrapped):
        return True
    if mark in "。！？":
        return True
    if mark == ":":
        return _says().search(text, max(0, end.start() - 40), end.start()) is not None
    if not _OPENS.match(text, end.end()):
        return False
    if mark != ".":
        return True
    word = _LAST_WORD.search(text, max(0, end.start() - LONGEST_ABBREVIATION), end.start() + 1).group()
    return not (_INITIALS.match(word) or word.lower() in _abbreviations())


def _add(spans: list[tuple[int, int]], text: str, start: int, end: int) -> None:
    piece = text[start:end]
    kept = piece.strip()
    if not kept:
        return
    start += len(piece) - len(piece.lstrip())
    if spans and kept in ("-0-", "-0-."):
        spans[-1] = spans[-1][0], start + len(kept)
    else:
        spans.append((start, start + len(kept)))


@cache
def _says() -> re.Pattern:
    return re.compile(rf"\b{any_of(read_terms('speech_cues')['opens'])}$", re.IGNORECASE)


@cache
def _abbreviations() -> frozenset[str]:
    return frozenset(term.lower() for term in read_terms("speech_cues")["abbreviation"])
