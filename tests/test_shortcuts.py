"""What is quickly told of most sentences is told rightly: each shortcut agrees with the long way, for all text."""

import re
from functools import cache

from hypothesis import given, settings
from hypothesis import strategies as st

from comity.address import tokens as address
from comity.formulas.lexicon import read_formulas, ready
from comity.formulas.reader import Reader
from comity.sources.terms import may_hold_name, read_terms
from comity.speech import cues, extents, sentences, voices
from comity.style import tokens as style

PIECES = [
    "The message said", "the king", "said,", "He", "went", " on to say", "sent", "wished", "In the letter", "Ann Lee", "Kim Jong Un", "Kim Jong Unsent",
    "ComradeKim", "McDonald", "Xi Jinping", "H.E.", "H. E.", "it's", "long-standing", "75th", "3rd", "DPRKs", "U.S.", "...", ". .", "…", "[...]", "(…)",
    "[cut]", "good health", "I wish you", "thank", "on behalf of", "   ", "\t\t\t", "\u00a0\u00a0\u00a0", "\n", "“", "”", "’", "'", ",", ":", ".", "-0-", "é", "İ", "中", "김",
]  # fmt: skip
TEXTS = st.lists(st.sampled_from(PIECES) | st.text(max_size=6) | st.just(" "), max_size=14).map("".join)


def texts_of(*pieces: str):
    """Texts of some of these words, mostly parted by spaces."""
    return st.lists(st.tuples(st.sampled_from(pieces), st.sampled_from([" ", " ", ""])), max_size=8).map(lambda words: "".join(map("".join, words)))


SAID = texts_of("The message", "In the letter", "he", "sent", "paid", "went on")
GAPS = texts_of("went", "Ann", "a", "B", "“", "   ", "\t \u00a0", "    ", ".", "\n")
WISHES = texts_of("I", "we", "wish", "wishing", "you", "good", "health", "thank", "thanks", "on", "behalf", "of", "reply", "congratulate", "success", "to")

many = settings(max_examples=300, deadline=None)


@many
@given(TEXTS)
def test_words_of_plain_letters_are_the_same_words(text):
    pattern = style._parted() if style.GLUED.search(text) or any(name in text for name in style._names()) else style._WORD
    assert style.find_tokens(text) == [word.lower().replace("’", "'") for word in pattern.findall(text)]
    assert address.find_words(text) == address._token(address._SMALL).findall(text)


@many
@given(SAID)
def test_without_a_verb_of_saying_nobody_is_told_to_say_something(text):
    if voices._told().match(text):
        assert not voices._verbs().isdisjoint(voices._WORD.findall(text))


@many
@given(TEXTS)
def test_a_letter_is_cut_where_its_marks_say_so(text):
    assert extents._is_cut(text) == bool(extents._GAP.search(text))


@many
@given(GAPS | TEXTS)
def test_wide_gaps_are_those_after_a_word(text):
    plain = re.compile(r"(?<=\w)[ \t\u00a0]{3,}(?=[\"“]?[A-Z])")
    assert [gap.end() for gap in sentences._WIDE_GAP.finditer(text)] == [gap.end() for gap in plain.finditer(text)]


@many
@given(TEXTS)
def test_a_name_is_only_parted_where_one_may_stand(text):
    assert may_hold_name(text) or not any(name in text for name in read_terms("message_stories")["name"])
    parted = cues._GLUED.sub(r" \g<0>", text).replace("\u00a0", " ")
    if "\n" in parted or "\r" in parted:
        parted = " ".join(parted.split()).replace(" ,", ",")
    assert cues.part_glued(text) == cues._glued_name().sub(r"\g<0> ", parted)


@many
@given(WISHES | TEXTS)
def test_a_sentence_that_is_passed_by_has_no_formula(text):
    reader = _reader()
    assert reader._may_hold(style.find_tokens(text)) or not reader._whole(reader._in_words(text))


@cache
def _reader() -> Reader:
    return Reader(ready(read_formulas(), "en"), "en")
