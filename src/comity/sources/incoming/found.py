"""What a reader of any format hands on: a letter with what is said of it, or a record that cannot be used."""

from collections.abc import Iterator
from functools import lru_cache
from typing import Any, NamedTuple

from comity.sources.refusal import Refused

# What may be said of a letter, and other names for it that tables and header lines use.
FIELDS = (
    "version_id", "message_id", "headline", "text", "date", "dateline", "sender", "recipient", "occasion", "language", "kind",
    "outlet", "publisher", "url", "translation", "extent",
)  # fmt: skip
ALIASES = {
    "from": "sender", "to": "recipient", "body": "text", "letter": "text", "content": "text", "title": "headline", "subject": "headline",
    "link": "url", "lang": "language", "source": "outlet",
}  # fmt: skip


class Found(NamedTuple):
    """A letter: its record in the file, what is said of it, the encoding, how a field was guessed, and whether its reader says
    that it tells of a message (a news agency's other stories do not)."""

    record: int
    fields: dict[str, Any]
    encoding: str
    guessed: dict[str, str] = {}
    told: bool = True


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


@lru_cache(maxsize=1000)
def field_of(name: object) -> str:
    """The field that a column or a header line names, or "" where comity knows none of that name.

    >>> field_of(" To "), field_of("Date"), field_of("weather")
    ('recipient', 'date', '')
    """
    plain = str(name).strip().strip("\ufeff*_").strip().casefold().replace(" ", "_").replace("-", "_")
    plain = ALIASES.get(plain, plain)
    return plain if plain in FIELDS else ""
