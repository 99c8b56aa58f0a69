"""Phrases that are looked for: whole words where words are parted by spaces, anywhere where they are not."""

import csv
from pathlib import Path

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from comity.errors import CorpusError
from comity.measure.phrases import find_phrases, phrase_pattern

CASES = list(csv.DictReader((Path(__file__).parent / "cases/measure/phrases.csv").open(encoding="utf-8", newline="")))


def said(text):
    return pd.DataFrame({"message_id": ["m"], "version_id": ["v"], "part": ["text"], "start": [0], "frame": ["letter"], "sentence": [text]})


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["label"])
def test_phrases_as_they_stand(case):
    found = find_phrases((case["phrase"],), said(case["text"]))
    assert found["matched"].tolist() == [case["matched"]] * bool(case["matched"])


@pytest.mark.parametrize("blank", ["", " ", "\n\t", "　"])
def test_a_blank_phrase_is_refused(blank):
    with pytest.raises(CorpusError, match="A phrase is blank.*leave it out"):
        phrase_pattern(blank)


WORDS = st.lists(st.sampled_from(["good", "health", "honour", "people's", "für", "мир", "健康", "友好", "ありがとう", "동지", "불패의", "5th"]), min_size=1, max_size=4)


@settings(max_examples=50, deadline=None)
@given(WORDS, WORDS, WORDS)
def test_a_phrase_is_found_between_other_words(before, phrase, after):
    text = " ".join([*before, *phrase, *after])
    found = [match.span() for match in phrase_pattern(" ".join(phrase)).finditer(text)]
    start = len(" ".join(before)) + 1
    # There, or where it stands in an overlapping place before.
    assert any(one <= start <= other for one, other in found)


@settings(max_examples=50, deadline=None)
@given(st.text(max_size=20).filter(lambda text: text.split()))
def test_a_phrase_is_found_in_itself(phrase):
    assert phrase_pattern(phrase).search(phrase)
