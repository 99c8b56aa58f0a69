"""Who wrote to whom, when, and how much of each message can be seen: one calendar a direction, one mark a message."""

import pandas as pd
from matplotlib.colors import to_rgba

from comity.figures.style import INK, NARROW, TALL, colour_of, draw_key, draw_sizes, finish, new_figure
from comity.figures.words import fold
from comity.record import SEEN

_MONTHS = ("Jan", "Apr", "Jul", "Oct")
_APART = 15  # days between two marks that still do not touch
# Digits in a line of a title; inches: a row of a panel at least, and what stands around them, a line.
_TITLE, _ROW, _AROUND, _LINE = 34, 0.16, 0.55, 0.16


def plot_record(record):
    """Draw the messages of the record: a panel a sender and recipient, a row a year, a mark a message.

    Columns in: ``message_id, sender, recipient, date, seen`` (one of ``SEEN``). Returns the Figure; its
    ``comity_alt`` says in words what it shows.
    """
    pairs = record.groupby(["sender", "recipient"]).size().sort_values(ascending=False)
    years = range(record["date"].dt.year.min(), record["date"].dt.year.max() + 1)
    return draw_sizes(lambda narrow: _draw(record, pairs, years, 1 if narrow else 2), _describe(record, pairs.index))


def _draw(record, pairs, years, columns):
    """The panels side by side, or one below the other: a panel is as wide in both sizes."""
    rows = -(-len(pairs) // columns)
    titles = [fold(f"{sender} to {recipient} ({n})", _TITLE) for (sender, recipient), n in pairs.items()]
    more = _LINE * max(title.count("\n") for title in titles)
    height = _AROUND + rows * (_AROUND + more + _ROW * len(years))
    size = (NARROW, height) if columns == 1 else (TALL[0], max(TALL[1] + more, height))
    figure, grid = new_figure(size, rows=rows, columns=columns, sharex=True, sharey=True)
    for axes, title, (sender, recipient) in zip(grid.flat, titles, pairs.index):
        mine = record.query("sender == @sender and recipient == @recipient")
        _draw_panel(axes, mine, colour_of(recipient, sender))
        axes.set_title(title)
        if columns == 1:  # the foot of the pile is far away
            axes.tick_params(labelbottom=True)
    for axes in list(grid.flat)[len(pairs):]:
        axes.set_axis_off()
    axes = grid[0, 0]
    axes.set_yticks(list(years), years)
    axes.set_ylim(years[-1] + 0.6, years[0] - 0.6)
    axes.set_xticks([pd.Timestamp(f"2001-{month}-01").day_of_year for month in _MONTHS], _MONTHS)
    axes.set_xlim(-8, 374)
    figure.get_layout_engine().set(wspace=0.06, hspace=0.06)
    draw_key(figure, [(label, _mark(label, INK)) for label in SEEN], grow=columns == 1)
    finish(figure)
    return figure


def _draw_panel(axes, messages, colour):
    axes.grid(axis="y")
    for _, year in messages.sort_values("date").groupby(messages["date"].dt.year):
        placed = year.assign(x=_spread(year["date"].dt.day_of_year))
        for label, marks in placed.groupby("seen"):
            axes.scatter(marks["x"], marks["date"].dt.year, zorder=3, **_mark(label, colour))


def _spread(days):
    """Move marks of neighbouring days apart, as little as needed, keeping their order."""
    placed = []
    for day in days:
        placed.append(max(day, placed[-1] + _APART) if placed else day)
    overhang = max(0, placed[-1] - 366)
    for i in range(len(placed) - 1, -1, -1):
        limit = 366 if i == len(placed) - 1 else placed[i + 1] - _APART
        placed[i] = min(placed[i], limit) if overhang else placed[i]
    return placed


def _mark(seen, colour):
    return {
        "whole letter": dict(marker="o", s=30, facecolor=colour, edgecolor=colour, linewidth=1.1),
        "whole, but retold": dict(marker="s", s=24, facecolor=to_rgba(colour, 0.3), edgecolor=colour, linewidth=1.1),
        "in part": dict(marker="o", s=30, facecolor="none", edgecolor=colour, linewidth=1.1),
        "only known to exist": dict(marker="x", s=18, color=colour, linewidth=1.1),
    }[seen]


def _describe(record, pairs):
    panels = []
    for sender, recipient in pairs:
        mine = record.query("sender == @sender and recipient == @recipient")
        counts = mine["seen"].value_counts()
        seen = ", ".join(f"{counts[label]} {label}" for label in SEEN if label in counts)
        busiest = mine["date"].dt.year.value_counts()
        panels.append(f"{sender} to {recipient}, {len(mine)} messages ({seen}), the most in {busiest.idxmax()} ({busiest.max()})")
    return f"Calendar of {len(record)} messages, one panel a direction, a row a year, a mark a message. " + "; ".join(panels) + "."
