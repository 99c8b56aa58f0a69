"""The evidence timeline: letter by letter and slot by slot, what was seen of one form of address."""

from comity.slots import PLACES, SLOTS, UNPLACED
from comity.figures.style import ACCENT, GREY, INK, PALE, WIDE, draw_key, draw_years, new_figure, styled

_SHAPES = {
    "attested": dict(marker="o", s=46, facecolor=ACCENT, edgecolor=ACCENT, linewidth=1.2),
    "absent": dict(marker="o", s=46, facecolor="none", edgecolor=INK, linewidth=1.2),
    "reported": dict(marker="D", s=26, facecolor=GREY, edgecolor=GREY, linewidth=1.2),
    "reported absent": dict(marker="D", s=26, facecolor="none", edgecolor=GREY, linewidth=1.2),
    "not observable": dict(marker="_", s=16, color=PALE, linewidth=1.2),
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
        draw_years(axes, letters["date"], top=0.8)
        kinds = _kinds(states)
        for kind, options in _SHAPES.items():
            here = states[kinds == kind]
            axes.scatter(here["message_id"].map(column), here["slot"].map(rows.index), zorder=3, **options)
        _label_last(axes, states, column)
        axes.set_yticks(range(len(rows)), [PLACES[slot] for slot in rows])
        axes.set_ylim(len(rows) - 0.5, -1.1)
        axes.set_xlim(-0.8, len(letters) - 0.2)
        draw_key(figure, [(_KEY[kind], _SHAPES[kind]) for kind in _SHAPES if (kinds == kind).any()])
    figure.comity_alt = _describe(states, form)
    return figure


def _kinds(states):
    said_absent = (states["state"] == "reported") & (states["polarity"] == "absent")
    return states["state"].mask(said_absent, "reported absent")


def _label_last(axes, states, column):
    """Name the first and the last time the form was seen: the two facts a reader looks for."""
    seen = states[states["state"] == "attested"].drop_duplicates("message_id")
    if seen.empty:
        return
    ends = {"first seen": seen.iloc[0], "last seen": seen.iloc[-1]}
    for label, letter in ends.items() if len(seen) > 1 else [("seen once", seen.iloc[0])]:
        x = column[letter["message_id"]]
        axes.axvspan(x - 0.5, x + 0.5, ymax=0.8, color=ACCENT, alpha=0.08, linewidth=0, zorder=0)
        axes.text(x, -0.5, f"{label}, {PLACES[letter['slot']]}\n{letter['date']:%-d %b %Y}", ha="center", va="bottom", color=ACCENT)


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
