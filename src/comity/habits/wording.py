"""Omissions as a reader wants them: what a habit is called, in how many letters, how probable."""

from comity.rounding import rounded
from comity.slots import PLACES


def word_omissions(table):
    """Put the numbers of omissions into words.

    Columns in: as `find_omissions` gives them. Columns out: the same, and ``label`` (the habit with its part of the letter, for a form
    of address), ``here`` (the change; of what is first seen, why it need not be new), ``of`` ("3 of 5": letters that have it, of those that
    could have shown it; in words where none has it), ``others_of`` (the same, of the letters to
    others), ``chance`` ("0.12 (0.00 to 0.71)": the probability and the interval of the rate; blank where nothing is reckoned).

    >>> from comity import find_omissions, gather_letters, read_corpus, read_measurements
    >>> letters = gather_letters(read_measurements(), read_corpus())
    >>> word_omissions(find_omissions("kim-xi-2024-10-06", letters)).set_index("label").loc["respected, opening line", "of"]
    '5 of 6'
    """
    slot = table["slot"].replace(PLACES).where(table["kind"] == "form of address", "")
    label = [f"{habit}, {place}" if place else habit for habit, place in zip(table["habit"], slot, strict=True)]
    chance = [
        "" if probability != probability else f"{rounded(probability, '.2f')} ({rounded(low, '.2f')} to {rounded(high, '.2f')})"
        for probability, low, high in zip(table["surprise"], table["low"], table["high"], strict=True)
    ]
    here = [_here(row) for row in table.to_dict("records")]
    return table.assign(label=label, here=here, of=_of(table, "has", "letters"), others_of=_of(table, "others_have", "others"), chance=chance)


def _here(row):
    """What a letter does with a habit. What is first seen in the sender's own words may be old: quoted, retold, or in another place."""
    if row["change"] == "first seen" and row["quoted"]:
        return f"not new: quoted or retold in {_letters(row['quoted'])}"
    if row["change"] == "first seen" and row["elsewhere"]:
        return f"new in this place: {_letters(row['elsewhere'])} had it in another"
    return "first seen: no earlier letter could show it" if row["change"] == "first seen" else row["change"]


def _letters(number):
    return f"{number} earlier letter{'s' * (number != 1)}"


def _of(table, part, whole):
    return [_share(some, all_) for some, all_ in zip(table[part], table[whole], strict=True)]


def _share(some, all_):
    if some or not all_:
        return f"{some} of {all_}" if all_ else ""
    return f"none of {all_}" if all_ > 1 else "could be seen in one letter, not there"
