"""A letter whose text is at hand: its forms of address and its words of tone marked in one text, each named and not by colour alone."""

from __future__ import annotations

from collections.abc import Iterable

import pandas as pd

from comity.contrasts.measures import list_dimensions
from comity.corpus.vocabularies import FRAMES, ROLES
from comity.errors import ClaimError, CorpusError
from comity.page.marking import MENTION, SENTENCE
from comity.page.marks import BLANKS, FRAME, WHO
from comity.page.spans import Kind, read_spans
from comity.page.text import LANGUAGE, attribute, readable, visible
from comity.page.voices import Marker, Voice, lines, split_voices
from comity.speech import split_frames

TERM = Kind("tone terms", "term", "matched", {"frame": FRAMES})
COLOURS = 7
LEAST = 3


def toned_html(text: dict, letters, frames: Iterable[str]) -> str:
    """The text as HTML, every character as received; a term of tone outside ``frames``, or turned around, is marked as not counted.

    In: a row of `place_texts` with ``version_ids``, all the versions measured in this text; letters, whose mentions and terms of
    tone are marked. Raises CorpusError where these do not stand in the text.
    """
    parts = {"headline": text["headline"], "text": text["text"]}
    mine = {name: getattr(letters, name) for name in ("mentions", "tone")}
    mine = {name: table[table["version_id"].isin(text["version_ids"])].drop(columns="version_id") for name, table in mine.items()}
    terms = mine["tone"].dropna(subset="start")
    sentences = split_frames(pd.DataFrame([text]).drop(columns="version_ids"))
    try:
        mentions = read_spans(mine["mentions"].drop_duplicates(["part", "start"]), parts, MENTION, text["text_id"])
        toned = read_spans(terms.drop_duplicates(["part", "start"]), parts, TERM, text["text_id"])
        voices = split_voices(parts, read_spans(sentences, parts, SENTENCE, text["text_id"]))
    except ClaimError as error:
        raise CorpusError(f"The text does not fit its measurements. {error}") from None
    tags = tag_dimensions(list_dimensions(letters))
    writer = _Writer(parts, mentions, toned, tags, set(frames), text["language"])
    return f'<div class="marked toned">{_key(mentions, toned, tags)}<div class="voices">{"".join(map(writer.voice, voices))}</div></div>'


def tag_dimensions(dimensions: Iterable[str]) -> dict[str, str]:
    """A short name for each dimension: its first letters, as many as tell it from the others, at least three.

    >>> tag_dimensions(["warmth", "protocol", "protest"])
    {'warmth': 'war', 'protocol': 'proto', 'protest': 'prote'}
    """
    names = list(dimensions)
    return {name: next((name[:n] for n in range(LEAST, len(name)) if sum(other.startswith(name[:n]) for other in names) == 1), name) for name in names}


class _Writer:
    """Writes a text voice by voice; a mention may hold terms, and a term may begin or end inside a mention."""

    def __init__(self, parts, mentions, terms, tags, frames, language) -> None:
        self.parts, self.tags, self.frames = parts, tags, frames
        self.places = {name: number % COLOURS for number, name in enumerate(tags)}
        self.mentions, self.terms = ({part: Marker(part, rows) for part in parts} for rows in (mentions, terms))
        self.language = language if LANGUAGE.fullmatch(language or "") else "und"
        self.written = readable if self.language.startswith("en") else visible

    def voice(self, voice: Voice) -> str:
        of = f" <span>of {readable(voice.sender)}</span>" if voice.sender else ""
        said = "".join(self._line(voice.part, *line) for line in lines(self.parts[voice.part], voice.start, voice.end))
        return (f'<div class="voice v-{voice.frame or "unknown"}"><div class="who">{FRAME.get(voice.frame, "").capitalize()}{of}</div>'
                f'<div class="said" lang="{self.language}" dir="auto">{said}</div></div>')

    def _line(self, part: str, start: int, end: int) -> str:
        html = ""
        for first, last, row in self.mentions[part].pieces(start, end):
            words = "".join(self._piece(part, *piece) for piece in self.terms[part].pieces(first, last))
            html += _mention(words, row, last) if row else words
        kind = "blank" if not self.parts[part][start:end].strip() else "spaced" if BLANKS.search(self.parts[part], start, end) else ""
        return f'<p class="{kind}">{html}</p>' if kind else f"<p>{html}</p>"

    def _piece(self, part: str, start: int, end: int, row: dict | None) -> str:
        words = self.written(self.parts[part][start:end])
        if row is None:
            return words
        turned, dimension = row.get("negated") == "yes", row["dimension"]
        out = "" if row["frame"] in self.frames and not turned else " out"
        tag = f' data-tag="{attribute("not " * turned + self.tags[dimension])}"' if end == row["end"] else ""
        told = attribute(f"{dimension}: {row.get('term', row['matched'])}{', turned around' * turned}{', not counted' * bool(out)}")
        return f'<span class="t t{self.places[dimension]}{out}"{tag} title="{told}">{words}</span>'


def _mention(words: str, row: dict, end: int) -> str:
    tag = f' data-tag="{row["role"]}"' if end == row["end"] and row["role"] else ""
    return f'<span class="m r-{row["role"] or "none"} f-{row["frame"] or "none"}"{tag} title="Honours {attribute(row.get("honoree", ""))}">{words}</span>'


def _key(mentions: list[dict], terms: list[dict], tags: dict[str, str]) -> str:
    """How the marks are to be read; only those that occur."""
    roles, found = {row["role"] for row in mentions}, {row["dimension"] for row in terms}
    shaded = ", ".join(f'<span class="m r-{role} f-none">{WHO[role]}</span>' for role in ROLES if role in roles)
    boxed = ", ".join(f'<span class="t t{n % COLOURS}" data-tag="{attribute(tag)}">{readable(name)}</span>' for n, (name, tag) in enumerate(tags.items()) if name in found)
    told = [f"Underlined: forms of address, and whom they honour ({shaded})." if shaded else "No form of address is marked."]
    told += [f"Boxed: words of tone ({boxed}). A broken box is not counted: it is turned around, or in another voice."] if boxed else ["No word of tone is marked."]
    return f'<p class="key">{" ".join(told)}</p>'
