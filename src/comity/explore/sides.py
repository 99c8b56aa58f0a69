"""One side of the explorer: the fields by which a message is found, and the list to choose it from."""

from __future__ import annotations

from collections.abc import Callable

import pandas as pd

from comity.explore.choosing import search
from comity.page.text import plain

ANY = "anybody"
ANY_OCCASION = "any"
# A list of more is no longer one that anybody reads.
LISTED = 300


class Side:
    """The fields and the list of one side; calls back when another message is chosen."""

    def __init__(self, name: str, choices: pd.DataFrame, chosen: str, on_choice: Callable[[], None]) -> None:
        from ipywidgets import HTML, Dropdown, Layout, Select, Text, VBox

        wide = Layout(width="auto")
        self.choices, self.chosen, self.on_choice = choices, chosen, on_choice
        self.words = Text(description="Search", placeholder="a day, a name, a word", layout=wide)
        self.sender, self.recipient = (
            Dropdown(description=what, options=_options(choices[column], ANY), layout=wide) for what, column in (("From", "sender"), ("To", "recipient"))
        )
        self.occasion = Dropdown(description="Occasion", options=_options(choices["occasion"], ANY_OCCASION), layout=wide)
        self.list = Select(description="Message", rows=5, layout=wide)
        self.count = HTML()
        self.box = VBox([HTML(f"<b>{name} letter</b>"), self.words, self.sender, self.recipient, self.occasion, self.list, self.count])
        self._fill()
        for field in (self.words, self.sender, self.recipient, self.occasion):
            field.observe(lambda _: self._fill(), "value")
        self.list.observe(self._choose, "value")

    def _fill(self) -> None:
        """List what is found; the message that is shown stays until another is chosen."""
        found = search(self.choices, self.words.value, self.sender.value, self.recipient.value, self.occasion.value)
        shown = found.head(LISTED)
        ids = shown["message_id"].tolist()
        self.filling = True
        self.list.options = list(zip(shown["label"], ids, strict=True))
        self.list.value = self.chosen if self.chosen in ids else None
        self.filling = False
        more = f"; the first {LISTED} are listed, search for more" if len(found) > LISTED else ""
        self.count.value = f"{len(found):,} of {len(self.choices):,} messages{more}"

    def _choose(self, change) -> None:
        if self.filling or change["new"] is None or change["new"] == self.chosen:
            return
        self.chosen = change["new"]
        self.on_choice()


def _options(values: pd.Series, anything: str) -> list[tuple[str, str]]:
    return [(anything, ""), *((plain(value), value) for value in sorted(set(values)) if value)]
