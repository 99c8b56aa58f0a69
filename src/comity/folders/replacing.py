"""A folder of results that is replaced as a whole, and that never costs anybody a file of theirs."""

import errno
import os
from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

from comity.errors import CorpusError
from comity.folders.beside import NEW, OLD, open_beside, put_right, try_beside
from comity.folders.exchange import exchange

Read = TypeVar("Read")
# What a disk refuses; other errors of the system are those of who writes.
_OF_THE_DISK = {
    errno.EACCES, errno.EPERM, errno.EROFS, errno.ENOSPC, errno.EDQUOT, errno.EBUSY, errno.EXDEV, errno.ENAMETOOLONG, errno.ENOTDIR, errno.EEXIST, errno.EIO,
}  # fmt: skip


def check_ours(out: Path, marker: str, command: str) -> None:
    """Raise CorpusError where a folder holds anything but what an earlier run put there, as its marker lists it; or cannot be written.

    What a killed run left is put right first.
    """
    put_right(_place(out))
    _try_to_write(_place(out))
    if not out.exists():
        return
    if not out.is_dir():
        raise CorpusError(f"{out} is a file. Name a folder for what is written: {command} --out DIR.")
    _refuse_others(out, marker, f"Move them away, or name another folder: {command} --out DIR.")


def replace_folder(out: Path, marker: str, write: Callable[[Path], list[str]]) -> list[str]:
    """Write beside the folder, then swap: whoever kills this at whatever moment leaves the old folder whole, or the new one.

    Linux and macOS swap in one step. Where system or disk cannot, two steps are needed: the folder is then missing between them, for less
    than a millisecond, and who is killed just there leaves it beside, from where `check_ours` and `read_settled` put it back.
    In: what writes into a new folder and returns the names of its files. Out: these names.
    Errors: CorpusError where the disk refuses, or somebody put other files into the folder meanwhile; the old one stays then.
    """
    place = _place(out)
    try:
        place.parent.mkdir(parents=True, exist_ok=True)
        with open_beside(place) as beside:
            new = beside / NEW
            new.mkdir()
            files = write(new)
            (new / marker).write_text("\n".join(files) + "\n", encoding="utf-8")
            _refuse_others(place, marker, "Move them away, and run this again.")
            _swap(new, beside / OLD, place)
        return files
    except OSError as error:
        if error.errno not in _OF_THE_DISK:
            raise
        raise _refusal(out, error) from error


def read_settled(folder: Path, read: Callable[[Path], Read]) -> Read:
    """What `read` makes of the files of a folder, all of one run: where the folder is replaced meanwhile, they are read again."""
    while True:
        before = _identity(folder)
        try:
            found = read(folder)
        except (OSError, CorpusError):
            if _identity(folder) == before:
                raise
            continue
        if _identity(folder) == before:
            return found


def _try_to_write(place: Path) -> None:
    """Raise CorpusError where nothing can be made beside a folder: better said before hours of work than after them."""
    try:
        try_beside(place)
    except OSError as error:
        raise _refusal(place, error) from error


def _refusal(out: Path, error: OSError) -> CorpusError:
    return CorpusError(f"{out} cannot be written ({error.strerror}). Make room or get the right to write there, or name another folder.")


def _place(out: Path) -> Path:
    """Where a folder really is: a link to it stays a link."""
    return Path(os.path.realpath(out))


def _identity(folder: Path) -> tuple[int, ...]:
    """A number for the folder that stands there now; none where there is none, and none was left beside."""
    if not folder.exists():
        put_right(_place(folder))
    try:
        there = folder.stat()
    except OSError:
        return ()
    return there.st_dev, there.st_ino, there.st_mtime_ns


def _refuse_others(out: Path, marker: str, remedy: str) -> None:
    if not out.is_dir():
        return
    ours = (out / marker).read_text(encoding="utf-8", errors="replace").split("\n") if (out / marker).is_file() else []
    others = sorted(path.name for path in out.iterdir() if path.name not in [marker, *ours])
    if others:
        listed = ", ".join(others[:5]) + (f" and {len(others) - 5} more" if len(others) > 5 else "")
        raise CorpusError(f"{out} holds files that comity did not write ({listed}), and writing would remove them. {remedy}")


def _swap(new: Path, old: Path, out: Path) -> None:
    """Put the new folder in the place of the old one."""
    if not os.path.lexists(out):
        new.rename(out)
    elif not exchange(new, out):
        try:
            out.rename(old)
            new.rename(out)
        except BaseException:
            if old.exists() and not out.exists():
                old.rename(out)
            raise
