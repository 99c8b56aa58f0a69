"""What is known and what can be guessed of every letter of a folder, beside what somebody has filled in already."""

from pathlib import Path
from typing import NamedTuple

import pandas as pd

from comity.errors import CorpusError
from comity.measure import measure_texts
from comity.measure.writing import write_table
from comity.sources import Received, read_letters
from comity.sources.incoming.asked import FILLED_IN, is_asked, read_cells
from comity.sources.incoming.places import ASKED

COLUMNS = ["file", "record", *FILLED_IN, "guessed", "note", "begins"]
# So much of a letter tells which one it is.
WORDS_SHOWN = 12


class Asking(NamedTuple):
    """The table to fill in; how many of its rows are new, how many were kept as they were, and how many of these name a letter
    that is not there; and what was read."""

    table: pd.DataFrame
    new: int
    kept: int
    lost: int
    letters: Received


def ask_metadata(folder: str | Path, format: str | None = None) -> Asking:
    """Write `letters.csv` into a folder of letters: a row a letter, with sender, recipient, date, occasion, outlet, language and kind.

    Cells hold what the letter says or what can be guessed; ``guessed`` says which of them are guesses, and how, ``note`` what could not be
    read, ``begins`` the first words. Rows that the table has already stay as they are, other columns too; letters it has not yet are added.
    `read_letters(folder)` reads the letters with this table over them.
    Errors: CorpusError where there is no such folder, or its letters.csv is a table of letters or damaged.

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
    columns, kept = read_cells(path) if path.exists() else (COLUMNS, [])
    letters = read_letters(folder, format, metadata=False)
    found = describe_letters(letters)
    known = {(row["file"], row.get("record", "")) for row in kept}
    new = [row for row in found if (row["file"], row["record"]) not in known and (row["file"], "") not in known]
    there = {(row["file"], record) for row in found for record in (row["record"], "")}
    columns = [*columns, *(name for name in COLUMNS if name not in columns)]
    table = pd.DataFrame([*kept, *new], columns=columns).fillna("").astype("str")
    _replace(path, table)
    return Asking(table, len(new), len(kept), len(known - there), letters)


def describe_letters(letters: Received) -> list[dict[str, str]]:
    """A row of the table for every letter, with what it says of itself or what its words show. Columns out: those of the table."""
    texts = letters.texts
    shown = _guess(texts)
    rows = []
    for text in texts.to_dict("records"):
        known = {name: str(text[name]) for name in FILLED_IN if name != "date"} | {"date": "" if pd.isna(text["date"]) else text["date"].date().isoformat()}
        guesses = {name: value for name, value in shown.get(text["version_id"], {}).items() if value and not known[name]}
        told = [text["guessed"], *(f"{name}: its words" for name in guesses)]
        begins = " ".join(text["text"].split()[:WORDS_SHOWN])
        rows.append(
            {"file": text["file"], "record": str(text["record"])} | known | guesses
            | {"guessed": "; ".join(filter(None, told)), "note": text["note"], "begins": begins}
        )  # fmt: skip
    return rows


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
        write_table(table, beside)
        beside.replace(path)
    except OSError as error:
        raise CorpusError(f"{path} cannot be written ({error.strerror}). Look whether it is open in another program.") from error
    finally:
        beside.unlink(missing_ok=True)
