"""The widgets of the explorer: two sides, two panes, the contrasts with a button for every number, and the code."""

from __future__ import annotations

from html import escape

import pandas as pd

from comity.errors import CorpusError
from comity.explore.block import style
from comity.explore.gathering import recode
from comity.explore.hits import choose_dimensions, contrast, hits_html, list_hits
from comity.explore.rows import covers_html, say_contrast, say_measure, say_value
from comity.explore.sides import Side
from comity.explore.toned import toned_html
from comity.page.outputs import notebook_style
from comity.page.text import readable
from comity.tone import read_tone

FRAMES = {
    "the letter’s own words": ("letter",), "the letter, and the letter retold": ("letter", "reported"),
    "these, and versions that mix both": ("letter", "reported", "mixed"),
}  # fmt: skip
SIDES = {"a": "First", "b": "Second"}
HEADS = ("measure", "first", "second", "first over second (95 % interval)")
# A constant: what is copied is taken from the element, so that no text of a letter stands in a handler.
COPY = ("const code = this.nextElementSibling; getSelection().selectAllChildren(code); "
        "navigator.clipboard && navigator.clipboard.writeText(code.textContent).then(() => this.textContent = 'Copied')")


class Panel:
    """The widgets of one explorer; every change is computed anew from its letters."""

    def __init__(self, explorer) -> None:
        from ipywidgets import HTML, Dropdown, GridBox, Layout, Text, VBox

        self.explorer, self.lexicon, self.recoded, self.path = explorer, None, explorer.letters, ""
        side_by_side = Layout(grid_template_columns="repeat(auto-fit, minmax(min(100%, 20rem), 1fr))", grid_gap="0 1.5rem", width="100%")
        self.sides = {key: Side(name, explorer.choices, getattr(explorer, key), self.update) for key, name in SIDES.items()}
        options = dict(FRAMES) | ({} if explorer.frames in FRAMES.values() else {" + ".join(explorer.frames): explorer.frames})
        self.frames = Dropdown(description="Words of", options=list(options.items()), value=explorer.frames, layout=Layout(width="auto"))
        self.file = Text(description="Lexicon", value=str(explorer.lexicon or ""), placeholder="blank: ours; or a CSV file of tone", continuous_update=False,
                         layout=Layout(width="auto"))
        self.problem, self.about, self.hits, self.code = HTML(), HTML(), HTML(), HTML()
        self.panes = {key: HTML(layout=Layout(min_width="0")) for key in SIDES}
        # Headings and contrasts share four columns.
        self.grid = GridBox([], layout=Layout(grid_template_columns="minmax(6rem, auto) auto auto minmax(8rem, 1fr)", grid_gap="0 .8rem", width="100%"))
        self.box = VBox([
            HTML(f"{notebook_style()}<style>{style()}</style>"), GridBox([side.box for side in self.sides.values()], layout=side_by_side),
            GridBox([self.frames, self.file], layout=side_by_side), self.problem, GridBox(list(self.panes.values()), layout=side_by_side),
            self.about, self.grid, self.hits, self.code,
        ])  # fmt: skip
        self.frames.observe(lambda _: self.update(), "value")
        self.file.observe(lambda _: self._read_lexicon(), "value")
        self._read_lexicon()
        if self.problem.value:
            self.update()

    def _read_lexicon(self) -> None:
        """Read the terms of another lexicon in all letters; one that cannot be read leaves the last one, and says so."""
        path = self.file.value.strip()
        self.problem.value = ""
        try:
            lexicon = read_tone(path) if path else None
            recoded = recode(self.explorer.letters, lexicon, self._texts()) if path else self.explorer.letters
            choose_dimensions(recoded, lexicon)
        except CorpusError as error:
            self.problem.value = f'<p class="chooser" role="alert">{readable(str(error))}</p>'
            return
        self.lexicon, self.recoded, self.path = lexicon, recoded, path
        self.update()

    def _texts(self) -> pd.DataFrame | None:
        texts = self.explorer.texts
        return texts.assign(version_id=texts["text_id"]).drop_duplicates("text_id") if len(texts) else None

    def update(self) -> None:
        """Show what is chosen: the panes, the contrasts, the code."""
        a, b, frames = self.sides["a"].chosen, self.sides["b"].chosen, self.frames.value
        contrasts, refused = contrast(self.recoded, a, b, frames, self.lexicon)
        for key, message in (("a", a), ("b", b)):
            self.panes[key].value = f'<div class="chooser"><div class="pane">{self.explorer.articles.article(message, self._inside(message), 4)}</div></div>'
        said = covers_html(contrasts) if len(contrasts) else f'<p role="status">They are not compared in numbers. {readable(refused)}</p>'
        self.about.value = f'<div class="chooser"><h4>How they differ</h4>{said}</div>'
        self._fill_grid(contrasts)
        self.hits.value = ""
        code = self.explorer.code(a, b, frames, self.path, choose_dimensions(self.recoded, self.lexicon))
        self.code.value = (f'<div class="chooser code"><h4>The code that gives the same</h4><button type="button" onclick="{escape(COPY)}">Copy the code</button>'
                           f'<pre tabindex="0">{escape(code)}</pre></div>')

    def _inside(self, message: str) -> str:
        """The text of a message where it is at hand."""
        texts = self.explorer.texts
        mine = set(self.explorer.letters.corpus.versions.query("message_id == @message")["version_id"])
        found = texts[texts["version_id"].isin(mine)]
        if found.empty:
            return ""
        text = found.iloc[0].to_dict() | {"version_ids": texts.loc[texts["text_id"] == found["text_id"].iloc[0], "version_id"].tolist()}
        return toned_html(text | {"version_id": text["text_id"]}, self.recoded, self.frames.value)

    def _fill_grid(self, contrasts: pd.DataFrame) -> None:
        from ipywidgets import HTML

        old = self.grid.children
        cells = [HTML(f"<b>{head}</b>") for head in HEADS] if len(contrasts) else []
        for row in contrasts.to_dict("records"):
            cells += [HTML(readable(say_measure(row))), self._button(contrasts, row, "a"), self._button(contrasts, row, "b"), HTML(readable(say_contrast(row)))]
        self.grid.children = cells
        for cell in old:
            cell.close()

    def _button(self, contrasts: pd.DataFrame, row: dict, side: str):
        from ipywidgets import Button, Layout

        called = f"{say_measure(row)}, {SIDES[side].lower()} letter"
        button = Button(description=say_value(row, side), tooltip=f"Show the words behind it: {called}", layout=Layout(width="auto"))
        button.on_click(lambda _: self._open(contrasts, row, side, called))
        return button

    def _open(self, contrasts: pd.DataFrame, row: dict, side: str, called: str) -> None:
        hits = list_hits(self.recoded, contrasts, row["measure"], side, self.frames.value, self.lexicon)
        caption = f"{called[:1].upper()}{called[1:]}: {say_value(row, side)}"
        self.hits.value = f'<div class="chooser" role="status">{hits_html(hits, caption, "explore-hits")}</div>'
