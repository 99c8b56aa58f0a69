"""What stands around whatever a page shows: the caption above, the anchor, the source below."""

from __future__ import annotations

import re

from comity.errors import ClaimError
from comity.page.sentences import Sentence, say
from comity.page.text import addresses, link, readable, slug

# An address in running text, without the full stop or bracket that follows it.
ADDRESS = re.compile(r"(https?://\S*[^\s.,;:!?)\]”’\"'])")


def captioned(caption) -> Sentence:
    """The caption as a sentence; raises ClaimError where there is none, or where a number is typed into it."""
    if isinstance(caption, Sentence):
        return caption
    if not isinstance(caption, str) or not caption.strip():
        raise ClaimError("What is shown has no caption. Pass caption= with a few words that name what it shows.")
    return say(caption.replace("{", "{{").replace("}", "}}"))


def anchor(name: str | None, title: Sentence) -> str:
    """The id asked for, or one made from the caption; raises ClaimError where it cannot be an id."""
    name = name or slug(title.text)
    if slug(name) != name:
        raise ClaimError(f"{name!r} cannot be an id. Use lower-case letters, digits and hyphens, as in {slug(name)!r}.")
    return name


def inner(title: Sentence) -> str:
    """The caption as HTML, without the paragraph around it."""
    return title.html.removeprefix('<p class="say">').removesuffix("</p>")


def source_line(source: str | Sentence | None) -> str:
    """The line below what is shown, the addresses in it as links; nothing where no source is named."""
    if not source:
        return ""
    if isinstance(source, Sentence):
        return f'\n<p class="source">{inner(source)}</p>'
    words = "".join(link(piece) if addresses(piece) else readable(piece) for piece in ADDRESS.split(source))
    return f'\n<p class="source">{words}</p>'
