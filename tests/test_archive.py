"""Archive files: what is a message story, what is rejected and why, and that every record is accounted for."""

import csv
import json
from pathlib import Path

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from comity.sources.archive import is_message_headline, read_archive
from comity.errors import CorpusError
from comity.sources.terms import read_terms

CASES = Path(__file__).parent / "cases" / "archive"
KCNA = Path(__file__).parents[2] / "shared" / "kcna" / "headlines_2024-11-11.json"
GOOD = {
    "topic": "Top News",
    "headline": "Greetings to PM of Vietnam",
    "link": "http://example.org/1",
    "date": "2024-10-08",
    "story_text": "Pyongyang, October 7 (KCNA) -- A message of greeting.",
}


def rows(name):
    with open(CASES / name, encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


@pytest.fixture
def read(tmp_path):
    def read(records):
        path = tmp_path / "archive.json"
        path.write_text(records if isinstance(records, str) else json.dumps(records), encoding="utf-8")
        return read_archive(path)

    return read


@pytest.fixture(scope="module")
def kcna():
    if not KCNA.exists():
        pytest.skip("the archive file ../shared/kcna is not here")
    return read_archive(KCNA)


@pytest.mark.parametrize("case", rows("headlines.csv"), ids=lambda case: case["headline"][:60])
def test_message_headlines(case):
    assert is_message_headline(case["headline"]) is (case["expected"] == "yes"), case["note"]


def test_every_noun_way_and_direction_fires_on_its_own_example():
    path = Path(__file__).parents[1] / "data" / "lexicons" / "message_stories.csv"
    with open(path, encoding="utf-8", newline="") as file:
        terms = list(csv.DictReader(file))
    for term in terms:
        assert term["term"].lower() in term["example"].lower()
        if term["kind"] in ("noun", "way", "direction"):
            assert is_message_headline(term["example"]), term
        if term["kind"] == "not":
            assert not is_message_headline(term["example"]), term
    assert read_terms("message_stories").keys() == {"noun", "way", "direction", "not", "name"}


@pytest.mark.parametrize("case", json.loads((CASES / "records.json").read_text("utf-8")), ids=lambda case: case["label"])
def test_records(read, case):
    archive = read([GOOD | case["record"]])
    if case["reason"]:
        assert case["reason"] in archive.rejected.reason[0]
        assert archive.rejected.remedy[0].endswith(".")
    else:
        assert archive.messages.date.tolist() == [pd.Timestamp(case["date"])]


@pytest.mark.parametrize("record", [None, 3, "text", [], True, 1.5])
def test_a_record_that_is_no_object_is_rejected(read, record):
    archive = read([GOOD, record])
    assert archive.rejected[["record", "reason"]].values.tolist() == [[1, "The record is not an object."]]


@pytest.mark.parametrize("key", ["topic", "headline", "link", "date", "story_text"])
def test_a_missing_key_is_named(read, key):
    archive = read([{name: value for name, value in GOOD.items() if name != key}])
    assert archive.rejected.reason.tolist() == [f"The record lacks {key}."]


def test_the_same_text_under_several_topics_is_one_story(read):
    archive = read([GOOD, GOOD | {"topic": "External", "link": "http://example.org/2"}])
    assert archive.messages.topics.tolist() == ["Top News|External"]
    assert archive.duplicates[["record", "same_as", "topics"]].values.tolist() == [[1, 0, "External"]]
    assert archive.duplicates.story_id.tolist() == archive.messages.story_id.tolist()


def test_two_texts_under_one_link_are_both_kept(read):
    archive = read([GOOD, GOOD | {"story_text": "Corrected."}])
    assert archive.messages.link.nunique() == 1
    assert archive.messages.story_id.nunique() == 2


def test_text_and_headline_stay_as_received(read):
    text, headline = "\xa0ComradeKim Jong Unsent\xa0“greetings”’s \r\n-0- ", " Greetings\xa0to PM\n"
    archive = read([GOOD | {"story_text": text, "headline": headline}])
    assert archive.messages[["text", "headline"]].values.tolist() == [[text, headline]]


def test_the_dateline_is_kept_beside_the_date(read):
    wrapped = GOOD | {"story_text": "Moscow, December 31 (KCNA) -- A letter.", "date": "2024-01-01"}
    undated = GOOD | {"story_text": "One day in May 2017, a letter."}
    days = read([GOOD, wrapped, undated]).messages.dateline
    assert days.tolist() == [pd.Timestamp("2024-10-07"), pd.Timestamp("2023-12-31"), pd.NaT]


def test_an_empty_list_gives_empty_tables(read):
    archive = read([])
    assert archive.counts.n.tolist() == [0, 0, 0, 0, 0]
    assert {"record", "story_id", "headline", "text", "date", "link", "topics"} <= set(archive.messages.columns)


@pytest.mark.parametrize(
    ("content", "says"),
    [
        ("", "this is not JSON"),
        ("[{", "line 1, column 3"),
        ("<html>", "Download it again"),
        ('{"records": []}', "holds an object, not a list"),
        ('"text"', "holds a text"),
        ("null", "holds null"),
        ("[" * 100_000, "cannot be read"),
        ("[" + "9" * 5000 + "]", "cannot be read"),
    ],
    ids=["empty", "cut", "page", "object", "text", "null", "deep", "long number"],
)
def test_a_file_that_is_no_archive_is_explained(read, content, says):
    with pytest.raises(CorpusError, match="archive.json") as error:
        read(content)
    assert says in str(error.value)


def test_a_missing_file_a_folder_and_a_wrong_encoding_are_explained(tmp_path):
    wrong = tmp_path / "latin.json"
    wrong.write_bytes('["é"]'.encode("latin-1"))
    cases = {tmp_path / "none.json": "Check its name", tmp_path: "cannot be opened", wrong: "byte 2 is not UTF-8"}
    for path, says in cases.items():
        with pytest.raises(CorpusError, match=says):
            read_archive(path)


def test_a_byte_order_mark_does_no_harm(tmp_path):
    path = tmp_path / "bom.json"
    path.write_text(json.dumps([GOOD]), encoding="utf-8-sig")
    assert len(read_archive(path).messages) == 1


JSON_VALUE = st.recursive(st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=3), st.lists, max_leaves=3)
RECORD = st.fixed_dictionaries(
    {},
    optional={
        "topic": st.sampled_from(["A", "B"]) | JSON_VALUE,
        "headline": st.sampled_from(["Greetings to PM", "Weather"]) | JSON_VALUE,
        "link": st.just("") | JSON_VALUE,
        "date": st.sampled_from(["2024-10-08", 1728345600000, "1728345600000"]) | JSON_VALUE,
        "story_text": st.sampled_from(["one", "two", ""]) | JSON_VALUE,
    },
)


@settings(deadline=None)
@given(st.lists(RECORD | JSON_VALUE | st.just(GOOD), max_size=12))
def test_counts_always_add_up(tmp_path_factory, records):
    path = tmp_path_factory.getbasetemp() / "any.json"
    path.write_text(json.dumps(records), encoding="utf-8")
    archive = read_archive(path)
    n = archive.counts.set_index("kind").n
    assert n["records"] == len(records) == n.drop("records").sum()
    tables = [archive.messages, archive.others, archive.duplicates, archive.rejected]
    assert sorted(index for table in tables for index in table.record) == list(range(len(records)))


def test_the_real_file_adds_up(kcna):
    assert dict(kcna.counts.values) == {"records": 2111, "messages": 93, "others": 966, "duplicates": 803, "rejected": 249}
    tables = [kcna.messages, kcna.others, kcna.duplicates, kcna.rejected]
    assert sorted(index for table in tables for index in table.record) == list(range(2111))
    assert kcna.rejected.reason.unique().tolist() == ["The story is empty."]


def test_the_real_file_keeps_both_texts_of_a_link(kcna):
    stories = pd.concat([kcna.messages, kcna.others])
    assert (stories.groupby("link").story_id.nunique() > 1).sum() == 20
    october = kcna.messages[(kcna.messages.date == "2024-10-01") & kcna.messages.headline.str.contains("CPC")]
    assert (october.link.nunique(), len(october)) == (1, 2)


def test_the_real_file_is_kept_character_by_character(kcna):
    records = json.loads(KCNA.read_text(encoding="utf-8"))
    for story in pd.concat([kcna.messages, kcna.others]).itertuples():
        assert (story.headline, story.text) == (records[story.record]["headline"], records[story.record]["story_text"])
