"""The table in which missing metadata are filled in (`letters.csv`, of `comity init`), as a file."""

import csv
import io
import json
from pathlib import Path
from typing import NamedTuple

from comity.corpus.tables import cells_up_to
from comity.errors import CorpusError
from comity.sources.incoming.encodings import decode
from comity.sources.incoming.names import field_of
from comity.sources.incoming.limits import LONGEST_LINE, read_whole
from comity.sources.incoming.places import ASKED, Place
from comity.sources.incoming.tabular import separator_of
from comity.sources.refusal import Refused
from comity.sources.sheets import as_read

# What comity wrote into a row, so that it knows the letter again, and sees which cells somebody changed.
WRITTEN = "written"
# Lexicons of comity's own lie beside letters, and are none.
_LEXICON = {"term", "language"}


class Row(NamedTuple):
    """A row of the table: its number as a spreadsheet shows it, and its cells by the names of the columns."""

    number: int
    cells: dict[str, str]

    @property
    def place(self) -> tuple[str, str]:
        """File and record of its letter; a blank record stands for all letters of the file."""
        return self.cells["file"], self.cells.get("record", "")

    @property
    def said(self) -> dict[str, str]:
        """What it says, by field; without blank cells."""
        fields = {field_of(name): cell for name, cell in self.cells.items() if cell}
        return {name: cell for name, cell in fields.items() if name not in ("", "text", "version_id")}

    @property
    def written(self) -> dict[str, str]:
        """What comity wrote into it; nothing where somebody made the row, or the cell is damaged."""
        try:
            found = json.loads(self.cells.get(WRITTEN) or "{}")
        except ValueError:
            return {}
        return {str(name): str(cell) for name, cell in found.items()} if isinstance(found, dict) else {}


def read_rows(path: Path) -> tuple[list[str], list[Row]]:
    """The names of the columns and the rows of a filled-in table, as text, whatever a spreadsheet made of separators and encoding.

    Errors: CorpusError where it cannot be read, a row has another number of cells, or two columns or two rows say the same.
    """
    try:
        with path.open("rb") as file:
            text = decode(read_whole(file))[0].removeprefix("\ufeff")
        with cells_up_to(LONGEST_LINE):
            lines = list(csv.reader(io.StringIO(text, newline=""), delimiter=separator_of(text), strict=True))
    except (OSError, ValueError, csv.Error, Refused) as error:
        raise CorpusError(f"{path} cannot be read ({error}). Save it as CSV in UTF-8, or move it away and run `comity init` again.") from error
    header = [name.strip() for name in lines[0]] if lines else []
    if "file" not in header:
        raise CorpusError(f"{path} has no column file. Save it as CSV in UTF-8, or move it away and run `comity init` again.")
    _check_columns(path, header, lines)
    rows = [Row(number, _cells(header, line)) for number, line in enumerate(lines[1:], 2) if any(cell.strip() for cell in line)]
    _check_rows(path, rows)
    return [name for name in header if name], rows


def is_ours(place: Place) -> bool:
    """Is a file of a folder a table of comity's and no letter: the one that is filled in, or a lexicon?"""
    if place.folder is None or place.path.suffix.lower() != ".csv" or not place.path.is_file():
        return False
    return (place.name == ASKED and is_asked(place.path)) or is_lexicon(place.path)


def is_asked(path: Path) -> bool:
    """Has a table a column file, and none with letters?"""
    header = read_header(path)
    return "file" in header and "text" not in [field_of(name) for name in header]


def is_lexicon(path: Path) -> bool:
    """Has a table the columns term and language, and none with letters?"""
    return _LEXICON <= set(header := read_header(path)) and "text" not in map(field_of, header)


def read_header(path: Path) -> list[str]:
    """The names of the columns of a table; none where it cannot be read."""
    try:
        with path.open("rb") as file:
            first = decode(file.readline(LONGEST_LINE))[0].removeprefix("\ufeff")
        return [name.strip() for name in next(csv.reader([first], delimiter=separator_of(first)), [])]
    except (OSError, csv.Error, Refused):
        return []


def _cells(header: list[str], line: list[str]) -> dict[str, str]:
    return {name: as_read(cell).strip() for name, cell in zip(header, line, strict=True) if name}


def _check_columns(path: Path, header: list[str], lines: list[list[str]]) -> None:
    """Raise CorpusError for a row of another length, two columns for one thing, and cells under no name."""
    for number, line in enumerate(lines, 1):
        if len(line) != len(header) and any(cell.strip() for cell in line):
            raise CorpusError(f"{path}, row {number}, has {len(line)} cells, and the table {len(header)} columns. Write what holds a comma in quotation marks.")
        if any(cell.strip() and not name for name, cell in zip(header, line, strict=False)):
            raise CorpusError(f"{path}, row {number}, has a cell in a column without a name. Give the column a name, or take it out.")
    first: dict[str, str] = {}
    for name in filter(None, header):
        other = first.setdefault(field_of(name) or name, name)
        if other is not name:
            both = f"two columns {name}" if other == name else f"a column {other} and a column {name}, which mean the same"
            raise CorpusError(f"{path} has {both}. Take one of them out, or give it another name.")


def _check_rows(path: Path, rows: list[Row]) -> None:
    """Raise CorpusError where two rows are of one letter."""
    first: dict[tuple[str, str], Row] = {}
    for row in rows:
        other = first.setdefault(row.place, row)
        if other is not row:
            file, record = row.place
            which = f"record {record} of {file}" if record else f"all letters of {file}"
            raise CorpusError(f"{path}: rows {other.number} and {row.number} are both for {which}. Take one of them out.")
