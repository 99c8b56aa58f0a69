"""The colours of the figures, as colour-blind eyes see them: every pair that means something stays apart, by day and by night."""

import re
from itertools import combinations
from pathlib import Path

import matplotlib
import numpy as np
import pandas as pd
import pytest

from comity.figures.style import ACCENT, GREY, INK, PALE, PAPER, PERSON

STYLE = (Path(__file__).parents[1] / "src/comity/report/template/style.css").read_text(encoding="utf-8")
CASES = Path(__file__).parent / "cases/figures"

# Colours that tell something; the accent is one of them under another name.
MEANING = {"ink": INK, "grey": GREY, "pale": PALE, "accent": ACCENT, **PERSON}
# CIE 1976. A difference of about 2.3 is just noticeable (Mahy, Van Eycken & Oosterlinck 1994); this is more than four times as much.
APART = 10
EYES = ["none", "protanopia", "deuteranopia", "tritanopia"]


def matrices():
    """How somebody sees who has no cones of one kind: Machado, Oliveira & Fernandes 2009, for linear RGB."""
    rows = pd.read_csv(CASES / "machado.csv").groupby("deficiency")[["r", "g", "b"]]
    return {name: table.to_numpy() for name, table in rows} | {"none": np.eye(3)}


def linear(colour):
    colour = np.asarray(colour, dtype=float)
    return np.where(colour <= 0.04045, colour / 12.92, ((colour + 0.055) / 1.055) ** 2.4)


def lab(light):
    """CIELAB (D65, two degrees) of linear sRGB, as CIE 15 and IEC 61966-2-1 define them."""
    to_xyz = np.array([[0.4124, 0.3576, 0.1805], [0.2126, 0.7152, 0.0722], [0.0193, 0.1192, 0.9505]])
    xyz = to_xyz @ np.clip(light, 0, 1) / (to_xyz @ np.ones(3))
    f = np.where(xyz > (6 / 29) ** 3, np.cbrt(xyz), xyz * (29 / 6) ** 2 / 3 + 4 / 29)
    return np.array([116 * f[1] - 16, 500 * (f[0] - f[1]), 200 * (f[1] - f[2])])


def seen(colour, eyes):
    return lab(matrices()[eyes] @ linear(colour))


def night(colour):
    """What the style sheet makes of a colour in the dark: filter: invert(x) hue-rotate(180deg), as Filter Effects Level 1 defines them."""
    inverted = float(re.search(r"figure svg \{ filter: invert\(([\d.]+)\) hue-rotate\(180deg\)", STYLE)[1])
    turn = np.array([[-0.574, 1.43, 0.144], [0.426, 0.43, 0.144], [0.426, 1.43, -0.856]])
    return np.clip(turn @ (inverted - np.array(colour) * (2 * inverted - 1)), 0, 1)


def contrast(one, other):
    darker, lighter = sorted(float(np.dot([0.2126, 0.7152, 0.0722], linear(colour))) for colour in (one, other))
    return (lighter + 0.05) / (darker + 0.05)


@pytest.mark.parametrize("case", list(pd.read_csv(CASES / "seen.csv").itertuples()), ids=lambda case: f"{case.colour} {case.deficiency}")
def test_the_simulation_is_that_of_an_implementation_that_is_not_ours(case):
    found = seen(matplotlib.colors.to_rgb(case.colour), case.deficiency)
    assert found == pytest.approx([case.L, case.a, case.b], abs=0.3)


@pytest.mark.parametrize("light", [lambda colour: colour, night], ids=["day", "night"])
@pytest.mark.parametrize("eyes", EYES)
def test_colours_that_mean_something_stay_apart(eyes, light):
    colours = {value: light(matplotlib.colors.to_rgb(value)) for value in MEANING.values()}
    near = {pair: np.linalg.norm(seen(colours[pair[0]], eyes) - seen(colours[pair[1]], eyes)) for pair in combinations(colours, 2)}
    assert {pair: round(float(far), 1) for pair, far in near.items() if far < APART} == {}


@pytest.mark.parametrize("name", MEANING)
def test_they_stand_out_from_the_page_by_day_and_by_night_for_all_eyes(name):
    """3:1, as WCAG 2.2 asks of graphics."""
    colour = np.array(matplotlib.colors.to_rgb(MEANING[name]))
    pages = [matplotlib.colors.to_rgb(found) for found in re.findall(r"--paper: (#\w{6})", STYLE)]
    for light, page in zip((colour, night(colour)), pages, strict=True):
        assert contrast(light, page) >= 3


def test_the_paper_behind_words_and_open_marks_is_the_page_by_day_and_by_night():
    """At night the style sheet gives it the colour that its filter turns into that of the page."""
    day, dark = (np.array(matplotlib.colors.to_rgb(found)) for found in re.findall(r"--paper: (#\w{6})", STYLE)[:2])
    assert matplotlib.colors.to_rgb(PAPER) == tuple(day)
    given = re.search(rf'figure svg \[style\*="fill: {PAPER}"\] {{ fill: (#\w{{6}}) !important', STYLE)[1]
    assert np.abs(night(matplotlib.colors.to_rgb(given)) - dark).max() < 1.5 / 255


def test_what_is_too_near_would_be_found():
    green, red = (0.55, 0.5, 0.1), (0.75, 0.38, 0.1)
    assert np.linalg.norm(seen(green, "none") - seen(red, "none")) > 3 * APART
    assert np.linalg.norm(seen(green, "deuteranopia") - seen(red, "deuteranopia")) < APART
