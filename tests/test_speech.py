"""The sentences of a text, in whose voice each is, and of whose message."""

import csv
import json
import re
from pathlib import Path

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from comity import CorpusError
from comity.speech import split_frames
from comity.sources.terms import read_terms
from comity.speech.cues import part_glued
from comity.speech.headlines import find_headline_parties
from comity.speech.parties import find_parties
from comity.speech.sentences import find_sentences
from comity.speech.voices import find_voice

CASES = Path(__file__).parent / "cases" / "speech"
CUES = Path(__file__).parents[1] / "data" / "lexicons" / "speech_cues.csv"


def cases(name: str) -> list:
    """The cases of one file, each under its label."""
    path = CASES / name
    rows = json.loads(path.read_text(encoding="utf-8")) if path.suffix == ".json" else read(path)
    return [pytest.param(row, id=row["label"]) for row in rows]


def read(path: Path) -> list[dict]:
    with open(path, encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


@pytest.mark.parametrize("case", cases("sentences.json"))
def test_sentences(case):
    assert [case["text"][start:end] for start, end in find_sentences(case["text"])] == case["sentences"]


@pytest.mark.parametrize("case", cases("voices.json"))
def test_voice(case):
    voice = find_voice(case["sentence"], case["inside"])
    assert (voice.frame, voice.goes_on) == (case["frame"], case["goes_on"])


@pytest.mark.parametrize("case", cases("parties.json"))
def test_parties(case):
    found = find_parties(case["sentence"], direct=case.get("direct", False))
    expected = None if case["sender"] is None else (tuple(case["sender"]), tuple(case["recipient"]))
    assert (found and tuple(found)) == expected


@pytest.mark.parametrize("case", cases("headlines.csv"))
def test_parties_of_a_headline(case):
    found = find_headline_parties(case["headline"]) or ((), ())
    assert ["|".join(side) for side in found] == [case["sender"], case["recipient"]]


@pytest.mark.parametrize("case", cases("texts.json"))
def test_frames_of_a_text(case):
    table = split_frames(pd.DataFrame([{"version_id": "a"} | case["text"]]))
    assert [[row.frame, row.sender, row.recipient, row.sentence] for row in table.itertuples()] == case["sentences"]


def test_every_cue_stands_in_its_example():
    rows = read(CUES)
    assert rows
    lost = [row["term"] for row in rows if not re.search(rf"(?<!\w){re.escape(row['term'])}(?!\w)", row["example"], re.IGNORECASE)]
    assert lost == []


def test_no_cue_is_listed_twice():
    pairs = [(row["kind"], row["term"]) for row in read(CUES)]
    assert [pair for pair in pairs if pairs.count(pair) > 1] == []


@pytest.mark.parametrize("kind", ["say", "tell"])
def test_every_verb_tells_what_a_message_says(kind):
    told = {verb: find_voice(f"The message {verb} that they are friends.", inside=True).frame for verb in read_terms("speech_cues")[kind]}
    assert {verb for verb, frame in told.items() if frame != "reported"} == set()


def test_glued_words_are_parted_for_searching():
    assert part_glued("toKim Jong Unon October 6") == "to Kim Jong Un on October 6"


TEXTS = st.text(st.characters(codec="utf-8"), max_size=400) | st.lists(
    st.sampled_from(["The message said: ", "I wish you well, ", "he said. ", "Kim Jong Un", "sent a message to ", "\n", "“", "-0-", "of ", "Mr. "]),
    max_size=40,
).map("".join)


@given(st.lists(TEXTS, min_size=1, max_size=3), st.sampled_from(["", "report", "letter"]))
def test_any_text_is_split_into_sentences_that_replay(texts, kind):
    table = split_frames(pd.DataFrame({"version_id": [str(n) for n in range(len(texts))], "text": texts, "kind": kind}))
    for row in table.itertuples():
        assert texts[int(row.version_id)][row.start : row.end] == row.sentence
    for number, text in enumerate(texts):
        spans = table.loc[table["version_id"] == str(number), ["start", "end"]].values.tolist()
        assert all(a[1] <= b[0] for a, b in zip(spans, spans[1:], strict=False))
        # Nothing is lost: what stands outside the sentences is space.
        left = "".join(text[a:b] for a, b in zip([0, *(s[1] for s in spans)], [*(s[0] for s in spans), len(text)], strict=True))
        assert not left.strip()


@given(TEXTS, TEXTS)
def test_no_text_depends_on_another(one, other):
    alone = split_frames(pd.DataFrame({"version_id": ["a"], "text": [one]}))
    beside = split_frames(pd.DataFrame({"version_id": ["b", "a"], "text": [other, one]}))
    pd.testing.assert_frame_equal(alone, beside[beside["version_id"] == "a"].reset_index(drop=True))


def test_a_blank_cell_is_no_text():
    """What pandas makes of rows of which only some have a column."""
    table = split_frames(pd.DataFrame([{"version_id": "a", "text": "The king came.", "headline": "King Comes"}, {"version_id": "b", "text": None}]))
    assert table[["version_id", "frame"]].values.tolist() == [["a", "headline"], ["a", "agency"]]


def test_an_unknown_kind_is_explained():
    with pytest.raises(CorpusError, match="kind 'Letter'. It may be report or letter"):
        split_frames(pd.DataFrame([{"version_id": "a", "text": "Dear friend,", "kind": "Letter"}]))
