"""The hidden folder beside a folder of results, in which its next content is made; what killed runs left of theirs is cleared."""

import os
import re
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

try:
    import fcntl
except ImportError:  # Windows: nothing is locked there, so nothing is cleared either
    fcntl = None

NEW, OLD, LOCK = "new", "old", "lock"
# Where so many tries to lock a folder of one's own fail, the disk knows no locks.
TRIES = 5


@contextmanager
def open_beside(out: Path) -> Iterator[Path]:
    """A new folder beside `out`, removed at the end; it is locked for as long as this process lives, so that no other clears it."""
    for tries in range(TRIES):
        folder = Path(tempfile.mkdtemp(prefix=_prefix(out), dir=out.parent))
        lock = _lock(folder)
        if lock or tries == TRIES - 1:
            break
        # Another run took it for one that was left, before it was locked.
        shutil.rmtree(folder, ignore_errors=True)
    try:
        yield folder
    finally:
        if lock:
            lock.close()
        shutil.rmtree(folder, ignore_errors=True)


def try_beside(out: Path) -> None:
    """Make a folder beside `out`, or above it where that place is not there yet, and remove it again; raises OSError where that cannot be done.

    What a killed run leaves of it, `put_right` removes.
    """
    above = next(folder for folder in out.parents if folder.exists())
    os.rmdir(tempfile.mkdtemp(prefix=_prefix(out), dir=above))


def put_right(out: Path) -> None:
    """Put back the folder that a run took away before it was killed, and remove what killed runs left beside it.

    Runs that still work hold a lock, and are left alone.
    """
    for folder in _left(out):
        lock = _lock(folder)
        if lock is None:
            continue
        with lock:
            # Both stand there only between the two steps of a swap, and the folder itself is missing only then.
            if (folder / OLD).is_dir() and (folder / NEW).is_dir() and not os.path.lexists(out):
                (folder / OLD).rename(out)
            shutil.rmtree(folder, ignore_errors=True)


def _prefix(out: Path) -> str:
    return f".{out.name}.comity-"


def _left(out: Path) -> list[Path]:
    """The folders beside `out` that runs made, and that hold nothing else."""
    ours = re.compile(re.escape(_prefix(out)) + r"[a-z0-9_]{8}")
    try:
        found = [path for path in out.parent.iterdir() if ours.fullmatch(path.name) and path.is_dir() and not path.is_symlink()]
        return sorted(path for path in found if {inner.name for inner in path.iterdir()} <= {NEW, OLD, LOCK})
    except OSError:  # not there, not ours to read, or gone meanwhile
        return []


def _lock(folder: Path):
    """The lock of a folder, open; None where another process has it, the folder is gone, or the disk knows no locks."""
    if fcntl is None:
        return None
    try:
        lock = (folder / LOCK).open("wb")
    except OSError:
        return None
    try:
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        # Who had the lock before may have removed it meanwhile.
        if os.path.samestat(os.fstat(lock.fileno()), os.stat(folder / LOCK)):
            return lock
    except OSError:
        pass
    lock.close()
    return None
