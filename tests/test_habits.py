"""What was left unsaid: habits, whether a letter could have shown them, and how surprising it is that one is missing."""

import json
from dataclasses import replace
from pathlib import Path

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.stats import betabinom
from statsmodels.stats.proportion import proportion_confint

from comity import find_omissions, gather_letters, read_corpus, read_honorifics, read_measurements
from comity.errors import CorpusError
from comity.habits import find_habits, measure_repetition, measure_surprise
from comity.measure import measure_texts

HERE = Path(__file__).parent
CASES = json.loads((HERE / "cases/habits/omissions.json").read_text(encoding="utf-8"))
LEAD = "Oslo, May 3 (NTB) -- Ann Lee sent a letter to Bob Moe. "


@pytest.fixture(scope="module")
def letters():
    return gather_letters(read_measurements(), read_corpus())


def invented(told):
    """Letters of Ann Lee to Bob Moe or somebody else: (day, text, recipient); "retold:" makes a report of it."""
    rows = []
    for number, (day, text, *to) in enumerate(told):
        report = text.removeprefix("retold: ")
        kind = {"kind": "letter", "text": text} if report == text else {"kind": "report", "text": LEAD + report}
        rows.append(kind | {"version_id": f"v{number}", "date": pd.Timestamp(day), "sender": "Ann Lee", "recipient": (*to, "Bob Moe")[0]})
    # A record of other people, with our words of address.
    record = replace(read_corpus(HERE / "cases/sound"), honorifics=read_honorifics())
    return gather_letters(measure_texts(pd.DataFrame(rows), repeated=True), record)


def omissions_of(case):
    letters = invented(case["letters"])
    theirs = letters.messages[letters.messages["sender"] == "Ann Lee"]
    day = case["letters"][case.get("target", len(case["letters"]) - 1)][0]
    return find_omissions(theirs.loc[theirs["date"] == day, "message_id"].item(), letters, match=case.get("match"))


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["label"])
def test_omissions(case):
    found = omissions_of(case)
    rows = found[(found["habit"] == case["habit"]) & (found["slot"] == case["slot"] if "slot" in case else True)]
    if case["expected"] is None:
        assert rows.empty
        return
    row = rows.iloc[0]
    for name, value in case["expected"].items():
        if value is None:
            assert pd.isna(row[name])
        elif isinstance(value, float):
            assert row[name] == pytest.approx(value)
        else:
            assert (f"{row[name]:%Y-%m-%d}" if isinstance(row[name], pd.Timestamp) else row[name]) == value


def test_the_letter_to_xi_of_october_2024(letters):
    """What the issue asks for, from the tables: the line, the epithet and the wish for his health, each with where it is missing."""
    found = find_omissions("kim-xi-2024-10-06", letters).set_index(["habit", "slot"])
    assert found.loc[("an opening line", "salutation"), ["change", "where"]].tolist() == ["missing", "the version seen"]
    assert found.loc[("respected", "salutation"), ["change", "where"]].tolist() == ["missing", "the letter, it is said"]
    assert found.loc[("respected", "close"), ["change", "where"]].tolist() == ["missing", "the letter"]
    health = found.loc[("wish for health", "close")]
    assert health[["change", "where"]].tolist() == ["missing", "the letter"]
    assert health["last"] == pd.Timestamp("2023-10-01") and health["missing_since"] == pd.Timestamp("2024-09-15")
    assert health["quoted"] > 0 and health["has"] > 0


def test_the_letters_to_putin_of_that_year_have_the_wish(letters):
    habits = find_habits(letters, "Kim Jong Un", "Vladimir Putin", kinds=["formula"]).query("habit == 'wish for health' and date.dt.year == 2024")
    assert habits.loc[habits["could_show"], "state"].tolist() == ["attested", "attested"]


def test_whether_a_letter_could_show_a_habit_does_not_depend_on_whether_it_does(letters):
    """Take every hit of the wish away: the same letters could have shown it."""
    def could_show(those):
        habits = find_habits(those, "Kim Jong Un", "Xi Jinping", kinds=["formula"]).query("habit == 'wish for health'")
        return set(habits.loc[habits["could_show"], "message_id"])

    without = replace(letters, formulas=letters.formulas[letters.formulas["formula"] != "wish for health"])
    assert could_show(letters) == could_show(without)


def test_what_is_not_observable_is_never_missing(letters):
    for message in ("kim-xi-2024-10-06", "kim-xi-2025-10-01", "kim-putin-2024-10-07", "kim-putin-2025-06-11"):
        found = find_omissions(message, letters)
        unseen = found[found["state"] == "not observable"]
        assert set(unseen["change"]) <= {"not seen", "missing", "only to others"}
        assert set(unseen.loc[unseen["change"] == "missing", "where"]) <= {"the version seen"}
        assert unseen["surprise"].isna().all()


def test_retold_letters_count_where_they_are_asked_for(letters):
    few, more = (find_omissions("kim-xi-2024-10-06", letters, frames=frames, kinds=["formula"]).set_index("habit").loc["wish for health"]
                 for frames in (("letter",), ("letter", "reported")))  # fmt: skip
    assert more["letters"] > few["letters"] and more["has"] > few["has"]


@pytest.mark.parametrize(("arguments", "told"), [
    ({"message": "nobody"}, "no message 'nobody'"), ({"match": "mood"}, "None or 'occasion', not 'mood'"),
])  # fmt: skip
def test_bad_input_is_explained(letters, arguments, told):
    with pytest.raises(CorpusError, match=told):
        find_omissions(**{"message": "kim-xi-2024-10-06", "letters": letters} | arguments)


# --- How surprising.

counts = st.integers(0, 60).flatmap(lambda n: st.tuples(st.integers(0, n), st.just(n)))


@given(counts)
def test_surprise_is_that_of_a_beta_binomial(count):
    times, letters = count
    found = measure_surprise(times, letters)
    if not letters:
        assert found.probability != found.probability
        return
    assert found.probability == pytest.approx(betabinom(1, times + 0.5, letters - times + 0.5).pmf(1))
    low, high = proportion_confint(times, letters, method="beta")
    assert (found.low, found.high) == pytest.approx((0.0 if times == 0 else low, 1.0 if times == letters else high))
    assert found.low < found.high and found.low <= found.probability <= found.high


def test_the_rule_of_three():
    """Of n letters none lacks it: at most 3/n do, nearly (Hanley & Lippman-Hand 1983, JAMA 249), with one tail; with two, 3.7/n."""
    assert measure_surprise(0, 100).high == pytest.approx(0.0362, abs=1e-4)


def test_more_letters_than_there_are():
    with pytest.raises(CorpusError, match="Of 2 letters, 3 cannot"):
        measure_surprise(3, 2)


# --- What is said again, and what is new.

def test_repetition():
    told = invented([["2001-01-01", "Our ships will sail north."], ["2002-01-01", "Again our ships will sail north, dear Bob."], ["2003-01-01", "Peace."]])
    found = measure_repetition(told, "Ann Lee")
    assert found["repeated"].tolist() == [0, 4, 0]
    assert found["share"].tolist() == pytest.approx([0, 4 / 8, 0])
    assert found["phrases"].tolist() == ["", "ships will sail north", ""]
    assert found[["earlier", "new", "new_words"]].values.tolist() == [
        [0, 5, "north|our|sail|ships|will"], [1, 3, "again|bob|dear"], [2, 1, "peace"],
    ]  # fmt: skip


@settings(max_examples=10, deadline=None)
@given(st.lists(st.lists(st.sampled_from(["red", "ships", "sail", "north", "peace"]), min_size=1, max_size=8).map(" ".join), min_size=1, max_size=4))
def test_no_more_is_repeated_or_new_than_is_there(texts):
    found = measure_repetition(invented([[f"200{n}-01-01", text] for n, text in enumerate(texts)]), "Ann Lee")
    assert (found["repeated"] <= found["tokens"]).all() and (found["new_share"] <= 1).all()
    assert found["new"].iloc[0] == len(set(texts[0].split())) and found["repeated"].iloc[0] == 0


def test_of_letters_without_a_text_nothing_is_known_of_phrases(letters):
    found = measure_repetition(letters, "Kim Jong Un").set_index("message_id")
    assert pd.isna(found.at["kim-xi-2022-10-23", "share"]) and found.at["kim-xi-2022-10-23", "new"] > 0
