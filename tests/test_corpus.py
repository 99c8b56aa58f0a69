"""`read_corpus`: the tables of a folder, typed; a folder that is not sound is refused with the reasons."""

import shutil
from dataclasses import FrozenInstanceError, fields
from pathlib import Path

import pandas as pd
import pytest

from comity.corpus import Corpus, read_corpus
from comity.errors import CorpusError
from comity.corpus.schemas import SCHEMAS

SOUND = Path(__file__).parent / "cases" / "sound"
DATA = Path(__file__).parent.parent / "data"
SEEDS = Path(__file__).parent.parent.parent / "shared" / "seeds"
TABLES = [field.name for field in fields(Corpus) if field.name != "folder"]


@pytest.fixture
def folder(tmp_path):
    return Path(shutil.copytree(SOUND, tmp_path / "sound"))


def test_every_table_is_read_with_its_columns():
    corpus = read_corpus(SOUND)
    for name in TABLES:
        assert list(getattr(corpus, name).columns) == list(SCHEMAS[name].columns), name
        assert list(getattr(corpus, name).index) == list(range(len(getattr(corpus, name)))), name
    assert corpus.folder == SOUND


@pytest.mark.parametrize("there", [True, False], ids=["with rows", "without the file"])
@pytest.mark.parametrize("name", TABLES)
def test_columns_have_the_types_of_their_kinds(folder, name, there):
    if not there and name not in ("messages", "versions", "mentions"):
        for other in TABLES:
            if other not in ("messages", "versions", "mentions"):
                path = folder / ("lexicons/honorifics.csv" if other == "honorifics" else f"{other}.csv")
                path.unlink()
    table = getattr(read_corpus(folder), name)
    expected = {"date": "datetime64[us]", "integer": "Int64"}
    for column, schema in SCHEMAS[name].columns.items():
        assert str(table[column].dtype) == expected.get(schema.metadata["kind"], "str"), column


def test_blank_is_nat_na_or_the_empty_text_and_na_is_a_word():
    corpus = read_corpus(SOUND)
    answer = corpus.messages.set_index("message_id").loc["bo-ada-2001-02-05"]
    assert answer["date_sent"] is pd.NaT
    assert answer["date"] == pd.Timestamp("2001-02-05")
    assert answer["occasion_count"] is pd.NA
    assert answer["occasion_detail"] == ""
    assert corpus.versions["note"].tolist() == ["", "", "NA"]
    assert corpus.mentions["start"].iloc[0] == 0
    assert not any(getattr(corpus, name).select_dtypes("str").isna().any().any() for name in TABLES)


def test_only_three_tables_are_essential(folder):
    for path in folder.rglob("*.csv"):
        if path.name not in ("messages.csv", "versions.csv", "mentions.csv"):
            path.unlink()
    corpus = read_corpus(folder)
    assert len(corpus.mentions) == 4
    assert list(corpus.claims.columns) == list(SCHEMAS["claims"].columns)
    assert len(corpus.claims) == 0


def test_a_folder_that_is_not_sound_is_refused_with_the_first_problems(folder):
    path = folder / "token_counts.csv"
    path.write_text("version_id,token,n\n" + "nobody,word,1\n" * 8, encoding="utf-8")
    with pytest.raises(CorpusError) as refusal:
        read_corpus(folder)
    lines = str(refusal.value).splitlines()
    assert lines[0] == f"The data in {folder} cannot be used: 15 problems."
    assert lines[1].startswith('- token_counts.csv, row 2, column version_id ("nobody"): There is no "nobody"')
    assert lines[-2] == "- and 10 more"
    assert lines[-1] == f"`comity check {folder}` shows every problem and what to do about it."


def test_a_folder_that_is_not_there_is_refused(tmp_path):
    with pytest.raises(CorpusError, match="There is no such folder"):
        read_corpus(tmp_path / "nowhere")


def test_the_corpus_cannot_be_changed_by_assignment():
    with pytest.raises(FrozenInstanceError):
        read_corpus(SOUND).messages = pd.DataFrame()


def test_without_a_folder_the_usual_ones_are_tried(folder, monkeypatch, tmp_path):
    monkeypatch.setenv("COMITY_DATA", str(folder))
    assert read_corpus().folder == folder
    monkeypatch.delenv("COMITY_DATA")
    shutil.copytree(SOUND, tmp_path / "data")
    (tmp_path / "notebooks").mkdir()
    monkeypatch.chdir(tmp_path)
    assert read_corpus().folder == Path("data")
    monkeypatch.chdir(tmp_path / "notebooks")
    assert read_corpus().folder == Path("../data")


def test_the_record_is_whole():
    corpus = read_corpus(DATA)
    assert len(corpus.messages) == 120
    assert len(corpus.versions) == 353
    assert set(corpus.versions["message_id"]) == set(corpus.messages["message_id"])


@pytest.mark.skipif(not SEEDS.is_dir(), reason="the source articles are not here")
def test_the_passages_replay_in_the_articles():
    passages = read_corpus(DATA).passages
    articles = {f"A{path.name[2]}": path.read_bytes().decode("utf-8") for path in sorted(SEEDS.glob("0*.txt"))}
    assert len(passages) > 20
    for passage in passages.itertuples():
        text = articles[passage.article]
        assert text[passage.start : passage.end] == passage.text, passage.passage_id
        around = text[passage.start - 1] + text[passage.end]
        assert set(passage.marks) <= set(around), passage.passage_id
