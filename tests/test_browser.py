"""The pages in a real browser: nothing leaves them, nothing runs in them, and everybody can read them."""

import os
import re
import shutil
from io import BytesIO
from pathlib import Path

import pandas as pd
import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import sync_playwright
from pypdf import PdfReader

from comity.report.build import build_report, find_texts
from comity.report.failures import report_failures
from comity.report.outputs import kind

ROOT = Path(__file__).parent.parent
FOLDERS = {"sample": Path(__file__).parent / "cases" / "notebooks" / "good", "ours": ROOT / "notebooks"}
PAGES = [(name, f"{path.stem}.html") for name, folder in FOLDERS.items() for path in [*sorted(folder.glob("*.ipynb")), *find_texts(folder)]]
PAGES += [(name, "index.html") for name, folder in FOLDERS.items() if any(folder.glob("*.ipynb"))]
BROWSERS = ["chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome"]
FLAGS = ["--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
         "--disable-component-update", "--disable-sync"]
SIZES = [(1280, 900), (360, 740)]

pytestmark = [pytest.mark.browser, pytest.mark.slow]
every_page = pytest.mark.parametrize(("site", "file"), PAGES, ids=[f"{name}-{file}" for name, file in PAGES])


@pytest.fixture(scope="module")
def browser():
    path = next(filter(None, map(shutil.which, BROWSERS)), None)
    if path is None:
        reason = f"no browser: none of {', '.join(BROWSERS)} is installed (Debian: apt install chromium)"
        (pytest.fail if os.environ.get("COMITY_REQUIRE_BROWSER") else pytest.skip)(reason)
    with sync_playwright() as playwright:
        launched = playwright.chromium.launch(executable_path=path, args=FLAGS)
        yield launched
        launched.close()


@pytest.fixture(scope="session")
def sites(tmp_path_factory):
    """Each folder of notebooks built once, when it is first asked for: the pages and the executed notebooks."""
    made = {}

    def site(name):
        if name not in made:
            out, runs = tmp_path_factory.mktemp(name) / "pages", {}
            report = build_report(FOLDERS[name], out, ROOT / "data", on_done=lambda run, *_: runs.update({f"{run.path.stem}.html": run}))
            made[name] = (out, runs, report.failures)
        out, runs, failures = made[name]
        assert not failures, report_failures(list(failures))
        return out, runs

    return site


@pytest.fixture
def visit(browser, sites):
    """Open a page from the disk, offline, in a window of its own."""
    opened = []

    def visit(site, file, width=1280, height=900, scheme="light", bypass_csp=False):
        context = browser.new_context(viewport={"width": width, "height": height}, color_scheme=scheme, offline=True,
                                      reduced_motion="reduce", bypass_csp=bypass_csp)
        opened.append(context)
        page = context.new_page()
        page.heard = []
        page.on("request", lambda request: page.heard.append(f"request: {request.url}"))
        page.on("console", lambda message: page.heard.append(f"console: {message.text}"))
        page.on("pageerror", lambda error: page.heard.append(f"error: {error}"))
        page.goto((sites(site)[0] / file).as_uri())
        return page

    yield visit
    for context in opened:
        context.close()


def open_everything(page):
    page.evaluate("document.querySelectorAll('details').forEach(d => d.open = true)")


@every_page
def test_nothing_is_asked_for_but_the_page_itself(visit, site, file):
    page = visit(site, file)
    open_everything(page)
    page.wait_for_timeout(200)
    assert [heard for heard in page.heard if not heard.startswith("request: data:")] == [f"request: {page.url}"]


RUN = """() => {
  const script = document.createElement('script');
  script.textContent = 'window.itRan = true';
  document.body.append(script);
  const picture = document.createElement('div');
  picture.innerHTML = '<img src="x:y" onerror="window.itRan = true"><a href="javascript:void(window.itRan = true)" onclick="window.itRan = true">x</a>';
  document.body.append(picture);
  picture.querySelector('a').click();
}"""


@every_page
def test_no_script_runs_but_the_one_of_the_page(visit, site, file):
    page = visit(site, file)
    policy = page.locator('meta[http-equiv="Content-Security-Policy"]').get_attribute("content")
    assert re.match(r"default-src 'none'; script-src 'sha256-[A-Za-z0-9+/]{43}=';", policy) and policy.count("script-src") == 1
    assert page.locator("script").count() == 1 and page.locator("footer .tools").count() == 1
    page.evaluate(RUN)
    page.wait_for_timeout(200)
    assert page.evaluate("window.itRan") is None
    free = visit(site, file, bypass_csp=True)  # the same without the policy: the trial itself works
    free.evaluate(RUN)
    assert free.evaluate("window.itRan") is True


@every_page
def test_structure(visit, site, file):
    page = visit(site, file)
    assert page.evaluate("document.documentElement.lang") == "en"
    assert page.evaluate("document.compatMode") == "CSS1Compat"
    assert [page.locator(tag).count() for tag in ("h1", "main", "header.site", "footer.site", "nav[aria-label=Pages]")] == [1] * 5
    assert page.title().strip()
    assert page.evaluate("[...document.querySelectorAll('svg')].every(s => s.getAttribute('aria-label').length > 20)")
    assert page.evaluate("[...document.querySelectorAll('th')].every(t => t.scope)")
    assert page.evaluate("[...document.querySelectorAll('table')].every(t => t.caption && t.caption.textContent.trim())")
    assert (page.evaluate("document.documentElement.outerHTML.length")) < 1_000_000


# An element in another language says so; code and the outlines of a figure are not prose.
UNMARKED = r"""() => {
  const foreign = /[\p{Script=Hangul}\p{Script=Han}\p{Script=Cyrillic}\p{Script=Hiragana}\p{Script=Katakana}]/u;
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT), found = [];
  while (walker.nextNode()) {
    const at = walker.currentNode.parentElement;
    if (foreign.test(walker.currentNode.data) && !at.closest('pre') && at.closest('[lang]').lang === 'en') found.push(walker.currentNode.data);
  }
  return found;
}"""


@every_page
def test_foreign_words_name_their_language(visit, site, file):
    assert visit(site, file).evaluate(UNMARKED) == []


@every_page
@pytest.mark.parametrize("width", [320, 360, 768])
def test_a_phone_scrolls_in_one_direction(visit, site, file, width):
    page = visit(site, file, width)
    for _ in range(2):
        assert page.evaluate("document.documentElement.scrollWidth") <= width
        open_everything(page)


@every_page
@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize(("width", "height"), SIZES)
def test_axe_finds_nothing(visit, site, file, scheme, width, height):
    page = visit(site, file, width, height, scheme, bypass_csp=True)
    open_everything(page)
    found = Axe().run(page)
    assert found.violations_count == 0, found.generate_report()


@every_page
def test_inside_links_arrive(visit, sites, site, file):
    folder, page = sites(site)[0], visit(site, file)
    hrefs = set(page.eval_on_selector_all("a[href]", "links => links.map(a => a.getAttribute('href'))"))
    inside = sorted(href for href in hrefs if not re.match("https?:", href))
    assert "index.html" in inside and "#main" in inside
    for href in inside:
        target, _, anchor = href.partition("#")
        html = (folder / (target or file)).read_text(encoding="utf-8")
        assert not anchor or html.count(f' id="{anchor}"') == 1, href


@every_page
def test_the_number_in_a_sentence_leads_to_its_table(visit, site, file):
    page = visit(site, file)
    for link in page.locator("a.evidence[href^='#']").all():
        link.click()
        assert page.evaluate("document.querySelector(':target').getBoundingClientRect().top") < 900
        assert page.locator(":target table, :target svg").first.is_visible()


@every_page
def test_every_sentence_stands_on_its_page(visit, sites, site, file):
    run = sites(site)[1].get(file)
    if run is None:
        return
    said = [output.data["text/plain"] for cell in run.notebook.cells for output in cell.get("outputs", []) if kind(output) == "sentence"]
    page = visit(site, file)
    written = " ".join(page.locator("main").text_content().split())
    assert said and [sentence for sentence in said if " ".join(sentence.split()) not in written] == []


@every_page
def test_every_table_can_be_had_as_a_file(visit, site, file):
    page = visit(site, file)
    open_everything(page)
    for button in page.get_by_role("button", name="Download CSV").all():
        with page.expect_download() as waiting:
            button.click()
        read = pd.read_csv(waiting.value.path(), dtype=str, keep_default_na=False)
        table = button.locator("xpath=(ancestor::*[.//table])[last()]").locator("table").first
        assert [len(read), *read.columns[:1]] == [table.locator("tbody > tr:not(.more)").count(), table.locator("th").first.inner_text()]
        assert not [cell for cell in read.to_numpy().ravel() if re.match(r"[=+@\t\r]|-(?![\d.])", cell)]


@every_page
def test_paper_has_the_evidence_and_no_menus(visit, site, file):
    page = visit(site, file)
    page.emulate_media(media="print")
    hidden = "() => [...document.querySelectorAll('main .more dl, main .fold table, footer li')].filter(e => !e.checkVisibility()).length"
    assert page.evaluate(hidden) == 0
    assert page.evaluate("[...document.querySelectorAll('nav, details.code, .skip')].filter(e => e.checkVisibility() && e.innerText).length") == 0
    assert len(page.pdf()) > 5_000


# The words that are folded on screen; not those that are for screen readers only.
FOLDED = "[...document.querySelectorAll('details:not([open]) dd:not(:has(.hidden))')].filter(e => !e.checkVisibility()).map(e => e.textContent)"


@pytest.mark.parametrize("sheet", [{"format": "A4"}, {"width": "105mm", "height": "148mm"}], ids=["A4", "A6"])
def test_every_sheet_has_its_number_and_what_is_folded_is_printed(visit, sheet):
    page = visit("sample", "01-good.html")
    folded = page.evaluate(FOLDED)
    assert {"Здравствуйте", "good day", "example.org/b"} <= set(folded)
    sheets = [sheet.extract_text() for sheet in PdfReader(BytesIO(page.pdf(**sheet))).pages]
    assert len(sheets) > 1
    for number, text in enumerate(sheets, start=1):
        assert f"{number} of {len(sheets)}" in [line.strip() for line in text.splitlines()]
    printed = "".join("".join(sheets).split())
    assert [words for words in folded if "".join(words.split()) not in printed] == []


@every_page
def test_the_keyboard_reaches_and_shows_everything(visit, site, file):
    page = visit(site, file)
    open_everything(page)
    scrollers = page.evaluate("[...document.querySelectorAll('.scroll, pre')].filter(e => e.tabIndex !== 0).length")
    assert scrollers == 0
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.className") == "skip"
    while page.evaluate("document.activeElement !== document.body"):
        ring = page.evaluate("getComputedStyle(document.activeElement).outlineStyle")
        assert ring != "none", page.evaluate("document.activeElement.outerHTML.slice(0, 80)")
        page.keyboard.press("Tab")
