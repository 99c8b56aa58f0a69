"""Which places of a letter a version lets us see: its salutation, its body, its close.

* A salutation or a close is seen where the line is printed and an address with a name or a title stands in it; the close
  also where the letter is whole and in direct speech.
* A body is seen where it is whole and in direct speech. A translation often puts "you" for a title, so a translated body
  needs an address with a name or a title in it.
* A missing salutation line is seen only from outlets that print such lines and are never known to leave one out.
"""

import pandas as pd

SLOTS = ("salutation", "body", "close")

# A mention whose place in the letter was not seen: "closest comrade", quoted by a newspaper.
UNPLACED = "unplaced"

# The slots as a reader of a page knows them.
PLACES = {"salutation": "opening line", "body": "main text", "close": "closing wish", UNPLACED: "not said where"}

# Wording that passed through a third language or a machine is hearsay: it can neither attest nor deny a form.
UNRELIABLE = ("machine", "retranslation")

# So many printed lines, and none left out, before a missing line counts as missing from the letter.
LINES_PRINTED = 3

# "I wish you good health" has no room for an honorific: a pronoun alone does not show that one is missing.
_NAMED = ["epithet", "solidarity", "courtesy", "title", "name"]


def find_salutation_practice(corpus):
    """Count, per publisher and language, the salutation lines printed and those known to have been left out.

    A line is *left out* where a whole, direct version has none although another version of the message has one.

    Columns out: ``publisher, language, printed, left_out``.

    >>> from comity import read_corpus
    >>> practice = find_salutation_practice(read_corpus()).set_index(["publisher", "language"])
    >>> bool(practice.loc[("DPRK", "en"), "left_out"] > 0)
    True
    """
    versions = reliable(corpus.versions)
    printed = versions["salutation"] != ""
    known = versions["message_id"].isin(versions.loc[printed, "message_id"])
    counts = versions.assign(printed=printed, left_out=_whole(versions) & known & ~printed)
    return counts.groupby(["publisher", "language"], as_index=False)[["printed", "left_out"]].sum()


def see_slots(corpus):
    """Say of each slot of each reliable version whether it is seen, and what address stands there.

    Columns out: those of the versions, ``slot, named, epithet`` (whether an address with a name, title or honorific, and
    one with an epithet, stands there), ``as_printed, reason`` (why the slot counts as seen; empty where it does not).
    """
    letter = addresses(corpus).query("frame == 'letter' and basis != 'statement'")
    facts = letter.assign(named=(letter[_NAMED] != "").any(axis=1), epithet=letter["epithet"] != "")
    found = facts.groupby(["version_id", "slot"]).agg(
        named=("named", "any"), epithet=("epithet", "any"), as_printed=("matched", "|".join)
    )
    versions = reliable(corpus.versions)
    versions = versions[versions["message_id"].isin(corpus.messages["message_id"])]
    grid = versions.merge(pd.DataFrame({"slot": SLOTS}), how="cross").merge(found.reset_index(), "left", ["version_id", "slot"])
    grid = grid.merge(find_keepers(corpus), "left", ["publisher", "language"])
    grid = grid.fillna({"named": False, "epithet": False, "keeps": False, "as_printed": ""})
    grid = grid.astype({"named": bool, "epithet": bool, "keeps": bool})
    return grid.assign(reason=_why_seen(grid)).drop(columns="keeps")


def addresses(corpus):
    """The mentions that honour the recipient, with what their version and message say of them."""
    versions = corpus.versions[["version_id", "message_id", "language", "translation", "extent", "speech"]]
    told = corpus.mentions.merge(versions, on="version_id")
    return told[(told["role"] == "recipient") & told["frame"].isin(["letter", "reported"])]


def reliable(versions):
    """The versions whose wording is nobody's second guess."""
    return versions[is_reliable(versions)]


def is_reliable(versions):
    """Whether the wording of each version can be relied on: neither a machine's nor a translation of a translation."""
    return ~versions["translation"].isin(UNRELIABLE)


def find_keepers(corpus):
    """The publishers and languages that print every salutation line, as far as is known: ``publisher, language, keeps``.

    A text of an unknown publisher tells nothing of its practice.
    """
    practice = find_salutation_practice(corpus)
    keeps = practice[(practice["printed"] >= LINES_PRINTED) & (practice["left_out"] == 0) & (practice["publisher"] != "")]
    return keeps[["publisher", "language"]].assign(keeps=True)


def _why_seen(grid):
    whole, original = _whole(grid), grid["translation"] == "original"
    opening, body, close = (grid["slot"] == slot for slot in SLOTS)
    line = (opening & (grid["salutation"] != "")) | (close & (grid["valediction"] != ""))
    reason = pd.Series("", index=grid.index)
    reason = reason.mask(whole & (close | (body & (original | grid["named"]))), "the letter is seen whole, in direct speech")
    reason = reason.mask(opening & whole & grid["keeps"], "no salutation line, from an outlet not known to leave one out")
    return reason.mask(line & grid["named"], "an address is seen in the " + grid["slot"] + ", without it")


def _whole(versions):
    return (versions["extent"] == "full") & (versions["speech"] == "direct")
