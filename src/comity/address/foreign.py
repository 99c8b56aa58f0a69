"""Mentions in texts of other languages: the runs that count, with frame, form, honoree and role."""

from bisect import bisect_right
from collections.abc import Iterator

from comity.address.abroad import HONOURS, ForeignRun, Tongue, find_foreign_runs
from comity.address.honorees import find_role
from comity.address.lexicon import ELEMENTS
from comity.speech.frames import Reading, Sentence

_MARKS = " \t\u00a0\u3000,.!?:;，。！？：、\"“”„«»「」『』()"


def read_foreign(text: dict, reading: Reading, tongue: Tongue) -> Iterator[tuple]:
    """The mentions of one text in another language than English, as rows of `find_mentions`."""
    about = (text["message_id"], text["version_id"], text["url"])
    headline = Sentence(0, len(text["headline"]), "headline", reading.parties)
    for part, sentences in (("headline", [headline]), ("text", reading.sentences)):
        begins = [sentence.start for sentence in sentences]
        for run in find_foreign_runs(text[part], tongue):
            sentence = sentences[max(0, bisect_right(begins, run.start) - 1)]
            form = _form(run, sentence, text[part])
            if not _counts(run, sentence, form):
                continue
            honorees = run.persons or (sentence.parties.recipient if sentence.frame == "letter" else ())
            role = find_role(honorees, sentence.parties, form)
            words = [run.elements[name] for name in ELEMENTS]
            yield (*about, part, run.start, run.end, text[part][run.start : run.end], sentence.frame, form, "|".join(honorees), role, *words)


def _counts(run: ForeignRun, sentence: Sentence, form: str) -> bool:
    """An office alone stands for a name only in a letter."""
    return any(run.elements[name] for name in HONOURS) or form == "vocative" or sentence.frame == "letter"


def _form(run: ForeignRun, sentence: Sentence, text: str) -> str:
    """An address is a vocative where it is a line of its own, or opens a sentence of the letter before a comma."""
    before, after = text[sentence.start : run.start].strip(_MARKS), text[run.end : sentence.end]
    if sentence.frame != "letter" or before:
        return "reference"
    return "vocative" if not after.strip(_MARKS) or after.lstrip()[:1] in (",", "，", "、", "!", "！") else "reference"
