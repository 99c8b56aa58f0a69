"""How much of each message is seen, what a page lists of it, and what a counter of words would make of it."""

import json
from collections import Counter
from pathlib import Path

import pandas as pd
import pytest

from comity import add_sources, count_naively, date_as_known, find_evidence, list_evidence, list_versions, measure_record, read_corpus, tabulate_evidence
from comity.errors import CorpusError
from comity.record import SEEN, rank_seen

ARCHIVE = Path(__file__).parents[2] / "shared" / "kcna" / "headlines_2024-11-11.json"
PAIR = {"sender": "Kim Jong Un", "recipient": "Xi Jinping"}


@pytest.fixture(scope="module")
def corpus():
    return read_corpus()


@pytest.mark.parametrize(("extent", "speech", "translation", "seen"), [
    ("full", "direct", "official", "whole letter"), ("full", "indirect", "official", "whole, but retold"),
    ("full", "mixed", "original", "whole, but retold"), ("full", "direct", "machine", "in part"),
    ("summary", "direct", "original", "in part"), ("opening", "direct", "original", "in part"), ("mention", "unknown", "press", "only known to exist"),
])
def test_what_a_version_shows(extent, speech, translation, seen):
    version = pd.DataFrame({"extent": [extent], "speech": [speech], "translation": [translation]})
    assert SEEN[rank_seen(version).item()] == seen


def test_nothing_is_lost(corpus):
    record = measure_record(corpus)
    assert len(record) == len(corpus.messages) and record["versions"].sum() == len(corpus.versions)


def test_every_version_of_a_message_is_listed_with_its_address(corpus):
    listed = list_versions(corpus, "kim-xi-2024-10-06")
    assert set(listed["version_id"]) == set(corpus.versions.query("message_id == 'kim-xi-2024-10-06'")["version_id"])
    assert listed["url"].str.startswith("http").all()


def test_what_is_listed_is_what_the_states_rest_on(corpus):
    listed = list_evidence("respected", corpus, **PAIR)
    assert listed["date"].is_monotonic_increasing
    assert set(listed.loc[listed["state"] == "attested", "message_id"]) >= {"kim-xi-2019-10-06", "kim-xi-2022-10-23"}


def test_the_counter_of_words_concludes_the_opposite(corpus):
    """The one hit of 2024 honours Kim, and the letter of 2019, which has the word in Korean, has no hit in English."""
    naive = count_naively("respected", corpus, **PAIR).set_index("message_id")
    assert naive.loc["kim-xi-2019-10-06", "hits"] == 0
    assert naive.loc["kim-xi-2024-10-06", ["hits", "of_sender", "of_recipient", "in_letter"]].tolist() == [1, 1, 0, 0]


@pytest.mark.skipif(not ARCHIVE.exists(), reason="needs the archive beside the project (../shared/kcna)")
def test_the_transcribed_count_is_the_count_in_the_archive_s_text(corpus):
    """Whoever counts in the archive's own story of 6 October 2024 finds what the record's transcription gives."""
    stories = json.loads(ARCHIVE.read_text(encoding="utf-8"))
    found = Counter(
        (story["headline"] + " " + story["story_text"]).lower().count("respected")
        for story in stories
        if story["date_str"] == "2024-10-06" and "Xi Jinping" in story["headline"] and "Kim Jong Un Sends" in story["headline"]
    )
    assert set(found) == {count_naively("respected", corpus, **PAIR).set_index("message_id").at["kim-xi-2024-10-06", "hits"]}


def test_no_letter_in_a_language_gives_an_empty_table_with_its_columns(corpus):
    assert list(count_naively("respected", corpus, **PAIR, language="pt").columns)[:3] == ["message_id", "date", "hits"]


def test_every_source_stands_beside_its_own_address(corpus):
    ids = corpus.versions.groupby("message_id")["version_id"].agg("|".join).rename("version_ids").reset_index().assign(versions=1)
    where = add_sources(ids, corpus).set_index("message_id")
    known = corpus.sources.query("kind == 'version'").merge(corpus.versions[["version_id", "message_id"]], on="version_id")
    for message, own in known.groupby("message_id"):
        outlets, urls = where.loc[message, "outlet"].split("\n"), where.loc[message, "url"].split("\n")
        assert set(zip(outlets, urls, strict=True)) == set(zip(own["outlet"], own["url"], strict=True))
    nothing = add_sources(pd.DataFrame({"versions": ["", "no-such-version"]}), corpus)
    assert nothing[["outlet", "url"]].values.tolist() == [["", ""]] * 2
    with pytest.raises(CorpusError, match="version_ids or versions"):
        add_sources(pd.DataFrame({"message_id": ["m"]}), corpus)


def test_no_day_is_told_of_a_message_of_which_only_the_month_is_known(corpus):
    dated = date_as_known(corpus.messages, corpus)
    month = corpus.messages["date_basis"] == "month"
    assert dated.loc[month, "date"].astype("str").tolist() == ["2021-07", "2026-01"]
    assert dated.loc[~month, "date"].tolist() == corpus.messages.loc[~month, "date"].tolist()


def test_a_table_of_evidence_has_a_row_a_letter_and_the_words_of_the_key(corpus):
    table = tabulate_evidence(find_evidence("respected", corpus, **PAIR), corpus).set_index("message_id")
    assert list(table.columns) == ["date", "opening line", "main text", "closing wish", "not said where"] and len(table) == 38
    assert table.loc["kim-xi-2024-10-06"].tolist()[1:] == ["said to lack it", "seen without it", "seen without it", ""]
    assert str(table.at["kim-xi-2021-07-flood", "date"]) == "2021-07"
