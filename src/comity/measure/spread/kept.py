"""What a run had measured when it was stopped: kept beside the folder of results, and taken by the next run that measures the same."""

import json
import os
import shutil
import uuid
from hashlib import blake2b
from pathlib import Path

import numpy as np
import pandas as pd

from comity.measure.spread.files import STAGED
from comity.measure.spread.parts import Choices, Part, measure_part, name_part
from comity.sources.word_lists import lexicon_folder, list_files, of_lexicons

# Of a part that is kept: the folder of its staged tables, and what `Part` says of it: numbers, tables, the ids of its texts.
TABLES, FACTS, IDS = "tables", "facts.json", "ids.npy"
NUMBERS, SMALL = ("low", "high", "measured", "tellings"), ("held", "counts")


def kept_beside(out: Path) -> Path:
    """Where parts are kept while a run lasts: a hidden folder beside the results, which the end of a run removes."""
    return out.parent / f".{out.name}.comity-kept"


def fingerprint(*facts) -> str:
    """Stands for all that decides what a part becomes: these facts (tables among them), the code, the word lists.

    >>> fingerprint("a", pd.DataFrame({"text": ["b"]})) == fingerprint("a", pd.DataFrame({"text": ["c"]}))
    False
    """
    digest = blake2b(_surroundings(lexicon_folder()), digest_size=16)
    for fact in facts:
        told = [(name, fact[name].tolist()) for name in fact] if isinstance(fact, pd.DataFrame) else fact
        digest.update(repr(told).encode("utf-8", "surrogatepass") + b"\0")
    return digest.hexdigest()


@of_lexicons
def _surroundings(lexicons: Path) -> bytes:
    """Stands for the code that measures, and the word lists that it reads."""
    digest = blake2b(pd.__version__.encode(), digest_size=32)
    for path in [*sorted(Path(__file__).parents[2].rglob("*.py")), *list_files(lexicons)]:
        digest.update(path.name.encode() + b"\0" + path.read_bytes() + b"\0")
    return digest.digest()


def measure_or_take(
    texts: pd.DataFrame, part: int, out: Path, choices: Choices, kept: Path, rows: tuple[int, int] | None = None, deadly: bool = False
) -> Part:
    """Measure a partition as `measure_part` does, and keep it; or take it where a run that was stopped has kept it."""
    mark = fingerprint(texts, part, rows, deadly, *choices)
    done = _take(kept / mark, out, name_part(part, rows))
    if done is None:
        done = measure_part(texts, part, out, choices, rows, deadly)
        _keep(kept / mark, out, done)
    return done


def _keep(folder: Path, out: Path, part: Part) -> None:
    """Keep a part whole, or not at all."""
    beside = folder.parent / f".{uuid.uuid4().hex}"
    try:
        (beside / TABLES).mkdir(parents=True)
        for path in (out / STAGED).glob(f"*/{part.name}.parquet"):
            _link(path, beside / TABLES / f"{path.parent.name}.parquet")
        for kind in SMALL:
            getattr(part, kind).to_parquet(beside / f"{kind}.parquet", index=False)
        np.save(beside / IDS, part.ids, allow_pickle=False)
        (beside / FACTS).write_text(json.dumps({name: getattr(part, name) for name in NUMBERS}), encoding="utf-8")
        beside.rename(folder)
    except OSError:  # A full disk stops the run itself; what is not kept is measured again.
        shutil.rmtree(beside, ignore_errors=True)


def _take(folder: Path, out: Path, name: str) -> Part | None:
    """Stage a part that was kept; None where none was, or another run has ended and removed it."""
    try:
        facts = json.loads((folder / FACTS).read_text(encoding="utf-8"))
        small = {kind: pd.read_parquet(folder / f"{kind}.parquet") for kind in SMALL}
        ids = np.load(folder / IDS, allow_pickle=False)
        for path in (folder / TABLES).glob("*.parquet"):
            (out / STAGED / path.stem).mkdir(exist_ok=True)
            _link(path, out / STAGED / path.stem / f"{name}.parquet")
    except (OSError, ValueError):
        return None
    return Part(name, ids=ids, taken=True, **facts, **small)


def _link(path: Path, to: Path) -> None:
    """The same file in two places, or a copy where the disk has no such thing."""
    to.unlink(missing_ok=True)
    try:
        os.link(path, to)
    except OSError:
        shutil.copyfile(path, to)
