"""What all figures share: two sizes, a colour for each person, a shape for each state, and the key that explains them."""

from contextlib import contextmanager
from pathlib import Path

import matplotlib
import pandas as pd
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure

from comity.figures.fonts import bring_font

# Inches. A page shows the narrow drawing where the wide one would be too small to read: report/template/style.css says where.
WIDE, TALL = (6.4, 3.2), (6.4, 5.0)
NARROW = 3.25

INK, GREY, PALE = "#222222", "#6b6b6b", "#8f8f8f"
# The face of an open mark: a line behind it does not show through.
PAPER = "#fffdf9"

# One colour a correspondent, the same in every figure. All colours keep 3:1 on the page by day and by night, and stay apart for
# colour-blind eyes: tests/test_figures_colours.py simulates them.
PERSON = {"Xi Jinping": "#8c2f39", "Vladimir Putin": "#2f6690"}
ACCENT = "#8c2f39"

# Inches in the key: a line, the width of a mark, from there to its words, and from these to the next mark.
_KEY_LINE, _MARK, _WORDS, _NEXT = 0.19, 0.1536, 0.192, 0.16

_STYLE = Path(__file__).with_name("comity.mplstyle")


@contextmanager
def styled():
    """Draw inside this: the style holds here and leaves the reader's matplotlib settings alone."""
    bring_font()
    # What the file does not set comes from matplotlib's defaults, not from the reader's settings.
    with matplotlib.rc_context(fname=str(_STYLE)):
        yield


def draw_sizes(draw, alt):
    """The wide Figure, and with it (as ``comity_narrow``) the narrow one, from the same data and with the same words.

    ``draw`` gives the Figure; it is told whether the narrow one is wanted, and gives None where that cannot be drawn well.
    """
    with styled():
        figure, narrow = draw(False), draw(True)
    figure.comity_alt, figure.comity_narrow = alt, narrow
    if narrow is not None:
        narrow.comity_alt = alt
    return figure


def finish(figure):
    """Lay the figure out while the style holds: ticks that are made later would have the reader's."""
    figure.draw_without_rendering()


def new_figure(size, rows=1, columns=1, **options):
    """A figure that belongs to no pyplot state, and its axes as a grid."""
    figure = Figure(figsize=size, layout="constrained")
    FigureCanvasAgg(figure)
    return figure, figure.subplots(rows, columns, squeeze=False, **options)


def colour_of(*people):
    """The colour of the first of these people who has one, ink where none has."""
    return next((PERSON[name] for name in people if name in PERSON), INK)


def draw_years(axes, dates, top=1.0):
    """A hairline and a label where a year begins; the spacing is by letter, not by day."""
    years = pd.Series(dates.dt.year.to_numpy())
    starts = years.drop_duplicates()
    axes.set_xticks([(index + years[years == year].index[-1]) / 2 for index, year in starts.items()], starts)
    for index in starts.index[1:]:
        axes.axvline(index - 0.5, ymax=top, color="#dddddd", linewidth=0.6, zorder=1)


def stagger_years(figure, axes):
    """Put the label of a year one line lower where it would run into the one before; leave it out where it fits in neither."""
    figure.draw_without_rendering()
    line, ends = 12 / 72 * figure.dpi / axes.get_window_extent().height, [0.0, 0.0]
    for label in axes.get_xticklabels():
        box = label.get_window_extent()
        row = next((row for row, end in enumerate(ends) if box.x0 > end + 5), None)
        label.set_visible(row is not None)
        if row is not None:
            ends[row] = box.x1
            label.set_y(-row * line)


def fit_marks(looks, columns, width):
    """The looks of marks by kind, all so much smaller that in this many columns on ``width`` points neighbours stay apart."""
    broadest = max(looks.values(), key=lambda look: look["s"])
    room = 0.95 * width / columns - broadest["linewidth"]
    share = min(1, max(room, 0.5) ** 2 / broadest["s"])
    return {kind: look | {"s": look["s"] * share} for kind, look in looks.items()}


def draw_key(figure, marks, grow=False):
    """Explain the shapes in a line above the drawing: ``marks`` is a list of (label, options of a scatter, or of a line with its ``linestyle``).

    The drawing is given the room below, or, to ``grow``, the paper is made so much higher; labels that do not fit into one line go on in
    a second one.
    """
    inch = 1 / figure.get_figwidth()
    renderer, rows, x = figure.canvas.get_renderer(), [[]], 0.0
    for label, options in marks:
        text = figure.text(0, 0, label)
        width = text.get_window_extent(renderer).width / figure.bbox.width
        text.remove()
        if rows[-1] and x + width > 0.98 - _WORDS * inch:
            rows, x = [*rows, []], 0.0
        rows[-1].append((x, label, options))
        x += width + (_WORDS + _NEXT) * inch
    if grow:
        figure.set_figheight(figure.get_figheight() + _KEY_LINE * len(rows) + 0.09)
    above, below = (0.06 / figure.get_figheight(), 0.03 / figure.get_figheight()) if grow else (0.02, 0.01)
    line, top = _KEY_LINE / figure.get_figheight(), 1 - above
    for number, row in enumerate(rows):
        _draw_key_row(figure, row, top - (number + 1) * line, line)
    figure.get_layout_engine().set(rect=(0, 0, 1, top - len(rows) * line - below))


def _draw_key_row(figure, row, bottom, height):
    inch = 1 / figure.get_figwidth()
    strip = figure.add_axes((0.02, bottom, 0.98, height), xlim=(0, 0.98), ylim=(0, 1), in_layout=False)
    strip.set_axis_off()
    for x, label, options in row:
        if "linestyle" in options:
            strip.plot((x, x + _MARK * inch), (0.5, 0.5), clip_on=False, **options)
        else:
            strip.scatter([x + _MARK / 2 * inch], [0.5], clip_on=False, **options)
        strip.text(x + _WORDS * inch, 0.5, label, va="center_baseline", color=INK)
