"""Which words stand for which: behaviour as data in cases/ladder/renderings.json, and what must hold for the record."""

import json

import pytest
from test_ladder import CASES, build

from comity import compare_renderings, find_forms, read_corpus
from comity.ladder import RUNGS
from comity.slots import addresses

RENDERINGS = json.loads((CASES / "renderings.json").read_text(encoding="utf-8"))
PAIR = ("Kim Jong Un", "Vladimir Putin")


@pytest.mark.parametrize("case", RENDERINGS, ids=lambda case: case["label"])
def test_renderings(case):
    found = compare_renderings(build(case), "Ann", "Bob")
    others = found[found["status"] != "original"]
    assert sorted(others[["original", "rendering", "status"]].values.tolist()) == sorted(case["expected"])
    assert (found["versions"] >= found["messages"]).all()


def test_messages_and_versions_are_counted_and_named():
    case = {"versions": [{"id": "k", "language": "ko", "translation": "original"}] + [{"id": v, "language": "en", "translation": "official"} for v in "xy"],
            "mentions": [{"version": "k", "slot": "close", "epithet": "가장 친근한"}] + [{"version": v, "slot": "close", "epithet": "closest"} for v in "xyx"]}
    row = compare_renderings(build(case)).query("rendering == 'closest'").iloc[0]
    assert (row["messages"], row["versions"], row["version_ids"], row["outlets"]) == (1, 2, "x|y", "x|y")


@pytest.mark.parametrize("who", [("Bob", "Ann"), ("Ann", "Bob")])
def test_nothing_to_compare_gives_an_empty_table_with_its_columns(who):
    nothing = build({"versions": RENDERINGS[0]["versions"], "mentions": RENDERINGS[0]["mentions"][:1]})
    assert list(compare_renderings(nothing, *who).columns) == list(compare_renderings(build(RENDERINGS[0])).columns)


@pytest.fixture(scope="module")
def words():
    return compare_renderings(read_corpus(), *PAIR)


def test_one_korean_phrase_has_several_english_words(words):
    english = words.query("original == '가장 친근한' and language == 'en' and status == 'translation'")
    assert {"closest", "most intimate", "most dear"} <= set(english["rendering"]) and set(english["rendering_form"]) == {"closest"}


def test_words_in_another_language_say_what_they_mean_however_they_are_spelt(words):
    assert words.query("rendering == 'liebster'")["gloss"].tolist() == ["dearest"]


def test_comrade_becomes_friend_only_in_unsure_or_retold_words(words):
    friend = words.query("form == 'comrade' and rendering_form == 'friend'")
    assert set(friend["status"]) == {"unsure", "retold"}


def test_no_word_of_a_version_is_lost_or_counted_twice(words):
    corpus = read_corpus()
    sent = corpus.messages.query("sender == @PAIR[0] and recipient == @PAIR[1]")
    theirs = addresses(corpus).query("basis != 'statement' and message_id in @sent.message_id")
    found = find_forms(theirs, corpus.versions, corpus.honorifics)
    found = found[found["element"].isin(RUNGS)]
    there = {(row.element, row.rendering, version) for row in words.itertuples() for version in row.version_ids.split("|")}
    assert there == set(zip(found["element"], found["term"].str.lower(), found["mention_id"].str.split("#").str[0]))
