"""Words in a drawing: folded into lines of so many letters, in any script, and rows high enough for their lines."""

import re

from comity.figures.fonts import drawable, measure

# Between two characters of Chinese or Japanese a line may end; a mark stays with what it follows.
_PIECES = re.compile(r"\s*(?:[\u2e80-\u9fff]|[^\s\u2e80-\u9fff]+)[、。，：；！？」』）]*")


def fold(text, letters):
    """The text in lines as long as so many digits, cut inside a word only where it has no other place.

    >>> fold("the seventy-fifth anniversary", 12).split("\\n")
    ['the', 'seventy-fifth', 'anniversary']
    >>> fold("总书记同志", 5).split("\\n")
    ['总书记', '同志']
    """
    lines, line = [], ""
    for piece in (part for found in _PIECES.findall(drawable(str(text))) for part in _cut(found, letters)):
        if line and measure(line + piece) > letters:
            lines, line = [*lines, line], ""
        line = line + re.sub(r"\s+", " ", piece) if line else piece.lstrip()
    return "\n".join([*lines, line])


def stack(rows, more=0.7):
    """Where the middle of each row lies, counted in rows of one line, and how many they make; a further line needs ``more`` of a row.

    >>> stack([["one line", "one"], ["two\\nlines", "one"], ["one"]])
    ([0.0, 1.35, 2.7], 3.7)
    """
    heights = [1 + more * max(text.count("\n") for text in texts) for texts in rows]
    middles = [round(sum(heights[:place]) + (height - 1) / 2, 6) for place, height in enumerate(heights)]
    return middles, round(sum(heights), 6)


def _cut(piece, letters):
    """A piece in parts that fit into a line."""
    part = ""
    for letter in piece:
        if part and measure((part + letter).strip()) > letters:
            yield part
            part = ""
        part += letter
    yield part
