"""Characters that nobody sees, or that put others into another order: wherever a text is shown, they are spelled out."""

import re
import unicodedata

# Controls, marks of direction and other format characters, the ends of lines and paragraphs.
_HIDDEN = {"Cc", "Cf", "Zl", "Zp"}
# Half pairs, private and unassigned characters: what they look like, if anything, no standard says.
_SHAPELESS = {"Cs", "Co", "Cn"}
# Letters and marks that Unicode has nothing drawn for (Default_Ignorable_Code_Point, of DerivedCoreProperties.txt, as far as it is not among
# the kinds above), and the blank pattern of Braille.
_DRAWN_AS_NOTHING = re.compile("[\u034f\u115f\u1160\u17b4\u17b5\u180b-\u180f\u2800\u3164\ufe00-\ufe0f\uffa0\U000e0100-\U000e01ef]")


def is_hidden(char: str) -> bool:
    r"""Is this a character that is drawn as nothing, whatever the font? A line feed and a tab are none.

    >>> [is_hidden(char) for char in ("\u202e", "\u3164", "\ue000", "\n")]
    [True, True, False, False]
    """
    if " " <= char <= "~" or char in "\n\t":
        return False
    return unicodedata.category(char) in _HIDDEN or _DRAWN_AS_NOTHING.match(char) is not None


def find_hidden(text: str) -> str:
    r"""The first character of a text that is drawn as nothing; empty where there is none, which is quickly told of most.

    >>> find_hidden("Ann\u200b Lee"), find_hidden("Ann Lee")
    ('\u200b', '')
    """
    if text.isprintable() and (text.isascii() or not _DRAWN_AS_NOTHING.search(text)):
        return ""
    return next(filter(is_hidden, text), "")


def is_unseen(char: str) -> bool:
    r"""Is this a character that a reader cannot see, or not as it was meant?

    >>> [is_unseen(char) for char in ("\u202e", "\ue000", "é", "\n")]
    [True, True, False, False]
    """
    return is_hidden(char) or unicodedata.category(char) in _SHAPELESS


def spell_out(text: str) -> str:
    r"""The text with every character that cannot be seen replaced by a token.

    >>> spell_out("Ann\u202e Lee")
    'Ann⟨U+202E⟩ Lee'
    """
    return "".join(f"⟨U+{ord(char):04X}⟩" if is_unseen(char) else char for char in text)
