"""Two versions of one message side by side: which forms of address both have, which are others, which are missing."""

from comity.contrasts.versions import ANYWHERE, FORMULA, HAS, LACKS, MAY_HAVE, NOT_RELIED_ON, NOT_SEEN, RETOLD, SAID, SAID_TO_LACK, UNIT
from comity.errors import CorpusError
from comity.figures.fonts import speak
from comity.figures.narrow import LETTERS, fit_height
from comity.figures.style import ACCENT, GREY, INK, NARROW, PAPER, WIDE, draw_key, draw_sizes, finish, new_figure
from comity.figures.words import fold, stack
from comity.slots import PLACES

_ROW, _AROUND = 0.225, 0.78  # inches: a row, and what stands above the rows
_LABEL = 17  # digits in a line of the label of a row
# Digits in a line of the words of a version; where the marks of the two versions stand in the width; how far from them the words are.
_COLUMNS, _NARROW = (28, (0.54, 0.63), 0.022), (16, (0.42, 0.58), 0.042)

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
    drawn = seen, heads, [side["language"].iloc[0] for side in sides]
    return draw_sizes(lambda narrow: (_draw_narrow if narrow else _draw_wide)(*drawn), _describe(seen, len(rows) - len(seen), heads))


def _draw_wide(seen, heads, languages):
    lines = _lines(seen, heads, _LABEL, _COLUMNS[0])
    places, height = stack([line["texts"] for line in lines])
    figure, [[axes]] = new_figure((WIDE[0], _AROUND + _ROW * height))
    axes.set(xlim=(0, 1), ylim=(height - 0.4, -0.6), xticks=[], yticks=[])
    _draw_heads(axes, lines[0]["texts"], 2 * places[0] + 0.4, _COLUMNS)
    for place, line in zip(places[1:], lines[1:], strict=True):
        _write_label(axes, line, place, place - 0.5)
        _draw(axes, place, line, languages, _COLUMNS)
    draw_key(figure, _key(seen))
    finish(figure)
    return figure


def _draw_narrow(seen, heads, languages):
    """A label above each row, and the words closer together."""
    lines = _lines(seen, heads, LETTERS, _NARROW[0])
    # The label of a row in a line of its own.
    rows = [row for line in lines[1:] for row in ([line["texts"][0], "", ""], ["", *line["texts"][1:]])[: 1 + bool(line["kinds"])]]
    places, height = stack([lines[0]["texts"], *rows])
    figure, [[axes]] = new_figure((NARROW, height * _ROW + 0.2))
    axes.set(xlim=(0, 1), ylim=(height - 0.4, -0.6), xticks=[], yticks=[])
    _draw_heads(axes, lines[0]["texts"], 2 * places[0] + 0.4, _NARROW)
    free = iter(places[1:])
    for line in lines[1:]:
        place = next(free)
        _write_label(axes, line, place, place - 0.5)
        if line["kinds"]:
            _draw(axes, next(free) - 0.15, line, languages, _NARROW)
    for text in axes.texts:
        text.set_in_layout(False)  # they fit into the drawing, and do not make it smaller
    fit_height(figure, [axes], height * _ROW * 72)
    draw_key(figure, _key(seen), grow=True)
    finish(figure)
    return figure


def _key(seen):
    return [(_TOLD[link], look) for link, look in _LINKS.items() if any(row["link"] == link for row in seen)]


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


def _head(head, seen, side, letters):
    shown = sum(row["kinds"][side] != "unseen" for row in seen)
    return fold(head, letters) + "\n" + fold(f"shows {shown} of {len(seen)}", letters)


def _lines(seen, heads, label, letters):
    """What stands in each line of the drawing: the names of the versions, a place, or a unit; the label first.

    ``label, letters``: digits in a line of the label, and in one of the words.
    """
    lines = [{"texts": ["", *(_head(head, seen, side, letters) for side, head in enumerate(heads))], "kinds": []}]
    for number, row in enumerate(seen):
        if number == 0 or row["slot"] != seen[number - 1]["slot"]:
            lines.append({"texts": [fold(_PLACES.get(row["slot"], row["slot"]), label), "", ""], "kinds": []})
        words = [fold(text, letters) for text in row["words"]]
        lines.append({"texts": [fold(row["form"], label), *words], "kinds": row["kinds"], "link": row["link"]})
    return lines


def _draw_heads(axes, texts, bottom, columns):
    _, (left, right), gap = columns
    for text, x, align in zip(texts[1:], (left - gap, right + gap), ("right", "left"), strict=True):
        axes.text(x, bottom, text, ha=align, va="bottom", color=GREY)


def _write_label(axes, line, place, top):
    """A place with a hairline above it, or the form of a unit."""
    if line["kinds"]:
        axes.text(0, place, line["texts"][0], va="center_baseline", color=GREY)
    else:
        axes.axhline(top, color="#e2e2e2", linewidth=0.6, zorder=1)
        axes.text(0, place, line["texts"][0], va="center_baseline", fontweight="bold")


def _draw(axes, place, line, languages, columns):
    """The words of both versions, and between them their marks and what joins these."""
    _, marks, gap = columns
    if not line["kinds"]:
        return
    if line["link"] in _LINKS:
        axes.plot(marks, (place, place), zorder=1, **_LINKS[line["link"]])
    sides = zip(marks, (-gap, gap), ("right", "left"), line["texts"][1:], line["kinds"], languages, strict=True)
    for x, shift, align, words, kind, language in sides:
        axes.scatter([x], [place], zorder=3, **_MARKS[kind])
        look = dict(ha=align, va="center_baseline", multialignment=align, color=GREY if kind == "unseen" else INK)
        speak(axes.text(x + shift, place, words, **look), language if kind in ("has", "weaker") else "en")


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
    more = " One more is shown by neither." if left_out == 1 else f" {left_out} more are shown by neither." if left_out else ""
    return f"Two versions of one message, unit by unit: {heads[0]} and {heads[1]}. {' '.join(parts)}{more}"
