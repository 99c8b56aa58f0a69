"""What was left unsaid: the habits of a sender that one of his letters lacks, and what in it is new."""

import pandas as pd

from comity.errors import CorpusError
from comity.evidence import joined
from comity.habits.sightings import KINDS, find_habits
from comity.habits.surprise import MODEL, measure_surprise

COLUMNS = [
    "change", "kind", "habit", "element", "slot", "state", "where", "has", "letters", "surprise", "low", "high", "lacking", "first", "last",
    "missing_since", "again", "quoted", "others_have", "others", "as_printed", "versions", "reason", "method",
]  # fmt: skip
CHANGES = ("missing", "new", "kept", "only to others", "not seen")

# A phrase is a habit towards somebody where so many letters to him have it.
REPEATED = 2

_SAME = ["kind", "habit", "element", "slot"]


def find_omissions(message, letters, frames=("letter",), match=None, kinds=KINDS, formulas=None):
    """Find what a letter lacks of its sender's habits towards this recipient, how surprising that is, and what in it is new.

    The history is every earlier letter of the sender to the recipient; with ``match="occasion"`` those on the same occasion. Only
    letters that could have shown a habit count, whether they have it or not: see `find_habits`. So for a habit that cannot be
    seen to be missing anywhere nothing is reckoned. The measure of surprise: `measure_surprise`.

    In: a message id; ``letters`` as `gather_letters` gives them; ``frames`` (letter: direct speech; with reported also what is
    retold); ``kinds``, some of opening line, form of address, formula, repeated phrase; ``formulas``, a lexicon other than ours.
    Columns out: ``change`` (*missing*; *new*; *kept*; *only to others*: never to this recipient, but to others in the
    same year; *not seen*), ``kind, habit, element, slot, state`` (in this letter), ``where`` (of what is missing: *the letter*; *the
    letter, it is said*; *the version seen*: the letter may have it), ``has, letters`` (how many earlier letters have it, of those that
    could have shown it), ``surprise`` (of what is missing, the probability that the next letter lacks it; of what is new, that it
    has it; NaN else), ``low, high`` (95 %, of the rate at which earlier letters did so), ``lacking`` (the probability that the next letter lacks the habit, whatever this one
    does: summed over habits, how many are missing by chance alone), ``first, last`` (days on which it is seen in the
    earlier letters, in direct speech), ``missing_since`` (the first letter after ``last`` that is seen without it, up to this one),
    ``again`` (the first later letter that has it), ``quoted`` (earlier letters that have it but could not have shown its absence: quoted or
    retold), ``others_have, others`` (the same as ``has, letters``, of the letters to other people in the same year), ``as_printed, versions,
    reason`` (of this letter), ``method``; one row a habit and slot, what is missing and most surprising first.
    Errors: CorpusError for an unknown message or ``match``.

    >>> from comity import gather_letters, read_corpus, read_measurements
    >>> letters = gather_letters(read_measurements(), read_corpus())
    >>> found = find_omissions("kim-xi-2024-10-06", letters).set_index(["kind", "habit", "slot"])
    >>> found.loc[("opening line", "an opening line", "salutation"), ["change", "where"]].tolist()
    ['missing', 'the version seen']
    >>> found.loc[("formula", "wish for health", "close"), ["change", "where"]].tolist()
    ['missing', 'the letter']
    """
    if match not in (None, "occasion"):
        raise CorpusError(f"match is None or 'occasion', not {match!r}.")
    known = letters.messages[letters.messages["message_id"] == message]
    if known.empty:
        raise CorpusError(f"There is no message {message!r}. The table of messages names {len(letters.messages):,} by message_id.")
    about = known.iloc[0]
    habits = find_habits(letters, about["sender"], None, frames, kinds, formulas)
    habits = habits.assign(has=_has(habits, frames))
    theirs = habits["recipient"] == about["recipient"]
    year = habits["date"].dt.year == about["date"].year
    rows = [
        _row(key, here, mine, others)
        for key, here, mine, others in _parted(habits, habits["message_id"] == message, theirs & _matched(habits, about, match), ~theirs & year, about)
    ]
    table = pd.DataFrame([row for row in rows if row], columns=COLUMNS)
    order = table.assign(rank=table["change"].map(CHANGES.index), unsure=table["surprise"].isna())
    return order.sort_values(["rank", "unsure", "surprise", "kind", "habit", "slot"], ignore_index=True)[COLUMNS]


def _has(habits, frames):
    retold = (habits["state"] == "reported") & (habits["polarity"] == "present") & ("reported" in frames)
    return (habits["state"] == "attested") | retold


def _matched(habits, about, match):
    return habits["occasion"] == about["occasion"] if match else pd.Series(True, habits.index)


def _parted(habits, here, theirs, others, about):
    """For each habit its row of this letter, the rows of the recipient's letters, and those of others in the same year."""
    tables = (habits[theirs & ~here], habits[others])
    to_recipient, to_others = (dict(list(table.groupby(_SAME, sort=False))) for table in tables)
    for row in habits[here].itertuples(index=False):
        key = tuple(getattr(row, name) for name in _SAME)
        mine = to_recipient.get(key, habits.iloc[:0])
        yield key, row, (mine[mine["date"] < about["date"]], mine[mine["date"] > about["date"]]), to_others.get(key, habits.iloc[:0])


def _row(key, here, mine, others):
    before, after = mine
    seen, elsewhere = before[before["could_show"]], others[others["could_show"]]
    has, others_have = int(seen["has"].sum()), int(elsewhere["has"].sum())
    change, where = _change(here, bool(before["has"].any()), bool(others_have), here.has)
    if not change or (here.kind == "repeated phrase" and before["has"].sum() + here.has < REPEATED):
        return None
    times = {"missing": len(seen) - has, "new": has}.get(change)
    surprise = measure_surprise(times, len(seen)) if times is not None and where != "the version seen" else measure_surprise(0, 0)
    lacking = measure_surprise(len(seen) - has, len(seen)).probability if where != "the version seen" else float("nan")
    return dict(zip(_SAME, key, strict=True)) | _days(here, before, after) | {
        "change": change, "state": here.state, "where": where, "has": has, "letters": len(seen), "surprise": surprise.probability,
        "low": surprise.low, "high": surprise.high, "lacking": lacking, "quoted": int((before["has"] & ~before["could_show"]).sum()),
        "others_have": others_have, "others": len(elsewhere), "as_printed": here.as_printed, "versions": here.versions,
        "reason": here.reason, "method": MODEL if surprise.probability == surprise.probability else "",
    }  # fmt: skip


def _change(here, had, others_have, has):
    """What this letter does with a habit, and of what is missing, from where; empty where the habit is no habit."""
    if has:
        return ("kept" if had else "new"), ""
    if not had:
        return ("only to others", "") if others_have else ("", "")
    if here.state == "absent":
        return "missing", "the letter"
    if here.state == "reported" and here.polarity == "absent":
        return "missing", "the letter, it is said"
    if here.kind == "opening line" and here.versions:
        return "missing", "the version seen"
    return "not seen", ""


def _days(here, before, after):
    """When a habit was seen: first and last before this letter, since when it is missed, and when it came back."""
    had = before[before["has"]]["date"]
    last = had.max()
    without = before[(before["date"] > last) & before["could_show"] & ~before["has"]]["date"]
    lacking = [*without, *([here.date] if here.state == "absent" or here.polarity == "absent" else [])]
    return {
        "first": had.min(), "last": last, "missing_since": min(lacking) if lacking and not here.has else pd.NaT,
        "again": after[after["has"]]["date"].min(),
    }
