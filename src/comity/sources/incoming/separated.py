"""Tables of letters as CSV: rows of cells, whatever parts them; a row that cannot be read costs itself, and that is said."""

import csv
import io
import re
from collections import deque
from collections.abc import Iterator

from comity.corpus.tables import cells_up_to
from comity.sources.incoming.found import Found, Items, Unreadable
from comity.sources.incoming.limits import LONGEST_LINE
from comity.sources.incoming.names import choose_fields, tell_unused
from comity.sources.incoming.tabular import NO_TEXT, open_lines, peeked, separator_of, told
from comity.sources.refusal import Refused
from comity.sources.sheets import as_read

QUOTED = "Write a cell that holds a comma, a quotation mark or a line end in quotation marks, and a quotation mark in it twice."
TOO_LONG = "Look whether line ends or a quotation mark were lost, and divide it."
# What Excel writes first, to say what parts the cells.
_EXCEL = re.compile(r'\ufeff?"?sep=(?P<separator>[^\w\s"]|\t)"?[ \t]*(?:\r\n|\r|\n|$)', re.IGNORECASE)


def read_csv_letters(stream, name: str) -> Items:
    """The letters of a CSV table: a column text, and any of those that comity knows; commas, semicolons, tabs or bars part the cells."""
    head = peeked(stream)
    lines, encoding = open_lines(stream)
    excel = _EXCEL.match(head)
    lines = Lines(lines, 1 if excel else 0)
    separator = excel["separator"] if excel else separator_of(head)
    header = _read_header(lines, separator)
    places, unused = choose_fields(header)
    if "text" not in places:
        raise Refused(f"The table has no column text; it has {told(', '.join(header)) or 'none'}.", NO_TEXT)
    notes = tuple(tell_unused(unused, places, "columns"))
    for record, row in enumerate(read_rows(lines, separator, len(header))):
        if isinstance(row, Refused):
            yield Unreadable(record, row.reason, row.remedy)
        elif len(row) != len(header):
            yield Unreadable(record, f"The row has {len(row)} cells, the first row of the table {len(header)}.", QUOTED)
        else:
            yield Found(record, {field: as_read(row[place]) for field, place in places.items()}, encoding, notes=notes)


class Lines:
    """The lines of a table one by one, with those of the row at hand, which can be put back; a longer one than may be is cut."""

    def __init__(self, lines: io.TextIOBase, passed_over: int = 0):
        self._lines, self._back = lines, deque()
        self.held: list[str] = []
        self.number = 0
        for _ in range(passed_over):
            next(self)

    def __iter__(self):
        return self

    def __next__(self) -> str:
        line = self._back.popleft() if self._back else self._lines.readline(LONGEST_LINE + 1)
        if not line:
            raise StopIteration
        self.number += 1
        self.held.append(line)
        if len(line) > LONGEST_LINE:
            raise csv.Error("too long")
        return line

    def put_back(self, kept: int) -> None:
        """All lines of the row at hand but the first ones come again."""
        self.number -= len(self.held) - kept
        self._back.extendleft(reversed(self.held[kept:]))

    def pass_over(self) -> tuple[int, bool]:
        """Leave out what belongs to the row at hand, up to where its quotation marks are closed: how many lines that were, and whether they are."""
        marks = sum(line.count('"') for line in self.held)
        number, last = 0, self.held[-1]
        while marks % 2 or not last.endswith(("\n", "\r")):
            goes_on = not last.endswith(("\n", "\r"))
            last = self._back.popleft() if self._back else self._lines.readline(LONGEST_LINE)
            if not last:
                break
            number += not goes_on
            marks += last.count('"')
        self.number += number
        return number, not marks % 2


def _read_header(lines: Lines, separator: str) -> list[str]:
    try:
        with cells_up_to(LONGEST_LINE):
            return next(csv.reader(lines, delimiter=separator, strict=True), [])
    except csv.Error as error:
        raise Refused(f"The first line is no row of a table ({error}).", QUOTED) from error


def read_rows(lines: Lines, separator: str, width: int) -> Iterator[list[str] | Refused]:
    """The rows that are not blank, or why one cannot be read: what stands below it is read all the same, where it can be told from it."""
    rows = csv.reader(lines, delimiter=separator, strict=True)
    while True:
        lines.held = []
        try:
            with cells_up_to(LONGEST_LINE):
                row = next(rows, None)
        except csv.Error as error:
            yield _lost(lines, separator, width, str(error))
            continue
        if row is None:
            return
        if row:
            yield row


def _lost(lines: Lines, separator: str, width: int, error: str) -> Refused:
    """A row that cannot be read: its line alone where those below it are rows themselves, else all that went with it."""
    first, more = lines.number - len(lines.held) + 1, len(lines.held) - 1
    if more and width > 1 and len(lines.held[-1]) <= LONGEST_LINE and all(_is_row(line, separator, width) for line in lines.held[1:]):
        lines.put_back(1)
        return Refused(f"Line {first} opens a quotation mark that is not closed.", QUOTED)
    if "too long" in error or "limit" in error:
        passed, closed = lines.pass_over()
        more += passed
        what = f"Line {first} begins a row of more than {LONGEST_LINE:,} characters: no letter is so long"
        return Refused(f"{what}{_with(more)}{'' if closed else ', to the end of the table'}.", TOO_LONG)
    if "unexpected end" in error:
        return Refused(f"Line {first} opens a quotation mark that is not closed{_with(more)}.", QUOTED)
    return Refused(f"Line {first} is no row of a table ({error}){_with(more)}.", QUOTED)


def _with(more: int) -> str:
    return f"; {more:,} {'line' if more == 1 else 'lines'} below went with it" if more else ""


def _is_row(line: str, separator: str, width: int) -> bool:
    try:
        with cells_up_to(LONGEST_LINE):
            row = next(csv.reader([line], delimiter=separator, strict=True))
        return not row or len(row) == width
    except csv.Error:
        return False
