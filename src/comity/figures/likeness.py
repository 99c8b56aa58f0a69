"""The map of the letters: the nearer two points, the more alike the words of the letters."""

from comity.errors import CorpusError
from comity.figures.style import GREY, TALL, colour_of, new_figure, styled

_NEAR = 9  # points from a mark to its label


def plot_map(table, label):
    """Draw letters as points in a plane: some with a label, the others pale.

    Columns in: as `map_messages` gives them; ``label``: what some messages are called, by id. Words at the ends of the axes are those that
    pull a letter there. Returns the Figure; its ``comity_alt`` says in words what it shows. Raises CorpusError where an id is not in the table.
    """
    unknown = [message for message in label if message not in set(table["message_id"])]
    if unknown:
        raise CorpusError(f"The map has no message {unknown[0]!r}.")
    with styled():
        figure, [[axes]] = new_figure(TALL)
        axes.set_aspect("equal", adjustable="datalim")
        axes.axhline(0, color="#e2e2e2", linewidth=0.6, zorder=1)
        axes.axvline(0, color="#e2e2e2", linewidth=0.6, zorder=1)
        named = table["message_id"].isin(label)
        for row in table.assign(named=named).itertuples():
            colour = colour_of(row.recipient, row.sender)
            axes.scatter([row.x], [row.y], s=34 if row.named else 16, facecolor=colour, alpha=1 if row.named else 0.35, linewidth=0, zorder=3)
        _label(figure, axes, table, label)
        _name_axes(axes, table.iloc[0])
        axes.set_xticks([])
        axes.set_yticks([])
    figure.comity_alt = _describe(table, named)
    return figure


def _label(figure, axes, table, label):
    """Each label on the first side of its mark where it meets no mark and no other label; where it meets one on each, on the last."""
    sides = [(_NEAR, 0, "left", "center"), (-_NEAR, 0, "right", "center"), (0, _NEAR, "center", "bottom"), (0, -_NEAR, "center", "top")]
    sides += [(x * _NEAR, y * _NEAR, "left" if x > 0 else "right", "center") for y in (1.6, -1.6, 3.2, -3.2) for x in (1, -1)]
    figure.draw_without_rendering()
    marks = [axes.transData.transform(place) for place in table[["x", "y"]].to_numpy()]
    taken = []
    for row in table[table["message_id"].isin(label)].sort_values("x").itertuples():
        for x, y, across, up in sides:
            text = axes.annotate(
                label[row.message_id], (row.x, row.y), (x, y), textcoords="offset points", ha=across, va=up, zorder=4,
                color=colour_of(row.recipient, row.sender),
            )  # fmt: skip
            box = text.get_window_extent().padded(2)
            if not any(box.overlaps(other) for other in taken) and not any(box.contains(*mark) for mark in marks):
                break
            if (x, y, across, up) != sides[-1]:
                text.remove()
        taken.append(box)


def _name_axes(axes, row):
    """What pulls a letter to each end of the axes."""
    ends = ((0.0, -0.03, "left", row["pulls_minus_x"]), (1.0, -0.03, "right", row["pulls_x"]))
    for x, y, align, words in ends:
        axes.text(x, y, _few(words), transform=axes.transAxes, ha=align, va="top", color=GREY)
    axes.text(0.5, 1.02, _few(row["pulls_y"]), transform=axes.transAxes, ha="center", va="bottom", color=GREY)
    axes.text(0.5, -0.03, _few(row["pulls_minus_y"]), transform=axes.transAxes, ha="center", va="top", color=GREY)


def _few(words, most=3):
    return ", ".join(words.split("|")[:most])


def _describe(table, named):
    first = table.iloc[0]
    told = "; ".join(f"{row.sender} to {row.recipient} on {row.date:%-d %B %Y}" for row in table[named].itertuples())
    return (
        f"Map of {len(table)} letters by their words. To the right pull {_few(first['pulls_x'])}, to the left {_few(first['pulls_minus_x'])}, "
        f"up {_few(first['pulls_y'])}, down {_few(first['pulls_minus_y'])}. Named are: {told}."
    )
