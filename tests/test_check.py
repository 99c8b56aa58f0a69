"""`comity check`: every kind of broken input is found, with its place and a remedy, and no problem hides another."""

import csv
import shutil
from pathlib import Path

import pandas as pd
import pytest
from click.testing import CliRunner
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from comity.corpus.check import find_problems
from comity.cli import main
from comity.corpus.schemas import FILES

CASES = Path(__file__).parent / "cases"
DATA = Path(__file__).parent.parent / "data"

with open(CASES / "broken" / "cases.csv", encoding="utf-8", newline="") as file:
    BROKEN = list(csv.DictReader(file))


@pytest.fixture
def sound(tmp_path):
    """A small data folder without any problem, about invented messages."""
    return Path(shutil.copytree(CASES / "sound", tmp_path / "sound"))


def unescaped(text):
    """`\\n`, `\\r`, `\\t` and `\\xNN` of the cases as bytes; everything else as UTF-8."""
    parts = text.replace(r"\n", "\n").replace(r"\r", "\r").replace(r"\t", "\t").split(r"\x")
    return parts[0].encode() + b"".join(bytes.fromhex(part[:2]) + part[2:].encode() for part in parts[1:])


def apply(edit, path, find, new):
    """Break one file in the way the case says."""
    if edit == "delete":
        return path.unlink()
    if edit == "rename":
        return path.rename(path.with_name(new))
    if edit == "folder":
        path.unlink()
        return path.mkdir()
    path.write_bytes(edited(edit, path.read_bytes(), find, new))


def edited(edit, data, find, new):
    if edit == "encode":
        return data.decode().encode(new)
    if edit == "content":
        return unescaped(new)
    if edit == "header only":
        return data[: data.index(b"\n") + 1]
    if edit == "append":
        return data + unescaped(new)
    if edit == "repeat":
        word, times = new.split(" ")
        new = f"{word} " * int(times) + word
    assert unescaped(find) in data, "the case no longer fits the sound folder"
    return data.replace(unescaped(find), unescaped(new), -1 if edit == "replace all" else 1)


def test_the_sound_folder_is_sound(sound):
    assert find_problems(sound).empty


@pytest.fixture(params=[131_072, 10_000_000], ids=["limit of csv", "limit raised"])
def limit(request):
    """How long a cell may be is a setting of the whole program: whoever raised it before changes no verdict."""
    before = csv.field_size_limit(request.param)
    yield request.param
    csv.field_size_limit(before)


def test_a_cell_that_is_far_too_long_is_named_whatever_was_read_before(sound, limit):
    case = next(case for case in BROKEN if case["label"] == "very long line in quotation marks")
    test_broken_input_is_found_with_place_and_remedy(case, sound)
    assert csv.field_size_limit() == limit


@pytest.mark.parametrize("case", BROKEN, ids=[case["label"] for case in BROKEN])
def test_broken_input_is_found_with_place_and_remedy(case, sound):
    apply(case["edit"], sound / case["file"], case["find"], case["new"])
    problems = find_problems(sound)
    assert len(problems) == int(case["problems"]), problems.to_string()
    assert problems["problem"].str.endswith(".").all()
    assert problems["remedy"].str.len().gt(10).all()
    if case["problem"]:
        row = pd.NA if case["row"] == "" else int(case["row"])
        here = problems[(problems["file"] == case["in_file"]) & (problems["column"] == case["column"])]
        here = here[here["row"].isna() if row is pd.NA else here["row"].eq(row)]
        told = here["problem"].str.contains(case["problem"], regex=False)
        told &= here["remedy"].str.contains(case["remedy"], regex=False)
        assert told.any(), problems.to_string()


def test_no_problem_hides_another(sound):
    """Every file broken at once: each case that breaks one place still is reported at its place."""
    chosen = {}
    for case in BROKEN:
        if case["edit"] == "replace" and case["in_file"] == case["file"] and case["problems"] == "1":
            chosen[case["file"]] = case
    assert len(chosen) >= 9
    for case in chosen.values():
        apply(case["edit"], sound / case["file"], case["find"], case["new"])
    problems = find_problems(sound)
    for case in chosen.values():
        found = problems[problems["file"] == case["file"]]
        assert found["problem"].str.contains(case["problem"], regex=False).any(), case["label"]


def test_one_cell_can_have_several_problems(sound):
    row = b"bo-ada-2001-02-05,Bo,Ada,,2001-02-05,id,written,thanks,,,yes"
    broken = b"bo-ada-2001-02-05,Bo,Bo ,,2001-02-31,ID,written,thanks,-1,,YES"
    path = sound / "messages.csv"
    path.write_bytes(path.read_bytes().replace(row, broken))
    problems = find_problems(sound)
    assert set(problems["row"]) >= {3}
    assert set(problems.loc[problems["row"] == 3, "column"]) == {
        "recipient", "date", "date_basis", "occasion_count", "reply",
    }  # fmt: skip
    assert problems.loc[problems["column"] == "recipient", "problem"].tolist() == [
        "It begins or ends with a space.",
        "Sender and recipient are the same person.",
    ]


def test_problems_come_in_order_of_file_and_row(sound):
    for name in ("versions.csv", "messages.csv"):
        path = sound / name
        path.write_bytes(path.read_bytes().replace(b",2001-", b",2001/"))
    problems = find_problems(sound)
    assert list(dict.fromkeys(problems["file"])) == ["messages.csv", "versions.csv"]
    assert problems.groupby("file")["row"].apply(lambda rows: rows.is_monotonic_increasing).all()


def test_rows_are_those_of_a_spreadsheet_behind_a_cell_of_two_lines(sound):
    path = sound / "passages.csv"
    path.write_bytes(path.read_bytes() + b"P03,A0,text,0,3,abc,\"\",perhaps,Ada,direct,,none\n")
    (problem,) = find_problems(sound).itertuples()
    assert (problem.row, problem.column) == (4, "balanced")


def test_a_folder_that_is_not_there(tmp_path):
    (problem,) = find_problems(tmp_path / "nowhere").itertuples()
    assert problem.file == str(tmp_path / "nowhere")
    assert "no such folder" in problem.problem
    assert len(find_problems(CASES / "broken" / "cases.csv")) == 1


def test_an_empty_folder_lacks_the_three_essential_tables(tmp_path):
    assert find_problems(tmp_path)["file"].tolist() == ["messages.csv", "versions.csv", "mentions.csv"]


GENTLY = settings(
    max_examples=30, deadline=None, database=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
TABLES = ["messages.csv", "versions.csv", "mentions.csv", "passages.csv", "lengths.csv"]
JUNK = [b"", b",", b'"', b"\n", b"\x00", b"\xff", b"\r", b"\xef\xbb\xbf", b"-1", b"9" * 21, b"|"]


@GENTLY
@given(name=st.sampled_from(sorted(FILES.values())), data=st.binary(max_size=300))
def test_check_never_raises_for_any_bytes(sound, name, data):
    path = sound / name
    before = path.read_bytes() if path.exists() else None
    path.parent.mkdir(exist_ok=True)
    path.write_bytes(data)
    find_problems(sound)
    path.unlink() if before is None else path.write_bytes(before)


@GENTLY
@given(data=st.data(), name=st.sampled_from(TABLES))
def test_check_never_raises_for_a_damaged_table(sound, name, data):
    path = sound / name
    before = path.read_bytes()
    at = data.draw(st.integers(0, len(before)))
    cut = data.draw(st.integers(0, 40))
    path.write_bytes(before[:at] + b"".join(data.draw(st.lists(st.sampled_from(JUNK), max_size=4))) + before[at + cut :])
    find_problems(sound)
    path.write_bytes(before)


def test_the_command_prints_every_problem_whole(sound):
    path = sound / "versions.csv"
    path.write_bytes(path.read_bytes().replace(b"Gazette", b"Gazette " + "매우 긴 이름 [red] ".encode() * 12 + b"\t"))
    problems = find_problems(sound)
    result = CliRunner().invoke(main, ["check", str(sound)])
    assert result.exit_code == 1
    assert result.exception is None or isinstance(result.exception, SystemExit)
    for problem in problems.itertuples():
        assert f"{problem.file}, row {problem.row}, column {problem.column}: {problem.value}\n" in result.output
        assert f"  {problem.problem}\n  {problem.remedy}\n" in result.output
    assert f"{len(problems)} problems in 1 file." in result.output
    assert "\x1b" not in result.output


def test_the_command_says_what_is_sound_in_one_line(sound):
    result = CliRunner().invoke(main, ["check", str(sound)])
    assert result.exit_code == 0
    assert result.output == f"{sound} is sound: 2 messages, 3 versions, 4 mentions; 12 tables checked, no problem found.\n"


def test_the_command_needs_no_terminal_that_can_write_korean(sound):
    path = sound / "versions.csv"
    path.write_bytes(path.read_bytes().replace(b",full,", ",전부,".encode()))
    result = CliRunner(charset="ascii").invoke(main, ["check", str(sound)])
    assert result.exit_code == 1
    assert "column extent: \\uc804\\ubd80" in result.output


def test_the_data_of_the_project_are_sound():
    problems = find_problems(DATA)
    assert problems.empty, problems.to_string()
