"""The ladder of address: a row a form, a column a letter, and beside each row the days on which it is first and last seen."""

from matplotlib.colors import to_rgba

from comity.errors import CorpusError
from comity.figures.style import GREY, INK, PALE, WIDE, colour_of, draw_key, draw_years, finish, fit_marks, new_figure, stagger_years, styled
from comity.figures.words import fold, stack
from comity.sightings import UNSURE

_ROW, _AROUND = 0.27, 1.15  # inches: a row, and what stands above and below the rows
_FIRST, _LAST, _COUNT = 10, 70, 130  # points from the last letter to what stands beside it: two dates, and a number
_LABEL = 24  # digits in a line of a label
_WIDTH = 210  # points: about as wide as the drawing is

_KEY = {
    "original": "in the sender’s language", "translated": "in translation", "retold": "only in another’s words",
    "unsure": "only in an unsure translation", "said to lack": "said to lack it", "missed": "not in the part seen",
    "unseen": "could not be seen",
}  # fmt: skip


def plot_ladder(ladder):
    """Draw a ladder of address: a row a form, in the order of the table, a column a letter in order of date.

    Columns in: as :func:`comity.find_ladder` gives them, of one sender and recipient. Returns the Figure; its
    ``comity_alt`` says in words what it shows. Raises CorpusError where the table is empty.

    >>> from comity import find_ladder, read_corpus
    >>> ladder = find_ladder(read_corpus(), "Kim Jong Un", "Vladimir Putin")
    >>> plot_ladder(ladder).comity_alt.startswith("Ladder of address")
    True
    """
    if ladder.empty:
        raise CorpusError("The ladder has no rows, so there is nothing to draw: no version has a form of address.")
    letters = ladder[["message_id", "date"]].drop_duplicates().sort_values(["date", "message_id"], ignore_index=True)
    forms, kinds, looks = list(dict.fromkeys(ladder["form"])), _kinds(ladder), _looks(ladder)
    with styled():
        labels = [fold(form, _LABEL) for form in forms]
        places, height = stack([[label] for label in labels])
        figure, [[axes]] = new_figure((WIDE[0], max(WIDE[1] - 0.6, _AROUND + _ROW * height)))
        draw_years(axes, letters["date"])
        for kind, look in fit_marks(looks, len(letters), _WIDTH).items():
            here = ladder[kinds == kind]
            columns = here["message_id"].map(dict(zip(letters["message_id"], letters.index)))
            rows = here["form"].map(dict(zip(forms, places, strict=True)))
            axes.scatter(columns, rows, zorder=3, **look)
        _label_ends(axes, _ends(ladder, kinds, places), looks["original"]["edgecolor"])
        axes.set_yticks(places, labels)
        axes.set_ylim(height - 0.4, -0.9)
        axes.set_xlim(-0.8, len(letters) - 0.2)
        draw_key(figure, [(_KEY[kind], looks[kind]) for kind in _KEY if (kinds == kind).any()])
        stagger_years(figure, axes)
        finish(figure)
    figure.comity_alt = _describe(ladder, kinds, letters)
    return figure


def _looks(ladder):
    colour = colour_of(ladder["recipient"].iloc[0], ladder["sender"].iloc[0])
    return {
        "original": dict(marker="o", s=30, facecolor=colour, edgecolor=colour, linewidth=1.0),
        "translated": dict(marker="s", s=24, facecolor=to_rgba(colour, 0.3), edgecolor=colour, linewidth=1.0),
        "retold": dict(marker="D", s=15, facecolor=GREY, edgecolor=GREY, linewidth=1.0),
        "unsure": dict(marker="x", s=14, color=GREY, linewidth=1.0),
        "said to lack": dict(marker="D", s=15, facecolor="none", edgecolor=GREY, linewidth=1.0),
        "missed": dict(marker="o", s=30, facecolor="none", edgecolor=INK, linewidth=1.0),
        "unseen": dict(marker="_", s=2.5, color=PALE, linewidth=1.0),
    }


def _kinds(ladder):
    """What a mark says: the state, and for a form that is there, by which words we know."""
    state, reasons = ladder["state"], ladder["reason"].str.split("|")
    kinds = state.map({"attested": "translated", "absent": "missed", "reported": "retold", "not observable": "unseen"})
    kinds = kinds.mask((state == "attested") & ladder["original"], "original")
    kinds = kinds.mask((state == "reported") & reasons.map(lambda each: set(each) <= set(UNSURE)), "unsure")
    kinds = kinds.mask((state == "reported") & (ladder["polarity"] == "absent"), "said to lack")
    return kinds.mask((state == "not observable") & (ladder["absent_slots"] != ""), "missed")


def _ends(ladder, kinds, places):
    """Each form once, with the row where it is drawn, and in how many letters it stands in the sender's words."""
    there = ladder[kinds.isin(["original", "translated"])].groupby("form")["message_id"].nunique()
    forms = ladder.drop_duplicates("form")
    return forms.assign(row=places, letters=forms["form"].map(there).fillna(0).astype("int64"))


def _label_ends(axes, forms, colour):
    """The first and the last day beside each row: there they meet no mark, whatever is drawn."""
    beside = dict(xycoords=("axes fraction", "data"), textcoords="offset points", va="center", annotation_clip=False)
    for text, shift in (("first seen", _FIRST), ("last seen", _LAST), ("letters", _COUNT)):
        axes.annotate(text, (1, -0.75), (shift, 0), color=GREY, **beside)
    for row, first, last, letters in forms[["row", "first", "last", "letters"]].itertuples(index=False):
        axes.annotate(str(letters), (1, row), (_COUNT, 0), color=colour if letters else GREY, **beside)
        if first != first:  # NaT
            axes.annotate("not in the sender’s words", (1, row), (_FIRST, 0), color=GREY, **beside)
            continue
        axes.annotate(f"{first:%-d %b %Y}", (1, row), (_FIRST, 0), color=colour, **beside)
        axes.annotate("only once" if first == last else f"{last:%-d %b %Y}", (1, row), (_LAST, 0), color=colour, **beside)


def _describe(ladder, kinds, letters):
    """The alternative text, written from the plotted table."""
    rows = []
    for form, mine in ladder.assign(kind=kinds).groupby("form", sort=False):
        counts = mine["kind"].value_counts()
        found = ", ".join(f"{counts[kind]} {_KEY[kind]}" for kind in _KEY if kind in counts and kind != "unseen")
        first, last = mine["first"].iloc[0], mine["last"].iloc[0]
        ends = "" if first != first else f", from {first:%-d %B %Y} to {last:%-d %B %Y}"
        ends = f", on {first:%-d %B %Y}" if first == last else ends
        rows.append(f"“{form}”{ends}: {found or 'could not be seen'}")
    one = ladder.iloc[0]
    return (
        f"Ladder of address from {one['sender']} to {one['recipient']}, a row a form, a column for each of {len(letters)} letters, "
        f"{letters['date'].min():%Y} to {letters['date'].max():%Y}. {'; '.join(rows)}."
    )
