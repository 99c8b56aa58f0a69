"""`comity report`: all notebooks run, all failures listed, and the folder of pages replaced as a whole or not at all."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from comity.corpus.folder import BESIDE_THE_CODE
from comity.errors import ClaimError, CorpusError
from comity.folders import check_ours, replace_folder
from comity.page.foot import data_folder
from comity.report.execute import CELL_SECONDS, Run, execute_all
from comity.report.failures import Failure
from comity.report.pages import Page, read_page, read_text
from comity.report.site import check_links, write_site
from comity.sources.incoming.places import find_places
from comity.sources.kinds import LETTERS, MEASUREMENTS, kind_of, refuse_inside

MARKER = ".comity-report"
# The notebook that reads anybody's letters.
YOURS = "your-letters"
# Where notebooks are when nobody says.
USUAL = Path("notebooks")


@dataclass(frozen=True)
class Report:
    """What a build came to: the files that were written, or the failures because of which none was."""

    folder: Path
    files: tuple[str, ...] = ()
    failures: tuple[Failure, ...] = ()


def build_report(notebooks: Path, out: Path, data: Path | None = None, jobs: int = 2, cell_seconds: int = CELL_SECONDS,
                 on_done: Callable[[Run, int, int], None] = lambda run, done, total: None) -> Report:
    """Run the notebooks of a folder and write a page each, and one for each Markdown file beside them, with an index, into `out`.

    A folder of somebody's own letters is no data folder: of it only the notebook for letters is run, and the Markdown files, which are about the
    record, are left out.
    Returns the failures where any notebook says something untrue, stops, or warns; `out` is then left as it was.
    Raises CorpusError where there is no data folder or no notebook, or where `out` holds somebody else's files or lies among letters.
    """
    out = Path(out).absolute()
    data, notebooks = _data(data), _notebooks(notebooks)
    letters = holds_letters(data, out)
    texts = [] if letters else find_texts(notebooks)
    paths = _about_letters(notebooks) if letters else find_notebooks(notebooks)
    check_ours(out, MARKER, "comity report")
    runs = []
    for run in execute_all(paths, data, jobs, cell_seconds, letters):
        runs.append(run)
        on_done(run, len(runs), len(paths))
    runs.sort(key=lambda run: paths.index(run.path))
    pages = [read_page(run.path, run.notebook) for run in runs if run.notebook and not run.failures]
    pages += [read_text(path) for path in texts]
    failures = [*(f for run in runs for f in run.failures), *(f for page in pages for f in page.failures)]
    failures += check_links(pages, ["index.html", *(f"{path.stem}.html" for path in [*paths, *texts])])
    if failures:
        return Report(out, failures=tuple(sorted(failures, key=lambda failure: failure.notebook)))
    files = replace_folder(out, MARKER, lambda new: write_site(pages, None if letters else Path(notebooks), data, new))
    return Report(out, tuple(files))


def find_notebooks(folder: Path) -> list[Path]:
    """The notebooks of a folder, in the order of their names; raises CorpusError where there is none."""
    folder = Path(folder)
    found = sorted(path.absolute() for path in folder.glob("*.ipynb") if not path.name.startswith((".", "_")))
    if not found:
        what = "holds no notebook (a file ending in .ipynb)" if folder.is_dir() else "does not exist"
        raise CorpusError(f"The folder of notebooks, {folder}, {what}. Run this where the notebooks folder is, or name "
                          "it: comity report --notebooks DIR.")
    return found


def holds_letters(data: Path, out: Path) -> bool:
    """Whether a folder holds somebody's letters, and no record of messages. Raises CorpusError where pages can be made of neither, or the pages
    would lie among the letters."""
    kind = kind_of(data)
    if kind == MEASUREMENTS:
        raise CorpusError(f"{data} holds measurements, and pages are made of the letters themselves: comity report --data FOLDER, with the folder of the letters.")
    if kind == LETTERS:
        refuse_inside([data], out, "comity report")
    if not kind:
        next(find_places(data))
    return kind in (LETTERS, "")


def _notebooks(folder: Path) -> Path:
    """The folder of notebooks: the one given; where nobody gave one and there is none here, that of the checkout."""
    folder, beside = Path(folder), BESIDE_THE_CODE.parent / USUAL
    return beside if folder == USUAL and not folder.is_dir() and beside.is_dir() else folder


def _about_letters(folder: Path) -> list[Path]:
    found = [path for path in find_notebooks(folder) if path.stem.startswith(YOURS)]
    if not found:
        raise CorpusError(f"The data folder is no record of messages, so it is read as a folder of letters; but {folder} has no notebook for them ({YOURS}.ipynb). "
                          "Name the folder of comity's notebooks: comity report --notebooks DIR.")
    return found


def find_texts(folder: Path) -> list[Path]:
    """The Markdown files of a folder that are pages: all but index.md, which introduces them, and a README."""
    folder = Path(folder)
    found = sorted(path for path in folder.glob("*.md") if path.name not in ("index.md", "README.md") and path.name[0] not in "._")
    for path in found:
        if path.with_suffix(".ipynb").exists():
            raise CorpusError(f"{path.name} and {path.stem}.ipynb would both be the page {path.stem}.html. Rename one of them.")
    return found


def _data(folder: Path | None) -> Path:
    try:
        return data_folder(folder)
    except ClaimError as error:
        raise CorpusError(str(error)) from None
