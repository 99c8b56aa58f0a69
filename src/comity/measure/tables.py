"""From texts to tables: the messages they tell of, the version that each text is, and everything measured in them."""

import math
from dataclasses import dataclass, field

import pandas as pd

from comity.address import MENTION_COLUMNS, find_mentions
from comity.formulas import FORMULA_COLUMNS, REPEATED_COLUMNS, find_formulas_in, find_repeated, place_sentences
from comity.measure.counter import COUNT_COLUMNS
from comity.measure.messages import find_messages
from comity.measure.phrases import SOUGHT_COLUMNS, WORDING_COLUMNS, find_phrases, list_sought
from comity.measure.texts import check_texts, require_several
from comity.speech import split_frames
from comity.speech.extents import find_extents
from comity.style import STYLE_COLUMNS, count_tokens, measure_style_of
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
    (your own grouping of versions of one message; wins over every guess), ``extent, translation`` (words of the codebook), ``publisher``
    (whose text it is). How texts are grouped without it: see `comity.measure.identity.group_tellings`; how much of a message
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
    require_several(phrases, "phrases")
    texts = check_texts(texts)
    frames, messages, extents = _frames(texts, formulas)
    own = frames[frames["frame"].isin(VOICES)]
    mentions, wordings = find_mentions(texts, honorifics), find_phrases(phrases, frames)
    return Measurements(
        messages=messages,
        versions=_versions(texts, frames),
        mentions=_at_their_place(mentions, frames)[MENTIONS],
        tone=_by_parties(find_tone_in(frames, texts, tone, ALL_FRAMES, mentions), frames)[TONE],
        formulas=_by_parties(find_formulas_in(own, texts, formulas), frames)[FORMULAS],
        lengths=_by_parties(_bound(measure_style_of(own, texts), extents), frames)[LENGTHS],
        token_counts=_by_parties(count_tokens(own), frames)[TOKEN_COUNTS],
        repeated=find_repeated(own) if repeated else pd.DataFrame(columns=REPEATED_COLUMNS),
        wordings=wordings,
        sought=list_sought(phrases, wordings),
    )


def _frames(texts: pd.DataFrame, formulas: pd.DataFrame | None) -> tuple[pd.DataFrame, pd.DataFrame, pd.Series]:
    """The sentences with frames and parties, and of each the day of publication, the message, and the slot of the letter; the messages;
    and how much of each a text shows."""
    frames, about = split_frames(texts), texts.set_index("version_id")
    days = {version: None if pd.isna(day) else day.date() for version, day in about["date"].items()}
    day = pd.Series([days[version] for version in frames["version_id"]], frames.index, "object")
    frames = frames.assign(date=day, language=frames["version_id"].map(about["language"]))
    extents = find_extents(frames)
    given = pd.Series(extents.index.get_level_values("version_id").map(about["extent"]), extents.index, "str")
    extents = given.where(given != "", extents)
    ids, messages = find_messages(frames, texts, extents)
    frames = frames.assign(message_id=ids)
    return frames.assign(slot=place_sentences(frames, formulas)), messages, extents


def _bound(lengths: pd.DataFrame, extents: pd.Series) -> pd.DataFrame:
    """The lengths, with how much of the message the whole text shows, and the most that the letter may have by that."""
    extent = extents.reindex(pd.MultiIndex.from_frame(lengths[["version_id", *PARTIES]])).array
    seen = lengths.assign(extent=extent)["extent"]
    high = lengths["words"].astype("float64").where(seen == "full", math.inf).where(seen.isin(["full", "opening", "excerpt"]))
    return lengths.assign(extent=seen, high=high)


def _by_parties(measured: pd.DataFrame, frames: pd.DataFrame) -> pd.DataFrame:
    """What was measured of a version, sender and recipient, with the message instead of the two."""
    keys = ["version_id", *PARTIES]
    ids = frames.drop_duplicates(keys).set_index(keys)["message_id"]
    message = ids.reindex(pd.MultiIndex.from_frame(measured[keys])).to_numpy()
    rest = measured.drop(columns=["message_id", *PARTIES], errors="ignore")
    rest.insert(0, "message_id", pd.Series(message, index=rest.index, dtype="str"))
    return rest


def _versions(texts: pd.DataFrame, frames: pd.DataFrame) -> pd.DataFrame:
    told = frames[frames["part"] == "text"]
    words = told.assign(words=told["sentence"].str.split().str.len()).pivot_table("words", "version_id", "frame", "sum", fill_value=0)
    words = words.reindex(columns=["agency", "letter", "reported"], fill_value=0).astype("int64")
    first = frames[frames["message_id"] != ""].drop_duplicates("version_id").set_index("version_id")["message_id"].to_dict()
    kept = ["version_id", "url", "language", "publisher", "translation", "record", "date", "dateline"]
    table = texts.reindex(columns=kept).rename(columns={"date": "published"})
    about = [first.get(version, "") for version in table["version_id"]]
    table = table.assign(
        message_id=pd.Series(about, table.index, dtype="str"),
        identity=[("given" if given else "found") if name else "" for given, name in zip(texts["message_id"], about, strict=True)],
        sentences=table["version_id"].map(told["version_id"].value_counts()).fillna(0).astype("int64"),
        words=texts["text"].str.split().str.len().to_numpy(),
    )
    return table.merge(words, "left", left_on="version_id", right_index=True).fillna(dict.fromkeys(words, 0))[VERSION_COLUMNS]


def _at_their_place(mentions: pd.DataFrame, frames: pd.DataFrame) -> pd.DataFrame:
    """Each mention with the message and the slot of its sentence."""
    begins = frames[["version_id", "part", "start", "message_id", "slot"]].sort_values("start", kind="stable")
    found = pd.merge_asof(
        mentions.drop(columns="message_id").reset_index().sort_values("start", kind="stable"), begins, on="start", by=["version_id", "part"]
    )
    return found.set_index("index").sort_index().reset_index(drop=True).fillna({"message_id": "", "slot": ""})
