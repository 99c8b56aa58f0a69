"""Who says the words of a quotation: the names of an article, the verbs of saying, and the subject that goes with them."""

import re
from dataclasses import dataclass, field

from comity.sources.terms import any_of, read_terms
from comity.sources.word_lists import of_lexicons

NAME = r"[^\W\d_a-z](?:[\w.]|[-’'](?=\w)(?!s\b)){0,30}"
NAMES = rf"{NAME}(?:\s{NAME}){{0,4}}"
BEFORE, AFTER, LONGEST_SUBJECT = 600, 300, 15

_BOUNDARY = re.compile(r"[,;:()—–\"“”«»]|\s-\s|\b(?:and|but|while|that|which|who|as|because)\b")


@dataclass(frozen=True)
class Context:
    """A quotation in its sentence: what stands before and after it there, with the words of all quotations hidden."""

    before: str
    after: str
    headline: bool = False

    @property
    def sentence(self) -> str:
        return f"{self.before} {self.after}"

    @property
    def alone(self) -> bool:
        """Is the quotation a paragraph of its own?"""
        return not re.search(r"\w", self.sentence)


@dataclass(frozen=True)
class People:
    """The people of an article: full names by each of their words, names by office, and who sent a message."""

    names: dict[str, str] = field(default_factory=dict)
    offices: dict[str, str] = field(default_factory=dict)
    senders: tuple[str, ...] = ()

    def resolve(self, subject: str, previous: str) -> str:
        """The full name for "Kim", "the Chairperson" or "he"; the words as they stand where no name is known."""
        bare = re.sub(r"^(?:the|The|a|A)\s+", "", subject.strip())
        if bare.lower() in _terms("pronoun"):
            return previous or (self.senders[0] if self.senders else subject)
        named = re.search(rf"{NAMES}$", bare) if " of " not in bare else None
        if named and named.group().split()[-1] in self.names:
            return self.names[named.group().split()[-1]]
        return self.offices.get(bare.lower(), bare if named and named.group() == bare else subject.strip())


@of_lexicons
def _terms(kind: str) -> list[str]:
    return read_terms("article_cues")[kind]


@of_lexicons
def _word(kind: str) -> str:
    return rf"(?<!-)\b{any_of(_terms(kind))}\b"


def find_people(text: str) -> People:
    """The names of two words or more in a text, the offices that stand beside them, and the senders of messages."""
    names: dict[str, str] = {}
    for found in re.finditer(NAMES, text):
        full = _without_titles(found.group())
        if len(full.split()) > 1:
            for word in full.split():
                names.setdefault(word, full)
    return People(names, _offices(text, names), _senders(text, names))


def _without_titles(name: str) -> str:
    """ "Russian President Vladimir Putin" without what stands before the last office: "Vladimir Putin"."""
    last = [found.end() for found in re.finditer(_word("role"), name, re.IGNORECASE)]
    return name[last[-1] :].strip() if last else name


def _offices(text: str, names: dict[str, str]) -> dict[str, str]:
    role = f"(?P<role>{_word('role')})"
    offices: dict[str, str] = {}
    for pattern in (rf"(?P<name>{NAMES}),\s(?:the\s)?[^,.;\n]{{0,60}}?(?i:{role})", rf"(?i:{role})\s(?P<name>{NAMES})"):
        for found in re.finditer(pattern, text):
            word = _without_titles(found["name"]).split()
            if word:
                offices.setdefault(found["role"].lower(), names.get(word[-1], " ".join(word)))
    return offices


def _senders(text: str, names: dict[str, str]) -> tuple[str, ...]:
    message, sends = _word("message"), r"\s(?:has\s|had\s|also\s)?(?:sent|sends|wrote|writes|addressed)\b"
    sent = rf"(?P<name>{NAMES})(?:,[^.\n]{{0,100}},)?{sends}[^.\n]{{0,80}}?{message}"
    owns = rf"(?P<name>{NAMES})[’']s\s(?:[\w-]+\s){{0,3}}{message}"
    gone = rf"{message}\s(?:that\s|which\s|from\s)(?P<name>{NAMES})"
    found = [match for pattern in (sent, owns, gone) for match in re.finditer(pattern, text)]
    words = [_without_titles(match["name"]).split() for match in found]
    return tuple(dict.fromkeys(names.get(word[-1], " ".join(word)) for word in words if word))


def find_speaker(context: Context, people: People, previous: str) -> str:
    """Who says the words, as fully named as the article lets; "" where the sentence names nobody.

    In: the sentence around a quotation, the people of the article, and who spoke last.
    """
    for find in (_said_after, _said_before, _subject_after_participle, _owner):
        subject = find(context)
        if re.search(_word("message"), subject):
            return _sender_of(subject, people)
        if subject and not re.search(_word("agency"), subject, re.IGNORECASE):
            return people.resolve(subject, previous)
    return ""


def _sender_of(subject: str, people: People) -> str:
    """ "Kim's letter" says what Kim says; "the message" what its sender says."""
    owner = re.match(rf"({NAMES})[’']s\s", subject)
    return people.resolve(owner[1], "") if owner else people.senders[0] if people.senders else ""


def _said_after(context: Context) -> str:
    """ “…,” Kim writes; “…,” said the minister."""
    subject, verb = r"(?:(?P<subject>[^,.;:\"“]{1,60}?)\s)?", rf"(?P<verb>{_word('say')})"
    after = re.match(rf"\W{{0,4}}{subject}{verb}(?P<inverted>[^,.;:\"“]{{0,80}})", context.after)
    if not after or after["verb"].endswith("ing"):
        return ""
    inverted = re.match(rf"\s((?:the\s(?:[\w'’-]+\s){{0,6}})?{NAMES}|the\s[\w'’-]+)", after["inverted"])
    return _subject(after["subject"]) if after["subject"] else inverted[1] if inverted else ""


def _said_before(context: Context) -> str:
    """Kim said that “…”: the last verb of saying that has a subject of its own."""
    for found in reversed(list(re.finditer(_word("say"), context.before))):
        start = max((mark.end() for mark in _BOUNDARY.finditer(context.before, 0, found.start())), default=0)
        subject = _subject(context.before[start : found.start()])
        if subject:
            return subject
    return ""


def _subject(clause: str) -> str:
    """The noun that a clause before its verb is about, without adverbs; "" where there is none."""
    clause = re.sub(r"(?:\s+(?:also|then|further|has|have|had|once|again|later|[a-z]+ly))+\s*$", "", clause.strip())
    words = clause.split()
    if not words or len(words) > LONGEST_SUBJECT:
        return ""
    if words[0].lower() in _terms("opener"):
        tail = re.search(rf"(?:the\s[\w'’-]+|{NAMES}|\b(?:he|she|they))$", clause)
        return tail.group() if tail and tail.group() != clause else ""
    return clause if re.match(rf"(?i:the|an?|his|her|their|its|he|she|they|it)\b|{NAME}", clause) else ""


def _subject_after_participle(context: Context) -> str:
    """Addressing him as “…”, Kim has …: the sentence begins with saying, its subject follows the quotation."""
    if not re.match(rf"\W*{_word('say')}", context.before, re.IGNORECASE):
        return ""
    subject = rf"(?:[Tt]he\s(?:[\w'’-]+\s){{0,3}}[\w'’-]+?|{NAMES})"
    after = re.match(rf"\W{{0,4}}({subject}(?:[’']s\s(?:[\w-]+\s){{0,3}}?{_word('message')})?)\s", context.after)
    return after[1] if after else ""


def _owner(context: Context) -> str:
    """In the letter that Kim sent …; Kim's greetings …; Kim sends a letter …."""
    message = _word("message")
    gone = rf"{message}\s(?:that\s|which\s|from\s)({NAMES})"
    owns = rf"({NAMES})[’']s\s(?:[\w-]+\s){{0,3}}(?i:{message})"
    sent = rf"({NAMES})\s(?:sent|sends|wrote|writes)\b[^.]{{0,80}}?{message}"
    found = (re.search(pattern, context.sentence) for pattern in (gone, owns, sent))
    return next((match[1] for match in found if match), "")
