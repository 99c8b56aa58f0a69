"""How far a form of address reaches: the of-phrase that completes an honour, and the name after it."""

import re
from bisect import bisect_left

from comity.address.lexicon import BODY
from comity.address.names import NameFinder
from comity.address.rules import Place
from comity.address.run import Run
from comity.address.tokens import Tokens
from comity.honorifics import read_honorifics
from comity.sources.terms import any_of
from comity.sources.word_lists import of_lexicons
from comity.speech.cues import cue

# So many words may stand between an office and the name: "of the State Affairs Commission of Utopia".
LONGEST_OFFICE = 12


def complete_honour(run: Run, place: Place, names: NameFinder) -> None:
    """Take in the of-phrase that completes the honour, and a name after it: "great king of Utopia Ann Lee"."""
    end = place.tokens.ends[run.stop - 1]
    if place.text[end : end + 4].strip() != "of":
        return
    if run.terms[-1].group == BODY:
        _take_country(run, end, place)
    elif not run.has("name") and _may_be_completed(run) and not (run.has("epithet") and _take_name_after_office(run, names, place.tokens)):
        # "the respected president of Utopia" is an office: the honour does not need the country.
        found = _is_praise(run) and _of_phrase().match(place.text, end, place.sentence.end)
        if found:
            run.end = found.end()
            _take_what_follows(run, place, names)


def _may_be_completed(run: Run) -> bool:
    praised = run.has("epithet") or (run.terms[-1].alone and len(run.terms[-1].words) > 1)
    return praised and (run.has("title") or run.has("solidarity"))


def _is_praise(run: Run) -> bool:
    """An epithet such as "great", a title that exalts, or a noun such as "friend"; not "respected" before an office."""
    only_courteous = all(term.alone for term in run.terms if term.element == "epithet")
    return not (only_courteous and run.has("title") and not run.terms[-1].alone)


def _take_country(run: Run, end: int, place: Place) -> None:
    """ "the fraternal people of Utopia": the country is part of the people's name."""
    found = _of_country().match(place.text, end, place.sentence.end)
    if found:
        element, first, _ = run.parts.pop()
        run.stop, run.end = bisect_left(place.tokens.starts, found.end()), found.end()
        run.parts.append((element, first, run.stop))


def _take_what_follows(run: Run, place: Place, names: NameFinder) -> None:
    """A name, or a form of address, right after the of-phrase."""
    tokens, index = place.tokens, bisect_left(place.tokens.starts, run.end)
    if index >= len(tokens.words) or place.text[run.end : tokens.starts[index]] != " ":
        return
    if names.is_term(index):
        _take_address(run, index, names, tokens)
        return
    length = names.length(index)
    if length > 1 or (length and names.known_length(index)):
        _take_name(run, index, length, tokens)
    elif length:
        # "the eternal sun of Juche Korea"
        run.end = tokens.ends[index]


def _take_name_after_office(run: Run, names: NameFinder, tokens: Tokens) -> bool:
    """ "the respected President of the State Affairs Ann Lee": capitalised words after "of", then a name the text tells of."""
    for index in range(run.stop + 1, min(run.stop + LONGEST_OFFICE, len(tokens.words))):
        length = names.known_length(index)
        if length and index > run.stop + 2:
            _take_name(run, index, length, tokens)
            return True
        if names.is_term(index) or (not tokens.words[index][0].isupper() and tokens.words[index] not in ("the", "of", "and")):
            return False
    return False


def _take_address(run: Run, index: int, names: NameFinder, tokens: Tokens) -> None:
    """ "the great leader of Utopia Comrade Ann Lee": what follows is said of the same person."""
    length = names.length(index + 1)
    if run.has("epithet") and length and names.is_term(index, "solidarity"):
        run.parts.append(("solidarity", index, index + 1))
        _take_name(run, index + 1, length, tokens)


def _take_name(run: Run, index: int, length: int, tokens: Tokens) -> None:
    run.parts.append(("name", index, index + length))
    run.stop, run.end = index + length, tokens.ends[index + length - 1]


@of_lexicons
def _of_country() -> re.Pattern:
    """ "of Utopia", "of the Republic of Utopia"."""
    return re.compile(r"[ \u00a0]+of[ \u00a0]+(?:the[ \u00a0]+)?[A-Z][\w’'-]*(?:[ \u00a0]+(?:[A-Z][\w’'-]*|of[ \u00a0]+[A-Z][\w’'-]*)){0,6}")


@of_lexicons
def _of_phrase() -> re.Pattern:
    whom = cue("of_whom")
    lexicon = read_honorifics()
    # Where the next form of address begins, the phrase ends.
    next_one = any_of(list(lexicon[(lexicon["language"] == "en") & lexicon["element"].isin(["solidarity", "courtesy"])]["term"].str.capitalize()))
    determiner, capital = r"(?:(?:the|all|our|his|her)\s+)?", rf"(?:Mt\.?\s+)?(?!{next_one}\b)[A-Z][\w’'-]*"
    return re.compile(
        rf"\s+of\s+(?:{determiner}(?:{capital}\s+|[\w-]+\s+){{0,2}}?{whom}\b(?:(?:,\s+{whom})+\s+and\s+{whom}\b)?|the\s+{capital}(?:\s+{capital}){{1,6}}"
        rf"|{determiner}(?:(?!the\b)[a-z-]+\s+)?{capital}(?:\s+type\b)?)"
        rf"(?:\s+of\s+{determiner}(?:(?:two|both)\s+)?(?:{whom}\b|{capital}))?"
        rf"(?:\s+and\s+{whom}(?=\s*(?:[.,;:!?)”\"]|$)|\s+[A-Z]))?"
    )
