"""Hostile letters on their way through everything: read, measured, written as tables, shown in JupyterLab, in a terminal and on a page."""

import csv
import json
import os
import tarfile
from pathlib import Path

import pandas as pd
import pytest
from bs4 import BeautifulSoup
from click.testing import CliRunner

from comity import explore, gather_letters, measure_texts, read_letters, read_measurements
from comity.cli import main
from comity.corpus.unseen import is_unseen
from comity.figures import plot_intervals
from comity.figures.fonts import drawable
from comity.page.text import attribute, plain, visible
from comity.report.build import build_report
from comity.report.failures import report_failures

ROOT = Path(__file__).parent.parent
ATTACKS = [
    '<script>window.taken=1</script><img src=x onerror="window.taken=1">', '"><svg/onload=window.taken=1>', "' onmouseover='window.taken=1", "javascript:window.taken=1",
    '=HYPERLINK("http://example.org","x")', "@SUM(1)", "\u202eevil\u202c\u2066iso\u2069", "zero\u200bwidth\u200d\u2060\u3164\u034f\ufe0f\U000e0041\u2028\u2029",
    "NUL\x00char", "\x1b[31mred", "</title></style></template></script><script>window.taken=1</script>", "{{7*7}} {% raw %}", "[x](javascript:window.taken=1) ![y](http://example.org/p.png)",
    'http://example.org/"onclick="x', "https://example.org/\u202egnp|javascript:window.taken=1", "--></textarea>", "&lt;b&gt;&#x202e;", "$x_{$ \\frac", "\U00012000 አማርኛ",
]  # fmt: skip
NAMES = ["<img src=x onerror=window.taken=1>.txt", "\u202egnp.txt", "=1+1.txt", "new\nline.txt", "esc\x1b[31m.txt", "-rf.txt", 'q"uote.pdf', "\u3164.txt"]


def body(attack, number):
    return f"Respected {attack} Excellency {number},\n\nI warmly thank you {attack} for the horses, {attack}\nand greet you cordially.\n\nWith respect,\n{attack}"


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    """A letter for each attack, with the attack in every field, in two forms; and files with such names."""
    place = tmp_path_factory.mktemp("hostile") / "letters"
    place.mkdir()
    fields = ("headline", "sender", "recipient", "occasion", "outlet", "url", "language", "translation", "extent", "kind")
    rows = [
        {name: attack for name in fields} | {"date": f"19{number + 10}-05-02", "kind": "letter", "message_id": f"m{number} {attack}", "text": body(attack, number)}
        for number, attack in enumerate(ATTACKS)
    ]
    (place / "a.jsonl").write_text("\n".join(map(json.dumps, rows)), encoding="utf-8")
    for number, attack in enumerate(ATTACKS):
        head = f"sender: Ann {attack}\nrecipient: Bob {attack}\ndate: {attack if number % 2 else f'1950-01-{number + 1:02}'}\n\n"
        (place / f"t{number}.txt").write_text(head + body(attack, number + 100), encoding="utf-8", newline="")
    for number, name in enumerate([*map(os.fsencode, NAMES), b"bad\xff\xfe.txt"]):
        Path(os.fsdecode(os.fsencode(place) + b"/" + name)).write_text(f"sender: Ann\nrecipient: Bob\ndate: 1999-01-0{number + 1}\n\nDear Bob, I thank you.")
    return place


@pytest.fixture(scope="module")
def letters(folder):
    return read_letters(folder)


def raw(text):
    """Which characters that nobody sees stand in a text."""
    return {f"{ord(char):04X}" for char in text if is_unseen(char)}


def alive(html, known=()):
    """What of a piece of HTML would run, fetch or lead to a script."""
    tags = BeautifulSoup(html, "html.parser").find_all(True)
    found = [tag.name for tag in tags if tag.name in ("script", "img", "iframe", "object", "embed", "base", "form", "textarea")]
    found += [value for tag in tags for name, value in tag.attrs.items() if name.startswith("on") and value not in known]
    return found + [value for tag in tags for name, value in tag.attrs.items() if name in ("href", "src") and not str(value).startswith(("http", "#", "data:")) and ":" in value]


def test_files_of_any_name_are_read(letters):
    counts = letters.counts.set_index("kind")["n"]
    assert counts.to_dict() == {"records": 2 * len(ATTACKS) + len(NAMES) + 1, "texts": 2 * len(ATTACKS) + len(NAMES), "others": 0, "duplicates": 0, "rejected": 1}
    assert "bad\\xff\\xfe.txt" in set(letters.texts["file"])


def test_a_member_of_any_name_is_read(tmp_path):
    with tarfile.open(tmp_path / "a.tar", "w", format=tarfile.GNU_FORMAT) as archive:
        (tmp_path / "x.txt").write_text("I thank you.")
        archive.add(tmp_path / "x.txt", "bad\udcff.txt")
    assert read_letters(tmp_path / "a.tar").texts["file"].tolist() == ["a.tar/bad\\xff.txt"]


def test_tables_hold_no_formula_and_come_back(folder, letters, tmp_path):
    done = CliRunner().invoke(main, ["measure", str(folder), "--out", str(tmp_path / "out")], color=True)
    assert done.exit_code == 0 and not raw(done.output), done.output
    for path in (tmp_path / "out").glob("*.csv"):
        with open(path, encoding="utf-8", newline="") as file:
            cells = [cell for row in csv.reader(file) for cell in row]
        assert [cell for cell in cells if cell.startswith(tuple("=+@\t\r\n")) or cell[:1] == "-" and not cell[1:2].isdigit()] == [], path.name
    measured, read = measure_texts(letters.texts), read_measurements(tmp_path / "out")
    for name in ("messages", "mentions", "tone", "formulas", "token_counts"):
        there = getattr(read, name)
        words = there.select_dtypes("str").columns
        pd.testing.assert_frame_equal(getattr(measured, name)[words].astype("str").reset_index(drop=True), there[words], check_dtype=False)


def test_in_a_terminal_errors_spell_out_what_would_steer_it(folder, tmp_path):
    out = str(tmp_path / "out")
    assert CliRunner().invoke(main, ["measure", str(folder / "a.jsonl"), "--out", out]).exit_code == 0
    for arguments in (["compare", f"m9 {ATTACKS[9]}", "m9 \x1b[31m", "--measured", out], ["measure", "no\x1b[31m", "--out", out],
                      ["compare", f"m9 {ATTACKS[9]}", f"m6 {ATTACKS[6]}", "--measured", out]):  # fmt: skip
        done = CliRunner().invoke(main, arguments, color=True)
        assert not raw(done.output) and "⟨U+001B⟩[31m" in done.output, done.output


def test_in_jupyterlab_nothing_comes_alive(letters):
    from ipywidgets import HTML

    from comity.explore.panel import COPY

    explorer = explore(gather_letters(measure_texts(letters.texts)), texts=letters.texts)
    panel, ids = explorer.panel, explorer.choices["message_id"].tolist()

    def inside(widget):
        return [widget, *(one for child in getattr(widget, "children", ()) for one in inside(child))]

    ids = [name for name in ids if name.startswith("m")]
    for a, b in zip(ids[::2], ids[1::2], strict=False):
        panel.sides["a"].chosen, panel.sides["b"].chosen = a, b
        panel.update()
        for widget in inside(panel.box):
            shown = widget.value if isinstance(widget, HTML) else "".join(str(option[0]) for option in getattr(widget, "options", ()))
            assert not raw(shown) and not (isinstance(widget, HTML) and alive(shown, [COPY])), shown[:200]


def test_a_figure_draws_any_name():
    table = pd.DataFrame({"who": ATTACKS, "rate": 2.0, "from": 1.0, "to": 4.0})
    plot_intervals(table, label="who", value="rate", low="from", high="to", beside="who", axis="x").savefig(os.devnull, format="svg")
    assert drawable("Ann\u202e\u3164\x00 Lee\u00a0총 \U00012000") == "Ann⟨U+202E⟩⟨U+3164⟩⟨U+0000⟩ Lee 총 □"


@pytest.mark.parametrize("char", ["\u202e", "\u2028", "\u2029", "\u3164", "\uffa0", "\u2800", "\ufe0f", "\U000e0101", "\ue000", "\x00", "\ud800", "\u0378"])
def test_what_nobody_sees_is_spelled_out(char):
    token = f"⟨U+{ord(char):04X}⟩"
    assert token in plain(f"a{char}b") and token in attribute(f"a{char}b") and token in visible(f"a{char}b")
    assert char not in plain(f"a{char}b") + attribute(f"a{char}b") + visible(f"a{char}b")


@pytest.mark.slow
def test_on_the_pages_nothing_comes_alive(folder, tmp_path):
    notebooks = tmp_path / "notebooks"
    notebooks.mkdir()
    (notebooks / "your-letters.ipynb").write_bytes((ROOT / "notebooks" / "your-letters.ipynb").read_bytes())
    built = build_report(notebooks, tmp_path / "pages", folder)
    assert not built.failures, report_failures(list(built.failures))
    page = (tmp_path / "pages" / "your-letters.html").read_text(encoding="utf-8")
    assert not raw(page) and "⟨U+202E⟩" in page and "⟨U+3164⟩" in page
    assert alive(page) == ["script"] and page.count("<script") == 1
