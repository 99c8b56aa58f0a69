"""What was read from files of letters, and what became of every record."""

from dataclasses import dataclass

import pandas as pd

from comity.sources.incoming.rows import TEXT_COLUMNS

DUPLICATE_COLUMNS = ["file", "record", "same_as"]
REJECTED_COLUMNS = ["file", "record", "headline", "date", "link", "topics", "reason", "remedy"]


@dataclass(frozen=True)
class Received:
    """What stood in files of letters; every record is in exactly one of `texts`, `others`, `duplicates` and `rejected`.

    `read`: everything that can be read, in order, with ``told``: whether it is a letter or reports one. `duplicates`: the same letter
    again, with ``same_as`` (the version_id of the one that is kept). `rejected`: what cannot be used, with reason and remedy; a
    blank record is a whole file, or the rest of one. `records`: how many there were, counted as they came.
    """

    read: pd.DataFrame
    duplicates: pd.DataFrame
    rejected: pd.DataFrame
    records: int

    @property
    def texts(self) -> pd.DataFrame:
        """The letters and the reports of messages, as texts to be measured."""
        return self._told(True)

    @property
    def others(self) -> pd.DataFrame:
        """The stories of a news agency that report no message."""
        return self._told(False)

    @property
    def counts(self) -> pd.DataFrame:
        """The sum: records = texts + others + duplicates + rejected. Columns out: kind, n."""
        told = int(self.read["told"].sum())
        parts = {"records": self.records, "texts": told, "others": len(self.read) - told, "duplicates": len(self.duplicates), "rejected": len(self.rejected)}
        return pd.DataFrame({"kind": list(parts), "n": list(parts.values())})

    def texts_of(self, everything: bool) -> pd.DataFrame:
        """The texts, with the stories that report no message where everything is wanted, in the order of reading."""
        return self.read[TEXT_COLUMNS] if everything else self.texts

    def _told(self, told: bool) -> pd.DataFrame:
        return self.read.loc[self.read["told"] == told, TEXT_COLUMNS].reset_index(drop=True)


class Sorting:
    """Letters as they come in, to become tables at the end; of a duplicate only its place is kept."""

    def __init__(self):
        self.rows = []
        self.duplicates, self.rejected = [], []
        self.records = 0

    def keep(self, row: dict, told: bool) -> None:
        """A letter, or a story that tells of none."""
        self.rows.append((told, *(row[name] for name in TEXT_COLUMNS)))
        self.records += 1

    def twice(self, file: str, record: int, same_as: str) -> None:
        """A letter that is kept already."""
        self.duplicates.append((file, record, same_as))
        self.records += 1

    def reject(self, file: str, record: int | None, reason: str, remedy: str, about: dict) -> None:
        """A record that cannot be used."""
        shown = [str(about.get(name, "")) for name in ("headline", "date", "link", "topics")]
        self.rejected.append((file, record, *shown, reason, remedy))
        self.records += 1

    def result(self) -> Received:
        """All of it as tables."""
        read = _table(self.rows, ["told", *TEXT_COLUMNS])
        return Received(read, _table(self.duplicates, DUPLICATE_COLUMNS), _table(self.rejected, REJECTED_COLUMNS), self.records)


def _table(rows: list[tuple], columns: list[str]) -> pd.DataFrame:
    kinds = {"record": "Int64" if "reason" in columns else "int64", "told": "bool"}
    kinds |= dict.fromkeys(["date", "dateline"], "datetime64[s]") if "text" in columns else {}
    table = pd.DataFrame(rows, columns=columns, dtype="object")
    return table.astype({name: kinds.get(name, "str") for name in columns})
