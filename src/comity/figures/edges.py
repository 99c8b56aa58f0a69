"""What leaves a drawing: an arrow where an interval goes on, and beyond it the mark of a value that lies outside."""

import math

from matplotlib.lines import Line2D
from matplotlib.patches import Polygon
from matplotlib.transforms import Affine2D, ScaledTranslation

# Points from the edge: where the head of an arrow begins (a mark at the edge does not reach so far) and ends, where a mark beyond it has
# its centre, and where words may begin.
HEAD, ARROW, MARK, WORDS = 4, 9, 14, 24

# The sides of a drawing, each with the way that leads out of it.
_OUT = {"left": (-1, 0), "right": (1, 0), "bottom": (0, -1), "top": (0, 1)}
_BROAD = 2.7


def sides_left(low, high, span, sides=("left", "right")):
    """The sides on which an interval, or a value given twice, leaves the drawing.

    >>> sides_left(0.5, float("inf"), (0, 10))
    ['right']
    """
    return [side for side, out in zip(sides, (low < span[0], high > span[1]), strict=True) if out]


def draw_arrow(axes, place, side, colour, width):
    """Draw the end of a line of this ``width`` as an arrow that begins at the edge ``place``, leads out and meets no mark inside."""
    across, up = _OUT[side]
    points = Affine2D().rotate(math.atan2(up, across)).scale(1 / 72) + axes.figure.dpi_scale_trans + ScaledTranslation(*place, axes.transData)
    looks = dict(transform=points, color=colour, clip_on=False, zorder=2)
    axes.add_artist(Line2D((0, HEAD + 1), (0, 0), linewidth=width, solid_capstyle="butt", **looks))
    axes.add_artist(Polygon([(HEAD, _BROAD), (ARROW, 0), (HEAD, -_BROAD)], linewidth=0, **looks))


def beyond(axes, side):
    """Where to draw marks that lie outside on this side: pass it as ``transform``, with the edge as the place."""
    across, up = _OUT[side]
    return axes.transData + ScaledTranslation(across * MARK / 72, up * MARK / 72, axes.figure.dpi_scale_trans)
