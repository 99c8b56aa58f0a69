"""A marked text as HTML and as plain text: the words, the key to the marks, and the list that the marks lead to."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from functools import partial

from comity.corpus.vocabularies import FRAMES, MENTION_ELEMENTS, ROLES
from comity.page.tables import BLANK
from comity.page.text import attribute, foreign, plain, readable, visible
from comity.page.values import listed
from comity.page.voices import Marker, Voice, lines

# What readers are told; the tables keep the words of the codebook.
WHO = {"recipient": "the recipient", "sender": "the sender", "third": "a third person", "mixed": "people of different roles"}
FRAME = {"headline": "the headline", "agency": "the outlet", "letter": "the letter", "reported": "the retold letter"}
FORM = {"vocative": "address (vocative)", "reference": "reference", "valediction": "closing (valediction)"}
# Blanks that a browser would otherwise draw as one, or not at all.
BLANKS = re.compile(r"  |\t|^ ", re.M)
NBSP = "\u00a0"
ELEMENT = dict.fromkeys(MENTION_ELEMENTS, "") | {"solidarity": "solidarity noun", "courtesy": "courtesy title"}


def voices_html(parts: Mapping[str, str], voices: list[Voice], mentions: list[dict], name: str, language: str) -> str:
    """The text, a block a voice, a paragraph a line; a mark is a link to its row in the list."""
    blocks, markers = [], {part: Marker(part, mentions) for part in parts}
    for voice in voices:
        text, marker = parts[voice.part], markers[voice.part]
        said = "".join(_line(text, line, marker, name, language) for line in lines(text, voice.start, voice.end))
        goes_on = " on" if _goes_on(voice, parts) else ""
        blocks.append(f'<div class="voice v-{voice.frame or "unknown"}{goes_on}">{_whose(voice)}'
                      f'<div class="said" lang="{language}" dir="auto">{said}</div></div>')
    kind = "voices" if any(voice.frame for voice in voices) else "voices unlabelled"
    return f'<div class="{kind}">\n' + "\n".join(blocks) + "\n</div>"


def _line(text: str, line: tuple[int, int], marker: Marker, name: str, language: str) -> str:
    written = readable if _is_english(language) else visible
    html = ""
    for start, end, row in marker.pieces(*line):
        words = written(text[start:end])
        html += _mark(words, row, start, end, name) if row else words
    spaced = ' class="spaced"' if BLANKS.search(text, *line) else ""
    return f"<p{spaced}>{html}</p>"


def _mark(words: str, row: dict, start: int, end: int, name: str) -> str:
    """A mention, or the piece of it in this line: the first carries the anchor, the last the number."""
    number = row["number"]
    own = f' id="{name}-mark-{number}"' if start == row["start"] else ""
    # The tag is drawn by the style sheet: no character joins those of the text, on the page or when it is copied.
    tag = f' data-tag="{number}{NBSP if row["role"] else ""}{row["role"]}"' if end == row["end"] else ""
    return (f'<a class="mark r-{row["role"] or "none"}"{own} href="#{name}-row-{number}"{tag} title="{attribute(_told(row))}">'
            f'<span class="{_looks(row["role"], row["frame"])}">{words}</span></a>')


def _is_english(language: str) -> bool:
    """The page is in English: in such a text only the words in another script name their language."""
    return language.split("-")[0] == "en"


def _looks(role: str, frame: str) -> str:
    return f"m r-{role or 'none'} f-{frame or 'none'}"


def _whose(voice: Voice) -> str:
    """In whose voice: said in words beside the sentences."""
    of = f" <span>of {readable(_names(voice.sender))}</span>" if voice.sender else ""
    return f'<div class="who">{FRAME.get(voice.frame, "").capitalize()}{of}</div>'


def _goes_on(voice: Voice, parts: Mapping[str, str]) -> bool:
    return voice.start > 0 and parts[voice.part][voice.start - 1] != "\n"


def key_html(mentions: list[dict], voices: list[Voice], parts: Mapping[str, str]) -> str:
    """How the marks are to be read, made of such marks; only those that occur."""
    roles, frames = {row["role"] for row in mentions}, {row["frame"] for row in mentions}
    colours = [f'<span class="{_looks(role, "")}">{WHO[role]}</span>' for role in ROLES if role in roles]
    shapes = [f'<span class="{_looks("", frame)}">{FRAME[frame]}</span>' for frame in FRAMES if frame in frames]
    told = [f"Colour, and the word behind the mark: who is honoured ({', '.join(colours)})."] if colours else []
    told += [f"Line: whose voice ({', '.join(shapes)})."] if shapes else []
    told += ["Number: the row of the table below."] if mentions else ["No form of address is marked in this text."]
    told += ["↳ The line goes on in another voice."] if any(_goes_on(voice, parts) for voice in voices) else []
    return f'<p class="key">{" ".join(told)}</p>'


def list_html(mentions: list[dict], name: str, language: str) -> str:
    """The table that the marks lead to, a row a mention; its number leads back."""
    if not mentions:
        return ""
    heads = "".join(f'<th scope="col">{head}</th>' for head in ("form of address", "honoured", "voice", "use", "made of"))
    rows = "\n".join(_row(row, name, language) for row in mentions)
    return (f'<div class="scroll" role="region" tabindex="0" aria-labelledby="{name}-list {name}-caption">\n<table>\n'
            f'<caption><span id="{name}-list">The forms of address, one by one</span></caption>\n'
            f"<thead><tr>{heads}</tr></thead>\n<tbody>\n{rows}\n</tbody>\n</table>\n</div>")


def _row(row: dict, name: str, language: str) -> str:
    number, role, frame = row["number"], row["role"], row["frame"]
    who = [readable(_names(row.get("honoree", ""))), f'<span class="{_looks(role, "")}">{WHO[role]}</span>' if role else ""]
    whose = f'<span class="{_looks("", frame)}">{FRAME[frame]}</span>' if frame else ""
    written = readable if _is_english(language) else partial(foreign, language=language)
    cells = [", ".join(filter(None, who)), whose, FORM.get(row.get("form", ""), ""), _elements(row, written)]
    back = f'<a class="back" href="#{name}-mark-{number}" title="Back to the text">{number}</a>'
    return (f'<tr id="{name}-row-{number}"><th scope="row">{back} {written(row["matched"])}</th>'
            f"{''.join(f'<td>{cell or BLANK}</td>' for cell in cells)}</tr>")


def _facts(row: dict) -> list[str]:
    """Who is honoured, in whose words, in what use, and with which elements."""
    honoured = ", ".join(filter(None, [_names(row.get("honoree", "")), WHO.get(row["role"], "")]))
    return [honoured, FRAME.get(row["frame"], ""), FORM.get(row.get("form", ""), ""), _elements(row)]


def _elements(row: dict, written: Callable[[str], str] = str) -> str:
    return "; ".join(f"{ELEMENT[name] or name}: {written(row[name])}" for name in ELEMENT if row.get(name, "").strip())


def _told(row: dict) -> str:
    """A mention in a sentence, for who points at it or hears it."""
    told = zip(("Honours", "Voice:", "Use:", "Made of:"), _facts(row), strict=True)
    return " ".join(f"{what} {fact}." for what, fact in told if fact)


def _names(names: str) -> str:
    return listed(names.split("|"))


def text_lines(parts: Mapping[str, str], voices: list[Voice], mentions: list[dict]) -> Iterator[str]:
    """The same for a terminal: a line a line, each mention in brackets with its number, then a line a mention."""
    markers = {part: Marker(part, mentions) for part in parts}
    for voice in voices:
        text, marker = parts[voice.part], markers[voice.part]
        words = "".join(_bracketed(text, *piece) for piece in marker.pieces(voice.start, voice.end))
        yield plain(f"{FRAME[voice.frame].capitalize()}: {words}" if voice.frame else words).rstrip("\n")
    for row in mentions:
        yield plain(" | ".join([str(row["number"]), row["matched"].replace("\n", " "), *(fact or "–" for fact in _facts(row))]))


def _bracketed(text: str, start: int, end: int, row: dict | None) -> str:
    """A piece of the text, with the brackets of the mention that begins or ends in it."""
    if row is None:
        return text[start:end]
    opened = f"[{row['number']} " if start == row["start"] else ""
    return opened + text[start:end] + ("]" if end == row["end"] else "")
