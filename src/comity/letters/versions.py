"""Which version of a message is read, where several were measured or counted."""

import pandas as pd

from comity.errors import require_messages, require_several
from comity.speech.languages import language_of


def choose_versions(letters, messages, frames: tuple[str, ...] = ("letter",), languages: set[str] | None = None) -> pd.DataFrame:
    """Choose for each message the version that shows most of it in these frames: whole before cut, then a text before words that
    were only counted, then the most words.

    In: ``letters.messages, letters.lengths``; ``languages``: only versions in these (with ``letters.corpus.versions``). Columns out: ``message_id, version_id, extent, words, high``; one row a message
    that has words in these frames, in the order of ``messages``.
    Errors: CorpusError for a message that the measurements do not hold, and where one text stands for several messages or frames.
    """
    require_several(frames=frames, messages=messages)
    require_messages(messages, letters.messages["message_id"])
    seen = letters.lengths[letters.lengths["frame"].isin(frames) & letters.lengths["message_id"].isin(list(messages)) & (letters.lengths["words"] > 0)]
    if languages is not None:
        spoken = letters.corpus.versions.set_index("version_id")
        seen = seen[seen["version_id"].map(language_of(spoken)).isin(languages)]
    counted = seen["basis"] == "counts" if "basis" in seen else False
    seen = seen.assign(cut=seen["extent"] != "full", counted=counted)
    seen = seen.groupby(["message_id", "version_id"], as_index=False).agg(
        cut=("cut", "max"), counted=("counted", "max"), extent=("extent", "first"), words=("words", "sum"), high=("high", _sum)
    )
    best = seen.sort_values(["cut", "counted", "words", "version_id"], ascending=[True, True, False, True]).drop_duplicates("message_id")
    order = {message: number for number, message in enumerate(messages)}
    best = best.sort_values("message_id", key=lambda ids: ids.map(order), ignore_index=True)
    return best[["message_id", "version_id", "extent", "words", "high"]]


def _sum(values):
    """A bound that is not known in one frame is not known for the letter."""
    return values.sum(skipna=False)
