"""`show_text`: a text as received, its forms of address marked, and whose words each sentence is."""

from __future__ import annotations

import pandas as pd

from comity.corpus.vocabularies import FORMS, FRAMES, ROLES
from comity.errors import ClaimError
from comity.page.captions import anchor, captioned, inner, source_line
from comity.page.marks import key_html, list_html, text_lines, voices_html
from comity.page.outputs import Output
from comity.page.sentences import Sentence
from comity.page.spans import Kind, read_spans
from comity.page.text import LANGUAGE
from comity.page.voices import split_voices

MENTION = Kind("mentions", "mention", "matched", {"frame": FRAMES, "role": ROLES}, {"form": FORMS})
SENTENCE = Kind("frames", "sentence", "sentence", {"frame": FRAMES})


def show_text(text: str, mentions: pd.DataFrame, frames: pd.DataFrame | None = None, *, caption, headline: str = "",
              id: str | None = None, source: str | Sentence | None = None, language: str = "en") -> Output:
    """A text, every character as received, with its forms of address marked: colour by role, line by frame.

    Columns in: `mentions` as `find_mentions` gives them (`part, start, end, matched, frame, role` at least), `frames` as
    `split_frames` gives them (`part, start, end, sentence, frame` at least), both of this one text. With `frames` the
    letter's own words are set off from those that tell of it.

    `headline` is the text's headline, `language` the code of its language; `caption`, `id` and `source` are those of
    `show`. Each mark has a number that leads to its row in the table below the text, and from there back. Raises
    ClaimError where a mention or a sentence does not stand in the text as its table says, and where two overlap.

    >>> dear = dict(part="text", start=0, end=11, matched="Dear friend", frame="letter", form="vocative", role="recipient")
    >>> show_text("Dear friend, I thank you.", pd.DataFrame([dear]), caption="A letter of thanks")
    A letter of thanks
    [1 Dear friend], I thank you.
    1 | Dear friend | the recipient | the letter | address (vocative) | –
    """
    title = captioned(caption)
    parts = _parts(headline, text, language, title.text)
    found = read_spans(mentions, parts, MENTION, title.text)
    found = [row | {"number": number} for number, row in enumerate(found, 1)]
    voices = split_voices(parts, [] if frames is None else read_spans(frames, parts, SENTENCE, title.text))
    name = anchor(id, title)
    html = [f'<figure class="marked" id="{name}">', f'<figcaption id="{name}-caption">{inner(title)}</figcaption>',
            key_html(found, voices, parts), voices_html(parts, voices, found, name, language), list_html(found, name, language)]
    lines = [title.text, *text_lines(parts, voices, found)]
    return Output("\n".join(filter(None, html)) + source_line(source) + "\n</figure>", "\n".join(lines), "text")


def _parts(headline: str, text: str, language: str, caption: str) -> dict[str, str]:
    """The two parts in which mentions stand; raises ClaimError where they are no text, or in no known language."""
    parts = {"headline": headline, "text": text}
    for part, words in parts.items():
        if not isinstance(words, str):
            raise ClaimError(f"“{caption}” cannot be shown: its {part} is a {type(words).__name__}. Pass one text as a string.")
    if not (headline.strip() or text.strip()):
        raise ClaimError(f"“{caption}” has no text. Pass the text as it was received.")
    if not LANGUAGE.fullmatch(str(language)):
        raise ClaimError(f"“{caption}” needs the code of its language (en, ko, zh ...), not {language!r}.")
    return parts
