"""Which letters show a habit, and which could have shown it: forms of address, opening lines, formulas, repeated phrases.

The evidence states are those of the record: *attested* (in the sender's own words), *reported* (retold, or by hearsay), *absent* (its
place was seen, and it is not there), *not observable*. A newspaper that quotes a wish for health would not have quoted its absence,
so that it counts for neither side. Whether a letter ``could_show`` an opening line, a formula or a phrase does not depend on
whether it has it. For a form of address it does: a body that only says "you" shows in a translation nothing, and a translation that
has another epithet hides which one it renders. So the share of letters that have a form is a share of those whose place is
seen and which name the person there; among all letters it is smaller, and that one lacks it is less surprising than it seems.
"""

import pandas as pd

from comity.errors import CorpusError
from comity.evidence import between
from comity.habits.addresses import find_addresses, find_openings
from comity.habits.phrases import find_phrases_said, find_wordings

KINDS = ("opening line", "form of address", "formula", "repeated phrase")
FRAMES = ("letter", "reported")

_ABOUT = ["message_id", "date", "sender", "recipient", "occasion"]
_SEEN = ["kind", "habit", "element", "slot", "state", "polarity", "could_show", "where", "versions", "as_printed", "reason"]


def find_habits(letters, sender, recipient=None, frames=("letter",), kinds=KINDS, formulas=None):
    """Say of every letter of a sender and every habit of his whether it is there, and whether the letter could have shown it.

    Habits are the opening line; every form of address that these letters have for their recipients, in each slot; the formulas of the
    lexicon; and the phrases that he repeats in them, where texts are at hand. A letter could show a form of address in a slot that is
    seen, in the sender's language or, an epithet, in any, unless another epithet may hide it; an opening line where the outlet is not
    known to leave it out; a formula or phrase where a version is whole and its words are known (its text was measured, or its words were
    counted; a closing line that was transcribed shows what it has, and not what the rest of the letter lacks), in a language in which
    the lexicon has the formula, or the phrase was found: in direct speech, or in any where ``frames`` has *reported*.

    In: ``letters`` as `gather_letters` gives them; ``recipient``: to whom the letters are (None: to anybody); ``frames``: letter, and
    where wanted reported; ``kinds``, some of KINDS; ``formulas``, a lexicon other than ours (a table or a file). Columns out:
    ``message_id, date, sender, recipient, occasion, kind, habit, element`` (of a form), ``slot`` (salutation, body, close; unplaced:
    nobody says where; blank where the letter counts as a whole), ``state, polarity`` (see `find_evidence`), ``could_show`` (whether
    absence would have been seen), ``where`` (from what it is missing: see `find_omissions`), ``versions, as_printed, reason``; one row
    a message, habit and slot, by date.
    Errors: CorpusError for kinds or frames that do not exist, and for a lexicon that cannot be used.

    >>> from comity import gather_letters, read_corpus, read_measurements
    >>> letters = gather_letters(read_measurements(), read_corpus())
    >>> habits = find_habits(letters, "Kim Jong Un", "Xi Jinping", kinds=["formula"])
    >>> habits.query("habit == 'wish for health' and date.dt.year == 2024")[["state", "could_show"]].drop_duplicates().values.tolist()
    [['not observable', False], ['absent', True]]
    """
    require(kinds, "kinds", KINDS)
    require(frames, "frames", FRAMES)
    return judge_habits(letters, between(letters.corpus.messages, sender, recipient), frames, kinds, formulas)


def require(values, name, known):
    """Raise CorpusError where not some of the known values are asked for."""
    if isinstance(values, str) or not pd.api.types.is_list_like(values) or not len(values):
        raise CorpusError(f"{name} is {values!r}. It is a list of some of: {', '.join(known)}.")
    unknown = [value for value in values if value not in known]
    if unknown:
        raise CorpusError(f"{name} has {unknown[0]!r}. It may have: {', '.join(known)}.")


def judge_habits(letters, messages, frames, kinds, formulas, of=None):
    """The same for a table of messages; ``of``: the messages whose phrases are looked for, where not those of all."""
    found = {
        "opening line": lambda: find_openings(letters.corpus, messages),
        "form of address": lambda: find_addresses(letters.corpus, messages),
        "formula": lambda: find_wordings(letters, messages, frames, formulas),
        "repeated phrase": lambda: find_phrases_said(letters, messages, frames, of),
    }
    rows = pd.concat([found[kind]().assign(kind=kind) for kind in dict.fromkeys(kinds)]).reindex(columns=["message_id", *_SEEN])
    table = messages[_ABOUT].merge(rows, on="message_id").astype(dict.fromkeys(_SEEN, "str") | {"could_show": bool})
    order = table.assign(rank=table["kind"].map(list(KINDS).index))
    return order.sort_values(["date", "message_id", "rank", "habit", "slot"], kind="stable", ignore_index=True)[[*_ABOUT, *_SEEN]]
