"""Which format a file has: by what stands in it, then by its name."""

import json
import re
from pathlib import PurePosixPath

from comity.sources.incoming.encodings import detect
from comity.sources.incoming.names import field_of
from comity.sources.refusal import Refused

READABLE = "Save it as plain text, DOCX, CSV, JSON Lines, TEI or HTML."
_PLAIN = ("", ".txt", ".text", ".md", ".markdown", ".asc", ".letter")
_TABLES = (".csv", ".tsv", ".tab")
_LINES = (".jsonl", ".ndjson")
PACKED = (".gz", ".bz2", ".xz")
_TAG = re.compile(r"\s*(?:<\?xml[^>]*>|<!--.*?-->|<!DOCTYPE[^>\[]*(?:\[.*?\]\s*)?>|\s)*<\s*(?P<tag>[\w:.-]+)", re.DOTALL | re.IGNORECASE)


def recognise(name: str, head: bytes) -> str:
    """The format of a file by its beginning and its name; raises Refused where it is none that is read.

    >>> recognise("a.txt", b"sender: Ann Lee"), recognise("b", b'[{"story_text": "I thank you."}]'), recognise("c.xml", b"<TEI/>")
    ('text', 'archive', 'tei')
    """
    suffix = suffix_of(name)
    if head.startswith(b"PAR1"):
        return "parquet"
    if suffix in _TABLES + _LINES:
        return "csv" if suffix in _TABLES else "jsonl"
    text = _beginning(head, suffix)
    if suffix == ".eml":
        return "mail"
    if suffix in (".html", ".htm", ".xhtml", ".mhtml", ".mht"):
        return "html"
    if text[:1] == "<" and suffix not in (".md", ".markdown"):
        return _of_tag(text, suffix)
    if suffix == ".json" or (suffix == "" and text[:2] in ("[{", '{"')):
        return _of_json(text)
    if suffix in _PLAIN:
        return "text"
    raise Refused(f"Files of the kind {suffix} are not read.", READABLE)


def suffix_of(name: str) -> str:
    """The ending that tells the format, in small letters, without that of a compression."""
    path = PurePosixPath(name.lower())
    return PurePosixPath(path.stem).suffix if path.suffix in PACKED else path.suffix


def _beginning(head: bytes, suffix: str) -> str:
    if not head:
        raise Refused("The file is empty.", "Nothing to do, or look for the letter's text.")
    try:
        encoding = detect(head, whole=False).partition(" ")[0]
    except Refused:
        encoding = "latin-1"
    if b"\0" in head and not encoding.startswith(("utf-16", "utf-32")) and suffix not in (".txt", ".md", ".html", ".htm", ".xml", ".json"):
        raise Refused("The file is no text.", READABLE)
    return head.decode(encoding, "replace").lstrip("\ufeff \t\r\n")


def _of_tag(text: str, suffix: str) -> str:
    found = _TAG.match(text)
    tag = (found["tag"] if found else "").rpartition(":")[2]
    if tag in ("TEI", "teiCorpus", "TEI.2"):
        return "tei"
    if tag.casefold() in ("html", "head", "body") or re.match(r"<!doctype\s+html", text, re.IGNORECASE):
        return "html"
    if suffix == ".xml" or text.startswith("<?xml"):
        raise Refused(f"The XML is no TEI: its first element is {tag[:40] or 'not to be found'}.", "Give the letter as TEI, plain text or DOCX.")
    if suffix in _PLAIN:
        return "text"
    raise Refused(f"Files of the kind {suffix} are not read.", READABLE)


def _of_json(text: str) -> str:
    """An archive of a news agency is a list whose records have story_text; other JSON holds letters with text."""
    if text.startswith("{"):
        first = text.partition("\n")[0]
        try:
            return "jsonl" if isinstance(json.loads(first), dict) else "json"
        except (ValueError, RecursionError):
            return "json"
    keys = set(re.findall(r'"(\w{2,12})"\s*:', text))
    return "json" if "story_text" not in keys and "text" in map(field_of, keys) else "archive"
