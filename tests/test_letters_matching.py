"""Which measured message is which of the record, which text is which version, and what happens where two things have one id."""

import json
from dataclasses import replace
from pathlib import Path

import pandas as pd
import pytest

from comity import CorpusError, find_omissions, gather_letters, read_corpus, read_honorifics, read_measurements
from comity.letters.matching import match_messages
from comity.measure import Measurements, measure_texts

CASES = Path(__file__).parent / "cases"
TWO = (
    "Oslo, May 3 (NTB) -- Ann Lee sent a letter to Bob Moe on May 2. In the letter she thanked the esteemed Bob Moe.\n"
    "Bob Moe sent a letter to Ann Lee on May 3. In the letter he thanked dear Ann Lee."
)
PLAIN = "Dear friend, I thank you and wish you good health. Our fleets will sail together."


@pytest.fixture(scope="module")
def record():
    """A record of Ada and Bo, with our words of address."""
    return replace(read_corpus(CASES / "sound"), honorifics=read_honorifics())


@pytest.fixture(scope="module")
def corpus():
    return read_corpus()


def measure(*texts, **given):
    rows = [{"text": PLAIN, "date": "2001-05-03", "sender": "Ann Lee", "recipient": "Bob Moe", "kind": "letter"} | text for text in texts]
    return measure_texts(pd.DataFrame([row | ({"sender": "", "recipient": ""} if row["kind"] == "report" else {}) for row in rows]), **given)


def messages(rows):
    columns = ["message_id", "date", "date_basis", "occasion", "reply", "sender"]
    usual = [None, None, "published", "not stated", "no", "Ann"]
    table = pd.DataFrame([row + usual[len(row) :] for row in rows], columns=columns)
    return table.assign(date=pd.to_datetime(table["date"]), recipient="Bob")


@pytest.mark.parametrize("case", json.loads((CASES / "letters" / "matches.json").read_text(encoding="utf-8")), ids=lambda case: case["label"])
def test_which_message_of_the_record(case):
    assert match_messages(messages(case["measured"]), messages(case["recorded"]), case.get("given", ())) == case["expected"]


def test_a_letter_of_another_day_and_occasion_changes_no_finding(corpus):
    text = "Dear Comrade General Secretary, on your birthday I wish you good health and a long life."
    pair = {"sender": "Kim Jong Un", "recipient": "Xi Jinping"}
    for version, day, said in (("birthday", "2024-10-04", text), ("other day", "2024-10-05", text.replace("on your birthday ", ""))):
        letters = gather_letters(measure({"version_id": version, "date": day, "text": said} | pair), corpus)
        versions = letters.corpus.versions.set_index("version_id")
        assert versions.at[version, "message_id"] == f"kim-jong-un-xi-jinping-{day}"
        found = find_omissions("kim-xi-2024-10-06", letters, kinds=["formula"])
        assert not found["versions"].str.contains(version).any()


# --- Two things under one id.

def test_a_text_that_is_a_version_of_the_record_is_that_version(corpus):
    """Without its address, too: it is not added a second time."""
    version = "kim-xi-2024-10-06__kcna-stiles-archive__en"
    text = {"version_id": version, "date": "2024-10-06", "sender": "Kim Jong Un", "recipient": "Xi Jinping", "text": PLAIN}
    letters = gather_letters(measure(text), corpus)
    pd.testing.assert_frame_equal(letters.corpus.versions, corpus.versions)
    mine = letters.lengths[letters.lengths["version_id"] == version]
    assert mine[["message_id", "words", "basis"]].values.tolist() == [["kim-xi-2024-10-06", 15, "text"]]


def test_a_text_under_the_id_of_a_version_of_another_message_is_refused(corpus):
    text = {"version_id": "kim-xi-2024-10-06__kcna-stiles-archive__en", "date": "2024-12-24", "sender": "Kim Jong Un", "recipient": "Xi Jinping"}
    with pytest.raises(CorpusError, match="kim-xi-2024-10-06__kcna-stiles-archive__en.*of the message kim-xi-2024-10-06.*kim-jong-un-xi-jinping-2024-12-24"):
        gather_letters(measure(text), corpus)
    assert gather_letters(measure(text | {"message_id": "kim-xi-2024-10-06"}), corpus).corpus.versions["version_id"].is_unique


@pytest.mark.parametrize("order", [1, -1])
def test_the_second_message_of_a_text_does_not_take_the_id_of_another_text(record, order):
    texts = [{"version_id": "v", "kind": "report", "text": TWO}, {"version_id": "v-2", "date": "2001-07-03", "sender": "Bob Moe", "recipient": "Ann Lee"}]
    letters = gather_letters(measure(*texts[::order]), record)
    mine = letters.corpus.versions[~letters.corpus.versions["version_id"].isin(record.versions["version_id"])].set_index("version_id")
    assert mine["message_id"].to_dict() == {"v": "ann-lee-bob-moe-2001-05-02", "v-3": "bob-moe-ann-lee-2001-05-03", "v-2": "bob-moe-ann-lee-2001-07-03"}
    assert mine["extent"].to_dict() == {"v": "summary", "v-3": "summary", "v-2": "full"}


def test_a_message_that_only_has_the_id_of_another_gets_one_of_its_own(record):
    text = {"version_id": "c", "date": "2001-02-03", "sender": "Ada", "recipient": "Bo", "text": "Dear Bo, I send you my condolences."}
    letters = gather_letters(measure(text), record)
    assert letters.corpus.messages["message_id"].is_unique
    about = letters.messages.set_index("message_id")
    assert about.at["ada-bo-2001-02-03", "occasion"] == "birthday" and about.at["ada-bo-2001-02-03-2", "occasion"] == "condolence"
    assert set(letters.lengths.loc[letters.lengths["version_id"] == "c", "message_id"]) == {"ada-bo-2001-02-03-2"}
    given = gather_letters(measure(text | {"message_id": "ada-bo-2001-02-03"}), record)
    assert set(given.lengths.loc[given.lengths["version_id"] == "c", "message_id"]) == {"ada-bo-2001-02-03"}


def test_a_given_id_of_ones_own_is_kept_where_the_record_has_no_such_message(record):
    letters = gather_letters(measure({"version_id": "a", "message_id": "mine"}, {"version_id": "b", "message_id": "mine", "date": None}), record)
    assert letters.messages.set_index("message_id").at["mine", "versions"] == 2


# --- What a text is known to be.

def test_what_the_table_says_of_a_text_stands_in_its_version(record):
    letters = gather_letters(measure({"version_id": "a", "publisher": "Utopia", "translation": "original", "extent": "opening"}, {"version_id": "b"}), record)
    versions = letters.corpus.versions.set_index("version_id")
    assert versions.loc["a", ["outlet", "publisher", "translation", "extent", "speech"]].tolist() == ["Utopia", "Utopia", "original", "opening", "direct"]
    assert versions.loc["b", ["outlet", "publisher", "translation", "extent"]].tolist() == ["a text of one's own", "", "unknown", "full"]


SHIPS = "\nI write to you of our ships. Our fleets will sail together."


def six_letters_and(*more, **facts):
    """Six letters to a dear friend, a letter a year, and others after them."""
    texts = [{"version_id": f"a{year}", "date": f"170{year}-01-01", "text": f"My dear friend,{SHIPS}"} for year in range(1, 7)]
    return measure(*(text | facts for text in [*texts, *more]))


def test_in_letters_in_the_senders_own_language_a_noun_can_be_missing(record):
    letters = gather_letters(six_letters_and({"version_id": "z", "date": "1709-01-01", "text": f"Sir,{SHIPS}"}, translation="original"), record)
    found = find_omissions("ann-lee-bob-moe-1709-01-01", letters, kinds=["form of address"]).set_index(["habit", "slot"])
    assert found.loc[("friend", "salutation"), ["change", "where", "has", "letters"]].tolist() == ["missing", "the letter", 6, 6]


def test_whether_texts_are_translated_is_not_guessed(record):
    letters = gather_letters(six_letters_and({"version_id": "z", "date": "1709-01-01", "text": f"Sir,{SHIPS}"}), record)
    found = find_omissions("ann-lee-bob-moe-1709-01-01", letters, kinds=["form of address"]).set_index(["habit", "slot"])
    assert found.loc[("friend", "salutation"), "change"] == "not seen"


def test_of_a_publisher_that_prints_its_lines_a_line_can_be_missing(record):
    bare = {"version_id": "z", "date": "1709-01-01", "text": SHIPS.strip()}
    for publisher, state in (("Utopia", "absent"), ("", "not observable")):
        letters = gather_letters(six_letters_and(bare, publisher=publisher), record)
        found = find_omissions("ann-lee-bob-moe-1709-01-01", letters, kinds=["opening line"])
        assert found["state"].tolist() == [state]


QUOTED = "London, January 2 (GAZ) -- Ann Lee sent a letter to Bob Moe on January 1. In the letter she said: “Our fleets will sail together.” The court gave a ball."


@pytest.mark.parametrize("last", [{"kind": "report", "date": "1706-01-02", "text": QUOTED}, {"date": "1706-01-01", "text": "Dear friend, our fleets will sail together. (...)"}])
def test_what_was_not_quoted_is_not_missing(record, last):
    texts = [{"version_id": f"a{year}", "date": f"170{year}-01-01"} for year in range(1, 6)]
    letters = gather_letters(measure(*texts, {"version_id": "e"} | last), record)
    assert letters.corpus.versions.set_index("version_id").loc["e", ["extent", "speech"]].tolist() == ["excerpt", "direct"]
    found = find_omissions("ann-lee-bob-moe-1706-01-01", letters, kinds=["formula"])
    assert "missing" not in set(found["change"])


# --- Little or nothing measured.

@pytest.mark.parametrize("texts", [[], [{"version_id": "a", "kind": "report", "text": "The harbour is open."}]])
def test_nothing_to_gather(corpus, texts):
    empty = pd.DataFrame({"version_id": [], "text": [], "date": []}, dtype="str")
    letters = gather_letters(measure(*texts) if texts else measure_texts(empty), corpus)
    pd.testing.assert_frame_equal(letters.corpus.versions, corpus.versions)
    assert set(letters.messages["record"]) == {"yes"} and len(letters.messages) == len(corpus.messages)
    assert find_omissions("kim-xi-2024-10-06", letters, kinds=["form of address"]).shape[0]


def test_measurements_of_which_only_the_needed_tables_are_given(record):
    full = measure({"version_id": "a"}, repeated=True, phrases=("thank you",))
    needed = {name: getattr(full, name) for name in ("messages", "versions", "mentions", "tone", "formulas", "lengths", "token_counts")}
    letters = gather_letters(Measurements(**needed), record)
    assert letters.repeated.empty and letters.wordings.empty and "version_id" in letters.repeated and "message_id" in letters.wordings


def test_a_party_that_is_not_known_is_blank(record):
    measured = measure({"version_id": "a"})
    unknown = replace(measured, messages=measured.messages.assign(sender=None), mentions=measured.mentions.assign(honoree=float("nan")))
    letters = gather_letters(unknown, record)
    assert letters.messages.set_index("message_id").at["ann-lee-bob-moe-2001-05-03", "sender"] == ""


def test_a_folder_of_measurements_without_a_message(tmp_path, corpus):
    from click.testing import CliRunner

    from comity.cli import main

    (tmp_path / "none.json").write_text("[]", encoding="utf-8")
    done = CliRunner().invoke(main, ["measure", str(tmp_path / "none.json"), "--out", str(tmp_path / "out")])
    assert done.exit_code == 0, done.output
    letters = gather_letters(read_measurements(tmp_path / "out"), corpus)
    assert len(letters.messages) == len(corpus.messages)


def test_counted_words_of_unknown_speech_are_not_lost(corpus):
    """They are direct or indirect, nobody says which: they stand with those of mixed speech."""
    version = corpus.lengths["version_id"].iloc[0]
    unknown = corpus.versions.assign(speech=corpus.versions["speech"].where(corpus.versions["version_id"] != version, "unknown"))
    empty = measure_texts(pd.DataFrame({"version_id": [], "text": [], "date": []}, dtype="str"))
    letters = gather_letters(empty, replace(corpus, versions=unknown))
    assert set(letters.lengths.loc[letters.lengths["version_id"] == version, "frame"]) == {"mixed"}
    counted = letters.token_counts[letters.token_counts["version_id"] == version]
    assert set(counted["frame"]) == {"mixed"} and counted["n"].sum() == corpus.token_counts.query("version_id == @version")["n"].sum()
