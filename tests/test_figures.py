"""Figures: as many marks as rows, words for who cannot see them, and nobody's settings changed."""

import matplotlib
import pandas as pd
import pytest

from comity import find_evidence, measure_record, read_corpus
from comity.figures import plot_evidence, plot_record


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
