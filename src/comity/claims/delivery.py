"""Claims about how a message was delivered, and whether that was disclosed."""

from comity.claims.finding import Finding, day


def judge_delivery(claim, record):
    """Disclosed: a version of every message named tells of the delivery. That none tells of it of others does not show that none did."""
    told = record.corpus.deliveries.merge(record.corpus.versions[["version_id", "message_id", "outlet"]], on="version_id")
    messages = claim["messages"].split("|")
    found = told[told["message_id"].isin(messages)]
    with_it = found["message_id"].nunique()
    because = f"a version tells of the delivery of {with_it} of {len(messages)} messages"
    before = told[told["message_id"] == claim["compared_with"]]
    if claim["compared_with"]:
        because += f"; of that of {day(record.message(claim['compared_with'])['date'].iloc[0])} {len(before) or 'none'} that is held"
    verdict = "cannot be seen" if with_it < len(messages) else "does not hold" if len(before) else "holds in part" if claim["compared_with"] else "holds"
    passages = tuple(f"{what} ({outlet})" for what, outlet in zip(found["what"], found["outlet"], strict=True))
    return Finding(verdict, because, "|".join(found["version_id"]), passages, "all that state media published of the earlier messages")
