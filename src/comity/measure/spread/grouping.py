"""Which texts of all partitions are versions of one message: share by share, each with all the texts that may be of one message."""

import re
from collections import defaultdict
from pathlib import Path
from typing import NamedTuple

import numpy as np
import pandas as pd

from comity.corpus.identifiers import FreeIds
from comity.measure.identity import group_tellings
from comity.measure.messages import MESSAGE_COLUMNS, describe_message
from comity.measure.spread.files import STAGED, list_parts, read_where, write_part
from comity.measure.spread.parts import SLOTS, Part, as_tellings, shorten

# So many tellings are grouped at once.
AT_ONCE = 25_000
_NUMBER = re.compile(r"-\d+$")


class Share(NamedTuple):
    """Some slots of the tellings: from low to below high; the nodes that an id of the user's holds together with others, by the node with
    which they go; and the texts that are not counted, because another has their id, by part."""

    low: int
    high: int
    moved: dict[int, int]
    dropped: dict[str, frozenset[str]]

    @property
    def name(self) -> str:
        return f"part-{self.low:06d}"


def list_shares(parts: list[Part], dropped: dict[str, frozenset[str]]) -> list[Share]:
    """Shares of about equal size, as many as keep each one small."""
    count = min(SLOTS, 1 + sum(part.tellings for part in parts) // AT_ONCE)
    bounds = [SLOTS * number // count for number in range(count + 1)]
    moved = _moved(pd.concat([part.held for part in parts], ignore_index=True)) if parts else {}
    return [Share(low, high, moved, dropped) for low, high in zip(bounds, bounds[1:])]


def _moved(held: pd.DataFrame) -> dict[int, int]:
    """The nodes that are held together by an id, each with the least of its kind."""
    several = held.drop_duplicates()
    several = several[several.groupby("given")["node"].transform("size") > 1]
    to: dict[int, int] = {}

    def least(node: int) -> int:
        while to.setdefault(node, node) != node:
            node = to[node]
        return node

    for nodes in several.groupby("given")["node"].agg(list):
        roots = sorted({least(node) for node in nodes})
        to |= dict.fromkeys(roots, roots[0])
    return {node: least(node) for node in list(to)}


def group_share(share: Share, out: Path) -> int:
    """Group the tellings of a share into messages, and stage these and of which each telling is; the ids may not be final. Out: how many."""
    mine = tuple(node for node, to in share.moved.items() if share.low <= to % SLOTS < share.high)
    found = []
    for part, table in read_where(out / STAGED, "tellings", "slot", share.low, share.high, mine, "node"):
        others = table["node"].isin([node for node in share.moved if node not in mine])
        found.append(table[~others & ~table["version"].isin(share.dropped.get(part, ()))])
    tellings = list(as_tellings(pd.concat(found))) if found else []
    messages, named = [], []
    for group in group_tellings(tellings):
        given, base, *facts = describe_message(group)
        messages.append((group[0].number, given, base, given or base, *facts))
        named += [(telling.number, group[0].number, given or base) for telling in group]
    write_part(pd.DataFrame(named, columns=["number", "message", "name"]).sort_values("number"), out / STAGED, "named", share.name)
    table = pd.DataFrame(messages, columns=["number", "given", "base", *MESSAGE_COLUMNS]).astype({"date": "datetime64[s]"})
    kinds = dict.fromkeys(("given", "base", "message_id", "sender", "recipient", "date_basis", "occasion", "reply"), "str")
    return write_part(table.astype(kinds | {"number": "int64", "versions": "int64"}), out / STAGED, "messages", share.name)


def name_contested(out: Path) -> dict[int, str]:
    """The ids of the messages that would have one that another has already: with a number, in the order of the texts, as in one process.

    Only these are held in memory, and 16 bytes of every other.
    """
    marks = [pd.DataFrame({"mark": table["base"].map(shorten), "given": table["given"].map(shorten), "own": table["given"] == ""}) for table in _staged(out)]
    known = pd.concat(marks, ignore_index=True) if marks else pd.DataFrame(columns=["mark", "given", "own"])
    own = known["own"].astype("bool")
    marks = known.loc[own, "mark"]
    twice = set(marks[marks.duplicated() | marks.isin(known.loc[~own, "given"])])
    if not twice:
        return {}
    given, asked = set(), []
    for table in _staged(out):
        given |= {name for name in table["given"] if not twice.isdisjoint({shorten(name), shorten(_NUMBER.sub("", name))})}
        here = table[table["base"].map(shorten).isin(twice) & (table["given"] == "")]
        asked += list(zip(here["number"], here["base"], strict=True))
    names, free = {}, FreeIds(given)
    for number, base in sorted(asked):
        names[number] = free.of(base)
        given.add(names[number])
    return names


def _staged(out: Path):
    return (pd.read_parquet(path, columns=["number", "given", "base"]) for path in list_parts(out / STAGED, "messages"))


def find_twins(parts: list[Part], out: Path) -> dict[str, frozenset[str]]:
    """The texts whose version_id one of an earlier partition has, by part. Of every text eight bytes are held in memory."""
    marks = np.concatenate([part.ids for part in parts]) if parts else np.array([], "int64")
    twice = set(pd.unique(pd.Series(marks)[pd.Series(marks).duplicated()]))
    seen, dropped = set(), defaultdict(set)
    for part in parts if twice else ():
        if not twice.isdisjoint(part.ids.tolist()):
            versions = pd.read_parquet(out / STAGED / "versions" / f"{part.name}.parquet", columns=["version_id"])["version_id"]
            dropped[part.name] = {version for version in versions if version in seen}
            seen |= {version for version in versions if shorten(version) in twice}
    return {name: frozenset(versions) for name, versions in dropped.items() if versions}
