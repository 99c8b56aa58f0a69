"""Two letters side by side: what can be chosen, what is held, the words behind every number, the page's chooser, the terminal."""

import ast
import base64
import hashlib
import json
from dataclasses import replace
from pathlib import Path

import nbformat
import pandas as pd
import pytest
from axe_playwright_python.sync_playwright import Axe
from bs4 import BeautifulSoup
from click.testing import CliRunner
from hypothesis import given, settings
from hypothesis import strategies as st
from test_browser import browser  # noqa: F401  (a fixture)

from comity import compare_messages, explore, gather_letters, measure_texts, read_corpus, read_measurements, read_tone
from comity.cli import main
from comity.errors import CorpusError
from comity.explore import as_letters, block, list_choices, recode, search
from comity.explore.articles import Articles
from comity.explore.choosing import choose_two
from comity.explore.gathering import place_texts
from comity.explore.held import Held, judge, list_held, say_missing
from comity.explore.hits import contrast, list_hits
from comity.explore.toned import toned_html
from comity.page.text import plain
from comity.report.execute import execute_all
from comity.report.outputs import kind, output_html

ROOT = Path(__file__).parents[1]
CASES = Path(__file__).parent / "cases"
XI, PUTIN = "kim-xi-2024-10-06", "kim-putin-2024-10-07"
ADA, BELL = "ada-bell-2001-05-02", "bell-ada-2001-05-09"
HOSTILE = json.loads((CASES / "page" / "hostile.json").read_text(encoding="utf-8"))
GOSSIP = pd.DataFrame([
    {"term": "bridge", "language": "en", "dimension": "places"}, {"term": "good health", "language": "en", "dimension": "wishes"},
    {"term": "friend", "forms": "friend|friends", "language": "en", "dimension": "people"},
]).fillna("")  # fmt: skip


def cases(name):
    return pd.read_csv(CASES / "explore" / f"{name}.csv", dtype="str", keep_default_na=False).to_dict("records")


@pytest.fixture(scope="module")
def letters():
    return gather_letters(read_measurements(ROOT / "data" / "archive"), read_corpus(ROOT / "data"))


@pytest.fixture(scope="module")
def register():
    return as_letters(read_corpus(ROOT / "data"))


@pytest.fixture(scope="module")
def html(register):
    """The chooser of all messages of the register."""
    return explore(register, XI, PUTIN).html


@pytest.fixture
def texts():
    return pd.DataFrame(json.loads((CASES / "explore" / "letters.json").read_text(encoding="utf-8")))


@pytest.fixture(scope="module")
def choices(register):
    return list_choices(register)


class TestChoosing:
    @pytest.mark.parametrize("case", cases("searches"), ids=lambda case: case["label"])
    def test_search(self, choices, case):
        found = set(search(choices, case["words"], case["sender"], case["recipient"], case["occasion"])["message_id"])
        assert set(filter(None, case["found"].split("|"))) <= found and case["missed"] not in found

    def test_nothing_asked_for_is_everything(self, choices):
        assert len(search(choices)) == len(choices) == 120

    def test_messages_stand_by_day_and_undated_ones_at_the_end(self, texts):
        assert list_choices(as_letters(texts))["label"].tolist() == ["2 May 2001, Ada to Bell", "9 May 2001, Bell to Ada", "without a date, Ada to Bell"]

    def test_a_day_is_found_as_it_is_written(self, texts):
        choices = list_choices(as_letters(texts.assign(message_id=["first", "second", "third"])))
        assert search(choices, "2001-05-09")["message_id"].tolist() == ["second"]

    def test_a_text_at_hand_is_searched_too(self, texts):
        letters = as_letters(texts)
        choices = list_choices(letters, place_texts(texts, letters))
        assert search(choices, "bridge stays")["message_id"].tolist() == [BELL]

    @pytest.mark.parametrize(("a", "b", "said"), [
        ("kim-xi-2024-10-6", None, "Near it are: kim-xi-2024-10-06"), (XI, XI, "stands on both sides"), (None, "<b>\u202e", "⟨U\\+202E⟩"),
    ])  # fmt: skip
    def test_what_cannot_be_chosen(self, choices, a, b, said):
        with pytest.raises(CorpusError, match=said):
            choose_two(choices, a, b)

    def test_who_names_none_gets_the_last_two(self, choices):
        assert choose_two(choices, None, None) == tuple(choices["message_id"].iloc[[-1, -2]])

    def test_a_reply_is_called_one(self, register, choices):
        """Kim thanks for congratulations on his own re-election: without the remark it would read as Xi's."""
        told = "17 April 2019, Kim Jong Un to Xi Jinping, re-election (in reply)"
        assert choices.set_index("message_id").at["kim-xi-2019-04-17", "label"] == told
        page = BeautifulSoup(explore(register, "kim-xi-2019-04-17", XI).html, "html.parser")
        assert [fact.get_text() for fact in page.select(".panes dt + dd")[::4]] == ["re-election (in reply)", "diplomatic relations"]
        assert "re-election (in reply)" in [row.find_all("td")[2].get_text() for row in page.select("details.fold tbody tr")]

    def test_one_message_is_not_two(self, texts):
        with pytest.raises(CorpusError, match="at least two"):
            explore(texts.iloc[:1])


class TestLetters:
    def test_whatever_holds_them(self, texts, letters):
        of_texts, of_measurements = as_letters(texts), as_letters(measure_texts(texts))
        assert of_texts.messages["message_id"].tolist() == of_measurements.messages["message_id"].tolist() == [ADA, BELL, "ada-bell-undated"]
        assert as_letters(letters) is letters

    @pytest.mark.parametrize("held", [None, [], "data", {}])
    def test_nothing_else(self, held):
        with pytest.raises(CorpusError, match="Letters cannot be made of"):
            explore(held)

    @pytest.mark.parametrize(("change", "said"), [
        ({"frames": "letter"}, "several"), ({"frames": ("lettre",)}, "no frame 'lettre'"), ({"frames": ()}, "at least one frame"),
        ({"texts": "a.txt"}, "texts is a str"), ({"lexicon": "no-such-file.csv"}, "no-such-file.csv"),
        ({"texts": pd.DataFrame({"version_id": ["x"], "text": ["Dear Ann,"], "date": [""]})}, "belongs to a letter"),
    ])  # fmt: skip
    def test_what_explore_refuses(self, texts, change, said):
        with pytest.raises(CorpusError, match=said):
            explore(measure_texts(texts), ADA, BELL, **change)

    def test_a_text_belongs_to_the_version_at_its_address(self, texts):
        texts = texts.assign(url=[f"https://example.org/{n}" for n in range(3)])
        letters = as_letters(texts)
        placed = place_texts(texts.assign(version_id=["p", "q", "r"]), letters)
        assert placed.set_index("version_id")["text_id"].to_dict() == {"ada-1": "p", "bell-1": "q", "ada-2": "r"}

    def test_no_letter_gets_the_text_of_another_with_a_like_name(self, texts):
        texts = texts.assign(version_id=["letter", "letter-2", "letter-3"])
        letters, one = as_letters(texts), texts.iloc[:1]
        assert place_texts(one, letters)["version_id"].tolist() == ["letter"]
        basis = recode(letters, read_tone(), one).lengths.groupby("version_id")["basis"].agg(set).to_dict()
        assert basis == {"letter": {"text"}, "letter-2": {"counts"}, "letter-3": {"counts"}}

    def test_a_text_belongs_to_the_version_of_its_id_that_was_read_in_none(self):
        letters, version = as_letters(read_corpus()), "kim-xi-2024-10-06__kcna-stiles-archive__en"
        text = pd.DataFrame({"version_id": [version], "text": ["Dear friend."], "date": ["2024-10-06"]})
        assert place_texts(text, letters)["version_id"].tolist() == [version]

    def test_another_lexicon_reads_the_texts_anew(self, texts):
        lexicon = read_tone(extra=GOSSIP)
        again = gather_letters(measure_texts(texts, tone=lexicon), tone=lexicon)
        columns = ["message_id", "version_id", "part", "start", "end", "matched", "frame", "dimension", "term", "negated", "address", "context"]
        order = ["version_id", "part", "start"]
        recoded = recode(as_letters(texts), lexicon, texts).tone
        pd.testing.assert_frame_equal(recoded[columns].sort_values(order, ignore_index=True), again.tone[columns].sort_values(order, ignore_index=True))
        assert set(recoded["dimension"]) >= {"places", "wishes", "people"}

    def test_of_letters_without_texts_another_lexicon_counts_single_words(self, texts):
        held = as_letters(measure_texts(texts))
        recoded = recode(held, GOSSIP.assign(forms=GOSSIP["forms"].where(GOSSIP["forms"] != "", GOSSIP["term"])))
        assert recoded.tone.groupby("term").size().to_dict() == {"bridge": 2, "friend": 2}
        assert set(recoded.lengths["basis"]) == {"counts"} and set(held.lengths["basis"]) == {"text"}


class TestHeld:
    @pytest.mark.parametrize("case", cases("states"), ids=lambda case: "-".join(case.values()))
    def test_what_a_form_shows(self, case):
        assert judge(case) == (case["state"], case["reason"])

    def test_every_version_and_every_honouring_form_is_there(self, register):
        held, mentions = list_held(register), register.corpus.mentions
        honouring = mentions[(mentions[["epithet", "solidarity", "courtesy", "title"]] != "").any(axis=1)]
        assert sorted(held.versions["version_id"]) == sorted(register.corpus.versions["version_id"])
        assert set(zip(held.addresses["version_id"], held.addresses["matched"])) == set(zip(honouring["version_id"], honouring["matched"]))

    def test_what_is_not_held_is_said(self, register):
        rows = list_held(register).messages.set_index("message_id")
        assert "in part" in say_missing(rows.loc["kim-xi-2019-10-06"].to_dict())
        assert "opening line was not seen" in say_missing(rows.loc[XI].to_dict())
        assert "opening line" not in say_missing(rows.loc["kim-xi-2019-10-06"].to_dict())

    @pytest.mark.parametrize("case", cases("missing"), ids=lambda case: case["measured"] + case["length"] or "nothing")
    def test_what_is_known_of_its_words_is_said(self, case):
        assert say_missing(case | {"seen": "whole letter", "salutation_seen": True}) == case["said"]

    def test_of_a_text_at_hand_nothing_is_said_to_be_lacking(self, texts):
        assert "held" not in BeautifulSoup(explore(texts).html, "html.parser").select_one(".panes").get_text()
        assert "it is not held" in BeautifulSoup(explore(as_letters(texts)).html, "html.parser").select_one(".panes").get_text()

    def test_a_length_says_that_it_counts_what_is_retold(self):
        text = "Oslo, May 3 (NTB) -- Ann Lee sent a letter to Bob Moe on May 2. The letter said: Dear friend, I thank you. In the letter she wished him good health."
        article = Articles(list_held(as_letters(pd.DataFrame({"version_id": ["a"], "text": [text], "date": ["2001-05-03"]}))))
        (message,) = article.messages
        assert article.length(message).endswith("(partly retold)") and "words, partly retold<" in article.article(message)


class TestHits:
    @pytest.mark.parametrize(("a", "b", "frames"), [
        (PUTIN, XI, ("letter",)), ("kim-xi-2019-10-06", "kim-xi-2024-10-06", ("letter", "reported", "mixed")),
        ("kim-putin-2019-06-12", "kim-putin-2024-10-07", ("letter", "reported", "mixed")),
    ])  # fmt: skip
    def test_there_are_as_many_words_as_a_number_says(self, letters, a, b, frames):
        contrasts, refused = contrast(letters, a, b, frames)
        assert refused == ""
        for row in contrasts.to_dict("records"):
            for side in ("a", "b"):
                hits = list_hits(letters, contrasts, row["measure"], side, frames)
                assert hits["n"].sum() == row[f"count_{side}"] if row["unit"] == "terms in 100 words" else len(hits)

    def test_each_word_stands_in_its_context(self, letters):
        contrasts, _ = contrast(letters, PUTIN, XI)
        hits = list_hits(letters, contrasts, "solidarity", "a")
        assert len(hits) == 12 and all(word in context for word, context in zip(hits["matched"], hits["context"]))

    def test_the_agencys_mark_at_the_end_of_a_story_is_not_shown(self, letters):
        assert letters.tone.loc[letters.tone["message_id"].eq(XI) & letters.tone["dimension"].eq("warmth"), "context"].str.endswith("-0-").any()
        contexts = list_hits(letters, contrast(letters, PUTIN, XI)[0], "warmth", "b")["context"]
        assert contexts.iloc[-1].endswith("its people happiness.") and not contexts.str.contains("-0-", regex=False).any()

    def test_negated_words_are_not_among_them(self, texts):
        letters = as_letters(texts)
        contrasts, _ = contrast(letters, BELL, ADA)
        assert list_hits(letters, contrasts, "warmth", "a")["matched"].tolist() == ["Dear"]

    def test_what_cannot_be_compared_says_why(self, letters):
        contrasts, refused = contrast(letters, "kim-xi-2019-10-06", XI)
        assert contrasts.empty and "no words in the frames letter" in refused

    @pytest.mark.parametrize(("measure", "side", "said"), [("love", "a", "no measure 'love'"), ("warmth", "c", "a or b")])
    def test_no_such_number(self, letters, measure, side, said):
        with pytest.raises(CorpusError, match=said):
            list_hits(letters, contrast(letters, PUTIN, XI)[0], measure, side)


def toned(texts, letters=None, frames=("letter",)):
    """The first text, marked."""
    letters = as_letters(texts) if letters is None else letters
    row = place_texts(texts, letters).iloc[0].to_dict()
    return BeautifulSoup(toned_html(row | {"version_ids": [row["version_id"]]}, letters, frames), "html.parser", preserve_whitespace_tags={"p"})


def said(page):
    for end in page.find_all("br"):
        end.replace_with("\n")
    return "".join(part.get_text() for part in page.find_all(class_="said"))


class TestToned:
    def test_terms_inside_a_form_of_address_are_marked_in_it(self, texts):
        mention = toned(texts).select_one(".said .m.r-recipient")
        assert mention.get_text() == "Respected Madam Bell"
        assert [(term.get_text(), term["data-tag"]) for term in mention.select(".t")] == [("Respected", "def"), ("Madam", "pro")]

    def test_a_word_turned_around_is_shown_as_not_counted(self, texts):
        term = toned(texts.iloc[1:]).find(class_="t", string="friends")
        assert "out" in term["class"] and term["data-tag"] == "not war" and "not counted" in term["title"]

    def test_a_word_in_another_voice_is_shown_as_not_counted(self, texts):
        assert not toned(texts).select(".said .out") and len(toned(texts, frames=("reported",)).select(".said .out")) == len(toned(texts).select(".said .t"))

    def test_the_key_names_every_kind_that_occurs(self, texts):
        page = toned(texts)
        tags = {term["data-tag"] for term in page.select(".said .t")}
        assert {term["data-tag"] for term in page.select(".key .t")} == tags == {"war", "def", "pro", "ple"}

    @pytest.mark.parametrize("words", HOSTILE, ids=lambda words: ascii(words)[:30])
    def test_untrusted_text_stays_text(self, texts, words):
        words = words.encode("utf-8", "replace").decode()  # a table holds no lone surrogate: that is the readers' business
        hostile = texts.iloc[:1].assign(text=f"Dear Bell,\n\nI thank you. {words}\n\nAda")
        page = toned(hostile)
        assert said(page) == plain(hostile["text"].iloc[0])
        assert {tag.name for tag in page.find_all()} <= {"div", "p", "span", "br", "bdi"}

    @settings(max_examples=25, deadline=None)
    @given(words=st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\r"), max_size=80))
    def test_no_character_is_lost(self, register, words):
        text = {"version_id": "a", "text_id": "a", "version_ids": ["a"], "headline": "", "text": f"Dear Bell,\n{words}\nI thank you.", "language": "en", "kind": "letter"}
        page = BeautifulSoup(toned_html(text, register, ("letter",)), "html.parser", preserve_whitespace_tags={"p"})
        assert said(page) == plain(text["text"])

    def test_a_text_that_is_not_the_one_measured_is_refused(self, texts):
        letters = as_letters(texts)
        with pytest.raises(CorpusError, match="does not fit its measurements"):
            toned(texts.assign(text="X" + texts["text"]), letters)


class TestPanel:
    def test_choosing_changes_the_pane_and_the_code(self, texts):
        panel = explore(texts, ADA, BELL).panel
        panel.sides["a"].words.value = "feast"
        panel.sides["a"].list.value = "ada-bell-undated"
        assert "without a date" in panel.panes["a"].value and "ada-bell-undated" in panel.code.value
        assert "9 May 2001" in panel.panes["b"].value

    def test_what_is_found_does_not_change_what_is_shown(self, texts):
        panel = explore(texts, ADA, BELL).panel
        before = panel.panes["a"].value
        panel.sides["a"].words.value = "feast"
        assert panel.sides["a"].count.value == "1 of 3 messages" and panel.panes["a"].value == before

    def test_a_click_opens_as_many_words_as_the_button_says(self, letters):
        panel = explore(letters, PUTIN, XI).panel
        button = next(cell for cell in panel.grid.children if getattr(cell, "tooltip", None) == "Show the words behind it: solidarity, first letter")
        button.click()
        assert button.description == "12 in 273 words"
        assert len(BeautifulSoup(panel.hits.value, "html.parser").select("tbody tr")) == 12

    @pytest.mark.parametrize("given", ["letters", "texts"])
    @pytest.mark.parametrize("own", [False, True])
    def test_the_code_gives_the_same(self, texts, tmp_path, given, own):
        file = tmp_path / "it's mine.csv"
        GOSSIP.to_csv(file, index=False)
        names = {"texts": texts, "letters": as_letters(texts)}
        explorer = explore(names[given], ADA, BELL, texts=texts, lexicon=file if own else None, frames=("letter", "reported"))
        code = BeautifulSoup(explorer.panel.code.value, "html.parser").pre.get_text()
        *before, last = ast.parse(code).body
        exec(compile(ast.Module(before, []), "code", "exec"), names)
        found = eval(compile(ast.Expression(last.value), "code", "eval"), names)
        shown, _ = contrast(explorer.panel.recoded, ADA, BELL, ("letter", "reported"), explorer.panel.lexicon)
        pd.testing.assert_frame_equal(found, shown)
        assert ("places" in set(found["measure"])) == own and ("warmth" in set(found["measure"])) != own

    def test_a_lexicon_that_cannot_be_read_is_said_and_the_last_one_stays(self, texts):
        panel = explore(texts, ADA, BELL).panel
        before = panel.code.value
        panel.file.value = "<b>none</b>.csv"
        assert "&lt;b&gt;none&lt;/b&gt;.csv" in panel.problem.value and panel.code.value == before

    def test_letters_of_which_only_facts_are_held(self, register):
        panel = explore(register, "kim-xi-2019-10-06", "kim-putin-2018-08-15").panel
        assert "They are not compared in numbers." in panel.about.value and panel.grid.children == ()
        assert "존경하는 총서기동지" in panel.panes["a"].value and "its text is not held" in panel.panes["b"].value.lower()

    def test_another_voice_may_be_chosen(self, register):
        panel = explore(register, "kim-xi-2019-10-06", "kim-putin-2019-06-12").panel
        panel.frames.value = ("letter", "reported", "mixed")
        assert len(panel.grid.children) > 4 and "They are seen differently" in panel.about.value


class TestPage:
    def test_the_export_has_the_chooser_and_no_widget(self, register):
        data, metadata = explore(register, XI, PUTIN)._repr_mimebundle_()
        output = {"data": data, "metadata": metadata, "output_type": "execute_result"}
        assert "application/vnd.jupyter.widget-view+json" in data and kind(output) == "chooser"
        html = output_html(type("Output", (dict,), {"data": data, "output_type": "execute_result"})(output))
        assert html.startswith("<style>") and 'class="chooser"' in html and "widget" not in html

    def test_for_a_page_no_widget_is_made(self, texts, tmp_path):
        nbformat.write(nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell(line) for line in (
            f"import sys, pandas\nfrom comity import explore\ntexts = pandas.DataFrame({texts.to_dict('list')})", "explore(texts)", "'ipywidgets' in sys.modules",
        )]), tmp_path / "own.ipynb")  # fmt: skip
        (run,) = execute_all([tmp_path / "own.ipynb"], ROOT / "data", jobs=1)
        assert not run.failures
        shown, imported = (cell.outputs[0].data for cell in run.notebook.cells[1:])
        assert shown["text/html"] == explore(texts)._repr_mimebundle_()[0]["text/html"]
        assert set(shown) == {"text/html", "text/plain"} and imported["text/plain"] == "False"

    def test_all_messages_are_in_it_within_half_a_megabyte(self, register, html):
        page = BeautifulSoup(html, "html.parser")
        ids = set(register.messages["message_id"])
        assert {piece["data-message"] for piece in page.template.find_all("article")} == ids
        assert [{option["value"] for option in chosen.find_all("option")} for chosen in page.find_all("select")] == [ids, ids]
        assert [option["value"] for option in page.find_all("option", selected=True)] == [XI, PUTIN]
        assert [piece["data-message"] for piece in page.select(".panes article")] == [XI, PUTIN]
        assert len(page.select("details.fold tbody tr")) == 120 and len(html.encode()) < 500_000
        assert html == explore(register, XI, PUTIN).html

    def test_what_does_not_fit_is_counted(self, register, monkeypatch):
        monkeypatch.setattr(block, "BUDGET", 20_000)
        page = BeautifulSoup(explore(register, XI, PUTIN).html, "html.parser")
        carried = len(page.template.find_all("article"))
        assert 2 <= carried < 120 and f"{120 - carried} further messages" in page.get_text()
        assert {XI, PUTIN} <= {piece["data-message"] for piece in page.template.find_all("article")}

    def test_quotations_stay_short(self, html):
        page = BeautifulSoup(html, "html.parser")
        quoted = [words for line in page.select(".quoted") for words in line.get_text().removeprefix("Also quoted: ").split("”; “")]
        assert quoted and max(len(words.split()) for words in quoted) <= 13

    def test_the_table_tells_what_is_missing_from_what_is_there(self, html):
        rows = {row.th.get_text(): row.find_all("td") for row in BeautifulSoup(html, "html.parser").select("details.fold tbody tr") if "Xi" in row.find_all("td")[1].get_text()}
        printed = rows["6\u00a0Oct\u00a02024"][3].get_text()
        assert "존경하는 (said to be missing)" in printed and "존경하는 (reported)" not in printed
        assert "존경하는 총서기동지;" in rows["6\u00a0Oct\u00a02019"][3].get_text() + ";"
        assert "Jul\u00a02021" in rows and "1\u00a0Jul\u00a02021" not in rows

    @pytest.mark.parametrize(("record", "seen", "said"), [
        ("no", "whole letter", "No line of it was recognised as its opening line."), ("no", "in part", "Its opening line was not seen."),
        ("yes", "whole letter", "Its opening line was not seen."),
    ])  # fmt: skip
    def test_of_a_whole_letter_of_ones_own_no_line_is_unseen(self, record, seen, said):
        assert said in say_missing({"seen": seen, "record": record, "salutation_seen": False, "measured": "text"})

    def test_a_form_that_one_version_shows_is_not_called_reported(self):
        versions = pd.DataFrame({"message_id": "m", "version_id": ["a", "b"]})
        form = {"matched": "dear", "language": "en", "role": "recipient", "reason": ""}
        addresses = pd.DataFrame([form | {"version_id": "a", "state": "reported", "reason": "said to be missing"}, form | {"version_id": "b", "state": "attested"}])
        held = Held(pd.DataFrame({"message_id": ["m"]}), versions, addresses, pd.DataFrame({"version_id": [], "phrase": []}))
        assert [row["state"] for row in Articles(held).forms("m")] == ["attested"]

    def test_untrusted_cells_stay_text(self, texts):
        evil = '"><script>alert(1)</script>\u202e'
        letters = as_letters(texts)
        messages = letters.messages.assign(sender=evil, occasion=evil, message_id=letters.messages["message_id"])
        page = BeautifulSoup(explore(replace(letters, messages=messages), ADA, BELL).html, "html.parser")
        assert not page.find_all("script") and "\u202e" not in str(page) and "⟨U+202E⟩" in page.h3.get_text()


STYLE = ROOT / "src" / "comity" / "report" / "template" / "style.css"
SCRIPT = (ROOT / "src" / "comity" / "page" / "chooser.js").read_text(encoding="utf-8")
HEAD = """<!doctype html><html lang="en"><head><meta charset="utf-8"><title>A page</title><meta name="viewport" content="width=device-width">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; script-src 'sha256-{digest}'; style-src 'unsafe-inline'; img-src data:">
<style>{style}</style><script>{script}</script></head><body><main><h1>A page</h1><h2>Two letters</h2>{html}</main></body></html>"""


@pytest.fixture(scope="module")
def file(html, tmp_path_factory):
    digest = base64.b64encode(hashlib.sha256(SCRIPT.encode()).digest()).decode()
    html = HEAD.format(digest=digest, style=STYLE.read_text(encoding="utf-8"), script=SCRIPT, html=html)
    path = tmp_path_factory.mktemp("page") / "page.html"
    path.write_text(html, encoding="utf-8")
    return path

@pytest.fixture
def visit(browser, file):  # noqa: F811
    contexts = []

    def visit(**how):
        contexts.append(browser.new_context(**{"viewport": {"width": 1280, "height": 900}, "offline": True} | how))
        page = contexts[-1].new_page()
        page.heard = []
        page.on("request", lambda request: page.heard.append(request.url))
        page.on("console", lambda message: page.heard.append(message.text))
        page.on("pageerror", lambda error: page.heard.append(str(error)))
        page.goto(file.as_uri())
        return page

    yield visit
    for context in contexts:
        context.close()


@pytest.mark.browser
class TestBrowser:
    def test_without_a_script_the_two_letters_stand_there(self, visit):
        page = visit(java_script_enabled=False)
        assert page.locator(".panes h3").all_text_contents() == ["Kim Jong Un to Xi Jinping, 6 October 2024", "Kim Jong Un to Vladimir Putin, 7 October 2024"]
        assert not page.locator("select").first.is_visible() and page.locator("details.fold summary").last.is_visible()
        tops = [page.locator(".pane").nth(n).bounding_box() for n in range(2)]
        assert tops[0]["y"] == tops[1]["y"] and tops[0]["x"] < tops[1]["x"]

    def test_any_two_are_chosen_and_nothing_is_asked_for(self, visit):
        page = visit()
        page.get_by_label("First message").select_option("kim-xi-2019-10-06")
        assert page.locator(".pane[data-side=first] h3").inner_text() == "Kim Jong Un to Xi Jinping, 6 October 2019"
        assert page.locator(".pane[data-side=first] [lang=ko]", has_text="존경하는 총서기동지").count() > 0
        assert page.locator(".pane[data-side=second] h3").inner_text() == "Kim Jong Un to Vladimir Putin, 7 October 2024"
        assert page.locator("[role=status]").text_content().startswith("Side by side: Kim Jong Un to Xi Jinping, 6 October 2019;")
        assert page.heard == [page.url]

    @pytest.mark.parametrize(("width", "scheme"), [(1280, "light"), (360, "dark")])
    def test_everybody_can_read_it(self, visit, width, scheme):
        page = visit(viewport={"width": width, "height": 800}, color_scheme=scheme, bypass_csp=True)
        page.evaluate("document.querySelectorAll('details').forEach(d => d.open = true)")
        assert page.evaluate("document.documentElement.scrollWidth") <= width
        found = Axe().run(page)
        assert found.violations_count == 0, found.generate_report()

    def test_on_a_phone_they_stand_one_below_the_other(self, visit):
        page = visit(viewport={"width": 360, "height": 800})
        first, second = (page.locator(".pane").nth(n).bounding_box() for n in range(2))
        assert second["y"] >= first["y"] + first["height"] and first["x"] == second["x"]


class TestTerminal:
    def compared(self, *arguments):
        return CliRunner().invoke(main, ["compare", *arguments], env={"COLUMNS": "160"})

    def test_two_messages(self):
        ran = self.compared(PUTIN, XI, "--data", str(ROOT / "data"), "--measured", str(ROOT / "data" / "archive"))
        assert ran.exit_code == 0, ran.output
        row = next(line for line in ran.output.splitlines() if line.strip().startswith("solidarity"))
        contrasts = compare_messages(PUTIN, XI, gather_letters(read_measurements(ROOT / "data" / "archive"), read_corpus(ROOT / "data"))).set_index("measure")
        assert "12 in 273 words" in row and "2 in 263 words" in row and f"{contrasts.at['solidarity', 'contrast']:.1f} times" in row
        assert "To my closest comrade: closing wish, attested" in " ".join(ran.output.split()) and "7 October 2024" in ran.output

    def test_what_cannot_be_compared(self):
        ran = self.compared("kim-xi-2019-10-06", XI, "--data", str(ROOT / "data"))
        assert ran.exit_code == 0 and "They are not compared in numbers." in ran.output and "존경하는 총서기동지" in ran.output

    @pytest.mark.parametrize(("ids", "said"), [
        (("kim-xi-2024-10-6", PUTIN), "Near it are: kim-xi-2024-10-06"), ((XI, XI), "stands on both sides"), ((XI, "\x1b[31m"), "⟨U+001B⟩"),
    ])  # fmt: skip
    def test_what_it_refuses(self, ids, said):
        ran = self.compared(*ids, "--data", str(ROOT / "data"))
        assert ran.exit_code == 1 and said in ran.output and "\x1b" not in ran.output and "Traceback" not in ran.output

    def test_a_folder_that_is_not_there(self, tmp_path):
        ran = self.compared(XI, PUTIN, "--data", str(ROOT / "data"), "--measured", str(tmp_path / "none"))
        assert ran.exit_code == 1 and "comity measure" in ran.output
