"""The states of a form of address: behaviour as data in cases/evidence/, and what must hold for the record."""

import json
from dataclasses import fields
from pathlib import Path

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from comity import CorpusError, find_evidence, read_corpus, summarise_evidence
from comity.corpus import Corpus
from comity.evidence import NOT_ASKED, NOT_SEEN, STATES, TOLD, find_kinds
from comity.slots import SLOTS, UNPLACED, find_salutation_practice

CASES = json.loads(Path(__file__).parent.joinpath("cases/evidence/states.json").read_text(encoding="utf-8"))

HONORIFICS = pd.DataFrame(
    [("존경하는", "ko", "respected"), ("친애하는", "ko", "dear"), ("comrade", "en", "comrade"), ("comrade", "ko", "comrade"), ("respected", "en", "respected"), ("Dear", "en", "dear"), ("Уважаемый", "ru", "respected")],
    columns=["term", "language", "group"],
).assign(element=lambda table: ["solidarity" if term == "comrade" else "epithet" for term in table["term"]], ambiguous=lambda table: ["yes" if term == "Dear" else "no" for term in table["term"]])


def build(versions, mentions):
    """A corpus of messages from Ann to Bob, out of the few columns a case names."""
    versions = pd.DataFrame([
        {"version_id": v["id"], "message_id": v.get("message", "m"), "publisher": "agency", "salutation": "", "valediction": ""} | v for v in versions
    ])
    for slot, line in (("salutation", "salutation"), ("close", "valediction")):
        printed = {m["version"] for m in mentions if m.get("slot") == slot and m.get("inferred") is None}
        versions[line] = [line if version in printed else "" for version in versions["version_id"]]
    blank = dict.fromkeys(("possessive", "courtesy", "title", "name", "pronoun"), "") | {"solidarity": "comrade"}
    default = {"frame": "letter", "role": "recipient", "basis": "transcribed", "polarity": "present", "slot": ""}
    rows = [
        blank | default | m | {"mention_id": f"{m['version']}#{i}", "version_id": m["version"], "matched": m["epithet"] or "Bob"}
        for i, m in enumerate(mentions)
    ]
    columns = ["mention_id", "version_id", "matched", "epithet", *blank, *default]
    messages = pd.DataFrame({"message_id": versions["message_id"].unique()})
    messages = messages.assign(sender="Ann", recipient="Bob", date=pd.Timestamp("2020-01-01"))
    tables = {"messages": messages, "versions": versions, "mentions": pd.DataFrame(rows, columns=columns), "honorifics": HONORIFICS}
    return Corpus(**{field.name: tables.get(field.name) for field in fields(Corpus)})


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["label"])
def test_states(case):
    corpus = build(case["versions"], case["mentions"])
    states = find_evidence(case.get("form", "respected"), corpus).query("message_id == 'm'")
    assert dict(zip(states["slot"], states["state"])) == dict(zip((*SLOTS, UNPLACED), case["expected"]))
    overall = summarise_evidence(states).iloc[0]
    assert overall["state"] == case["overall"]
    assert overall["polarity"] == case.get("polarity", overall["polarity"])


def test_a_place_that_was_seen_but_not_asked_is_told_from_one_that_was_not_seen():
    """The letter of a case is whole; what is known of its main text and close depends on where the form stands."""
    case = next(case for case in CASES if case["label"].startswith("each form is listed once"))
    states = find_evidence("respected", build(case["versions"], case["mentions"])).set_index("slot")
    assert states["reason"].to_dict() == {"salutation": "the sender's words, translated", "body": NOT_ASKED, "close": NOT_ASKED}
    cut = [case["versions"][0] | {"extent": "opening"}]
    states = find_evidence("respected", build(cut, case["mentions"][:1])).set_index("slot")
    assert states.loc[["body", "close"], "reason"].tolist() == [NOT_SEEN] * 2


def test_a_place_counts_as_not_asked_only_where_a_version_shows_it_and_has_the_form_elsewhere(to_xi):
    unasked = to_xi[to_xi["reason"] == NOT_ASKED]
    assert len(unasked) and set(unasked["state"]) == {"not observable"}
    held = to_xi[to_xi["state"].isin(["attested", "reported"])].groupby("message_id")["slot"].agg(set)
    assert all(held.get(row.message_id, set()) - {row.slot} for row in unasked.itertuples())
    whole = read_corpus().versions.query("extent == 'full' and speech == 'direct'")["message_id"]
    assert set(unasked["message_id"]) <= set(whole)
    assert set(to_xi.query("state == 'not observable'")["reason"]) == {NOT_ASKED, NOT_SEEN}


def test_a_reader_is_told_each_kind_of_state_in_words_of_its_own(to_xi):
    told = find_kinds(to_xi).map(TOLD)
    about = to_xi.assign(told=told).set_index(["message_id", "slot"])["told"]
    assert about["kim-xi-2024-10-06"].to_dict() == {"salutation": "said to lack it", "body": "seen without it", "close": "seen without it"}
    assert about["kim-xi-2018-05-08", UNPLACED] == "said to have it" and about["kim-xi-2019-10-06", "salutation"] == "has the word"
    assert told[to_xi["reason"] == NOT_ASKED].unique().tolist() == ["letter has it in another part"] and len(set(TOLD.values())) == len(TOLD)


def test_an_unknown_form_is_refused_with_the_known_ones():
    with pytest.raises(CorpusError, match="no form 'adored'.*comrade, dear, respected"):
        find_evidence("adored", build(CASES[0]["versions"], []))


version = st.fixed_dictionaries({
    "language": st.sampled_from(["ko", "en", "ru"]), "translation": st.sampled_from(["original", "official", "machine"]),
    "extent": st.sampled_from(["full", "summary", "opening", "excerpt", "mention"]), "speech": st.sampled_from(["direct", "indirect", "mixed"]),
})
mention = st.fixed_dictionaries({
    "version": st.sampled_from(["v0", "v1", "v2"]), "slot": st.sampled_from(SLOTS), "epithet": st.sampled_from(["", "존경하는", "respected", "Dear"]),
    "frame": st.sampled_from(["letter", "reported"]), "role": st.sampled_from(["recipient", "sender"]),
})


@given(st.lists(version, min_size=3, max_size=3), st.lists(mention, max_size=5))
def test_no_absence_without_a_slot_that_was_seen(versions, mentions):
    """Whatever is held: every state is one of four, and nothing is absent where only indirect or cut texts are held."""
    versions = [v | {"id": f"v{i}"} for i, v in enumerate(versions)]
    states = find_evidence("respected", build(versions, mentions))
    assert set(states["state"]) <= set(STATES)
    seen = {(m["slot"]) for m in mentions if m["frame"] == "letter" and m["role"] == "recipient"}
    whole = any(v["extent"] == "full" and v["speech"] == "direct" for v in versions)
    missed = set(states.loc[states["state"] == "absent", "slot"])
    assert missed <= (seen | set(SLOTS) if whole else seen - {"body"})


@pytest.fixture(scope="module")
def to_xi():
    return find_evidence("respected", read_corpus(), sender="Kim Jong Un", recipient="Xi Jinping")


def test_the_record_attests_respected_from_april_2019_to_october_2022(to_xi):
    seen = to_xi[to_xi["state"] == "attested"]
    assert (seen["date"].min(), seen["date"].max()) == (pd.Timestamp("2019-04-17"), pd.Timestamp("2022-10-23"))


def test_the_letter_of_october_2024_lacks_it_where_it_can_be_seen(to_xi):
    letter = to_xi.query("message_id == 'kim-xi-2024-10-06'").set_index("slot")
    assert letter["state"].to_dict() == {"salutation": "reported", "body": "absent", "close": "absent"}
    assert letter.at["salutation", "polarity"] == "absent"


def test_the_salutation_is_first_seen_bare_on_1_october_2024(to_xi):
    bare = to_xi.query("slot == 'salutation' and state == 'absent'")
    assert bare["date"].min() == pd.Timestamp("2024-10-01")


def test_the_closing_wish_is_first_seen_bare_on_1_october_2023(to_xi):
    wish = to_xi.query("slot == 'close' and state == 'absent' and reason.str.contains('address is seen')")
    assert wish["date"].min() == pd.Timestamp("2023-10-01")


def test_the_agency_is_known_to_leave_english_salutations_out():
    practice = find_salutation_practice(read_corpus()).set_index(["publisher", "language"])
    assert practice.loc[("DPRK", "en"), "left_out"] > 0
    assert practice.loc[("DPRK", "ko"), "left_out"] == 0
