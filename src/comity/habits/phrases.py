"""Formulas and repeated phrases as habits: letter by letter there, retold, missing, or not to be seen."""

from typing import NamedTuple

import pandas as pd

from comity.evidence import joined
from comity.formulas import read_formulas
from comity.formulas.hits import find_in_sentence
from comity.formulas.lexicon import ready
from comity.slots import is_reliable

_KEYS = ["message_id", "version_id"]
_FRAME = {"direct": "letter", "indirect": "reported", "mixed": "mixed"}
_WHY = {"attested": "the sender's own words", "reported": "retold", "absent": "a version seen whole lacks it",
        "not observable": "no version with known words is seen whole"}  # fmt: skip


class Seen(NamedTuple):
    """What versions show: those whose words are all known, by message, version and kind (text, counts); and every hit."""

    whole: pd.DataFrame
    hits: pd.DataFrame


def find_wordings(letters, messages, frames, lexicon=None):
    """Say of each message and formula of the lexicon whether it is there.

    Formulas are seen in measured texts, in counts of words (those that the lexicon says can be), and in the closing formulas and
    phrases that the record quotes.
    """
    lexicon = read_formulas() if lexicon is None else lexicon
    whole = _whole(letters, frames)
    hits = pd.concat([
        letters.formulas.rename(columns={"formula": "habit"})[[*_KEYS, "habit", "frame", "matched"]],
        _in_counts(letters, lexicon), _in_quotations(letters.corpus, lexicon),
    ])  # fmt: skip
    counted = set(lexicon.loc[lexicon["counted"] == "yes", "formula"])
    slots = lexicon.drop_duplicates("formula").set_index("formula")["slot"]
    tables = []
    for formula in slots.index:
        able = whole if formula in counted else whole[whole["known"] == "text"]
        told = _judge(formula, messages, Seen(able, hits[hits["habit"] == formula]), frames)
        tables.append(told.assign(slot=slots[formula]))
    return pd.concat(tables)


def find_phrases_said(letters, messages, frames):
    """Say of each message and phrase that its sender repeats whether it is there; seen only where texts were measured for it."""
    said = letters.repeated[letters.repeated["message_id"].isin(messages["message_id"])]
    whole = _whole(letters, frames)
    whole = whole[whole["known"] == "text"]
    hits = said.rename(columns={"phrase": "habit"})[[*_KEYS, "habit", "frame", "matched"]]
    tables = [
        _judge(phrase, messages, Seen(whole, mine), frames).assign(slot="")
        for phrase, mine in hits.groupby("habit", sort=False) if mine["message_id"].nunique() > 1
    ]  # fmt: skip
    return pd.concat(tables) if tables else pd.DataFrame(columns=["message_id"])


def _whole(letters, frames):
    """The versions whose words are all known, in direct speech or, where it is asked for, in any; and how they are known."""
    versions = letters.corpus.versions
    speech = ["direct", "indirect", "mixed"] if "reported" in frames else ["direct"]
    whole = versions[(versions["extent"] == "full") & versions["speech"].isin(speech) & is_reliable(versions)]
    counts = set(letters.corpus.token_counts["version_id"])
    # The others that have lengths were measured in a text.
    texts = set(letters.lengths["version_id"]) - counts
    known = whole["version_id"].map(lambda version: "text" if version in texts else "counts" if version in counts else "")
    return whole.assign(known=known)[[*_KEYS, "known"]].query("known != ''")


def _in_counts(letters, lexicon):
    """Formulas in the record's counts of words."""
    counts = letters.corpus.token_counts.merge(letters.corpus.versions[[*_KEYS, "language", "speech"]], on="version_id")
    formulas = [formula for formula in ready(lexicon, "en") if formula.counted]
    rows = [
        (message, version, formula.name, _FRAME[speech], "")
        for (message, version, speech), mine in counts[counts["language"] == "en"].groupby([*_KEYS, "speech"])
        for formula in formulas if formula.in_words(mine["token"])
    ]  # fmt: skip
    return pd.DataFrame(rows, columns=[*_KEYS, "habit", "frame", "matched"])


def _in_quotations(corpus, lexicon):
    """Formulas in what the record quotes: of a closing formula the word that says what it is about is enough."""
    versions = corpus.versions[is_reliable(corpus.versions) & corpus.versions["speech"].isin(_FRAME)]
    phrases = corpus.phrases.merge(versions[[*_KEYS, "language", "speech"]], on="version_id").rename(columns={"phrase": "words_said"})
    closes = versions[versions["valediction"] != ""].rename(columns={"valediction": "words_said"})
    known = {code: ready(lexicon, code) for code in set(versions["language"])}
    rows = []
    for told, closing in ((phrases, False), (closes, True)):
        for row in told.itertuples(index=False):
            formulas = known[row.language]
            if closing:
                formulas = [formula._replace(groups=formula.groups[:1]) for formula in formulas if formula.slot == "close"]
            found = find_in_sentence(row.words_said, formulas, row.language)
            rows += [(row.message_id, row.version_id, hit.name, _FRAME[row.speech], row.words_said) for hit, _, _ in found]
    return pd.DataFrame(rows, columns=[*_KEYS, "habit", "frame", "matched"])


def _judge(habit, messages, seen, frames):
    """The state of one habit in each message: attested in any version wins; a version seen whole without it shows that it is absent."""
    able, hits = (dict(list(table.groupby("message_id"))) for table in seen)
    rows = [_state(habit, message, able.get(message), hits.get(message), frames) for message in messages["message_id"]]
    return pd.DataFrame(rows)


def _state(habit, message, able, shown, frames):
    direct = shown[shown["frame"] == "letter"] if shown is not None else None
    if direct is not None and len(direct):
        state, rests = "attested", direct
    elif shown is not None:
        state, rests = "reported", shown
    else:
        state, rests = ("absent", able) if able is not None else ("not observable", None)
    # What only a retelling has, a reader of direct speech cannot count on either side.
    counts = state != "reported" or "reported" in frames
    return {
        "message_id": message, "habit": habit, "element": "", "state": state, "polarity": "present" if state == "reported" else "",
        "could_show": able is not None and counts, "versions": "" if rests is None else joined(rests["version_id"]),
        "as_printed": joined(rests["matched"]) if state in ("attested", "reported") else "", "reason": _WHY[state],
    }  # fmt: skip
