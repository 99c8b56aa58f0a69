"""Where people stand among those to whom somebody wrote, or from whom somebody heard: each by their own letters."""

import math
from functools import partial

import numpy as np
import pandas as pd

from comity.contrasts.means import bound_mean_rate, bound_mean
from comity.contrasts.measures import COUNTED_ONLY, PER, STYLE_UNITS, STYLES, UNIT, as_list, check_dimensions, measure_styles, measure_tone
from comity.contrasts.rates import LEVEL
from comity.contrasts.views import describe_side, see_letters
from comity.errors import CorpusError, require_messages

COLUMNS = [
    "person", "measure", "unit", "n", "words", "count", "value", "low", "high", "rank", "rank_best", "rank_worst", "ranked", "method",
    "covers", "seen", "joint", "messages",
]  # fmt: skip

# The person's own column, and that of those at the other end.
DIRECTIONS = {"sent": ("sender", "recipient"), "received": ("recipient", "sender")}

RATES = "Student’s interval over letters, no narrower than Poisson limits"
VALUES = "Student’s interval over letters"
TOO_FEW = "none: it needs two letters that differ"
COVERS = (
    "chance in which letters were written and published, if they were drawn one by one from many like them; not a choice by the outlet of "
    "which to publish or retell"
)
COVERS_NOTHING = "nothing: there is no interval"


def rank_people(person, letters, direction="sent", dimensions=None, frames=("letter",), messages=None, least=3, address="with", tone=None):
    """Rank those to whom a person wrote, or from whom a person heard, by the tone, length and readability of the letters.

    ``person``: as the table of messages has the name; ``letters``: measurements, as `gather_letters` gives them; ``direction``: sent (by
    the person) or received; ``messages``: only these ids; ``least``: so many letters make a person take part in the ranking, the others
    are listed without rank. A letter to or from several people jointly (names joined by |) is a letter of each of them: the same words
    were written to each, or signed by each; ``joint`` counts them. Those who share all their letters are one, their names joined by |:
    nothing tells them apart.
    Where of any letter only the words were counted, single words are compared in all, by the lexicon ``tone`` (see `measure_tone`).
    Columns out: ``person, measure, unit, n`` (letters), ``words`` (of all these), ``count`` (terms), ``value`` (mean of the letters'
    values), ``low, high`` (95 %: for rates the wider of Student's t over the letters, not below 0, and of the limits that the counts
    allow, see `bound_mean_rate`; for length and readability
    Student's t; NaN for one letter), ``rank`` (1 for the highest value; the same for
    equals), ``rank_best, rank_worst`` (the ranks that chance leaves, with 95 % confidence for all people at once: from intervals at a
    level corrected after Bonferroni, as Klein, Wright & Wieczorek 2020, JRSS C 69), ``ranked`` (people with a rank), ``method, covers,
    seen`` (how the letters are seen, and how many so), ``joint, messages`` (ids joined by |). One row a person and measure, by rank.
    Errors: CorpusError for a person without such letters, an unknown message, dimension or direction.

    >>> from comity import read_corpus, read_measurements
    >>> from comity.letters import gather_letters
    >>> letters = gather_letters(read_measurements(), read_corpus())
    >>> ranks = rank_people("Kim Jong Un", letters, dimensions=["warmth"], frames=("letter", "reported"))
    >>> "Xi Jinping" in set(ranks.loc[ranks["rank"].notna(), "person"])
    True
    """
    dimensions, frames = check_dimensions(dimensions, letters), as_list(frames)
    held = _hold(person, letters, direction, messages)
    terms = measure_tone(letters, held["message_id"], frames, address)
    counted = bool(terms["counted"].any())
    terms = measure_tone(letters, held["message_id"], frames, words_only=True, tone=tone) if counted else terms
    if terms.empty:
        raise CorpusError(f"No letter {direction} by {person} has words in the frames {', '.join(frames)}.")
    styles = measure_styles(letters, terms, frames)
    held = _join(held[held["message_id"].isin(styles["message_id"])])
    about = {"terms": terms, "styles": styles.set_index("message_id"), "views": see_letters(letters, styles).set_index("message_id")}
    rows = [row for name, own in held.groupby("person", sort=False) for row in _measure(name, own, dimensions, **about)]
    table = pd.concat([_rank(rows_of_one, least) for _, rows_of_one in pd.DataFrame(rows).groupby("measure", sort=False)])
    if counted:
        table["covers"] = table["covers"].mask(table["unit"] == UNIT, table["covers"] + f"; {COUNTED_ONLY}")
    return table.reset_index(drop=True)[COLUMNS]


def find_offices(messages, people):
    """Find the offices that those who wrote, or were written to, held on the days of their letters.

    Columns in: ``messages``: ``sender, recipient`` (several joined by |), ``date``; ``people``: as people.csv has them. Columns out:
    ``person, office`` (several joined by "; ", in the order of people.csv); one row a person who held one.

    >>> from comity import read_corpus
    >>> corpus = read_corpus()
    >>> letters = corpus.messages[corpus.messages["date"].dt.year == 2024]
    >>> find_offices(letters, corpus.people).set_index("person").at["Vladimir Putin", "office"]
    'President of the Russian Federation'
    """
    parties = messages.melt("date", ["sender", "recipient"], value_name="person")
    parties = parties.assign(person=parties["person"].fillna("").str.split("|")).explode("person")[["person", "date"]].drop_duplicates()
    offices = people[people["kind"] == "office"].reset_index(drop=True).reset_index(names="place").merge(parties, on="person")
    held = offices[(offices["since"] <= offices["date"]) & (offices["until"].isna() | (offices["until"] >= offices["date"]))]
    held = held.drop_duplicates(["person", "value"]).sort_values("place", kind="stable")
    return held.groupby("person", sort=False)["value"].agg("; ".join).rename("office").reset_index()


def _hold(person, letters, direction, messages):
    """The letters of each person at the other end: ``person, message_id, joint``."""
    if direction not in DIRECTIONS:
        raise CorpusError(f"direction is {' or '.join(DIRECTIONS)}, not {direction!r}.")
    own, other = DIRECTIONS[direction]
    table = letters.messages
    if messages is not None:
        require_messages(as_list(messages), table["message_id"])
        table = table[table["message_id"].isin(as_list(messages))]
    names = table[[own, other]].fillna("").apply(lambda column: column.str.split("|"))
    mine = table[["message_id"]].assign(person=names[other], joint=names[other].str.len() > 1)[[person in each for each in names[own]]]
    held = mine.explode("person").drop_duplicates(["message_id", "person"])
    held = held[~held["person"].isin([person, ""])]
    if held.empty:
        raise CorpusError(f"{person!r} has {direction} no letter among these. Names stand in the columns sender and recipient of messages.")
    return held


def _join(held):
    """The same, those who have the same letters under one name."""
    ids = held.groupby("person", sort=False)["message_id"].agg("|".join)
    names = ids.index.to_series().groupby(ids, sort=False).transform("|".join)
    return held.assign(person=held["person"].map(names)).drop_duplicates(["message_id", "person"])


def _measure(name, held, dimensions, terms, styles, views):
    """The rows of one person, a measure each; ``bound`` gives the limits at any level."""
    ids = held["message_id"]
    about = {
        "person": name, "n": len(ids), "words": styles.loc[ids, "words"].sum(), "seen": describe_side(views.loc[ids]),
        "joint": int(held["joint"].sum()), "messages": "|".join(ids),
    }  # fmt: skip
    for dimension in dimensions:
        own = terms[(terms["dimension"] == dimension) & terms["message_id"].isin(ids)]
        row = {"measure": dimension, "unit": UNIT, "count": own["n"].sum(), "value": own["rate"].mean(), "method": RATES}
        yield about | row | {"bound": partial(bound_mean_rate, own["n"], own["words"] / PER)}
    for style in ("words", *STYLES):
        values = styles.loc[ids, style].dropna()
        row = {"measure": style, "unit": STYLE_UNITS[style], "n": len(values), "count": math.nan, "value": values.mean(), "method": VALUES}
        # There are no fewer than 0 words; a score can be below 0.
        yield about | row | {"bound": partial(bound_mean, values, least=0.0 if row["unit"] == "words" else -math.inf)}


def _rank(rows, least):
    """The rows of one measure with intervals and ranks, by rank."""
    low, high = _bound(rows["bound"], LEVEL)
    taking = ((rows["n"] >= least) & rows["value"].notna()).to_numpy()
    best, worst = _rank_bounds(rows["bound"].where(taking), taking.sum())
    rows = rows.assign(
        low=low, high=high, rank=rows["value"].where(taking).rank(ascending=False, method="min"), rank_best=best, rank_worst=worst,
        ranked=int(taking.sum()), method=rows["method"].mask(np.isnan(low), TOO_FEW),
        covers=np.where(np.isnan(low), COVERS_NOTHING, COVERS),
    )  # fmt: skip
    return rows.sort_values(["rank", "value", "person"], ascending=[True, False, True])


def _rank_bounds(bounds, ranked):
    """The first and the last rank that chance leaves to each who takes part: ahead are surely those who begin where this one has ended."""
    low, high = _bound(bounds, 1 - (1 - LEVEL) / max(ranked, 1))
    # An interval that is not known excludes no rank.
    ahead, behind = (low[None, :] > high[:, None]).sum(axis=1), (high[None, :] < low[:, None]).sum(axis=1)
    takes = bounds.notna().to_numpy()
    return np.where(takes, 1.0 + ahead, math.nan), np.where(takes, float(ranked) - behind, math.nan)


def _bound(bounds, level):
    limits = [bound(level=level) if callable(bound) else (math.nan, math.nan) for bound in bounds]
    return np.array(limits, dtype=float).T
