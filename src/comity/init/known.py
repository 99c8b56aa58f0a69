"""The rows that a table has already: which letter each is for now, and what of it is written anew."""

import json
from collections import defaultdict

from comity.sources.incoming.asked import FILLED_IN, names_of
from comity.sources.incoming.filled import WRITTEN, Row
from comity.sources.incoming.rewritten import read_cell_day


def match_rows(rows: list[Row], letters: list[dict[str, str]]) -> dict[int, dict[str, str]]:
    """The letter of each row, by the number of the row; rows of whole files, and those whose letter is not there, have none.

    In: rows as `read_rows` gives them, letters as `describe_letters` does. A row is for the letter for which it was written, wherever that stands now;
    else for the one that has its words, begins as it did, or is alone in its file, where only one row and one letter come into question.
    """
    matched: dict[int, dict[str, str]] = {}
    per_file = defaultdict(list)
    for letter in letters:
        per_file[letter["file"]].append(letter)
    row_keys = {row.number: _keys_of_row(row) for row in rows}
    letter_keys = {id(letter): _keys_of_letter(letter, len(per_file[letter["file"]]) == 1) for letter in letters}
    for step in range(len(_STEPS)):
        taken = set(map(id, matched.values()))
        waiting, free = defaultdict(list), defaultdict(list)
        for number, keys in row_keys.items():
            if number not in matched and keys[step]:
                waiting[keys[step]].append(number)
        for letter in letters:
            if id(letter) not in taken and letter_keys[id(letter)][step]:
                free[letter_keys[id(letter)][step]].append(letter)
        for key, numbers in waiting.items():
            if step == 0 or len(numbers) == len(free[key]) == 1:
                matched |= dict(zip(numbers, free[key], strict=False))
    return matched


# What makes a row that of a letter, the best first; letters that are alike in all are taken in their order.
_STEPS = ("letter in file", "letter", "words in place", "beginning in place", "place", "words in file", "beginning in file", "file")


def _keys_of_letter(letter: dict[str, str], alone: bool) -> list[tuple | None]:
    written, file, record, begins = json.loads(letter[WRITTEN]), letter["file"], letter["record"], letter["begins"]
    mark, words = written["letter"], written["words"]
    return [(file, mark), (mark,), (file, record, words), (file, record, begins), (file, record), (file, words), (file, begins), (file,) if alone else None]


def _keys_of_row(row: Row) -> list[tuple | None]:
    (file, record), mark, words, begins = row.place, row.written.get("letter"), row.written.get("words"), row.cells.get("begins", "")
    if not record:
        return [None] * len(_STEPS)
    if not mark:  # Somebody made the row.
        return [None, None, None, (file, record, begins) if begins else None, None if begins else (file, record), None, (file, begins) if begins else None, None]
    return [(file, mark), (mark,), (file, record, words), None, None, (file, words), (file, begins) if begins else None, (file,)]


def renew(row: Row, letter: dict[str, str], orders: dict[str, int]) -> dict[str, str]:
    """The cells of a row: what somebody filled in or changed stays; what comity wrote is written as the letter says it now.

    In: the row, its letter as `describe_letters` gives it, and the order of day and month in the table.
    """
    guesses, fresh_guesses = names_of(row.cells.get("guessed", "")), names_of(letter["guessed"])
    fresh = {}
    for name in FILLED_IN:
        cell, before = row.cells.get(name, ""), row.written.get(name, "")
        if cell == before or (cell and name == "date" and str(read_cell_day(cell, before, orders, "en")[0]) == before):
            said = letter[name] and name not in fresh_guesses
            fresh |= {name: letter[name]} if said or not cell or name in guesses else {}
    how = [part for part in letter["guessed"].split("; ") if not names_of(part) & (set(FILLED_IN) - set(fresh))]
    return row.cells | {name: letter[name] for name in ("file", "record", "note", "begins", WRITTEN)} | fresh | {"guessed": "; ".join(filter(None, how))}
