"""The figures as pictures: each looks as it did when somebody last looked at it.

A picture that differs is kept, with the one expected and their difference, in the folder that the message names. When a change is meant,
make the pictures anew, look at each of them, and commit them:

    python tests/test_figures_images.py

The data are made up. Pictures are compared by the root mean square of the difference of their pixels (0 to 255): matplotlib's own tests ask
for 0 on one machine; other builds of the library that draws letters make edges a little lighter or darker.
"""

import shutil
import sys
from pathlib import Path

import pytest
from drawn import FIGURES, versions
from matplotlib.testing.compare import compare_images

CASES = Path(__file__).parent / "cases/figures"
TOLERANCE = 1.0

PICTURES = {
    "intervals": lambda: FIGURES["intervals"](4, about=2), "ratios": lambda: FIGURES["intervals"](4, "cyrillic", log=True, about=1),
    "choices": lambda: FIGURES["choices"](4), "evidence": lambda: FIGURES["evidence"](9), "ladder": lambda: FIGURES["ladder"](4, "hangul"),
    "record": lambda: FIGURES["record"](2, "chinese"), "map": lambda: FIGURES["map"](9),
    "versions": lambda: versions(6, "hangul", [("has", "has"), ("has", "lacks"), ("has", "lacks"), ("lacks", "has"), ("has", "has, retold"), ("cannot be seen", "has")]),
}  # fmt: skip


# Each of them as on a phone.
PICTURES |= {f"{name}-narrow": lambda draw=draw: draw().comity_narrow for name, draw in list(PICTURES.items())}


def save(figure, path):
    # Without the version of matplotlib: the same picture is the same file.
    figure.savefig(path, dpi=72, metadata={"Software": None})


@pytest.fixture
def compare(tmp_path):
    """A figure against the picture of this name: None, or what differs and where it lies."""

    def against(figure, name):
        expected, found = tmp_path / f"{name}-expected.png", tmp_path / f"{name}.png"
        shutil.copy(CASES / f"{name}.png", expected)
        save(figure, found)
        return compare_images(str(expected), str(found), TOLERANCE)

    return against


@pytest.mark.parametrize("name", PICTURES)
def test_it_looks_as_it_did(name, compare):
    assert compare(PICTURES[name](), name) is None


def move(text):
    x, y = text.get_position()
    text.set_position((x + 0.02 * (text.axes.get_xlim()[1] - text.axes.get_xlim()[0]), y))


CHANGES = {
    "a label moved by a fiftieth of the width": ("versions", lambda figure: move(figure.axes[0].texts[3])),
    "another word": ("versions", lambda figure: figure.axes[0].texts[3].set_text("동무")),
    "a mark in another colour": ("evidence", lambda figure: figure.axes[0].collections[0].set_facecolor("#222222")),
    "an open mark filled": ("evidence", lambda figure: figure.axes[0].collections[1].set_facecolor("#222222")),
    "a broken line unbroken": ("versions", lambda figure: next(line for line in figure.axes[0].lines if line.get_color() == "#8c2f39").set_linestyle("-")),
}  # fmt: skip


@pytest.mark.parametrize("change", CHANGES)
def test_a_small_change_is_seen_and_kept_where_the_message_says(change, compare):
    name, make = CHANGES[change]
    figure = PICTURES[name]()
    make(figure)
    message = compare(figure, name)
    assert message is not None
    kept = [line.strip() for line in message.splitlines() if line.strip().endswith("-failed-diff.png")]
    assert kept and Path(kept[0]).is_file()


def test_every_picture_is_of_a_figure():
    assert {path.stem for path in CASES.glob("*.png")} == set(PICTURES)


if __name__ == "__main__":
    for name, draw in PICTURES.items():
        save(draw(), CASES / f"{name}.png")
        print(f"{CASES.name}/{name}.png", file=sys.stderr)
