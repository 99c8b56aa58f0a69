"""Tables in, new tables out: no function changes what it is given."""

from copy import deepcopy
from dataclasses import fields

import pandas as pd
import pytest

import comity
from comity.figures import plot_evidence, plot_ladder, plot_record

PAIR = {"sender": "Kim Jong Un", "recipient": "Xi Jinping"}
CALLS = {
    "find_forms": lambda c: comity.find_forms(c.mentions, c.versions, c.honorifics),
    "gloss_mentions": lambda c: comity.gloss_mentions(c.mentions, comity.find_forms(c.mentions, c.versions, c.honorifics)),
    "find_evidence": lambda c: comity.find_evidence("respected", c, **PAIR),
    "list_evidence": lambda c: comity.list_evidence("respected", c, **PAIR),
    "list_versions": lambda c: comity.list_versions(c, "kim-xi-2019-10-06"),
    "find_salutation_practice": comity.find_salutation_practice,
    "measure_record": comity.measure_record,
    "measure_lengths": comity.measure_lengths,
    "compare_lengths": lambda c: comity.compare_lengths("kim-xi-2019-10-06", "kim-xi-2024-10-06", c),
    "count_naively": lambda c: comity.count_naively("respected", c, **PAIR),
    "check_claims": lambda c: comity.check_claims(c.claims.head(12), c),
    "find_ladder": lambda c: comity.find_ladder(c, *PAIR.values()),
    "compare_renderings": lambda c: comity.compare_renderings(c, **PAIR),
    "plot_record": lambda c: plot_record(comity.measure_record(c)),
    "provenance": comity.provenance,
}


STORY = "Oslo, May 3 (NTB) -- Ann Lee sent a letter to Bob Moe on May 2. The letter said: Dear friend, I thank you."
TEXTS = pd.DataFrame({"version_id": ["a"], "headline": ["Letter to Bob Moe"], "text": [STORY], "date": [pd.Timestamp("2001-05-03")]})
TEXT_CALLS = {
    "split_frames": comity.split_frames,
    "find_mentions": comity.find_mentions,
    "measure_texts": comity.measure_texts,
    "show_text": lambda texts: comity.show_text(
        texts.loc[0, "text"], comity.find_mentions(texts), comity.split_frames(texts), headline="Letter to Bob Moe", caption="A letter"
    ),
}


@pytest.mark.parametrize("name", TEXT_CALLS)
def test_texts_are_left_alone(name):
    before = TEXTS.copy(deep=True)
    TEXT_CALLS[name](TEXTS)
    pd.testing.assert_frame_equal(TEXTS, before)


def test_mentions_and_the_lexicon_are_left_alone(corpus):
    honorifics, mentions = comity.read_honorifics(), comity.find_mentions(TEXTS)
    before = honorifics.copy(deep=True), mentions.copy(deep=True)
    frames = comity.split_frames(TEXTS)
    comity.find_mentions(TEXTS, honorifics)
    comity.show_text(STORY, mentions, frames, headline="Letter to Bob Moe", caption="A letter")
    comity.list_silent_terms(corpus.mentions, corpus.versions, honorifics)
    for table, same in zip((honorifics, mentions), before, strict=True):
        pd.testing.assert_frame_equal(table, same)


@pytest.fixture(scope="module")
def corpus():
    return comity.read_corpus()


@pytest.mark.parametrize("name", CALLS)
def test_the_record_is_left_alone(corpus, name):
    before = {field.name: deepcopy(getattr(corpus, field.name)) for field in fields(corpus)}
    CALLS[name](corpus)
    for table, frame in before.items():
        if isinstance(frame, pd.DataFrame):
            pd.testing.assert_frame_equal(getattr(corpus, table), frame)


def test_states_are_left_alone(corpus):
    states = comity.find_evidence("respected", corpus, **PAIR)
    before = states.copy(deep=True)
    comity.summarise_evidence(states)
    plot_evidence(states, "respected")
    comity.show(states, caption="states", columns=["message_id", "slot", "state"])
    pd.testing.assert_frame_equal(states, before)


def test_a_ladder_is_left_alone(corpus):
    ladder = comity.find_ladder(corpus, *PAIR.values())
    before = ladder.copy(deep=True)
    plot_ladder(ladder)
    pd.testing.assert_frame_equal(ladder, before)
