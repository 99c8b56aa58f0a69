"""How long the letters are, how long their sentences, and how readable."""

import math
import statistics

import pandas as pd

from comity.speech import split_frames
from comity.speech.languages import language_of
from comity.style.readability import FORMULAS, measure_readability, warn
from comity.style.tokens import END_MARK, KEYS, count_words

STYLE_COLUMNS = [
    *KEYS, "extent", "words", "high", "tokens", "sentences", "characters", "mean_sentence", "median_sentence", "longest_sentence",
    *FORMULAS, "warning",
]  # fmt: skip
VOICES = ("letter", "reported")


def measure_style(texts: pd.DataFrame, frames: tuple[str, ...] = VOICES) -> pd.DataFrame:
    """Measure length, sentences and readability of the messages in texts, apart for direct and indirect speech.

    Columns in: as for `split_frames`. Columns out: ``version_id, frame, sender, recipient``; ``extent`` (full where the whole
    message stands in direct speech, excerpt where a part is retold, summary where all of it is); ``words`` (parted by
    spaces; what was seen) and ``high`` (the most the letter may have: the same where it is seen whole, infinite where it may go
    on, NaN for a summary, which bounds nothing); ``tokens, sentences, characters``; ``mean_sentence, median_sentence,
    longest_sentence`` (words); ``flesch, flesch_kincaid, fog, ari, coleman_liau, lix, rix`` (NaN where a formula was not made
    for the language); ``warning``. One row a message, version and frame. An opening line is no sentence by itself.

    >>> text = "Ann Lee sent a letter to Bob Moe. The letter said: Dear Mr. Moe,\\nI thank you and Dr. Roe. I wish you peace."
    >>> measure_style(pd.DataFrame({"version_id": ["a"], "text": [text]}))[["words", "sentences", "longest_sentence"]].iloc[0].tolist()
    [13.0, 2.0, 9.0]
    """
    sentences = split_frames(texts)
    return measure_style_of(sentences[sentences["frame"].isin(frames)], texts)


def measure_style_of(sentences: pd.DataFrame, texts: pd.DataFrame) -> pd.DataFrame:
    """The same where the texts are split already: `sentences` as `split_frames` gives them, of the frames wanted."""
    spoken = dict(zip(texts["version_id"].astype("str"), language_of(texts), strict=True))
    here = sentences[sentences["part"] == "text"]
    # Plain lists: to chop a table into thousands of small ones takes longer than to measure them.
    letters, frames, tokens = {}, {}, {}
    counted = here["tokens"].map(len) if "tokens" in here else map(count_words, here["sentence"])
    for version, frame, sender, recipient, sentence, count in zip(
        *(here[name].to_numpy(dtype=object) for name in (*KEYS, "sentence")), counted, strict=True
    ):  # fmt: skip
        key = version, frame, sender, recipient
        if key not in letters:
            letters[key], tokens[key] = [], 0
            frames.setdefault((version, sender, recipient), set()).add(frame)
        letters[key].append(sentence)
        tokens[key] += count
    rows = []
    for (version, frame, *parties), mine in letters.items():
        extent = _extent(frames[version, *parties])
        measured = _measure(mine, tokens[version, frame, *parties], spoken[version])
        high = {"full": measured["words"], "excerpt": math.inf}.get(extent, math.nan)
        rows.append(dict(zip(KEYS, (version, frame, *parties), strict=True)) | {"extent": extent, "high": high} | measured)
    table = pd.DataFrame(rows, columns=STYLE_COLUMNS)
    counts = dict.fromkeys(("words", "tokens", "sentences", "characters"), "int64")
    text = dict.fromkeys((*KEYS, "extent", "warning"), "str")
    return table.astype(text | counts | {name: "float64" for name in STYLE_COLUMNS if name not in text and name not in counts})


def _extent(frames: set[str]) -> str:
    if "letter" not in frames:
        return "summary"
    return "excerpt" if "reported" in frames else "full"


def _measure(spoken: list[str], tokens: int, language: str) -> dict:
    """The numbers of one message; a line that ends with a comma or a colon belongs to the sentence after it."""
    plain = [sentence.replace(END_MARK, " ").strip() for sentence in spoken]
    plain = [sentence for sentence in plain if sentence]
    whole = _join_openings(plain)
    lengths = [len(sentence.split()) for sentence in whole]
    words = sum(lengths)
    return {
        "words": words, "tokens": tokens, "sentences": len(whole),
        "characters": sum(map(len, plain)) + max(len(plain) - 1, 0),
        "mean_sentence": statistics.fmean(lengths) if lengths else math.nan,
        "median_sentence": statistics.median(lengths) if lengths else math.nan,
        "longest_sentence": max(lengths, default=math.nan),
        **measure_readability(whole, words, language), "warning": warn(len(whole), words, language),
    }  # fmt: skip


def _join_openings(sentences: list[str]) -> list[str]:
    whole, opening = [], ""
    for sentence in sentences:
        opening = f"{opening} {sentence}".strip()
        if sentence[-1] not in ",:，：":
            whole.append(opening)
            opening = ""
    return [*whole, opening] if opening else whole
