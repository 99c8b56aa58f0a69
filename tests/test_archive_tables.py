"""data/archive: the measurements that are shipped are what the command makes of the archive, and hold no story."""

from pathlib import Path

import pandas as pd
import pytest
from click.testing import CliRunner

from comity import read_measurements
from comity.cli import main
from comity.measure.reading import COLUMNS as MEASURED
from comity.measure.writing import REJECTED_COLUMNS

FOLDER = Path(__file__).parents[1] / "data" / "archive"
ARCHIVE = Path(__file__).parents[2] / "shared" / "kcna" / "headlines_2024-11-11.json"
COLUMNS = MEASURED | {"rejected": REJECTED_COLUMNS}
COMMAND = ["--count", "respected", "--find", str(FOLDER.parent / "claims.csv"), "--repeated"]


def read(name: str) -> pd.DataFrame:
    return pd.read_csv(FOLDER / f"{name}.csv", dtype="str", keep_default_na=False)


@pytest.mark.skipif(not ARCHIVE.is_file(), reason="the archive is not beside the project")
def test_measuring_again_gives_the_same_bytes(tmp_path):
    done = CliRunner().invoke(main, ["measure", str(ARCHIVE), "--out", str(tmp_path / "archive"), *COMMAND])
    assert done.exit_code == 0, done.output
    differing = [path.name for path in FOLDER.glob("*.csv") if path.read_bytes() != (tmp_path / "archive" / path.name).read_bytes()]
    assert differing == []


@pytest.mark.parametrize("name", COLUMNS)
def test_columns(name):
    assert list(read(name).columns) == COLUMNS[name]


def test_the_tables_hold_together():
    mentions, versions, messages = read("mentions"), read("versions"), read("messages")
    assert set(mentions["version_id"]) <= set(versions["version_id"])
    assert set(versions["message_id"]) | set(mentions["message_id"]) <= set(messages["message_id"]) | {""}
    words = versions[["words", "agency", "letter", "reported"]].astype(int)
    assert (words["words"] == words[["agency", "letter", "reported"]].sum(axis="columns")).all()


@pytest.mark.parametrize(("name", "column"), [
    ("mentions", "matched"), ("tone", "context"), ("formulas", "context"), ("formulas", "matched"), ("repeated", "matched"), ("wordings", "matched"),
])  # fmt: skip
def test_nothing_is_longer_than_a_short_quotation(name, column):
    assert read(name)[column].str.split().str.len().max() <= 12


def test_only_the_senders_words_are_counted_word_by_word():
    assert set(read("token_counts")["frame"]) == set(read("lengths")["frame"]) == {"letter", "reported"}


def test_lengths_agree_with_the_counts_and_the_versions():
    lengths, counts = read("lengths"), read("token_counts")
    keys = ["message_id", "version_id", "frame"]
    tokens = counts.assign(n=counts["n"].astype(int)).groupby(keys)["n"].sum()
    assert (lengths.set_index(keys)["tokens"].astype(int) == tokens.reindex(pd.MultiIndex.from_frame(lengths[keys])).to_numpy()).all()
    words = lengths.assign(words=lengths["words"].astype(int)).pivot_table("words", "version_id", "frame", "sum").fillna(0)
    versions = read("versions").set_index("version_id")[["letter", "reported"]].astype(int).loc[words.index]
    # The agency's end mark is no word of the letter.
    assert ((versions - words).stack().isin([0, 1])).all()


def test_the_command_is_in_the_codebook():
    said = "comity measure ../shared/kcna/headlines_2024-11-11.json --out data/archive --count respected --find data/claims.csv --repeated"
    assert said in (FOLDER.parent / "README.md").read_text(encoding="utf-8")


def test_reading_gives_what_was_written():
    measured = read_measurements(FOLDER)
    assert {name: len(getattr(measured, name)) for name in MEASURED} == {name: len(read(name)) for name in MEASURED}


def test_the_counts_add_up():
    counts = read("counts").drop(columns=["word", "frame"]).astype(int)
    assert (counts["hits"] == counts.drop(columns="hits").sum(axis="columns")).all()
