"""What a counter of words would conclude, side by side with whom the counted words honour."""

import re

import pandas as pd

from comity.evidence import between

_COLUMNS = [
    "message_id", "date", "hits", "of_sender", "of_recipient", "of_others", "in_headline", "in_letter", "words", "version_id",
]  # fmt: skip


def count_naively(word, corpus, *, sender=None, recipient=None, language="en"):
    """Count a word in what the versions of each message print, and say whom it honours: the counter's view and ours.

    The count runs over the forms of address that the record transcribes, in headline, narration and letter alike,
    as a counter of words would run over the page. Each distinct place of a version counts once; a message counts as
    its version with the most hits, so that copies of one text do not add up.

    Columns out: ``message_id, date, hits`` (in that version), ``of_sender, of_recipient, of_others`` (whom they
    honour), ``in_headline``, ``in_letter`` (hits in the letter's direct speech for the recipient), ``words``
    (what was counted, joined by ``; ``), ``version_id`` (of that version); one row a message with a version in
    this language, by date.

    >>> from comity import read_corpus
    >>> naive = count_naively("respected", read_corpus(), sender="Kim Jong Un", recipient="Xi Jinping")
    >>> naive.set_index("message_id")["hits"].loc[["kim-xi-2019-10-06", "kim-xi-2024-10-06"]].tolist()
    [0, 1]
    """
    messages = between(corpus.messages, sender, recipient)
    versions = corpus.versions.query("language == @language").merge(messages[["message_id", "date"]], on="message_id")
    rows = [_count(word, version, corpus.mentions) for version in versions.to_dict("records")]
    counted = pd.DataFrame(rows, columns=_COLUMNS)
    most = counted.sort_values(["hits", "version_id"], ascending=[False, True]).drop_duplicates("message_id")
    return most.sort_values(["date", "message_id"]).reset_index(drop=True)


def _count(word, version, mentions):
    printed = mentions[(mentions["version_id"] == version["version_id"]) & (mentions["basis"] != "statement")]
    pattern = rf"(?i)(?<!\w){re.escape(word)}(?!\w)"
    hits = printed["matched"].str.count(pattern).astype(int)
    own = (printed["frame"] == "letter") & (printed["role"] == "recipient")
    return {
        "message_id": version["message_id"], "version_id": version["version_id"], "date": version["date"],
        "hits": int(hits.sum()), "of_sender": int(hits[printed["role"] == "sender"].sum()),
        "of_recipient": int(hits[printed["role"] == "recipient"].sum()),
        "of_others": int(hits[~printed["role"].isin(["sender", "recipient"])].sum()),
        "in_headline": int(hits[printed["part"] == "headline"].sum()), "in_letter": int(hits[own].sum()),
        "words": "; ".join(printed.loc[hits > 0, "matched"]),
    }
