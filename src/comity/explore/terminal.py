"""Two messages in a terminal: what is held of each, and how they differ, as tables of plain text."""

from __future__ import annotations

import pandas as pd

from comity.explore.articles import Articles
from comity.explore.choosing import say_day, say_occasion
from comity.explore.held import OUTLETS_OWN, say_missing
from comity.explore.rows import say_contrast, say_measure, say_value
from comity.page.text import plain
from comity.page.values import worded

FACTS = ("from", "to", "when", "occasion", "versions", "seen", "length in words", "not held")


def list_facts(articles: Articles, message: str) -> dict[str, str]:
    """Who wrote to whom, when, and what is seen of it."""
    row = articles.messages[message]
    told = (row["sender"], row["recipient"], say_day(row), say_occasion(row), f"{row['versions']}", row["seen"], articles.length(message) or "not known", say_missing(row))
    return dict(zip(FACTS, told, strict=True))


def list_forms(articles: Articles, message: str) -> list[str]:
    """The forms of address in the sender's words: each once, where it stands, what it shows, and who prints it."""
    found: dict[str, list[str]] = {}
    for version in articles.versions.get(message, []):
        for row in articles.addresses.get(version["version_id"], []):
            if row["state"] != OUTLETS_OWN:
                found.setdefault(_form(row), []).append(f"{version['outlet']}, {worded(version['language'], 'language')}")
    return [f"{form} ({outlets[0]}{f', and {len(outlets) - 1} more' if len(outlets) > 1 else ''})" for form, outlets in found.items()]


def _form(row: dict) -> str:
    gloss = f" (“{row['gloss']}”)" if row["gloss"] and not row["language"].startswith("en") else ""
    reason = f": {row['reason']}" if row["reason"] else ""
    return f"{row['matched']}{gloss}: {row['slot']}, {row['state']}{reason}"


def facts_table(articles: Articles, a: str, b: str):
    """A table for rich: a fact a row, a message a column."""
    sides = [list_facts(articles, message) for message in (a, b)]
    table = _table("", a, b)
    for fact in FACTS:
        table.add_row(*map(_cell, (fact, *(side[fact] for side in sides))))
    forms = ["\n".join(f"• {form}" for form in list_forms(articles, message)) or "none is held" for message in (a, b)]
    table.add_row(*map(_cell, ("forms of address", *forms)))
    return table


def contrasts_table(contrasts: pd.DataFrame, a: str, b: str):
    """A table for rich: a measure a row; the last column is the first message over the second."""
    table = _table("measure", a, b, "first over second (95 % interval)")
    for row in contrasts.to_dict("records"):
        table.add_row(*map(_cell, (say_measure(row), say_value(row, "a"), say_value(row, "b"), say_contrast(row))))
    return table


def _table(*heads: str):
    from rich import box
    from rich.table import Table

    table = Table(box=box.SIMPLE_HEAD, pad_edge=False)
    for head in heads:
        table.add_column(_cell(head), overflow="fold")
    return table


def _cell(words: str):
    """The words as they are: no markup is read in them, and what cannot be seen is spelt out."""
    from rich.text import Text

    return Text(plain(words))
