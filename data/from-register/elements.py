"""Split a form of address into its elements, the longest term first, each character once."""

import re

ELEMENTS = ("possessive", "epithet", "solidarity", "courtesy", "title", "name", "pronoun")


def compile_terms(terms, people, language):
    """One pattern for all names and terms of a language, and the element of each; a name wins over a like term."""
    names = people[(people["language"] == language) & (people["kind"] == "name")]["value"]
    element = {name.casefold(): "name" for name in names}
    for row in terms[terms["language"] == language].to_dict("records"):
        element.setdefault(row["term"].casefold(), row["element"])
    longest_first = sorted(element, key=lambda term: (-len(term), term))
    return re.compile("|".join(map(_as_word, longest_first)), re.IGNORECASE), element


def split_elements(matched, compiled, leftovers):
    """The words of each element in their order; raises ValueError where words remain that nobody has explained."""
    pattern, element = compiled
    found = {name: [] for name in ELEMENTS}
    for hit in pattern.finditer(matched):
        found.get(element[hit.group().casefold()], []).append(hit.group())
    remaining = re.findall(r"\w+", pattern.sub(" ", matched))
    if unexplained := [word for word in remaining if word.casefold() not in leftovers]:
        raise ValueError(f"{matched!r}: {unexplained} is neither in the lexicon nor in leftovers.csv.")
    return {name: " ".join(words) for name, words in found.items()}


def _as_word(term):
    """Latin and Cyrillic terms are whole words; Hangul and Han glue to their neighbours."""
    return rf"(?<!\w){re.escape(term)}(?!\w)" if ord(term[0]) < 0x1100 else re.escape(term)
