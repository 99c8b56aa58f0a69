"""The folder of word lists, and what was made of them: remembered until one of them changes."""

from collections.abc import Callable
from functools import lru_cache
from pathlib import Path

from comity.corpus.folder import BESIDE_THE_CODE, usual_folder

_made: list = []
_seen: list = []


def lexicon_folder() -> Path:
    """The lexicons of the data folder; where it brings none of its own, those of comity."""
    folder = _folder()
    _heed(folder)
    return folder


def heed_changes() -> None:
    """Forget what was made of word lists that have changed since, or of those of another folder."""
    lexicon_folder()


def of_lexicons(function: Callable | None = None, *, most: int | None = None) -> Callable:
    """Remember what a function makes of the word lists (of so many of its arguments at ``most``), until one of them changes."""
    if function is None:
        return lambda function: of_lexicons(function, most=most)
    remembered = lru_cache(maxsize=most)(function)
    _made.append(remembered)
    return remembered


def _folder() -> Path:
    places = (usual_folder() / "lexicons", BESIDE_THE_CODE / "lexicons")
    return next((place for place in places if place.is_dir()), places[0])


def list_files(folder: Path) -> list[Path]:
    """The word lists of a folder, and the names of people, which stand beside it and are looked for in letters of other languages."""
    return [*sorted(folder.glob("*.csv")), *filter(Path.is_file, [folder.parent / "people.csv"])]


def _heed(folder: Path) -> None:
    now = [(str(file), (about := file.stat()).st_mtime_ns, about.st_size) for file in list_files(folder)]
    if now != _seen:
        for remembered in _made:
            remembered.cache_clear()
        _seen[:] = now
