"""Every tone term of a text: its characters, its dimension, whose voice, and whether it is turned around."""

import bisect
from functools import cache
from typing import NamedTuple

import pandas as pd

from comity.errors import CorpusError
from comity.lexicons import Hit, Matcher, read_lexicon
from comity.speech import split_frames
from comity.tone.lexicon import NONE, SCOPE, list_forms, read_tone
from comity.tone.scope import Scope

TONE_COLUMNS = [
    "version_id", "part", "start", "end", "matched", "frame", "sender", "recipient", "dimension", "term", "negated", "address", "context",
]  # fmt: skip
ALL_FRAMES = ("headline", "agency", "letter", "reported")

# As evidence a term is shown with no more words than this, itself included.
CONTEXT = 12


class Code(NamedTuple):
    """What the lexicon says of a form: the term it belongs to, and its dimension."""

    term: str
    dimension: str


class Reader:
    """The lexicon of one language, made ready for reading sentences."""

    def __init__(self, lexicon: pd.DataFrame, scope: pd.DataFrame, language: str):
        rows = list_forms(lexicon[lexicon["language"] == language])
        self.terms = Matcher(zip(rows["form"], map(Code, rows["term"], rows["dimension"]), strict=True), language)
        self.scope = Scope(scope, language)

    def read(self, sentence: str) -> list[tuple[Hit, bool]]:
        """The terms of a sentence that count, each with whether it is negated."""
        hits = [hit for hit in self.terms.find(sentence) if hit.code.dimension != NONE]
        return list(zip(hits, self.scope.negated(sentence, hits), strict=True)) if hits else []


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
    lexicon = read_tone() if lexicon is None else lexicon
    language = texts["language"].fillna("en") if "language" in texts else pd.Series("en", texts.index)
    spoken = dict(zip(texts["version_id"], language.replace("", "en"), strict=True))
    readers = {code: Reader(lexicon, read_scope(), code) for code in set(spoken.values())}
    here = sentences[sentences["frame"].isin(frames)]
    rows = [row for sentence in here.itertuples(index=False) for row in _rows(sentence, readers[spoken[sentence.version_id]])]
    found = pd.DataFrame(rows, columns=TONE_COLUMNS).astype(dict.fromkeys(TONE_COLUMNS, "str") | {"start": "int64", "end": "int64"})
    return found if mentions is None else found.assign(address=_in_address(found, mentions))


@cache
def read_scope() -> pd.DataFrame:
    """The words that turn a term around, as data/lexicons/scope.csv has them."""
    return read_lexicon(SCOPE)


def _rows(sentence, reader: Reader):
    for hit, negated in reader.read(sentence.sentence):
        matched = sentence.sentence[hit.start : hit.end]
        yield (
            sentence.version_id, sentence.part, sentence.start + hit.start, sentence.start + hit.end, matched, sentence.frame,
            sentence.sender, sentence.recipient, hit.code.dimension, hit.code.term, "yes" if negated else "no", "",
            show_context(sentence.sentence, hit.start, hit.end),
        )  # fmt: skip


def show_context(sentence: str, start: int, end: int, most: int = CONTEXT) -> str:
    """The characters of a sentence with at most so many words before and behind them, as received, on one line.

    >>> show_context("one two three four five six seven", 14, 18, most=3)
    'three four five'
    """
    before, inside, behind = sentence[:start].split(), sentence[start:end].split(), sentence[end:].split()
    # Letters glued to the hit belong to its first or last word, and are shown with it.
    room = max(most - len(inside), 0)
    left = min(len(before), max(room // 2, room - len(behind)))
    right = min(len(behind), room - left)
    begin = len(sentence[:start].rsplit(maxsplit=left)[0]) if 0 < left < len(before) else (0 if left else start)
    rest = sentence[end:].split(maxsplit=right)
    finish = len(sentence) - (len(rest[right]) if len(rest) > right else 0) if right else end
    return " ".join(sentence[begin:finish].split())


def _in_address(hits: pd.DataFrame, mentions: pd.DataFrame) -> list[str]:
    """Whether each hit lies inside a form of address."""
    spans = {key: (sorted(rows["start"]), dict(zip(rows["start"], rows["end"]))) for key, rows in mentions.groupby(["version_id", "part"])}
    inside = []
    for version, part, start in zip(hits["version_id"], hits["part"], hits["start"], strict=True):
        starts, ends = spans.get((version, part), ((), {}))
        at = bisect.bisect_right(starts, start) - 1
        inside.append("yes" if at >= 0 and start < ends[starts[at]] else "no")
    return inside
