"""Forms of address: extent, frame, form, honoree, role and elements; behaviour is data in tests/cases/address."""

import json
from pathlib import Path

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from comity.address import MENTION_COLUMNS, find_mentions
from comity.address.mentions import ELEMENTS

CASES = Path(__file__).parent / "cases" / "address"
TOLD = ["part", "matched", "frame", "form", "honoree", "role", *ELEMENTS]


def cases(name: str) -> list:
    """The cases of one file, each under its label; a known failure says why."""
    rows = json.loads((CASES / name).read_text(encoding="utf-8"))
    marks = [pytest.mark.xfail(strict=True, reason=row["fails"]) if "fails" in row else () for row in rows]
    return [pytest.param(row, id=row["label"], marks=mark) for row, mark in zip(rows, marks, strict=True)]


def one(**text: str) -> pd.DataFrame:
    return pd.DataFrame([{"version_id": "a"} | text])


FILES = ["mentions.json", "other_years.json", "other_years_2.json", "other_years_3.json", "other_years_4.json"]


@pytest.mark.parametrize("case", [case for name in FILES for case in cases(name)])
def test_mentions(case):
    found = find_mentions(one(headline=case["headline"], text=case["text"]))
    expected = [dict.fromkeys(TOLD, "") | mention for mention in case["mentions"]]
    assert found[TOLD].to_dict("records") == expected


def test_the_columns_are_the_interface():
    empty = find_mentions(one(text=""))
    assert list(empty.columns) == MENTION_COLUMNS
    assert empty["start"].dtype == "int64"


def test_message_and_address_are_handed_on():
    found = find_mentions(one(text="Comrade Ann Lee came.", message_id="m", url="https://example.org/?a=1&b= 2"))
    assert found.loc[0, ["message_id", "version_id", "url"]].tolist() == ["m", "a", "https://example.org/?a=1&b= 2"]


def test_the_lexicon_can_be_ones_own():
    from comity.honorifics import read_honorifics

    lexicon = read_honorifics()
    more = lexicon[lexicon["term"].str.lower() == "comrade"].head(1).assign(term="gossip")
    assert find_mentions(one(text="My dear gossip Ann Lee came."), lexicon)["solidarity"].tolist() != ["gossip"]
    assert find_mentions(one(text="My dear gossip Ann Lee came."), pd.concat([lexicon, more]))["solidarity"].tolist() == ["gossip"]


WORDS = ["respected ", "the ", "Comrade", "Kim Jong Un", "Your Excellency, ", "you ", "said:\n", "great leader of the ", "people", "fraternal and friendly ", "another great man, ", "your friend, ", "Her Majesty ", "Workers' Party ", "Mr. ", "\u00a0", "“", "’s "]
TEXTS = st.text(st.characters(codec="utf-8"), max_size=300) | st.lists(st.sampled_from(WORDS), max_size=60).map("".join)


@given(TEXTS, TEXTS, st.sampled_from(["", "report", "letter"]))
def test_any_text_gives_mentions_that_replay_and_do_not_overlap(headline, text, kind):
    found = find_mentions(one(headline=headline, text=text, kind=kind))
    for row in found.itertuples():
        assert {"headline": headline, "text": text}[row.part][row.start : row.end] == row.matched != ""
    for part in ("headline", "text"):
        spans = found.loc[found["part"] == part, ["start", "end"]].values.tolist()
        assert all(a[1] <= b[0] for a, b in zip(spans, spans[1:], strict=False))


@given(TEXTS, TEXTS)
def test_no_text_depends_on_another(one_text, other):
    alone = find_mentions(one(text=one_text))
    both = find_mentions(pd.DataFrame({"version_id": ["b", "a"], "text": [other, one_text]}))
    pd.testing.assert_frame_equal(alone, both[both["version_id"] == "a"].reset_index(drop=True))
