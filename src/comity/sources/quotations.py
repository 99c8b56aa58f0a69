"""Quotation marks of every make: which of them open, which close, and what stands between them."""

import re
from collections.abc import Iterable
from dataclasses import dataclass, field

# An opening mark and what properly closes it.
PAIRS = {'"': '"', "“": "”", "„": "“”", "‟": "”", "”": "”", "«": "»", "»": "«", "＂": "＂"}
PAIRS |= {"'": "'", "‘": "’", "‚": "‘’", "‹": "›", "›": "‹"}
PAIRS |= {"「": "」", "『": "』", "《": "》", "〈": "〉", "〝": "〞〟"}
SINGLE = "'‘’‚‹›"
OPENING, CLOSING = "“«„「『《〈〝‟", "”»」』》〉〞〟"
CORNERS = "「」『』《》〈〉"
LONGEST_SINGLE = 400

_MARK = re.compile("[" + "".join(sorted({*"".join(PAIRS), *"".join(PAIRS.values())})) + "]")
_BEFORE_OPENING = "([{<—–-/:;,…¿¡>|•·=" + '"“„«‘‚'
_SENTENCE_END = re.compile(r"[.!?。！？](?=\s)")
# From here on scripts that do not part words by spaces, or glue particles to them: kana, Han, Hangul.
_UNSPACED = "\u3040"
_THAT = re.compile(r"\bthat\s+", re.IGNORECASE)


@dataclass(frozen=True)
class Quotation:
    """Words in quotation marks: text[start:end], the marks as they stand, whether they are a pair, and what is odd."""

    start: int
    end: int
    marks: str
    balanced: bool
    problem: str = ""


@dataclass(frozen=True)
class _Mark:
    at: int
    char: str
    opens: bool
    closes: bool


@dataclass
class _Scan:
    """What has been found so far, the mark that is open, and where the search for a missing one may begin."""

    text: str
    found: list[Quotation] = field(default_factory=list)
    problems: list[tuple[int, str]] = field(default_factory=list)
    opened: _Mark | None = None
    edge: int = 0

    def add(self, start: int, end: int, marks: str, problem: str = "") -> None:
        self.edge = end + 1
        if start < end and not self.text[start:end].isspace():
            self.found.append(Quotation(start, end, marks, not problem, problem))


def find_quotations(text: str, paragraphs: Iterable[tuple[int, int]]) -> tuple[list[Quotation], list[tuple[int, str]]]:
    """The outermost quotations of each paragraph, in order and without overlap, and the odd marks that make none.

    In: the text as received, the (start, end) of its paragraphs in order. Out: quotations, and (offset, what is odd).
    A missing mark is made good where the sentence tells its place; such a quotation is not balanced. A quotation that
    runs over paragraphs is one for each paragraph where its mark is repeated, else one in all. Apostrophes and inches
    are no quotation marks. Raises nothing, whatever the text; the time grows with its length and no faster.

    >>> text = "He wrote “warm” and 'dear' to Kim's men."
    >>> [text[found.start:found.end] for found in find_quotations(text, [(0, len(text))])[0]]
    ['warm', 'dear']
    """
    scan, spans = _Scan(text), list(paragraphs)
    marks = [_marks(text, start, end) for start, end in spans]
    for number, (start, end) in enumerate(spans):
        if scan.opened is None:
            scan.edge = start
        _read_paragraph(scan, marks[number])
        if scan.opened:
            after = marks[number + 1] if number + 1 < len(spans) else []
            _leave_paragraph(scan, end, spans[number + 1][0] if after else 0, after)
    return scan.found, scan.problems


def _read_paragraph(scan: _Scan, marks: list[_Mark]) -> None:
    partner = _partners(scan.text, marks)
    for mark in marks:
        if scan.opened is None:
            _outside(scan, mark, partner)
        else:
            _inside(scan, mark, partner)


def _outside(scan: _Scan, mark: _Mark, partner: dict[int, int]) -> None:
    if mark.opens and (mark.char not in SINGLE or mark.at in partner):
        scan.opened = mark
    elif mark.char in SINGLE:
        if mark.opens and mark.char in "‘‚‹":
            scan.problems.append((mark.at, "An opening single mark is not closed."))
    elif mark.closes and scan.text[mark.at - 1 : mark.at].isdigit():
        scan.problems.append((mark.at, "A mark after a number closes nothing; it may mean inches."))
    elif mark.closes:
        start = _missing_start(scan.text, scan.edge, mark.at)
        scan.add(start, mark.at, mark.char, "The opening mark is missing; the quotation begins where the sentence lets it.")
        scan.edge = mark.at + 1
    else:
        scan.problems.append((mark.at, "A quotation mark stands inside a word."))


def _inside(scan: _Scan, mark: _Mark, partner: dict[int, int]) -> None:
    opened = scan.opened
    if opened.char in SINGLE:
        closes = partner.get(opened.at) == mark.at
    else:
        suits = _is_pair(opened, mark) if opened.char in CORNERS else mark.char not in CORNERS
        closes = mark.closes and mark.char not in SINGLE and suits
    if closes:
        problem = "" if _is_pair(opened, mark) else "The opening and the closing mark are of different kinds."
        scan.add(opened.at + 1, mark.at, opened.char + mark.char, problem)
        scan.opened = None
    elif mark.opens and mark.char == opened.char and mark.char not in SINGLE:
        _close_unclosed(scan, mark.at)
        scan.opened = mark


def _is_pair(opened: _Mark, closing: _Mark) -> bool:
    return closing.char in PAIRS.get(opened.char, "")


def _leave_paragraph(scan: _Scan, end: int, next_start: int, after: list[_Mark]) -> None:
    """At the end of a paragraph a quotation goes on where the next one repeats its mark, or begins by closing it."""
    opened, first = scan.opened, next((mark for mark in after if mark.char not in SINGLE), None)
    if first and first.char == opened.char and first.opens and not scan.text[next_start : first.at].strip():
        scan.add(opened.at + 1, end, opened.char)
    elif first and first.closes and not first.opens:
        return
    else:
        _close_unclosed(scan, end)
    scan.opened = None


def _close_unclosed(scan: _Scan, limit: int) -> None:
    start = scan.opened.at + 1
    stop = _SENTENCE_END.search(scan.text, start, limit)
    end = stop.end() if stop else start + len(scan.text[start:limit].rstrip())
    scan.add(start, end, scan.opened.char, "The closing mark is missing; the quotation ends where the sentence does.")


def _missing_start(text: str, edge: int, end: int) -> int:
    """Where a quotation without an opening mark begins: after the first "that" of its sentence, else with the sentence."""
    stops = [stop.end() for stop in _SENTENCE_END.finditer(text, edge, max(edge, end - 1))]
    start = stops[-1] if stops else edge
    that = _THAT.search(text, start, end)
    start = that.end() if that else start
    return end - len(text[start:end].lstrip())


def _partners(text: str, marks: list[_Mark]) -> dict[int, int]:
    """The closing mark of each opening single mark, where there is one before the next single mark that opens."""
    partner, opening, group = {}, None, []
    for mark in [*marks, None]:
        if mark and not (mark.char in SINGLE and mark.opens):
            group.append(mark)
            continue
        closing = _partner(text, opening, group) if opening else None
        if closing:
            partner[opening.at] = closing.at
        opening, group = mark, []
    return partner


def _partner(text: str, opening: _Mark, marks: list[_Mark]) -> _Mark | None:
    """The first mark that closes; an apostrophe after a plural does so only where no better one comes before other marks."""
    plural = None
    for mark in marks:
        if mark.at - opening.at > LONGEST_SINGLE:
            break
        if mark.char not in SINGLE:
            if plural:
                break
        elif mark.closes and mark.at > opening.at + 1:
            if not _is_plural(text, mark.at):
                return mark
            plural = plural or mark
    nothing_between = plural and all(mark.char in SINGLE for mark in marks if mark.at < plural.at)
    return plural if nothing_between else None


def _is_plural(text: str, at: int) -> bool:
    """Could this be the apostrophe of "the two countries' friendship"?"""
    return text[at - 1] in "sS" and text[at + 1 : at + 2] == " " and text[at + 2 : at + 3].isalpha()


def _marks(text: str, start: int, end: int) -> list[_Mark]:
    return [_mark(text, match.start(), start, end) for match in _MARK.finditer(text, start, end)]


def _mark(text: str, at: int, start: int, end: int) -> _Mark:
    """What a mark can be, by its shape and by its neighbours; an apostrophe in a word can be neither."""
    char, before, after = text[at], text[at - 1] if at > start else " ", text[at + 1] if at + 1 < end else " "
    free_left = before.isspace() or before in _BEFORE_OPENING
    opens = free_left and not after.isspace()
    # Korean, Chinese and Japanese set their particles right after the closing mark: "…"라고.
    closes = not before.isspace() and (not after.isalnum() or after >= _UNSPACED)
    if char in CORNERS:
        return _Mark(at, char, char in OPENING, char in CLOSING)
    if char in SINGLE:
        return _Mark(at, char, opens and char != "’" and not after.isdigit(), closes and char not in "‚")
    if char in OPENING:
        turned = closes and not free_left
        return _Mark(at, char, not turned, turned)
    if char in CLOSING:
        turned = before.isspace() and not after.isspace() and after.isalnum()
        return _Mark(at, char, turned, not turned)
    alone = before.isspace() and after.isspace()
    return _Mark(at, char, opens or alone, closes or alone or before in ",.!?…")
