"""Claims about a day or an occasion: the record says the same, another, or nothing."""

import pandas as pd

from comity.claims.finding import Finding, day
from comity.rounding import ending

_OTHER = "a source that states another day or occasion"
_STATED = "a version that states it"
_AS = {"sent": "the day sent", "published": "a day of publication"}


def judge_date(claim, record):
    """A day sent, a day published, or which anniversary."""
    corpus = record.corpus
    if claim["form"].startswith("published by "):
        return _judge_published(claim, corpus)
    recorded = [_recorded(message, claim["form"], record) for message in claim["messages"].split("|")]
    if not all(recorded):
        return Finding("cannot be seen", "the record does not state it", would_change=_STATED)
    because = f"the record has {_listed(recorded, claim['form'])}"
    agrees = all(claim["expected"] in values for values in recorded)
    return Finding("holds" if agrees else "does not hold", because, would_change=_OTHER)


def _judge_published(claim, corpus):
    """The day on which one publisher published: by its own versions, or in part by what others carry of it."""
    publisher = claim["form"].removeprefix("published by ")
    if publisher not in set(corpus.versions["publisher"]):
        return Finding("not checked", f"the record has no publisher “{publisher}”; it has {', '.join(sorted(filter(None, set(corpus.versions['publisher']))))}")
    versions = corpus.versions[corpus.versions["message_id"] == claim["messages"]]
    that_day = versions[versions["date_published"].astype(str) == claim["expected"]]
    own = versions[(versions["publisher"] == publisher) & versions["date_published"].notna()]
    if own["date_published"].astype(str).eq(claim["expected"]).any():
        mine = that_day[that_day["publisher"] == publisher]
        return Finding("holds", f"{len(mine)} of the versions of {publisher} are of that day", "|".join(mine["version_id"]), would_change=_OTHER)
    if len(own):
        days = ", ".join(map(day, sorted(set(own["date_published"]))))
        return Finding("does not hold", f"the versions of {publisher} are of {days}", "|".join(own["version_id"]), would_change=_OTHER)
    because = f"no dated version of {publisher} is held; {len(that_day)} versions of others are of that day"
    verdict = "holds in part" if len(that_day) else "cannot be seen"
    return Finding(verdict, because, "|".join(that_day["version_id"]), would_change=f"a dated version of {publisher}")


def _recorded(message_id, asked, record):
    """What the record holds of a message's day sent, days published, occasion, or the count of the occasion."""
    message = record.message(message_id).iloc[0]
    if asked == "sent":
        return set() if pd.isna(message["date_sent"]) else {f"{message['date_sent']:%Y-%m-%d}"}
    if asked == "published":
        versions = record.corpus.versions
        days = versions.loc[versions["message_id"] == message_id, "date_published"].dropna()
        return set(days.dt.strftime("%Y-%m-%d"))
    if asked != message["occasion"]:  # another occasion, or which occasion it was
        return {message["occasion"]}
    return {str(message["occasion_count"])} if pd.notna(message["occasion_count"]) else set()


def _listed(recorded, asked):
    """What the record has of each message, said once where all have the same."""
    said = [" or ".join(_worded(value, asked) for value in sorted(values)) for values in recorded]
    same = len(said) > 1 and len(set(said)) == 1
    return f"for each of the {len(said)} messages {said[0]}" if same else "; ".join(said)


def _worded(value, asked):
    if value.isdecimal():
        return f"{asked} ({value}{ending(int(value))})"
    return f"{day(value)} as {_AS[asked]}" if asked in _AS else value
