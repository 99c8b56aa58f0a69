"""Texts on their way in: which are the same message, how much of it they show, what a table may say of them, and what is refused."""

import csv
import gc
import json
from datetime import date
from pathlib import Path

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from comity import CorpusError, find_mentions, find_tone, measure_style
from comity.corpus.identifiers import FreeIds
from comity.formulas import find_formulas
from comity.measure import find_date, measure_texts
from comity.measure.counter import count_words
from comity.measure.identity import party_key
from comity.measure.texts import check_texts
from comity.speech import split_frames

CASES = Path(__file__).parent / "cases" / "measure"


def rows_of(name):
    return list(csv.DictReader((CASES / name).open(encoding="utf-8")))


def letter(**facts):
    """A text of a letter; what is not given is that of a letter from Ann Lee to Bob Moe."""
    usual = {"text": "Dear friend, I thank you. Our fleets will sail together.", "date": "1701-01-01", "sender": "Ann Lee", "recipient": "Bob Moe"}
    facts = usual | {"version_id": "v", "kind": "letter"} | facts
    return facts | ({"sender": "", "recipient": ""} if facts["kind"] == "report" else {})


def measure(*texts):
    return measure_texts(pd.DataFrame([letter(**text) for text in texts]))


# --- Days.

@pytest.mark.parametrize("case", rows_of("dates.csv"), ids=lambda case: f"{case['sentence']} {case['published']}")
def test_the_day_of_a_message(case):
    day, published = (date.fromisoformat(case[name]) if case[name] else None for name in ("day", "published"))
    assert find_date(case["sentence"], published) == (day, case["basis"])


# --- Which message.

@pytest.mark.parametrize("case", json.loads((CASES / "identity.json").read_text(encoding="utf-8")), ids=lambda case: case["label"])
def test_which_texts_are_one_message(case):
    measured = measure(*case["texts"])
    assert measured.versions.set_index("version_id")["message_id"].to_dict() == case["expected"]
    assert set(measured.messages["message_id"]) == set(case["expected"].values()) and measured.messages["message_id"].is_unique
    counts = pd.Series(case["expected"]).value_counts()
    assert measured.messages.set_index("message_id")["versions"].to_dict() == counts.to_dict()


@pytest.mark.parametrize("case", json.loads((CASES / "identity.json").read_text(encoding="utf-8")), ids=lambda case: case["label"])
def test_the_order_of_texts_does_not_decide_what_is_one_message(case):
    def groups(texts):
        found = measure(*texts).versions.groupby("message_id")["version_id"].agg(frozenset)
        return set(found)

    assert groups(case["texts"]) == groups(case["texts"][::-1])


def test_what_is_known_of_a_message_is_what_any_of_its_texts_says():
    lead = "London, January 2 (GAZ) -- Ann Lee sent a {} to Bob Moe{}. In the message she thanked him."
    measured = measure(
        {"version_id": "a", "kind": "report", "text": lead.format("message", ""), "date": "1701-01-01"},
        {"version_id": "b", "kind": "report", "text": lead.format("message on his birthday", " on January 1"), "date": "1701-01-02"},
    )
    row = measured.messages.iloc[0]
    assert row[["date", "date_basis", "occasion", "reply", "versions"]].tolist() == [date(1701, 1, 1), "sent", "birthday", "no", 2]
    answer = measure({"version_id": "a"}, {"version_id": "b", "kind": "report", "text": lead.format("reply message", " on January 1"), "date": "1701-01-02"})
    assert answer.messages["reply"].tolist() == ["yes"]


def test_a_letter_was_sent_on_its_day_and_an_undated_one_on_none():
    measured = measure({"version_id": "a"}, {"version_id": "b", "date": None})
    assert measured.messages[["date", "date_basis"]].values.tolist()[0] == [date(1701, 1, 1), "sent"]
    assert pd.isna(measured.messages.loc[1, "date"]) and measured.messages.loc[1, "date_basis"] == ""


def test_a_given_id_goes_to_the_message_that_a_story_is_about():
    text = (
        "Oslo, May 3 (NTB) -- The harbour is open.\n"
        "Ann Lee sent a letter to Bob Moe on May 2. In the letter she thanked the esteemed Bob Moe.\n"
        "Bob Moe sent a letter to Ann Lee on May 3. In the letter he thanked dear Ann Lee.\n"
        "Ann Lee sent a letter to Bob Moe on May 2. In the letter she greeted him."
    )
    measured = measure({"kind": "report", "date": "2001-05-03", "text": text, "message_id": "mine"})
    assert measured.messages["message_id"].tolist() == ["mine", "bob-moe-ann-lee-2001-05-03"]
    assert measured.versions.loc[0, ["message_id", "identity"]].tolist() == ["mine", "given"]


def test_a_given_id_names_a_message_of_which_nobody_says_who_wrote_it():
    measured = measure({"text": "Ich danke Ihnen.", "language": "de", "sender": "", "recipient": "", "message_id": "mine"}, {"version_id": "w"})
    assert measured.messages["message_id"].tolist() == ["ann-lee-bob-moe-1701-01-01", "mine"]
    assert measured.lengths["message_id"].tolist() == ["mine", "ann-lee-bob-moe-1701-01-01"]
    both = measure({"sender": "", "recipient": "", "message_id": "mine"}, {"version_id": "w", "message_id": "mine"})
    assert both.messages[["message_id", "sender", "recipient"]].values.tolist() == [["mine", "Ann Lee", "Bob Moe"]]


NAMES = st.text(st.characters(codec="utf-8", exclude_characters="|\x00", exclude_categories=("Cs",)), max_size=8)


@settings(max_examples=25, deadline=None)
@given(st.lists(st.tuples(NAMES, NAMES), min_size=1, max_size=5, unique=True))
def test_every_message_has_an_id_of_its_own(pairs):
    """Whatever the names and their script: no id twice, and no text under the names of others."""
    texts = [{"version_id": str(number), "sender": one, "recipient": two} for number, (one, two) in enumerate(pairs)]
    measured = measure(*texts)
    assert measured.messages["message_id"].is_unique
    named = measured.versions.merge(measured.messages, on="message_id").set_index("version_id")
    for version, row in named.iterrows():
        one, two = pairs[int(version)]
        assert (party_key(row["sender"]), party_key(row["recipient"])) == (party_key(one), party_key(two))
    whose = [(party_key(one), party_key(two)) for one, two in pairs]
    known = [pair for pair in whose if all(pair)]
    alone = sum(any((one.strip(), two.strip())) for (one, two), pair in zip(pairs, whose, strict=True) if not all(pair))
    assert len(measured.messages) == len(set(known)) + alone


# --- How much of it.

@pytest.mark.parametrize("case", rows_of("extents.csv"), ids=lambda case: case["label"])
def test_how_much_of_a_message_a_text_shows(case):
    parties = {} if case["kind"] == "report" else {"sender": "Ann Lee", "recipient": "Bob Moe"}
    text = case["text"].replace("\\n", "\n")
    measured = measure_texts(pd.DataFrame([{"version_id": "v", "date": "2001-05-03", "kind": case["kind"], "text": text, "extent": case["extent"]} | parties]))
    assert set(measured.lengths["extent"]) == {case["expected"]}


@pytest.mark.parametrize(("text", "extent"), [
    ("Oslo (NTB)\nIn dem Brief heißt es:\nIch danke Ihnen. Unsere Schiffe fahren.", "full"), ("Oslo (NTB)\nLieber Freund,\nich danke Ihnen.", "full"),
    ("Oslo (NTB)\nIn dem Brief heißt es:\nIch danke Ihnen (...)", "excerpt"),
])  # fmt: skip
def test_how_much_a_text_in_another_language_shows(text, extent):
    assert measure({"text": text, "language": "de", "kind": "report"} | {"message_id": "m"}).lengths["extent"].tolist() == [extent]


@pytest.mark.parametrize(("extent", "high"), [("full", 10.0), ("opening", float("inf")), ("excerpt", float("inf")), ("summary", None), ("unknown", None)])
def test_what_is_seen_bounds_the_length(extent, high):
    found = measure({"extent": extent}).lengths["high"].tolist()
    assert found == [high] if high else pd.isna(found[0])


# --- What a table may say of its texts.

def test_what_the_table_says_of_a_text_is_kept():
    measured = measure({"version_id": "a", "publisher": "Utopia", "translation": "original"}, {"version_id": "b", "publisher": None, "date": "1702-01-01"})
    assert measured.versions[["publisher", "translation", "identity"]].values.tolist() == [["Utopia", "original", "found"], ["", "unknown", "found"]]
    assert measure({}).versions[["publisher", "translation"]].values.tolist() == [["", "unknown"]]


def test_a_text_without_a_message_has_no_identity():
    measured = measure({"kind": "report", "text": "The harbour is open."})
    assert measured.versions[["message_id", "identity"]].values.tolist() == [["", ""]] and measured.messages.empty


# --- What is refused.

@pytest.mark.parametrize(("change", "told"), [
    ({"drop": "date"}, "lack the column date"), ({"drop": "text"}, "lack the column text"), ({"drop": "version_id"}, "lack the column version_id"),
    ({"version_id": ["a", "a"]}, "version_id 'a' stands in 2 rows"), ({"version_id": [1, "1"]}, "version_id '1' stands in 2 rows"),
    ({"version_id": ["a", None]}, "row 2 has no version_id"), ({"version_id": ["a", " "]}, "row 2 has no version_id"),
    ({"date": ["1701-01-01", "Michaelmas"]}, "The date of 'b' is 'Michaelmas'"), ({"date": [1701, 1702]}, "The date of 'a' is 1701"),
    ({"date": ["1701-01-01", 1702]}, "The date of 'b' is 1702"), ({"date": ["1701", "1702"]}, "The date of 'a' is '1701'"),
    ({"date": ["1701-02-30", ""]}, "The date of 'a' is '1701-02-30'"), ({"date": ["02/05/2001", ""]}, "year-month-day"),
    ({"extent": ["full", "whole"]}, "'b' is 'whole'.*full, summary"), ({"translation": ["own", ""]}, "'a' is 'own'.*original, official"),
    ({"kind": ["letter", "poem"]}, "kind 'poem'"),
])  # fmt: skip
def test_bad_texts_are_explained(change, told):
    texts = pd.DataFrame([letter(version_id="a"), letter(version_id="b")])
    texts = texts.drop(columns=change["drop"]) if "drop" in change else texts.assign(**{name: pd.Series(cells, dtype="object") for name, cells in change.items()})
    with pytest.raises(CorpusError, match=told):
        measure_texts(texts)


@pytest.mark.parametrize("dates", [
    ["1701-01-01", "1701-01-02"], [date(1701, 1, 1), date(1701, 1, 2)], [pd.Timestamp("1701-01-01 23:00"), pd.Timestamp("1701-01-02")],
    pd.to_datetime(["1701-01-01 23:00", "1701-01-02 00:00"]).tz_localize("Asia/Seoul"), ["1701-01-01T23:00:00+09:00", date(1701, 1, 2)],
])  # fmt: skip
def test_days_as_they_may_be_written(dates):
    texts = pd.DataFrame([letter(version_id="a"), letter(version_id="b")]).assign(date=dates)
    assert measure_texts(texts).messages["date"].tolist() == [date(1701, 1, 1), date(1701, 1, 2)]


def test_numbers_for_ids_become_text():
    texts = pd.DataFrame([letter(version_id=1), letter(version_id=2, date="1702-01-01")])
    measured = measure_texts(texts, repeated=True, phrases=("thank you",))
    for name in ("versions", "mentions", "formulas", "lengths", "token_counts", "repeated", "wordings"):
        assert set(getattr(measured, name)["version_id"]) == {"1", "2"}, name


def test_a_blank_language_is_english():
    measured = measure({"version_id": "a", "language": None}, {"version_id": "b", "language": ""}, {"version_id": "c", "language": " "})
    assert set(measured.versions["language"]) == {"en"} and len(measured.formulas) == 3


@pytest.mark.parametrize(("phrases", "told"), [("good health", r"write \('good health',\)"), ((" ",), "a phrase is blank"), ((7,), "7 is no text")])
def test_phrases_are_a_tuple_of_texts(phrases, told):
    with pytest.raises(CorpusError, match=told):
        measure_texts(pd.DataFrame([letter()]), phrases=phrases)


def test_words_to_count_are_a_tuple_of_texts():
    with pytest.raises(CorpusError, match=r"write \('dear',\)"):
        count_words("dear", pd.DataFrame([letter()]), None)


def test_the_texts_given_are_not_changed():
    texts = pd.DataFrame([letter(version_id=1, language=None), letter(version_id=2, date=None)])
    before = texts.copy()
    measure_texts(texts)
    pd.testing.assert_frame_equal(texts, before)


def test_texts_are_checked_once_and_stay_so():
    texts = check_texts(pd.DataFrame([letter(version_id=1), letter(version_id=2, date=None)]))
    pd.testing.assert_frame_equal(check_texts(texts), texts)


@pytest.mark.parametrize("collects", [True, False])
def test_the_collecting_of_garbage_is_left_as_it_was(collects):
    told = pd.DataFrame({"version_id": ["a"], "text": ["Dear friend, I thank you."], "date": ["2001-05-03"]})
    (gc.enable if collects else gc.disable)()
    try:
        measure_texts(told)
        with pytest.raises(CorpusError):
            measure_texts(told.assign(date="someday"))
        assert gc.isenabled() == collects
    finally:
        gc.enable()


# --- Names of messages.

def test_however_many_messages_want_one_name_each_is_looked_up_a_few_times():
    class Counting(set):
        asked = 0

        def __contains__(self, name):
            self.asked += 1
            return super().__contains__(name)

    taken = Counting(["a", "a-3"])
    free = FreeIds(taken)
    names = []
    for _ in range(100):
        names.append(free.of("a"))
        taken.add(names[-1])
    assert names[:3] == ["a-2", "a-4", "a-5"] and len(set(names)) == 100
    assert taken.asked < 300


# --- Each verb by itself reads a table of texts as measuring does.

VERBS = (find_mentions, find_tone, find_formulas, measure_style, split_frames)


@pytest.mark.parametrize("verb", VERBS, ids=lambda verb: verb.__name__)
@pytest.mark.parametrize("language", ["", None, float("nan"), "EN", "en-GB", " en "])
def test_a_blank_language_is_english_and_a_code_may_be_written_in_any_way(verb, language):
    text = {"version_id": "a", "text": "Dear friend,\nI thank you, and wish you good health.", "kind": "letter", "sender": "Ann Lee", "recipient": "Bob Moe"}
    found, expected = verb(pd.DataFrame([text | {"language": language}])), verb(pd.DataFrame([text | {"language": "en"}]))
    assert len(expected)
    pd.testing.assert_frame_equal(found, expected)


@pytest.mark.parametrize("verb", VERBS, ids=lambda verb: verb.__name__)
def test_an_id_may_be_a_number(verb):
    texts = pd.DataFrame({"version_id": [7], "text": ["Dear friend,\nI thank you."], "kind": ["letter"]})
    assert set(verb(texts)["version_id"]) == {"7"}


@pytest.mark.parametrize("verb", VERBS, ids=lambda verb: verb.__name__)
@pytest.mark.parametrize("column", ["version_id", "text"])
def test_a_column_that_is_missing_is_named(verb, column):
    texts = pd.DataFrame({"version_id": ["a"], "text": ["Dear friend."]}).drop(columns=column)
    with pytest.raises(CorpusError, match=f"lack the column {column}"):
        verb(texts)
