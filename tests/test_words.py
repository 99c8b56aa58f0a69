"""Words of one side against another, and keyword in context."""

import json
import re
import time
from pathlib import Path
from types import SimpleNamespace

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from statsmodels.stats.multitest import multipletests

from comity.contrasts.concordance import find_concordance
from comity.contrasts.words import HALF, PRIOR_WEIGHT, TOO_SHORT, compare_words
from comity.errors import CorpusError

CASES = Path(__file__).parent / "cases/keyness"
CONCORDANCE = json.loads((CASES / "concordance.json").read_text(encoding="utf-8"))
FIGHTING = json.loads((CASES / "fighting_words.json").read_text(encoding="utf-8"))


def count(**versions):
    """Counts of versions: ``message__language="dear dear all"``; every version in direct speech."""
    rows = [(name.split("__")[0], name, "letter", token, text.split().count(token)) for name, text in versions.items() for token in set(text.split())]
    return pd.DataFrame(rows, columns=["message_id", "version_id", "frame", "token", "n"])


def letters(**texts):
    return pd.DataFrame({"version_id": texts.keys(), "text": texts.values()}).assign(kind="letter")


TWO = count(x__en="dear dear comrade i greet you", y__en="comrade i greet the people")


def test_counts_rates_and_dispersion():
    counts = count(x__en="dear dear all", z__en="all of you", y__en="all the people")
    row = compare_words(["x", "z"], "y", token_counts=counts).set_index("token").loc["all"]
    assert row[["n_a", "n_b", "tokens_a", "tokens_b", "messages_a", "messages_b"]].tolist() == [2, 1, 6, 3, 2, 1]
    assert row[["rate_a", "rate_b"]].tolist() == pytest.approx([1000 / 3, 1000 / 3])
    assert row["side"] == "" and row["z"] == row["log_ratio"] == row["ll4"] == 0


def test_log_odds_as_convokit_has_them():
    expected = FIGHTING["priors"][0]
    assert expected["weight"] == PRIOR_WEIGHT
    sides = {f"{side}{number}": text for side in "ab" for number, text in enumerate(FIGHTING[side])}
    names = [[name for name in sides if name[0] == side] for side in "ab"]
    table = compare_words(*names, texts=letters(**sides))
    assert dict(zip(table["token"], table["z"])) == pytest.approx(expected["z"], abs=2e-6)
    assert table["z"].abs().is_monotonic_decreasing


def test_the_tail_is_doubled_and_corrected_over_all_rows():
    table = compare_words("x", "y", token_counts=TWO, correction="fdr_bh")
    twice = (2 * table["specificity_p"]).clip(upper=1)
    assert table["p_corrected"].tolist() == pytest.approx(multipletests(twice, method="fdr_bh")[1].tolist())


def test_a_message_is_read_in_its_longest_version_only():
    counts = count(x__en="dear all", x__en2="dear all of you", x__de="liebe alle", y__en="all of you")
    table = compare_words("x", "y", token_counts=counts)
    assert table.attrs["versions_a"] == ["x__en2"]
    assert table.set_index("token").loc["dear", ["n_a", "messages_a"]].tolist() == [1, 1]
    assert compare_words("x__en", "y", token_counts=counts)["tokens_a"].unique().tolist() == [2]


def test_only_the_frames_asked_for():
    counts = pd.concat([TWO, TWO.query("message_id == 'x'").assign(frame="agency", token="said", n=9)])
    assert "said" not in set(compare_words("x", "y", token_counts=counts)["token"])
    assert "said" in set(compare_words("x", "y", token_counts=counts, frames=None)["token"])


def test_measurements_and_tables_without_message_or_frame_give_the_same():
    plain = TWO.drop(columns=["message_id", "frame"])
    one = compare_words("x", "y", SimpleNamespace(token_counts=TWO))
    other = compare_words("x__en", "y__en", token_counts=plain)
    pd.testing.assert_frame_equal(one, other)


def test_texts_are_read_in_the_letters_voice():
    report = 'Oslo, May 3 (NTB) -- Ann Lee sent a message to Bob Moe. The message said: Dear friend, I thank you for peace.'
    texts = pd.DataFrame({"version_id": ["r", "l"], "text": [report, "Dear all, I thank you for co-operation on the people's 5th day."]})
    table = compare_words("l", "r", texts=texts.assign(kind=["report", "letter"])).set_index("token")
    assert not {"oslo", "sent", "message"} & set(table.index)
    assert {"co-operation", "people's", "5th"} <= set(table.index[table["side"] == "a"])


def test_what_is_left_out_is_told():
    table = compare_words("x", ["y", "w"], token_counts=TWO, least=2)
    assert sorted(table["token"]) == ["comrade", "dear", "greet", "i"]
    assert table.attrs["left_out"] == 3 and table.attrs["unseen_b"] == ["w"]
    assert table["tokens_a"].unique().tolist() == [6]


def test_a_zero_is_told():
    counts = count(x__en="dear", y__en="all " * 40 + "sir")
    notes = compare_words("x", "y", token_counts=counts).set_index("token")["note"].to_dict()
    assert notes == {"dear": HALF, "all": HALF, "sir": TOO_SHORT}


def spoken(**versions):
    """Counts with the language of each version: that at the end of its id."""
    counts = count(**versions)
    return counts.assign(language=counts["version_id"].str.rpartition("__")[2])


def test_words_of_different_languages_are_not_compared():
    counts = spoken(x__de="liebe alle", y__en="dear all of you", z__de="liebe leute", z__en="dear people")
    with pytest.raises(CorpusError, match=r"different languages.*side a has x \(de\); side b has y \(en\)\. Name .* a language in common\.$"):
        compare_words("x", "y", token_counts=counts)
    with pytest.raises(CorpusError, match=r"side b has z \(de, en\)\..*or say which to read: language='en' leaves out"):
        compare_words(["x", "y"], "z", token_counts=counts)


def test_versions_in_the_language_that_all_have_are_read_english_first():
    counts = spoken(x__de="liebe alle hier", x__en="dear all", y__en="dear you", y__de="liebe leute hier und da", z__de="liebe")
    both = compare_words("x", "y", token_counts=counts)
    assert (both.attrs["language"], both.attrs["versions_a"], both.attrs["versions_b"]) == ("en", ["x__en"], ["y__en"])
    german = compare_words("x", ["y", "z"], token_counts=counts)
    assert (german.attrs["language"], german.attrs["versions_a"], german.attrs["versions_b"]) == ("de", ["x__de"], ["y__de", "z__de"])
    assert compare_words("x__de", "y", token_counts=counts).attrs["versions_b"] == ["y__de"]


def test_a_language_that_is_asked_for_leaves_out_who_has_none_of_it():
    counts = spoken(x__de="liebe alle", w__en="dear all", y__en="dear all of you")
    table = compare_words(["x", "w"], "y", token_counts=counts, language="en")
    assert (table.attrs["language"], table.attrs["versions_a"], table.attrs["unseen_a"]) == ("en", ["w__en"], ["x"])
    with pytest.raises(CorpusError, match="Side a has no words: of 'x' none is counted in the frames letter in the language de_AT"):
        compare_words("x", "y", token_counts=counts, language="de_AT")


def test_a_language_that_is_not_known_is_no_other():
    counts = spoken(x__de="liebe alle", y__en="liebe leute")
    assert compare_words("x", "y", token_counts=counts.assign(language=["de", "de", "", ""])).attrs["language"] == "de"
    assert compare_words("x", "y", token_counts=counts.drop(columns="language")).attrs["language"] == ""


@pytest.mark.parametrize("where", ["measurements", "letters", "texts"])
def test_the_language_is_known_from_versions_and_texts(where):
    counts, table = spoken(x__de="liebe alle", y__en="dear all"), pd.DataFrame({"version_id": ["x__de", "y__en"], "language": ["de", "en"]})
    plain = counts.drop(columns="language")
    given = {
        "measurements": lambda: {"letters": SimpleNamespace(token_counts=plain, versions=table)},
        "letters": lambda: {"letters": SimpleNamespace(token_counts=plain, corpus=SimpleNamespace(versions=table))},
        # A text without a language is English, as where texts are measured.
        "texts": lambda: {"texts": letters(x__de="Liebe alle", y__en="Dear all").assign(language=["de", ""])},
    }[where]()
    with pytest.raises(CorpusError, match="different languages"):
        compare_words("x__de", "y__en", **given)


def test_ids_may_be_numbers():
    counts = TWO.assign(message_id=TWO["message_id"].map({"x": 1, "y": 2}), version_id=TWO["version_id"].map({"x__en": 11, "y__en": 12}))
    expected = compare_words("x", "y", token_counts=TWO)
    for ids in ((1, 2), ("1", "2"), (np.int64(1), [2]), (11, 12)):
        found = compare_words(*ids, token_counts=counts)
        pd.testing.assert_frame_equal(found, expected)
        assert found.attrs["versions_a"] == ["11"]
    with_gaps = counts.assign(message_id=counts["message_id"].where(counts["message_id"] == 1))
    assert compare_words(1, 12, token_counts=with_gaps).attrs["versions_b"] == ["12"]


def test_texts_may_have_numbers_for_ids():
    texts = letters(**{"1": "Dear all", "2": "Dear you"}).astype({"version_id": "int64"})
    assert compare_words(1, 2, texts=texts)["token"].tolist() == ["all", "you", "dear"]
    assert find_concordance("dear", texts)["version_id"].tolist() == ["1", "2"]
    assert find_concordance("dear", texts.assign(version_id=[1.0, np.nan]).head(1))["version_id"].tolist() == ["1"]


@pytest.mark.parametrize("n", [-1, 0.5, float("nan"), None, "3", float("inf"), True])
def test_a_count_that_is_none_is_explained(n):
    counts = TWO.assign(n=TWO["n"].astype("object"))
    counts.loc[2, "n"] = n
    with pytest.raises(CorpusError, match=rf"token_counts.*row 2.*'{counts['token'][2]}'.*{re.escape(repr(n))}.*whole number"):
        compare_words("x", "y", token_counts=counts)


def test_whole_numbers_of_any_kind_are_counts():
    expected = compare_words("x", "y", token_counts=TWO)
    for kind in ("float64", "Int64", "object", "uint8"):
        pd.testing.assert_frame_equal(compare_words("x", "y", token_counts=TWO.astype({"n": kind})), expected)


def test_a_token_that_is_missing_is_explained():
    with pytest.raises(CorpusError, match="token_counts, row 1 has no token.*keep_default_na=False"):
        compare_words("x", "y", token_counts=TWO.assign(token=TWO["token"].where(TWO.index != 1)))


def test_without_a_correction_there_is_no_corrected_p():
    table = compare_words("x", "y", token_counts=TWO, correction=None)
    assert table["p_corrected"].isna().all() and table["specificity_p"].notna().all() and table.attrs["correction"] is None


@pytest.mark.parametrize(
    ("prior", "told"),
    [
        (pd.DataFrame({"token": ["you"]}), "The table prior has no column n; it has: token"),
        (pd.DataFrame({"token": sorted(set(TWO["token"])), "n": -1.0}), "prior.*row 0.*-1.0.*0 or more"),
        (pd.DataFrame({"token": sorted(set(TWO["token"])), "n": float("nan")}), "prior.*row 0.*nan"),
        (pd.DataFrame({"token": sorted(set(TWO["token"])), "n": "many"}), "prior.*row 0.*'many'"),
    ],
)
def test_a_prior_that_is_none_is_explained(prior, told):
    with pytest.raises(CorpusError, match=told):
        compare_words("x", "y", token_counts=TWO, prior=prior)


def test_sides_of_thousands_of_letters_are_read_at_once():
    """Each id looked up in all counts takes a minute."""
    ids = [f"m{number}" for number in range(8_000)]
    counts = pd.DataFrame({"message_id": np.repeat(ids, 5), "token": ["dear", "all", "of", "you", "there"] * 8_000, "n": 1})
    start = time.monotonic()
    compare_words(ids[::2], ids[1::2], token_counts=counts)
    assert time.monotonic() - start < 5


def test_a_version_of_two_messages_is_read_whole_where_it_is_named():
    counts = pd.DataFrame({"message_id": ["x", "z", "y"], "version_id": ["v", "v", "w"], "token": ["dear", "dear", "all"], "n": [1, 2, 3]})
    assert compare_words("v", "y", token_counts=counts)["tokens_a"].iloc[0] == 3
    assert compare_words(["x", "v"], "y", token_counts=counts)["tokens_a"].iloc[0] == 3
    assert compare_words("x", "y", token_counts=counts)["tokens_a"].iloc[0] == 1


def test_a_prior_of_ones_own():
    prior = pd.DataFrame({"token": sorted(set(TWO["token"])), "n": 1})
    table = compare_words("x", "y", token_counts=TWO, prior=prior)
    assert set(table["prior"]) == {"given counts, 7 tokens"} == {table.attrs["prior"]}
    with pytest.raises(CorpusError, match="no count for 1 tokens, you among them.*above 0"):
        compare_words("x", "y", token_counts=TWO, prior=prior.query("token != 'you'"))


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        ({"b": "w"}, "Side b has no words: of 'w' none is counted in the frames letter.*frames=None"),
        ({"b": []}, "Side b has no words: of no message"),
        ({"b": ["x", "y"]}, "cannot stand on both sides.*: x"),
        ({"token_counts": None}, "one of letters, token_counts and texts; 0 are given"),
        ({"texts": letters(x="a")}, "one of letters, token_counts and texts; 2 are given"),
        ({"token_counts": TWO.drop(columns="n")}, "token_counts has no column n; it has: message_id"),
        ({"token_counts": TWO[["token", "n"]]}, "no column message_id or version_id"),
        ({"correction": "halved"}, "no correction 'halved'"),
        ({"a": "zero", "token_counts": pd.concat([TWO, count(zero="dear").assign(n=0)])}, "Side a has no words: of 'zero' none"),
    ],
)
def test_bad_input_is_explained(arguments, told):
    with pytest.raises(CorpusError, match=told):
        compare_words(**{"a": "x", "b": "y", "token_counts": TWO} | arguments)


words = st.lists(st.sampled_from(["dear", "comrade", "i", "greet", "you", "people"]), min_size=1, max_size=40).map(" ".join)
SIGNED, SAME = ["log_ratio", "log_odds", "z"], ["ll4", "ll2", "p_ll4", "specificity_p", "p_corrected"]


@settings(max_examples=25, deadline=None)
@given(words, words)
def test_turning_the_sides_round_turns_the_signs_round(one, other):
    counts = count(x=one, y=other)
    before = counts.copy()
    there, back = compare_words("x", "y", token_counts=counts), compare_words("y", "x", token_counts=counts)
    assert there["token"].tolist() == back["token"].tolist()
    np.testing.assert_allclose(there[SIGNED], -back[SIGNED], rtol=1e-9, atol=1e-12)
    np.testing.assert_allclose(there[SAME], back[SAME], rtol=1e-9, atol=1e-12)
    assert there["side"].map({"a": "b", "b": "a", "": ""}).tolist() == back["side"].tolist()
    pd.testing.assert_frame_equal(counts, before)


@settings(max_examples=25, deadline=None)
@given(words)
def test_the_same_text_on_both_sides_has_no_side(text):
    table = compare_words("x", "y", token_counts=count(x=text, y=text))
    assert set(table["side"]) == {""} and (table[["log_ratio", "ll4", "ll2"]] == 0).all(axis=None)
    # Of a text of one word over and over there are no odds.
    assert table["z"].isna().all() if len(table) == 1 else (table[["log_odds", "z"]] == 0).all(axis=None)
    assert (table["p_corrected"] == 1).all()


@pytest.mark.parametrize("case", CONCORDANCE, ids=lambda case: case["label"])
def test_concordance(case):
    lines = find_concordance(case["words"], letters(v=case["text"]), width=case.get("width", 6))
    assert lines[["left", "matched", "right"]].values.tolist() == case["expected"]


pieces = st.sampled_from(["dear", "Dear", "friend", "dear's", "co-dear", ",", "“", "-", "\n", " ", "  ", ". ", "I", "존경하는", "5th"])


@given(st.lists(pieces, max_size=40).map("".join), st.integers(0, 4))
def test_every_line_replays(text, width):
    lines = find_concordance(["dear", "dear friend"], letters(v=text), width=width)
    for line in lines.itertuples():
        assert text[line.start : line.end] == line.matched
        assert text[: line.start].rstrip().endswith(line.left.rstrip()) and text[line.end :].lstrip().startswith(line.right)
        for side in (line.left, line.right):
            assert sum(bool(re.search(r"\w", word)) for word in side.split()) <= width
        # Whole words: what is cut off ends before a space.
        assert set(line.left.split()[:1]) <= set(text.split()) | {line.left}


@settings(max_examples=25, deadline=None)
@given(st.lists(pieces, max_size=40).map("".join))
def test_a_word_has_as_many_lines_as_it_is_counted(text):
    counted = compare_words("v", "w", texts=letters(v=text + " end", w="end"), frames=None).set_index("token")["n_a"]
    for token in ("dear", "friend", "i"):
        assert len(find_concordance(token, letters(v=text))) == counted.get(token, 0)


def test_lines_of_some_frames():
    text = "Oslo, May 3 (NTB) -- Ann Lee sent a message of peace to Bob Moe. The message said: Dear friend, I thank you for peace."
    texts = pd.DataFrame({"version_id": ["a", "b"], "headline": ["Ann Lee Sends Message of Peace to Bob Moe", None], "text": [text, "No word of it."]})
    lines = find_concordance("peace", texts)
    assert lines[["part", "frame"]].values.tolist() == [["headline", "headline"], ["text", "agency"], ["text", "letter"]]
    assert find_concordance("peace", texts, frames="letter")["left"].tolist() == ["Dear friend, I thank you for"]
    none = find_concordance("war", texts)
    assert none.empty and none.dtypes.equals(lines.dtypes)


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        ({"words": []}, "at least one word"),
        ({"words": ["a", " "]}, "' ' has no word to look for"),
        ({"width": -1}, "0 or more, not -1"),
        ({"texts": pd.DataFrame({"version_id": ["v"]})}, "no column text; it has: version_id"),
        ({"texts": pd.concat([letters(v="a")] * 2)}, "Two texts have the version_id 'v'"),
    ],
)
def test_a_concordance_that_cannot_be_made(arguments, told):
    with pytest.raises(CorpusError, match=told):
        find_concordance(**{"words": "a", "texts": letters(v="a")} | arguments)
