"""The evidence timeline: letter by letter and slot by slot, what was seen of one form of address."""

from comity.slots import PLACES, SLOTS, UNPLACED
from comity.figures.style import ACCENT, GREY, INK, PALE, WIDE, draw_key, draw_years, fit_marks, finish, new_figure, stagger_years, styled

_WIDTH, _APART = 320, 135  # points: about how wide the drawing is, and how far apart words about its ends do not meet

_SHAPES = {
    "attested": dict(marker="o", s=46, facecolor=ACCENT, edgecolor=ACCENT, linewidth=1.2),
    "absent": dict(marker="o", s=46, facecolor="none", edgecolor=INK, linewidth=1.2),
    "reported": dict(marker="D", s=26, facecolor=GREY, edgecolor=GREY, linewidth=1.2),
    "reported absent": dict(marker="D", s=26, facecolor="none", edgecolor=GREY, linewidth=1.2),
    "not observable": dict(marker="_", s=3, color=PALE, linewidth=1.2),
}
_KEY = {
    "attested": "has the word", "absent": "seen without it", "reported": "said to have it",
    "reported absent": "said to lack it", "not observable": "could not be seen",
}


def plot_evidence(states, form):
    """Draw the states of one form of address: a column a letter in order of date, a row a slot.

    Columns in: as :func:`comity.find_evidence` gives them. Returns the Figure; its ``comity_alt`` says in words what
    it shows.

    >>> from comity import find_evidence, read_corpus
    >>> states = find_evidence("respected", read_corpus(), sender="Kim Jong Un", recipient="Xi Jinping")
    >>> plot_evidence(states, "respected").comity_alt.startswith("Evidence timeline")
    True
    """
    letters = states[["message_id", "date"]].drop_duplicates()
    column = {message: x for x, message in enumerate(letters["message_id"])}
    rows = [*SLOTS, UNPLACED] if (states["slot"] == UNPLACED).any() else list(SLOTS)
    with styled():
        figure, [[axes]] = new_figure(WIDE)
        ends, bottom = _ends(states), len(rows) - 0.5
        heights = _heights(ends, column)
        highest = min([*heights, -0.5]) - 0.6
        top = (bottom + 0.5) / (bottom - highest)
        draw_years(axes, letters["date"], top=top)
        kinds = _kinds(states)
        for kind, look in fit_marks(_SHAPES, len(letters), _WIDTH).items():
            here = states[kinds == kind]
            axes.scatter(here["message_id"].map(column), here["slot"].map(rows.index), zorder=3, **look)
        _name_ends(axes, ends, heights, column, top)
        _count_seen(axes, states, rows)
        axes.set_yticks(range(len(rows)), [PLACES[slot] for slot in rows])
        axes.set_ylim(bottom, highest)
        axes.set_xlim(-0.8, len(letters) - 0.2)
        draw_key(figure, [(_KEY[kind], _SHAPES[kind]) for kind in _SHAPES if (kinds == kind).any()])
        stagger_years(figure, axes)
        finish(figure)
    figure.comity_alt = _describe(states, form)
    return figure


def _kinds(states):
    said_absent = (states["state"] == "reported") & (states["polarity"] == "absent")
    return states["state"].mask(said_absent, "reported absent")


def _ends(states):
    """The first and the last time the form was seen: the two facts a reader looks for."""
    seen = states[states["state"] == "attested"].drop_duplicates("message_id")
    if seen.empty:
        return []
    return [("first seen", seen.iloc[0]), ("last seen", seen.iloc[-1])] if len(seen) > 1 else [("seen once", seen.iloc[0])]


def _heights(ends, column):
    """Where the words about the ends stand: side by side, or where these are near each other one above the other."""
    places = [column[letter["message_id"]] * _WIDTH / len(column) for _, letter in ends]
    return [-0.5, -1.2] if len(places) > 1 and places[1] - places[0] < _APART else [-0.5] * len(places)


def _name_ends(axes, ends, heights, column, top):
    for (label, letter), height in zip(ends, heights, strict=True):
        x, share = column[letter["message_id"]], (column[letter["message_id"]] + 0.5) / len(column)
        axes.axvspan(x - 0.5, x + 0.5, ymax=top, color=ACCENT, alpha=0.08, linewidth=0, zorder=0)
        # Near an edge of the drawing the words lead inwards.
        leads = "left" if share < 0.2 else "right" if share > 0.8 else "center"
        axes.text(x, height, f"{label}, {PLACES[letter['slot']]}\n{letter['date']:%-d %b %Y}", ha=leads, va="bottom", color=ACCENT)


def _count_seen(axes, states, rows):
    """Beside each row: in how many of the letters whose place was seen the word is."""
    beside = dict(xycoords=("axes fraction", "data"), textcoords="offset points", color=GREY, annotation_clip=False)
    axes.annotate("has it,\nof those seen", (1, -0.5), (8, 0), va="bottom", **beside)
    for place, slot in enumerate(rows):
        found = states[states["slot"] == slot]["state"].value_counts()
        has, lacks = found.get("attested", 0), found.get("absent", 0)
        axes.annotate(f"{has} of {has + lacks}" if has + lacks else "", (1, place), (8, 0), va="center_baseline", **beside)


def _describe(states, form):
    """The alternative text, written from the plotted table."""
    n = states["message_id"].nunique()
    counts = _kinds(states[states["slot"] == "salutation"]).value_counts()
    by_state = ", ".join(f"{counts[kind]} {_KEY[kind]}" for kind in _SHAPES if kind in counts)
    seen = states[states["state"] == "attested"]
    when = (
        f" The word is seen first on {seen['date'].min():%-d %B %Y} and last on {seen['date'].max():%-d %B %Y}."
        if len(seen) else " It is seen in none of them."
    )
    return (
        f"Evidence timeline of “{form}” in {n} letters, {states['date'].min():%Y} to {states['date'].max():%Y}, a column a "
        f"letter, a row each for opening line, main text and closing wish. Opening line: {by_state}.{when}"
    )
