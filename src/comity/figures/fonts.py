"""The fonts of every figure: one that matplotlib brings, and one with Hangul and Chinese for what it does not have."""

import unicodedata
from functools import cache

from matplotlib.font_manager import FontEntry, FontProperties, fontManager, get_font
from matplotlib.textpath import text_to_path
from noto_cjk_sans_jp_regular import FONT_PATH

from comity.corpus.unseen import is_unseen, spell_out

# As the style file names them. The second has a name of its own: no font of the machine stands in for it.
LATIN, CJK = FAMILIES = ("DejaVu Sans", "Noto Sans CJK of comity")


@cache
def bring_font():
    """Put the font for Hangul and Chinese on matplotlib's list, once; it is drawn only where it is asked for."""
    # There is one weight. Listed for bold too, or matplotlib would say in every notebook that it finds none.
    fontManager.ttflist.extend(FontEntry(str(FONT_PATH), name=CJK, weight=weight, size="scalable") for weight in (400, 700))


def measure(text):
    """How wide a text is, in digits: a digit is a little wider than most letters are.

    >>> round(measure("1234567890")), round(measure("총비서동지"))
    (10, 7)
    """
    return sum(_measure_letter(letter) for letter in text)


@cache
def _measure_letter(letter):
    bring_font()
    look = FontProperties(family=list(FAMILIES), size=100)
    return text_to_path.get_text_width_height_descent(letter, look, False)[0] / 63.6


def drawable(text):
    """The text as the fonts can draw it: what cannot be seen is spelled out, any space is a plain one, a letter that no font has is a box.

    >>> drawable("Ann\\u202e Lee\\u00a0\\U00012000")
    'Ann⟨U+202E⟩ Lee □'
    """
    return "".join(map(_drawn, text))


@cache
def _drawn(letter):
    if letter.isspace() and (letter == "\n" or unicodedata.category(letter) == "Zs"):
        return letter if letter == "\n" else " "
    if is_unseen(letter):
        return spell_out(letter)
    return letter if ord(letter) in _letters() else "□"


@cache
def _letters():
    """The letters that the two fonts have."""
    bring_font()
    paths = [fontManager.findfont(FontProperties(family=family), fallback_to_default=False) for family in FAMILIES]
    return frozenset().union(*(get_font(path).get_charmap() for path in paths))


def speak(text, language):
    """Draw a text with the characters as this language writes them (a code as in the tables; zh is simplified Chinese)."""
    text.set_language({"zh": "zh-Hans"}.get(language, language) or None)
