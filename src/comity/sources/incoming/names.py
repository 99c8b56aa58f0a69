"""Which field a column, a key or a header line means, whatever it is called; and what to say of those that mean none."""

import csv
from collections.abc import Iterable
from functools import cache, lru_cache
from pathlib import Path

# What may be said of a letter; other names for it, in several languages, are in names.csv.
FIELDS = (
    "version_id", "message_id", "headline", "text", "date", "dateline", "sender", "recipient", "occasion", "language", "kind",
    "outlet", "publisher", "url", "translation", "extent",
)  # fmt: skip
# Who wrote to whom, and when: without these little can be compared.
CORE = ("sender", "recipient", "date")
LONGEST_NAME, SHOWN = 60, 10


def field_of(name: object) -> str:
    """The field that a column or a header line names, or "" where comity knows none of that name.

    >>> field_of(" To "), field_of("Date"), field_of("Empfänger"), field_of("weather")
    ('recipient', 'date', 'recipient', '')
    """
    return _field(str(name))[0]


def choose_fields(names: Iterable[object]) -> tuple[dict[str, int], list[str]]:
    """The place of each field among names of columns or keys, and the names that are not used.

    A field's own name goes before another name for it; of two alike the first counts.

    >>> choose_fields(["letter", "text", "author", "page"])
    ({'text': 1, 'sender': 2}, ['letter', 'page'])
    """
    names = [str(name) for name in names]
    places: dict[str, int] = {}
    for own in (True, False):
        for place, name in enumerate(names):
            field, is_own = _field(name)
            if field and is_own == own:
                places.setdefault(field, place)
    used = set(places.values())
    return places, [name for place, name in enumerate(names) if place not in used and name.strip()]


def tell_unused(names: list[str], known: Iterable[str], what: str) -> list[str]:
    """What to say of names that are not used, where there are some.

    >>> tell_unused(["weather"], ["sender", "recipient"], "columns")
    ['columns not used: weather; the day would be named date']
    """
    if not names:
        return []
    shown = ", ".join(" ".join(name.split())[:80] for name in names[:SHOWN]) + (", …" if len(names) > SHOWN else "")
    missing = [name for name in CORE if name not in known]
    who = {"sender": "who wrote", "recipient": "to whom", "date": "the day"}
    remedy = f"; {', '.join(who[name] for name in missing)} would be named {', '.join(missing)}" if missing else ""
    return [f"{what} not used: {shown}{remedy}".encode("utf-8", "replace").decode("utf-8")]


def _field(name: str) -> tuple[str, bool]:
    """The field that a name means, and whether it is the field's own name."""
    return _short_field(name) if len(name) <= LONGEST_NAME else ("", False)


@lru_cache(maxsize=1000)
def _short_field(name: str) -> tuple[str, bool]:
    plain = _plain(name)
    field = _other_names().get(plain, plain)
    return (field, field == plain) if field in FIELDS else ("", False)


def _plain(name: str) -> str:
    return name.strip().strip("\ufeff*_").strip().casefold().replace(" ", "_").replace("-", "_")


@cache
def _rows() -> list[dict[str, str]]:
    with Path(__file__).with_name("names.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


@cache
def _other_names() -> dict[str, str]:
    return {_plain(row["term"]): row["kind"] for row in _rows()}


@cache
def languages_of_names() -> tuple[str, ...]:
    """The languages in which other names are known."""
    return tuple(dict.fromkeys(row["language"] for row in _rows()))
