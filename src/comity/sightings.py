"""What a single version lets us see of a form of address, slot by slot: there, missing, or only hearsay.

Absence belongs to a slot (salutation, body, close) of a version:

* a salutation or a close lacks the form only where an address is seen to stand there without it, or, for the close,
  where the letter is seen whole and in direct speech;
* a body lacks it only where it is whole and in direct speech;
* a missing salutation line says nothing where the outlet is known to leave such lines out;
* in a translation, an epithet that is there hides which epithet it renders ("Dear" may stand for "Уважаемый"), so
  another epithet counts as absent only where no epithet stands at all.
"""

import pandas as pd

from comity.forms import find_forms

SLOTS = ("salutation", "body", "close")

# Wording that passed through a third language or a machine is hearsay: it can neither attest nor deny a form.
UNRELIABLE = ("machine", "retranslation")


def judge_versions(form, corpus):
    """Say what each single version shows of a form, slot by slot; what shows nothing has no row.

    Columns out: ``message_id, version_id, slot, state, polarity, as_printed, language, original, reason``.
    """
    mentions = _addresses(corpus)
    holds = find_forms(corpus.mentions, corpus.versions, corpus.honorifics).query("form == @form")
    with_form = mentions[mentions["mention_id"].isin(holds["mention_id"])]
    is_epithet = (corpus.honorifics.query("group == @form")["element"] == "epithet").any()
    found = [_found(mention) for mention in with_form.to_dict("records")]
    missed = _missed(corpus, mentions, set(with_form["mention_id"]), is_epithet)
    columns = ["message_id", "version_id", "slot", "state", "polarity", "as_printed", "language", "original", "reason"]
    return pd.DataFrame(found + missed, columns=columns)


def find_salutation_practice(corpus):
    """Count, per publisher and language, the salutation lines printed and those known to have been left out.

    A line is *left out* where a whole, direct version has none although another version of the message has one.

    Columns out: ``publisher, language, printed, left_out``.
    """
    versions = _reliable(corpus.versions)
    lines = _addresses(corpus).query("slot == 'salutation' and frame == 'letter'")
    printed = versions["version_id"].isin(lines["version_id"])
    known = versions["message_id"].isin(lines["message_id"])
    whole = (versions["extent"] == "full") & (versions["speech"] == "direct")
    counts = versions.assign(printed=printed, left_out=whole & known & ~printed)
    return counts.groupby(["publisher", "language"], as_index=False)[["printed", "left_out"]].sum()


def _addresses(corpus):
    """The mentions that honour the recipient, with what their version and message say of them."""
    versions = corpus.versions[["version_id", "message_id", "language", "translation", "extent", "speech"]]
    told = corpus.mentions.merge(versions, on="version_id")
    return told[(told["role"] == "recipient") & (told["slot"] != "")]


def _found(mention):
    """A mention that holds the form: attested in the sender's own words, otherwise only reported."""
    heard = _hearsay(mention)
    state = "reported" if heard else "attested"
    polarity = mention["polarity"] if heard else ""
    return _judgement(mention, mention["slot"], state, polarity, mention["matched"], heard or "the sender's own words")


def _hearsay(mention):
    if mention["basis"] == "statement":
        return "somebody's statement"
    if mention["frame"] != "letter":
        return "indirect speech"
    if mention["translation"] in UNRELIABLE:
        return "a translation of a translation"
    return ""


def _missed(corpus, mentions, with_form, is_epithet):
    """Every slot that a version lets us see and in which the form does not stand."""
    grid = _slots(corpus, mentions, with_form)
    grid["reason"] = _why_seen(grid)
    hidden = is_epithet & (grid["translation"] != "original") & grid["epithet"]
    missed = grid[(grid["reason"] != "") & ~grid["holds"] & ~hidden]
    return [
        _judgement(slot, slot["slot"], "absent", "", slot["as_printed"], slot["reason"])
        for slot in missed.to_dict("records")
    ]


def _slots(corpus, mentions, with_form):
    """A row a reliable version and slot, with what is addressed there in the sender's words."""
    letter = mentions.query("frame == 'letter' and basis != 'statement'")
    # "I wish you good health" has no room for an honorific: a pronoun alone does not show that one is missing.
    named = (letter[["epithet", "solidarity", "courtesy", "title", "name"]] != "").any(axis=1)
    facts = letter.assign(named=named, epithet=letter["epithet"] != "", holds=letter["mention_id"].isin(with_form))
    found = facts.groupby(["version_id", "slot"]).agg(
        named=("named", "any"), epithet=("epithet", "any"), holds=("holds", "any"), as_printed=("matched", "|".join)
    )
    versions = _reliable(corpus.versions)
    versions = versions[versions["message_id"].isin(corpus.messages["message_id"])]
    grid = versions.merge(pd.DataFrame({"slot": SLOTS}), how="cross").merge(found.reset_index(), "left", ["version_id", "slot"])
    grid = grid.fillna({"named": False, "epithet": False, "holds": False, "as_printed": ""})
    practice = find_salutation_practice(corpus)
    keeps = practice[(practice["printed"] > 0) & (practice["left_out"] == 0)][["publisher", "language"]].assign(keeps=True)
    grid = grid.merge(keeps, "left", ["publisher", "language"]).fillna({"keeps": False})
    return grid.astype({"named": bool, "epithet": bool, "holds": bool, "keeps": bool})


def _why_seen(grid):
    """Why each slot counts as seen in its version; empty where it does not."""
    whole = (grid["extent"] == "full") & (grid["speech"] == "direct")
    opening, body = grid["slot"] == "salutation", grid["slot"] == "body"
    reason = pd.Series("", index=grid.index)
    reason = reason.mask(~opening & whole, "the letter is seen whole, in direct speech")
    reason = reason.mask(opening & whole & grid["keeps"], "no salutation line, from an outlet not known to leave one out")
    return reason.mask(~body & grid["named"], "an address is seen in the " + grid["slot"] + ", without it")


def _judgement(record, slot, state, polarity, as_printed, reason):
    return {
        "message_id": record["message_id"], "version_id": record["version_id"], "slot": slot, "state": state,
        "polarity": polarity, "as_printed": as_printed, "language": record["language"],
        "original": record["translation"] == "original", "reason": reason,
    }


def _reliable(versions):
    return versions[~versions["translation"].isin(UNRELIABLE)]
