"""Dots with intervals: a row a thing, in the order of the table, with its number beside it."""

import math

from comity.errors import CorpusError
from comity.figures.edges import ARROW, WORDS, beyond, draw_arrow, sides_left
from comity.figures.scales import mark_numbers, mark_ratios, name_number, thin_ticks
from comity.figures.narrow import LETTERS, fit_height, fold_ends, place_rows, start_at_edge, write_ends
from comity.figures.style import GREY, INK, NARROW, PAPER, WIDE, colour_of, draw_key, draw_sizes, finish, new_figure
from comity.figures.words import fold, stack

_ROW, _AROUND = 0.235, 0.62  # inches: a row, and what stands above and below the rows
_BESIDE = 8  # points from the drawing to the words beside it
_LABEL, _WORDS, _AXIS = 38, 24, 50  # letters in a line: of a label, of the words beside a row, of the name of the axis


def plot_intervals(
    table, *, label, value, low, high, axis, beside=None, heads=("", ""), person=None, faint=None, about=None, log=False, limits=None
):
    """Draw dots with intervals: a row each, from the top, in the order of the table.

    In: the names of columns: ``label`` (what a row is called), ``value, low, high``; ``beside`` (words to the right of the row, its
    n); ``person`` (whose colour the row has, if any); ``faint`` (yes or no: rows that are listed and not ranked: small, open, grey unless the person has a colour). ``axis`` names the
    quantity with its unit; ``heads`` stand above labels and words; ``about`` is the value of no difference; ``log`` draws ratios, "twice" as
    far from 1 as "half"; ``limits`` of the axis, otherwise taken from the data. With ``about`` a dot is filled where its interval leaves that
    value out, otherwise open: each interval taken alone, whatever a correction for many says; without it a dot is open where the row is
    not ranked. The key says which. An interval that leaves the drawing ends in an arrow; a value that does has its dot beyond it; a row
    without a value has its words only. Values that are all whole numbers are counts, with whole ticks. Returns the Figure; its
    ``comity_alt`` says in words what it shows.
    Raises CorpusError where the table has no rows or no value.

    >>> import pandas as pd
    >>> table = pd.DataFrame({"who": ["Ann", "Bob"], "rate": [2.0, 1.0], "from": [1.0, 0.5], "to": [4.0, 2.0]})
    >>> plot_intervals(table, label="who", value="rate", low="from", high="to", axis="terms in 100 words").comity_alt
    'Dots with intervals of 95 %, a row each for 2 rows: terms in 100 words. Highest: Ann, 2 (1 to 4). Lowest: Bob, 1 (0.5 to 2).'
    """
    rows = _rows(table, {"label": label, "value": value, "low": low, "high": high, "beside": beside, "person": person, "faint": faint}, about)
    if not any(math.isfinite(row["value"]) for row in rows):
        raise CorpusError("There is nothing to draw: no row has a value.")
    looks = dict(span=limits or _limits(rows, about, log), axis=axis, about=about, log=log, heads=heads, key=_key(rows, about, log))
    return draw_sizes(lambda narrow: (_draw_narrow if narrow else _draw_wide)(rows, **looks), _describe(rows, axis, about, log))


def _draw_wide(rows, span, axis, about, log, heads, key):
    words = [(fold(row["label"], _LABEL), fold(row["beside"], _WORDS)) for row in rows]
    places, height = stack(words)
    heads, axis = (fold(heads[0], _LABEL), fold(heads[1], _WORDS)), fold(axis, _AXIS)
    lines = height + 0.6 * sum(text.count("\n") for text in (*heads, axis)) + bool(key)
    figure, [[axes]] = new_figure((WIDE[0], max(1.6, _AROUND + _ROW * lines)))
    _prepare(axes, rows, (height - 0.4, -0.7), span, axis, about, log)
    for row, place in zip(rows, places, strict=True):
        _draw(axes, row, place, span)
    axes.set_yticks(places, [label for label, _ in words])
    _write(axes, rows, places, words, heads, span)
    if key:
        draw_key(figure, key)
    finish(figure)
    thin_ticks(axes)
    return figure


def _draw_narrow(rows, span, axis, about, log, heads, key):
    lines = [fold_ends(*heads)] * any(heads) + [fold_ends(row["label"], row["beside"]) for row in rows]
    tops, middles, height = place_rows(lines, [False] * any(heads) + [True] * len(rows))
    figure, [[axes]] = new_figure((NARROW, height / 72 + _AROUND))
    _prepare(axes, rows, (height, 0), span, fold(axis, LETTERS), about, log, most=5)
    axes.set_yticks([])
    colours = [GREY] * any(heads) + [row["colour"] for row in rows]
    for top, texts, colour in zip(tops, lines, colours, strict=True):
        write_ends(axes, top, texts, left=colour)
    for row, place in zip(rows, middles[-len(rows):], strict=True):
        _draw(axes, row, place, span)
    for at, side, way in ((0, "left", -1), (1, "right", 1)):  # keeps what lies beyond the edge inside the paper
        axes.annotate(" ", (at, height), (way * _room(rows, span, side), 0), ("axes fraction", "data"), "offset points", annotation_clip=False)
    fit_height(figure, [axes], height)
    start_at_edge(axes, axes.xaxis.label)
    if key:
        draw_key(figure, key, grow=True)
    finish(figure)
    thin_ticks(axes)
    return figure


def _rows(table, names, about):
    """The rows with what is drawn of them: colour, and whether the dot is filled."""
    rows = [{name: row[column] if column else "" for name, column in names.items()} for row in table.to_dict("records")]
    for row in rows:
        row["faint"] = row["faint"] in ("yes", True)
        row["clear"] = about is not None and bool(row["low"] > about or row["high"] < about)
        row["filled"] = not row["faint"] if about is None else row["clear"]
        # Xi and Putin are found by their colours also where they are only listed.
        own = colour_of(row["person"])
        row["colour"] = GREY if row["faint"] and own == INK else own
    return rows


def _limits(rows, about, log):
    """From the smallest to the largest value, and as much of the intervals as leaves the values room."""
    values = [row["value"] for row in rows if math.isfinite(row["value"]) and (row["value"] > 0 or not log)]
    ends = [row[side] for row in rows for side in ("low", "high") if math.isfinite(row[side]) and (row[side] > 0 or not log)]
    known = [*values, *ends, *([about] if about is not None else [])]
    if log:
        widest = 4 * max([max(value, 1 / value) for value in values], default=4)
        return max(min(known), 1 / widest) / 1.3, min(max(known), widest) * 1.3
    low, high = min([0, *known]), max([0, *known])
    low, high = (low, high) if low < high else (-1, 1)
    return low - 0.02 * (high - low), high + 0.04 * (high - low)


def _key(rows, about, log):
    """What filled and open dots mean, where both mean something."""
    if about is not None:
        return [(f"the interval, taken alone, leaves out {_line(about, log)}", _look(INK, True)), ("it does not", _look(INK, False))]
    if any(row["faint"] for row in rows):
        return [("ranked", _look(INK, True)), ("listed, not ranked", _look(GREY, False, faint=True))]
    return []


def _line(about, log):
    return "“equal”" if log and about == 1 else f"{about:g}"


def _look(colour, filled, faint=False):
    return dict(marker="o", s=18 if faint else 30, facecolor=colour if filled else PAPER, edgecolor=colour, linewidth=1.2)


def _prepare(axes, rows, heights, span, axis, about, log, most=7):
    if log:
        axes.set_xscale("log", base=2)
        mark_ratios(axes.xaxis, span, most)
    else:
        mark_numbers(axes.xaxis, span, [row["value"] for row in rows], most)
    axes.set_xlim(span)
    axes.set_ylim(heights)
    axes.grid(axis="x")
    if about is not None:
        axes.axvline(about, color=GREY, linewidth=0.9, zorder=1)
    axes.set_xlabel(axis, loc="left")


def _draw(axes, row, place, span):
    value, low, high = (row[name] for name in ("value", "low", "high"))
    edges, width = dict(zip(("left", "right"), span, strict=True)), 0.9 if row["faint"] else 1.3
    if not math.isnan(low) and not math.isnan(high):
        ends = [min(max(end, span[0]), span[1]) for end in (low, high)]
        axes.plot(ends, (place, place), color=row["colour"], linewidth=width, solid_capstyle="butt", clip_on=False, zorder=2)
        for side in sides_left(low, high, span):
            draw_arrow(axes, (edges[side], place), side, row["colour"], width)
    if math.isnan(value):
        return
    out = sides_left(value, value, span)
    at, how = (edges[out[0]], {"transform": beyond(axes, out[0])}) if out else (value, {})
    axes.scatter([at], [place], clip_on=False, zorder=3, **_look(row["colour"], row["filled"], row["faint"]), **how)


def _room(rows, span, side):
    """Points that arrows and dots need on this side of the drawing before words may begin."""
    if any(side in sides_left(row["value"], row["value"], span) for row in rows):
        return WORDS
    return ARROW + 5 if any(side in sides_left(row["low"], row["high"], span) for row in rows) else 0


def _write(axes, rows, places, words, heads, span):
    """The words beside the rows, and what stands above them."""
    left, right = (max(least, _room(rows, span, side)) for side, least in (("left", 4), ("right", _BESIDE)))
    beside = dict(xycoords=("axes fraction", "data"), textcoords="offset points", annotation_clip=False, color=GREY)
    for (_, told), place in zip(words, places, strict=True):
        # Also where there are none: they keep the dots beyond the edge inside the paper.
        axes.annotate(told or " ", (1, place), (right, 0), va="center_baseline", **beside)
    for head, at, shift, align in ((heads[0], 0, -left, "right"), (heads[1], 1, right, "left")):
        if head:
            axes.annotate(head, (at, -0.7), (shift, 3), va="bottom", ha=align, **beside)
    axes.tick_params(axis="y", pad=left)
    for label, row in zip(axes.get_yticklabels(), rows, strict=True):
        label.set_color(row["colour"])


def _describe(rows, axis, about, log):
    """The alternative text, written from the plotted rows: how many, the extremes, and what is beyond the line."""
    known = [row for row in rows if not math.isnan(row["value"])]
    ranked = [row for row in known if not row["faint"]]
    highest, lowest = (pick(ranked or known, key=lambda row: row["value"]) for pick in (max, min))
    some = any(row["faint"] for row in rows)
    many, of = f", {len(ranked) or 'none'} of them ranked" if some else "", " of those ranked" if some and ranked else ""
    ends = f"Highest{of}: {_told(highest)}." + (f" Lowest{of}: {_told(lowest)}." if lowest is not highest else "")
    clear = [row["label"] for row in rows if row["clear"]]
    beyond_it = f"{len(clear)} of {len(rows)}: {', '.join(clear)}" if clear else f"none of {len(rows)}"
    line = f" Taken alone, the interval leaves out {_line(about, log)} in {beyond_it}." if about is not None else ""
    return f"Dots with intervals of 95 %, a row each for {len(rows)} rows{many}: {axis}. {ends}{line}"


def _told(row):
    low, high = row["low"], row["high"]
    to = "or more" if math.isinf(high) else f"to {name_number(high)}"
    interval = "" if math.isnan(low) or math.isnan(high) else f" ({name_number(low)} {to})"
    return f"{row['label']}, {name_number(row['value'])}{interval}"
