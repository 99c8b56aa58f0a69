"""Two versions side by side, and the font of their words."""

import unicodedata
import warnings
from pathlib import Path

import matplotlib
import pytest
from drawn import assert_legible, versions, words_of
from matplotlib.font_manager import FontProperties, get_font
from noto_cjk_sans_jp_regular import FONT_PATH

from comity import CorpusError, compare_versions, read_corpus
from comity.figures import plot_versions
from comity.figures.fonts import CJK, FAMILIES, bring_font, speak

DATA = Path(__file__).parents[1] / "data"
BIRTHDAY = [f"kim-putin-2024-10-07__{version}" for version in ("kcna-kcnawatch__en", "jtbc-rodong-quotation__ko")]


@pytest.fixture(scope="module")
def compared():
    return compare_versions("kim-putin-2024-10-07", read_corpus()).query("slot != 'anywhere'")


def links(figure):
    """The lines between the marks: their row, and whether they are whole, broken or dotted."""
    kinds = {"-": "whole", (0, (2.5, 1.8)): "broken", (0, (0.8, 2.2)): "dotted"}
    return [kinds[line.get_linestyle() if line.get_linestyle() == "-" else line._unscaled_dash_pattern] for line in figure.axes[0].lines if line.get_linewidth() > 1]


@pytest.mark.parametrize(
    ("shows", "drawn", "told"),
    [
        ([("has", "has")], ["whole"], "The same form: 1 of 1"),
        ([("has", "has, retold")], ["whole"], "row 0 (retold)"),
        ([("has", "lacks"), ("has", "has")], ["dotted", "whole"], "Missing from one: 1 of 2"),
        ([("has", "lacks"), ("lacks", "has"), ("has", "has"), ("has", "has"), ("has", "has"), ("has", "has")], ["broken", *["whole"] * 4], "Another form in its place: 1 of 5: opening line, row 0, row 1"),
        ([("has", "cannot be seen"), ("has", "has")], ["whole"], "Not seen in one: 1 of 2"),
        ([("lacks", "lacks"), ("has", "has")], ["whole"], "One more is shown by neither."),
    ],
)  # fmt: skip
def test_what_both_have_is_joined_and_the_rest_is_told_by_the_line(shows, drawn, told):
    figure = versions(shows=shows)
    assert links(figure) == drawn and told in figure.comity_alt


def test_a_real_letter_in_english_and_korean(compared):
    figure = plot_versions(compared, *BIRTHDAY, heads=("KCNA, English", "Rodong Sinmun, Korean"))
    words = [text.get_text() for text, _ in words_of(figure)]
    mine = compared[compared["version_id"].isin(BIRTHDAY) & (compared["element"] != "formula")]
    assert set(mine["words"]) - {""} <= set(words) and "가장 친근한" in words
    both = mine[mine["shows"] == "has"].groupby(["slot", "element", "form"]).size()
    assert links(figure) == ["whole"] * int((both == 2).sum()) and f"The same form: {(both == 2).sum()} of {len(both)}" in figure.comity_alt
    assert_legible(figure)


def test_a_version_that_the_table_does_not_have_is_refused(compared):
    with pytest.raises(CorpusError, match="no version 'nobody'"):
        plot_versions(compared, BIRTHDAY[0], "nobody")


def test_every_character_of_the_data_has_a_glyph():
    """Hangul, Chinese, Japanese and Cyrillic: all that a figure may be asked to draw."""
    letters = {letter for path in DATA.rglob("*.csv") for letter in path.read_text(encoding="utf-8")}
    bring_font()
    have = set().union(*(get_font(matplotlib.font_manager.findfont(FontProperties(family=name), fallback_to_default=False)).get_charmap() for name in FAMILIES))
    scripts = {unicodedata.name(letter, "none").split()[0] for letter in letters}
    assert {"HANGUL", "CJK", "CYRILLIC"} <= scripts
    assert sorted(letter for letter in letters if letter.isprintable() and ord(letter) not in have) == []


def test_all_syllables_and_chinese_characters_of_unicode_are_there():
    have = get_font(str(FONT_PATH)).get_charmap()
    assert all(number in have for number in [*range(0xAC00, 0xD7A4), *range(0x4E00, 0x9FA6)])


@pytest.mark.parametrize("weight", ["normal", "bold"])
def test_the_font_is_that_of_the_package_and_matplotlib_says_nothing(weight, caplog):
    bring_font()
    assert matplotlib.font_manager.findfont(FontProperties(family=CJK, weight=weight), fallback_to_default=False) == str(FONT_PATH)
    assert caplog.text == ""


def test_it_is_free_and_says_so():
    licence = next(FONT_PATH.parent.parent.glob("noto_cjk_sans_jp_regular-*.dist-info/licenses/LICENSE")).read_text(encoding="utf-8")
    assert "SIL OPEN FONT LICENSE Version 1.1" in licence


def test_a_character_that_no_font_has_is_a_warning_which_fails_a_page():
    with pytest.warns(UserWarning, match="missing from font"):
        versions(label="short", shows=[("has", "has")]).text(0, 0, "\U00012000").figure.draw_without_rendering()
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        versions(label="chinese").draw_without_rendering()


def test_chinese_is_drawn_as_it_is_written_in_china():
    """One font, but of many characters Japan, Korea and China have forms of their own."""
    pictures = []
    for language in ("ja", "zh"):
        figure = versions(shows=[("has", "has")])
        speak(figure.axes[0].texts[-1], language)
        figure.axes[0].texts[-1].set_text("骨直")
        figure.canvas.draw()
        pictures.append(bytes(figure.canvas.buffer_rgba()))
    assert pictures[0] != pictures[1]
    text = matplotlib.text.Text(0, 0, "骨")
    speak(text, "zh")
    assert text.get_language() == "zh-Hans"
