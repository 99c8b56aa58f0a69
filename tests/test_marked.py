"""A text with its forms of address marked: every character as received, every mark with its words, in every light."""

import ast
import json
import re
from pathlib import Path

import nbformat
import pandas as pd
import pytest
from axe_playwright_python.sync_playwright import Axe
from bs4 import BeautifulSoup
from hypothesis import given
from hypothesis import strategies as st
from test_browser import browser  # noqa: F401  (a fixture)

import comity
from comity.corpus.vocabularies import FORMS, FRAMES, ROLES
from comity.errors import ClaimError
from comity.page import say, show, show_text
from comity.page.outputs import marked_style
from comity.page.text import plain
from comity.report.build import build_report

ROOT = Path(__file__).parents[1]
CASES = Path(__file__).parent / "cases"
ARCHIVE = ROOT.parent / "shared" / "kcna" / "headlines_2024-11-11.json"
HOSTILE = json.loads((CASES / "page" / "hostile.json").read_text(encoding="utf-8"))
COLUMNS = ["part", "start", "end", "matched", "frame", "role"]
DEAR = {"part": "text", "start": 0, "end": 11, "matched": "Dear friend", "frame": "letter", "role": "recipient"}


def cases(name):
    found = json.loads((CASES / "marked" / f"{name}.json").read_text(encoding="utf-8"))
    return [pytest.param(case, id=case["label"]) for case in found]


def table(rows, columns=COLUMNS):
    return pd.DataFrame(rows) if rows else pd.DataFrame(columns=columns)


def shown(case):
    frames = None if case["frames"] is None else pd.DataFrame(case["frames"])
    return show_text(case["text"], table(case["mentions"]), frames, headline=case["headline"], caption="A text", id="t",
                     language=case.get("language", "en"))


def soup(output):
    page = BeautifulSoup(output._repr_html_(), "html.parser", preserve_whitespace_tags={"p"})
    for end in page.find_all("br"):
        end.replace_with("\n")
    return page


def words(node):
    return " ".join(node.get_text().split())


def seen_text(page):
    return "".join(said.get_text() for said in page.find_all(class_="said"))


@pytest.mark.parametrize("case", cases("shown"))
class TestShown:
    def test_no_character_is_lost_or_added(self, case):
        assert seen_text(soup(shown(case))) == case["headline"] + case["text"]

    def test_each_voice_stands_by_itself_and_says_whose_it_is(self, case):
        voices = soup(shown(case)).find_all(class_="voice")
        found = [[" ".join(v["class"][1:]), words(v.find(class_="who")), v.find(class_="said").get_text()] for v in voices]
        assert found == case["voices"]

    def test_each_mark_is_told_in_words(self, case):
        marks = soup(shown(case)).find_all("a", class_="mark")
        found = [[a.get_text(), " ".join(a.span["class"][1:]), a.get("data-tag", "").replace("\xa0", " "), a["title"]]
                 for a in marks]
        assert found == case["marks"]

    def test_the_key_names_what_occurs_and_nothing_else(self, case):
        assert soup(shown(case)).find(class_="key").get_text() == case["key"]

    def test_the_table_below(self, case):
        rows = soup(shown(case)).select("tbody tr")
        assert [[words(cell) for cell in row.find_all(["th", "td"])] for row in rows] == case["rows"]

    def test_in_a_terminal(self, case):
        assert str(shown(case)).split("\n") == ["A text", *case["terminal"]]


def test_a_mark_leads_to_its_row_and_the_row_back_without_a_script():
    page = soup(shown(cases("shown")[0].values[0]))
    for number, mark in enumerate(page.find_all("a", class_="mark"), 1):
        row = page.find("tr", id=mark["href"].removeprefix("#"))
        assert words(row.th) == f"{number} {mark.get_text()}"
        assert page.find(id=row.th.a["href"].removeprefix("#")) is mark


def test_the_key_is_made_of_the_marks_that_it_explains():
    page = soup(shown(cases("shown")[0].values[0]))
    assert [(s["class"][1:], s.get_text()) for s in page.find(class_="key").find_all("span")] == [
        (["r-recipient", "f-none"], "the recipient"), (["r-sender", "f-none"], "the sender"),
        (["r-none", "f-headline"], "the headline"), (["r-none", "f-letter"], "the letter")]


def test_every_role_and_frame_has_a_look_of_its_own():
    css = marked_style()
    names = [*(f".r-{role}" for role in ROLES), *(f".f-{frame}" for frame in FRAMES)]
    assert [name for name in names if f"{name} {{" not in css] == []
    styles = [re.search(rf"\.f-{frame} {{ text-decoration-style: (\w+)", css)[1] for frame in FRAMES]
    assert len(set(styles)) == len(FRAMES)


def luminance(colour):
    parts = (int(colour[place : place + 2], 16) / 255 for place in (1, 3, 5))
    linear = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one, other):
    light, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


# The papers of the page and of JupyterLab's two themes, and the inks on them.
PAPERS = {"light": ["#fffdf9", "#ffffff"], "dark": ["#161719", "#111111"]}
INKS = {"light": "#1d1b19", "dark": "#e6e2da"}


@pytest.mark.parametrize("theme", PAPERS)
def test_the_colours_can_be_read(theme):
    """The tag behind a mark stands on the paper, the words of a mark on its tint; no tool measures a drawn tag."""
    pairs = re.findall(r"--([\w-]+): light-dark\((#\w+), (#\w+)\)", marked_style())
    colours = {name: pair[theme == "dark"] for name, *pair in pairs}
    tints = [colour for name, colour in colours.items() if name.endswith("-tint")]
    tags = [colour for name, colour in colours.items() if not name.endswith("-tint")]
    assert len(tints) == len(tags) == 3
    assert min(contrast(tag, paper) for tag in tags for paper in PAPERS[theme]) >= 4.5
    assert min(contrast(INKS[theme], tint) for tint in tints) >= 7
    assert min(contrast(tag, tint) for tag, tint in zip(tags, tints, strict=True)) >= 3


def test_it_has_the_caption_the_anchor_and_the_source_of_a_figure():
    output = show_text("Dear friend", pd.DataFrame([DEAR]), caption=say("Line {n}", n=1),
                       source="A chest, https://example.org/a?b&c.")
    page = soup(output)
    assert page.figure["id"] == "line-1" and page.figcaption.get_text() == "Line 1"
    assert page.find(class_="source").get_text() == "A chest, example.org/a?b&c."
    assert page.find(class_="source").a["href"] == "https://example.org/a?b&c"
    assert page.table.caption.get_text() == "The forms of address, one by one"
    assert [page.find(id=name).get_text() for name in page.find(role="region")["aria-labelledby"].split()] == [
        "The forms of address, one by one", "Line 1"]
    data, metadata = output._repr_mimebundle_()
    assert metadata == {"comity": "text"} and marked_style() in data["text/html"] and "style=" not in output.html


def test_languages_are_named():
    korean, english = (soup(shown(case.values[0])) for case in cases("shown")[-4:-2])
    assert {tag["lang"] for tag in korean.find_all(lang=True)} == {"ko"}
    assert korean.find(class_="said")["lang"] == "ko" and korean.tbody.th.find(lang="ko")
    assert english.find(class_="said")["lang"] == "en" and english.find(class_="said").find(lang="ko").get_text() == "존경하는"
    assert english.tbody.th.find(lang="ko").get_text() == "존경하는"


def test_a_table_read_from_a_file_may_have_blanks_and_numbers_with_a_point():
    rows = pd.DataFrame([DEAR | {"honoree": None, "form": float("nan"), "start": 0.0, "end": 11.0, "epithet": pd.NA}])
    assert soup(show_text("Dear friend", rows, caption="A text")).mark is None
    assert str(show_text("Dear friend", rows, caption="A text")).endswith("1 | Dear friend | the recipient | the letter | – | –")


def test_rows_in_any_order_are_numbered_in_the_order_of_the_text():
    rows = pd.DataFrame([DEAR | {"start": 12, "end": 15, "matched": "Bob"}, DEAR, DEAR | {"part": "headline"}])
    page = soup(show_text("Dear friend Bob", rows, caption="A text", headline="Dear friend"))
    assert [(a["data-tag"][0], a.get_text()) for a in page.find_all("a", class_="mark")] == [
        ("1", "Dear friend"), ("2", "Dear friend"), ("3", "Bob")]


@pytest.mark.parametrize("case", cases("refused"))
def test_refused(case):
    mentions = [DEAR | row for row in (case.get("mention"), case.get("other")) if row]
    frames = pd.DataFrame([{"part": "text", "frame": "letter"} | case["sentence"]]) if "sentence" in case else None
    with pytest.raises(ClaimError) as caught:
        show_text(case.get("change", case["text"]), pd.DataFrame(mentions, columns=COLUMNS + ["form"], dtype=object), frames,
                  caption="A text")
    assert [part for part in case["error"] if part not in str(caught.value)] == [], str(caught.value)


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        ({"caption": ""}, "has no caption"),
        ({"caption": "Line 1"}, "has 1 typed into it"),
        ({"id": "a b"}, "cannot be an id"),
        ({"language": "Korean language"}, "needs the code of its language"),
        ({"language": None}, "needs the code of its language"),
        ({"text": None}, "its text is a NoneType"),
        ({"headline": 3}, "its headline is a int"),
        ({"text": " \n"}, "has no text"),
        ({"mentions": [DEAR]}, "the mentions are a list. Pass a table"),
        ({"mentions": pd.DataFrame([DEAR]).drop(columns=["end", "role"])}, "no column end, role. They have: part, start"),
        ({"mentions": pd.DataFrame()}, "They have: none"),
        ({"mentions": pd.concat([pd.DataFrame([DEAR])] * 2, axis=1)}, "two columns of one name"),
        ({"mentions": pd.DataFrame([DEAR | {"version_id": "a"}, DEAR | {"version_id": "b"}])}, "of 2 texts (“a”, “b”)"),
        ({"frames": pd.DataFrame([DEAR])}, "the frames have no column sentence"),
    ],
)
def test_what_show_text_refuses(arguments, message):
    given_ = {"text": "Dear friend", "mentions": pd.DataFrame([DEAR]), "caption": "A text"} | arguments
    with pytest.raises(ClaimError, match=re.escape(message)):
        show_text(**given_)


def test_the_tables_are_left_alone():
    mentions, frames = pd.DataFrame([DEAR]), pd.DataFrame([DEAR | {"sentence": "Dear friend"}])
    before = mentions.copy(deep=True), frames.copy(deep=True)
    show_text("Dear friend", mentions, frames, caption="A text")
    pd.testing.assert_frame_equal(mentions, before[0])
    pd.testing.assert_frame_equal(frames, before[1])


def test_a_table_is_still_shown_by_show():
    assert show(pd.DataFrame([DEAR]), caption="A table", source="https://example.org").kind == "table"


# What others have written is only ever text

TAGS = set("figure figcaption p div span bdi a br table caption thead tbody tr th td".split())
ATTRIBUTES = set("class id lang dir href rel title data-tag scope role tabindex aria-labelledby aria-hidden".split())


@pytest.mark.parametrize("language", ["en", "ko"])
@pytest.mark.parametrize("text", HOSTILE, ids=lambda text: ascii(text)[:30])
def test_hostile_text_stays_text(text, language):
    row = {"part": "text", "start": 2, "end": 2 + len(text), "matched": text, "frame": "letter", "role": "sender",
           "form": "reference", "honoree": text, "epithet": text, "name": text}
    whole = f"x {text} y"
    frames = pd.DataFrame([{"part": "text", "start": 0, "end": len(whole), "sentence": whole, "frame": "letter", "sender": text}], dtype=object)
    output = show_text(whole, pd.DataFrame([row], dtype=object), frames, caption=say("{text}", text=text), headline=text, id="t", source=text,
                       language=language)
    page = soup(output)
    assert {tag.name for tag in page.find_all()} <= TAGS
    assert {name for tag in page.find_all() for name in tag.attrs} <= ATTRIBUTES
    assert all(re.match("#", a["href"]) for a in page.find_all("a"))
    assert not re.search("[\x00-\x08\x0b-\x1f\x7f\u200b\u202a-\u202e\u2066-\u2069\ufffe]", output.html)
    output.html.encode("utf-8")
    assert seen_text(page) == plain(text + whole)


@st.composite
def marked_texts(draw):
    """Any two parts, cut anywhere into sentences, with mentions anywhere."""
    anything = st.text(st.one_of(st.sampled_from("ab \n\t.\xa0한"), st.characters(exclude_categories=())), max_size=30)
    parts = {"headline": draw(anything), "text": "x" + draw(anything)}
    rows = {"mentions": [], "frames": []}
    for part, text in parts.items():
        for kind, column in (("mentions", "matched"), ("frames", "sentence")):
            cuts = sorted(draw(st.sets(st.integers(0, len(text)), max_size=8)))
            rows[kind] += [{"part": part, "start": start, "end": end, column: text[start:end],
                            "frame": draw(st.sampled_from(["", *FRAMES]))}
                           for start, end in zip(cuts[::2], cuts[1::2], strict=False)]
    for row in rows["mentions"]:
        row |= {"role": draw(st.sampled_from(["", *ROLES])), "form": draw(st.sampled_from(["", *FORMS])), "honoree": draw(anything)}
    return parts, rows


@given(marked_texts(), st.sampled_from(["en", "ko"]))
def test_the_text_that_is_seen_is_the_text_that_was_given(given_, language):
    parts, rows = given_
    output = show_text(parts["text"], table(rows["mentions"]), table(rows["frames"], [*COLUMNS, "sentence"]), caption="A text",
                       headline=parts["headline"], id="t", language=language)
    page = soup(output)
    assert seen_text(page) == plain(parts["headline"] + parts["text"])
    pieces = {}
    for mark in page.find_all("a", class_="mark"):
        pieces[mark["href"]] = pieces.get(mark["href"], "") + mark.get_text()
    assert list(pieces.values()) == [plain(row["matched"]) for row in rows["mentions"]]
    assert {len(page.select(each)) for each in ("a.mark[id]", "a.mark[data-tag]", "tbody tr")} == {len(pieces)}
    names = [tag["id"] for tag in page.find_all(id=True)]
    assert len(names) == len(set(names)) and {a["href"].removeprefix("#") for a in page.find_all("a")} <= set(names)


# Real stories


@pytest.mark.skipif(not ARCHIVE.is_file(), reason="the archive of stories is not here")
def test_every_message_story_of_an_archive_is_shown_character_by_character():
    stories = comity.read_archive(ARCHIVE).messages.rename(columns={"story_id": "version_id"})
    mentions, frames = comity.find_mentions(stories), comity.split_frames(stories)
    for story in stories.itertuples():
        own = (found[found["version_id"] == story.version_id] for found in (mentions, frames))
        output = show_text(story.text, *own, headline=story.headline, caption="A story")
        assert seen_text(soup(output)) == plain(story.headline + story.text)


@pytest.mark.skipif(not ARCHIVE.is_file(), reason="the archive of stories is not here")
def test_the_words_that_a_page_quotes_are_those_of_the_story():
    notebook = nbformat.read(ROOT / "notebooks" / "02-the-dropped-respected.ipynb", as_version=4)
    nodes = (node for cell in notebook.cells if cell.cell_type == "code" for node in ast.walk(ast.parse(cell.source)))
    quoted = {node.arg: node.value.value for node in nodes if isinstance(node, ast.keyword)
              and node.arg in ("headline", "text") and isinstance(node.value, ast.Constant)}
    stories = comity.read_archive(ARCHIVE).messages
    assert set(quoted) == {"headline", "text"} and len(quoted["text"].split()) < 40
    assert any(quoted["text"] in text for text in stories[stories["headline"] == quoted["headline"]]["text"])


# In a browser: all cases on one page, built as any page is


@pytest.fixture(scope="module")
def address(tmp_path_factory):
    folder = tmp_path_factory.mktemp("marked")
    cells = [nbformat.v4.new_markdown_cell("# How do marks look?"),
             nbformat.v4.new_code_cell(f"import pandas as pd\nfrom comity import show_text\nblank = pd.DataFrame(columns={COLUMNS})")]
    for number, case in enumerate(case.values[0] for case in cases("shown")):
        frames = "None" if case["frames"] is None else f"pd.DataFrame({case['frames']!r})"
        mentions = f"pd.DataFrame({case['mentions']!r})" if case["mentions"] else "blank"
        cells.append(nbformat.v4.new_code_cell(
            f"show_text({case['text']!r}, {mentions}, {frames}, headline={case['headline']!r}, id='case-{number}', "
            f"caption={case['label']!r}, language={case.get('language', 'en')!r})"))
    (folder / "notebooks").mkdir()
    nbformat.write(nbformat.v4.new_notebook(cells=cells), folder / "notebooks" / "marks.ipynb")
    built = build_report(folder / "notebooks", folder / "pages", ROOT / "data")
    assert not built.failures, built.failures
    return (folder / "pages" / "marks.html").as_uri()


@pytest.fixture
def visit(browser, address):
    opened = []

    def visit(width=1280, **options):
        size = {"width": width, "height": 800}
        opened.append(browser.new_context(viewport=size, offline=True, reduced_motion="reduce", **options))
        page = opened[-1].new_page()
        page.heard = []
        page.on("console", lambda message: page.heard.append(message.text))
        page.goto(address)
        return page

    yield visit
    for context in opened:
        context.close()


def in_a_browser(test):
    return pytest.mark.browser(pytest.mark.slow(test))


@in_a_browser
@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [1280, 360])
def test_axe_finds_nothing(visit, scheme, width):
    found = Axe().run(visit(width, color_scheme=scheme, bypass_csp=True))
    assert found.violations_count == 0, found.generate_report()


@in_a_browser
@pytest.mark.parametrize("width", [1280, 360, 320])
def test_no_sideways_scrolling_and_nothing_that_the_policy_forbids(visit, width):
    page = visit(width)
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    assert page.heard == []


@in_a_browser
def test_blanks_and_line_ends_are_drawn_as_received(visit):
    drawn = visit().evaluate("[...document.querySelectorAll('.said')].map(said => [...said.children].map(line => line.innerText))")
    received = [voice[2].removesuffix("\n").split("\n") for case in cases("shown") for voice in case.values[0]["voices"]]
    # A blank at either end of a line is on the page, but nobody can see it.
    assert [[line.strip(" \n") for line in lines] for lines in drawn] == [[line.strip(" ") for line in lines] for lines in received]


@in_a_browser
def test_the_keyboard_goes_to_the_row_and_back(visit):
    page = visit()
    page.locator("#case-0-mark-2").focus()
    page.keyboard.press("Enter")
    assert page.evaluate("document.querySelector(':target').id") == "case-0-row-2"
    page.keyboard.press("Tab")
    assert page.evaluate("getComputedStyle(document.activeElement).outlineStyle") != "none"
    page.keyboard.press("Enter")
    assert page.evaluate("document.querySelector(':target').id") == "case-0-mark-2"


LOOKS = """() => Object.fromEntries([...document.querySelectorAll('a.mark[data-tag]')].map(mark => [mark.getAttribute('href'),
  [getComputedStyle(mark.firstChild).textDecorationStyle, getComputedStyle(mark, '::after').content, mark.dataset.tag]]))"""


@in_a_browser
@pytest.mark.parametrize("media", [{}, {"media": "print"}, {"forced_colors": "active"}], ids=str)
def test_voice_and_role_are_seen_without_colour(visit, media):
    page = visit()
    page.emulate_media(**media)
    styles, looks = {"headline": "double", "agency": "dotted", "letter": "solid", "reported": "dashed"}, page.evaluate(LOOKS)
    for number, case in enumerate(case.values[0] for case in cases("shown")):
        for mention, row in enumerate(case["mentions"], 1):
            style, drawn, tag = looks[f"#case-{number}-row-{mention}"]
            assert (style, tag.replace("\xa0", " ")) == (styles[row["frame"]], f"{mention} {row['role']}".strip())
            assert tag in drawn
