"""From what a reader found to the row of a letter: checked, dated, named."""

import hashlib
import re

from comity.corpus.vocabularies import EXTENTS, TRANSLATIONS
from comity.sources.incoming.days import read_day
from comity.sources.incoming.found import Found
from comity.sources.incoming.languages import read_language
from comity.sources.incoming.limits import LONGEST_TEXT
from comity.sources.refusal import Refused
from comity.sources.stories import is_unicode

TEXT_COLUMNS = [
    "version_id", "message_id", "file", "record", "encoding", "headline", "text", "date", "dateline", "sender", "recipient", "occasion",
    "language", "kind", "outlet", "publisher", "url", "translation", "extent", "guessed", "note",
]  # fmt: skip
# Of a page or a news agency's story a sender is not the writer of the text.
REPORTS = ("html", "archive")
_READ_ELSEWHERE = ("text", "date", "dateline")
DEEPEST = 3
VOCABULARIES = {"kind": ("report", "letter"), "translation": TRANSLATIONS, "extent": EXTENTS}
# What makes two texts two letters, or two versions of one, even where the words are the same.
_APART = ("headline", "date", "sender", "recipient", "occasion", "language", "kind", "outlet", "publisher", "url", "translation", "extent", "message_id")


def letter_row(found: Found, file: str, form: str) -> dict:
    """The row of a letter, all of `TEXT_COLUMNS`; version_id is blank where nobody gives one. Raises Refused where there is no letter."""
    text = _checked_text(found.fields.get("text"))
    said = {name: value for name, value in found.fields.items() if name in TEXT_COLUMNS and name not in _READ_ELSEWHERE}
    row = dict.fromkeys(TEXT_COLUMNS, "") | {name: _cell(value, name) for name, value in said.items()}
    guessed = {name: how for name, how in found.guessed.items() if row[name] or name in _READ_ELSEWHERE and found.fields.get(name)}
    notes = [*found.notes, *_strike_out_unknown_words(row)]
    row["language"], how = read_language(row["language"], text)
    guessed |= {"language": how} if how else {}
    day, problem = read_day(found.fields.get("date"), row["language"])
    notes += [f"date: {problem}"] if problem else []
    row["kind"] = row["kind"] or _kind(row, guessed, form)
    told = {name: "; ".join(notes) if name == "note" else "; ".join(f"{part}: {how}" for part, how in guessed.items()) for name in ("guessed", "note")}
    about = {"file": file, "record": found.record, "encoding": found.encoding, "text": text, "date": day, "dateline": found.fields.get("dateline") or None}
    return row | about | {"publisher": row["publisher"] or row["outlet"]} | told


def fingerprint(row: dict, form: str) -> bytes:
    """What two rows share that are the same letter twice: all that is said of it; of a news agency's story its words alone."""
    parts = [row["text"]] if form == "archive" else [row["text"], *(str(row[name]) for name in _APART)]
    return hashlib.sha256("\x1f".join(["archive" if form == "archive" else "", *parts]).encode("utf-8", "surrogatepass")).digest()[:16]


def twin(version: object) -> tuple[str, str]:
    """Why a text is rejected whose id another has, and what to do."""
    return f"Another text has the version_id {str(version)[:60]!r}.", "Give each text a name of its own."


def name_of(file: str) -> str:
    """A file's name as part of an identifier.

    >>> name_of("old letters/To the Doge.txt"), name_of("...")
    ('old-letters-To-the-Doge', 'letter')
    """
    stem = re.sub(r"\.\w{1,8}(\.(gz|bz2|xz))?$", "", file)
    return re.sub(r"[\W_]+", "-", stem)[-80:].strip("-") or "letter"


def _checked_text(text: object) -> str:
    if text is None or (isinstance(text, str) and not text.strip(" \t\r\n\v\f\0\ufeff\u200b\u00a0\u3000")):
        raise Refused("The letter is empty.", "Look for its text, or take the record out.")
    if not isinstance(text, str):
        raise Refused("The text is no text.", "Write it as a text in quotation marks.")
    if len(text) > LONGEST_TEXT:
        raise Refused(f"The text has {len(text):,} characters; a letter has {LONGEST_TEXT:,} at most.", "Divide it, a letter a record.")
    if not is_unicode(text):
        raise Refused("The text holds a byte that is not of its encoding, or half a character pair.", "Save it again as UTF-8.")
    return text


def _cell(value: object, name: str, deep: int = 0) -> str:
    """What a field says, on one line; several in a list are joined by |; of an object its name."""
    if isinstance(value, list | tuple) and deep < DEEPEST:
        return "|".join(filter(None, [_cell(one, name, deep + 1) for one in value]))
    if isinstance(value, dict) and isinstance(value.get("name"), str):
        value = value["name"]
    if isinstance(value, dict | list | tuple):
        raise Refused(f"What stands for {name} is an object without a name, or a list of lists.", f'Write it as a text: "{name}": "Ann Lee".')
    if value is None or value != value:
        return ""
    if isinstance(value, str) and not is_unicode(value):
        raise Refused(f"The {name} holds a byte that is not of its encoding, or half a character pair.", "Save it again as UTF-8.")
    if name == "headline" and isinstance(value, str):
        # A part of the text: as received.
        return value
    whole = isinstance(value, float) and value.is_integer()
    return " ".join(str(int(value) if whole else value).split())[:2000]


def _strike_out_unknown_words(row: dict) -> list[str]:
    """Blank what is no word of its vocabulary, and say so."""
    notes = []
    for name, words in VOCABULARIES.items():
        row[name] = row[name].lower()
        if row[name] and row[name] not in words:
            notes.append(f"{name}: {row[name][:40]!r} is left out; it may be {', '.join(words)}")
            row[name] = ""
    return notes


def _kind(row: dict, guessed: dict, form: str) -> str:
    """The letter itself, where somebody says who wrote it or to whom; else to be found out."""
    said = any(row[side] and side not in guessed for side in ("sender", "recipient"))
    return "letter" if said and form not in REPORTS else ""
