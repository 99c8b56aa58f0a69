"""What went wrong while a notebook ran, in words that somebody who does not program can act on."""

from __future__ import annotations

import re
from dataclasses import dataclass

OURS = ("ClaimError", "CorpusError")
ESCAPES = re.compile(r"\x1b\[[0-9;]*m")


@dataclass(frozen=True)
class Failure:
    """One reason why a page was not built: the notebook, the place in it, what is wrong; the traceback for --debug."""

    notebook: str
    place: str
    message: str
    traceback: str = ""


def report_failures(failures: list[Failure], debug: bool = False) -> str:
    """All failures as one text; notebooks that fail in the same words are named together."""
    same: dict[str, list[Failure]] = {}
    for failure in failures:
        same.setdefault(failure.message, []).append(failure)
    count = len({failure.notebook for failure in failures})
    head = f"No report was written: {count} notebook{' has' if count == 1 else 's have'} something to put right."
    return "\n\n".join([head, *(_told(group, debug) for group in same.values())])


def _told(group: list[Failure], debug: bool) -> str:
    where = "\n".join(f"{f.notebook}{', ' if f.place else ''}{f.place}:" for f in group)
    told = where + "\n" + _indented(group[0].message)
    return told + ("\n" + _indented(group[0].traceback) if debug and group[0].traceback else "")


def _indented(text: str) -> str:
    return "\n".join(f"    {line}".rstrip() for line in text.strip().splitlines())


def place(notebook, index: int) -> str:
    """Where a cell is: its number as JupyterLab shows it, and the heading above it."""
    cells = notebook.cells
    number = sum(cell.cell_type == "code" and bool(cell.source.strip()) for cell in cells[: index + 1])
    prose = "\n".join(cell.source for cell in cells[:index] if cell.cell_type == "markdown")
    headings = re.findall(r"^#+\s+(.+?)\s*$", prose, re.M)
    return f"cell [{number}]" + (f" under “{headings[-1]}”" if headings else "")


def of_error(name: str, notebook, index: int, error) -> Failure:
    """The failure that an error output of a cell stands for; our own errors need no traceback."""
    traceback = ESCAPES.sub("", "\n".join(error.get("traceback", [])))
    text = ESCAPES.sub("", error.get("evalue", ""))
    if error.get("ename") not in OURS:
        stopped = re.search(r"^-+> (\d+) (.*)$", traceback, re.M)  # the first is in the cell, those below in libraries
        where = f" at its line {stopped[1]}: {stopped[2].strip()}" if stopped else ""
        text = (f"The cell stopped{where}\n{error.get('ename')}: {text}\n"
                "What to do: run the notebook in JupyterLab (make lab) to look into it, or run comity report --debug.")
    return Failure(name, place(notebook, index), text, traceback)


def of_stderr(name: str, notebook, index: int, text: str) -> Failure:
    """A warning on a page would be lost; so it stops the build."""
    shown = re.sub(r"\S*ipykernel_\d+\S*?\.py:(\d+)", r"line \1 of the cell", ESCAPES.sub("", text).strip())
    return Failure(name, place(notebook, index),
                   f"The cell wrote a warning or an error text:\n{shown}\n"
                   "What to do: mend what the warning is about. A page is built only from a run without any.")
