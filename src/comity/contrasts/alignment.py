"""Two texts of one message side by side: forms of address as units first, then the words between them.

A form of address is one unit, whatever the order of its words: "Comrade General Secretary" is "general secretary comrade".
Aligned word by word, its words would find partners in other forms of address.
"""

import re
from bisect import bisect
from collections import Counter
from collections.abc import Mapping

import pandas as pd

from comity.address import find_mentions
from comity.address.lexicon import ELEMENTS
from comity.contrasts.pairing import ADDRESS, WORDS, Token, keys, match, pair_tokens
from comity.errors import CorpusError
from comity.speech.sentences import find_sentences
from comity.style.tokens import END_MARK, find_token_spans

OPS = ("same", "same unit", "changed", "moved", "only in a", "only in b")
COLUMNS = {
    "segment": "int64", "op": "str", "kind": "str", "words_a": "str", "words_b": "str", "start_a": "Int64", "end_a": "Int64",
    "start_b": "Int64", "end_b": "Int64", "n_a": "int64", "n_b": "int64", "n_same": "int64", "twin": "Int64",
}  # fmt: skip

_NUMBER, _GENITIVE = re.compile(rf"{END_MARK}|\d+"), re.compile(r"['’]")


def align_versions(a, b, mentions=None):
    """Align two texts: forms of address as indivisible units, then words; every segment keeps its characters in both texts.

    ``a, b``: a text, or a row of the texts that `find_mentions` takes. ``mentions``: their forms of address, as that
    function gives them (of two bare texts under the ids a and b); found where none are given.
    Columns out: ``segment, op`` (*same*; *same unit*: the same form of address in other words or another order; *changed*;
    *moved*; *only in a*; *only in b*), ``kind`` (address where a form of address stands in it; words), ``words_a, words_b``
    (as received), ``start_a, end_a, start_b, end_b`` (characters; blank where there are none), ``n_a, n_b`` (words),
    ``n_same`` (those the same here), ``twin`` (of what moved: the segment where the other text has it). One row a segment,
    which ends with its sentence unless it has moved; read downwards, each side gives all words, numbers and forms of address
    of its text in order.
    Marks, spaces and capitals are not compared.
    The alignment is that of Ratcliff and Obershelp (1988), as `difflib` has it; that of b and a is its mirror.
    Errors: CorpusError where a or b is no text, or a mention is not where it is said to be.

    >>> found = align_versions("Thank you, Comrade General Secretary.", "Many thanks to you, general secretary comrade.")
    >>> found[["op", "words_a", "words_b"]].values.tolist()
    [['changed', 'Thank', 'Many thanks to'], ['same unit', 'you, Comrade General Secretary', 'you, general secretary comrade']]
    """
    sides = [_read(text, name) for text, name in ((a, "a"), (b, "b"))]
    tokens = [_tokens(side, find_mentions(pd.DataFrame([side])) if mentions is None else mentions) for side in sides]
    rows = _rows(pair_tokens(*tokens), [side["text"] for side in sides])
    return pd.DataFrame(rows, columns=list(COLUMNS)).astype(COLUMNS)


def summarise_alignment(segments):
    """Say how many words two aligned texts share, counted from each side.

    Columns in: as `align_versions` gives them. Columns out: ``text`` (a, b), ``words``; ``same, moved, other`` (their number:
    in the same order, elsewhere, without a partner), ``share`` (same / words, 0 to 1; NaN without words) and
    ``share_with_moved``. One row a text.

    >>> summarise_alignment(align_versions("I greet you all.", "I greet you."))[["text", "words", "share"]].values.tolist()
    [['a', 4, 0.75], ['b', 3, 1.0]]
    """
    rows, same = [], int(segments["n_same"].sum())
    for side in ("a", "b"):
        words, moved = (int(table[f"n_{side}"].sum()) for table in (segments, segments[segments["op"] == "moved"]))
        share = [part / words if words else float("nan") for part in (same, same + moved)]
        rows.append((side, words, same, moved, words - same - moved, *share))
    return pd.DataFrame(rows, columns=["text", "words", "same", "moved", "other", "share", "share_with_moved"])


def _read(text, name):
    """A text as a row of texts."""
    row = {"text": text} if isinstance(text, str) else dict(text) if isinstance(text, Mapping | pd.Series) else {}
    if not isinstance(row.get("text"), str):
        raise CorpusError(f"{name} is no text: give a text, or one row of a table of texts, with a column text.")
    return {"version_id": name} | row


def _tokens(side, mentions):
    """The forms of address of a text, and the words and numbers outside them."""
    text, found = side["text"], []
    sentences = [start for start, _ in find_sentences(text)]
    mine = mentions[(mentions["version_id"] == side["version_id"]) & (mentions["part"] == "text")]
    for mention in mine.fillna({"honoree": "", **dict.fromkeys(ELEMENTS, "")}).sort_values(["start", "end"]).to_dict("records"):
        start, end = _span(mention, text)
        if not found or start >= found[-1].end:
            words = _words(text[start:end])
            elements = [(element, word) for element in ELEMENTS for word in _words(mention[element])]
            key = (ADDRESS, tuple(sorted(elements or [("", word) for word in words])))
            found.append(Token(start, end, bisect(sentences, start), ADDRESS, words, key, mention["honoree"]))
    for start, end in _outside(text, found):
        word = text[start:end].lower().replace("’", "'")
        found.append(Token(start, end, bisect(sentences, start), WORDS, (word,), (WORDS, word)))
    return sorted(found)


def _span(mention, text):
    start, end = mention["start"], mention["end"]
    if pd.isna(start) or pd.isna(end) or start >= end or text[int(start) : int(end)] != mention["matched"]:
        raise CorpusError(f"The mention {mention['matched']!r} does not stand at {start} to {end} of the text "
                          f"{mention['version_id']}: give the mentions that find_mentions finds in this very text.")
    return int(start), int(end)


def _words(text):
    return tuple(word for _, _, word in find_token_spans(text))


def _outside(text, addresses):
    """Where words and numbers stand outside the forms of address; of a word into which one reaches, what is left of it."""
    words = [(start, end) for start, end, _ in find_token_spans(text)]
    inside = {place for span in words for place in range(*span)}
    pieces = words + [number.span() for number in _NUMBER.finditer(text) if number.start() not in inside and number[0] != END_MARK]
    for address in addresses:
        cut = [piece for start, end in pieces for piece in ((start, min(end, address.start)), (max(start, address.end), end))]
        # A genitive is no word.
        pieces = [(start, end) for start, end in cut if start < end and not (start == address.end and _GENITIVE.match(text, start))]
    return pieces


def _rows(pairs, texts):
    places = {(pair.move, bool(pair.a)): number for number, pair in enumerate(pairs) if pair.move is not None}
    for number, pair in enumerate(pairs):
        twin = pd.NA if pair.move is None else places[pair.move, not pair.a]
        spans = [(side[0].start, side[-1].end) if side else (pd.NA, pd.NA) for side in pair[:2]]
        words = [text[start:end] if side else "" for text, side, (start, end) in zip(texts, pair[:2], spans, strict=True)]
        counts = [sum(len(token.words) for token in side) for side in pair[:2]]
        kind = ADDRESS if any(token.kind == ADDRESS for token in pair.a + pair.b) else WORDS
        yield number, _op(pair), kind, *words, *spans[0], *spans[1], *counts, _count_same(pair, kind), twin


def _op(pair):
    if pair.move is not None:
        return "moved"
    if not pair.a or not pair.b:
        return "only in a" if pair.a else "only in b"
    if keys(pair.a) != keys(pair.b):
        return "changed"
    return "same" if [token.words for token in pair.a] == [token.words for token in pair.b] else "same unit"


def _count_same(pair, kind):
    """The words that both sides have: of forms of address in any order, of other words in theirs."""
    if kind == WORDS:
        return sum(block.size for block in match(keys(pair.a), keys(pair.b)).get_matching_blocks())
    one, two = (Counter(word for token in side for word in token.words) for side in pair[:2])
    return (one & two).total()
