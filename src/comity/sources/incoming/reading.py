"""Letters out of files in any form: one outcome for every record, whatever is in the files."""

from collections.abc import Iterable, Iterator
from os import PathLike
from pathlib import Path
from typing import NamedTuple

from comity.corpus.identifiers import FreeIds
from comity.corpus.problems import shown
from comity.errors import CorpusError
from comity.sources.incoming.agency import read_stories
from comity.sources.incoming.asked import Asked, read_asked
from comity.sources.incoming.filled import is_ours
from comity.sources.incoming.found import Found, Items, Unreadable, unreadable
from comity.sources.incoming.headed import read_text_letter
from comity.sources.incoming.limits import PEEKED
from comity.sources.incoming.mail import read_mail, read_page
from comity.sources.incoming.places import ASKED, find_places, open_place, tell_apart
from comity.sources.incoming.recognise import recognise
from comity.sources.incoming.result import Received, Sorting
from comity.sources.incoming.rows import fingerprint, letter_row, name_of, twin
from comity.sources.incoming.separated import read_csv_letters
from comity.sources.incoming.tabular import read_json_lines, read_json_list, read_parquet
from comity.sources.incoming.tei import read_tei
from comity.sources.incoming.unpacking import Piece, open_pieces
from comity.sources.incoming.word import read_document
from comity.sources.refusal import Refused

READERS = {
    "archive": read_stories, "text": read_text_letter, "docx": read_document, "csv": read_csv_letters, "jsonl": read_json_lines,
    "json": read_json_list, "parquet": read_parquet, "tei": read_tei, "html": read_page, "mail": read_mail,
}  # fmt: skip
# A letter a file: the file's name is the letter's.
ONE_A_FILE = ("text", "docx", "html", "tei", "mail")
DAMAGED = "Open it in the program that wrote it and save it again, or give the letters as plain text."


class Outcome(NamedTuple):
    """What came of a record: a letter (``row``, and whether it tells of a message), or nothing that can be used."""

    file: str
    form: str
    item: Found | Unreadable
    row: dict | None = None


def read_letters(path: str | Path | Iterable[str | Path], format: str | None = None, metadata: bool = True) -> Received:
    """Read letters from a file, a folder or a pattern (or several), in the form in which they are there.

    Forms, found out where ``format`` does not name one: ``text`` (plain text and Markdown, with header lines ``sender:``, ``recipient:``,
    ``date:``, ``occasion:``, ``outlet:``, ``language:``, an empty line, the letter), ``docx``, ``csv``, ``jsonl`` and ``json`` (a column or key
    ``text``), ``parquet``, ``tei``, ``html`` (saved pages of news agencies and ministries, MHTML too), ``mail`` (.eml), ``archive`` (see
    `read_archive`); each may be compressed (gz, bz2, xz) or stand in a zip or tar file. Of a folder its folders are read too; hidden files are
    passed over, uncounted. ``metadata``: lay a folder's letters.csv (see `comity init`) over what the files say.
    Out: `texts` with version_id, message_id, file, record (from 0), encoding, headline, text (as received), date (the day of the letter, or of
    publication; NaT where none is given, or it can be read in two ways: see note), dateline, sender, recipient (several joined by |), occasion,
    language, kind (letter, report, blank: to be found out), outlet, publisher, url, translation, extent, guessed (which of these are
    guesses, and how), note (what was left out or not used, and why; what holds for all rows of a table stands at the first).
    `others, duplicates, rejected, counts`: see `Received`.
    Errors: CorpusError where there is nothing of that name, the format is none of these, or letters.csv is damaged. Whatever else is wrong with
    a file is a row of `rejected`. Nothing is fetched, and nothing is written.

    >>> import tempfile
    >>> file = Path(tempfile.mkdtemp()) / "letter.txt"
    >>> _ = file.write_text("sender: Ann Lee\\nrecipient: Bob Moe\\ndate: 2 May 2001\\n\\nDear friend,\\nI thank you.")
    >>> read_letters(file).texts[["version_id", "sender", "date", "text"]].values.tolist()
    [['letter', 'Ann Lee', Timestamp('2001-05-02 00:00:00'), 'Dear friend,\\nI thank you.']]
    """
    sorting, seen, ids = Sorting(), {}, set()
    free = FreeIds(ids)
    sources = list(path) if isinstance(path, Iterable) and not isinstance(path, str | bytes) else [path]
    for found in stream_letters(sources, format, metadata):
        if found.row is None:
            sorting.reject(found.file, found.item.record, found.item.reason, found.item.remedy, found.item.about)
            continue
        mark = fingerprint(found.row, found.form)
        if mark in seen:
            sorting.twice(found.file, found.item.record, seen[mark])
            continue
        given = found.row["version_id"]
        if given in ids:
            sorting.reject(found.file, found.item.record, *twin(given), {})
            continue
        seen[mark] = given or free.of(name_letter(found))
        ids.add(seen[mark])
        sorting.keep(found.row | {"version_id": seen[mark]}, found.item.told)
    return sorting.result()


def stream_letters(sources: Iterable[str | Path], format: str | None = None, metadata: bool = True) -> Iterator[Outcome]:
    """The records of sources one by one, in order. Of a large table a few are in memory at a time; a list in JSON is read whole (1 GB at most).

    Errors: as of `read_letters`.
    """
    if format is not None and format not in READERS:
        raise CorpusError(f"There is no format {format!r}. It may be {', '.join(READERS)}.")
    taken: set[int] = set()
    for outcome in _stream([_path(source) for source in sources], format, metadata):
        yield _call_apart(outcome, taken)


def _path(source: object) -> Path:
    if not isinstance(source, str | PathLike):
        raise CorpusError(f"{shown(repr(source)[:60])} is no path of a file or folder. Give its path as a text or a Path.")
    return Path(source)


def _call_apart(outcome: Outcome, taken: set[int]) -> Outcome:
    """A letter under the id that it brings, unless an earlier file is called so after its name."""
    if outcome.row is None:
        return outcome
    given = outcome.row["version_id"]
    if not given and outcome.form in ONE_A_FILE:
        taken.add(hash(name_letter(outcome)))
    if not given or hash(given) not in taken:
        return outcome
    note = f"version_id: {given[:60]} is left out, since a file is called so after its name; rename the file, or give it a version_id"
    return outcome._replace(row=outcome.row | {"version_id": "", "note": "; ".join(filter(None, [outcome.row["note"], note]))})


def _stream(sources: list[Path], format: str | None, metadata: bool) -> Iterator[Outcome]:
    for source, before in zip(sources, tell_apart(sources), strict=True):
        asked = read_asked(source) if metadata and source.is_dir() else None
        for place in find_places(source):
            if not is_ours(place):
                yield from _of_place(place, format, asked, before)
        for unused in asked.unused() if asked else ():
            yield Outcome(before + ASKED, "csv", unused)


def _of_place(place, format: str | None, asked: Asked | None, before: str) -> Iterator[Outcome]:
    try:
        with open_place(place) as file:
            for piece in open_pieces(place.name, file):
                if not isinstance(piece, Piece):
                    yield Outcome(before + piece[0], "", piece[1])
                    continue
                yield from _of_piece(piece, format, asked, before)
    except Refused as error:
        yield Outcome(before + place.name, "", unreadable(None, error))
    except Exception as error:  # A hostile file may break any reader in any way: it costs itself, never the others.
        yield Outcome(before + place.name, "", _damaged(error))


def _of_piece(piece: Piece, format: str | None, asked: Asked | None, before: str) -> Iterator[Outcome]:
    file, form = before + piece.name, format or ""
    try:
        form = form or ("docx" if piece.document else recognise(piece.name, piece.stream.peek(PEEKED)))
        said = ()
        for item in READERS[form](piece.stream, piece.name):
            # What is to be said of every row of a table is said at the first of them.
            notes = item.notes if isinstance(item, Found) else ()
            outcome = _outcome(item._replace(notes=()) if notes and notes == said else item, piece.name, file, form, asked)
            said = notes if outcome.row and form not in ONE_A_FILE else said
            yield outcome
    except Refused as error:
        yield Outcome(file, form, unreadable(None, error))
    except Exception as error:  # As above; what came out of the file before stays.
        yield Outcome(file, form, _damaged(error))


def _outcome(item: Found | Unreadable, name: str, file: str, form: str, asked: Asked | None) -> Outcome:
    if isinstance(item, Unreadable):
        return Outcome(file, form, item)
    try:
        return Outcome(file, form, item, asked.row_of(item, name, file, form) if asked else letter_row(item, file, form))
    except Refused as error:
        return Outcome(file, form, unreadable(item.record, error))


def _damaged(error: Exception) -> Unreadable:
    told = f"{type(error).__name__}: {error}".encode("utf-8", "backslashreplace").decode()
    return Unreadable(None, f"The file is damaged ({' '.join(told.split())[:160]}).", DAMAGED)


def name_letter(found: Outcome) -> str:
    """What a letter is called where nobody names it: after its file, and its record where the file may hold several."""
    alone = found.form in ONE_A_FILE and not found.item.record
    return name_of(found.file) + ("" if alone else f"__{found.item.record}")
