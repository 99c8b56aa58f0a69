"""Figures: as many marks as rows, words for who cannot see them, and nobody's settings changed."""

import re
from pathlib import Path

import matplotlib
import numpy as np
import pandas as pd
import pytest
from drawn import FIGURES, assert_legible, words_of

from comity import CorpusError, find_evidence, find_ladder, gather_letters, measure_record, read_corpus, read_measurements, show, try_choices
from comity.contrasts import map_messages
from comity.evidence import NOT_ASKED
from comity.forms import name_forms
from comity.figures import plot_choices, plot_evidence, plot_intervals, plot_ladder, plot_map, plot_record
from comity.figures.style import GREY, PERSON

STYLE = (Path(__file__).parents[1] / "src/comity/report/template/style.css").read_text(encoding="utf-8")


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


def test_a_place_that_was_not_asked_has_a_mark_words_in_the_key_and_a_clause(states):
    figure, without = plot_evidence(states, "respected"), plot_evidence(states.assign(reason=""), "respected")
    unasked = states[states["reason"] == NOT_ASKED]
    assert "letter has it in another part" in key_of(figure) and "letter has it in another part" not in key_of(without)
    upright = [collection for collection in figure.axes[0].collections if not np.ptp(collection.get_paths()[0].vertices[:, 0])]
    assert [len(collection.get_offsets()) for collection in upright] == [len(unasked)]
    assert f"In {unasked['message_id'].nunique()} letters a place is seen but not asked about" in figure.comity_alt
    assert "asked" not in without.comity_alt
    # The counts beside the rows are of what was seen with the word and without it.
    beside = [[text.get_text() for text in each.axes[0].texts] for each in (figure, without)]
    assert beside[0] == beside[1]


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
    assert "“excellency”" not in alt and "“mr”" not in alt
    for form, rung in ladder.assign(form=name_forms(ladder)).groupby("form"):
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


def spots_of(figure):
    """Where the marks of the drawing stand, with their radius, in dots."""
    figure.draw_without_rendering()
    found = []
    for collection in figure.axes[0].collections:
        radius = (collection.get_sizes()[0] ** 0.5 + collection.get_linewidths()[0]) / 2 / 72 * figure.dpi
        found += [(*collection.get_offset_transform().transform(spot), radius) for spot in collection.get_offsets()]
    return found


PAPER = matplotlib.colors.to_rgba("#fffdf9")


def filled(axes):
    """Of each mark whether it is filled: not with nothing, and not with the colour of the paper."""
    return [bool(len(face := collection.get_facecolor())) and tuple(face[0]) != PAPER for collection in axes.collections for _ in collection.get_offsets()]


def key_of(figure):
    return [text.get_text() for axes in figure.axes if not axes.axison for text in axes.texts]


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
    assert "4 rows, 3 of them ranked:" in alt
    assert "Highest of those ranked: leader c" in alt and "Lowest of those ranked: leader a" in alt


def test_where_none_is_ranked_the_words_say_so():
    alt = plot_intervals(rows(faint="yes"), faint="faint", **LOOKS).comity_alt
    assert "4 rows, none of them ranked:" in alt and "Highest: leader d" in alt


def test_the_words_say_what_has_no_limit():
    table = rows(2).assign(rate=[2.0, float("inf")], low=[1.0, 0.5], high=[float("inf"), float("inf")])
    alt = plot_intervals(table, log=True, **LOOKS).comity_alt
    assert "Highest: leader b, without limit (0.5 or more). Lowest: leader a, 2 (1 or more)." in alt


def test_a_row_without_a_value_has_its_words_only():
    figure = plot_intervals(rows().assign(rate=[1.0, float("nan"), 2.0, 3.0], low=[0.5, float("nan"), float("nan"), 1.0]), **LOOKS)
    assert marks(figure.axes[0]) == 3 and len(figure.axes[0].get_yticklabels()) == 4


def test_a_ratio_without_a_number_stands_beyond_the_edge():
    table = rows(3).assign(rate=[2.0, float("inf"), 0.0], low=[1.0, 0.5, 0.0], high=[4.0, float("inf"), 3.0])
    figure = plot_intervals(table, about=1, log=True, beside="n", heads=("who", "letters"), **LOOKS)
    axes, spots = figure.axes[0], spots_of(figure)
    area = axes.get_window_extent()
    assert spots[1][0] - spots[1][2] > area.x1 and spots[2][0] + spots[2][2] < area.x0 and area.x0 < spots[0][0] < area.x1
    assert_legible(figure)
    words = [box for _, box in words_of(figure)]
    assert not [spot for spot in spots for box in words if box.x0 - spot[2] < spot[0] < box.x1 + spot[2] and box.y0 < spot[1] < box.y1]


@pytest.mark.parametrize(("limits", "arrows"), [((0, 1.5), 1), ((0.6, 1.5), 2), ((0.6, 3), 1), ((0, 3), 0)])
def test_an_interval_that_leaves_the_drawing_ends_in_an_arrow(limits, arrows):
    assert len(plot_intervals(rows(1), limits=limits, **LOOKS).axes[0].patches) == arrows


@pytest.mark.parametrize("log", [False, True])
def test_no_mark_and_no_arrow_meet(log):
    """Values near both edges, at them and beyond them, with intervals that go on."""
    rates = [0.5, 0.501, 0.51, 0.4, 1.0, 1.99, 1.999, 2.0, 5.0, float("inf")]
    table = pd.DataFrame({"who": [str(rate) for rate in rates], "rate": rates, "low": 0.1, "high": 9.0, "n": 1})
    figure = plot_intervals(table, limits=(0.5, 2.0), log=log, beside="n", **LOOKS)
    figure.draw_without_rendering()
    arrows = [patch.get_window_extent() for patch in figure.axes[0].patches]
    assert len(arrows) == 2 * len(rates)
    for x, y, radius in spots_of(figure):
        assert not [arrow for arrow in arrows if arrow.y0 < y < arrow.y1 and arrow.x0 - radius < x < arrow.x1 + radius]
        assert 0 < x - radius and x + radius < figure.bbox.width


def test_where_a_line_is_drawn_what_leaves_it_out_is_filled():
    table = rows(4).assign(rate=[1.2, 0.5, 2.0, 3.0], low=[1.1, 0.2, 1.0, float("nan")], high=[2.0, 0.9, 4.0, float("nan")])
    figure = plot_intervals(table, about=1, log=True, **LOOKS)
    assert filled(figure.axes[0]) == [True, True, False, False]
    assert key_of(figure) == ["the interval, taken alone, leaves out “equal”", "it does not"]
    assert "Taken alone, the interval leaves out “equal” in 2 of 4: leader a, leader b." in figure.comity_alt
    assert "Taken alone, the interval leaves out 0.9 in none of 4." in plot_intervals(table.assign(low=0.1, high=9), about=0.9, **LOOKS).comity_alt
    assert not key_of(plot_intervals(table, **LOOKS))


def test_rows_that_are_only_listed_are_open_smaller_and_in_the_key():
    figure = plot_intervals(rows(faint=["no", "yes", "no", "no"]), faint="faint", **LOOKS)
    assert filled(figure.axes[0]) == [True, False, True, True]
    sizes = [collection.get_sizes()[0] for collection in figure.axes[0].collections]
    assert sizes[1] < sizes[0] == sizes[2] == sizes[3]
    assert key_of(figure) == ["ranked", "listed, not ranked"]
    assert_legible(figure)


def test_who_has_a_colour_keeps_it_where_he_is_only_listed():
    figure = plot_intervals(rows(faint="yes", who=["a", "b", "Xi Jinping", "Vladimir Putin"]), faint="faint", person="who", **LOOKS)
    labels = [text.get_color() for text in figure.axes[0].get_yticklabels()]
    assert labels == [GREY, GREY, PERSON["Xi Jinping"], PERSON["Vladimir Putin"]]


@pytest.mark.parametrize(("values", "whole"), [([1.0, 3.0, 4.0, 2.0], True), ([0.0, 1.0, 1.0, 1.0], True), ([1.0, 2.5, 3.0, 4.0], False)])
def test_counts_have_whole_ticks(values, whole):
    table = rows(4).assign(rate=values, low=float("nan"), high=float("nan"))
    ticks = plot_intervals(table, **LOOKS).axes[0].get_xticks()
    assert len(ticks) > 1 and (not whole or all(tick == int(tick) for tick in ticks))
    curve = plot_choices(try_choices(lambda at: values[at], {"at": [0, 1, 2, 3]}), "letters").axes[0].get_yticks()
    assert len(curve) > 1 and (not whole or all(tick == int(tick) for tick in curve))


def test_ticks_are_round():
    ticks = plot_intervals(rows(1), **LOOKS | {"value": "low"}, limits=(-0.02, 1.02)).axes[0].get_xticks()
    assert list(ticks) == pytest.approx([0, 0.2, 0.4, 0.6, 0.8, 1])


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


def test_the_usual_choices_come_first_each_choice_under_its_name():
    below = plot_choices(tried(), "difference").axes[1]
    assert [label.get_text() for label in below.get_yticklabels()][:5] == ["unit", "by words", "by sentences", "side", "side a"]


def test_a_combination_without_a_number_stands_beyond_the_edge():
    table = try_choices(lambda at: {"estimate": at, "low": 0.5, "high": float("inf")}, {"at": {"one": 1.0, "two": 2.0, "none": float("inf")}}, ">", 1)
    figure = plot_choices(table, "a ratio of one to the other that has a rather long name, so that it stands also above the last of them", about=1, log=True)
    spots, area = spots_of(figure), figure.axes[0].get_window_extent()
    assert sorted(y - radius > area.y1 for _, y, radius in spots) == [False, False, False, True]
    arrows = [patch.get_window_extent() for patch in figure.axes[0].patches]
    assert len(arrows) == 3 and "from 1 to without limit." in figure.comity_alt
    for x, y, radius in spots:
        assert not [arrow for arrow in arrows if arrow.x0 - radius < x < arrow.x1 + radius and arrow.y0 - radius < y < arrow.y1 + radius]
        assert not [text.get_text() for text, box in words_of(figure) if box.x0 < x < box.x1 and box.y0 - radius < y < box.y1 + radius]
    assert_legible(figure)


def test_combinations_whose_interval_leaves_out_the_line_are_filled():
    asked = {"a": (2, 1, 3), "b": (1, -1, 3), "c": (-1, -2, 1), "d": (-2, -3, -1)}
    table = try_choices(lambda at: dict(zip(("estimate", "low", "high"), at)), {"at": asked})
    figure = plot_choices(table, "difference")
    for axes in figure.axes[:2]:
        small = [collection for collection in axes.collections if collection.get_sizes()[0] < 50]
        looks = {spot[0]: (len(collection.get_paths()[0]), tuple(collection.get_facecolor()[0]) != PAPER) for collection in small for spot in collection.get_offsets()}
        circle, diamond = looks[3][0], looks[0][0]
        assert circle != diamond and [looks[x] for x in range(4)] == [(diamond, True), (diamond, False), (circle, False), (circle, True)]
    assert key_of(figure) == [
        "holds", "holds, but the interval reaches the line", "does not hold", "does not hold, but the interval reaches the line", "the usual choices",
    ]  # fmt: skip
    assert "The interval leaves out the line in 1 of the 2 that hold and in 1 of the 2 that do not." in figure.comity_alt
    assert_legible(figure)


def test_answers_are_told_by_shape_and_never_by_the_colour_of_a_person():
    figure = plot_choices(try_choices(lambda at: {"estimate": at, "low": at - 1.5, "high": at + 1.5}, {"at": [-2, -1, 1, 2]}), "difference")
    drawn = {tuple(edge) for axes in figure.axes for collection in axes.collections for edge in collection.get_edgecolor()}
    assert not drawn & {matplotlib.colors.to_rgba(colour) for colour in PERSON.values()}


def test_in_a_row_of_sixty_choices_a_filled_mark_is_plainly_not_an_open_one():
    """The hole of an open mark is wider than its line, and neighbours do not meet."""
    table = try_choices(lambda at, by: {"estimate": at, "low": at - 30, "high": at + 30}, {"at": list(range(30)), "by": ["words", "sentences"]})
    below = plot_choices(table, "difference").axes[1]
    marks = [(collection.get_sizes()[0] ** 0.5, collection.get_linewidths()[0]) for collection in below.collections]
    step = abs(below.transData.transform((1, 0))[0] - below.transData.transform((2, 0))[0])
    points = step * 72 / below.figure.dpi
    assert all(3 < size and size - line > 2.5 * line and size + line < points + 0.2 for size, line in marks)


def test_the_words_of_a_curve_count_what_holds_and_what_could_not_be_asked():
    def picky(unit, side):
        if side == "no":
            raise CorpusError("not counted")
        return unit

    table = try_choices(picky, {"unit": [1, -1], "side": ["yes", "no"]})
    alt = plot_choices(table, "difference").comity_alt
    assert "under 2 combinations of 2 choices, from -1 to 1. The answer holds in 1." in alt and "In 2 more it could not be asked." in alt


def test_without_intervals_the_key_says_nothing_of_them():
    assert key_of(plot_choices(try_choices(lambda at: at, {"at": [1, 2]}), "difference")) == ["holds", "the usual choices"]


def on_a_phone(narrow):
    """How many pixels of a page 360 wide a point of the narrow drawing has: the page has a margin of a rem on each side."""
    percent = float(re.search(r"max-width: 40rem.*?html \{ font-size: ([\d.]+)%", STYLE, re.S)[1])
    return (360 - 2 * 16 * percent / 100) / (narrow.get_figwidth() * 72)


@pytest.mark.parametrize("name", FIGURES)
def test_every_word_can_be_read_on_a_phone_without_scrolling(name):
    narrow = FIGURES[name](9).comity_narrow
    assert min(text.get_fontsize() for text, _ in words_of(narrow)) * on_a_phone(narrow) >= 11
    assert_legible(narrow)


def test_choices_with_long_names_can_be_read_on_a_phone():
    long = "warmth, without the terms that were recorded from these very letters"
    narrow = plot_choices(tried().rename(columns={"side": "letters that count"}).replace("side b", long), "difference").comity_narrow
    assert {"unit", "letters that count", long} <= {" ".join(text.get_text().split()) for text in narrow.axes[1].texts}


def test_a_page_has_both_sizes_with_the_same_words_and_ids_of_their_own():
    html = show(FIGURES["versions"](3, "hangul"), caption="One").html + show(FIGURES["intervals"](3), caption="Two").html
    assert re.findall(r'<svg class="(\w+)"', html) == ["wide", "narrow"] * 2 and 'class="scroll"' not in html
    words = re.findall(r'aria-label="([^"]+)"', html)
    assert words[0] == words[1] != words[2] == words[3]
    ids = re.findall(r' id="([^"]+)"', html)
    assert len(ids) == len(set(ids)) and set(re.findall(r'(?:href="#|url\(#)([^")]+)', html)) <= set(ids)


def test_a_figure_without_a_narrow_size_scrolls_in_its_box():
    figure = FIGURES["intervals"](3)
    figure.comity_narrow = None
    html = show(figure, caption="One").html
    assert html.count("<svg") == 1 and '<div class="scroll" role="group" tabindex="0"' in html and 'class="wide"' not in html
    assert "figure .scroll svg { width: 34rem; }" in STYLE


def test_the_style_sheet_shows_one_size_at_a_time_and_prints_the_wide_one():
    """Plain rules first, then those for a small screen: paper is no screen."""
    usual, small = STYLE.split("@media screen and (max-width: 40rem) {", 1)
    small = small[: small.index("\n}")]
    assert "figure svg.narrow { display: none; }" in usual and "svg.wide" not in usual
    assert "figure svg.wide { display: none; }" in small and "figure svg.narrow { display: block;" in small


@pytest.mark.parametrize("values", [3, 30])
def test_marks_of_neighbouring_combinations_can_be_told_apart(values):
    figure = plot_choices(tried(values), "difference")
    figure.draw_without_rendering()
    for axes in figure.axes[:2]:
        step = np.diff(axes.transData.transform([(0, 0), (1, 0)])[:, 0])[0]
        small = [collection for collection in axes.collections if len(collection.get_offsets()) and collection.get_sizes()[0] < 50]
        assert all((collection.get_sizes()[0] ** 0.5 + collection.get_linewidths()[0]) / 72 * figure.dpi < step for collection in small)


# What carries no meaning: the lines behind the marks that only lead the eye.
HAIRLINE = 0.6


def colours(figure):
    """The colours of marks, lines, arrows and words, as they lie on the paper."""
    for axes in figure.axes:
        for collection in axes.collections:
            edge, face = collection.get_edgecolor(), collection.get_facecolor()
            yield from (tuple(colour) for colour in (edge if len(edge) else face))
        yield from (matplotlib.colors.to_rgba(line.get_color(), line.get_alpha()) for line in axes.lines if line.get_linewidth() > HAIRLINE)
        yield from (patch.get_facecolor() for patch in axes.patches)
        yield from (matplotlib.colors.to_rgba(text.get_color()) for text in axes.findobj(matplotlib.text.Text) if text.get_text())


def luminance(colour):
    return float(np.dot([0.2126, 0.7152, 0.0722], [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in colour]))


def contrast(one, other):
    lighter, darker = sorted([luminance(one), luminance(other)], reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


def at_night(colour, inverted):
    """What the style sheet makes of a colour: filter: invert(x) hue-rotate(180deg), as Filter Effects Level 1 defines them."""
    turn = np.array([[-0.574, 1.43, 0.144], [0.426, 0.43, 0.144], [0.426, 1.43, -0.856]])
    return np.clip(turn @ (inverted - np.array(colour) * (2 * inverted - 1)), 0, 1)


@pytest.mark.parametrize("draw", [
    lambda chart: plot_intervals(rows(faint=["no", "yes", "yes", "no"], who=["a", "b", "Xi Jinping", "Vladimir Putin"]), faint="faint", person="who", about=1, limits=(0, 5), **LOOKS),
    lambda chart: plot_choices(tried(), "difference"),
    lambda chart: plot_map(chart, {chart["message_id"][0]: "one"}),
], ids=["intervals", "choices", "map"])  # fmt: skip
def test_marks_and_words_stand_out_from_the_page_by_day_and_by_night(draw, chart):
    """3:1 for marks and lines, as WCAG 2.2 asks of graphics; words have more."""
    day, night = (matplotlib.colors.to_rgb(found) for found in re.findall(r"--paper: (#\w{6})", STYLE))
    inverted = float(re.search(r"figure svg \{ filter: invert\(([\d.]+)\) hue-rotate\(180deg\)", STYLE)[1])
    drawn = set(colours(draw(chart)))
    assert drawn
    for *colour, alpha in drawn:
        on_day = alpha * np.array(colour) + (1 - alpha) * np.array(day)
        on_night = alpha * at_night(colour, inverted) + (1 - alpha) * np.array(night)
        assert contrast(on_day, day) >= 3 and contrast(on_night, night) >= 3, matplotlib.colors.to_hex(colour)


def test_letters_of_the_map_without_a_label_are_open(chart):
    first = chart["message_id"][0]
    figure = plot_map(chart, {first: "the first"})
    assert filled(figure.axes[0]) == [message == first for message in chart["message_id"]]


def test_a_curve_of_nothing_is_refused():
    with pytest.raises(CorpusError, match="under no combination"):
        plot_choices(try_choices(lambda unit: float("nan"), {"unit": [1]}), "difference")


@pytest.fixture(scope="module")
def chart(corpus):
    return map_messages(gather_letters(read_measurements(), corpus))


@pytest.mark.parametrize("which", ["the first", "those side by side"])
def test_every_letter_of_the_map_is_a_mark_and_labels_do_not_meet(chart, which):
    near = chart.assign(far=((chart[["x", "y"]] - chart[["x", "y"]].iloc[-1]) ** 2).sum(axis=1)).nsmallest(9, "far")
    label = {message: f"letter {chr(97 + i)}" for i, message in enumerate((chart.head(8) if which == "the first" else near)["message_id"])}
    figure = plot_map(chart, label)
    assert marks(figure.axes[0]) == len(chart)
    words_of(figure)
    boxes = [matplotlib.text.Text.get_window_extent(text) for text in figure.axes[0].texts if text.get_text() in label.values()]
    assert len(boxes) == len(label) and not any(a.overlaps(b) for i, a in enumerate(boxes) for b in boxes[:i])
    for x, y, radius in spots_of(figure):
        assert not [box for box in boxes if box.x0 - radius < x < box.x1 + radius and box.y0 - radius < y < box.y1 + radius]


def test_labels_of_the_map_stay_on_the_paper_and_off_the_words_of_the_axes(chart):
    outside = pd.concat([chart.nlargest(2, "x"), chart.nsmallest(2, "x"), chart.nlargest(2, "y"), chart.nsmallest(2, "y")])["message_id"]
    figure = plot_map(chart, {message: "a letter with a long name, number " + str(i) for i, message in enumerate(outside.unique())})
    figure.draw_without_rendering()
    boxes = [matplotlib.text.Text.get_window_extent(text) for text in figure.axes[0].texts]
    for i, box in enumerate(boxes):
        assert 0 <= box.x0 and box.x1 <= figure.bbox.width and 0 <= box.y0 and box.y1 <= figure.bbox.height
        assert not any(box.overlaps(other) for other in boxes[:i])


def test_a_label_of_no_letter_is_refused(chart):
    with pytest.raises(CorpusError, match="no message 'nobody'"):
        plot_map(chart, {"nobody": "nobody"})


def test_the_words_of_the_map_name_the_letters_and_the_axes(chart):
    first = chart.iloc[0]
    alt = plot_map(chart, {first["message_id"]: "the first"}).comity_alt
    assert f"{len(chart)} letters" in alt and f"{first['date']:%-d %B %Y}" in alt and first["pulls_x"].split("|")[0] in alt
