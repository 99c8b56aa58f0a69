"""Two versions of one message side by side: which forms of address both have, which are others, which are missing."""

from comity.contrasts.versions import ANYWHERE, FORMULA, HAS, LACKS, MAY_HAVE, NOT_RELIED_ON, NOT_SEEN, RETOLD, SAID, SAID_TO_LACK, UNIT
from comity.errors import CorpusError
from comity.figures.fonts import speak
from comity.figures.style import ACCENT, GREY, INK, PAPER, WIDE, draw_key, finish, new_figure, styled
from comity.figures.words import fold, stack
from comity.slots import PLACES

_ROW, _AROUND = 0.225, 0.78  # inches: a row, and what stands above the rows
_LABEL, _WORDS = 17, 28  # digits in a line: of the label of a row, of the words of a version
_LEFT, _RIGHT, _GAP = 0.54, 0.63, 0.022  # where the marks of the two versions stand in the width, and how far from them the words

_PLACES = PLACES | {ANYWHERE: "anywhere"}
# How a version has a unit: the kinds of mark, and what is written after its words, or instead of them.
_KINDS = {HAS: "has", MAY_HAVE: "weaker", RETOLD: "weaker", SAID: "weaker", LACKS: "lacks", SAID_TO_LACK: "lacks", NOT_SEEN: "unseen"}
_ADDED = {MAY_HAVE: " (perhaps)", RETOLD: " (retold)", SAID: " (said to be there)", NOT_RELIED_ON: " (not relied on)"}
_INSTEAD = {LACKS: "lacks it", SAID_TO_LACK: "said to lack it", NOT_SEEN: "not in the part seen", NOT_RELIED_ON: "not relied on"}
_MARKS = {
    "has": dict(marker="o", s=30, facecolor=INK, edgecolor=INK, linewidth=1.0),
    "weaker": dict(marker="D", s=17, facecolor=GREY, edgecolor=GREY, linewidth=1.0),
    "lacks": dict(marker="o", s=30, facecolor=PAPER, edgecolor=ACCENT, linewidth=1.2),
    "unseen": dict(marker="_", s=20, color=GREY, linewidth=1.0),
}
_LINKS = {
    "kept": dict(color=INK, linewidth=1.2, linestyle="-"),
    "changed": dict(color=ACCENT, linewidth=1.2, linestyle=(0, (2.5, 1.8))),
    "missing": dict(color=ACCENT, linewidth=1.2, linestyle=(0, (0.8, 2.2))),
}
_TOLD = {"kept": "the same form", "changed": "another form in its place", "missing": "missing from one", "not seen": "not seen in one"}


def plot_versions(compared, left, right, heads=None):
    """Draw two versions of a message in two columns, a row a unit: what both have, what is another form, what is missing.

    Columns in: as `compare_versions` gives them; rows of units that one does not want to draw may be left out, and the opening line and
    the closing wish as a whole are not drawn. ``left, right``: the ids of two versions; ``heads``: what they are called, by default outlet and language. A row is labelled with its form, under the place
    where it stands. A line joins what both have; it is broken where one has another form of the same kind in that place, dotted where
    one was seen without it. A diamond is retold, reported or unsure. Units that neither version shows are left out; the alternative
    text says how many. Returns the Figure; its ``comity_alt`` says in words what it shows.
    Errors: CorpusError for a version that is not in the table, and where neither shows a unit.

    >>> from comity import compare_versions, read_corpus
    >>> table = compare_versions("kim-putin-2024-10-07", read_corpus()).query("slot != 'anywhere'")
    >>> ids = ["kim-putin-2024-10-07__kcna-kcnawatch__en", "kim-putin-2024-10-07__jtbc-rodong-quotation__ko"]
    >>> plot_versions(table, *ids).comity_alt.startswith("Two versions of one message, unit by unit")
    True
    """
    sides = [_side(compared, version) for version in (left, right)]
    rows = _pair_units(*sides)
    seen = [row for row in rows if row["link"] != "neither"]
    if not seen:
        raise CorpusError(f"There is nothing to draw: neither {left!r} nor {right!r} shows a unit.")
    heads = heads or [f"{side['outlet'].iloc[0]}, {_name_language(side['language'].iloc[0])}" for side in sides]
    with styled():
        lines = _lines(seen, [_head(head, seen, side) for side, head in enumerate(heads)])
        places, height = stack([line["texts"] for line in lines])
        figure, [[axes]] = new_figure((WIDE[0], _AROUND + _ROW * height))
        axes.set(xlim=(0, 1), ylim=(height - 0.4, -0.6), xticks=[], yticks=[])
        _draw_heads(axes, lines[0]["texts"], 2 * places[0] + 0.4)
        for place, line in zip(places[1:], lines[1:], strict=True):
            _draw(axes, place, line, [side["language"].iloc[0] for side in sides])
        draw_key(figure, [(_TOLD[link], look) for link, look in _LINKS.items() if any(row["link"] == link for row in seen)])
        finish(figure)
    figure.comity_alt = _describe(seen, len(rows) - len(seen), heads)
    return figure


def _side(compared, version):
    mine = compared[compared["version_id"] == version]
    if mine.empty:
        raise CorpusError(f"The table has no version {version!r}; it has {', '.join(compared['version_id'].unique()) or 'none'}.")
    return mine


def _pair_units(left, right):
    """The units of two versions, a row each: what each shows of it, and how the two differ."""
    # Opening lines and closing wishes as a whole are not the same because both letters have one.
    merged = left[left["element"] != FORMULA].merge(right, on=UNIT, suffixes=("_a", "_b"), sort=False).to_dict("records")
    rows = [{name: row[name] for name in UNIT} | _compare(row) for row in merged]
    for row in [row for row in rows if row["link"] == "missing" and row["there"] == [True, False]]:
        others = (
            other for other in rows
            if other["link"] == "missing" and other["there"] == [False, True] and all(other[name] == row[name] for name in UNIT[:2])
        )
        other = next(others, None)
        if other:
            row |= {"link": "changed", "form": f"{row['form']}, {other['form']}", "kinds": [row["kinds"][0], other["kinds"][1]]}
            row |= {"words": [row["words"][0], other["words"][1]], "there": [True, True]}
            rows.remove(other)
    return rows


def _compare(row):
    shows = [row["shows_a"], row["shows_b"]]
    words = [row[name].replace("|", " / ") for name in ("words_a", "words_b")]
    kinds = ["weaker" if each == NOT_RELIED_ON and word else _KINDS.get(each, "unseen") for each, word in zip(shows, words, strict=True)]
    there = [kind in ("has", "weaker") for kind in kinds]
    told = [word + _ADDED.get(each, "") if is_there else _INSTEAD[each] for each, word, is_there in zip(shows, words, there, strict=True)]
    link = "kept" if all(there) else "neither" if not any(there) else "missing" if "lacks" in kinds else "not seen"
    return {"kinds": kinds, "words": told, "there": there, "link": link}


def _head(head, seen, side):
    shown = sum(row["kinds"][side] != "unseen" for row in seen)
    return fold(head, _WORDS) + "\n" + fold(f"shows {shown} of {len(seen)}", _WORDS)


def _lines(seen, heads):
    """What stands in each line of the drawing: the names of the versions, a place, or a unit; the label first."""
    lines = [{"texts": ["", *heads], "kinds": []}]
    for number, row in enumerate(seen):
        if number == 0 or row["slot"] != seen[number - 1]["slot"]:
            lines.append({"texts": [fold(_PLACES.get(row["slot"], row["slot"]), _LABEL), "", ""], "kinds": []})
        words = [fold(text, _WORDS) for text in row["words"]]
        lines.append({"texts": [fold(row["form"], _LABEL), *words], "kinds": row["kinds"], "link": row["link"]})
    return lines


def _draw_heads(axes, texts, bottom):
    for text, x, align in zip(texts[1:], (_LEFT - _GAP, _RIGHT + _GAP), ("right", "left"), strict=True):
        axes.text(x, bottom, text, ha=align, va="bottom", color=GREY)


def _draw(axes, place, line, languages):
    """A place, or a unit: its form, the words of both versions, and between them their marks and what joins these."""
    if not line["kinds"]:
        axes.axhline(place - 0.5, color="#e2e2e2", linewidth=0.6, zorder=1)
        axes.text(0, place, line["texts"][0], va="center_baseline", fontweight="bold")
        return
    axes.text(0, place, line["texts"][0], va="center_baseline", color=GREY)
    if line["link"] in _LINKS:
        axes.plot((_LEFT, _RIGHT), (place, place), zorder=1, **_LINKS[line["link"]])
    sides = zip((_LEFT, _RIGHT), (-_GAP, _GAP), ("right", "left"), line["texts"][1:], line["kinds"], languages, strict=True)
    for x, gap, align, words, kind, language in sides:
        axes.scatter([x], [place], zorder=3, **_MARKS[kind])
        look = dict(ha=align, va="center_baseline", multialignment=align, color=GREY if kind == "unseen" else INK)
        speak(axes.text(x + gap, place, words, **look), language if kind in ("has", "weaker") else "en")


def _name_language(code):
    from babel import Locale

    return Locale("en").languages.get(code, code)


def _describe(seen, left_out, heads):
    """The alternative text, written from the drawn rows."""
    parts = []
    for link, told in _TOLD.items():
        mine = [f"{_PLACES.get(row['slot'], row['slot'])}, {row['form']} ({row['words'][0]}; {row['words'][1]})" for row in seen if row["link"] == link]
        if mine:
            parts.append(f"{told[0].upper() + told[1:]}: {len(mine)} of {len(seen)}: {'; '.join(mine)}.")
    more = f" {left_out} more are shown by neither." if left_out else ""
    return f"Two versions of one message, unit by unit: {heads[0]} and {heads[1]}. {' '.join(parts)}{more}"
