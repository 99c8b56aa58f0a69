"""`show`: a table or a figure, with its caption above and its source below."""

from __future__ import annotations

import pandas as pd

from comity.errors import ClaimError
from comity.page.captions import anchor, captioned, inner, source_line
from comity.page.drawings import alt_text, figure_html, is_figure
from comity.page.outputs import Output
from comity.page.sentences import Sentence
from comity.page.tables import lay_out, table_html, table_text


def show(thing, *, caption, id: str | None = None, source: str | Sentence | None = None, columns=None, lang=None, lang_from=None,
         details=None, mark=None, formats=None, links=None, data: pd.DataFrame | None = None, folded: bool = False) -> Output:
    """A table (DataFrame) or a matplotlib figure, drawn at once: what cannot be shown raises ClaimError here.

    `caption` names the quantity; with numbers in it, it is a `say(...)`. `id` is the anchor that `evidence=` of a
    sentence leads to (made from the caption where none is given). `source` is the line below, with numbers in it a `say(...)`.

    Tables (a named index counts as columns): `columns` chooses and orders what is seen (a list, or a mapping column -> heading); `details` the columns
    that open below each row; `lang` maps a column to its language, `lang_from` a column to the column that holds its
    language; `mark` maps a column to the column whose words are marked in it; `formats` a column to a specification
    as in `say`; `links` a column of names to the column of their addresses, line by line (several are joined by a line end), so that each
    stands beside its name. `folded` closes a long table until it is asked for.

    Figures: `figure.comity_alt` must say in words what is seen. `data` (or `figure.comity_data`) is the table of what
    was drawn; it is folded under the figure, and `columns`, `lang` ... are then about this table. Where the figure has a narrow drawing
    too (`figure.comity_narrow`; those of comity.figures have), a page shows that on a phone; without one it scrolls there in its box.

    >>> show(pd.DataFrame({"who": ["Kim"], "letters": [3]}), caption="Letters by sender")
    Letters by sender
    who | letters
    Kim | 3
    """
    title = captioned(caption)
    name = anchor(id, title)
    looks = dict(columns=columns, details=details, lang=lang, lang_from=lang_from, mark=mark, formats=formats, links=links)
    if isinstance(thing, pd.DataFrame):
        return _table(_with_index(thing), title, name, source, folded, looks)
    if is_figure(thing):
        return _figure(thing, title, name, source, getattr(thing, "comity_data", None) if data is None else data, looks)
    raise ClaimError(f"“{title.text}” cannot be shown: it is a {type(thing).__name__}. "
                     "Show a table (a DataFrame) or a figure; put single values into a sentence with say.")


def _with_index(frame: pd.DataFrame) -> pd.DataFrame:
    """An index that has a name is a column of the table; one without is only a numbering."""
    return frame.reset_index() if any(name is not None for name in frame.index.names) else frame


def _table(frame: pd.DataFrame, title: Sentence, name: str, source, folded: bool, looks: dict) -> Output:
    if frame.empty:
        raise ClaimError(f"The table “{title.text}” is empty. Show it only where there are rows, or say that there are none.")
    layout = lay_out(frame, title.text, **looks)
    table = f'<div class="table" id="{name}">\n{table_html(frame, layout, inner(title), name)}{source_line(source)}\n</div>'
    if folded:  # the anchor is inside: a browser that is led there opens what is folded
        rows = f"{len(frame):,} row{'' if len(frame) == 1 else 's'}"
        table = f'<details class="fold"><summary>{inner(title)} ({rows})</summary>\n{table}\n</details>'
    return Output(table, f"{title.text}\n{table_text(frame, layout)}", "table")


def _figure(figure, title: Sentence, name: str, source, data: pd.DataFrame | None, looks: dict) -> Output:
    alt = alt_text(figure, title.text)
    html = (
        f'<figure id="{name}">\n<figcaption>{inner(title)}</figcaption>\n'
        f"{figure_html(figure, name, title.text, alt)}{source_line(source)}"
        f"{_data_of(data, title, name, looks)}\n</figure>"
    )
    return Output(html, f"{title.text}\n{alt}", "figure")


def _data_of(data: pd.DataFrame | None, title: Sentence, name: str, looks: dict) -> str:
    if data is None:
        return ""
    data = _with_index(data)
    layout = lay_out(data, title.text, **looks)
    table = table_html(data, layout, f"The data of the figure: {inner(title)}", f"{name}-data")
    return f'\n<details class="fold"><summary>The data of this figure</summary>\n{table}\n</details>'
