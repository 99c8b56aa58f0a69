"""Which files a source holds: a file, a folder with its folders, or a pattern; in order, whatever the file system says."""

import glob
import os
import stat
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from comity.errors import CorpusError
from comity.sources.incoming.limits import PEEKED
from comity.sources.refusal import Refused

# The table of `comity init`.
ASKED = "letters.csv"


class Place(NamedTuple):
    """A file: its name as the tables show it, its path, and the folder that it was found in (None: it was named itself)."""

    name: str
    path: Path
    folder: Path | None


def tell_apart(sources: list[Path]) -> list[str]:
    """What stands before the names of each source's files, where there are several: of folders their names, and as much of
    the path above as two sources of one name need to be told apart.

    >>> tell_apart([Path("p/none.txt"), Path("q/none.txt"), Path("r/other.txt")])
    ['p/', 'q/', '']
    """
    if len(sources) < 2:
        return [""] * len(sources)
    paths = [Path(os.path.abspath(source)).parts for source in sources]
    return [_before(parts, [other for other in set(paths) if other != parts], source.is_dir()) for source, parts in zip(sources, paths, strict=True)]


def _before(parts: tuple[str, ...], others: list[tuple[str, ...]], folder: bool) -> str:
    needed = next((number for number in range(1, len(parts)) if all(other[-number:] != parts[-number:] for other in others)), len(parts))
    shown = parts[-needed:] if folder else parts[-needed:-1]
    return plain_name("".join(f"{part}/" for part in shown))


def find_places(source: str | Path) -> Iterator[Place]:
    """The files of a source. Hidden files and the locks of word processors are passed over; a link to a folder is one of them, to be refused.

    Errors: CorpusError where there is nothing of that name, or no file in it.
    """
    path = Path(source)
    if path.is_dir():
        found = [Place(plain_name(file.relative_to(path).as_posix()), file, path) for file in _walk(path)]
    elif os.path.lexists(path):
        found = [Place(plain_name(path.name), path, None)]
    else:
        named = sorted(glob.glob(str(source), recursive=True)) if glob.has_magic(str(source)) else []
        found = [place for name in named for place in ([Place(plain_name(Path(name).name), Path(name), None)] if Path(name).is_file() else ())]
    if not found and path.is_dir():
        raise CorpusError(f"{source} holds no file. Put letters into it: see `comity measure --help` for the formats.")
    if not found:
        raise CorpusError(f"{source} cannot be opened: there is no such file or folder. Check its name and place.")
    yield from found


def plain_name(name: str) -> str:
    r"""A file's name as tables can hold it: bytes of it that are of no encoding are spelled out.

    >>> print(plain_name("a\udcff.txt"))
    a\xff.txt
    """
    return name.encode("utf-8", "surrogateescape").decode("utf-8", "backslashreplace") if not name.isascii() else name


def open_place(place: Place):
    """A file of a source, opened for reading; raises Refused where it is no file, or a link out of its folder."""
    try:
        if place.folder and place.path.is_symlink() and not place.path.resolve().is_relative_to(place.folder.resolve()):
            raise Refused("This is a link that leads out of the folder.", "Put the file itself into the folder.")
        if place.path.is_symlink() and place.path.is_dir():
            raise Refused("This is a link to a folder, which is not followed.", "Put the files themselves into the folder.")
        if not stat.S_ISREG(place.path.stat().st_mode):
            raise Refused("This is no file.", "Give files, or a folder of files.")
        return place.path.open("rb", buffering=PEEKED)
    except OSError as error:
        raise Refused(f"The file cannot be opened ({error.strerror}).", "Look whether you may read it.") from error


def _walk(folder: Path) -> Iterator[Path]:
    for where, folders, files in os.walk(folder):
        folders[:] = sorted(name for name in folders if not name.startswith((".", "__MACOSX")))
        linked = [name for name in folders if (Path(where) / name).is_symlink()]
        for name in sorted([*files, *linked]):
            if not name.startswith((".", "~$")) and name not in ("Thumbs.db", "desktop.ini"):
                yield Path(where) / name
