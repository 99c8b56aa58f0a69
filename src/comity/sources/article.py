"""A news article as plain text: its quotations, who says them, and which of them are words of a message."""

import re
from bisect import bisect_right
from dataclasses import dataclass
from pathlib import Path

import pandas as pd

from comity.errors import CorpusError
from comity.sources.furniture import Line, split_lines
from comity.sources.quotations import Quotation, find_quotations
from comity.sources.speakers import AFTER, BEFORE, Context, People, find_people, find_speaker
from comity.sources.terms import any_of, read_terms
from comity.sources.word_lists import of_lexicons

QUOTATION_COLUMNS = ["part", "start", "end", "quotation", "marks", "balanced", "speaker", "speech", "belongs_to_message", "cue"]
PROBLEM_COLUMNS = ["start", "end", "problem"]
HIDDEN, LONGEST_TITLE = "\ue000", 8

_SENTENCE_END = re.compile(r"[.!?][\"”’'»]*\s+(?=[\"“‘'«(]*(?:[^\W\d_a-z]|\ue000))|[\r\n]+")

_ANNOUNCED = re.compile(r":\s*[\r\n]\W*$")


@dataclass(frozen=True)
class Article:
    """An article as received, its quotations, and what is odd about its quotation marks."""

    text: str
    quotations: pd.DataFrame
    problems: pd.DataFrame
    lines: tuple[Line, ...] = ()


def read_article(path: str | Path) -> Article:
    """Read a news article from a plain text file (UTF-8).

    Errors: CorpusError where the file cannot be opened or is not UTF-8. See `find_article_quotations` for what comes out.

    >>> import tempfile
    >>> file = Path(tempfile.mkdtemp()) / "article.txt"
    >>> _ = file.write_text("Kim Jong Un sent a letter to Xi Jinping. In the letter, Kim wrote, “I wish you health.”")
    >>> read_article(file).quotations[["quotation", "speaker"]].values.tolist()
    [['I wish you health.', 'Kim Jong Un']]
    """
    path = Path(path)
    try:
        text = path.read_bytes().decode("utf-8")
    except OSError as error:
        raise CorpusError(f"{path}: the article cannot be opened ({error.strerror}). Check its name and place.") from error
    except UnicodeDecodeError as error:
        raise CorpusError(f"{path}: byte {error.start} is not UTF-8. Save the article as plain text in UTF-8.") from error
    return find_article_quotations(text)


def find_article_quotations(text: str) -> Article:
    """The quotations of an article, page furniture left out.

    Out: `quotations` with part (headline | text), start, end (text[start:end] == quotation), quotation (as received),
    marks (as they stand; blank for block speech), balanced, speaker (the fullest name the article gives; the words it uses
    where it gives none; blank where it names nobody), speech, belongs_to_message, cue (why, or why not).
    speech is indirect where the quotation stands in a clause that "that" opens after a verb of saying, in the same
    sentence: the newspaper's grammar around the speaker's words. Else it is direct, block speech after a colon included.
    A quotation belongs to a message where its sentence names a message and its speaker, or where its speaker is one who
    sent a message in this article and nothing says that the words were spoken elsewhere.
    `problems`: start, end, problem: marks that are missing, of different kinds, or make no quotation. Raises nothing.
    """
    lines = split_lines(text)
    kept = [line for line in lines if line.part != "furniture"]
    found, odd = find_quotations(text, [(line.start, line.end) for line in kept])
    blocks = _blocks(text, kept, found)
    quotations = sorted([*found, *blocks], key=lambda quotation: quotation.start)
    problems = [(at, at + 1, problem) for at, problem in odd] + [(q.start, q.end, q.problem) for q in found if q.problem]
    rows = _rows(text, kept, quotations)
    types = {"start": "int64", "end": "int64", "balanced": bool, "belongs_to_message": bool}
    table = pd.DataFrame(rows, columns=QUOTATION_COLUMNS).astype(dict.fromkeys(QUOTATION_COLUMNS, "str") | types)
    report = pd.DataFrame(sorted(problems), columns=PROBLEM_COLUMNS)
    return Article(text, table, report.astype({"start": "int64", "end": "int64", "problem": "str"}), tuple(lines))


def _blocks(text: str, lines: list[Line], found: list[Quotation]) -> list[Quotation]:
    """Speech without marks: the lines right after one that ends "the message said:", up to a blank line."""
    starts = [line.start for line in lines]
    taken = {number for q in found for number in range(bisect_right(starts, q.start) - 1, bisect_right(starts, q.end - 1))}
    blocks, open_since = [], None
    opener = re.compile(rf"\b{any_of(read_terms('article_cues')['say'])}\b[^.:]{{0,40}}:\s*$")
    for number, (before, line) in enumerate(zip([None, *lines], lines, strict=False)):
        if before and opener.search(text, max(before.start, before.end - 100), before.end):
            open_since = line
        elif open_since and text.count("\n", before.end, line.start) > 1:
            open_since = None
        if open_since and number not in taken:
            blocks.append(Quotation(line.start, line.end, "", True))
    return blocks


def _rows(text: str, lines: list[Line], quotations: list[Quotation]) -> list[tuple]:
    people = find_people("\n".join(text[line.start : line.end] for line in lines))
    rows, speaker, belongs, cue = [], "", False, ""
    for quotation, context in zip(quotations, _contexts(text, lines, quotations), strict=True):
        words = text[quotation.start : quotation.end]
        if context.alone and rows:
            cue = "goes on from the quotation before"
        else:
            said = find_speaker(context, people, speaker)
            belongs, cue = _belongs(words, context, said, people)
            speaker = said or (speaker if belongs else "")
        part, span = "headline" if context.headline else "text", (quotation.start, quotation.end)
        rows.append((part, *span, words, quotation.marks, quotation.balanced, speaker, _speech(context), belongs, cue))
    return rows


def _contexts(text: str, lines: list[Line], quotations: list[Quotation]) -> list[Context]:
    """The rest of each quotation's sentence, with the words of all quotations hidden but for a full stop at their end."""
    masked = _masked(text, quotations)
    ends = [match.end() for match in _SENTENCE_END.finditer(masked)]
    starts, contexts = [line.start for line in lines], []
    for quotation in quotations:
        line = lines[bisect_right(starts, quotation.start) - 1]
        number = bisect_right(ends, quotation.start)
        # Speech below a line that ends with a colon has its speaker in that line.
        announced = not quotation.marks or _ANNOUNCED.search(masked, max(0, quotation.start - 12), quotation.start)
        number -= 1 if number and announced else 0
        begin = max(ends[number - 1] if number else 0, quotation.start - BEFORE)
        later = bisect_right(ends, quotation.end)
        stop = min(ends[later] if later < len(ends) else len(text), quotation.end + AFTER)
        contexts.append(Context(masked[begin : quotation.start], masked[quotation.end : stop], line.part == "headline"))
    return contexts


def _masked(text: str, quotations: list[Quotation]) -> str:
    pieces, at = [], 0
    for quotation in quotations:
        keep = 1 if text[quotation.end - 1] == "." and quotation.marks else 0
        hidden = HIDDEN * (quotation.end - quotation.start - keep)
        pieces += [text[at : quotation.start], hidden, "." * keep]
        at = quotation.end
    return "".join(pieces) + text[at:]


def _belongs(words: str, context: Context, speaker: str, people: People) -> tuple[bool, str]:
    """Are these words of a message, and what says so?"""
    if re.search(rf"\b{_cue('title')}\W*$", words, re.IGNORECASE) and len(words.split()) <= LONGEST_TITLE:
        return False, "a name or title"
    if re.search(rf"\b{_cue('work')}\W*$", context.before, re.IGNORECASE):
        return False, "the title of a work"
    told = re.search(rf"\b{_cue('say')}\b|\b{_cue('label')}\b", context.sentence, re.IGNORECASE)
    named = re.search(rf"\b{_cue('message')}\b", context.sentence, re.IGNORECASE)
    if context.headline:
        return (True, "the headline names a message") if named else _of_sender(speaker, people)
    if speaker and people.senders and speaker not in people.senders:
        return False, "said by somebody who sent no message here"
    if named and told and speaker:
        return True, "the sentence names the message and the speaker"
    if re.search(rf"\b{_cue('event')}\b", context.sentence, re.IGNORECASE):
        return False, "said elsewhere"
    return _of_sender(speaker, people) if told else (False, "nothing says that these words were said")


def _of_sender(speaker: str, people: People) -> tuple[bool, str]:
    if speaker and speaker in people.senders:
        return True, "said by the sender of a message"
    return False, "no message is named"


def _speech(context: Context) -> str:
    """Indirect where the last verb of saying before the quotation goes on with "that", after at most a few words."""
    said = list(re.finditer(rf"\b{_cue('say')}\b", context.before, re.IGNORECASE))
    after = context.before[said[-1].end() :] if said else ""
    return "indirect" if re.match(r"(?:\s[\w’'-]+){0,4}\s(?:that|whether|how)\b", after) else "direct"


@of_lexicons
def _cue(kind: str) -> str:
    return any_of(read_terms("article_cues")[kind])
