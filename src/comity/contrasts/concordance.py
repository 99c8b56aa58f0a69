"""Keyword in context: every place of a word or phrase, with the words around it as received."""

import re
from bisect import bisect_left, bisect_right

import pandas as pd

from comity.contrasts.counts import as_id
from comity.errors import CorpusError
from comity.speech import split_frames
from comity.style.tokens import find_token_spans

_COLUMNS = {"version_id": "str", "part": "str", "start": "int64", "end": "int64", "left": "str", "matched": "str", "right": "str", "frame": "str"}

_SPACED, _SPACE = re.compile(r"\S+"), re.compile(r"\s+")


def find_concordance(words, texts, frames=None, width=6):
    """Find every place where words or phrases stand in texts, with at most ``width`` words on each side, as received.

    ``words``: one or several, in any case, whole words only; "Kim's" and "co-operate" are words of their own, as
    where words are counted. Where several fit at a place, the longest is found. The words of a phrase may be parted
    by any white space. ``texts``: the columns of `split_frames`; ids may be numbers. ``frames``: only these (letter, reported, agency,
    headline).
    Columns out, in the order of the texts: ``version_id, part`` (headline or text), ``start, end, left, matched, right``
    (the part's characters from start to end are ``matched``; a mark that touches it, a comma say, stands in ``left``
    or ``right`` and is no word), ``frame`` (of the sentence in which it begins). Raises CorpusError without words.

    >>> texts = pd.DataFrame({"version_id": ["a"], "kind": ["letter"], "text": ["Dear friend, I greet you, my dear old friend."]})
    >>> find_concordance(["dear", "dear friend"], texts, width=2)[["left", "matched", "right"]].values.tolist()
    [['', 'Dear friend', ', I greet'], ['you, my', 'dear', 'old friend.']]
    """
    phrases = _read_words(words)
    if width < 0:
        raise CorpusError(f"width is a number of words on each side, 0 or more, not {width}.")
    for column in ("version_id", "text"):
        if column not in texts:
            raise CorpusError(f"The table texts has no column {column}; it has: {', '.join(map(str, texts.columns))}.")
    texts = texts.assign(version_id=texts["version_id"].map(as_id))
    twice = texts["version_id"].duplicated()
    if twice.any():
        raise CorpusError(f"Two texts have the version_id {texts.loc[twice, 'version_id'].iloc[0]!r}; give each its own.")
    rows = [row for text in texts.to_dict("records") for row in _find(phrases, text, width)]
    found = pd.DataFrame(rows, columns=list(_COLUMNS)[:-1])
    table = _with_frames(found, texts).astype(_COLUMNS)
    frames = [frames] if isinstance(frames, str) else frames
    return table if frames is None else table[table["frame"].isin(list(frames))].reset_index(drop=True)


def _read_words(words):
    """The phrases by their first word, the longest first: their words, and what stands between these."""
    phrases = {}
    for words_of_one in [words] if isinstance(words, str) else words:
        tokens, gaps, _ = _take_apart(words_of_one)
        if not tokens:
            raise CorpusError(f"{words_of_one!r} has no word to look for.")
        phrases.setdefault(tokens[0], []).append((tokens, gaps))
    if not phrases:
        raise CorpusError("Give at least one word to look for.")
    return {first: sorted(found, key=lambda phrase: -len(phrase[0])) for first, found in phrases.items()}


def _take_apart(text):
    """The words of a text, what stands between them with its white space made one, and their places."""
    spans = list(find_token_spans(text))
    gaps = [_SPACE.sub(" ", text[one[1] : other[0]]) for one, other in zip(spans, spans[1:], strict=False)]
    return [token for *_, token in spans], gaps, [place for *place, _ in spans]


def _find(phrases, row, width):
    for part in ("headline", "text"):
        text = row.get(part)
        if not isinstance(text, str):
            continue
        spans = [word.span() for word in _SPACED.finditer(text)]
        starts, ends = zip(*spans, strict=True) if spans else ((), ())
        for start, end in _places(phrases, text):
            left, right = _left(text, start, starts, width), _right(text, end, ends, width)
            yield row["version_id"], part, start, end, left, text[start:end], right


def _places(phrases, text):
    tokens, gaps, places = _take_apart(text)
    at = 0
    while at < len(tokens):
        for words, between in phrases.get(tokens[at], ()):
            last = at + len(words) - 1
            if tokens[at : last + 1] == words and gaps[at:last] == between:
                yield places[at][0], places[last][1]
                at = last
                break
        at += 1


def _left(text, start, starts, width):
    place = bisect_left(starts, start)
    no_word = place > 0 and not any(map(str.isalnum, text[starts[place - 1] : start]))
    first = max(0, place - width - no_word)
    return text[starts[first] : start].rstrip() if first < place else ""


def _right(text, end, ends, width):
    place = bisect_right(ends, end)
    no_word = place < len(ends) and not any(map(str.isalnum, text[end : ends[place]]))
    last = min(len(ends), place + width + no_word)
    return text[end : ends[last - 1]].lstrip() if last > place else ""


def _with_frames(found, texts):
    """Each place with the frame of the sentence in which it begins."""
    if found.empty:
        return found.assign(frame=[])
    # Only texts in which something was found are read for their frames.
    sentences = split_frames(texts[texts["version_id"].isin(found["version_id"])])
    begins = sentences[["version_id", "part", "start", "frame"]].sort_values("start", kind="stable")
    places = found.reset_index().sort_values("start", kind="stable")
    joined = pd.merge_asof(places, begins, on="start", by=["version_id", "part"])
    return joined.set_index("index").sort_index().rename_axis(None)
