"""Tables of letters, a row each: CSV, JSON (a list or a record a line), Parquet."""

import csv
import io
import json
from collections.abc import Iterator

from comity.corpus.tables import cells_up_to
from comity.sources.incoming.encodings import decode, detect
from comity.sources.incoming.found import Found, Items, Unreadable, field_of, unreadable
from comity.sources.incoming.limits import LARGEST_LIST, LONGEST_LINE, PEEKED, read_whole
from comity.sources.refusal import Refused
from comity.sources.sheets import as_read

SEPARATORS = ",;\t|"
QUOTED = "Write a cell that holds a comma, a quotation mark or a line end in quotation marks."
TOO_LONG = Refused(f"A line is longer than {LONGEST_LINE:,} characters: no letter is.", "Look whether line ends were lost, and divide it.")
NO_TEXT = "Name the column that holds the letters: text."


def read_csv_letters(stream, name: str) -> Items:
    """The letters of a CSV table: a column text, and any of those that comity knows; commas, semicolons, tabs or bars part the cells."""
    lines, encoding = open_lines(stream)
    rows = csv.reader(_not_too_long(lines), delimiter=separator_of(_peeked(stream, encoding)), strict=True)
    try:
        with cells_up_to(LONGEST_LINE):
            header = next(rows, [])
    except csv.Error as error:
        raise Refused(f"The first line is no row of a table ({error}).", QUOTED) from error
    columns = [field_of(column) for column in header]
    if "text" not in columns:
        raise Refused(f"The table has no column text; it has {', '.join(header)[:200] or 'none'}.", NO_TEXT)
    record = -1
    while True:
        record += 1
        try:
            row = _next_filled(rows)
        except StopIteration:
            return
        except csv.Error as error:
            yield Unreadable(record, f"Line {rows.line_num} is no row of a table ({error}).", QUOTED)
            continue
        if len(row) != len(header):
            yield Unreadable(record, f"The row has {len(row)} cells, the first row of the table {len(header)}.", QUOTED)
            continue
        cells = dict(zip(reversed(columns), map(as_read, reversed(row)), strict=True))
        yield Found(record, {column: cell for column, cell in cells.items() if column}, encoding)


def _next_filled(rows: Iterator[list[str]]) -> list[str]:
    """The next row that is not blank."""
    with cells_up_to(LONGEST_LINE):
        return next(filter(None, rows))


def read_json_lines(stream, name: str) -> Items:
    """The letters of a file with a JSON object on each line."""
    lines, encoding = open_lines(stream)
    record = -1
    while line := lines.readline(LONGEST_LINE + 1):
        if line.isspace():
            continue
        record += 1
        if len(line) > LONGEST_LINE:
            yield unreadable(record, TOO_LONG)
            while line and not line.endswith("\n"):
                line = lines.readline(LONGEST_LINE)
            continue
        try:
            yield _of_object(record, json.loads(line), encoding)
        except (ValueError, RecursionError) as error:
            yield Unreadable(record, f"The line is not JSON ({_told(error)}).", "Write a JSON object on each line.")


def read_json_list(stream, name: str) -> Items:
    """The letters of a JSON file: a list of objects, or one object."""
    text, encoding = decode(read_whole(stream, LARGEST_LIST))
    try:
        records = json.loads(text.removeprefix("\ufeff"))
    except json.JSONDecodeError as error:
        if error.msg == "Extra data" and text.lstrip()[:1] == "{":
            yield from read_json_lines(io.BufferedReader(io.BytesIO(text.encode("utf-8", "surrogatepass"))), name)
            return
        raise Refused(f"this is not JSON ({_told(error)}).", "Save it again; it may be cut.") from error
    except (ValueError, RecursionError) as error:
        raise Refused(f"the JSON cannot be read ({_told(error)}).", "Save it again.") from error
    for record, value in enumerate(records if isinstance(records, list) else [records]):
        yield _of_object(record, value, encoding)


def read_parquet(stream, name: str) -> Items:
    """The letters of a Parquet table; needs pyarrow (the extra "size")."""
    try:
        from pyarrow import ArrowException, parquet
    except ImportError as error:
        raise Refused("Parquet needs a package that is not installed, pyarrow.", 'Install it: pip install "comity[size]".') from error
    record = -1
    try:
        table = parquet.ParquetFile(io.BytesIO(read_whole(stream, LARGEST_LIST)))
        if not any(field_of(column) == "text" for column in table.schema_arrow.names):
            raise Refused(f"The table has no column text; it has {', '.join(table.schema_arrow.names)[:200]}.", NO_TEXT)
        for batch in table.iter_batches(batch_size=64):
            for row in batch.to_pylist():
                record += 1
                yield _of_object(record, row, "utf-8")
    except (ArrowException, OSError, ValueError, OverflowError) as error:
        yield Unreadable(None if record < 0 else record + 1, f"The Parquet file is damaged ({_told(error)}).", "Write it again.")


def open_lines(stream) -> tuple[io.TextIOWrapper, str]:
    """A stream as text, read line by line, and its encoding; a byte that is not of it is a lone surrogate, and found there."""
    encoding = detect(stream.peek(PEEKED), whole=False)
    plain = encoding.partition(" ")[0]
    errors = "surrogateescape" if plain.startswith("utf-8") else "replace"
    return io.TextIOWrapper(stream, plain, errors=errors, newline=""), encoding


def separator_of(head: str) -> str:
    """What parts the cells of a table, by its first line."""
    first = head.lstrip("\ufeff").splitlines()[:1] or [""]
    return max(SEPARATORS, key=first[0].count)


def _peeked(stream, encoding: str) -> str:
    return stream.peek(PEEKED).decode(encoding.partition(" ")[0], "replace")


def _not_too_long(lines: io.TextIOWrapper):
    while line := lines.readline(LONGEST_LINE + 1):
        if len(line) > LONGEST_LINE:
            raise TOO_LONG
        yield line


def _of_object(record: int, value: object, encoding: str) -> Found | Unreadable:
    if not isinstance(value, dict):
        return Unreadable(record, "The record is not an object.", 'Write it as an object: {"text": "Dear friend, ..."}.')
    fields = {}
    for column, cell in value.items():
        if field_of(column):
            fields.setdefault(field_of(column), cell)
    return Found(record, fields, encoding)


def _told(error: Exception) -> str:
    return str(error).encode("utf-8", "backslashreplace").decode()[:120]
