"""data/archive: the measurements that are shipped are what the command makes of the archive, and hold no story."""

from pathlib import Path

import pandas as pd
import pytest
from click.testing import CliRunner

from comity.address import MENTION_COLUMNS
from comity.cli import main
from comity.measure.counter import COUNT_COLUMNS
from comity.measure.tables import MESSAGE_COLUMNS, VERSION_COLUMNS
from comity.measure.writing import REJECTED_COLUMNS

FOLDER = Path(__file__).parents[1] / "data" / "archive"
ARCHIVE = Path(__file__).parents[2] / "shared" / "kcna" / "headlines_2024-11-11.json"
COLUMNS = {
    "mentions": MENTION_COLUMNS, "messages": MESSAGE_COLUMNS, "versions": VERSION_COLUMNS, "rejected": REJECTED_COLUMNS,
    "counts": COUNT_COLUMNS,
}  # fmt: skip


def read(name: str) -> pd.DataFrame:
    return pd.read_csv(FOLDER / f"{name}.csv", dtype="str", keep_default_na=False)


@pytest.mark.skipif(not ARCHIVE.is_file(), reason="the archive is not beside the project")
def test_measuring_again_gives_the_same_bytes(tmp_path):
    done = CliRunner().invoke(main, ["measure", str(ARCHIVE), "--out", str(tmp_path / "archive"), "--count", "respected"])
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


def test_no_form_of_address_is_a_passage():
    assert read("mentions")["matched"].str.split().str.len().max() <= 12


def test_the_counts_add_up():
    counts = read("counts").drop(columns=["word", "frame"]).astype(int)
    assert (counts["hits"] == counts.drop(columns="hits").sum(axis="columns")).all()
