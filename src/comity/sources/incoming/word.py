"""DOCX: the paragraphs as lines, with header lines as in a text file; the document's own properties where these say nothing."""

import io
import zipfile

from comity.sources.incoming.found import Found, Items
from comity.sources.incoming.headed import split_headers
from comity.sources.incoming.limits import LARGEST_FILE, RATIO, read_whole
from comity.sources.refusal import Refused

# The words of a document; pictures may be larger.
LARGEST_XML = 20 * 2**20
PROPERTIES = {"sender": "author", "headline": "title", "occasion": "subject", "language": "language"}
# What programs call the author where nobody said.
NOBODY = ("", "python-docx", "user", "admin", "administrator", "author", "unknown", "windows user", "microsoft office user")
DAMAGED = "Open it in a word processor and save it again as DOCX, or as plain text."


def read_document(stream, name: str) -> Items:
    """The one letter of a DOCX file."""
    from docx import Document

    data = read_whole(stream)
    check_size(data)
    try:
        document = Document(io.BytesIO(data))
        text = "\n".join(paragraph.text for paragraph in document.paragraphs)
        properties = {field: str(getattr(document.core_properties, name) or "").strip() for field, name in PROPERTIES.items()}
    except Exception as error:  # python-docx lets through whatever a damaged file makes of its parts.
        raise Refused(f"The document is damaged ({type(error).__name__}).", DAMAGED) from error
    fields = split_headers(text)
    guessed = {field: value for field, value in properties.items() if field not in fields and value.casefold() not in NOBODY}
    yield Found(0, fields | guessed, "utf-8", {field: f"the document's {PROPERTIES[field]}" for field in guessed})


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
