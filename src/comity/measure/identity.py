"""Which texts are versions of one message: what the user says, and else what can be told from sender, recipient, day and words."""

import re
import unicodedata
from collections import Counter, defaultdict
from datetime import date
from functools import lru_cache
from typing import NamedTuple

from comity.measure.occasions import NOT_STATED, contradict
from comity.style.tokens import find_tokens

# A report comes so many days after the letter, at most.
DAYS_AFTER = 3

# Two texts of one letter share at least so much of their words: the rest are misprints.
SAME_WORDS = 0.9

_NO_LETTER = re.compile(r"[\W_]+")
_ACCENT = re.compile(r"(?<=[a-z])[\u0300-\u036f]+")


class Telling(NamedTuple):
    """What one text tells of one message: its number in the order of texts; whose message it is, the id that the user gives it (blank:
    none), its day and what that rests on, its occasion, whether it is an answer; whether the text is the ``letter`` itself, and is seen
    ``whole``; whether a report like this would say that the message answers another (``says_replies``); its language and where it was
    published (``source``); the letter's own words in it, as they stand."""

    number: int
    version: str
    sender: str
    recipient: str
    given: str
    day: date | None
    basis: str
    occasion: str
    reply: bool
    letter: bool
    whole: bool
    says_replies: bool
    source: tuple
    words: str


def group_tellings(tellings: list[Telling]) -> list[list[Telling]]:
    """Group what texts tell by message, in the order of the first telling of each.

    * Where the user gives ids, texts of one id are one message, and texts of different ids are not.
    * Texts of one sender, recipient and day are one message, unless they contradict each other: both say what it was sent for, and not
      the same; or one is an answer, and the other would say so if it were one (a letter itself seldom does); or both are whole
      letters in one language and from one source (host of the address, publisher, translation), and differ in more than a tenth of
      their words. What another outlet prints, or another language, may be another translation of the same letter.
    * Texts of different days are one message only where one is a letter, the other a report of the next three days that does not say on
      which day the letter was sent (of the nearest such letter); or where two reports that do not say it print the same words of it.
    * A text without a day, or without sender or recipient, is nobody else's message.
    """
    given = defaultdict(list)
    for telling in tellings:
        if telling.given:
            given[telling.given].append(telling)
    groups = list(given.values())
    by_day = defaultdict(list)
    for group in groups:
        for key in {_day_of(telling) for telling in group} - {None}:
            by_day[key].append(group)
    for telling in sorted((telling for telling in tellings if not telling.given), key=_says_least):
        _place(telling, groups, by_day)
    _join_days(groups)
    return sorted((sorted(group, key=_number) for group in groups if group), key=lambda group: group[0].number)


def party_key(names: str) -> tuple[str, ...]:
    """Who it is, however the name is written: without accents, capitals and points, several in any order.

    >>> party_key("Félix  Tshisekedi|J.P. Roe")
    ('felix-tshisekedi', 'j-p-roe')
    """
    return tuple(sorted(filter(None, map(slug, names.split("|")))))


def slug(name: str) -> str:
    """A name as part of an identifier, in its own script: "Carl XVI Gustaf" is carl-xvi-gustaf, 김정은 is 김정은."""
    plain = _ACCENT.sub("", unicodedata.normalize("NFKD", name).casefold())
    return _NO_LETTER.sub("-", unicodedata.normalize("NFC", plain)).strip("-")


def _number(telling: Telling) -> int:
    return telling.number


def pair_of(telling: Telling) -> tuple | None:
    """Between whom; None where it is not known."""
    pair = party_key(telling.sender), party_key(telling.recipient)
    return pair if all(pair) else None


def _day_of(telling: Telling) -> tuple | None:
    return (pair_of(telling), telling.day) if telling.day and pair_of(telling) else None


def _says_least(telling: Telling) -> tuple:
    """What says most of itself comes first, so that what says little finds it."""
    return telling.occasion == NOT_STATED and not telling.reply, not telling.whole, not telling.letter


def _place(telling: Telling, groups: list, by_day: dict) -> None:
    """Put a telling to the one of its day that it is a version of, the likest in words; else to none."""
    key = _day_of(telling)
    near = [group for group in by_day[key] if not any(_contradict(telling, other) for other in group)] if key else []
    if near:
        max(near, key=lambda group: max(_alike(telling.words, other.words) for other in group)).append(telling)
        return
    groups.append([telling])
    if key:
        by_day[key].append(groups[-1])


def _contradict(one: Telling, other: Telling) -> bool:
    if contradict(one.occasion, other.occasion):
        return True
    if one.reply != other.reply:
        answer, rest = (one, other) if one.reply else (other, one)
        if rest.says_replies or rest.occasion not in (NOT_STATED, answer.occasion):
            return True
    both_whole = one.letter and other.letter and one.whole and other.whole
    return both_whole and one.source == other.source and _alike(one.words, other.words) < SAME_WORDS


def _alike(one: str, other: str) -> float:
    """Dice's coefficient of the words of two texts: 1 where they are the same, 0 where nothing is shared or there are none."""
    if not one or not other:
        return 0.0
    mine, theirs = _counted(one), _counted(other)
    total = mine.total() + theirs.total()
    return 2 * (mine & theirs).total() / total if total else 0.0


# Most texts are compared with no other, and some with several of their day.
@lru_cache(maxsize=1_000)
def _counted(words: str) -> Counter:
    return Counter(find_tokens(words))


def _join_days(groups: list[list[Telling]]) -> None:
    """Join the groups of one pair that lie a few days apart and are one message, the nearest first; a group that was joined is left empty."""
    by_pair = defaultdict(list)
    for group in groups:
        if _day_of(group[0]):
            by_pair[pair_of(group[0])].append(group)
    near = []
    for those in by_pair.values():
        those.sort(key=lambda group: group[0].day)
        for place, early in enumerate(those):
            for late in those[place + 1 :]:
                apart = (late[0].day - early[0].day).days
                if apart > DAYS_AFTER:
                    break
                near.append((apart, early, late))
    for _, early, late in sorted(near, key=lambda pair: pair[0]):
        if early and late and _is_one(early, late):
            early += late
            late.clear()


def _is_one(early: list[Telling], late: list[Telling]) -> bool:
    """Do reports tell of an earlier letter, or print what earlier reports printed, without saying when it was sent? A letter says it."""
    if len({telling.given for telling in early + late} - {""}) > 1 or any(telling.basis == "sent" for telling in late):
        return False
    letters = [telling for telling in early if telling.letter]
    if not letters and any(telling.basis == "sent" for telling in early):
        return False
    pairs = [(one, other) for one in letters or early for other in late]
    if any(not 0 <= (other.day - one.day).days <= DAYS_AFTER for one, other in pairs if one.day and other.day):
        return False
    if any(_contradict(one, other) for one in early for other in late):
        return False
    return bool(letters) or any(_alike(one.words, other.words) >= SAME_WORDS for one, other in pairs)
