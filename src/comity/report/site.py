"""Pages into files: the template filled, every link followed before anything is written."""

from __future__ import annotations

import re
from collections import Counter
from html.parser import HTMLParser
from pathlib import Path

from jinja2 import Environment, PackageLoader, StrictUndefined

from comity.page import provenance
from comity.page.outputs import marked_style
from comity.report.failures import Failure
from comity.report.findings import anchored
from comity.report.pages import Page
from comity.report.prose import Prose
from comity.report.script import policy, site_script

SITE = "comity"
LEAD = ("Each page asks one question; below the question stands its answer. The numbers come from the data when the page is "
        "built, and where a sentence compares them, the comparison is checked.")


def write_site(pages: list[Page], notebooks: Path | None, data: Path, folder: Path) -> list[str]:
    """Write a page each and the index into a folder; returns the names of the files.

    ``notebooks`` is the folder whose index.md introduces them, if any does.
    """
    fill = _filler(pages, notebooks, data)
    files = {page.file: _page_html(page, pages, fill) for page in pages}
    files["index.html"] = fill("index.html", here="index.html")
    for name, html in files.items():
        (folder / name).write_text(html, encoding="utf-8", newline="\n")
    return sorted(files)


def check_links(pages: list[Page], files: list[str]) -> list[Failure]:
    """A failure for each anchor that two things claim, and for each link that would lead nowhere.

    `files` are the names of all pages of the site, also of those that could not be made and are not looked into.
    """
    seen = {page.file: _Anchors(anchored(page.blocks)) for page in pages}
    found = []
    for page in pages:
        twice = [anchor for anchor, count in Counter(seen[page.file].ids).items() if count > 1]
        found += [Failure(page.notebook, "", f"The id {anchor!r} is on the page more than once. "
                          "Give each table and figure its own: show(..., id=\"...\").") for anchor in twice]
        astray = [href for href in dict.fromkeys(seen[page.file].links) if not _arrives(href, page.file, seen, files)]
        found += [Failure(page.notebook, "", f"A sentence or a link leads to {href!r}, which is not there. "
                          f"Show it with show(..., id={href.partition('#')[2]!r}), or mend the link.") for href in astray]
    return found


def _arrives(href: str, here: str, seen: dict[str, _Anchors], files: list[str]) -> bool:
    file, _, anchor = href.partition("#")
    target = seen.get(file or here)
    if target is None:
        return file in files
    return anchor in ("", "main", *target.ids)


class _Anchors(HTMLParser):
    """The ids of a page and the inside links on it."""

    def __init__(self, blocks: list[str]) -> None:
        super().__init__()
        self.ids: list[str] = []
        self.links: list[str] = []
        self.feed("\n".join(blocks))

    def handle_starttag(self, tag: str, attrs: list) -> None:
        given = dict(attrs)
        if given.get("id"):
            self.ids.append(given["id"])
        if tag == "a" and not re.match(r"https?:", given.get("href") or ""):
            self.links.append(given.get("href") or "")


def _page_html(page: Page, pages: list[Page], fill) -> str:
    here = pages.index(page)
    return fill("page.html", here=page.file, page=page, blocks=anchored(page.blocks), contents=[h for h in page.headings if h.level == 2],
                before=pages[here - 1] if here else None, after=pages[here + 1] if here + 1 < len(pages) else None,
                **({"provenance": page.provenance} if page.provenance else {}))


def _filler(pages: list[Page], notebooks: Path | None, data: Path):
    """A function that fills a template with what all pages share and what it is given."""
    environment = Environment(loader=PackageLoader("comity.report", "template"), autoescape=True,
                              undefined=StrictUndefined, trim_blocks=True)
    environment.filters["from_page"] = lambda html, file: html.replace('href="#', f'href="{file}#')
    site, lead = _introduction(notebooks)
    style = f'{environment.loader.get_source(environment, "style.css")[0].strip()}\n\n{marked_style().strip()}'
    script = site_script()
    shared = dict(pages=pages, site=site, lead=lead, style=style, script=script, policy=policy(script), provenance=provenance(data).html)
    return lambda template, **own: environment.get_template(template).render(shared | own).rstrip() + "\n"


def _introduction(notebooks: Path | None) -> tuple[str, str]:
    """Title and first words of the index: notebooks/index.md where there is one."""
    if notebooks is None or not (notebooks / "index.md").is_file():
        return SITE, f"<p>{LEAD}</p>"
    prose = Prose()
    html = prose.render((notebooks / "index.md").read_text(encoding="utf-8"))
    title = prose.headings[0].text if prose.headings and prose.headings[0].level == 1 else SITE
    return title, re.sub(r"<h1.*?</h1>\s*", "", html, count=1, flags=re.S)
