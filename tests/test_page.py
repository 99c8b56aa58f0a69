"""The verbs of a page: what they say, what they refuse, and that nothing hostile gets through them."""

import csv
import datetime  # noqa: F401  (the cases name it)
import json
import re
from fractions import Fraction
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from bs4 import BeautifulSoup
from matplotlib.figure import Figure

from comity.errors import ClaimError
from comity.page import claim, phrase, provenance, say, show

CASES = Path(__file__).parent / "cases" / "page"
NAMES = {"np": np, "pd": pd, "datetime": datetime, "Fraction": Fraction, "phrase": phrase, "dict": dict, "float": float, "object": object}


def cases(name):
    found = json.loads((CASES / f"{name}.json").read_text(encoding="utf-8"))
    return [pytest.param(case, id=case["label"]) for case in found]


def value(expression):
    # Python 3.13 imports a module of its own where NumPy reads "NaT".
    return eval(expression, {"__builtins__": {"__import__": __import__}} | NAMES)


def soup(output):
    return BeautifulSoup(output._repr_html_(), "html.parser")


def check(case, speak):
    if "error" in case:
        with pytest.raises(ClaimError) as caught:
            speak()
        assert [part for part in case["error"] if part not in str(caught.value)] == [], str(caught.value)
        return
    said = speak()
    assert said.text == case.get("text", said.text)
    assert case.get("html", "") in said._repr_html_()


@pytest.mark.parametrize("case", cases("say"))
def test_say(case):
    check(case, lambda: say(case["sentence"], evidence=case.get("evidence"), **value(case["values"])))


@pytest.mark.parametrize("case", cases("claim"))
def test_claim(case):
    check(case, lambda: claim("A sentence.", value(case["left"]), case["relation"], value(case["right"])))


def test_a_claim_says_its_sides_where_it_names_them():
    said = claim("{who} wrote {left} letters, more than {right}.", 1200, ">", 3, who="Ada", evidence="letters")
    assert said.text == "Ada wrote 1,200 letters, more than 3."
    with pytest.raises(ClaimError, match="does not use other="):
        claim("{who} wrote.", 5, ">", 3, who="Ada", other="Berta")


def test_sentences_join_to_a_paragraph():
    both = say("{a} wrote.", a="Ada") + claim("{b} did too.", 1, "<", 2, b="Berta")
    assert both.text == "Ada wrote. Berta did too."
    assert soup(both).find_all("p")[0].get_text() == both.text
    assert len(soup(both).find_all("p")) == 1


def test_a_sentence_has_every_form_that_a_front_end_asks_for():
    said = say("{who} wrote *{n}* letters for $.", who="A_da", n=3)
    data, metadata = said._repr_mimebundle_()
    assert data["text/plain"] == repr(said) == "A_da wrote *3* letters for $."
    assert said._repr_markdown_() == r"A\_da wrote \*3\* letters for \$."
    assert data["text/html"] == said._repr_html_()
    assert metadata == {"comity": "sentence"}


@pytest.mark.parametrize(("words", "language"), [("", "ko"), ("존경", ""), ("존경", "Korean language"), ("존경", '"><b>')])
def test_a_phrase_needs_words_and_a_language(words, language):
    with pytest.raises(ClaimError):
        phrase(words, language)


# Tables

LETTERS = pd.DataFrame(
    {
        "writer": ["Ada", "Berta"],
        "letters": pd.array([1200, None], dtype="Int64"),
        "length": [12.5, float("nan")],
        "day": pd.to_datetime(["2024-10-06", None]),
        "year": [2019, 2020],
        "greeting": ["안녕하세요, 친구", ""],
        "language": ["ko", ""],
        "matched": ["친구", ""],
        "url": ["https://example.org/a", ""],
        "seen": [True, False],
    }
)


def test_a_table_is_a_table():
    page = soup(show(LETTERS[["writer", "letters"]], caption="Letters by writer", source="Source: a chest"))
    table = page.table
    assert table.caption.get_text() == "Letters by writer"
    assert [(th.get_text(), th["scope"]) for th in table.thead.find_all("th")] == [("writer", "col"), ("letters", "col")]
    assert [(th.get_text(), th["scope"]) for th in table.tbody.find_all("th")] == [("Ada", "row"), ("Berta", "row")]
    assert page.find(class_="source").get_text() == "Source: a chest"
    assert page.find("div", class_="table")["id"] == "letters-by-writer"


def test_a_source_may_hold_numbers_that_were_computed():
    page = soup(show(LETTERS[["writer", "letters"]], caption="Letters", source=say("A chest of {n} drawers", n=3)))
    assert page.find(class_="source").get_text() == "A chest of 3 drawers"


def test_a_wide_table_scrolls_in_a_named_region_that_the_keyboard_reaches():
    region = soup(show(LETTERS, caption="Letters")).find(role="region")
    assert region["tabindex"] == "0"
    assert region.find(id=region["aria-labelledby"]).get_text() == "Letters"


@pytest.mark.parametrize(
    ("column", "first", "second"),
    [
        ("letters", "1,200", "–no entry"),
        ("length", "12.5", "–no entry"),
        ("day", "6\xa0Oct\xa02024", "–no entry"),
        ("year", "2019", "2020"),
        ("greeting", "안녕하세요, 친구", "–no entry"),
        ("url", "example.org/a", "–no entry"),
        ("seen", "yes", "no"),
    ],
)
def test_cells(column, first, second):
    rows = soup(show(LETTERS, caption="Letters", columns=["writer", column])).tbody.find_all("tr")
    assert [row.td.get_text() for row in rows] == [first, second]


def test_a_blank_cell_is_heard_as_not_stated():
    cell = soup(show(LETTERS, caption="Letters", columns=["writer", "letters"])).tbody.find_all("td")[1]
    assert cell.find(attrs={"aria-hidden": "true"}).get_text() == "–"
    assert cell.find(class_="hidden").get_text() == "no entry"


def test_columns_are_chosen_ordered_and_named():
    page = soup(show(LETTERS, caption="Letters", columns={"writer": "Who", "letters": "How many"}))
    assert [th.get_text() for th in page.thead.find_all("th")] == ["Who", "How many"]
    assert [th.get_text() for th in page.thead.find_all("th", class_="n")] == ["How many"]


def test_the_first_column_names_its_row_and_stands_to_the_left_even_where_it_is_a_number():
    page = soup(show(LETTERS, caption="Letters", columns=["year", "letters"]))
    assert [th.get_text() for th in page.thead.find_all("th", class_="n")] == ["letters"]


def test_a_named_index_is_not_lost_and_a_number_may_name_a_column():
    counts = pd.crosstab(LETTERS["writer"], LETTERS["year"])
    page = soup(show(counts, caption="Letters by writer and year"))
    assert [th.get_text() for th in page.thead.find_all("th")] == ["writer", "2019", "2020"]
    assert [th.get_text() for th in page.tbody.find_all("th")] == ["Ada", "Berta"]
    with pytest.raises(ClaimError, match="no column 2021"):
        show(counts, caption="Letters", columns=[2021])


def test_foreign_cells_name_their_language():
    by_row = soup(show(LETTERS, caption="Letters", columns=["writer", "greeting"], lang_from={"greeting": "language"}))
    assert [(s["lang"], s.get_text()) for s in by_row.find_all(lang=True)] == [("ko", "안녕하세요, 친구")]
    by_column = soup(show(LETTERS, caption="Letters", columns=["writer", "greeting"], lang={"greeting": "ko"}))
    assert by_column.find(lang="ko").bdi.get_text() == "안녕하세요, 친구"
    bad = soup(show(LETTERS.assign(language='"><b>'), caption="Letters", columns=["greeting"], lang_from={"greeting": "language"}))
    assert [s["lang"] for s in bad.find_all(lang=True)] == ["ko"] and bad.b is None


@pytest.mark.parametrize(
    ("text", "marked"),
    [
        ("a plain name", []),
        ("TASS (ЦТАК copy)", [("ru", "ЦТАК")]),
        ("존경하는 총서기 동지, he wrote", [("ko", "존경하는 총서기 동지")]),
        ("尊敬する総書記", [("ja", "尊敬する総書記")]),
        ("習近平 and 金", [("zh", "習近平"), ("zh", "金")]),
    ],
)
def test_letters_of_another_script_get_a_likely_language(text, marked):
    for page in (soup(show(pd.DataFrame({"a": [text]}), caption="Letters")), soup(say("{text}", text=text))):
        assert [(s["lang"], s.get_text()) for s in page.find_all(lang=True)] == marked
        assert text in page.get_text()


def test_a_row_opens_to_its_evidence_without_a_script():
    page = soup(show(LETTERS, caption="Letters", columns=["writer", "letters"], details={"greeting": "Words", "url": "Address"},
                     lang_from={"greeting": "language"}, mark={"greeting": "matched"}))
    opened = page.find_all("details")
    assert len(opened) == len(LETTERS)
    assert opened[0].summary.get_text() == "Evidence: Ada, 1,200"
    assert [dt.get_text() for dt in opened[0].find_all("dt")] == ["Words", "Address"]
    assert opened[0].mark.get_text() == "친구"
    assert opened[0].a["href"] == "https://example.org/a"
    assert opened[0].find_parent("td")["colspan"] == "2"


@pytest.mark.parametrize("case", list(csv.DictReader((CASES / "addresses.csv").open(encoding="utf-8"))), ids=lambda c: c["cell"])
def test_only_web_addresses_become_links(case):
    page = soup(show(pd.DataFrame({"who": ["a"], "url": [case["cell"]]}), caption="Sources"))
    links = page.find_all("a")
    assert len(links) == int(case["links"])
    assert all(link["rel"] == ["noreferrer", "noopener"] for link in links)
    assert "|".join(link["href"] for link in links) in ("", case["cell"].replace("\n", "|"))


def test_several_names_stand_beside_their_own_addresses():
    table = pd.DataFrame({"who": ["Ada", "Bell", "Cy"], "paper": ["The Day\nThe Night\nThe Day", "The Day", "The Day\nThe Night"],
                          "url": ["https://example.org/a\n\nhttps://example.org/c", "javascript:alert(1)", "https://example.org/d"]})
    cells = soup(show(table, caption="Papers", columns=["who"], details={"paper": "printed by"}, links={"paper": "url"})).find_all("dd")
    assert [[*cell.stripped_strings] for cell in cells] == [
        ["The Day,", "example.org/a", "The Night", "The Day,", "example.org/c"], ["The Day"], ["The Day", "The Night"],
    ]
    assert [link["href"] for link in cells[0].find_all("a")] == ["https://example.org/a", "https://example.org/c"]
    assert not cells[1].find("a") and not cells[2].find("a")


def test_a_month_stands_where_no_day_is_known():
    table = pd.DataFrame({"date": pd.Series([pd.Timestamp("2021-07-11"), pd.Period("2021-07", "M")], dtype="object"), "n": [1, 2]})
    cells = soup(show(table, caption="Letters")).find_all("time")
    assert [cell.get_text() for cell in cells] == ["11\u00a0Jul\u00a02021", "Jul\u00a02021"]
    assert [cell["datetime"] for cell in cells] == ["2021-07-11", "2021-07"]
    assert say("It came in {day}.", day=pd.Period("2021-07", "M")).text == "It came in July 2021."


def test_a_long_table_can_be_folded():
    page = soup(show(LETTERS, caption="Letters", folded=True, id="all-letters"))
    assert page.details.summary.get_text() == "Letters (2 rows)"
    assert page.details.find(id="all-letters").table


def test_a_caption_may_be_a_sentence_with_values():
    page = soup(show(LETTERS, caption=say("Letters since {year}", year=2019)))
    assert page.caption.get_text() == "Letters since 2019"
    with pytest.raises(ClaimError, match="2019 typed into it"):
        show(LETTERS, caption="Letters since 2019")


@pytest.mark.parametrize(
    ("thing", "arguments", "message"),
    [
        (LETTERS, {"caption": ""}, "has no caption"),
        (LETTERS, {"caption": "Letters", "columns": ["wrter"]}, "no column wrter.*It has: writer, letters"),
        (LETTERS, {"caption": "Letters", "lang_from": {"greeting": "lang"}}, "no column lang"),
        (LETTERS, {"caption": "Letters", "id": "a b"}, "cannot be an id"),
        (LETTERS.head(0), {"caption": "Letters"}, "is empty"),
        (pd.concat([LETTERS, LETTERS], axis=1), {"caption": "Letters"}, "two columns of one name"),
        (3, {"caption": "Letters"}, "it is a int"),
        (LETTERS["writer"], {"caption": "Letters"}, "it is a Series"),
    ],
)
def test_what_show_refuses(thing, arguments, message):
    with pytest.raises(ClaimError, match=message):
        show(thing, **arguments)


def test_show_leaves_the_table_alone():
    before = LETTERS.copy(deep=True)
    show(LETTERS, caption="Letters", details=["url"], mark={"greeting": "matched"}, lang_from={"greeting": "language"})
    pd.testing.assert_frame_equal(LETTERS, before)


# Figures


def drawn(alt="A line that rises.", title=""):
    figure = Figure(figsize=(4, 2))
    axes = figure.subplots()
    axes.plot([1, 2, 3], [1, 2, 3], "o-", clip_on=True)
    axes.set_title(title)
    if alt is not None:
        figure.comity_alt = alt
    return figure


def test_a_figure_has_its_caption_above_its_source_below_and_says_what_it_shows():
    page = soup(show(drawn(), caption="Letters by year", source="Source: a chest", data=LETTERS[["writer", "letters"]]))
    figure = page.figure
    assert [child.name for child in figure.find_all(recursive=False)] == ["figcaption", "div", "p", "details"]
    assert figure.svg["role"] == "img"
    assert figure.svg["aria-label"] == "A line that rises."
    assert figure.details.table.caption.get_text() == "The data of the figure: Letters by year"


def test_a_figure_is_the_same_bytes_every_time():
    assert show(drawn(), caption="Letters").html == show(drawn(), caption="Letters").html


def test_two_figures_share_a_page_without_sharing_an_id():
    html = show(drawn(), caption="One").html + show(drawn(), caption="Other").html
    ids = re.findall(r' id="([^"]+)"', html)
    assert len(ids) == len(set(ids)) > 4
    used = set(re.findall(r'(?:href="#|url\(#)([^")]+)', html))
    assert used and used <= set(ids)


def test_a_figure_asks_nothing_of_the_page_or_the_world():
    html = show(drawn(), caption="One").html
    assert not re.search(r"<style|<script|<metadata|xlink|\son\w+=|<\?xml|<!DOCTYPE", html)
    assert set(re.findall(r"https?://[^\"<\s]+", html)) == {"http://www.w3.org/2000/svg"}


@pytest.mark.parametrize("alt", [None, "", "  ", 3])
def test_a_figure_without_words_is_refused(alt):
    with pytest.raises(ClaimError, match="“Letters” has no text for readers who cannot see it"):
        show(drawn(alt), caption="Letters")


@pytest.mark.parametrize(("title", "message"), [("존경", "Glyph .* missing"), (r"$5 and \frac{ $6", "cannot be drawn")])
def test_a_figure_that_cannot_be_drawn_is_refused(title, message):
    with pytest.raises(ClaimError, match=message) as caught:
        show(drawn(title=title), caption="Letters")
    assert "What to do" in str(caught.value)


# What others have written is only ever text

HOSTILE = json.loads((CASES / "hostile.json").read_text(encoding="utf-8"))
TAGS = set("p span bdi a data time mark table caption thead tbody tr th td div details summary dl dt dd br figure figcaption".split())
ATTRIBUTES = set("class id lang href rel value datetime scope role tabindex aria-label aria-labelledby aria-hidden colspan".split())


def frame(text):
    """A table with the text in every place it could come to. Where pyarrow is installed its texts refuse half a surrogate pair: so objects."""
    cells = {"a": text, text: text, "words": f"x {text} y", "matched": text, "language": text, "url": text}
    return pd.DataFrame([list(cells.values())], columns=pd.Index(list(cells), dtype=object), dtype=object)


SINKS = {
    "value": lambda text: say("{who} wrote.", who=text, evidence="x"),
    "sentence": lambda text: say(re.sub(r"\d", "x", text).replace("{", "{{").replace("}", "}}")),
    "list": lambda text: say("{who}", who=[text, "b"]),
    "evidence": lambda text: say("{n}", n=3, evidence=text),
    "phrase": lambda text: say("{words}", words=phrase(text, "ko", gloss=text)),
    "claim": lambda text: claim("{left}", text, "==", text),
    "cells": lambda text: show(frame(text), caption="Letters", details=["words", "url"], lang_from={"words": "language"},
                               mark={"words": "matched"}, columns=["a", text]),
    "headings": lambda text: show(frame(text), caption="Letters", columns={"a": text}, details={"url": text}),
    "caption": lambda text: show(frame("a"), caption=say("{text}", text=text), id="x"),
    "source": lambda text: show(frame("a"), caption="Letters", source=text, columns=["url"]),
}


@pytest.mark.parametrize("sink", SINKS)
@pytest.mark.parametrize("text", HOSTILE, ids=lambda text: ascii(text)[:30])
def test_hostile_text_stays_text(sink, text):
    output = SINKS[sink](text)
    html = output._repr_html_()
    page = BeautifulSoup(html, "html.parser")
    assert {tag.name for tag in page.find_all()} <= TAGS
    assert {name for tag in page.find_all() for name in tag.attrs} <= ATTRIBUTES
    assert all(re.match(r"#|https?:", a["href"]) for a in page.find_all("a"))
    html.encode("utf-8")
    assert not re.search("[\x00-\x08\x0b-\x1f\x7f\u200b\u202a-\u202e\u2066-\u2069\ufffe]", html)
    if sink not in ("evidence", "sentence") and "\0" not in text:
        assert text in page.get_text()


def test_hostile_words_for_a_figure_stay_words():
    for text in HOSTILE:
        page = soup(show(drawn(alt=text), caption="Letters"))
        assert not page.find_all(["script", "img", "h1"])
        assert not [name for tag in page.find_all() for name in tag.attrs if name.startswith("on")]


def test_characters_that_cannot_be_seen_are_shown():
    page = soup(say("{text}", text="a\u202eb\u200b\ud800"))
    assert [s.get_text() for s in page.find_all(class_="unseen")] == ["⟨U+202E⟩", "⟨U+200B⟩", "⟨U+D800⟩"]


# The foot


@pytest.fixture
def folder(tmp_path):
    (tmp_path / "data").mkdir()
    (tmp_path / "data" / "versions.csv").write_text("version_id,date_published\nv1,2024-10-06\nv2,\nv3,2019-10-06\n")
    (tmp_path / "CITATION.cff").write_text('title: "Letters <b>"\nversion: "1.0"\nauthors:\n  - name: Project\n'
                                           "license: MIT\nreferences:\n  - type: data\n    license: CC-BY-4.0\ndate-released: 2026-01-02\nurl: https://example.org\n")
    return tmp_path / "data"


def test_provenance_says_what_a_reader_needs_to_make_it_again(folder):
    text = provenance(folder).text
    assert "last publication 6 October 2024" in text
    assert re.search(r"Data: version [0-9a-f]{12},", text)
    assert all(f"{name} {__import__(name).__version__}" in text for name in ("pandas", "matplotlib"))
    assert "Project (2026). Letters <b>. Version 1.0." in text
    assert "MIT for the code, CC-BY-4.0 for the data" in text
    assert "make report" in text
    assert "<b>" not in provenance(folder).html


def test_of_your_own_letters_the_foot_names_no_licence_and_another_command(tmp_path):
    (tmp_path / "my letters").mkdir()
    text = provenance(tmp_path / "my letters").text
    assert "Licence: MIT for the code" in text.splitlines() and "Made again by: comity report --data my letters" in text.splitlines()
    ours = provenance(Path(__file__).parents[1] / "data" / "example-letters").text
    assert "CC-BY-4.0 for the data" in ours and "Made again by: make report" in ours.splitlines()


def test_two_licences_of_one_thing_are_a_choice(folder):
    (folder.parent / "CITATION.cff").write_text("title: Letters\nlicense: [MIT, Apache-2.0]\n")
    assert "Licence: MIT or Apache-2.0" in provenance(folder).text


def test_provenance_follows_the_data_and_nothing_else(folder):
    before = provenance(folder).html
    assert provenance(folder).html == before
    (folder / "lexicons").mkdir()
    (folder / "lexicons" / "terms.csv").write_text("term\n")
    assert provenance(folder).html != before
    assert "lexicons/terms.csv" in provenance(folder).html


def test_provenance_finds_the_data_as_read_corpus_does(folder, monkeypatch):
    monkeypatch.delenv("COMITY_DATA", raising=False)
    monkeypatch.chdir(folder.parent)
    expected = provenance(folder).html
    assert provenance().html == expected
    (folder.parent / "notebooks").mkdir()
    monkeypatch.chdir(folder.parent / "notebooks")
    assert provenance().html == expected
    monkeypatch.setenv("COMITY_DATA", str(folder.parent / "no such"))
    with pytest.raises(ClaimError, match="no data folder"):
        provenance()
    monkeypatch.setenv("COMITY_DATA", str(folder))
    assert provenance().html == expected


def test_without_publication_dates_the_change_log_dates_the_data(folder):
    (folder / "versions.csv").unlink()
    (folder.parent / "CHANGELOG.md").write_text("## 0.1.0, 2026-11-22\n")
    assert "last change of method 22 November 2026" in provenance(folder).text
