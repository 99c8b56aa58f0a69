"""From texts to tables: the messages they tell of, the version that each text is, and everything measured in them."""

import math
import sys
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import NamedTuple

import pandas as pd

from comity.address import MENTION_COLUMNS
from comity.address.mentions import find_mentions_in
from comity.formulas import FORMULA_COLUMNS, REPEATED_COLUMNS, find_formulas_in, find_repeated, place_sentences
from comity.measure.collecting import uncollected
from comity.measure.counter import COUNT_COLUMNS
from comity.measure.identity import Telling
from comity.measure.messages import find_messages, list_tellings, mark_sentences
from comity.measure.phrases import SOUGHT_COLUMNS, WORDING_COLUMNS, find_phrases, list_sought
from comity.measure.texts import check_texts, require_phrases
from comity.speech.extents import find_extents
from comity.speech.frames import Reading, read_text, split_read
from comity.speech.languages import language_of
from comity.speech.rows import text_rows
from comity.style import STYLE_COLUMNS, count_tokens, find_tokens, measure_style_of
from comity.tone import TONE_COLUMNS, find_tone_in
from comity.tone.hits import ALL_FRAMES

VERSION_COLUMNS = [
    "version_id", "message_id", "identity", "url", "language", "publisher", "translation", "record", "published", "dateline", "sentences", "words",
    "agency", "letter", "reported",
]  # fmt: skip
PARTIES = ["sender", "recipient"]
LENGTHS = ["message_id", *(name for name in STYLE_COLUMNS if name not in PARTIES)]
COUNTED = ["words", "tokens", "sentences", "characters"]
TOKEN_COUNTS = ["message_id", "version_id", "frame", "token", "n"]
TONE = ["message_id", *(name for name in TONE_COLUMNS if name not in PARTIES)]
FORMULAS = ["message_id", *(name for name in FORMULA_COLUMNS if name not in PARTIES)]
MENTIONS = [*MENTION_COLUMNS, "slot"]

# In whose voice a text speaks.
SPOKEN = ("agency", "letter", "reported")
# The sender's words: in direct and in indirect speech.
VOICES = ("letter", "reported")


@dataclass(frozen=True)
class Measurements:
    """What was measured: the messages, the versions they are known by, the forms of address, tone terms and formulas in them, how
    long and how readable they are, how often each word stands in them; and on request the phrases that a sender repeats, phrases
    that were looked for, and words that were counted."""

    messages: pd.DataFrame
    versions: pd.DataFrame
    mentions: pd.DataFrame
    tone: pd.DataFrame
    formulas: pd.DataFrame
    lengths: pd.DataFrame
    token_counts: pd.DataFrame
    repeated: pd.DataFrame = field(default_factory=lambda: pd.DataFrame(columns=REPEATED_COLUMNS))
    wordings: pd.DataFrame = field(default_factory=lambda: pd.DataFrame(columns=WORDING_COLUMNS))
    sought: pd.DataFrame = field(default_factory=lambda: pd.DataFrame(columns=SOUGHT_COLUMNS))
    counts: pd.DataFrame = field(default_factory=lambda: pd.DataFrame(columns=COUNT_COLUMNS))


def measure_texts(
    texts: pd.DataFrame, honorifics: pd.DataFrame | None = None, tone: pd.DataFrame | None = None,
    formulas: pd.DataFrame | None = None, phrases: tuple[str, ...] = (), repeated: bool = False,
) -> Measurements:  # fmt: skip
    """Measure texts: which messages they tell of, in whose words, with forms of address, tone, formulas, length and words.

    Columns in: those of `find_mentions`, with ``date`` (the day of publication; of a letter itself the day that it bears; a date, or text as
    2024-10-06; blank where it is not known), and where known ``record, dateline``. What cannot be found out a table may say: ``message_id``
    (your own grouping of versions of one message; wins over every guess), ``sender, recipient, occasion`` (of the message that the text is
    about; win too), ``extent, translation`` (words of the codebook), ``publisher`` (whose text it is). How texts are grouped without it: see `comity.measure.identity.group_tellings`; how much of a message
    a text shows: see `comity.speech.extents.find_extents`.
    ``honorifics, tone, formulas`` are lexicons other than ours; ``phrases`` are words to look for; ``repeated``: find also the
    phrases that a sender repeats, which takes all texts at once.
    Columns out: `messages`: ``message_id`` (sender, recipient, day, and a number where that is taken), ``sender, recipient, date,
    date_basis`` (sent, received or published; blank without a day), ``occasion, reply, versions`` (how many texts tell of it: more than one
    were merged); a text that tells of no message has none. `versions`: ``version_id, message_id`` (of its first message), ``identity``
    (given by the table, or found), ``url, language, publisher, translation, record, published, dateline, sentences, words`` (without the
    headline; parted by spaces), and of these the words in the frames ``agency, letter, reported``. `mentions`: see `find_mentions`, with
    the ``slot`` of the letter (salutation, body, close; blank outside it). `tone`: see `find_tone`, in all frames. `formulas`: see
    `find_formulas`. `lengths`: see `measure_style`, with the ``extent`` as the table or the whole text has it. `token_counts`: ``message_id,
    version_id, frame, token, n``. `repeated`: see `find_repeated`. `wordings`: see `find_phrases`. `sought`: ``phrase, places`` (where it was
    found), of the phrases that were looked for. All but `messages` and `sought` lead to their message by ``message_id``, blank where
    there is none.
    Errors: CorpusError for a table of texts that cannot be measured (see `comity.measure.texts.check_texts`), and for phrases that are no tuple of texts.

    >>> from datetime import date
    >>> text = "Oslo, May 3 (NTB) -- Ann Lee sent a letter to Bob Moe on May 2. The letter said: Dear friend, I thank you."
    >>> texts = pd.DataFrame({"version_id": ["a"], "text": [text], "date": [date(2001, 5, 3)]})
    >>> measure_texts(texts).messages.values.tolist()
    [['ann-lee-bob-moe-2001-05-02', 'Ann Lee', 'Bob Moe', datetime.date(2001, 5, 2), 'sent', 'not stated', 'no', 1]]
    """
    require_phrases(phrases=phrases)
    told = tell(texts)
    ids, messages = find_messages(told.tellings)
    frames = place_frames(told, ids, formulas)
    tables = measure_frames(told, frames, honorifics, tone, formulas, phrases)
    if repeated:
        tables["repeated"] = find_repeated(frames[frames["frame"].isin(VOICES)])
    return Measurements(messages=messages, sought=list_sought(phrases, tables["wordings"]), **tables)


class Told(NamedTuple):
    """Texts that were read, one by one: as checked, each with its reading, in sentences; how much each shows of which message, and what it tells of it."""

    texts: pd.DataFrame
    readings: list[tuple[dict, Reading]]
    frames: pd.DataFrame
    extents: pd.Series
    tellings: list[Telling]


@uncollected()
def tell(texts: pd.DataFrame) -> Told:
    """Read a table of texts, as of `measure_texts`. Errors: as there."""
    texts = check_texts(texts)
    readings = [(text, read_text(text)) for text in text_rows(texts)]
    frames, about = split_read(readings), texts.set_index("version_id")
    days = {version: None if pd.isna(day) else day.date() for version, day in about["date"].items()}
    day = pd.Series([days[version] for version in frames["version_id"]], frames.index, "object")
    frames = frames.assign(date=day, language=frames["version_id"].map(dict(zip(texts["version_id"], language_of(texts), strict=True))))
    extents = find_extents(frames)
    given = pd.Series(extents.index.get_level_values("version_id").map(about["extent"]), extents.index, "str")
    extents = given.where(given != "", extents)
    return Told(texts, readings, frames, extents, list_tellings(frames, texts, extents))


def place_frames(told: Told, ids: dict[int, str], formulas: pd.DataFrame | None) -> pd.DataFrame:
    """The sentences, each with its message, by the ids of what the texts tell, its words where it is the sender's, and the slot of the letter."""
    frames = told.frames.assign(message_id=mark_sentences(told.frames, told.tellings, ids), tokens=_own_tokens(told.frames))
    return frames.assign(slot=place_sentences(frames, formulas))


def _own_tokens(frames: pd.DataFrame) -> list[list[str] | None]:
    """The words of each sentence of the sender's; None of any other. Each word is held once, however often it stands in the texts."""
    both = zip(*(frames[name].to_numpy(dtype=object) for name in ("sentence", "frame")), strict=True)
    return [list(map(sys.intern, find_tokens(sentence))) if frame in VOICES else None for sentence, frame in both]


@uncollected()
def measure_frames(told: Told, frames: pd.DataFrame, honorifics, tone, formulas, phrases: tuple[str, ...]) -> dict[str, pd.DataFrame]:
    """What can be measured of each text by itself: the tables of `measure_texts` by name, without those that take all texts at once."""
    texts, own = told.texts, frames[frames["frame"].isin(VOICES)]
    mentions, ids = find_mentions_in(told.readings, honorifics), _ids_by_parties(frames)
    return {
        "versions": _versions(texts, frames),
        "mentions": _at_their_place(mentions, frames)[MENTIONS],
        "tone": _by_parties(find_tone_in(frames, texts, tone, ALL_FRAMES, mentions), ids)[TONE],
        "formulas": _by_parties(find_formulas_in(own, texts, formulas), ids)[FORMULAS],
        "lengths": _by_parties(_bound(measure_style_of(own, texts), told.extents), ids)[LENGTHS],
        "token_counts": _by_parties(count_tokens(own), ids)[TOKEN_COUNTS],
        "wordings": find_phrases(phrases, frames),
    }


def _bound(lengths: pd.DataFrame, extents: pd.Series) -> pd.DataFrame:
    """The lengths, with how much of the message the whole text shows, and the most that the letter may have by that."""
    extent = extents.reindex(pd.MultiIndex.from_frame(lengths[["version_id", *PARTIES]])).array
    seen = lengths.assign(extent=extent)["extent"]
    high = lengths["words"].astype("float64").where(seen == "full", math.inf).where(seen.isin(["full", "opening", "excerpt"]))
    return lengths.assign(extent=seen, high=high)


def _ids_by_parties(frames: pd.DataFrame) -> dict[tuple, str]:
    """The ids of the messages by version, sender and recipient."""
    return dict(zip(_keys(frames), frames["message_id"].to_numpy(dtype=object), strict=True))


def _by_parties(measured: pd.DataFrame, ids: dict[tuple, str]) -> pd.DataFrame:
    """What was measured of a version, sender and recipient, with the message instead of the two."""
    message = [ids[key] for key in _keys(measured)]
    rest = measured.drop(columns=["message_id", *PARTIES], errors="ignore")
    rest.insert(0, "message_id", pd.Series(message, index=rest.index, dtype="str"))
    return rest


def _keys(table: pd.DataFrame) -> Iterator[tuple]:
    """Version, sender and recipient of each row."""
    return zip(*(table[name].to_numpy(dtype=object) for name in ("version_id", *PARTIES)), strict=True)


def _versions(texts: pd.DataFrame, frames: pd.DataFrame) -> pd.DataFrame:
    told = frames[frames["part"] == "text"]
    counts = {version: dict.fromkeys(("sentences", *SPOKEN), 0) for version in texts["version_id"]}
    for version, frame, sentence in zip(*(told[name].to_numpy(dtype=object) for name in ("version_id", "frame", "sentence")), strict=True):
        counts[version]["sentences"] += 1
        counts[version][frame] += len(sentence.split())
    first = frames[frames["message_id"] != ""].drop_duplicates("version_id").set_index("version_id")["message_id"].to_dict()
    kept = ["version_id", "url", "language", "publisher", "translation", "record", "date", "dateline"]
    table = texts.reindex(columns=kept).rename(columns={"date": "published"})
    about = [first.get(version, "") for version in table["version_id"]]
    table = table.assign(
        message_id=pd.Series(about, table.index, dtype="str"),
        identity=[("given" if given else "found") if name else "" for given, name in zip(texts["message_id"], about, strict=True)],
        words=[len(text.split()) for text in texts["text"]],
        **{name: [mine[name] for mine in counts.values()] for name in ("sentences", *SPOKEN)},
    )
    return table.astype(dict.fromkeys(("words", "sentences", *SPOKEN), "int64"))[VERSION_COLUMNS]


def _at_their_place(mentions: pd.DataFrame, frames: pd.DataFrame) -> pd.DataFrame:
    """Each mention with the message and the slot of its sentence."""
    begins = frames[["version_id", "part", "start", "message_id", "slot"]].sort_values("start", kind="stable").astype({"version_id": "str", "part": "str"})
    found = pd.merge_asof(
        mentions.drop(columns="message_id").reset_index().sort_values("start", kind="stable"), begins, on="start", by=["version_id", "part"]
    )
    return found.set_index("index").sort_index().reset_index(drop=True).fillna({"message_id": "", "slot": ""})
