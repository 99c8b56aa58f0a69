"""From an archive to tables: messages, versions, mentions, and what became of every record."""

import csv
import json
from datetime import date
from pathlib import Path

import pandas as pd
import pytest
from click.testing import CliRunner
from hypothesis import given
from hypothesis import strategies as st

from comity import CorpusError, find_mentions, read_archive, read_measurements
from comity.cli import main
from comity.lexicons import read_lexicon
from comity.measure import find_date, measure_texts
from comity.measure.occasions import SHAPE as OCCASION_TERMS
from comity.measure.occasions import name_occasion
from comity.measure.phrases import phrase_pattern, read_phrases
from comity.measure.tables import MENTIONS
from comity.measure.writing import write_table
from comity.sources.sheets import table_as_read

ARCHIVE = Path(__file__).parents[2] / "shared" / "kcna" / "headlines_2024-11-11.json"
RECORD = {"topic": "News", "headline": "Greetings to King", "link": "https://example.org/?a=1&b=2", "date": "2001-05-03"}
STORIES = [
    RECORD | {"story_text": "Oslo, May 3 (NTB) -- Ann Lee sent a letter to Bob Moe on May 2. The letter said: Dear friend, I thank you."},
    RECORD | {"story_text": "Oslo, May 4 (NTB) -- Ann Lee sent a letter to Bob Moe on May 2. In the letter she thanked the esteemed Bob Moe."},
    RECORD | {"headline": "Harvest is good", "story_text": "Comrade Cid Roe praised the harvest."},
    RECORD | {"story_text": ""},
]


@pytest.fixture
def archive(tmp_path):
    path = tmp_path / "archive.json"
    path.write_text(json.dumps([*STORIES, STORIES[0]]), encoding="utf-8")
    return path


def run(*arguments):
    return CliRunner().invoke(main, ["measure", *map(str, arguments)])


def read(path):
    return pd.read_csv(path, dtype="str", keep_default_na=False)


def test_the_command_writes_the_tables(archive, tmp_path):
    result = run(archive, "--out", tmp_path / "out")
    assert result.exit_code == 0, result.output
    assert "5 records = 2 that report a message + 1 other stories + 1 duplicates + 1 rejected" in result.output
    mentions = read(tmp_path / "out" / "mentions.csv")
    assert list(mentions.columns) == MENTIONS
    assert mentions[["matched", "frame", "form", "honoree", "role"]].values.tolist() == [
        ["Dear friend", "letter", "vocative", "Bob Moe", "recipient"],
        ["the esteemed Bob Moe", "reported", "reference", "Bob Moe", "recipient"],
    ]
    assert set(mentions["url"]) == {RECORD["link"]}
    assert set(mentions["message_id"]) == {"ann-lee-bob-moe-2001-05-02"}
    assert read(tmp_path / "out" / "messages.csv")["versions"].tolist() == ["2"]
    assert read(tmp_path / "out" / "rejected.csv")[["file", "record"]].values.tolist() == [["archive.json", "3"]]


def test_all_stories_on_request(archive, tmp_path):
    run(archive, "--out", tmp_path / "out", "--all")
    mentions = read(tmp_path / "out" / "mentions.csv").set_index("matched")
    assert mentions.loc["Comrade Cid Roe", ["role", "message_id"]].tolist() == ["", ""]


def test_a_lexicon_of_ones_own(archive, tmp_path):
    own = tmp_path / "own.csv"
    own.write_text("term,language,element,group,counts\nharvest,en,epithet,harvest,alone\n", encoding="utf-8")
    assert run(archive, "--out", tmp_path / "out", "--lexicon", own).exit_code == 0
    own.write_text("term,language\nharvest,en\n", encoding="utf-8")
    result = run(archive, "--out", tmp_path / "out", "--lexicon", own)
    assert result.exit_code == 1 and "lacks element" in result.output
    assert (tmp_path / "out" / "mentions.csv").is_file()


def test_the_same_input_gives_the_same_bytes(archive, tmp_path):
    for name in ("one", "two"):
        run(archive, "--out", tmp_path / name)
    assert all((tmp_path / "two" / path.name).read_bytes() == path.read_bytes() for path in (tmp_path / "one").iterdir())


def test_files_of_others_are_left_alone(archive, tmp_path):
    (tmp_path / "out").mkdir()
    (tmp_path / "out" / "thesis.docx").write_text("mine")
    result = run(archive, "--out", tmp_path / "out")
    assert result.exit_code == 1 and "thesis.docx" in result.output
    assert [path.name for path in (tmp_path / "out").iterdir()] == ["thesis.docx"]


def test_a_missing_archive_is_explained(tmp_path):
    result = run(tmp_path / "none.json", "--out", tmp_path / "out")
    assert result.exit_code == 1 and "cannot be opened" in result.output
    assert not (tmp_path / "out").exists()


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        ("Ann Lee sent a letter to Bob Moe on Sept. 9.", (date(2024, 9, 9), "sent")),
        ("Ann Lee, queen, on August 10 sent a letter on the 26th anniversary.", (date(2024, 8, 10), "sent")),
        ("Ann Lee received a letter from Bob Moe, king, on September 5.", (date(2024, 9, 5), "received")),
        ("Ann Lee received a letter on December 26, 2023.", (date(2024, 9, 10), "published")),
        ("Ann Lee sent a letter to Bob Moe on Tuesday.", (date(2024, 9, 10), "sent")),
        ("Ann Lee, queen, Saturday sent a letter to Bob Moe.", (date(2024, 9, 7), "sent")),
        ("Ann Lee sent a letter to Bob Moe.", (date(2024, 9, 10), "published")),
        ("Ann Lee sent a letter on the occasion of the day of liberation on October 10.", (date(2024, 9, 10), "published")),
        ("Ann Lee sent a letter on February 30.", (date(2024, 9, 10), "published")),
    ],
)
def test_the_day_of_a_message(sentence, expected):
    assert find_date(sentence, date(2024, 9, 10)) == expected


def test_the_year_turns():
    assert find_date("Ann Lee received a letter on December 26, 2023.", date(2024, 1, 12)) == (date(2023, 12, 26), "received")
    assert find_date("Ann Lee received a letter on Dec. 26.", date(2024, 1, 12)) == (date(2023, 12, 26), "received")


@given(st.lists(st.text(st.characters(codec="utf-8", exclude_characters="\x00")), min_size=1, max_size=4))
def test_any_text_comes_back_from_the_file(tmp_path_factory, texts):
    path = tmp_path_factory.mktemp("table") / "table.csv"
    write_table(pd.DataFrame({"matched": texts, "n": range(len(texts))}), path)
    assert table_as_read(pd.read_csv(path, dtype="str", keep_default_na=False, encoding="utf-8"))["matched"].tolist() == texts


def test_no_text_no_rows():
    measured = measure_texts(pd.DataFrame({"version_id": [], "text": [], "date": []}).astype("str"))
    assert measured.messages.empty and measured.versions.empty and measured.mentions.empty


@pytest.mark.skipif(not ARCHIVE.is_file(), reason="the archive is not beside the project")
def test_every_mention_of_the_archive_replays():
    archive = read_archive(ARCHIVE)
    stories = archive.texts_of(everything=True).set_index("version_id")
    for row in find_mentions(archive.texts_of(everything=True)).itertuples():
        assert stories.loc[row.version_id, row.part][row.start : row.end] == row.matched


def test_tables_are_read_back_as_they_were(archive, tmp_path):
    run(archive, "--out", tmp_path / "out", "--count", "dear")
    found = read_measurements(tmp_path / "out")
    assert found.mentions["start"].dtype == "int64" and found.counts["hits"].sum() == 1
    assert found.messages["date"].dt.date.tolist() == [date(2001, 5, 2)]
    run(archive, "--out", tmp_path / "none")
    assert read_measurements(tmp_path / "none").counts.empty


@pytest.mark.parametrize(
    ("spoil", "says"),
    [
        (lambda path: path.unlink(), "cannot be read"),
        (lambda path: path.write_text("message_id\n", encoding="utf-8"), "lacks the columns sender"),
        (lambda path: path.write_text(path.read_text(encoding="utf-8").replace("2001-05-02,sent", "May,sent"), encoding="utf-8"), "no day or number"),
    ],
)
def test_tables_that_cannot_be_read_are_explained(archive, tmp_path, spoil, says):
    run(archive, "--out", tmp_path / "out")
    spoil(tmp_path / "out" / "messages.csv")
    with pytest.raises(CorpusError, match=says):
        read_measurements(tmp_path / "out")


OCCASIONS = list(csv.DictReader((Path(__file__).parent / "cases/measure/occasions.csv").open(encoding="utf-8")))


@pytest.mark.parametrize("case", OCCASIONS, ids=lambda case: case["label"])
def test_occasions(case):
    assert name_occasion(case["sentences"].split("|")) == (case["occasion"], case["reply"] == "yes")


@pytest.mark.parametrize("row", list(read_lexicon(OCCASION_TERMS).itertuples()), ids=lambda row: row.term)
def test_the_example_of_each_occasion_names_it(row):
    occasion, reply = name_occasion([row.example])
    assert row.occasion in (occasion, "reply" if reply else "")


def test_formulas_repeated_phrases_and_places(archive, tmp_path):
    result = run(archive, "--out", tmp_path / "out", "--repeated")
    assert result.exit_code == 0, result.output
    found = read_measurements(tmp_path / "out")
    assert found.formulas[["formula", "frame"]].values.tolist() == [["thanks", "letter"], ["thanks", "reported"]]
    assert found.mentions["slot"].tolist() == ["body", "body"]
    # Two stories of one message are one message, so that nothing is repeated.
    assert found.repeated.empty and not (tmp_path / "out" / "repeated.csv").exists()


def test_phrases_that_somebody_looks_for(archive, tmp_path):
    path = tmp_path / "phrases.csv"
    path.write_text("phrase\nI thank you\nnot there\n", encoding="utf-8")
    run(archive, "--out", tmp_path / "out", "--find", path)
    assert read_measurements(tmp_path / "out").wordings[["phrase", "matched", "frame"]].values.tolist() == [["I thank you", "I thank you", "letter"]]


@pytest.mark.parametrize(("text", "told"), [
    ("words\nI thank you\n", "no column phrase"), (f"phrase\n{'very ' * 13}good\n", "more than 12 words"), (None, "cannot be read"),
])  # fmt: skip
def test_phrases_that_cannot_be_read_are_explained(archive, tmp_path, text, told):
    path = tmp_path / "phrases.csv"
    if text is not None:
        path.write_text(text, encoding="utf-8")
    result = run(archive, "--out", tmp_path / "out", "--find", path)
    assert result.exit_code == 1 and told in result.output


def test_the_wordings_of_claims_are_looked_for_each_by_itself(tmp_path):
    path = tmp_path / "claims.csv"
    path.write_text("shown_by,form,expected\nwording,closest,my dear|my dearest\ntone,,warmer\n", encoding="utf-8")
    assert read_phrases(path) == ("closest", "my dear", "my dearest")


@pytest.mark.parametrize(("phrase", "text", "found"), [
    ("good health", "Good\nhealth!", True), ("good health", "good healthy", False), ("people's", "the people’s wish", True), ("honour", "with honor.", True),
    ("honor", "with honour.", True), ("your", "yor", False), ("for", "four", False), ("불패의 동맹", "불패의 동맹관계", True), ("a.b", "axb", False),
])  # fmt: skip
def test_phrases_as_they_stand(phrase, text, found):
    assert bool(phrase_pattern(phrase).search(text)) == found
