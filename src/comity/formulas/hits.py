"""Every formula of a letter: its characters, in whose voice, with the words around it."""

import pandas as pd

from comity.formulas.lexicon import read_formulas, ready
from comity.formulas.reader import Found, Reader
from comity.speech import split_frames
from comity.speech.languages import language_of
from comity.style.tokens import find_tokens
from comity.tone.hits import CONTEXT, Sentence, show_context

FORMULA_COLUMNS = ["version_id", "part", "start", "end", "matched", "frame", "sender", "recipient", "formula", "context"]

# The sender's words: as they are, and retold.
VOICES = ("letter", "reported")


def find_formulas(texts: pd.DataFrame, lexicon: pd.DataFrame | None = None) -> pd.DataFrame:
    """Find the formulas of letters, in direct and in indirect speech: the wish for health, the thanks, "on behalf of".

    What is negated ("I do not wish") is none, and what the lexicon excludes: a wish for somebody else's health, congratulations that
    are thanked for. Negation is read as that of tone is, where data/lexicons/scope.csv knows the language; whose words a letter
    quotes is not read.
    Columns in: ``texts`` as for `split_frames`; ``lexicon`` as `read_formulas` gives it.
    Columns out: ``version_id, part, start, end, matched`` (from the first to the last of its words, or the word that it is about
    where they stand more than a dozen words apart), ``frame`` (letter, reported), ``sender, recipient, formula, context`` (at
    most a dozen words); one row a sentence and formula.
    Errors: CorpusError where a column is missing, or the lexicon cannot be used.

    >>> text = "Ann Lee sent a letter to Bob Moe. The letter said: I thank you, and wish you, dear friend, good health."
    >>> find_formulas(pd.DataFrame({"version_id": ["a"], "text": [text]}))[["matched", "formula"]].values.tolist()
    [['I thank', 'thanks'], ['wish you, dear friend, good health', 'wish for health']]
    """
    return find_formulas_in(split_frames(texts), texts, lexicon)


def find_formulas_in(sentences: pd.DataFrame, texts: pd.DataFrame, lexicon: pd.DataFrame | None = None) -> pd.DataFrame:
    """The same where the texts are split already: `sentences` as `split_frames` gives them; ``tokens``, where the words were found before."""
    lexicon = read_formulas(lexicon)
    spoken = dict(zip(texts["version_id"].astype("str"), language_of(texts), strict=True))
    readers = {code: Reader(ready(lexicon, code), code) for code in set(spoken.values())}
    here = sentences[sentences["frame"].isin(VOICES)]
    told = zip(*(here[name].to_numpy(dtype=object) for name in Sentence._fields), strict=True)
    tokens = here["tokens"] if "tokens" in here else map(find_tokens, here["sentence"])
    both = zip(map(Sentence._make, told), tokens, strict=True)
    found = ((sentence, readers[spoken[sentence.version_id]].find(sentence.sentence, sentence.recipient, words)) for sentence, words in both)
    rows = [row for sentence, hits in found if hits for row in _rows(sentence, hits)]
    return pd.DataFrame(rows, columns=FORMULA_COLUMNS).astype(dict.fromkeys(FORMULA_COLUMNS, "str") | {"start": "int64", "end": "int64"})


def _rows(sentence: Sentence, hits: list[Found]):
    for formula, start, end, head in hits:
        if len(sentence.sentence[start:end].split()) > CONTEXT:
            start, end = head
        yield (
            sentence.version_id, sentence.part, sentence.start + start, sentence.start + end, sentence.sentence[start:end],
            sentence.frame, sentence.sender, sentence.recipient, formula.name, show_context(sentence.sentence, start, end),
        )  # fmt: skip
