"""Letters made up for tests: a row a version, with as little as a comparison needs."""

from types import SimpleNamespace

import pandas as pd

DEFAULTS = {
    "frame": "letter", "extent": "full", "basis": "text", "language": "en", "translation": "official", "sender": "Ann", "recipient": "Bob",
    "occasion": "not stated", "terms": {}, "hits": (), "tokens": {}, "sentences": 5, "flesch": 30.0, "lix": 60.0,
}  # fmt: skip


def make_letters(*rows):
    """Letters as `gather_letters` gives them, from rows with ``message, words`` and what differs from the defaults.

    ``terms``: how often by dimension; ``hits``: terms one by one, with what differs; ``tokens``: counts of words. A row a version and
    frame: ``version`` is by default the message with ``__en``, and ``high`` is ``words``.
    """
    rows = [DEFAULTS | {"version": f"{row['message']}__en", "high": row["words"]} | row for row in rows]
    at = [{"message_id": row["message"], "version_id": row["version"], "frame": row["frame"]} for row in rows]
    tone = [
        place | {"matched": "word", "negated": "no", "address": "no"} | hit
        for place, row in zip(at, rows, strict=True)
        for hit in [*({"dimension": name} for name, n in row["terms"].items() for _ in range(n)), *row["hits"]]
    ]
    tokens = [place | {"token": token, "n": n} for place, row in zip(at, rows, strict=True) for token, n in row["tokens"].items()]
    table = pd.DataFrame(rows).rename(columns={"message": "message_id", "version": "version_id"})
    lengths = table[["message_id", "version_id", "frame", "extent", "basis", "words", "high", "sentences", "flesch", "lix"]]
    return SimpleNamespace(
        messages=table[["message_id", "sender", "recipient", "occasion"]].drop_duplicates("message_id"),
        lengths=lengths.astype({"high": "float64", "flesch": "float64", "lix": "float64", "words": "Int64", "sentences": "Int64"}),
        tone=pd.DataFrame(tone, columns=["message_id", "version_id", "frame", "matched", "negated", "address", "dimension"]),
        token_counts=pd.DataFrame(tokens, columns=["message_id", "version_id", "frame", "token", "n"]),
        corpus=SimpleNamespace(versions=table[["version_id", "message_id", "language", "translation"]].drop_duplicates("version_id")),
    )


def make_lexicon(**dimensions):
    """A lexicon of English terms by dimension, joined by |."""
    rows = [(term, "en", name, term) for name, terms in dimensions.items() for term in terms.split("|")]
    return pd.DataFrame(rows, columns=["term", "language", "dimension", "forms"])
