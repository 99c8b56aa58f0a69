"""What is explored: letters from whatever holds them, the texts that go with them, and the same letters under another lexicon."""

from __future__ import annotations

from dataclasses import replace

import pandas as pd

from comity.corpus import Corpus
from comity.errors import CorpusError
from comity.letters import Letters, gather_letters
from comity.letters.matching import rename_people
from comity.letters.recorded import tone_of_counts
from comity.measure import Measurements, measure_texts
from comity.measure.texts import check_texts
from comity.tone import find_tone
from comity.tone.hits import ALL_FRAMES

TEXT_COLUMNS = ["version_id", "text_id", "headline", "text", "language"]


def as_letters(held) -> Letters:
    """Letters from whatever holds them: letters, the record alone, measurements alone, or a table of texts, which is then measured.

    In: what `gather_letters`, `read_corpus`, `read_measurements` or `measure_texts` gives; or a table as `measure_texts` takes it.
    Errors: CorpusError for anything else.

    >>> text = "Oslo, May 3 (NTB) -- Ann Lee sent a letter to Bob Moe on May 2. The letter said: Dear friend, I thank you."
    >>> as_letters(pd.DataFrame({"version_id": ["a"], "text": [text], "date": ["2001-05-03"]})).messages["message_id"].tolist()
    ['ann-lee-bob-moe-2001-05-02']
    """
    if isinstance(held, Letters):
        return held
    if isinstance(held, Corpus):
        return gather_letters(measure_texts(_no_texts()), held)
    if isinstance(held, Measurements):
        return gather_letters(held)
    if isinstance(held, pd.DataFrame):
        return gather_letters(measure_texts(held))
    raise CorpusError(
        f"Letters cannot be made of a {type(held).__name__}. Give letters (gather_letters), a corpus (read_corpus), measurements "
        "(read_measurements, measure_texts) or a table of texts with the columns version_id, text, date."
    )


def place_texts(texts: pd.DataFrame | None, letters: Letters) -> pd.DataFrame:
    """Each text beside the versions that were measured in it.

    A version has the text in which it was read (`gather_letters` remembers it), else that of its own id, else the one at its address. Columns in: those of `measure_texts`, ``headline`` where there is one. Columns out: the same, with
    ``version_id`` (of the letters) and ``text_id`` (of the texts); texts that belong to no letter are left out.
    Errors: CorpusError for a table of texts that cannot be measured, or where no text belongs to any letter.
    """
    if texts is None:
        return pd.DataFrame(columns=TEXT_COLUMNS, dtype="str")
    if not isinstance(texts, pd.DataFrame):
        raise CorpusError(f"texts is a {type(texts).__name__}. Give a table (a DataFrame) with the columns version_id, text, date.")
    texts = check_texts(texts)
    headlines = texts["headline"].fillna("").astype("str") if "headline" in texts else ""
    own = texts.assign(text_id=texts["version_id"], headline=headlines).drop(columns="version_id")
    belongs = _by_address(own, letters.corpus.sources) | _by_id(own, letters.texts)
    belongs = {version: belongs[version] for version in letters.corpus.versions["version_id"] if version in belongs}
    placed = pd.DataFrame({"version_id": list(belongs), "text_id": list(belongs.values())}, dtype="str").merge(own, on="text_id")
    if placed.empty and len(own):
        raise CorpusError(f"None of the {len(own):,} texts belongs to a letter: no id and no address of theirs is known. "
                          "Give the texts in which these letters were measured.")
    return placed


def recode(letters: Letters, lexicon: pd.DataFrame, texts: pd.DataFrame | None = None) -> Letters:
    """The same letters with the terms of tone of another lexicon, as `read_tone` gives it.

    Where the text is at hand (``texts``, as for `measure_texts`) it is read anew. Of all other versions the words that were counted
    are looked up: their basis is then ``counts``, and `compare_messages` compares single words; phrases, negations and forms of
    address cannot be seen in counts. Errors: CorpusError as for `place_texts`.
    """
    placed = place_texts(texts, letters)
    has_text = letters.lengths["version_id"].isin(placed["version_id"])
    counts = letters.token_counts[~letters.token_counts["version_id"].isin(placed["version_id"])]
    tables = [_read_anew(placed, letters, lexicon), tone_of_counts(counts, lexicon)]
    tone = pd.concat([table.astype({"start": "Int64", "end": "Int64"}) for table in tables if len(table)] or [letters.tone.iloc[:0]], ignore_index=True)
    return replace(letters, tone=tone, lengths=letters.lengths.assign(basis=has_text.map({True: "text", False: "counts"})))


def _read_anew(placed: pd.DataFrame, letters: Letters, lexicon: pd.DataFrame) -> pd.DataFrame:
    """The terms of tone in the texts, each under the message and the version that its sentence belongs to."""
    texts = placed.drop_duplicates("text_id").assign(version_id=lambda table: table["text_id"])
    mentions = letters.mentions.merge(placed[["version_id", "text_id"]], on="version_id")
    found = find_tone(texts, lexicon, ALL_FRAMES, mentions.assign(version_id=mentions["text_id"]))
    found = rename_people(found, letters.corpus.people, ("sender", "recipient")).rename(columns={"version_id": "text_id"})
    versions = letters.corpus.versions[["version_id", "message_id"]].merge(letters.messages[["message_id", "sender", "recipient"]], on="message_id")
    rows = found.merge(placed[["version_id", "text_id"]], on="text_id").merge(versions, on="version_id", suffixes=("", "_of"))
    alone = rows["text_id"].map(placed["text_id"].value_counts()) == 1
    outside = ~rows["frame"].isin(("letter", "reported"))
    mine = (rows["sender"] == rows["sender_of"]) & (rows["recipient"] == rows["recipient_of"])
    return rows[alone | mine | (outside & ~rows.duplicated(["text_id", "part", "start"]))][list(letters.tone.columns)]


def _no_texts() -> pd.DataFrame:
    return pd.DataFrame({name: pd.Series(dtype="str") for name in ("version_id", "text", "date")})


def _by_id(texts: pd.DataFrame, read: pd.DataFrame) -> dict[str, str]:
    """The texts by the versions that were read in them; by their own ids, where no version of such an id was read in another."""
    here = read[read["text_id"].isin(texts["text_id"])]
    unread = set(texts["text_id"]) - set(read["version_id"])
    return {name: name for name in unread} | dict(zip(here["version_id"], here["text_id"], strict=True))


def _by_address(texts: pd.DataFrame, sources: pd.DataFrame) -> dict[str, str]:
    known = texts[texts["url"] != ""].drop_duplicates("url").set_index("url")["text_id"].to_dict()
    return {version: known[url] for version, url in zip(sources["version_id"], sources["url"], strict=True) if url in known}
