"""One executed notebook, or one text, as one page: what stands on it, in order."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path

from comity.errors import ClaimError
from comity.report.code import code_html
from comity.report.failures import Failure, place
from comity.report.outputs import check_verbs, kind, output_html
from comity.report.prose import Heading, Prose


@dataclass
class Page:
    """A page before it is put into the template."""

    file: str
    notebook: str
    name: str = ""
    title: str = ""
    headings: list[Heading] = field(default_factory=list)
    blocks: list[str] = field(default_factory=list)
    answer: str = ""
    provenance: str = ""
    failures: list[Failure] = field(default_factory=list)
    cells: int = 0
    code: list[tuple[int, str]] = field(default_factory=list)


def read_page(path: Path, notebook) -> Page:
    """The page of an executed notebook; what it cannot carry is listed in its failures. Its short name is the notebook's title, if it has one."""
    page, prose = Page(f"{path.stem}.html", path.name, notebook.metadata.get("title") or page_name(path)), Prose()
    for index, cell in enumerate(notebook.cells):
        try:
            if cell.cell_type == "markdown":
                _fold_code(page)
                page.blocks.append(prose.render(cell.source))
            elif cell.cell_type == "code" and cell.source.strip():
                _add_code_cell(page, cell)
        except ClaimError as error:
            page.failures.append(Failure(path.name, place(notebook, index), str(error)))
    _fold_code(page)
    page.headings = prose.headings
    _take_title(page)
    return page


def read_text(path: Path) -> Page:
    """The page of a Markdown file: words without code, for instance a glossary."""
    page, prose = Page(f"{path.stem}.html", path.name, page_name(path)), Prose()
    try:
        page.blocks.append(prose.render(path.read_text(encoding="utf-8")))
    except ClaimError as error:
        page.failures.append(Failure(path.name, "", str(error)))
    page.headings = prose.headings
    _take_title(page)
    return page


def page_name(path: Path) -> str:
    """The short name of a page: `02-the-dropped-respected` is "The dropped respected"."""
    words = path.stem.lstrip("0123456789-_ ").replace("-", " ").replace("_", " ") or path.stem
    return words[0].upper() + words[1:]


def _add_code_cell(page: Page, cell) -> None:
    """Add what the cell shows. Its code waits for the end of the section, so that reading is not interrupted."""
    page.cells += 1
    check_verbs(cell.source)
    seen = [(kind(output), output_html(output)) for output in cell.outputs]
    page.provenance = "".join(html for what, html in seen if what == "provenance") or page.provenance
    if seen and all(what == "provenance" for what, _ in seen):
        return
    page.code.append((page.cells, cell.source))
    for what, html in seen:
        if what == "sentence":
            page.answer = page.answer or html  # the answer comes first
        page.blocks.append(html)


def _fold_code(page: Page) -> None:
    if page.code:
        page.blocks.append(code_html(page.code))
        page.code = []


def _take_title(page: Page) -> None:
    """The one h1, which must be the first heading, is the title."""
    first = [heading for heading in page.headings if heading.level == 1]
    if len(first) != 1 or page.headings[0].level != 1:
        found = "none" if not first else f"{len(first)}: " + ", ".join(f"“{h.text}”" for h in first)
        page.failures.append(Failure(page.notebook, "", f"A page needs one title, and it comes first; this has {found}. "
                                     "Begin the notebook with one line “# The question?”, and use ## below it."))
        return
    page.title = first[0].text
