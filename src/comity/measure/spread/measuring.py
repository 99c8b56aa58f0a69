"""A measurement at size from its beginning to its end: partitions in, tables of all of them out."""

import shutil
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from itertools import chain
from pathlib import Path
from typing import NamedTuple

import pandas as pd

from comity.errors import CorpusError
from comity.folders import check_ours, replace_folder
from comity.measure.spread.files import SCRATCH, STAGED, write_part
from comity.measure.spread.finishing import finish_messages, finish_part, finish_repeated, list_kinds
from comity.measure.spread.grouping import find_twins, group_share, list_shares, name_contested
from comity.measure.spread.kept import kept_beside, measure_or_take
from comity.measure.spread.parts import Choices, name_part, sum_counts
from comity.measure.spread.running import Rescue, Runner
from comity.measure.texts import REQUIRED, require_phrases
from comity.sources.incoming.result import REJECTED_COLUMNS

MARKER = ".comity-measure"


@dataclass
class _Tally:
    """What is counted while a run lasts: the rows of each table, and the texts that had been measured before."""

    rows: Counter = field(default_factory=Counter)
    taken: int = 0


class Spread(NamedTuple):
    """What a run wrote: the folder, and how many rows of each table; how many texts a run that was stopped had measured already."""

    folder: Path
    rows: dict[str, int]
    taken: int = 0


def spread_texts(
    texts, out: str | Path, choices: Choices = Choices(), scheduler: str | None = None, workers: int | None = None, rejected: Iterable[tuple] = (),
) -> Spread:  # fmt: skip
    """Measure texts that come in partitions, one partition a task, and write Parquet tables: the rows that `measure_texts` gives.

    In: ``texts``, tables with the columns of `measure_texts` (an iterable, which is read as workers become free; or a Dask DataFrame), where
    wanted with ``told``: whether a text is measured, or only its words are counted; ``choices``; the address of a Dask ``scheduler``, else
    the number of ``workers``, processes of this machine (one: this process); ``rejected``: rows of what could not be read, written too.
    Written are a folder of Parquet files for each table of `measure_texts`, and rejected: each text that cannot be measured with reason and
    remedy; it costs no other. Memory is bounded by the size of a partition and by the letters of one pair (with ``repeated`` of one sender); of
    every text less than a hundred bytes are held. A run that is stopped leaves the old folder whole, and the partitions that it has measured in a
    hidden folder beside it; the next run into the same folder takes those whose texts, choices and code are the same, and removes it.
    Errors: CorpusError where the extra "size" is not installed, no scheduler answers, texts lack a column, or the folder holds other files.
    """
    require_phrases(phrases=choices.phrases, words=choices.words)
    out = Path(out).absolute()
    check_ours(out, MARKER, "comity measure")
    tally, kept = _Tally(), kept_beside(out)
    with Runner(scheduler, workers) as runner:
        replace_folder(out, MARKER, lambda folder: _write(folder, runner, _partitions(texts), choices, kept, rejected, tally))
    shutil.rmtree(kept, ignore_errors=True)
    return Spread(out, dict(tally.rows), tally.taken)


def _partitions(texts) -> Iterator:
    """The tables one by one; those of a Dask DataFrame as they will be computed where they are needed."""
    several = iter(texts.to_delayed() if hasattr(texts, "to_delayed") else texts)
    first = next(several, None)
    if first is None:
        return iter(())
    columns = texts.columns if hasattr(texts, "to_delayed") else first.columns
    missing = [name for name in REQUIRED if name not in columns]
    if missing:
        raise CorpusError(f"The texts lack the column {missing[0]}. They need {', '.join(REQUIRED)}; where a day is not known, leave its cell blank.")
    return chain([first], several)


def _write(folder: Path, runner: Runner, partitions: Iterator, choices: Choices, kept: Path, rejected: Iterable[tuple], tally: _Tally) -> list[str]:
    """All steps, one after the other; returns the names of the tables."""
    (folder / STAGED).mkdir()
    jobs = ((table, number, folder, choices, kept, None) for number, table in enumerate(partitions))
    rescue = Rescue(lambda job: _halves(job, runner), lambda job: _refused(job, runner))
    parts = sorted(_watched("Measuring", runner.run(measure_or_take, jobs, rescue)), key=lambda part: part.name)
    tally.taken = sum(part.measured for part in parts if part.taken)
    counts, dropped = sum_counts([part.counts for part in parts]), find_twins(parts, folder)
    shares = list_shares(parts, dropped)
    parts = [part.in_short() for part in parts]
    for _ in _watched("Grouping", runner.run(group_share, ((share, folder) for share in shares)), len(shares)):
        pass
    contested, kinds = name_contested(folder), list_kinds(folder, choices.phrases)
    work = [(finish_part, [(part, folder, contested, dropped.get(part.name, frozenset()), kinds) for part in parts])]
    work += [(finish_messages, [(share, folder, contested) for share in shares])]
    work += [(finish_repeated, [(share, parts, folder, contested, dropped) for share in shares])] if choices.repeated else []
    done = chain.from_iterable(runner.run(task, jobs) for task, jobs in work)
    for written in _watched("Writing", done, sum(len(jobs) for _, jobs in work)):
        tally.rows.update(written)
    _write_small(folder, counts, choices, rejected, tally.rows)
    for name in (STAGED, SCRATCH):
        shutil.rmtree(folder / name, ignore_errors=True)
    return sorted(path.name for path in folder.iterdir())


def _write_small(folder: Path, counts: pd.DataFrame, choices: Choices, rejected: Iterable[tuple], rows: Counter) -> None:
    """The tables that are made here: what was sought, what was counted, what could not be read."""
    unread = pd.DataFrame(rejected, columns=REJECTED_COLUMNS, dtype="object").astype("str")
    rows["rejected"] += write_part(unread, folder, "rejected", "part-unread")
    places = [rows.pop(("sought", phrase), 0) for phrase in dict.fromkeys(choices.phrases)]
    if choices.phrases:
        sought = pd.DataFrame({"phrase": list(dict.fromkeys(choices.phrases)), "places": places}).astype({"phrase": "str", "places": "int64"})
        write_part(sought, folder, "sought", "part")
    if choices.words:
        write_part(counts, folder, "counts", "part")


def _halves(job: tuple, runner: Runner) -> list[tuple]:
    """The two halves of a job of which workers died; none of a single text."""
    first, stop = _span(job, runner)
    if stop - first < 2:
        return []
    half = (first + stop) // 2
    return [(*_unwritten(job), span) for span in ((first, half), (half, stop))]


def _refused(job: tuple, runner: Runner) -> tuple:
    """The job that rejects a single text of which workers die."""
    return (*_unwritten(job), _span(job, runner), True)


def _span(job: tuple, runner: Runner) -> tuple[int, int]:
    """The rows of its partition that a job measures."""
    return job[5] or (0, runner.length(job[0]))


def _unwritten(job: tuple) -> tuple:
    """A job without its rows, after what a dead worker had written of them is removed: it would be counted twice."""
    _, number, folder, _, _, rows = job
    for path in (folder / STAGED).glob(f"*/{name_part(number, rows)}.parquet"):
        path.unlink()
    return job[:5]


def _watched(what: str, done: Iterator, total: int | None = None) -> Iterator:
    """What is done, with a bar on the terminal that says how far it is."""
    from rich.console import Console
    from rich.progress import track

    return track(done, what, total=total, console=Console(stderr=True), transient=True, disable=not Console(stderr=True).is_terminal)
