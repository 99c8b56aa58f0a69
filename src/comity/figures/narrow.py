"""The narrow size, for a phone: the label of a row stands above it, its number at the end of that line; heights are in points."""

from comity.figures.fonts import measure
from comity.figures.style import GREY, INK, PAPER
from comity.figures.words import fold

LETTERS = 42  # digits in a line from edge to edge
_EDGE = 3  # points from there to the edge
_RIGHT = 0.62  # of it at most for the words at the right end
_LINE, _ABOVE, _BELOW = 10.5, 6.0, 13.5  # points: a line of a label, from it down to the middle of the row, from there to the next label


def fold_ends(left, right, letters=LETTERS):
    """Words for the two ends of a line, folded so that they do not meet.

    >>> fold_ends("a label that is long", "2 of 30", 20)
    ('a label that is\\nlong', '2 of 30')
    """
    right = fold(right, round(_RIGHT * letters))
    taken = max(map(measure, right.split("\n")))
    return fold(left, letters - (taken + 2 if right else 0)), right


def place_rows(ends, marked=None, top=0.0):
    """Where in points each label begins and where its row has its middle, and where all end; a row that is not ``marked`` is a label only.

    >>> place_rows([("one line", ""), ("two\\nlines", "")])
    ([0.0, 30.0], [16.5, 57.0], 70.5)
    """
    tops, middles, y = [], [], top
    for number, pair in enumerate(ends):
        tops.append(y)
        y += _LINE * (1 + max(text.count("\n") for text in pair))
        has_marks = marked is None or marked[number]
        middles.append(y + _ABOVE if has_marks else y)
        y += _ABOVE + _BELOW if has_marks else 3.0
    return tops, middles, y


def write_ends(axes, top, ends, left=INK, right=GREY, weight="normal"):
    """Write a label (in this ``weight``) and the words at the other end of its line, from edge to edge of the paper.

    They stand on paper of their own: a line behind them does not show through.
    """
    paper = dict(facecolor=PAPER, edgecolor="none", pad=0.5)
    here = dict(textcoords="offset points", va="top", annotation_clip=False, linespacing=1.1, zorder=1.5, bbox=paper, in_layout=False)
    if ends[0]:
        axes.annotate(ends[0], (0, top), (_EDGE, 0), ("figure fraction", "data"), ha="left", color=left, fontweight=weight, **here)
    if ends[1]:
        axes.annotate(ends[1], (1, top), (-_EDGE, 0), ("figure fraction", "data"), ha="right", multialignment="right", color=right, **here)


def fit_height(figure, panels, points):
    """Give the paper the height with which the panels together have this one."""
    figure.draw_without_rendering()
    found = sum(axes.get_window_extent().height for axes in panels) / figure.dpi * 72
    figure.set_figheight(figure.get_figheight() + (points - found) / 72)


def start_at_edge(axes, words):
    """Let the words above or below the drawing begin at the edge of the paper, where the labels begin too."""
    area = axes.get_window_extent()
    words.set_x((_EDGE / 72 * axes.figure.dpi - area.x0) / area.width)
