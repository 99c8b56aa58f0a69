"""Rows that point to other tables, or must agree with them: keys, dates in order, counts that add up, roles."""

from collections.abc import Iterator
from dataclasses import dataclass

import pandas as pd

from comity.corpus.problems import Problem, did_you_mean, shown
from comity.corpus.rules import as_number, is_later
from comity.corpus.schemas import FILES

Tables = dict[str, pd.DataFrame]


@dataclass(frozen=True)
class Key:
    """Every cell of `table.column`, cut at `|`, must stand in `target.target_column` (of one kind, where given)."""

    table: str
    column: str
    target: str
    target_column: str
    kind: str = ""


KEYS = (
    Key("versions", "message_id", "messages", "message_id"),
    *(Key(table, "version_id", "versions", "version_id")
      for table in ("mentions", "phrases", "sources", "token_counts", "lengths", "deliveries")),
    Key("honorifics", "example_version", "versions", "version_id"),
    Key("passages", "message_id", "messages", "message_id"),
    Key("passages", "article", "sources", "source_id", "article"),
    Key("claims", "messages", "messages", "message_id"),
    Key("claims", "compared_with", "messages", "message_id"),
    Key("claims", "articles", "sources", "source_id", "article"),
    Key("messages", "sender", "people", "person", "name"),
    Key("messages", "recipient", "people", "person", "name"),
    Key("mentions", "honoree", "people", "person", "name"),
)  # fmt: skip


def find_key_problems(tables: Tables) -> Iterator[Problem]:
    """Cells that name a row of another table which is not there; passed over where that table itself is not there."""
    for key in KEYS:
        target = tables.get(key.target)
        if not _has(tables, key.table, key.column) or not _has(tables, key.target, key.target_column):
            continue
        if key.kind and "kind" in target:
            target = target[target["kind"] == key.kind]
        known = set(target[key.target_column])
        for row, cell in tables[key.table][key.column].items():
            for value in cell.split("|") if cell else ():
                if value not in known:
                    yield _orphan(key, int(row), value, known)


def _has(tables: Tables, table: str, *columns: str) -> bool:
    return table in tables and set(columns) <= set(tables[table].columns)


def _orphan(key: Key, row: int, value: str, known: set[str]) -> Problem:
    kind = f" (kind: {key.kind})" if key.kind else ""
    problem = f'There is no "{shown(value)}" in {key.target_column} of {FILES[key.target]}{kind}.'
    remedy = f"{did_you_mean(value, known)}Correct it, or add the row there. Several are joined by |, without spaces."
    return Problem(FILES[key.table], row, key.column, value, problem, remedy)


def find_unknown_forms(tables: Tables) -> Iterator[Problem]:
    """Claims about a form of address that the lexicon does not know."""
    if _has(tables, "claims", "form", "shown_by", "testable") and _has(tables, "honorifics", "group"):
        claims, known = tables["claims"], set(tables["honorifics"]["group"])
        about_forms = claims["shown_by"].str.startswith("form ") & (claims["testable"] == "yes")
        for row, cell in claims.loc[about_forms, "form"].items():
            for form in sorted(set(cell.split("|")) - known):
                remedy = f"{did_you_mean(form, known)}Write a group of {FILES['honorifics']}, or add the form there."
                yield Problem(FILES["claims"], int(row), "form", form, "The lexicon has no such form of address.", remedy)


def find_missing_versions(tables: Tables) -> Iterator[Problem]:
    """Messages that no version publishes."""
    if _has(tables, "messages", "message_id") and _has(tables, "versions", "message_id"):
        ids = tables["messages"]["message_id"]
        for row, value in ids[~ids.isin(tables["versions"]["message_id"]) & (ids != "")].items():
            remedy = "Add the version in which it is known, or delete the message."
            yield Problem(FILES["messages"], int(row), "message_id", value, "No version of this message.", remedy)


def find_early_publication(tables: Tables) -> Iterator[Problem]:
    """Versions that were published before their message was sent."""
    if _has(tables, "versions", "message_id", "date_published") and _has(tables, "messages", "message_id", "date_sent"):
        versions = tables["versions"]
        sent = _look_up(versions["message_id"], tables["messages"], "message_id", "date_sent")
        for row in versions.index[is_later(sent, versions["date_published"])]:
            problem = f"Published before the message was sent ({sent[row]})."
            remedy = "Correct this date, or date_sent in messages.csv."
            yield Problem(FILES["versions"], int(row), "date_published", versions.at[row, "date_published"], problem, remedy)


def _look_up(keys: pd.Series, table: pd.DataFrame, key: str, column: str) -> pd.Series:
    """For each key the cell of the first row of the table that has it, "" where none has."""
    found = dict(zip(reversed(table[key].tolist()), reversed(table[column].tolist()), strict=True))
    return pd.Series([found.get(one, "") for one in keys], index=keys.index, dtype=str)


# The table and column that must say the same as another table and column about a version.
AGREEMENTS = (
    ("lengths", "extent", "versions", "extent"),
    ("lengths", "whitespace_words", "versions", "words"),
)


def find_disagreements(tables: Tables) -> Iterator[Problem]:
    """Cells that differ from what another table says about the same version; counts that do not add up."""
    for table, column, other, other_column in AGREEMENTS:
        if _has(tables, table, "version_id", column) and _has(tables, other, "version_id", other_column):
            there = _look_up(tables[table]["version_id"], tables[other], "version_id", other_column)
            yield from _differing(tables, table, column, there, other)
    if _has(tables, "lengths", "version_id", "tokens") and _has(tables, "token_counts", "version_id", "n"):
        counts = tables["token_counts"]
        sums = as_number(counts["n"]).groupby(counts["version_id"]).sum().map("{:.0f}".format).reset_index()
        there = _look_up(tables["lengths"]["version_id"], sums, "version_id", "n")
        yield from _differing(tables, "lengths", "tokens", there, "token_counts")


def _differing(tables: Tables, table: str, column: str, there: pd.Series, other: str) -> Iterator[Problem]:
    here = tables[table][column]
    for row in here.index[(there != "") & (here != "") & (there != here)]:
        problem = f"{FILES[other]} says {shown(there[row])} for this version."
        yield Problem(FILES[table], int(row), column, here[row], problem, f"Correct it here or in {FILES[other]}.")


def find_wrong_roles(tables: Tables) -> Iterator[Problem]:
    """Mentions whose role does not follow from the honoree and the message's sender and recipient."""
    if not (
        _has(tables, "mentions", "version_id", "honoree", "role")
        and _has(tables, "versions", "version_id", "message_id")
        and _has(tables, "messages", "message_id", "sender", "recipient")
    ):
        return
    mentions, messages = tables["mentions"], tables["messages"]
    message = _look_up(mentions["version_id"], tables["versions"], "version_id", "message_id")
    sender = _look_up(message, messages, "message_id", "sender")
    recipient = _look_up(message, messages, "message_id", "recipient")
    rows = zip(mentions.index, mentions["honoree"], mentions["role"], sender, recipient, strict=True)
    for row, honoree, said, *parties in rows:
        role = _role(honoree, *parties)
        if honoree and said and all(parties) and said != role:
            remedy = f'Write "{role}" or correct the honoree ({shown(honoree)}).'
            yield Problem(FILES["mentions"], int(row), "role", said, IN_WORDS[role], remedy)


IN_WORDS = {
    "sender": "The honoree is the sender of the message.",
    "recipient": "The honoree is the recipient of the message.",
    "third": "The honoree is neither sender nor recipient.",
    "mixed": "The honorees have different roles.",
}


def _role(honoree: str, sender: str, recipient: str) -> str:
    """The role of the honorees.

    >>> _role("Xi Jinping", "Kim Jong Un", "Xi Jinping"), _role("Kim Jong Un|Xi Jinping", "Kim Jong Un", "Xi Jinping")
    ('recipient', 'mixed')
    """
    known = {sender: "sender", recipient: "recipient"}
    roles = {known.get(name, "third") for name in honoree.split("|")}
    return roles.pop() if len(roles) == 1 else "mixed"


BETWEEN_TABLES = (
    find_key_problems,
    find_missing_versions,
    find_early_publication,
    find_disagreements,
    find_wrong_roles,
    find_unknown_forms,
)
