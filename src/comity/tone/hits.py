"""Every tone term of a text: its characters, its dimension, whose voice, and whether it is turned around."""

import bisect
import re
from itertools import accumulate
from pathlib import Path
from typing import NamedTuple

import pandas as pd

from comity.errors import CorpusError
from comity.lexicons import Hit, Matcher
from comity.lexicons.terms import split_words
from comity.sources.word_lists import lexicon_folder, of_lexicons
from comity.speech import split_frames
from comity.speech.languages import language_of
from comity.tone.lexicon import NONE, list_forms, read_tone
from comity.tone.scope import our_scope

TONE_COLUMNS = [
    "version_id", "part", "start", "end", "matched", "frame", "sender", "recipient", "dimension", "term", "negated", "address", "context",
]  # fmt: skip
ALL_FRAMES = ("headline", "agency", "letter", "reported")

# As evidence a term is shown with no more words than this, itself included.
CONTEXT = 12

_UNSPACED = re.compile(r"\S+")


class Sentence(NamedTuple):
    """What a hit takes over from its sentence, as `split_frames` gives it."""

    version_id: str
    part: str
    start: int
    frame: str
    sender: str
    recipient: str
    sentence: str


class Code(NamedTuple):
    """What the lexicon says of a form: the term it belongs to, and its dimension."""

    term: str
    dimension: str


class Reader:
    """The lexicon of one language, made ready for reading sentences."""

    def __init__(self, lexicon: pd.DataFrame, language: str):
        rows = list_forms(lexicon[lexicon["language"] == language])
        self.terms = Matcher(zip(rows["form"], map(Code, rows["term"], rows["dimension"]), strict=True), language)
        self.scope = our_scope(language)

    def read(self, sentence: str) -> list[tuple[Hit, bool]]:
        """The terms of a sentence that count, each with whether it is negated."""
        words = split_words(sentence)
        hits = [hit for hit in self.terms.find_in(words) if hit.code.dimension != NONE]
        return list(zip(hits, self.scope.negated(sentence, hits, words), strict=True)) if hits else []


def _reader(lexicon: pd.DataFrame | None, language: str) -> Reader:
    return _our_reader(lexicon_folder(), language) if lexicon is None else Reader(lexicon, language)


@of_lexicons
def _our_reader(folder: Path, language: str) -> Reader:
    """The reader of our lexicon, made once for the folder it is in."""
    return Reader(read_tone(), language)


def find_tone(
    texts: pd.DataFrame, lexicon: pd.DataFrame | None = None, frames: tuple[str, ...] = ("letter",), mentions: pd.DataFrame | None = None
) -> pd.DataFrame:
    """Find the tone terms of texts: by default in the letter's own words only, never in the outlet's.

    Columns in: ``texts`` as for `split_frames`; ``lexicon`` as `read_tone` gives it; ``mentions`` as `find_mentions` gives
    them of the same texts, where forms of address are to be told apart; ``frames`` of headline, agency, letter, reported.
    Columns out: ``version_id, part, start, end, matched`` (the part's characters from start to end, as received), ``frame,
    sender, recipient, dimension, term`` (of the lexicon), ``negated`` (yes or no; "no longer friends"), ``address`` (whether
    it lies in a form of address: yes, no; blank without mentions), ``context`` (at most a dozen words around it).
    The longest term wins and each character counts once; a term does not run over the end of a sentence.
    Errors: CorpusError for a frame that does not exist.

    >>> text = "Ann Lee sent a warm message to Bob Moe. The message said: We are no longer friends, but I thank you warmly."
    >>> found = find_tone(pd.DataFrame({"version_id": ["a"], "text": [text]}))
    >>> found[["matched", "dimension", "negated"]].values.tolist()
    [['friends', 'warmth', 'yes'], ['thank', 'warmth', 'no'], ['warmly', 'warmth', 'no']]
    """
    return find_tone_in(split_frames(texts), texts, lexicon, frames, mentions)


def find_tone_in(
    sentences: pd.DataFrame,
    texts: pd.DataFrame,
    lexicon: pd.DataFrame | None = None,
    frames: tuple[str, ...] = ("letter",),
    mentions: pd.DataFrame | None = None,
) -> pd.DataFrame:
    """The same where the texts are split already: `sentences` as `split_frames` gives them. Columns out: as `find_tone`."""
    unknown = [frame for frame in frames if frame not in ALL_FRAMES]
    if unknown:
        raise CorpusError(f"There is no frame {unknown[0]!r}. Frames are {', '.join(ALL_FRAMES)}.")
    spoken = dict(zip(texts["version_id"].astype("str"), language_of(texts), strict=True))
    readers = {code: _reader(lexicon, code) for code in set(spoken.values())}
    here = sentences[sentences["frame"].isin(frames)]
    told = zip(*(here[name].to_numpy(dtype=object) for name in Sentence._fields), strict=True)
    read = ((sentence, readers[spoken[sentence[0]]].read(sentence[-1])) for sentence in told)
    rows = [row for sentence, hits in read if hits for row in _rows(Sentence(*sentence), hits)]
    found = pd.DataFrame(rows, columns=TONE_COLUMNS).astype(dict.fromkeys(TONE_COLUMNS, "str") | {"start": "int64", "end": "int64"})
    return found if mentions is None else found.assign(address=_in_address(found, mentions))


def _rows(sentence: Sentence, hits: list[tuple[Hit, bool]]):
    words = find_word_starts(sentence.sentence)
    for hit, negated in hits:
        matched = sentence.sentence[hit.start : hit.end]
        yield (
            sentence.version_id, sentence.part, sentence.start + hit.start, sentence.start + hit.end, matched, sentence.frame,
            sentence.sender, sentence.recipient, hit.code.dimension, hit.code.term, "yes" if negated else "no", "",
            show_context(sentence.sentence, hit.start, hit.end, words=words),
        )  # fmt: skip


def find_word_starts(sentence: str) -> list[int]:
    """Where the words of a sentence begin, as spaces part them.

    >>> find_word_starts("one two  three")
    [0, 4, 9]
    """
    lengths = [len(word) + 1 for word in sentence.split()]
    if sum(lengths) == len(sentence) + 1:  # one space after each word, which is quickly told
        return list(accumulate(lengths[:-1], initial=0))
    return [word.start() for word in _UNSPACED.finditer(sentence)]


def show_context(sentence: str, start: int, end: int, most: int = CONTEXT, words: list[int] | None = None) -> str:
    """The words around characters of a sentence, at most so many with their own, as received, on one line.

    In: `words`, where the words of the sentence begin, if that is known.

    >>> show_context("one two three four five six seven", 14, 18, most=3)
    'three four five'
    """
    words = find_word_starts(sentence) if words is None else words
    # Letters glued to the characters are of the same word, and are shown with them.
    first, last = bisect.bisect_right(words, start) - 1, bisect.bisect_left(words, end) - 1
    room, behind = max(most - (last - first + 1), 0), len(words) - 1 - last
    left = min(first, max(room // 2, room - behind))
    after = last + 1 + min(behind, room - left)
    return " ".join(sentence[words[first - left] : words[after] if after < len(words) else None].split())


def _in_address(hits: pd.DataFrame, mentions: pd.DataFrame) -> list[str]:
    """Whether each hit lies inside a form of address."""
    spans: dict[tuple, dict[int, int]] = {}
    for version, part, start, end in zip(*(mentions[name].to_numpy(dtype=object) for name in ("version_id", "part", "start", "end")), strict=True):
        spans.setdefault((version, part), {})[start] = end
    begins = {key: sorted(ends) for key, ends in spans.items()}
    inside = []
    for version, part, start in zip(*(hits[name].to_numpy(dtype=object) for name in ("version_id", "part", "start")), strict=True):
        ends, starts = spans.get((version, part), {}), begins.get((version, part), ())
        at = bisect.bisect_right(starts, start) - 1
        inside.append("yes" if at >= 0 and start < ends[starts[at]] else "no")
    return inside


def list_silent_tone(hits: pd.DataFrame, lexicon: pd.DataFrame | None = None) -> pd.DataFrame:
    """List the terms of the lexicon that were found nowhere: what these texts cannot say whether it works.

    Columns in: ``hits`` as `find_tone` gives them, with ``term``; ``lexicon`` as `read_tone` gives it. Columns out: those of
    the lexicon, and its rows, in its order, without the terms that were found and without those of the dimension none, which
    are never found.

    >>> own = pd.DataFrame({"term": ["dear", "cruel"], "forms": ["dear", "cruel"], "language": "en", "dimension": "warmth"})
    >>> found = find_tone(pd.DataFrame({"version_id": ["a"], "text": ["Dear Ann,"], "kind": ["letter"]}), own)
    >>> list_silent_tone(found, own)["term"].tolist()
    ['cruel']
    """
    lexicon = read_tone() if lexicon is None else lexicon
    return lexicon[(lexicon["dimension"] != NONE) & ~lexicon["term"].isin(hits["term"])].reset_index(drop=True)
