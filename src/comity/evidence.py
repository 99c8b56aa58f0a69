"""Could we have seen it? The state of a form of address in every message, from what its versions show.

A form is *attested* (in the sender's own words), *absent* (its place was seen, and it is not there), *reported*
(known from indirect speech, from somebody's statement, or from a translation of a translation) or *not observable*.
"""

import pandas as pd

from comity.errors import CorpusError
from comity.forms import find_forms
from comity.sightings import look_for
from comity.slots import SLOTS, UNPLACED, see_slots

STATES = ("attested", "absent", "reported", "not observable")

# Why a slot is not observable: it was not seen; or it was, and is silent because the form stands in another slot of that version.
NOT_SEEN = "no version lets us see this slot"
NOT_ASKED = "a version lets us see this slot, but has the form in another, and the record lists a form once a version"

# What was seen of a form in a slot, as a reader is told it: the same words in the key of a figure and in a table.
TOLD = {
    "attested": "has the word", "absent": "seen without it", "reported": "said to have it", "reported absent": "said to lack it",
    "not asked": "letter has it in another part", "not observable": "could not be seen",
}  # fmt: skip

# Which state wins where versions differ, the strongest first, and whether only versions in the sender's language count:
# what the original says by hearsay weighs more than what a translation does not show.
_STRENGTH = (("attested", False), ("absent", True), ("reported", True), ("absent", False), ("reported", False))


def find_evidence(form, corpus, *, sender=None, recipient=None):
    """Say for every message and slot whether a form of address was there, and by which versions we know.

    ``form`` is a translation group of the lexicon ("respected", "comrade"). Attested in any version wins; otherwise
    the sender's language weighs more than a translation, and seeing more than hearing. A form that is known but not
    from which place of the letter has a row of its own, with slot ``unplaced``.

    Columns out: ``message_id, date, sender, recipient, slot, state, polarity`` (of a reported form: present or
    absent, or disputed), ``versions`` (those the state rests on, joined by ``|``), ``languages``, ``original`` (whether one of
    them is in the sender's language), ``as_printed``, ``reason`` (of a slot that is not observable: ``NOT_SEEN``, or ``NOT_ASKED``
    where it was seen and says nothing); one row a message and slot, in order of date.
    Raises CorpusError where the lexicon has no such form.

    >>> from comity import read_corpus
    >>> states = find_evidence("respected", read_corpus(), sender="Kim Jong Un", recipient="Xi Jinping")
    >>> states.loc[states["state"] == "attested", "date"].max()
    Timestamp('2022-10-23 00:00:00')
    """
    require_form(form, corpus.honorifics)
    forms, slots = find_forms(corpus.mentions, corpus.versions, corpus.honorifics), see_slots(corpus)
    seen = look_for(form, corpus, forms, slots)
    states = weigh_versions(seen.judged, between(corpus.messages, sender, recipient))
    unasked = pd.MultiIndex.from_frame(seen.unasked[["message_id", "slot"]])
    silent = (states["reason"] == NOT_SEEN) & pd.MultiIndex.from_frame(states[["message_id", "slot"]]).isin(unasked)
    return states.assign(reason=states["reason"].mask(silent, NOT_ASKED))


def weigh_versions(seen, messages):
    """Bring what the versions show of a form together: one state a message and slot, as :func:`find_evidence` gives it."""
    by_slot = dict(list(seen.groupby(["message_id", "slot"])))
    rows = [
        _about(message) | {"slot": slot} | _strongest(by_slot.get((message["message_id"], slot)))
        for message in messages.sort_values(["date", "message_id"]).to_dict("records")
        for slot in (*SLOTS, UNPLACED)
        if slot in SLOTS or (message["message_id"], slot) in by_slot
    ]
    return pd.DataFrame(rows, columns=[*_about({}), "slot", *_strongest(None)])


def summarise_evidence(states):
    """Bring the slots of each message together: one state a message.

    Attested in any slot wins. Absent needs all three slots absent; a message of which one slot is only said to lack
    the form is *reported* (absent). Anything less is *not observable*, and ``absent_slots`` says where it was missed.

    Columns in: as :func:`find_evidence` gives them. Columns out: ``message_id, date, sender, recipient, state,
    polarity, absent_slots, versions``; one row a message.

    >>> import pandas as pd
    >>> slots = pd.DataFrame({"message_id": "m", "date": pd.Timestamp("2024-10-01"), "sender": "A", "recipient": "B",
    ...     "slot": ["salutation", "body", "close"], "state": ["absent", "absent", "not observable"],
    ...     "polarity": "", "versions": ["v", "v", ""]})
    >>> summarise_evidence(slots)[["state", "absent_slots"]].values.tolist()
    [['not observable', 'salutation|body']]
    """
    rows = [
        dict(zip(_about({}), key)) | _overall(slots)
        for key, slots in states.groupby(list(_about({})), sort=False)
    ]
    return pd.DataFrame(rows, columns=[*_about({}), "state", "polarity", "absent_slots", "versions"])


def find_kinds(states):
    """What was seen of the form in each slot: one of the kinds that ``TOLD`` puts into words, in the order of the rows.

    Columns in: as :func:`find_evidence` gives them. A slot that is seen but not asked about is a kind of its own, and so is a form
    that is said to be missing.
    """
    said_absent = (states["state"] == "reported") & (states["polarity"] == "absent")
    unasked = (states["state"] == STATES[-1]) & (states["reason"] == NOT_ASKED)
    return states["state"].mask(said_absent, "reported absent").mask(unasked, "not asked")


def _strongest(judgements):
    """The strongest state among the versions' judgements of one slot (None: there are none), and what it rests on."""
    for state, original in _STRENGTH if judgements is not None else ():
        best = judgements[(judgements["state"] == state) & (judgements["original"] | (not original))]
        if len(best):
            polarity = joined(best["polarity"])
            return {
                "state": state, "polarity": "disputed" if "|" in polarity else polarity,
                "versions": joined(best["version_id"]), "languages": joined(best["language"]),
                "original": bool(best["original"].any()), "as_printed": joined(best["as_printed"]), "reason": joined(best["reason"]),
            }
    return dict.fromkeys(("polarity", "versions", "languages"), "") | {
        "state": STATES[-1], "original": False, "as_printed": "", "reason": NOT_SEEN,
    }


def _overall(slots):
    by_slot = slots.set_index("slot")
    absent = [slot for slot in SLOTS if by_slot.at[slot, "state"] == "absent"]
    attested, said = (by_slot[by_slot["state"] == state] for state in ("attested", "reported"))
    said_absent = said[(said["polarity"] == "absent") & said.index.isin(SLOTS)]
    state, polarity, rests_on = "not observable", "", by_slot
    if len(attested):
        state, rests_on = "attested", attested
    elif len(absent) == len(SLOTS):
        state = "absent"
    elif len(said) > len(said_absent):
        state, polarity, rests_on = "reported", _loudest(said["polarity"]), said
    elif len(absent) + len(said_absent) == len(SLOTS):
        state, polarity = "reported", "absent"
    return {"state": state, "polarity": polarity, "absent_slots": "|".join(absent), "versions": joined(rests_on["versions"])}


def _loudest(polarities):
    return next(polarity for polarity in ("present", "disputed", "absent") if polarity in set(polarities))


def joined(values):
    """Distinct values in their order, joined by ``|``; each value may be several already."""
    return "|".join(dict.fromkeys(part for value in values for part in value.split("|") if part))


def _about(message):
    return {key: message.get(key) for key in ("message_id", "date", "sender", "recipient")}


def between(messages, sender=None, recipient=None):
    """The messages of this sender and to this recipient; None means anybody."""
    if sender is not None:
        messages = messages[messages["sender"] == sender]
    return messages if recipient is None else messages[messages["recipient"] == recipient]


def urls(corpus):
    """The address under which each version was seen; "" where the table of sources has none."""
    seen = corpus.sources.query("kind == 'version'").drop_duplicates("version_id").set_index("version_id")["url"]
    return pd.Series("", index=corpus.versions["version_id"]).where(lambda none: ~none.index.isin(seen.index), seen)


def require_form(form, honorifics):
    """Raise CorpusError where the lexicon has no such form of address."""
    known = sorted(set(honorifics["group"]))
    if form not in known:
        raise CorpusError(f"The lexicon of honorifics has no form {form!r}. It knows: {', '.join(known)}.")
