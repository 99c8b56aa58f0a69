"""Claims against the record: every verdict follows from tables, and turns when the tables turn."""

from dataclasses import replace
from types import SimpleNamespace

import pandas as pd
import pytest

from comity import check_claims, gather_letters, read_corpus, read_measurements
from comity.claims import VERDICTS
from comity.errors import CorpusError


@pytest.fixture(scope="module")
def corpus():
    return read_corpus()


def verdict(corpus, **claim):
    blank = dict.fromkeys(("articles", "messages", "slot", "compared_with", "expected", "reason"), "")
    row = blank | {"claim_id": "X", "claim": "x", "testable": "yes"} | claim
    return check_claims(pd.DataFrame([row]), corpus).iloc[0]


@pytest.mark.parametrize(("claim", "expected", "because"), [
    (dict(shown_by="form present", form="respected", messages="kim-xi-2019-10-06"), "holds", "in direct speech"),
    (dict(shown_by="form present", form="respected", messages="kim-xi-2018-05-08"), "holds in part", "said to be there"),
    (dict(shown_by="form present", form="respected", messages="kim-xi-2024-10-01"), "does not hold", "missing"),
    (dict(shown_by="form present", form="respected", messages="kim-xi-2020-09-14"), "cannot be seen", "could not be seen"),
    (dict(shown_by="form present", form="respected", slot="body", messages="kim-xi-2024-10-06"), "does not hold", "missing"),
    (dict(shown_by="form present", form="respected", messages="kim-xi-2019-10-06|kim-xi-2020-09-14"), "cannot be seen", "could not be seen"),
    (dict(shown_by="form dropped", form="respected", messages="kim-xi-2024-10-06", compared_with="kim-xi-2019-10-06"), "holds in part", "23 October 2022"),
    (dict(shown_by="form dropped", form="respected", messages="kim-xi-2024-10-01", compared_with="kim-xi-2022-10-23"), "holds", "missing"),
    (dict(shown_by="form dropped", form="general secretary", messages="kim-xi-2024-10-06", compared_with="kim-xi-2019-10-06"), "does not hold", "in direct speech"),
    (dict(shown_by="form dropped", form="respected", messages="kim-xi-2024-10-06", compared_with="kim-xi-2020-09-14"), "cannot be seen", "could not be seen"),
    (dict(shown_by="form present", form="respected|comrade", messages="kim-xi-2019-10-06"), "holds", "“comrade” on 6 October 2019"),
    (dict(shown_by="form present", form="comrade|respected", messages="kim-xi-2024-10-01"), "does not hold", "“comrade”"),
    (dict(shown_by="form dropped", form="closest", messages="kim-putin-2024-12-30", compared_with="kim-putin-2024-10-07"), "cannot be seen", "said to be there"),
    (dict(shown_by="date", form="published by DPRK", expected="2024-10-08", messages="kim-putin-2024-10-07"), "holds", "versions of DPRK"),
    (dict(shown_by="date", form="published by DPRK", expected="2025-06-12", messages="kim-putin-2025-06-11"), "holds in part", "of others"),
    (dict(shown_by="date", form="published by DPRK", expected="2024-10-09", messages="kim-putin-2024-10-07"), "does not hold", "8 October 2024"),
    (dict(shown_by="form first used", form="closest", messages="kim-putin-2024-10-07"), "cannot be seen", "of 25 letters before, 25 do not let us see"),
    (dict(shown_by="form first used", form="respected", messages="kim-xi-2022-10-23"), "does not hold", "first on 17 April 2019"),
    (dict(shown_by="form first used", form="respected", messages="kim-xi-2024-10-01"), "does not hold", "missing"),
    (dict(shown_by="date", form="National Day", expected="75", messages="kim-xi-2024-10-06"), "does not hold", "diplomatic relations"),
    (dict(shown_by="date", form="sent", expected="2024-10-06", messages="kim-xi-2024-10-06"), "holds", "6 October 2024"),
    (dict(shown_by="date", form="sent", expected="2024-10-07", messages="kim-xi-2024-10-06"), "does not hold", "6 October 2024"),
    (dict(shown_by="date", form="sent", expected="2018-06-12", messages="kim-putin-2018-06-12"), "cannot be seen", "does not state"),
    (dict(shown_by="date", form="diplomatic relations", expected="75", messages="kim-xi-2024-10-06"), "holds", "the record has diplomatic relations (75th)"),
    (dict(shown_by="date", form="diplomatic relations", expected="70", messages="kim-xi-2019-10-06|xi-kim-2019-10-06"), "holds", "for each of the 2 messages diplomatic relations (70th)"),
    (dict(shown_by="length", form="", expected="shorter", messages="kim-xi-2024-10-06", compared_with="kim-xi-2019-10-06"), "cannot be seen", "other language"),
    (dict(shown_by="length", form="", expected="longer", messages="kim-xi-2022-10-23", compared_with="kim-xi-2021-09-22"), "holds", "196 words before"),
    (dict(shown_by="length", form="", expected="half", messages="kim-xi-2022-10-23", compared_with="kim-xi-2021-09-22"), "not checked", "shorter or longer"),
    (dict(shown_by="tone", form="", expected="warmer", messages="kim-xi-2022-10-23", compared_with="kim-xi-2021-09-22"), "not checked", "tone"),
    (dict(shown_by="form present", form="respected", messages="kim-xi-2019-10-06", testable="no", reason="outside"), "not checked", "outside"),
], ids=lambda part: " ".join(filter(None, part.values())) if isinstance(part, dict) else None)
def test_verdicts(corpus, claim, expected, because):
    found = verdict(corpus, **claim)
    assert found["verdict"] == expected
    assert because in found["because"]


@pytest.mark.parametrize(("words", "extents", "verdict"), [
    ((300, 250), ("full", "full"), "holds"), ((250, 300), ("full", "full"), "does not hold"), ((250, 250), ("full", "full"), "does not hold"),
    ((250, 263), ("opening", "full"), "cannot be seen"), ((263, 263), ("opening", "full"), "cannot be seen"), ((263, 263), ("full", "opening"), "does not hold"),
])
def test_a_shorter_letter_needs_bounds_that_decide_it(words, extents, verdict):
    """A cut text of the earlier letter that is as long as the whole later one says "not longer", which is not "shorter"."""
    versions = pd.DataFrame({"message_id": ["a", "b"], "version_id": ["v", "w"], "words": words, "extent": extents})
    versions = versions.assign(language="en", speech="direct", translation="official").astype({"words": "Int64"})
    lengths, sources = pd.DataFrame({"version_id": [], "whitespace_words": []}), pd.DataFrame({"source_id": [], "kind": [], "version_id": []}, dtype="str")
    corpus = SimpleNamespace(versions=versions, lengths=lengths, sources=sources, messages=versions[["message_id"]])
    claim = {"claim_id": "X", "articles": "", "claim": "x", "testable": "yes", "shown_by": "length", "expected": "shorter", "messages": "b", "compared_with": "a"}
    assert check_claims(pd.DataFrame([claim]), corpus)["verdict"].item() == verdict


def test_a_verdict_turns_when_the_record_turns(corpus):
    """Take the mentions of 2019 away, and the claim about 2019 can no longer be seen."""
    claim = dict(shown_by="form present", form="respected", messages="kim-xi-2019-10-06")
    without = replace(corpus, mentions=corpus.mentions[~corpus.mentions["version_id"].str.startswith("kim-xi-2019-10-06")])
    assert (verdict(corpus, **claim)["verdict"], verdict(without, **claim)["verdict"]) == ("holds", "cannot be seen")


def test_every_claim_of_the_articles_gets_a_verdict_of_the_vocabulary_in_their_order(corpus):
    found = check_claims(corpus.claims, corpus)
    assert found["claim_id"].tolist() == corpus.claims["claim_id"].tolist()
    assert set(found["verdict"]) <= set(VERDICTS)
    assert (found["because"] != "").all()


def test_of_the_first_letter_that_is_known_nothing_is_seen_to_be_used_first(corpus):
    known = corpus.messages[corpus.messages["date"] >= "2019-04-17"]
    found = verdict(replace(corpus, messages=known), shown_by="form first used", form="respected", messages="kim-xi-2019-04-17")
    assert (found["verdict"], found["because"].split("; ")[1]) == ("cannot be seen", "no letter before it is known")


def test_who_used_a_form_before_is_shown_with_the_words(corpus):
    found = verdict(corpus, shown_by="form first used", form="respected", messages="kim-xi-2022-10-23")
    assert "존경하는" in found["passages"] and len(found["versions"].split("|")) == len(set(found["versions"].split("|")))


def test_a_letter_is_not_compared_with_itself(corpus, letters):
    found = judged(corpus, letters, shown_by="tone", expected="warmer", messages="kim-putin-2024-10-07", compared_with="kim-putin-2024-10-07")
    assert found["verdict"] == "cannot be seen" and "stands on both sides" in found["because"]


def test_versions_named_in_a_verdict_exist(corpus):
    named = {name for cell in check_claims(corpus.claims, corpus)["versions"] for name in cell.split("|") if name}
    assert named <= set(corpus.versions["version_id"])


# --- Claims about wording, tone and delivery, from the measured letters.

@pytest.fixture(scope="module")
def letters(corpus):
    return gather_letters(read_measurements(), corpus)


def judged(corpus, letters, **claim):
    blank = dict.fromkeys(("articles", "form", "slot", "compared_with", "expected", "reason"), "")
    return check_claims(pd.DataFrame([blank | {"claim_id": "X", "claim": "x", "testable": "yes"} | claim]), corpus, letters).iloc[0]


BIRTHDAY, TO_XI = "kim-putin-2024-10-07", "kim-xi-2024-10-06"


@pytest.mark.parametrize(("claim", "expected", "because"), [
    (dict(form="", expected="comradely ties", messages=BIRTHDAY), "holds", "the letter's own words"),
    (dict(form="", expected="the road of victory and honour", messages=BIRTHDAY), "holds", "the letter's own words"),
    (dict(form="", expected="unconquerable alliance|invincible alliance", messages=BIRTHDAY), "holds in part", "another rendering"),
    (dict(form="", expected="comradely ties of many years", messages=BIRTHDAY), "cannot be seen", "was not looked for in it"),
    (dict(form="", expected="brother country|fraternal state", messages="kim-putin-2025-06-11"), "holds in part", "another rendering"),
    (dict(form="", expected="brotherly relations between us", messages=BIRTHDAY), "cannot be seen", "was not looked for"),
    (dict(form="", expected="selfless support and solidarity", messages=BIRTHDAY), "holds in part", "a newspaper's translation"),
    (dict(form="", expected="closest comrades", messages=BIRTHDAY, articles="A1"), "does not hold", "no version that is seen whole"),
    (dict(form="boundless trust", expected="boundless trust of all peoples", messages=BIRTHDAY), "holds in part", "a part of it"),
    (dict(form="one of", expected="one of his closest comrades", messages=BIRTHDAY), "does not hold", "no version that is seen whole"),
    (dict(form="", expected="my warmest friend", messages="kim-putin-2025-06-11"), "cannot be seen", "none is seen whole"),
    (dict(form="", expected="close comradeship", messages=TO_XI), "does not hold", "no version that is seen whole"),
    (dict(form="", expected="respected", messages=TO_XI), "cannot be seen", "“respected” was not looked for in it"),
    (dict(form="", expected="unconquerable alliance|불패의 동맹", messages=BIRTHDAY), "holds", "in its own language has"),
    (dict(form="", expected="brother country|형제국가", messages="kim-putin-2025-06-11"), "holds", "in its own language has"),
    (dict(form="", expected="established by blood|피로써 맺어진", messages="kim-putin-2025-06-11"), "holds in part", "only from a retelling"),
    (dict(form="", expected="boundless trust & comradely ties", messages=BIRTHDAY), "holds", "“boundless trust” stands"),
    (dict(form="", expected="boundless trust & closest comrades", messages=BIRTHDAY, articles="A1"), "holds in part", "has “closest comrades”"),
    (dict(form="", expected="boundless trust & brotherly relations between us", messages=BIRTHDAY), "holds in part", "was not looked for"),
    (dict(form="", expected="one of & closest comrades", messages=BIRTHDAY, articles="A1"), "does not hold", "has “one of”"),
    (dict(form="", expected="one of & brotherly relations between us", messages=BIRTHDAY, articles="A1"), "does not hold", "has “one of”"),
    (dict(form="", expected="my warmest friend & my only friend", messages="kim-putin-2025-06-11"), "cannot be seen", "none is seen whole"),
], ids=lambda part: part["expected"] if isinstance(part, dict) else None)  # fmt: skip
def test_wording(corpus, letters, claim, expected, because):
    found = judged(corpus, letters, shown_by="wording", **claim)
    assert found["verdict"] == expected and because in found["because"]
    assert found["would_change"] and (found["passages"] != "") == expected.startswith("holds")


def test_the_agencys_words_are_not_the_letters(corpus, letters):
    """The headline of the letter to Xi has "respected", of Kim: that is no word of the letter."""
    hits = letters.wordings.head(1).assign(phrase="respected", message_id=TO_XI, frame="headline", matched="Respected")
    sought = pd.DataFrame({"phrase": ["respected"], "places": [1]})
    found = judged(corpus, replace(letters, wordings=hits, sought=sought), shown_by="wording", expected="respected", messages=TO_XI)
    assert found["verdict"] == "does not hold"


def test_a_wording_turns_when_the_tables_turn(corpus, letters):
    claim = dict(shown_by="wording", expected="boundless trust", messages=BIRTHDAY)
    without = replace(letters, wordings=letters.wordings[letters.wordings["phrase"] != "boundless trust"])
    assert (judged(corpus, letters, **claim)["verdict"], judged(corpus, without, **claim)["verdict"]) == ("holds", "does not hold")


def toned(letters, warm):
    """The two letters with so many warm terms each, and nothing else."""
    rows = [letters.tone.head(1).assign(message_id=message, version_id=f"{message}__kcna-stiles-archive__en", frame="letter", dimension="warmth",
                                        negated="no", address="no", start=n, end=n + 1, matched="warm", term="warm", context="")
            for message, count in warm.items() for n in range(count)]  # fmt: skip
    return replace(letters, tone=pd.concat(rows, ignore_index=True))


@pytest.mark.parametrize(("warm", "expected"), [
    ({BIRTHDAY: 30, TO_XI: 3}, "holds"), ({BIRTHDAY: 5, TO_XI: 3}, "cannot be seen"), ({BIRTHDAY: 3, TO_XI: 5}, "cannot be seen"),
    ({BIRTHDAY: 3, TO_XI: 30}, "does not hold"),
])  # fmt: skip
def test_tone_is_decided_by_the_interval(corpus, letters, warm, expected):
    found = judged(corpus, toned(letters, warm), shown_by="tone", expected="warmer", messages=BIRTHDAY, compared_with=TO_XI)
    assert found["verdict"] == expected
    assert f"{warm[BIRTHDAY]} words of warmth in 273 words against {warm[TO_XI]} in 263" in found["because"]


@pytest.mark.parametrize(("intense", "expected"), [
    ({BIRTHDAY: 3, TO_XI: 30}, "holds"), ({BIRTHDAY: 3, TO_XI: 3}, "holds in part"), ({BIRTHDAY: 30, TO_XI: 3}, "does not hold"),
])  # fmt: skip
def test_of_two_dimensions_one_that_is_decided_holds_in_part(corpus, letters, intense, expected):
    """More restrained is less warm and less intense: here less warm beyond doubt."""
    both = [toned(letters, {BIRTHDAY: 3, TO_XI: 30}), toned(letters, intense)]
    tone = pd.concat([both[0].tone, both[1].tone.assign(dimension="intensity")], ignore_index=True)
    found = judged(corpus, replace(letters, tone=tone), shown_by="tone", expected="more restrained", messages=BIRTHDAY, compared_with=TO_XI)
    assert found["verdict"] == expected


@pytest.mark.parametrize(("claim", "expected", "because"), [
    (dict(shown_by="tone", expected="warmer", messages=TO_XI, compared_with="kim-xi-2019-10-06"), "cannot be seen", "of the letter of 6 October 2019 no direct speech"),
    (dict(shown_by="tone", expected="angrier", messages=BIRTHDAY, compared_with=TO_XI), "not checked", "warmer or more restrained"),
    (dict(shown_by="delivery", messages="kim-putin-2025-06-11|kim-putin-2024-06-11", compared_with="kim-putin-2023-06-12"), "holds in part",
     "a version reports how the messages of 11 June 2024 and 11 June 2025 were delivered; none that is held reports how the message of 12 June 2023 was"),
    (dict(shown_by="delivery", messages="kim-putin-2025-06-11"), "holds", "a version reports how the message of 11 June 2025 was delivered"),
    (dict(shown_by="delivery", messages="kim-putin-2023-06-12"), "cannot be seen", "none that is held reports how the message of 12 June 2023 was delivered"),
    (dict(shown_by="delivery", messages="kim-putin-2025-06-11", compared_with="kim-putin-2024-06-11"), "does not hold", "; a version reports how the message of 11 June 2024 was delivered"),
], ids=lambda part: " ".join(part.values()) if isinstance(part, dict) else None)  # fmt: skip
def test_tone_and_delivery(corpus, letters, claim, expected, because):
    found = judged(corpus, letters, **claim)
    assert found["verdict"] == expected and because in found["because"]


@pytest.mark.parametrize(("claim", "because"), [
    (dict(shown_by="wording", messages=BIRTHDAY), "no words to look for"),
    (dict(shown_by="form present", form="closest", expected="absent", messages=BIRTHDAY), "expects “present”, not “absent”"),
    (dict(shown_by="delivery", expected="absent", messages="kim-putin-2025-06-11"), "expects “present”"),
    (dict(shown_by="date", form="published by Mars", expected="2024-10-08", messages=BIRTHDAY), "no publisher “Mars”; it has DPRK"),
    (dict(shown_by="rumour", messages=BIRTHDAY), "nothing here shows"),
], ids=lambda part: part["shown_by"] if isinstance(part, dict) else None)  # fmt: skip
def test_a_claim_that_expects_what_nothing_shows_is_not_checked(corpus, letters, claim, because):
    found = judged(corpus, letters, **claim)
    assert found["verdict"] == "not checked" and because in found["because"]


@pytest.mark.parametrize(("claim", "told"), [
    (dict(shown_by="wording", expected="x", messages="kim-xi-1924-10-06"), "no message 'kim-xi-1924-10-06'"), (dict(shown_by="wording", messages=""), "no message ''"),
    (dict(shown_by="tone", expected="warmer", messages=BIRTHDAY, compared_with="y"), "no message 'y'"),
    (dict(shown_by="form first used", form="comrade", messages=f"{BIRTHDAY}|{TO_XI}"), "about one message"),
    (dict(shown_by="form present", form="comrade", messages=BIRTHDAY, slot="envelope"), "'envelope' is no part of a letter"),
    (dict(shown_by="tone", expected="warmer", messages=BIRTHDAY), "needs compared_with"),
], ids=lambda part: part["shown_by"] if isinstance(part, dict) else None)  # fmt: skip
def test_claims_that_cannot_be_understood(corpus, letters, claim, told):
    with pytest.raises(CorpusError, match=told):
        judged(corpus, letters, **claim)


def test_a_table_without_its_columns(corpus):
    with pytest.raises(CorpusError, match="lacks the columns articles, testable"):
        check_claims(corpus.claims.drop(columns=["articles", "testable"]), corpus)


def test_blank_cells_are_blank_however_they_are_written(corpus, letters):
    """A table from a spreadsheet has NaN where ours has nothing."""
    claims = corpus.claims.head(30)
    pd.testing.assert_frame_equal(check_claims(claims.replace("", float("nan")), corpus, letters), check_claims(claims, corpus, letters))


def test_an_article_is_no_witness_for_its_own_claim(corpus, letters):
    sources = pd.concat([corpus.sources, pd.DataFrame([{"source_id": "A9", "kind": "article", "version_id": "kim-putin-2024-10-07__joongang-daily__en"}])])
    claim = dict(shown_by="wording", expected="invincible alliance and eternal strategic relations", messages=BIRTHDAY)
    own, others = (judged(replace(corpus, sources=sources), letters, articles=article, **claim) for article in ("A9", "A0"))
    assert "joongang" in others["versions"] and "joongang" not in own["versions"]
    assert (own["verdict"], others["verdict"]) == ("cannot be seen", "holds in part")


def test_with_the_letters_every_claim_that_can_be_tested_is_judged(corpus, letters):
    found = check_claims(corpus.claims, corpus, letters).merge(corpus.claims[["claim_id", "testable"]], on="claim_id")
    assert (found["verdict"] == "not checked").equals(found["testable"] == "no")
    told = found[found["verdict"] != "not checked"]
    assert (told["because"] != "").all() and (told["would_change"] != "").all()


def test_without_the_letters_wording_and_tone_are_not_checked(corpus):
    found = check_claims(corpus.claims, corpus).merge(corpus.claims[["claim_id", "shown_by", "testable"]], on="claim_id")
    measured = found[found["shown_by"].isin(["wording", "tone"]) & (found["testable"] == "yes")]
    assert set(measured["verdict"]) == {"not checked"}
