"""Compressed files: what is in them as streams. Nothing is ever written, and no name in them is used as a path."""

import bz2
import gzip
import lzma
import os
import tarfile
import zipfile
import zlib
from collections.abc import Iterator
from typing import Any, NamedTuple

from comity.sources.incoming.found import Unreadable
from comity.sources.incoming.limits import PEEKED, Budget, counted
from comity.sources.incoming.places import plain_name
from comity.sources.refusal import Refused

_COMPRESSED = ((b"\x1f\x8b", lambda file: gzip.GzipFile(fileobj=file)), (b"BZh", bz2.BZ2File), (b"\xfd7zXZ\x00", lzma.LZMAFile))
_ZIP = (b"PK\x03\x04", b"PK\x05\x06")
_LINK = "The archive holds a link or a device here, not a file."
_INSIDE = Refused("This is an archive within an archive.", "Unpack the inner one.")


class Piece(NamedTuple):
    """One file to be read, out of an archive or not: its name as the tables show it, its stream, and whether it is a DOCX."""

    name: str
    stream: Any
    document: bool = False


def open_pieces(name: str, file) -> Iterator[Piece | tuple[str, Unreadable]]:
    """The files in a file: itself, what it is compressed from, or the members of an archive, in its order.

    Out: pieces; or a name with why it cannot be used. A stream is good until the next piece is asked for.
    """
    size = os.fstat(file.fileno()).st_size
    budget = Budget(size)
    head = file.peek(PEEKED)
    kind = _kind_of_zip(file) if head.startswith(_ZIP) else ""
    if kind == "other":
        raise Refused("This is an office file, and no DOCX.", "Save it as DOCX, CSV or plain text.")
    if kind == "archive":
        yield from _zipped(name, file, budget)
        return
    opened = next((open_with for mark, open_with in _COMPRESSED if head.startswith(mark)), None)
    stream = counted(opened(file), budget) if opened else file
    if _is_tar(stream.peek(PEEKED)):
        yield from _tarred(name, stream, budget)
    else:
        yield Piece(name, stream, kind == "document")


def _zipped(name: str, file, budget: Budget) -> Iterator[Piece | tuple[str, Unreadable]]:
    with zipfile.ZipFile(file) as archive:
        for member in archive.infolist():
            shown = plain_name(f"{name}/{member.filename}")
            if member.is_dir() or _is_hidden(member.filename):
                continue
            if member.external_attr >> 28 == 0o12:
                yield shown, Unreadable(None, _LINK, "Put the file itself into the archive.")
                continue
            try:
                opened = archive.open(member)
            except (RuntimeError, NotImplementedError, zipfile.BadZipFile, OSError, ValueError) as error:
                yield shown, Unreadable(None, f"It cannot be unpacked ({str(error)[:120]}).", "Unpack it yourself, without a password.")
                continue
            with opened:
                yield from _one(shown, counted(opened, budget))


def _tarred(name: str, stream, budget: Budget) -> Iterator[Piece | tuple[str, Unreadable]]:
    with tarfile.open(fileobj=stream, mode="r|") as archive:
        for member in archive:
            shown = plain_name(f"{name}/{member.name}")
            if member.isdir() or _is_hidden(member.name):
                continue
            opened = archive.extractfile(member) if member.isreg() else None
            if opened is None:
                yield shown, Unreadable(None, _LINK, "Put the file itself into the archive.")
                continue
            yield from _one(shown, counted(opened, Budget(2**62)))


def _one(name: str, stream) -> Iterator[Piece | tuple[str, Unreadable]]:
    """A member of an archive: a file, a file compressed by itself, or a document. A damaged one costs itself, not those after it."""
    try:
        yield from _opened(name, stream)
    except (OSError, EOFError, zlib.error, lzma.LZMAError, zipfile.BadZipFile) as error:
        yield name, Unreadable(None, f"It cannot be unpacked ({str(error)[:120]}).", "Unpack it yourself.")


def _opened(name: str, stream) -> Iterator[Piece | tuple[str, Unreadable]]:
    head = stream.peek(PEEKED)
    if head.startswith(_ZIP):
        if not name.lower().endswith((".docx", ".dotx", ".docm")):
            yield name, Unreadable(None, _INSIDE.reason, _INSIDE.remedy)
            return
        yield Piece(name, stream, True)
        return
    opened = next((open_with for mark, open_with in _COMPRESSED if head.startswith(mark)), None)
    stream = counted(opened(stream), Budget(0)) if opened else stream
    if _is_tar(stream.peek(PEEKED)):
        yield name, Unreadable(None, _INSIDE.reason, _INSIDE.remedy)
        return
    yield Piece(name, stream)


def _is_tar(head: bytes) -> bool:
    return head[257:262] == b"ustar"


def _kind_of_zip(file) -> str:
    """Is a zip file a document of a word processor, another office file, or an archive? The place in the file stays."""
    try:
        with zipfile.ZipFile(file) as archive:
            names = set(archive.namelist())
    finally:
        file.seek(0)
    return "document" if "word/document.xml" in names else "other" if names & {"[Content_Types].xml", "mimetype"} else "archive"


def _is_hidden(name: str) -> bool:
    """What computers put into archives by themselves."""
    parts = name.split("/")
    return "__MACOSX" in parts or parts[-1].startswith((".", "~$")) and parts[-1] not in (".", "..")
