"""Which messages there are to choose from, and how they are found: by sender, recipient, day, occasion, and any word that is held."""

from __future__ import annotations

import difflib

import pandas as pd

from comity.errors import CorpusError
from comity.forms import find_forms, gloss_mentions
from comity.letters import Letters
from comity.page.text import plain
from comity.page.values import worded
from comity.record import known_date

UNDATED = "without a date"
# What a message has in its own cells, and what its versions have.
_OWN = ("message_id", "sender", "recipient", "occasion", "label")
_MANY = 3


def list_choices(letters: Letters, texts: pd.DataFrame | None = None) -> pd.DataFrame:
    """List the messages to choose from, by day; those without a day stand at the end.

    In: letters, and their texts as `place_texts` gives them. Columns out: ``message_id, date, sender, recipient, occasion, label``
    (the same in one line), ``words_held`` (all in which a search looks: these and the outlets, forms of address in both
    languages, quoted phrases and texts of its versions, in small letters).

    >>> from comity import read_corpus
    >>> from comity.explore import as_letters
    >>> list_choices(as_letters(read_corpus()))["label"].iloc[0]
    '17 March 2018, Kim Jong Un to Xi Jinping, re-election'
    """
    messages = letters.messages.sort_values(["date", "message_id"], na_position="last", ignore_index=True)
    about = messages.to_dict("records")
    table = messages[["message_id", "date", "sender", "recipient", "occasion"]].assign(label=pd.Series(map(label, about), dtype="str"))
    held = _words_of_versions(letters, texts)
    own = [" ".join([*(str(row[name]) for name in _OWN), "" if pd.isna(row["date"]) else f"{row['date']:%Y-%m-%d}"]) for row in table.to_dict("records")]
    return table.assign(words_held=[f"{words} {held.get(message, '')}".casefold() for words, message in zip(own, table["message_id"], strict=True)])


def label(message: dict) -> str:
    """A message in one line: its day, from whom, to whom, what for; characters that cannot be seen are spelt out."""
    occasion = "" if message["occasion"] in ("", "not stated") else f", {say_occasion(message)}"
    return plain(f"{say_day(message)}, {message['sender'] or 'nobody named'} to {message['recipient'] or 'nobody named'}{occasion}")


def say_occasion(message: dict) -> str:
    """What a message was for; of a reply, that it is one, since the occasion is then often that of the message answered.

    >>> say_occasion({"occasion": "re-election", "reply": "yes"})
    're-election (in reply)'
    """
    return f"{message['occasion']} (in reply)" if message["occasion"] and message.get("reply") == "yes" else message["occasion"]


def say_day(message: dict) -> str:
    """The day of a message, with what it rests on where that is not the day of sending."""
    basis = message.get("date_basis", "")
    day = known_date(message["date"], basis)
    if pd.isna(day):
        return UNDATED
    return worded(day) + (f" ({basis})" if basis in ("published", "received") else "")


def search(choices: pd.DataFrame, words: str = "", sender: str = "", recipient: str = "", occasion: str = "") -> pd.DataFrame:
    """The messages that hold every one of some words, from one sender, to one recipient, for one occasion; blank is any.

    Columns in and out: those of `list_choices`. A day is found as it is said ("6 October") or written (2024-10-06).

    >>> from comity import read_corpus
    >>> from comity.explore import as_letters
    >>> found = search(list_choices(as_letters(read_corpus())), "respected 2019", sender="Kim Jong Un", recipient="Xi Jinping")
    >>> "kim-xi-2019-10-06" in set(found["message_id"])
    True
    """
    keep = pd.Series(True, choices.index)
    for column, asked in (("sender", sender), ("recipient", recipient), ("occasion", occasion)):
        keep &= choices[column].eq(asked) if asked else True
    for word in words.casefold().split():
        keep &= choices["words_held"].str.contains(word, regex=False)
    return choices[keep]


def require_message(message: str, choices: pd.DataFrame) -> str:
    """The id; CorpusError where no message has it, with the ids that are nearest."""
    ids = choices["message_id"].tolist()
    if message in ids:
        return message
    if not ids:
        raise CorpusError("There is no message to choose: the letters are empty. Give letters that hold some.")
    near = difflib.get_close_matches(str(message), ids, _MANY, 0.5) or [name for name in ids if str(message).casefold() in name][:_MANY]
    hint = f"Near it are: {', '.join(near)}." if near else f"They are named like {ids[0]}."
    raise CorpusError(f"There is no message {plain(str(message))!r} among the {len(ids):,} that are held. {hint}")


def choose_two(choices: pd.DataFrame, a: str | None, b: str | None) -> tuple[str, str]:
    """The two messages asked for; who names none gets the last two. CorpusError for an unknown one, and for one message twice."""
    for message in (a, b):
        if message is not None:
            require_message(message, choices)
    if a is not None and a == b:
        raise CorpusError(f"The message {a!r} stands on both sides. Choose two.")
    if len(choices) < 2:
        raise CorpusError(f"There are {len(choices)} messages, and two are put side by side. Give letters that hold at least two.")
    rest = [name for name in reversed(choices["message_id"].tolist()) if name not in (a, b)]
    a = rest.pop(0) if a is None else a
    return a, rest.pop(0) if b is None else b


def _words_of_versions(letters: Letters, texts: pd.DataFrame | None) -> dict[str, str]:
    """By message: outlets and languages, forms of address, phrases, contexts and texts of its versions."""
    corpus, versions = letters.corpus, letters.corpus.versions
    owner = dict(zip(versions["version_id"], versions["message_id"], strict=True))
    glosses = gloss_mentions(corpus.mentions, find_forms(corpus.mentions, versions, corpus.honorifics))
    mentions = corpus.mentions.assign(gloss=glosses.to_numpy())
    sources = [(versions, ["outlet"]), (mentions, ["matched", "gloss"]), (corpus.phrases, ["phrase"]), (letters.mentions, ["matched"]),
               (letters.tone, ["context"])]
    sources += [] if texts is None else [(texts, ["headline", "text"])]
    words: dict[str, dict[str, None]] = {}
    for table, columns in sources:
        for version, *cells in zip(table["version_id"], *(table[name] for name in columns), strict=True):
            words.setdefault(owner.get(version, ""), {}).update(dict.fromkeys(filter(None, cells)))
    return {message: " ".join(cells) for message, cells in words.items()}
