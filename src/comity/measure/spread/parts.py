"""One partition of the texts: measured as if there were no others, with a number in place of each message's id."""

from collections import Counter
from collections.abc import Iterator
from hashlib import blake2b
from pathlib import Path
from typing import NamedTuple

import numpy as np
import pandas as pd

from comity.formulas.repeated import NEEDED
from comity.measure.counter import COUNT_COLUMNS, count_words
from comity.measure.identity import Telling, pair_of
from comity.measure.spread.files import STAGED, write_part
from comity.measure.tables import VOICES, measure_frames, place_frames, tell
from comity.measure.texts import plain_cell
from comity.sources.incoming.result import REJECTED_COLUMNS
from comity.sources.incoming.rows import twin

# A telling's number holds the number of its partition, of its text therein, and its own in the text.
OF_PART, OF_TEXT = 40, 20
# Tellings that may be of one message lie in one slot, by which they are brought together.
SLOTS = 1 << 16
DEADLY = (
    "The worker that measured it was ended, several times over: for want of memory, it may be.",
    "Look whether the text is very long; give the workers more memory, or take the record out.",
)
SOURCE = ["language", "host", "publisher", "translation"]
PLAIN = [name for name in Telling._fields if name not in ("source", "day")]


class Choices(NamedTuple):
    """What is measured, and by which lexicons: as `measure_texts` is told it; and the words to be counted."""

    honorifics: pd.DataFrame | None = None
    tone: pd.DataFrame | None = None
    formulas: pd.DataFrame | None = None
    phrases: tuple[str, ...] = ()
    repeated: bool = False
    words: tuple[str, ...] = ()


class Part(NamedTuple):
    """What became of a partition, or of a piece of one: its name, the numbers of its tellings (from low to below high), how many texts were
    measured, and tellings in all; the ids of its texts, shortened; which nodes an id of the user's holds together; the words counted; whether
    a run that was stopped had measured it (``taken``)."""

    name: str
    low: int
    high: int
    measured: int
    tellings: int
    ids: np.ndarray
    held: pd.DataFrame
    counts: pd.DataFrame
    taken: bool = False

    def in_short(self) -> "Part":
        """Without what is needed only once."""
        return self._replace(ids=self.ids[:0], held=self.held.iloc[:0], counts=self.counts.iloc[:0])


def measure_part(
    texts: pd.DataFrame, part: int, out: Path, choices: Choices, rows: tuple[int, int] | None = None, deadly: bool = False
) -> Part:
    """Measure a partition, or some of its rows, into staged files.

    A text that cannot be measured is rejected, and costs no other; so is one whose version_id an earlier one of the partition has, and
    one that is ``deadly``: workers died of it.
    """
    first, stop = rows or (0, len(texts))
    name = name_part(part, rows)
    texts = texts.iloc[first:stop].set_axis(range(first, stop))
    twins = _twins(texts)
    refused = [refuse(texts.loc[row], *twin(texts.at[row, "version_id"])) for row in twins]
    refused += [refuse(text, *DEADLY) for _, text in texts.iterrows()] if deadly else []
    done, failed = _try(texts.iloc[:0] if deadly else texts.drop(index=twins), part, choices)
    tables = {kind: pd.concat([each[kind] for each in done], ignore_index=True) for kind in done[0]} if done else _nothing(choices)
    tables["rejected"] = pd.DataFrame([*refused, *failed], columns=REJECTED_COLUMNS, dtype="object").astype("str")
    counts, tellings = tables.pop("counts"), tables["tellings"]
    for kind, table in tables.items():
        write_part(table, out / STAGED, kind, name)
    low, high = (((part << OF_PART) + (row << OF_TEXT)) for row in (first, stop))
    measured = tables["versions"]["version_id"]
    marks = np.array([shorten(version) for version in measured], dtype="int64")
    return Part(name, low, high, len(measured), len(tellings), marks, list_held(tellings), counts)


def name_part(part: int, rows: tuple[int, int] | None = None) -> str:
    """The name of the files of a partition, or of some of its rows."""
    return f"part-{part:06d}" + (f"-{rows[0]:06d}-{rows[1]:06d}" if rows else "")


def _twins(texts: pd.DataFrame) -> list[int]:
    """The rows whose version_id stands in a row before."""
    seen, twins = set(), []
    for row, value in texts["version_id"].items() if "version_id" in texts else ():
        version = plain_cell(value) if pd.api.types.is_scalar(value) else ""
        twins += [row] if version in seen else []
        seen |= {version} - {""}
    return twins


def shorten(text: str) -> int:
    """A number of 64 bits that stands for a text."""
    return int.from_bytes(blake2b(text.encode("utf-8", "surrogatepass"), digest_size=8).digest(), "big", signed=True)


def refuse(text: pd.Series, reason: str, remedy: str) -> tuple:
    """A row of the table of rejected."""
    about = {name: str(value) if not pd.api.types.is_scalar(value) or pd.notna(value) else "" for name, value in text.items() if name != "text"}
    about |= {"link": about.get("url", ""), "record": about.get("record", "") or str(text.get("version_id", ""))}
    return tuple((about | {"reason": reason, "remedy": remedy}).get(name, "") for name in REJECTED_COLUMNS)


def _try(texts: pd.DataFrame, part: int, choices: Choices) -> tuple[list[dict], list[tuple]]:
    """Measure texts; where that fails, each half by itself, so that one text that fails costs no other."""
    if texts.empty:
        return [], []
    try:
        return [_measure(texts, (part << OF_PART) + (int(texts.index[0]) << OF_TEXT), choices)], []
    except Exception as error:  # Whatever a text does to the measuring, it is the text's.
        if len(texts) == 1:
            told = " ".join(f"{type(error).__name__}: {error}".split())[:300]
            return [], [refuse(texts.iloc[0], f"It cannot be measured ({told}).", "Correct the record, or take it out; if nothing is wrong with it, report this.")]
    half = len(texts) // 2
    (one, lost), (other, gone) = (_try(some, part, choices) for some in (texts.iloc[:half], texts.iloc[half:]))
    return one + other, lost + gone


def _measure(texts: pd.DataFrame, base: int, choices: Choices) -> dict[str, pd.DataFrame]:
    told = tell(texts[texts["told"].astype("bool")].drop(columns="told") if "told" in texts else texts)
    if len(told.tellings) >= 1 << OF_TEXT:
        raise ValueError(f"it tells of {len(told.tellings):,} messages")
    frames = place_frames(told, {telling.number: str(base + telling.number) for telling in told.tellings}, choices.formulas)
    tables = measure_frames(told, frames, choices.honorifics, choices.tone, choices.formulas, choices.phrases)
    tables["tellings"] = _as_table(told.tellings, base)
    tables["counts"] = count_words(choices.words, texts, choices.honorifics)
    if choices.repeated:
        own = frames[frames["frame"].isin(VOICES) & (frames["part"] == "text") & (frames["message_id"] != "") & (frames["sender"] != "")]
        slots = {sender: shorten(sender) % SLOTS for sender in set(own["sender"])}
        tables["own"] = own[NEEDED].assign(slot=own["sender"].map(slots).astype("int64"))
    return tables


def _nothing(choices: Choices) -> dict[str, pd.DataFrame]:
    """The tables of a partition of which nothing can be measured."""
    one = pd.DataFrame({"version_id": ["none"], "text": [""], "date": [None]})
    return {kind: table.iloc[:0] for kind, table in _measure(one, 0, choices).items() if kind != "counts"} | {"counts": pd.DataFrame(columns=COUNT_COLUMNS)}


def _as_table(tellings: list[Telling], base: int) -> pd.DataFrame:
    rows = [
        (*(getattr(telling, name) for name in PLAIN), telling.day.toordinal() if telling.day else 0, *telling.source, _node(telling, base))
        for telling in tellings
    ]
    table = pd.DataFrame(rows, columns=[*PLAIN, "day", *SOURCE, "node"])
    numbers, truths = ("number", "day", "node"), ("reply", "letter", "whole", "says_replies")
    kinds = {name: "int64" if name in numbers else "bool" if name in truths else "str" for name in table}
    table = table.astype(kinds).assign(number=lambda table: table["number"] + base, slot=lambda table: table["node"] % SLOTS)
    return table.sort_values(["slot", "number"], ignore_index=True)


def list_held(tellings: pd.DataFrame) -> pd.DataFrame:
    """Which nodes an id of the user's holds together."""
    held = tellings.loc[tellings["given"] != "", ["given", "node"]]
    return held.assign(given=held["given"].map(shorten).astype("int64")).drop_duplicates()


def _node(telling: Telling, base: int) -> int:
    """What holds tellings of one message together: the pair, or the id that the user gives; else nothing but itself."""
    pair = pair_of(telling)
    return shorten(repr(pair) if pair else f"id {telling.given}" if telling.given else f"alone {base + telling.number}")


def as_tellings(table: pd.DataFrame) -> Iterator[Telling]:
    """The tellings of a staged table again, in the order of the texts."""
    from datetime import date

    for row in table.sort_values("number").to_dict("records"):
        facts = {name: row[name] for name in PLAIN}
        yield Telling(**facts, day=date.fromordinal(row["day"]) if row["day"] else None, source=tuple(row[name] for name in SOURCE))


def sum_counts(counts: list[pd.DataFrame]) -> pd.DataFrame:
    """The counts of words of all parts together, in the order of the first."""
    sums: dict[tuple, Counter] = {}
    for row in (row for table in counts for row in table.to_dict("records")):
        sums.setdefault((row["word"], row["frame"]), Counter()).update({name: int(row[name]) for name in COUNT_COLUMNS[2:]})
    return pd.DataFrame([(*key, *(n[name] for name in COUNT_COLUMNS[2:])) for key, n in sums.items()], columns=COUNT_COLUMNS)
