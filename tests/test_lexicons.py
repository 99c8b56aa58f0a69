"""Lexicons: files read and refused, a user's rows over ours, terms looked up."""

import json
import shutil
from pathlib import Path

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from comity import find_tone
from comity.errors import CorpusError
from comity.lexicons import Hit, Matcher, Shape, lay_over, read_lexicon
from comity.lexicons.terms import fold, split_words
from comity.speech import split_frames
from comity.speech.party import read_party

CASES = json.loads((Path(__file__).parent / "cases/tone/matcher.json").read_text(encoding="utf-8"))
SHAPE = Shape("words", ("term", "kind"), ("note",), (("kind", ("good", "bad")),), ("term",))


def write(folder: Path, text: str | bytes) -> Path:
    path = folder / "words.csv"
    path.write_bytes(text if isinstance(text, bytes) else text.encode("utf-8"))
    return path


def table(**columns) -> pd.DataFrame:
    return pd.DataFrame(columns)


@pytest.mark.parametrize("text", ["term,kind\nwarm,good\n", "\ufeffterm,kind\nwarm,good\n", "kind,more,term\r\ngood,x,warm\r\n"])
def test_a_file_is_read_with_all_columns_of_its_shape_and_no_others(tmp_path, text):
    lexicon = read_lexicon(SHAPE, write(tmp_path, text))
    assert lexicon.to_dict("records") == [{"term": "warm", "kind": "good", "note": ""}]


def test_words_that_pandas_takes_for_missing_are_words(tmp_path):
    assert read_lexicon(SHAPE, write(tmp_path, "term,kind\nnull,good\nNA,bad\n"))["term"].tolist() == ["null", "NA"]


def test_a_table_is_read_as_a_file_is_and_left_alone():
    given_table = table(term=["warm", None], kind=["good", "bad"]).iloc[:1]
    before = given_table.copy()
    assert read_lexicon(SHAPE, given_table).to_dict("records") == [{"term": "warm", "kind": "good", "note": ""}]
    pd.testing.assert_frame_equal(given_table, before)


BROKEN = {
    "a column is missing": (
        "term,note\nwarm,x\n", "{path}: the lexicon lacks kind. It needs the columns term, kind.",
    ),
    "two columns are missing": (
        "note\nx\n", "{path}: the lexicon lacks term, kind. It needs the columns term, kind.",
    ),
    "a cell is blank": (
        "term,kind\nwarm,good\n,bad\n", "{path}, row 3: term is blank. Fill it in, or take the row out.",
    ),
    "a cell of spaces is blank": (
        "term,kind\n  ,good\n", "{path}, row 2: term is blank. Fill it in, or take the row out.",
    ),
    "a value that it may not have": (
        "term,kind\nwarm,god\n", "{path}, row 2: kind is 'god'. Did you mean 'good'? It may be good, bad.",
    ),
    "a value like none": (
        "term,kind\nwarm,7\n", "{path}, row 2: kind is '7'. It may be good, bad.",
    ),
}  # fmt: skip


@pytest.mark.parametrize("label", BROKEN)
def test_what_is_wrong_is_said(tmp_path, label):
    text, message = BROKEN[label]
    path = write(tmp_path, text)
    with pytest.raises(CorpusError) as error:
        read_lexicon(SHAPE, path)
    assert str(error.value) == message.format(path=path)


def test_a_table_that_is_wrong_has_no_path():
    with pytest.raises(CorpusError) as error:
        read_lexicon(SHAPE, table(term=["warm"]))
    assert str(error.value) == "the table of terms: the lexicon lacks kind. It needs the columns term, kind."


def test_no_file(tmp_path):
    with pytest.raises(CorpusError) as error:
        read_lexicon(SHAPE, tmp_path / "none.csv")
    assert str(error.value) == f"{tmp_path / 'none.csv'}: the lexicon cannot be opened (No such file or directory). Check its name and place."


@pytest.mark.parametrize("data", ["term,kind\nw\u00e4rm,good\n".encode("latin-1"), b"", b'term,kind\n"warm,good\n'])
def test_no_csv_in_utf_8(tmp_path, data):
    path = write(tmp_path, data)
    with pytest.raises(CorpusError) as error:
        read_lexicon(SHAPE, path)
    assert str(error.value).startswith(f"{path}: this is no CSV file in UTF-8 (")
    assert str(error.value).endswith("). Save it as CSV UTF-8.")


def test_a_row_is_laid_over_the_row_of_its_key():
    ours = table(term=["warm", "cold"], kind=["good", "bad"], note=["", ""])
    both = lay_over(ours, table(term=["warm", "mild"], kind=["bad", "good"], note=["mine", "mine"]), SHAPE)
    assert both.to_dict("list") == {"term": ["cold", "warm", "mild"], "kind": ["bad", "bad", "good"], "note": ["", "mine", "mine"]}
    assert ours["kind"].tolist() == ["good", "bad"]


def find(case: dict) -> list[str]:
    hits = Matcher([(term, term) for term in case["terms"]], case.get("language", "en")).find(case["text"])
    return [case["text"][hit.start : hit.end] for hit in hits]


@pytest.mark.parametrize("case", CASES, ids=[case["label"] for case in CASES])
def test_terms_are_found(case):
    assert find(case) == case["found"]


def test_a_hit_has_its_places_and_the_code_of_its_term():
    assert Matcher([("dear friend", 7), ("dear", 8)], "en").find("My dear friend") == [Hit(3, 14, 7)]


def test_of_two_terms_with_one_form_the_later_counts():
    assert Matcher([("Warm", "a"), ("warm", "b")], "en").find("warm") == [Hit(0, 4, "b")]


ANY = st.text(st.characters(exclude_categories=()), max_size=60)
TERMS = st.lists(st.text("ab '.-é동", min_size=1, max_size=6), max_size=6)


@given(ANY | st.text("ab '’.-é동AB\u00a0\n", max_size=40), TERMS, st.sampled_from(["en", "ko"]))
def test_whatever_the_text_hits_lie_in_it_in_order_and_apart(text, terms, language):
    hits = Matcher([(term, term) for term in terms], language).find(text)
    edges = [edge for hit in hits for edge in (hit.start, hit.end)]
    assert edges == sorted(edges) and all(hit.start < hit.end <= len(text) for hit in hits)


@given(TERMS | st.lists(st.sampled_from(["a", "a b", "a b a", "a b c", "b a", "b"]), max_size=6), st.randoms())
def test_the_order_of_the_terms_does_not_matter(terms, random):
    terms = list({fold(term): term for term in terms}.values())
    other = random.sample(terms, len(terms))
    text = " ".join([*terms, *reversed(terms)])
    assert find({"terms": terms, "text": text}) == find({"terms": other, "text": text})


@given(ANY)
def test_the_pieces_of_a_sentence_are_the_sentence(text):
    words = split_words(text)
    assert "".join(words.pieces) == words.sentence == fold(text) and len(words.sentence) == len(text)
    assert words.folded == words.pieces[1::2]


TIMES = 20_000
REPEATS = {"warm ": TIMES, "warmFriend": 1, "Kim Jong Unon": TIMES, "dear ": 0, "a-": 0, "'s": TIMES, "\x00": 0, "\u202e": 0, "\ud800": 0}


@pytest.mark.parametrize("unit", REPEATS, ids=ascii)
def test_long_repeats_are_read(unit):
    terms = ["warm", "dear dear friend", "kim jong un", "a-a", "s"]
    assert len(Matcher([(term, term) for term in terms], "en").find(unit * TIMES)) == REPEATS[unit]


# --- What is made of our lexicons is made anew where they change.

def test_word_lists_that_change_are_read_anew(tmp_path, monkeypatch):
    """In a notebook that goes on for hours a lexicon is edited, or another data folder is named."""
    ours = Path(__file__).parents[1] / "data"
    shutil.copytree(ours / "lexicons", tmp_path / "lexicons")
    texts = pd.DataFrame({"version_id": ["a"], "text": ["Dear friend,\nI thank you for the zeppelin."], "kind": ["letter"]})
    told = "Shogun Tokunaga sent a letter to Bob Moe."
    assert read_party("Shogun Tokunaga") == ("Shogun Tokunaga",) and "zeppelin" not in find_tone(texts)["term"].tolist()
    for name, row in (("tone", "zeppelin,,en,warmth,,,,,\n"), ("honorifics", "Shogun,en,title,shogun,,joins,,,,,,,,\n")):
        with open(tmp_path / "lexicons" / f"{name}.csv", "a", encoding="utf-8") as file:
            file.write(row)
    monkeypatch.setenv("COMITY_DATA", str(tmp_path))
    assert "zeppelin" in find_tone(texts)["term"].tolist()
    assert split_frames(pd.DataFrame({"version_id": ["a"], "text": [told]}))["sender"].tolist() == ["Tokunaga"]
    monkeypatch.delenv("COMITY_DATA")
    assert "zeppelin" not in find_tone(texts)["term"].tolist()
    assert split_frames(pd.DataFrame({"version_id": ["a"], "text": [told]}))["sender"].tolist() == ["Shogun Tokunaga"]
