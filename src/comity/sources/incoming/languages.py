"""The language of a letter: its code, where something says it; else what its script makes likely, and that is said."""

import re
import unicodedata
from collections import Counter
from functools import cache, lru_cache

# Scripts by the first word of their characters' names, with their codes (ISO 15924).
_SCRIPTS = {
    "HANGUL": "Kore", "HIRAGANA": "Jpan", "KATAKANA": "Jpan", "CJK": "Hans", "CYRILLIC": "Cyrl", "ARABIC": "Arab", "HEBREW": "Hebr", "GREEK": "Grek",
    "DEVANAGARI": "Deva", "THAI": "Thai", "GEORGIAN": "Geor", "ARMENIAN": "Armn", "BENGALI": "Beng", "TAMIL": "Taml", "ETHIOPIC": "Ethi", "KHMER": "Khmr",
}  # fmt: skip
LOOKED_AT = 400


def read_language(said: str, text: str) -> tuple[str, str]:
    """The two letters of a language, and how they were guessed (blank where something says them).

    >>> read_language("en-GB", ""), read_language("French", ""), read_language("", "Многоуважаемый")
    (('en', ''), ('fr', ''), ('ru', 'its letters'))
    """
    code = _code(said.strip()) if said.strip() else ""
    if code:
        return code, ""
    likely = _by_script(text)
    return (likely, "its letters") if likely else ("en", "nothing says another")


@cache
def _code(said: str) -> str:
    from babel.core import Locale, get_global

    short = re.split(r"[-_]", said.lower())[0]
    names = {name.lower(): code for code, name in Locale("en").languages.items()}
    code = str(get_global("language_aliases").get(short, short)) if len(short) in (2, 3) else names.get(said.lower(), "")
    return code if re.fullmatch(r"[a-z]{2,3}", code) else ""


def _by_script(text: str) -> str:
    """The likeliest language of the script that most letters have; "" for Latin ones."""
    head = text[:LOOKED_AT]
    if head.isascii():
        return ""
    letters = [char for char in head if char.isalpha()]
    scripts = Counter(map(_script, letters))
    if scripts["HIRAGANA"] + scripts["KATAKANA"] > len(letters) / 10:
        return _likely("Jpan")
    most = scripts.most_common(1)
    return _likely(_SCRIPTS.get(most[0][0], "")) if most else ""


@lru_cache(maxsize=20_000)
def _script(char: str) -> str:
    return unicodedata.name(char, "").partition(" ")[0]


@cache
def _likely(script: str) -> str:
    from babel.core import get_global

    return get_global("likely_subtags").get(f"und_{script}", "").partition("_")[0] if script else ""
