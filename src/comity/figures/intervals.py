"""Dots with intervals: a row a thing, in the order of the table, with its number beside it."""

import math

import numpy as np
from matplotlib.ticker import MaxNLocator

from comity.errors import CorpusError
from comity.figures.style import GREY, INK, PALE, WIDE, colour_of, new_figure, styled

_ROW, _AROUND = 0.235, 0.62  # inches: a row, and what stands above and below the rows
_BESIDE = 8  # points from the drawing to the words beside it


def plot_intervals(table, *, label, value, low, high, axis, beside=None, heads=("", ""), person=None, faint=None, about=None, log=False, limits=None):
    """Draw dots with intervals: a row each, from the top, in the order of the table.

    In: the names of columns: ``label`` (what a row is called), ``value, low, high``; ``beside`` (words to the right of the row, its
    n); ``person`` (whose colour the row has); ``faint`` (yes or no: rows that are listed only). ``axis`` names the quantity with its
    unit; ``heads`` stand above labels and words; ``about`` is the value of no difference; ``log`` draws ratios, "twice" as far from 1 as
    "half"; ``limits`` of the axis, otherwise taken from the data. An interval that leaves the drawing ends in an arrow; a value that does
    is drawn at the edge, open; a row without a value has its words only. Returns the Figure; its ``comity_alt`` says in words what it shows.
    Raises CorpusError where the table has no rows or no value.

    >>> import pandas as pd
    >>> table = pd.DataFrame({"who": ["Ann", "Bob"], "rate": [2.0, 1.0], "from": [1.0, 0.5], "to": [4.0, 2.0]})
    >>> plot_intervals(table, label="who", value="rate", low="from", high="to", axis="terms in 100 words").comity_alt
    'Dots with intervals of 95 %, a row each for 2 rows: terms in 100 words. Highest: Ann, 2 (1 to 4). Lowest: Bob, 1 (0.5 to 2).'
    """
    rows = _rows(table, label, value, low, high, beside, person, faint)
    if not any(math.isfinite(row["value"]) for row in rows):
        raise CorpusError("There is nothing to draw: no row has a value.")
    span = limits or _limits(rows, about, log)
    with styled():
        figure, [[axes]] = new_figure((WIDE[0], max(1.6, _AROUND + _ROW * len(rows))))
        _prepare(axes, rows, span, axis, about, log)
        for place, row in enumerate(rows):
            _draw(axes, place, row, span)
        _write(axes, rows, heads)
    figure.comity_alt = _describe(rows, axis)
    return figure


def _rows(table, label, value, low, high, beside, person, faint):
    names = {"label": label, "value": value, "low": low, "high": high, "beside": beside, "person": person, "faint": faint}
    rows = [{name: row[column] if column else "" for name, column in names.items()} for row in table.to_dict("records")]
    return [row | {"colour": _colour(row)} for row in rows]


def _colour(row):
    if row["faint"] in ("yes", True):
        return PALE
    return colour_of(row["person"]) if row["person"] else INK


def _limits(rows, about, log):
    """From the smallest to the largest value, and as much of the intervals as leaves the values room."""
    values = [row["value"] for row in rows if math.isfinite(row["value"]) and (row["value"] > 0 or not log)]
    ends = [row[side] for row in rows for side in ("low", "high") if math.isfinite(row[side]) and (row[side] > 0 or not log)]
    known = [*values, *ends, *([about] if about is not None else [])]
    if log:
        widest = 4 * max([max(value, 1 / value) for value in values], default=4)
        return max(min(known), 1 / widest) / 1.3, min(max(known), widest) * 1.3
    low, high = min([0, *known]), max(known)
    return low - 0.02 * (high - low), high + 0.04 * (high - low)


def _prepare(axes, rows, span, axis, about, log):
    if log:
        axes.set_xscale("log", base=2)
        powers = range(math.ceil(math.log2(span[0])), math.floor(math.log2(span[1])) + 1)
        step = max(1, math.ceil(len(powers) / 7))
        ticks = [power for power in powers if power % step == 0]
        axes.set_xticks([2.0**power for power in ticks], [_times(power) for power in ticks])
        axes.minorticks_off()
    else:
        axes.set_xticks([tick for tick in MaxNLocator(7).tick_values(*span) if span[0] <= tick <= span[1]])
    axes.set_xlim(span)
    axes.set_ylim(len(rows) - 0.4, -0.7)
    axes.grid(axis="x")
    if about is not None:
        axes.axvline(about, color=GREY, linewidth=0.9, zorder=1)
    axes.set_xlabel(axis, loc="left")
    axes.set_yticks(range(len(rows)), [row["label"] for row in rows])


def _times(power):
    if power == 0:
        return "equal"
    return f"{2**power:,}×" if power > 0 else f"1/{2**-power:,}"


def _draw(axes, place, row, span):
    value, low, high = (row[name] for name in ("value", "low", "high"))
    if not math.isnan(low) and not math.isnan(high):
        ends = max(low, span[0]), min(high, span[1])
        axes.plot(ends, (place, place), color=row["colour"], linewidth=1.3, solid_capstyle="butt", zorder=2)
        for end, limit, marker in ((low, span[0], "<"), (high, span[1], ">")):
            if end < span[0] or end > span[1]:
                axes.plot([limit], [place], marker=marker, color=row["colour"], markersize=4, clip_on=False, zorder=2)
    if math.isnan(value):
        return
    inside = span[0] <= value <= span[1]
    at, face = float(np.clip(value, *span)), row["colour"] if inside else "none"
    axes.scatter([at], [place], s=30, facecolor=face, edgecolor=row["colour"], linewidth=1.2, clip_on=False, zorder=3)


def _write(axes, rows, heads):
    """The words beside the rows, and what stands above them."""
    beside = dict(xycoords=("axes fraction", "data"), textcoords="offset points", annotation_clip=False, color=GREY)
    for place, row in enumerate(rows):
        if row["beside"] != "":
            axes.annotate(str(row["beside"]), (1, place), (_BESIDE, 0), va="center", **beside)
    for head, at, shift, align in ((heads[0], 0, -4, "right"), (heads[1], 1, _BESIDE, "left")):
        if head:
            axes.annotate(head, (at, -0.7), (shift, 3), va="bottom", ha=align, **beside)
    for label, row in zip(axes.get_yticklabels(), rows, strict=True):
        label.set_color(row["colour"] if row["colour"] != PALE else GREY)


def _describe(rows, axis):
    """The alternative text, written from the plotted rows: how many, and the extremes."""
    known = [row for row in rows if not math.isnan(row["value"]) and row["colour"] != PALE] or [row for row in rows if not math.isnan(row["value"])]
    highest, lowest = (pick(known, key=lambda row: row["value"]) for pick in (max, min))
    ends = f"Highest: {_told(highest)}. " + (f"Lowest: {_told(lowest)}." if lowest is not highest else "")
    return f"Dots with intervals of 95 %, a row each for {len(rows)} rows: {axis}. {ends}".strip()


def _told(row):
    interval = "" if math.isnan(row["low"]) else f" ({_number(row['low'])} to {_number(row['high'])})"
    return f"{row['label']}, {_number(row['value'])}{interval}"


def _number(value):
    return "without limit" if math.isinf(value) else f"{value:.3g}"
