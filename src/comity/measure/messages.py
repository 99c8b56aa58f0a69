"""Which messages texts tell of: their identifiers, their days, what they were sent for."""

from collections import Counter
from urllib.parse import urlsplit

import pandas as pd

from comity.measure.dates import find_date
from comity.measure.identity import Telling, group_tellings, slug
from comity.measure.occasions import NOT_STATED, find_occasions
from comity.style.tokens import find_tokens

MESSAGE_COLUMNS = ["message_id", "sender", "recipient", "date", "date_basis", "occasion", "reply", "versions"]
LONGEST_NAME = 48
UNDATED, UNKNOWN = "undated", "unknown"

# On what a day may rest, the best first.
BASES = ("sent", "received", "published", "")

# A text tells of a message: these three together.
KEYS = ["version_id", "sender", "recipient"]


def find_messages(frames: pd.DataFrame, texts: pd.DataFrame, extents: pd.Series) -> tuple[pd.Series, pd.DataFrame]:
    """Find the messages of which texts tell, and of each sentence which one it is about (blank: none).

    Which texts are versions of one message: see `comity.measure.identity.group_tellings`. A message has the id that the user gives
    it, or one of sender, recipient and day, with a number where that stands for another already.

    Columns in: ``frames`` as `split_frames` gives them; ``texts`` as `check_texts` gives them; ``extents`` by text, sender and recipient.
    Out: the ids, on the index of the frames; and the messages by date, columns as in `measure_texts`.
    """
    tellings = _tellings(frames, texts, extents)
    ids, rows, taken = {}, [], {telling.given for telling in tellings}
    for group in group_tellings(tellings):
        facts = _facts(group)
        name = next(filter(None, (telling.given for telling in group)), None) or free_id(_base(*facts[:3]), taken)
        taken.add(name)
        ids |= {(telling.version, telling.sender, telling.recipient): name for telling in group}
        rows.append((name, *facts, len({telling.version for telling in group})))
    about = [ids.get(key, "") for key in zip(*(frames[name] for name in KEYS), strict=True)]
    messages = pd.DataFrame(rows, columns=MESSAGE_COLUMNS).sort_values(["date", "message_id"], ignore_index=True)
    return pd.Series(about, index=frames.index, dtype="str"), messages


def free_id(base: str, taken) -> str:
    """The name, with the first number that makes it nobody else's.

    >>> free_id("a", {"a", "a-2"})
    'a-3'
    """
    number, name = 1, base
    while name in taken:
        number += 1
        name = f"{base}-{number}"
    return name


def _base(sender: str, recipient: str, day) -> str:
    """The first sender, the first recipient and the day, as an identifier."""
    names = [slug(names.split("|")[0])[:LONGEST_NAME].strip("-") or UNKNOWN for names in (sender, recipient)]
    return "-".join([*names, UNDATED if pd.isna(day) else day.isoformat()])


def _facts(group: list[Telling]) -> tuple:
    """What is known of a message: whose it is, its day by the best authority, its occasion and whether it is an answer, if any text says so."""
    whose = min(group, key=lambda telling: (not telling.sender) + (not telling.recipient))
    dated = min(group, key=lambda telling: BASES.index(telling.basis))
    occasion = next((telling.occasion for telling in group if telling.occasion != NOT_STATED), NOT_STATED)
    reply = "yes" if any(telling.reply for telling in group) else "no"
    return whose.sender, whose.recipient, dated.day or pd.NaT, dated.basis, occasion, reply


def _tellings(frames: pd.DataFrame, texts: pd.DataFrame, extents: pd.Series) -> list[Telling]:
    about = {text.version_id: text for text in texts.itertuples(index=False)}
    keys = list(zip(*(frames[name] for name in KEYS), strict=True))
    # The message that a text is about comes first; a text that names nobody may have an id all the same.
    first = {}
    for key in sorted(dict.fromkeys(keys), key=lambda key: not any(key[1:])):
        first.setdefault(key[0], key)
    given = {key: about[version].message_id for version, key in first.items()}
    told = [key for key in dict.fromkeys(keys) if any(key[1:]) or given.get(key)]
    numbers = {key: str(number) for number, key in enumerate(told)}
    occasions = find_occasions(frames.assign(message_id=[numbers.get(key, "") for key in keys])).set_index("message_id")
    letters = frames[frames["part"] == "text"].groupby("version_id")["frame"].agg(lambda voices: set(voices) == {"letter"})
    words = frames[frames["frame"] == "letter"].groupby(KEYS)["sentence"].agg(lambda said: Counter(find_tokens(" ".join(said)))).to_dict()
    days = _days(frames, letters)
    return [
        Telling(
            number, *key, given.get(key, ""), *days[key], occasions.at[numbers[key], "occasion"], occasions.at[numbers[key], "reply"] == "yes",
            letter := bool(letters.get(key[0], False)), extents.get(key) == "full", about[key[0]].language == "en" and not letter,
            _source(about[key[0]]), words.get(key, Counter()),
        )
        for number, key in enumerate(told)
    ]  # fmt: skip


def _source(text) -> tuple:
    return text.language, urlsplit(text.url).netloc, text.publisher, text.translation


def _days(frames: pd.DataFrame, letters: pd.Series) -> dict[tuple, tuple]:
    """The day of each message of each text, and on what it rests: of a letter itself the day of the text; else from the first
    sentence that tells of it."""
    days = {}
    for row in frames[frames["part"] == "text"].itertuples():
        key = row.version_id, row.sender, row.recipient
        if key not in days and letters[row.version_id]:
            days[key] = (row.date, "sent") if row.date else (None, "")
        elif key not in days:
            days[key] = find_date(row.sentence.partition(") --")[2] or row.sentence, row.date)
    for row in frames[frames["part"] == "headline"].itertuples():
        days.setdefault((row.version_id, row.sender, row.recipient), (row.date, "published") if row.date else (None, ""))
    return days
