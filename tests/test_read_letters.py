"""Letters in any form come in, each record once: as a letter, a duplicate, or a row that says why not."""

import bz2
import csv
import gzip
import io
import json
import lzma
import os
import re
import shutil
import socket
import sys
import tarfile
import tracemalloc
import zipfile
from datetime import date, datetime
from pathlib import Path

import pandas as pd
import pytest
from click.testing import CliRunner
from docx import Document
from hypothesis import example, given, settings
from hypothesis import strategies as st

from comity import CorpusError, measure_texts, read_archive, read_honorifics, read_letters, read_measurements
from comity.init import ask_metadata
from comity.init.command import init
from comity.measure.command import measure
from comity.sources.incoming import limits, names, separated, stream_letters, word
from comity.sources.incoming.days import read_day
from comity.sources.incoming.headed import part_letters, split_headers
from comity.sources.incoming.languages import read_language
from comity.sources.incoming.reading import READERS
from comity.sources.incoming.recognise import recognise
from comity.sources.refusal import Refused
from comity.sources.sheets import as_read, as_text

CASES = Path(__file__).parent / "cases" / "sources"
EXAMPLES = Path(__file__).parents[1] / "data" / "example-letters"
ARCHIVE = Path(__file__).parents[2] / "shared" / "kcna" / "headlines_2024-11-11.json"
WORDS = "Dear Bob,\n\nI thank you for the horses, and greet you.\n\nAnn"
ABOUT = {"sender": "Ann Lee", "recipient": "Bob Moe", "date": "2001-05-02", "occasion": "birthday", "outlet": "Court Archive", "language": "en"}
HEADED = "".join(f"{name}: {value}\n" for name, value in ABOUT.items()) + "\n" + WORDS
STORY = {"topic": "News", "headline": "Greetings to Bob Moe", "link": "", "story_text": "Oslo, May 3 (NTB) -- Ann Lee sent a letter to Bob Moe.", "date": "2001-05-03"}


def rows(name):
    with open(CASES / name, encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def put(folder, name, content):
    path = folder / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content.encode("utf-8") if isinstance(content, str) else content)
    return path


def whole(letters):
    """The letters, when in = out + duplicates + rejected."""
    counts = letters.counts.set_index("kind")["n"]
    assert counts["records"] == counts.drop("records").sum()
    return letters


def only(letters):
    """The one text that was read, nothing else."""
    assert whole(letters).counts["n"].tolist() == [1, 1, 0, 0, 0], letters.rejected.to_dict("records")
    return letters.texts.iloc[0]


def refused(letters):
    """Why the one record was rejected."""
    assert whole(letters).counts["n"].tolist() == [1, 0, 0, 0, 1]
    assert letters.rejected["remedy"].iloc[0]
    return letters.rejected["reason"].iloc[0]


def document(lines, **properties):
    made, file = Document(), io.BytesIO()
    made.core_properties.author = ""
    for name, value in properties.items():
        setattr(made.core_properties, name, value)
    for line in lines:
        made.add_paragraph(line)
    made.save(file)
    return file.getvalue()


def tei(header="", body="<p>I thank you.</p>", before="", root="TEI", space=' xmlns="http://www.tei-c.org/ns/1.0"'):
    header = f"<teiHeader><fileDesc><titleStmt><title>A letter</title></titleStmt></fileDesc><profileDesc>{header}</profileDesc></teiHeader>"
    return f'<?xml version="1.0"?>{before}<{root}{space}>{header}<text><body>{body}</body></text></{root}>'


DESCRIBED = (
    '<correspDesc><correspAction type="sent"><persName>Ann Lee</persName><date when="2001-05-02"/></correspAction>'
    '<correspAction type="received"><persName>Bob Moe</persName></correspAction></correspDesc><langUsage><language ident="en"/></langUsage>'
)


def table(separator=","):
    file = io.StringIO()
    writer = csv.writer(file, delimiter=separator)
    writer.writerows([[*ABOUT, "text"], [*ABOUT.values(), WORDS]])
    return file.getvalue()


FORMS = {
    "a.txt": HEADED, "a.md": HEADED, "a": HEADED, "windows.txt": HEADED.replace("\n", "\r\n"), "a.docx": document(HEADED.split("\n")), "a.csv": table(),
    "semicolons.csv": table(";"), "a.tsv": table("\t"), "a.jsonl": json.dumps(ABOUT | {"text": WORDS}) + "\n", "a.json": json.dumps([ABOUT | {"text": WORDS}]),
    "one.json": json.dumps(ABOUT | {"text": WORDS}, indent=2),
}  # fmt: skip


# The forms


@pytest.mark.parametrize("name", FORMS)
def test_one_letter_in_every_form(tmp_path, name):
    text = only(read_letters(put(tmp_path, name, FORMS[name])))
    assert text[list(ABOUT)].to_dict() == ABOUT | {"date": pd.Timestamp("2001-05-02")}
    assert text["text"].replace("\r\n", "\n") == WORDS
    assert (text["file"], text["record"], text["kind"], text["publisher"]) == (name, 0, "letter", "Court Archive")


@pytest.mark.parametrize("case", json.loads((CASES / "headers.json").read_text(encoding="utf-8")), ids=lambda case: case["why"])
def test_header_lines(case):
    headed = split_headers(case["text"])
    assert headed.fields == case["fields"]
    if "notes" in case:
        assert len(headed.notes) == len(case["notes"]) and all(note in told for note, told in zip(case["notes"], headed.notes, strict=True)), headed.notes
        assert headed.guessed == case.get("guessed", {})


LINES = st.sampled_from([
    "", "---", "sender: Ann Lee", "From: Bob", "**To:** Eva Roe", "date: 3 May 2001", "Dear Madam: the bridge", "weather: fair", "  and more", "- a horse", "# Title", "Letter 14",
    "I thank you.", "text: Dear Bob,", "sender:", "News: my father is dead.", "title: x", "recipient: [A, B]", "Subject：y", "===", "Dear Bob,",
])  # fmt: skip


@settings(deadline=None)
@given(st.lists(LINES, max_size=9))
def test_no_word_of_a_text_is_lost(lines):
    """Each stands in the letters, in a field, or in what is said of them; names of fields may go."""
    text = "\n".join(lines)
    told = []
    for letter in part_letters(text):
        try:
            told.append(str(split_headers(letter)))
        except Refused:
            told.append(letter)
    named = {word for word in re.findall(r"\w+", text) if names.field_of(word)}
    assert set(re.findall(r"\w+", text)) - named <= set(re.findall(r"\w+", " ".join(told).replace("\\n", " ")))


CELLS = st.text(st.characters(exclude_categories=("Cs",), exclude_characters="\x00"), max_size=12) | st.sampled_from(['"', "\n", "\r\n", ",", 'a "b", c', "=1"])


@settings(max_examples=60, deadline=None)
@given(st.lists(st.tuples(CELLS, CELLS, CELLS), min_size=1, max_size=6))
def test_every_row_that_is_written_is_read(table):
    file = io.StringIO()
    csv.writer(file).writerows([("sender", "recipient", "text"), *table])
    lines = separated.Lines(io.StringIO(file.getvalue(), newline=""))
    assert [tuple(row) for row in separated.read_rows(lines, ",", 3)][1:] == table


@pytest.mark.parametrize("case", rows("formats.csv"), ids=lambda case: f"{case['name']} {case['head'][:20]}")
def test_formats_are_recognised(case):
    if case["format"]:
        assert recognise(case["name"], case["head"].encode()) == case["format"]
        return
    with pytest.raises(Refused, match=case["refused"]):
        recognise(case["name"], case["head"].encode())


def test_a_format_may_be_named(tmp_path):
    path = put(tmp_path, "a.dat", HEADED)
    assert "kind .dat" in refused(read_letters(path))
    assert only(read_letters(path, format="text"))["sender"] == "Ann Lee"
    with pytest.raises(CorpusError, match="no format 'pdf'.*archive, text"):
        read_letters(path, format="pdf")


@pytest.mark.parametrize("case", rows("days.csv"), ids=lambda case: case["written"] or "blank")
def test_days(case):
    day, problem = read_day(case["written"], case["language"])
    assert (day.isoformat() if day else "") == case["day"]
    assert case["says"] in problem and bool(problem) == bool(case["says"])


@given(st.text(max_size=40))
def test_whatever_stands_for_a_day_it_is_a_day_or_a_reason(written):
    day, problem = read_day(written)
    assert (day is None) or not problem


@given(st.dates(min_value=date(1000, 1, 1)))
def test_what_a_day_is_written_as_is_read_as_it(day):
    for written in (day.isoformat(), f"{day.day} {day:%B} {day.year}", f"{day:%b} {day.day}, {day.year}"):
        assert read_day(written) == (day, "")


def test_a_day_in_two_ways_is_no_day_and_that_is_said(tmp_path):
    text = only(read_letters(put(tmp_path, "a.txt", "date: 3/4/1962\n\nI thank you.")))
    assert pd.isna(text["date"]) and "write 1962-04-03 or 1962-03-04" in text["note"]


@pytest.mark.parametrize(("said", "text", "code", "guessed"), [
    ("", "Dear Bob,", "en", True), ("de", "", "de", False), ("ger", "", "de", False), ("English", "", "en", False), ("en_US", "", "en", False),
    ("", "존경하는 총서기동지", "ko", True), ("", "尊敬的总书记同志", "zh", True), ("", "親愛なる友へ", "ja", True), ("", "Ваше Величество", "ru", True), ("no such", "Dear", "en", True),
])  # fmt: skip
def test_languages(said, text, code, guessed):
    assert (read_language(said, text)[0], bool(read_language(said, text)[1])) == (code, guessed)


@pytest.mark.parametrize(("data", "encoding"), [
    ("Señor, I thank you".encode(), "utf-8"), ("Señor".encode("utf-8-sig"), "utf-8-sig"), ("Señor".encode("utf-16"), "utf-16"), ("Señor, ¿qué?".encode("utf-16-le"), "utf-16-le"),
    ("Señor, ¿qué?".encode("utf-16-be"), "utf-16-be"), ("Señor".encode("utf-32"), "utf-32"),
])  # fmt: skip
def test_encodings_are_detected_and_said(tmp_path, data, encoding):
    text = only(read_letters(put(tmp_path, "a.txt", data)))
    assert text["encoding"] == encoding and text["text"].startswith("Señor")


@pytest.mark.parametrize(("words", "encoding"), [
    ("Très cher ami, j’ai été touché de votre lettre, qui m’a été remise à l’été passé par le général. Soyez assuré de ma considération.", "cp1252"),
    ("Многоуважаемый господин министр, благодарю Вас за письмо, которое было мне передано вчера вечером.", "cp1251"),
    ("尊敬的朋友，感谢您的来信。我们两国人民的友谊源远流长，祝您身体健康，万事如意。", "gb18030"),
])  # fmt: skip
def test_an_encoding_that_only_letters_show_is_said_to_be_guessed(tmp_path, words, encoding):
    text = only(read_letters(put(tmp_path, "a.txt", words.encode(encoding))))
    assert text["text"] == words and text["encoding"].endswith("(guessed)")


def test_a_page_in_an_encoding_that_it_names(tmp_path):
    page = f'<html lang="ko"><head><meta charset="euc-kr"><title>축전</title></head><body><article><p>{"존경하는 동지, 건강을 축원합니다. " * 12}</p></article></body></html>'
    text = only(read_letters(put(tmp_path, "a.html", page.encode("cp949"))))
    assert text["text"].startswith("존경하는 동지") and (text["encoding"], text["language"]) == ("cp949", "ko")


def test_a_page(tmp_path):
    text = only(read_letters(shutil.copy(EXAMPLES / "gazette.html", tmp_path)))
    assert text["text"].startswith("King Anders Vik sent a message") and "Shipping" not in text["text"] and "Swan" not in text["text"]
    assert text[["headline", "date", "outlet", "kind", "sender"]].tolist() == ["Greetings to the Queen of Zembla", pd.Timestamp("1928-06-04"), "The Court Gazette", "", ""]
    assert "date: the page" in text["guessed"]


def test_a_page_without_an_article(tmp_path):
    assert "No article" in refused(read_letters(put(tmp_path, "a.html", "<html><body><script>1</script></body></html>")))


def test_a_tei_letter(tmp_path):
    body = '<opener><dateline>Oslo</dateline><salute>Dear <hi>Bob</hi>,</salute></opener><p>I thank\n  you.<note>Ha!</note></p><p>A<lb/>B <del>C</del></p><closer><signed>Ann</signed></closer>'
    for space in ("", ' xmlns="http://www.tei-c.org/ns/1.0"'):
        text = only(read_letters(put(tmp_path, "a.xml", tei(DESCRIBED, body, space=space))))
        assert text["text"] == "Dear Bob,\nI thank you.\nA B\nAnn"
        assert text[["sender", "recipient", "date", "kind", "headline"]].tolist() == ["Ann Lee", "Bob Moe", pd.Timestamp("2001-05-02"), "letter", "A letter"]


def test_a_tei_letter_says_less(tmp_path):
    spans = '<correspDesc><correspAction type="sent"><orgName>A</orgName><orgName>B</orgName><date notBefore="2001-01-01" notAfter="2001-02-01"/></correspAction></correspDesc>'
    text = only(read_letters(put(tmp_path, "a.xml", tei(spans))))
    assert text["sender"] == "A|B" and pd.isna(text["date"]) and "2001-01-01 to 2001-02-01" in text["note"]
    text = only(read_letters(put(tmp_path, "a.xml", tei("", '<opener><dateline><date when="2001-05-02">May</date></dateline></opener><p>I thank you.</p>'))))
    assert text["date"] == pd.Timestamp("2001-05-02") and "date: the letter's dateline" in text["guessed"]


def test_a_tei_collection(tmp_path):
    one = tei(DESCRIBED).partition("?>")[2]
    two = tei("", "<p>I come.</p>").partition("?>")[2]
    letters = whole(read_letters(put(tmp_path, "a.xml", f"<teiCorpus>{one}{two}<TEI><teiHeader/></TEI></teiCorpus>")))
    assert letters.texts[["version_id", "record", "text"]].values.tolist() == [["a", 0, "I thank you."], ["a__1", 1, "I come."]]
    assert letters.rejected[["record", "reason"]].values.tolist() == [[2, "The TEI letter has no element text."]]


def test_the_properties_of_a_document_stand_in_where_it_says_nothing(tmp_path):
    text = only(read_letters(put(tmp_path, "a.docx", document(["I thank you."], author="Ann Lee", title="To Bob", created=datetime(2026, 1, 1)))))
    assert (text["sender"], text["headline"], text["kind"]) == ("Ann Lee", "To Bob", "") and pd.isna(text["date"])
    assert "sender: the document's author" in text["guessed"]
    text = only(read_letters(put(tmp_path, "b.docx", document(["sender: Bob", "", "I thank you."], author="Ann Lee"))))
    assert text["sender"] == "Bob" and "sender" not in text["guessed"]
    assert only(read_letters(put(tmp_path, "c.docx", document(["I thank you."], author="python-docx"))))["sender"] == ""


def test_the_command_says_what_it_leaves_out(tmp_path):
    put(tmp_path, "letters.csv", "text,sender,weather\n\"Dear friend, I thank you.\",Ann Lee,fair\n\"Dear friend, I come.\",Ann Lee,foul\n")
    told = CliRunner().invoke(measure, [str(tmp_path / "letters.csv"), "--out", str(tmp_path / "out")])
    assert told.exit_code == 0 and "Something is left out beside 1 letter (letters.csv: columns not used: weather" in told.output


def test_a_long_cell_is_read_and_the_limit_of_the_csv_module_is_left_as_it_was(tmp_path):
    limit, long = csv.field_size_limit(), "long " * 40_000
    put(tmp_path, "letters.csv", f"text,sender\n{long},Ann Lee\n")
    assert only(read_letters(tmp_path / "letters.csv"))["text"].split() == long.split()
    assert csv.field_size_limit() == limit < len(long)


def test_the_tables_of_a_document_are_read(tmp_path):
    made, file = Document(), io.BytesIO()
    made.core_properties.author = "A Transcriber"
    about = made.add_table(rows=3, cols=2)
    for row, (name, value) in zip(about.rows, [("From:", "Queen Anne"), ("To", "Duke of Marlborough"), ("Date", "13 August 1704")], strict=True):
        row.cells[0].text, row.cells[1].text = name, value
    made.add_paragraph("My dear Duke,")
    words = made.add_table(rows=1, cols=2)
    words.rows[0].cells[0].text, words.rows[0].cells[1].text = "the second half", "I thank you."
    made.add_paragraph("Anne")
    made.sections[0].header.paragraphs[0].text = "Royal Archive"
    made.save(file)
    text = only(read_letters(put(tmp_path, "a.docx", file.getvalue())))
    assert text[["sender", "recipient", "date"]].tolist() == ["Queen Anne", "Duke of Marlborough", pd.Timestamp("1704-08-13")]
    assert text["text"] == "My dear Duke,\nthe second half\nI thank you.\nAnne" and text["note"] == "not read: page headers of the document"


DOCUMENT_MARKUP = {
    "<w:ins><w:r><w:t>I thank you.</w:t></w:r></w:ins><w:del><w:r><w:delText>Never.</w:delText></w:r></w:del>": "I thank you.",
    "<w:sdt><w:sdtContent><w:r><w:t>I thank</w:t><w:tab/><w:t>you.</w:t></w:r></w:sdtContent></w:sdt>": "I thank\tyou.",
    "<w:r><w:t>I</w:t><w:br/><w:t>thank</w:t><w:noBreakHyphen/><w:t>you.</w:t></w:r>": "I\nthank-you.",
}


@pytest.mark.parametrize("markup", DOCUMENT_MARKUP)
def test_words_that_stand_within_other_markup_of_a_document(tmp_path, markup):
    parts = zipfile.ZipFile(io.BytesIO(document(["XXX"])))
    members = {name: parts.read(name) for name in parts.namelist()}
    members["word/document.xml"] = members["word/document.xml"].replace(b"<w:r><w:t>XXX</w:t></w:r>", markup.encode())
    assert only(read_letters(put(tmp_path, "a.docx", zipped(members))))["text"] == DOCUMENT_MARKUP[markup]


MAIL = """From: =?utf-8?B?SGFsZSwgSm9obg==?= <john@x.example>
To: "Ward, Mary" <mary@x.example>, Lucy Ward <lucy@x.example>, eva@x.example
Cc: Peter Ox <peter@x.example>
Date: Tue, 3 Apr 1962 23:22:01 -0800
Subject: Your =?iso-8859-1?Q?se=F1or?=
MIME-Version: 1.0
"""
PLAIN = 'Content-Type: text/plain; charset="iso-8859-1"\nContent-Transfer-Encoding: quoted-printable\n\nDear D,=20\n\nThank you, se=F1or=21\n'
PAGE = 'Content-Type: text/html; charset="utf-8"\nContent-Transfer-Encoding: quoted-printable\nContent-Location: http://x.example/a\n\n' + (
    '<html lang=3D"en"><head><title>Greetings</title></head><body><article><p>I =\nthank you, Bob.</p><p>' + "We greet you=21 " * 20 + "</p></article></body></html>\n"
)
BOTH = f'Content-Type: multipart/alternative; boundary="b"\n\n--b\n{PLAIN}\n--b\n{PAGE}\n--b--\n'


@pytest.mark.parametrize("body", [PLAIN, BOTH], ids=["plain", "both"])
def test_a_mail(tmp_path, body):
    text = only(read_letters(put(tmp_path, "a.eml", MAIL + body)))
    assert text[["sender", "recipient", "headline"]].tolist() == ["Hale, John", "Ward, Mary|Lucy Ward|eva@x.example", "Your señor"]
    assert text["date"] == pd.Timestamp("1962-04-03") and text["text"].strip() == "Dear D, \n\nThank you, señor!"
    assert (text["kind"], text["encoding"], text["note"]) == ("letter", "iso-8859-1", "header lines not used: Cc")


def test_a_mail_that_is_a_page_and_holds_a_picture(tmp_path):
    mixed = f'Content-Type: multipart/mixed; boundary="m"\n\n--m\n{PAGE}\n--m\nContent-Type: image/png\nContent-Disposition: attachment\n\nx\n--m--\n'
    text = only(read_letters(put(tmp_path, "a.eml", MAIL + mixed)))
    assert text["text"].startswith("I thank you, Bob.") and "!" in text["text"] and "attachments" in text["note"]


@pytest.mark.parametrize("name", ["a.mhtml", "a.mht", "a.html"])
def test_a_page_that_was_saved_as_one_file(tmp_path, name):
    saved = f'From: <Saved by Blink>\nSnapshot-Content-Location: https://x.example/greetings\nMIME-Version: 1.0\nContent-Type: multipart/related; boundary="b"\n\n--b\n{PAGE}\n--b--\n'
    text = only(read_letters(put(tmp_path, name, saved)))
    assert text["text"].startswith("I thank you, Bob.") and "=" not in text["text"]
    assert text[["url", "headline", "kind", "encoding"]].tolist() == ["https://x.example/greetings", "Greetings", "", "utf-8"]


HOSTILE_MAILS = {
    "no such encoding": MAIL + "Content-Type: text/plain; charset=klingon\n\nI thank you.", "a wrong byte": MAIL.encode() + b"Content-Type: text/plain; charset=utf-8\nContent-Transfer-Encoding: 8bit\n\nI \xff come.",
    "a long head": "From: " + "a," * 20_000 + "\n\nI thank you.", "thousands of parts": MAIL + 'Content-Type: multipart/mixed; boundary="b"\n\n' + "--b\n\nx\n" * 5_000,
    "deep": MAIL + "".join(f'Content-Type: multipart/mixed; boundary="{n}"\n\n--{n}\n' for n in range(2_000)), "no words": MAIL + "\n",
    "broken copies": MAIL.replace("<peter@x.example>", "<peter@") + PLAIN, "an encoding with NUL": MAIL + PAGE.replace("utf-8", "a\0b"), "only a picture": MAIL + "Content-Type: image/png\n\nx",
}  # fmt: skip


@pytest.mark.parametrize("name", HOSTILE_MAILS)
def test_a_mail_that_cannot_be_read_is_rejected(tmp_path, name):
    """By the reader, not by the guard around all readers; broken copies alone are passed over."""
    letters = whole(read_letters(put(tmp_path, "a.eml", HOSTILE_MAILS[name])))
    assert len(letters.rejected) == (name != "broken copies")
    assert not letters.rejected["reason"].str.startswith("The file is damaged").any()


def test_several_letters_in_one_text(tmp_path):
    one, two = "From: Ann\nTo: Bob\nDate: 2001-05-02\n\nDear Bob,\n---\nI thank you.\n", "---\nsender: Bob\nrecipient: Ann\n---\n\nDear Ann,\n"
    letters = whole(read_letters(put(tmp_path, "a.txt", one + "\n---\n" + one.replace("thank", "greet") + two)))
    assert letters.texts[["version_id", "record", "sender", "text"]].values.tolist() == [
        ["a", 0, "Ann", "Dear Bob,\n---\nI thank you.\n\n"], ["a__1", 1, "Ann", "Dear Bob,\n---\nI greet you.\n"], ["a__2", 2, "Bob", "Dear Ann,\n"],
    ]  # fmt: skip


@pytest.mark.parametrize("front", ["sender: Ann: the Elder\nrecipient: {a", "sender: &a [x]\nrecipient: *a"], ids=["no YAML", "a reference"])
def test_front_matter_that_cannot_be_read_is_rejected(tmp_path, front):
    front = front.replace("recipient", "  recipient") if "Elder" in front else front
    letters = whole(read_letters(put(tmp_path, "a.md", f"---\n{front}\n? [x]\n---\n\nDear Bob,")))
    assert "between two lines of three signs" in refused(letters)


def test_what_is_not_used_is_said_once_a_table(tmp_path):
    text = only(read_letters(put(tmp_path, "a.csv", "Absender;Empfänger;Datum;Text\nA;B;1903-02-01;Lieber B\n")))
    assert text[["sender", "recipient", "note"]].tolist() == ["A", "B", ""]
    letters = whole(read_letters(put(tmp_path, "b.csv", "page,who,text,from,sender\n,,,,\n1,x,One,A,B\n2,x,Two,A,B\n")))
    assert letters.texts["note"].tolist() == ["columns not used: page, who, from; to whom, the day would be named recipient, date", ""]
    assert letters.texts["sender"].tolist() == ["B", "B"]
    letters = whole(read_letters(put(tmp_path, "c.jsonl", '{"author": "A", "addressee": "B", "text": "One"}\n{"sender": {"name": "A", "id": 3}, "text": "Two", "x": 1}\n{"sender": {"id": 3}, "text": "Three"}\n{"letters": []}')))
    assert letters.texts[["sender", "recipient", "note"]].values.tolist() == [["A", "B", ""], ["A", "", "keys not used: x; to whom, the day would be named recipient, date"]]
    assert letters.rejected["reason"].tolist() == ["What stands for sender is an object without a name, or a list of lists.", "The record has no key text; it has letters."]


def test_every_other_name_means_what_its_example_shows():
    with open(names.__file__.replace(".py", ".csv"), encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            assert row["example"].startswith(row["term"]) and names.field_of(row["example"].partition(":")[0].upper()) == row["kind"], row


def described(sender, recipient, day, link=""):
    return f'<correspDesc {link}><correspAction type="sent"><persName>{sender}</persName><date when="{day}"/></correspAction><correspAction type="received"><persName>{recipient}</persName></correspAction></correspDesc>'


def test_several_letters_in_one_tei(tmp_path):
    header = described("A", "B", "1796-01-02", 'xml:id="one"') + described("B", "A", "1796-01-05", 'xml:id="two"')
    letter = '<div type="letter"{}><p>{}</p></div>'
    rows = [["A", pd.Timestamp("1796-01-02")], ["B", pd.Timestamp("1796-01-05")]]
    read = {}
    for name, links in {"order": ("", ""), "links": (' corresp="#two"', ' corresp="#one"')}.items():
        body = "<head>Letters</head>" + letter.format(links[0], "First") + letter.format(links[1], "Second")
        letters = whole(read_letters(put(tmp_path, f"{name}.xml", tei(header, body))))
        read[name] = letters.texts[["sender", "date"]].values.tolist()
        assert letters.texts["text"].tolist() == ["First", "Second"] and letters.texts["note"].tolist() == ["not read: what stands between the letters (Letters)", ""]
    assert read == {"order": rows, "links": rows[::-1]}
    group = "</body></text>".join(["<group><text><body><p>First</p>", "<text><body><p>Second</p>", "</group>"])
    letters = whole(read_letters(put(tmp_path, "group.xml", tei(header).replace("<body><p>I thank you.</p></body>", group))))
    assert letters.texts[["sender", "date"]].values.tolist() == rows
    assert "describes 2 letters, and holds 1" in refused(read_letters(put(tmp_path, "b.xml", tei(header))))
    assert "describes 1 letters, and holds 2" in refused(read_letters(put(tmp_path, "c.xml", tei(DESCRIBED, letter.format("", "x") * 2))))


def test_names_in_parts_words_over_two_lines_and_what_is_not_read_of_a_tei(tmp_path):
    name = "<roleName>Duke</roleName><forename>Johann</forename><surname>Go<hi>et</hi>he</surname>"
    body = '<p>Thank<lb break="no"/>\n ing you<lb/>all <pb break="no"/>ways.</p></body><back><p>Printed in Oslo.</p></back><body>'
    text = only(read_letters(put(tmp_path, "a.xml", tei(described(name, "<surname>Lee</surname>, <forename>Ann</forename>", "1796-01-02"), body))))
    assert text[["sender", "recipient", "text", "note"]].tolist() == ["Duke Johann Goethe", "Lee, Ann", "Thanking you allways.", "not read: back (Printed in Oslo.)"]


def test_two_folders_of_one_name_are_told_apart(tmp_path):
    for folder in ("p", "q", "r"):
        put(tmp_path, f"{folder}/letters/a.txt", f"Letter {folder}"), put(tmp_path, f"{folder}/b.txt", f"Other {folder}")
    files = read_letters([tmp_path / "p" / "letters", tmp_path / "q" / "letters", tmp_path / "p" / "b.txt", tmp_path / "r" / "b.txt"]).texts["file"].tolist()
    assert files == ["p/letters/a.txt", "q/letters/a.txt", "p/b.txt", "r/b.txt"]


def test_a_linked_folder_is_rejected_and_not_followed(tmp_path):
    put(tmp_path, "elsewhere/a.txt", "secret"), put(tmp_path, "in/b.txt", "I thank you."), put(tmp_path, "in/deep/c.txt", "I come.")
    (tmp_path / "in" / "out").symlink_to(tmp_path / "elsewhere")
    (tmp_path / "in" / "within").symlink_to(tmp_path / "in" / "deep")
    letters = whole(read_letters(tmp_path / "in"))
    assert letters.texts["text"].tolist() == ["I thank you.", "I come."]
    assert letters.rejected[["file", "reason"]].values.tolist() == [["out", "This is a link that leads out of the folder."], ["within", "This is a link to a folder, which is not followed."]]


@pytest.mark.parametrize("source", [3, None, b"letters", [3], 2.5])
def test_what_is_no_path_is_said(source):
    with pytest.raises(CorpusError, match="no path of a file or folder"):
        read_letters(source)


def test_of_a_large_parquet_table_a_few_rows_are_in_memory(tmp_path, monkeypatch):
    pytest.importorskip("pyarrow")
    monkeypatch.setattr("comity.sources.incoming.tabular.read_whole", None)
    pd.DataFrame({"text": [f"Letter {number}" for number in range(1_000)]}).to_parquet(tmp_path / "a.parquet", row_group_size=100)
    assert len(whole(read_letters(tmp_path / "a.parquet")).texts) == 1_000
    monkeypatch.setattr("comity.sources.incoming.tabular.LARGEST_LIST", 10)
    assert "row group" in refused(read_letters(tmp_path / "a.parquet"))


def test_parquet(tmp_path, monkeypatch):
    pytest.importorskip("pyarrow")
    path = tmp_path / "a.parquet"
    pd.DataFrame([ABOUT | {"text": WORDS, "date": date(2001, 5, 2)}, ABOUT | {"text": None, "date": None}]).to_parquet(path)
    letters = whole(read_letters(path))
    assert letters.texts[list(ABOUT)].iloc[0].to_dict() == ABOUT | {"date": pd.Timestamp("2001-05-02")}
    assert letters.rejected["reason"].tolist() == ["The letter is empty."]
    assert "damaged" in refused(read_letters(put(tmp_path, "b.parquet", b"PAR1" + b"x" * 40 + b"PAR1")))
    monkeypatch.setitem(sys.modules, "pyarrow", None)
    letters = read_letters(path)
    assert "pyarrow" in refused(letters) and 'pip install -e ".[size]"' in letters.rejected["remedy"].iloc[0]


def test_rows_that_are_no_letters(tmp_path):
    text = 'sender,text\nAnn,I thank you.\nAnn,I thank you, Bob.\nAnn\n\nAnn,""\nAnn,"I "thank" you"\nBob,I come.\nAnn,"never closed\n'
    letters = whole(read_letters(put(tmp_path, "a.csv", text)))
    assert letters.texts[["record", "text"]].values.tolist() == [[0, "I thank you."], [5, "I come."]]
    reasons = letters.rejected["reason"].tolist()
    assert letters.rejected["record"].tolist() == [1, 2, 3, 4, 6]
    assert "3 cells" in reasons[0] and "1 cells" in reasons[1] and "empty" in reasons[2] and "no row of a table" in reasons[3] + reasons[4]
    assert "no column text; it has sender, wrods" in refused(read_letters(put(tmp_path, "b.csv", "sender,wrods\nAnn,hello\n")))


def test_lines_that_are_no_letters(tmp_path):
    lines = ['{"text": "I thank you."}', "", '{"text": ', "[1]", '{"text": 7}', '{"sender": "Ann"}', '{"text": "\\ud800"}', '{"body": "I come.", "sender": ["Ann", "Bob"], "date": NaN}']
    letters = whole(read_letters(put(tmp_path, "a.jsonl", "\n".join(lines))))
    assert letters.texts[["record", "text", "sender"]].values.tolist() == [[0, "I thank you.", ""], [6, "I come.", "Ann|Bob"]]
    assert letters.rejected["record"].tolist() == [1, 2, 3, 4, 5]


def test_words_of_no_vocabulary_are_left_out_and_that_is_said(tmp_path):
    text = only(read_letters(put(tmp_path, "a.txt", "sender: Ann\nextent: all of it\ntranslation: Official\nkind: telegram\n\nI thank you.")))
    assert (text["extent"], text["translation"], text["kind"]) == ("", "official", "letter") and "extent: 'all of it' is left out" in text["note"]


# Archives of a news agency


def test_an_archive_as_before(tmp_path):
    records = [STORY, STORY, STORY | {"story_text": ""}, STORY | {"headline": "Harvest", "story_text": "Oslo, May 3 (NTB) -- Rye."}]
    path = put(tmp_path, "archive.json", json.dumps(records))
    before, now = read_archive(path), whole(read_letters(path))
    assert now.counts["n"].tolist() == before.counts["n"].tolist() == [4, 1, 1, 1, 1]
    for everything in (True, False):
        old = before.texts_of(everything)
        pd.testing.assert_frame_equal(now.texts_of(everything)[list(old)], old, check_dtype=False)


@pytest.mark.skipif(not ARCHIVE.is_file(), reason="the archive is not beside the project")
def test_the_real_archive_as_before():
    before, now = read_archive(ARCHIVE), whole(read_letters(ARCHIVE))
    for everything in (True, False):
        old = before.texts_of(everything)
        pd.testing.assert_frame_equal(now.texts_of(everything)[list(old)], old, check_dtype=False)
    assert now.rejected[["record", "headline", "reason", "remedy"]].astype({"record": "int64"}).equals(before.rejected[["record", "headline", "reason", "remedy"]])


# Folders, patterns, compressed files


PACKED = {"a.txt.gz": gzip.compress, "a.txt.bz2": bz2.compress, "a.txt.xz": lzma.compress}


@pytest.mark.parametrize("name", PACKED)
def test_a_compressed_letter(tmp_path, name):
    text = only(read_letters(put(tmp_path, name, PACKED[name](HEADED.encode()))))
    assert (text["sender"], text["file"], text["version_id"]) == ("Ann Lee", name, "a")


def zipped(members, **options):
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED, **options) as archive:
        for name, content in members.items():
            archive.writestr(name, content)
    return file.getvalue()


def tarred(members, mode="w"):
    file = io.BytesIO()
    with tarfile.open(fileobj=file, mode=mode) as archive:
        for name, content in members.items():
            info = tarfile.TarInfo(name)
            if isinstance(content, tuple):
                info.type, info.linkname = content
                archive.addfile(info)
                continue
            info.size = len(content)
            archive.addfile(info, io.BytesIO(content))
    return file.getvalue()


@pytest.mark.parametrize("pack", [zipped, tarred, lambda members: tarred(members, "w:gz"), lambda members: tarred(members, "w:xz")], ids=["zip", "tar", "gz", "xz"])
def test_archives_of_files(tmp_path, pack):
    members = {"old/a.txt": HEADED.encode(), "b.docx": document(["sender: Bob", "", "I come."]), "c.csv.gz": gzip.compress(b"text\nI go.\n"), ".DS_Store": b"\0\1", "d.zip": zipped({"x.txt": "x"})}
    letters = whole(read_letters(put(tmp_path, "all.bin", pack(members))))
    assert letters.texts[["file", "text"]].values.tolist() == [["all.bin/old/a.txt", WORDS], ["all.bin/b.docx", "I come."], ["all.bin/c.csv.gz", "I go."]]
    assert letters.rejected[["file", "reason"]].values.tolist() == [["all.bin/d.zip", "This is an archive within an archive."]]


@pytest.mark.parametrize("pack", [zipped, tarred], ids=["zip", "tar"])
def test_a_damaged_file_costs_itself_alone(tmp_path, pack):
    members = {"a.txt.gz": b"\x1f\x8b\x08junk", "b.docx": b"PK\x03\x04junk", "c.xml": b"<TEI><", "d.txt": b"I thank you."}
    letters = whole(read_letters(put(tmp_path, "all.bin", pack(members))))
    assert letters.texts["text"].tolist() == ["I thank you."]
    assert letters.rejected["file"].tolist() == [f"all.bin/{name}" for name in list(members)[:3]]


def test_a_reader_that_breaks_costs_its_file_alone(tmp_path, monkeypatch):
    def break_down(stream, name):
        raise RuntimeError("\x1b[31mnobody thought of this")

    monkeypatch.setitem(READERS, "tei", break_down)
    letters = whole(read_letters(put(tmp_path, "all.zip", zipped({"a.xml": tei(), "b.txt": "I thank you."}))))
    assert letters.texts["text"].tolist() == ["I thank you."] and "RuntimeError" in letters.rejected["reason"].iloc[0]
    done = CliRunner().invoke(measure, [str(tmp_path / "all.zip"), "--out", str(tmp_path / "out")], color=True)
    assert done.exit_code == 0 and "nobody thought" in done.output and "\x1b" not in done.output


def test_a_folder_is_read_in_order_whatever_the_disk_says(tmp_path):
    for name in ("b/2.txt", "a/1.md", "10.txt", "9.txt", ".hidden.txt", ".git/x.txt", "~$lock.docx"):
        put(tmp_path, name, f"Letter {name}")
    assert read_letters(tmp_path).texts["file"].tolist() == ["10.txt", "9.txt", "a/1.md", "b/2.txt"]
    assert read_letters(tmp_path / "*.txt").texts["file"].tolist() == ["10.txt", "9.txt"]
    assert read_letters(str(tmp_path / "**" / "*.md")).texts["file"].tolist() == ["1.md"]
    assert read_letters([tmp_path / "a", tmp_path / "b"]).texts["file"].tolist() == ["a/1.md", "b/2.txt"]


def test_nothing_there_is_explained(tmp_path):
    for source in (tmp_path / "none", str(tmp_path / "*.txt"), tmp_path):
        with pytest.raises(CorpusError, match="no such file|holds no file"):
            read_letters(source)


def test_names_are_unique_and_may_be_given(tmp_path):
    put(tmp_path, "a.txt", "One"), put(tmp_path, "a.md", "Two"), put(tmp_path, "a-2.txt", "Three")
    put(tmp_path, "z.csv", "version_id,text\na,Four\nmine,Five\nmine,Six\nmine,Five\n")
    letters = whole(read_letters(tmp_path))
    assert letters.texts["version_id"].tolist() == ["a-2", "a", "a-3", "z__0", "mine"]
    assert "version_id: a is left out, since a file is called so" in letters.texts["note"].iloc[3]
    assert letters.rejected["record"].tolist() == [2] and letters.duplicates.values.tolist() == [["z.csv", 3, "mine"]]


def test_the_same_words_to_another_are_another_letter(tmp_path):
    text = "sender,recipient,text\nAnn,Bob,Dear friend\nAnn,Cid,Dear friend\nAnn,Bob,Dear friend\n"
    letters = whole(read_letters(put(tmp_path, "a.csv", text)))
    assert letters.texts["recipient"].tolist() == ["Bob", "Cid"] and letters.duplicates.values.tolist() == [["a.csv", 2, "a__0"]]


# What is measured of them


def test_what_is_said_of_a_letter_reaches_its_message(tmp_path):
    measured = measure_texts(read_letters(put(tmp_path, "a.txt", HEADED.replace("birthday", "the horse fair"))).texts)
    message = measured.messages.iloc[0]
    assert message[["sender", "recipient", "date", "date_basis", "occasion"]].tolist() == ["Ann Lee", "Bob Moe", date(2001, 5, 2), "sent", "the horse fair"]
    assert measured.versions[["publisher", "letter", "agency"]].values.tolist() == [["Court Archive", 12, 0]]
    assert measured.mentions[["matched", "frame", "honoree"]].values.tolist() == [["Dear Bob", "letter", "Bob Moe"]]


EXPECTED = {
    ("courts__0", "My dear brother Shah Tahmurat"): ("vocative", "Shah Tahmurat", "recipient"),
    ("courts__1", "Shah Tahmurat"): ("vocative", "Shah Tahmurat", "recipient"),
    ("courts__2", "the honoured Doge Andrea Lorenzan"): ("vocative", "Andrea Lorenzan", "recipient"),
    ("gazette", "the esteemed Livia Zahn"): ("reference", "Livia Zahn", "recipient"),
    ("gazette", "Dear sister"): ("vocative", "Livia Zahn", "recipient"),
    ("league__0", "My dear Secretary-General"): ("vocative", "Edvard Lindqvist", "recipient"),
    ("edo-1642-to-the-shogun", "the respected Shogun Tokunaga"): ("vocative", "Shogun Tokunaga", "recipient"),
    ("venice-1503-to-the-sultan", "Most illustrious Sultan Selim"): ("vocative", "Sultan Selim", "recipient"),
    ("venice-1504-to-the-sultan", "Sultan Selim"): ("vocative", "Sultan Selim", "recipient"),
    ("vienna-1815-salt-road", "Your Serene Highness Prince Klemens von Auersberg"): ("vocative", "Klemens von Auersberg", "recipient"),
    ("vienna-congress-tei", "my august and respected Emperor"): ("vocative", "Emperor Alexei Lanskoy", "recipient"),
}


def test_other_times_and_courts():
    letters = whole(read_letters(EXAMPLES))
    assert letters.counts["n"].tolist() == [14, 14, 0, 0, 0] and set(letters.texts["note"]) == {""}
    measured = measure_texts(letters.texts, read_honorifics(extra=EXAMPLES / "honorifics.csv"))
    found = {(row.version_id, row.matched): (row.form, row.honoree, row.role) for row in measured.mentions.itertuples()}
    assert {key: found.get(key) for key in EXPECTED} == EXPECTED
    assert len(measured.messages) == 14 and (measured.messages["date_basis"] == "sent").all()
    # Where the doge and the padishah are cold, they give the name and the title, and no word of honour.
    cold = measured.mentions[measured.mentions["version_id"].isin(["courts__1", "venice-1504-to-the-sultan"])]
    assert len(cold) == 2 and set(cold[["possessive", "epithet", "solidarity", "courtesy"]].to_numpy().flatten()) == {""}
    names = " ".join([*letters.texts["text"], *letters.texts["sender"]])
    assert not any(name in names for name in ("Kim", "Korea", "Xi ", "Putin"))


# The table to fill in


def test_init_asks_for_what_is_not_said(tmp_path):
    put(tmp_path, "a.txt", "I thank you."), put(tmp_path, "b.txt", HEADED), shutil.copy(EXAMPLES / "gazette.html", tmp_path)
    asking = ask_metadata(tmp_path)
    table = asking.table.set_index("file")
    assert (asking.new, asking.kept, asking.lost) == (3, 0, 0)
    assert table.loc["a.txt", ["sender", "recipient", "date", "begins"]].tolist() == ["", "", "", "I thank you."]
    assert table.loc["b.txt", list(ABOUT)].to_dict() == ABOUT and table.loc["b.txt", "guessed"] == ""
    assert table.loc["gazette.html", ["sender", "recipient", "occasion", "kind"]].tolist() == ["Anders Vik", "Livia Zahn", "birthday", "report"]
    assert "sender: its words" in table.loc["gazette.html", "guessed"] and "date: the page" in table.loc["gazette.html", "guessed"]
    assert read_letters(tmp_path).counts["n"].tolist() == [3, 3, 0, 0, 0]


def test_what_is_filled_in_lies_over_what_a_letter_says(tmp_path):
    put(tmp_path, "a.txt", HEADED), put(tmp_path, "b.csv", "sender,text\nBob,I come.\nBob,I go.\n")
    put(tmp_path, "letters.csv", "file,record,sender,date,outlet\na.txt,0,Ann the Elder,,\nb.csv,,Bobby,2 June 2001,Stable\nb.csv,1,Bob the Younger,,\nc.txt,,Cid,,\n")
    letters = whole(read_letters(tmp_path))
    assert letters.texts[["sender", "outlet", "date"]].astype("str").values.tolist() == [
        ["Ann the Elder", "Court Archive", "2001-05-02"], ["Bobby", "Stable", "2001-06-02"], ["Bob the Younger", "Stable", "2001-06-02"],
    ]  # fmt: skip
    assert letters.rejected[["file", "record"]].values.tolist() == [["letters.csv", 3]] and "c.txt" in letters.rejected["reason"].iloc[0]
    assert read_letters(tmp_path, metadata=False).texts["sender"].tolist() == ["Ann Lee", "Bob", "Bob"]


def test_init_never_writes_over_what_was_filled_in(tmp_path):
    put(tmp_path, "a.txt", "I thank you.")
    ask_metadata(tmp_path)
    path = tmp_path / "letters.csv"
    # As a spreadsheet saves it in another country, with a column of somebody's own, and a letter that has gone.
    path.write_bytes("file;record;sender;date;mine\r\na.txt;0;José;3.4.1962;\"x;y\"\r\nz.txt;0;Zoë;;\r\n".encode("cp1252"))
    put(tmp_path, "b.txt", "sender: Bob\n\nI come.")
    done = CliRunner().invoke(init, [str(tmp_path)])
    assert done.exit_code == 0 and "1 rows were added; 2 were there, and are kept" in done.output and "1 of these name a letter that is not there" in done.output
    rows = pd.read_csv(path, dtype="str", keep_default_na=False)
    assert rows[["file", "sender", "date", "mine"]].values.tolist() == [["a.txt", "José", "3.4.1962", "x;y"], ["z.txt", "Zoë", "", ""], ["b.txt", "Bob", "", ""]]
    before = path.read_bytes()
    ask_metadata(tmp_path)
    assert path.read_bytes() == before
    assert "3 April or 4 March" in read_letters(tmp_path).texts["note"].iloc[0]


def test_init_leaves_a_table_of_letters_alone(tmp_path):
    before = put(tmp_path, "letters.csv", "sender,text\nAnn,I thank you.\n").read_bytes()
    done = CliRunner().invoke(init, [str(tmp_path)])
    assert done.exit_code == 1 and "not the table that comity writes" in done.output
    assert (tmp_path / "letters.csv").read_bytes() == before and only(read_letters(tmp_path))["sender"] == "Ann"
    put(tmp_path, "letters.csv", "file,sender\na.txt,Ann,Bob\n")
    with pytest.raises(CorpusError, match="row 2, has 3 cells"):
        read_letters(tmp_path)


# The command


def run(*arguments):
    return CliRunner().invoke(measure, [str(argument) for argument in arguments])


def test_the_command_takes_several_sources(tmp_path):
    put(tmp_path, "in/a.txt", HEADED), put(tmp_path, "in/b.pdf", "%PDF"), put(tmp_path, "in/c.txt", HEADED), put(tmp_path, "in/d.txt", "date: 3/4/1962\n\nI thank you.")
    archives = [put(tmp_path, f"{name}.json", json.dumps([STORY, STORY | {"story_text": f"Oslo, May 4 (NTB) -- Ann Lee sent a letter to {name} Roe."}])) for name in ("Eva", "Ida")]
    done = run(tmp_path / "in", *archives, "--out", tmp_path / "out")
    assert done.exit_code == 0, done.output
    assert "8 records = 5 texts + 2 duplicates + 1 rejected." in done.output
    assert "1 have no day; 1 give one that is not read (date: '3/4/1962' is 3 April or 4 March" in done.output
    assert "b.pdf: Files of the kind .pdf are not read." in done.output
    written = read_measurements(tmp_path / "out")
    assert sorted(written.messages["recipient"]) == ["Bob Moe", "Eva Roe", "Ida Roe"]
    rejected = pd.read_csv(tmp_path / "out" / "rejected.csv", dtype="str", keep_default_na=False)
    assert rejected[["file", "record"]].values.tolist() == [["in/b.pdf", ""]]


def test_where_nothing_can_be_read_the_old_tables_stay(tmp_path):
    assert run(put(tmp_path, "a.txt", HEADED), "--out", tmp_path / "out").exit_code == 0
    before = {path.name: path.read_bytes() for path in (tmp_path / "out").iterdir()}
    done = run(put(tmp_path, "b.json", "[{"), "--out", tmp_path / "out")
    assert done.exit_code == 1 and "Nothing can be read. b.json: this is not JSON" in done.output
    assert {path.name: path.read_bytes() for path in (tmp_path / "out").iterdir()} == before


def test_an_interrupted_run_leaves_the_last_whole_result(tmp_path, monkeypatch):
    path = put(tmp_path, "a.txt", HEADED)
    run(path, "--out", tmp_path / "out")
    before = {file.name: file.read_bytes() for file in (tmp_path / "out").iterdir()}
    path.write_text(HEADED.replace("Ann", "Eva"))

    def stop(table, path):
        raise KeyboardInterrupt

    monkeypatch.setattr("comity.measure.writing.write_table", stop)
    assert run(path, "--out", tmp_path / "out").exit_code != 0
    assert {file.name: file.read_bytes() for file in (tmp_path / "out").iterdir()} == before
    assert sorted(file.name for file in tmp_path.iterdir()) == ["a.txt", "out"]


def test_tables_are_not_written_among_the_letters(tmp_path):
    put(tmp_path, "a.txt", HEADED)
    done = run(tmp_path, "--out", tmp_path / "out")
    assert done.exit_code == 1 and "would be read as letters" in done.output and not (tmp_path / "out").exists()


# Untrusted letters


HOSTILE = {
    "markup": "<script>alert(1)</script> <img src=x onerror=alert(1)> [x](javascript:alert(1)) I thank you.", "right to left": "Dear \u202egnihtyna\u202c Bob,", "isolate": "\u2066I\u2069 thank you",
    "zero width": "Dear\u200b Bob\u200d, \ufeffI thank you", "NUL": "Dear\x00 Bob,\nI thank you.", "formula": "=HYPERLINK(\"http://example.org\",\"I thank you\")", "bell": "\x07\x1b[31m I thank you",
    "wide formula": "＝1+1 I thank you", "command": "@SUM(1+1)*cmd|' /C calc'!A0 I thank you", "tab": "\t=1+1", "quoted formula": "'=1+1", "line separator": "Dear\u2028Bob\u2029I thank you\x85", "carriage returns": "Dear\rBob",
}  # fmt: skip


@pytest.mark.parametrize("name", HOSTILE)
@pytest.mark.parametrize("form", ["txt", "jsonl", "csv"])
def test_what_a_letter_holds_stays_text(tmp_path, name, form):
    file = io.StringIO()
    csv.writer(file).writerows([["text", "sender"], [as_text(HOSTILE[name]), as_text(HOSTILE[name])]])
    content = {"txt": HOSTILE[name], "jsonl": json.dumps({"text": HOSTILE[name], "sender": HOSTILE[name]}), "csv": file.getvalue()}[form]
    text = only(read_letters(put(tmp_path, f"a.{form}", content)))
    assert text["text"] == HOSTILE[name].removeprefix("\ufeff")
    done = run(tmp_path / f"a.{form}", "--out", tmp_path / "out")
    assert done.exit_code == 0, done.output
    read_measurements(tmp_path / "out")


@given(st.text())
@example("'''=1")
@example("'")
@example("\n=1")
def test_no_cell_is_a_formula_and_every_cell_comes_back(cell):
    written = as_text(cell)
    assert not written.startswith(("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠"))
    assert as_read(written) == cell


def test_tables_for_spreadsheets_hold_no_formula(tmp_path):
    attack = '=HYPERLINK("http://example.org")'
    put(tmp_path, f"in/{attack.replace('/', '')}.pdf", "%PDF"), put(tmp_path, "in/a.txt", f"sender: {attack}\nrecipient: @b\n\nDear Bob, I thank you.")
    put(tmp_path, "in/b.csv", f"sender,text\n{as_text('-1+1')},{attack.split('(')[0]}(I thank you very much)\n")
    assert run(tmp_path / "in", "--out", tmp_path / "out").exit_code == 0
    assert CliRunner().invoke(init, [str(tmp_path / "in")]).exit_code == 0
    for path in [*(tmp_path / "out").glob("*.csv"), tmp_path / "in" / "letters.csv"]:
        with open(path, encoding="utf-8", newline="") as file:
            cells = [cell for row in csv.reader(file) for cell in row if not cell.lstrip("-").replace(".", "").isdigit()]
        assert [cell for cell in cells if cell.startswith(tuple("=+-@\t\r"))] == [], path.name
    assert {attack, "-1+1"} <= set(read_measurements(tmp_path / "out").messages["sender"])
    assert attack in read_letters(tmp_path / "in").texts["sender"].tolist()


def test_bytes_of_no_encoding_and_half_pairs_are_rejected(tmp_path):
    path = put(tmp_path, "a.csv", b"text\nI thank you.\n" + b"x\n" * 60_000 + b"I \xff come.\n")
    letters = whole(read_letters(path))
    assert letters.counts["n"].tolist() == [60_002, 2, 0, 59_999, 1] and "byte" in letters.rejected["reason"].iloc[0]
    assert "pair" in refused(read_letters(put(tmp_path, "a.jsonl", '{"text": "I \\udc00 thank you"}')))


@pytest.mark.parametrize("name", ["a.txt", "a.csv", "a.jsonl", "a.json", "a.html", "a.xml"])
def test_a_line_of_fifty_megabytes(tmp_path, name):
    long = b"x" * (50 * 2**20)
    before = {"a.csv": b"text\nI thank you.\n", "a.jsonl": b'{"text": "I thank you."}\n{"text": "', "a.json": b'[{"text": "', "a.html": b"<html><body><p>", "a.xml": b"<TEI><text><p>"}.get(name, b"")
    after = {"a.jsonl": b'"}\n{"text": "I come."}', "a.json": b'"}]', "a.html": b"</p></body></html>", "a.xml": b"</p></text></TEI>", "a.csv": b"\nI come.\n"}.get(name, b"")
    letters = whole(read_letters(put(tmp_path, name, before + long + after)))
    assert letters.texts["text"].tolist() == {"a.csv": ["I thank you.", "I come."], "a.jsonl": ["I thank you.", "I come."]}.get(name, [])
    assert len(letters.rejected) == 1


@pytest.mark.parametrize("pack", [lzma.compress, bz2.compress, lambda data: zipped({"a.csv": data}), lambda data: lzma.compress(tarred({"a.csv": data}))], ids=["xz", "bz2", "zip", "tar"])
def test_a_zip_bomb_is_stopped_while_it_unpacks(tmp_path, monkeypatch, pack):
    monkeypatch.setattr(limits, "ALWAYS_ALLOWED", 2**18)
    monkeypatch.setattr(limits, "RATIO", 2)
    name = "a.csv" if pack in (lzma.compress, bz2.compress) else "a"
    path = put(tmp_path, name, pack(b"text\n" + b"I thank you.\n" * 2**19))
    letters, peak = peak_of(lambda: whole(read_letters(path)))
    assert "zip bomb" in letters.rejected["reason"].iloc[-1] and len(letters.texts) == 1
    assert len(letters.duplicates) < 25_000 and peak < 20 * 2**20


def test_what_may_come_out_of_a_compressed_file():
    assert limits.Budget(10).left == limits.ALWAYS_ALLOWED and limits.Budget(2**40).left == limits.LARGEST_UNPACKED
    with pytest.raises(Refused, match="zip bomb"):
        limits.Budget(10).spend(limits.ALWAYS_ALLOWED + 1)


def test_a_document_that_is_a_bomb(tmp_path):
    bomb = {"[Content_Types].xml": b"<Types/>", "word/document.xml": b"<w/>" + b" " * (word.LARGEST_XML + 1)}
    assert "zip bomb" in refused(read_letters(put(tmp_path, "a.docx", zipped(bomb))))
    assert "damaged" in refused(read_letters(put(tmp_path, "b.docx", zipped({"word/document.xml": b"<w/>"}))))
    assert "office file" in refused(read_letters(put(tmp_path, "c.xlsx", zipped({"[Content_Types].xml": b"<Types/>", "xl/workbook.xml": b""}))))


ENTITIES = {
    "a billion laughs": "<!DOCTYPE TEI [" + '<!ENTITY a "ha">' + "".join(f'<!ENTITY {b} "{f"&{a};" * 10}">' for a, b in zip("abcdefghi", "bcdefghij", strict=True)) + "]>",
    "a file": '<!DOCTYPE TEI [<!ENTITY j SYSTEM "file:///etc/passwd">]>', "an address": '<!DOCTYPE TEI [<!ENTITY j SYSTEM "http://example.org/x">]>',
    "a parameter": '<!DOCTYPE TEI [<!ENTITY % j SYSTEM "http://example.org/x.dtd"> %j;]>',
}


@pytest.mark.parametrize("name", ENTITIES)
def test_entities_are_refused(tmp_path, name):
    body = "<p>I thank you.</p>" if name == "a parameter" else "<p>&j;</p>"
    assert "entit" in refused(read_letters(put(tmp_path, "a.xml", tei(body=body, before=ENTITIES[name]))))


def test_a_dtd_elsewhere_is_not_fetched(tmp_path):
    put(tmp_path, "x.dtd", '<!ENTITY j "secret">')
    path = put(tmp_path, "a.xml", tei(before=f'<!DOCTYPE TEI SYSTEM "{tmp_path}/x.dtd">', body="<p>I &j; thank you.</p>"))
    letters = whole(read_letters(path))
    assert not any("secret" in text for text in letters.texts["text"])


def test_entities_in_a_document_are_not_filled_in(tmp_path):
    parts = zipfile.ZipFile(io.BytesIO(document(["I thank you."])))
    members = {name: parts.read(name) for name in parts.namelist()}
    members["word/document.xml"] = members["word/document.xml"].replace(b"<w:document", b'<!DOCTYPE x [<!ENTITY j SYSTEM "file:///etc/passwd">]><w:document', 1).replace(b"I thank you.", b"I thank &j; you.")
    letters = whole(read_letters(put(tmp_path, "a.docx", zipped(members))))
    assert not any("root:" in text for text in letters.texts["text"])


@pytest.mark.parametrize("pack", [zipped, tarred], ids=["zip", "tar"])
def test_names_in_an_archive_are_only_names(tmp_path, pack):
    names = ["../../outside.txt", "/etc/outside.txt", "C:\\outside.txt", "a/../../b.txt"]
    path = put(tmp_path / "in", "all.bin", pack({name: f"Letter {name}".encode() for name in names}))
    letters = whole(read_letters(tmp_path / "in"))
    assert letters.texts["file"].tolist() == [f"all.bin/{name}" for name in names]
    assert [file for file in tmp_path.rglob("*") if file.is_file()] == [path] and not Path("/etc/outside.txt").exists()


def test_links_lead_nowhere(tmp_path):
    secret = put(tmp_path, "secret.txt", "secret")
    links = {"a.txt": (tarfile.SYMTYPE, str(secret)), "b.txt": (tarfile.LNKTYPE, "c.txt"), "c.txt": b"I thank you.", "d.txt": (tarfile.FIFOTYPE, ""), "e.txt": (tarfile.CHRTYPE, "")}
    letters = whole(read_letters(put(tmp_path, "all.tar", tarred(links))))
    assert letters.texts["text"].tolist() == ["I thank you."] and len(letters.rejected) == 4
    info = zipfile.ZipInfo("a.txt")
    info.external_attr = 0o120777 << 16
    assert "a link" in refused(read_letters(put(tmp_path, "all.zip", zipped({info: str(secret)}))))
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "a.txt").symlink_to(secret)
    assert "leads out of the folder" in refused(read_letters(tmp_path / "in"))
    os.mkfifo(tmp_path / "in" / "a.fifo")
    assert "no file" in read_letters(tmp_path / "in").rejected["reason"].iloc[0]


def peak_of(read):
    tracemalloc.start()
    found = read()
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    return found, peak


def test_of_a_record_that_comes_a_million_times_only_the_places_are_kept(tmp_path):
    """A million take fifty times what these take: less than three hundred bytes each."""
    peaks = []
    for number in (2_000, 22_000):
        path = put(tmp_path, "a.csv.xz", lzma.compress(b"text,sender\n" + (b"I thank you" + b" very much" * 40 + b".,Ann\n") * number, preset=1))
        letters, peak = peak_of(lambda: whole(read_letters(path)))
        peaks.append(peak)
        assert letters.counts["n"].tolist() == [number, 1, 0, number - 1, 0]
    assert (peaks[1] - peaks[0]) / 20_000 < 300


def test_records_come_one_by_one(tmp_path):
    path = put(tmp_path, "a.jsonl", '{"text": "I thank you."}\n' * 400_000)
    number, peak = peak_of(lambda: sum(1 for outcome, _ in zip(stream_letters([path]), range(5_000)) if outcome.row))
    assert number == 5_000 and peak < 5 * 2**20


def test_nothing_is_fetched_and_nothing_written(tmp_path, monkeypatch):
    def refuse(*arguments, **named):
        raise AssertionError("a connection")

    for name in ("connect", "connect_ex"):
        monkeypatch.setattr(socket.socket, name, refuse)
    monkeypatch.setattr(socket, "getaddrinfo", refuse)
    page = '<html><head><base href="http://example.org/"><link rel="canonical" href="http://example.org/a"><meta http-equiv="refresh" content="0;url=http://example.org"></head><body><article><p>' + "I thank you, Bob. " * 30 + '</p><iframe src="http://example.org"></iframe></article></body></html>'
    put(tmp_path, "a.html", page), put(tmp_path, "b.html", "http://example.org/x"), put(tmp_path, "c.txt", HEADED)
    put(tmp_path, "d.xml", tei(before='<!DOCTYPE TEI SYSTEM "http://example.org/x.dtd">'))
    before = sorted(tmp_path.rglob("*"))
    assert whole(read_letters(tmp_path)).counts["n"].tolist()[:2] == [4, 4]
    assert sorted(tmp_path.rglob("*")) == before


BROKEN = st.one_of(
    st.binary(max_size=300), st.text(max_size=200).map(lambda text: text.encode("utf-8", "surrogatepass")),
    st.sampled_from([*(content if isinstance(content, bytes) else content.encode() for content in FORMS.values()), tei(DESCRIBED).encode(), zipped({"a.txt": "x"}), gzip.compress(b"x"), tarred({"a": b"x"})]).flatmap(
        lambda whole: st.tuples(st.integers(0, len(whole)), st.binary(max_size=8), st.integers(0, 20)).map(lambda cut: whole[: cut[0]] + cut[1] + whole[cut[0] + cut[2] :])
    ),
)  # fmt: skip


@settings(max_examples=60, deadline=None)
@given(BROKEN, st.sampled_from(["a.txt", "a.csv", "a.json", "a.jsonl", "a.xml", "a.html", "a.docx", "a.zip", "a", "a.gz"]))
def test_any_bytes_are_letters_or_rejected(tmp_path_factory, data, name):
    whole(read_letters(put(tmp_path_factory.mktemp("any"), name, data)))


@settings(max_examples=60, deadline=None)
@given(BROKEN, st.sampled_from(sorted(READERS)))
def test_any_bytes_in_any_named_format(tmp_path_factory, data, form):
    letters = whole(read_letters(put(tmp_path_factory.mktemp("any"), "a.bin", data), format=form))
    measure_texts(letters.texts)


@pytest.mark.parametrize("case", json.loads((CASES / "lost_rows.json").read_text(encoding="utf-8")), ids=lambda case: case["why"])
def test_a_row_that_cannot_be_read_costs_itself(tmp_path, monkeypatch, case):
    monkeypatch.setattr(separated, "LONGEST_LINE", 100)
    letters = whole(read_letters(put(tmp_path, "a.csv", case["table"])))
    assert letters.texts["text"].tolist() == case["texts"]
    assert letters.rejected["reason"].tolist() == case["reasons"]


def test_one_quotation_mark_costs_one_letter_of_thousands(tmp_path):
    lines = [f"Ann,Letter {number}" for number in range(5_000)]
    lines[1_500] = 'Ann,"Letter that is never closed'
    letters = whole(read_letters(put(tmp_path, "a.csv", "\n".join(["sender,text", *lines]))))
    assert len(letters.texts) == 4_999 and letters.rejected["reason"].tolist() == ["Line 1502 opens a quotation mark that is not closed."]


@pytest.mark.parametrize(("encoding", "wrong"), [("cp1252", b"\x81"), ("utf-16-le", b"\x00\xd8"), ("gb18030", b"\xff")])
def test_in_any_encoding_a_byte_that_is_not_of_it_costs_the_record(tmp_path, encoding, wrong):
    words = {"cp1252": "Très cher ami j’ai été touché de votre lettre qui m’a été remise à l’été passé. " * 2, "gb18030": "尊敬的朋友，感谢您的来信。我们两国人民的友谊源远流长，" * 4}.get(encoding, "Señor")
    lines = ["text\n", f"{words}\n"] + ["x" * 100 + "\n"] * 800 + ["I "]
    letters = whole(read_letters(put(tmp_path, "a.csv", "".join(lines).encode(encoding) + wrong + " come.\nI go.\n".encode(encoding))))
    assert letters.texts["text"].tolist() == [words, "x" * 100, "I go."] and letters.texts["encoding"].iloc[0].startswith(encoding)
    assert "byte" in letters.rejected["reason"].iloc[0] and len(letters.rejected) == 1


def test_no_name_holds_a_character_put_in_the_place_of_another(tmp_path):
    letters = whole(read_letters(put(tmp_path, "a.jsonl", '{"text": "I thank you.", "sender": "Ann \\ud800"}\n{"text": "I come.", "headline": "\\ud800"}')))
    assert letters.rejected["reason"].str.contains("sender|headline").tolist() == [True, True]
