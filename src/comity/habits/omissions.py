"""What was left unsaid: the habits of a sender that one of his letters lacks, and what in it is new."""

import math
from functools import cache

import numpy as np
import pandas as pd

from comity.errors import CorpusError, require_messages
from comity.evidence import between
from comity.habits.sightings import FRAMES, KINDS, judge_habits, require
from comity.habits.surprise import MODEL, measure_surprise
from comity.measure.occasions import NOT_STATED
from comity.slots import UNPLACED

COLUMNS = [
    "change", "kind", "habit", "element", "slot", "state", "where", "has", "letters", "surprise", "low", "high", "lacking", "first", "last",
    "missing_since", "again", "quoted", "elsewhere", "others_have", "others", "as_printed", "versions", "reason", "method",
]  # fmt: skip
CHANGES = ("missing", "new", "first seen", "kept", "only to others", "not seen")

# A phrase is a habit towards somebody where so many letters to him have it.
REPEATED = 2

# What is cut from a version may stand in the letter.
CUT = "the version seen"

_HABIT = ["kind", "habit", "element"]
_COUNTS = ["has", "letters", "had", "quoted", "others_have", "others"]
_REACH = {"surprise": "probability", "low": "low", "high": "high"}
_DAYS = ["first", "last", "missing_since", "again"]


def find_omissions(message, letters, frames=("letter",), match=None, kinds=KINDS, formulas=None):
    """Find what a letter lacks of its sender's habits towards this recipient, how surprising that is, and what in it is new.

    The history is every earlier letter of the sender to the recipient, joint ones to the same people; with ``match="occasion"`` those on
    the same occasion, which must be stated. Only letters that could have shown a habit count, whether they have it or not: see
    `find_habits`, which also says which way the share is biased for forms of address. So for a habit that cannot be seen to be missing anywhere nothing is
    reckoned. The measure of surprise: `measure_surprise`.

    In: a message id; ``letters`` as `gather_letters` gives them; ``frames`` (letter: direct speech; with reported also what is
    retold); ``kinds``, some of opening line, form of address, formula, repeated phrase; ``formulas``, a lexicon other than ours.
    Columns out: ``change`` (*missing*; *new*: earlier letters could have shown it, and none has it in any place or voice; *first
    seen*: it is here, and in this place not seen before in the sender's own words, but ``letters, quoted, elsewhere`` tell why it need
    not be new; *kept*; *only to others*: never to this recipient, but to others in the same year; *not seen*), ``kind, habit, element,
    slot, state`` (in this letter), ``where`` (of what is missing: *the letter*: an original seen whole, or a form that every translation would show;
    *the translation seen*: only translations are seen whole, and a translator may have dropped it; *the text seen*: nobody says
    whether it is a translation; *the letter, it is said*; *the version seen*: its place is cut from what is printed, the letter may have
    it), ``has, letters`` (how many earlier letters have it, of those that
    could have shown it), ``surprise`` (of what is missing, the probability that the next letter lacks it, also where it is missing from a
    translation: the earlier letters were seen in versions of the same kind; of what is new, that it
    has it; NaN else), ``low, high`` (95 %, of the rate at which earlier letters did so), ``lacking`` (the probability that the next letter lacks the habit, whatever this one
    does: summed over habits, how many are missing by chance alone), ``first, last`` (days on which it is seen in the
    earlier letters, in direct speech), ``missing_since`` (the first letter after ``last`` that is seen without it, up to this one),
    ``again`` (the first later letter that has it), ``quoted`` (earlier letters that have it but could not have shown its absence: quoted or
    retold), ``elsewhere`` (earlier letters that have it only in another part of the letter, in whatever voice), ``others_have, others`` (the same as ``has, letters``, of the letters of the same calendar year, earlier and later, to other
    people, joint letters with this recipient left out), ``as_printed, versions,
    reason`` (of this letter), ``method``; one row a habit and slot, what is missing and most surprising first.
    Errors: CorpusError for an unknown message or ``match``, and as for `find_habits`.

    >>> from comity import gather_letters, read_corpus, read_measurements
    >>> letters = gather_letters(read_measurements(), read_corpus())
    >>> found = find_omissions("kim-xi-2024-10-06", letters).set_index(["kind", "habit", "slot"])
    >>> found.loc[("opening line", "an opening line", "salutation"), ["change", "where"]].tolist()
    ['missing', 'the version seen']
    >>> found.loc[("formula", "wish for health", "close"), ["change", "where"]].tolist()
    ['missing', 'the translation seen']
    """
    require(kinds, "kinds", KINDS)
    require(frames, "frames", FRAMES)
    about = _about(message, letters, match)
    messages = between(letters.corpus.messages, about["sender"])
    side = _sides(messages, about, match)
    habits = judge_habits(letters, messages, frames, kinds, formulas, of=messages.loc[side.isin(["here", "before", "after"]), "message_id"])
    present = (habits["state"] == "attested") | ((habits["state"] == "reported") & (habits["polarity"] != "absent"))
    has = present & ((habits["state"] == "attested") | ("reported" in frames))
    side = habits["message_id"].map(dict(zip(messages["message_id"], side, strict=True)))
    habits = habits.assign(side=side, present=present, has=has, key=habits.groupby([*_HABIT, "slot"], sort=False).ngroup())
    rows = _reckon(_changed(_with_history(habits)))
    order = rows.assign(rank=rows["change"].map(CHANGES.index), unsure=rows["surprise"].isna())
    return order.sort_values(["rank", "unsure", "surprise", "kind", "habit", "slot"], ignore_index=True)[COLUMNS]


def _about(message, letters, match):
    if match not in (None, "occasion"):
        raise CorpusError(f"match is None or 'occasion', not {match!r}.")
    require_messages([message], letters.messages["message_id"])
    return letters.messages[letters.messages["message_id"] == message].iloc[0]


def _sides(messages, about, match):
    """What each message of the sender is to this one: here, before, after (to the same people), others (of the year), or nothing."""
    people, mine = messages["recipient"].map(_people), _people(about["recipient"])
    theirs = people == mine
    if match:
        theirs &= (messages["occasion"] == about["occasion"]) & (about["occasion"] not in ("", NOT_STATED))
    year = messages["date"].dt.year == about["date"].year
    return pd.Series(np.select(
        [messages["message_id"] == about["message_id"], theirs & (messages["date"] < about["date"]), theirs & (messages["date"] > about["date"]),
         year & people.map(mine.isdisjoint)], ["here", "before", "after", "others"], "",
    ), messages.index)  # fmt: skip


def _people(recipient):
    return frozenset(recipient.split("|"))


def _with_history(habits):
    """The habits in this letter, each with what the other letters show of it."""
    before, after, others = (habits[habits["side"] == side] for side in ("before", "after", "others"))
    seen, elsewhere, had = before[before["could_show"]], others[others["could_show"]], before[before["has"]]
    told, last = before[before["present"]], had.groupby("key")["date"].max()
    without = seen[~seen["has"] & (seen["date"] > last.reindex(seen["key"]).array)]
    facts = {
        "has": seen.groupby("key")["has"].sum(), "letters": seen.groupby("key").size(), "had": had.groupby("key").size(),
        "quoted": told[~told["could_show"]].groupby("key").size(), "first": had.groupby("key")["date"].min(), "last": last,
        "missing_since": without.groupby("key")["date"].min(), "again": after[after["has"]].groupby("key")["date"].min(),
        "others_have": elsewhere.groupby("key")["has"].sum(), "others": elsewhere.groupby("key").size(),
    }  # fmt: skip
    here = habits[habits["side"] == "here"].rename(columns={"has": "is_here"})
    here = here.assign(**{name: values.reindex(here["key"]).array for name, values in facts.items()})
    here = here.fillna(dict.fromkeys(_COUNTS, 0)).astype(dict.fromkeys(_COUNTS, "int64") | dict.fromkeys(_DAYS, habits["date"].dtype))
    return _in_any_place(here, had, told)


def _in_any_place(here, had, told):
    """The same with what earlier letters have in another place, in any voice. A form of which nobody says where it stands is listed
    only where it is seen in no place, and is a habit where it was one in any."""
    nowhere, has_it = here["slot"] == UNPLACED, told.groupby(_HABIT)["message_id"].nunique()
    there = has_it.reindex(pd.MultiIndex.from_frame(here[_HABIT])).fillna(0).to_numpy()
    same = told.groupby("key")["message_id"].nunique().reindex(here["key"]).fillna(0).to_numpy()
    here = here.assign(elsewhere=(there - same).astype("int64"), known=there > 0)
    here = here.assign(had=here["had"].where(~nowhere, _are_in(here, had).astype("int64")))
    return here[~nowhere | ~_are_in(here, here[here["present"] & ~nowhere])]


def _are_in(here, rows):
    """Whether each habit is among these rows, whatever its place."""
    return pd.Series(pd.MultiIndex.from_frame(here[_HABIT]).isin(list(rows[_HABIT].drop_duplicates().itertuples(index=False, name=None))), here.index)


def _changed(rows):
    """What this letter does with each habit, and of what is missing, from where; what is no habit is left out."""
    here, had = rows["is_here"], rows["had"] > 0
    change = np.select(
        [here & had, here & (rows["letters"] > 0) & ~rows["known"], here, ~had & (rows["others_have"] > 0), had & (rows["where"] != ""), had],
        ["kept", "new", "first seen", "only to others", "missing", "not seen"], "",
    )  # fmt: skip
    seen_without = (rows["state"] == "absent") | (rows["polarity"] == "absent")
    since = rows["missing_since"].fillna(rows["date"].where(seen_without)).where(~here)
    rows = rows.assign(change=change, where=rows["where"].where(change == "missing", ""), missing_since=since)
    once = (rows["kind"] == "repeated phrase") & (rows["had"] + here < REPEATED)
    return rows[(change != "") & ~once]


def _reckon(rows):
    """How surprising each change is, from how many letters did the same."""
    lacks, uncut = rows["letters"] - rows["has"], rows["where"] != CUT
    times = rows["has"].where(rows["change"] == "new", lacks)
    asked = uncut & rows["change"].isin(["missing", "new"])
    surprise = [_surprise(*pair) if is_asked else _surprise(0, 0) for *pair, is_asked in zip(times, rows["letters"], asked, strict=True)]
    lacking = [_surprise(*pair).probability if is_asked else math.nan for *pair, is_asked in zip(lacks, rows["letters"], uncut, strict=True)]
    rows = rows.assign(**{name: [getattr(each, column) for each in surprise] for name, column in _REACH.items()}, lacking=lacking)
    return rows.assign(method=np.where(rows["surprise"].notna(), MODEL, ""))


@cache
def _surprise(times, letters):
    return measure_surprise(times, letters)
