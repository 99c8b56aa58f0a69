"""Where people stand: whose letters are whose, what interval each has, and which ranks chance leaves."""

import math

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from made_letters import make_letters, make_lexicon
from scipy.stats import rankdata, ttest_1samp

from comity import read_corpus, read_measurements
from comity.contrasts.means import bound_mean_rate
from comity.contrasts.measures import COUNTED_ONLY, STYLES
from comity.contrasts.people import COLUMNS, COVERS, COVERS_NOTHING, RATES, TOO_FEW, VALUES, find_offices, rank_people
from comity.corpus.vocabularies import TONE_DIMENSIONS
from comity.errors import CorpusError
from comity.letters import gather_letters


@pytest.fixture(scope="module")
def real():
    return gather_letters(read_measurements(), read_corpus())


def mail(**people):
    """Letters of Kim to people: of each the warmth terms, or a row."""
    rows = [
        {"message": f"{name}{number}", "sender": "Kim", "recipient": name, "words": 100}
        | (letter if isinstance(letter, dict) else {"terms": {"warmth": letter}})
        for name, letters in people.items()
        for number, letter in enumerate(letters)
    ]
    return make_letters(*rows)


def warmth(letters, **given):
    table = rank_people("Kim", letters, **given)
    return table[table["measure"] == "warmth"].set_index("person")


FIVE = mail(high=[9, 8, 9, 10], middle=[3, 4, 2], none=[0, 0, 0], two=[5, 6], one=[7])


def test_every_person_has_a_row_of_every_measure():
    table = rank_people("Kim", FIVE)
    assert list(table) == COLUMNS
    assert table.groupby("measure", sort=False)["person"].agg(list).index.tolist() == [*TONE_DIMENSIONS, "words", *STYLES]
    assert len(table) == 5 * (len(TONE_DIMENSIONS) + 1 + len(STYLES))


def test_a_value_is_the_mean_of_letters():
    letters = mail(Bob=[{"terms": {"warmth": n}, "words": words} for n, words in ((4, 100), (1, 200), (6, 300))])
    row = warmth(letters).loc["Bob"]
    assert row[["n", "words", "count", "messages", "joint"]].tolist() == [3, 600, 11, "Bob0|Bob1|Bob2", 0]
    assert row["value"] == pytest.approx(6.5 / 3)
    assert row[["low", "high"]].tolist() == list(bound_mean_rate([4, 1, 6], [1, 2, 3]))
    assert row[["method", "covers", "seen"]].tolist() == [RATES, COVERS, "direct 3; whole 3"]


def test_length_by_student():
    letters = mail(Bob=[{"words": words, "sentences": 4} for words in (80, 200, 260)])
    row = rank_people("Kim", letters).set_index("measure").loc["words"]
    test = ttest_1samp([80, 200, 260], 0).confidence_interval(0.95)
    assert row[["value", "low", "high", "method"]].tolist() == pytest.approx([180, max(test.low, 0), test.high, VALUES])
    assert test.low < 0 and math.isnan(row["count"])


def test_those_with_few_letters_are_listed_and_not_ranked():
    table = warmth(FIVE)
    assert table.index.tolist() == ["high", "middle", "none", "one", "two"]
    assert table["rank"].tolist() == pytest.approx([1, 2, 3, math.nan, math.nan], nan_ok=True)
    assert table.loc[["one", "two"], ["rank", "rank_best", "rank_worst"]].isna().all(axis=None)
    assert set(table["ranked"]) == {3}
    assert warmth(FIVE, least=1)["rank"].tolist() == [1, 2, 3, 4, 5]


def test_one_letter_has_no_interval_and_two_have_one():
    table = warmth(FIVE)
    assert table.loc["one", ["low", "high"]].isna().all()
    assert table.loc["one", ["method", "covers"]].tolist() == [TOO_FEW, COVERS_NOTHING]
    assert table.loc["two", "low"] < 5.5 < table.loc["two", "high"]


def test_no_term_in_three_letters_is_not_certainly_none():
    row = warmth(FIVE).loc["none"]
    assert (row["value"], row["low"]) == (0, 0) and row["high"] > 1


def test_ranks_that_chance_leaves():
    """Thirty terms in each letter are surely more than one or two; whether these are more than none is open."""
    table = warmth(mail(high=[30, 31, 30, 30], middle=[1, 2, 1, 2], none=[0, 0, 0, 0]))
    assert table[["rank", "rank_best", "rank_worst"]].values.tolist() == [[1, 1, 1], [2, 2, 3], [3, 2, 3]]


def test_ranks_are_for_all_people_at_once():
    """Two people whose intervals are just apart: among forty more they are no longer surely so."""
    pair = {"more": [8, 7, 9, 8, 7, 9], "less": [3, 4, 2, 3, 3, 3]}
    rest = {f"other{n}": [0, 20, 9, 3, 0, 30] for n in range(40)}
    alone, among = warmth(mail(**pair)), warmth(mail(**pair, **rest))
    assert alone.loc["more", "rank_worst"] == 1 and alone.loc["less", "rank_best"] == 2
    assert among.loc["less", "rank_best"] == 1
    assert among.loc[["more", "less"], ["low", "high"]].equals(alone.loc[["more", "less"], ["low", "high"]])


def test_equals_share_a_rank():
    assert warmth(mail(x=[1, 2, 3], y=[3, 2, 1], z=[0, 1, 0]))["rank"].tolist() == [1, 1, 3]


def test_an_interval_that_is_not_known_excludes_no_rank():
    """Two have the same length in all letters: of them it is not known how much letters differ."""
    same = [{"words": 100}] * 3
    table = rank_people("Kim", mail(x=same, y=[{"words": words} for words in (300, 301, 302)], z=same))
    words = table[table["measure"] == "words"].set_index("person")
    assert words.loc["x", ["rank", "rank_best", "rank_worst"]].tolist() == [2, 1, 3]
    assert words.loc["y", ["rank", "rank_best", "rank_worst"]].tolist() == [1, 1, 3]
    assert words.loc["x", "method"] == TOO_FEW


JOINT = make_letters(
    {"message": "m1", "words": 100, "sender": "Kim", "recipient": "Ann|Bob", "terms": {"warmth": 2}},
    {"message": "m2", "words": 100, "sender": "Kim|Lee", "recipient": "Ann", "terms": {"warmth": 4}},
    {"message": "m3", "words": 100, "sender": "Ann|Bob", "recipient": "Kim", "terms": {"warmth": 1}},
    {"message": "m4", "words": 100, "sender": "Kim|Lee", "recipient": "Kim|Carl", "terms": {"warmth": 9}},
    {"message": "m5", "words": 100, "sender": "Lee", "recipient": "Ann", "terms": {"warmth": 9}},
)


def test_a_joint_letter_is_a_letter_of_each():
    table = warmth(JOINT)
    assert table["messages"].to_dict() == {"Ann": "m1|m2", "Bob": "m1", "Carl": "m4"}
    assert table["joint"].to_dict() == {"Ann": 1, "Bob": 1, "Carl": 1}


def test_those_who_share_all_their_letters_are_one_row():
    """Nothing tells them apart: two rows would count one letter twice."""
    table = warmth(JOINT, direction="received")
    assert table["messages"].to_dict() == {"Ann|Bob": "m3", "Lee": "m4"}
    assert table.loc["Ann|Bob", ["n", "words", "count", "joint"]].tolist() == [1, 100, 1, 1]
    assert warmth(JOINT, direction="received", least=1)["ranked"].tolist() == [2, 2]


OFFICES = pd.DataFrame(
    [("Ann", "name", "Ann", None, None), ("Ann", "office", "Queen", "1700-01-01", None), ("Ann", "office", "Regent", "1690-01-01", "1699-12-31"),
     ("Bob", "office", "Doge", "1702-01-01", "1702-12-31")],
    columns=["person", "kind", "value", "since", "until"],
).astype({"since": "datetime64[s]", "until": "datetime64[s]"})  # fmt: skip


@pytest.mark.parametrize(("days", "offices"), [
    (["1699-12-31"], {"Ann": "Regent"}), (["1700-01-01"], {"Ann": "Queen"}), (["1699-01-01", "1702-12-31"], {"Ann": "Queen; Regent", "Bob": "Doge"}),
    (["1689-12-31"], {}), (["1703-01-01"], {"Ann": "Queen"}),
])  # fmt: skip
def test_the_offices_of_the_days_of_the_letters(days, offices):
    letters = pd.DataFrame({"sender": "Ann|Bob", "recipient": "Carl", "date": pd.to_datetime(days)})
    assert find_offices(letters, OFFICES).set_index("person")["office"].to_dict() == offices


def test_every_leader_in_the_archive_has_an_office(real):
    """Except bodies and groups, whose names begin with "the" or list several."""
    seen = real.messages[real.messages["message_id"].isin(real.lengths.loc[real.lengths["basis"] == "text", "message_id"])]
    kim = seen[(seen[["sender", "recipient"]] == "Kim Jong Un").any(axis=1) & seen["date"].between("2024-07-01", "2024-11-30")]
    names = set(pd.concat([kim["sender"], kim["recipient"]]).str.split("|").explode())
    without = names - set(find_offices(kim, real.corpus.people)["person"])
    assert all(name.startswith(("the ", "its ")) for name in without) and {"Luong Cuong", "Dmitry Medvedev"} <= names - without


def test_only_these_messages():
    assert warmth(JOINT, messages=["m2", "m5"])["messages"].to_dict() == {"Ann": "m2"}


def test_letters_without_words_in_these_frames_do_not_count():
    letters = mail(Bob=[1, 2, {"frame": "reported", "terms": {"warmth": 9}}], Carl=[{"frame": "reported"}])
    assert warmth(letters)[["n", "messages"]].values.tolist() == [[2, "Bob0|Bob1"]]
    assert warmth(letters, frames=("letter", "reported")).loc["Bob", ["n", "seen"]].tolist() == [3, "direct 2, indirect 1; whole 3"]


def test_values_that_a_letter_lacks_do_not_count():
    letters = mail(Bob=[{"flesch": 20}, {"flesch": math.nan}, {"flesch": 40}])
    row = rank_people("Kim", letters).set_index("measure").loc["flesch"]
    assert row[["n", "value"]].tolist() == [2, 30] and math.isnan(row["rank"])


def test_where_one_letter_is_only_counted_single_words_are_compared_in_all():
    letters = mail(Bob=[{"tokens": {"warm": 2}, "basis": "counts"}, {"tokens": {"warm": 1}, "terms": {"warmth": 5}}])
    table = rank_people("Kim", letters, tone=make_lexicon(warmth="warm")).set_index("measure")
    assert table.loc["warmth", ["count", "value"]].tolist() == [3, 1.5]
    assert table.loc["warmth", "covers"].endswith(COUNTED_ONLY) and COUNTED_ONLY not in table.loc["words", "covers"]


@pytest.mark.parametrize(
    ("person", "given", "said"),
    [
        ("Kim", {"direction": "both"}, "sent or received"),
        ("Nobody", {}, "'Nobody' has sent no letter"),
        ("Kim", {"messages": ["m5"]}, "'Kim' has sent no letter"),
        ("Kim", {"messages": ["m9"]}, "no message 'm9'"),
        ("Kim", {"frames": "mixed"}, "frames mixed"),
        ("Kim", {"dimensions": "love"}, "no dimension 'love'"),
    ],
)
def test_what_cannot_be_ranked_is_said(person, given, said):
    with pytest.raises(CorpusError, match=said):
        rank_people(person, JOINT, **given)


counts = st.lists(st.integers(0, 9), min_size=1, max_size=5)


@settings(max_examples=25, deadline=None)
@given(st.lists(counts, min_size=1, max_size=6))
def test_of_any_people(people):
    letters = mail(**{f"p{n}": counts for n, counts in enumerate(people)})
    table = warmth(letters, dimensions="warmth").loc[[f"p{n}" for n in range(len(people))]]
    means, takes = np.array([np.mean(each) for each in people]), np.array([len(each) >= 3 for each in people])
    assert table["value"].tolist() == pytest.approx(means)
    assert table["rank"].notna().tolist() == takes.tolist()
    assert table["rank"].dropna().tolist() == rankdata(-means[takes].round(9), "min").tolist()
    ranked = table[takes]
    assert ((ranked["rank_best"] <= ranked["rank"]) & (ranked["rank"] <= ranked["rank_worst"])).all()
    several = table[[len(each) > 1 for each in people]]
    assert ((several["low"] <= several["value"]) & (several["value"] < several["high"])).all()
    assert table["low"].isna().tolist() == [len(each) == 1 for each in people]


def test_people_of_the_record(real):
    for direction, own, other in (("sent", "sender", "recipient"), ("received", "recipient", "sender")):
        table = rank_people("Kim Jong Un", real, direction, frames=("letter", "reported"))
        one = table[table["measure"] == "words"].set_index("person")
        mine = real.messages[real.messages[own] == "Kim Jong Un"].set_index("message_id")[other]
        assert {"Xi Jinping", "Vladimir Putin"} <= set(one.index[one["rank"].notna()])
        for person, ids in one["messages"].items():
            assert all(set(person.split("|")) <= set(mine[message].split("|")) for message in ids.split("|"))
        assert (one["n"] == one["messages"].str.count(r"\|") + 1).all()
        assert (table["rank"].notna() == (table["n"] >= 3)).all()


def test_tables_are_left_as_they_were():
    before = [FIVE.tone.copy(), FIVE.lengths.copy(), FIVE.messages.copy()]
    rank_people("Kim", FIVE)
    for table, old in zip([FIVE.tone, FIVE.lengths, FIVE.messages], before, strict=True):
        pd.testing.assert_frame_equal(table, old)
