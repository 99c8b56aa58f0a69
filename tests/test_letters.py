"""Letters of the record and of texts under one set of names."""

from dataclasses import replace
from pathlib import Path

import pandas as pd
import pytest

from comity import CorpusError, find_evidence, find_ladder, gather_letters, read_corpus, read_honorifics, read_measurements
from comity.forms import find_forms
from comity.habits import find_habits
from comity.letters import choose_versions
from comity.letters.matching import match_versions, rename_people
from comity.measure import measure_texts


@pytest.fixture(scope="module")
def corpus():
    return read_corpus()


@pytest.fixture(scope="module")
def letters(corpus):
    return gather_letters(read_measurements(), corpus)


def versions(*rows):
    return pd.DataFrame(rows, columns=["message_id", "version_id", "url", "words"])


@pytest.mark.parametrize(("recorded", "expected"), [
    ([("m", "v", "https://a", 100)], "v"), ([("m", "v", "https://a", None)], "v"), ([("m", "v", "https://b", 200)], None), ([("n", "v", "https://a", 200)], None),
    ([("m", "v", "https://a", 100), ("m", "w", "https://a", 200)], "w"), ([("m", "v", "https://a", 100), ("m", "w", "https://a", 207)], None),
])  # fmt: skip
def test_the_same_version_stands_at_the_same_address(recorded, expected):
    found = match_versions(versions(("m", "text", "https://a", 201)), versions(*recorded))
    assert found.get(("m", "text")) == expected


def test_a_text_without_an_address_is_a_version_of_its_own():
    assert match_versions(versions(("m", "text", "", 100)), versions(("m", "v", "", 100))) == {}


def test_a_text_with_the_id_of_a_version_is_that_version():
    recorded = versions(("m", "v", "https://a", 100), ("m", "w", "https://b", 50))
    assert match_versions(versions(("m", "v", "", 7)), recorded) == {("m", "v"): "v"}
    assert match_versions(versions(("m", "w", "https://a", 100)), recorded) == {("m", "w"): "w"}
    assert match_versions(versions(("n", "v", "", 7)), recorded) == {}
    # Of two texts at one address the one with the version's id is the version, however many words it has.
    assert match_versions(versions(("m", "copy", "https://a", 100), ("m", "v", "https://a", 7)), recorded) == {("m", "v"): "v"}


def test_people_have_the_names_of_the_record(corpus):
    told = pd.DataFrame({"sender": ["Vladimir Vladimirovich Putin|Ann Lee"]})
    assert rename_people(told, corpus.people, ("sender",))["sender"].tolist() == ["Vladimir Putin|Ann Lee"]


def test_the_archives_letters_are_the_records(letters, corpus):
    ours = set(corpus.messages["message_id"])
    assert letters.messages.groupby("record")["message_id"].size()["yes"] == len(ours)
    measured = set(letters.lengths.loc[letters.lengths["basis"] == "text", "message_id"])
    assert {"kim-xi-2024-10-06", "kim-putin-2024-10-07", "xi-kim-2024-10-06"} <= measured & ours
    assert "kim-xi-2024-10-01__kcna-stiles-archive-text-b__en" in set(letters.tone["version_id"])


def test_the_joined_tables_hold_together(letters):
    joined = letters.corpus
    for table, key in ((joined.messages, "message_id"), (joined.versions, "version_id"), (joined.mentions, "mention_id")):
        assert table[key].is_unique
    assert set(joined.versions["message_id"]) <= set(joined.messages["message_id"])
    assert set(joined.mentions["version_id"]) <= set(joined.versions["version_id"])
    for table in (letters.tone, letters.formulas, letters.lengths, letters.token_counts, letters.repeated):
        told = table[table["message_id"] != ""]
        assert set(told["message_id"]) <= set(joined.messages["message_id"])
        assert set(told["version_id"]) <= set(joined.versions["version_id"])


def test_the_record_stays_as_it_is(letters, corpus):
    """The versions of the record keep their own mentions: what was measured in them is not added a second time."""
    ours = letters.corpus.mentions[letters.corpus.mentions["version_id"].isin(corpus.versions["version_id"])]
    pd.testing.assert_frame_equal(ours.reset_index(drop=True), corpus.mentions)
    pair = {"sender": "Kim Jong Un", "recipient": "Xi Jinping"}
    pd.testing.assert_frame_equal(find_evidence("respected", letters.corpus, **pair), find_evidence("respected", corpus, **pair))


def test_a_story_of_several_messages_is_a_version_of_each():
    text = (
        "Oslo, May 3 (NTB) -- Ann Lee sent a letter to Bob Moe on May 2. In the letter she thanked the esteemed Bob Moe.\n"
        "Bob Moe sent a letter to Ann Lee on May 3. In the letter he thanked dear Ann Lee."
    )
    texts = pd.DataFrame({"version_id": ["v"], "text": [text], "date": [pd.Timestamp("2001-05-03")]})
    letters = gather_letters(measure_texts(texts), read_corpus(Path(__file__).parent / "cases/sound"))
    told = letters.lengths[letters.lengths["basis"] == "text"].groupby("message_id")["version_id"].first().to_dict()
    assert told == {"ann-lee-bob-moe-2001-05-02": "v", "bob-moe-ann-lee-2001-05-03": "v-2"}
    assert set(letters.mentions.loc[letters.mentions["message_id"] == "bob-moe-ann-lee-2001-05-03", "version_id"]) == {"v-2"}


def test_evidence_is_found_in_measured_letters(letters):
    """The ladder of a sender whom the record does not know, from measured mentions alone."""
    ladder = find_ladder(letters.corpus, "Yoweri Museveni", "Kim Jong Un")
    assert ladder.loc[ladder["form"] == "excellency", "state"].tolist() == ["attested"]


def test_counted_versions_take_part_without_phrases(letters):
    counted = letters.tone[letters.tone["start"].isna()]
    assert len(counted) and not counted["matched"].str.contains(" ").any()
    assert set(letters.lengths.loc[letters.lengths["basis"] == "counts", "warning"]) == {"only its words were counted: no readability"}


def lengths(*rows):
    table = pd.DataFrame(rows, columns=["message_id", "version_id", "frame", "extent", "words", "basis"])
    return replace_lengths(table.assign(high=table["words"].astype(float)))


def replace_lengths(table):
    from types import SimpleNamespace

    return SimpleNamespace(messages=pd.DataFrame({"message_id": ["m", "n"]}), lengths=table)


@pytest.mark.parametrize(("rows", "frames", "expected"), [
    ([("m", "cut", "letter", "excerpt", 300, "text"), ("m", "whole", "letter", "full", 200, "text")], ("letter",), ["whole"]),
    ([("m", "short", "letter", "full", 100, "text"), ("m", "long", "letter", "full", 200, "text")], ("letter",), ["long"]),
    ([("m", "a", "letter", "full", 202, "counts"), ("m", "b", "letter", "full", 200, "text")], ("letter",), ["b"]),
    ([("m", "a", "letter", "full", 200, "counts"), ("m", "b", "letter", "opening", 300, "text")], ("letter",), ["a"]),
    ([("m", "a", "letter", "full", 0, "text")], ("letter",), []),
    ([("m", "a", "reported", "summary", 200, "text")], ("letter",), []),
    ([("m", "a", "reported", "summary", 200, "text")], ("letter", "reported"), ["a"]),
])  # fmt: skip
def test_which_version_is_read(rows, frames, expected):
    assert choose_versions(lengths(*rows), ["m", "n"], frames)["version_id"].tolist() == expected


@pytest.mark.parametrize(("messages", "frames", "told"), [(["m"], "letter", r"frames is several: write \('letter',\)"), ("m", ("letter",), r"messages is several: write \('m',\)")])
def test_several_are_a_tuple(messages, frames, told):
    with pytest.raises(CorpusError, match=told):
        choose_versions(lengths(("m", "a", "letter", "full", 1, "text")), messages, frames)


def test_a_message_that_is_not_there_is_named():
    with pytest.raises(CorpusError, match="no message 'x'"):
        choose_versions(lengths(("m", "a", "letter", "full", 1, "text")), ["x"])


def test_nothing_given_is_changed(corpus):
    measured = read_measurements()
    before = {name: getattr(measured, name).copy() for name in ("messages", "mentions", "lengths")}, corpus.versions.copy()
    gather_letters(measured, replace(corpus))
    for name, table in before[0].items():
        pd.testing.assert_frame_equal(getattr(measured, name), table)
    pd.testing.assert_frame_equal(corpus.versions, before[1])


def test_letters_of_ones_own_need_no_record():
    text = "Oslo, May 3 (NTB) -- Ann Lee sent a letter to Bob Moe on May 2. The letter said: Dear friend, I thank you."
    letters = gather_letters(measure_texts(pd.DataFrame({"version_id": ["a"], "text": [text], "date": ["2001-05-03"]})))
    assert letters.messages[["message_id", "record"]].values.tolist() == [["ann-lee-bob-moe-2001-05-02", "no"]]
    assert (len(letters.corpus.versions), len(letters.corpus.claims)) == (1, 0) and len(letters.corpus.honorifics)


def test_letters_are_judged_by_the_honorifics_with_which_they_were_measured():
    """Else a word that only the user's lexicon knows would be found in the text, and be in no finding."""
    text = {"version_id": ["a"], "text": ["August friend,\nI thank you."], "date": ["1701-01-01"], "kind": ["letter"], "sender": ["Ann Lee"], "recipient": ["Bob Moe"]}
    own = read_honorifics(extra=pd.DataFrame([{"term": "august", "language": "en", "element": "epithet", "group": "august", "counts": "alone"}]))
    measured = measure_texts(pd.DataFrame(text), honorifics=own)
    forms = [find_forms(letters.corpus.mentions, letters.corpus.versions, letters.corpus.honorifics) for letters in (
        gather_letters(measured, honorifics=own), gather_letters(measured, read_corpus(), honorifics=own),
    )]
    assert ["august" in set(found["form"]) for found in forms] == [True, True]



@pytest.mark.parametrize(("line", "printed"), [
    ("To Sultan Selim,", "Sultan Selim"), ("Sultan Selim:", "Sultan Selim"), ("To Dear Sultan Selim,", "Dear Sultan Selim"),
    ("Two of our galleys were taken, Sultan Selim,", ""),
])  # fmt: skip
def test_a_first_line_with_a_name_and_no_honorific_is_an_opening_line(line, printed):
    about = {"date": ["1503-05-14", "1504-03-02"], "sender": "Andrea Lorenzan", "recipient": "Sultan Selim", "language": "en"}
    opening = ["Most honoured Sultan Selim,", line]
    texts = pd.DataFrame({"version_id": ["a", "b"], "text": [f"{first}\n\nYour envoy came. We ask for the ships.\n\nAndrea Lorenzan" for first in opening]} | about)
    mine = gather_letters(measure_texts(texts))
    assert mine.corpus.versions["salutation"].tolist() == ["Most honoured Sultan Selim", printed]
    found = find_habits(mine, "Andrea Lorenzan", kinds=["opening line"])
    assert found["state"].tolist() == ["attested", "attested" if printed else "not observable"]
