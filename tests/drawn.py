"""What tests ask of a drawing: where its words stand, and whether a reader can read them; and made-up tables for every figure."""

import matplotlib
import pandas as pd

from comity import try_choices
from comity.contrasts.versions import COLUMNS
from comity.evidence import NOT_ASKED, NOT_SEEN
from comity.figures import plot_choices, plot_evidence, plot_intervals, plot_ladder, plot_map, plot_record, plot_versions
from comity.record import SEEN

LONG = "a very long label that somebody has written who did not think of the reader, of phones or of the paper "
LABELS = {
    "short": "row {}", "long": LONG + "{}", "hangul": "가장 친근한 나의 동지이며 존경하는 총비서동지 {}", "chinese": "尊敬的总书记同志祝愿中华人民共和国繁荣昌盛中国人民幸福安康{}",
    "cyrillic": "Глубокоуважаемый товарищ Председатель {}", "dollars": "from $5 to $6_{}", "capitals": "WWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWW{}",
}  # fmt: skip


def words_of(figure):
    """Every text that is seen, with its box; of an arrow with words the words only."""
    figure.draw_without_rendering()
    renderer = figure.canvas.get_renderer()
    words = [text for text in figure.findobj(matplotlib.text.Text) if text.get_text().strip() and text.get_visible()]
    return [(text, matplotlib.text.Text.get_window_extent(text, renderer)) for text in words]


def sizes_of(figure):
    """The figure, and with it its narrow drawing, where there is one."""
    narrow = getattr(figure, "comity_narrow", None)
    return [figure] if narrow is None else [figure, narrow]


def assert_legible(figure):
    """In both sizes: every word inside the paper, and none meets another, or an arrow."""
    for drawing in sizes_of(figure):
        _assert_legible(drawing)


def _assert_legible(figure):
    words = words_of(figure)
    arrows = [patch.get_window_extent() for axes in figure.axes for patch in axes.patches if isinstance(patch, matplotlib.patches.Polygon)]
    assert not [text.get_text() for text, box in words for arrow in arrows if box.overlaps(arrow)]
    for i, (text, box) in enumerate(words):
        assert -1 <= box.x0 and box.x1 <= figure.bbox.width + 1 and -1 <= box.y0 and box.y1 <= figure.bbox.height + 1, text.get_text()
        assert not [other.get_text() for other, area in words[:i] if box.overlaps(area)], text.get_text()


def names(n, label):
    return [LABELS[label].format(i) for i in range(n)]


def letters(n):
    return pd.DataFrame({"message_id": [f"m{i}" for i in range(n)], "date": pd.date_range("2018-01-07", periods=n, freq="47D")})


def intervals(n=5, label="short", values=None, **look):
    values = [float(i + 1) for i in range(n)] if values is None else values
    table = pd.DataFrame({"who": names(n, label), "value": values, "n": [f"{i + 1} of {n}" for i in range(n)]})
    table = table.assign(low=table["value"] * 0.5, high=table["value"] * 2)
    heads = (LABELS[label].format("who"), LABELS[label].format("n"))
    return plot_intervals(table, label="who", value="value", low="low", high="high", axis=names(1, label)[0], beside="n", heads=heads, **look)


def choices(n=5, label="short", values=None, **look):
    values = [float(i - 1) for i in range(n)] if values is None else values
    asked = dict(zip(names(n, label), values, strict=True))
    table = try_choices(lambda at, side: {"estimate": at * side, "low": at * side - 1, "high": at * side + 1}, {"at": asked, "side": [1, 2]})
    return plot_choices(table.rename(columns={"at": names(1, label)[0]}), names(1, label)[0], **look)


def evidence(n=5, label="short", seen=(1, 3)):
    grid = letters(n).merge(pd.DataFrame({"slot": ["salutation", "body", "close"]}), how="cross").assign(polarity="present")
    there = grid["message_id"].isin([f"m{i}" for i in seen]) & (grid["slot"] == "close")
    grid["state"] = grid["slot"].map({"salutation": "not observable", "body": "absent", "close": "reported"}).mask(there, "attested")
    # A letter that has it at its close is seen at its beginning too, and not asked there.
    unasked = grid["message_id"].isin([f"m{i}" for i in seen]) & (grid["slot"] == "salutation")
    return plot_evidence(grid.assign(reason=unasked.map({True: NOT_ASKED, False: NOT_SEEN})), names(1, label)[0])


def ladder(n=5, label="short", columns=12):
    rows = letters(columns).merge(pd.DataFrame({"form": names(n, label)}), how="cross")
    rows = rows.assign(sender="Ann", recipient="Xi Jinping", polarity="present", absent_slots="", reason="", original=True)
    turns = {0: "attested", 1: "absent", 2: "not observable", 3: "reported"}
    rows["state"] = [turns[place % 4] for place in range(len(rows))]
    days = rows[rows["state"] == "attested"].groupby("form")["date"]
    return plot_ladder(rows.assign(element="epithet", first=rows["form"].map(days.min()), last=rows["form"].map(days.max())).sort_values("form", kind="stable"))


def record(n=5, label="short", years=4):
    people = names(n, label)
    days = pd.date_range("2018-03-01", periods=2 * years, freq="182D")
    rows = [(sender, "Xi Jinping", day, list(SEEN)[place % len(SEEN)]) for sender in people for place, day in enumerate(days)]
    table = pd.DataFrame(rows, columns=["sender", "recipient", "date", "seen"])
    return plot_record(table.assign(message_id=[f"m{i}" for i in range(len(table))]))


def chart(n=5, label="short", values=None):
    places = [(i * 37 % 100, i * 61 % 89) for i in range(max(n, 2))] if values is None else values
    table = pd.DataFrame(places, columns=["x", "y"]).astype("float64")
    table = table.assign(message_id=[f"m{i}" for i in range(len(table))], sender="Ann", recipient="Bob", date=pd.Timestamp("2024-01-01"))
    pulls = "|".join(names(3, label))
    table = table.assign(pulls_x=pulls, pulls_minus_x=pulls, pulls_y=pulls, pulls_minus_y=pulls)
    return plot_map(table, dict(zip(table["message_id"], names(min(n, 3), label))))


SHOWS = ["has", "lacks", "cannot be seen", "has, retold", "cannot be relied on", "said to lack", "may have", "said to have"]


def versions(n=5, label="short", shows=None):
    """Two versions; ``shows``: pairs of what each shows, a unit a pair, by default each with each."""
    pairs = [(SHOWS[0], SHOWS[i % 8]) if i % 2 else (SHOWS[i // 8 % 8], SHOWS[0]) for i in range(n)] if shows is None else shows
    rows = []
    for i, pair in enumerate(pairs):
        for version, said, language in zip("ab", pair, ("en", "ko"), strict=True):
            words = LABELS[label].format(i) if said not in ("lacks", "cannot be seen", "said to lack") else ""
            slot = ("salutation", "body", "close")[i * 3 // len(pairs)]
            unit = dict(message_id="m", slot=slot, element="epithet", form=LABELS[label].format(i), version_id=version, shows=said, words=words)
            rows.append(unit | dict(outlet=LABELS[label].format(version), language=language))
    return plot_versions(pd.DataFrame(rows).reindex(columns=COLUMNS), "a", "b")


FIGURES = {
    "intervals": intervals, "choices": choices, "evidence": evidence, "ladder": ladder, "record": record, "map": chart, "versions": versions,
}  # fmt: skip
