"""Letters from files at size: read one by one, measured by partitions, each record accounted for."""

from collections import Counter
from collections.abc import Iterable, Iterator
from pathlib import Path

import pandas as pd

from comity.corpus.identifiers import FreeIds
from comity.corpus.problems import shown
from comity.errors import CorpusError
from comity.measure.remarks import Remarks, show_rejected
from comity.measure.spread.measuring import Spread, spread_texts
from comity.measure.spread.parts import Choices, shorten
from comity.sources.incoming.reading import name_letter, stream_letters
from comity.sources.incoming.result import Sorting
from comity.sources.incoming.rows import fingerprint, twin

# So many letters are a partition.
A_PARTITION = 2_000


class Known:
    """Texts that were met, each kept as a number of 64 bits."""

    def __init__(self):
        self.marks: set[int] = set()

    def __contains__(self, text: str) -> bool:
        return shorten(text) in self.marks

    def add(self, text: str) -> None:
        self.marks.add(shorten(text))


class Coming:
    """The letters of sources as tables of one partition each, as `read_letters` has them; what became of the other records: ``counts`` by kind, and
    ``rejected``, rows with reason and remedy; and ``remarks`` on the letters."""

    def __init__(self, sources: Iterable[str | Path], form: str | None = None, everything: bool = False):
        self.sources, self.form, self.everything = list(sources), form, everything
        self.counts, self.rejected, self.remarks = Counter(), [], Remarks()

    def __iter__(self) -> Iterator[pd.DataFrame]:
        sorting, seen, free = Sorting(), Known(), FreeIds(Known())
        for found in stream_letters(self.sources, self.form):
            self.counts["records"] += 1
            row = self._new(found, seen, free)
            if row is None:
                continue
            sorting.keep(row, found.item.told or self.everything)
            if sorting.records == A_PARTITION:
                yield self._noted(sorting)
                sorting = Sorting()
        if sorting.records:
            yield self._noted(sorting)
        elif self.rejected and self.counts["records"] == len(self.rejected) and all(record is None for _, record, *_ in self.rejected):
            file, *_, reason, remedy = self.rejected[0]
            raise CorpusError(f"Nothing can be read. {shown(file)}: {shown(reason)} {remedy}")

    def _noted(self, sorting: Sorting) -> pd.DataFrame:
        received = sorting.result()
        self.remarks.note(received.texts)
        return received.read

    def _new(self, found, seen: Known, free: FreeIds) -> dict | None:
        """The row of a letter that was not met before, under a name of its own; else what became of it is noted."""
        if found.row is None:
            return self._reject(found, found.item.reason, found.item.remedy, found.item.about)
        mark, given = fingerprint(found.row, found.form).hex(), found.row["version_id"]
        if mark in seen:
            self.counts["duplicates"] += 1
            return None
        if given in free.taken:
            return self._reject(found, *twin(given))
        name = given or free.of(name_letter(found))
        seen.add(mark)
        free.taken.add(name)
        return found.row | {"version_id": name}

    def _reject(self, found, reason: str, remedy: str, about: dict | None = None) -> None:
        told = [str((about or {}).get(name, "")) for name in ("headline", "date", "link", "topics")]
        self.rejected.append((found.file, found.item.record, *told, reason, remedy))


def spread_letters(
    sources: Iterable[str | Path], out: Path, form: str | None = None, everything: bool = False, choices: Choices = Choices(),
    scheduler: str | None = None, workers: int | None = None,
) -> str:  # fmt: skip
    """Measure the letters of files as `spread_texts` does, and say what became of every record.

    In: as of `read_letters` and `spread_texts`; ``everything``: measure also an archive's stories that report no message. Of every record some
    two hundred bytes are held in memory, by which a letter that comes twice is known. Errors: as of both, and where nothing can be read.
    """
    coming = Coming(sources, form, everything)
    return _summary(coming, spread_texts(coming, out, choices, scheduler, workers, coming.rejected))


def _summary(coming: Coming, done: Spread) -> str:
    rows, counts = Counter(done.rows), coming.counts
    others = counts["records"] - rows["versions"] - counts["duplicates"] - rows["rejected"]
    kinds = {"measured": rows["versions"], "other stories": others, "duplicates": counts["duplicates"], "rejected": rows["rejected"]}
    taken = [f"Of these, {done.taken:,} had been measured by a run that was stopped."] if done.taken else []
    rejected = [show_rejected(row[0], *row[-2:], "The table of rejected records") for row in coming.rejected[:1]]
    return "\n".join([
        f"{counts['records']:,} records = {' + '.join(f'{n:,} {name}' for name, n in kinds.items())}.",
        *taken,
        f"{rows['messages']:,} messages, {rows['mentions']:,} forms of address, {rows['tone']:,} tone terms, {rows['formulas']:,} formulas.",
        *coming.remarks.lines(rows["versions"], rows["messages"]), *rejected,
        f"The tables are in {done.folder}, as Parquet.",
    ])  # fmt: skip
