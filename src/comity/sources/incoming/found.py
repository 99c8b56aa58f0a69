"""What a reader of any format hands on: a letter with what is said of it, or a record that cannot be used."""

from collections.abc import Iterator
from typing import Any, NamedTuple

from comity.sources.refusal import Refused


class Found(NamedTuple):
    """A letter: its record in the file, what is said of it, the encoding, how a field was guessed, whether its reader says that it
    tells of a message (a news agency's other stories do not), and what its reader has to say of it (what was not used, and why)."""

    record: int
    fields: dict[str, Any]
    encoding: str
    guessed: dict[str, str] = {}
    told: bool = True
    notes: tuple[str, ...] = ()


class Unreadable(NamedTuple):
    """A record that cannot be used; None stands for the whole file, or for the rest of it."""

    record: int | None
    reason: str
    remedy: str
    about: dict[str, str] = {}


Items = Iterator[Found | Unreadable]


def unreadable(record: int | None, error: Refused) -> Unreadable:
    """A refusal as a record."""
    return Unreadable(record, error.reason, error.remedy)
