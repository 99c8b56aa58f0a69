"""Forms of address in other languages: mentions in texts, and the elements of every form that the record transcribes."""

import json
from pathlib import Path

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from comity import find_mentions, read_corpus, read_honorifics
from comity.address.abroad import ELEMENTS, Tongue, measure_reading, read_address
from comity.address.mentions import MENTION_COLUMNS

CASES = json.loads((Path(__file__).parent / "cases" / "address" / "abroad.json").read_text(encoding="utf-8"))
REGISTER = Path(__file__).parents[2] / "shared" / "register" / "versions.csv"
LANGUAGES = ["ko", "zh", "ru", "ja", "de", "it"]


@pytest.fixture(scope="module")
def tongues():
    lexicon = read_honorifics()
    return {language: Tongue(lexicon, language) for language in LANGUAGES}


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["label"])
def test_mentions(case):
    text = {"version_id": "a", "sender": "Cid Roe"} | {key: case[key] for key in ("language", "kind", "text", "recipient")}
    found = find_mentions(pd.DataFrame([text]))
    told = MENTION_COLUMNS[6:]
    expected = [dict.fromkeys(told, "") | mention for mention in case["mentions"]]
    assert found[told].to_dict("records") == expected


def test_every_term_fires_in_its_own_example(tongues):
    lexicon = read_honorifics()
    rows = lexicon[lexicon["language"].isin(LANGUAGES) & (lexicon["element"] != "particle")]
    silent = [
        (row.language, row.term, row.example)
        for row in rows.itertuples()
        if row.term.casefold() not in read_address(row.example, tongues[row.language])[row.element].casefold()
    ]
    assert silent == []


def test_the_elements_of_the_record_are_read_as_they_were_transcribed():
    corpus = read_corpus()
    agreement = measure_reading(corpus.mentions, corpus.versions).set_index("element")
    assert agreement["agreed"].sum() > 250
    assert (agreement["agreed"] / agreement["forms"] >= 0.97).all(), agreement


@pytest.mark.skipif(not REGISTER.is_file(), reason="the register is not beside the project")
def test_every_form_of_the_register_is_mapped(tongues):
    register = pd.read_csv(REGISTER, dtype="str", keep_default_na=False)
    register = register[register["language"].isin(LANGUAGES)]
    forms = {
        (row.language, form.strip())
        for row in register.itertuples()
        for form in [*row.address_terms.split("|"), row.salutation]
        if form.strip()
    }
    assert len(forms) == 135
    unread = sorted((language, form) for language, form in forms if not any(read_address(form, tongues[language]).values()))
    assert unread == []


TEXTS = st.text(st.characters(codec="utf-8"), max_size=300) | st.lists(
    st.sampled_from(["존경하는 ", "동지", "尊敬的", "同志", "Уважаемый ", "Вы", "金", "委員長", "\n", "、", "lieber ", "("]), max_size=50
).map("".join)


@given(TEXTS, st.sampled_from([*LANGUAGES, "xx"]), st.sampled_from(["", "letter", "report"]))
def test_any_text_gives_mentions_that_replay(text, language, kind):
    found = find_mentions(pd.DataFrame({"version_id": ["a"], "text": [text], "language": [language], "kind": [kind]}))
    spans = found[["start", "end"]].values.tolist()
    assert [text[start:end] for start, end in spans] == found["matched"].tolist()
    assert all(a[1] <= b[0] for a, b in zip(spans, spans[1:], strict=False))


def test_elements_are_those_of_the_mentions():
    assert set(ELEMENTS) - {"pronoun"} == set(MENTION_COLUMNS[-6:])
