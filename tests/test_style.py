"""Length with bounds, sentences, readability without a network, and the words of a text."""

import csv
import math
import re
import socket
from pathlib import Path

import pandas as pd
import pytest
import textstat
from hypothesis import given, settings
from hypothesis import strategies as st
from sklearn.feature_extraction.text import CountVectorizer

from comity import measure_style, read_archive, split_frames
from comity.style import count_tokens, find_token_spans, find_tokens
from comity.style.readability import ANY, ENGLISH, FORMULAS, measure_readability

CASES = list(csv.DictReader((Path(__file__).parent / "cases/style/sentences.csv").open(encoding="utf-8")))
SHARED = Path(__file__).parents[2] / "shared"
LEAD = "Oslo, May 3 (NTB) -- Ann Lee sent a letter to Bob Moe. "


def letter(text, **more):
    return pd.DataFrame([{"version_id": "v", "text": text, "kind": "letter", "sender": "Ann Lee", "recipient": "Bob Moe"} | more])


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["label"])
def test_sentences_and_words(case):
    found = measure_style(letter(case["text"])).iloc[0]
    assert [found["sentences"], found["words"], found["longest_sentence"]] == [int(case[name]) for name in ("sentences", "words", "longest")]


@pytest.mark.parametrize(("text", "extent", "high"), [
    (LEAD + "The letter said: Dear friend, I thank you.", ["full"], [5.0]),
    (LEAD + "In the letter she thanked Bob Moe.", ["summary"], [math.nan]),
    (LEAD + "In the letter she thanked Bob Moe. She continued: I wish you peace.", ["excerpt", "excerpt"], [math.inf, math.inf]),
], ids=["direct", "retold", "both"])  # fmt: skip
def test_the_bounds_of_a_length(text, extent, high):
    found = measure_style(pd.DataFrame({"version_id": ["v"], "text": [text]}))
    assert found["extent"].tolist() == extent
    assert [value for value in found["high"]] == pytest.approx(high, nan_ok=True)


def test_the_agencys_words_are_no_part_of_the_letter():
    short, long = (measure_style(pd.DataFrame({"version_id": ["v"], "text": [LEAD * n + "The letter said: I thank you."]})) for n in (1, 3))
    pd.testing.assert_frame_equal(short, long)


def test_nothing_is_fetched(monkeypatch):
    def refuse(*_):
        raise AssertionError("a connection was tried")

    monkeypatch.setattr(socket.socket, "connect", refuse)
    monkeypatch.setattr(socket, "getaddrinfo", refuse)
    assert not math.isnan(measure_readability(["The cat sat on the mat."], 6)["flesch"])


# Published: Flesch's and Kincaid's formulas, reckoned from words, sentences and syllables that anybody can count.
@pytest.mark.parametrize(("sentences", "words", "syllables"), [
    (["The cat sat on the mat."], 6, 6), (["Peace is good.", "War is not."], 6, 6), (["The people are happy today."], 5, 8),
])  # fmt: skip
def test_flesch_and_kincaid_as_published(sentences, words, syllables):
    scores = measure_readability(sentences, words)
    flesch = 206.835 - 1.015 * words / len(sentences) - 84.6 * syllables / words
    kincaid = 0.39 * words / len(sentences) + 11.8 * syllables / words - 15.59
    assert (scores["flesch"], scores["flesch_kincaid"]) == pytest.approx((flesch, kincaid), abs=0.02)


def test_lix_and_rix_as_published():
    """Björnsson: words a sentence, and the share of words of more than six letters; Anderson: such words a sentence."""
    scores = measure_readability(["The government extended greetings to all."], 6)
    assert (scores["lix"], scores["rix"]) == pytest.approx((6 + 100 * 3 / 6, 3.0))


TEXTSTAT = {
    "flesch": "flesch_reading_ease", "flesch_kincaid": "flesch_kincaid_grade", "fog": "gunning_fog", "ari": "automated_readability_index",
    "coleman_liau": "coleman_liau_index", "lix": "lix", "rix": "rix",
}  # fmt: skip
WORDS = st.sampled_from(["I", "it's", "'tis", "solidarity", "comrades-in-arms", "H.E.", "75th", "…", "—", "Xi", "celebration,", "“warm”", "the", "people’s", "rock'n'roll", "İ", "政府"])


def assert_as_textstat(sentences):
    """textstat, given the same sentences without inner stops, gives the same numbers; where it says 0 for nothing, we say NaN."""
    text = " ".join(re.sub(r"[.!?]+", "", sentence).strip() + "." for sentence in sentences)
    counter, ours = type(textstat.textstat)(), measure_readability(sentences, len(text.split()))
    theirs = {name: getattr(counter, TEXTSTAT[name])(text) for name in FORMULAS}
    if counter.lexicon_count(text) == 0:
        assert all(map(math.isnan, ours.values()))
    else:
        assert ours == pytest.approx(theirs)


@given(st.lists(st.lists(WORDS, min_size=1, max_size=12).map(" ".join), min_size=1, max_size=6))
@settings(max_examples=150, deadline=None)
def test_the_formulas_are_those_of_textstat(sentences):
    assert_as_textstat(sentences)


def test_the_formulas_are_those_of_textstat_on_letters():
    archive = SHARED / "kcna/headlines_2024-11-11.json"
    if not archive.exists():
        pytest.skip("the archive is not at hand")
    own = split_frames(read_archive(archive).texts_of(everything=False)).query("frame == 'letter'")
    assert len(own) > 100
    for _, said in own.groupby("version_id"):
        assert_as_textstat(list(said["sentence"]))


def test_the_stops_of_titles_end_no_sentence_for_the_formulas_either():
    assert measure_readability(["I saw H.E. the king."], 5)["flesch"] == measure_readability(["I saw HE the king."], 5)["flesch"]


@pytest.mark.parametrize(("language", "defined"), [("en", FORMULAS), ("de", tuple(ANY)), ("ru", tuple(ANY)), ("ko", ()), ("zh", ()), ("ja", ())])
def test_a_formula_is_refused_for_languages_it_was_not_made_for(language, defined):
    scores = measure_readability(["Wir wünschen dem Präsidenten Gesundheit."], 5, language)
    assert {name for name, score in scores.items() if not math.isnan(score)} == set(defined)
    assert set(ENGLISH) | set(ANY) == set(FORMULAS)


@pytest.mark.parametrize(("text", "language", "told"), [
    ("I thank you.", "en", "fewer than 100 words.*fewer than 3 sentences"), ("I thank you. " * 40, "en", "^$"), ("존경하는 총서기동지, 축하합니다.", "ko", "no readability formula fits"),
    ("Ich danke Ihnen. " * 40, "de", "only lix and rix"),
])  # fmt: skip
def test_warnings(text, language, told):
    import re

    assert re.search(told, measure_style(letter(text, language=language))["warning"].iloc[0])


def test_of_nothing_nothing_is_defined():
    scores = measure_readability([], 0)
    assert all(math.isnan(score) for score in scores.values())
    assert measure_style(letter("")).empty


# --- Words.

@pytest.mark.parametrize(("text", "words"), [
    ("The 75th day", ["the", "75th", "day"]), ("long-standing ties", ["long-standing", "ties"]), ("Kim’s", ["kim's"]), ("ComradeKim", ["comrade", "kim"]),
    ("McDonald", ["mcdonald"]), ("KCNA's USA", ["kcna's", "usa"]), ("Kim Jong Unsent", ["kim", "jong", "un", "sent"]), ("-0-", []), ("존경하는 동지", ["존경하는", "동지"]),
    ("总书记", ["总", "书", "记"]), ("d'affaires", ["d'affaires"]), ("1 October 2024", ["october"]), ("dear5th", ["dear", "5th"]),
])  # fmt: skip
def test_words(text, words):
    assert find_tokens(text) == words


@given(st.text(st.characters(min_codepoint=32, max_codepoint=0x2FF), max_size=80))
def test_words_stand_where_they_are_said_to(text):
    spans = list(find_token_spans(text))
    assert [word for *_, word in spans] == find_tokens(text)
    assert all(text[start:end].lower().replace("’", "'") == word for start, end, word in spans)
    assert all(one[1] <= other[0] for one, other in zip(spans, spans[1:], strict=False))


plain = st.lists(st.sampled_from(["peace", "war", "dear", "long-standing", "the", "people's", "a"]), min_size=1, max_size=40).map(" ".join)


@settings(max_examples=30, deadline=None)
@given(plain)
def test_counts_are_those_of_scikit_learn(text):
    said = pd.DataFrame({"version_id": ["v"], "part": "text", "frame": "letter", "sender": "A", "recipient": "B", "sentence": [text]})
    counts = count_tokens(said).set_index("token")["n"]
    theirs = CountVectorizer(token_pattern=r"\S+").fit([text])
    expected = dict(zip(theirs.get_feature_names_out(), theirs.transform([text]).toarray()[0], strict=True))
    assert counts.to_dict() == expected


@settings(max_examples=30, deadline=None)
@given(st.lists(plain, min_size=1, max_size=5))
def test_lengths_add_up(texts):
    found = measure_style(letter(" ".join(text.capitalize() + "." for text in texts))).iloc[0]
    assert found["words"] == sum(len(text.split()) for text in texts) == found["tokens"]
    assert found["longest_sentence"] <= found["words"] and found["mean_sentence"] == pytest.approx(found["words"] / found["sentences"])
