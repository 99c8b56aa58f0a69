"""Every form of address of a text: its characters, its frame and form, whom it honours, and its elements."""

import re
from collections.abc import Iterable, Iterator
from itertools import zip_longest
from typing import NamedTuple

import pandas as pd

from comity.address.abroad import Tongue
from comity.address.foreign import read_foreign
from comity.address.honorees import find_honorees, find_role
from comity.address.known import KnownNames
from comity.address.lexicon import ELEMENTS, Lexicon
from comity.address.names import NameFinder
from comity.address.reach import complete_honour
from comity.address.rules import Place, is_address, is_predicate, stands_alone
from comity.address.run import Run
from comity.address.runs import RunFinder
from comity.address.tokens import find_words, place_words
from comity.honorifics import read_honorifics
from comity.speech.frames import Reading, Sentence, read_text
from comity.speech.parties import Parties
from comity.speech.rows import text_rows

# An opening line stands among so many first lines of a letter: after a place, an office.
HEAD = 3
LONGEST_BARE = 5
_NAME_BEFORE = re.compile(r"\S\s+[A-Z][\w’'-]*,\s*$")
_NEXT_SENTENCE = re.compile(r"[ \u00a0\r\n]+[A-Z]")

MENTION_COLUMNS = ["message_id", "version_id", "url", "part", "start", "end", "matched", "frame", "form", "honoree", "role", *ELEMENTS]


class _Told(NamedTuple):
    """What a part of a text is read with: the names of the parties, the parties as the headline calls them, who was called
    by which title so far, and for a headline the text, in which a name must stand too."""

    known: KnownNames
    announced: Parties
    titled: dict[str, tuple[str, ...]]
    in_text: str


def find_mentions(texts: pd.DataFrame, honorifics: pd.DataFrame | None = None) -> pd.DataFrame:
    """Find every form of address in texts: where it stands, in whose voice, whom it honours, and what it is made of.

    Columns in: ``version_id, text``; where known ``headline, language, kind, message_id, url, sender, recipient`` (see
    `split_frames`). ``honorifics``: the lexicon (see `read_honorifics`); that of the data folder where none is given.
    Columns out: ``message_id, version_id, url, part, start, end, matched`` (the part's characters from start to end, as
    received), ``frame`` (headline, agency, letter, reported), ``form`` (vocative, reference, valediction), ``honoree``
    (joint ones joined by |), ``role`` (recipient, sender, third, mixed; empty where the text reports no message),
    ``possessive, epithet, solidarity, courtesy, title, name`` (the words found).
    In other languages than English frame, honoree and role are as far as layout and lexicon tell; data/README.md says how far.

    >>> text = "Oslo, May 3 (NTB) -- Ann Lee sent a message to Bob Moe. The message said: My dear friend, I thank you."
    >>> found = find_mentions(pd.DataFrame({"version_id": ["a"], "text": [text]}))
    >>> found[["matched", "frame", "form", "honoree", "role", "epithet"]].values.tolist()
    [['My dear friend', 'letter', 'vocative', 'Bob Moe', 'recipient', 'dear']]
    """
    return find_mentions_in(((text, read_text(text)) for text in text_rows(texts)), honorifics)


def find_mentions_in(texts: Iterable[tuple[dict, Reading]], honorifics: pd.DataFrame | None = None) -> pd.DataFrame:
    """The same in texts that were read already, each a row of `text_rows` with its reading."""
    lexicons = {}
    honorifics = read_honorifics() if honorifics is None else honorifics
    rows = []
    for text, reading in texts:
        language = text["language"]
        if language not in lexicons:
            lexicons[language] = Lexicon(honorifics, language) if language == "en" else Tongue(honorifics, language)
        rows += (_read if language == "en" else read_foreign)(text, reading, lexicons[language])
    table = pd.DataFrame(rows, columns=MENTION_COLUMNS)
    return table.astype(dict.fromkeys(MENTION_COLUMNS, "str") | {"start": "int64", "end": "int64"})


def _read(text: dict, reading: Reading, lexicon: Lexicon) -> Iterator[tuple]:
    known, titled = _known(reading), {}
    about = (text["message_id"], text["version_id"], text["url"])
    headline = Sentence(0, len(text["headline"]), "headline", reading.parties)
    for part, sentences in (("headline", [headline]), ("text", reading.sentences)):
        told = _Told(known, reading.announced, titled, text["text"] if part == "headline" else "")
        for mention in _mentions(text[part], sentences, lexicon, told):
            yield (*about, part, *mention)


def _known(reading: Reading) -> KnownNames:
    """The names of all parties."""
    told = [reading.parties, *(sentence.parties for sentence in reading.sentences)]
    return KnownNames(name for parties in told for side in parties for name in side)


def _mentions(text: str, sentences: list[Sentence], lexicon: Lexicon, told: _Told) -> Iterator[tuple]:
    last: tuple[str, ...] = ()
    predicated: Sentence | None = None
    for run, place, names in _runs(text, sentences, lexicon, told):
        if run.terms:
            complete_honour(run, place, names)
            if is_predicate(run, place, place.sentence is predicated):
                predicated = place.sentence
                continue
            if not is_address(run, place):
                continue
        tokens, sentence = place.tokens, place.sentence
        last = find_honorees(run, place, names, told.announced, last, told.titled)
        start, end, form = tokens.starts[run.first], run.end or tokens.ends[run.stop - 1], _form(run, place, last)
        role = find_role(last, place.sentence.parties, form)
        # Nobody honours himself in his own letter: who is named as writing is honoured by the outlet.
        frame = "agency" if sentence.frame == "reported" and role == "sender" else sentence.frame
        yield (start, end, text[start:end], frame, form, "|".join(last), role, *_elements(run, place))


def _runs(text: str, sentences: list[Sentence], lexicon: Lexicon, told: _Told) -> Iterator[tuple[Run, Place, NameFinder]]:
    """Honorific words that stand together, sentence by sentence; a sentence without any is passed by quickly.

    A bare name on a line of its own at the head of a letter is a run without terms.
    """
    opening = 0
    for sentence, below in zip_longest(sentences, sentences[1:]):
        opening = opening + 1 if sentence.frame == "letter" else 0
        words = find_words(text, sentence.start, sentence.end)
        beginning = lexicon.beginning(words, sentence.frame == "letter")
        # "To Ann Lee," opens a letter as "Ann Lee," does.
        to = int(opening == 1 and words[:1] == ["To"])
        line = _line(text, sentence).removeprefix("To " if to else "")
        bare = 0 < opening <= HEAD and _is_bare_name(line, _line(text, below), sentence.parties, lexicon, opening == 1)
        if not beginning and not bare:
            continue
        tokens = place_words(words, text, sentence.start)
        if bare:
            yield Run(to, len(words), parts=[("name", to, len(words))]), Place(text, tokens, sentence), NameFinder(text, tokens, lexicon, told.known)
            continue
        names = NameFinder(text, tokens, lexicon, told.known, told.in_text)
        for run in RunFinder(text, tokens, lexicon, names).find(beginning):
            yield run, Place(text, tokens, sentence, opening == 1), names


def _is_bare_name(line: str, below: str, parties: Parties, lexicon: Lexicon, opens: bool) -> bool:
    """Is a line the recipient's name, and not an office that the report knows him by? Or a name above its office? A part
    of the name is enough where the line opens the letter."""
    words = line.split()
    if not words or lexicon.starting(words[0]):
        return False
    if line.casefold() in [name.casefold() for name in parties.recipient]:
        return True
    if len(words) == 1 and opens and len(parties.recipient) == 1 and line in parties.recipient[0].split():
        return True
    named = 2 <= len(words) <= LONGEST_BARE and all(word[0].isupper() for word in words)
    return named and line not in parties.sender and any(term.element == "title" for term in lexicon.starting((below.split() or [""])[0]) or ())


def _line(text: str, sentence: Sentence | None) -> str:
    """The words of a line without the marks around them."""
    return text[sentence.start : sentence.end].strip(" \u00a0,:!.") if sentence else ""


def _form(run: Run, place: Place, honorees: tuple[str, ...]) -> str:
    """Vocative, valediction or reference."""
    before = place.before(run)
    if run.has("solidarity") and run.has("possessive") and not run.has("courtesy") and place.tokens.words[run.first].lower() == "your":
        # "Your friend," is how the writer calls himself.
        return "reference"
    if place.sentence.frame not in ("letter", "reported"):
        return "reference"
    if stands_alone(run, place):
        return "vocative" if place.sentence.frame == "letter" else "reference"
    if before.strip() == "To" and honorees == place.sentence.parties.recipient and place.after(run)[:1] in (",", ":"):
        # "To Comrade Ann Lee, President of Utopia" opens the letter.
        return "vocative" if place.sentence.frame == "letter" else "reference"
    if before.strip() == "To" and not place.after(run).strip(" .!,-0\"”"):
        return "valediction"
    if run.has("you"):
        return "vocative"
    is_recipient = bool(honorees) and honorees == place.sentence.parties.recipient
    # "Thank you, dear friend", but not "Ann Lee, dear friend of ours": that is said of her.
    opens = not before.strip(" \u00a0\"“‘'") or (before.rstrip().endswith(",") and not _NAME_BEFORE.search(before))
    # "Respected Comrade Ann Lee It is an honour": an address without a mark after it.
    closes = place.after(run).lstrip()[:1] in (",", "!", ".", "") or bool(_NEXT_SENTENCE.match(place.after(run)))
    called = is_recipient and opens and closes and (not run.has("article") or place.opens_letter)
    return "vocative" if called and place.sentence.frame == "letter" else "reference"


def _elements(run: Run, place: Place) -> list[str]:
    """The words of each element, in the order of the columns."""
    found = dict.fromkeys(ELEMENTS, "")
    for element, start, stop in run.parts:
        element = "epithet" if element == "degree" else element
        if element in found:
            words = place.text[place.tokens.starts[start] : place.tokens.ends[stop - 1]]
            found[element] = f"{found[element]} {words}".strip()
    return list(found.values())
