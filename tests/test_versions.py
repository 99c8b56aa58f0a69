"""The versions of a message side by side: behaviour as data in cases/versions/, and what must hold for the record."""

import json
from dataclasses import fields, replace
from pathlib import Path

import pandas as pd
import pytest

from comity import CorpusError, find_evidence, read_corpus
from comity.contrasts.collation import spread_versions, summarise_versions
from comity.contrasts.versions import (
    ANYWHERE, COLUMNS, FORMULA, HAS, LACKS, NAME, NOT_RELIED_ON, NOT_SEEN, SHOWS, UNIT, compare_versions,
)  # fmt: skip
from comity.corpus import Corpus

CASES = json.loads((Path(__file__).parent / "cases/versions/versions.json").read_text(encoding="utf-8"))
MANY = 5
ELEMENTS = ("possessive", "epithet", "solidarity", "courtesy", "title", "name", "pronoun")

HONORIFICS = pd.DataFrame(
    [
        ("très cher", "fr", "epithet", "dearest"), ("dearest", "en", "epithet", "dearest"), ("most beloved", "en", "epithet", "dearest"),
        ("sérénissime", "fr", "epithet", "serene"), ("serene", "en", "epithet", "serene"), ("gracieux", "fr", "epithet", "gracious"),
        ("cousin", "fr", "solidarity", "cousin"), ("cousin", "en", "solidarity", "cousin"), ("friend", "en", "solidarity", "friend"),
        ("Altesse", "fr", "courtesy", "highness"), ("Doge", "fr", "title", "doge"), ("Doge", "en", "title", "doge"),
        ("mon", "fr", "possessive", "my"), ("my", "en", "possessive", "my"), ("her", "en", "possessive", "her"),
        ("vous", "fr", "pronoun", "you"),
    ],
    columns=["term", "language", "element", "group"],
).assign(ambiguous="no")
HONORIFICS.loc[len(HONORIFICS)] = ["gracious", "en", "epithet", "gracious", "yes"]


def build(case):
    """A corpus of three letters of Queen Ada, who writes French, to Bruno the doge."""
    usual = {"message": case.get("message", "m1"), "publisher": "court", "language": "fr", "translation": "original"}
    usual |= {"extent": "excerpt", "speech": "direct", "salutation": "", "valediction": ""}
    versions = [usual | {"outlet": version["id"]} | version for version in case["versions"]]
    versions = pd.DataFrame(versions).rename(columns={"id": "version_id", "message": "message_id"})
    usual = {"slot": "", "frame": "letter", "role": "recipient", "basis": "transcribed", "polarity": "present", "honoree": "Bruno"}
    usual |= dict.fromkeys(ELEMENTS, "")
    mentions = [usual | mention for mention in case["mentions"]]
    columns = ["mention_id", "version_id", "matched", "form", *usual]
    mentions = pd.DataFrame(
        [mention | {"mention_id": f"{mention['version']}#{number}", "version_id": mention["version"], "form": "reference",
                    "matched": " ".join(mention[element] for element in ELEMENTS if mention[element])}
         for number, mention in enumerate(mentions)],
        columns=columns,
    )  # fmt: skip
    days = pd.to_datetime(["1650-01-01", "1651-01-01", "1652-01-01"])
    messages = pd.DataFrame({"message_id": ["m1", "m2", "m3"], "date": days, "sender": "Ada", "recipient": "Bruno"})
    ids = versions["version_id"]
    sources = pd.DataFrame({"kind": "version", "version_id": ids, "url": "https://example.org/" + ids})
    tables = {"messages": messages, "versions": versions, "mentions": mentions, "honorifics": HONORIFICS, "sources": sources}
    return Corpus(**{field.name: tables.get(field.name) for field in fields(Corpus)})


def name_units(table):
    return table.assign(unit=table[UNIT].agg(" ".join, axis=1) if len(table) else "")


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["label"])
def test_cases(case):
    compared = compare_versions(case.get("message", "m1"), build(case))
    found, told = name_units(compared), name_units(summarise_versions(compared)).set_index("unit")
    ids = case.get("in_message", [version["id"] for version in case["versions"]])
    for unit, shows in case["expected"].items():
        rows = found[found["unit"] == unit].set_index("version_id")
        assert rows["shows"].to_dict() == shows and sorted(shows) == sorted(ids), unit
    for column in ("told", "words", "differs"):
        assert {unit: told.at[unit, column] for unit in case.get(column, {})} == case.get(column, {})
    for unit, places in case.get("found_in", {}).items():
        assert found[found["unit"] == unit].set_index("version_id")["found_in"].to_dict() == places
    assert not set(case.get("missing", ())) & set(found["unit"])
    if case.get("complete") or not case["expected"]:
        assert set(found["unit"]) == set(case["expected"])


@pytest.mark.parametrize("case", [case for case in CASES if "cells" in case], ids=lambda case: case["label"])
def test_the_table_to_read(case):
    wide = name_units(spread_versions(compare_versions("m1", build(case)))).set_index("unit")
    language = {version["id"]: version.get("language", "fr") for version in case["versions"]}
    for unit, cells in case["cells"].items():
        assert {version: wide.at[unit, f"{version}, {language[version]}"] for version in cells} == cells


def test_no_unit_gives_empty_tables_with_their_columns():
    case = next(case for case in CASES if not case["expected"])
    compared = compare_versions("m1", build(case))
    assert list(compared.columns) == COLUMNS and compared.empty
    full = summarise_versions(compare_versions("m1", build(CASES[0])))
    assert list(summarise_versions(compared).columns) == list(full.columns)
    assert list(spread_versions(compared).columns) == UNIT


def test_an_unknown_message_is_explained():
    with pytest.raises(CorpusError, match="no message 'm11'; it has 3. Did you mean 'm1'"):
        compare_versions("m11", build(CASES[0]))
    with pytest.raises(CorpusError, match="column message_id"):
        compare_versions("a letter to nobody", build(CASES[0]))


def test_whose_versions_have_it():
    versions = [{"id": version, "publisher": "court" if version in "ab" else "press"} for version in "abcd"]
    case = {"versions": versions, "mentions": [{"version": version, "slot": "body", "title": "Doge"} for version in "abc"]}
    assert summarise_versions(compare_versions("m1", build(case)))["publishers"].unique().tolist() == ["court 2, press 1"]


def test_versions_left_out_are_not_counted():
    compared = compare_versions("m1", build(CASES[0]))
    row = summarise_versions(compared[compared["translation"] != "press"]).query("slot == 'salutation' and element == 'epithet'").iloc[0]
    assert (row["told"], row["versions"], row["differs"]) == ("holds in 2 of 2 versions", 2, "")


def test_two_versions_of_one_outlet_have_a_column_each():
    versions = [{"id": version, "outlet": "gazette"} for version in "ab"]
    case = {"versions": versions, "mentions": [{"version": "a", "slot": "body", "title": "Doge"}]}
    wide = spread_versions(compare_versions("m1", build(case)))
    assert list(wide.columns) == [*UNIT, "gazette, fr", "gazette, fr (2)"]
    assert wide[["gazette, fr", "gazette, fr (2)"]].iloc[0].tolist() == ["Doge", ""]


def test_what_stands_instead_is_shown_with_its_reason():
    case = next(case for case in CASES if case["label"].startswith("a whole original lacks"))
    rows = compare_versions("m1", build(case)).query("slot == 'body' and form == 'dearest'").set_index("version_id")
    assert rows.loc["fr", ["words", "as_printed", "reason"]].tolist() == ["", "Doge", "the letter is seen whole, in direct speech"]
    assert rows.loc["part", ["words", "as_printed", "url"]].tolist() == ["dearest", "dearest cousin", "https://example.org/part"]


def test_the_tables_given_are_left_as_they_were():
    corpus = build(CASES[0])
    before = {field.name: getattr(corpus, field.name).copy() for field in fields(Corpus) if getattr(corpus, field.name) is not None}
    compared = compare_versions("m1", corpus)
    held = compared.copy()
    summarise_versions(compared), spread_versions(compared)
    pd.testing.assert_frame_equal(compared, held)
    for name, table in before.items():
        pd.testing.assert_frame_equal(getattr(corpus, name), table)


@pytest.fixture(scope="module")
def corpus():
    return read_corpus()


@pytest.fixture(scope="module")
def compared(corpus):
    """The messages that many versions show."""
    versions = corpus.versions["message_id"].value_counts()
    return {message: compare_versions(message, corpus) for message in sorted(versions[versions >= MANY].index)}


def test_every_unit_has_one_row_a_version_and_every_version_is_accounted_for(compared, corpus):
    for message, found in compared.items():
        ids = set(corpus.versions.loc[corpus.versions["message_id"] == message, "version_id"])
        assert not found.duplicated([*UNIT, "version_id"]).any()
        assert all(set(versions) == ids for _, versions in found.groupby(UNIT)["version_id"])
        assert set(found["shows"]) <= set(SHOWS) and (found["reason"] != "").all()
        assert not (found["words"].eq("") & found["shows"].isin(SHOWS[:3])).any()


def test_it_agrees_with_the_evidence(compared, corpus):
    """What find_evidence says of a message and place, version by version: attested somewhere, or seen to be missing."""
    every = pd.concat(compared.values(), ignore_index=True)
    every = every[~every["element"].isin([NAME, FORMULA])]
    held = every.groupby(["message_id", "slot", "form"])["shows"].agg(set)
    some = replace(corpus, messages=corpus.messages[corpus.messages["message_id"].isin(compared.keys())])
    states = pd.concat([find_evidence(form, some).assign(form=form) for form in every["form"].unique()])
    states = states[states["slot"] != "unplaced"].set_index(["message_id", "slot", "form"])["state"]
    attested, absent = (set(states.index[states == state]) for state in ("attested", "absent"))
    assert attested == {key for key, shown in held.items() if HAS in shown and key[1] != ANYWHERE}
    assert attested and absent & set(held.index) and all(LACKS in held[key] for key in absent & set(held.index))


def unit(found, slot, form):
    return found[(found["slot"] == slot) & (found["form"] == form)].set_index("version_id")["shows"]


def test_how_many_versions_show_a_place_does_not_depend_on_what_is_looked_for():
    """Two versions have an opening line with "très cher", one with "sérénissime": of three that show the place two have the one, one the other."""
    versions = [{"id": version} for version in "abcd"]
    lines = [{"version": version, "slot": "salutation", "epithet": word} for version, word in zip("abc", ("très cher", "très cher", "sérénissime"))]
    told = summarise_versions(compare_versions("m1", build({"versions": versions, "mentions": lines}))).set_index(UNIT)
    here = told[told.index.get_level_values("slot").isin(["salutation", ANYWHERE])]
    assert set(here["place"]) == {3} and sorted(here["holds"]) == [1, 1, 2, 2]


def test_the_birthday_message(compared):
    found = compared["kim-putin-2024-10-07"]
    told = summarise_versions(found).set_index(UNIT)
    nouns = told[told.index.get_level_values("form").isin(["closest", "comrade", "friend"])]
    assert nouns["place"].groupby("slot").agg(list).to_dict() == {ANYWHERE: [12] * 3, "close": [5] * 3, "salutation": [7] * 2}
    close = told.loc[("close", "epithet", "closest")]
    assert (close["holds"], close["seen"], close["versions"]) == (5, 5, 17)
    assert close["words"] == 'en: "closest" 2; ko: "가장 친근한" 2; ru: "самый дорогой" 1'
    letter = told.loc[(ANYWHERE, "epithet", "closest")]
    assert letter["told"] == "holds in 12 of 12 versions; retold in 1; cannot be seen in 2; 2 cannot be relied on"
    assert '"most friendly + most dear" 1' in letter["differs"]
    friend = unit(found, ANYWHERE, "friend")
    assert friend["kim-putin-2024-10-07__news-pravda-machine-translat__ko"] == NOT_RELIED_ON and HAS not in set(friend)
    assert "Kim Jong Un" not in set(found["form"]) and "respected" not in set(found["form"])


def test_the_letter_of_october_2024(compared):
    found = compared["kim-xi-2024-10-06"]
    whole = "kim-xi-2024-10-06__kcna-stiles-archive__en"
    assert unit(found, "body", "respected")[whole] == unit(found, "close", "respected")[whole] == LACKS
    assert unit(found, "salutation", "respected")[whole] == NOT_SEEN
    assert set(unit(found, "salutation", "respected")) == {NOT_SEEN, "said to lack"}
    told = summarise_versions(found).set_index(UNIT)
    assert told.at[("body", "title", "general secretary"), "told"] == "holds in 3 of 3 versions; retold in 1; cannot be seen in 2"


def test_the_opening_line_of_2019_stands_in_the_korean_only(compared):
    rows = compared["kim-xi-2019-10-06"].query("slot == 'salutation' and form == 'respected'")
    assert set(rows.loc[rows["shows"] == HAS, "language"]) == {"ko"} and set(rows.loc[rows["language"] == "en", "shows"]) == {NOT_SEEN}
