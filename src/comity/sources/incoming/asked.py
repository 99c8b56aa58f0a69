"""The table in which missing metadata are filled in (`letters.csv`, of `comity init`), laid over what was read."""

import csv
from pathlib import Path

from comity.corpus.tables import cells_up_to
from comity.errors import CorpusError
from comity.sources.incoming.encodings import decode
from comity.sources.incoming.found import Found, field_of
from comity.sources.incoming.limits import LONGEST_LINE, read_whole
from comity.sources.incoming.places import ASKED, Place
from comity.sources.incoming.tabular import separator_of
from comity.sources.refusal import Refused
from comity.sources.sheets import as_read

FILLED_IN = ("sender", "recipient", "date", "occasion", "outlet", "language", "kind")
# Lexicons of comity's own lie beside letters, and are none.
_LEXICON = {"term", "language"}


class Asked:
    """What a filled-in table says of the records of its folder, and which of its rows were of use."""

    def __init__(self, rows: list[dict[str, str]]):
        self.rows = {(row["file"], row.get("record", "")): row for row in rows}
        self.used: set[tuple[str, str]] = set()

    def lay_over(self, file: str, found: Found) -> Found:
        """A letter with the cells of its row, and of the row of its whole file (whose record is blank), over what it says itself."""
        said = {}
        for key in ((file, ""), (file, str(found.record))):
            if key in self.rows:
                self.used.add(key)
                said |= {field_of(name): cell for name, cell in self.rows[key].items() if cell and field_of(name) not in ("", "text", "version_id")}
        guessed = {name: how for name, how in found.guessed.items() if name not in said}
        return found._replace(fields=found.fields | said, guessed=guessed) if said else found

    def unused(self) -> list[tuple[int, str, str]]:
        """The rows that no record answers to: number, file, record."""
        return [(number, *key) for number, key in enumerate(self.rows) if key not in self.used]


def read_asked(folder: Path) -> Asked | None:
    """The filled-in table of a folder; None where there is none. Errors: CorpusError where it cannot be read."""
    path = folder / ASKED
    if not path.is_file() or not is_asked(path):
        return None
    return Asked(read_cells(path)[1])


def is_ours(place: Place) -> bool:
    """Is a file of a folder a table of comity's and no letter: the one that is filled in, or a lexicon?"""
    if place.folder is None or place.path.suffix.lower() != ".csv" or not place.path.is_file():
        return False
    return (place.name == ASKED and is_asked(place.path)) or _LEXICON <= set(header := _header(place.path)) and "text" not in map(field_of, header)


def is_asked(path: Path) -> bool:
    """Has a table a column file, and none with letters?"""
    header = _header(path)
    return "file" in header and "text" not in [field_of(name) for name in header]


def read_cells(path: Path) -> tuple[list[str], list[dict[str, str]]]:
    """The names of the columns and the rows of a filled-in table, as text, whatever a spreadsheet made of separators and encoding.

    Errors: CorpusError where it cannot be read, or a row has another number of cells.
    """
    try:
        with path.open("rb") as file:
            text = decode(read_whole(file))[0].removeprefix("\ufeff")
        with cells_up_to(LONGEST_LINE):
            header, *rows = [row for row in csv.reader(text.splitlines(keepends=True), delimiter=separator_of(text), strict=True) if row]
    except (OSError, ValueError, csv.Error, Refused) as error:
        raise CorpusError(f"{path} cannot be read ({error}). Save it as CSV in UTF-8, or move it away and run `comity init` again.") from error
    wrong = next((number for number, row in enumerate(rows, 2) if len(row) != len(header)), None)
    if wrong:
        raise CorpusError(f"{path}, row {wrong}, has {len(rows[wrong - 2])} cells, and the table {len(header)} columns. Write what holds a comma in quotation marks.")
    header = [name.strip() for name in header]
    return header, [dict(zip(header, (as_read(cell).strip() for cell in row), strict=True)) for row in rows]


def _header(path: Path) -> list[str]:
    """The names of the columns of a table; none where it cannot be read."""
    try:
        with path.open("rb") as file:
            first = decode(file.readline(LONGEST_LINE))[0].removeprefix("\ufeff")
        return [name.strip() for name in next(csv.reader([first], delimiter=separator_of(first)), [])]
    except (OSError, csv.Error, Refused):
        return []
