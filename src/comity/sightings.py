"""What a single version shows of a form of address: there, missing, or only hearsay.

A form is there in the sender's own words, in a version that can be trusted with them. It is missing from a slot that is
seen (``comity.slots``) and does not hold it. A translation hides more:

* it drops and exchanges nouns, titles and possessives, so only an epithet can be missing from it;
* an epithet that is there hides which one it renders, so no other epithet is missing beside it;
* and an ambiguous word of it ("Dear", which may stand for "Уважаемый") only reports its form.

The record lists each form of a version once, in order of appearance. So where a version has the form in one slot,
nothing is said of the others.
"""

from typing import NamedTuple

import pandas as pd

from comity.forms import find_forms
from comity.slots import UNPLACED, UNRELIABLE, addresses, see_slots

# Why the words of a translation do not count as the sender's, though they stand in direct speech.
RETRANSLATED, AMBIGUOUS = "a translation of a translation", "a word of the translation that may stand for another"
UNSURE = (RETRANSLATED, AMBIGUOUS)


class Seen(NamedTuple):
    """What the versions show of a form: ``judged``, as :func:`judge_versions` gives it; and ``unasked``, the slots that a version lets us
    see and of which the record says nothing, because the version has the form in another (``message_id, version_id, slot``)."""

    judged: pd.DataFrame
    unasked: pd.DataFrame


def judge_versions(form, corpus, forms=None, slots=None):
    """Say what each single version shows of a form, slot by slot; what shows nothing has no row.

    ``forms`` is what :func:`find_forms` gives for the record, ``slots`` what :func:`comity.slots.see_slots` gives: who asks for
    many forms finds them once.
    Columns out: ``message_id, version_id, slot, state, polarity, as_printed, language, original, reason``.
    """
    return look_for(form, corpus, forms, slots).judged


def look_for(form, corpus, forms=None, slots=None):
    """The same, with the slots of which the record says nothing: a :class:`Seen`.

    >>> from comity import read_corpus
    >>> "kim-xi-2022-10-23" in set(look_for("respected", read_corpus()).unasked["message_id"])
    True
    """
    mentions = _holding(form, corpus, forms)
    found = [_found(mention) for mention in mentions.to_dict("records")]
    without = _without(form, mentions, corpus, slots)
    missed = [_judgement(slot, "absent", "", slot["as_printed"], slot["reason"]) for slot in without[without["asked"]].to_dict("records")]
    columns = ["message_id", "version_id", "slot", "state", "polarity", "as_printed", "language", "original", "reason"]
    unasked = without.loc[~without["asked"], ["message_id", "version_id", "slot"]].reset_index(drop=True)
    return Seen(pd.DataFrame(found + missed, columns=columns), unasked)


def _holding(form, corpus, forms):
    """The mentions of the recipient that hold the form."""
    forms = find_forms(corpus.mentions, corpus.versions, corpus.honorifics) if forms is None else forms
    holds = forms[forms["form"] == form]
    return addresses(corpus).merge(holds.groupby("mention_id", as_index=False)["ambiguous"].all(), on="mention_id")


def _found(mention):
    """A mention that holds the form: attested in the sender's own words, otherwise only reported."""
    heard = _hearsay(mention)
    state, polarity = ("reported", mention["polarity"]) if heard else ("attested", "")
    placed = mention | {"slot": mention["slot"] or UNPLACED}
    own = "the sender's own words" if mention["translation"] == "original" else "the sender's words, translated"
    return _judgement(placed, state, polarity, mention["matched"], heard or own)


def _hearsay(mention):
    if mention["basis"] == "statement":
        return "somebody's statement"
    if mention["translation"] in UNRELIABLE:
        return RETRANSLATED
    if mention["frame"] != "letter":
        return "indirect speech"
    if mention["ambiguous"] and mention["translation"] != "original":
        return AMBIGUOUS
    return ""


def _without(form, mentions, corpus, slots):
    """The slots that a version lets us see without the form, and whether the record would list it there (``asked``)."""
    own = mentions.query("frame == 'letter' and basis != 'statement'")
    elements = set(corpus.honorifics.query("group == @form")["element"])
    slots = see_slots(corpus) if slots is None else slots
    original, elsewhere = slots["translation"] == "original", slots["version_id"].isin(own["version_id"])
    here = slots.set_index(["version_id", "slot"]).index.isin(list(zip(own["version_id"], own["slot"])))
    addressed = slots["reason"].str.startswith("an address")
    seen = (slots["reason"] != "") & ~here
    if "epithet" in elements:
        seen &= original | ~slots["epithet"]
    else:
        # A pronoun or a particle is everywhere and nowhere: that it is not listed shows nothing.
        seen &= original & (not elements <= {"pronoun", "particle"})
    return slots.assign(asked=addressed | ~elsewhere)[seen]


def _judgement(record, state, polarity, as_printed, reason):
    return {
        "message_id": record["message_id"], "version_id": record["version_id"], "slot": record["slot"], "state": state,
        "polarity": polarity, "as_printed": as_printed, "language": record["language"],
        "original": record["translation"] == "original", "reason": reason,
    }
