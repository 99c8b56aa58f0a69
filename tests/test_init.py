"""What somebody fills in about letters goes to their letter, and to no other; what nobody changed stays what the letter says."""

import csv
import json
import os
from pathlib import Path

import pandas as pd
import pytest
from click.testing import CliRunner

from comity import CorpusError, measure_texts, read_letters
from comity.cli import main
from comity.init import ask_metadata
from comity.measure.spread.letters import Coming
from comity.sources.incoming.rewritten import find_orders, read_cell_day

CASES = Path(__file__).parent / "cases" / "sources"
TABLE = "sender,recipient,date,text\nAnn,Bob,1900-01-02,Dear Bob thank you\nCarl,Dora,1900-02-02,Dear Dora I hate you\n"
PLAIN = "Dear Bob,\n\nI thank you for the horses, and greet you and all of your house."


def put(folder, name, content):
    path = folder / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(content, encoding="utf-8", newline="")
    return path


def run(*arguments):
    return CliRunner().invoke(main, [str(argument) for argument in arguments])


def fill(folder, **changed):
    """Change cells of letters.csv, as `a_txt={"sender": "Ann"}`; or of the row with a number."""
    path = folder / "letters.csv"
    with open(path, encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    for name, cells in changed.items():
        row = rows[int(name[1:])] if name[1:].isdigit() else next(row for row in rows if row["file"] == name.replace("_", "."))
        row.update(cells)
    write(path, rows)


def write(path, rows):
    with open(path, "w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, rows[0])
        writer.writeheader()
        writer.writerows(rows)


def read(folder):
    """The letters of a folder, the same in memory and partition by partition."""
    letters = read_letters(folder)
    counts = letters.counts.set_index("kind")["n"]
    assert counts["records"] == counts.drop("records").sum()
    coming = Coming([folder])
    parts = [part for part in coming]
    spread = pd.concat(parts, ignore_index=True) if parts else letters.read
    pd.testing.assert_frame_equal(spread, letters.read)
    assert [row[0] for row in coming.rejected] == letters.rejected["file"].tolist() and coming.counts["duplicates"] == len(letters.duplicates)
    return letters


def cells(folder, *names):
    return read(folder).texts[list(names)].astype("str").values.tolist()


# Whose row it is


def test_a_table_gains_a_row_and_everybody_keeps_theirs(tmp_path):
    put(tmp_path, "l.csv", TABLE)
    ask_metadata(tmp_path)
    fill(tmp_path, r0={"sender": "Ann the Elder"}, r1={"occasion": "quarrel"})
    put(tmp_path, "l.csv", TABLE.replace("text\n", "text\nEve,Fay,1899-01-01,Dear Fay I come\n", 1))
    assert cells(tmp_path, "sender", "recipient", "occasion") == [["Eve", "Fay", ""], ["Ann the Elder", "Bob", ""], ["Carl", "Dora", "quarrel"]]
    assert len(read(tmp_path).rejected) == 0
    asking = ask_metadata(tmp_path)
    assert (asking.new, asking.kept, asking.lost, asking.changed) == (1, 2, 0, 0)
    assert asking.table[["record", "sender"]].values.tolist() == [["1", "Ann the Elder"], ["2", "Carl"], ["0", "Eve"]]
    assert cells(tmp_path, "sender", "occasion") == [["Eve", ""], ["Ann the Elder", ""], ["Carl", "quarrel"]]


def test_the_same_words_to_two_people(tmp_path):
    rows = [f"Ann,{name},Dear friend I thank you\n" for name in ("Bob", "Cid")]
    put(tmp_path, "l.csv", "sender,recipient,text\n" + "".join(rows))
    ask_metadata(tmp_path)
    fill(tmp_path, r0={"date": "1900-01-01"}, r1={"date": "1900-02-02"})
    put(tmp_path, "l.csv", "sender,recipient,text\n" + "".join(rows[::-1]))
    assert cells(tmp_path, "recipient", "date") == [["Cid", "1900-02-02"], ["Bob", "1900-01-01"]]


def test_where_a_row_no_longer_matches_its_letter_it_is_not_laid_over(tmp_path):
    put(tmp_path, "l.csv", TABLE)
    ask_metadata(tmp_path)
    fill(tmp_path, r1={"sender": "Karl"})
    put(tmp_path, "l.csv", TABLE.replace("Dear Dora I hate you", "Dear Dora I love you"))
    letters = read(tmp_path)
    assert letters.texts["sender"].tolist() == ["Ann", "Carl"]
    assert letters.rejected[["file", "record"]].values.tolist() == [["letters.csv", 1]]
    assert letters.rejected["reason"].iloc[0] == "Row 3 no longer matches its letter, l.csv, record 1: the words there are others."
    assert "`comity init` again" in letters.rejected["remedy"].iloc[0]
    done = run("init", tmp_path)
    assert "2 were there, and are kept" in done.output and "0 rows were added" not in done.output.splitlines()[0]


def test_who_corrects_a_letter_keeps_its_row(tmp_path):
    put(tmp_path, "a.txt", PLAIN), put(tmp_path, "b.txt", "Daer Bob, I come.")
    ask_metadata(tmp_path)
    fill(tmp_path, a_txt={"sender": "Ann"}, b_txt={"sender": "Eve"})
    put(tmp_path, "a.txt", PLAIN + "\nAnn"), put(tmp_path, "b.txt", "Dear Bob, I come.")
    letters = read(tmp_path)
    assert letters.texts["sender"].tolist() == ["Ann", ""] and "Row 3 no longer" in letters.rejected["reason"].iloc[0]
    done = run("init", tmp_path)
    assert "Of 2 of these the words of the letter are others now" in done.output
    assert read(tmp_path).texts["sender"].tolist() == ["Ann", "Eve"] and len(read(tmp_path).rejected) == 0


def test_a_letter_that_is_renamed_keeps_its_row(tmp_path):
    put(tmp_path, "a.txt", PLAIN)
    ask_metadata(tmp_path)
    fill(tmp_path, a_txt={"sender": "Ann"})
    (tmp_path / "a.txt").rename(tmp_path / "c.txt")
    assert cells(tmp_path, "file", "sender") == [["c.txt", "Ann"]] and len(read(tmp_path).rejected) == 0
    asking = ask_metadata(tmp_path)
    assert (asking.new, asking.lost) == (0, 0) and asking.table[["file", "sender"]].values.tolist() == [["c.txt", "Ann"]]


@pytest.mark.parametrize("twin", ["b.txt", "0 copy of a.txt"])
def test_a_duplicate_has_the_row_of_its_twin(tmp_path, twin):
    put(tmp_path, "a.txt", PLAIN)
    if twin == "b.txt":
        put(tmp_path, twin, PLAIN)
    assert len(ask_metadata(tmp_path).table) == 1
    fill(tmp_path, a_txt={"sender": "Ann", "date": "1900-01-01"})
    put(tmp_path, twin, PLAIN)
    letters = read(tmp_path)
    assert letters.counts["n"].tolist() == [2, 1, 0, 1, 0] and letters.texts[["sender", "date"]].astype("str").values.tolist() == [["Ann", "1900-01-01"]]
    assert ask_metadata(tmp_path).lost == 0


def test_two_files_of_one_letter_may_be_told_apart(tmp_path):
    put(tmp_path, "a.txt", PLAIN), put(tmp_path, "b.txt", PLAIN)
    put(tmp_path, "letters.csv", "file,record,recipient\na.txt,0,Bob\nb.txt,0,Bobby\n")
    assert cells(tmp_path, "recipient") == [["Bob"], ["Bobby"]]
    asking = ask_metadata(tmp_path)
    assert (asking.new, asking.lost) == (0, 0) and cells(tmp_path, "recipient") == [["Bob"], ["Bobby"]]


# A table that cannot be understood


@pytest.mark.parametrize(
    ("table", "told"),
    [
        ("file,record,sender\na.txt,0,Ann\n,,\nb.txt,0,Bob\na.txt,0,Eve\n", "rows 2 and 5 are both for record 0 of a.txt"),
        ("file,record,sender\na.txt,,Ann\na.txt,,Eve\n", "rows 2 and 3 are both for all letters of a.txt"),
        ("file,sender,sender\na.txt,Ann,Eve\n", "two columns sender"),
        ("file,sender,from\na.txt,Ann,Eve\n", "a column sender and a column from, which mean the same"),
        ("file,mine,mine\na.txt,Ann,Eve\n", "two columns mine"),
        ("file,sender,\na.txt,Ann,Eve\n", "row 2, has a cell in a column without a name"),
    ],
)
def test_a_table_that_says_two_things_is_refused(tmp_path, table, told):
    put(tmp_path, "a.txt", PLAIN)
    path = put(tmp_path, "letters.csv", table)
    for refuse in (lambda: read_letters(tmp_path), lambda: ask_metadata(tmp_path)):
        with pytest.raises(CorpusError, match=told):
            refuse()
    assert path.read_text() == table
    for done in (run("init", tmp_path), run("measure", tmp_path, "--out", tmp_path.with_name("out"))):
        assert done.exit_code == 1 and done.output.startswith("Error: ") and told in done.output


def test_blank_rows_and_columns_say_nothing(tmp_path):
    put(tmp_path, "a.txt", PLAIN)
    put(tmp_path, "letters.csv", "file,record,sender,,\n,,,,\na.txt,0,Ann,,\n,,,,\n")
    assert cells(tmp_path, "sender") == [["Ann"]] and len(read(tmp_path).rejected) == 0
    put(tmp_path, "letters.csv", "file,record,sender,,\n,,,,\nz.txt,0,Ann,,\n")
    assert "Row 3 names z.txt, record 0, which is not there" in read(tmp_path).rejected["reason"].iloc[0]


# What is laid over


def test_what_nobody_changed_stays_what_the_letter_says(tmp_path):
    put(tmp_path, "a.txt", "sender: Ann Le\ndate: 1900-01-01\n\n" + PLAIN)
    ask_metadata(tmp_path)
    put(tmp_path, "a.txt", "sender: Ann Lee\ndate: 1900-01-02\n\n" + PLAIN)
    assert cells(tmp_path, "sender", "date", "note") == [["Ann Lee", "1900-01-02", ""]]
    assert ask_metadata(tmp_path).table[["sender", "date"]].values.tolist() == [["Ann Lee", "1900-01-02"]]


def test_where_table_and_letter_differ_the_table_wins_and_that_is_said(tmp_path):
    put(tmp_path, "a.txt", "sender: Ann Le\nrecipient: Bob\ndate: 1900-01-01\nlanguage: en\n\n" + PLAIN)
    ask_metadata(tmp_path)
    fill(tmp_path, a_txt={"sender": "Ann Lee", "language": "English", "occasion": "birthday"})
    assert cells(tmp_path, "sender", "recipient", "occasion", "note") == [["Ann Lee", "Bob", "birthday", "sender: letters.csv says 'Ann Lee', the letter 'Ann Le'"]]
    done = run("measure", tmp_path, "--out", tmp_path.with_name("out"))
    assert "letters.csv is followed where 1 letter says otherwise (a.txt: sender: letters.csv says 'Ann Lee', the letter 'Ann Le')." in done.output


GUESSING = (Path(__file__).parents[1] / "data" / "example-letters" / "gazette.html").read_text(encoding="utf-8")


def test_a_guess_stays_a_guess_until_somebody_says_that_it_is_right(tmp_path):
    put(tmp_path, "a.html", GUESSING)
    bare = read_letters(tmp_path)
    before = ask_metadata(tmp_path).table.iloc[0]
    assert before["sender"] == "Anders Vik" and "sender: its words" in before["guessed"]
    assert cells(tmp_path, "sender", "date", "guessed", "kind") == bare.texts[["sender", "date", "guessed", "kind"]].astype("str").values.tolist()
    pd.testing.assert_frame_equal(measure_texts(read(tmp_path).texts).messages, measure_texts(bare.texts).messages)
    fill(tmp_path, a_html={"guessed": before["guessed"].replace("sender: its words; ", "")})
    assert cells(tmp_path, "sender", "recipient") == [["Anders Vik", ""]]
    assert "sender" not in ask_metadata(tmp_path).table["guessed"].iloc[0]
    assert cells(tmp_path, "sender", "recipient") == [["Anders Vik", ""]]


def test_what_was_filled_in_stays_whatever_the_letter_says_later(tmp_path):
    put(tmp_path, "a.txt", PLAIN)
    ask_metadata(tmp_path)
    fill(tmp_path, a_txt={"sender": "Ann"})
    put(tmp_path, "a.txt", "sender: Eve\n\n" + PLAIN)
    assert cells(tmp_path, "sender", "note") == [["Ann", "sender: letters.csv says 'Ann', the letter 'Eve'"]]
    assert ask_metadata(tmp_path).table["sender"].tolist() == ["Ann"] and cells(tmp_path, "sender") == [["Ann"]]
    path = tmp_path / "letters.csv"
    once = path.read_bytes()
    ask_metadata(tmp_path)
    assert path.read_bytes() == once


def test_a_damaged_cell_of_comitys_is_no_cell(tmp_path):
    put(tmp_path, "a.txt", PLAIN)
    ask_metadata(tmp_path)
    for damaged in ("{", "[1]", "7", ""):
        fill(tmp_path, a_txt={"sender": "Ann", "written": damaged})
        assert cells(tmp_path, "sender") == [["Ann"]]


# Days that a spreadsheet wrote anew


@pytest.mark.parametrize("case", list(csv.DictReader(open(CASES / "rewritten.csv", encoding="utf-8", newline=""))), ids=lambda case: case["label"])
def test_days_that_were_written_anew(case):
    others = [tuple(f"{other}=".split("=")[:2]) for other in filter(None, case["others"].split("|"))]
    day, problem, how = read_cell_day(case["cell"], case["before"], find_orders([(case["cell"], case["before"]), *others]), "en")
    assert str(day or "") == case["day"] and bool(problem) == (day is None)
    assert case["told"] in problem + how and bool(case["told"]) == bool(problem + how)


def test_a_day_that_cannot_be_read_leaves_that_of_the_letter(tmp_path):
    put(tmp_path, "a.txt", "date: 1950-05-01\n\n" + PLAIN), put(tmp_path, "b.txt", "I come.")
    ask_metadata(tmp_path)
    fill(tmp_path, a_txt={"date": "spring"}, b_txt={"date": "6/2/1950"})
    letters = read(tmp_path)
    assert letters.texts["date"].astype("str").fillna("").tolist() == ["1950-05-01", ""]
    assert [note.partition(":")[2].partition("'")[0].strip() for note in letters.texts["note"]] == ["in letters.csv", "in letters.csv"]
    assert letters.texts["note"].iloc[0].endswith("the letter's own is kept")
    done = run("measure", tmp_path, "--out", tmp_path.with_name("out"))
    assert "1 have no day; 1 give one that is not read" in done.output
    assert "1 day in letters.csv is not read, and the letter's own is kept (a.txt: date: in letters.csv 'spring'" in done.output


def test_days_in_the_order_of_their_column_are_guessed(tmp_path):
    put(tmp_path, "a.txt", "date: 1950-05-13\n\n" + PLAIN), put(tmp_path, "b.txt", "I come."), put(tmp_path, "c.txt", "date: 1950-05-01\n\nI go.")
    ask_metadata(tmp_path)
    fill(tmp_path, a_txt={"date": "13.05.1950"}, b_txt={"date": "06.02.1950"}, c_txt={"date": "01.05.1950"})
    texts = read(tmp_path).texts
    assert texts["date"].astype("str").tolist() == ["1950-05-13", "1950-02-06", "1950-05-01"] and set(texts["note"]) == {""}
    assert "date: day before month, as in other rows of letters.csv" in texts["guessed"].iloc[1] and "date" not in texts["guessed"].iloc[2]
    assert ask_metadata(tmp_path).table["date"].tolist() == ["1950-05-13", "06.02.1950", "1950-05-01"]


# Where the table cannot be written


def test_a_folder_that_cannot_be_written_to(tmp_path, monkeypatch):
    put(tmp_path, "a.txt", PLAIN)

    def refuse(*arguments, **named):
        raise OSError(30, os.strerror(30))

    monkeypatch.setattr("comity.init.table.write_table", refuse)
    monkeypatch.setattr(Path, "unlink", refuse)
    done = run("init", tmp_path)
    assert done.exit_code == 1 and "letters.csv cannot be written (Read-only file system)" in done.output and "Traceback" not in done.output


def test_a_table_that_could_not_be_put_in_place_leaves_nothing_behind(tmp_path, monkeypatch):
    put(tmp_path, "a.txt", PLAIN)

    def refuse(*arguments, **named):
        raise OSError(13, os.strerror(13))

    monkeypatch.setattr(Path, "replace", refuse)
    with pytest.raises(CorpusError, match="Permission denied"):
        ask_metadata(tmp_path)
    assert [path.name for path in tmp_path.iterdir()] == ["a.txt"]


def test_what_comity_writes_is_read_back_as_json(tmp_path):
    put(tmp_path, "a.txt", "sender: Zoë \"the Elder\"; =1\n\n" + PLAIN)
    written = json.loads(ask_metadata(tmp_path).table["written"].iloc[0])
    assert written["sender"] == 'Zoë "the Elder"; =1' and set(written) >= {"words", "letter"}
    assert cells(tmp_path, "note") == [[""]]
