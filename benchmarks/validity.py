"""Does the lexicon of tone order known groups of stories as anybody would, and does it agree with a general lexicon (VADER)?

    python benchmarks/validity.py                                    print the tables of benchmarks/README.md, from data/validity
    python benchmarks/validity.py ARCHIVE.json --out data/validity   measure again, then print them

The first needs only what is shipped. The second needs the archive, and VADER 3.3.2 (Hutto & Gilbert 2014; MIT), which comity itself does
not use: `pip install vaderSentiment==3.3.2`. It brings its word list along and fetches nothing more.
"""

import math
import re
import sys
from collections import Counter
from itertools import combinations
from pathlib import Path

import pandas as pd

from comity import measure_texts, read_archive, split_frames
from comity.contrasts.carriers import drop_strongest, list_carriers
from comity.contrasts.general_lexicon import compare_lexicons, list_contrary, list_outside, name_reasons, summarise_overlap
from comity.contrasts.known_groups import compare_known_groups, measure_rates
from comity.corpus.vocabularies import TONE_DIMENSIONS
from comity.measure.tables import VOICES
from comity.measure.writing import write_table
from comity.speech.cues import part_glued
from comity.style.tokens import END_MARK, find_token_spans, find_tokens
from comity.tone import find_tone_in
from comity.tone.hits import ALL_FRAMES

FOLDER = Path(__file__).parents[1] / "data" / "validity"
STORIES = ["version_id", "url", "published", "group", "rule", "words", "told", *TONE_DIMENSIONS, "compound", "good", "bad", "left_out"]
TERMS = ["version_id", "counted", "dimension", "term", "n", "good", "bad"]
WORDS = ["version_id", "word", "n", "ours", "valence"]
NUMBERS = {"rule", "words", "told", *TONE_DIMENSIONS, "compound", "good", "bad", "n", "ours", "valence"}

# Two stories of a group and a day that share more of their different words than this tell one thing twice.
SAME = 0.6
NO_WORDS, TOLD_AGAIN = "no words of the sender", "told again"

VADER = "3.3.2"
NO_VADER = f"""To measure again, VADER is needed: pip install vaderSentiment=={VADER}
Without it, and without an archive, this program prints the tables from data/validity."""

OURS = ["warmth", "solidarity", "militancy", "balance"]
MOST_CONTRARY, MOST_MILITANT, MOST_OUTSIDE = 8, 4, 12
# Of each side so many words are quoted: a dozen together.
QUOTED = 6


def read(name: str, folder: Path = FOLDER) -> pd.DataFrame:
    """One of the shipped tables; what is blank is blank in text and NaN in numbers."""
    table = pd.read_csv(folder / f"{name}.csv", dtype="str", keep_default_na=False)
    numbers = [column for column in table if column in NUMBERS] if name in ("stories", "terms", "words") else []
    return table.assign(**{column: pd.to_numeric(table[column].where(table[column] != "", None)) for column in numbers})


def find_groups(archive, rules: pd.DataFrame) -> pd.DataFrame:
    """The stories that a rule puts into a group: the first rule that fits. Columns out: ``version_id, rule`` (row, from 1), ``group,
    message`` (whether the story reports one)."""
    measured = measure_texts(archive.texts)
    about = measured.versions[["version_id", "message_id"]].merge(measured.messages, "left", "message_id")
    about = about.set_index("version_id")[["occasion", "reply"]].fillna("").to_dict("index")
    rows = []
    for story in pd.concat([archive.messages, archive.others]).itertuples():
        facts = about.get(story.story_id)
        rule = next((number for number, rule in enumerate(rules.itertuples(), 1) if fits(rule, story, facts)), None)
        if rule:
            rows.append((story.story_id, rule, rules["group"].iloc[rule - 1], facts is not None))
    return pd.DataFrame(rows, columns=["version_id", "rule", "group", "message"])


def fits(rule, story, facts: dict | None) -> bool:
    """Whether a story belongs where the rule says; ``facts``: occasion and reply of the message that it reports."""
    headline = " ".join(story.headline.split())
    if (rule.stories == "messages") != (facts is not None) or not re.search(rule.headline, headline):
        return False
    if rule.without and re.search(rule.without, headline) or rule.topic and rule.topic not in story.topics.split("|"):
        return False
    if facts is None:
        return True
    return (not rule.occasion or facts["occasion"] in rule.occasion.split("|")) and rule.reply in ("", facts["reply"])


def measure(archive, rules: pd.DataFrame, analyzer=None) -> dict[str, pd.DataFrame]:
    """Measure the stories of the groups: ``stories, terms, words``, as the codebook has them; nothing of VADER without its analyser."""
    groups = find_groups(archive, rules)
    texts = archive.texts_of(everything=True).merge(groups, on="version_id")
    sentences = split_frames(texts).query("part == 'text'")
    counts = find_counted(sentences, groups)
    tone = find_tone_in(sentences, texts, frames=ALL_FRAMES).query("negated == 'no'")
    tone = tone.assign(counted=find_counted(tone, groups).map({True: "yes", False: "no"}))
    general, words = measure_generally(sentences[counts], tone, analyzer)
    terms = list_terms(tone, analyzer)
    sums = terms[terms["counted"] == "yes"].pivot_table("n", "version_id", "dimension", "sum", fill_value=0)
    sums = sums.reindex(index=texts["version_id"], columns=TONE_DIMENSIONS, fill_value=0).astype("int64").reset_index()
    lengths = {"words": count_words(sentences[counts]), "told": count_words(sentences[~counts])}
    stories = texts.merge(sums, on="version_id").merge(general, "left", "version_id")
    lengths = {name: stories["version_id"].map(counted).fillna(0).astype("int64") for name, counted in lengths.items()}
    stories = stories.assign(published=stories["date"].dt.strftime("%Y-%m-%d"), **lengths)
    stories = stories.assign(left_out=find_left_out(stories)).sort_values(["rule", "published", "version_id"], ignore_index=True)
    return {"stories": stories[STORIES], "terms": terms, "words": words}


def find_counted(table: pd.DataFrame, groups: pd.DataFrame) -> pd.Series:
    """What counts: of a message only the sender's words; of a story of none all of it, which is in the agency's own."""
    return table["frame"].isin(VOICES) | ~table["version_id"].map(groups.set_index("version_id")["message"])


def count_words(sentences: pd.DataFrame) -> pd.Series:
    """The words of each version, parted by spaces, without the agency's end mark."""
    plain = sentences["sentence"].str.replace(END_MARK, " ", regex=False)
    return plain.str.split().str.len().groupby(sentences["version_id"]).sum()


def find_left_out(stories: pd.DataFrame) -> list[str]:
    """Why a story does not count: it has no words of the sender, or a longer one of its group says the same on the same day."""
    tokens = {version: set(find_tokens(text)) for version, text in zip(stories["version_id"], stories["text"], strict=True)}
    again = set()
    for _, day in stories[stories["words"] > 0].groupby(["group", "published"]):
        ranked = day.sort_values(["words", "version_id"], ascending=[False, True])["version_id"]
        for longer, shorter in combinations(ranked, 2):
            shared = len(tokens[longer] & tokens[shorter]) / len(tokens[longer] | tokens[shorter])
            if longer not in again and shared > SAME:
                again.add(shorter)
    why = zip(stories["version_id"], stories["words"], strict=True)
    return [NO_WORDS if not words else TOLD_AGAIN if version in again else "" for version, words in why]


def measure_generally(own: pd.DataFrame, tone: pd.DataFrame, analyzer) -> tuple[pd.DataFrame, pd.DataFrame]:
    """What VADER says of each story: ``compound``, the mean over its sentences, ``good`` and ``bad`` words in a hundred; and its words."""
    if analyzer is None:
        return pd.DataFrame(columns=["version_id", "compound", "good", "bad"]), pd.DataFrame(columns=WORDS)
    spans = {version: list(zip(hits["start"], hits["end"], strict=True)) for version, hits in tone.groupby("version_id")}
    total, rows, found = count_words(own), [], Counter()
    for version, told in own.groupby("version_id", sort=False):
        rated = Counter()
        for start, end, word in find_rated(told, analyzer.lexicon):
            rated[analyzer.lexicon[word] > 0] += 1
            found[version, word, any(first < end and start < last for first, last in spans.get(version, ()))] += 1
        plain = [part_glued(sentence).replace(END_MARK, " ").strip() for sentence in told["sentence"]]
        compound = [analyzer.polarity_scores(sentence)["compound"] for sentence in plain if sentence]
        rows.append((version, math.fsum(compound) / len(compound), *(100 * rated[good] / total[version] for good in (True, False))))
    keys = sorted({key[:2] for key in found})
    words = [(*key, found[*key, True] + found[*key, False], found[*key, True], analyzer.lexicon[key[1]]) for key in keys]
    return pd.DataFrame(rows, columns=["version_id", "compound", "good", "bad"]), pd.DataFrame(words, columns=WORDS)


def find_rated(told: pd.DataFrame, lexicon: dict[str, float]):
    """The words of sentences that a general lexicon rates, with their places in the text; single letters are none of its words."""
    for sentence, begin in zip(told["sentence"], told["start"], strict=True):
        for start, end, word in find_token_spans(sentence):
            if len(word) > 1 and word in lexicon:
                yield begin + start, begin + end, word


def list_terms(tone: pd.DataFrame, analyzer) -> pd.DataFrame:
    """The terms of each story, how often each stands there, and how often VADER finds its words, taken together, good or bad."""
    ratings = analyzer.lexicon if analyzer else {}
    value = [sum(ratings.get(word, 0) for word in find_tokens(matched) if len(word) > 1) for matched in tone["matched"]]
    hits = tone.assign(n=1, good=[int(number > 0) for number in value], bad=[int(number < 0) for number in value])
    return hits.groupby(TERMS[:4], as_index=False)[TERMS[4:]].sum()[TERMS]


def load_vader():
    """VADER's analyser; the end of the program, which says what to install, where it is not there."""
    from importlib.metadata import PackageNotFoundError, version

    try:
        if version("vaderSentiment") != VADER:
            raise SystemExit(f"This is VADER {version('vaderSentiment')}, and the tables are made with {VADER}.\n{NO_VADER}")
        from vaderSentiment.vaderSentiment import SentimentIntensityAnalyzer
    except (ImportError, PackageNotFoundError):
        raise SystemExit(NO_VADER) from None
    return SentimentIntensityAnalyzer()


def summarise_groups(stories: pd.DataFrame) -> pd.DataFrame:
    """How many stories a group has, how many of them count, and how long these are."""
    counted = stories[stories["left_out"] == ""]
    table = stories.groupby("group", sort=False).agg(found=("version_id", "size")).join(
        counted.groupby("group").agg(count=("version_id", "size"), words=("words", "sum"), median=("words", "median"))
    )
    return table.rename_axis("group").reset_index().rename(columns={"count": "counted", "median": "words, median"})


def summarise_outcomes(stories: pd.DataFrame, terms: pd.DataFrame, expectations: pd.DataFrame) -> pd.DataFrame:
    """How many of the expected orders came out, a measure a row."""
    found = compare_known_groups(measure_rates(stories), expectations).query("expected != ''")
    less = drop_strongest(stories, terms, expectations).query("came_out_without == 'yes'")["measure"].value_counts()
    rows = []
    for measure, orders in found.groupby("measure", sort=False):
        outcomes = [int((orders["came_out"] == outcome).sum()) for outcome in ("yes", "open", "no")]
        holm = int(((orders["came_out"] == "yes") & (orders["p_corrected"] < 0.05)).sum())
        without = str(less.get(measure, 0)) if measure in TONE_DIMENSIONS else ""
        rows.append((measure, len(orders), *outcomes, holm, without))
    names = ["measure", "orders expected", "came out", "open", "the other way round", "came out, Holm", "came out without the strongest"]
    return pd.DataFrame(rows, columns=names)


def summarise_orders(stories: pd.DataFrame, terms: pd.DataFrame, expectations: pd.DataFrame) -> pd.DataFrame:
    """Every expected order: did it come out, and does it without the strongest term, and the three strongest?"""
    found = compare_known_groups(measure_rates(stories), expectations).query("expected != ''")
    found = found.assign(**{"superiority (95 %)": _limits(found)})
    keys = ["measure", "a", "b"]
    for most, name in ((1, "without the strongest"), (3, "without the three strongest")):
        less = drop_strongest(stories, terms, expectations, most).rename(columns={"higher": "a", "lower": "b"})
        less = less.assign(**{name: less["without"].map("{:.2f}".format) + " " + less["came_out_without"]})
        found = found.merge(less[[*keys, name]], "left", keys).fillna({name: ""})
    found = found.rename(columns={"a": "expected higher", "b": "expected lower", "came_out": "came out", "p_corrected": "p, Holm"})
    found = found.assign(**{"p, Holm": found["p, Holm"].map(_p)})
    shown = ["measure", "expected higher", "expected lower", "superiority (95 %)", "p, Holm", "came out"]
    return found[[*shown, "without the strongest", "without the three strongest"]]


def summarise_carriers(stories: pd.DataFrame, terms: pd.DataFrame, expectations: pd.DataFrame) -> pd.DataFrame:
    """The strongest terms of each dimension in the groups that are expected to be higher in it."""
    wanted = expectations[["measure", "higher"]].drop_duplicates().rename(columns={"measure": "dimension", "higher": "group"})
    table = wanted.merge(list_carriers(stories, terms), on=["dimension", "group"])
    table = table.assign(share=table["share"].map(_share), share_top=table["share_top"].map(_share), stories=table["stories"].map(_share))
    names = {"n": "hits", "terms": "different terms", "stories": "stories with it", "top": "three strongest", "share_top": "their share"}
    shown = ["dimension", "group", "n", "terms", "strongest", "share", "stories", "top", "share_top"]
    return table[shown].rename(columns=names)


def summarise_agreement(rates: pd.DataFrame) -> pd.DataFrame:
    """Spearman's rho with VADER's compound, a group a row."""
    table = compare_lexicons(rates, OURS, "compound")
    table = table.assign(shown=_limits(table, "rho"))
    return table.pivot(index=["group", "n"], columns="ours", values="shown").reindex(table["group"].unique(), level=0)[OURS].reset_index()


def list_militant_friends(rates: pd.DataFrame) -> pd.DataFrame:
    """The greetings with most militancy, which a lexicon of good and bad words takes for a quarrel."""
    friends = rates[rates["group"] == "greetings"].sort_values("militancy", ascending=False, kind="stable").head(MOST_MILITANT)
    return friends[["version_id", "published", "militancy", "warmth", "solidarity", "compound"]]


def _limits(table, name="superiority"):
    shown = []
    for value, low, high in zip(table[name], table["low"], table["high"], strict=True):
        limits = "" if math.isnan(low) else f" ({low:.2f} to {high:.2f})"
        shown.append("" if math.isnan(value) else f"{value:.2f}{limits}")
    return shown


def _p(value: float) -> str:
    return "" if math.isnan(value) else "< 0.001" if value < 0.001 else f"{value:.3f}"


def _share(value: float) -> str:
    return "" if math.isnan(value) else f"{100 * value:.0f} %"


def as_markdown(table: pd.DataFrame) -> str:
    """The table as it stands in benchmarks/README.md."""
    lines = [f"| {' | '.join(table.columns)} |", "|" + "---|" * len(table.columns)]
    for row in table.itertuples(index=False):
        cells = (f"{cell:.2f}" if isinstance(cell, float) else str(cell).replace("|", ", ") for cell in row)
        lines.append(f"| {' | '.join(cells)} |")
    return "\n".join(lines)


def report(folder: Path = FOLDER) -> dict[str, str]:
    """Every table of benchmarks/README.md by its title, as Markdown, from the shipped tables alone."""
    stories, terms, words = (read(name, folder) for name in ("stories", "terms", "words"))
    expectations = read("expectations")
    counted, rates = terms[terms["counted"] == "yes"], measure_rates(stories)
    told = measure_rates(stories.assign(words=stories["words"] + stories["told"]), terms)
    ours = expectations[expectations["measure"].isin(TONE_DIMENSIONS)]
    narrow = stories[(stories["group"] != "sympathy") | (stories["rule"] == 1)]
    contrary = name_reasons(list_contrary(rates, most=MOST_CONTRARY), counted, words, QUOTED)
    friends = name_reasons(list_militant_friends(rates), counted, words, QUOTED)
    overlap = summarise_overlap(counted[counted["version_id"].isin(rates["version_id"])])
    overlap = overlap.assign(**{name: overlap[name].map(_share) for name in overlap if name.startswith("share")})
    named = {name for names in read("groups")["named"] for name in names.split("|")}
    unnamed = measure_rates(stories, counted[~counted["term"].isin(named)])
    other = {
        "without the terms that name the groups": (unnamed, ours[ours["measure"].isin(["warmth", "protocol"])]),
        "protocol, with the agency's telling": (told, ours[ours["measure"] == "protocol"]),
        "warmth, letters of sympathy without the thanks for them": (measure_rates(narrow), ours[ours["measure"] == "warmth"]),
    }
    return {
        "groups": as_markdown(summarise_groups(stories)),
        "outcomes": as_markdown(summarise_outcomes(stories, counted, expectations)),
        "orders": as_markdown(summarise_orders(stories, counted, expectations)),
        **{title: as_markdown(summarise_variant(*pair)) for title, pair in other.items()},
        "carriers": as_markdown(summarise_carriers(stories, counted, expectations)),
        "agreement": as_markdown(summarise_agreement(rates)),
        "overlap": as_markdown(overlap.drop(columns=["good", "bad", "unknown"])),
        "outside": as_markdown(list_outside(words[words["version_id"].isin(rates["version_id"])], MOST_OUTSIDE)),
        "contrary": as_markdown(contrary.drop(columns=["apart"])),
        "friends": as_markdown(friends),
    }


def summarise_variant(rates: pd.DataFrame, expectations: pd.DataFrame) -> pd.DataFrame:
    """The expected orders once more, for another choice of words or stories."""
    found = compare_known_groups(rates, expectations).query("expected != ''")
    found = found.assign(**{"superiority (95 %)": _limits(found)})
    found = found.rename(columns={"a": "expected higher", "b": "expected lower", "came_out": "came out"})
    return found[["measure", "expected higher", "n_a", "expected lower", "n_b", "superiority (95 %)", "came out"]]


if __name__ == "__main__":
    arguments = sys.argv[1:]
    out = Path(arguments.pop(arguments.index("--out") + 1)) if "--out" in arguments[:-1] else None
    archives = [argument for argument in arguments if argument != "--out"]
    if len(archives) != (out is not None) or (out is None and arguments):
        raise SystemExit(__doc__)
    if out is not None:
        measured = measure(read_archive(archives[0]), read("groups"), load_vader())
        out.mkdir(parents=True, exist_ok=True)
        for name, table in measured.items():
            write_table(table, out / f"{name}.csv")
    for title, table in report(out or FOLDER).items():
        print(f"{title}\n\n{table}\n")
