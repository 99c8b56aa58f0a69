"""Strict reading of one CSV file: every cell as text, the row a spreadsheet shows, and what is wrong with the file.

Reading never stops at a problem: what can be made out is handed on, so that one problem does not hide another.
"""

import csv
import re
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pandas as pd
from pandera.pandas import DataFrameSchema

from comity.corpus.encoding import decode, find_cell_problems, tidy_cell
from comity.corpus.problems import Problem

LOOK_AHEAD = 20
# A longer cell is not read at all.
LONGEST_READ = 131_072
AS_CSV = 'Save it again with the comma between the cells: in LibreOffice "Save As", "Text CSV", field delimiter ",".'


def read_table(path: Path, file: str, schema: DataFrameSchema) -> tuple[pd.DataFrame | None, list[Problem]]:
    """Read a CSV file as text; the index of the table is the row a spreadsheet shows.

    Columns out: the first of each name in the header, whether the schema knows it or not. Problems out: those of the file
    itself (encoding, quotes, rows of uneven length); what the cells say is left to the schema. The table is None where
    nothing can be made out. Raises nothing.
    """
    try:
        data = path.read_bytes()
    except OSError as error:
        remedy = "Check that it is a file, not a folder, and that you may read it."
        return None, [Problem(file, None, "", "", f"The file cannot be opened: {error.strerror}.", remedy)]
    text, problems = decode(data, file)
    lines = re.split("\r\n|\n|\r", text)
    if lines[-1] == "":
        lines.pop()
    if not lines:
        remedy = f"Its first row must be: {','.join(schema.columns)}"
        return None, [*problems, Problem(file, None, "", "", "The file is empty.", remedy)]
    return _read_lines(lines, file, schema, problems)


def _read_lines(lines, file, schema, problems) -> tuple[pd.DataFrame | None, list[Problem]]:
    delimiter, found = _delimiter(lines[0], file, schema)
    problems = problems + found
    records = list(_records(lines, delimiter, file, problems))
    names, found = _columns(records[0][1], file, schema)
    problems += found
    if not names:
        return None, problems
    rows = list(_rows(records[1:], len(records[0][1]), file, problems))
    table = {}
    for place, name in names.items():
        verbatim = _is_verbatim(schema, name)
        for row, cells in rows:
            problems += find_cell_problems(cells[place], file, row, name, verbatim)
        table[name] = [tidy_cell(cells[place], verbatim) for _, cells in rows]
    return pd.DataFrame(table, index=[row for row, _ in rows], dtype=str), problems


def _is_verbatim(schema: DataFrameSchema, name: str) -> bool:
    return name in schema.columns and schema.columns[name].metadata["kind"] == "verbatim"


def _delimiter(line: str, file: str, schema: DataFrameSchema) -> tuple[str, list[Problem]]:
    """The sign between the cells of the header; a problem where it is not the comma."""
    known = {sign: len({cell.strip(' "') for cell in line.split(sign)} & set(schema.columns)) for sign in ",;\t|"}
    best = max(known, key=known.get)
    if known[best] <= max(known[","], 1):
        return ",", []
    name = {";": "semicolons", "\t": "tabs", "|": "vertical bars"}[best]
    return best, [Problem(file, 1, "", line, f"The cells are separated by {name}, not by commas.", AS_CSV)]


def _records(lines: list[str], delimiter: str, file: str, problems: list[Problem]) -> Iterator[tuple[int, list[str]]]:
    """Each record with its row; a cell may run over lines where its quotes close. Adds what is wrong to `problems`."""
    at, row, width = 0, 1, None
    while at < len(lines):
        cells, used = _record(lines, at, delimiter, width)
        if cells is None:
            cells = [cell.strip('"') for cell in lines[at].split(delimiter)]
            cells = cells[:width] + [""] * ((width or 0) - len(cells))
            problems.append(_quote_problem(file, row, lines[at]))
        width = width or len(cells)
        yield row, cells
        at, row = at + used, row + 1


def _record(lines: list[str], at: int, delimiter: str, width: int | None) -> tuple[list[str] | None, int]:
    """The cells of the record that starts in line `at` and the number of its lines; None for quotes that do not close."""
    cells = _cells(lines[at], delimiter)
    if cells is not None or width is None:
        return cells, 1
    for end in range(at + 1, min(at + LOOK_AHEAD, len(lines))):
        following = _cells(lines[end], delimiter)
        # A line that is a whole record by itself was not meant to be swallowed by the quote above it.
        if following is not None and len(following) == width:
            return None, 1
        cells = _cells("\n".join(lines[at : end + 1]), delimiter)
        if cells is not None and len(cells) == width:
            return cells, end + 1 - at
    return None, 1


def _cells(line: str, delimiter: str) -> list[str] | None:
    if '"' not in line:
        return line.split(delimiter)
    try:
        with cells_up_to(LONGEST_READ):
            return next(csv.reader([line], delimiter=delimiter, strict=True))
    except csv.Error:
        return None


@contextmanager
def cells_up_to(longest: int) -> Iterator[None]:
    """Let csv read cells of so many characters; its limit is the whole program's, and is put back."""
    before = csv.field_size_limit(longest)
    try:
        yield
    finally:
        csv.field_size_limit(before)


def _quote_problem(file: str, row: int, line: str) -> Problem:
    if len(line) > LONGEST_READ:
        return Problem(file, row, "", line, "A cell of this row is far too long to read.", "Shorten the text.")
    problem = "A quotation mark opens a cell and does not close it."
    remedy = 'Close the quotation mark in this row. A quotation mark that belongs to a quoted cell is written twice: "".'
    return Problem(file, row, "", line, problem, remedy)


def _columns(header: list[str], file: str, schema: DataFrameSchema) -> tuple[dict[int, str], list[Problem]]:
    """The place and name of each column to keep, and what is wrong with the header."""
    names: dict[int, str] = {}
    problems = []
    for place, cell in enumerate(header):
        problems += find_cell_problems(cell, file, 1, cell, False)
        name = tidy_cell(cell, False)
        if name and name not in names.values():
            names[place] = name
        else:
            problem = f'There are two columns named "{name}".' if name else f"Column {place + 1} has no name."
            problems.append(Problem(file, 1, name, "", problem, "Rename the column or delete it."))
    if not set(names.values()) & set(schema.columns):
        problem = "The first row does not hold the names of the columns."
        remedy = f"Put this row first: {','.join(schema.columns)}"
        return {}, [Problem(file, 1, "", ",".join(header), problem, remedy)]
    return names, problems


def _rows(records, width: int, file: str, problems: list[Problem]) -> Iterator[tuple[int, list[str]]]:
    """The records that say something, each as wide as the header. Adds what is wrong to `problems`."""
    for row, cells in records:
        if not any(cell.strip() for cell in cells):
            problems.append(Problem(file, row, "", "", "The row is empty.", "Delete the row."))
            continue
        if len(cells) != width:
            problems.append(_uneven(file, row, cells, width))
        yield row, cells[:width] + [""] * (width - len(cells))


def _uneven(file: str, row: int, cells: list[str], width: int) -> Problem:
    cause = (
        "A comma inside a text is the usual cause: put the text between quotation marks."
        if len(cells) > width
        else "Add the missing commas; a blank cell needs its comma too."
    )
    after = "Other problems of this row may go away with this one."
    problem = f"The row has {len(cells)} cell{'s' * (len(cells) != 1)}, the header {width}."
    return Problem(file, row, "", ",".join(cells), problem, f"{cause} {after}")
