"""Where sentences begin and end in news texts, with their abbreviations, datelines, glued words and colons."""

import re

from comity.sources.terms import any_of, read_terms
from comity.sources.word_lists import of_lexicons
from comity.speech.cues import names

# What may end a sentence: a line end; a full stop and the like with closing marks; a colon.
_END = re.compile(
    # One set of marks first, so that what cannot end a sentence is skipped fast; then each kind with what must follow.
    r"[。！？\r\n\u2028\u2029\x85.!?…:](?:"
    r"(?<=[。！？])[。！？]*[”」』）]*[\s\u3000]*"
    r"|(?<=[\r\n\u2028\u2029\x85])[\r\n\u2028\u2029\x85]*"
    # Only the first of several: what follows "..." is looked at once.
    r"|(?<=[.!?…])(?<![.!?…]{2})[.!?…]*[\"”’'»)\]]*(?:[\s\u00a0]+|(?=[A-Z][a-z])|(?=-0-))"
    r"|(?<=:)[\s\u00a0]+(?=[\"“‘'«]?[A-Z]))"
)
_OPENS = re.compile(r"[\"“”‘’'«»(\[\s]*(?:[^\W\d_a-z]|\d|-0-|[^\x00-\x7f])")
_LAST_WORD = re.compile(r"[^\s(\"“‘]*$")
# "V.", "J.P.", "U.S.": initials, which end a sentence only before a line end.
_INITIALS = re.compile(r"(?:[A-Z]\.)+$")
LONGEST_ABBREVIATION = 12
# So far before a colon stands a verb of saying: "said in her message of congratulation:".
LONGEST_SAYING = 60

# What stands before a gap is asked last, so that what is no gap is skipped fast.
_WIDE_GAP = re.compile(r"[ \t\u00a0](?<=\w.)[ \t\u00a0]{2,}(?=[\"“]?[A-Z])")

LINE_ENDS = "\r\n\u2028\u2029\x85"
# In a text of broken lines a line this short was not full: it stands alone.
SHORT_LINE = 45
_LINE = re.compile(r"(?:^|(?<=[\r\n]))[^\r\n]*$")
_LINE_IN_SMALL = re.compile(r"[\r\n][ \t]*[a-z]")
_GOES_ON = re.compile(r"[^\s.!?:][ \t]*(?:\r\n|\n|\r)[ \t]*[a-z]")
_GOES_ON_BELOW = re.compile(r"[^\s.!?:][ \t]*(?:\r\n|\n|\r){2}[ \t]*[a-z]")


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


def _is_wrapped(text: str) -> int:
    """How many line ends together do not end a sentence: 1 where lines are broken as in an e-mail, 2 where a blank line
    stands between them, as some sites leave one; 0 where a line end is one."""
    ends = text.count("\n") + text.count("\r")
    if not _LINE_IN_SMALL.search(text):
        return 0
    for count, goes_on in ((1, _GOES_ON), (2, _GOES_ON_BELOW)):
        if ends > 2 and len(goes_on.findall(text)) * count > ends / 5:
            return count
    return 0


def _line_goes_on(text: str, end: re.Match, wrapped: int) -> bool:
    """Does the sentence go on over this line end?"""
    last, following = text[end.start() - 1], text[end.end() : end.end() + 1]
    line = _LINE.search(text, max(0, end.start() - SHORT_LINE), end.start())
    long = not line or end.start() - line.start() >= SHORT_LINE
    breaks = end.group().count("\n") or end.group().count("\r")
    if last == "," and text[max(0, end.start() - 2)] in LINE_ENDS:
        return True
    if following.islower():
        return last not in ".!?:" and (long or last != ",")
    return (long and breaks <= wrapped and last not in ".!?:") or _is_name_line(text, end)


def _is_name_line(text: str, end: re.Match) -> bool:
    """Does a name stand on a line of its own before or after this line end, within a sentence?

    Some sites break lines around the names of leaders: "The respected", "Kim Jong Un", "sent a letter".
    """
    if text[end.start() - 1] in ".!?:;,":
        return False
    after = text[end.end() : end.end() + 1]
    goes_on = after in (",", "'", "’")
    before = _name_line_before().search(text, max(0, end.start() - 60), end.start())
    return bool((goes_on and before) or _name_line_after().match(text, end.end()))


def _ends(text: str, end: re.Match, wrapped: int) -> bool:
    mark = text[end.start()]
    if mark in LINE_ENDS:
        return not _line_goes_on(text, end, wrapped)
    if (end.group()[-1] in LINE_ENDS and not wrapped):
        return True
    if mark in "。！？":
        return True
    if mark == ":":
        return _says().search(text, max(0, end.start() - LONGEST_SAYING), end.start()) is not None
    if not _OPENS.match(text, end.end()):
        return False
    if mark != ".":
        return True
    word = _LAST_WORD.search(text, max(0, end.start() - LONGEST_ABBREVIATION), end.start() + 1).group()
    return not (_INITIALS.match(word) or word.lower() in _abbreviations())


def _add(spans: list[tuple[int, int]], text: str, start: int, end: int) -> None:
    """Add a sentence; where a wide gap stands in it, a line end was lost there, and it is two."""
    for gap in _WIDE_GAP.finditer(text, start, end):
        _add_one(spans, text, start, gap.end())
        start = gap.end()
    _add_one(spans, text, start, end)


def _add_one(spans: list[tuple[int, int]], text: str, start: int, end: int) -> None:
    piece = text[start:end]
    kept = piece.strip()
    if not kept:
        return
    start += len(piece) - len(piece.lstrip())
    if spans and kept in ("-0-", "-0-."):
        spans[-1] = spans[-1][0], start + len(kept)
    else:
        spans.append((start, start + len(kept)))


@of_lexicons
def _name_line_before() -> re.Pattern:
    return re.compile(rf"(?:^|[\r\n])[ \u00a0]*{names()}[ \u00a0,]*$")


@of_lexicons
def _name_line_after() -> re.Pattern:
    """A name, then a line that goes on with a small letter, a comma or "'s"."""
    return re.compile(rf"{names()}[ \u00a0]*[\r\n]+\s*[a-z,’']")


@of_lexicons
def _says() -> re.Pattern:
    """ "said", "wrote, in particular", "said in her message of May"."""
    where = r"(?:,?\s(?:in|through)\s(?:the|his|her|its|their|a|particular)\b(?:\s[\w-]+){0,4},?)?"
    return re.compile(rf"\b{any_of(read_terms('speech_cues')['opens'])}{where}$", re.IGNORECASE)


@of_lexicons
def _abbreviations() -> frozenset[str]:
    return frozenset(term.lower() for term in read_terms("speech_cues")["abbreviation"])
