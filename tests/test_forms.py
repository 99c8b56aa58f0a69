"""From the words of a mention to the form of address behind them."""

import pandas as pd
import pytest

from comity import find_forms, gloss_mentions

HONORIFICS = pd.DataFrame(
    [
        ("closest", "en", "epithet", "closest"), ("dear", "en", "epithet", "dear"), ("most dear", "en", "epithet", "closest"),
        ("respected", "en", "epithet", "respected"), ("comrade", "en", "solidarity", "comrade"), ("my", "en", "possessive", "my"),
        ("general secretary", "en", "title", "general secretary"), ("가장 친근한", "ko", "epithet", "closest"),
        ("동지", "ko", "solidarity", "comrade"), ("총서기", "ko", "title", "general secretary"), ("尊敬的", "zh", "epithet", "respected"),
    ],
    columns=["term", "language", "element", "group"],
).assign(ambiguous="no")


def mention(language, **elements):
    blank = dict.fromkeys(("possessive", "epithet", "solidarity", "courtesy", "title", "name", "pronoun"), "")
    mentions = pd.DataFrame([blank | elements | {"mention_id": "m", "version_id": "v", "honoree": "Xi Jinping"}])
    versions = pd.DataFrame({"version_id": ["v"], "language": [language]})
    return mentions, find_forms(mentions, versions, HONORIFICS)


@pytest.mark.parametrize(("language", "words", "forms"), [
    ("en", "Most dear", ["closest"]),
    ("en", "dear respected", ["dear", "respected"]),
    ("en", "endearing", []),
    ("en", "disrespected", []),
    ("ko", "가장 친근한", ["closest"]),
    ("zh", "尊敬的", ["respected"]),
    ("ko", "尊敬的", []),
])
def test_the_longest_term_wins_and_only_whole_words_of_the_language_count(language, words, forms):
    assert mention(language, epithet=words)[1]["form"].tolist() == forms


def test_a_gloss_puts_the_elements_into_english_order():
    mentions, forms = mention("ko", title="총서기", solidarity="동지", epithet="가장 친근한", name="習近平")
    assert gloss_mentions(mentions, forms)["m"] == "closest comrade general secretary Xi Jinping"


@pytest.mark.parametrize(("language", "words", "gloss"), [
    ("en", "Most dear", "most dear"), ("ko", "가장 친근한", "closest"), ("ru", "Самый дорогой", "dearest"), ("ru", "самый близкий", "closest"),
])
def test_a_gloss_gives_the_words_and_not_what_they_are_counted_as(language, words, gloss):
    lexicon = pd.concat([HONORIFICS.assign(gloss=""), pd.DataFrame(
        [("самый дорогой", "ru", "epithet", "closest", "no", "dearest"), ("самый близкий", "ru", "epithet", "closest", "no", "")],
        columns=[*HONORIFICS.columns, "gloss"],
    )])  # fmt: skip
    mentions, _ = mention(language, epithet=words)
    forms = find_forms(mentions, pd.DataFrame({"version_id": ["v"], "language": [language]}), lexicon)
    assert forms["form"].tolist() == ["closest"] and gloss_mentions(mentions, forms)["m"] == gloss


def test_the_tables_given_are_left_alone():
    mentions, _ = mention("en", epithet="dear")
    before = mentions.copy()
    find_forms(mentions, pd.DataFrame({"version_id": ["v"], "language": ["en"]}), HONORIFICS)
    pd.testing.assert_frame_equal(mentions, before)
