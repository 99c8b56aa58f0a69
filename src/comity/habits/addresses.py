"""Opening lines and forms of address as habits: letter by letter and slot by slot, there, missing, or not to be seen."""

import numpy as np
import pandas as pd

from comity.evidence import joined, weigh_versions
from comity.forms import find_forms
from comity.ladder import RUNGS
from comity.sightings import judge_versions
from comity.slots import addresses, find_keepers, find_salutation_practice, is_reliable, see_slots

# In a translation only an epithet can be missing: see `comity.sightings`.
_SURVIVES = "epithet"

_LINE = {
    "attested": "the line is printed", "absent": "no line, from an outlet not known to leave one out",
    "left out": "no line, but the outlet is known to leave lines out", "bare": "no line, and nothing shows whether the outlet leaves lines out",
    "unseen": "no version shows the beginning",
}  # fmt: skip


def find_openings(corpus, messages):
    """Say of each message whether an opening line is seen. It is missing only where the outlet prints such lines and leaves none out."""
    versions = corpus.versions[corpus.versions["message_id"].isin(messages["message_id"]) & is_reliable(corpus.versions)]
    practice = find_salutation_practice(corpus).merge(find_keepers(corpus), "left", ["publisher", "language"])
    shown = versions.merge(practice, "left", ["publisher", "language"])
    begins, printed = shown["extent"].isin(["full", "opening"]) & (shown["speech"] == "direct"), shown["salutation"] != ""
    bare, leaves = begins & ~printed, (shown["left_out"] > 0) & (shown["publisher"] != "")
    lines, others = (shown[those].groupby("message_id") for those in (printed, bare))
    facts = {
        "line": lines["version_id"].agg(joined), "as_printed": lines["salutation"].agg(joined), "bare": others["version_id"].agg(joined),
        "could": (begins & shown["keeps"].eq(True)).groupby(shown["message_id"]).any(), "leaves": (bare & leaves).groupby(shown["message_id"]).any(),
    }  # fmt: skip
    rows = messages[["message_id"]].assign(**{name: messages["message_id"].map(values) for name, values in facts.items()})
    return _openings(rows.astype("object").where(rows.notna(), ""))


def _openings(rows):
    """The state of each message from what its versions show of its beginning."""
    printed, could, bare = rows["line"] != "", rows["could"].eq(True), rows["bare"] != ""
    how = np.select([printed, could, bare & rows["leaves"].eq(True), bare], ["attested", "absent", "left out", "bare"], "unseen")
    state = np.where(np.isin(how, ["attested", "absent"]), how, "not observable")
    return pd.DataFrame({
        "message_id": rows["message_id"], "habit": "an opening line", "element": "", "slot": "salutation", "state": state, "polarity": "",
        "could_show": could, "where": np.select([state == "absent", np.isin(how, ["left out", "bare"])], ["the letter", "the version seen"], ""),
        "versions": rows["line"].where(printed, rows["bare"]), "as_printed": rows["as_printed"], "reason": pd.Series(how, rows.index).map(_LINE),
    })  # fmt: skip


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
    shows = slots[(slots["reason"] != "") & ((slots["translation"] == "original") | (element == _SURVIVES))]
    could = list(zip(shows["message_id"], shows["slot"], strict=True))
    # A translation that has another epithet hides which one it renders: nothing is known of this one.
    known = states["state"].isin(["attested", "absent"])
    shown = pd.MultiIndex.from_frame(states[["message_id", "slot"]]).isin(could)
    said = (states["state"] == "reported") & (states["polarity"] == "absent")
    # Only what every translation would show is ever judged to be absent.
    where = np.select([states["state"] == "absent", said], ["the letter", "the letter, it is said"], "")
    states = states.assign(habit=form, element=element, could_show=shown & known, where=where)
    return states[["message_id", "habit", "element", "slot", "state", "polarity", "could_show", "where", "versions", "as_printed", "reason"]]
