"""Which letters show a habit, and which could have shown it: forms of address, opening lines, formulas, repeated phrases.

The evidence states are those of the record: *attested* (in the sender's own words), *reported* (retold, or by hearsay), *absent* (its
place was seen, and it is not there), *not observable*. Whether a letter ``could_show`` a habit does not depend on whether it
does: a newspaper that quotes a wish for health would not have quoted its absence, so that it counts for neither side.
"""

import pandas as pd

from comity.evidence import between
from comity.habits.addresses import find_addresses, find_openings
from comity.habits.phrases import find_phrases_said, find_wordings

KINDS = ("opening line", "form of address", "formula", "repeated phrase")

_ABOUT = ["message_id", "date", "sender", "recipient", "occasion"]
_SEEN = ["kind", "habit", "element", "slot", "state", "polarity", "could_show", "versions", "as_printed", "reason"]


def find_habits(letters, sender, recipient=None, frames=("letter",), kinds=KINDS, formulas=None):
    """Say of every letter of a sender and every habit of his whether it is there, and whether the letter could have shown it.

    Habits are the opening line; every form of address that he ever uses to this recipient, in each slot; the formulas of the
    lexicon; and the phrases that he repeats, where texts are at hand. A letter could show a form of address in a slot that is
    seen, in the sender's language or, an epithet, in any; an opening line where the outlet is not known to leave it out; a formula or
    phrase where a version is whole and its words are known: in direct speech, or in any where ``frames`` has *reported*.

    In: ``letters`` as `gather_letters` gives them; ``recipient``: whose forms of address are looked for, and to whom (None: all);
    ``kinds``, some of KINDS; ``formulas``, a lexicon other than ours. Columns out: ``message_id, date, sender, recipient, occasion,
    kind, habit, element`` (of a form), ``slot`` (salutation, body, close; blank where the letter counts as a whole), ``state, polarity``
    (see `find_evidence`), ``could_show`` (whether absence would have been seen), ``versions, as_printed, reason``; one row a
    message, habit and slot, by date.

    >>> from comity import gather_letters, read_corpus, read_measurements
    >>> letters = gather_letters(read_measurements(), read_corpus())
    >>> habits = find_habits(letters, "Kim Jong Un", "Xi Jinping", kinds=["formula"])
    >>> habits.query("habit == 'wish for health' and date.dt.year == 2024")[["state", "could_show"]].drop_duplicates().values.tolist()
    [['not observable', False], ['absent', True]]
    """
    messages = between(letters.corpus.messages, sender, recipient)
    found = {
        "opening line": lambda: find_openings(letters.corpus, messages),
        "form of address": lambda: find_addresses(letters.corpus, messages),
        "formula": lambda: find_wordings(letters, messages, frames, formulas),
        "repeated phrase": lambda: find_phrases_said(letters, messages, frames),
    }
    rows = pd.concat([found[kind]().assign(kind=kind) for kind in kinds])
    table = messages[_ABOUT].merge(rows.reindex(columns=["message_id", *_SEEN]), on="message_id").astype({"could_show": bool})
    order = table.assign(rank=table["kind"].map(list(KINDS).index))
    return order.sort_values(["date", "message_id", "rank", "habit", "slot"], kind="stable", ignore_index=True)[[*_ABOUT, *_SEEN]]
