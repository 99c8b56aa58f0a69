"""The lexicon of tone: which words carry which tone, and what turns them around."""

from pathlib import Path

import pandas as pd

from comity.corpus.vocabularies import SCOPE_KINDS
from comity.errors import CorpusError
from comity.lexicons import Shape, lay_over, read_lexicon

# Words that must not count, though a term stands in them ("Order of Friendship"), have this dimension.
NONE = "none"

TERMS = Shape(
    name="tone",
    needed=("term", "language", "dimension"),
    optional=("forms", "sense", "source", "example", "reason", "note"),
    allowed=(),
    key=("term", "language"),
)
SCOPE = Shape(
    name="scope",
    needed=("term", "kind", "language"),
    optional=("forms", "reach", "example", "note"),
    allowed=(("kind", SCOPE_KINDS),),
    key=("term", "kind", "language"),
)


def read_tone(path: str | Path | None = None, extra: str | Path | pd.DataFrame | None = None) -> pd.DataFrame:
    """Read the lexicon of tone, with terms of one's own.

    In: a CSV file that replaces ours; `extra`, a file or table of the same columns whose rows are added. An extra row replaces
    the row of the same term and language, and takes its forms from any other term.
    Columns in: ``term, language, dimension``; where wanted ``forms`` (every inflected form that counts, joined by ``|``; the
    term alone where blank), ``sense, source, example, reason, note``. Dimensions are free: a lexicon of one's own may have its
    own. Columns out: all of them, as text.
    Errors: CorpusError as for any lexicon, and where one form stands under two terms.

    >>> own = pd.DataFrame([{"term": "gossip", "language": "en", "dimension": "warmth"}])
    >>> read_tone(extra=own).iloc[-1][["term", "forms"]].tolist()
    ['gossip', 'gossip']
    """
    lexicon = read_lexicon(TERMS, path)
    if extra is not None:
        more = read_lexicon(TERMS, extra)
        lexicon = lay_over(_without(lexicon, _with_forms(more)), more, TERMS)
    lexicon = _with_forms(lexicon)
    _require_one_term_a_form(lexicon)
    return lexicon


def read_scope() -> pd.DataFrame:
    """The words that turn a term around, as data/lexicons/scope.csv has them, a form a row."""
    return list_forms(_with_forms(read_lexicon(SCOPE)))


def list_forms(lexicon: pd.DataFrame) -> pd.DataFrame:
    """The lexicon a form a row: ``form`` in small letters, and the columns of its term."""
    forms = lexicon.assign(form=lexicon["forms"].str.lower().str.split("|")).explode("form", ignore_index=True)
    return forms.assign(form=forms["form"].str.split().str.join(" "))


def _with_forms(lexicon: pd.DataFrame) -> pd.DataFrame:
    return lexicon.assign(forms=lexicon["forms"].where(lexicon["forms"].str.strip() != "", lexicon["term"]))


def _without(lexicon: pd.DataFrame, more: pd.DataFrame) -> pd.DataFrame:
    """The lexicon without the terms and the forms that other rows bring anew."""
    taken = set(zip(more["language"], more["term"], strict=True))
    rest = lexicon[[key not in taken for key in zip(lexicon["language"], lexicon["term"], strict=True)]]
    forms = list_forms(more)
    known = set(zip(forms["language"], forms["form"], strict=True))
    kept = [
        "|".join(form for form in forms.split("|") if (language, " ".join(form.lower().split())) not in known)
        for language, forms in zip(rest["language"], _with_forms(rest)["forms"], strict=True)
    ]
    return rest.assign(forms=kept)[[forms != "" for forms in kept]]


def _require_one_term_a_form(lexicon: pd.DataFrame) -> None:
    forms = list_forms(lexicon)
    twice = forms[forms.duplicated(["language", "form"], keep=False)].sort_values(["language", "form"])
    if len(twice):
        form, terms = twice["form"].iloc[0], twice.loc[twice["form"] == twice["form"].iloc[0], "term"]
        raise CorpusError(
            f"The form {form!r} stands under {' and '.join(map(repr, terms))}. Leave it under one of them: a word is counted once."
        )
