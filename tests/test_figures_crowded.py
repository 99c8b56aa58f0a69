"""Every figure with other data: one row, sixty, long labels, other scripts, equal values, no values, huge ratios. Nothing overlaps."""

import io
import re

import matplotlib
import pytest
from drawn import FIGURES, LABELS, assert_legible, chart, choices, evidence, intervals, record, sizes_of, versions, words_of
from matplotlib.figure import Figure

from comity import CorpusError


@pytest.mark.parametrize("label", LABELS)
@pytest.mark.parametrize("draw", FIGURES.values(), ids=FIGURES)
def test_labels_of_every_length_and_script_are_legible(draw, label):
    assert_legible(draw(5, label))


@pytest.mark.parametrize("n", [1, 2, 60])
@pytest.mark.parametrize("draw", FIGURES.values(), ids=FIGURES)
def test_any_number_of_rows_is_legible(draw, n):
    if n == 60 and draw is record:
        assert_legible(record(4, "long", years=60))  # a row is a year
    else:
        assert_legible(draw(n, "short" if n < 60 or draw is chart else "long"))


NUMBERS = {
    "equal": [2.0] * 5, "nought": [0.0] * 5, "below nought": [-3.0, -3.0, -2.0, -1.0, -8.0], "huge": [1e-12, 1e12, 1.0, 3.0, 5e6],
    "tiny": [1e-9, 2e-9, 3e-9, 4e-9, 5e-9], "without numbers": [float("nan"), 1.0, float("nan"), 2.0, 3.0], "millions": [1e6, 2e6, 3e6, 9e6, 4e6],
    "without limit": [float("inf"), 1.0, 2.0, 3.0, 4.0],
}  # fmt: skip


@pytest.mark.parametrize("values", NUMBERS.values(), ids=NUMBERS)
@pytest.mark.parametrize("draw", [intervals, choices])
def test_any_numbers_are_legible(draw, values):
    assert_legible(draw(values=values))


@pytest.mark.parametrize("values", [NUMBERS[name] for name in ("equal", "huge", "tiny", "millions", "without limit")])
@pytest.mark.parametrize("draw", [intervals, choices])
def test_any_ratios_are_legible(draw, values):
    assert_legible(draw(values=values, log=True, about=1))


def test_no_difference_stays_on_the_axis_when_labels_are_thinned():
    thinned = 0
    for values in ([-4e6, 4e6], [-2e6, 4e6], [-4e6, 2e6], [-1e6, 4e6], [-9e5, 9e5], [-6e6, 1e6]):
        figure = intervals(2, "long", values=values, about=0)
        shown = [label.get_text() for label in figure.axes[0].get_xticklabels()]  # those that are seen
        thinned += len(shown) < len(figure.axes[0].get_xticks())
        assert "0" in shown
        assert_legible(figure)
    assert thinned > 1


@pytest.mark.parametrize("draw", FIGURES.values(), ids=FIGURES)
def test_a_dollar_is_a_dollar(draw):
    assert not [text.get_text() for text, _ in words_of(draw(3, "dollars")) if text.get_parse_math()]


@pytest.mark.parametrize("seen", [(), (0,), (29,), (0, 1), (28, 29), (14, 15), (0, 29), (0, 9), (20, 29)], ids=str)
def test_the_first_and_the_last_time_are_named_wherever_they_are(seen):
    figure = evidence(30, seen=seen)
    assert_legible(figure)
    for drawing in sizes_of(figure):
        named = [text.get_text().split(",")[0] for text in drawing.axes[0].texts if "seen," in text.get_text() or "seen once" in text.get_text()]
        assert named == ([] if not seen else ["first seen", "last seen"] if len(seen) > 1 else ["seen once"])


PLACES = {"one place": [(1, 1)] * 4, "a line": [(i, 0) for i in range(6)], "two heaps": [(0, 0), (0, 0.01), (9, 9), (9, 9.01)]}


@pytest.mark.parametrize("places", PLACES.values(), ids=PLACES)
def test_letters_that_are_alike_are_legible_on_the_map(places):
    assert_legible(chart(3, values=places))


@pytest.mark.parametrize("draw", FIGURES.values(), ids=FIGURES)
def test_the_words_for_who_cannot_see_it_name_how_many(draw):
    alt = draw(5).comity_alt
    assert re.search(r"\b(5|12|10|40)\b", alt) and len(alt) > 60 and "\n" not in alt


NUMBER_BESIDE = {"intervals": "1 of 5", "choices": "2 of 2", "evidence": "2 of 2", "ladder": "3", "record": "(8)", "versions": "shows 5 of 5"}


@pytest.mark.parametrize("name", NUMBER_BESIDE)
def test_how_many_stands_beside(name):
    for drawing in sizes_of(FIGURES[name](5)):
        assert any(NUMBER_BESIDE[name] in text.get_text() for text, _ in words_of(drawing))


def marks_of(figure):
    """The marks of a drawing by their look, without those of the key; not their size, which follows the room that there is."""
    counts = {}
    for collection in (found for axes in figure.axes if axes.axison for found in axes.collections):
        look = (*map(tuple, collection.get_edgecolor().round(2)), len(collection.get_paths()[0].vertices))
        counts[look] = counts.get(look, 0) + len(collection.get_offsets())
    return counts


@pytest.mark.parametrize("draw", FIGURES.values(), ids=FIGURES)
def test_on_a_phone_the_same_is_shown(draw):
    wide, narrow = sizes_of(draw(5))
    assert narrow.get_figwidth() < 0.55 * wide.get_figwidth() and narrow.comity_alt == wide.comity_alt
    assert marks_of(narrow) == marks_of(wide)
    assert {text.get_fontsize() for text, _ in words_of(narrow)} <= {8, 9}


@pytest.mark.parametrize(("label", "n"), [("short", 30), ("long", 5)])
@pytest.mark.parametrize("name", [name for name in FIGURES if name != "map"])
def test_on_a_phone_no_mark_meets_a_word(name, label, n):
    """The labels stand above the rows."""
    _, narrow = sizes_of(FIGURES[name](n, label))
    words = words_of(narrow)
    for axes in narrow.axes:
        for collection in axes.collections:
            radius = (collection.get_sizes()[0] ** 0.5 + collection.get_linewidths()[0]) / 2 / 72 * narrow.dpi if len(collection.get_offsets()) else 0
            for x, y in collection.get_offset_transform().transform(collection.get_offsets()):
                assert not [text.get_text() for text, box in words if box.x0 - radius < x < box.x1 + radius and box.y0 - radius < y < box.y1 + radius]


def test_a_map_that_is_too_full_for_a_phone_has_no_narrow_drawing():
    assert [len(sizes_of(chart(5, label))) for label in ("short", "capitals")] == [2, 1]


def drawn(figure):
    page = io.StringIO()
    with matplotlib.rc_context({"svg.hashsalt": "x", "svg.fonttype": "path"}):
        for drawing in sizes_of(figure):
            drawing.savefig(page, format="svg", metadata={"Date": None})
    return page.getvalue()


ODD = {
    "font.family": "monospace", "font.size": 15, "xtick.color": "red", "xtick.labelsize": 20, "axes.labelsize": 20, "lines.linewidth": 5,
    "axes.grid": True, "xtick.major.size": 9, "axes.unicode_minus": False, "text.color": "red", "axes.xmargin": 0.3, "xtick.minor.visible": True,
    "figure.constrained_layout.h_pad": 0.5, "scatter.edgecolors": "green", "axes.titlelocation": "right", "axes.titlecolor": "red",
}  # fmt: skip


@pytest.mark.parametrize("draw", FIGURES.values(), ids=FIGURES)
def test_the_settings_of_the_reader_change_nothing_and_are_not_changed(draw):
    usual = drawn(draw(4))
    with matplotlib.rc_context(ODD):
        before = dict(matplotlib.rcParams)
        figure = draw(4)
        assert dict(matplotlib.rcParams) == before
        assert drawn(figure) == usual
    assert isinstance(figure, Figure)


def test_more_labels_than_a_map_has_room_for_are_refused():
    with pytest.raises(CorpusError, match="no room for 3 labels"):
        chart(3, "capitals", values=[(0, 0), *[(i % 24, i // 24) for i in range(432)]])


def test_a_version_that_is_not_in_the_table_is_refused():
    with pytest.raises(CorpusError, match="neither 'a' nor 'b'"):
        versions(shows=[("cannot be seen", "lacks")])
