"""A folder of somebody's own letters: known as such by every command, and made into a page however little the letters say."""

import shutil
from pathlib import Path

import pandas as pd
import pytest
from bs4 import BeautifulSoup
from click.testing import CliRunner

from comity import CorpusError, read_measurements
from comity.cli import main
from comity.measure.command import FORMATS
from comity.report.build import YOURS, build_report
from comity.sources.incoming.reading import READERS
from comity.sources.kinds import kind_of

ROOT = Path(__file__).parent.parent
EXAMPLES = ROOT / "data" / "example-letters"
LETTER = "sender: Ann Lee\nrecipient: Bob Moe\ndate: 2001-05-02\n\nDear friend,\nI thank you."
TABLE = "sender,recipient,date,text\nAnn,Bob,1900-01-02,Dear Bob thank you\nCarl,Dora,1900-02-02,Dear Dora I hate you\n"
MEASURED = "version_id,message_id,identity,url\n"


def make(folder, files):
    for name, content in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(content, encoding="utf-8", newline="")
    return folder


def run(*arguments):
    return CliRunner().invoke(main, [str(argument) for argument in arguments], env={"COLUMNS": "200"})


KINDS = {
    "letters in files": ({"a.txt": LETTER}, "letters"), "a table of letters": ({"a.csv": TABLE}, "letters"), "under another name": ({"messages.csv": TABLE}, "letters"),
    "letters in a folder below": ({"x/a.md": LETTER}, "letters"), "only the table to fill in": ({"letters.csv": "file,record\na.txt,0\n"}, "letters"),
    "a record": ({"messages.csv": "message_id,sender\n", "notes.md": "x"}, "record"), "versions alone": ({"versions.csv": "version_id,date_published\n"}, "record"),
    "a record misspelt": ({"mesages.csv": "message_id,sender\n", "notes.md": "x"}, ""), "measurements": ({"messages.csv": "message_id\n", "versions.csv": MEASURED}, "measurements"),
    "measurements at size": ({"versions/0.parquet": ""}, "measurements"), "nothing": ({}, ""), "words about the data": ({"README.md": "x"}, ""),
    "a damaged table": ({"messages.csv": "\0\0", "a.txt": LETTER}, "record"),
}  # fmt: skip


@pytest.mark.parametrize("name", KINDS)
def test_what_a_folder_is(tmp_path, name):
    files, kind = KINDS[name]
    assert kind_of(make(tmp_path, files)) == kind


def test_a_folder_that_is_none_is_nothing(tmp_path):
    assert kind_of(tmp_path / "none") == ""


# Commands that are for something else say so, and do not advise damage


@pytest.mark.parametrize(
    ("command", "files", "told"),
    [
        (("check", "FOLDER"), {"a.txt": LETTER}, "is a folder of letters, and this looks into data folders"),
        (("check", "FOLDER"), {"letters.csv": "file,record\na.txt,0\n", "a.txt": LETTER}, "`comity measure "),
        (("check", "FOLDER"), {"messages.csv": "message_id\n", "versions.csv": MEASURED}, "is a folder of measurements"),
        (("compare", "a", "b", "--data", "FOLDER"), {"a.txt": LETTER}, "Measure them first: comity measure"),
        (("compare", "a", "b", "--measured", "FOLDER"), {"a.txt": LETTER}, "Measure them first: comity measure"),
        (("compare", "a", "b", "--data", "FOLDER"), {"messages.csv": "message_id\n", "versions.csv": MEASURED}, "Name it so: comity compare MESSAGE MESSAGE --measured"),
        (("report", "--data", "FOLDER", "--out", "FOLDER-pages"), {"messages.csv": "message_id\n", "versions.csv": MEASURED}, "holds measurements, and pages are made of the letters"),
        (("report", "--data", "FOLDER", "--out", "FOLDER/pages"), {"a.txt": LETTER}, "would be read as letters the next time. Name a folder beside it: comity report --out DIR"),
        (("measure", "FOLDER", "--out", "FOLDER/tables"), {"a.txt": LETTER}, "would be read as letters the next time. Name a folder beside it: comity measure --out DIR"),
        (("report", "--data", "FOLDER", "--out", "FOLDER-pages"), {}, "holds no file"),
    ],
)  # fmt: skip
def test_another_folder_than_the_command_is_for(tmp_path, command, files, told):
    folder = make(tmp_path / "mine", files)
    folder.mkdir(exist_ok=True)
    before = sorted(tmp_path.rglob("*"))
    done = run(*(part.replace("FOLDER", str(folder)) for part in command))
    assert done.exit_code == 1 and told in done.output and "Did you mean" not in done.output and done.output.count("\n") == 1
    assert sorted(tmp_path.rglob("*")) == before


@pytest.mark.parametrize("command", [("measure", EXAMPLES), ("measure", EXAMPLES, "--engine", "dask"), ("report", "--data", EXAMPLES)])
def test_where_nothing_can_be_written_is_said_before_any_work(monkeypatch, command):
    if not Path("/proc/self").exists():
        pytest.skip("there is no folder here in which nobody can make one")
    monkeypatch.setattr("comity.sources.incoming.reading.open_place", lambda place: pytest.fail("a letter was read"))
    done = run(*command, "--out", "/proc/foo")
    assert done.exit_code == 1 and "/proc/foo cannot be written" in done.output and "another folder" in done.output


# What is measured


def test_every_form_that_is_read_may_be_named():
    assert set(FORMATS) == set(READERS)


def test_compare_takes_the_letters_measured_and_no_others(tmp_path):
    make(tmp_path / "in", {"a.txt": LETTER, "b.txt": LETTER.replace("2001", "2002").replace("thank", "greet")})
    assert run("measure", tmp_path / "in", "--out", tmp_path / "out").exit_code == 0
    done = run("compare", "kim-putin-2024-10-07", "kim-xi-2024-10-06", "--measured", tmp_path / "out")
    assert done.exit_code == 1 and "among the 2 that are held" in done.output
    assert run("compare", "ann-lee-bob-moe-2001-05-02", "ann-lee-bob-moe-2002-05-02", "--measured", tmp_path / "out").exit_code == 0


@pytest.mark.parametrize("engine", ["pandas", "dask"])
def test_honorifics_beside_the_letters_are_laid_over_ours_and_that_is_said(tmp_path, engine):
    words = "term,language,element,group,counts\nfriend of friends,en,solidarity,friend,alone\n"
    folder = make(tmp_path / "in", {"a.txt": LETTER.replace("Dear friend", "Dear friend of friends"), "honorifics.csv": words})
    more = ["--engine", engine] + ["--workers", "1"] * (engine == "dask")
    done = run("measure", folder, "--out", tmp_path / "out", *more)
    assert done.exit_code == 0, done.output
    assert f"The honorifics of {folder / 'honorifics.csv'} were laid over ours." in done.output
    assert "Dear friend of friends" in set(read_measurements(tmp_path / "out").mentions["matched"])
    done = run("measure", folder, "--out", tmp_path / "out", "--lexicon", make(tmp_path, {"other.csv": words.replace("of friends", "of foes")}) / "other.csv", *more)
    assert "laid over" not in done.output and "Dear friend of friends" not in set(read_measurements(tmp_path / "out").mentions["matched"])


def test_two_folders_with_honorifics_are_not_mixed(tmp_path):
    words = "term,language,element,group,counts\nfriend,en,solidarity,friend,alone\n"
    folders = [make(tmp_path / name, {"a.txt": LETTER, "honorifics.csv": words}) for name in ("one", "two")]
    done = run("measure", *folders, "--out", tmp_path / "out")
    assert done.exit_code == 1 and "two lexicons" in done.output and "--lexicon FILE" in done.output


@pytest.mark.parametrize("engine", ["pandas", "dask"])
def test_letters_that_name_nobody_lead_to_init(tmp_path, engine):
    make(tmp_path / "in", {f"{name}.txt": f"I thank {name}." for name in "abc"})
    more = ["--engine", engine] + ["--workers", "1"] * (engine == "dask")
    done = run("measure", tmp_path / "in", "--out", tmp_path / "out", *more)
    assert done.exit_code == 0 and "0 messages" in done.output
    assert "3 of the texts name neither sender nor recipient" in done.output and "Run `comity init FOLDER`" in done.output
    make(tmp_path / "in", {f"{name}.txt": LETTER.replace("2001", f"200{number}") for number, name in enumerate("abc")})
    assert "comity init" not in run("measure", tmp_path / "in", "--out", tmp_path / "out", *more).output


def test_both_engines_give_tables_of_the_same_kinds(tmp_path):
    make(tmp_path / "in", {"a.txt": LETTER, "b.txt": LETTER.replace("date: 2001-05-02\n", ""), "c.txt": "Oslo."})
    folders = {engine: tmp_path / engine for engine in ("pandas", "dask")}
    for engine, out in folders.items():
        assert run("measure", tmp_path / "in", "--out", out, "--engine", engine, *["--workers", "1"] * (engine == "dask")).exit_code == 0
    one, other = (read_measurements(out) for out in folders.values())
    for name in vars(one):
        mine, theirs = getattr(one, name), getattr(other, name)
        assert mine.dtypes.astype("str").to_dict() == theirs.dtypes.astype("str").to_dict(), name
        keys = [column for column in ("version_id", "message_id", "part", "start", "frame", "token") if column in mine]
        pd.testing.assert_frame_equal(mine.sort_values(keys, ignore_index=True), theirs.sort_values(keys, ignore_index=True)) if keys else None
    assert (folders["pandas"] / "rejected.csv").exists() and list((folders["dask"] / "rejected").glob("*.parquet"))


# Pages


SPARSE = {
    "one letter": {"a.txt": LETTER}, "one retold": {"a.txt": "kind: report\ndate: 2001-05-03\n\nOslo, May 3 (NTB) -- Ann Lee sent a letter to Bob Moe. She wished him good health."},
    "letters that name nobody": {"a.txt": "Dear friend, I thank you for the horses.", "b.txt": "I come.", "c.txt": "The bridge is gone."},
    "nothing that can be read": {"a.txt": "", "b.pdf": "%PDF"}, "a table under a name of the record's": {"messages.csv": TABLE},
}  # fmt: skip


@pytest.mark.slow
@pytest.mark.parametrize("name", SPARSE)
def test_letters_that_say_little_make_a_page(tmp_path, name):
    folder = make(tmp_path / "in", SPARSE[name])
    done = run("report", "--data", folder, "--out", tmp_path / "out", "--notebooks", ROOT / "notebooks")
    assert done.exit_code == 0, done.output
    assert {path.name for path in (tmp_path / "out").glob("*.html")} == {"index.html", f"{YOURS}.html"}
    page = BeautifulSoup((tmp_path / "out" / f"{YOURS}.html").read_text(encoding="utf-8"), "html.parser").main
    for code in page("details"):
        code.decompose()
    assert ("comity init" in page.get_text()) == (name == "letters that name nobody")


@pytest.mark.slow
def test_notebooks_are_found_beside_the_code(tmp_path, monkeypatch):
    monkeypatch.chdir(make(tmp_path, {"in/a.txt": LETTER}))
    done = run("report", "--data", "in", "--out", "out")
    assert done.exit_code == 0, done.output
    assert "2 pages" in done.output


def test_a_folder_of_notebooks_that_is_named_is_the_one(tmp_path, monkeypatch):
    monkeypatch.chdir(make(tmp_path, {"in/a.txt": LETTER}))
    with pytest.raises(CorpusError, match="none, does not exist"):
        build_report(Path("none"), tmp_path / "out", Path("in"))
    shutil.copytree(ROOT / "tests" / "cases" / "notebooks" / "good", tmp_path / "notebooks")
    with pytest.raises(CorpusError, match="has no notebook for them"):
        build_report(Path("notebooks"), tmp_path / "out", Path("in"))
