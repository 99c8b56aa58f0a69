"""What others assert about the messages, each claim against the record. No verdict is typed: each follows from tables."""

from dataclasses import replace

import pandas as pd

from comity.evidence import find_evidence, joined, summarise_evidence
from comity.lengths import compare_lengths
from comity.slots import PLACES

VERDICTS = ("holds", "holds in part", "does not hold", "cannot be seen", "not checked")


def check_claims(claims, corpus):
    """Give each claim its verdict and the measurement behind it.

    Claims about a form of address (present, dropped, first used), a date or a length are checked against the record; the
    others are *not checked*, with the reason. A form known only from hearsay makes a claim hold *in part*.

    Columns in: ``claims`` as in ``claims.csv``. Columns out: ``claim_id, articles, claim, verdict, because, versions``;
    one row a claim, in the order given.

    >>> from comity import read_corpus
    >>> corpus = read_corpus()
    >>> verdicts = check_claims(corpus.claims, corpus).set_index("claim_id")["verdict"]
    >>> verdicts["C01"]
    'holds'
    """
    judges = {
        "form present": _judge_present,
        "form dropped": _judge_dropped,
        "form first used": _judge_first,
        "date": _judge_date,
        "length": _judge_length,
    }
    rows = []
    for claim in claims.to_dict("records"):
        judge = judges.get(claim["shown_by"], _not_checked)
        judge = judge if claim["testable"] == "yes" else _not_checked
        verdict, because, versions = judge(claim, corpus)
        found = {"verdict": verdict, "because": because, "versions": joined([versions])}
        rows.append({key: claim[key] for key in ("claim_id", "articles", "claim")} | found)
    return pd.DataFrame(rows, columns=["claim_id", "articles", "claim", "verdict", "because", "versions"])


def _not_checked(claim, _corpus):
    if claim["testable"] != "yes":
        return "not checked", claim["reason"], ""
    return "not checked", f"claims of the kind “{claim['shown_by']}” are not checked yet", ""


def _judge_present(claim, corpus):
    """Present: every form of the claim in every message named; as seen as the least seen of them."""
    pairs = [(message, form) for message in claim["messages"].split("|") for form in claim["form"].split("|")]
    found = [_look(message, form, claim["slot"], corpus) for message, form in pairs]
    verdicts = [_PRESENT.get((state["state"], state["polarity"]), "cannot be seen") for state in found]
    worst = max(verdicts, key=("holds", "holds in part", "cannot be seen", "does not hold").index)
    return worst, "; ".join(map(_in_words, found)), "|".join(state["versions"] for state in found)


# What is only said to be missing, or disputed, cannot be seen: hearsay supports a claim in part and refutes none.
_PRESENT = {("attested", ""): "holds", ("reported", "present"): "holds in part", ("absent", ""): "does not hold"}


def _judge_dropped(claim, corpus):
    """Dropped: in the earlier message, and not in this one. Where others stand between, it fell earlier than said."""
    before, after = (_look(claim[which], claim["form"], claim["slot"], corpus) for which in ("compared_with", "messages"))
    because = f"{_in_words(before)}; {_in_words(after)}"
    versions = f"{before['versions']}|{after['versions']}"
    if after["state"] == "attested" or before["state"] == "absent":
        return "does not hold", because, versions
    if before["state"] != "attested" or (after["state"], after["polarity"]) not in (("absent", ""), ("reported", "absent")):
        return "cannot be seen", because, versions
    between = _last_between(before, after, claim, corpus)
    if between is not None:
        because += f"; between them letters have it, last on {_day(between)}"
    entire = after["state"] == "absent" and between is None
    return ("holds" if entire else "holds in part"), because, versions


def _judge_first(claim, corpus):
    """First used: in this message, and in none before it. Letters that could not be seen leave it open in part."""
    this = _look(claim["messages"], claim["form"], claim["slot"], corpus)
    if this["state"] != "attested":
        return _PRESENT.get((this["state"], this["polarity"]), "cannot be seen"), _in_words(this), this["versions"]
    states = find_evidence(claim["form"], corpus, sender=this["sender"], recipient=this["recipient"])
    before = summarise_evidence(states[states["date"] < this["date"]])
    had = before[before["state"] == "attested"]
    if len(had):
        return "does not hold", f"{_in_words(this)}; letters have it before, first on {_day(had['date'].min())}", "|".join(had["versions"])
    unseen = int((before["state"] != "absent").sum())
    because = f"{_in_words(this)}; of {len(before)} letters before, {unseen} do not let us see whether they had it"
    return ("holds in part" if unseen else "holds"), because, this["versions"]


def _last_between(before, after, claim, corpus):
    """The last letter between the two that still has the form, or None."""
    states = find_evidence(claim["form"], corpus, sender=after["sender"], recipient=after["recipient"])
    later = states[(states["date"] > before["date"]) & (states["date"] < after["date"]) & (states["state"] == "attested")]
    return None if later.empty else later["date"].max()


def _look(message_id, form, slot, corpus):
    """The state of a form in one message: in one slot, or in the message as a whole."""
    message = corpus.messages[corpus.messages["message_id"] == message_id]
    states = find_evidence(form, replace(corpus, messages=message))
    state = states[states["slot"] == slot] if slot else summarise_evidence(states)
    return state.iloc[0].to_dict() | {"form": form}


def _in_words(state):
    """One state as a reader can use it: what, when, and where it was missed."""
    absent = [PLACES[slot] for slot in state.get("absent_slots", "").split("|") if slot]
    where = f", seen to be missing from {' and '.join(absent)}" if absent and state["state"] != "attested" else ""
    return f"“{state['form']}” on {_day(state['date'])}: {_SAID[state['state'], state['polarity']]}{where}"


_SAID = {
    ("attested", ""): "there, in direct speech", ("absent", ""): "missing", ("not observable", ""): "could not be seen",
    ("reported", "present"): "said to be there", ("reported", "absent"): "said to be missing",
    ("reported", "disputed"): "said to be there and said to be missing",
}  # fmt: skip


def _day(date):
    """A day as people write it; other values as they are."""
    try:
        return f"{pd.Timestamp(date):%-d %B %Y}"
    except ValueError:
        return str(date)


def _judge_date(claim, corpus):
    """A day sent, a day published, or which anniversary: the record says the same, another, or nothing."""
    if claim["form"].startswith("published by "):
        return _judge_published(claim, corpus)
    recorded = [_recorded(message, claim["form"], corpus) for message in claim["messages"].split("|")]
    known = [values for values in recorded if values]
    if len(known) < len(recorded):
        return "cannot be seen", "the record does not state it", ""
    because = "the record has " + "; ".join(" or ".join(map(_worded, sorted(values))) for values in recorded)
    agrees = all(claim["expected"] in values for values in recorded)
    return ("holds" if agrees else "does not hold"), because, ""


def _judge_published(claim, corpus):
    """The day on which one publisher published: by its own versions, or in part by what others carry of it."""
    publisher = claim["form"].removeprefix("published by ")
    versions = corpus.versions[corpus.versions["message_id"] == claim["messages"]]
    that_day = versions[versions["date_published"].astype(str) == claim["expected"]]
    own = versions[(versions["publisher"] == publisher) & versions["date_published"].notna()]
    if own["date_published"].astype(str).eq(claim["expected"]).any():
        mine = that_day[that_day["publisher"] == publisher]
        return "holds", f"{len(mine)} of the versions of {publisher} are of that day", "|".join(mine["version_id"])
    if len(own):
        days = ", ".join(map(_day, sorted(set(own["date_published"]))))
        return "does not hold", f"the versions of {publisher} are of {days}", "|".join(own["version_id"])
    because = f"no dated version of {publisher} is held; {len(that_day)} versions of others are of that day"
    return ("holds in part" if len(that_day) else "cannot be seen"), because, "|".join(that_day["version_id"])


def _recorded(message_id, asked, corpus):
    """What the record holds of a message's day sent, days published, occasion, or the count of the occasion."""
    message = corpus.messages[corpus.messages["message_id"] == message_id].iloc[0]
    if asked == "sent":
        return set() if pd.isna(message["date_sent"]) else {f"{message['date_sent']:%Y-%m-%d}"}
    if asked == "published":
        days = corpus.versions.loc[corpus.versions["message_id"] == message_id, "date_published"].dropna()
        return set(days.dt.strftime("%Y-%m-%d"))
    if asked != message["occasion"]:  # another occasion, or which occasion it was
        return {message["occasion"]}
    return {str(message["occasion_count"])} if pd.notna(message["occasion_count"]) else set()


def _worded(value):
    return _day(value) if "-" in value else value


# Which relations of two versions agree with a claim, and which refute it; "at most as long" does neither for "shorter".
_LENGTHS = {
    "shorter": (["shorter"], ["longer", "equal", "at least as long"]),
    "longer": (["longer"], ["shorter", "equal", "at most as long"]),
}


def _judge_length(claim, corpus):
    """Shorter or longer, if any two versions can be compared; otherwise it cannot be seen, and why."""
    if claim["expected"] not in _LENGTHS:
        return "not checked", f"a claim about length expects {' or '.join(_LENGTHS)}, not “{claim['expected']}”", ""
    pairs = compare_lengths(claim["compared_with"], claim["messages"], corpus)
    agree, refute = (pairs["relation"].isin(relations) for relations in _LENGTHS[claim["expected"]])
    known = pairs[agree | refute]
    if known.empty:
        reasons = pairs["reason"].str.split(":").str[0].value_counts()
        counted = ", ".join(f"{n} for {reason}" for reason, n in reasons.items())
        return "cannot be seen", f"none of the {len(pairs)} pairs of versions decides it: {counted}", ""
    verdict = "does not hold" if not agree.any() else "holds in part" if refute.any() else "holds"
    versions = pd.concat([known["earlier_version"], known["later_version"]]).drop_duplicates()
    return verdict, "; ".join(known["relation"] + ": " + known["reason"]), "|".join(versions)
