"""Bytes and characters: what a file was saved as, and what stands in a cell without being seen."""

import codecs
import re

from comity.corpus.problems import Problem
from comity.corpus.unseen import find_hidden, is_hidden

# More than a spreadsheet can hold in one cell: such a cell would be cut there without a word.
LONGEST_CELL = 32_767
AS_UTF8 = (
    'Save the file again as UTF-8 without BOM. In LibreOffice: "Save As", "Text CSV", character set "Unicode (UTF-8)". '
    'In a text editor: encoding "UTF-8". (Excel\'s "CSV UTF-8" adds a BOM.)'
)

_BROKEN_BYTE = re.compile("[\ud800-\udfff]")


def decode(data: bytes, file: str) -> tuple[str, list[Problem]]:
    r"""The text of a file and what is wrong with its encoding; bytes that are not UTF-8 stay to be found in their cell.

    >>> decode(b"\xef\xbb\xbfname\n", "people.csv")[0]
    'name\n'
    """
    utf16 = _utf16(data)
    if utf16:
        return data.decode(utf16, errors="replace"), [_problem(file, "The file is saved as UTF-16, not as UTF-8.")]
    if data.startswith(codecs.BOM_UTF8):
        problem = _problem(file, "The file begins with an invisible mark, the BOM.")
        return data[3:].decode("utf-8", errors="surrogateescape"), [problem]
    return data.decode("utf-8", errors="surrogateescape"), []


def _utf16(data: bytes) -> str:
    """The kind of UTF-16, or "" where the bytes are something else."""
    if data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return "utf-16"
    head = data[:1000]
    if len(head) > 3 and head[1::2].count(0) > 0.8 * len(head[1::2]):
        return "utf-16-le"
    if len(head) > 3 and head[::2].count(0) > 0.8 * len(head[::2]):
        return "utf-16-be"
    return ""


def _problem(file: str, problem: str) -> Problem:
    return Problem(file, None, "", "", problem, AS_UTF8)


def tidy_cell(cell: str, verbatim: bool) -> str:
    """The cell with what `find_cell_problems` complains of taken away, so that its content can still be checked."""
    cell = _BROKEN_BYTE.sub("\ufffd", cell)
    if _find_stray(cell):
        cell = "".join(char for char in cell if char == "\r" or not is_hidden(char))
    return cell if verbatim else cell.strip()


def find_cell_problems(cell: str, file: str, row: int, column: str, verbatim: bool) -> list[Problem]:
    """What is wrong with the characters of one cell; in a verbatim cell line breaks and outer spaces are its content."""
    if cell.isprintable() and not find_hidden(cell) and "\ufffd" not in cell and (verbatim or cell == cell.strip()) and len(cell) <= LONGEST_CELL:
        return []
    broken = _BROKEN_BYTE.search(cell)
    value = _BROKEN_BYTE.sub("\ufffd", cell)
    column = _BROKEN_BYTE.sub("\ufffd", column).strip()
    found = [_wrong_byte(broken.group())] if broken else []
    if "\ufffd" in cell:
        found.append(("A character was lost when the file was converted: �.", "Look it up and write it again."))
    if stray := _find_stray(cell):
        found.append((f"It holds an invisible character ({_name(stray)}).", "Delete the cell and type it again."))
    if not verbatim and re.search("[\t\n\r]", cell.strip()):
        found.append(("It holds a line break or a tab.", "Put the text on one line, with spaces."))
    if not verbatim and cell != cell.strip():
        found.append(("It begins or ends with a space.", f'Write "{value.strip()[:100]}" without the space.'))
    if len(cell) > LONGEST_CELL:
        found.append((f"It holds {len(cell):,} characters; a cell holds {LONGEST_CELL:,} at most.", "Shorten the text."))
    return [Problem(file, row, column, value, problem, remedy) for problem, remedy in found]


def _wrong_byte(broken: str) -> tuple[str, str]:
    byte = broken.encode("utf-8", "surrogateescape")
    guess = byte.decode("cp1252", errors="replace")
    return f"It is not saved as UTF-8 (byte 0x{byte.hex().upper()}, perhaps meant as {guess}).", AS_UTF8


def _find_stray(cell: str) -> str:
    """The first invisible character of a cell. The ends of lines are the content of a verbatim cell, and are judged by themselves."""
    return find_hidden(cell.replace("\r", "").replace("\n", " ").replace("\t", " "))


def _name(char: str) -> str:
    return "a NUL byte" if char == "\x00" else f"U+{ord(char):04X}"
