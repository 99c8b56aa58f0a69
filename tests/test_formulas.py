"""Formulas: by which words a wish or a thanks is known, where in a letter it stands, and which phrases a sender repeats."""

import csv
from pathlib import Path
from time import perf_counter

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from comity.errors import CorpusError
from comity.formulas import find_formulas, find_repeated, place_sentences, read_formulas
from comity.formulas.lexicon import ready
from comity.formulas.reader import Reader

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
    assert any(Reader([quoted], row.language).find(row.example) for quoted in (formula, formula.without_verb()))


def find(words, sentence, name=""):
    """What a formula of these words matches."""
    own = pd.DataFrame([{"formula": "x", "language": "en", "words": words, "counted": "no"}])
    return [sentence[hit.start : hit.end] for hit in Reader(ready(read_formulas(own), "en")).find(sentence, name)]


@pytest.mark.parametrize(("words", "sentence", "expected"), [
    ("ship* red|blue~1", "red old ships", ["red old ships"]), ("ship* red|blue~1", "red very old ships", []),
    ("ship* red~1", "red very old ships, and very red ships", ["red ships"]), ("ship* red -old", "red old ships", []),
    ("ship* red -old", "old red ships", ["red ships"]), ("ship* red -old~0", "red old and rusty ships", ["red old and rusty ships"]),
    ("ship* red -old +dear", "red dear old ships", ["red dear old ships"]), ("ship* <old", "old and red ships", []), ("ship* <old", "ships and old men", ["ships"]),
    ("ship* <old +but", "old but red ships", ["ships"]), ("ship* <old +but", "but old red ships", []),
    ("red_ship*", "the red, shipshape mast", ["red, shipshape"]), ("red_old_ship*", "red old men", []), ("ships -red_ships", "red ships", []),
])  # fmt: skip
def test_what_a_lexicon_can_say(words, sentence, expected):
    assert find(words, sentence) == expected


def test_the_recipients_name_saves_only_between():
    assert find("ships red -old +@name", "red old Roe’s ships", "Cid Roe") == ["red old Roe’s ships"]
    assert find("ships red -old +@name", "red old roe ships", "Cid Roe") == find("ships red -old +@name", "Roe, red old ships", "Cid Roe") == []


def test_counts_of_words_show_a_formula_by_all_its_groups():
    health = next(each for each in ready(LEXICON, "en") if each.name == "wish for health")
    assert health.in_words(["we", "wished", "health"]) and not health.in_words(["health", "care"])


def test_counts_of_words_cannot_tell_whose_congratulations_they_are():
    greeting = next(each for each in ready(LEXICON, "en") if each.name == "congratulations")
    assert greeting.in_words(["congratulations"]) and greeting.is_spoilt_in(["thanks", "congratulations"]) and not greeting.is_spoilt_in(["congratulations"])


def test_a_formula_of_ones_own_replaces_ours():
    own = pd.DataFrame([{"formula": "wish for health", "language": "en", "words": "luck", "counted": "yes"}])
    lexicon = read_formulas(extra=own)
    assert len(lexicon) == len(LEXICON)
    assert find_formulas(letter("I wish you health and luck."), lexicon)["matched"].tolist() == ["luck"]


@pytest.mark.parametrize(("row", "told"), [
    ({"formula": "x", "language": "en", "counted": "yes"}, "lacks words"),
    ({"formula": "x", "language": "en", "words": "a", "counted": "maybe"}, "counted is 'maybe'.*yes, no"),
    ({"formula": "x", "language": "en", "words": "a", "counted": "yes", "slot": "clsoe"}, "Did you mean 'close'"),
    ({"formula": "x", "language": "en", "words": "a |b", "counted": "yes"}, r"words of 'x' cannot be read at '\|b'"),
    ({"formula": "x", "language": "en", "words": "a *", "counted": "yes"}, r"at '\*'"),
    ({"formula": "x", "language": "en", "words": "a b~near", "counted": "yes"}, "at 'b~near'"),
    ({"formula": "x", "language": "en", "words": "a b_", "counted": "yes"}, "at 'b_'"),
    ({"formula": "x", "language": "en", "words": "-a <b", "counted": "yes"}, "by which words it is not known"),
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


def test_a_wish_with_which_a_letter_begins_is_no_close():
    said = ["I hope this finds you in good health.", *["The harvest was good."] * 20]
    assert set(place_sentences(sentences(said))) == {"body"}
    assert place_sentences(sentences(said + ["I wish you health."])).tolist()[-2:] == ["body", "close"]


@pytest.mark.parametrize("language", [None, float("nan"), "", "xx"])
def test_places_in_a_language_that_nobody_named_or_knows(language):
    known = place_sentences(sentences(LETTER, language=language)).tolist()
    assert known == (["salutation", *["body"] * 5] if language == "xx" else ["salutation", "body", "body", "body", "close", "close"])


def test_texts_with_numbers_for_names():
    texts = letter("I wish you health.").assign(version_id=[7])
    assert find_formulas(texts)[["version_id", "formula"]].values.tolist() == [["7", "wish for health"]]


def test_texts_without_a_column_are_refused():
    with pytest.raises(CorpusError, match="lack the column text"):
        find_formulas(letter("I wish you health.").drop(columns="text"))


@pytest.mark.parametrize("sentence", ["I wish health ", "I do not wish health ", "I wish our people health "])
def test_a_text_without_an_end_is_read_in_time_that_grows_as_it_does(sentence):
    """A sentence eight times as long takes about eight times as long, not sixty-four times."""
    def seconds(times):
        table, begun = letter(sentence * times), perf_counter()
        find_formulas(table)
        return perf_counter() - begun

    seconds(10)
    assert seconds(8_000) < 30 * max(seconds(1_000), 0.02)


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
    (told("good ships sail north", "good ships sail north", senders=["", ""]), "nobody’s"),
], ids=lambda each: each if isinstance(each, str) else "")  # fmt: skip
def test_what_is_no_repeated_phrase(sentences, why):
    assert find_repeated(sentences).empty


def test_no_phrase_is_longer_than_a_short_quotation():
    text = " ".join(f"ship{chr(97 + n)}" for n in range(26))
    found = find_repeated(told(text, text))
    assert found["phrase"].str.split().str.len().max() == 12


@pytest.mark.parametrize(("sizes", "told_of"), [({"least": 0}, "least is 0"), ({"least": 5, "longest": 3}, "least is 5"), ({"longest": 2.5}, "longest is 2.5")])
def test_sizes_that_cannot_be_used(sizes, told_of):
    with pytest.raises(CorpusError, match=told_of):
        find_repeated(told("good ships sail north", "good ships sail north"), **sizes)


def test_sentences_without_messages_are_refused():
    with pytest.raises(CorpusError, match="lack the column message_id"):
        find_repeated(told("good ships").drop(columns="message_id"))
    assert find_repeated(told("good ships sail north", "good ships sail north", messages=[None, None])).empty


def test_a_sentence_of_four_thousand_words_takes_no_longer_than_its_words():
    words = [f"ship{number}".translate(str.maketrans("0123456789", "abcdefghij")) for number in range(4_000)]

    def seconds(many):
        sentence, begun = " ".join(words[:many]), perf_counter()
        found = find_repeated(told(sentence, sentence))
        assert len(found) == 2 * (many - 11)
        return perf_counter() - begun

    seconds(100)
    assert seconds(4_000) < 30 * max(seconds(500), 0.05)


@settings(max_examples=25, deadline=None)
@given(st.lists(st.lists(st.sampled_from(["red", "ships", "sail", "the", "north"]), min_size=1, max_size=9).map(" ".join), min_size=2, max_size=4))
def test_every_repeated_phrase_replays_and_is_repeated(texts):
    said = told(*texts)
    found = find_repeated(said).merge(said[["version_id", "sentence"]], on="version_id")
    assert [row.sentence[row.start : row.end] for row in found.itertuples()] == found["matched"].tolist()
    assert (found.groupby("phrase")["message_id"].nunique() >= 2).all()
