"""A table as readers need it: caption, headings with scope, each language marked, evidence folded under its row."""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from numbers import Integral, Real

import numpy as np
import pandas as pd

from comity.errors import ClaimError
from comity.page.text import LANGUAGE, Phrase, addresses, lines, link, plain, readable, visible
from comity.page.values import marked, undefined, worded

BLANK = '<span aria-hidden="true">–</span><span class="hidden">no entry</span>'


@dataclass(frozen=True)
class Layout:
    """Which columns a table shows and how: everything but the rows themselves."""

    columns: Mapping[str, str]
    details: Mapping[str, str] = field(default_factory=dict)
    lang: Mapping[str, str] = field(default_factory=dict)
    lang_from: Mapping[str, str] = field(default_factory=dict)
    mark: Mapping[str, str] = field(default_factory=dict)
    formats: Mapping[str, str] = field(default_factory=dict)
    links: Mapping[str, str] = field(default_factory=dict)


def lay_out(frame: pd.DataFrame, caption: str, columns, details, lang, lang_from, mark, formats, links=None) -> Layout:
    """The layout that the arguments of `show` ask for; raises ClaimError for a column that the table does not have."""
    if not frame.columns.is_unique:
        raise ClaimError(f"The table “{caption}” has two columns of one name. Rename one before showing it.")
    details, lang_from, mark, links = _named(details), dict(lang_from or {}), dict(mark or {}), dict(links or {})
    support = {*details, *lang_from.values(), *mark.values(), *links.values()}
    chosen = _named(columns) or _named(name for name in frame.columns if name not in support)
    lang = dict.fromkeys([*chosen, *details], lang) if isinstance(lang, str) else dict(lang or {})
    layout = Layout(chosen, details, lang, lang_from, mark, dict(formats or {}), links)
    asked = [*chosen, *support, *lang, *lang_from, *mark, *layout.formats, *links]
    missing = [name for name in dict.fromkeys(asked) if name not in frame.columns]
    if missing:
        raise ClaimError(f"The table “{caption}” has no column {', '.join(map(str, missing))}. "
                         f"It has: {', '.join(map(str, frame.columns))}.")
    return layout


def table_html(frame: pd.DataFrame, layout: Layout, caption_html: str, name: str) -> str:
    """The table itself, in a region that scrolls sideways by itself and can be reached by keyboard."""
    # The first column names its row, so it stands to the left even where the name is a year.
    numeric = {column for column in list(layout.columns)[1:] if _is_numeric(frame[column])}
    heads = "".join(f'<th scope="col"{_class(column in numeric)}>{readable(label)}</th>'
                    for column, label in layout.columns.items())
    rows = "\n".join(_row(row, layout, numeric) for row in frame.to_dict("records"))
    kind = ' class="opens"' if layout.details else ""
    return (
        f'<div class="scroll" role="region" tabindex="0" aria-labelledby="{name}-caption">\n<table{kind}>\n'
        f'<caption><span id="{name}-caption">{caption_html}</span></caption>\n'
        f"<thead><tr>{heads}</tr></thead>\n<tbody>\n{rows}\n</tbody>\n</table>\n</div>"
    )


def table_text(frame: pd.DataFrame, layout: Layout) -> str:
    """The same cells for a terminal: a line a row."""
    lines = [" | ".join(layout.columns.values())]
    lines += [" | ".join(_words(row, name, layout) for name in layout.columns) for row in frame.to_dict("records")]
    return plain("\n".join(lines))


def _row(row: dict, layout: Layout, numeric: set[str]) -> str:
    first, *others = layout.columns
    cells = f'<th scope="row">{_cell(row, first, layout)}</th>'
    cells += "".join(f"<td{_class(name in numeric)}>{_cell(row, name, layout)}</td>" for name in others)
    return f"<tr>{cells}</tr>{_more(row, layout) if layout.details else ''}"


def _more(row: dict, layout: Layout) -> str:
    """The row below a row: closed until it is asked for, it works without any script."""
    pairs = "".join(f"<dt>{readable(label)}</dt><dd>{_cell(row, name, layout)}</dd>"
                    for name, label in layout.details.items())
    whose = readable(", ".join(_words(row, name, layout) for name in list(layout.columns)[:2]))
    return (f'<tr class="more"><td colspan="{len(layout.columns)}"><details><summary>Evidence'
            f'<span class="hidden">: {whose}</span></summary><dl>{pairs}</dl></details></td></tr>')


def _words(row: dict, column: str, layout: Layout) -> str:
    value, spec = row[column], layout.formats.get(column, "")
    reason = undefined(value)
    if reason:
        return "∞" if reason == "infinite" else "–"
    if isinstance(value, (bool, np.bool_)):
        return "yes" if value else "no"
    return worded(value, spec or ("short" if _is_date(value) else ""), column)


def _cell(row: dict, column: str, layout: Layout) -> str:
    value = row[column]
    if undefined(value) not in ("", "infinite"):
        return BLANK
    if column in layout.links:
        return _sources(value, row[layout.links[column]])
    if isinstance(value, str):
        return "<br>".join(map(link, addresses(value))) or _string(row, column, layout)
    words = _words(row, column, layout)
    if isinstance(value, (Real, Decimal)) and not isinstance(value, bool) and not undefined(value):
        return _number(value, words)
    return marked(value, words) if isinstance(value, Phrase) or _is_date(value) else visible(words)


def _sources(names: str, urls) -> str:
    """Names, a line each, and beside each the address that stands in the same line of the other cell, as a link."""
    known, where = lines(names), lines(urls) if isinstance(urls, str) else []
    if len(known) != len(where):
        where = [""] * len(known)  # not line for line: whose address is whose cannot be said
    return "<br>".join(readable(name) + (f", {link(url)}" if addresses(url) else "") for name, url in zip(known, where, strict=True))


def _number(value, words: str) -> str:
    """A number that the words give otherwise, or rounded, keeps its value (to six digits): it sorts by it, and the file has it."""
    exact = str(value) if isinstance(value, Integral) else f"{float(value):.6g}"
    same = words.replace(",", "").replace("\u2212", "-") == exact
    return visible(words) if same else f'<data value="{exact}">{visible(words)}</data>'


def _string(row: dict, column: str, layout: Layout) -> str:
    """A cell of text: its language named, the words that matter in it marked."""
    text, matched = worded(row[column], layout.formats.get(column, "")), row.get(layout.mark.get(column))
    language = row[layout.lang_from[column]] if column in layout.lang_from else layout.lang.get(column)
    known = isinstance(language, str) and LANGUAGE.fullmatch(language)
    written = visible if known else readable
    html = written(text)
    if isinstance(matched, str) and matched and matched in text:
        before, _, after = text.partition(matched)
        html = f"{written(before)}<mark>{written(matched)}</mark>{written(after)}"
    return f'<span lang="{language}"><bdi>{html}</bdi></span>' if known else html


def _named(columns) -> dict[str, str]:
    """Columns and their headings; a heading is the name of its column unless a mapping gives another."""
    if isinstance(columns, Mapping):
        return dict(columns)
    names = [columns] if isinstance(columns, str) else list(columns if columns is not None else ())
    return {name: str(name).replace("_", " ") for name in names}


def _is_date(value) -> bool:
    return isinstance(value, (datetime.date, np.datetime64, pd.Period))


def _is_numeric(column: pd.Series) -> bool:
    return pd.api.types.is_numeric_dtype(column) and not pd.api.types.is_bool_dtype(column)


def _class(numeric: bool) -> str:
    return ' class="n"' if numeric else ""
