"""Two texts side by side: behaviour as data in cases/versions/alignment.json, and what must hold for all texts."""

import json
import re
from itertools import combinations
from pathlib import Path

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from comity import CorpusError, find_mentions, read_archive
from comity.address.lexicon import ELEMENTS
from comity.contrasts.alignment import COLUMNS, OPS, align_versions, summarise_alignment
from comity.contrasts.pairing import _find_partners

CASES = json.loads((Path(__file__).parent / "cases/versions/alignment.json").read_text(encoding="utf-8"))
ARCHIVE = Path(__file__).parents[2] / "shared" / "kcna" / "headlines_2024-11-11.json"


def letter(text, name):
    return {"version_id": name, "kind": "letter", "text": text}


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["label"])
def test_cases(case):
    found = align_versions(letter(case["a"], "one"), letter(case["b"], "two"))
    rows = found[["op", "words_a", "words_b"]].values.tolist()
    assert (sorted(rows) if case.get("any_order") else rows) == (sorted(case["expected"]) if case.get("any_order") else case["expected"])
    if "same_words" in case:
        assert found["n_same"].sum() == case["same_words"]
    if "twins" in case:
        assert found.dropna(subset="twin")[["segment", "twin"]].astype(int).values.tolist() == case["twins"]
    if "kinds" in case:
        assert found["kind"].tolist() == case["kinds"]


def test_the_columns_and_the_blank_places():
    found = align_versions("All is well.", "All is very well.")
    assert list(found.columns) == list(COLUMNS) and found.dtypes.astype(str).tolist() == list(COLUMNS.values())
    added = found.query("op == 'only in b'").iloc[0]
    assert (added["words_b"], added["start_b"], added["end_b"]) == ("very", 7, 11) and pd.isna(added["start_a"]) and pd.isna(added["twin"])


def test_a_word_glued_to_a_form_of_address_keeps_its_rest_and_a_genitive_is_no_word():
    mentions = pd.DataFrame([mention("a", "oldcomrade Annsent", 3, 14), mention("b", "old comrade Ann's sent", 4, 15)])
    found = align_versions("oldcomrade Annsent", "old comrade Ann's sent", mentions)
    rows = found[["op", "words_a", "words_b"]].values.tolist()
    assert rows == [["same", word, word] for word in ("old", "comrade Ann", "sent")]


def mention(version, text, start, end):
    blank = dict.fromkeys(ELEMENTS, "") | {"honoree": "Ann", "version_id": version, "part": "text"}
    return blank | {"start": start, "end": end, "matched": text[start:end], "solidarity": text[start:end]}


def test_mentions_given_are_those_used_and_others_are_refused():
    text, other = "I greet the old comrade.", "I greet old comrade the."
    none = find_mentions(pd.DataFrame([letter("", "a")]))
    assert "address" not in set(align_versions(text, other, none)["kind"])
    given_ = pd.concat([none, pd.DataFrame([mention("a", text, 8, 23), mention("b", other, 8, 19)])])
    assert align_versions(text, other, given_)["op"].tolist() == ["same", "changed", "only in b"]
    for wrong in ({"start": 2}, {"start": float("nan")}, {"start": 5, "end": 5, "matched": ""}):
        with pytest.raises(CorpusError, match="does not stand at"):
            align_versions(text, other, pd.DataFrame([mention("a", text, 8, 23) | wrong]))


@pytest.mark.parametrize("nothing", [None, 7, {"version_id": "a"}, {"text": None}, pd.DataFrame({"text": ["a", "b"]})])
def test_what_is_no_text_is_refused(nothing):
    with pytest.raises(CorpusError, match="b is no text"):
        align_versions("All is well.", nothing)


def test_a_row_of_a_table_is_a_text():
    texts = pd.DataFrame([letter("Dear friend, all is well.", "one"), letter("All is well.", "two")])
    assert align_versions(texts.iloc[0], texts.iloc[1])["op"].tolist() == ["only in a", "same"]


def test_the_share_is_counted_both_ways():
    one, other = "God keep the old city. All went well today, and so we write.", "All went well today. God keep the old city."
    found = summarise_alignment(align_versions(one, other))
    columns = ["words", "same", "moved", "other", "share", "share_with_moved"]
    assert found.set_index("text").loc["a", columns].tolist() == pytest.approx([13, 5, 4, 4, 5 / 13, 9 / 13])
    assert found.set_index("text").loc["b", columns].tolist() == pytest.approx([9, 5, 4, 0, 5 / 9, 1])


def test_no_word_has_no_share():
    found = summarise_alignment(align_versions("", "All is well."))
    assert pd.isna(found.loc[0, "share"]) and found.loc[1, ["words", "share"]].tolist() == [3, 0]


# Words that meet often, forms of address that share elements, numbers and marks.
PIECES = ["all", "is", "well", "the", "of", "ships", "salt", "1650", "8", ",", ".\n", ". The"]
ADDRESSES = ["dear friend", "friend dear", "old friend", "my dear Doge", "Doge"]


@st.composite
def texts(draw, name):
    """A text out of few pieces, and its forms of address with their places."""
    text, mentions = "", []
    for piece in draw(st.lists(st.sampled_from(PIECES) | st.sampled_from(ADDRESSES), max_size=25)):
        text += " " if draw(st.booleans()) or text[-1:].isalnum() else ""
        if piece in ADDRESSES:
            mentions.append(mention(name, text + piece, len(text), len(text) + len(piece)))
        text += piece
    return text, mentions


def table(*mentions):
    columns = [*mention("a", "", 0, 0)]
    return pd.DataFrame([row for rows in mentions for row in rows], columns=columns)


@given(texts("a"), texts("b"))
@settings(max_examples=60)
def test_segments_part_both_texts_in_order_and_replay(a, b):
    found = align_versions(a[0], b[0], table(a[1], b[1]))
    assert set(found["op"]) <= set(OPS) and found["segment"].tolist() == list(range(len(found)))
    for side, (text, mentions) in (("a", a), ("b", b)):
        rows = found.dropna(subset=f"start_{side}")
        spans = list(zip(rows[f"start_{side}"], rows[f"end_{side}"], strict=True))
        assert [text[start:end] for start, end in spans] == rows[f"words_{side}"].tolist()
        assert all(end <= start for (_, end), (start, _) in zip(spans, spans[1:]))
        held = [place for start, end in spans for place in range(start, end)]
        assert set(held) >= {place for place, sign in enumerate(text) if sign.isalnum()}
        assert all(any(start <= row["start"] and row["end"] <= end for start, end in spans) for row in mentions)
        assert rows[f"n_{side}"].sum() == len(re.findall(r"\w+", text))


@given(texts("a"), texts("b"))
@settings(max_examples=60)
def test_what_moved_has_its_twin_and_what_is_the_same_is_the_same(a, b):
    found = align_versions(a[0], b[0], table(a[1], b[1]))
    for row in found.itertuples():
        if row.op == "moved":
            twin = found.loc[row.twin]
            assert twin["op"] == "moved" and twin["twin"] == row.segment and row.n_same == 0
            words = row.words_a or row.words_b, twin["words_a"] or twin["words_b"]
            sides = [re.findall(r"\w+", side.lower()) for side in words]
            assert bool(row.words_a) != bool(twin["words_a"]) and sorted(sides[0]) == sorted(sides[1])
        else:
            assert pd.isna(row.twin) and row.n_same <= min(row.n_a, row.n_b)
        if row.op in ("same", "same unit"):
            words = [re.findall(r"\w+", words.lower()) for words in (row.words_a, row.words_b)]
            assert (words[0] == words[1]) == (row.op == "same") and sorted(words[0]) == sorted(words[1])


@given(texts("a"))
@settings(max_examples=40)
def test_a_text_is_the_same_as_itself(a):
    twice = table(a[1], [row | {"version_id": "b"} for row in a[1]])
    found = align_versions(a[0], a[0], twice)
    assert set(found["op"]) <= {"same"} and found["words_a"].tolist() == found["words_b"].tolist()
    shares = summarise_alignment(found)["share"]
    assert shares.isna().all() or (shares == 1).all()


@given(texts("a"), texts("b"))
@settings(max_examples=60)
def test_b_and_a_is_the_mirror_of_a_and_b(a, b):
    """difflib alone is not symmetric: it breaks ties by the order in which it is given two texts."""
    one = align_versions(a[0], b[0], table(a[1], b[1]))
    turned = [[row | {"version_id": side} for row in rows] for rows, side in ((a[1], "b"), (b[1], "a"))]
    other = align_versions(b[0], a[0], table(*turned))
    names = {name: re.sub("_[ab]$", lambda side: {"_a": "_b", "_b": "_a"}[side[0]], name) for name in other.columns}
    mirrored = other.rename(columns=names)[one.columns]
    mirrored["op"] = mirrored["op"].replace({"only in a": "only in b", "only in b": "only in a"})
    pd.testing.assert_frame_equal(one, mirrored)


@given(st.lists(st.lists(st.integers(0, 4), min_size=4, max_size=4), max_size=4))
@settings(max_examples=60)
def test_partners_have_the_greatest_likeness_of_all_ways_to_pair(likeness):
    rows, columns = list(range(len(likeness))), list(range(4))
    found = _find_partners(rows, columns, lambda i, j: likeness[i][j])
    assert found == sorted(found) and all(i < k and j < m for (i, j), (k, m) in zip(found, found[1:]))
    ways = [zip(left, right) for n in range(len(rows) + 1) for left in combinations(rows, n) for right in combinations(columns, n)]
    assert sum(likeness[i][j] for i, j in found) == max(sum(likeness[i][j] for i, j in way) for way in ways)


@pytest.fixture(scope="module")
def october():
    if not ARCHIVE.exists():
        pytest.skip("the archive is not at hand")
    texts = read_archive(ARCHIVE).texts_of(False).set_index("version_id", drop=False)
    return align_versions(texts.loc["de235a3f7e51"], texts.loc["2cb8a4d1f109"])


def test_the_two_texts_of_1_october_2024(october):
    """One begins in indirect speech, the other has the opening line; one address stands in both, in other words."""
    rows = october[["op", "words_a", "words_b"]].values.tolist()
    for row in (
        ["changed", "the Chinese president", "General Secretary"], ["same unit", "you, the General Secretary", "General Secretary"],
        ["only in b", "", "General Secretary"], ["changed", "he extended", "I extend"], ["changed", "him", "you"],
        ["changed", "the WPK", "our Party"], ["changed", "centenary goal", "century target"],
    ):  # fmt: skip
        assert row in rows
    assert set(october["op"]) == set(OPS) - {"moved"}
    told = summarise_alignment(october).set_index("text")
    assert told["share"].between(0.9, 0.95).all() and told.at["a", "words"] != told.at["b", "words"]
    # Nothing is dropped: 250 words and more of each text are found in the other, in segments that say where.
    assert told["same"].nunique() == 1 and told.at["a", "same"] == october["n_same"].sum() > 250
