"""What somebody filled in (`letters.csv`, of `comity init`), laid over what the letters say themselves."""

import hashlib
from pathlib import Path
from typing import NamedTuple

from comity.sources.incoming.filled import Row, is_asked, read_rows
from comity.sources.incoming.found import Found, Unreadable
from comity.sources.incoming.places import ASKED
from comity.sources.incoming.rewritten import find_orders, read_cell_day
from comity.sources.incoming.rows import TEXT_COLUMNS, letter_row
from comity.sources.refusal import Refused

FILLED_IN = ("sender", "recipient", "date", "occasion", "outlet", "language", "kind")
# So much of a letter tells which one it is.
WORDS_SHOWN = 12
# A file of one of these is one letter, and its name is the letter's.
_ALONE = ("text", "docx", "html", "mail")
_SAYS = [name for name in TEXT_COLUMNS if name not in ("version_id", "file", "record", "encoding", "dateline", "guessed", "note")]
# What remarks say where the table and a letter say different things, and where a cell cannot be read.
OTHERWISE, OWN_KEPT = f"{ASKED} says", "the letter's own is kept"


class Laid(NamedTuple):
    """What a table says of a letter: fields, how one of them was guessed, and what is to be remarked."""

    fields: dict[str, object]
    guessed: dict[str, str]
    notes: list[str]


class Asked:
    """What a filled-in table says of the records of its folder, and which of its rows were of use."""

    def __init__(self, rows: list[Row]):
        self.rows = rows
        self.places = {row.place: row for row in rows}
        self.letters: dict[str, list[Row]] = {}
        for row in rows:
            self.letters.setdefault(row.written.get("letter", ""), []).append(row)
        self.orders = find_orders((row.said.get("date", ""), row.written.get("date", "")) for row in rows)
        self.used: set[int] = set()
        self.met: set[tuple[str, str]] = set()

    def row_of(self, found: Found, name: str, file: str, form: str) -> dict:
        """The row of a letter, as `letter_row` gives it, with what the table says over what the letter says itself: by the row of its whole
        file (whose record is blank), and by its own. Raises Refused where there is no letter."""
        try:
            bare = letter_row(found, file, form)
        except Refused:
            self.used |= {row.number for row in [self.places.get((name, str(found.record)))] if row}
            raise
        rows = self.find(name, found.record, bare, form)
        said, laid = say_itself(found, bare), Laid({}, {}, [])
        for row in rows:
            self._lay(row, said, bare, laid)
        if not laid.fields and not laid.notes:
            return bare
        guessed = {part: how for part, how in found.guessed.items() if part not in laid.fields} | laid.guessed
        row = letter_row(found._replace(fields=found.fields | laid.fields, guessed=guessed), file, form)
        other = [f"{part}: {OTHERWISE} {cell_of(row, part)!r}, the letter {said[part]!r}" for part in laid.fields if said.get(part, cell_of(row, part)) != cell_of(row, part)]
        return row | {"note": "; ".join(filter(None, [row["note"], *other, *laid.notes]))}

    def find(self, name: str, record: int, bare: dict, form: str) -> list[Row]:
        """The rows for a letter: that of its whole file, and its own, wherever it stands in the file now.

        Its own is the one that was written for this very letter; else the one of its place, where the words are still the same, or begin alike
        and the file is one letter. A letter without a row has that of its twin.
        """
        letter = marks_of(bare)["letter"]
        whole, place, same = self.places.get((name, "")), self.places.get((name, str(record))), self.letters.get(letter, [])
        own = next((row for row in same if row.place[0] == name and row.number not in self.used), None)
        if place:
            self.met.add(place.place)
            own = own or (place if place.number not in self.used and self._fits(place, bare, form) else None)
        own = own or (same[0] if same and not whole else None)
        found = [row for row in (whole, own) if row]
        self.used |= {row.number for row in found}
        return found

    def unused(self) -> list[Unreadable]:
        """The rows that no letter answers to."""
        return [self._explain(row) for row in self.rows if row.number not in self.used]

    def _fits(self, row: Row, bare: dict, form: str) -> bool:
        """May a row be that of the letter that stands in its place?"""
        words, begins = row.written.get("words"), row.cells.get("begins", "")
        alike = not begins or begins == begin(bare["text"])
        return words == marks_of(bare)["words"] or (alike and (not words or form in _ALONE and row.place[1] == "0"))

    def _explain(self, row: Row) -> Unreadable:
        file, record = row.place
        which = file + (f", record {record}" if record else "")
        if row.place in self.met:
            reason, remedy = f"Row {row.number} no longer matches its letter, {which}: the words there are others.", "Run `comity init` again, and look at the row."
        else:
            reason, remedy = f"Row {row.number} names {which}, which is not there or cannot be read.", "Correct the name, or take the row out."
        return Unreadable(row.number - 2, reason, remedy)

    def _lay(self, row: Row, said: dict[str, str], bare: dict, laid: Laid) -> None:
        """Add what a row says: the cells that somebody filled in or changed. A cell that is as comity wrote it was what the letter says, which is
        asked anew; or a guess, as long as the column guessed says so."""
        guesses = names_of(row.cells.get("guessed", ""))
        for name, cell in row.said.items():
            value, how = cell, ""
            if name == "date":
                value, problem, how = read_cell_day(cell, row.written.get("date", ""), self.orders, bare["language"])
                if problem:
                    laid.notes.append(f"date: in {ASKED} {problem}" + (f"; {OWN_KEPT}" if bare["date"] else ""))
                if value is None:
                    continue
            if str(value) == row.written.get(name) and (name in guesses or name in said):
                continue
            laid.fields[name] = value
            laid.guessed.update({name: how} if how else {})


def read_asked(folder: Path) -> Asked | None:
    """The filled-in table of a folder; None where there is none. Errors: CorpusError where it cannot be read."""
    path = folder / ASKED
    if not path.is_file() or not is_asked(path):
        return None
    return Asked(read_rows(path)[1])


def say_itself(found: Found, bare: dict) -> dict[str, str]:
    """What a letter itself says, without guesses, as its row has it."""
    guesses = names_of(bare["guessed"])
    cells = {name: cell_of(bare, name) for name in _SAYS if name not in guesses and found.fields.get(name) not in (None, "")}
    return {name: cell for name, cell in cells.items() if cell}


def marks_of(row: dict) -> dict[str, str]:
    """By what a letter is known again: its ``words``, and the whole ``letter`` with what is said of it.

    In: a row as `letter_row` gives it, nothing laid over.
    """
    return {"words": _short(row["text"]), "letter": _short("\x1f".join(cell_of(row, name) for name in _SAYS))}


def cell_of(row: dict, name: str) -> str:
    """A cell of a letter's row as the table has it: a day as year-month-day."""
    plain = "" if row[name] is None else str(row[name])
    return plain if name != "date" else "" if plain == "NaT" else plain.partition(" ")[0]


def begin(text: str) -> str:
    """The first words of a letter."""
    return " ".join(text.split()[:WORDS_SHOWN])


def names_of(guessed: str) -> set[str]:
    """The fields that the column guessed names.

    >>> sorted(names_of("sender: its words; language: nothing says another"))
    ['language', 'sender']
    """
    return {part.partition(":")[0].strip() for part in guessed.split(";")} - {""}


def _short(text: str) -> str:
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()[:12]
