"""Formulas and repeated phrases as habits: letter by letter there, retold, missing, or not to be seen."""

import numpy as np
import pandas as pd

from comity.evidence import joined
from comity.formulas import read_formulas
from comity.habits.quoted import FRAMES, HITS, KEYS, find_countable, find_in_counts, find_in_quotations
from comity.slots import UNRELIABLE, is_reliable

# From where something is missing, the surest first, and how this is known: each of the columns of `_bring_together`.
WHERES = {"original": "the letter", "translated": "the translation seen", "able": "the text seen"}
_LACKS = {"the letter": "a version seen whole lacks it", "the translation seen": "a translation seen whole lacks it", "the text seen": "a text seen whole lacks it"}
_WHY = {"attested": "the sender's own words", "reported": "retold, or a translation of a translation", "not observable": "no version in whose words it could be found is seen whole"}

_UNTOLD = "unknown"


def find_wordings(letters, messages, frames, lexicon=None):
    """Say of each message and formula of the lexicon whether it is there.

    Formulas are seen in measured texts, in counts of words (those that the lexicon says can be), and in the closing formulas and
    phrases that the record quotes. A version can show a formula only where the lexicon has it in its language.
    """
    lexicon = read_formulas(lexicon)
    whole = find_whole(letters, frames)
    texts = set(letters.lengths["version_id"]) - set(letters.corpus.token_counts["version_id"])
    measured = letters.formulas.rename(columns={"formula": "habit"})[HITS]
    hits = pd.concat([measured, find_in_counts(letters, lexicon), find_in_quotations(letters.corpus, lexicon, texts)])
    in_text = whole[whole["known"] == "text"].merge(lexicon[["formula", "language"]].rename(columns={"formula": "habit"}), on="language")
    in_counts = whole[whole["known"] == "counts"].merge(find_countable(letters, lexicon), on="version_id")
    able = pd.concat([in_text, in_counts]).rename(columns={"habit": "sort"})
    habits = lexicon.drop_duplicates("formula")[["formula", "slot"]].rename(columns={"formula": "habit"})
    return _judge(messages, habits.assign(sort=habits["habit"]), able, _with_origin(hits, letters), frames)


def find_phrases_said(letters, messages, frames, of=None):
    """Say of each message and phrase that its sender repeats whether it is there; seen only where texts were measured for it.

    ``of``: only the phrases of these messages. A version can show a phrase only in the language in which it is found.
    """
    if "message_id" not in letters.repeated:
        return pd.DataFrame(columns=["message_id"])
    said = letters.repeated[letters.repeated["message_id"].isin(messages["message_id"])].rename(columns={"phrase": "habit"})[HITS]
    said = said[said.groupby("habit")["message_id"].transform("nunique") > 1]
    if of is not None:
        said = said[said["habit"].isin(said.loc[said["message_id"].isin(of), "habit"])]
    whole = find_whole(letters, frames)
    hits = _with_origin(said, letters)
    habits = hits.drop_duplicates("habit")[["habit", "language"]].rename(columns={"language": "sort"}).assign(slot="")
    return _judge(messages, habits, whole[whole["known"] == "text"].rename(columns={"language": "sort"}), hits, frames)


def find_whole(letters, frames):
    """The versions whose words are all known, in direct speech or, where it is asked for, in any.

    Columns out: ``message_id, version_id, known`` (text, counts), ``language, translation``.
    """
    versions = letters.corpus.versions
    speech = list(FRAMES) if "reported" in frames else ["direct"]
    whole = versions[(versions["extent"] == "full") & versions["speech"].isin(speech) & is_reliable(versions)]
    counts = set(letters.corpus.token_counts["version_id"])
    # The others that have lengths were measured in a text.
    texts = set(letters.lengths["version_id"]) - counts
    known = whole["version_id"].map(lambda version: "text" if version in texts else "counts" if version in counts else "")
    return whole.assign(known=known)[[*KEYS, "known", "language", "translation"]].query("known != ''")


def _with_origin(hits, letters):
    """The hits with the language of their version and how the words came into it; a translation of a translation is hearsay."""
    hits = hits.merge(letters.corpus.versions[["version_id", "language", "translation"]], "left", on="version_id")
    return hits.assign(frame=hits["frame"].mask(hits["translation"].isin(UNRELIABLE), "hearsay"))


def _judge(messages, habits, able, hits, frames):
    """The state of each habit in each message: attested in any version wins; a version that could show it and does not shows that it is absent.

    Where versions differ otherwise, what is told of the original weighs more than what a translation lacks, as in `comity.evidence`.
    In: ``habits`` with ``habit, slot, sort``; ``able`` (versions that could show habits of a sort) with ``message_id, version_id,
    sort, translation``; ``hits`` with these, ``habit, frame, matched``.
    """
    grid = messages[["message_id"]].merge(habits, how="cross")
    direct = hits["frame"] == "letter"
    for name, table, keys in (("own", hits[direct], ["message_id", "habit"]), ("told", hits[~direct], ["message_id", "habit"]), ("able", able, ["message_id", "sort"])):
        grid = grid.merge(_bring_together(table, keys, name), "left", on=keys)
    own, told, could, counts = grid["own"].notna(), grid["told"].notna(), grid["able"].notna(), "reported" in frames
    heard = told & (counts | ~could | (_is(grid["told_original"]) & ~_is(grid["able_original"])))
    state = np.select([own, heard, could], ["attested", "reported", "absent"], "not observable")
    origin = np.select([_is(grid["able_original"]), _is(grid["able_translated"])], list(WHERES.values())[:2], WHERES["able"])
    where = np.where(state == "absent", origin, "")
    rests = [grid["own"], grid["told"], grid["able"]]
    told_states = ["attested", "reported", "absent"]
    return grid[["message_id", "habit", "slot"]].assign(
        element="", state=state, polarity=np.where(state == "reported", "present", ""), could_show=could.to_numpy(), where=where,
        versions=np.select([state == each for each in told_states], rests, ""),
        as_printed=np.select([state == each for each in told_states[:2]], [grid["own_matched"], grid["told_matched"]], ""),
        reason=np.where(where != "", pd.Series(where).map(_LACKS), pd.Series(state).map(_WHY)),
    )  # fmt: skip


def _is(column):
    """Blank is no."""
    return column.eq(True)


def _bring_together(table, keys, name):
    """The versions of each message and habit (or sort of habit): their ids, what they say, and whether one is the original or
    is known to be a translation."""
    facts = {
        name: table["version_id"], f"{name}_matched": table["matched"] if "matched" in table else "", f"{name}_original": table["translation"] == "original",
        f"{name}_translated": ~table["translation"].isin(["original", _UNTOLD, ""]),
    }  # fmt: skip
    table = table[keys].assign(**facts)
    # Most have one version: only the others need be brought together one by one.
    several = table.duplicated(keys, keep=False)
    how = dict(zip(facts, (joined, joined, "any", "any"), strict=True))
    return pd.concat([table[~several], table[several].groupby(keys, as_index=False).agg(how)])
