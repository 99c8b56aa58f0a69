"""Anchors of findings: each sentence of a page, and each run of sentences that was joined, can be linked to."""

from __future__ import annotations

import re
from collections.abc import Iterable
from html import unescape

from comity.page.text import slug

START = '<p class="say">'
ID = re.compile(r'\sid="([^"]+)"')
# Numbers and dates change with the data; the words around them stay, and so does the address of the finding.
VALUE = re.compile(r"<(data|time)\b.*?</\1>", re.S)
TAG = re.compile(r"<[^>]*>")
WORDS = 8


def anchored(blocks: Iterable[str]) -> list[str]:
    """The blocks of a page in which every sentence has an id, made from its words; one that is taken gets a number."""
    blocks = list(blocks)
    taken = {name for block in blocks for name in ID.findall(block)}
    return [_with_id(block, taken) if block.startswith(START) else block for block in blocks]


def _with_id(block: str, taken: set[str]) -> str:
    wanted = "-".join(["finding", *slug(unescape(TAG.sub("", VALUE.sub(" ", block)))).split("-")[:WORDS]])
    numbered = (f"{wanted}-{number}" for number in range(2, len(taken) + 3))
    name = wanted if wanted not in taken else next(free for free in numbered if free not in taken)
    taken.add(name)
    return block.replace(START, f'<p class="say" id="{name}">', 1)
