"""How much of a letter its sender has written before, and which of its words are new."""

from collections import defaultdict

import pandas as pd

from comity.evidence import joined
from comity.habits.sightings import FRAMES, require
from comity.letters import choose_versions
from comity.style import find_token_spans

COLUMNS = [
    "message_id", "date", "recipient", "version_id", "tokens", "repeated", "share", "phrases", "earlier_texts", "earlier", "new", "new_share",
    "new_words",
]  # fmt: skip

# The words of a version that mixes direct and indirect speech.
MIXED = "mixed"


def measure_repetition(letters, sender, frames=("letter",), most=12):
    """Measure for each letter of a sender how much of it stands in phrases of his earlier letters, and which words are new.

    A phrase is a sequence of three to twelve words that neither begins nor ends with a word of grammar (see `find_repeated`); only
    letters whose text was measured have any. New is a word that no earlier letter of the sender has, to anybody, of those whose words are
    known in the same language; of the first letters nearly all are new, so read it beside ``earlier``.

    In: ``letters`` as `gather_letters` gives them, with ``repeated``; ``frames`` of letter, reported, mixed. Columns out: ``message_id,
    date, recipient, version_id`` (the version that shows most in these frames), ``tokens`` (its words), ``repeated`` (of these, inside
    a phrase of an earlier letter; blank where no text was measured, or no phrase that anybody repeats is known: they were not looked
    for), ``share`` (of the tokens; NaN where ``repeated`` is blank), ``phrases`` (joined by ``|``, the longest first),
    ``earlier_texts`` (letters before it whose text was measured in its language, where alone phrases can be found), ``earlier``
    (letters before it whose words are known in its language), ``new`` (different words that are new), ``new_share`` (of its different
    words), ``new_words`` (the ``most`` most frequent); one row a letter that has words in these frames, by date.
    Errors: CorpusError for frames that do not exist.

    >>> from comity import gather_letters, read_corpus, read_measurements
    >>> letters = gather_letters(read_measurements(), read_corpus())
    >>> found = measure_repetition(letters, "Kim Jong Un").set_index("message_id")
    >>> bool(found.at["kim-xi-2024-10-06", "share"] > found.at["kim-putin-2024-10-07", "share"])
    True
    """
    require(frames, "frames", (*FRAMES, MIXED))
    messages = letters.messages[letters.messages["sender"] == sender].sort_values(["date", "message_id"])
    about, spoken = messages[["message_id", "date", "recipient"]], letters.corpus.versions[["version_id", "language"]]
    chosen = choose_versions(letters, list(messages["message_id"]), frames).merge(about, on="message_id").merge(spoken, "left", on="version_id")
    words, phrases = _words(letters, about, spoken, frames), _phrases(letters, about, frames)
    texts = set(letters.lengths.loc[letters.lengths["basis"] == "text", "version_id"]) if len(letters.repeated) else set()
    rows = [
        _row(row, words[row.version_id, row.language], phrases[row.version_id], row.version_id in texts, most)
        for row in chosen.sort_values(["date", "message_id"]).itertuples(index=False)
    ]
    table = pd.DataFrame(rows, columns=COLUMNS)
    known = _known(letters, about, spoken)
    before = {"earlier_texts": known[known["version_id"].isin(texts)], "earlier": known}
    counts = {name: table["message_id"].map(_count_earlier(rows, chosen)).astype("int64") for name, rows in before.items()}
    return table.assign(**counts).astype({"repeated": "Int64", "share": "float64", "new_share": "float64"})


def _known(letters, about, spoken):
    """The words of the sender that are known, with day and language."""
    counts = letters.token_counts[letters.token_counts["frame"].isin([*FRAMES, MIXED])]
    return counts.merge(about[["message_id", "date"]], on="message_id").merge(spoken, "left", on="version_id")


def _words(letters, about, spoken, frames):
    """By version and language the words of these frames, each with whether an earlier letter has it."""
    counts = _known(letters, about, spoken)
    counts = counts.assign(first=counts.groupby(["language", "token"])["date"].transform("min"))
    mine = counts[counts["frame"].isin(frames)].assign(new=lambda rows: ~(rows["first"] < rows["date"]))
    return defaultdict(lambda: mine.iloc[:0], list(mine.groupby(["version_id", "language"])))


def _phrases(letters, about, frames):
    """By version the phrases of these frames that an earlier letter has."""
    if "message_id" not in letters.repeated:
        return defaultdict(lambda: pd.DataFrame(columns=["phrase", "start", "matched"]))
    said = letters.repeated.merge(about[["message_id", "date"]], on="message_id")
    again = said[said["frame"].isin(frames) & (said.groupby("phrase")["date"].transform("min") < said["date"])]
    return defaultdict(lambda: again.iloc[:0], list(again.groupby("version_id")))


def _count_earlier(known, chosen):
    """How many letters before each have words in its language among these."""
    known = known.drop_duplicates(["message_id", "language"])
    days = {language: mine["date"].dropna().sort_values() for language, mine in known.groupby("language")}
    return {row.message_id: int(days[row.language].searchsorted(row.date)) if row.language in days and pd.notna(row.date) else 0 for row in chosen.itertuples()}


def _row(letter, words, again, measured, most):
    new = words[words["new"]].sort_values(["n", "token"], ascending=[False, True])
    tokens, different = int(words["n"].sum()), words["token"].nunique()
    repeated = len({place for row in again.itertuples() for place in _places(row)}) if measured else pd.NA
    return {
        "message_id": letter.message_id, "date": letter.date, "recipient": letter.recipient, "version_id": letter.version_id, "tokens": tokens,
        "repeated": repeated, "share": repeated / tokens if measured and tokens else float("nan"),
        "phrases": joined(sorted(again["phrase"], key=lambda phrase: (-len(phrase.split()), phrase))), "earlier_texts": 0, "earlier": 0,
        "new": new["token"].nunique(), "new_share": new["token"].nunique() / different if different else float("nan"),
        "new_words": "|".join(new["token"].head(most)),
    }  # fmt: skip


def _places(row):
    """Where the words of a phrase begin in the text."""
    return [row.start + start for start, _, _ in find_token_spans(row.matched)]
