"""The versions of the record of which only the words were counted, as tables of measurements."""

import pandas as pd

from comity.lengths import measure_lengths
from comity.measure.tables import LENGTHS, TOKEN_COUNTS, TONE
from comity.tone import list_forms
from comity.tone.lexicon import NONE

# How the sender's words stand in a version of the record, as frames; of unknown speech they are not told apart either.
FRAMES = {"direct": "letter", "indirect": "reported", "mixed": "mixed", "unknown": "mixed"}


def counted_tokens(corpus) -> pd.DataFrame:
    """The words of the record's counted versions, with message and frame; columns as in `token_counts` of measurements."""
    about = corpus.versions.assign(frame=corpus.versions["speech"].map(FRAMES))[["version_id", "message_id", "frame"]]
    return corpus.token_counts.merge(about, on="version_id").dropna(subset="frame")[TOKEN_COUNTS].astype({"n": "int64"})


def counted_lengths(corpus) -> pd.DataFrame:
    """The lengths of the same versions; readability needs the text, which is not held."""
    bounds = measure_lengths(corpus).set_index("version_id")[["low", "high"]]
    counted = corpus.lengths.drop(columns="extent").merge(corpus.versions[["version_id", "message_id", "speech", "extent"]], on="version_id")
    counted = counted.assign(
        frame=counted["speech"].map(FRAMES), words=counted["whitespace_words"], high=counted["version_id"].map(bounds["high"]),
        mean_sentence=counted["whitespace_words"] / counted["sentences"], warning="only its words were counted: no readability",
    )  # fmt: skip
    return counted.dropna(subset="frame").reindex(columns=LENGTHS)


def tone_of_counts(counts: pd.DataFrame, lexicon: pd.DataFrame) -> pd.DataFrame:
    """A row for each time that a word of the lexicon was counted; phrases and negations cannot be seen in counts."""
    forms = list_forms(lexicon[(lexicon["language"] == "en") & (lexicon["dimension"] != NONE)])
    single = forms[~forms["form"].str.contains(" ")][["form", "term", "dimension"]]
    found = counts.merge(single, left_on="token", right_on="form")
    found = found.loc[found.index.repeat(found["n"])]
    found = found.assign(matched=found["token"], part="text", negated="no", address="", context="", start=pd.NA, end=pd.NA)
    return found[TONE].astype({"start": "Int64", "end": "Int64"}).reset_index(drop=True)
