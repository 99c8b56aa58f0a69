"""Header lines above a letter: which lines are some, and what they say."""

import re
from collections.abc import Container
from email.utils import getaddresses
from typing import NamedTuple

from comity.sources.incoming.front import FENCE
from comity.sources.incoming.names import CORE, field_of

EMPTY = re.compile(r"[ \t]*(?:\r\n|\r|\n|$)")
_LINE = re.compile(
    r"(?P<indent>[ \t]*)(?:[-*>][ \t]+)?(?P<name>[*_]{0,3}[^\W\d_][\w .'’()/&\t-]{0,40}[*_]{0,3})[ \t]*[:：](?P<value>[^\r\n]*)(?:\r\n|\r|\n|$)"
)
# What goes on from the line above: indented, or an item of a list.
_MORE = re.compile(r"(?:[ \t]+|-[ \t])(?P<value>[ \t]*\S[^\r\n]*)(?:\r\n|\r|\n|$)")
_ITEM = re.compile(r"\s*-[ \t]+")
_MAIL = re.compile(r"<[^<>@\s]+@[^<>\s]+>")
MOST_LINES, MOST_WORDS, LONGEST_VALUE = 60, 3, 120
_SENTENCE_ENDS = tuple(".!?,;:…。！？，")
# What may stand below an empty line, each by itself.
_ALONE = (*CORE, "occasion", "outlet", "language")


class Line(NamedTuple):
    """A line that may be a header line: its name (blank: it goes on from the one above), the field that it means, its value, where that begins
    and the line ends."""

    name: str
    field: str
    value: str
    start: int
    end: int

    def goes_on(self) -> bool:
        """Is something missing at the line's end, or is it an item of a list?"""
        return not self.value.strip() or self.value.rstrip().endswith(",") or not self.name and bool(_ITEM.match(self.value))

    def may_be(self, above: "Line | None" = None) -> bool:
        """Does an unknown name, or what goes on, look like something said of the letter, and not like a sentence of it?"""
        if not self.name:
            return above is not None and above.goes_on()
        said = self.value.strip()
        return 0 < len(said) <= LONGEST_VALUE and not said.endswith(_SENTENCE_ENDS) and len(self.name.split()) <= MOST_WORDS


class Block(NamedTuple):
    """Header lines one below the other; where they end, whether an empty line does that, and whether the last says that the letter
    begins (`text:`)."""

    lines: tuple[Line, ...] = ()
    end: int = 0
    closed: bool = False
    letter: bool = False

    def told(self) -> int:
        """How many of sender, recipient and date they name."""
        return len({line.field for line in self.lines} & set(CORE))

    def alone(self) -> bool:
        """Are they header lines even below an empty line: nothing but what is not yet said, and no sentence?"""
        return bool(self.lines) and self.closed and all(line.field in _ALONE and line.may_be() for line in self.lines)

    def fields(self) -> dict[str, str | list[str]]:
        """What they say; of two alike the first counts."""
        fields = {}
        for line, values in self._entries():
            if line.field:
                fields.setdefault(line.field, name_value(_joined(values)))
        return fields

    def unused(self) -> list[str]:
        """The lines that say nothing that comity knows, or what another said before."""
        seen, unused = set(), []
        for line, values in self._entries():
            if not line.field or line.field in seen:
                unused.append(f"{line.name} ({' '.join(values).strip()})")
            seen.add(line.field)
        return unused

    def _entries(self) -> list[tuple[Line, list[str]]]:
        entries = []
        for line in self.lines:
            if line.name:
                entries.append((line, [line.value]))
            else:
                entries[-1][1].append(line.value)
        return entries


def find_block(text: str, at: int, known: Container[str] = ()) -> Block:
    """The header lines that begin at a place of a text.

    Certain are those that say what is not ``known`` yet; others count between these, or before the empty line that ends all of them.
    """
    lines, certain, seen, letter = [], 0, set(), 0
    while len(lines) < MOST_LINES and at < len(text) and (line := _line(text, at, lines[-1] if lines else None)):
        if line.field == "text":
            certain, letter = len(lines), line.start if line.value.strip() else line.end
            break
        lines.append(line)
        at = line.end
        if line.field and line.field not in seen and line.field not in known:
            certain = len(lines)
            seen.add(line.field)
    closed = bool(letter) or at < len(text) and bool(EMPTY.match(text, at) or FENCE.match(text, at))
    if not certain or not closed or not all(line.may_be(above) for above, line in zip([None, *lines][certain:], lines[certain:], strict=False)):
        lines, closed = lines[:certain], closed and certain == len(lines)
    end = letter if letter and lines else lines[-1].end if lines else at
    return Block(tuple(lines), end, closed, bool(letter and lines))


def _line(text: str, at: int, above: Line | None) -> Line | None:
    line, more = _LINE.match(text, at), _MORE.match(text, at) if above else None
    field = field_of(line["name"]) if line else ""
    if more and not field and (not _ITEM.match(text, at) or above.goes_on()):
        return Line("", "", more[0].strip("\r\n"), at, more.end())
    if not line:
        return None
    name, value = line["name"].strip("*_ \t"), line["value"]
    # A name for the words themselves, as "letter: 14", is none where a value stands behind it.
    field = "" if field == "text" and value.strip() and name.casefold() != "text" else field
    return Line(name, field, value, line.end("value") - len(value.lstrip()), line.end())


def skip_empty(text: str, at: int) -> int:
    """The place of the next line that is not empty."""
    while at < len(text) and (empty := EMPTY.match(text, at)):
        at = empty.end()
    return at


def name_value(value):
    """What a header line says, without quotation marks, emphasis and the addresses of a mail; several names as a list."""
    if not isinstance(value, str):
        return value
    if _MAIL.search(value):
        names = [name or address for name, address in getaddresses([value.replace(";", ",")[:2000]]) if name or address]
        return (names if len(names) > 1 else names[0]) if names else value.strip()
    return value.strip().strip("\"'*_ ")


def _joined(values: list[str]) -> str | list[str]:
    """A value that goes on over lines; a list where these are its items."""
    if len(values) > 1 and not values[0].strip() and all(_ITEM.match(value) for value in values[1:]):
        return [name_value(_ITEM.sub("", value, count=1)) for value in values[1:]]
    return " ".join(value.strip() for value in values)
