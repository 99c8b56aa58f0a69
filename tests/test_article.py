"""News articles: quotation marks, page furniture, speakers, and which words belong to a message."""

import csv
import json
import re
import time
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from comity.sources.article import PROBLEM_COLUMNS, QUOTATION_COLUMNS, find_article_quotations, read_article
from comity.errors import CorpusError
from comity.sources.furniture import split_lines
from comity.sources.quotations import find_quotations
from comity.sources.terms import read_terms

CASES = Path(__file__).parent / "cases" / "article"


def rows(name):
    with open(CASES / name, encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def articles():
    for case in json.loads((CASES / "articles.json").read_text(encoding="utf-8")):
        known = case.get("known_failure")
        marks = [pytest.mark.xfail(reason=known, strict=True)] if known else []
        yield pytest.param(case, id=case["label"], marks=marks)


@pytest.mark.parametrize("case", list(articles()))
def test_articles(case):
    article = find_article_quotations(case["text"])
    found = article.quotations[["quotation", "speaker", "speech", "belongs_to_message"]].values.tolist()
    assert found == case["expected"], article.quotations.cue.tolist()
    assert len(article.problems) == case["problems"], article.problems.problem.tolist()


@pytest.mark.parametrize("case", rows("marks.csv"), ids=lambda case: case["label"])
def test_marks(case):
    text = case["text"]
    found, odd = find_quotations(text, [(0, len(text))])
    assert "|".join(text[quotation.start : quotation.end] for quotation in found) == case["quotations"]
    assert "|".join("yes" if quotation.balanced else "no" for quotation in found) == case["balanced"]
    assert len(odd) + sum(bool(quotation.problem) for quotation in found) == int(case["problems"])


@pytest.mark.parametrize("case", rows("furniture.csv"), ids=lambda case: case["label"])
def test_furniture(case):
    text = case["text"].replace("\\r", "\r").replace("\\n", "\n")
    assert "|".join(line.part for line in split_lines(text)) == case["parts"]


def test_the_text_stays_as_received(tmp_path):
    path = tmp_path / "article.txt"
    path.write_bytes("\ufeffA\u00a0“b\u00a0c”\r\n\r\nd ".encode())
    article = read_article(path)
    assert article.text == "\ufeffA\u00a0“b\u00a0c”\r\n\r\nd "
    assert article.quotations.quotation.tolist() == ["b\u00a0c"]


def test_an_article_without_quotations_keeps_its_columns():
    article = find_article_quotations("Nothing here.")
    assert (list(article.quotations), list(article.problems)) == (QUOTATION_COLUMNS, PROBLEM_COLUMNS)


def test_a_file_that_cannot_be_read_is_explained(tmp_path):
    wrong = tmp_path / "latin.txt"
    wrong.write_bytes("é".encode("latin-1"))
    for path, says in [(tmp_path / "none.txt", "Check its name"), (tmp_path, "cannot be opened"), (wrong, "byte 0 is not UTF-8")]:
        with pytest.raises(CorpusError, match=says):
            read_article(path)


def test_every_cue_stands_in_its_own_example():
    path = Path(__file__).parents[1] / "data" / "lexicons" / "article_cues.csv"
    with open(path, encoding="utf-8", newline="") as file:
        terms = list(csv.DictReader(file))
    assert all(re.search(rf"\b{re.escape(term['term'])}\b", term["example"], re.IGNORECASE) for term in terms)
    assert len({(term["term"], term["kind"]) for term in terms}) == len(terms)
    assert {"message", "say", "furniture", "event", "title"} <= read_terms("article_cues").keys()


MARKS = "\"'“”„‘’«»「」‚‹›〝〟＂‟"
WORDS = st.sampled_from(["Kim", "said", "that", "the letter", ".", ", ", " ", "\n", "\r\n", ": ", "2019", *MARKS])
ANY_TEXT = st.text() | st.lists(WORDS | st.text(max_size=3), max_size=40).map("".join) | st.text(alphabet=MARKS + "ab. \n1s")


@settings(max_examples=200, deadline=None)
@given(ANY_TEXT)
def test_nothing_raises_everything_replays_and_nothing_overlaps(text):
    article = find_article_quotations(text)
    end = 0
    for row in article.quotations.itertuples():
        assert text[row.start : row.end] == row.quotation
        assert end <= row.start < row.end <= len(text)
        end = row.end
        assert (row.part, row.speech) in {(part, speech) for part in ("headline", "text") for speech in ("direct", "indirect")}
    for problem in article.problems.itertuples():
        assert 0 <= problem.start < problem.end <= len(text)


@pytest.mark.parametrize(
    "piece",
    ["“", "”", '"', "'a ", "‘a ", "a' ", "Kim’s ", "said that ", "Kim wrote “dear” and ", "A ", "President ", "x: \n"]
    + ["「", "A.", "In a letter Kim ", "-", "message from ", "Home > ", "He said, “I am.” ", "Kim sent, ", "the ", "“a\n"],
)
def test_the_time_grows_with_the_length(piece):
    def seconds(times):
        text, start = piece * times, time.process_time()
        find_article_quotations(text)
        return time.process_time() - start

    short = min(seconds(500) for _ in range(5))
    # Sixteen times the text: sixteen times the time if linear, 256 times if quadratic. A second try where others disturb.
    assert any(seconds(8_000) < 28 * short + 0.1 for _ in range(2))
