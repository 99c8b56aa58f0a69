"""What was left unsaid: habits, whether a letter could have shown them, and how surprising it is that one is missing."""

import json
from dataclasses import replace
from pathlib import Path
from time import perf_counter
from types import SimpleNamespace

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.stats import betabinom
from statsmodels.stats.proportion import proportion_confint

from comity import find_omissions, gather_letters, read_corpus, read_honorifics, read_measurements
from comity.errors import CorpusError
from comity.formulas import read_formulas
from comity.habits import KINDS, find_habits, measure_repetition, measure_surprise, word_omissions
from comity.habits.quoted import find_in_quotations
from comity.measure import measure_texts

HERE = Path(__file__).parent
CASES = json.loads((HERE / "cases/habits/omissions.json").read_text(encoding="utf-8"))
USUAL = {"sender": "Ann Lee", "recipient": "Bob Moe", "translation": "original", "language": "en", "message_id": ""}
LEAD = "Oslo, May 3 (NTB) -- Ann Lee sent a letter to Bob Moe. "


@pytest.fixture(scope="module")
def letters():
    return gather_letters(read_measurements(), read_corpus())


def invented(told, repeated=True):
    """Letters of Ann Lee to Bob Moe, or what else is said of them: (day, text, facts); "retold:" makes a report of it."""
    rows = []
    for number, (day, text, *facts) in enumerate(told):
        report = text.removeprefix("retold: ")
        kind = {"kind": "letter", "text": text} if report == text else {"kind": "report", "text": LEAD + report}
        rows.append(USUAL | kind | {"version_id": f"v{number}", "date": day} | dict(*facts))
    # A record of other people, with our words of address.
    record = replace(read_corpus(HERE / "cases/sound"), honorifics=read_honorifics())
    return gather_letters(measure_texts(pd.DataFrame(rows), repeated=repeated), record)


def ids(letters):
    """The messages of Ann Lee, in their order."""
    return letters.messages.loc[letters.messages["sender"] == "Ann Lee", "message_id"].tolist()


def omissions_of(case):
    letters = invented(case["letters"])
    theirs = letters.messages[letters.messages["sender"] == "Ann Lee"]
    day = case["letters"][case.get("target", len(case["letters"]) - 1)][0]
    return find_omissions(theirs.loc[theirs["date"] == day, "message_id"].item(), letters, case.get("frames", ("letter",)), case.get("match"))


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
    assert health[["change", "where"]].tolist() == ["missing", "the translation seen"]
    assert health["last"] == pd.Timestamp("2023-10-01") and health["missing_since"] == pd.Timestamp("2024-09-15")
    assert health["quoted"] > 0 and health["has"] > 0


def test_the_letters_to_putin_of_that_year_have_the_wish(letters):
    habits = find_habits(letters, "Kim Jong Un", "Vladimir Putin", kinds=["formula"]).query("habit == 'wish for health' and date.dt.year == 2024")
    assert habits.loc[habits["could_show"], "state"].tolist() == ["attested", "attested"]


@pytest.mark.parametrize("frames", [("letter",), ("letter", "reported")])
def test_whether_a_letter_could_show_a_formula_does_not_depend_on_whether_it_does(letters, frames):
    """Take every hit away, in texts, counts and quotations: the same letters could have shown each of them."""
    def could_show(those):
        habits = find_habits(those, "Kim Jong Un", frames=frames, kinds=["formula"])
        return set(habits.loc[habits["could_show"], ["message_id", "habit"]].itertuples(index=False, name=None))

    counts = letters.corpus.token_counts[["version_id", "token", "n"]].assign(token=lambda rows: rows["token"].where(rows["token"].str.match("thank|grat"), "ship"))
    versions = letters.corpus.versions.assign(valediction="")
    corpus = replace(letters.corpus, versions=versions, phrases=letters.corpus.phrases.iloc[:0], token_counts=counts)
    without = replace(letters, formulas=letters.formulas.iloc[:0], corpus=corpus)
    assert could_show(letters) == could_show(without) != set()
    assert not set(find_habits(without, "Kim Jong Un", frames=frames, kinds=["formula"])["state"]) & {"attested", "reported"}


@pytest.mark.parametrize(("texts", "states"), [
    (["I wish you good health.", "retold: In the letter she wished Bob Moe good health."], ["attested", True]),
    (["The ships came home.", "retold: In the letter she wished Bob Moe good health."], ["absent", True]),
    (["The ships came home."], ["absent", True]), (["retold: In the letter she wished Bob Moe good health."], ["reported", False]),
])  # fmt: skip
def test_a_retelling_changes_nothing_of_what_a_whole_letter_could_show(texts, states):
    """Nor does it overrule the original, seen whole."""
    said = [["2001-01-01", text, {"message_id": "m", "translation": "original" if number == 0 else "unknown"}] for number, text in enumerate(texts)]
    wish = find_habits(invented(said), "Ann Lee", kinds=["formula"]).query("habit == 'wish for health'").iloc[0]
    assert wish[["state", "could_show"]].tolist() == states


def test_what_is_told_of_the_original_outweighs_what_a_translation_lacks():
    said = [["2001-01-01", "The ships came home.", {"message_id": "m", "translation": "press"}],
            ["2001-01-01", "retold: In the letter she wished Bob Moe good health.", {"message_id": "m"}]]  # fmt: skip
    wish = find_habits(invented(said), "Ann Lee", kinds=["formula"]).query("habit == 'wish for health'").iloc[0]
    assert wish[["state", "could_show", "where"]].tolist() == ["reported", True, ""]


def test_in_the_senders_language_another_epithet_hides_nothing():
    """A body that greets somebody as beloved could have shown "respected"; a translation of it could not."""
    body = "Dear friend,\nI write to you, {} Comrade Moe, of our ships. Our fleets will sail together. The harvest was good. Yours, Ann."
    for translation, expected in (("original", [("attested", True), ("absent", True)]), ("press", [("attested", True), ("not observable", False)])):
        said = [[f"200{year}-01-01", body.format(word), {"translation": translation}] for year, word in ((1, "respected"), (2, "beloved"))]
        found = find_habits(invented(said), "Ann Lee", kinds=["form of address"]).query("habit == 'respected' and slot == 'body'")
        assert list(found[["state", "could_show"]].itertuples(index=False, name=None)) == expected


# --- What is quoted.

def quotations(valediction="", phrase="", language="en", recipient="Bob Moe", speech="direct", closing=()):
    """The formulas in what a record quotes of one letter; ``closing``: in which frames forms of address stand in its closing wish."""
    version = {"version_id": "v", "message_id": "m", "language": language, "speech": speech, "translation": "original", "valediction": valediction}
    corpus = SimpleNamespace(
        versions=pd.DataFrame([version]), messages=pd.DataFrame([{"message_id": "m", "recipient": recipient}]),
        phrases=pd.DataFrame([{"version_id": "v", "phrase": phrase}] if phrase else [], columns=["version_id", "phrase"]),
        mentions=pd.DataFrame([{"version_id": "v", "slot": "close", "frame": frame} for frame in closing], columns=["version_id", "slot", "frame"]),
    )  # fmt: skip
    return find_in_quotations(corpus, read_formulas(), set())


@pytest.mark.parametrize(("said", "expected"), [
    ({"valediction": "I wish the PRC prosperity and the Chinese people happiness"}, ["wish for happiness", "wish for prosperity"]),
    ({"valediction": "sent militant greetings to every member of the Communist Party"}, []),
    ({"valediction": "DPRK prosperity and its people happiness and good health"}, ["wish for happiness", "wish for prosperity"]),
    ({"valediction": "greater success in your responsible work"}, ["wish for success in work"]),
    ({"valediction": "your good health"}, ["wish for health"]), ({"phrase": "your good health"}, []), ({"phrase": "I wish you good health"}, ["wish for health"]),
    ({"valediction": "I do not wish you good health"}, []), ({"valediction": "Bob Moe and his people good health"}, ["wish for health"]),
    ({"valediction": "총서기동지가 건강하여", "language": "ko"}, ["wish for health"]), ({"valediction": "중국 인민의 건강을", "language": "ko"}, []),
    ({"valediction": "祝中国人民幸福安康", "language": "zh"}, ["wish for happiness"]), ({"valediction": "bonne santé", "language": "fr"}, []),
])  # fmt: skip
def test_what_a_quotation_shows(said, expected):
    assert sorted(quotations(**said)["habit"]) == expected


@pytest.mark.parametrize(("closing", "frame"), [(["letter"], "letter"), (["reported"], "mixed"), ([], "mixed")])
def test_a_closing_wish_in_the_letters_words_is_the_letters_where_the_rest_is_retold(closing, frame):
    found = quotations("I wish you good health", "I wish you good health", speech="mixed", closing=closing)
    assert found[["matched", "frame"]].values.tolist() == [["I wish you good health", "mixed"], ["I wish you good health", frame]]


def test_habits_and_evidence_say_the_same_of_a_closing_wish(letters):
    """The record marks “distinguished General Secretary” in it as the letter's own words, though the version retells the rest."""
    found = find_habits(letters, "Kim Jong Un", "Xi Jinping").query("message_id == 'kim-xi-2020-02-01' and slot == 'close'").set_index("habit")["state"]
    assert found["respected"] == found["wish for health"] == "attested"


def test_the_words_of_a_text_overrule_what_is_quoted_of_it(letters):
    """The closing formula of the record is nobody's second reading of a version whose own words were measured."""
    measured = letters.lengths.loc[letters.lengths["basis"] == "text", "version_id"]
    versions = letters.corpus.versions.assign(valediction=lambda rows: rows["valediction"].mask(rows["version_id"].isin(measured), "I wish you good health"))
    both = [find_habits(those, "Kim Jong Un", kinds=["formula"]) for those in (letters, replace(letters, corpus=replace(letters.corpus, versions=versions)))]
    pd.testing.assert_frame_equal(*both)


def test_a_wish_for_happiness_is_no_wish_of_success(letters):
    found = find_habits(letters, "Kim Jong Un", "Xi Jinping", kinds=["formula"]).set_index(["message_id", "habit"])["state"]
    assert found["kim-xi-2024-10-01", "wish of success to the people"] == "absent" and found["kim-xi-2024-10-01", "wish for happiness"] == "attested"
    assert find_habits(letters, "Xi Jinping", kinds=["formula"]).set_index(["message_id", "habit"]).at[("xi-kim-2021-09-09", "wish for health"), "state"] != "attested"


def test_a_translation_of_a_translation_attests_nothing(letters):
    found = find_habits(letters, "Vladimir Putin", kinds=["formula"]).set_index(["message_id", "habit"])
    assert found.loc[("putin-kim-2024-12-17", "wish for health"), ["state", "could_show"]].tolist() == ["reported", False]


# --- Opening lines.

@pytest.mark.parametrize(("texts", "expected"), [
    ([["The ships came home.", {"publisher": "Utopia"}]], ["not observable", "the version seen", "no line, and nothing shows whether the outlet leaves lines out"]),
    ([["The ships came home.", {}]], ["not observable", "the version seen", "no line, and nothing shows whether the outlet leaves lines out"]),
    ([["The ships came home.", {"publisher": "Utopia", "message_id": "m"}], ["Dear Bob Moe,\nThe ships came home.", {"message_id": "m"}], ["The harvest was good.", {"publisher": "Utopia"}]],
     ["not observable", "the version seen", "no line, but the outlet is known to leave lines out"]),
    ([["Dear Bob Moe,\nThe ships came home.", {"publisher": "Utopia"}]] * 3 + [["The ships came home.", {"publisher": "Utopia"}]], ["absent", "the letter", "no line, from an outlet not known to leave one out"]),
    ([["retold: In the letter she thanked Bob Moe.", {}]], ["not observable", "", "no version shows the beginning"]),
])  # fmt: skip
def test_why_an_opening_line_is_not_seen(texts, expected):
    told = invented([[f"200{number}-01-01", text, facts] for number, (text, facts) in enumerate(texts, 1)])
    assert find_habits(told, "Ann Lee", kinds=["opening line"]).iloc[-1][["state", "where", "reason"]].tolist() == expected


# --- In words.

@pytest.mark.parametrize(("value", "expected"), [(0.125, "0.13"), (0.375, "0.38"), (0.285, "0.29"), (0.625, "0.63"), (0.12, "0.12"), (1.0, "1.00")])
def test_half_is_rounded_up(letters, value, expected):
    table = find_omissions("kim-xi-2024-10-06", letters, kinds=["opening line"]).assign(surprise=value, low=value, high=value)
    assert word_omissions(table)["chance"].tolist() == [f"{expected} ({expected} to {expected})"]


def test_what_is_first_seen_is_said_to_be_new_only_where_nothing_is_older(letters):
    """Of the birthday letter: congratulations are quoted of earlier letters, "closest" stood in the main text of one."""
    said = word_omissions(find_omissions("kim-putin-2024-10-07", letters)).set_index("label")
    assert said.loc["congratulations", ["change", "here"]].tolist() == ["first seen", "not new: quoted or retold in 5 earlier letters"]
    assert said.at["closest, opening line", "here"] == "new in this place: 1 earlier letter had it in another"
    assert said.at["memory of meetings", "here"] == "new" and said.at["thanks", "here"] == "missing"
    assert said.loc[["memory of meetings", "thanks", "closest, opening line"], "of"].tolist() == ["could be seen in one letter, not there", "1 of 1", "none of 2"]


def test_nothing_to_put_into_words(letters):
    assert word_omissions(find_omissions("kim-xi-2024-10-06", letters, kinds=["opening line"]).iloc[:0]).empty


# --- Many letters.

def seconds(work):
    begun = perf_counter()
    work()
    return perf_counter() - begun


def many_letters(letters, number, phrases=0):
    """So many letters of Ann Lee to Bob Moe in her own words, the first half of which have each phrase, and nothing else."""
    names = [f"ann-bob-{each}" for each in range(number)]
    days = pd.date_range("1800-01-01", periods=number, freq="7D")
    messages = pd.DataFrame({"message_id": names, "sender": "Ann Lee", "recipient": "Bob Moe", "date": days, "occasion": "letter"})
    versions = letters.corpus.versions.head(1).drop(columns=["version_id", "message_id"]).merge(pd.DataFrame({"version_id": names, "message_id": names}), how="cross")
    versions = versions.assign(extent="full", speech="direct", language="en", translation="original", salutation="Dear Bob,", publisher="Utopia")
    said = pd.DataFrame({"message_id": names[: number // 2]}).merge(pd.DataFrame({"phrase": [f"phrase {each}" for each in range(phrases)]}), how="cross")
    empty = {name: getattr(letters.corpus, name).iloc[:0] for name in ("mentions", "phrases", "token_counts")}
    return replace(
        letters, messages=messages, corpus=replace(letters.corpus, messages=messages, versions=versions, **empty),
        lengths=pd.DataFrame({"version_id": names}), repeated=said.assign(version_id=said["message_id"], frame="letter", matched=said["phrase"]),
        formulas=letters.formulas.iloc[:0],
    )  # fmt: skip


def test_many_letters_and_many_phrases(letters):
    """Two hundred letters and a thousand phrases took 43 seconds when each was judged by itself."""
    told = many_letters(letters, 200, phrases=1_111)
    found = find_omissions("ann-bob-199", told, kinds=["repeated phrase"])
    assert set(found[["change", "has", "letters"]].itertuples(index=False, name=None)) == {("missing", 100, 199)} and len(found) == 1_111
    assert seconds(lambda: find_omissions("ann-bob-199", told, kinds=["repeated phrase"])) < 10


def test_opening_lines_of_ten_thousand_letters(letters):
    few, many = (many_letters(letters, number) for number in (1_000, 10_000))
    work = [lambda told=told: find_habits(told, "Ann Lee", kinds=["opening line"]) for told in (few, many)]
    assert set(work[1]()["state"]) == {"attested"}
    assert seconds(work[1]) < 40 * max(seconds(work[0]), 0.05)


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
    ({"kinds": "formula"}, "kinds is 'formula'. It is a list of some of: opening line, form of address"), ({"kinds": []}, "kinds is \\[\\]"),
    ({"kinds": ["formulas"]}, "kinds has 'formulas'"), ({"frames": None}, "frames is None. It is a list of some of: letter, reported"),
    ({"frames": "letter"}, "frames is 'letter'"), ({"frames": ("speech",)}, "frames has 'speech'"),
    ({"formulas": "nowhere.csv"}, "nowhere.csv: the lexicon cannot be opened"), ({"formulas": pd.DataFrame({"formula": ["x"]})}, "lacks language, words, counted"),
])  # fmt: skip
def test_bad_input_is_explained(letters, arguments, told):
    with pytest.raises(CorpusError, match=told):
        find_omissions(**{"message": "kim-xi-2024-10-06", "letters": letters} | arguments)


def test_a_lexicon_of_ones_own(letters, tmp_path):
    """A table, also without the columns that may be left out, a file, or an empty one."""
    own = pd.DataFrame([{"formula": "core", "language": "en", "words": "core", "counted": "no"}])
    own.to_csv(tmp_path / "own.csv", index=False)
    for lexicon in (own, tmp_path / "own.csv"):
        assert set(find_habits(letters, "Kim Jong Un", kinds=["formula"], formulas=lexicon)["habit"]) == {"core"}
    none = find_omissions("kim-xi-2024-10-06", letters, kinds=["formula"], formulas=own.iloc[:0])
    assert none.empty and list(none) == list(find_omissions("kim-xi-2024-10-06", letters, kinds=["opening line"]))


@pytest.mark.parametrize("kind", KINDS)
def test_a_sender_who_wrote_nothing(letters, kind):
    assert find_habits(letters, "Nobody", kinds=[kind]).empty


def test_where_no_phrases_were_looked_for(letters):
    for table in (pd.DataFrame(), letters.repeated.iloc[:0]):
        assert find_omissions("kim-xi-2024-10-06", replace(letters, repeated=table), kinds=["repeated phrase"]).empty


def test_counted_words_of_which_nobody_knows_in_whose_voice_they_stand(letters):
    version = "kim-putin-2024-10-07__kcna-kcnawatch__en"
    versions = letters.corpus.versions.assign(speech=lambda rows: rows["speech"].mask(rows["version_id"] == version, "unknown"))
    without = replace(letters, corpus=replace(letters.corpus, versions=versions))
    assert not find_habits(without, "Kim Jong Un", kinds=["formula"])["versions"].str.contains(version).any()
    assert find_habits(letters, "Kim Jong Un", kinds=["formula"])["versions"].str.contains(version).any()


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


@pytest.mark.parametrize(("asked", "told"), [
    ((3, 2), "Of 2 letters, 3 cannot"), ((-1, 2), "Of 2 letters, -1 cannot"), ((1.5, 3), "1.5 of 3 letters"), ((float("nan"), 3), "nan of 3 letters"), ((1, "3"), "1 of '3' letters"),
    ((1, 3, 95), "level is 95.*0.95"), ((1, 3, 0), "level is 0"), ((1, 3, float("nan")), "level is nan"),
])  # fmt: skip
def test_what_cannot_be_reckoned(asked, told):
    with pytest.raises(CorpusError, match=told):
        measure_surprise(*asked)


def test_numbers_of_any_make():
    assert measure_surprise(np.int64(1), np.int64(3)) == measure_surprise(1, 3) == measure_surprise(1.0, 3.0)


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


def test_where_no_phrases_were_looked_for_nothing_is_known_of_repetition():
    told = [["2001-01-01", "Our ships will sail north."], ["2002-01-01", "Our ships will sail north."]]
    found = measure_repetition(invented(told, repeated=False), "Ann Lee")
    assert found[["repeated", "share"]].isna().all(axis=None) and found["new"].tolist() == [5, 0]


def test_a_word_is_new_in_its_own_language_only():
    told = [["2001-01-01", "Our ships sail."], ["2002-01-01", "Unsere Schiffe fahren.", {"language": "de"}], ["2003-01-01", "Schiffe fahren, ships sail.", {"language": "de"}]]
    found = measure_repetition(invented(told), "Ann Lee")
    assert found[["earlier", "new", "new_words"]].values.tolist() == [[0, 3, "our|sail|ships"], [0, 3, "fahren|schiffe|unsere"], [1, 2, "sail|ships"]]


@pytest.mark.parametrize("frames", ["letter", (), ("speech",)])
def test_repetition_in_frames_that_do_not_exist(letters, frames):
    with pytest.raises(CorpusError, match="^frames"):
        measure_repetition(letters, "Kim Jong Un", frames)


def test_repetition_of_somebody_who_wrote_nothing(letters):
    found = measure_repetition(letters, "Nobody")
    assert found.empty and "share" in found


def test_repetition_in_many_letters():
    """The share of each letter is reckoned from what is known of the letters before it, not by reading them all again."""
    def told(number):
        return invented([[f"{1800 + each}-01-01", f"Our ships will sail north. The harvest of {each} was good."] for each in range(number)])

    few, many = told(20), told(160)
    measure_repetition(few, "Ann Lee")
    assert seconds(lambda: measure_repetition(many, "Ann Lee")) < 24 * max(seconds(lambda: measure_repetition(few, "Ann Lee")), 0.02)


@settings(max_examples=10, deadline=None)
@given(st.lists(st.lists(st.sampled_from(["red", "ships", "sail", "north", "peace"]), min_size=1, max_size=8).map(" ".join), min_size=1, max_size=4))
def test_no_more_is_repeated_or_new_than_is_there(texts):
    found = measure_repetition(invented([[f"200{n}-01-01", text] for n, text in enumerate(texts)]), "Ann Lee")
    repeated = found["repeated"].fillna(0)
    assert (repeated <= found["tokens"]).all() and (found["new_share"] <= 1).all()
    assert found["new"].iloc[0] == len(set(texts[0].split())) and repeated.iloc[0] == 0


def test_of_letters_without_a_text_nothing_is_known_of_phrases(letters):
    found = measure_repetition(letters, "Kim Jong Un").set_index("message_id")
    assert pd.isna(found.at["kim-xi-2022-10-23", "share"]) and found.at["kim-xi-2022-10-23", "new"] > 0


def test_phrases_are_looked_for_in_fewer_letters_than_words(letters):
    """Of the letters before the archive begins only the words were counted: no phrase can be found in these."""
    found = measure_repetition(letters, "Kim Jong Un").set_index("message_id")
    measured = letters.lengths.loc[letters.lengths["basis"] == "text", "message_id"]
    mine = letters.messages[letters.messages["message_id"].isin(measured) & (letters.messages["sender"] == "Kim Jong Un")]
    for message in ("kim-xi-2024-10-06", "kim-putin-2024-10-07"):
        assert found.at[message, "earlier_texts"] == (mine["date"] < found.at[message, "date"]).sum() < found.at[message, "earlier"]
    assert found.at["kim-xi-2022-10-23", "earlier_texts"] == 0


def test_of_each_language_its_own_texts():
    ours = "Our ships will sail north."
    told = [["2001-01-01", ours], ["2002-01-01", "Unsere Schiffe.", {"language": "de"}], ["2003-01-01", ours]]
    assert measure_repetition(invented(told), "Ann Lee")["earlier_texts"].tolist() == [0, 0, 1]
