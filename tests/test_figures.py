"""Figures: as many marks as rows, words for who cannot see them, and nobody's settings changed."""

import matplotlib
import pandas as pd
import pytest

from comity import CorpusError, find_evidence, find_ladder, gather_letters, measure_record, read_corpus, read_measurements, try_choices
from comity.contrasts import map_messages
from comity.figures import plot_choices, plot_evidence, plot_intervals, plot_ladder, plot_map, plot_record


@pytest.fixture(scope="module")
def corpus():
    return read_corpus()


@pytest.fixture(scope="module")
def states(corpus):
    return find_evidence("respected", corpus, sender="Kim Jong Un", recipient="Xi Jinping")


def marks(axes):
    return sum(len(collection.get_offsets()) for collection in axes.collections)


def test_every_message_is_a_mark(corpus):
    record = measure_record(corpus)
    panels = [axes for axes in plot_record(record).axes if axes.get_title(loc="left")]
    assert [marks(axes) for axes in panels] == record.groupby(["sender", "recipient"]).size().sort_values(ascending=False).tolist()


def test_no_two_marks_of_a_year_touch(corpus):
    for axes in plot_record(measure_record(corpus)).axes:
        spots = [tuple(spot) for collection in axes.collections for spot in collection.get_offsets()] if axes.get_title(loc="left") else []
        for year in {y for _, y in spots}:
            days = sorted(x for x, y in spots if y == year)
            assert all(later - earlier > 14 for earlier, later in zip(days, days[1:]))


def test_every_letter_and_slot_is_a_mark(states):
    figure = plot_evidence(states, "respected")
    assert marks(figure.axes[0]) == len(states)
    assert [label.get_text() for label in figure.axes[0].get_yticklabels()] == ["opening line", "main text", "closing wish", "not said where"]


def test_the_alternative_text_names_n_and_the_ends(states):
    alt = plot_evidence(states, "respected").comity_alt
    seen = states[states["state"] == "attested"]["date"]
    for fact in (f"{states['message_id'].nunique()} letters", f"{seen.min():%-d %B %Y}", f"{seen.max():%-d %B %Y}"):
        assert fact in alt


def test_a_form_that_was_never_seen_can_be_drawn(states):
    assert "none of them" in plot_evidence(states.assign(state="not observable"), "respected").comity_alt


def test_drawing_leaves_the_settings_alone(corpus):
    before = dict(matplotlib.rcParams)
    plot_record(measure_record(corpus))
    assert dict(matplotlib.rcParams) == before


def test_the_words_of_a_figure_stay_inside_it(states, corpus):
    """No label is cut at the edge of the paper, at either size."""
    for figure in (plot_evidence(states, "respected"), plot_record(measure_record(corpus))):
        figure.draw_without_rendering()
        renderer = figure.canvas.get_renderer()
        for text in figure.findobj(matplotlib.text.Text):
            if text.get_text() and text.get_visible():
                box = text.get_window_extent(renderer)
                assert -1 <= box.x0 and box.x1 <= figure.bbox.width + 1, text.get_text()


def test_labels_do_not_overlap(states):
    figure = plot_evidence(states, "respected")
    figure.draw_without_rendering()
    renderer = figure.canvas.get_renderer()
    boxes = [text.get_window_extent(renderer) for axes in figure.axes for text in axes.texts]
    assert not any(a.overlaps(b) for i, a in enumerate(boxes) for b in boxes[i + 1:])


PAIRS = [("Kim Jong Un", "Vladimir Putin"), ("Kim Jong Un", "Xi Jinping"), ("Vladimir Putin", "Kim Jong Un"), ("Xi Jinping", "Kim Jong Un")]


@pytest.fixture(scope="module", params=PAIRS, ids=" to ".join)
def ladder(corpus, request):
    return find_ladder(corpus, *request.param)


def crowded(ladder):
    """The same ladder with far more rows, long names and neighbouring years of one letter each."""
    longer = ladder.assign(form=ladder["form"] + " of the working people")
    days = dict(zip(ladder["message_id"].unique(), pd.date_range("1999-01-01", periods=ladder["message_id"].nunique(), freq="YS")))
    return pd.concat([ladder, longer]).assign(date=lambda rows: rows["message_id"].map(days))


@pytest.mark.parametrize("shape", [lambda ladder: ladder, crowded, lambda ladder: ladder[ladder["form"] == ladder["form"].iloc[0]]], ids=["as it is", "crowded", "one row"])
def test_a_ladder_has_a_mark_for_every_row_and_no_words_that_meet(ladder, shape):
    table = shape(ladder)
    figure = plot_ladder(table)
    axes = figure.axes[0]
    assert marks(axes) == len(table)
    figure.draw_without_rendering()
    renderer = figure.canvas.get_renderer()
    words = [text for text in figure.findobj(matplotlib.text.Text) if text.get_text().strip() and text.get_visible()]
    boxes = [text.get_window_extent(renderer) for text in words]
    for i, box in enumerate(boxes):
        assert -1 <= box.x0 and box.x1 <= figure.bbox.width + 1 and -1 <= box.y0 and box.y1 <= figure.bbox.height + 1, words[i].get_text()
        assert not [words[j].get_text() for j in range(i) if box.overlaps(boxes[j])], words[i].get_text()
    area = axes.get_window_extent(renderer)
    assert area.width > figure.bbox.width / 4
    assert not [text.get_text() for text, box in zip(words, boxes) if text in axes.texts and box.x0 < area.x1]


def test_the_marks_of_a_ladder_do_not_touch(ladder):
    figure = plot_ladder(ladder)
    figure.draw_without_rendering()
    axes = figure.axes[0]
    spots = [axes.transData.transform(spot) for collection in axes.collections for spot in collection.get_offsets()]
    in_row = {round(y): sorted(x for x, other in spots if round(other) == round(y)) for _, y in spots}
    radius = max(collection.get_sizes().max() for collection in axes.collections) ** 0.5 / 72 * figure.dpi
    assert all(right - left > radius for row in in_row.values() for left, right in zip(row, row[1:]))


def test_every_state_of_a_ladder_has_its_own_shape_and_stands_in_the_key(ladder):
    figure = plot_ladder(ladder)
    shapes = {(tuple(map(tuple, path.vertices.round(3))), bool(collection.get_facecolor().size)) for collection in figure.axes[0].collections
              if len(collection.get_offsets()) for path in collection.get_paths()}
    drawn = [collection for collection in figure.axes[0].collections if len(collection.get_offsets())]
    key = [text.get_text() for axes in figure.axes[1:] for text in axes.texts]
    assert len(shapes) == len(drawn) == len(key) == len(set(key))


def test_the_words_of_a_ladder_name_every_form_with_its_ends(ladder):
    alt = plot_ladder(ladder).comity_alt
    for form, rung in ladder.groupby("form"):
        assert f"“{form}”" in alt
        assert rung["first"].isna().all() or f"{rung['first'].iloc[0]:%-d %B %Y}" in alt
    assert f"{ladder['message_id'].nunique()} letters" in alt


def test_a_ladder_without_rows_is_refused(ladder):
    with pytest.raises(CorpusError, match="no rows"):
        plot_ladder(ladder.head(0))


# --- Dots with intervals, the specification curve, the map.

def rows(n=4, **more):
    table = pd.DataFrame({"who": [f"leader {chr(97 + i)}" for i in range(n)], "rate": [float(i + 1) for i in range(n)], "n": range(n)})
    return table.assign(low=table["rate"] / 2, high=table["rate"] * 2, **more)


LOOKS = dict(label="who", value="rate", low="low", high="high", axis="terms in 100 words")


def words_of(figure):
    figure.draw_without_rendering()
    renderer = figure.canvas.get_renderer()
    words = [text for text in figure.findobj(matplotlib.text.Text) if text.get_text().strip() and text.get_visible()]
    return [(text, text.get_window_extent(renderer)) for text in words]


def assert_legible(figure):
    """Every word inside the paper, and no two meet."""
    words = words_of(figure)
    for i, (text, box) in enumerate(words):
        assert -1 <= box.x0 and box.x1 <= figure.bbox.width + 1 and -1 <= box.y0 and box.y1 <= figure.bbox.height + 1, text.get_text()
        assert not [other.get_text() for other, area in words[:i] if box.overlaps(area)], text.get_text()


@pytest.mark.parametrize("n", [1, 2, 9, 30])
def test_every_row_is_a_dot_in_the_order_of_the_table(n):
    figure = plot_intervals(rows(n), beside="n", heads=("", "letters"), **LOOKS)
    assert marks(figure.axes[0]) == n
    assert [label.get_text() for label in figure.axes[0].get_yticklabels()] == rows(n)["who"].tolist()
    assert_legible(figure)


def test_the_words_of_intervals_name_the_ends():
    alt = plot_intervals(rows(), **LOOKS).comity_alt
    assert "4 rows" in alt and "Highest: leader d, 4 (2 to 8)" in alt and "Lowest: leader a, 1 (0.5 to 2)" in alt


def test_rows_that_are_only_listed_are_no_extremes():
    alt = plot_intervals(rows(faint=["no", "no", "no", "yes"]), faint="faint", **LOOKS).comity_alt
    assert "Highest: leader c" in alt


def test_a_row_without_a_value_has_its_words_only():
    figure = plot_intervals(rows().assign(rate=[1.0, float("nan"), 2.0, 3.0], low=[0.5, float("nan"), float("nan"), 1.0]), **LOOKS)
    assert marks(figure.axes[0]) == 3 and len(figure.axes[0].get_yticklabels()) == 4


def test_a_ratio_without_a_number_stands_open_at_the_edge():
    table = rows(3).assign(rate=[2.0, float("inf"), 0.0], low=[1.0, 0.5, 0.0], high=[4.0, float("inf"), 3.0])
    figure = plot_intervals(table, about=1, log=True, **LOOKS)
    axes = figure.axes[0]
    dots = [(collection.get_offsets()[0][0], collection.get_facecolor().size) for collection in axes.collections]
    assert dots[1][0] == pytest.approx(axes.get_xlim()[1]) and dots[2][0] == pytest.approx(axes.get_xlim()[0])
    assert [bool(size) for _, size in dots] == [True, False, False]
    assert_legible(figure)


def test_an_interval_that_leaves_the_drawing_ends_in_an_arrow():
    axes = plot_intervals(rows(1), limits=(0, 1.5), **LOOKS).axes[0]
    assert [line.get_marker() for line in axes.lines if line.get_marker() not in ("None", "")] == [">"]


@pytest.mark.parametrize("table", [rows(0), rows(2).assign(rate=float("nan"))], ids=["no rows", "no values"])
def test_intervals_without_a_value_are_refused(table):
    with pytest.raises(CorpusError, match="nothing to draw"):
        plot_intervals(table, **LOOKS)


def tried(values=3):
    choices = {"unit": {"by words": 1, "by sentences": 10}, "side": {f"side {chr(97 + i)}": i - 1 for i in range(values)}}
    return try_choices(lambda unit, side: {"estimate": side / unit, "low": side / unit - 0.5, "high": side / unit + 0.5}, choices)


@pytest.mark.parametrize("values", [2, 3, 9])
def test_a_specification_curve_has_a_mark_for_every_combination_and_choice(values):
    table = tried(values)
    figure = plot_choices(table, "difference")
    curve, below = figure.axes[0], figure.axes[1]
    usual = int(table["usual"].sum())
    assert marks(curve) == len(table) + usual
    assert marks(below) == 2 * len(table)
    assert_legible(figure)


def test_the_usual_choices_come_first():
    below = plot_choices(tried(), "difference").axes[1]
    assert [label.get_text() for label in below.get_yticklabels()][:3] == ["by words", "by sentences", "side a"]


def test_the_words_of_a_curve_count_what_holds_and_what_could_not_be_asked():
    def picky(unit, side):
        if side == "no":
            raise CorpusError("not counted")
        return unit

    table = try_choices(picky, {"unit": [1, -1], "side": ["yes", "no"]})
    alt = plot_choices(table, "difference").comity_alt
    assert "under 2 combinations of 2 choices, from -1 to 1. The answer holds in 1." in alt and "In 2 more it could not be asked." in alt


def test_a_curve_of_nothing_is_refused():
    with pytest.raises(CorpusError, match="under no combination"):
        plot_choices(try_choices(lambda unit: float("nan"), {"unit": [1]}), "difference")


@pytest.fixture(scope="module")
def chart(corpus):
    return map_messages(gather_letters(read_measurements(), corpus))


def test_every_letter_of_the_map_is_a_mark_and_labels_do_not_meet(chart):
    label = {message: f"letter {chr(97 + i)}" for i, message in enumerate(chart["message_id"].head(8))}
    figure = plot_map(chart, label)
    assert marks(figure.axes[0]) == len(chart)
    boxes = [box for text, box in words_of(figure) if text.get_text() in label.values()]
    assert len(boxes) == len(label) and not any(a.overlaps(b) for i, a in enumerate(boxes) for b in boxes[:i])


def test_a_label_of_no_letter_is_refused(chart):
    with pytest.raises(CorpusError, match="no message 'nobody'"):
        plot_map(chart, {"nobody": "nobody"})


def test_the_words_of_the_map_name_the_letters_and_the_axes(chart):
    first = chart.iloc[0]
    alt = plot_map(chart, {first["message_id"]: "the first"}).comity_alt
    assert f"{len(chart)} letters" in alt and f"{first['date']:%-d %B %Y}" in alt and first["pulls_x"].split("|")[0] in alt
