"""The specification curve: the answer under every combination of choices, and below it which choices each combination takes."""

import math

from matplotlib.ticker import MaxNLocator

from comity.errors import CorpusError
from comity.figures.style import ACCENT, GREY, INK, PALE, WIDE, draw_key, new_figure, styled

_TOP, _ROW, _AROUND = 1.9, 0.175, 0.55  # inches: the curve, a row of choices, what stands around them
_GAP = 0.55  # rows between one choice and the next

_LOOKS = {
    "holds": dict(marker="o", s=16, facecolor=INK, edgecolor=INK, linewidth=0.9),
    "does not hold": dict(marker="D", s=16, facecolor="#fffdf9", edgecolor=ACCENT, linewidth=1.1),
}
_USUAL = dict(marker="o", s=70, facecolor="none", edgecolor=INK, linewidth=0.9)


def plot_choices(table, axis, about=0, log=False):
    """Draw a specification curve: a column a combination of choices, the smallest answer first.

    Columns in: as `try_choices` gives them. ``axis`` names the answer with its unit; ``about`` is the value on whose sides the answer
    holds and does not; ``log`` draws ratios. Combinations in which the question could not be asked are left out, and the alternative
    text says how many. Returns the Figure; its ``comity_alt`` says in words what it shows. Raises CorpusError where none could be asked.

    >>> from comity.choices import try_choices
    >>> table = try_choices(lambda unit, side: side / unit, {"unit": {"words": 1, "sentences": 10}, "side": [1, -1]})
    >>> plot_choices(table, "difference").comity_alt.startswith("Specification curve")
    True
    """
    asked = table[table["answer"] != "cannot be asked"].reset_index(drop=True)
    if asked.empty:
        raise CorpusError("There is nothing to draw: the question could be asked under no combination of choices.")
    choices = list(table.columns[: list(table.columns).index("estimate")])
    labels = _rows(asked, choices)
    with styled():
        height = _TOP + _ROW * (labels[-1][2] + 1) + _AROUND
        figure, grid = new_figure((WIDE[0], height), rows=2, sharex=True, height_ratios=[_TOP, height - _TOP - _AROUND])
        _draw_curve(grid[0, 0], asked, axis, about, log)
        _draw_choices(grid[1, 0], asked, labels)
        draw_key(figure, [(name, _LOOKS[name]) for name in _LOOKS if (asked["answer"] == name).any()] + _usual_key(asked))
    figure.comity_alt = _describe(table, asked, choices, axis)
    return figure


def _usual_key(asked):
    return [("the usual choices", _USUAL)] if asked["usual"].any() else []


def _rows(asked, choices):
    """Every value of every choice, the usual one first, with the row it is drawn in; a choice that has one value only is none."""
    rows, row = [], 0.0
    for name in choices:
        usual = set(asked.loc[asked["usual"], name])
        values = sorted(dict.fromkeys(asked[name]), key=lambda value: value not in usual)
        if len(values) < 2:
            continue
        row += _GAP if rows else 0
        for value in values:
            rows.append((name, value, row))
            row += 1
    return rows or [(choices[0], asked[choices[0]].iloc[0], 0.0)]


def _draw_curve(axes, asked, axis, about, log):
    finite = asked["estimate"].map(math.isfinite) & ((asked["estimate"] > 0) | (not log))
    low, high = asked.loc[finite, "estimate"].min(), asked.loc[finite, "estimate"].max()
    room = (min(low, about), max(high, about))
    beyond = 0.6 if asked["low"].notna().any() else 0.2
    span = (room[0] / 4, room[1] * 4) if log else (room[0] - beyond * (room[1] - room[0] or 1), room[1] + beyond * (room[1] - room[0] or 1))
    _scale(axes, span, log)
    axes.set_ylim(span)
    axes.grid(axis="y")
    axes.axhline(about, color=GREY, linewidth=0.9, zorder=1)
    for x, row in asked.iterrows():
        if not math.isnan(row["low"]) and not math.isnan(row["high"]):
            axes.plot((x, x), (max(row["low"], span[0]), min(row["high"], span[1])), color=PALE, linewidth=1.0, zorder=2)
    for answer, look in _LOOKS.items():
        here = asked[(asked["answer"] == answer) & finite]
        axes.scatter(here.index, here["estimate"], zorder=3, **look)
    usual = asked[asked["usual"] & finite]
    axes.scatter(usual.index, usual["estimate"], zorder=4, **_USUAL)
    axes.set_title(axis, color=GREY, fontsize=8)
    axes.tick_params(labelbottom=False)


def _scale(axes, span, log):
    """Few ticks, and none so low that its label meets those of the choices."""
    if not log:
        lowest = span[0] + 0.06 * (span[1] - span[0])
        axes.set_yticks([tick for tick in MaxNLocator(5).tick_values(*span) if lowest <= tick <= span[1]])
        return
    axes.set_yscale("log", base=2)
    powers = range(math.ceil(math.log2(span[0]) + 0.1), math.floor(math.log2(span[1])) + 1)
    ticks = [power for power in powers if power % max(1, math.ceil(len(powers) / 5)) == 0]
    axes.set_yticks([2.0**power for power in ticks], [f"{2**power:,}×" if power >= 0 else f"1/{2**-power:,}" for power in ticks])
    axes.minorticks_off()


def _draw_choices(axes, asked, labels):
    for name, value, row in labels:
        taken = asked[asked[name] == value]
        axes.plot((-0.5, len(asked) - 0.5), (row, row), color="#eeeeee", linewidth=0.6, zorder=1)
        for answer, look in _LOOKS.items():
            here = taken[taken["answer"] == answer]
            axes.scatter(here.index, [row] * len(here), zorder=3, **look | {"s": 9})
    heads = {name: row for name, _, row in reversed(labels)}
    for name, row in heads.items():
        axes.annotate(name, (1, row), (8, 0), xycoords=("axes fraction", "data"), textcoords="offset points", va="center", color=INK, annotation_clip=False)
    axes.set_yticks([row for *_, row in labels], [value for _, value, _ in labels])
    axes.set_ylim(labels[-1][2] + 0.7, -0.7)
    axes.set_xlim(-0.8, len(asked) - 0.2)
    axes.set_xticks([])


def _describe(table, asked, choices, axis):
    """The alternative text, written from the table."""
    holds, left = int((asked["answer"] == "holds").sum()), len(table) - len(asked)
    unasked = f" In {left} more it could not be asked." if left else ""
    usual = asked[asked["usual"]]
    told = f" Under the usual choices it is {usual['estimate'].iloc[0]:.3g}." if len(usual) else ""
    return (
        f"Specification curve: {axis}, under {len(asked)} combinations of {len(choices)} choices, from {asked['estimate'].min():.3g} to "
        f"{asked['estimate'].max():.3g}. The answer holds in {holds}.{told}{unasked}"
    )
