"""Measured texts as a record knows its letters: messages, versions and mentions, so that evidence is judged in one way."""

from urllib.parse import urlsplit

import pandas as pd

from comity.corpus.vocabularies import MENTION_ELEMENTS

# In what speech a text has a message, by the frames in which the sender's words stand in it.
_SPEECH = {frozenset({"letter"}): "direct", frozenset({"letter", "reported"}): "mixed", frozenset({"reported"}): "indirect"}


def as_messages(messages: pd.DataFrame) -> pd.DataFrame:
    """Messages as in the record: what texts do not tell is blank. Columns in: those of measurements."""
    return pd.DataFrame({
        "message_id": messages["message_id"], "sender": messages["sender"], "recipient": messages["recipient"],
        "date_sent": messages["date"].where(messages["date_basis"] == "sent"), "date": messages["date"], "date_basis": messages["date_basis"],
        "medium": "written", "occasion": messages["occasion"], "occasion_count": pd.array([pd.NA] * len(messages), "Int64"),
        "occasion_detail": "", "reply": messages["reply"], "note": "",
    })  # fmt: skip


def as_versions(pairs: pd.DataFrame, texts: pd.DataFrame, lengths: pd.DataFrame, mentions: pd.DataFrame) -> pd.DataFrame:
    """Versions as in the record, a row a message and text.

    Columns in: ``pairs`` with ``message_id, version_id, text_id``; ``texts`` (the versions of measurements); ``lengths,
    mentions`` under the ids of the pairs. How much is seen is the ``extent`` of the lengths; a text without words of the sender only
    mentions the message. Translation and publisher are what the table of texts says; the outlet is the host of the address, else
    the publisher.
    """
    by_version = lengths.groupby("version_id")
    extents, speech = by_version["extent"].first().to_dict(), by_version["frame"].agg(frozenset).map(_SPEECH).to_dict()
    lines = mentions[mentions["slot"] == "salutation"].drop_duplicates("version_id").set_index("version_id")["matched"].to_dict()
    facts = texts.set_index("version_id").reindex(pairs["text_id"])
    ids, publishers = pairs["version_id"], facts["publisher"].to_numpy()
    outlets = [urlsplit(url).netloc or owner or "a text of one's own" for url, owner in zip(facts["url"], publishers, strict=True)]
    return pd.DataFrame({
        "version_id": ids, "message_id": pairs["message_id"], "outlet": outlets, "publisher": publishers, "language": facts["language"].to_numpy(),
        "translation": facts["translation"].to_numpy(), "date_published": pd.to_datetime(facts["published"]).to_numpy(),
        "extent": [extents.get(version, "mention") for version in ids], "speech": [speech.get(version, "unknown") for version in ids],
        "words": ids.map(by_version["words"].sum()).astype("Int64"), "salutation": [lines.get(version, "") for version in ids], "valediction": "", "note": "",
    })  # fmt: skip


def as_mentions(mentions: pd.DataFrame) -> pd.DataFrame:
    """Mentions as in the record, each with its place: they were measured, not transcribed. Columns in: those of measurements."""
    numbers = mentions.groupby("version_id").cumcount()
    same = ["version_id", "part", "slot", "start", "end", "matched", "frame", "form", "honoree", "role", *MENTION_ELEMENTS]
    rows = mentions.assign(pronoun="")[same]
    rows.insert(0, "mention_id", [f"{version}#m{number + 1}" for version, number in zip(mentions["version_id"], numbers, strict=True)])
    return rows.assign(basis="measured", polarity="present", note="")


def as_sources(pairs: pd.DataFrame, versions: pd.DataFrame, texts: pd.DataFrame) -> pd.DataFrame:
    """The address of each version that has one."""
    addresses = texts.set_index("version_id")["url"].to_dict()
    url = pd.Series([addresses.get(text, "") for text in pairs["text_id"]], pairs.index, dtype="str")
    rows = pd.DataFrame({
        "source_id": [f"M{number + 1}" for number in range(len(pairs))], "kind": "version", "version_id": pairs["version_id"],
        "outlet": versions["outlet"].to_numpy(), "url": url, "note": "",
    })  # fmt: skip
    return rows[url != ""]
