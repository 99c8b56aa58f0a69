"""Phrases that a sender says again: sequences of words that stand in several of his messages."""

from collections import defaultdict
from numbers import Integral

import pandas as pd

from comity.errors import CorpusError
from comity.formulas.hits import VOICES
from comity.style.tokens import find_token_spans

REPEATED_COLUMNS = ["phrase", "messages", "message_id", "version_id", "part", "start", "end", "matched", "frame"]

NEEDED = ["message_id", "version_id", "part", "start", "frame", "sender", "sentence"]

# Shorter sequences are grammar; longer ones would no longer be a short quotation.
LEAST, LONGEST = 3, 12


def find_repeated(sentences: pd.DataFrame, least: int = LEAST, longest: int = LONGEST) -> pd.DataFrame:
    """Find the phrases that stand in two or more messages of one sender, in direct or indirect speech, not over a sentence's end.

    A phrase neither begins nor ends with a word of grammar (those that scikit-learn lists for English). A phrase inside a longer
    one is left out at that place, unless it stands in more messages than the longer one. Two versions of one message are one
    message.
    Columns in: as `split_frames` gives them, with ``message_id``. Columns out: ``phrase`` (its words in small letters),
    ``messages`` (of this sender that have it), ``message_id, version_id, part, start, end, matched`` (the part's
    characters from start to end), ``frame``; by phrase, the most frequent first. Sentences of no message or of nobody (blank) are left out.
    Errors: CorpusError where a column is missing, or ``least`` and ``longest`` are no numbers of words.

    >>> said = pd.DataFrame({"version_id": ["a", "b"], "message_id": ["m", "n"], "part": "text", "start": [0, 0], "frame": "letter",
    ...     "sender": "A", "sentence": ["I wish you good health, sir.", "Today I wish you good health and luck."]})
    >>> find_repeated(said)[["phrase", "messages", "matched"]].values.tolist()
    [['wish you good health', 2, 'wish you good health'], ['wish you good health', 2, 'wish you good health']]
    """
    _require(sentences, least, longest)
    messages = sentences["message_id"].fillna("")
    named = (messages != "") & (sentences["sender"].fillna("") != "")
    told = sentences[sentences["frame"].isin(VOICES) & (sentences["part"] == "text") & named]
    rows = [row for _, mine in told.groupby("sender", sort=True) for row in _of_sender(mine, least, longest)]
    table = pd.DataFrame(rows, columns=REPEATED_COLUMNS)
    table = table.astype(dict.fromkeys(REPEATED_COLUMNS, "str") | dict.fromkeys(("messages", "start", "end"), "int64"))
    order = ["messages", "phrase", "version_id", "start"]
    return table.sort_values(order, ascending=[False, True, True, True], kind="stable", ignore_index=True)


def _require(sentences: pd.DataFrame, least: int, longest: int) -> None:
    missing = [name for name in NEEDED if name not in sentences]
    if missing:
        raise CorpusError(f"The sentences lack the column {missing[0]}. They need {', '.join(NEEDED)}.")
    for name, size in (("least", least), ("longest", longest)):
        if not isinstance(size, Integral) or size < 1:
            raise CorpusError(f"{name} is {size!r}. It is a number of words: 1 or more.")
    if least > longest:
        raise CorpusError(f"least is {least} and longest {longest}: no phrase is so long and so short. Let longest be no less than least.")


def _of_sender(sentences: pd.DataFrame, least: int, longest: int):
    said = [(sentence, list(find_token_spans(sentence.sentence))) for sentence in sentences.itertuples(index=False)]
    # What is kept of each sentence, by the word with which it begins: where it ends, and in how many messages it stands.
    kept: list[dict[int, list[tuple[int, int]]]] = [defaultdict(list) for _ in said]
    longest = min(longest, max((len(words) for _, words in said), default=0))
    for size in range(longest, least - 1, -1):
        for phrase, places in _repeated(said, size).items():
            messages = len({said[number][0].message_id for number, _ in places})
            for number, at in places:
                if not _is_inside(kept[number], range(max(at + size - longest, 0), at + 1), at + size, messages):
                    kept[number][at].append((at + size, messages))
                    yield _row(phrase, messages, *said[number], at, size)


def _is_inside(kept: dict[int, list[tuple[int, int]]], begins: range, end: int, messages: int) -> bool:
    """Whether a phrase lies in a longer one of as many messages, which begins with one of these words."""
    return any(end <= last and more >= messages for first in begins if first in kept for last, more in kept[first])


def _repeated(said, size: int) -> dict[tuple[str, ...], list[tuple[int, int]]]:
    """The sequences of so many words that stand in two messages, with their places."""
    from sklearn.feature_extraction.text import ENGLISH_STOP_WORDS

    found = defaultdict(list)
    for number, (_, words) in enumerate(said):
        for at in range(len(words) - size + 1):
            if words[at][-1] not in ENGLISH_STOP_WORDS and words[at + size - 1][-1] not in ENGLISH_STOP_WORDS:
                found[tuple(word for *_, word in words[at : at + size])].append((number, at))
    return {
        phrase: places for phrase, places in found.items() if len({said[number][0].message_id for number, _ in places}) > 1
    }


def _row(phrase, messages, sentence, words, at, size):
    start, end = words[at][0], words[at + size - 1][1]
    return (
        " ".join(phrase), messages, sentence.message_id, sentence.version_id, sentence.part, sentence.start + start, sentence.start + end,
        sentence.sentence[start:end], sentence.frame,
    )  # fmt: skip
