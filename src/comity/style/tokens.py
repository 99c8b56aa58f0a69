"""The words of a text as they are counted: small letters, hyphens and apostrophes inside, ordinal numbers."""

import re
from collections import Counter
from collections.abc import Iterator

import pandas as pd

from comity.sources.terms import GLUED, may_hold_name, read_terms
from comity.sources.word_lists import of_lexicons

KEYS = ["version_id", "frame", "sender", "recipient"]

# The mark with which the archive's agency ends a story.
END_MARK = "-0-"

# An ordinal, a Han character by itself (Chinese parts no words), or letters with inner hyphens and apostrophes.
_ORDINAL, _HAN, _LETTER = r"\d+(?i:st|nd|rd|th)\b", r"[\u3400-\u9fff\uf900-\ufaff]", r"[^\W\d_\u3400-\u9fff\uf900-\ufaff]"
_WORD = re.compile(rf"{_ORDINAL}|{_HAN}|{_LETTER}+(?:[-'’]{_LETTER}+)*")
# The same of a text in small letters that has no others than a to z, which is looked through in half the time.
_PLAIN_WORD = re.compile(r"[a-z]+(?:[-'][a-z]+)*|\d+(?:st|nd|rd|th)\b")
_SPACE = r"\s"


def find_tokens(text: str) -> list[str]:
    """The words of a text in small letters; words that a site glued together are parted.

    >>> find_tokens("The 75th day: Kim’s long-standing ties, toKim Jong Unon. -0-")
    ['the', '75th', 'day', "kim's", 'long-standing', 'ties', 'to', 'kim', 'jong', 'un', 'on']
    """
    pattern = _pattern(text)
    if pattern is _WORD and (plain := text.replace("’", "'")).isascii():
        # Small letters all at once, which is the same where each capital has one small letter.
        return _PLAIN_WORD.findall(plain.lower())
    return [word.lower().replace("’", "'") for word in pattern.findall(text)]


def count_words(text: str) -> int:
    """How many words there are.

    >>> count_words("The 75th day, toKim Jong Unon.")
    8
    """
    return len(_pattern(text).findall(text))


def find_token_spans(text: str) -> Iterator[tuple[int, int, str]]:
    """The same words with their places: ``start, end, word``.

    >>> list(find_token_spans("ComradeKim"))
    [(0, 7, 'comrade'), (7, 10, 'kim')]
    """
    for word in _pattern(text).finditer(text):
        yield *word.span(), word[0].lower().replace("’", "'")


def _pattern(text: str) -> re.Pattern:
    return _parted() if GLUED.search(text) or may_hold_name(text) else _WORD


@of_lexicons
def _parted() -> re.Pattern:
    """The same where a capital after a small letter begins a word, and so does a letter after a name that is known."""
    known = [rf"(?<={before.replace(' ', _SPACE)}{_SPACE}){last}(?={_LETTER})" for before, last in _names().values()]
    letters = rf"{_LETTER}(?:(?!(?<=[a-z])(?<!Mc)(?<!Mac)[A-Z]){_LETTER})*"
    return re.compile("|".join([_ORDINAL, _HAN, *known, rf"{letters}(?:[-'’]{letters})*"]))


@of_lexicons
def _names() -> dict[str, tuple[str, str]]:
    """The names to which a site's markup glues the next word, each parted before its last word."""
    names = (name for name in read_terms("message_stories").get("name", ()) if " " in name)
    return {name: tuple(name.rsplit(" ", 1)) for name in names}


def count_tokens(sentences: pd.DataFrame) -> pd.DataFrame:
    """Count the words of each message in each version and frame.

    Columns in: as `split_frames` gives them; ``tokens``, where the words were found before. Columns out: ``version_id, frame, sender,
    recipient, token, n``; the tokens of a message in order of the alphabet. Headlines are no part of a message and are left out.

    >>> said = pd.DataFrame({"version_id": ["a"], "part": ["text"], "frame": ["letter"], "sender": ["A"], "recipient": ["B"],
    ...     "sentence": ["To peace and peace."]})
    >>> count_tokens(said)[["token", "n"]].values.tolist()
    [['and', 1], ['peace', 2], ['to', 1]]
    """
    told, letters = sentences[sentences["part"] == "text"], {}
    found = told["tokens"] if "tokens" in told else map(find_tokens, told["sentence"])
    for *key, tokens in zip(*(told[name].to_numpy(dtype=object) for name in KEYS), found, strict=True):
        letters.setdefault(tuple(key), []).extend(tokens)
    counts = [sorted(Counter(tokens).items()) for tokens in letters.values()]
    keys = pd.DataFrame(list(letters), columns=KEYS, dtype="str")
    table = keys.loc[keys.index.repeat([len(counted) for counted in counts])].reset_index(drop=True)
    told = pd.DataFrame([each for counted in counts for each in counted], columns=["token", "n"]).astype({"token": "str", "n": "int64"})
    return pd.concat([table, told], axis="columns")
