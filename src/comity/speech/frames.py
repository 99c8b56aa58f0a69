"""Which words of a report are the letter's: every sentence with its frame and the message that it reports."""

from collections.abc import Iterable, Iterator
from functools import partial
from typing import NamedTuple

import pandas as pd

from comity.sources import is_message_headline
from comity.speech.cues import part_glued
from comity.speech.headlines import find_headline_parties
from comity.speech.parties import DATELINE, NOBODY, Parties, are_same, find_parties, greets, names_party
from comity.speech.party import read_party
from comity.speech.rows import text_rows
from comity.speech.sentences import find_sentences
from comity.speech.voices import QUOTES, Voice, find_voice, is_first_person, names_message, tells_of_message

# Among so many first sentences a report says who writes to whom.
LEAD = 3

# No salutation line is longer.
SALUTATION = 60

FRAME_COLUMNS = ["version_id", "part", "start", "end", "sentence", "frame", "sender", "recipient"]


class Sentence(NamedTuple):
    """A sentence of a text: where it stands, in whose voice, and of whose message."""

    start: int
    end: int
    frame: str
    parties: Parties


class Reading(NamedTuple):
    """A text as it was read: the message it is about first of all, in the words of the headline, and its sentences."""

    parties: Parties
    announced: Parties
    sentences: list[Sentence]


def split_frames(texts: pd.DataFrame) -> pd.DataFrame:
    """Split reports about messages into sentences, each with its frame and with sender and recipient of its message.

    Columns in: ``version_id, text``; where known ``headline, language, kind`` (report: news about messages; letter: the
    letter itself; empty: to be found out), ``sender, recipient``.
    Columns out: ``version_id, part`` (headline or text), ``start, end, sentence`` (the part's characters from start to
    end, as received), ``frame`` (headline; agency, the outlet's own narration; letter, the sender's own words; reported,
    the same in indirect speech), ``sender, recipient`` (joint ones joined by |; empty where the text tells of none).

    >>> text = "Oslo, May 3 (NTB) -- Ann Lee sent a message to Bob Moe. The message said: Dear friend, I thank you."
    >>> split_frames(pd.DataFrame({"version_id": ["a"], "text": [text]}))[["frame", "sender", "recipient"]].values.tolist()
    [['agency', 'Ann Lee', 'Bob Moe'], ['agency', 'Ann Lee', 'Bob Moe'], ['letter', 'Ann Lee', 'Bob Moe']]
    """
    table = split_read((text, read_text(text)) for text in text_rows(texts))
    return table.astype(dict.fromkeys(FRAME_COLUMNS, "str") | {"start": "int64", "end": "int64"})


def split_read(texts: Iterable[tuple[dict, Reading]]) -> pd.DataFrame:
    """The same of texts that were read already, each with its reading; text as objects, which are quicker to go through."""
    rows = []
    for text, reading in texts:
        if (headline := text["headline"]).strip():
            rows.append((text["version_id"], "headline", 0, len(headline), headline, "headline", *map("|".join, reading.parties)))
        for start, end, frame, parties in reading.sentences:
            rows.append((text["version_id"], "text", start, end, text["text"][start:end], frame, *map("|".join, parties)))
    return pd.DataFrame(rows, columns=FRAME_COLUMNS, dtype="object").astype({"start": "int64", "end": "int64"})


def read_text(text: dict) -> Reading:
    """The parties and sentences of one text, given as a row of `text_rows`."""
    spans = find_sentences(text["text"])
    known = Parties(*(tuple(filter(None, text[side].split("|"))) for side in Parties._fields))
    kind = text["kind"] or _kind(text, spans)
    if text["language"] != "en":
        return Reading(known, NOBODY, [Sentence(*span, known) for span in _read_foreign(text["text"], spans, kind)])
    headline = part_glued(text["headline"])
    direct = (kind != "letter" or bool(headline)) and _is_direct(headline, text["text"], spans)
    announced = (headline and find_headline_parties(headline, direct)) or NOBODY
    if kind == "letter":
        to = known.recipient or _addressed(text["text"], spans) or announced.recipient
        parties = Parties(known.sender or announced.sender, to)
        return Reading(parties, announced, [Sentence(start, end, "letter", parties) for start, end in spans])
    sentences = list(_follow(text["text"], spans, known if any(known) else announced, direct))
    if not any(any(found.parties) for found in sentences) and not _announces(text):
        # A story of something else: where it quotes, it quotes no letter.
        sentences = [found._replace(frame="agency") for found in sentences]
    first = next((found.parties for found in sentences if any(found.parties)), announced)
    return Reading(known if any(known) else first, announced, sentences)


def _announces(text: dict) -> bool:
    """Does the headline announce a message, or, where there is none, does the text say what one says?"""
    return is_message_headline(text["headline"]) if text["headline"].strip() else tells_of_message(part_glued(text["text"]))


def _addressed(text: str, spans: list[tuple[int, int]]) -> tuple[str, ...]:
    """Whom the opening line of a letter names: "To Comrade Ann Lee, President of Utopia". Empty where it names nobody."""
    opening = text[slice(*spans[0])] if spans else ""
    line = part_glued(opening).removeprefix("To ").rstrip(",:! ")
    names = read_party(line) if len(opening) <= 2 * SALUTATION and line[-1:] not in ".?”\"" else ()
    return names if all(len(name.split()) > 1 and name[0].isupper() and name != line for name in names) else ()


def _is_direct(headline: str, text: str, spans: list[tuple[int, int]]) -> bool:
    """Is it a message where somebody greets somebody: do headline and lead both say so, or does "the message" speak later?"""
    lead = [part_glued(text[start:end]) for start, end in spans[:LEAD]]
    if not any(map(greets, [headline, *lead])):
        return False
    if tells_of_message(part_glued(text)):
        return True
    return bool(find_headline_parties(headline, direct=True)) and any(find_parties(sentence, direct=True) for sentence in lead)


def _read_foreign(text: str, spans: list[tuple[int, int]], kind: str) -> Iterator[tuple[int, int, str]]:
    """In other languages only layout tells: a line that ends with a colon, or a salutation line, lets the letter begin."""
    inside = kind == "letter"
    for start, end in spans:
        line_ends = text[end : end + 2].lstrip(" ")[:1] in ("\n", "\r")
        salutes = line_ends and end - start <= SALUTATION and text[end - 1] in ",，、!！"
        inside = inside or salutes
        yield start, end, "letter" if inside else "agency"
        inside = inside or (line_ends and text[end - 1] in ":：")


def _follow(text: str, spans: list[tuple[int, int]], parties: Parties, direct: bool) -> Iterator[Sentence]:
    """Read sentence by sentence, remembering whose words go on and whose message it is."""
    inside, quoted, told, told_of, marked = False, False, parties, False, False
    for number, (start, end) in enumerate(spans):
        sentence = part_glued(text[start:end])
        quoted = quoted or _opens_quotation(sentence)
        inside = inside or (any(parties) and _salutes(text, spans[number : number + 2])) or (marked and sentence[0] in QUOTES)
        # Whether the letter stands in quotation marks, which end it.
        marked = inside and (marked or sentence[0] in QUOTES)
        words = sentence.removesuffix("-0-").rstrip()
        voice = find_voice(words, inside or quoted, partial(names_party, parties=told))
        # A quotation that a later sentence closes is the letter's until then.
        quoted = quoted and not _closes_quotation(sentence)
        # "He in the message sent warm greetings" tells what the letter says; it is not another message.
        news = None if voice.frame == "letter" or voice.in_message else find_parties(sentence, parties, direct and number < LEAD)
        if news and told_of and not names_message(sentence) and are_same(news.sender, parties.sender):
            # "He sent greetings to all": what the message does, not another message.
            voice, news = Voice("reported"), None
        if news:
            told_of = True
            parties, told, direct = news, news, False
            inside = voice.goes_on and sentence.endswith(":")
            yield Sentence(start, end, "agency", parties)
            continue
        told = _whose(voice.speaker, told, parties) if voice.speaker else told
        inside = voice.goes_on and not (marked and words[-1:] in tuple(QUOTES))
        yield Sentence(start, end, voice.frame, told)


def _salutes(text: str, spans: list[tuple[int, int]]) -> bool:
    """Is it a salutation line, with "I" or "we" below it? So a letter begins where nothing says that it does."""
    start, end = spans[0]
    if text[end - 1] != "," or end - start > SALUTATION or len(spans) < 2 or "\n" not in text[end : spans[1][0]]:
        return False
    return is_first_person(part_glued(text[slice(*spans[1])]))


def _opens_quotation(sentence: str) -> bool:
    """Does a quotation begin with this sentence and go on after it?"""
    return sentence[0] in QUOTES and not any(mark in QUOTES for mark in sentence[1:])


def _closes_quotation(sentence: str) -> bool:
    return any(mark in QUOTES for mark in sentence[1:])


def _whose(speaker: str, told: Parties, parties: Parties) -> Parties:
    """Whose words a sentence reports: where the recipient is named as speaking, it is the answer."""
    if parties.sender == parties.recipient:
        # Two who exchange messages: whoever speaks writes to the others.
        writing = tuple(name for name in parties.sender if _named(name, speaker))
        return Parties(writing, tuple(name for name in parties.sender if name not in writing)) if writing else told
    if any(_named(name, speaker) for name in parties.sender):
        return parties
    if any(_named(name, speaker) for name in parties.recipient):
        return Parties(parties.recipient, parties.sender)
    return told


def _named(name: str, words: str) -> bool:
    return bool(name) and (name in words or name.split()[-1] in words.split())


def _kind(text: dict, spans: list[tuple[int, int]]) -> str:
    """A letter itself begins with a salutation or soon says "I" or "we", under a headline both; a report has a dateline, a
    sentence that tells of a message, or neither."""
    if not spans:
        return "report"
    first = [part_glued(text["text"][start:end]) for start, end in spans[:LEAD]]
    # A letter may itself tell of letters that others sent.
    opens = first[0][-1] == "," and len(first[0]) <= SALUTATION and not text["headline"].strip()
    if DATELINE.match(first[0]) or (not opens and any(find_parties(sentence) for sentence in first)):
        return "report"
    salutes = len(first[0]) <= 2 * SALUTATION and first[0][-1] not in ".?”\"" and not find_voice(first[0], False).goes_on
    if text["headline"].strip():
        return "letter" if salutes and any(map(is_first_person, first[1:])) else "report"
    return "letter" if salutes or any(map(is_first_person, first)) else "report"
