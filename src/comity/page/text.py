"""Foreign and hostile text on its way into HTML: escaped, its language marked, nothing invisible."""

from __future__ import annotations

import re
from dataclasses import dataclass
from html import escape
from urllib.parse import urlsplit

from comity.corpus.unseen import is_unseen, spell_out
from comity.errors import ClaimError

LANGUAGE = re.compile(r"[a-z]{2,3}(-[A-Za-z0-9]{2,8})*")
# What a run of letters is most likely in when nobody says: it decides the font and the voice, not the meaning.
SCRIPTS = {"ko": "\u1100-\u11ff\u3130-\u318f\uac00-\ud7a3", "ru": "\u0400-\u04ff",
           "zh": "\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff"}
KANA = re.compile("[\u3040-\u30ff]")
RUNS = re.compile("|".join(f"(?P<{code}>[{chars}](?:[{chars}·, ]*[{chars}])?)" for code, chars in SCRIPTS.items()))


@dataclass(frozen=True)
class Phrase:
    """Words in another language, with the language they are in and what they mean."""

    words: str
    language: str
    gloss: str = ""

    def __str__(self) -> str:
        return f"{self.words} (“{self.gloss}”)" if self.gloss else self.words


def phrase(words: str, language: str, gloss: str = "") -> Phrase:
    """A foreign phrase for `say`, `claim` or a caption: shown as written, its language marked, its gloss behind it.

    Raises ClaimError where the words are blank or the language is not a code such as "ko" or "zh-Hant".

    >>> print(phrase("존경하는", "ko", gloss="respected"))
    존경하는 (“respected”)
    """
    if not isinstance(words, str) or not words.strip():
        raise ClaimError("A phrase is blank. Pass the words as they are printed, or leave the phrase out.")
    if not LANGUAGE.fullmatch(str(language)):
        raise ClaimError(f"The phrase “{words}” needs the code of its language (ko, zh, ru ...), not {language!r}.")
    return Phrase(words, language, gloss)


def plain(text: str) -> str:
    """The text with every character that cannot be seen replaced by a token such as ⟨U+202E⟩."""
    return spell_out(text)


def visible(text: str) -> str:
    """The text as HTML: escaped, unseen characters as marked tokens, line ends kept."""
    return "".join(_html_char(c) for c in text)


def readable(text: str) -> str:
    """The text as HTML like `visible`, with the language of runs in another script named."""
    parts, end = [], 0
    for run in RUNS.finditer(text):
        language = "ja" if KANA.search(run[0]) else run.lastgroup
        parts += [visible(text[end:run.start()]), f'<span lang="{language}">{visible(run[0])}</span>']
        end = run.end()
    return "".join([*parts, visible(text[end:])])


def attribute(text: str) -> str:
    """The text for the inside of a double-quoted HTML attribute."""
    return escape(plain(text), quote=True)


def foreign(text: str, language: str) -> str:
    """The text as HTML in a span that names its language and keeps its direction to itself."""
    return f'<span lang="{attribute(language)}"><bdi>{visible(text)}</bdi></span>'


def phrase_html(value: Phrase) -> str:
    gloss = f' <span class="gloss">(“{readable(value.gloss)}”)</span>' if value.gloss else ""
    return foreign(value.words, value.language) + gloss


def addresses(text: str) -> list[str]:
    """The web addresses that make up a cell (several are joined by `|` or a line end); none where any part is something else."""
    parts = [part for part in lines(text) if part]
    return parts if all(_is_web_address(part) for part in parts) else []


def lines(text: str) -> list[str]:
    """What is several in a cell, joined by `|` or a line end."""
    return re.split(r"[|\n]", text)


def link(url: str) -> str:
    """A link to an outside page, shown without its scheme."""
    shown = readable(url.split("://", 1)[1].rstrip("/"))
    return f'<a class="outside" href="{attribute(url)}" rel="noreferrer noopener">{shown}</a>'


def slug(text: str) -> str:
    """A name for an anchor: the lower-case words of a text joined by hyphens."""
    words = re.findall(r"[a-z0-9]+", text.lower().replace("’", "").replace("'", ""))
    return "-".join(words[:10]) or "part"


def _html_char(char: str) -> str:
    if char == "\n":
        return "<br>"
    if is_unseen(char):
        return f'<span class="unseen">{spell_out(char)}</span>'
    return escape(char, quote=True)


def _is_web_address(text: str) -> bool:
    if any(c.isspace() or is_unseen(c) for c in text):
        return False
    try:
        parts = urlsplit(text)
    except ValueError:
        return False
    return parts.scheme in ("http", "https") and bool(parts.netloc)
