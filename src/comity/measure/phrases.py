"""Where phrases that somebody asks for stand in texts: to check what others say that a letter says."""

import re
from pathlib import Path

import pandas as pd

from comity.errors import CorpusError

SOUGHT_COLUMNS = ["phrase", "places"]
WORDING_COLUMNS = ["phrase", "message_id", "version_id", "part", "start", "end", "matched", "frame"]

_TOLD = ["sentence", "start", "frame", "message_id", "version_id", "part"]

# More would no longer be a short quotation.
LONGEST = 12

# "honour" and "honor", "favourable" and "favorable", but not "your" or "for".
_SPELLING = re.compile(r"(?<=\w\w)ou?r\b|(?<=\w{3})ou?r(?=(?:s|ed|ing|able|ably|ful|less|ly|ite|ites|hood)\b)", re.IGNORECASE)

# Scripts that part no words by spaces: Thai, Lao, Burmese, Khmer, the Japanese syllables, Chinese characters. Korean parts words, and glues
# endings to them.
_UNPARTED = (
    "\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3005-\u3007\u3040-\u30ff"
    "\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\uff66-\uff9d\U00020000-\U0003ffff"
)
_KOREAN = "\u1100-\u11ff\u3130-\u318f\uac00-\ud7a3"
_IS_UNPARTED, _TAKES_ENDINGS = re.compile(f"[{_UNPARTED}]"), re.compile(f"[{_UNPARTED}{_KOREAN}]")


def find_phrases(phrases: tuple[str, ...], sentences: pd.DataFrame) -> pd.DataFrame:
    """Find where phrases stand in sentences, whole words, in capitals or small letters, over line ends.

    Columns in: as `split_frames` gives them, with ``message_id``. Columns out: ``phrase`` (as asked for), ``message_id,
    version_id, part, start, end, matched`` (the part's characters from start to end), ``frame``; by phrase, in the order given.

    >>> said = pd.DataFrame({"message_id": ["m"], "version_id": ["a"], "part": ["text"], "start": [10], "frame": ["letter"],
    ...     "sentence": ["I wish you\\nGood Health."]})
    >>> find_phrases(("good health",), said)[["start", "end", "matched"]].values.tolist()
    [[21, 32, 'Good Health']]
    """
    rows, told = [], list(zip(*(sentences[name].to_numpy(dtype=object) for name in _TOLD), strict=True))
    for phrase in dict.fromkeys(phrases):
        pattern = phrase_pattern(phrase)
        for sentence, start, frame, *about in told:
            for found in pattern.finditer(sentence):
                rows.append((phrase, *about, start + found.start(), start + found.end(), found[0], frame))
    return pd.DataFrame(rows, columns=WORDING_COLUMNS).astype(dict.fromkeys(WORDING_COLUMNS, "str") | {"start": "int64", "end": "int64"})


def list_sought(phrases: tuple[str, ...], found: pd.DataFrame) -> pd.DataFrame:
    """List the phrases that were looked for, each once: only of these can be said that a text does not have them.

    Columns in: ``found`` as `find_phrases` gives them. Columns out: ``phrase, places`` (where it was found).
    """
    places = found["phrase"].value_counts()
    table = pd.DataFrame({"phrase": list(dict.fromkeys(phrases))}, dtype="str")
    return table.assign(places=table["phrase"].map(places).fillna(0).astype("int64"))[SOUGHT_COLUMNS]


def phrase_pattern(phrase: str) -> re.Pattern:
    """A pattern of a phrase: whole words, capitals or small letters, any white space, either apostrophe, "honours" or "honors".

    In a script that parts no words by spaces (Chinese, Japanese, Thai) letters may stand before and after; a Korean ending may follow
    any word; a word of another script is whole also where it stands among these.
    Errors: CorpusError for a phrase without a word.

    >>> bool(phrase_pattern("victory and honour").search("Victory and honor!")), bool(phrase_pattern("健康").search("祝您健康长寿"))
    (True, True)
    """
    words = phrase.split()
    if not words:
        raise CorpusError("A phrase is blank: leave it out. It would be found everywhere.")
    first, last = words[0][0], words[-1][-1]
    before = "" if _IS_UNPARTED.match(first) else rf"(?<![^\W{_UNPARTED}])"
    after = "" if _TAKES_ENDINGS.match(last) else rf"(?![^\W{_UNPARTED}{_KOREAN}])"
    pattern = _word_pattern(words[0])
    for one, other in zip(words, words[1:]):
        glued = _IS_UNPARTED.match(one[-1]) and _IS_UNPARTED.match(other[0])
        pattern += (r"\s*" if glued else r"\s+") + _word_pattern(other)
    return re.compile(before + pattern + after, re.IGNORECASE)


def _word_pattern(word: str) -> str:
    return _SPELLING.sub("ou?r", re.escape(word)).replace("’", "'").replace("'", "['’]")


def split_wording(cell: str) -> list[list[str]]:
    """The words that a claim is shown by: the parts that must all be there, joined by ``&``, each with its alternatives, joined by ``|``.

    >>> split_wording("selfless support|disinterested support & Russian army")
    [['selfless support', 'disinterested support'], ['Russian army']]
    """
    parts = ([phrase.strip() for phrase in part.split("|") if phrase.strip()] for part in cell.split("&"))
    return [part for part in parts if part]


def read_phrases(path: str | Path) -> tuple[str, ...]:
    """Read the phrases to look for: the column ``phrase`` of a CSV file, or the wordings of a table of claims.

    Of a table of claims (``shown_by, form, expected``) they are the words of the rows that wording would show, each part and alternative by itself.
    Errors: CorpusError where the file cannot be read, has neither, or a phrase has more than a dozen words.
    """
    try:
        table = pd.read_csv(path, dtype="str", keep_default_na=False, encoding="utf-8-sig")
    except (OSError, ValueError) as error:
        raise CorpusError(f"{path} cannot be read ({error}). Name a CSV file with a column phrase.") from error
    if not isinstance(table.index, pd.RangeIndex):
        raise CorpusError(f"{path}: rows have more cells than the first row has names of columns. Write a phrase that holds a comma in quotation marks.")
    if {"shown_by", "form", "expected"} <= set(table):
        cells = table.loc[table["shown_by"] == "wording", ["form", "expected"]].to_numpy().flatten()
        asked = pd.Series([phrase for cell in cells for part in split_wording(cell) for phrase in part], dtype="str")
    elif "phrase" in table:
        asked = table["phrase"]
    else:
        raise CorpusError(f"{path} has no column phrase. It needs one, with a phrase a row.")
    phrases = tuple(phrase for phrase in dict.fromkeys(asked.str.strip()) if phrase)
    long = [phrase for phrase in phrases if len(phrase.split()) > LONGEST]
    if long:
        raise CorpusError(f"{path}: “{long[0]}” has more than {LONGEST} words. Look for a shorter piece of it.")
    return phrases
