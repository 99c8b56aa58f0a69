"""`comity report`: all notebooks run, all failures listed, and the folder of pages replaced as a whole or not at all."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from comity.errors import ClaimError, CorpusError
from comity.page.foot import data_folder
from comity.report.execute import CELL_SECONDS, Run, execute_all
from comity.report.failures import Failure
from comity.report.pages import Page, read_page
from comity.report.site import check_links, write_site

MARKER = ".comity-report"


@dataclass(frozen=True)
class Report:
    """What a build came to: the files that were written, or the failures because of which none was."""

    folder: Path
    files: tuple[str, ...] = ()
    failures: tuple[Failure, ...] = ()


def build_report(notebooks: Path, out: Path, data: Path | None = None, jobs: int = 2, cell_seconds: int = CELL_SECONDS,
                 on_done: Callable[[Run, int, int], None] = lambda run, done, total: None) -> Report:
    """Run the notebooks of a folder and write a page each, with an index, into `out`.

    Returns the failures where any notebook says something untrue, stops, or warns; `out` is then left as it was.
    Raises CorpusError where there is no data folder or no notebook, or where `out` holds somebody else's files.
    """
    out = Path(out).absolute()
    data, paths = _data(data), find_notebooks(notebooks)
    _check_ours(out)
    runs = []
    for run in execute_all(paths, data, jobs, cell_seconds):
        runs.append(run)
        on_done(run, len(runs), len(paths))
    runs.sort(key=lambda run: paths.index(run.path))
    pages = [read_page(run.path, run.notebook) for run in runs if run.notebook and not run.failures]
    failures = [*(f for run in runs for f in run.failures), *(f for page in pages for f in page.failures)]
    failures += check_links(pages, ["index.html", *(f"{path.stem}.html" for path in paths)])
    if failures:
        return Report(out, failures=tuple(sorted(failures, key=lambda failure: failure.notebook)))
    return Report(out, tuple(_replace(out, pages, Path(notebooks), data)))


def find_notebooks(folder: Path) -> list[Path]:
    """The notebooks of a folder, in the order of their names; raises CorpusError where there is none."""
    folder = Path(folder)
    found = sorted(path.absolute() for path in folder.glob("*.ipynb") if not path.name.startswith((".", "_")))
    if not found:
        what = "holds no notebook (a file ending in .ipynb)" if folder.is_dir() else "does not exist"
        raise CorpusError(f"The folder of notebooks, {folder}, {what}. Run this where the notebooks folder is, or name "
                          "it: comity report --notebooks DIR.")
    return found


def _data(folder: Path | None) -> Path:
    try:
        return data_folder(folder)
    except ClaimError as error:
        raise CorpusError(str(error)) from None


def _check_ours(out: Path) -> None:
    """The folder is replaced as a whole, so it must hold nothing but what an earlier build put there."""
    if not out.exists():
        return
    if not out.is_dir():
        raise CorpusError(f"{out} is a file. Name a folder for the pages: comity report --out DIR.")
    ours = (out / MARKER).read_text(encoding="utf-8").split("\n") if (out / MARKER).is_file() else []
    others = sorted(path.name for path in out.iterdir() if path.name not in [MARKER, *ours])
    if others:
        listed = ", ".join(others[:5]) + (f" and {len(others) - 5} more" if len(others) > 5 else "")
        raise CorpusError(f"{out} holds files that comity did not write ({listed}), and writing the report would remove "
                          "them. Move them away, or name another folder: comity report --out DIR.")


def _replace(out: Path, pages: list[Page], notebooks: Path, data: Path) -> list[str]:
    """Write beside the folder, then swap: whoever stops this half-way leaves the old pages whole."""
    out.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(prefix=f".{out.name}-", dir=out.parent) as beside:
        new, old = Path(beside) / "new", Path(beside) / "old"
        new.mkdir()
        files = write_site(pages, notebooks, data, new)
        (new / MARKER).write_text("\n".join(files) + "\n", encoding="utf-8")
        try:
            if out.exists():
                out.rename(old)
            new.rename(out)
        except BaseException:
            if old.exists() and not out.exists():
                old.rename(out)
            raise
    return files
