"""From notebooks to pages: what a page carries, what stops a build, and that the old pages survive it."""

import ast
import json
import os
import re
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path

import nbformat
import pytest
from bs4 import BeautifulSoup
from click.testing import CliRunner

from comity.errors import ClaimError, CorpusError
from comity.report.build import MARKER, build_report, find_notebooks, find_texts
from comity.report.code import code_html
from comity.report.command import report
from comity.report.execute import _kernel
from comity.report.failures import Failure, report_failures
from comity.report.outputs import check_verbs, output_html
from comity.report.pages import page_name, read_text
from comity.report.prose import Prose

ROOT = Path(__file__).parent.parent
SAMPLES = Path(__file__).parent / "cases" / "notebooks"
EXPECTED = json.loads((SAMPLES / "expected.json").read_text(encoding="utf-8"))
NOTEBOOKS = sorted((ROOT / "notebooks").glob("*.ipynb"))


# The rules for our own notebooks


def cells(path, kind):
    return [cell.source for cell in nbformat.read(path, as_version=4).cells if cell.cell_type == kind and cell.source.strip()]


def typed_digits(markdown):
    """The digits in the prose of a markdown cell; the targets of links are not prose."""
    return re.findall(r"\S*\d\S*", re.sub(r"\]\([^)]*\)", "]", markdown))


@pytest.mark.parametrize("path", NOTEBOOKS or [pytest.param(None, marks=pytest.mark.skip("notebooks/ is empty"))], ids=str)
class TestOurNotebooks:
    def test_no_digit_is_typed_into_prose(self, path):
        assert [found for source in cells(path, "markdown") for found in typed_digits(source)] == []

    def test_anatomy(self, path):
        """Few lines a cell, and few statements in all: a bound sentence is one, however many lines its words need."""
        code = cells(path, "code")
        lines = [len([line for line in source.splitlines() if line.strip()]) for source in code]
        assert not [source for source in code if re.search(r"^\s*(async def|def|class)\b", source, re.M)]
        assert max(lines) <= 7 and sum(len(ast.parse(source).body) for source in code) <= 60
        assert cells(path, "markdown")[0].startswith("# ") and cells(path, "markdown")[0].split("\n")[0].endswith("?")
        assert re.search(r"\bprovenance\(", code[-1])

    def test_committed_without_outputs_and_with_fixed_ids(self, path):
        notebook = nbformat.read(path, as_version=4)
        assert not [cell for cell in notebook.cells if cell.get("outputs") or cell.get("execution_count")]
        assert "widgets" not in notebook.metadata
        nbformat.validate(notebook)


@pytest.mark.parametrize("path", find_texts(ROOT / "notebooks"), ids=str)
def test_no_digit_is_typed_into_a_text(path):
    """But for the years of references, which nothing here could reckon."""
    assert typed_digits(path.read_text(encoding="utf-8").partition("\n## References\n")[0]) == []


def test_every_reference_of_the_glossary_is_that_of_a_method_in_the_code():
    """Whom the pages refer to is named, with the year, where the formula is."""
    places = [ROOT / "src", ROOT / "notebooks", ROOT / "data" / "README.md"]
    files = [file for place in places for file in ([place] if place.is_file() else [*place.rglob("*.py"), *place.glob("*.ipynb")])]
    said = " ".join(file.read_text(encoding="utf-8") for file in files)
    listed = re.findall(r"^- ([^\W\d_]+), [^(]*\((\d{4})\)", (ROOT / "notebooks" / "glossary.md").read_text(encoding="utf-8"), re.M)
    assert len(listed) >= 20
    assert [pair for pair in listed if not re.search(rf"{pair[0]}\b[^\n]{{0,60}}\b{pair[1]}", said)] == []


@pytest.mark.parametrize(
    ("markdown", "found"),
    [("In 2019 he", ["2019"]), ("[the first](01-first.ipynb)", []), ("no number", []), ("`x = 3`", ["3`"]), ("the ３ letters", ["３"])],
)
def test_what_the_search_for_digits_finds(markdown, found):
    assert typed_digits(markdown) == found


# Prose


@pytest.mark.parametrize(
    ("markdown", "html"),
    [
        ("a *b* `c`", "<p>a <em>b</em> <code>c</code></p>"),
        ("## What & why?", '<h2 id="section-what-why">What &amp; why?</h2>'),
        ('a <span lang="ko">엽서</span>', '<p>a <span lang="ko">엽서</span></p>'),
        ('<span lang="ko" onclick="x">엽서</span>', "<p>&lt;span lang=&quot;ko&quot; onclick=&quot;x&quot;&gt;엽서</span></p>"),
        ("a <b>c</b>", "<p>a &lt;b&gt;c&lt;/b&gt;</p>"),
        ("<script>alert()</script>", "<p>&lt;script&gt;alert()&lt;/script&gt;</p>"),
        ("[o](https://example.org/a?b&c)", '<p><a class="outside" href="https://example.org/a?b&amp;c" rel="noreferrer noopener">o</a></p>'),
        ("[o](02-other.ipynb#t)", '<p><a href="02-other.html#t">o</a></p>'),
        ("a\u202eb", '<p>a<span class="unseen">⟨U+202E⟩</span>b</p>'),
        ("    <b>", '<pre tabindex="0">&lt;b&gt;</pre>'),
    ],
)
def test_prose(markdown, html):
    assert Prose().render(markdown).strip() == html


@pytest.mark.parametrize("markdown", ["[a](javascript:alert(1))", "[a](data:text/html,x)", "[a](../up.html)", "![a](b.png)",
                                      "[a](//example.org)", "<javascript:alert(1)>"])
def test_prose_that_a_page_cannot_carry(markdown):
    with pytest.raises(ClaimError, match="cannot stand on a page"):
        Prose().render(markdown)


def test_headings_of_one_name_get_anchors_of_their_own():
    prose = Prose()
    prose.render("## Same\n\n## Same\n\n## Same")
    assert [heading.anchor for heading in prose.headings] == ["section-same", "section-same-2", "section-same-3"]


# Outputs and code


def output(kind="display_data", comity=None, **data):
    return nbformat.v4.new_output(kind, data=data, metadata={"comity": comity} if comity else {})


def test_only_the_page_verbs_bring_html_to_a_page():
    assert output_html(output(comity="sentence", **{"text/html": "<p>a</p>"})) == "<p>a</p>"
    for kind in ("text/html", "image/png", "image/svg+xml", "text/markdown", "application/javascript",
                 "application/vnd.jupyter.widget-view+json"):
        with pytest.raises(ClaimError, match="cannot carry"):
            output_html(output(**{kind: "x", "text/plain": "x"}))


def test_plain_output_is_escaped():
    assert output_html(output(**{"text/plain": "<b>\na"})) == '<pre class="printed" tabindex="0">&lt;b&gt;\na</pre>'
    assert "&lt;b&gt;" in output_html(nbformat.v4.new_output("stream", name="stdout", text="<b>"))


@pytest.mark.parametrize(
    ("source", "lost"),
    [("say('a')", False), ("say('a')\nsay('b')", True), ("comity.show(x)\ny = 1", True), ("x = say('a')\nx", False),
     ("show(x, caption=say('a'))", False), ("%matplotlib inline\nsay('a')", False), ("", False)],
)
def test_a_sentence_above_the_last_line_would_be_lost(source, lost):
    if lost:
        with pytest.raises(ClaimError, match="Line 1 of the cell"):
            check_verbs(source)
    else:
        check_verbs(source)


def test_code_is_folded_escaped_and_reachable_by_keyboard():
    page = BeautifulSoup(code_html([(1, "a = '<b>'"), (2, "# <script>\nb")]), "html.parser")
    assert page.details.get("open") is None
    assert page.pre["tabindex"] == "0"
    assert page.pre.get_text() == "a = '<b>'\n\n# <script>\nb"
    assert not page.find_all(["b", "script"])


def test_the_name_of_a_page():
    assert page_name(Path("02-the-dropped-respected.ipynb")) == "The dropped respected"
    assert page_name(Path("your-letters.ipynb")) == "Your letters"


def test_notebooks_that_fail_alike_are_named_together():
    text = report_failures([Failure("a.ipynb", "cell [1]", "Same.", "trace"), Failure("b.ipynb", "", "Same."), Failure("c.ipynb", "", "Other.")])
    assert text.startswith("No report was written: 3 notebooks have something to put right.")
    assert "a.ipynb, cell [1]:\nb.ipynb:\n    Same." in text
    assert text.count("Same.") == 1 and "trace" not in text
    assert "trace" in report_failures([Failure("a.ipynb", "cell [1]", "Same.", "trace")], debug=True)


# Folders


@pytest.fixture(scope="module")
def data(tmp_path_factory):
    folder = tmp_path_factory.mktemp("record") / "data"
    folder.mkdir()
    (folder / "versions.csv").write_text("version_id,date_published\nv1,2024-10-06\n")
    return folder


@pytest.mark.parametrize("there", [True, False])
def test_no_notebook_to_run(tmp_path, data, there):
    folder = tmp_path / "notebooks"
    if there:
        folder.mkdir()
        (folder / "_draft.ipynb").write_text("{}")
    ran = CliRunner().invoke(report, ["--data", str(data), "--out", str(tmp_path / "out"), "--notebooks", str(folder)])
    assert ran.exit_code == 1
    assert ("holds no notebook" if there else "does not exist") in ran.output and "--notebooks DIR" in ran.output
    assert not (tmp_path / "out").exists()


def test_no_data(tmp_path):
    ran = CliRunner().invoke(report, ["--data", str(tmp_path / "dat"), "--notebooks", str(SAMPLES / "good"), "--out", str(tmp_path / "out")])
    assert ran.exit_code == 1
    assert "There is no data folder" in ran.output and "--data DIR" in ran.output


@pytest.mark.parametrize(("marker", "named"), [(None, "letters.txt"), ("index.html\n", "letters.txt")])
def test_files_of_others_are_not_removed(tmp_path, data, marker, named):
    out = tmp_path / "out"
    out.mkdir()
    (out / "letters.txt").write_text("mine")
    if marker:
        (out / MARKER).write_text(marker)
        (out / "index.html").write_text("")
    with pytest.raises(CorpusError, match=f"did not write .{named}.*--out DIR"):
        build_report(SAMPLES / "good", out, data)
    assert (out / "letters.txt").read_text() == "mine"


def test_a_file_is_not_a_folder(tmp_path, data):
    (tmp_path / "out").write_text("")
    with pytest.raises(CorpusError, match="is a file"):
        build_report(SAMPLES / "good", tmp_path / "out", data)


def test_texts_beside_the_notebooks_become_pages(tmp_path):
    for name in ("index.md", "README.md", "glossary.md", "_draft.md", "about.md"):
        (tmp_path / name).write_text("# Words\n\n## Letter\n\nSee [the notebook](01-a.ipynb) and [a word](glossary.md#section-letter).", encoding="utf-8")
    assert [path.name for path in find_texts(tmp_path)] == ["about.md", "glossary.md"]
    page = read_text(tmp_path / "glossary.md")
    assert (page.file, page.name, page.title, [heading.anchor for heading in page.headings]) == ("glossary.html", "Glossary", "Words", ["section-words", "section-letter"])
    assert 'href="01-a.html"' in page.blocks[0] and 'href="glossary.html#section-letter"' in page.blocks[0]
    (tmp_path / "glossary.md").write_text("No title. [A word](x/y.md)", encoding="utf-8")
    assert "cannot stand on a page" in read_text(tmp_path / "glossary.md").failures[0].message


def test_a_text_and_a_notebook_of_one_name_are_refused(tmp_path):
    (tmp_path / "glossary.md").write_text("# Words", encoding="utf-8")
    (tmp_path / "glossary.ipynb").write_text("{}", encoding="utf-8")
    with pytest.raises(CorpusError, match="would both be the page glossary.html"):
        find_texts(tmp_path)


@pytest.mark.parametrize(("length", "transport"), [(20, "ipc"), (120, "tcp")])
def test_a_long_name_of_the_temporary_folder_is_no_socket(length, transport):
    assert _kernel(Path("/" + "t" * length)).transport == transport


def test_notebooks_come_in_the_order_of_their_names():
    assert [path.name for path in find_notebooks(SAMPLES / "good")] == ["01-good.ipynb", "02-other.ipynb"]


# Builds


def contents(folder):
    return {path.name: path.read_bytes() for path in folder.iterdir()}


@pytest.fixture(scope="module")
def built(tmp_path_factory, data):
    out = tmp_path_factory.mktemp("pages") / "deep" / "out"
    made = build_report(SAMPLES / "good", out, data)
    assert made.failures == ()
    return out


@pytest.fixture(scope="module")
def refused(tmp_path_factory, data, built):
    """One build of every broken notebook, into a folder that already holds good pages."""
    place = tmp_path_factory.mktemp("refused")
    shutil.copytree(built, place / "out")
    shutil.copytree(SAMPLES / "bad", place / "bad")
    (place / "slow").mkdir()
    (place / "bad" / "12-slow.ipynb").rename(place / "slow" / "12-slow.ipynb")
    made = [build_report(place / "bad", place / "out", data), build_report(place / "slow", place / "out", data, cell_seconds=2)]
    return place, [failure for report in made for failure in report.failures]


@pytest.mark.slow
@pytest.mark.parametrize("name", EXPECTED)
def test_a_broken_notebook_says_what_to_put_right(refused, name):
    found = [failure for failure in refused[1] if failure.notebook == name]
    text = report_failures(found)
    assert [part for part in EXPECTED[name] if part not in text] == [], text
    assert "Traceback" not in text and "\x1b" not in text


@pytest.mark.slow
def test_every_failure_is_listed_and_the_old_pages_stay(refused, built):
    place, failures = refused
    assert {failure.notebook for failure in failures} == set(EXPECTED) == {p.name for p in (SAMPLES / "bad").iterdir()}
    assert contents(place / "out") == contents(built)
    assert sorted(path.name for path in place.iterdir()) == ["bad", "out", "slow"]


@pytest.mark.slow
def test_the_same_input_gives_the_same_bytes(built, data, tmp_path):
    before = contents(built)
    again = build_report(SAMPLES / "good", built, data, jobs=1)
    assert set(again.files) == {"01-good.html", "02-other.html", "index.html"}
    assert contents(built) == before
    assert [path.name for path in built.parent.iterdir()] == ["out"]


@pytest.mark.slow
def test_a_page(built):
    page = BeautifulSoup((built / "01-good.html").read_text(encoding="utf-8"), "html.parser")
    assert page.title.get_text() == "Who sends more postcards? – comity"
    assert [h.get_text() for h in page.find_all("h1")] == ["Who sends more postcards?"]
    assert page.html["lang"] == "en"
    assert [a["href"] for a in page.find("nav", class_="contents").find_all("a")] == [
        "#section-how-many-did-each-write", "#section-what-do-they-say", "#section-what-this-cannot-say"]
    main = page.main
    assert [p.get_text() for p in main.find_all(class_="say")] == [
        "Ada wrote more postcards than Berta: twelve against seven.",
        "She begins with 안녕하세요 (“hello”), and her first card is dated 6 October 2019."]
    assert main.table and main.svg and main.find("details", class_="code")
    assert not page.find(["iframe", "object", "img"]) and len(page.find_all("script")) == 1
    assert page.footer.find(class_="provenance")


@pytest.mark.slow
def test_the_index_gives_the_answers(built):
    page = BeautifulSoup((built / "index.html").read_text(encoding="utf-8"), "html.parser")
    first, second = page.main.find_all("li")
    assert first.h2.a["href"] == "01-good.html"
    assert [p.get_text() for p in first.find_all("p")][0] == "Ada wrote more postcards than Berta: twelve against seven."
    assert first.find("a", class_="evidence")["href"] == "01-good.html#cards"
    assert [p.get_text() for p in second.find_all("p")] == ["There are four sisters."]


@pytest.mark.slow
def test_the_command_names_the_failures_and_exits_with_one(tmp_path, data):
    (tmp_path / "notebooks").mkdir()
    for name in ("03-false.ipynb", "05-error.ipynb"):
        shutil.copy(SAMPLES / "bad" / name, tmp_path / "notebooks")
    arguments = ["--data", str(data), "--out", str(tmp_path / "out"), "--notebooks", str(tmp_path / "notebooks"), "--debug"]
    ran = CliRunner().invoke(report, arguments)
    assert ran.exit_code == 1
    assert "of 2: 03-false.ipynb FAILED" in ran.output
    assert ran.output.index("This sentence is no longer true") < ran.output.index("Traceback (most recent call last)")
    assert not (tmp_path / "out").exists()


@pytest.mark.slow
@pytest.mark.skipif(os.name != "posix", reason="signals of this kind are of POSIX systems")
def test_a_build_that_is_killed_leaves_the_old_pages(tmp_path, data, built):
    out = tmp_path / "out"
    shutil.copytree(built, out)
    folder = tmp_path / "notebooks"
    folder.mkdir()
    waiting = nbformat.v4.new_code_cell("import pathlib, time\npathlib.Path('started').touch()\ntime.sleep(600)")
    nbformat.write(nbformat.v4.new_notebook(cells=[waiting]), folder / "waiting.ipynb")
    command = "from comity.cli import main; main()"
    arguments = ["report", "--data", data, "--out", out, "--notebooks", folder]
    process = subprocess.Popen([sys.executable, "-c", command, *arguments], stdout=subprocess.PIPE, stderr=subprocess.STDOUT)
    try:
        wait_for(lambda: (folder / "started").exists())
        process.send_signal(signal.SIGTERM)
        assert process.wait(60) == 143
    finally:
        process.kill()
    assert contents(out) == contents(built)
    assert sorted(path.name for path in tmp_path.iterdir()) == ["notebooks", "out"]


def wait_for(happened, seconds=120):
    end = time.monotonic() + seconds
    while not happened():
        assert time.monotonic() < end, "it did not happen in time"
        time.sleep(0.2)
