"""Whom a form of address honours, and in which role: recipient, sender or third person of the message reported."""

import re

from comity.address.names import NameFinder
from comity.address.rules import NEAR, Place, follows_copula, is_many, stands_alone
from comity.address.run import Run
from comity.speech.parties import Parties

_THIRD = ("his", "her", "their")
_SPEAKS = re.compile(r"[ \u00a0](?:said|wrote|says|writes|added|told)\b")
# How far back a name is looked for that stood with a title.
FAR = 3_000

_TITLE_BEFORE = re.compile(r"\b[Tt]he ([A-Z]\w+(?: [A-Z]\w+)?), $")

# A name or an office, then a comma: what follows, up to the run, is said of the same person.
_APPOSITION = re.compile(r"(?:,|\band|\bor)\s*$")
# "Ann Lee and Bob Moe, the great leaders"
_BOTH = re.compile(r"([A-Z][\w.’'-]*(?: [A-Z][\w.’'-]*)*) ?and ?([A-Z][\w.’'-]*(?: [A-Z][\w.’'-]*)*),\s*$")


def find_honorees(
    run: Run, place: Place, names: NameFinder, announced: Parties, last: tuple[str, ...], titled: dict[str, tuple[str, ...]]
) -> tuple[str, ...]:
    """The persons whom a run honours, by the fullest names that the text gives; empty where it names nobody.

    In: the run, its place, the names of the text, the parties as the headline calls them, whom the mention before it
    honoured, and who was called by which title so far; a title with a name is added to these.
    """
    title, beside = _title(run, place), _beside(run, place, names)
    found = _find(run, place, names, announced, last, beside)
    if title and run.has("name"):
        titled[title] = found
    elif not beside and (before := _TITLE_BEFORE.search(place.before(run))):
        # "the President, peerlessly great sage"
        return titled.get(before[1].lower()) or _named_before(before[1], run, place, names) or found
    elif title and not beside and not run.has("you") and (run.has("article") or _possessive(run, place) in ("my", "our")):
        told = titled.get(title) or _named_before(title, run, place, names)
        # "our great leader" is the writer's own; whose, the text may not say.
        return told or (found if run.has("article") or stands_alone(run, place) or _APPOSITION.search(place.before(run)) else ())
    return found


def _beside(run: Run, place: Place, names: NameFinder) -> str:
    """The name that stands before an apposition or a predicate: "Ann Lee, the great leader", "Ann Lee was the great leader"."""
    before = place.before(run)
    return _name_before(run, place, names) if _APPOSITION.search(before) or follows_copula(before) else ""


def _title(run: Run, place: Place) -> str:
    """The title of a run, in lower case, where it exalts or is praised: "Supreme Leader", "the great President"."""
    terms = [term for term in run.terms if term.element == "title"]
    if not terms or not (terms[-1].alone or _is_praised(run)):
        return ""
    return next((_words(place, start, stop).lower() for element, start, stop in run.parts if element == "title"), "")


def _is_praised(run: Run) -> bool:
    """ "great", "illustrious": said of somebody, and less often to him."""
    return any(term.element == "epithet" and not term.alone for term in run.terms)


def _named_before(title: str, run: Run, place: Place, names: NameFinder) -> tuple[str, ...]:
    """Whom the text called by this title before: "President Ann Lee", then "the great President"."""
    start = place.tokens.starts[run.first]
    before = place.text[max(0, start - FAR) : start]
    found = re.findall(rf"\b(?i:{re.escape(title)})\s+([A-Z][\w’'-]*(?:[ \u00a0][A-Z][\w’'-]*){{1,3}})", before)
    return (_fullest(found[-1], place.sentence.parties, names),) if found else ()


def _find(
    run: Run, place: Place, names: NameFinder, announced: Parties, last: tuple[str, ...], beside: str
) -> tuple[str, ...]:
    """By the name in the run; in a headline by the parties; by whose he is said to be; else by his place."""
    parties = place.sentence.parties
    named = [_words(place, start, stop) for element, start, stop in run.parts if element == "name"]
    if named:
        return tuple(_fullest(name, parties, names) for name in named)
    if is_many(run):
        # "the closest friends" are those who are written to; "the great leaders" are not.
        both = _BOTH.search(place.before(run))
        if run.has("title"):
            return tuple(_fullest(name, parties, names) for name in both.groups()) if both else ()
        return parties.recipient
    if place.sentence.frame == "headline":
        words = place.text[place.tokens.starts[run.first] : run.end or place.tokens.ends[run.stop - 1]]
        return _announced(words, announced, parties) or last
    owned = _find_by_possessive(run, place, last)
    return _find_by_place(run, place, names, last, beside) if owned is None else owned


def _find_by_possessive(run: Run, place: Place, last: tuple[str, ...]) -> tuple[str, ...] | None:
    """ "their close friend", "Your friend, Ann Lee", "Her Majesty": None where the possessive does not tell."""
    possessive, parties = _possessive(run, place), place.sentence.parties
    if run.has("courtesy") and possessive in _THIRD:
        # In a letter "Her Majesty" is not who is written to; in a report that goes on with "wrote", it is who writes.
        if place.sentence.frame == "letter":
            return ()
        return parties.sender if not place.before(run).strip() and _SPEAKS.match(place.after(run)) else None
    if run.has("solidarity") and not run.has("courtesy"):
        return {"your": parties.sender, **dict.fromkeys(_THIRD, last)}.get(possessive)
    return None


def _find_by_place(run: Run, place: Place, names: NameFinder, last: tuple[str, ...], beside: str) -> tuple[str, ...]:
    """The recipient where he is spoken to; the name beside or before; else whom the words before honoured."""
    parties, praised = place.sentence.parties, _is_praised(run) and run.has("article")
    if place.sentence.frame == "letter" and _is_to_you(run, place):
        return parties.recipient
    if beside:
        return (_fullest(beside, parties, names),)
    office = run.has("title") and not run.terms[-1].alone and not run.terms[-1].beside
    if place.sentence.frame in ("letter", "reported") and (office or not run.has("article")) and not praised:
        return parties.recipient
    before = _name_before(run, place, names) if run.has("title") else ""
    if before:
        return (_fullest(before, parties, names),)
    return last if run.has("article") and last and run.has("title") else parties.recipient


def find_role(honorees: tuple[str, ...], parties: Parties, form: str) -> str:
    """Their role in the message reported; "mixed" where they differ, empty where the text reports no message.

    Whom a letter calls by an address is its recipient, even where the report names him by his office alone.
    """
    if form != "reference":
        return "recipient"
    if not any(parties):
        return ""
    roles = {_role(name, parties) for name in honorees} or {"third"}
    return roles.pop() if len(roles) == 1 else "mixed"


def _announced(words: str, announced: Parties, parties: Parties) -> tuple[str, ...]:
    """Whom a headline means by an office: "Message from Great King of Utopia" names the sender."""
    for side, names in zip(announced, parties, strict=True):
        if words and any(words in name or name in words for name in side):
            return names
    return ()


def _role(name: str, parties: Parties) -> str:
    if name in parties.recipient:
        return "recipient"
    return "sender" if name in parties.sender else "third"


def _is_to_you(run: Run, place: Place) -> bool:
    """Does it address the recipient: a line alone, beside "you", "Your Excellency", or an office in place of a name?"""
    if run.has("you") or stands_alone(run, place) or run.has("courtesy"):
        return True
    if not place.before(run).strip(" \u00a0\"“‘'") and place.after(run).startswith((",", "!")):
        return True
    return not run.has("article") and not run.has("possessive") and not _APPOSITION.search(place.before(run))


def _name_before(run: Run, place: Place, names: NameFinder) -> str:
    """The last name before the run in its sentence: one that the text tells of, or two or more capitalised words."""
    index, least = run.first - 1, max(place.sentence.start, place.tokens.starts[run.first] - NEAR)
    while index >= 0 and place.tokens.starts[index] >= least:
        length = names.known_length(index) or (names.length(index) if names.begins(index) else 0)
        if length > 1 or names.known_length(index):
            return _words(place, index, min(index + length, run.first))
        index -= 1
    return ""


def _possessive(run: Run, place: Place) -> str:
    """The possessive of a run, in lower case."""
    return next((place.tokens.words[start].lower() for element, start, _ in run.parts if element == "possessive"), "")


def _words(place: Place, start: int, stop: int) -> str:
    return " ".join(place.text[place.tokens.starts[start] : place.tokens.ends[stop - 1]].split())


def _fullest(name: str, parties: Parties, names: NameFinder) -> str:
    """The full name of somebody whom the text names in part: "Putin" is "Vladimir Vladimirovich Putin"."""
    words = set(name.split())
    for full in (*parties.recipient, *parties.sender, *names.known.ending_in(words)):
        if name == full or _is_part_of(words, full, full in (*parties.recipient, *parties.sender)):
            return full
    return name


def _is_part_of(words: set[str], full: str, of_party: bool) -> bool:
    """Are words a part of a full name: with its last word, or longer than it, or a first name of a party to the message?"""
    parts = full.split()
    if len(words) == 1 and of_party and parts[0] in words:
        return True
    return bool(words and parts[-1] in words and words <= set(parts)) or (len(parts) > 1 and set(parts) < words)
