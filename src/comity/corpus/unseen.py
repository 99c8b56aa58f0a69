"""Characters that nobody sees, or that put others into another order: wherever a text is shown, they are spelled out."""

import re
import unicodedata

# Controls, marks of direction and other format characters, half pairs, private and unassigned ones, the ends of lines and paragraphs.
_KINDS = {"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"}
# Letters and marks that Unicode has nothing drawn for (Default_Ignorable_Code_Point, of DerivedCoreProperties.txt, as far as it is not among
# the kinds above), and the blank pattern of Braille.
_DRAWN_AS_NOTHING = re.compile("[\u034f\u115f\u1160\u17b4\u17b5\u180b-\u180f\u2800\u3164\ufe00-\ufe0f\uffa0\U000e0100-\U000e01ef]")


def is_unseen(char: str) -> bool:
    r"""Is this a character that a reader cannot see? A line feed and a tab are none.

    >>> [is_unseen(char) for char in ("\u202e", "\u3164", "\u2028", "é", "\n")]
    [True, True, True, False, False]
    """
    if " " <= char <= "~" or char in "\n\t":
        return False
    return unicodedata.category(char) in _KINDS or _DRAWN_AS_NOTHING.match(char) is not None


def spell_out(text: str) -> str:
    r"""The text with every character that cannot be seen replaced by a token.

    >>> spell_out("Ann\u202e Lee")
    'Ann⟨U+202E⟩ Lee'
    """
    return "".join(f"⟨U+{ord(char):04X}⟩" if is_unseen(char) else char for char in text)
