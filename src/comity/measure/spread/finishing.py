"""The last step: every table of every partition with the ids of the messages, as results."""

from pathlib import Path

import pandas as pd

from comity.formulas import find_repeated
from comity.measure.messages import MESSAGE_COLUMNS
from comity.measure.spread.files import STAGED, list_parts, read_part, read_where, write_part
from comity.measure.spread.grouping import Share
from comity.measure.spread.parts import Part, refuse
from comity.sources.incoming.result import REJECTED_COLUMNS
from comity.sources.incoming.rows import twin

BY_TEXT = ("versions", "mentions", "tone", "formulas", "lengths", "token_counts")


def finish_part(part: Part, out: Path, contested: dict[int, str], dropped: frozenset[str], kinds: tuple[str, ...]) -> dict[str, int]:
    """Write the tables of a partition; texts that are dropped, because another has their id, are rejected. Out: how many rows of each."""
    names, counts = read_names(out, part.low, part.high, contested), {}
    for kind in kinds:
        table = read_part(out / STAGED, kind, part.name)
        if dropped:
            table = table[~table["version_id"].isin(dropped)].reset_index(drop=True)
        counts[kind] = write_part(with_ids(table, names), out, kind, part.name)
        if kind == "wordings":
            counts |= {("sought", phrase): n for phrase, n in table["phrase"].value_counts().items()}
    refused = [refuse(pd.Series({"version_id": version}), *twin(version)) for version in sorted(dropped)]
    rejected = pd.concat([read_part(out / STAGED, "rejected", part.name), pd.DataFrame(refused, columns=REJECTED_COLUMNS, dtype="str")])
    return counts | {"rejected": write_part(rejected, out, "rejected", part.name) if len(rejected) else 0}


def finish_messages(share: Share, out: Path, contested: dict[int, str]) -> dict[str, int]:
    """Write the messages of a share, by day."""
    table = read_part(out / STAGED, "messages", share.name)
    names = [contested.get(number, name) for number, name in zip(table["number"], table["message_id"], strict=True)]
    table = table.assign(message_id=pd.Series(names, table.index, dtype="str"))
    return {"messages": write_part(table.sort_values(["date", "message_id"], ignore_index=True)[MESSAGE_COLUMNS], out, "messages", share.name)}


def finish_repeated(share: Share, parts: list[Part], out: Path, contested: dict[int, str], dropped: dict[str, frozenset[str]]) -> dict[str, int]:
    """Write the phrases that the senders of a share repeat: all letters of one sender are read at once."""
    bounds, said = {part.name: (part.low, part.high) for part in parts}, []
    for name, table in read_where(out / STAGED, "own", "slot", share.low, share.high):
        table = table[~table["version_id"].isin(dropped.get(name, ()))]
        said.append(with_ids(table, read_names(out, *bounds[name], contested)))
    found = find_repeated(pd.concat(said, ignore_index=True)) if said else pd.DataFrame()
    return {"repeated": write_part(found, out, "repeated", share.name) if len(found) else 0}


def read_names(out: Path, low: int, high: int, contested: dict[int, str]) -> dict[str, str]:
    """The id of the message by the number of the telling, as it stands in staged tables."""
    rows = [table for _, table in read_where(out / STAGED, "named", "number", low, high)]
    return {
        str(number): contested.get(message, name)
        for table in rows
        for number, message, name in zip(table["number"], table["message"], table["name"], strict=True)
    }


def with_ids(table: pd.DataFrame, names: dict[str, str]) -> pd.DataFrame:
    """A staged table with ids of messages in place of the numbers; blank stays blank."""
    ids = [names[number] if number else "" for number in table["message_id"]]
    return table.assign(message_id=pd.Series(ids, table.index, dtype="str"))


def list_kinds(out: Path, phrases: tuple[str, ...]) -> tuple[str, ...]:
    """The tables that are measured text by text."""
    return (*BY_TEXT, "wordings") if phrases and list_parts(out / STAGED, "wordings") else BY_TEXT
