"""Which measured message is which of the record, and which measured text is which published version."""

import pandas as pd

from comity.errors import CorpusError
from comity.measure.identity import party_key
from comity.measure.occasions import contradict

# A report names the day of sending, of receipt or of publication: two accounts of one message may lie so many days apart.
DAYS_APART = 3

# Two counts of the words of one text differ by no more: end marks and glued words.
WORDS_APART = 5


def rename_people(table: pd.DataFrame, people: pd.DataFrame, columns: tuple[str, ...]) -> pd.DataFrame:
    """The same table with people under the names of the record; several in one cell are joined by ``|``, and nobody is blank.

    >>> people = pd.DataFrame({"person": ["Ann Lee"], "kind": ["name"], "value": ["A. Lee"]})
    >>> rename_people(pd.DataFrame({"sender": ["A. Lee|Bob"]}), people, ("sender",))["sender"].tolist()
    ['Ann Lee|Bob']
    """
    known = people[people["kind"] == "name"].drop_duplicates("value").set_index("value")["person"].to_dict()
    return table.assign(**{
        name: pd.Series(["|".join(known.get(each, each) for each in names.split("|")) for names in table[name].astype("object").fillna("")], table.index, dtype="str")
        for name in columns
    })  # fmt: skip


def match_messages(measured: pd.DataFrame, recorded: pd.DataFrame, given=()) -> dict[str, str]:
    """The record's id of each measured message that it knows.

    A message under an id that the user gives (``given``), and that the record has, is that message. Any other is the nearest in time
    between the same two, within three days, if the two do not contradict each other: where both days are those of sending they are
    equal; both occasions are not stated and different (as far as our lexicon of occasions knows them); and what calls itself an answer
    is one in the record. One message is matched with one, the nearest first; who loses the nearest gets the next.

    Columns in, of both: ``message_id, sender, recipient, date, date_basis, occasion, reply``.
    """
    same = {name: name for name in measured["message_id"] if name in set(given) & set(recorded["message_id"])}
    pairs = _with_parties(measured).merge(_with_parties(recorded), on="parties", suffixes=("", "_recorded"))
    apart = (pairs["date"] - pairs["date_recorded"]).abs().dt.days
    near = pairs.assign(apart=apart)[apart <= DAYS_APART].sort_values(["apart", "message_id", "message_id_recorded"], kind="stable")
    taken = set(same.values())
    for pair in near.itertuples(index=False):
        if pair.message_id not in same and pair.message_id_recorded not in taken and not _contradict(pair):
            same[pair.message_id] = pair.message_id_recorded
            taken.add(pair.message_id_recorded)
    return same


def _with_parties(messages: pd.DataFrame) -> pd.DataFrame:
    """Messages with the key of their sender and recipient, where both are known."""
    parties = [(party_key(one), party_key(two)) for one, two in zip(messages["sender"], messages["recipient"], strict=True)]
    known = pd.Series([all(pair) for pair in parties], messages.index, dtype="bool")
    return messages.assign(parties=pd.Series(parties, messages.index, dtype="object"))[known]


def _contradict(pair) -> bool:
    both_sent = pair.date_basis == pair.date_basis_recorded == "sent" and pair.apart > 0
    no_answer = pair.reply == "yes" and pair.reply_recorded == "no"
    return both_sent or no_answer or contradict(pair.occasion, pair.occasion_recorded)


def match_versions(measured: pd.DataFrame, recorded: pd.DataFrame) -> dict[tuple[str, str], str]:
    """The record's id of each measured text of a message: the version of the same message with the same id, else at the same address.

    Where several versions stand at one address, the one with as many words.
    Columns in: ``message_id, version_id, url, words`` of both, the measured ones under the record's ids of messages.
    Out: the version of the record by message and measured text.
    """
    pairs = measured.merge(recorded, on="message_id", suffixes=("", "_recorded"))
    pairs = pairs.assign(named=pairs["version_id"] == pairs["version_id_recorded"])
    pairs = pairs[pairs["named"] | ((pairs["url"] == pairs["url_recorded"]) & (pairs["url"] != ""))]
    apart = (pairs["words"].astype("float64") - pairs["words_recorded"].astype("float64")).abs().fillna(float("inf"))
    alone = ~pairs.duplicated(["message_id", "url"], keep=False)
    near = pairs.assign(apart=apart)[pairs["named"] | alone | (apart <= WORDS_APART)]
    near = near.sort_values(["named", "apart", "version_id"], ascending=[False, True, True], kind="stable")
    near = near.drop_duplicates(["message_id", "version_id"]).drop_duplicates("version_id_recorded")
    return dict(zip(zip(near["message_id"], near["version_id"], strict=True), near["version_id_recorded"], strict=True))


def refuse_foreign_ids(told: pd.DataFrame, versions: pd.DataFrame) -> None:
    """Raise CorpusError where a text has the id of a version of the record, and tells of other messages only.

    Columns in: ``message_id, version_id`` of both.
    """
    record = versions.set_index("version_id")["message_id"].to_dict()
    messages = told.groupby("version_id", sort=False)["message_id"].agg(list)
    for version, theirs in messages[messages.index.isin(list(record))].items():
        if record[version] not in theirs:
            raise CorpusError(
                f"The text {version!r} has the id of a version of the message {record[version]}, but tells of {', '.join(theirs)}. "
                f"Give it the message_id {record[version]!r} if it is that version, and another version_id if it is not."
            )
