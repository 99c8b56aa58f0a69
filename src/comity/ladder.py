"""The ladder of address: which forms a sender used to a recipient, letter by letter, and since when and until when."""

import pandas as pd

from comity.errors import CorpusError
from comity.evidence import between, joined, summarise_evidence, urls, weigh_versions
from comity.forms import find_forms, gloss_mentions
from comity.sightings import judge_versions
from comity.slots import SLOTS, UNPLACED, addresses, see_slots

# What a ladder is made of. A possessive or a pronoun only joins one of these.
RUNGS = ("epithet", "solidarity", "courtesy", "title")

# Whose words are shown first where several versions show the same: the nearest to the letter.
_NEAREST = ("original", "official", "press", "unknown", "machine", "retranslation")

_COLUMNS = [
    "message_id", "date", "sender", "recipient", "form", "element", "state", "polarity", "absent_slots", "original", "reason",
    "as_printed", "gloss", "language", "outlet", "url", "version_id", "versions", "first", "last",
]  # fmt: skip


def find_ladder(corpus, sender, recipient):
    """Say for every message and every form of address ever used to this recipient whether it was there.

    The forms are the translation groups of epithets, nouns of solidarity, courtesy titles and titles that any version has
    for the recipient, in the letter or in indirect speech; each state is that of :func:`find_evidence` and
    :func:`summarise_evidence`. A title that stands in indirect speech only is *reported*: it may be the outlet's own filler.

    Columns out: ``message_id, date, sender, recipient, form, element, state, polarity, absent_slots`` (the places seen
    without it), ``original`` (whether the sender's language shows the state), ``reason``; the words of the version nearest to
    the letter, those seen instead where the form is missing: ``as_printed, gloss, language, outlet, url, version_id``;
    ``versions`` (all that the state rests on), ``first, last`` (the days on which the form is first and last attested;
    NaT where it never is). One row a message and form: forms in the order in which they are first attested, those only
    reported last. Raises CorpusError where the record has no message from the one to the other.

    >>> from comity import read_corpus
    >>> ladder = find_ladder(read_corpus(), "Kim Jong Un", "Vladimir Putin")
    >>> ladder.groupby("form")["first"].min()["comrade"]
    Timestamp('2023-10-12 00:00:00')
    """
    messages = between(corpus.messages, sender, recipient)
    if messages.empty:
        pairs = corpus.messages[["sender", "recipient"]].drop_duplicates()
        raise CorpusError(f"The record has no message from {sender!r} to {recipient!r}. It has messages from "
                          f"{'; '.join(pairs['sender'] + ' to ' + pairs['recipient'])}.")
    forms = find_forms(corpus.mentions, corpus.versions, corpus.honorifics)
    theirs = addresses(corpus).query("message_id in @messages.message_id")["mention_id"]
    used = forms[forms["mention_id"].isin(theirs) & forms["element"].isin(RUNGS)].drop_duplicates("form")
    glosses = _glosses(corpus, forms)
    slots = see_slots(corpus)
    rungs = [_rung(form, element, messages, corpus, forms, slots, glosses) for form, element in zip(used["form"], used["element"])]
    return _in_order(pd.concat(rungs)) if rungs else pd.DataFrame(columns=_COLUMNS)


def _rung(form, element, messages, corpus, forms, slots, glosses):
    """One form in every message: its state, the words that show it, its first and last attestation."""
    judged = judge_versions(form, corpus, forms, slots)
    states = summarise_evidence(weigh_versions(judged, messages))
    shown = _nearest(judged, corpus.versions).merge(glosses, "left", ["version_id", "as_printed"])
    missed = (states["state"] == "not observable") & (states["absent_slots"] != "")
    rung = states.assign(form=form, element=element, shows=states["state"].mask(missed, "absent"))
    rung = rung.merge(shown.rename(columns={"state": "shows"}), "left", ["message_id", "shows"])
    rung["url"] = rung["version_id"].map(urls(corpus))
    attested = rung.loc[rung["state"] == "attested", "date"]
    words = ["reason", "as_printed", "gloss", "language", "outlet", "url", "version_id"]
    rung = rung.fillna(dict.fromkeys(words, "") | {"original": False}).astype({"original": bool})
    return rung.assign(first=attested.min(), last=attested.max())[_COLUMNS]


def _nearest(judged, versions):
    """Of the versions that show one state of a message, the one nearest to the letter; why, by all of them."""
    told = judged.merge(versions[["version_id", "translation", "outlet"]], on="version_id")
    told = told.assign(near=told["translation"].map(_NEAREST.index), place=told["slot"].map((*SLOTS, UNPLACED).index),
                       silent=told["as_printed"] == "")
    told = told.sort_values(["silent", "near", "place", "version_id"], kind="stable")
    reasons = told.groupby(["message_id", "state"], as_index=False)["reason"].agg(joined)
    first = told.drop_duplicates(["message_id", "state"])
    columns = ["message_id", "state", "original", "as_printed", "language", "outlet", "version_id"]
    return first[columns].merge(reasons, on=["message_id", "state"])


def _glosses(corpus, forms):
    """What the words of each version mean in English."""
    glosses = gloss_mentions(corpus.mentions, forms)
    words = corpus.mentions.assign(gloss=corpus.mentions["mention_id"].map(glosses), as_printed=corpus.mentions["matched"])
    return words[["version_id", "as_printed", "gloss"]].drop_duplicates(["version_id", "as_printed"])


def _in_order(ladder):
    told = ladder[ladder["state"] == "reported"].groupby("form")["date"].min()
    by = ladder.assign(told=told.reindex(ladder["form"]).to_numpy())
    by = by.sort_values(["first", "told", "form", "date", "message_id"], kind="stable")
    return by.drop(columns="told").reset_index(drop=True)
