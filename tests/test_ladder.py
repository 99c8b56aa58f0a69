"""The ladder of address: behaviour as data in cases/ladder/, and what must hold for the record."""

import json
from dataclasses import fields
from pathlib import Path

import pandas as pd
import pytest

from comity import CorpusError, find_evidence, find_ladder, read_corpus, summarise_evidence
from comity.corpus import Corpus

CASES = Path(__file__).parent / "cases" / "ladder"
FORMS = json.loads((CASES / "forms.json").read_text(encoding="utf-8"))
PAIRS = [("Kim Jong Un", "Vladimir Putin"), ("Kim Jong Un", "Xi Jinping"), ("Vladimir Putin", "Kim Jong Un"), ("Xi Jinping", "Kim Jong Un")]

HONORIFICS = pd.DataFrame(
    [
        ("존경하는", "ko", "epithet", "respected"), ("친애하는", "ko", "epithet", "dear"), ("가장 친근한", "ko", "epithet", "closest"),
        ("각하", "ko", "courtesy", "excellency"), ("respected", "en", "epithet", "respected"), ("closest", "en", "epithet", "closest"),
        ("most intimate", "en", "epithet", "closest"), ("dearest", "en", "epithet", "closest"), ("President", "en", "title", "president"),
        ("Уважаемый", "ru", "epithet", "respected"),
    ],
    columns=["term", "language", "element", "group"],
).assign(ambiguous="no", gloss="")

ELEMENTS = ("possessive", "epithet", "solidarity", "courtesy", "title", "name", "pronoun")
DAYS = {f"m{n}": pd.Timestamp(2020 + n, 1, 1) for n in (1, 2, 3)}


def build(case):
    """A corpus of three messages from Ann to Bob, out of the few columns that a case names."""
    whole = {"message": "m1", "extent": "excerpt", "speech": "direct"}
    versions = [whole | version for version in case["versions"]]
    mentions = [{"slot": "", "frame": "letter", "role": "recipient"} | mention for mention in case["mentions"]]
    printed = {m["version"] for m in mentions if m["slot"] == "salutation"}
    versions = pd.DataFrame([
        {"version_id": v["id"], "message_id": v["message"], "publisher": "agency", "outlet": v["id"], "valediction": "",
         "salutation": "line" if v["id"] in printed else "", **{key: v[key] for key in ("language", "translation", "extent", "speech")}}
        for v in versions
    ])
    rows = [
        {key: m.get(key, "") for key in (*ELEMENTS, "slot", "frame", "role")} | {
            "mention_id": f"{m['version']}#{i}", "version_id": m["version"], "basis": "transcribed", "polarity": "present", "honoree": "Bob",
            "form": "vocative", "matched": next(m[key] for key in ELEMENTS if m.get(key))}
        for i, m in enumerate(mentions)
    ]
    messages = pd.DataFrame({"message_id": DAYS.keys(), "date": DAYS.values(), "sender": "Ann", "recipient": "Bob"})
    sources = pd.DataFrame({"kind": "version", "version_id": versions["version_id"], "url": "https://example.org/" + versions["version_id"]})
    tables = {"messages": messages, "versions": versions, "mentions": pd.DataFrame(rows), "honorifics": HONORIFICS, "sources": sources}
    return Corpus(**{field.name: tables.get(field.name) for field in fields(Corpus)})


@pytest.mark.parametrize("case", FORMS, ids=lambda case: case["label"])
def test_forms(case):
    ladder = find_ladder(build(case), "Ann", "Bob")
    cell = ladder.set_index(["form", "message_id"])
    assert set(ladder["form"]) == set(case["expected"])
    for form, states in case["expected"].items():
        assert {message: cell.at[(form, message), "state"] for message in states} == states
    for form, ends in case["ends"].items():
        rung = ladder[ladder["form"] == form].iloc[0]
        assert [rung["first"], rung["last"]] == [DAYS[end] for end in ends] if ends[0] else pd.isna([rung["first"], rung["last"]]).all()
    for column, told in (("absent_slots", "missed"), ("as_printed", "printed")):
        for form, by_message in case.get(told, {}).items():
            assert {message: cell.at[(form, message), column] for message in by_message} == by_message
    for form, reason in case.get("reason", {}).items():
        assert set(ladder.query("form == @form and state == 'reported'")["reason"]) == {reason}
    for form, messages in case.get("original", {}).items():
        assert list(ladder.query("form == @form and state == 'attested' and original")["message_id"]) == messages


def test_a_pair_that_never_wrote_is_refused_with_those_that_did():
    with pytest.raises(CorpusError, match="no message from 'Bob' to 'Ann'.*Ann to Bob"):
        find_ladder(build(FORMS[0]), "Bob", "Ann")


@pytest.fixture(scope="module")
def corpus():
    return read_corpus()


@pytest.fixture(scope="module")
def ladders(corpus):
    return {pair: find_ladder(corpus, *pair) for pair in PAIRS}


@pytest.mark.parametrize("pair", PAIRS, ids=" to ".join)
def test_every_form_has_a_row_in_every_message_and_its_state_is_that_of_the_evidence(corpus, ladders, pair):
    ladder = ladders[pair]
    messages = corpus.messages.query(f"sender == '{pair[0]}' and recipient == '{pair[1]}'")["message_id"]
    assert len(ladder) == ladder["form"].nunique() * len(messages) and not ladder.duplicated(["message_id", "form"]).any()
    for form, rung in ladder.groupby("form"):
        states = summarise_evidence(find_evidence(form, corpus, sender=pair[0], recipient=pair[1])).set_index("message_id")
        assert rung.set_index("message_id")["state"].sort_index().equals(states["state"].sort_index())


@pytest.mark.parametrize("pair", PAIRS, ids=" to ".join)
def test_the_words_stand_in_the_version_named_and_lead_to_its_address(corpus, ladders, pair):
    shown = ladders[pair].query("state in ['attested', 'reported'] and polarity != 'absent'")
    words = set(zip(corpus.mentions["version_id"], corpus.mentions["matched"]))
    assert set(zip(shown["version_id"], shown["as_printed"])) <= words
    urls = corpus.sources.query("kind == 'version'").set_index("version_id")["url"]
    assert (shown["url"] == shown["version_id"].map(urls)).all()
    assert all(version in versions.split("|") for version, versions in zip(shown["version_id"], shown["versions"]))


def test_the_ends_are_the_first_and_the_last_attestation(ladders):
    for ladder in ladders.values():
        for _, rung in ladder.groupby("form"):
            days = rung.loc[rung["state"] == "attested", "date"]
            assert rung["first"].isna().all() if days.empty else (rung["first"] == days.min()).all() and (rung["last"] == days.max()).all()


def test_what_kim_calls_putin(ladders):
    ends = ladders[PAIRS[0]].groupby("form")[["first", "last"]].first()
    day = pd.Timestamp
    assert list(ends.loc["excellency"]) == [day("2022-08-15")] * 2
    assert ends.at["comrade", "first"] == day("2023-10-12")
    assert ends.at["closest", "first"] == day("2024-10-07")
    assert list(ends.loc["respected"]) == [day("2025-10-07")] * 2


def test_president_is_the_outlets_word(ladders):
    president = ladders[PAIRS[0]].query("form == 'president' and state != 'not observable'")
    assert set(president["state"]) == {"reported"} and len(president) > 10
