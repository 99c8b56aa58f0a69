"""Opening lines and forms of address as habits: letter by letter and slot by slot, there, missing, or not to be seen."""

import pandas as pd

from comity.evidence import joined, weigh_versions
from comity.forms import find_forms
from comity.ladder import RUNGS
from comity.sightings import judge_versions
from comity.slots import SLOTS, addresses, find_keepers, is_reliable, see_slots

# In a translation only an epithet can be missing: see `comity.sightings`.
_SURVIVES = "epithet"


def find_openings(corpus, messages):
    """Say of each message whether an opening line is seen. It is missing only where the outlet prints such lines and leaves none out."""
    versions = corpus.versions[corpus.versions["message_id"].isin(messages["message_id"]) & is_reliable(corpus.versions)]
    keeps = versions.merge(find_keepers(corpus), "left", ["publisher", "language"])["keeps"].fillna(False).astype(bool).to_numpy()
    begins = versions["extent"].isin(["full", "opening"]) & (versions["speech"] == "direct")
    shown = versions.assign(printed=versions["salutation"] != "", could=begins & keeps, bare=(versions["salutation"] == "") & begins)
    rows = [_opening(message, shown[shown["message_id"] == message]) for message in messages["message_id"]]
    return pd.DataFrame(rows)


def _opening(message, versions):
    printed, could = versions[versions["printed"]], bool(versions["could"].any())
    state = "attested" if len(printed) else "absent" if could else "not observable"
    bare = versions[versions["bare"]]
    rests = printed if len(printed) else bare
    reasons = {
        "attested": "the line is printed", "absent": "no line, from an outlet not known to leave one out",
        "not observable": "no line, but the outlet is known to leave lines out" if len(bare) else "no version shows the beginning",
    }  # fmt: skip
    return {
        "message_id": message, "habit": "an opening line", "element": "", "slot": "salutation", "state": state, "polarity": "",
        "could_show": could, "versions": joined(rests["version_id"]), "as_printed": joined(printed["salutation"]), "reason": reasons[state],
    }  # fmt: skip


def find_addresses(corpus, messages):
    """Say of each message, form of address and slot whether the form is there, for every form that these messages have anywhere."""
    forms = find_forms(corpus.mentions, corpus.versions, corpus.honorifics)
    theirs = addresses(corpus)
    theirs = theirs[theirs["message_id"].isin(messages["message_id"])]["mention_id"]
    used = forms[forms["mention_id"].isin(theirs) & forms["element"].isin(RUNGS)].drop_duplicates("form")
    slots = see_slots(corpus)
    tables = [_states(form, element, corpus, messages, forms, slots) for form, element in zip(used["form"], used["element"], strict=True)]
    return pd.concat(tables) if tables else pd.DataFrame(columns=["message_id"])


def _states(form, element, corpus, messages, forms, slots):
    judged = judge_versions(form, corpus, forms, slots)
    states = weigh_versions(judged[judged["message_id"].isin(messages["message_id"])], messages)
    states = states[states["slot"].isin(SLOTS)]
    shows = slots[(slots["reason"] != "") & ((slots["translation"] == "original") | (element == _SURVIVES))]
    could = list(zip(shows["message_id"], shows["slot"], strict=True))
    # A translation that has another epithet hides which one it renders: nothing is known of this one.
    known = states["state"].isin(["attested", "absent"])
    shown = pd.MultiIndex.from_frame(states[["message_id", "slot"]]).isin(could)
    states = states.assign(habit=form, element=element, could_show=shown & known)
    return states[["message_id", "habit", "element", "slot", "state", "polarity", "could_show", "versions", "as_printed", "reason"]]
