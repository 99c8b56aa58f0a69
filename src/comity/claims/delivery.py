"""Claims about how a message was delivered, and whether that was disclosed."""

from comity.claims.finding import Finding, day


def judge_delivery(claim, record):
    """Disclosed: a version of every message named tells of the delivery. That none tells of it of others does not show that none did."""
    told = record.corpus.deliveries.merge(record.corpus.versions[["version_id", "message_id", "outlet"]], on="version_id")
    messages = claim["messages"].split("|")
    found = told[told["message_id"].isin(messages)]
    without = [message for message in messages if message not in set(found["message_id"])]
    because = _reported([message for message in messages if message not in without], record, "a version reports")
    before = told[told["message_id"] == claim["compared_with"]]
    earlier = [claim["compared_with"]] if claim["compared_with"] else []
    known = _reported(without, record, "none that is held reports"), _reported(earlier, record, "a version reports" if len(before) else "none that is held reports")
    verdict = "cannot be seen" if without else "does not hold" if len(before) else "holds in part" if earlier else "holds"
    passages = tuple(f"{what} ({outlet})" for what, outlet in zip(found["what"], found["outlet"], strict=True))
    because = "; ".join(filter(None, [because, *known]))
    return Finding(verdict, because, "|".join(found["version_id"]), passages, "all that state media published of the earlier messages")


def _reported(messages, record, how):
    """What is reported, or not, of the delivery of these messages; blank where there are none."""
    days = [day(record.message(message)["date"].iloc[0]) for message in sorted(messages)]
    return f"{how} how the message{'s' * (len(days) > 1)} of {' and '.join(days)} {'were' if len(days) > 1 else 'was'} delivered" if days else ""
