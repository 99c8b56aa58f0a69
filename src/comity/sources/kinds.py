"""What a folder is, by what lies in it: a record of messages, measurements, or letters."""

from pathlib import Path

from comity.errors import CorpusError
from comity.sources.incoming.filled import is_asked, is_ours, read_header
from comity.sources.incoming.names import field_of
from comity.sources.incoming.places import ASKED, find_places

RECORD, MEASUREMENTS, LETTERS = "record", "measurements", "letters"
# The tables without which there is no record, and what stands in their columns.
_TABLES = ("messages.csv", "versions.csv", "mentions.csv")
_IDS = {"message_id", "version_id", "mention_id"}
# Of measurements a text has one, and a version in the record none.
_MEASURED = "identity"
# Files of these kinds may be letters.
_OF_LETTERS = {".txt", ".md", ".docx", ".html", ".htm", ".xml", ".json", ".jsonl", ".tsv", ".parquet", ".zip", ".gz", ".bz2", ".xz", ".tar", ".tgz", ".eml"}


def kind_of(folder: Path) -> str:
    """What a folder holds: a ``record`` of messages, ``measurements``, ``letters``, or nothing that is known (blank).

    A table of letters (one with a column text) is no table of a record, whatever its name.

    >>> kind_of(Path("data")), kind_of(Path("data/archive")), kind_of(Path("data/example-letters")), kind_of(Path("src/comity/folders"))
    ('record', 'measurements', 'letters', '')
    """
    folder = Path(folder)
    if not folder.is_dir():
        return ""
    if any(folder.glob("versions/*.parquet")) or _MEASURED in read_header(folder / "versions.csv"):
        return MEASUREMENTS
    if any((folder / name).exists() and not _has_text(folder / name) for name in _TABLES):
        return RECORD
    return LETTERS if is_asked(folder / ASKED) or (not _has_ids(folder) and _has_letters(folder)) else ""


def refuse_inside(sources: list[Path], out: Path, command: str) -> None:
    """Raise CorpusError where results would lie among letters: they would be read as letters the next time."""
    inside = next((source for source in sources if source.is_dir() and out.resolve().is_relative_to(source.resolve())), None)
    if inside:
        raise CorpusError(f"{out} lies in {inside}, and would be read as letters the next time. Name a folder beside it: {command} --out DIR.")


def _has_text(path: Path) -> bool:
    return "text" in map(field_of, read_header(path))


def _has_ids(folder: Path) -> bool:
    """Is there a table of a record under another name?"""
    return any(_IDS & set(read_header(path)) and not _has_text(path) for path in folder.glob("*.[cC][sS][vV]"))


def _has_letters(folder: Path) -> bool:
    try:
        places = [place for place in find_places(folder) if not is_ours(place)]
    except CorpusError:
        return False
    tables = [place for place in places if place.path.suffix.lower() == ".csv"]
    return any(map(_has_text, (place.path for place in tables))) or any(place.path.suffix.lower() in _OF_LETTERS and place.path.stem.upper() != "README" for place in places)
