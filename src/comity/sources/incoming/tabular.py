"""Tables of letters, a row each: JSON (a list or a record a line), Parquet; and how the lines of a table are read."""

import codecs
import io
import json

from comity.sources.incoming.encodings import decode, detect
from comity.sources.incoming.found import Found, Items, Unreadable, unreadable
from comity.sources.incoming.limits import LARGEST_LIST, LONGEST_LINE, PEEKED, read_whole
from comity.sources.incoming.names import choose_fields, field_of, tell_unused
from comity.sources.refusal import Refused

SEPARATORS = ",;\t|"
TOO_LONG = Refused(f"A line is longer than {LONGEST_LINE:,} characters: no letter is.", "Look whether line ends were lost, and divide it.")
NO_TEXT = "Name the column that holds the letters: text."
# How bytes that are not of the encoding are told, in whatever encoding: half a character pair, which no text holds, for each place.
WRONG_BYTES = "comity.wrong_bytes"
codecs.register_error(WRONG_BYTES, lambda error: ("\udcff", error.end))


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
            yield Unreadable(record, f"The line is not JSON ({told(error)}).", "Write a JSON object on each line.")


def read_json_list(stream, name: str) -> Items:
    """The letters of a JSON file: a list of objects, or one object."""
    text, encoding = decode(read_whole(stream, LARGEST_LIST))
    try:
        records = json.loads(text.removeprefix("\ufeff"))
    except json.JSONDecodeError as error:
        if error.msg == "Extra data" and text.lstrip()[:1] == "{":
            yield from read_json_lines(io.BufferedReader(io.BytesIO(text.encode("utf-8", "surrogatepass"))), name)
            return
        raise Refused(f"this is not JSON ({told(error)}).", "Save it again; it may be cut.") from error
    except (ValueError, RecursionError) as error:
        raise Refused(f"the JSON cannot be read ({told(error)}).", "Save it again.") from error
    for record, value in enumerate(records if isinstance(records, list) else [records]):
        yield _of_object(record, value, encoding)


def read_parquet(stream, name: str) -> Items:
    """The letters of a Parquet table, a few at a time where the file is not compressed once more; needs pyarrow (the extra "size")."""
    try:
        from pyarrow import ArrowException, parquet
    except ImportError as error:
        raise Refused("Parquet needs a package that is not installed, pyarrow.", 'In the folder of comity: pip install -e ".[size]".') from error
    record = -1
    try:
        table = parquet.ParquetFile(stream if stream.seekable() else io.BytesIO(read_whole(stream, LARGEST_LIST)))
        if not any(field_of(column) == "text" for column in table.schema_arrow.names):
            raise Refused(f"The table has no column text; it has {told(', '.join(table.schema_arrow.names))}.", NO_TEXT)
        if any(table.metadata.row_group(number).total_byte_size > LARGEST_LIST for number in range(table.num_row_groups)):
            raise Refused(f"A row group of the table is larger than {LARGEST_LIST // 2**20:,} MB.", "Write it again with smaller row groups.")
        for batch in table.iter_batches(batch_size=64):
            for row in batch.to_pylist():
                record += 1
                yield _of_object(record, row, "utf-8", "columns")
    except (ArrowException, OSError, ValueError, OverflowError) as error:
        yield Unreadable(None if record < 0 else record + 1, f"The Parquet file is damaged ({told(error)}).", "Write it again.")


def open_lines(stream) -> tuple[io.TextIOWrapper, str]:
    """A stream as text, read line by line, and its encoding; a byte that is not of it is a lone surrogate, and found there."""
    encoding = detect(stream.peek(PEEKED), whole=False)
    return io.TextIOWrapper(stream, encoding.partition(" ")[0], errors=WRONG_BYTES, newline=""), encoding


def separator_of(head: str) -> str:
    """What parts the cells of a table, by its first line."""
    first = head.lstrip("\ufeff").splitlines()[:1] or [""]
    return max(SEPARATORS, key=first[0].count)


def peeked(stream) -> str:
    """The beginning of a stream, as text."""
    head = stream.peek(PEEKED)
    return head.decode(detect(head, whole=False).partition(" ")[0], "replace")


def _of_object(record: int, value: object, encoding: str, what: str = "keys") -> Found | Unreadable:
    if not isinstance(value, dict):
        return Unreadable(record, "The record is not an object.", 'Write it as an object: {"text": "Dear friend, ..."}.')
    places, unused = choose_fields(value)
    if "text" not in places:
        reason = f"The record has no {what[:-1]} text; it has {told(', '.join(unused) or 'none')}."
        return Unreadable(record, reason, "Name the one that holds the letter: text.")
    cells = list(value.values())
    return Found(record, {field: cells[place] for field, place in places.items()}, encoding, notes=tuple(tell_unused(unused, places, what)))


def told(error: object) -> str:
    """What an error or a table says, as far as a table of rejected records can hold it."""
    return str(error).encode("utf-8", "backslashreplace").decode()[:120]
