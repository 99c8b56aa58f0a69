"""A folder of results that is replaced as a whole, and that never costs anybody a file of theirs."""

import tempfile
from collections.abc import Callable
from pathlib import Path

from comity.errors import CorpusError


def check_ours(out: Path, marker: str, command: str) -> None:
    """Raise CorpusError where a folder holds anything but what an earlier run put there, as its marker lists it."""
    if not out.exists():
        return
    if not out.is_dir():
        raise CorpusError(f"{out} is a file. Name a folder for what is written: {command} --out DIR.")
    ours = (out / marker).read_text(encoding="utf-8").split("\n") if (out / marker).is_file() else []
    others = sorted(path.name for path in out.iterdir() if path.name not in [marker, *ours])
    if others:
        listed = ", ".join(others[:5]) + (f" and {len(others) - 5} more" if len(others) > 5 else "")
        raise CorpusError(
            f"{out} holds files that comity did not write ({listed}), and writing would remove them. "
            f"Move them away, or name another folder: {command} --out DIR."
        )


def replace_folder(out: Path, marker: str, write: Callable[[Path], list[str]]) -> list[str]:
    """Write beside the folder, then swap: whoever stops this half-way leaves the old files whole.

    In: what writes into a new folder and returns the names of its files. Out: these names.
    """
    out.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(prefix=f".{out.name}-", dir=out.parent) as beside:
        new, old = Path(beside) / "new", Path(beside) / "old"
        new.mkdir()
        files = write(new)
        (new / marker).write_text("\n".join(files) + "\n", encoding="utf-8")
        try:
            if out.exists():
                out.rename(old)
            new.rename(out)
        except BaseException:
            if old.exists() and not out.exists():
                old.rename(out)
            raise
    return files
