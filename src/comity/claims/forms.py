"""Claims about a form of address: it is there, it was dropped, it is used for the first time."""

from comity.claims.finding import Finding, day, quoted
from comity.evidence import between, summarise_evidence
from comity.slots import PLACES

# What is only said to be missing, or disputed, cannot be seen: hearsay supports a claim in part and refutes none.
_PRESENT = {("attested", ""): "holds", ("reported", "present"): "holds in part", ("absent", ""): "does not hold"}

_SAID = {
    ("attested", ""): "there, in direct speech", ("absent", ""): "missing", ("not observable", ""): "could not be seen",
    ("reported", "present"): "said to be there", ("reported", "absent"): "said to be missing",
    ("reported", "disputed"): "said to be there and said to be missing",
}  # fmt: skip

_WORST = ("holds", "holds in part", "cannot be seen", "does not hold")


def judge_present(claim, record):
    """Present: every form of the claim in every message named; as seen as the least seen of them."""
    pairs = [(message, form) for message in claim["messages"].split("|") for form in claim["form"].split("|")]
    found = [_look(message, form, claim["slot"], record) for message, form in pairs]
    verdicts = [_PRESENT.get((state["state"], state["polarity"]), "cannot be seen") for state in found]
    worst = max(verdicts, key=_WORST.index)
    change = {
        "holds": "a version nearer to the original that has another word in its place",
        "holds in part": "the letter's own words, in direct speech, in the place where the form would stand",
        "does not hold": "a version that has the form",
        "cannot be seen": "the letter's own words, in direct speech, in the place where the form would stand",
    }  # fmt: skip
    return _finding(worst, "; ".join(map(_in_words, found)), found, record, change[worst])


def judge_dropped(claim, record):
    """Dropped: in the earlier message, and not in this one. Where others stand between, it fell earlier than said."""
    before, after = (_look(claim[which], claim["form"], claim["slot"], record) for which in ("compared_with", "messages"))
    because, sides = f"{_in_words(before)}; {_in_words(after)}", (before, after)
    if after["state"] == "attested" or before["state"] == "absent":
        change = "later letter nearer to the original, without" if after["state"] == "attested" else "earlier letter that has"
        return _finding("does not hold", because, sides, record, f"a version of the {change} the form")
    if before["state"] != "attested" or (after["state"], after["polarity"]) not in (("absent", ""), ("reported", "absent")):
        return _finding("cannot be seen", because, sides, record, "the same place of both letters, in direct speech")
    later = _last_between(before, after, record)
    if later is not None:
        because += f"; between them letters have it, last on {day(later)}"
    entire = after["state"] == "absent" and later is None
    change = "a version of the later letter that has the form" if after["state"] == "absent" else (
        "the opening line of the later letter: with the form, the claim falls; without it, it is seen and no longer only said"
    )  # fmt: skip
    return _finding("holds" if entire else "holds in part", because, sides, record, change)


def judge_first(claim, record):
    """First used: in this message, and in none before it. Letters that could not be seen leave it open, or open in part."""
    this = _look(claim["messages"], claim["form"], claim["slot"], record)
    if this["state"] != "attested":
        verdict = _PRESENT.get((this["state"], this["polarity"]), "cannot be seen")
        return _finding(verdict, _in_words(this), [this], record, "a version of this letter that has the form, in direct speech")
    states = _all_states(this, record)
    before = summarise_evidence(states[states["date"] < this["date"]])
    had = before[before["state"] == "attested"]
    if len(had):
        because = f"{_in_words(this)}; letters have it before, first on {day(had['date'].min())}"
        earlier = [_look(message, this["form"], "", record) for message in had["message_id"]]
        return _finding("does not hold", because, earlier, record, "nothing short of an error in those versions")
    if before.empty:
        return _finding("cannot be seen", f"{_in_words(this)}; no letter before it is known", [this], record, "an earlier letter, seen whole")
    unseen = int((before["state"] != "absent").sum())
    because = f"{_in_words(this)}; of {len(before)} letters before, {unseen} do not let us see whether they had it"
    verdict = "holds" if not unseen else "cannot be seen" if unseen == len(before) else "holds in part"
    return _finding(verdict, because, [this], record, "an earlier letter that has the form")


def _last_between(before, after, record):
    """The last letter between the two that still has the form, or None."""
    states = _all_states(after, record)
    later = states[(states["date"] > before["date"]) & (states["date"] < after["date"]) & (states["state"] == "attested")]
    return None if later.empty else later["date"].max()


def _all_states(state, record):
    return record.states(state["form"], between(record.corpus.messages, state["sender"], state["recipient"]))


def _look(message_id, form, slot, record):
    """The state of a form in one message: in one slot, or in the message as a whole."""
    states = record.states(form, record.message(message_id))
    state = states[states["slot"] == slot] if slot else summarise_evidence(states)
    printed = states.loc[states["as_printed"] != "", "as_printed"]
    return state.iloc[0].to_dict() | {"form": form, "as_printed": "|".join(printed)}


def _in_words(state):
    """One state as a reader can use it: what, when, and where it was missed."""
    absent = [PLACES[slot] for slot in state.get("absent_slots", "").split("|") if slot]
    where = f", seen to be missing from {' and '.join(absent)}" if absent and state["state"] != "attested" else ""
    return f"“{state['form']}” on {day(state['date'])}: {_SAID[state['state'], state['polarity']]}{where}"


def _finding(verdict, because, states, record, would_change):
    versions = "|".join(state["versions"] for state in states)
    return Finding(verdict, because, versions, _passages(versions, states, record), would_change)


def _passages(versions, states, record):
    """The words that show the states, each version once."""
    printed = {words for state in states for words in state.get("as_printed", "").split("|") if words}
    mentions = record.corpus.mentions
    shown = mentions[mentions["version_id"].isin(versions.split("|")) & mentions["matched"].isin(printed)]
    outlets = record.corpus.versions.set_index("version_id")["outlet"]
    outlet = shown["version_id"].map(outlets).where(shown["basis"] != "statement", "says " + shown["version_id"].map(outlets))
    return tuple(quoted(words, where) for words, where in zip(shown["matched"], outlet, strict=True))
