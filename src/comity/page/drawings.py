"""A matplotlib figure as inline SVG: the same bytes every time, ids of its own, and words for who cannot see it."""

from __future__ import annotations

import io
import re
import warnings

from comity.errors import ClaimError
from comity.page.text import attribute

# A fixed salt instead of matplotlib's random one, glyphs as outlines instead of the reader's fonts.
SVG_SETTINGS = {"svg.hashsalt": "comity", "svg.fonttype": "path"}
NO_METADATA = {"Date": None, "Creator": None, "Format": None, "Type": None}


def is_figure(thing) -> bool:
    """Whether a thing is a matplotlib figure, found out without importing matplotlib."""
    return hasattr(thing, "savefig") and hasattr(thing, "get_axes")


def alt_text(figure, caption: str) -> str:
    """What the figure shows, in words; raises ClaimError where nobody has written it."""
    alt = getattr(figure, "comity_alt", None)
    if not isinstance(alt, str) or not alt.strip():
        raise ClaimError(f"The figure “{caption}” has no text for readers who cannot see it. Draw it with a function "
                         "of comity.figures, or set figure.comity_alt to a sentence that says what it shows.")
    return " ".join(alt.split())


def figure_html(figure, name: str, caption: str, alt: str) -> str:
    """The figure as it stands on a page; where it has a narrow drawing too (`comity_narrow`), both, and the style sheet shows one."""
    narrow = getattr(figure, "comity_narrow", None)
    if narrow is None:
        return f'<div class="scroll" role="group" tabindex="0" aria-label="Figure">{figure_svg(figure, name, caption, alt)}</div>'
    return "\n".join([figure_svg(figure, name, caption, alt, "wide"), figure_svg(narrow, f"{name}-narrow", caption, alt, "narrow")])


def figure_svg(figure, name: str, caption: str, alt: str, size: str = "") -> str:
    """The figure as an <svg> element whose ids begin with `name`, of this class; raises ClaimError where it cannot be drawn."""
    svg = _drawn(figure, caption)
    svg = svg[svg.index("<svg"):]
    body = svg[svg.index(">") + 1:]
    box = re.search(r'viewBox="([^"]+)"', svg).group(1)
    width, height = (round(float(size) * 4 / 3) for size in box.split()[2:])
    body = re.sub(r"\s*<metadata>.*?</metadata>|<style[^>]*>.*?</style>|<defs>\s*</defs>|<!--.*?-->", "", body, flags=re.S)
    body = _own_ids(_rounded(body).replace("xlink:href", "href"), name)
    size = size and f' class="{size}"'
    return (f'<svg{size} xmlns="http://www.w3.org/2000/svg" viewBox="{box}" width="{width}" height="{height}" role="img" '
            f'aria-label="{attribute(alt)}" stroke-linejoin="round" stroke-linecap="butt">'
            f"{re.sub(chr(10) + ' *', chr(10), body).strip()}")


def _drawn(figure, caption: str) -> str:
    import matplotlib

    page = io.StringIO()
    try:
        with warnings.catch_warnings(), matplotlib.rc_context(SVG_SETTINGS):
            warnings.filterwarnings("error", message=r"Glyph .* missing")
            figure.savefig(page, format="svg", metadata=NO_METADATA, transparent=True)
    except Exception as error:  # whatever matplotlib raises, the reader would see no figure
        raise ClaimError(
            f"The figure “{caption}” cannot be drawn: {str(error).strip()}\n"
            "What to do: for a missing glyph, draw with a font that has it (comity.figures brings one); for a mistake "
            "in a formula, write the $ of the text as \\$."
        ) from error
    return page.getvalue()


def _own_ids(svg: str, name: str) -> str:
    """Ids that nothing refers to go; the others get the name of the figure, so that two figures share a page."""
    used = dict.fromkeys(re.findall(r'(?:href="#|url\(#)([^")]+)', svg))
    short = {old: f"{name}-{number}" for number, old in enumerate(used, 1)}
    svg = re.sub(r' id="([^"]*)"', lambda m: f' id="{short[m[1]]}"' if m[1] in short else "", svg)
    return re.sub(r'(href="#|url\(#)([^")]+)', lambda m: m[1] + short[m[2]], svg)


def _rounded(svg: str) -> str:
    """Coordinates to a hundredth of a point: no eye sees more, and the page is a third smaller."""
    return re.sub(r' (?:d|x|y)="[^"]*"', lambda found: re.sub(r"-?\d+\.\d{3,}", _hundredths, found[0]), svg)


def _hundredths(number: re.Match) -> str:
    return f"{float(number[0]):.2f}".rstrip("0").rstrip(".")
