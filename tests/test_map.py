"""The map of letters: against scikit-learn, scipy and pandas, on small cases by hand, for all inputs, and on the letters we have."""

import itertools
import json
from pathlib import Path
from types import SimpleNamespace

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.spatial.distance import pdist, squareform
from sklearn.decomposition import KernelPCA
from sklearn.feature_extraction.text import TfidfTransformer
from sklearn.manifold import smacof
from sklearn.metrics.pairwise import cosine_similarity

from comity import read_corpus, read_measurements
from comity.contrasts.likeness import measure_likeness
from comity.contrasts.map import TURNABLE, _find_nearest, find_axes, map_messages, measure_faithfulness
from comity.contrasts.vectors import SHORT
from comity.errors import CorpusError
from comity.letters import gather_letters

SMALL = json.loads((Path(__file__).parent / "cases/likeness/small.json").read_text(encoding="utf-8"))["map"]
WHOLE = ["share_x", "share_y", "shepard", "stress", "pulls_x", "pulls_y", "pulls_minus_x", "pulls_minus_y"]


def write(letters, **about):
    """Letters of these words, each known by one version in direct speech; ``about``: columns of the messages."""
    each = [(name, text.split()) for name, text in letters.items()]
    rows = [(name, f"{name}-v", "letter", token, tokens.count(token)) for name, tokens in each for token in set(tokens)]
    counts = pd.DataFrame(rows, columns=["message_id", "version_id", "frame", "token", "n"])
    return SimpleNamespace(token_counts=counts, messages=pd.DataFrame({"message_id": list(letters), **about}))


def weigh(letters):
    """The tf-idf weights by scikit-learn, letters in order of their ids."""
    counts = letters.token_counts.pivot_table(index="message_id", columns="token", values="n", aggfunc="sum", fill_value=0)
    return pd.DataFrame(TfidfTransformer(sublinear_tf=True).fit_transform(counts).toarray(), counts.index, counts.columns)


def read(value):
    return np.nan if value is None else value


@pytest.mark.parametrize("case", SMALL, ids=lambda case: case["label"])
def test_small_cases(case):
    found = map_messages(write(case["letters"]))
    assert found["message_id"].tolist() == [name for name, _, _ in case["points"]]
    assert found[["x", "y"]].values.tolist() == [[x, y] for _, x, y in case["points"]]
    told = found.loc[0, ["share_x", "share_y", "shepard", "stress"]].tolist()
    assert told == pytest.approx([read(value) for value in [*case["shares"], case["shepard"], case["stress"]]], abs=1e-8, nan_ok=True)
    assert found["note"].str.contains(TURNABLE).tolist() == [case["turned"]] * len(found)


words = st.dictionaries(st.sampled_from("abcdefgh"), st.integers(1, 5), min_size=1)
collections = st.lists(words, min_size=3, max_size=7).map(
    lambda texts: write({f"m{number}": " ".join(" ".join([word] * n) for word, n in text.items()) for number, text in enumerate(texts)})
)


@settings(max_examples=25, deadline=None)
@given(collections, st.randoms(use_true_random=False))
def test_the_order_of_rows_changes_nothing(letters, random):
    order = list(range(len(letters.token_counts)))
    random.shuffle(order)
    other = SimpleNamespace(token_counts=letters.token_counts.iloc[order], messages=letters.messages.iloc[::-1])
    pd.testing.assert_frame_equal(map_messages(letters), map_messages(other))


@settings(max_examples=25, deadline=None)
@given(collections, st.randoms(use_true_random=False))
def test_other_dates_change_no_distance_unless_the_axes_could_be_turned(letters, random):
    days = list(pd.date_range("2024-10-01", periods=len(letters.messages)))
    random.shuffle(days)
    dated = SimpleNamespace(token_counts=letters.token_counts, messages=letters.messages.assign(date=days))
    one, other = (map_messages(some).sort_values("message_id") for some in (letters, dated))
    assert one["note"].tolist() == other["note"].tolist()
    if not one["note"].str.contains(TURNABLE).any():
        assert pdist(one[["x", "y"]]) == pytest.approx(pdist(other[["x", "y"]]), abs=1e-7)


@settings(max_examples=25, deadline=None)
@given(collections)
def test_to_name_all_messages_is_to_name_none(letters):
    pd.testing.assert_frame_equal(map_messages(letters), map_messages(letters, messages=letters.messages["message_id"]))


@settings(max_examples=25, deadline=None)
@given(collections)
def test_no_distance_is_drawn_too_long_and_the_first_letter_lies_on_the_minus_side(letters):
    found = map_messages(letters)
    assert (pdist(found[["x", "y"]]) <= pdist(weigh(letters)) + 1e-7).all()
    assert found["kept"].dropna().between(0, 1).all()
    for axis in ("x", "y"):
        away = found.loc[found[axis] != 0, axis]
        assert away.empty or away.iloc[0] < 0
    assert found[WHOLE].nunique(dropna=False).tolist() == [1] * len(WHOLE)


@settings(max_examples=25, deadline=None)
@given(collections)
def test_the_nearest_are_the_first_in_likeness(letters):
    for row in map_messages(letters).itertuples():
        first = measure_likeness(row.message_id, letters).query("rank == 1 and likeness > 0")
        assert row.nearest == "|".join(sorted(first["message_id"]))
        assert row.likeness == pytest.approx(first["likeness"].max() if len(first) else 0, abs=1e-8)


def draw(seed):
    """Letters in which words come by chance: no two distances alike, no axis of equal share."""
    drawn = np.random.default_rng(seed).poisson(np.geomspace(4, 0.2, 20), (8, 20)) + np.eye(8, 20, dtype=int)
    return write({f"m{row}": " ".join(f"w{column:02} " * n for column, n in enumerate(drawn[row])) for row in range(8)})


@pytest.mark.parametrize("seed", range(3))
def test_principal_coordinates_as_scikit_learn_has_them(seed):
    letters = draw(seed)
    found, weights = map_messages(letters), weigh(letters)
    expected = KernelPCA(8, kernel="precomputed").fit(cosine_similarity(weights))
    points = expected.transform(cosine_similarity(weights))[:, :2]
    assert np.abs(found[["x", "y"]].to_numpy()) == pytest.approx(np.abs(points), abs=1e-7)
    shares = expected.eigenvalues_ / expected.eigenvalues_.sum()
    assert found.loc[0, ["share_x", "share_y"]].tolist() == pytest.approx(shares[:2], abs=1e-8)
    assert found["kept"].to_numpy() == pytest.approx((points**2).sum(axis=1) / ((weights - weights.mean()) ** 2).sum(axis=1), abs=1e-7)


@pytest.mark.parametrize("seed", range(3))
def test_each_share_is_that_of_the_squared_distances(seed):
    found, weights = map_messages(draw(seed)), weigh(draw(seed))
    for axis in ("x", "y"):
        assert found.loc[0, f"share_{axis}"] == pytest.approx((pdist(found[[axis]]) ** 2).sum() / (pdist(weights) ** 2).sum(), abs=1e-8)


@pytest.mark.parametrize("seed", range(3))
def test_shepard_as_pandas_and_stress_as_scikit_learn_have_them(seed):
    weights = weigh(draw(seed)).to_numpy()
    given = squareform(pdist(weights))
    # Any points will do: those that scikit-learn settles on, whose raw stress it tells.
    points, raw_stress = smacof(given, n_init=1, init=np.random.default_rng(seed).normal(size=(8, 2)), normalized_stress=False)
    found = measure_faithfulness(points, weights)
    assert found["stress"] == pytest.approx(np.sqrt(raw_stress / (pdist(weights) ** 2).sum()), abs=1e-7)
    both = pd.DataFrame({"drawn": pdist(points), "true": pdist(weights)})
    assert found["shepard"] == pytest.approx(both.corr(method="spearman").loc["drawn", "true"], abs=1e-7)
    drawn = map_messages(draw(seed))
    assert drawn.loc[0, ["shepard", "stress"]].to_dict() == pytest.approx(measure_faithfulness(drawn[["x", "y"]], weights))


@pytest.mark.parametrize("seed", range(3))
def test_the_words_named_are_those_that_pull(seed):
    letters = draw(seed)
    found, weights = map_messages(letters, most=4), weigh(letters)
    apart = weights - weights.mean()
    for axis in ("x", "y"):
        # The weight of a word in an axis follows from how the two go together; the points are then the weighted sums of words.
        pull = apart.T @ found[axis].to_numpy()
        pull = pull / np.linalg.norm(pull)
        assert (apart @ pull).to_numpy() == pytest.approx(found[axis].to_numpy(), abs=1e-7)
        assert found.loc[0, f"pulls_{axis}"].split("|") == pull.nlargest(4).index.tolist()
        assert found.loc[0, f"pulls_minus_{axis}"].split("|") == pull.nsmallest(4).index.tolist()


def test_the_nearest_of_several_are_told_in_order_of_their_ids():
    days = pd.to_datetime(["2024-10-03", "2024-10-02", "2024-10-01", "2024-10-04"])
    found = map_messages(write({"a": "peace", "b": "peace", "c": "peace", "d": "talks"}, date=days)).set_index("message_id")
    assert found["nearest"].to_dict() == {"c": "a|b", "b": "a|c", "a": "b|c", "d": ""}
    assert found["likeness"].to_dict() == {"c": 1, "b": 1, "a": 1, "d": 0}
    rounded = _find_nearest(pd.Series(["a", "b", "c"]), np.array([[1, 0], [0.6, 0.8], [0.6 + 1e-13, 0.8]]))
    assert rounded["nearest"][0] == "b|c"


def test_words_that_pull_alike_stand_in_order_of_the_alphabet():
    found = map_messages(write({"a": "zeal hope", "b": "trade calm", "c": "calm trade"}))
    assert found.loc[0, ["pulls_minus_x", "pulls_x", "pulls_y", "pulls_minus_y"]].tolist() == ["hope|zeal", "calm|trade", "", ""]


def test_the_axes_are_of_length_1_and_upright():
    axes, shares, turnable = find_axes(weigh(draw(0)).to_numpy())
    assert axes @ axes.T == pytest.approx(np.eye(2), abs=1e-9)
    assert shares[0] > shares[1] and not turnable


@pytest.mark.parametrize("texts", [*itertools.combinations(["peace", "talks", "trade", "peace talks", "peace trade"], 3)], ids=", ".join)
def test_nought_has_no_minus(texts):
    """Minus nought would read otherwise than nought in a table."""
    points = map_messages(write(dict(zip("abc", texts))))[["x", "y"]].to_numpy()
    assert not np.signbit(points[points == 0]).any()


@pytest.mark.parametrize(
    ("letters", "turned"),
    [
        ({"a": "one", "b": "one", "c": "two", "d": "three", "e": "four"}, True),
        ({"a": "one", "b": "one", "c": "one", "d": "two", "e": "two", "f": "three", "g": "four", "h": "five"}, False),
    ],
    ids=["the second axis and the third", "the third and the fourth"],
)
def test_only_axes_as_long_as_one_of_the_map_are_told(letters, turned):
    apart = weigh(write(letters)) - weigh(write(letters)).mean()
    lengths = np.linalg.eigvalsh(apart @ apart.T)[::-1]
    assert lengths[0] > lengths[1] + 0.1 and np.isclose(*lengths[1:3]) == turned and np.isclose(*lengths[2:4]) != turned
    assert map_messages(write(letters))["note"].str.contains(TURNABLE).tolist() == [turned] * len(letters)


def test_distances_that_differ_only_by_rounding_are_ties():
    line = np.array([[0.0], [0.1], [0.2], [0.3]])
    assert len(set(pdist(line))) > 3
    assert measure_faithfulness(np.hstack([line, line * 0]), line * 10) == {"shepard": 1.0, "stress": pytest.approx(0.9)}


def test_rows_are_by_date_and_the_earliest_decides_the_sides():
    texts = {"a": "peace peace talks", "b": "trade talks", "c": "trade wheat", "d": "peace wheat wheat"}
    days = pd.to_datetime(["2024-10-07", "2024-10-06", None, "2019-10-06"])
    found = map_messages(write(texts, date=days))
    assert found["message_id"].tolist() == ["d", "b", "a", "c"]
    assert (found.loc[0, ["x", "y"]] < 0).all()
    turned = map_messages(write(texts, date=days[[2, 1, 0, 3]])).set_index("message_id")
    assert turned["x"].abs().to_dict() == pytest.approx(found.set_index("message_id")["x"].abs().to_dict())


def test_the_weights_come_from_the_messages_named_alone():
    letters = draw(1)
    some = ["m5", "m2", "m7", "m0"]
    alone = SimpleNamespace(token_counts=letters.token_counts[letters.token_counts["message_id"].isin(some)], messages=letters.messages)
    pd.testing.assert_frame_equal(map_messages(letters, messages=some), map_messages(alone))


def test_short_letters_and_frames_are_told():
    letters = write({"a": "peace " * SHORT, "b": "trade", "c": "peace trade talks"})
    letters.token_counts.loc[letters.token_counts["message_id"] == "c", "frame"] = "mixed"
    found = map_messages(letters, frames=("letter", "mixed"))
    assert found["note"].tolist() == ["", "short letter: 1 words", "short letter: 3 words"]
    assert found["frames"].tolist() == ["letter", "letter", "mixed"] and found["tokens"].tolist() == [SHORT, 1, 3]


def test_the_tables_given_are_left_as_they_are():
    letters = draw(0)
    before = letters.token_counts.copy(), letters.messages.copy()
    map_messages(letters)
    pd.testing.assert_frame_equal(letters.token_counts, before[0])
    pd.testing.assert_frame_equal(letters.messages, before[1])


THREE = write({"a": "peace", "b": "peace talks", "c": "trade"})


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        ({"messages": ["a", "b"]}, "at least 3 messages with words in these frames; there are 2"),
        ({"messages": []}, "there are 0"),
        ({"messages": ["a", "b", "c", "z"]}, "'z' is not in letters.messages"),
        ({"messages": "z"}, "'z' is not in letters.messages"),
        ({"messages": ["a"], "frames": ("reported",)}, "'a' has no words in the frames reported"),
        ({"frames": ("reported", "mixed")}, "there are 0"),
        ({"frames": "spoken"}, "no frame 'spoken'"),
    ],
)
def test_what_cannot_be_mapped_is_explained(arguments, told):
    with pytest.raises(CorpusError, match=told):
        map_messages(THREE, **arguments)


# The letters we have.


@pytest.fixture(scope="module")
def ours():
    return gather_letters(read_measurements(), read_corpus())


def test_every_letter_with_words_is_on_the_map(ours):
    counts = ours.token_counts[ours.token_counts["frame"] == "letter"]
    found = map_messages(ours)
    assert set(found["message_id"]) == set(counts.loc[counts["message_id"] != "", "message_id"])
    assert found[["x", "y", "kept", "share_x", "shepard", "stress"]].notna().all(axis=None)
    assert found["date"].is_monotonic_increasing and not found["note"].str.contains(TURNABLE).any()


def test_a_plane_keeps_little_of_our_letters_and_says_so(ours):
    """What the docstring warns of."""
    found = map_messages(ours).loc[0]
    assert found["share_x"] + found["share_y"] < 0.2 and found["shepard"] < 0.5 and found["stress"] > 0.5


def test_with_indirect_speech_among_the_letters_an_axis_is_its_pronouns(ours):
    """What the docstring of `measure_likeness` warns of: direct and indirect speech lie apart by `I, you` against `he, his`."""
    found = map_messages(ours, ("letter", "reported", "mixed"), most=12).loc[0]
    ends = [set(found[f"pulls_{side}{axis}"].split("|")) for axis in "xy" for side in ("", "minus_")]
    assert any({"i", "you"} <= end for end in ends) and any({"he", "his"} <= end for end in ends)
