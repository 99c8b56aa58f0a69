"""Plain text and Markdown: header lines (`sender: ...`), an empty line, the letter."""

import re
from itertools import islice
from typing import Any, NamedTuple

from comity.sources.incoming.encodings import decode
from comity.sources.incoming.found import Found, Items, unreadable
from comity.sources.incoming.front import FENCE, read_front
from comity.sources.incoming.header_lines import Block, find_block, name_value, skip_empty
from comity.sources.incoming.limits import LONGEST_TEXT, read_whole
from comity.sources.incoming.names import CORE, choose_fields, field_of, tell_unused
from comity.sources.refusal import Refused

_HEADING = re.compile(r"[ \t]*#{1,6}[ \t]+(?P<title>[^\r\n]+)(?:\r\n|\r|\n)")
_TITLE = re.compile(r"[ \t]*(?P<title>[^\r\n]{0,99}[^\s,.;:!?])[ \t]*(?:\r\n|\r|\n)")
_RULE = re.compile(r"^[ \t]*(?:-{3,}|={3,}|\*{3,}|_{3,})[ \t]*\r?\n", re.MULTILINE)
_ALIKE = re.compile(r"^[ \t]*(?:[-*>#]+[ \t]+)?[*_]{0,3}(?P<name>[^\W\d_][\w \t-]{0,30}?)[ \t]*[*_]{0,3}[:：][*_]{0,3}(?P<value>[^\r\n]*)", re.MULTILINE)
MOST_RULES = 10_000
UNREADABLE = Refused("What stands above the letter, between two lines of three signs, cannot be read.", "Write a line for each, as sender: Ann Lee.")


class Headed(NamedTuple):
    """A letter with what its header lines say, `text` among the fields; which of it is a guess; what is to be said of it."""

    fields: dict[str, Any]
    guessed: dict[str, str] = {}
    notes: tuple[str, ...] = ()


def read_text_letter(stream, name: str) -> Items:
    """The letter of a text file; several where each has header lines below a line of hyphens."""
    text, encoding = decode(read_whole(stream))
    yield from headed_letters(text.removeprefix("\ufeff"), encoding)


def headed_letters(text: str, encoding: str) -> Items:
    """The letters of a text, a record each."""
    for record, letter in enumerate(part_letters(text)):
        try:
            headed = split_headers(letter)
        except Refused as error:
            yield unreadable(record, error)
            continue
        yield Found(record, headed.fields, encoding, headed.guessed, notes=headed.notes)


def part_letters(text: str) -> list[str]:
    """A text in as many letters as it holds: a line of hyphens (or the like) parts them, with header lines of sender, recipient, date below it."""
    begins, parts = 0, []
    for rule in islice(_RULE.finditer(text), MOST_RULES):
        block = find_block(text, skip_empty(text, rule.end()))
        if block.told() > 1 and block.closed and text[begins : rule.start()].strip():
            parts.append(text[begins : rule.start()])
            # The line of hyphens is the first of a letter's front matter, where such a line closes this.
            begins = rule.start() if FENCE.match(rule[0]) and FENCE.match(text, block.end) else rule.end()
    return [*parts, text[begins:]]


def split_headers(text: str) -> Headed:
    r"""A letter without its header lines, as received, and what they say; without header lines all of it is the letter.

    Header lines stand at the beginning, below a title or not; the first has a name that comity knows. Other names count between these, or
    where an empty line ends the lines; they are not used, and that is said. Front matter (YAML, TOML) may stand there instead.

    >>> split_headers("sender: Ann Lee\nTo: Bob Moe\nweather: fair\n\nDear friend,\nI thank you.").fields
    {'sender': 'Ann Lee', 'recipient': 'Bob Moe', 'text': 'Dear friend,\nI thank you.'}
    """
    start = re.match(r"\s*", text).end()
    front = read_front(text, start)
    places, unused = choose_fields(front.said if front and front.said else ())
    if places:
        return _of_front(text, front.after, list(front.said.items()), places, unused)
    fence = FENCE.match(text, start)
    title, block = _below_title(text, fence.end() if fence else start)
    if not block.lines:
        return Headed({"text": text}, notes=tuple(_alike(text)))
    if front and block.end < front.end:
        raise UNREADABLE
    return _of_block(text, title, block)


def _of_front(text: str, after: int, said: list[tuple[str, Any]], places: dict[str, int], unused: list[str]) -> Headed:
    fields = {field: name_value(said[place][1]) for field, place in places.items() if field != "text"}
    unused = [f"{name} ({value})" for name, value in said if name in unused or field_of(name) == "text"]
    letter = text[skip_empty(text, after) :]
    return Headed(fields | {"text": letter}, notes=(*tell_unused(unused, fields, "header lines"), *_alike(letter)))


def _below_title(text: str, start: int) -> tuple[str, Block]:
    """The title above the header lines, blank where none is, and these."""
    block = find_block(text, start)
    if block.lines and (block.lines[0].field or block.told() > 1 and block.closed):
        return "", block
    heading = _HEADING.match(text, start)
    title = heading or _TITLE.match(text, start)
    block = find_block(text, skip_empty(text, title.end()) if heading else title.end()) if title else Block()
    sure = block.told() > 1 or heading and block.lines and block.lines[0].field
    return (title["title"].strip(), block) if sure and block.closed else ("", Block())


def _of_block(text: str, title: str, block: Block) -> Headed:
    fields, unused, spread = block.fields(), block.unused(), []
    line = FENCE.match(text, block.end)
    at = skip_empty(text, line.end() if line else block.end)
    while not block.letter and (more := find_block(text, at, fields)).alone():
        fields |= more.fields()
        spread += [line.name for line in more.lines]
        at = skip_empty(text, more.end)
    guessed = {"headline": "the line above the header lines"} if title and "headline" not in fields else {}
    unused += [title] if title and not guessed else []
    notes = [f"header lines after an empty line: {', '.join(spread)}"] if spread else []
    letter = text[block.end :] if block.letter else text[at:]
    notes += [*tell_unused(unused, fields, "header lines"), *_alike(letter)]
    return Headed(fields | ({"headline": title} if guessed else {}) | {"text": letter}, guessed, tuple(notes))


def _alike(text: str) -> list[str]:
    """A remark on a line in the letter that looks like one of its header lines."""
    for line in _ALIKE.finditer(text[:LONGEST_TEXT]):
        if field_of(line["name"]) in CORE:
            shown = f"{line['name'].strip()} ({line['value'].strip('* ')[:60]})"
            return [f"a line in the letter looks like a header line: {shown}; header lines stand above the letter, and an empty line below them"]
    return []
