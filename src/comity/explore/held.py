"""What is held of a message, and what is not: its versions, the forms of address and phrases as printed, its length."""

from __future__ import annotations

from dataclasses import dataclass

import pandas as pd

from comity.corpus import Corpus
from comity.evidence import urls
from comity.forms import find_forms, gloss_mentions
from comity.lengths import measure_lengths
from comity.letters import Letters
from comity.page.values import worded
from comity.record import measure_record, rank_seen
from comity.sightings import RETRANSLATED
from comity.slots import PLACES, UNPLACED, UNRELIABLE

# Forms of address that honour: a pronoun or a bare name alone is none.
HONOURING = ["epithet", "solidarity", "courtesy", "title"]
SEEN_AS = {
    "full": "whole", "opening": "its beginning", "excerpt": "quotations", "summary": "a summary", "mention": "no words of it", "unknown": "extent unknown",
}  # fmt: skip
OUTLETS_OWN = "the outlet’s words"
SAID_MISSING = "said to be missing"
# What a length counts where the sender's grammar is not kept throughout.
RETOLD = {"mixed": "partly retold", "indirect": "retold"}


@dataclass(frozen=True)
class Held:
    """What is held, by message: ``messages`` (a row each), ``versions`` (the fullest first), ``addresses``, ``phrases``."""

    messages: pd.DataFrame
    versions: pd.DataFrame
    addresses: pd.DataFrame
    phrases: pd.DataFrame


def list_held(letters: Letters) -> Held:
    """List what is held of every message.

    `messages`: ``message_id, date, date_basis, sender, recipient, occasion, seen`` (how much of it), ``salutation_seen, languages,
    length, retold`` (in words, with bounds, of the fullest version that has one; and whether it counts words that are retold), ``measured``
    (text, counts, or blank where no word was measured).
    `versions`: ``message_id, version_id, outlet, language, published, seen, speech, translation, length, url``.
    `addresses`: ``message_id, version_id, matched, gloss, language, slot, role, state`` (attested, reported, or the outlet's own words),
    ``reason``; each form once a version, slot and voice; pronouns and bare names are left out. `phrases`: ``version_id, phrase``.

    >>> from comity import read_corpus
    >>> from comity.explore import as_letters
    >>> held = list_held(as_letters(read_corpus()))
    >>> held.addresses.query("message_id == 'kim-xi-2019-10-06' and state == 'attested'")["gloss"].tolist()[1]
    'respected comrade general secretary'
    """
    corpus = letters.corpus
    versions = _versions(corpus)
    counted = versions[versions["length"] != ""].drop_duplicates("message_id").set_index("message_id")
    seen = measure_record(corpus).set_index("message_id")[["seen", "salutation_seen", "languages"]]
    messages = letters.messages.join(seen, on="message_id").fillna({"seen": "only known to exist", "salutation_seen": False, "languages": ""})
    basis = letters.lengths[letters.lengths["words"] > 0].sort_values("basis").groupby("message_id")["basis"].last()
    found = {"measured": basis, "length": counted["length"], "retold": counted["speech"].map(RETOLD)}
    messages = messages.assign(**{name: messages["message_id"].map(values).fillna("").astype("str") for name, values in found.items()})
    return Held(messages, versions, _addresses(corpus), corpus.phrases[["version_id", "phrase"]])


def _versions(corpus: Corpus) -> pd.DataFrame:
    table = corpus.versions.assign(rank=rank_seen(corpus.versions)).sort_values(["message_id", "rank", "language", "version_id"], kind="stable")
    lengths = measure_lengths(corpus).set_index("version_id")["length"].replace("not known", "")
    addresses = urls(corpus)
    table = table.assign(
        length=table["version_id"].map(lengths).fillna(""), url=table["version_id"].map(addresses).fillna(""), published=table["date_published"],
        seen=table["extent"].map(SEEN_AS).fillna(table["extent"]),
    )  # fmt: skip
    columns = ["message_id", "version_id", "outlet", "language", "published", "seen", "speech", "translation", "length", "url"]
    return table[columns].reset_index(drop=True)


def _addresses(corpus: Corpus) -> pd.DataFrame:
    mentions = corpus.mentions[(corpus.mentions[HONOURING] != "").any(axis=1)]
    glosses = gloss_mentions(mentions, find_forms(mentions, corpus.versions, corpus.honorifics))
    table = mentions.merge(corpus.versions[["version_id", "message_id", "language", "translation"]], on="version_id")
    states = [judge(row) for row in table.to_dict("records")]
    slot = table["slot"].where(table["slot"] != "", UNPLACED).map(PLACES)
    slot = slot.mask(table["frame"] == "headline", "headline").mask(table["frame"] == "agency", "the outlet’s report")
    table = table.assign(
        gloss=table["mention_id"].map(glosses).fillna(""), slot=slot, state=pd.Series([state for state, _ in states], table.index, dtype="str"),
        reason=pd.Series([reason for _, reason in states], table.index, dtype="str"),
    )  # fmt: skip
    columns = ["message_id", "version_id", "matched", "gloss", "language", "slot", "role", "state", "reason"]
    return table[columns].drop_duplicates(["version_id", "matched", "slot", "state"]).reset_index(drop=True)


def judge(mention: dict) -> tuple[str, str]:
    """What a form of address as printed shows of the letter: attested, reported, or nothing; and why.

    >>> judge({"frame": "letter", "basis": "transcribed", "polarity": "present", "translation": "machine"})
    ('reported', 'a translation of a translation')
    """
    if mention["frame"] in ("headline", "agency"):
        return OUTLETS_OWN, ""
    if mention["basis"] == "statement":
        return "reported", SAID_MISSING if mention["polarity"] == "absent" else "somebody’s statement"
    if mention["translation"] in UNRELIABLE:
        return "reported", RETRANSLATED
    return ("attested", "") if mention["frame"] == "letter" else ("reported", "indirect speech")


def say_missing(message: dict, at_hand: bool = False) -> str:
    """In a sentence or two: what is not held of a message; ``at_hand``: whether whoever looks has its text.

    >>> say_missing({"seen": "in part", "salutation_seen": False, "measured": ""})
    'The letter is seen only in part. Its opening line was not seen. Its text is not held, and its words were not counted.'
    """
    told = {
        "in part": "The letter is seen only in part.", "only known to exist": "Not a word of the letter was found: it is only known to exist.",
        "whole, but retold": "The letter is retold: the sender’s own words are not seen to the end.",
    }.get(message["seen"], "")  # fmt: skip
    # Of a whole letter of one's own all is seen, but a line need not be known for its opening.
    own = message["seen"] == "whole letter" and message.get("record") == "no"
    line = "" if message["salutation_seen"] else "No line of it was recognised as its opening line." if own else "Its opening line was not seen."
    held = {"counts": "Its words were counted; the text is not held.", "text": "Its text was measured; it is not held."}
    known = "Its text is not held. Its length is known; which words it uses was not counted."
    counted = held.get(message["measured"]) or (known if message.get("length") else "Its text is not held, and its words were not counted.")
    return " ".join(filter(None, [told, line, "" if at_hand else counted]))


def say_version(version: dict) -> str:
    """How a version shows its message: "English, 6 October 2024, whole, direct speech, 263 words"."""
    day = "" if pd.isna(version["published"]) else worded(version["published"])
    speech = "" if version["speech"] == "unknown" else f"{version['speech']} speech"
    length = say_length(version["length"])
    kind = {"machine": "machine translation", "retranslation": "translation of a translation", "original": "in the sender’s language"}.get(version["translation"], "")
    return ", ".join(filter(None, [worded(version["language"] or "language unknown", "language"), day, version["seen"], speech, length, kind]))


def say_length(length: str) -> str:
    """A length in words as it is told; blank where it is not known.

    >>> say_length("1"), say_length("at least 263"), say_length("")
    ('1 word', 'at least 263 words', '')
    """
    return f"{length} word{'s' * (length.split()[-1] != '1')}" if length else ""
