"""From texts to tables: the messages they tell of, the version that each text is, and everything measured in them."""

from dataclasses import dataclass, field

import pandas as pd

from comity.address import MENTION_COLUMNS, find_mentions
from comity.formulas import FORMULA_COLUMNS, REPEATED_COLUMNS, find_formulas_in, find_repeated, place_sentences
from comity.measure.messages import list_messages, name_messages
from comity.measure.phrases import SOUGHT_COLUMNS, WORDING_COLUMNS, find_phrases, list_sought
from comity.speech import split_frames
from comity.style import STYLE_COLUMNS, count_tokens, measure_style_of
from comity.tone import TONE_COLUMNS, find_tone_in
from comity.tone.hits import ALL_FRAMES

VERSION_COLUMNS = [
    "version_id", "message_id", "url", "language", "record", "published", "dateline", "sentences", "words", "agency", "letter", "reported",
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
    counts: pd.DataFrame = field(default_factory=pd.DataFrame)


def measure_texts(
    texts: pd.DataFrame, honorifics: pd.DataFrame | None = None, tone: pd.DataFrame | None = None,
    formulas: pd.DataFrame | None = None, phrases: tuple[str, ...] = (), repeated: bool = False,
) -> Measurements:  # fmt: skip
    """Measure texts: which messages they tell of, in whose words, with forms of address, tone, formulas, length and words.

    Columns in: those of `find_mentions`, with ``date`` (the day of publication) and where known ``record, dateline``.
    ``honorifics, tone, formulas`` are lexicons other than ours; ``phrases`` are words to look for; ``repeated``: find also the
    phrases that a sender repeats, which takes all texts at once.
    Columns out: `messages`: ``message_id, sender, recipient, date, date_basis`` (sent, received or published), ``occasion,
    reply, versions`` (how many texts tell of it); a text that tells of no message has none. `versions`: ``version_id,
    message_id`` (of its first message), ``url, language, record, published, dateline, sentences, words`` (without the headline;
    parted by spaces), and of these the words in the frames ``agency, letter, reported``. `mentions`: see `find_mentions`, with the ``slot``
    of the letter (salutation, body, close; blank outside it). `tone`: see `find_tone`, in all frames. `formulas`: see
    `find_formulas`. `lengths`: see `measure_style`. `token_counts`: ``message_id, version_id, frame, token, n``. `repeated`: see
    `find_repeated`. `wordings`: see `find_phrases`. `sought`: ``phrase, places`` (where it was
    found), of the phrases that were looked for. All but `messages` and `sought` lead to their message by ``message_id``, blank where
    there is none.

    >>> from datetime import date
    >>> text = "Oslo, May 3 (NTB) -- Ann Lee sent a letter to Bob Moe on May 2. The letter said: Dear friend, I thank you."
    >>> texts = pd.DataFrame({"version_id": ["a"], "text": [text], "date": [date(2001, 5, 3)]})
    >>> measure_texts(texts).messages.values.tolist()
    [['ann-lee-bob-moe-2001-05-02', 'Ann Lee', 'Bob Moe', datetime.date(2001, 5, 2), 'sent', 'not stated', 'no', 1]]
    """
    frames = _frames(texts, formulas)
    own = frames[frames["frame"].isin(VOICES)]
    mentions, wordings = find_mentions(texts, honorifics), find_phrases(phrases, frames)
    return Measurements(
        messages=list_messages(frames),
        versions=_versions(texts, frames),
        mentions=_at_their_place(mentions, frames)[MENTIONS],
        tone=_by_parties(find_tone_in(frames, texts, tone, ALL_FRAMES, mentions), frames)[TONE],
        formulas=_by_parties(find_formulas_in(own, texts, formulas), frames)[FORMULAS],
        lengths=_by_parties(measure_style_of(own, texts), frames)[LENGTHS],
        token_counts=_by_parties(count_tokens(own), frames)[TOKEN_COUNTS],
        repeated=find_repeated(own) if repeated else pd.DataFrame(columns=REPEATED_COLUMNS),
        wordings=wordings,
        sought=list_sought(phrases, wordings),
    )


def _frames(texts: pd.DataFrame, formulas: pd.DataFrame | None) -> pd.DataFrame:
    """The sentences with frames and parties, and of each the day of publication, the message, and the slot of the letter."""
    frames = split_frames(texts)
    published = dict(zip(texts["version_id"], pd.to_datetime(texts["date"]).dt.date, strict=True))
    language = texts["language"].fillna("en").replace("", "en") if "language" in texts else pd.Series("en", texts.index)
    spoken = dict(zip(texts["version_id"], language, strict=True))
    frames = frames.assign(date=frames["version_id"].map(published), language=frames["version_id"].map(spoken))
    frames = frames.assign(message_id=name_messages(frames))
    return frames.assign(slot=place_sentences(frames, formulas))


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
    first = frames[frames["message_id"] != ""].groupby("version_id")["message_id"].first()
    table = texts.reindex(columns=["version_id", "url", "record", "date", "dateline"]).rename(columns={"date": "published"})
    table = table.assign(
        message_id=table["version_id"].map(first).fillna(""),
        url=table["url"].astype("object").fillna("").astype("str"),
        language=table["version_id"].map(frames.drop_duplicates("version_id").set_index("version_id")["language"]).fillna("en"),
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
