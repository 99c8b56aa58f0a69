"""DOCX: the paragraphs as lines, with header lines as in a text file; the document's own properties where these say nothing."""

import io
import re
import zipfile
from collections.abc import Iterator

from comity.sources.incoming.found import Found, Items
from comity.sources.incoming.headed import headed_letters
from comity.sources.incoming.limits import LARGEST_FILE, RATIO, read_whole
from comity.sources.incoming.names import CORE, field_of
from comity.sources.refusal import Refused

# The words of a document; pictures may be larger.
LARGEST_XML = 20 * 2**20
PROPERTIES = {"sender": "author", "headline": "title", "occasion": "subject", "language": "language"}
# What programs call the author where nobody said.
NOBODY = ("", "python-docx", "user", "admin", "administrator", "author", "unknown", "windows user", "microsoft office user")
DAMAGED = "Open it in a word processor and save it again as DOCX, or as plain text."
_SPACE = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
# What stands for a sign within a paragraph; what holds words that are none of the letter as it stands: crossed out, moved, or shown twice.
_SIGNS = {"tab": "\t", "br": "\n", "cr": "\n", "noBreakHyphen": "-"}
_LEFT_OUT = {"del", "moveFrom", "txbxContent", "Fallback", "rt", "pPr", "rPr"}
_AROUND = {"sdt", "sdtContent", "ins", "moveTo", "customXml", "smartTag"}
# Parts of a document that are not read where they hold words, and how their names begin.
_OTHER_PARTS = {"header": "page headers", "footer": "page footers", "footnotes": "footnotes", "endnotes": "endnotes", "comments": "comments"}
_WORD = re.compile(rb"<w:t(?:\s[^>]*)?>[^<]*[^\s<]")


def read_document(stream, name: str) -> Items:
    """The letter of a DOCX file, its tables included; several, as in a text file."""
    from docx import Document

    data = read_whole(stream)
    check_size(data)
    try:
        document = Document(io.BytesIO(data))
        text = "\n".join(_lines(document.element.body))
        properties = {field: str(getattr(document.core_properties, name) or "").strip() for field, name in PROPERTIES.items()}
        notes = tuple(_not_read(document))
    except Exception as error:  # python-docx lets through whatever a damaged file makes of its parts.
        raise Refused(f"The document is damaged ({type(error).__name__}).", DAMAGED) from error
    for found in headed_letters(text, "utf-8"):
        if not isinstance(found, Found):
            yield found
            continue
        missing = {field: value for field, value in properties.items() if field not in found.fields and value.casefold() not in NOBODY}
        guessed = found.guessed | {field: f"the document's {PROPERTIES[field]}" for field in missing}
        yield found._replace(fields=found.fields | missing, guessed=guessed, notes=(*found.notes, *notes))


def _lines(part) -> Iterator[str]:
    """The paragraphs in their order; a table of header names and what they say as header lines, of others a line for each paragraph of a cell."""
    for child in part:
        kind = _kind(child)
        if kind == "p":
            yield "".join(_signs(child))
        elif kind == "tbl":
            yield from _of_table(child)
        elif kind in _AROUND:
            yield from _lines(child)


def _of_table(table) -> Iterator[str]:
    rows = [[list(_lines(cell)) for cell in _below(row, "tc")] for row in _below(table, "tr")]
    names = [" ".join(row[0]).strip().rstrip(":：").strip() if row else "" for row in rows]
    if all(len(row) == 2 for row in rows) and {field_of(name) for name in names} & set(CORE) and field_of(names[0]):
        yield from (f"{name}: {' '.join(' '.join(row[1]).split())}" for name, row in zip(names, rows, strict=True))
        yield ""
        return
    for row in rows:
        for cell in row:
            yield from cell


def _below(part, kind: str) -> Iterator:
    """The rows of a table or the cells of a row, whatever stands around them."""
    for child in part:
        if _kind(child) == kind:
            yield child
        elif _kind(child) in _AROUND:
            yield from _below(child, kind)


def _signs(part) -> Iterator[str]:
    for child in part:
        kind = _kind(child)
        if kind == "t":
            yield child.text or ""
        elif kind in _SIGNS and not (kind == "br" and child.get(f"{_SPACE}type") in ("page", "column")):
            yield _SIGNS[kind]
        elif kind not in _LEFT_OUT:
            yield from _signs(child)


def _kind(element) -> str:
    """The name of an element; in other vocabularies than that of word processing too."""
    return element.tag.rpartition("}")[2] if isinstance(element.tag, str) else ""


def _not_read(document) -> Iterator[str]:
    """A remark on words of the document that are not read."""
    names = [re.match(r"/word/([a-z]+)", part.partname) for part in document.part.package.iter_parts() if _WORD.search(part.blob)]
    found = dict.fromkeys(_OTHER_PARTS[name[1]] for name in names if name and name[1] in _OTHER_PARTS)
    found |= {"text boxes": None} if next(document.element.body.iter(f"{_SPACE}txbxContent"), None) is not None else {}
    if found:
        yield f"not read: {', '.join(found)} of the document"


def check_size(data: bytes) -> None:
    """Raise Refused where a document would unpack to more than a letter with pictures."""
    try:
        parts = zipfile.ZipFile(io.BytesIO(data)).infolist()
    except (zipfile.BadZipFile, ValueError, OSError, NotImplementedError, UnicodeError) as error:
        raise Refused("The document is damaged.", DAMAGED) from error
    words = sum(part.file_size for part in parts if part.filename.lower().endswith((".xml", ".rels")))
    unpacked = sum(part.file_size for part in parts)
    if words > LARGEST_XML or unpacked > max(LARGEST_FILE, RATIO * len(data)) or unpacked > 4 * LARGEST_FILE:
        raise Refused("The document unpacks to far more than a letter: a zip bomb, or a mistake.", "Save its words as plain text.")
