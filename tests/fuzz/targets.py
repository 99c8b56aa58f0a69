"""What is fuzzed: a function for each reader, that takes bytes, and the rules that hold whatever the bytes are.

A rule that does not hold is an error (`Broken`, or the one that the reader lets out):
a reader raises nothing but CorpusError; every record is a letter, a duplicate or rejected; no error of a reader's own making is passed
off as damage to the file; nothing is written, nothing is fetched; and it comes to an end.
"""

import io
import os
import shutil
import sys
import tempfile
import time
import zipfile
from contextlib import contextmanager
from pathlib import Path

import pandas as pd

from comity import (
    CorpusError, find_mentions, measure_texts, read_archive, read_article, read_honorifics, read_letters, read_measurements, read_tone, split_frames,
)  # fmt: skip
from comity.formulas import read_formulas
from comity.init import ask_metadata
from comity.measure.phrases import read_phrases
from comity.sources.incoming import reading, stream_letters

EXAMPLES = Path(__file__).parents[2] / "data" / "example-letters"
# A fuzzer leaves out the tables, which take more time than all else: of the records it sees as much.
WITH_TABLES = [True]
# Of a few thousand bytes, on a busy machine.
SECONDS = 10
# What a file that is cut or changed makes of the libraries that unpack it. All else is a fault of a reader.
DAMAGE = ("OSError", "EOFError", "BadGzipFile", "error", "LZMAError", "BadZipFile", "ReadError", "NotImplementedError")
ENDINGS = (".txt", ".md", ".csv", ".tsv", ".json", ".jsonl", ".xml", ".html", ".docx", ".zip", ".tar", ".gz", ".bz2", ".xz", ".parquet", "")


class Broken(AssertionError):
    """A rule that does not hold."""


class Watch:
    """What a reader does that it should not: noted by an audit hook, since a reader may catch what a hook raises."""

    def __init__(self):
        self.on, self.seen = False, []
        sys.addaudithook(self.note)

    def note(self, event, arguments):
        if not self.on:
            return
        if event in ("socket.connect", "socket.getaddrinfo", "subprocess.Popen", "os.system", "os.remove", "os.rename", "os.mkdir", "os.rmdir"):
            self.seen.append(f"{event} {arguments[:2]}")
        if event == "open" and isinstance(arguments[2], int) and arguments[2] & (os.O_WRONLY | os.O_RDWR) and arguments[0] != os.devnull:
            self.seen.append(f"open {arguments[0]} for writing")


WATCH: list[Watch] = []


@contextmanager
def watched():
    """Nothing is written, fetched or started in here, and it ends in time."""
    if not WATCH:
        WATCH.append(Watch())
    watch, started = WATCH[0], time.process_time()
    watch.seen.clear()
    watch.on = True
    try:
        yield
    finally:
        watch.on = False
    if watch.seen:
        raise Broken(watch.seen[0])
    if time.process_time() - started > SECONDS:
        raise Broken("it takes too long")


@contextmanager
def folder():
    """An empty folder, in memory where the system has such a place."""
    shared = "/dev/shm" if Path("/dev/shm").is_dir() else None
    with tempfile.TemporaryDirectory(dir=shared) as name:
        yield Path(name)


def reads(read, name="a.txt"):
    """A target: the bytes are a file that is read; CorpusError says what is wrong with it."""

    def target(data):
        with folder() as place:
            (place / name).write_bytes(data)
            try:
                with watched():
                    read(place / name)
            except CorpusError as error:
                if len(str(error)) > 2_000:
                    raise Broken("an error of more than two thousand characters") from error

    return target


def letters(path, form=None):
    """The letters of a file, each record once."""
    hidden, usual = [], reading._damaged
    reading._damaged = lambda error: hidden.append(error) or usual(error)
    try:
        outcomes = list(stream_letters([path], form))
        found = read_letters(path, form) if WITH_TABLES[0] else None
    finally:
        reading._damaged = usual
    own = [error for error in hidden if type(error).__name__ not in DAMAGE]
    if own:
        raise own[0]
    for outcome in outcomes:
        told = outcome.row or outcome.item._asdict()
        if outcome.row is None and not outcome.item.remedy:
            raise Broken("a remedy is missing")
        for cell in (outcome.file, *(cell for name, cell in told.items() if isinstance(cell, str) and (outcome.row or name != "about"))):
            cell.encode("utf-8")
    if found is None:
        return
    counts = found.counts.set_index("kind")["n"]
    if counts["records"] != counts.drop("records").sum() or counts["records"] != len(outcomes):
        raise Broken(f"records are lost: {counts.to_dict()}")
    if not found.texts["version_id"].is_unique:
        raise Broken("a name stands twice")


def archive(path):
    counts = read_archive(path).counts.set_index("kind")["n"]
    if counts["records"] != counts.drop("records").sum():
        raise Broken(f"records are lost: {counts.to_dict()}")


def any_letter(data):
    """The ending is chosen by the first byte, and the form found out."""
    if data:
        reads(letters, f"a{ENDINGS[data[0] % len(ENDINGS)]}")(data[1:])


def words_of_a_document(data):
    """The bytes are the words of a document whose other parts are sound."""
    file = io.BytesIO((EXAMPLES / "vienna" / "1815-salt-road.docx").read_bytes())
    made = io.BytesIO()
    with zipfile.ZipFile(file) as sound, zipfile.ZipFile(made, "w") as other:
        for name in sound.namelist():
            other.writestr(name, data if name == "word/document.xml" else sound.read(name))
    reads(lambda path: letters(path, "docx"), "a.docx")(made.getvalue())


def spoken(data):
    """Any text, with any headline: every character of a sentence stands where it says."""
    headline, _, text = data.decode("utf-8", "ignore").partition("\0\0")
    text = text or headline
    for kind in ("report", "letter", ""):
        table = pd.DataFrame([{"version_id": "a", "text": text, "headline": headline, "language": "en", "kind": kind}])
        with watched():
            frames, mentions = split_frames(table), find_mentions(table)
        for row in frames.itertuples():
            if {"text": text, "headline": headline}[row.part][row.start : row.end] != row.sentence:
                raise Broken("a sentence does not stand where it says")
        if (mentions["end"] <= mentions["start"]).any():
            raise Broken("a mention of nothing")


def measured(data):
    """Any text is measured, also in other languages."""
    language, _, text = data.decode("utf-8", "ignore").partition("\n")
    text = text or language
    with watched():
        measure_texts(pd.DataFrame([{"version_id": "a", "text": text, "date": None, "language": language.strip()[:3] or "en"}]))


def asked(data):
    """The table that is filled in, over a letter: read, and written again with nothing lost."""
    with folder() as place:
        (place / "a.txt").write_text("Dear Bob, I thank you.")
        (place / "letters.csv").write_bytes(data)
        try:
            with watched():
                letters(place)
            ask_metadata(place)
            if ask_metadata(place).new:
                raise Broken("a second run adds rows")
        except CorpusError:
            pass


_WRITTEN: list[Path] = []


def measurements(data):
    """One of the tables that were written is replaced by the bytes; the first byte says which."""
    if not data:
        return
    if not _WRITTEN:
        _WRITTEN.append(_write_some())
    names = sorted(path.name for path in _WRITTEN[0].glob("*.csv"))
    with folder() as place:
        shutil.copytree(_WRITTEN[0], place / "out")
        (place / "out" / names[data[0] % len(names)]).write_bytes(data[1:])
        try:
            with watched():
                read_measurements(place / "out")
        except CorpusError:
            pass


def _write_some() -> Path:
    from comity.measure.writing import write_tables

    place = Path(tempfile.mkdtemp())
    found = read_letters(EXAMPLES / "edo")
    write_tables(place, found, measure_texts(found.texts))
    return place


FORMS = ("archive", "text", "docx", "csv", "jsonl", "json", "parquet", "tei", "html", "mail")
TARGETS = {f"letters-{form}": reads(lambda path, form=form: letters(path, form)) for form in FORMS} | {
    "letters": any_letter, "document": words_of_a_document, "archive": reads(archive), "article": reads(read_article), "asked": asked,
    "tone": reads(lambda path: read_tone(extra=path)), "formulas": reads(lambda path: read_formulas(extra=path)),
    "honorifics": reads(lambda path: read_honorifics(extra=path)), "phrases": reads(read_phrases), "measurements": measurements, "spoken": spoken, "measured": measured,
}  # fmt: skip
