"""How much of each message can we see at all? Its versions, and the best of them."""

import pandas as pd

from comity.slots import is_reliable

# From most to least of a message seen.
SEEN = ("whole letter", "whole, but retold", "in part", "only known to exist")


def measure_record(corpus):
    """Say of each message how many versions are held, in which languages, and how much of it the best one shows.

    ``seen`` is *whole letter* (a version is whole and in direct speech), *whole, but retold* (whole, but at least partly in
    indirect speech), *in part* (opened, excerpted or summarised) or *only known to exist*.

    Columns out: ``message_id, date, sender, recipient, occasion, versions`` (how many), ``languages`` (joined by
    ``|``), ``salutation_seen`` (whether a version that can be trusted with its words shows the salutation line),
    ``seen``; one row a message, by date.

    >>> from comity import read_corpus
    >>> record = measure_record(read_corpus())
    >>> len(record), record["versions"].sum()
    (120, np.int64(353))
    """
    versions = corpus.versions.assign(seen=rank_seen(corpus.versions))
    by_message = versions.groupby("message_id")
    trusted = (versions["salutation"] != "") & is_reliable(versions)
    facts = pd.DataFrame({
        "versions": by_message.size(),
        "languages": by_message["language"].agg(lambda codes: "|".join(sorted(set(codes)))),
        "salutation_seen": trusted.groupby(corpus.versions["message_id"]).any(),
        "seen": by_message["seen"].min().map(dict(enumerate(SEEN))),
    })
    columns = ["message_id", "date", "sender", "recipient", "occasion"]
    return corpus.messages[columns].sort_values(["date", "message_id"]).merge(facts, on="message_id")


def known_date(date, basis):
    """The date as it is known: a day, or, where ``basis`` is *month*, the month alone (a Period).

    >>> known_date(pd.Timestamp("2021-07-01"), "month"), known_date(pd.Timestamp("2024-10-06"), "sent")
    (Period('2021-07', 'M'), Timestamp('2024-10-06 00:00:00'))
    """
    return pd.Period(date, "M") if basis == "month" and not pd.isna(date) else date


def rank_seen(versions):
    """The index into SEEN of each version: what a reader of it sees of the letter."""
    whole = (versions["extent"] == "full") & is_reliable(versions)
    level = pd.Series(2, index=versions.index)
    level = level.mask(versions["extent"].isin(["mention", "unknown"]), 3)
    return level.mask(whole, 1).mask(whole & (versions["speech"] == "direct"), 0)
