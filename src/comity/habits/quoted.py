"""Formulas where no text is at hand: in the record's counts of words, and in the phrases and closing formulas that it quotes."""

import pandas as pd

from comity.formulas.lexicon import ready
from comity.formulas.reader import Reader
from comity.slots import is_reliable

KEYS = ["message_id", "version_id"]
HITS = [*KEYS, "habit", "frame", "matched"]

# In which frame the words of a version stand; of a version whose speech is not known nobody can say.
FRAMES = {"direct": "letter", "indirect": "reported", "mixed": "mixed"}


def find_in_counts(letters, lexicon):
    """Formulas in the record's counts of words, as the lexicon says which can be known there. Columns out: HITS."""
    rows = [
        (message, version, formula.name, FRAMES[speech], "")
        for message, version, speech, formula, words in _counted(letters, lexicon)
        if formula.in_words(words) and not formula.is_spoilt_in(words)
    ]
    return pd.DataFrame(rows, columns=HITS)


def find_countable(letters, lexicon):
    """Which counts could show which formula, whether they have it or not: ``version_id, habit``.

    Not those with a word that may spoil it: where thanks stand beside congratulations, whose these are cannot be counted.
    """
    rows = [(version, formula.name) for _, version, _, formula, words in _counted(letters, lexicon) if not formula.is_spoilt_in(words)]
    return pd.DataFrame(rows, columns=["version_id", "habit"], dtype="str")


def _counted(letters, lexicon):
    versions = letters.corpus.versions[[*KEYS, "language", "speech"]]
    counts = letters.corpus.token_counts.merge(versions[versions["speech"].isin(FRAMES)], on="version_id")
    formulas = {code: [formula for formula in ready(lexicon, code) if formula.counted] for code in set(counts["language"])}
    for (message, version, speech, language), mine in counts.groupby([*KEYS, "speech", "language"]):
        words = set(mine["token"])
        for formula in formulas[language]:
            yield message, version, speech, formula, words


def find_in_quotations(corpus, lexicon, texts):
    """Formulas in what the record quotes of versions other than ``texts``, whose own words are known. Columns out: HITS."""
    versions = corpus.versions[is_reliable(corpus.versions) & corpus.versions["speech"].isin(FRAMES) & ~corpus.versions["version_id"].isin(texts)]
    versions = versions.merge(corpus.messages[["message_id", "recipient"]], on="message_id")
    about = [*KEYS, "language", "speech", "recipient"]
    phrases = corpus.phrases.merge(versions[about], on="version_id").rename(columns={"phrase": "said"}).assign(close=False)
    closes = versions.loc[versions["valediction"] != "", [*about, "valediction"]].rename(columns={"valediction": "said"}).assign(close=True)
    closes = closes.assign(speech=closes["speech"].mask(closes["version_id"].isin(_with_own_close(corpus)), "direct"))
    readers = {code: _Quotations(lexicon, code) for code in set(versions["language"])}
    rows = [
        (row.message_id, row.version_id, name, FRAMES[row.speech], row.said)
        for row in pd.concat([phrases, closes]).itertuples(index=False) for name in readers[row.language].find(row)
    ]  # fmt: skip
    return pd.DataFrame(rows, columns=HITS)


def _with_own_close(corpus):
    """The versions whose closing wish gives the letter's own words, whatever the rest does: a form of address in it is in its frame."""
    closing = corpus.mentions[(corpus.mentions["slot"] == "close") & (corpus.mentions["frame"] == "letter")]
    return set(closing["version_id"])


class _Quotations:
    """The formulas of one language, as quotations have them: of a closing formula the verb of wishing may be cut off."""

    def __init__(self, lexicon, language):
        formulas = ready(lexicon, language)
        closing = [formula for formula in formulas if formula.slot == "close"]
        self.whole = Reader(formulas, language)
        self.cut = Reader([formula.without_verb() for formula in closing], language)
        self.verbs = Reader([formula._replace(groups=formula.groups[-1:]) for formula in closing if len(formula.groups) > 1], language)

    def find(self, row):
        """The names of the formulas: those that are whole, and in a closing formula without any verb of wishing those that lack it."""
        reader = self.cut if row.close and not self.verbs.list_named(row.said) else self.whole
        return [hit.formula.name for hit in reader.find(row.said, row.recipient)]
