"""Annotated stories of the archive: where find_mentions disagrees with them is known, and the published table is true."""

import runpy
from pathlib import Path

import pandas as pd
import pytest

ROOT = Path(__file__).parents[1]
CASES = ROOT / "tests" / "cases" / "address"
ARCHIVE = ROOT.parent / "shared" / "kcna" / "headlines_2024-11-11.json"
needs_archive = pytest.mark.skipif(not ARCHIVE.is_file(), reason="the archive is not beside the project")


@pytest.fixture(scope="module")
def benchmark():
    return runpy.run_path(str(ROOT / "benchmarks" / "agreement.py"))


def read(name: str) -> pd.DataFrame:
    return pd.read_csv(CASES / name, dtype="str", keep_default_na=False)


@needs_archive
def test_every_disagreement_is_known_and_every_known_one_is_there(benchmark):
    """Strict both ways: a failure that is mended leaves the file, with `python benchmarks/agreement.py --list ARCHIVE`."""
    found = benchmark["measure"](str(ARCHIVE))[1].query("set.str.contains('archive')").astype("str")
    known = read("known_failures.csv")
    columns = [column for column in known if column != "reason"]
    assert found[columns].values.tolist() == known[columns].values.tolist()
    assert (known["reason"] != "").all()


@pytest.mark.parametrize("name", ["development.csv", "held_back.csv"])
@needs_archive
def test_annotations_stand_at_their_place(name):
    from comity import read_archive

    texts = read_archive(ARCHIVE).texts.set_index("version_id")
    for row in read(name).query("matched != ''").itertuples():
        assert texts.at[row.version_id, row.part][int(row.start) : int(row.end)] == row.matched


def test_no_story_is_in_both_sets():
    assert not set(read("development.csv")["version_id"]) & set(read("held_back.csv")["version_id"])


def test_the_published_table_is_what_is_measured(benchmark):
    published = (ROOT / "benchmarks" / "README.md").read_text(encoding="utf-8")
    archive = [str(ARCHIVE)] if ARCHIVE.is_file() else []
    measured = benchmark["as_markdown"](benchmark["measure"](*archive)[0])
    assert [line for line in measured.splitlines() if line not in published] == []
