"""Every formula of a letter: its characters, in whose voice, with the words around it."""

import pandas as pd

from comity.formulas.lexicon import Formula, find_letters, find_words, is_unparted, read_formulas, ready
from comity.speech import split_frames
from comity.style.tokens import find_token_spans
from comity.tone.hits import CONTEXT, show_context

FORMULA_COLUMNS = ["version_id", "part", "start", "end", "matched", "frame", "sender", "recipient", "formula", "context"]

# The sender's words: as they are, and retold.
VOICES = ("letter", "reported")


def find_formulas(texts: pd.DataFrame, lexicon: pd.DataFrame | None = None) -> pd.DataFrame:
    """Find the formulas of letters, in direct and in indirect speech: the wish for health, the thanks, "on behalf of".

    Columns in: ``texts`` as for `split_frames`; ``lexicon`` as `read_formulas` gives it.
    Columns out: ``version_id, part, start, end, matched`` (from the first to the last of its words, or the word that it is about
    where they stand more than a dozen words apart), ``frame`` (letter, reported), ``sender, recipient, formula, context`` (at
    most a dozen words); one row a sentence and formula.

    >>> text = "Ann Lee sent a letter to Bob Moe. The letter said: I thank you, and wish you, dear friend, good health."
    >>> find_formulas(pd.DataFrame({"version_id": ["a"], "text": [text]}))[["matched", "formula"]].values.tolist()
    [['I thank', 'thanks'], ['wish you, dear friend, good health', 'wish for health']]
    """
    return find_formulas_in(split_frames(texts), texts, lexicon)


def find_formulas_in(sentences: pd.DataFrame, texts: pd.DataFrame, lexicon: pd.DataFrame | None = None) -> pd.DataFrame:
    """The same where the texts are split already: `sentences` as `split_frames` gives them."""
    lexicon = read_formulas() if lexicon is None else lexicon
    language = texts["language"].fillna("en").replace("", "en") if "language" in texts else pd.Series("en", texts.index)
    spoken = dict(zip(texts["version_id"], language, strict=True))
    known = {code: ready(lexicon, code) for code in set(spoken.values())}
    rows = [
        row
        for sentence in sentences[sentences["frame"].isin(VOICES)].itertuples(index=False)
        for row in _rows(sentence, known[spoken[sentence.version_id]], spoken[sentence.version_id])
    ]
    return pd.DataFrame(rows, columns=FORMULA_COLUMNS).astype(dict.fromkeys(FORMULA_COLUMNS, "str") | {"start": "int64", "end": "int64"})


def find_in_sentence(sentence: str, formulas: list[Formula], language: str = "en") -> list[tuple[Formula, int, int]]:
    """The formulas of one sentence, each with its characters, in the order in which they begin."""
    if is_unparted(language):
        found = [(formula, find_letters(formula, sentence)) for formula in formulas]
    else:
        words = list(find_token_spans(sentence))
        pairs = [(one[0], two[1], f"{one[2]}_{two[2]}") for one, two in zip(words, words[1:], strict=False)]
        found = [(formula, find_words(formula, words + pairs)) for formula in formulas]
    return sorted(((formula, *place) for formula, place in found if place), key=lambda hit: hit[1])


def _rows(sentence, formulas: list[Formula], language: str):
    for formula, start, end in find_in_sentence(sentence.sentence, formulas, language):
        if len(sentence.sentence[start:end].split()) > CONTEXT:
            about = formula._replace(groups=formula.groups[:1])
            start, end = next((a, b) for _, a, b in find_in_sentence(sentence.sentence, [about], language))
        yield (
            sentence.version_id, sentence.part, sentence.start + start, sentence.start + end, sentence.sentence[start:end],
            sentence.frame, sentence.sender, sentence.recipient, formula.name, show_context(sentence.sentence, start, end),
        )  # fmt: skip
