"""The markdown of a notebook as HTML: escaped, with anchors for its headings, and nothing that runs or loads."""

from __future__ import annotations

import re
from dataclasses import dataclass
from html import unescape

import mistune

from comity.errors import ClaimError
from comity.page.text import LANGUAGE, addresses, attribute, link, slug, visible

TAG = re.compile(r"<[^>]*>")


@dataclass(frozen=True)
class Heading:
    level: int
    html: str
    anchor: str

    @property
    def text(self) -> str:
        return unescape(TAG.sub("", self.html))


class Prose(mistune.HTMLRenderer):
    """Renders markdown cells, one after the other, and remembers the headings of the page."""

    def __init__(self) -> None:
        super().__init__(escape=True)
        self.headings: list[Heading] = []

    def render(self, source: str) -> str:
        """The HTML of one markdown cell; raises ClaimError for what a page cannot carry."""
        return mistune.create_markdown(renderer=self)(source)

    def text(self, text: str) -> str:
        return visible(text)

    def heading(self, text: str, level: int, **attrs) -> str:
        anchor = self._free_anchor("section-" + slug(unescape(TAG.sub("", text))))
        self.headings.append(Heading(level, text, anchor))
        return f'<h{level} id="{anchor}">{text}</h{level}>\n'

    def _free_anchor(self, wanted: str) -> str:
        taken = {heading.anchor for heading in self.headings}
        numbered = (f"{wanted}-{number}" for number in range(2, 1000))
        return wanted if wanted not in taken else next(name for name in numbered if name not in taken)

    def link(self, text: str, url: str, title: str | None = None) -> str:
        if addresses(url):
            return link(url).split(">")[0] + f">{text}</a>"
        if re.fullmatch(r"(#[\w-]+|[\w-]+\.(ipynb|md|html)(#[\w-]+)?)", url):
            return f'<a href="{attribute(re.sub(r"[.](ipynb|md)(?=#|$)", ".html", url))}">{text}</a>'
        raise ClaimError(f"The link to {url!r} cannot stand on a page. Link to an address that begins with https://, "
                         "to another page (02-name.ipynb, glossary.md), or to an anchor (#table).")

    def image(self, text: str, url: str, title: str | None = None) -> str:
        raise ClaimError(f"The picture {url!r} cannot stand on a page, which is one file. "
                         "Draw it in the notebook and show it with show(figure, caption=...).")

    def inline_html(self, html: str) -> str:
        """The one tag that prose may hold is <span lang="ko">: the language of a phrase."""
        named = re.fullmatch(r'<span lang="([^"]*)">', html)
        return html if html == "</span>" or named and LANGUAGE.fullmatch(named[1]) else visible(html)

    def block_html(self, html: str) -> str:
        return f"<p>{visible(html.strip())}</p>\n"

    def block_code(self, code: str, info: str | None = None) -> str:
        return f'<pre tabindex="0">{visible(code.rstrip()).replace("<br>", chr(10))}</pre>\n'
