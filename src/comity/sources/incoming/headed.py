"""Plain text and Markdown: header lines (`sender: ...`), an empty line, the letter."""

import re

from comity.sources.incoming.encodings import decode
from comity.sources.incoming.found import Found, Items, field_of
from comity.sources.incoming.limits import read_whole

_LINE = re.compile(r"[ \t]*(?:[-*>][ \t]+)?(?P<name>[*_]{0,3}[^\W\d_][\w \t-]{0,30}[*_]{0,3})[ \t]*:(?P<value>[^\r\n]*)(?:\r\n|\r|\n|$)")
_FENCE = re.compile(r"\s*(?:---|\+\+\+)[ \t]*(?:\r\n|\r|\n|$)")
_EMPTY = re.compile(r"[ \t]*(?:\r\n|\r|\n|$)")


def read_text_letter(stream, name: str) -> Items:
    """The one letter of a text file."""
    text, encoding = decode(read_whole(stream))
    yield Found(0, split_headers(text.removeprefix("\ufeff")), encoding)


def split_headers(text: str) -> dict[str, str]:
    r"""The fields of a letter with header lines, `text` among them as received; without header lines all of it is the letter.

    Header lines stand at the beginning, the first is one that comity knows, and an empty line or any other line ends them; Markdown
    may have them between lines of three hyphens.

    >>> split_headers("sender: Ann Lee\nTo: Bob Moe\nweather: fair\n\nDear friend,\nI thank you.")
    {'sender': 'Ann Lee', 'recipient': 'Bob Moe', 'text': 'Dear friend,\nI thank you.'}
    """
    start = re.match(r"\s*", text).end()
    fence = _FENCE.match(text, start)
    at, fields = fence.end() if fence else start, {}
    while (line := _LINE.match(text, at)) and (fields or field_of(line["name"])):
        known = field_of(line["name"])
        if known and known != "text":
            fields.setdefault(known, line["value"].strip().strip("\"'*_ "))
        at = line.end()
    if not fields:
        return {"text": text}
    after = _FENCE.match(text, at) if fence else None
    at = after.end() if after else at
    while at < len(text) and (blank := _EMPTY.match(text, at)):
        at = blank.end()
    return fields | {"text": text[at:]}
