"""Which measured message is which of the record, and which measured text is which published version."""

import pandas as pd

# A report names the day of sending, of receipt or of publication: two accounts of one message may lie so many days apart.
DAYS_APART = 3

# Two counts of the words of one text differ by no more: end marks and glued words.
WORDS_APART = 5


def rename_people(table: pd.DataFrame, people: pd.DataFrame, columns: tuple[str, ...]) -> pd.DataFrame:
    """The same table with people under the names of the record; several in one cell are joined by ``|``.

    >>> people = pd.DataFrame({"person": ["Ann Lee"], "kind": ["name"], "value": ["A. Lee"]})
    >>> rename_people(pd.DataFrame({"sender": ["A. Lee|Bob"]}), people, ("sender",))["sender"].tolist()
    ['Ann Lee|Bob']
    """
    known = people[people["kind"] == "name"].drop_duplicates("value").set_index("value")["person"].to_dict()
    return table.assign(**{
        name: table[name].map(lambda names: "|".join(known.get(each, each) for each in names.split("|"))).astype("str") for name in columns
    })  # fmt: skip


def match_messages(measured: pd.DataFrame, recorded: pd.DataFrame) -> dict[str, str]:
    """The record's id of each measured message that it knows: the nearest in time between the same two, within three days.

    Columns in, of both: ``message_id, sender, recipient, date``.
    """
    pairs = measured.merge(recorded, on=["sender", "recipient"], suffixes=("", "_recorded"))
    apart = (pairs["date"] - pairs["date_recorded"]).abs().dt.days
    near = pairs.assign(apart=apart)[apart <= DAYS_APART].sort_values(["apart", "message_id"], kind="stable")
    near = near.drop_duplicates("message_id").drop_duplicates("message_id_recorded")
    return dict(zip(near["message_id"], near["message_id_recorded"], strict=True))


def match_versions(measured: pd.DataFrame, recorded: pd.DataFrame) -> dict[tuple[str, str], str]:
    """The record's id of each measured text of a message: the version of the same message at the same address.

    Where several versions stand at one address, the one with as many words.
    Columns in: ``message_id, version_id, url, words`` of both, the measured ones under the record's ids of messages.
    Out: the version of the record by message and measured text.
    """
    pairs = measured.merge(recorded, on=["message_id", "url"], suffixes=("", "_recorded"))
    pairs = pairs[pairs["url"] != ""]
    apart = (pairs["words"] - pairs["words_recorded"].astype("float64")).abs().fillna(float("inf"))
    alone = ~pairs.duplicated(["message_id", "url"], keep=False)
    near = pairs.assign(apart=apart)[alone | (apart <= WORDS_APART)].sort_values(["apart", "version_id"], kind="stable")
    near = near.drop_duplicates(["message_id", "version_id"]).drop_duplicates("version_id_recorded")
    return dict(zip(zip(near["message_id"], near["version_id"], strict=True), near["version_id_recorded"], strict=True))
