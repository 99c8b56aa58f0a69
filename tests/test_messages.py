"""One letter against one letter: what is compared with what, in which words, and what the interval is worth."""

import math
import subprocess
import sys

import pandas as pd
import pytest
from made_letters import make_letters, make_lexicon
from statsmodels.stats.multitest import multipletests

from comity import read_corpus, read_measurements
from comity.contrasts.measures import COUNTED_ONLY, STYLES
from comity.contrasts.messages import BOUNDED, COLUMNS, KNOWN, ONE_VALUE, UNBOUNDED, compare_messages
from comity.contrasts.rates import compare_rates
from comity.corpus.vocabularies import TONE_DIMENSIONS
from comity.errors import CorpusError
from comity.letters import gather_letters


@pytest.fixture(scope="module")
def real():
    return gather_letters(read_measurements(), read_corpus())


TWO = make_letters(
    {"message": "x", "words": 250, "sentences": 10, "flesch": 20, "lix": 60, "terms": {"warmth": 9, "pledge": 1, "militancy": 3}},
    {"message": "y", "words": 200, "sentences": 5, "flesch": 35, "lix": 64, "terms": {"warmth": 2, "militancy": 14}},
)


def compare(letters=TWO, **given):
    return compare_messages("x", "y", letters, **given).set_index("measure")


def test_every_measure_has_a_row():
    table = compare_messages("x", "y", TWO)
    assert list(table) == COLUMNS
    assert table["measure"].tolist() == [*TONE_DIMENSIONS, "words", *STYLES]
    assert compare(dimensions="pledge").index.tolist() == ["pledge", "words", *STYLES]


def test_a_rate_is_compared_by_its_count_and_words():
    row = compare().loc["warmth"]
    found = compare_rates(9, 250, 2, 200)
    assert row[["a", "b", "count_a", "count_b", "n_a", "n_b", "kind"]].tolist() == [3.6, 1, 9, 2, 250, 200, "ratio"]
    assert row[["contrast", "low", "high", "p", "method", "covers"]].tolist() == list(found)


def test_bayes_has_no_p_value_to_correct():
    table = compare(method="bayes")
    assert table.loc["warmth", ["low", "high", "p"]].tolist() == list(compare_rates(9, 250, 2, 200, "bayes")[1:4])
    assert table["p_corrected"].isna().all()


def test_p_is_corrected_over_the_dimensions():
    table = compare().loc[list(TONE_DIMENSIONS)]
    assert table["p_corrected"].tolist() == pytest.approx(multipletests(table["p"], method="holm")[1])
    assert table.loc["militancy", "p"] < table.loc["militancy", "p_corrected"] < 0.05
    alone = compare(dimensions=["militancy"]).loc["militancy"]
    assert alone["p"] == alone["p_corrected"]


def test_a_letter_has_one_sentence_length_and_one_readability():
    table = compare().loc[list(STYLES)]
    assert table[["a", "b", "contrast"]].values.tolist() == [[25, 40, -15], [20, 35, -15], [60, 64, -4]]
    assert table[["low", "high", "p", "p_corrected"]].isna().all(axis=None)
    assert set(table["covers"]) == {ONE_VALUE} and set(table["kind"]) == {"difference"}
    assert table[["n_a", "n_b"]].values.tolist() == [[10, 5], [250, 200], [250, 200]]


@pytest.mark.parametrize(
    ("high_x", "high_y", "low", "high", "covers"),
    [
        (250, 200, math.nan, math.nan, KNOWN),
        (250, math.inf, 0, 1.25, BOUNDED),
        (math.inf, 200, 1.25, math.inf, BOUNDED),
        (math.inf, math.inf, 0, math.inf, BOUNDED),
        (250, math.nan, math.nan, math.nan, UNBOUNDED),
        (math.nan, math.inf, math.nan, math.nan, UNBOUNDED),
    ],
)
def test_lengths_have_bounds_not_intervals(high_x, high_y, low, high, covers):
    letters = make_letters({"message": "x", "words": 250, "high": high_x}, {"message": "y", "words": 200, "high": high_y})
    row = compare(letters).loc["words"]
    assert row[["a", "b", "contrast", "low", "high"]].tolist() == pytest.approx([250, 200, 1.25, low, high], nan_ok=True)
    assert row["covers"] == covers and math.isnan(row["p"])


def test_where_one_letter_is_only_counted_single_words_are_compared_in_both():
    tokens = {"warm": 3, "friend": 1, "comrade": 2}
    letters = make_letters(
        {"message": "x", "words": 100, "tokens": tokens, "terms": {"warmth": 1}},
        {"message": "y", "words": 100, "tokens": tokens, "basis": "counts"},
    )
    row = compare(letters, tone=make_lexicon(warmth="warm|warm friend", solidarity="comrade")).loc["warmth"]
    assert row[["count_a", "count_b"]].tolist() == [3, 3]
    assert row["covers"].endswith(COUNTED_ONLY)
    assert COUNTED_ONLY not in compare().loc["warmth", "covers"]


BY_MACHINE = {"translation": "machine"}
MIXED = make_letters(
    {"message": "x", "words": 100, "terms": {"warmth": 4}},
    {"message": "y", "words": 200, "frame": "mixed", "terms": {"warmth": 2}, "extent": "opening", "high": math.inf},
    {"message": "y", "version": "y__retold", "words": 40, "high": math.nan, "frame": "reported", "extent": "summary"} | BY_MACHINE,
)


def test_a_letter_and_mixed_speech_can_be_compared_and_it_is_said():
    table = compare(MIXED, frames=("letter", "mixed"))
    assert table.loc["warmth", ["a", "b"]].tolist() == [4, 1]
    assert set(table["comparable"]) == {"speech: a direct, b direct and indirect not told apart; seen: a whole, b in part"}


def test_two_letters_seen_whole_in_direct_speech_are_comparable():
    assert set(compare()["comparable"]) == {"yes"}


def test_versions_can_be_chosen():
    table = compare(MIXED, frames=("letter", "reported"), versions=("x__en", "y__retold"))
    assert table.loc["warmth", ["n_b", "version_b", "version_a"]].tolist() == [40, "y__retold", "x__en"]
    assert table.loc["warmth", "comparable"].endswith("translation: a official, b machine")


@pytest.mark.parametrize(
    ("a", "b", "given", "said"),
    [
        ("x", "x", {}, "both sides"),
        ("x", "nobody", {}, "no message 'nobody'"),
        ("x", "y", {}, "y has no words in the frames letter. It has words in the frames mixed, reported."),
        ("x", "y", {"frames": "mixed"}, "x has no words in the frames mixed"),
        ("x", "y", {"frames": ("letter", "mixed"), "dimensions": "love"}, "no dimension 'love'"),
        ("x", "y", {"frames": ("letter", "mixed"), "method": "bootstrap"}, "no method 'bootstrap'"),
        ("x", "y", {"frames": ("letter", "mixed"), "versions": ("x__en",)}, "two ids"),
        ("x", "y", {"frames": ("letter", "mixed"), "versions": ("x__en", "y__retold")}, "'y__retold' has no words of y"),
    ],
)
def test_what_cannot_be_compared_is_said(a, b, given, said):
    with pytest.raises(CorpusError, match=said):
        compare_messages(a, b, MIXED, **given)


def test_the_letters_of_that_week(real):
    table = compare_messages("kim-putin-2024-10-07", "kim-xi-2024-10-06", real).set_index("measure")
    tone = table.loc[list(TONE_DIMENSIONS)]
    assert set(table["comparable"]) == {"yes"} and not tone["covers"].str.contains(COUNTED_ONLY).any()
    assert (tone["low"] < tone["high"]).all() and (tone["p_corrected"] >= tone["p"]).all()
    whole = real.corpus.versions.set_index("version_id")["words"]
    assert table.loc["words", ["a", "b"]].tolist() == whole[[table["version_a"].iloc[0], table["version_b"].iloc[0]]].tolist()
    assert table.loc["flesch", ["a", "b"]].notna().all()


def test_the_letter_of_which_the_opening_was_seen(real):
    table = compare_messages("kim-xi-2024-10-06", "kim-xi-2019-10-06", real, frames=("letter", "mixed")).set_index("measure")
    assert "seen: a whole, b in part" in table["comparable"].iloc[0]
    assert table["covers"].iloc[0].endswith(COUNTED_ONLY)
    assert table.loc["words", "low"] == 0 and table.loc["words", "high"] == table.loc["words", "contrast"]


def test_importing_the_library_imports_no_statistics():
    """They are heavy: they are imported where they are needed."""
    modules = ", ".join(f"comity.contrasts.{name}" for name in ("messages", "groups", "people"))
    code = f"import sys, {modules}; print(*{{'scipy', 'statsmodels', 'sklearn'}} & set(sys.modules))"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, encoding="utf-8", check=True)
    assert done.stdout.strip() == ""


def test_tables_are_left_as_they_were():
    before = [TWO.tone.copy(), TWO.lengths.copy(), TWO.messages.copy()]
    compare()
    for table, old in zip([TWO.tone, TWO.lengths, TWO.messages], before, strict=True):
        pd.testing.assert_frame_equal(table, old)
