"""Formulas: by which words a wish or a thanks is known, where in a letter it stands, and which phrases a sender repeats."""

import csv
from pathlib import Path

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from comity.errors import CorpusError
from comity.formulas import find_formulas, find_repeated, place_sentences, read_formulas
from comity.formulas.hits import find_in_sentence
from comity.formulas.lexicon import ready

CASES = list(csv.DictReader((Path(__file__).parent / "cases/formulas/sentences.csv").open(encoding="utf-8")))
LEXICON = read_formulas()


def letter(text, **more):
    return pd.DataFrame([{"version_id": "v", "text": text, "kind": "letter", "sender": "Ann Lee", "recipient": "Bob Moe"} | more])


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["label"])
def test_sentences(case):
    found = find_formulas(letter(case["sentence"], language=case["language"]))
    assert "|".join(found["formula"] + "=" + found["matched"]) == case["expected"]


@pytest.mark.parametrize("row", list(LEXICON.itertuples()), ids=lambda row: f"{row.formula}, {row.language}")
def test_the_example_of_each_formula_has_its_words(row):
    """An example may quote a closing wish without its verb: the word that it is about is there, and in a whole sentence all are."""
    formula = next(each for each in ready(LEXICON, row.language) if each.name == row.formula)
    quoted = formula if find_in_sentence(row.example, [formula], row.language) else formula._replace(groups=formula.groups[:1])
    assert find_in_sentence(row.example, [quoted], row.language)


def test_counts_of_words_show_a_formula_by_all_its_groups():
    health = next(each for each in ready(LEXICON, "en") if each.name == "wish for health")
    assert health.in_words(["we", "wished", "health"]) and not health.in_words(["health", "care"])


def test_a_formula_of_ones_own_replaces_ours():
    own = pd.DataFrame([{"formula": "wish for health", "language": "en", "words": "luck", "counted": "yes"}])
    lexicon = read_formulas(extra=own)
    assert len(lexicon) == len(LEXICON)
    assert find_formulas(letter("I wish you health and luck."), lexicon)["matched"].tolist() == ["luck"]


@pytest.mark.parametrize(("row", "told"), [
    ({"formula": "x", "language": "en", "counted": "yes"}, "lacks words"),
    ({"formula": "x", "language": "en", "words": "a", "counted": "maybe"}, "counted is 'maybe'.*yes, no"),
    ({"formula": "x", "language": "en", "words": "a", "counted": "yes", "slot": "clsoe"}, "Did you mean 'close'"),
])  # fmt: skip
def test_a_lexicon_that_cannot_be_used(row, told):
    with pytest.raises(CorpusError, match=told):
        read_formulas(extra=pd.DataFrame([row]))


words = st.lists(st.sampled_from(["wish", "health", "I", "thank", "you", ",", "through", "her", "’", "건강", "\n", ". ", "x" * 30]), max_size=40)


@settings(max_examples=60, deadline=None)
@given(words.map(" ".join))
def test_every_formula_replays(text):
    found = find_formulas(letter(text))
    assert [text[row.start : row.end] for row in found.itertuples()] == found["matched"].tolist()
    assert (found["context"].str.split().str.len() <= 12).all()


# --- Where in the letter.

LETTER = ["Dear Bob,", "I saw your ships.", "I wish you health.", "The harvest was good.", "I wish you luck and happiness.", "Yours, Ann."]


def sentences(said, **more):
    return pd.DataFrame({"version_id": "v", "part": "text", "frame": "letter", "sender": "A", "recipient": "B", "sentence": said} | more)


def test_the_close_begins_with_the_last_wish():
    assert place_sentences(sentences(LETTER)).tolist() == ["salutation", "body", "body", "body", "close", "close"]


def test_only_the_letter_has_places():
    told = sentences(["Oslo, May 3", *LETTER[1:3]], frame=["agency", "reported", "reported"])
    assert place_sentences(told).tolist() == ["", "body", "close"]


def test_a_retold_letter_has_no_opening_line():
    assert place_sentences(sentences(["He greeted her,", "He wished her health."], frame="reported")).tolist() == ["body", "close"]


def test_a_long_first_sentence_is_no_opening_line():
    assert place_sentences(sentences([f"I have seen {'very ' * 12}many ships,", "and more."])).tolist() == ["body", "body"]


# --- What is said again.

def told(*texts, senders="A", messages=None):
    """Sentences, each a text of its own."""
    number = range(len(texts))
    return pd.DataFrame({
        "version_id": [f"v{n}" for n in number], "message_id": messages or [f"m{n}" for n in number], "part": "text", "start": 0,
        "frame": "letter", "sender": senders, "sentence": texts,
    })  # fmt: skip


def test_the_longest_phrase_is_found():
    found = find_repeated(told("Good ships sail north today.", "Now good ships sail north, friend."))
    assert set(found["phrase"]) == {"good ships sail north"} and found["messages"].tolist() == [2, 2]
    assert found["matched"].tolist() == ["Good ships sail north", "good ships sail north"]


def test_a_shorter_phrase_in_more_messages_is_found_too():
    found = find_repeated(told("good ships sail north", "good ships sail north", "good ships sail south"))
    assert found.groupby("phrase")["messages"].first().to_dict() == {"good ships sail": 3, "good ships sail north": 2}


@pytest.mark.parametrize(("sentences", "why"), [
    (told("good ships sail north", "good ships sail north", senders=["A", "B"]), "two senders"),
    (told("good ships sail north", "good ships sail north", messages=["m", "m"]), "two versions of one message"),
    (told("of the ships of the", "of the ships of the"), "words of grammar at both ends"),
    (told("good ships sail north", "good boats sail north"), "another word"),
    (told("good ships sail north", "good ships sail north", messages=["", ""]), "no message"),
], ids=lambda each: each if isinstance(each, str) else "")  # fmt: skip
def test_what_is_no_repeated_phrase(sentences, why):
    assert find_repeated(sentences).empty


def test_no_phrase_is_longer_than_a_short_quotation():
    text = " ".join(f"ship{chr(97 + n)}" for n in range(26))
    found = find_repeated(told(text, text))
    assert found["phrase"].str.split().str.len().max() == 12


@settings(max_examples=25, deadline=None)
@given(st.lists(st.lists(st.sampled_from(["red", "ships", "sail", "the", "north"]), min_size=1, max_size=9).map(" ".join), min_size=2, max_size=4))
def test_every_repeated_phrase_replays_and_is_repeated(texts):
    said = told(*texts)
    found = find_repeated(said).merge(said[["version_id", "sentence"]], on="version_id")
    assert [row.sentence[row.start : row.end] for row in found.itertuples()] == found["matched"].tolist()
    assert (found.groupby("phrase")["message_id"].nunique() >= 2).all()
