"""Questions asked under many choices: each answer is that of the table it rests on, and what cannot be asked says why."""

from functools import cache

import pytest

from comity import compare_messages, find_omissions, gather_letters, read_corpus, read_measurements
from comity.choices import ask_absence, ask_dropped, ask_tone, find_strongest
from comity.errors import CorpusError

XI, PUTIN = "kim-xi-2024-10-06", "kim-putin-2024-10-07"


@cache
def record():
    return gather_letters(read_measurements(), read_corpus())


def test_tone_is_that_of_the_comparison_of_two_messages():
    row = compare_messages(PUTIN, XI, record(), dimensions=["warmth"]).set_index("measure").loc["warmth"]
    asked = ask_tone(PUTIN, XI, record())
    assert [asked[name] for name in ("estimate", "low", "high")] == pytest.approx([row["contrast"], row["low"], row["high"]])
    assert asked["n"] == row["count_a"] + row["count_b"]


def test_without_its_strongest_term_a_dimension_has_as_many_words_less():
    strongest = find_strongest(record(), [XI, PUTIN], "warmth")
    hits = record().tone[record().tone["frame"].eq("letter") & record().tone["term"].isin(strongest) & record().tone["message_id"].isin([XI, PUTIN])]
    with_it, without = (ask_tone(PUTIN, XI, record(), lexicon=lexicon)["n"] for lexicon in ({}, {"without": strongest}))
    assert 0 < with_it - without <= len(hits)


def test_groups_are_all_letters_of_the_year_to_the_same_two():
    one = ask_tone(PUTIN, XI, record())
    many = ask_tone(PUTIN, XI, record(), compared={"grouping": "all letters to them", "frames": ("letter", "reported")})
    assert many["n"] > one["n"] and many["low"] < many["estimate"] < many["high"]


def test_another_lexicon_is_asked_only_of_letters_in_which_it_was_counted():
    hits = record().tone.query("dimension == 'warmth' and frame == 'letter' and negated == 'no' and message_id in [@XI, @PUTIN]")
    assert ask_tone(PUTIN, XI, record(), lexicon={"hits": hits}) == ask_tone(PUTIN, XI, record())
    with pytest.raises(CorpusError, match="The other lexicon has no term in kim-putin-2024-08-15"):
        ask_tone(PUTIN, XI, record(), lexicon={"hits": hits}, compared={"grouping": "all letters to them"})


@pytest.mark.parametrize(("asked", "told"), [
    ({"unit": "pages"}, "unit is words or sentences"), ({"compared": {"grouping": "all"}}, "grouping"),
    ({"lexicon": {"measures": ["militancy"]}}, "no ratio"), ({"compared": {"frames": ("agency",)}}, "No letter of this side"),
    ({"lexicon": {"measures": ["politeness"]}}, "no dimension politeness. It has deference"), ({"lexicon": {"drop": ["dear"]}}, "not drop"),
    ({"compared": {"frames": "letter"}}, r"write \('letter',\)"),
    ({"address": "without", "compared": {"versions": {PUTIN: "kim-putin-2024-10-07__kcna-kcnawatch__en"}}}, "neither forms of address"),
])  # fmt: skip
def test_what_cannot_be_asked_of_tone(asked, told):
    with pytest.raises(CorpusError, match=told):
        ask_tone(PUTIN, XI, record(), **asked)


def dropped(by="2024-10-06", form="respected", **choices):
    return ask_dropped(form, record().corpus, "Kim Jong Un", "Xi Jinping", by, **choices)


def test_a_form_is_dropped_where_a_later_letter_is_seen_without_it():
    assert dropped() == {"estimate": 1, "n": 8}


def test_a_part_of_the_letter_may_be_seen_where_the_letter_is_not():
    assert dropped(slots=["close"]) == {"estimate": 4, "n": 2}


def test_what_an_outlet_can_show_is_judged_from_all_it_printed():
    """KCNA's English prints opening lines elsewhere in the record, so that one is seen to be missing."""
    assert dropped(languages=["en"], slots=["salutation"]) == {"estimate": 1, "n": 2}


def test_a_form_that_the_last_letter_has_was_not_dropped():
    assert dropped(by="2022-10-23")["estimate"] == 0


@pytest.mark.parametrize(("asked", "told"), [
    ({"languages": ["ko"], "publishers": ["DPRK"]}, "After 2019-10-06 no letter could have shown"), ({"by": "2018-04-01"}, "No letter up to that day"),
    ({"form": "dearest"}, "no form 'dearest'"), ({"languages": "ko"}, r"write \('ko',\), not 'ko'"),
])  # fmt: skip
def test_what_cannot_be_asked_of_a_form(asked, told):
    with pytest.raises(CorpusError, match=told):
        dropped(**asked)


@pytest.mark.parametrize("match", [None, "occasion"])
def test_an_absence_is_as_surprising_as_find_omissions_says(match):
    row = find_omissions(XI, record(), match=match).set_index(["habit", "kind"]).loc[("wish for health", "formula")]
    if row["letters"] == 0:
        with pytest.raises(CorpusError, match="not seen to be missing"):
            ask_absence("wish for health", XI, record(), match=match)
    else:
        asked = ask_absence("wish for health", XI, record(), match=match)
        assert [asked["estimate"], asked["n"]] == [row["surprise"], row["letters"]]


def test_an_absence_needs_a_letter_that_lacks_the_habit():
    with pytest.raises(CorpusError, match="not seen to be missing"):
        ask_absence("wish for health", PUTIN, record())
