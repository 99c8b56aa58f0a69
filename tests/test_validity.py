"""Validity: known groups, carriers and a general lexicon, against scikit-learn, scipy, statsmodels and R; and what is shipped."""

import importlib.metadata
import json
import math
import runpy
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.stats import mannwhitneyu, norm, spearmanr
from sklearn.metrics import roc_auc_score
from statsmodels.stats.multitest import multipletests

from comity import read_archive, read_tone
from comity.contrasts.carriers import drop_strongest, list_carriers
from comity.contrasts.general_lexicon import (
    METHOD,
    NO_DOUBT,
    NO_SPREAD,
    TOO_FEW,
    compare_lexicons,
    correlate_ranks,
    list_contrary,
    list_outside,
    name_reasons,
    summarise_overlap,
)
from comity.contrasts.known_groups import (
    BALANCE,
    bound_superiority,
    compare_known_groups,
    compare_superiority,
    judge,
    measure_rates,
)
from comity.corpus.vocabularies import TONE_DIMENSIONS
from comity.errors import CorpusError

ROOT = Path(__file__).parents[1]
CASES = Path(__file__).parent / "cases" / "validity"
ARCHIVE = ROOT.parent / "shared" / "kcna" / "headlines_2024-11-11.json"
SPEARMAN = json.loads((CASES / "spearman.json").read_text(encoding="utf-8"))

few = settings(max_examples=25, deadline=None)
values = st.lists(st.integers(0, 5), min_size=2, max_size=9)
different = st.lists(st.integers(0, 400), min_size=5, max_size=16, unique=True)


def case(name):
    table = pd.read_csv(CASES / f"{name}.csv", keep_default_na=False)
    return table.assign(compound=pd.to_numeric(table["compound"].where(table["compound"] != "", None))) if "compound" in table else table


STORIES, TERMS, EXPECTATIONS = case("stories"), case("terms"), case("expectations")


# The probability of superiority.


@pytest.mark.parametrize("row", list(case("superiority").itertuples()), ids=lambda row: row.label)
def test_superiority_by_hand(row):
    a, b = ([float(value) for value in str(side).split()] for side in (row.a, row.b))
    found = compare_superiority(a, b)
    assert found.superiority == pytest.approx(float(row.superiority), nan_ok=True)
    seen = [found.low, found.high, found.p]
    assert np.isnan(seen).all() if row.limits == "no" else found.low <= found.superiority <= found.high and found.low < found.high


@few
@given(values, values)
def test_superiority_is_the_area_under_the_roc_curve_as_scikit_learn_has_it(a, b):
    expected = roc_auc_score([1] * len(a) + [0] * len(b), [*a, *b])
    assert compare_superiority(a, b).superiority == pytest.approx(expected)


@few
@given(different, st.data())
def test_p_is_scipys_where_nothing_is_tied(numbers, data):
    at = data.draw(st.integers(2, len(numbers) - 2))
    a, b = numbers[:at], numbers[at:]
    expected = mannwhitneyu(a, b, method="asymptotic", use_continuity=False).pvalue
    assert compare_superiority(a, b).p == pytest.approx(expected)


@few
@given(values, values)
def test_ties_make_p_larger_never_smaller(a, b):
    expected = mannwhitneyu(a, b, method="asymptotic", use_continuity=False).pvalue
    assert compare_superiority(a, b).p >= expected - 1e-12 or math.isnan(expected)


@few
@given(values, values, st.sampled_from([0.8, 0.95, 0.99]))
def test_p_and_limits_never_contradict_each_other(a, b, level):
    found = compare_superiority(a, b, level)
    if not math.isclose(found.p, 1 - level, rel_tol=1e-6):
        assert (found.p < 1 - level) == (not found.low <= 0.5 <= found.high)


@few
@given(values, values)
def test_the_other_side_has_the_rest(a, b):
    found, other = compare_superiority(a, b), compare_superiority(b, a)
    assert (found.superiority, found.low, found.high) == pytest.approx((1 - other.superiority, 1 - other.high, 1 - other.low), abs=1e-9)


def literal_limits(theta, n_a, n_b):
    """All t on a fine grid that are no more than z standard errors away, in Hanley and McNeil's own terms, Q1 and Q2."""
    t = np.linspace(1e-5, 1 - 1e-5, 200_001)
    q1, q2, rest = t / (2 - t), 2 * t**2 / (1 + t), (n_a + n_b) / 2 - 1
    error = np.sqrt((t * (1 - t) + rest * (q1 - t**2) + rest * (q2 - t**2)) / (n_a * n_b))
    inside = t[np.abs(t - theta) <= norm.ppf(0.975) * error]
    return inside.min(), inside.max()


@pytest.mark.parametrize(
    ("theta", "n_a", "n_b"), [(0.5, 6, 24), (0.8, 6, 24), (0.95, 29, 83), (0.1, 3, 100), (0.893, 51, 58), (1 / 3, 2, 3)]
)
def test_limits_of_the_literal_definition(theta, n_a, n_b):
    assert bound_superiority(theta, n_a, n_b) == pytest.approx(literal_limits(theta, n_a, n_b), abs=2e-5)


@pytest.mark.parametrize(("theta", "end"), [(1, 1), (0, 0)])
def test_groups_that_do_not_overlap_still_have_limits_with_width(theta, end):
    low, high = bound_superiority(theta, 5, 6)
    # On the grid t = theta itself stands for the limit, because there the standard error is none.
    assert (low, high) == pytest.approx(literal_limits(theta, 5, 6), abs=2e-5)
    assert high - low > 0.3 and end in (low, high)


def test_limits_cover_what_they_say():
    """Normal values one apart: the true probability is known, and the limits hold it about as often as they should."""
    random, true = np.random.default_rng(4), norm.cdf(1 / math.sqrt(2))
    draws = [compare_superiority(random.normal(1, 1, 8), random.normal(0, 1, 20)) for _ in range(400)]
    covered = np.mean([found.low <= true <= found.high for found in draws])
    assert 0.92 <= covered <= 0.98


# Rates, and known groups.


def test_rates_by_hand():
    rates = measure_rates(STORIES).set_index("version_id")
    assert list(rates.index) == ["g1", "g2", "g3", "g4", "c1", "c2", "c3", "c5"], "what is left out does not count"
    assert rates.loc["g2", ["warmth", "deference", "militancy", "balance"]].tolist() == [6, 2, 2, 6]
    assert rates.loc["g2", "words"] == 50 and rates.loc["c1", "compound"] == -0.6


def test_without_words_a_rate_is_not_defined():
    rates = measure_rates(STORIES.assign(left_out="")).set_index("version_id")
    assert rates.loc["c4", [*TONE_DIMENSIONS, "balance"]].isna().all()


def test_counting_the_terms_gives_the_counts_of_the_stories():
    pd.testing.assert_frame_equal(measure_rates(STORIES, TERMS), measure_rates(STORIES), check_dtype=False)
    fewer = measure_rates(STORIES, TERMS[TERMS["term"] != "dear"]).set_index("version_id")["warmth"]
    assert fewer[["g1", "g2", "g3", "g4"]].tolist() == [1, 0, 1, 0]


def test_balance_is_what_it_says():
    rates = measure_rates(STORIES)
    assert (rates["balance"] == rates["warmth"] + rates["solidarity"] + rates["deference"] - rates["militancy"]).all()
    assert set(BALANCE) <= set(TONE_DIMENSIONS) and "balance" not in measure_rates(STORIES, dimensions=["warmth"])


def test_expected_orders_come_out_or_not():
    found = compare_known_groups(measure_rates(STORIES), EXPECTATIONS)
    expected = EXPECTATIONS[["measure", "higher", "lower", "came_out"]]
    assert found[["measure", "a", "b", "came_out"]].values.tolist() == expected.values.tolist()
    assert found[["n_a", "n_b"]].values.tolist() == [[4, 4]] * 4
    assert found["superiority"].tolist() == [1, 15 / 16, 2 / 16, 0.5 / 16]
    assert found.loc[0, ["mean_a", "mean_b"]].tolist() == pytest.approx([4, 0.05])
    assert found["p_corrected"].tolist() == pytest.approx(multipletests(found["p"], method="holm")[1].tolist())


def test_a_pair_of_which_nothing_is_expected_is_measured_too():
    found = compare_known_groups(measure_rates(STORIES), EXPECTATIONS, ["warmth", "pledge"]).set_index("measure")
    assert found.loc["pledge", ["a", "b", "expected", "came_out"]].tolist() == ["greetings", "commentary", "", ""]
    assert found.loc["warmth", "expected"] == "greetings"


def test_a_group_of_one_story_decides_nothing():
    stories = STORIES[~STORIES["version_id"].isin(["g1", "g2", "g3"])]
    found = compare_known_groups(measure_rates(stories), EXPECTATIONS.head(1)).iloc[0]
    assert (found["n_a"], found["superiority"], found["came_out"]) == (1, 1, "open")
    assert math.isnan(found["p"]) and math.isnan(found["p_corrected"])


def test_groups_without_a_hit_are_alike():
    found = compare_known_groups(measure_rates(STORIES.assign(warmth=0)), EXPECTATIONS.head(1)).iloc[0]
    assert (found["superiority"], found["p"], found["came_out"]) == (0.5, 1, "open")
    assert found["low"] < 0.5 < found["high"]


@pytest.mark.parametrize(("change", "message"), [
    ({"higher": "letters"}, "row 2: there is no group 'letters'. The stories have commentary, greetings"),
    ({"higher": "commentary"}, "row 2: warmth is expected both ways between commentary and commentary"),
    ({"measure": "charm"}, "The table of rates lacks charm"),
])  # fmt: skip
def test_expectations_that_cannot_be_held_against_the_stories(change, message):
    with pytest.raises(CorpusError, match=message):
        compare_known_groups(measure_rates(STORIES), EXPECTATIONS.head(1).assign(**change))


def test_an_order_expected_both_ways():
    both = pd.concat([EXPECTATIONS.head(1), EXPECTATIONS.head(1).rename(columns={"higher": "lower", "lower": "higher"})])
    with pytest.raises(CorpusError, match="row 3: warmth is expected both ways"):
        compare_known_groups(measure_rates(STORIES), both)


@pytest.mark.parametrize(("call", "lacking"), [
    (lambda: measure_rates(STORIES.drop(columns="pledge")), "stories lacks pledge"),
    (lambda: measure_rates(STORIES, TERMS.drop(columns="n")), "terms lacks n"),
    (lambda: list_carriers(STORIES, TERMS.drop(columns="term")), "terms lacks term"),
    (lambda: drop_strongest(STORIES, TERMS, EXPECTATIONS.drop(columns="lower")), "expectations lacks lower"),
    (lambda: compare_lexicons(STORIES, "charm", "compound"), "rates lacks charm"),
    (lambda: list_contrary(STORIES), "rates lacks balance"),
    (lambda: name_reasons(STORIES, TERMS, TERMS), "words lacks word, valence"),
    (lambda: summarise_overlap(TERMS.drop(columns="bad")), "terms lacks bad"),
    (lambda: list_outside(TERMS), "words lacks word, ours, valence"),
])  # fmt: skip
def test_a_missing_column_is_named(call, lacking):
    with pytest.raises(CorpusError, match=lacking):
        call()


def test_nothing_changes_its_input():
    rates = measure_rates(STORIES, TERMS)
    before = [table.copy() for table in (STORIES, TERMS, EXPECTATIONS, rates)]
    compare_known_groups(rates, EXPECTATIONS)
    drop_strongest(STORIES, TERMS, EXPECTATIONS)
    summarise_overlap(TERMS)
    list_carriers(STORIES, TERMS)
    compare_lexicons(rates, "warmth", "compound")
    list_contrary(rates)
    for table, kept in zip((STORIES, TERMS, EXPECTATIONS, rates), before, strict=True):
        pd.testing.assert_frame_equal(table, kept)


# Which terms carry a score.


def test_carriers_by_hand():
    table = list_carriers(STORIES, TERMS, top=2).set_index(["group", "dimension"])
    assert len(table) == 2 * len(TONE_DIMENSIONS)
    warmth = table.loc["greetings", "warmth"]
    assert warmth[["n", "terms", "strongest", "share", "stories", "top", "share_top"]].tolist() == [
        16, 3, "dear", 13 / 16, 1, "dear|grief", 15 / 16,
    ]  # fmt: skip
    nothing = table.loc["commentary", "deference"]
    assert (nothing["n"], nothing["strongest"], nothing["top"]) == (0, "", "") and math.isnan(nothing["share"])


def test_of_terms_as_frequent_the_first_of_the_alphabet_is_named():
    same = TERMS[TERMS["version_id"] == "c2"].assign(dimension="warmth", n=1)
    assert list_carriers(STORIES, same, ["warmth"]).set_index("group").loc["commentary", "top"] == "comrade|deep|enemy"


def test_orders_without_their_strongest_term():
    table = drop_strongest(STORIES, TERMS, EXPECTATIONS)
    expected = EXPECTATIONS[EXPECTATIONS["came_out_without"] != ""]
    outcomes = ["measure", "came_out", "came_out_without"]
    assert table[outcomes].values.tolist() == expected[outcomes].values.tolist()
    assert table["left_out"].tolist() == ["dear", "war", ""]
    whole = compare_known_groups(measure_rates(STORIES), expected)
    assert table["superiority"].tolist() == whole["superiority"].tolist()
    # Greetings 1, 0, 1, 0 and commentary 0, 0.2, 0, 0 in a hundred words: 8 + 2 pairs, and two times three tied.
    assert table.loc[0, "without"] == (6 + 2 + 0.5 * 6) / 16


@pytest.mark.parametrize(("change", "most", "message"), [
    ({}, 0, "most is 0: how many terms to leave out, 1 or more"),
    ({"higher": "letters"}, 1, "No story of the groups 'letters' and 'commentary' counts. Those of greetings, commentary do."),
])  # fmt: skip
def test_what_cannot_be_left_out(change, most, message):
    with pytest.raises(CorpusError, match=message):
        drop_strongest(STORIES, TERMS, EXPECTATIONS.head(1).assign(**change), most)


# A general lexicon.


def test_rank_correlation_as_r_has_it():
    found = correlate_ranks(SPEARMAN["x"], SPEARMAN["y"])
    assert (found.n, found.method) == (len(SPEARMAN["x"]), METHOD)
    assert found[1:4] == pytest.approx((SPEARMAN["rho"], SPEARMAN["low"], SPEARMAN["high"]), abs=5e-7)


@few
@given(st.lists(st.tuples(st.integers(0, 6), st.integers(0, 6)), min_size=4, max_size=12))
def test_rank_correlation_is_scipys(pairs):
    x, y = zip(*pairs, strict=True)
    found = correlate_ranks(x, y)
    if found.method == NO_SPREAD:
        assert len(set(x)) == 1 or len(set(y)) == 1
        return
    assert found.rho == pytest.approx(spearmanr(x, y).statistic)
    assert math.isnan(found.low) if found.method == NO_DOUBT else -1 < found.low < found.rho < found.high < 1


@pytest.mark.parametrize(("x", "y", "n", "method"), [
    ([1, 2, 3], [1, 2, 3], 3, TOO_FEW),
    ([1, 2, 3, math.nan], [1, 3, 2, 4], 3, TOO_FEW),
    ([0, 0, 0, 0], [1, 2, 3, 4], 4, NO_SPREAD),
])  # fmt: skip
def test_a_correlation_that_is_not_defined(x, y, n, method):
    found = correlate_ranks(x, y)
    assert (found.n, found.method) == (n, method) and np.isnan(found[1:4]).all()


def test_a_perfect_order_has_no_limits():
    found = correlate_ranks([1, 2, 3, 4], [8, 6, 4, 2])
    assert found.rho == pytest.approx(-1) and found.method == NO_DOUBT and np.isnan(found[2:4]).all()


def test_agreement_over_all_and_within_groups():
    rates = measure_rates(STORIES)
    table = compare_lexicons(rates, ["warmth", "balance"], "compound")
    assert table[["group", "ours", "n"]].values.tolist() == [
        [group, name, n] for name in ("warmth", "balance") for group, n in (("all", 8), ("greetings", 4), ("commentary", 4))
    ]
    assert table.loc[3, "rho"] == pytest.approx(spearmanr(rates["balance"], rates["compound"]).statistic)
    within = rates[rates["group"] == "commentary"]
    assert table.loc[5, "rho"] == pytest.approx(spearmanr(within["balance"], within["compound"]).statistic)


def test_the_stories_ranked_most_differently_by_hand():
    """Balance from lowest: c1 and c3, c2, c5, g4, g1 and g3 ...; compound: c1, c2, c3, g2, g4, c5, g3, g1."""
    rates = measure_rates(STORIES)
    table = list_contrary(rates, most=2)
    assert table["version_id"].tolist() == ["g2", "c5"]
    assert table.loc[0, ["rank_ours", "rank_general", "apart"]].tolist() == pytest.approx([6 / 7, 3 / 7, 3 / 7])
    assert table.loc[1, ["ours", "general", "apart"]].tolist() == pytest.approx([-0.5, 0.7, -2 / 7])


def test_the_words_behind_a_story():
    words = pd.DataFrame({"version_id": "c1", "word": ["party", "war", "enemy"], "n": [1, 12, 8], "valence": [1.7, -2.9, -2.5]})
    named = name_reasons(pd.DataFrame({"version_id": ["c1", "g9"]}), TERMS, words, most=2)
    assert named["our_terms"].tolist() == ["war (militancy) 12|enemy (militancy) 8", ""]
    assert named["general_words"].tolist() == ["war (-2.9) 12|enemy (-2.5) 8", ""]


def test_what_a_general_lexicon_makes_of_each_dimension():
    table = summarise_overlap(TERMS, top=1).set_index("dimension")
    assert list(table.index) == list(TONE_DIMENSIONS)
    assert table.loc["militancy", ["n", "good", "bad", "unknown", "good_terms", "bad_terms", "unknown_terms"]].tolist() == [
        49, 1, 47, 1, "heroic", "war", "scum",
    ]  # fmt: skip
    assert table["n"].tolist() == table[["good", "bad", "unknown"]].sum(axis="columns").tolist()
    assert summarise_overlap(TERMS.head(0))["share_good"].isna().all()


def test_more_good_and_bad_than_there_are():
    with pytest.raises(CorpusError, match="The term 'dear' has more good and bad hits than hits"):
        summarise_overlap(TERMS.assign(bad=1))


def test_words_outside_our_terms():
    rows = [("party", 3, 0, 1.7), ("war", 2, 2, -2.9), ("party", 1, 1, 1.7), ("no", 5, 0, -1.2)]
    words = pd.DataFrame(rows, columns=["word", "n", "ours", "valence"])
    table = list_outside(words)
    assert table[["word", "n", "outside"]].values.tolist() == [["no", 5, 5], ["party", 4, 3]]
    assert table["weight"].tolist() == pytest.approx([-6, 5.1])
    assert len(list_outside(words, most=1)) == 1


# What is shipped.

PROGRAM = runpy.run_path(str(ROOT / "benchmarks" / "validity.py"))
SHIPPED = {name: PROGRAM["read"](name) for name in ("groups", "expectations", "stories", "terms", "words")}
OF_VADER = ["compound", "good", "bad"]


def test_every_story_is_in_the_group_of_its_rule():
    stories, groups = SHIPPED["stories"], SHIPPED["groups"]
    assert stories["version_id"].is_unique
    assert stories["group"].tolist() == groups["group"].iloc[stories["rule"].astype(int) - 1].tolist()
    assert set(stories["rule"]) == set(range(1, len(groups) + 1)), "a rule that puts no story anywhere is none"
    counted = stories[stories["left_out"] == ""]
    assert (counted["words"] > 0).all() and counted[OF_VADER].notna().all(axis=None)
    assert (counted["group"].value_counts() >= 2).all() and set(counted["group"]) == set(groups["group"])


def test_the_words_say_why_a_story_is_left_out():
    stories = SHIPPED["stories"]
    assert ((stories["left_out"] == PROGRAM["NO_WORDS"]) == (stories["words"] == 0)).all()
    assert set(stories["left_out"]) == {"", PROGRAM["NO_WORDS"], PROGRAM["TOLD_AGAIN"]}


def test_terms_add_up_to_the_counts_of_the_stories():
    terms, stories = SHIPPED["terms"], SHIPPED["stories"]
    sums = terms[terms["counted"] == "yes"].pivot_table("n", "version_id", "dimension", "sum").reindex(stories["version_id"])
    assert (sums.reindex(columns=TONE_DIMENSIONS).fillna(0).to_numpy() == stories[list(TONE_DIMENSIONS)].to_numpy()).all()
    assert (terms["n"] >= terms["good"] + terms["bad"]).all() and (terms["n"] > 0).all()
    assert set(terms["version_id"]) <= set(stories["version_id"]) and set(terms["counted"]) == {"yes", "no"}


def test_the_terms_are_those_of_the_lexicon():
    """After a change of the lexicon measure again: `python benchmarks/validity.py ARCHIVE --out data/validity`."""
    lexicon = read_tone()
    known = set(zip(lexicon["term"], lexicon["dimension"], strict=True))
    assert set(zip(SHIPPED["terms"]["term"], SHIPPED["terms"]["dimension"], strict=True)) - known == set()
    named = {name for names in SHIPPED["groups"]["named"] for name in names.split("|") if name}
    assert named - set(lexicon["term"]) == set()


def test_words_add_up_to_the_shares_of_the_stories():
    words, stories = SHIPPED["words"], SHIPPED["stories"].set_index("version_id")
    counted = stories[stories["words"] > 0]
    for name, some in (("good", words[words["valence"] > 0]), ("bad", words[words["valence"] < 0])):
        shares = 100 * some.groupby("version_id")["n"].sum().reindex(counted.index).fillna(0) / counted["words"]
        # As many digits are written as `write_table` writes.
        assert shares.tolist() == pytest.approx(counted[name].tolist(), rel=1e-6)
    assert (words["ours"] <= words["n"]).all() and not words.duplicated(["version_id", "word"]).any()
    assert (words.groupby("word")["valence"].nunique() == 1).all() and (words["valence"] != 0).all()


def test_expectations_can_be_held_against_the_stories():
    expectations = SHIPPED["expectations"]
    found = compare_known_groups(measure_rates(SHIPPED["stories"]), expectations)
    assert (found["expected"] != "").sum() == len(expectations) and (expectations["reason"].str.len() > 0).all()
    assert set(found.loc[found["expected"] != "", "came_out"]) <= {"yes", "no", "open"}
    assert set(expectations["measure"]) >= set(TONE_DIMENSIONS), "of every dimension something is expected"


@pytest.mark.parametrize("rule", list(SHIPPED["groups"].itertuples()), ids=lambda rule: f"{rule.group} {rule.Index + 1}")
def test_the_example_of_each_rule_fits_it(rule):
    occasion = rule.occasion.split("|")[0]
    facts = {"occasion": occasion, "reply": rule.reply} if rule.stories == "messages" else None
    story = pd.Series({"headline": rule.example, "topics": f"World|{rule.topic}"})
    assert rule.reason and PROGRAM["fits"](rule, story, facts)
    other = {"occasion": "some other day", "reply": "perhaps"} if facts is None else None
    assert not PROGRAM["fits"](rule, story, other), "a message is no other story"
    assert not rule.without or not PROGRAM["fits"](rule, story.replace(rule.example, f"{rule.example} {rule.without.split('|')[0]}"), facts)
    assert not rule.occasion or not PROGRAM["fits"](rule, story, facts | {"occasion": "some other day"})
    assert not rule.reply or not PROGRAM["fits"](rule, story, facts | {"reply": "perhaps"})
    assert not rule.topic or not PROGRAM["fits"](rule, story.replace(f"World|{rule.topic}", "World"), facts)


def test_no_text_of_a_story_is_shipped():
    assert SHIPPED["words"]["word"].str.split().str.len().max() == 1
    texts = [SHIPPED[name].select_dtypes("str").map(lambda cell: len(cell.split())) for name in ("stories", "terms")]
    assert max(table.max(axis=None) for table in texts) <= 12


def test_the_report_is_made_from_the_tables_alone():
    tables = PROGRAM["report"]()
    assert tables["orders"].count("\n| ") == len(SHIPPED["expectations"])
    rows = [line.strip("| ").split(" | ") for line in tables["outcomes"].splitlines()[2:]]
    assert sum(int(row[1]) for row in rows) == len(SHIPPED["expectations"])
    assert all(int(row[1]) == sum(map(int, row[2:5])) for row in rows)
    quoted = [line.split(" | ")[-2:] for line in [*tables["contrary"].splitlines()[2:], *tables["friends"].splitlines()[2:]]]
    assert all(len("; ".join(cells).split(", ")) <= 12 for cells in quoted)


@pytest.fixture(scope="module")
def section():
    """What benchmarks/README.md says of validity."""
    readme = (ROOT / "benchmarks" / "README.md").read_text(encoding="utf-8")
    return readme.split("\n## Whether the lexicon of tone measures tone\n")[1].split("\n## ")[0]


@pytest.fixture(scope="module")
def printed():
    return PROGRAM["report"]()


def test_the_readme_holds_what_the_program_prints(section, printed):
    """After a change print the tables again: `python benchmarks/validity.py`."""
    told = ("groups", "outcomes", "orders", "protocol, with the agency's telling", "carriers", "agreement", "overlap", "contrary")
    assert [title for title in told if printed[title] not in section] == []
    known = {line for table in printed.values() for line in table.splitlines()}
    assert [line for line in section.splitlines() if line.startswith("|") and line not in known] == []


def outcome(table, measure, higher, lower, column):
    rows = [[cell.strip() for cell in line.strip("|").split("|")] for line in table.splitlines()]
    row = next(dict(zip(rows[0], row)) for row in rows[2:] if row[0] == measure and {higher, lower} <= set(row))
    return row[column]


def test_what_the_readme_says_of_its_tables_is_so(section, printed):
    """The sentences under the tables, each against what it is read from."""
    stories = SHIPPED["stories"][SHIPPED["stories"]["left_out"] == ""]
    groups, rules = stories["group"], SHIPPED["groups"]
    numbers = {2: "two", 3: "three", 5: "five", 6: "six", 7: "seven"}
    thanks = stories["rule"][groups == "sympathy"].map(lambda rule: rules["reply"].iloc[int(rule) - 1] == "yes")
    short = int(stories.loc[groups == "protocol notes", "words"].median())
    heard = SHIPPED["terms"].merge(stories[["version_id", "group"]], on="version_id").query("counted == 'yes'")
    said = SHIPPED["words"].merge(stories[["version_id", "group"]], on="version_id").query("group == 'commentary'").groupby("word")["n"].sum()
    unnamed, orders = printed["without the terms that name the groups"], printed["orders"]
    overlap = {line.split(" | ")[0].strip("| "): line.split(" | ") for line in printed["overlap"].splitlines()}
    nothing_said = ", ".join(row[-1].strip(" |") for row in overlap.values()).split(", ")
    rates = measure_rates(stories)
    within = compare_lexicons(rates[rates["group"] == "greetings"], ["militancy", "solidarity", "balance"], "compound").query("group == 'greetings'").set_index("ours")
    letters = [("greetings", "domestic news", measure) for measure in ("intensity", "pledge")] + [("greetings", "protocol notes", "pledge")]
    facts = {
        f"rests on {numbers[len(thanks)]} letters, {numbers[int(thanks.sum())]} of them thanks for sympathy": True,
        "It is open without the words that name such letters": outcome(unnamed, "warmth", "sympathy", "protocol notes", "came out") == "open",
        "hold not one term of protocol": heard.query("group == 'protocol notes' and dimension == 'protocol'").empty,
        "tells greetings from polemics by one word, \"comrade\"": outcome(orders, "solidarity", "greetings", "commentary", "without the strongest").endswith("open"),
        "it does not tell them from ministers' notes": outcome(orders, "solidarity", "greetings", "protocol notes", "came out") == "open",
        "after Holm's correction nothing of that is left": all(float(outcome(orders, m, a, b, "p, Holm")) >= 0.05 for a, b, m in letters),
        f"half of the notes have no more than {short} words, and there a single term is {100 / short:.1f} in a hundred": True,
        "come out more friendly than letters of sympathy, though the limits hold one half":
            outcome(orders, "compound", "sympathy", "protocol notes", "came out") == "open"
            and float(outcome(orders, "compound", "sympathy", "protocol notes", "superiority (95 %)").split()[0]) < 0.5,
        "\"Party\", \"security\" and \"peace\" are good words to it, in polemics too": {"party", "security", "peace"} <= set(said.index),
        "\"Comrade\", \"on behalf of\", \"fatherly\" say nothing to it; nor do \"puppet\" and \"hegemony\"":
            {"comrade", "on behalf of", "fatherly", "puppet", "hegemony"} <= set(nothing_said),
        "within greetings it falls as militancy and solidarity rise": (within.loc[["militancy", "solidarity"], "high"] < 0).all(),
        "Our balance fares no better": within.at["balance", "low"] < 0 < within.at["balance", "high"],
    }  # fmt: skip
    flowing = " ".join(section.split())
    assert [fact for fact in facts if fact not in flowing] == []
    assert [fact for fact, holds in facts.items() if not holds] == []


def test_without_vader_the_program_says_what_to_install(monkeypatch):
    monkeypatch.setitem(__import__("sys").modules, "vaderSentiment.vaderSentiment", None)
    monkeypatch.setattr(importlib.metadata, "version", lambda name: PROGRAM["VADER"])
    with pytest.raises(SystemExit, match=r"pip install vaderSentiment==3\.3\.2"):
        PROGRAM["load_vader"]()
    monkeypatch.setattr(importlib.metadata, "version", lambda name: "2.5")
    with pytest.raises(SystemExit, match="This is VADER 2.5, and the tables are made with 3.3.2"):
        PROGRAM["load_vader"]()


def vader():
    try:
        return importlib.metadata.version("vaderSentiment") == PROGRAM["VADER"]
    except importlib.metadata.PackageNotFoundError:
        return False


needs_archive = pytest.mark.skipif(not ARCHIVE.is_file(), reason="the archive is not beside the project")


@needs_archive
def test_measuring_again_gives_the_same_tables(tmp_path):
    """Byte for byte where VADER is installed; all but VADER's numbers where it is not."""
    measured = PROGRAM["measure"](read_archive(ARCHIVE), SHIPPED["groups"], PROGRAM["load_vader"]() if vader() else None)
    for name, table in measured.items() if vader() else ():
        PROGRAM["write_table"](table, tmp_path / f"{name}.csv")
        assert (tmp_path / f"{name}.csv").read_bytes() == (PROGRAM["FOLDER"] / f"{name}.csv").read_bytes(), name
    for name in ("stories", "terms"):
        ours, theirs = (table.drop(columns=OF_VADER, errors="ignore") for table in (measured[name], SHIPPED[name]))
        pd.testing.assert_frame_equal(ours, theirs, check_dtype=False)
