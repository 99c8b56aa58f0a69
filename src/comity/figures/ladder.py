"""The ladder of address: a row a form, a column a letter, and beside each row the days on which it is first and last seen."""

from matplotlib.colors import to_rgba

from comity.errors import CorpusError
from comity.figures.narrow import fit_height, fold_ends, place_rows, write_ends
from comity.figures.style import (
    GREY, INK, NARROW, PALE, WIDE, colour_of, draw_key, draw_sizes, draw_years, finish, fit_marks, new_figure, stagger_years,
)  # fmt: skip
from comity.figures.words import fold, stack
from comity.forms import name_forms
from comity.sightings import UNSURE

_ROW, _AROUND = 0.27, 1.15  # inches: a row, and what stands above and below the rows
_FIRST, _LAST, _COUNT = 10, 70, 130  # points from the last letter to what stands beside it: two dates, and a number
_LABEL = 24  # digits in a line of a label
_WIDTH, _NARROW = 210, 220  # points: about as wide as the drawing is

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
    >>> plot_ladder(ladder).comity_alt[:70]
    'First seen from Kim Jong Un to Vladimir Putin: “Excellency”, 15 August'
    """
    if ladder.empty:
        raise CorpusError("The ladder has no rows, so there is nothing to draw: no version has a form of address.")
    ladder = ladder.assign(form=name_forms(ladder))
    letters = ladder[["message_id", "date"]].drop_duplicates().sort_values(["date", "message_id"], ignore_index=True)
    kinds, column = _kinds(ladder), dict(zip(letters["message_id"], letters.index))
    rows = {form: row for row, form in enumerate(dict.fromkeys(ladder["form"]))}
    drawn = ladder.assign(kind=kinds, column=ladder["message_id"].map(column), row=ladder["form"].map(rows))
    return draw_sizes(lambda narrow: (_draw_narrow if narrow else _draw_wide)(drawn, letters["date"]), _describe(ladder, kinds, letters))


def _draw_wide(ladder, dates):
    ends = _ends(ladder)
    labels = [fold(form, _LABEL) for form in ends["form"]]
    places, height = stack([[label] for label in labels])
    figure, [[axes]] = new_figure((WIDE[0], max(WIDE[1] - 0.6, _AROUND + _ROW * height)))
    draw_years(axes, dates)
    _draw_marks(axes, ladder, places, len(dates), _WIDTH)
    _label_ends(axes, ends.assign(row=places), _looks(ladder)["original"]["edgecolor"])
    axes.set_yticks(places, labels)
    axes.set_ylim(height - 0.4, -0.9)
    draw_key(figure, _key(ladder))
    stagger_years(figure, axes)
    finish(figure)
    return figure


def _draw_narrow(ladder, dates):
    ends = _ends(ladder)
    lines = [fold_ends("", "first and last seen (letters)"), *(fold_ends(row["form"], _tell_ends(row)) for row in ends.to_dict("records"))]
    tops, middles, height = place_rows(lines, [False, *[True] * len(ends)])
    figure, [[axes]] = new_figure((NARROW, height / 72 + 0.5))
    draw_years(axes, dates, top=1 - tops[1] / height)
    _draw_marks(axes, ladder, middles[1:], len(dates), _NARROW)
    colour = _looks(ladder)["original"]["edgecolor"]
    colours = [GREY, *[colour if letters else GREY for letters in ends["letters"]]]
    for top, texts, right in zip(tops, lines, colours, strict=True):
        write_ends(axes, top, texts, right=right)
    axes.set(ylim=(height, 0), yticks=[])
    stagger_years(figure, axes)
    fit_height(figure, [axes], height)
    draw_key(figure, _key(ladder), grow=True)
    stagger_years(figure, axes)
    finish(figure)
    return figure


def _draw_marks(axes, ladder, places, letters, width):
    for kind, look in fit_marks(_looks(ladder), letters, width).items():
        here = ladder[ladder["kind"] == kind]
        axes.scatter(here["column"], [places[row] for row in here["row"]], zorder=3, **look)
    axes.set_xlim(-0.8, letters - 0.2)


def _key(ladder):
    looks = _looks(ladder)
    return [(_KEY[kind], looks[kind]) for kind in _KEY if (ladder["kind"] == kind).any()]


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


def _ends(ladder):
    """Each form once, with the number of letters in which it stands in the sender's words."""
    there = ladder[ladder["kind"].isin(["original", "translated"])].groupby("form")["message_id"].nunique()
    forms = ladder.drop_duplicates("form")
    return forms.assign(letters=forms["form"].map(there).fillna(0).astype("int64"))


def _tell_ends(row):
    """The first and the last day, and in how many letters, in one line."""
    first, last = row["first"], row["last"]
    if first != first:  # NaT
        return "not in the sender’s words"
    return f"{first:%-d %b %Y}{'' if first == last else f' – {last:%-d %b %Y}'} ({row['letters']})"


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
    """The alternative text, written from the plotted table: what it shows, then its form, then row for row."""
    rows = []
    for form, mine in ladder.assign(kind=kinds).groupby("form", sort=False):
        counts = mine["kind"].value_counts()
        found = ", ".join(f"{counts[kind]} {_KEY[kind]}" for kind in _KEY if kind in counts and kind != "unseen")
        rows.append(f"“{form}”: {found or 'could not be seen'}")
    return (
        f"{_find(ladder)} Ladder of address: a row a form, a column for each of {len(letters)} letters, "
        f"{letters['date'].min():%Y} to {letters['date'].max():%Y}. {'; '.join(rows)}."
    )


def _find(ladder):
    """What the ladder shows: when each form is first and last seen in the sender's words, and which are never."""
    forms, one = ladder.drop_duplicates("form"), ladder.iloc[0]
    seen = [
        f"“{form}”, {first:%-d %B %Y}" + (" only" if first == last else f" (last {last:%-d %B %Y})")
        for form, first, last in forms.dropna(subset="first")[["form", "first", "last"]].itertuples(index=False)
    ]
    never = [f"“{form}”" for form in forms.loc[forms["first"].isna(), "form"]]
    told = f"First seen from {one['sender']} to {one['recipient']}: {'; '.join(seen)}." if seen else ""
    return " ".join(filter(None, [told, f"Not seen in the words of {one['sender']}: {', '.join(never)}." if never else ""]))
