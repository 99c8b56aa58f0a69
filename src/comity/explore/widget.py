"""`explore`: choose two messages, see them side by side; on an exported page the chooser stands in its place."""

from __future__ import annotations

import os
from functools import cached_property

import pandas as pd

from comity.corpus.vocabularies import FRAMES
from comity.errors import CorpusError, require_several
from comity.explore.articles import Articles
from comity.explore.block import chooser_html
from comity.explore.choosing import choose_two, list_choices
from comity.explore.coding import name_of, write_code
from comity.explore.gathering import as_letters, place_texts
from comity.explore.held import list_held
from comity.explore.panel import Panel
from comity.page.outputs import notebook_style
from comity.page.text import plain
from comity.tone import read_tone

KIND = "chooser"


class Explorer:
    """Two messages side by side: in JupyterLab widgets, on an exported page the chooser, in a terminal the two names."""

    def __init__(self, held, a, b, texts, lexicon, frames, caption, id, source) -> None:
        self.letters = as_letters(held)
        self.texts = place_texts(held if texts is None and isinstance(held, pd.DataFrame) else texts, self.letters)
        self.given = (held, texts)
        self.choices = list_choices(self.letters, self.texts)
        self.a, self.b = choose_two(self.choices, a, b)
        self.frames, self.lexicon = _check_frames(frames), lexicon
        if lexicon is not None:
            read_tone(lexicon)  # a file that is no lexicon is refused now, not when the widgets are shown
        owners = self.letters.corpus.versions.set_index("version_id")["message_id"]
        self.articles = Articles(list_held(self.letters), owners[owners.index.isin(self.texts["version_id"])])
        self.page = (caption, id, source)

    @cached_property
    def panel(self) -> Panel:
        """The widgets, made when they are first shown."""
        return Panel(self)

    def code(self, a: str, b: str, frames, lexicon: str, dimensions=None) -> str:
        """The code that gives the same contrasts, with what the letters are called in the notebook."""
        held, texts = self.given
        own = isinstance(held, pd.DataFrame)
        name = name_of(held, "texts" if own else "letters" if held is self.letters else "corpus")
        texts = name if own and texts is None else name_of(texts, "texts") if texts is not None else ""
        return write_code(a, b, frames, lexicon, name, texts, held is not self.letters, dimensions)

    @cached_property
    def html(self) -> str:
        """The chooser of a page."""
        return chooser_html(self.choices, self.articles, self.a, self.b, *self.page)

    def __repr__(self) -> str:
        labels = self.choices.set_index("message_id")["label"]
        return plain("\n".join([f"{self.page[0]}", labels[self.a], labels[self.b]]))

    def _repr_mimebundle_(self, include=None, exclude=None) -> tuple[dict, dict]:
        # A page that `comity report` makes carries the chooser alone: the widgets, which nobody would see, are not made.
        widget = {} if os.environ.get("COMITY_PAGES") else self.panel.box._repr_mimebundle_()
        return {**widget, "text/html": notebook_style() + self.html, "text/plain": repr(self)}, {"comity": KIND}


def explore(letters, a: str | None = None, b: str | None = None, *, texts: pd.DataFrame | None = None, lexicon=None, frames=("letter",),
            caption="Two letters side by side", id: str | None = None, source=None) -> Explorer:
    """Choose two messages and see them side by side: how they address, their tone, their length, and the words behind every number.

    In JupyterLab these are widgets; a page that `comity report` makes of the notebook has a chooser in their place, with the forms of
    address, outlets and addresses of all messages, but no contrasts.

    In: ``letters`` as `gather_letters` gives them, or what `comity.explore.as_letters` makes letters of (a corpus, measurements, a
    table of texts); ``a, b``: the messages to begin with, by default the last two; ``texts``: the table of texts that was measured, as for
    `measure_texts`, so that the letters can be read (measurements keep none); ``lexicon``: a CSV file of tone instead of ours; ``frames``:
    in whose words, as in `compare_messages`; ``caption, id, source`` as in `show`.
    Errors: CorpusError for an unknown message, frame or kind of letters, one message twice, and texts that belong to no letter.

    >>> from comity import read_corpus
    >>> explore(read_corpus(), "kim-xi-2024-10-06", "kim-putin-2024-10-07")
    Two letters side by side
    6 October 2024, Kim Jong Un to Xi Jinping, diplomatic relations
    7 October 2024, Kim Jong Un to Vladimir Putin, birthday
    """
    return Explorer(letters, a, b, texts, lexicon, frames, caption, id, source)


def _check_frames(frames) -> tuple[str, ...]:
    require_several(frames=frames)
    unknown = [frame for frame in frames if frame not in (*FRAMES, "mixed")]
    if unknown or not frames:
        raise CorpusError(f"There is no frame {unknown[0]!r}. Frames are {', '.join(FRAMES)}." if unknown else "Name at least one frame: ('letter',).")
    return tuple(frames)
