"""How much of a letter its sender has written before, and which of its words are new."""

import pandas as pd

from comity.evidence import joined
from comity.letters import choose_versions
from comity.style import find_token_spans

COLUMNS = ["message_id", "date", "recipient", "version_id", "tokens", "repeated", "share", "phrases", "earlier", "new", "new_share", "new_words"]


def measure_repetition(letters, sender, frames=("letter",), most=12):
    """Measure for each letter of a sender how much of it stands in phrases of his earlier letters, and which words are new.

    A phrase is a sequence of three to twelve words that neither begins nor ends with a word of grammar (see `find_repeated`); only
    letters whose text was measured have any. New is a word that no earlier letter of the sender has, to anybody, of those whose words are
    known; of the first letters nearly all are new, so read it beside ``earlier``.

    In: ``letters`` as `gather_letters` gives them, with ``repeated``. Columns out: ``message_id, date, recipient, version_id``
    (the version that shows most in these frames), ``tokens`` (its words), ``repeated`` (of these, inside a phrase of an earlier
    letter), ``share`` (of the tokens; NaN where no text was measured), ``phrases`` (joined by ``|``, the longest first), ``earlier``
    (letters before it whose words are known), ``new`` (different words that are new), ``new_share`` (of its different words),
    ``new_words`` (the ``most`` most frequent); one row a letter that has words in these frames, by date.

    >>> from comity import gather_letters, read_corpus, read_measurements
    >>> letters = gather_letters(read_measurements(), read_corpus())
    >>> found = measure_repetition(letters, "Kim Jong Un").set_index("message_id")
    >>> bool(found.at["kim-xi-2024-10-06", "share"] > found.at["kim-putin-2024-10-07", "share"])
    True
    """
    messages = letters.messages[letters.messages["sender"] == sender].sort_values(["date", "message_id"])
    chosen = choose_versions(letters, list(messages["message_id"]), frames).merge(messages[["message_id", "date", "recipient"]], on="message_id")
    counts = letters.token_counts[letters.token_counts["frame"].isin([*frames, "mixed", "reported"])].merge(messages[["message_id", "date"]], on="message_id")
    said = letters.repeated.merge(messages[["message_id", "date"]], on="message_id")
    texts = set(letters.lengths.loc[letters.lengths["basis"] == "text", "version_id"])
    rows = [_row(row, counts, said, texts, frames, most) for row in chosen.sort_values(["date", "message_id"]).itertuples(index=False)]
    return pd.DataFrame(rows, columns=COLUMNS)


def _row(letter, counts, said, texts, frames, most):
    mine = counts[(counts["version_id"] == letter.version_id) & counts["frame"].isin(frames)]
    before = counts[counts["date"] < letter.date]
    new = mine[~mine["token"].isin(before["token"])].sort_values(["n", "token"], ascending=[False, True])
    again = _again(letter, said, frames)
    tokens, different = int(mine["n"].sum()), mine["token"].nunique()
    repeated = len({place for row in again.itertuples() for place in _places(row)})
    return {
        "message_id": letter.message_id, "date": letter.date, "recipient": letter.recipient, "version_id": letter.version_id, "tokens": tokens,
        "repeated": repeated, "share": repeated / tokens if letter.version_id in texts and tokens else float("nan"),
        "phrases": joined(sorted(again["phrase"], key=lambda phrase: (-len(phrase.split()), phrase))), "earlier": before["message_id"].nunique(),
        "new": new["token"].nunique(), "new_share": new["token"].nunique() / different if different else float("nan"),
        "new_words": "|".join(new["token"].head(most)),
    }  # fmt: skip


def _again(letter, said, frames):
    """The phrases of this version that stand in an earlier letter."""
    earlier = said[said["date"] < letter.date]["phrase"]
    return said[(said["version_id"] == letter.version_id) & said["frame"].isin(frames) & said["phrase"].isin(earlier)]


def _places(row):
    """Where the words of a phrase begin in the text."""
    return [row.start + start for start, _, _ in find_token_spans(row.matched)]
