"""What is known and what can be guessed of every letter of a folder, beside what somebody has filled in already."""

import json
from pathlib import Path
from typing import NamedTuple

import pandas as pd

from comity.errors import CorpusError
from comity.init.known import match_rows, renew
from comity.measure import measure_texts
from comity.measure.writing import write_table
from comity.sources import Received, read_letters
from comity.sources.incoming.asked import FILLED_IN, begin, cell_of, marks_of
from comity.sources.incoming.filled import WRITTEN, Row, is_asked, read_rows
from comity.sources.incoming.places import ASKED
from comity.sources.incoming.rewritten import find_orders

COLUMNS = ["file", "record", *FILLED_IN, "guessed", "note", "begins", WRITTEN]


class Asking(NamedTuple):
    """The table to fill in; how many of its rows are new, and how many were there; of these, how many name a letter that is not there, and
    of how many the words of the letter are others now; and what was read."""

    table: pd.DataFrame
    new: int
    kept: int
    lost: int
    changed: int
    letters: Received


def ask_metadata(folder: str | Path, format: str | None = None) -> Asking:
    """Write `letters.csv` into a folder of letters: a row a letter, with sender, recipient, date, occasion, outlet, language and kind.

    Cells hold what the letter says or what can be guessed; ``guessed`` says which of them are guesses, and how, ``note`` what could not be
    read, ``begins`` the first words, ``written`` what comity wrote, by which it knows the letter again and sees what was changed since. What somebody
    filled in or changed stays, other columns too; letters that the table has not yet are added.
    `read_letters(folder)` reads the letters with what was filled in over what they say.
    Errors: CorpusError where there is no such folder, it cannot be written to, or its letters.csv is a table of letters or damaged.

    >>> import tempfile
    >>> folder = Path(tempfile.mkdtemp())
    >>> _ = (folder / "a.txt").write_text("date: 3/4/1962\\n\\nDear friend,\\nI thank you.")
    >>> ask_metadata(folder).table[["file", "date", "note"]].values.tolist()
    [['a.txt', '', "date: '3/4/1962' is 3 April or 4 March: write 1962-04-03 or 1962-03-04"]]
    """
    folder = Path(folder)
    if not folder.is_dir():
        raise CorpusError(f"{folder} is no folder. Name the folder in which the letters are: comity init FOLDER.")
    path = folder / ASKED
    if path.exists() and not is_asked(path):
        raise CorpusError(f"{path} is not the table that comity writes. Rename it, and run this again.")
    columns, rows = read_rows(path) if path.exists() else (COLUMNS, [])
    letters = read_letters(folder, format, metadata=False)
    found = describe_letters(letters)
    matched = match_rows(rows, found)
    orders = find_orders((row.said.get("date", ""), row.written.get("date", "")) for row in rows)
    kept = [renew(row, matched[row.number], orders) if row.number in matched else row.cells for row in rows]
    had = {(row["file"], row["record"]) for row in matched.values()} | {row.place for row in rows if not row.place[1]}
    new = [row for row in found if not {(row["file"], row["record"]), (row["file"], "")} & had]
    table = pd.DataFrame([*kept, *new], columns=[*columns, *(name for name in COLUMNS if name not in columns)]).fillna("").astype("str")
    _replace(path, table)
    changed = sum(row.number in matched and _words(row.written) not in ("", _words(json.loads(matched[row.number][WRITTEN]))) for row in rows)
    return Asking(table, len(new), len(kept), _lost(rows, matched, letters), changed, letters)


def describe_letters(letters: Received) -> list[dict[str, str]]:
    """A row of the table for every letter, with what it says of itself or what its words show. Columns out: those of the table."""
    texts = letters.texts
    shown = _guess(texts)
    rows = []
    for text in texts.to_dict("records"):
        known = {name: cell_of(text, name) for name in FILLED_IN}
        guesses = {name: value for name, value in shown.get(text["version_id"], {}).items() if value and not known[name]}
        cells = known | guesses
        written = marks_of(text) | {name: cell for name, cell in cells.items() if cell}
        told = [text["guessed"], *(f"{name}: its words" for name in guesses)]
        about = {"guessed": "; ".join(filter(None, told)), "note": text["note"], "begins": begin(text["text"])}
        rows.append({"file": text["file"], "record": str(text["record"])} | cells | about | {WRITTEN: json.dumps(written, ensure_ascii=False)})
    return rows


def _words(written: dict[str, str]) -> str:
    return written.get("words", "")


def _lost(rows: list[Row], matched: dict, letters: Received) -> int:
    """How many rows name a letter that is not there."""
    there = pd.concat([letters.texts[["file", "record"]], letters.duplicates[["file", "record"]]])
    places = {(file, name) for file, record in there.itertuples(index=False) for name in (str(record), "")}
    twins = set(letters.duplicates[["file", "record"]].astype("str").itertuples(index=False, name=None))
    return sum(row.number not in matched and (row.place not in places or bool(row.place[1]) and row.place not in twins) for row in rows)


def _guess(texts: pd.DataFrame) -> dict[str, dict[str, str]]:
    """What the words of each text show: who writes to whom, when, what for, and whether it is the letter itself."""
    measured = measure_texts(texts)
    messages = measured.messages.set_index("message_id")
    guesses = {}
    for version in measured.versions.to_dict("records"):
        message = messages.loc[version["message_id"]].to_dict() if version["message_id"] else {}
        about = {name: str(message.get(name, "")) for name in ("sender", "recipient")}
        occasion, day = message.get("occasion", ""), message.get("date")
        itself = version["letter"] and not version["agency"] and not version["reported"]
        guesses[version["version_id"]] = about | {
            "occasion": "" if occasion == "not stated" else str(occasion),
            "date": "" if pd.isna(day) or message.get("date_basis") == "published" else str(day)[:10],
            "kind": "letter" if itself else "report" if version["agency"] or version["reported"] else "",
        }
    return guesses


def _replace(path: Path, table: pd.DataFrame) -> None:
    """Write beside the table, then put it in its place: whoever stops this half-way leaves the old one whole."""
    beside = path.with_name(f".{path.name}.new")
    try:
        try:
            write_table(table, beside)
            beside.replace(path)
        finally:
            beside.unlink(missing_ok=True)
    except OSError as error:
        raise CorpusError(f"{path} cannot be written ({error.strerror}). Look whether you may write into the folder, and whether the table is open in another program.") from error
