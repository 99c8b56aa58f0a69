"""Which messages texts tell of: their identifiers, their days, what they were sent for."""

from typing import NamedTuple
from urllib.parse import urlsplit

import pandas as pd

from comity.corpus.identifiers import FreeIds
from comity.measure.dates import find_date
from comity.measure.identity import Telling, group_tellings, slug
from comity.measure.occasions import FIRST, NOT_STATED, name_occasion

MESSAGE_COLUMNS = ["message_id", "sender", "recipient", "date", "date_basis", "occasion", "reply", "versions"]
LONGEST_NAME = 48
UNDATED, UNKNOWN = "undated", "unknown"

# On what a day may rest, the best first.
BASES = ("sent", "received", "published", "")

# A text tells of a message: these three together.
KEYS = ["version_id", "sender", "recipient"]


def find_messages(tellings: list[Telling]) -> tuple[dict[int, str], pd.DataFrame]:
    """Find the messages of which texts tell: the id of each by the number of the telling, and the messages by date, columns as in `measure_texts`.

    Which texts are versions of one message: see `comity.measure.identity.group_tellings`. A message has the id that the user gives
    it, or one of sender, recipient and day, with a number where that stands for another already.
    """
    ids, rows, taken = {}, [], {telling.given for telling in tellings}
    free = FreeIds(taken)
    for group in group_tellings(tellings):
        given, base, *facts = describe_message(group)
        name = given or free.of(base)
        taken.add(name)
        ids |= {telling.number: name for telling in group}
        rows.append((name, *facts))
    messages = pd.DataFrame(rows, columns=MESSAGE_COLUMNS).sort_values(["date", "message_id"], ignore_index=True)
    return ids, messages


def mark_sentences(frames: pd.DataFrame, tellings: list[Telling], ids: dict[int, str]) -> pd.Series:
    """Of each sentence the id of the message that it is about, by the number of the telling; blank where it is about none."""
    known = {(telling.version, telling.sender, telling.recipient): ids[telling.number] for telling in tellings}
    about = [known.get(key, "") for key in zip(*(frames[name].to_numpy(dtype=object) for name in KEYS), strict=True)]
    return pd.Series(about, index=frames.index, dtype="str")


def describe_message(group: list[Telling]) -> tuple:
    """What is known of a message: the id that the user gives it (blank: none), the one that it would have else, and a row of the table of
    messages without its id. It is whose, and of the day and occasion, that any text says, by the best authority."""
    given = next(filter(None, (telling.given for telling in group)), "")
    whose = min(group, key=lambda telling: (not telling.sender) + (not telling.recipient))
    dated = min(group, key=lambda telling: BASES.index(telling.basis))
    occasion = next((telling.occasion for telling in group if telling.occasion != NOT_STATED), NOT_STATED)
    reply = "yes" if any(telling.reply for telling in group) else "no"
    facts = whose.sender, whose.recipient, dated.day or pd.NaT, dated.basis, occasion, reply, len({telling.version for telling in group})
    return given, _base(*facts[:3]), *facts


def _base(sender: str, recipient: str, day) -> str:
    """The first sender, the first recipient and the day, as an identifier."""
    names = [slug(names.split("|")[0])[:LONGEST_NAME].strip("-") or UNKNOWN for names in (sender, recipient)]
    return "-".join([*names, UNDATED if pd.isna(day) else day.isoformat()])


def list_tellings(frames: pd.DataFrame, texts: pd.DataFrame, extents: pd.Series) -> list[Telling]:
    """What each text tells of each message, in the order of the texts. 

    Columns in: ``frames`` as `split_frames` gives them; ``texts`` as `check_texts` gives them; ``extents`` by text, sender and recipient.
    """
    about = {text.version_id: text for text in texts.itertuples(index=False)}
    seen = _seen(frames)
    # The message that a text is about comes first; a text that names nobody may have an id all the same.
    first = {}
    for key in sorted(seen, key=lambda key: not any(key[1:])):
        first.setdefault(key[0], key)
    mains = set(first.values())
    told = [key for key in seen if any(key[1:]) or (key in mains and about[key[0]].message_id)]
    return [_telling(number, key, seen[key], about[key[0]], key in mains, extents.get(key) == "full") for number, key in enumerate(told)]


class _Seen(NamedTuple):
    """What a text says of one message: its first sentences, the letter's own, the first of each part with its day; and the frames of
    the whole text."""

    opening: list[str]
    own: list[str]
    leads: dict[str, tuple]
    voices: set[str]


def _seen(frames: pd.DataFrame) -> dict[tuple, _Seen]:
    seen, voices = {}, {}
    rows = zip(*(frames[name].to_numpy(dtype=object) for name in (*KEYS, "part", "frame", "sentence", "date")), strict=True)
    for version, sender, recipient, part, frame, sentence, day in rows:
        key = version, sender, recipient
        told = seen.get(key) or seen.setdefault(key, _Seen([], [], {}, voices.setdefault(version, set())))
        if len(told.opening) < FIRST:
            told.opening.append(sentence)
        if frame == "letter":
            told.own.append(sentence)
        if part == "text":
            told.voices.add(frame)
        told.leads.setdefault(part, (sentence, day))
    return seen


def _telling(number: int, key: tuple, seen: _Seen, text, is_main: bool, whole: bool) -> Telling:
    letter = seen.voices == {"letter"}
    occasion, reply = name_occasion(seen.opening)
    given, stated = (text.message_id, text.occasion) if is_main else ("", "")
    return Telling(
        number, *key, given, *_day(seen.leads, letter), stated or occasion, reply, letter, whole, text.language == "en" and not letter,
        _source(text), " ".join(seen.own),
    )  # fmt: skip


def _source(text) -> tuple:
    return text.language, urlsplit(text.url).netloc, text.publisher, text.translation


def _day(leads: dict[str, tuple], letter: bool) -> tuple:
    """The day of a message, and on what it rests: of a letter itself the day of the text; else from the first sentence that tells of it."""
    if "text" not in leads:
        _, day = leads["headline"]
        return (day, "published") if day else (None, "")
    sentence, day = leads["text"]
    if letter:
        return (day, "sent") if day else (None, "")
    return find_date(sentence.partition(") --")[2] or sentence, day)
