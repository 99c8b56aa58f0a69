"""The specification curve: the answer under every combination of choices, and below it which choices each combination takes."""

import math

from comity.errors import CorpusError
from comity.figures.edges import ARROW, WORDS, beyond, draw_arrow, sides_left
from comity.figures.scales import mark_numbers, mark_ratios, name_number
from comity.figures.narrow import LETTERS, fit_height, fold_ends, place_rows, start_at_edge, write_ends
from comity.figures.style import GREY, INK, NARROW, PAPER, WIDE, draw_key, draw_sizes, finish, new_figure
from comity.figures.words import fold

_TOP, _ROW, _AROUND, _LINE = 1.9, 0.19, 0.45, 0.19  # inches: the curve, a row of choices, what stands around them, a line of the key
_GAP = 0.35  # rows between one choice and the next
_LABEL, _LETTERS = 9, 25  # the size of the labels, and how many digits wide a line is: on a phone they are legible, and leave room
_TITLE = 48  # digits in a line of the title, which is as wide as the curve
_CURVE, _CURVE_NARROW = 250, 195  # points: about as wide as the curve is

_SHARE, _THIN = 0.83, 0.6  # of the width of a column, and points around it: a mark in the rows of choices, filled and open plainly apart
_SHAPES = {"holds": dict(marker="o", edgecolor=INK), "does not hold": dict(marker="D", edgecolor=GREY)}
_BESIDE = dict(xycoords=("axes fraction", "data"), textcoords="offset points", va="center_baseline", color=GREY, annotation_clip=False)
_USUAL = dict(marker="o", s=70, facecolor="none", edgecolor=INK, linewidth=0.9)


def plot_choices(table, axis, about=0, log=False):
    """Draw a specification curve: a column a combination of choices, the smallest answer first.

    Columns in: as `try_choices` gives them. ``axis`` names the answer with its unit; ``about`` is the value on whose sides the answer
    holds and does not, and is drawn as a line; ``log`` draws ratios. A mark is open where its interval does not lie on one side of that
    value (``sure`` is *no*). An interval that leaves the drawing ends in an arrow; an answer that does is drawn beyond it. Answers that are all
    whole numbers are counts, with whole ticks. Combinations in which the question could not be asked are left out, and the alternative text
    says how many. Returns the Figure; its ``comity_alt`` says in words what it shows. Raises CorpusError where none could be asked.

    >>> from comity.choices import try_choices
    >>> table = try_choices(lambda unit, side: side / unit, {"unit": {"words": 1, "sentences": 10}, "side": [1, -1]})
    >>> plot_choices(table, "difference").comity_alt.startswith("Specification curve")
    True
    """
    asked = table[table["answer"] != "cannot be asked"].reset_index(drop=True)
    if asked.empty:
        raise CorpusError("There is nothing to draw: the question could be asked under no combination of choices.")
    choices = list(table.columns[: list(table.columns).index("estimate")])
    labels, looks = _rows(asked, choices), dict(axis=axis, span=_span(asked, about, log), about=about, log=log)
    return draw_sizes(lambda narrow: (_draw_narrow if narrow else _draw_wide)(asked, labels, **looks), _describe(table, asked, choices, axis))


def _draw_wide(asked, labels, axis, span, about, log):
    below, key, title = _ROW * _end(labels[-1]), _key(asked), fold(axis, _TITLE)
    around = _AROUND + _room(asked, span) / 72 + _LINE * ((len(key) > 3) + title.count("\n"))
    figure, grid = new_figure((WIDE[0], _TOP + below + around), rows=2, sharex=True, height_ratios=[_TOP, below])
    _draw_curve(grid[0, 0], asked, title, span, about, log, _CURVE)
    _draw_choices(grid[1, 0], asked, labels)
    draw_key(figure, key)
    finish(figure)
    return figure


def _draw_narrow(asked, labels, axis, span, about, log):
    ends = [(name, None) if value is None else (str(value), _count(asked, name, value)) for name, value, _ in labels]
    ends = [fold_ends(left, right if right is not None else "holds in" if not row else "") for row, (left, right) in enumerate(ends)]
    tops, middles, height = place_rows(ends, [value is not None for _, value, _ in labels])
    figure, grid = new_figure((NARROW, _TOP + height / 72 + _AROUND), rows=2, sharex=True, height_ratios=[_TOP * 72, height])
    curve, below = grid[:, 0]
    title = _draw_curve(curve, asked, fold(axis, LETTERS), span, about, log, _CURVE_NARROW)
    for (name, value, _), top, middle, texts in zip(labels, tops, middles, ends, strict=True):
        write_ends(below, top, texts, weight="bold" if value is None else "normal")
        if value is not None:
            _draw_row(below, asked, asked[name] == value, middle, _size(asked, _CURVE_NARROW, _SHARE))
    below.set(ylim=(height, 0), yticks=[], xticks=[], xlim=(-0.8, len(asked) - 0.2))
    fit_height(figure, [curve, below], _TOP * 72 + height)
    start_at_edge(curve, title)
    draw_key(figure, _key(asked), grow=True)
    finish(figure)
    return figure


def _size(asked, width, share=0.7):
    """The area of a mark in points: so small that neighbours on a curve of this width, of which it has a share, can be told apart."""
    return min(16.0, (share * width / len(asked)) ** 2)


def _kinds(asked, size, line=1.0):
    """The combinations by answer and by whether the interval reaches the line, each kind with its look (``line``: points, at most) and its words."""
    for answer, shape in _SHAPES.items():
        for open_mark, told in ((False, answer), (True, f"{answer}, but the interval reaches the line")):
            here = asked[(asked["answer"] == answer) & ((asked["sure"] == "no") == open_mark)]
            if len(here):
                yield here, dict(shape, facecolor=PAPER if open_mark else shape["edgecolor"], s=size, linewidth=min(line, max(size / 12, size**0.5 / 4))), told


def _key(asked):
    usual = [("the usual choices", _USUAL)] if asked["usual"].any() else []
    return [(told, look) for _, look, told in _kinds(asked, 16)] + usual


def _rows(asked, choices):
    """Each choice, and under it each of its values, the usual one first, with the row it is drawn in; one that has one value only is none."""
    rows, row = [], 0.0
    for name in choices:
        usual = set(asked.loc[asked["usual"], name])
        values = sorted(dict.fromkeys(asked[name]), key=lambda value: value not in usual)
        if len(values) < 2:
            continue
        row += _GAP if rows else 0
        for value in (None, *values):
            rows.append((name, value, row + (_height(name, value) - 1) / 2))
            row += _height(name, value)
    return rows or [(choices[0], None, 0.0), (choices[0], asked[choices[0]].iloc[0], 1.0)]


def _told(name, value):
    """The label of a row, in lines."""
    return fold(name if value is None else value, _LETTERS)


def _height(name, value):
    """How many rows the label of a row needs."""
    return 1 + 0.85 * _told(name, value).count("\n")


def _end(label):
    """Where the row of a label ends."""
    name, value, row = label
    return row + (_height(name, value) + 1) / 2


def _draw_curve(axes, asked, axis, span, about, log, width):
    if log:
        axes.set_yscale("log", base=2)
        mark_ratios(axes.yaxis, span, most=5)
    else:
        # None so low that its label meets those of the choices.
        mark_numbers(axes.yaxis, span, asked["estimate"], most=5, lowest=span[0] + 0.06 * (span[1] - span[0]))
    axes.set_ylim(span)
    axes.grid(axis="y")
    axes.axhline(about, color=INK, linewidth=0.9, zorder=1)
    edges = dict(zip(("bottom", "top"), span, strict=True))
    for x, row in asked.iterrows():
        if not math.isnan(row["low"]) and not math.isnan(row["high"]):
            ends = [min(max(row[end], span[0]), span[1]) for end in ("low", "high")]
            axes.plot((x, x), ends, color=GREY, linewidth=0.8, clip_on=False, zorder=2)
            for side in sides_left(row["low"], row["high"], span, tuple(edges)):
                draw_arrow(axes, (x, edges[side]), side, GREY, 0.8)
    for here, look, _ in _kinds(asked, _size(asked, width)):
        _draw_marks(axes, here, look, span, edges)
    _draw_marks(axes, asked[asked["usual"]], _USUAL, span, edges)
    axes.tick_params(labelbottom=False)
    return axes.set_title(axis, color=GREY, fontsize=8, pad=_room(asked, span))


def _span(asked, about, log):
    """From the smallest to the largest answer, and as much of the intervals as leaves the answers room."""
    finite = asked.loc[asked["estimate"].map(math.isfinite) & ((asked["estimate"] > 0) | (not log)), "estimate"]
    low, high = min([about, *finite]), max([about, *finite])
    more = (0.6 if asked["low"].notna().any() else 0.2) * (high - low or 1)
    return (low / 4, high * 4) if log else (low - more, high + more)


def _room(asked, span):
    """Points between the drawing and the words above it, so that they meet no arrow and no mark."""
    if (asked["estimate"] > span[1]).any():
        return WORDS
    return ARROW + 3 if (asked["high"] > span[1]).any() else 8


def _draw_marks(axes, here, look, span, edges):
    """The answers as marks; those outside the drawing beyond its edge."""
    for x, estimate in here["estimate"].items():
        out = sides_left(estimate, estimate, span, tuple(edges))
        at, how = (edges[out[0]], {"transform": beyond(axes, out[0])}) if out else (estimate, {})
        axes.scatter([x], [at], zorder=3, clip_on=False, **look, **how)


def _draw_choices(axes, asked, labels):
    for name, value, row in labels:
        if value is not None:
            _draw_row(axes, asked, asked[name] == value, row, _size(asked, _CURVE, _SHARE))
            axes.annotate(_count(asked, name, value), (1, row), (8, 0), **_BESIDE)
    axes.annotate("holds in", (1, labels[0][2]), (8, 0), **_BESIDE)
    axes.set_yticks([row for *_, row in labels], [_told(name, value) for name, value, _ in labels], fontsize=_LABEL, linespacing=1.05)
    for label, (_, value, _) in zip(axes.get_yticklabels(), labels, strict=True):
        if value is None:
            label.set(color=INK, fontweight="bold")
    axes.set_ylim(_end(labels[-1]) - 0.3, -0.7)
    axes.set_xlim(-0.8, len(asked) - 0.2)
    axes.set_xticks([])


def _draw_row(axes, asked, taken, place, size):
    """The combinations in which a value is taken."""
    axes.plot((-0.5, len(asked) - 0.5), (place, place), color="#e2e2e2", linewidth=0.6, zorder=1)
    for here, look, _ in _kinds(asked[taken], size, _THIN):
        axes.scatter(here.index, [place] * len(here), zorder=3, **look)


def _count(asked, name, value):
    """In how many of the combinations that take a value the answer holds."""
    mine = asked.loc[asked[name] == value, "answer"]
    return f"{(mine == 'holds').sum()} of {len(mine)}"


def _describe(table, asked, choices, axis):
    """The alternative text, written from the table."""
    holds, left = asked["answer"] == "holds", len(table) - len(asked)
    usual = asked[asked["usual"]]
    told = f" Under the usual choices it is {name_number(usual['estimate'].iloc[0])}." if len(usual) else ""
    unasked = f" In {left} more it could not be asked." if left else ""
    return (
        f"Specification curve: {axis}, under {len(asked)} combinations of {len(choices)} choices, from "
        f"{name_number(asked['estimate'].min())} to {name_number(asked['estimate'].max())}. The answer holds in {holds.sum()}."
        f"{_describe_intervals(asked, holds)}{told}{unasked}"
    )


def _describe_intervals(asked, holds):
    """How often the interval leaves out the line, where there are intervals."""
    if not (asked["sure"] != "").any():
        return ""
    sides = [(holds, "hold"), (~holds, "do not")]
    counts = [f"in {(asked.loc[rows, 'sure'] == 'yes').sum()} of the {rows.sum()} that {told}" for rows, told in sides if rows.any()]
    return f" The interval leaves out the line {' and '.join(counts)}."
