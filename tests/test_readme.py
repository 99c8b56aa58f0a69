"""The README is true: its figure and every number in its answer are what the data give now.

After a change of the data: `python tests/test_readme.py` draws the figure again; the sentences are mended by hand.
"""

import re
from pathlib import Path

import pandas as pd
import pytest

from comity import count_naively, find_evidence, list_evidence, read_corpus
from comity.figures import plot_evidence
from comity.page.drawings import figure_svg

ROOT = Path(__file__).parents[1]
FIGURE = ROOT / "notebooks" / "the-dropped-respected.svg"
PAIR = {"sender": "Kim Jong Un", "recipient": "Xi Jinping"}


def draw() -> str:
    figure = plot_evidence(find_evidence("respected", read_corpus(ROOT / "data"), **PAIR), "respected")
    svg = figure_svg(figure, "timeline", "“Respected” in Kim’s letters to Xi", figure.comity_alt)
    # On a page the paper shows through; a picture of its own brings it along.
    return svg.replace(">", '>\n<rect width="100%" height="100%" fill="#fffdf9"/>', 1) + "\n"


@pytest.fixture(scope="module")
def readme() -> str:
    return (ROOT / "README.md").read_text(encoding="utf-8")


def test_the_answer_is_what_the_data_say(readme):
    corpus = read_corpus(ROOT / "data")
    words = list_evidence("respected", corpus, **PAIR)
    seen = words[words["state"] == "attested"]
    bare = words[(words["state"] == "absent") & (words["slot"] == "salutation")]["date"].unique()
    naive = count_naively("respected", corpus, **PAIR).set_index("message_id")
    day = "{0.day} {0:%B} {0.year}".format
    letters = seen["message_id"].nunique()
    korean = seen.query("language == 'ko'")["message_id"].nunique()
    wish = words[(words["state"] == "absent") & words["reason"].str.startswith("an address")].iloc[0]
    assert f"In {letters} letters, from {day(seen['date'].min())} to {day(seen['date'].max())}, Kim calls Xi" in readme
    assert f"{korean} of them are seen in Korean" in readme
    assert f"closing wish seen in Kim’s own words that names his title without the word is of {day(wish['date'])};" in readme and wish["slot"] == "close"
    assert f"of {len(bare)} letters found since, of {' and '.join(map(day, bare))}, do not have it either" in readme
    assert bare.min() > seen["date"].max()
    hits = naive["hits"]
    assert f"{hits['kim-xi-2019-10-06']} in 2019, {hits['kim-xi-2024-10-06']} in 2024, and that one honours Kim" in readme
    assert naive.loc["kim-xi-2024-10-06", ["of_sender", "in_headline"]].tolist() == [1, 1]


def test_the_counts_are_those_of_the_data(readme):
    messages, versions = (len(pd.read_csv(ROOT / "data" / f"{name}.csv")) for name in ("messages", "versions"))
    assert f"{messages} messages in {versions} published versions" in readme


def test_every_notebook_is_listed_with_its_question(readme):
    import nbformat

    for path in (ROOT / "notebooks").glob("*.ipynb"):
        question = nbformat.read(path, as_version=4).cells[0].source.splitlines()[0].removeprefix("# ")
        assert f"| `notebooks/{path.name}` | {question} |" in readme


def test_the_figure_is_drawn_from_the_data_of_now():
    assert FIGURE.read_text(encoding="utf-8") == draw(), "run `python tests/test_readme.py` and look at the figure"


def test_the_code_of_the_readme_runs(readme, monkeypatch):
    monkeypatch.chdir(ROOT)
    names: dict = {}
    for block in re.findall(r"```python\n(.*?)```", readme, re.S):
        exec(block, names)
    assert len(names["states"]) and len(names["words"])


def test_every_file_the_readme_names_is_there(readme):
    for name in re.findall(r"`((?:notebooks|src|data|tests)/[\w./-]*|[\w.-]+\.(?:yml|toml|lock|md|cff))`", readme):
        assert (ROOT / name).exists(), name


if __name__ == "__main__":
    FIGURE.write_text(draw(), encoding="utf-8")
