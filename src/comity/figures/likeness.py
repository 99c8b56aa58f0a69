"""The map of the letters: the nearer two points, the more alike the words of the letters."""

from matplotlib.path import Path
from matplotlib.text import Text

from comity.errors import CorpusError
from comity.figures.style import GREY, INK, NARROW, PAPER, TALL, colour_of, draw_sizes, finish, new_figure
from comity.figures.words import fold

_NEAR, _MARK = 9, 7  # points from a mark to its label; how near the centre of another mark may be

# Inches of paper; digits in a line: of a label, of the words at the ends of the axes.
_WIDE, _NARROW = (TALL, 34, 24), ((NARROW, 3.4), 20, 12)
_LINES = 6  # so many lines of words at an end of the axes would leave a narrow map no room
_TALLER = (1, 1.3, 1.7)  # where labels find no room the paper is taller

# Where a label may stand, the best place first: how far away, and in which direction, right, left, above, below and between them.
_DIRECTIONS = [(1, 0, "left", "center"), (-1, 0, "right", "center"), (0, 1, "center", "bottom"), (0, -1, "center", "top")]
_DIRECTIONS += [
    (x * across, y * up, "left" if x > 0 else "right", "bottom" if y > 0 else "top")
    for across, up in ((0.7, 0.7), (0.9, 0.4), (0.4, 0.9)) for y in (1, -1) for x in (1, -1)
]  # fmt: skip
_PLACES = [(away * _NEAR, direction) for away in (1, 1.8, 2.6, 4, 6, 8, 11, 14) for direction in _DIRECTIONS]


def plot_map(table, label):
    """Draw letters as points in a plane: some filled, with a label, the others small and open.

    Columns in: as `map_messages` gives them; ``label``: what some messages are called, by id. A letter has the colour of its recipient, or of
    its sender where the recipient has none. Words at the ends of the axes are those that pull a letter there.
    Returns the Figure; its ``comity_alt`` says in words what it shows. Raises CorpusError where an id is not in the table, and where
    not all labels find room.
    """
    unknown = [message for message in label if message not in set(table["message_id"])]
    if unknown:
        raise CorpusError(f"The map has no message {unknown[0]!r}.")
    named = table["message_id"].isin(label)
    return draw_sizes(lambda narrow: _fit(table.assign(named=named), label, narrow), _describe(table, named))


def _fit(table, label, narrow):
    """The map on the lowest paper on which all labels find room; None where they find it on no narrow one."""
    size, *letters = _NARROW if narrow else _WIDE
    pulls = table.iloc[0][["pulls_x", "pulls_minus_x", "pulls_y", "pulls_minus_y"]]
    if narrow and any(fold(_few(words), letters[1]).count("\n") >= _LINES for words in pulls):
        return None
    figures = (_draw(table, label, (size[0], size[1] * taller), *letters) for taller in _TALLER)
    figure = next((figure for figure in figures if figure), None)
    if figure is None and not narrow:
        raise CorpusError(f"The map has no room for {table['named'].sum()} labels of this length where none may meet another. Name fewer messages, or call them shorter.")
    return figure


def _draw(table, label, size, label_letters, letters):
    """The map on paper of this size; None where not all labels find room."""
    figure, [[axes]] = new_figure(size)
    axes.set_aspect("equal", adjustable="datalim")
    axes.axhline(0, color="#e2e2e2", linewidth=0.6, zorder=1)
    axes.axvline(0, color="#e2e2e2", linewidth=0.6, zorder=1)
    for row in table.itertuples():
        colour = colour_of(row.recipient, row.sender)
        look = dict(s=34, facecolor=colour, zorder=4) if row.named else dict(s=14, facecolor=PAPER, zorder=3)
        axes.scatter([row.x], [row.y], edgecolor=GREY if colour == INK and not row.named else colour, linewidth=1.0, **look)
    _name_axes(axes, table.iloc[0], letters)
    axes.set_xticks([])
    axes.set_yticks([])
    finish(figure)
    labels = {message: fold(text, label_letters) for message, text in label.items()}
    return figure if _label(figure, axes, table, labels) else None


def _label(figure, axes, table, label):
    """Each label where it meets no mark and no other words, as near as can be; farther away a line leads to its mark. Whether all find room."""
    marks = [axes.transData.transform(place) for place in table[["x", "y"]].to_numpy()]
    taken, leads = [text.get_window_extent() for text in axes.texts], []
    for row in table[table["named"]].sort_values("x").itertuples():
        for place in _PLACES:
            text, box = _write(figure, axes, row, label[row.message_id], *place)
            lead = Path([axes.transData.transform((row.x, row.y)), ((box.x0 + box.x1) / 2, (box.y0 + box.y1) / 2)])
            crossed = place[0] > _NEAR and any(lead.intersects_bbox(other, filled=False) for other in taken)
            if not crossed and not any(other.intersects_bbox(box, filled=False) for other in leads) and not _meets(box, taken, marks, figure):
                break
            text.remove()
        else:
            return False
        taken.append(box)
        leads += [lead] if place[0] > _NEAR else []
    return True


def _write(figure, axes, row, words, away, direction):
    """The words at this place, and the box that they need."""
    x, y, across, up = direction
    colour = colour_of(row.recipient, row.sender)
    lead = dict(arrowstyle="-", color=colour, linewidth=0.6, shrinkA=1, shrinkB=3) if away > _NEAR else None
    where = dict(xytext=(x * away, y * away), textcoords="offset points", ha=across, va=up, zorder=4)
    text = axes.annotate(words, (row.x, row.y), color=colour, arrowprops=lead, **where)
    text.set_in_layout(False)  # or the drawing would move under the labels that stand already
    text.update_positions(figure.canvas.get_renderer())
    return text, Text.get_window_extent(text)  # of the words, without the line


def _meets(box, taken, marks, figure):
    """Whether it meets words or marks, or leaves the paper."""
    around = box.padded(_MARK / 72 * figure.dpi)
    inside = box.x0 >= 0 and box.x1 <= figure.bbox.width and box.y0 >= 0 and box.y1 <= figure.bbox.height
    return not inside or any(box.overlaps(other) for other in taken) or any(around.contains(*mark) for mark in marks)


def _name_axes(axes, row, letters):
    """What pulls a letter to each end of the axes."""
    ends = ((0.0, -0.03, "left", row["pulls_minus_x"]), (1.0, -0.03, "right", row["pulls_x"]))
    for x, y, align, words in ends:
        axes.text(x, y, fold(_few(words), letters), transform=axes.transAxes, ha=align, va="top", color=GREY)
    axes.text(0.5, 1.02, fold(_few(row["pulls_y"]), 2 * letters), transform=axes.transAxes, ha="center", va="bottom", color=GREY)
    axes.text(0.5, -0.03, fold(_few(row["pulls_minus_y"]), letters), transform=axes.transAxes, ha="center", va="top", color=GREY)


def _few(words, most=3):
    return ", ".join(words.split("|")[:most])


def _describe(table, named):
    first = table.iloc[0]
    told = "; ".join(f"{row.sender} to {row.recipient} on {row.date:%-d %B %Y}" for row in table[named].itertuples())
    return (
        f"Map of {len(table)} letters by their words. To the right pull {_few(first['pulls_x'])}, to the left {_few(first['pulls_minus_x'])}, "
        f"up {_few(first['pulls_y'])}, down {_few(first['pulls_minus_y'])}. Named are: {told}."
    )
