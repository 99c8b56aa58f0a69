"""What the script adds to a page: tables that sort and filter and can be had as a file, links and citations to copy, a
contents list that follows. And that the page is whole without it, and on paper."""

import csv
import hashlib
import io
import json
import re
from base64 import b64encode
from pathlib import Path

import pandas as pd
import pytest
from test_browser import browser  # noqa: F401  (the fixture)

from comity.page import claim, say, show
from comity.report.code import code_html
from comity.report.findings import anchored
from comity.report.pages import Page
from comity.report.prose import Heading
from comity.report.script import policy, site_script
from comity.report.site import check_links, write_site

CASES = Path(__file__).parent / "cases" / "script"
SORTING = json.loads((CASES / "sorting.json").read_text(encoding="utf-8"))
FIELDS = json.loads((CASES / "fields.json").read_text(encoding="utf-8"))
ROWS = 12
SECTIONS = ["first", "second", "third"]
CODE = "a = 1  # <one>\n\nb = 'two'"

in_browser = pytest.mark.browser


# The page that is tried


def letters():
    """Twelve letters, the last without a day; the words of each stand in its evidence."""
    days = pd.to_datetime(pd.Series([f"2024-{month:02}-0{month % 3 + 1}" for month in range(1, ROWS)] + [None]))
    to = ["Xi", "Putin", "Sisoulith"]
    words = [f"letter {n}, with “quotes”, a comma" for n in range(ROWS - 1)] + ["존경하는 동지\nCafé"]
    return pd.DataFrame({"to": [to[n % 3] for n in range(ROWS)], "day": days, "words": [n * 100 for n in range(ROWS)], "as printed": words})


def blocks():
    said = [say("The page holds {n} letters.", n=ROWS, evidence="letters"), say("The page holds {n} letters.", n=3),
            claim("{left} is more than one. ", 2, ">", 1) + say("So it is.")]
    yield "<h1>What is tried?</h1>"
    yield from (sentence.html for sentence in said)
    yield show(letters(), caption="Letters, one by one", id="letters", details="as printed", source="https://example.org/a").html
    yield show(pd.DataFrame({"a": ["x", "y", "z"], "b": [3, 1, 2]}), caption="Too few to sort", id="few").html
    yield show(letters(), caption="Folded", id="folded", folded=True).html
    cells = pd.DataFrame({"row": [f"r{n}" for n in range(len(FIELDS))], "cell": pd.Series([case["cell"] for case in FIELDS], dtype=object)})
    yield show(cells, caption="Every kind of cell", id="cells").html
    for number, case in enumerate(SORTING):
        values = pd.to_datetime(pd.Series(case["values"])) if case.get("dates") else pd.Series(case["values"])
        yield show(pd.DataFrame({"row": [f"r{n}" for n in range(len(values))], "value": values}), caption=f"Sorting: {case['name']}", id=f"sort-{number}").html
    yield code_html([(1, CODE)])
    for name in SECTIONS:
        yield f'<h2 id="section-{name}">The {name}</h2>' + "<p>Words.</p>" * 40


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    root = tmp_path_factory.mktemp("script")
    (root / "data").mkdir()
    (root / "data" / "versions.csv").write_text("version_id,date_published\nv1,2024-10-06\n", encoding="utf-8")
    (root / "CITATION.cff").write_text("title: A tool\nversion: 1.0\nauthors:\n- name: Its makers\ndate-released: 2026-01-02\n", encoding="utf-8")
    (root / "pages").mkdir()
    headings = [Heading(1, "What is tried?", ""), *(Heading(2, f"The {name}", f"section-{name}") for name in SECTIONS)]
    page = Page("tried.html", "tried.ipynb", "Tried", "What is tried?", headings, list(blocks()), cells=1)
    assert check_links([page], ["index.html", "tried.html"]) == []
    write_site([page], root, root / "data", root / "pages")
    return root / "pages"


@pytest.fixture
def visit(browser, folder):  # noqa: F811
    opened = []

    def visit(anchor="", width=1280, height=900, before=None, **how):
        context = browser.new_context(viewport={"width": width, "height": height}, offline=True, reduced_motion="reduce", accept_downloads=True, **how)
        opened.append(context)
        page = context.new_page()
        page.heard = []
        page.on("request", lambda request: page.heard.append(request.url.partition(":")[0]))
        page.on("console", lambda message: page.heard.append(message.text))
        page.on("pageerror", lambda error: page.heard.append(str(error)))
        if before:
            page.add_init_script(before)
        page.goto((folder / "tried.html").as_uri() + anchor)
        return page

    yield visit
    for context in opened:
        context.close()


def column(page, table, place=0):
    """The cells of a column, in the order in which they stand, of the rows that are seen."""
    rows = f"#{table} tbody > tr:not(.more):not([hidden])"
    return page.eval_on_selector_all(rows, f"rows => rows.map(row => row.cells[{place}].textContent)")


def pasted(page):
    """What was copied, put into a field of the page as a reader would."""
    page.evaluate("document.querySelector('footer').append(Object.assign(document.createElement('textarea'), { id: 'paste' }))")
    page.focus("#paste")
    page.keyboard.press("ControlOrMeta+v")
    return page.input_value("#paste")


# The one script


def test_the_policy_names_the_script_and_nothing_else(folder):
    for file in ("tried.html", "index.html"):
        html = (folder / file).read_text(encoding="utf-8")
        script = re.findall(r"<script>(.*?)</script>", html, re.S)
        assert script == [site_script()] and html.count("<script") == 1
        digest = b64encode(hashlib.sha256(script[0].encode()).digest()).decode()
        assert re.search(r'Content-Security-Policy" content="([^"]*)"', html)[1] == policy(script[0])
        assert re.findall(r"script-src ([^;]*);", policy(script[0])) == [f"'sha256-{digest}'"]


def test_the_script_is_every_file_by_name_in_a_block_of_its_own():
    template = Path(site_script.__code__.co_filename).parent / "template"
    names = [path.name for folder in (template, template.parents[1] / "page") for path in sorted(folder.glob("*.js"))]
    assert re.findall(r"^\{ // (\S+)$", site_script(), re.M) == names and names[0] == "basics.js"
    assert len(site_script().encode()) < 30_000 and "</script" not in site_script() and "\r" not in site_script()


@pytest.mark.parametrize(
    ("sentences", "ids"),
    [
        (["The letter of <data value=\"1\">one</data> man", "The letter of <data value=\"2\">two</data> man"], ["finding-the-letter-of-man", "finding-the-letter-of-man-2"]),
        (['In <time datetime="2024-10-06">6 October 2024</time>, <span class="value">Kim</span> &amp; Xi’s friends'], ["finding-in-kim-xis-friends"]),
        (["One two three four five six seven eight nine"], ["finding-one-two-three-four-five-six-seven-eight"]),
        (["존경하는"], ["finding-part"]),
    ],
)
def test_a_finding_is_named_by_its_words_without_its_numbers(sentences, ids):
    found = anchored(['<table id="finding-taken"></table>', *(f'<p class="say">{sentence}</p>' for sentence in sentences)])
    assert found[0] == '<table id="finding-taken"></table>'
    assert [re.match(r'<p class="say" id="([^"]+)">', block)[1] for block in found[1:]] == ids


def test_an_anchor_that_is_taken_is_not_given_twice():
    assert anchored(['<p class="say">Taken</p>', '<i id="finding-taken">'])[0] == '<p class="say" id="finding-taken-2">Taken</p>'


# Without it


@in_browser
def test_the_page_is_whole_without_the_script(visit):
    page = visit("#finding-the-page-holds-letters-2", java_script_enabled=False)
    assert page.locator("button, input, .tools, .filter").count() == 0
    assert page.locator("#letters tbody > tr:not(.more)").count() == ROWS == len(page.locator("#letters .more").all())
    assert page.locator(":target").text_content() == "The page holds 3 letters."
    assert page.locator("nav.contents a[aria-current]").count() == 0


@in_browser
def test_with_it_no_request_leaves_and_nothing_is_said_on_the_console(visit):
    page = visit()
    assert page.locator("button").count() > 50
    page.locator("#letters .sort").first.click()
    page.locator("#letters").get_by_role("button", name="Copy link").click()
    assert page.heard == ["file", "data"] or page.heard == ["file"]


# Tables


@in_browser
def test_columns_sort_by_what_they_hold(visit):
    page, found = visit(), {}
    for number, case in enumerate(SORTING):
        button = page.locator(f"#sort-{number} .sort").last
        for way in ("up", "down", "again"):
            button.click()
            found[case["name"], way] = [int(row[1:]) for row in column(page, f"sort-{number}")]
    for case in SORTING:
        asked = {"up": case["up"], "down": case["down"], "again": list(range(len(case["values"])))}
        assert {way: found[case["name"], way] for way in asked} == asked, case["name"]


@in_browser
def test_a_heading_sorts_by_keyboard_and_says_so(visit):
    page = visit()
    head = page.locator("#letters thead th").nth(1)
    head.locator("button").focus()
    said = []
    for key, way in (("Enter", "ascending"), ("Space", "descending"), ("Enter", None)):
        page.keyboard.press(key)
        assert head.get_attribute("aria-sort") == way
        page.wait_for_timeout(100)
        said.append(page.locator("main > [role=status]").text_content())
    assert said == ["Sorted by day, ascending", "Sorted by day, descending", "In the order of the page"]
    assert page.evaluate("document.activeElement.textContent") == "day"
    page.locator("#letters .sort").first.click()
    assert page.locator("#letters th[aria-sort]").count() == 1


@in_browser
def test_rows_that_are_alike_keep_their_order_and_take_their_evidence_along(visit):
    page, table = visit(), letters()
    page.locator("#letters .sort").first.click()
    inside = page.eval_on_selector_all("#letters tbody > tr:not(.more)", "rows => rows.map(r => r.nextElementSibling.querySelector('dd').textContent)")
    expected = table.sort_values("to", kind="stable")["as printed"].str.replace("\n", "")
    assert inside == expected.tolist()


@in_browser
def test_a_table_of_few_rows_is_left_as_it_is(visit):
    page = visit()
    assert page.locator("#few .sort, #few input").count() == 0 and page.locator("#few").get_by_role("button", name="Download CSV").count() == 1
    assert page.locator("#sort-0 .sort").count() == 2 and page.locator("#sort-0 input").count() == 0


@in_browser
@pytest.mark.parametrize(
    ("typed", "seen"),
    [("", range(ROWS)), ("putin", range(1, ROWS, 3)), ("  SISOULITH   letter ", [2, 5, 8]), ("letter 7", [7]), ("cafe", [11]), ("존경하", [11]),
     ("존겨", [11]), ('"QUOTES"', range(ROWS - 1)), ("nobody", []), ("no entry", [11]), ("evidence", [])],
)
def test_a_filter_looks_at_the_row_and_its_evidence(visit, typed, seen):
    page, words = visit(), [f"{n * 100:,}" for n in seen]
    field = page.get_by_label("Filter the rows: Letters, one by one")
    field.fill(typed)
    assert column(page, "letters", 2) == words
    assert page.locator("#letters .more:not([hidden])").count() == len(words)
    assert page.locator("#letters .filter [role=status]").text_content() == (f"{len(words)} of {ROWS} rows" if typed else f"{ROWS} rows")
    field.press("Escape")
    assert field.input_value() == "" and len(column(page, "letters")) == ROWS


@in_browser
def test_a_link_to_a_row_that_is_filtered_out_brings_it_back(visit):
    page = visit()
    page.evaluate("document.querySelectorAll('#letters tbody tr')[8].id = 'wanted'")
    page.get_by_label("Filter the rows: Letters, one by one").fill("nobody")
    assert page.locator("#wanted").is_hidden()
    page.evaluate("location.hash = 'wanted'")
    page.wait_for_timeout(100)
    assert page.locator("#wanted").is_visible() and len(column(page, "letters")) == ROWS


# Files


def saved(page, table):
    """The bytes of a downloaded table, and the name under which it arrives."""
    with page.expect_download() as waiting:
        page.locator(f"#{table}").get_by_role("button", name="Download CSV").click()
    return Path(waiting.value.path()).read_bytes(), waiting.value.suggested_filename


@in_browser
def test_a_table_arrives_whole_as_a_file(visit):
    """Every row and the evidence, in the order of the page, whatever is sorted or filtered; read back by pandas."""
    page, table = visit(), letters()
    page.locator("#letters .sort").last.click()
    page.get_by_label("Filter the rows: Letters, one by one").fill("putin")
    raw, name = saved(page, "letters")
    assert name == "tried-letters.csv" and not raw.startswith(b"\xef\xbb\xbf")
    read = pd.read_csv(io.BytesIO(raw), parse_dates=["day"])
    pd.testing.assert_frame_equal(read, table, check_dtype=False)
    assert [heard for heard in page.heard if heard not in ("file", "data", "blob")] == []


@in_browser
def test_every_kind_of_cell_in_a_file(visit):
    raw, _ = saved(visit(), "cells")
    text = raw.decode("utf-8")
    assert text.endswith("\r\n") and text.count("\r\n") == len(FIELDS) + 1
    rows = list(csv.reader(io.StringIO(text, newline=""), strict=True))
    assert rows[0] == ["row", "cell"]
    assert [row[1] for row in rows[1:]] == [case["field"] for case in FIELDS]


# Links, citations, code


@in_browser
def test_the_link_to_a_finding_leads_to_it(visit):
    page = visit()
    finding = page.locator("#finding-the-page-holds-letters")
    button = finding.get_by_role("button", name="Copy link: The page holds 12 letters.")
    assert float(button.evaluate("b => getComputedStyle(b.parentElement).opacity")) == 0
    finding.hover()
    assert float(button.evaluate("b => getComputedStyle(b.parentElement).opacity")) == 1
    button.click()
    page.wait_for_timeout(150)
    assert button.text_content() == "Copied"
    assert page.locator("main > [role=status]").text_content() == "Copied the link"
    page.goto(pasted(page))
    assert page.locator(":target").get_attribute("id") == "finding-the-page-holds-letters"


ABOUT = r"Its makers \(2026\)\. A tool\. Version 1\.0\. Data: version [0-9a-f]{12}, last publication 6 October 2024\."


@in_browser
@pytest.mark.parametrize(
    ("where", "cited"),
    [
        ("#finding-the-page-holds-letters", f"“The page holds 12 letters.” {ABOUT} tried.html#finding-the-page-holds-letters"),
        ("#letters", f"Table: “Letters, one by one”. {ABOUT} tried.html#letters"),
        ("footer", f"“What is tried?” {ABOUT} tried.html"),
    ],
)
def test_a_citation_names_the_words_the_tool_the_data_and_the_place(visit, where, cited):
    page = visit()
    button = page.locator(where).get_by_role("button", name="Copy citation")
    button.focus()
    page.keyboard.press("Enter")
    page.wait_for_timeout(100)
    assert re.fullmatch(cited.replace("?”", r"\?”"), pasted(page))


@in_browser
def test_code_is_copied_as_it_stands(visit):
    page = visit()
    page.locator("details.code summary").click()
    page.get_by_role("button", name="Copy the code: Code of cell 1").click()
    assert pasted(page) == CODE + "\n"


@in_browser
def test_without_a_clipboard_the_old_way_copies(visit):
    page = visit(before="Object.defineProperty(navigator, 'clipboard', { value: undefined })")
    page.locator("#few").get_by_role("button", name="Copy link").click()
    assert page.evaluate("document.activeElement.textContent") == "Copied"
    assert pasted(page).endswith("/tried.html#few") and page.locator(".by-hand").count() == 0


@in_browser
def test_where_copying_is_refused_the_text_stands_there_selected(visit):
    page = visit(before="Object.defineProperty(navigator, 'clipboard', { value: undefined }); document.execCommand = () => false;")
    page.locator("#few").get_by_role("button", name="Copy link").click()
    assert page.evaluate("getSelection().toString()").endswith("/tried.html#few")
    page.wait_for_timeout(100)
    assert page.locator("main > [role=status]").text_content() == "Press Ctrl and C to copy the link"
    page.keyboard.press("Tab")
    assert page.locator(".by-hand").count() == 0


# Contents, paper, fingers


@in_browser
def test_the_contents_list_follows(visit):
    page, current = visit(), lambda: page.locator("nav.contents a[aria-current]").all_text_contents()
    assert current() == []
    for name in [*SECTIONS, "first"]:
        # A jump into the section: its heading is never seen in the window.
        page.evaluate(f"scrollTo(0, document.getElementById('section-{name}').offsetTop + 300)")
        page.wait_for_timeout(150)
        assert current() == [f"The {name}"]
        assert page.evaluate("document.activeElement === document.body")
    page.evaluate("scrollTo(0, 0)")
    page.wait_for_timeout(150)
    assert current() == []


@in_browser
def test_paper_has_every_row_and_nothing_to_press(visit):
    page = visit()
    page.get_by_label("Filter the rows: Letters, one by one").fill("nobody")
    page.locator("#letters .sort").first.click()
    page.emulate_media(media="print")
    assert page.locator("#letters tbody tr:visible").count() == 2 * ROWS
    assert page.locator(".tools:visible, .filter:visible, input:visible").count() == 0
    assert page.locator("#letters thead th").first.inner_text() == "to"
    # As a button it would be missing in the head that is repeated on the next sheet.
    assert page.locator("#letters .sort").first.evaluate("b => getComputedStyle(b).display") == "contents"


@in_browser
@pytest.mark.parametrize("width", [320, 1280])
def test_what_is_pressed_is_large_enough_for_a_finger(visit, width):
    page = visit(width=width, has_touch=True)
    page.evaluate("document.querySelectorAll('details').forEach(d => d.open = true)")
    sizes = page.eval_on_selector_all("button, input", "all => all.map(e => e.getBoundingClientRect()).map(r => [r.width, r.height])")
    assert min(height for _, height in sizes) >= 24 and min(wide for wide, _ in sizes) >= 24
    assert page.evaluate("document.documentElement.scrollWidth") <= width
