"""Likeness of letters: against scikit-learn and a published Delta, on small cases by hand, for all inputs, and on the letters we have."""

import json
from pathlib import Path
from types import SimpleNamespace

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.sparse import csr_array
from scipy.spatial.distance import cdist
from scipy.stats import rankdata, zscore
from sklearn.feature_extraction.text import TfidfTransformer
from sklearn.metrics.pairwise import cosine_similarity

from comity import read_corpus, read_measurements
from comity.contrasts import likeness as likeness_module
from comity.contrasts.likeness import measure_delta, measure_likeness
from comity.contrasts.vectors import SHORT, count_words, find_strongest, weigh_words
from comity.errors import CorpusError
from comity.letters import gather_letters

CASES = Path(__file__).parent / "cases/likeness"
SMALL = json.loads((CASES / "small.json").read_text(encoding="utf-8"))["likeness"]
DELTA = json.loads((CASES / "delta.json").read_text(encoding="utf-8"))
SHOWN = ["message_id", "likeness", "rank", "words", "shares"]


def write(letters):
    """Letters of these words, each known by one version in direct speech."""
    each = [(name, text.split()) for name, text in letters.items()]
    rows = [(name, f"{name}-v", "letter", token, tokens.count(token)) for name, tokens in each for token in set(tokens)]
    return gather(pd.DataFrame(rows, columns=["message_id", "version_id", "frame", "token", "n"]))


def gather(counts):
    return SimpleNamespace(token_counts=counts, messages=pd.DataFrame({"message_id": counts["message_id"].dropna().unique()}))


def table_of(letters):
    """Counts, a row a letter and a column a word, by pandas alone."""
    return letters.token_counts.pivot_table(index="message_id", columns="token", values="n", aggfunc="sum", fill_value=0)


@pytest.mark.parametrize("case", SMALL, ids=lambda case: case["label"])
def test_small_cases(case):
    found = measure_likeness(case["message"], write(case["letters"]), weighting=case["weighting"])
    assert found[SHOWN].values.tolist() == case["expected"]


# Words of an alphabet so small that letters share them, with the counts a letter can have.
words = st.dictionaries(st.sampled_from("abcdefgh"), st.integers(1, 5), min_size=1)
collections = st.lists(words, min_size=2, max_size=6).map(
    lambda texts: write({f"m{number}": " ".join(" ".join([word] * n) for word, n in text.items()) for number, text in enumerate(texts)})
)


def likeness_of(letters, weighting):
    ids = sorted(letters.messages["message_id"])
    rows = {one: measure_likeness(one, letters, weighting=weighting).set_index("message_id")["likeness"] for one in ids}
    return pd.DataFrame(rows).reindex(index=ids, columns=ids)


@settings(max_examples=25, deadline=None)
@given(collections)
def test_tf_idf_as_scikit_learn_has_it(letters):
    counts = table_of(letters)
    weights = TfidfTransformer(sublinear_tf=True, smooth_idf=True).fit_transform(counts)
    expected = cosine_similarity(weights)
    np.fill_diagonal(expected, np.nan)
    assert likeness_of(letters, "tf-idf").to_numpy() == pytest.approx(expected, abs=1e-8, nan_ok=True)


@settings(max_examples=25, deadline=None)
@given(collections)
def test_frequency_as_scipy_has_it(letters):
    expected = 1 - cdist(table_of(letters), table_of(letters), "cosine")
    np.fill_diagonal(expected, np.nan)
    assert likeness_of(letters, "frequency").to_numpy() == pytest.approx(expected, abs=1e-8, nan_ok=True)


@settings(max_examples=25, deadline=None)
@given(collections, st.sampled_from(["tf-idf", "frequency"]))
def test_likeness_is_mutual_and_between_0_and_1(letters, weighting):
    found = likeness_of(letters, weighting)
    pd.testing.assert_frame_equal(found, found.T, check_names=False)
    assert found.stack().dropna().between(0, 1).all()


@settings(max_examples=25, deadline=None)
@given(collections, st.randoms(use_true_random=False))
def test_the_order_of_rows_changes_nothing(letters, random):
    order = list(range(len(letters.token_counts)))
    random.shuffle(order)
    other = SimpleNamespace(token_counts=letters.token_counts.iloc[order], messages=letters.messages.iloc[::-1])
    pd.testing.assert_frame_equal(measure_likeness("m0", letters), measure_likeness("m0", other))


@settings(max_examples=25, deadline=None)
@given(collections, st.sampled_from(["tf-idf", "frequency"]))
def test_the_rank_lies_within_its_range_and_the_shares_are_those_of_the_words(letters, weighting):
    found = measure_likeness("m0", letters, weighting=weighting, most=99)
    assert (found["rank_low"] <= found["rank"]).all() and (found["rank"] <= found["rank_high"]).all()
    assert found["choices"].between(2, 6).all()
    assert found["rank"].tolist() == rankdata(-found["likeness"], method="min").tolist()
    for row in found.itertuples():
        shares = [float(share) for share in row.shares.split("|") if share]
        assert len(shares) == len([word for word in row.words.split("|") if word])
        assert sum(shares) == pytest.approx(1 if row.likeness else 0, abs=0.0005 * len(shares))


def test_shares_as_the_words_weights_have_them():
    letters = write({"a": "x x x y z", "b": "x y y w", "c": "z z w", "d": "y w"})
    counts = table_of(letters)
    weights = pd.DataFrame(TfidfTransformer(sublinear_tf=True).fit_transform(counts).toarray(), counts.index, counts.columns)
    row = measure_likeness("a", letters).set_index("message_id").loc["b"]
    products = weights.loc["a"] * weights.loc["b"]
    assert row["words"] == "x|y" and products["x"] > products["y"]
    assert row["shares"] == "|".join(f"{products[word] / products.sum():.3f}" for word in "xy")
    strongest = measure_likeness("a", letters, most=1).set_index("message_id").loc["b"]
    assert strongest[["words", "shares"]].tolist() == ["x", row["shares"].split("|")[0]]


@pytest.mark.parametrize("case", DELTA["deltas"], ids=lambda case: f"{case['words']} words")
def test_delta_as_faststylometry_has_it(case):
    counted = count_words(write(DELTA["letters"]), "letter")
    frequent = np.argsort(-counted.counts.sum(axis=0), kind="stable")[: case["words"]]
    for place, name in enumerate(counted.letters.index):
        expected = [case["delta"][name][other] for other in counted.letters.index]
        assert measure_delta(counted.counts, place, frequent) == pytest.approx(expected, abs=1e-8)


def test_delta_is_undefined_without_words_and_without_spread():
    counts = csr_array(np.array([[1.0, 2, 0], [2, 1, 0], [0, 0, 3]]))
    assert np.isnan(measure_delta(counts, 2, [0, 1])).all()
    assert np.isnan(measure_delta(counts, 0, [0, 1])).tolist() == [False, False, True]
    assert np.isnan(measure_delta(counts, 0, [])).all()
    assert np.isnan(measure_delta(csr_array(np.array([[1.0, 1], [2, 2]])), 0, [0, 1])).all()


def rank_literally(counts, place, frequent, delta_words):
    """The six ranks of each letter, by scikit-learn and scipy, for counts without empty letters."""
    order = counts.sum().sort_index().sort_values(ascending=False, kind="stable").index
    others = [number for number in range(len(counts)) if number != place]
    for taken in (order, order[frequent:]):
        some = counts[taken]
        yield rankdata(-cosine_similarity(TfidfTransformer(sublinear_tf=True).fit_transform(some))[place][others].round(9), "min")
        yield rankdata(-cosine_similarity(some)[place][others].round(9), "min")
        scores = zscore(counts.div(counts.sum(axis=1), axis=0)[taken[:delta_words]].to_numpy(), ddof=1)
        yield rankdata(cdist(scores[[place]], scores, "cityblock")[0][others].round(9), "min")


@pytest.mark.parametrize("seed", range(4))
def test_the_range_of_ranks_is_that_of_the_six_choices(seed, monkeypatch):
    monkeypatch.setattr(likeness_module, "FREQUENT", 3)
    monkeypatch.setattr(likeness_module, "DELTA_WORDS", 5)
    drawn = np.random.default_rng(seed).poisson(np.geomspace(9, 0.4, 14), (9, 14)) + np.eye(9, 14, 4, dtype=int)
    counts = pd.DataFrame(drawn, [f"m{number}" for number in range(9)], list("abcdefghijklmn"))
    long = counts.rename_axis(index="message_id", columns="token").stack().rename("n").reset_index()
    found = measure_likeness("m4", gather(long.assign(version_id="v", frame="letter"))).sort_values("message_id")
    ranks = np.array(list(rank_literally(counts, 4, 3, 5)))
    assert ranks.shape == (6, 8) and (ranks.min(axis=0) < ranks.max(axis=0)).any()
    assert found["rank_low"].tolist() == ranks.min(axis=0).tolist()
    assert found["rank_high"].tolist() == ranks.max(axis=0).tolist()
    assert set(found["choices"]) == {6}


def test_a_letter_of_frequent_words_only_is_ranked_by_fewer_choices(monkeypatch):
    monkeypatch.setattr(likeness_module, "FREQUENT", 1)
    letters = write({"a": "the the peace", "b": "the the", "c": "the peace talks"})
    found = measure_likeness("a", letters).set_index("message_id")["choices"]
    assert found.to_dict() == {"b": 3, "c": 6}
    assert measure_likeness("b", letters)["choices"].tolist() == [3, 3]


def test_each_message_is_known_by_its_version_with_the_most_words():
    longer = write({"b": "trade trade"}).token_counts.assign(version_id="b-w")
    counts = pd.concat([write({"a": "peace talks", "b": "peace"}).token_counts, longer])
    found = measure_likeness("a", gather(counts)).iloc[0]
    assert (found["version_id"], found["tokens"], found["likeness"]) == ("b-w", 2, 0)
    even = pd.concat([counts, counts.iloc[[0]].assign(message_id="b", version_id="b-v", token="words", n=1)])
    assert measure_likeness("a", gather(even)).iloc[0]["version_id"] == "b-v"


def test_letters_and_words_stand_in_order():
    counted = count_words(write({"c": "trade trade trade", "a": "peace trade", "b": "talks"}), "letter")
    assert (counted.letters.index.tolist(), counted.words.tolist()) == (["a", "b", "c"], ["peace", "talks", "trade"])
    assert counted.counts.toarray().tolist() == [[1, 0, 1], [0, 1, 0], [0, 0, 3]]


def test_only_the_frames_asked_for_are_counted_and_told():
    said = write({"a": "peace", "b": "peace peace"}).token_counts
    told = write({"b": "trade"}).token_counts.assign(frame="reported")
    mixed = write({"c": "peace"}).token_counts.assign(frame="mixed")
    letters = gather(pd.concat([said, told, mixed]))
    assert measure_likeness("a", letters)[["message_id", "likeness", "frames"]].values.tolist() == [["b", 1.0, "letter"]]
    both = measure_likeness("a", letters, frames=("letter", "reported", "mixed")).set_index("message_id")
    assert both["frames"].to_dict() == {"b": "letter|reported", "c": "mixed"}
    assert both["tokens"].to_dict() == {"b": 3, "c": 1} and both.loc["b", "likeness"] < 1
    assert measure_likeness("a", letters, frames="letter")["message_id"].tolist() == ["b"]


def test_rows_without_a_message_belong_to_none_and_a_version_needs_no_name():
    counts = write({"a": "peace", "b": "peace talks"}).token_counts.assign(version_id=[None, "b-v", "b-v"])
    blank = counts.assign(message_id=[None, "", np.nan], token="peace", n=[9, 9, 0.5])
    pd.testing.assert_frame_equal(measure_likeness("b", gather(pd.concat([counts, blank]))), measure_likeness("b", gather(counts)))
    assert measure_likeness("b", gather(counts))["version_id"].tolist() == [""]


def test_counts_may_be_floats_nullable_zero_or_in_two_rows():
    letters = write({"a": "peace peace talks", "b": "peace trade", "c": "talks"})
    expected, counts = measure_likeness("a", letters), letters.token_counts
    halves = pd.concat([counts.query("n == 2").assign(n=1), counts.query("n == 2").assign(n=1), counts.query("n < 2")])
    nothing = counts.iloc[[0]].assign(token="never", n=0)
    for same in (counts.astype({"n": float}), counts.astype({"n": "Int64"}), halves, pd.concat([counts, nothing])):
        pd.testing.assert_frame_equal(measure_likeness("a", gather(same)), expected)


def test_the_tables_given_are_left_as_they_are():
    letters = write({"a": "peace peace talks", "b": "peace trade", "c": "talks"})
    before = letters.token_counts.copy(), letters.messages.copy()
    measure_likeness("a", letters)
    pd.testing.assert_frame_equal(letters.token_counts, before[0])
    pd.testing.assert_frame_equal(letters.messages, before[1])


def test_what_is_known_of_the_message_comes_along():
    letters = write({"a": "peace", "b": "peace"})
    day = pd.Timestamp("2024-10-06")
    letters.messages = pd.DataFrame({"message_id": ["b", "b"], "date": day, "occasion": "birthday"})
    found = measure_likeness("a", letters).iloc[0]
    assert len(measure_likeness("a", letters)) == 1
    assert (found["date"], found["occasion"]) == (day, "birthday") and pd.isna(found["sender"])


def test_short_letters_are_noted():
    letters = write({"a": "peace " * SHORT, "b": "peace", "c": "peace " * SHORT})
    assert measure_likeness("a", letters)["note"].tolist() == ["short letter: 1 words", ""]
    assert measure_likeness("b", letters)["note"].tolist() == ["compared with a short letter: 1 words"] * 2
    both = write({"a": "peace", "b": "peace"})
    assert measure_likeness("a", both)["note"].tolist() == ["short letter: 1 words; compared with a short letter: 1 words"]


def test_values_that_differ_only_by_rounding_are_ties():
    assert find_strongest(np.array([0.3, 0.1 + 0.2, 0.3 + 1e-12, 0.4]), 4).tolist() == [3, 0, 1, 2]
    assert find_strongest(np.array([0.0, -1.0, 1e-12]), 3).tolist() == []


TWO = write({"a": "peace", "b": "peace talks"})
SPOILT = {"rate": TWO.token_counts.assign(n=0.5), "negative": TWO.token_counts.assign(n=-1), "missing": TWO.token_counts.assign(n=None)}
SPOILT |= {"blank": TWO.token_counts.assign(token=["peace", None, "talks"]), "narrow": TWO.token_counts.drop(columns="frame")}


@pytest.mark.parametrize(
    ("letters", "arguments", "told"),
    [
        (TWO, {"message": "z"}, "The message 'z' is not in letters.messages; its column message_id"),
        (TWO, {"frames": ("reported",)}, "The message 'a' has no words in the frames reported; choose other frames"),
        (TWO, {"frames": ("letter", "leter")}, "no frame 'leter'. Choose from: headline, agency, letter, reported, mixed"),
        (TWO, {"frames": ()}, "no frame given. Choose from"),
        (TWO, {"weighting": "bm25"}, "no weighting 'bm25'. Choose one of: tf-idf, frequency"),
        (write({"a": "peace"}), {}, "Only 'a' has words in these frames"),
        (gather(SPOILT["rate"]), {}, "In 3 rows of token_counts n is no whole number.*'a', token 'peace', n 0.5.*not rates"),
        (gather(SPOILT["negative"]), {}, "n is no whole number from 0 on"),
        (gather(SPOILT["missing"]), {}, "n is no whole number from 0 on.*n nan"),
        (gather(SPOILT["blank"]), {}, "In 1 rows of token_counts token is blank.*message 'b'.*keep_default_na=False"),
        (gather(SPOILT["narrow"]), {}, "token_counts has no column frame; it has: message_id, version_id, token, n"),
    ],
)
def test_what_cannot_be_measured_is_explained(letters, arguments, told):
    with pytest.raises(CorpusError, match=told):
        measure_likeness(**{"message": "a", "letters": letters} | arguments)


# The letters we have.


@pytest.fixture(scope="module")
def ours():
    return gather_letters(read_measurements(), read_corpus())


def test_another_version_of_the_same_letter_is_the_most_alike(ours):
    """The measure knows a letter again: versions taken as letters, each has its twin before all others."""
    frames = ["letter", "reported", "mixed"]
    counts = ours.token_counts[ours.token_counts["frame"].isin(frames)]
    message = counts.drop_duplicates("version_id").set_index("version_id")["message_id"]
    tokens = counts.groupby("version_id")["n"].sum()
    seen = message[tokens.reindex(message.index) >= SHORT]
    twins = seen[seen.duplicated(keep=False)]
    assert len(twins) >= 10
    versions = gather(counts.assign(message_id=counts["version_id"]))
    first = {version: measure_likeness(version, versions, frames).loc[0, "message_id"] for version in twins.index}
    assert [version for version, other in first.items() if message[other] != message[version]] == []


def test_neighbours_that_a_reader_expects(ours):
    near = measure_likeness("kim-xi-2024-10-06", ours).head(5)
    assert [set(pair) for pair in near[["sender", "recipient"]].values] == [{"Kim Jong Un", "Xi Jinping"}] * 5
    birthday = measure_likeness("kim-putin-2024-10-07", ours, ("letter", "reported", "mixed")).set_index("message_id")
    assert birthday.loc["kim-putin-2022-10-07", "rank"] <= 5


def test_no_choice_is_free_of_length(ours):
    counted = count_words(ours, ["letter", "reported", "mixed"])
    tokens, frequent = counted.letters["tokens"].to_numpy(), np.argsort(-counted.counts.sum(axis=0), kind="stable")
    found = {"tf-idf": [], "frequency": [], "delta": []}
    for place in np.flatnonzero(tokens >= SHORT):
        for weighting in ("tf-idf", "frequency"):
            found[weighting].append(likeness_module._find_cosines(counted.counts, place, weighting))
        found["delta"].append(-measure_delta(counted.counts, place, frequent[likeness_module.FREQUENT :][: likeness_module.DELTA_WORDS]))
    with_tokens = {name: pd.DataFrame(rows).T.corrwith(pd.Series(tokens), method="spearman").median() for name, rows in found.items()}
    assert 0.2 < with_tokens["tf-idf"] < with_tokens["frequency"] and with_tokens["delta"] < -0.2


def test_a_short_letter_is_one_whose_nearest_is_chance(ours):
    counted = count_words(ours, "letter")
    counts, random = counted.counts.toarray().astype(int), np.random.default_rng(1)

    def found_again(place, size):
        """Whether so many words of the letter have its nearest among their first three."""
        nearest = np.argsort(-(likeness_module._find_cosines(counted.counts, place, "tf-idf") - (np.arange(len(counts)) == place) * 9))[0]
        part = counts.copy()
        part[place] = random.multivariate_hypergeometric(counts[place], size)
        likeness = likeness_module._find_cosines(csr_array(part.astype(float)), place, "tf-idf")
        return (np.delete(likeness, place) > likeness[nearest]).sum() < 3

    long = np.flatnonzero(counted.letters["tokens"] >= 4 * SHORT)
    share = {size: np.mean([found_again(place, size) for place in long for _ in range(25)]) for size in (SHORT // 2, SHORT, 2 * SHORT)}
    assert share[SHORT // 2] < 0.65 < 0.7 < share[SHORT] < 0.85 < share[2 * SHORT]
