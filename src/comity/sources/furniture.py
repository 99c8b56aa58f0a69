"""The lines of a page that are not the article: navigation, captions, bylines, buttons, and what is printed twice."""

import re
from dataclasses import dataclass

from comity.sources.terms import any_of, read_terms

SHORT_LINE, WORDS_OF_A_BUTTON, LONGEST_HEADLINE = 120, 2, 60

_LINE = re.compile(r"[^\r\n\u2028\u2029\x85\v\f]+")
_SENTENCE = re.compile(r"[.!?。！？…][\"'”’»)\]」]*\s*$")
_SHAPES = {
    "breadcrumb": re.compile(r"^[^.!?>]{1,40}(?: [>›»|] [^.!?>]{1,40}){2,}$"),
    "byline": re.compile(r"^(?:by|BY|By)\s+[A-Z][^.!?]{2,80}$|^[^!?]{0,80}\b[\w.+-]{1,40}@[\w-]{1,40}\.[\w.-]{1,40}\W?$"),
    "list item": re.compile(r"^[-•*·]\s*[^.!?]{0,60}$"),
}
_CREDIT = re.compile(r"[\[(][A-Z][A-Z0-9 .,/&'’-]{2,60}[\])]\s*$")


@dataclass(frozen=True)
class Line:
    """A line that is not blank: text[start:end] and its part: headline, text, or furniture with the kind in `why`."""

    start: int
    end: int
    part: str
    why: str = ""


def split_lines(text: str) -> list[Line]:
    r"""The lines of an article, in order, each marked as headline, text or furniture.

    The headline is the first line that is no furniture, where it does not end like a sentence. A longer line that is
    printed again is furniture the second time. Raises nothing.

    >>> [line.part for line in split_lines("Home > News > Asia\nKim sends letter\nKim sent a letter.\nBY A WRITER")]
    ['furniture', 'headline', 'text', 'furniture']
    """
    lines, seen, begun = [], set(), False
    for found in _LINE.finditer(text):
        shown = " ".join(found.group().split())
        if not shown:
            continue
        why = _furniture(shown, seen)
        part = "furniture" if why else "text" if begun or not _is_headline(shown) else "headline"
        begun = begun or not why
        seen.add(shown)
        lines.append(Line(found.start(), found.end(), part, why))
    return lines


def _is_headline(line: str) -> bool:
    return not line.endswith((".", "。", '."', ".”", ".'", ".’")) and len(line.split()) <= LONGEST_HEADLINE


def _furniture(line: str, seen: set[str]) -> str:
    """What kind of furniture a line is, or "" where it belongs to the article."""
    if not any(char.isalpha() for char in line):
        return "no words"
    if line in seen and len(line.split()) > WORDS_OF_A_BUTTON:
        return "printed twice"
    if _CREDIT.search(line):
        return "caption"
    if len(line) > SHORT_LINE:
        return ""
    shape = next((name for name, pattern in _SHAPES.items() if pattern.search(line)), "")
    return shape or _button(line)


def _button(line: str) -> str:
    """A short line with no quotation in it: a known phrase of pages, or a word or two that make no sentence."""
    if any(mark in line for mark in "\"“”«»「」"):
        return ""
    if re.search(rf"\b{any_of(read_terms('article_cues')['furniture'])}\b", line, re.IGNORECASE):
        return "button"
    return "label" if len(line.split()) <= WORDS_OF_A_BUTTON and not _SENTENCE.search(line) else ""
