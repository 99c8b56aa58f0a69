"""The contrasts of two messages, and the words behind every number of them."""

from __future__ import annotations

import pandas as pd

from comity.contrasts import compare_messages
from comity.contrasts.measures import STYLES, UNIT, list_dimensions
from comity.errors import CorpusError
from comity.letters import Letters
from comity.letters.recorded import tone_of_counts
from comity.page.marks import FRAME
from comity.page.tables import lay_out, table_html
from comity.page.text import readable
from comity.style.tokens import END_MARK
from comity.tone import read_tone

HIT_COLUMNS = ["matched", "term", "n", "voice", "context"]
NO_CONTEXT = "only the words were counted"
# A news agency's mark at the end of a story is no part of a letter: it is left out of what is shown.
_END = rf"\s*{END_MARK}[\s.]*$"
_FACTS = ("words", "sentences", "characters", "mean_sentence", "flesch", "lix")


def contrast(letters: Letters, a: str, b: str, frames=("letter",), lexicon: pd.DataFrame | None = None) -> tuple[pd.DataFrame, str]:
    """The contrasts of `compare_messages`, and why there are none where it refuses; one of the two is empty.

    ``lexicon``: another than ours, by which the letters were recoded; only its own dimensions are compared.
    """
    try:
        return compare_messages(a, b, letters, choose_dimensions(letters, lexicon), frames, tone=lexicon), ""
    except CorpusError as error:
        return pd.DataFrame(), str(error)


def choose_dimensions(letters: Letters, lexicon: pd.DataFrame | None) -> list[str] | None:
    """The dimensions of another lexicon, in their order; None, which is all, for ours. CorpusError where no term of it was found."""
    if lexicon is None:
        return None
    found = [name for name in list_dimensions(letters) if name in set(lexicon["dimension"])]
    if not found:
        raise CorpusError("No term of this lexicon stands in any letter. Its language, and that its forms are written as in the letters, may be looked at.")
    return found


def list_hits(letters: Letters, contrasts: pd.DataFrame, measure: str, side: str, frames=("letter",), lexicon: pd.DataFrame | None = None) -> pd.DataFrame:
    """List the words behind a number: as many as it counts.

    In: ``contrasts`` of `compare_messages` under the same frames and lexicon; ``measure`` of its rows; ``side``: a or b.
    Columns out, of a dimension of tone: ``matched`` (the words), ``term`` (of the lexicon), ``n`` (how often), ``voice``,
    ``context`` (at most a dozen words; where only words were counted it says so). Of words: every word and how often it was counted. Of
    sentences and readability: ``voice`` and the values of each voice that they come from.
    Errors: CorpusError for a measure or a side that the contrasts do not have.

    >>> from comity import read_corpus, read_measurements
    >>> from comity.letters import gather_letters
    >>> letters = gather_letters(read_measurements(), read_corpus())
    >>> contrasts, _ = contrast(letters, "kim-putin-2024-10-07", "kim-xi-2024-10-06")
    >>> hits = list_hits(letters, contrasts, "warmth", "a")
    >>> hits["n"].sum() == contrasts.set_index("measure").at["warmth", "count_a"]
    np.True_
    """
    row = _row(contrasts, measure, side)
    version = row[f"version_{side}"]
    if measure in STYLES and row["unit"] != UNIT:
        rows = letters.lengths[(letters.lengths["version_id"] == version) & letters.lengths["frame"].isin(frames)]
        return rows.assign(voice=rows["frame"].map(FRAME).fillna(rows["frame"]))[["voice", *(name for name in _FACTS if name in rows)]]
    counts = letters.token_counts[(letters.token_counts["version_id"] == version) & letters.token_counts["frame"].isin(frames)]
    if row["unit"] != UNIT:
        return _of_words(counts)
    return _of_tone(letters, row, version, measure, frames, counts, lexicon)


def _row(contrasts: pd.DataFrame, measure: str, side: str) -> pd.Series:
    known = contrasts["measure"].tolist() if len(contrasts) else []
    if measure not in known:
        raise CorpusError(f"There is no measure {measure!r}. The contrasts have {', '.join(known) or 'none'}.")
    if side not in ("a", "b"):
        raise CorpusError(f"A side is a or b, not {side!r}.")
    return contrasts[contrasts["measure"] == measure].iloc[0]


def _of_tone(letters: Letters, row, version: str, dimension: str, frames, counts: pd.DataFrame, lexicon) -> pd.DataFrame:
    counted = letters.lengths.loc[letters.lengths["version_id"].isin([row["version_a"], row["version_b"]]), "basis"].eq("counts").any()
    hits = tone_of_counts(counts, read_tone() if lexicon is None else lexicon) if counted else letters.tone[letters.tone["version_id"] == version]
    hits = hits[(hits["dimension"] == dimension) & hits["frame"].isin(frames) & (hits["negated"] != "yes")]
    table = hits.assign(voice=hits["frame"].map(FRAME).fillna(hits["frame"]), n=1, context=hits["context"].str.replace(_END, "", regex=True))[HIT_COLUMNS]
    if not counted:
        return table.assign(place=hits["start"].to_numpy()).sort_values(["place"], kind="stable")[HIT_COLUMNS].reset_index(drop=True)
    sums = table.groupby(["matched", "term", "voice"], as_index=False)["n"].sum()
    return sums.assign(context=NO_CONTEXT).sort_values(["n", "matched"], ascending=[False, True])[HIT_COLUMNS].reset_index(drop=True)


def _of_words(counts: pd.DataFrame) -> pd.DataFrame:
    sums = counts.groupby("token", as_index=False)["n"].sum().rename(columns={"token": "matched"})
    return sums.sort_values(["n", "matched"], ascending=[False, True], ignore_index=True)


def hits_html(hits: pd.DataFrame, caption: str, name: str) -> str:
    """The list as a table of a page, the words marked in their context; a sentence where there is none."""
    if hits.empty:
        return f'<p class="hits">{readable(caption)}: there is no such word.</p>'
    heads = {"matched": "word", "term": "term of the lexicon", "n": "times", "mean_sentence": "words a sentence"}
    columns = {column: heads.get(column, column) for column in hits}
    mark = {"context": "matched"} if "context" in hits else None
    layout = lay_out(hits, caption, columns=columns, details=None, lang=None, lang_from=None, mark=mark, formats=None)
    return f'<div class="table hits" id="{name}">{table_html(hits, layout, readable(caption), name)}</div>'
