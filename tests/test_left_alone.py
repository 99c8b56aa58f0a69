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
