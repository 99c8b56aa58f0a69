"""The evidence timeline: letter by letter and slot by slot, what was seen of one form of address."""

from comity.evidence import TOLD, find_kinds
from comity.figures.narrow import fit_height, fold_ends, place_rows, write_ends
from comity.figures.style import (
    ACCENT, GREY, INK, NARROW, PALE, WIDE, draw_key, draw_sizes, draw_years, finish, fit_marks, new_figure, stagger_years,
)  # fmt: skip
from comity.slots import PLACES, SLOTS, UNPLACED

# Points: about how wide the drawing is, how far apart words about its ends do not meet, and so near an edge they lead inwards.
_WIDTH, _NARROW, _APART, _EDGE = 320, 215, 135, 64
_LEVEL = 23  # points: words of two lines about an end

_SHAPES = {
    "attested": dict(marker="o", s=46, facecolor=ACCENT, edgecolor=ACCENT, linewidth=1.2),
    "absent": dict(marker="o", s=46, facecolor="none", edgecolor=INK, linewidth=1.2),
    "reported": dict(marker="D", s=26, facecolor=GREY, edgecolor=GREY, linewidth=1.2),
    "reported absent": dict(marker="D", s=26, facecolor="none", edgecolor=GREY, linewidth=1.2),
    "not asked": dict(marker="|", s=40, color=GREY, linewidth=1.2),
    "not observable": dict(marker="_", s=3, color=PALE, linewidth=1.2),
}


def plot_evidence(states, form):
    """Draw the states of one form of address: a column a letter in order of date, a row a slot.

    Columns in: as :func:`comity.find_evidence` gives them. A slot that is seen, but of which the record says nothing because the
    form stands in another (``reason`` is ``comity.evidence.NOT_ASKED``), has a mark of its own and counts neither as seen with
    the form nor as seen without it. Returns the Figure; its ``comity_alt`` says in words what it shows.

    >>> from comity import find_evidence, read_corpus
    >>> states = find_evidence("respected", read_corpus(), sender="Kim Jong Un", recipient="Xi Jinping")
    >>> plot_evidence(states, "respected").comity_alt.startswith("Evidence timeline")
    True
    """
    rows = [*SLOTS, UNPLACED] if (states["slot"] == UNPLACED).any() else list(SLOTS)
    letters = states[["message_id", "date"]].drop_duplicates()
    column = {message: x for x, message in enumerate(letters["message_id"])}
    drawn = states.assign(column=states["message_id"].map(column), row=states["slot"].map(rows.index), kind=find_kinds(states))
    return draw_sizes(lambda narrow: (_draw_narrow if narrow else _draw_wide)(drawn, letters["date"], rows), _describe(states, form))


def _draw_wide(states, dates, rows):
    figure, [[axes]] = new_figure(WIDE)
    ends, bottom = _ends(states), len(rows) - 0.5
    heights = [-0.5 - 0.7 * level for level in _levels(ends, _WIDTH / len(dates))]
    highest = min([*heights, -0.5]) - 0.6
    top = (bottom + 0.5) / (bottom - highest)
    draw_years(axes, dates, top=top)
    _draw_marks(axes, states, range(len(rows)), len(dates), _WIDTH)
    _name_ends(axes, ends, heights, len(dates), _WIDTH, top)
    beside = dict(xycoords=("axes fraction", "data"), textcoords="offset points", color=GREY, annotation_clip=False)
    axes.annotate("has it,\nof those seen", (1, -0.5), (8, 0), va="bottom", **beside)
    for place, counted in enumerate(_count_seen(states, rows)):
        axes.annotate(counted, (1, place), (8, 0), va="center_baseline", **beside)
    axes.set_yticks(range(len(rows)), [PLACES[slot] for slot in rows])
    axes.set_ylim(bottom, highest)
    draw_key(figure, _key(states))
    stagger_years(figure, axes)
    finish(figure)
    return figure


def _draw_narrow(states, dates, rows):
    ends, counted = _ends(states), _count_seen(states, rows)
    first = next((place for place, text in enumerate(counted) if text), None)
    counted = [f"has it, of those seen: {text}" if place == first else text for place, text in enumerate(counted)]
    labels = [fold_ends(PLACES[slot], text) for slot, text in zip(rows, counted, strict=True)]
    tops, middles, bottom = place_rows(labels)
    heights = [-4 - _LEVEL * level for level in _levels(ends, 0)]
    highest = min(heights, default=0) - _LEVEL * bool(ends)
    top = bottom / (bottom - highest)
    figure, [[axes]] = new_figure((NARROW, (bottom - highest) / 72 + 0.5))
    draw_years(axes, dates, top=top)
    _draw_marks(axes, states, middles, len(dates), _NARROW)
    _name_ends(axes, ends, heights, len(dates), _NARROW, top)
    for place, texts in zip(tops, labels, strict=True):
        write_ends(axes, place, texts)
    axes.set(ylim=(bottom, highest), yticks=[])
    stagger_years(figure, axes)
    fit_height(figure, [axes], bottom - highest)
    draw_key(figure, _key(states), grow=True)
    stagger_years(figure, axes)
    finish(figure)
    return figure


def _draw_marks(axes, states, places, letters, width):
    for kind, look in fit_marks(_SHAPES, letters, width).items():
        here = states[states["kind"] == kind]
        axes.scatter(here["column"], [places[row] for row in here["row"]], zorder=3, **look)
    axes.set_xlim(-0.8, letters - 0.2)


def _key(states):
    return [(TOLD[kind], _SHAPES[kind]) for kind in _SHAPES if (states["kind"] == kind).any()]


def _ends(states):
    """The first and the last time the form was seen: the two facts a reader looks for."""
    seen = states[states["state"] == "attested"].drop_duplicates("message_id")
    if seen.empty:
        return []
    return [("first seen", seen.iloc[0]), ("last seen", seen.iloc[-1])] if len(seen) > 1 else [("seen once", seen.iloc[0])]


def _levels(ends, step):
    """On which level the words about the ends stand: side by side, or where these are near each other one above the other."""
    places = [letter["column"] * step for _, letter in ends]
    return [0, 1] if len(places) > 1 and places[1] - places[0] < _APART else [0] * len(places)


def _name_ends(axes, ends, heights, letters, width, top):
    for (label, letter), height in zip(ends, heights, strict=True):
        x, share = letter["column"], (letter["column"] + 0.5) / letters
        axes.axvspan(x - 0.5, x + 0.5, ymax=top, color=ACCENT, alpha=0.08, linewidth=0, zorder=0)
        # Near an edge of the drawing the words lead inwards.
        leads = "left" if share < _EDGE / width else "right" if share > 1 - _EDGE / width else "center"
        axes.text(x, height, f"{label}, {PLACES[letter['slot']]}\n{letter['date']:%-d %b %Y}", ha=leads, va="bottom", color=ACCENT)


def _count_seen(states, rows):
    """Of each row: in how many of the letters whose place was seen the word is."""
    found = [states[states["slot"] == slot]["state"] for slot in rows]
    counts = [((state == "attested").sum(), state.isin(["attested", "absent"]).sum()) for state in found]
    return [f"{has} of {seen}" if seen else "" for has, seen in counts]


def _describe(states, form):
    """The alternative text, written from the plotted table."""
    n = states["message_id"].nunique()
    counts = find_kinds(states[states["slot"] == "salutation"]).value_counts()
    by_state = ", ".join(f"{counts[kind]} {TOLD[kind]}" for kind in _SHAPES if kind in counts)
    seen = states[states["state"] == "attested"]
    when = (
        f" The word is seen first on {seen['date'].min():%-d %B %Y} and last on {seen['date'].max():%-d %B %Y}."
        if len(seen) else " It is seen in none of them."
    )
    return (
        f"Evidence timeline of “{form}” in {n} letters, {states['date'].min():%Y} to {states['date'].max():%Y}, a column a "
        f"letter, a row each for opening line, main text and closing wish. Opening line: {by_state}.{when}{_describe_unasked(states)}"
    )


def _describe_unasked(states):
    """Which slots the record does not ask about."""
    unasked = states[find_kinds(states) == "not asked"]
    if unasked.empty:
        return ""
    places = ", ".join(f"{n} {PLACES[slot]}" for slot, n in unasked["slot"].value_counts(sort=False).items())
    return f" In {unasked['message_id'].nunique()} letters a place is seen but not asked about, because the word stands in another ({places})."
