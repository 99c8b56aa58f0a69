"""Which runs of honorific words are forms of address, by the annotation guidelines."""

import re
from typing import NamedTuple

from comity.address.lexicon import BODY, RANK
from comity.address.run import Run, is_plural
from comity.address.tokens import Tokens
from comity.sources.word_lists import of_lexicons
from comity.speech.cues import cue
from comity.speech.frames import Sentence

_OPENING = " \t\u00a0\"“‘'«(["
_ALONE_AFTER = re.compile(r"[,.!:;…—–]*[\"”’'»)\]]*\s*(?:-0-)?\s*")
_AS = re.compile(r"\bas\s+(?:the\s[^,.;:]{1,60}\sand\s+)?$")
# "as an ardent revolutionary, peerless patriot and": up to the next in the list.
_AS_LISTED = re.compile(r"\bas\s(?:an?\s)?(?:[^,.;:]{1,60}, )*(?:[^,.;:]{1,60} and )?\s*$")
# What stands further from a run than so many characters tells nothing of it.
NEAR = 400


class Place(NamedTuple):
    """Where a run stands: the text, its tokens, the sentence that holds it, and whether that is the first of a letter."""

    text: str
    tokens: Tokens
    sentence: Sentence
    opens_letter: bool = False

    def before(self, run: Run) -> str:
        """The words of the sentence before the run, the nearest only."""
        start = self.tokens.starts[run.first]
        return self.text[max(self.sentence.start, start - NEAR) : start]

    def after(self, run: Run) -> str:
        """The words of the sentence after the run, the nearest only."""
        end = run.end or self.tokens.ends[run.stop - 1]
        return self.text[end : min(self.sentence.end, end + NEAR)]


def is_address(run: Run, place: Place) -> bool:
    """Does a run name or address a person, or a body, with at least one honorific element?"""
    elements = {term.element for term in run.terms}
    if "courtesy" in elements:
        return _is_courtesy(run, place)
    if "epithet" in elements:
        return _is_praise(run, place)
    if "solidarity" in elements:
        return _is_comrade(run, place)
    return _is_exalted(run, place) or _stands_for_you(run, place) or _opens_letter(run, place)


def _opens_letter(run: Run, place: Place) -> bool:
    """ "To Sultan Selim,": an office is how the recipient is called where it is the opening line."""
    return place.opens_letter and place.before(run).strip(_OPENING) in ("", "To") and bool(_ALONE_AFTER.fullmatch(place.after(run)))


def _is_praise(run: Run, place: Place) -> bool:
    """An epithet counts with a person beside it: a name, a title, a noun that names a person, or "you"."""
    epithets = [term for term in run.terms if term.element == "epithet"]
    heads = [term for term in run.terms if term.element != "epithet"]
    if not heads and not run.has("name"):
        return any(term.alone for term in epithets) and bool(re.match(r"[ \u00a0]you\b", place.after(run)))
    if all(term.group == "close" for term in epithets) and not run.has("name"):
        return not is_many(run) and (run.has("possessive") or (run.has("article") and place.before(run).rstrip().endswith(",")))
    if heads and heads[-1].group == BODY:
        return epithets[-1].group == "fraternal"
    return run.has("name") or run.has("you") or not heads[-1].beside or _is_rank_of_one(run, place) or _is_apposition(run, place)


def _is_rank_of_one(run: Run, place: Place) -> bool:
    """ "The fatherly General met them": capitalised in a sentence, and no part of a longer name."""
    word, after = place.tokens.words[run.stop - 1], place.after(run)
    alone = place.sentence.frame != "headline" and word[0].isupper() and run.has("article") and not run.has("name")
    return alone and not re.match(r"[ \u00a0]+(?:[A-Z]|of\b)|-", after)


def _is_apposition(run: Run, place: Place) -> bool:
    """A noun that praises a person: "the great defender"."""
    if _noun_follows().match(place.after(run)):
        return False
    # "the great leaders" are two men; "ardent patriots" may be anybody.
    return not is_many(run) or (run.has("article") and any(term.group == "great" for term in run.terms))


def is_predicate(run: Run, place: Place, after_another: bool) -> bool:
    """ "as close friends", "he was an ardent revolutionary and peerless patriot": said of somebody, addressed to nobody.

    "He was the great leader of the people" is none: it names one man. `after_another`: whether the run before it in its
    sentence was one, which "and" may go on with.
    """
    if run.has("name") or run.has("you"):
        return False
    before = place.before(run)
    if _is_class(run, place) and not before.rstrip().endswith(","):
        return True
    definite = run.has("article") and _first(run, place) == "the"
    if not definite and ((after_another and before.rstrip().endswith((" and", ","))) or (run.has("article") and follows_copula(before))):
        return True
    return "as " in before and bool((_AS if definite or run.has("possessive") else _AS_LISTED).search(before))


def _is_courtesy(run: Run, place: Place) -> bool:
    """ "Mr" needs a name or an office, or stands as an address ("Dear Sir, I thank you"); "Excellency" does not."""
    if all(term.group in ("mr", "mrs") for term in run.terms if term.element == "courtesy"):
        return run.has("name") or run.has("title") or stands_alone(run, place) or _is_called(run, place)
    # "Grace", "Honour": a word of its own without "Your" or a name.
    written = [term.written for term in run.terms if term.element == "courtesy"]
    called = stands_alone(run, place) or _is_called(run, place)
    return run.has("possessive") or run.has("name") or called or any(word.isupper() for word in written)


def _is_comrade(run: Run, place: Place) -> bool:
    """A solidarity noun counts with a name, a title, "you", or "my" and one person; or where it stands alone as an address."""
    if run.has("name") or run.has("title") or run.has("you"):
        return True
    if run.terms[-1].group == "brother" and _first(run, place) in ("his", "her", "their"):
        # "He met his sister": his kin.
        return False
    return (run.has("possessive") and not is_many(run)) or stands_alone(run, place) or _is_called(run, place)


def _is_called(run: Run, place: Place) -> bool:
    """ "Forward, brother.", "Excellencies, friends,": called between commas, near the beginning of a letter's sentence."""
    if place.sentence.frame != "letter" or run.has("article") or place.after(run)[:1] not in (",", ".", "!"):
        return False
    before = place.before(run).strip()
    return not before or (before.endswith(",") and len(before.split()) <= 2)


def _first(run: Run, place: Place) -> str:
    return place.tokens.words[run.first].lower()


def is_many(run: Run) -> bool:
    """Friends, comrades: several persons, and nobody in particular."""
    return any(is_plural(term) for term in run.terms if term.element in ("solidarity", "title"))


def _is_exalted(run: Run, place: Place) -> bool:
    """A title of exaltation: before a name, or several words long, or capitalised after an article."""
    exalted = [term for term in run.terms if term.alone]
    if not exalted:
        return any(term.group == RANK for term in run.terms) and (_names_party(run, place) or _is_rank_of_one(run, place))
    before = place.before(run)
    if re.search(rf"(?:\b[A-Z][\w’'.-]*|\b{_modifier()})[ \u00a0]$", before) and len(exalted[0].words) == 1:
        return False
    if run.has("name"):
        return True
    if len(exalted[-1].words) > 1 and run.has("article") and before.rstrip().endswith(","):
        return True
    if len(exalted[-1].words) > 1 and place.sentence.frame == "headline":
        # "Officials Send Flowers to Supreme Leader"
        return not re.match(r"[ \u00a0]+(?:[A-Z]|of\b)|-", place.after(run))
    word, goes_on = place.tokens.words[run.stop - 1], run.end > place.tokens.ends[run.stop - 1] or place.after(run).startswith(" of ")
    return word[0].isupper() and run.has("article") and not goes_on and _is_rank(exalted[-1])


def _names_party(run: Run, place: Place) -> bool:
    """ "General Ann Lee", where she sends or receives the message, or is one of the leaders whom the lexicon of stories lists."""
    for element, start, stop in run.parts:
        if element == "name":
            name = " ".join(place.tokens.words[start:stop])
            # A name of that list is one word of the text, with the spaces in it.
            return any(name in side for side in place.sentence.parties) or (stop - start == 1 and " " in name)
    return False


def _is_rank(term) -> bool:
    """A rank such as "the Marshal" names one man; "the leader" may be anybody."""
    return term.group not in ("leader", "leaders")


def _stands_for_you(run: Run, place: Place) -> bool:
    """An office that stands where a name or "you" would, in the letter's own words: "with General Secretary as its core"."""
    if place.sentence.frame != "letter" or run.has("name"):
        return False
    if run.has("you") and place.tokens.words[run.stop - 1][0].isupper():
        return True
    if any(term.beside for term in run.terms):
        return False
    if run.has("you") or stands_alone(run, place):
        return True
    words = [place.tokens.words[at] for _, start, stop in run.parts for at in range(start, stop)]
    before, after = place.before(run), place.after(run)
    if not all(word[0].isupper() for word in words) or re.match(r"[ \u00a0]+of\b|[-’']|[ \u00a0]+[A-Z]", after):
        return False
    return not re.search(r"(?:\b(?i:the|a|an|as|of)|[A-Z][\w’'.-]*|-)[ \u00a0]*$", before)


def stands_alone(run: Run, place: Place) -> bool:
    """Is the run the whole sentence, but for marks: a line of its own?"""
    return not place.before(run).strip(_OPENING) and bool(_ALONE_AFTER.fullmatch(place.after(run)))


def _is_class(run: Run, place: Place) -> bool:
    """ "a peerless patriot": one of several, unlike "a friend", which is said to somebody."""
    return run.has("article") and _first(run, place) in ("a", "an") and not run.has("solidarity")


def follows_copula(before: str) -> bool:
    """Do words end in a form of "to be", so that a predicate comes next?"""
    return _copula().search(before) is not None


@of_lexicons
def _copula() -> re.Pattern:
    """ "he was", "it's", "is indeed": up to the predicate."""
    return re.compile(rf"(?:\b{cue('copula')}|[a-z][’']s)(?:\s(?:[a-z]+ly|also|indeed|still|ever|not))?\s+$")


@of_lexicons
def _noun_follows() -> re.Pattern:
    """ "the immortal revolutionary exploits", "the great father's care": the noun belongs to another."""
    return re.compile(rf"[ \u00a0]+(?!{cue('after_person')}\b|[a-z]+(?:ed|ing)\b)[a-z]|-|[’']s\b")


@of_lexicons
def _modifier() -> str:
    return cue("modifier")
