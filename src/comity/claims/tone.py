"""Claims about tone: one letter against another, by terms of a lexicon, with what one letter can bear."""

import math

from comity.claims.finding import Finding, day, quoted
from comity.contrasts.messages import compare_messages
from comity.errors import CorpusError

# What a word of a claim says of the dimensions of tone: more (1) or less (-1) of each, in the later letter than in the earlier one.
_MEANS = {"warmer": {"warmth": 1}, "more restrained": {"warmth": -1, "intensity": -1}}
_NEEDED = "both letters whole and in direct speech, in one language and one translator's hand"


def judge_tone(claim, record):
    """More or less of a dimension: decided where the interval of one letter against the other excludes equality."""
    if claim["expected"] not in _MEANS:
        return Finding("not checked", f"a claim about tone expects {' or '.join(_MEANS)}, not “{claim['expected']}”")
    wanted = _MEANS[claim["expected"]]
    try:
        table = compare_messages(claim["messages"], claim["compared_with"], record.letters, dimensions=list(wanted))
    except CorpusError as error:
        return Finding("cannot be seen", _unseen(claim, record) or str(error), would_change=_NEEDED)
    if table["comparable"].iloc[0] != "yes":
        return Finding("cannot be seen", table["comparable"].iloc[0], would_change=_NEEDED)
    rows = table[table["measure"].isin(wanted)].to_dict("records")
    verdict = _verdict(rows, wanted)
    versions = [table["version_a"].iloc[0], table["version_b"].iloc[0]]
    change = {"holds": "another lexicon or translation", "does not hold": "another lexicon or translation"}.get(verdict, "longer letters, or more of them")
    return Finding(verdict, "; ".join(map(_in_words, rows)), "|".join(versions), _passages(versions, wanted, record), change)


def _unseen(claim, record):
    """Which of the two letters has no words that could be counted in direct speech; blank where both have."""
    lengths = record.letters.lengths
    seen = set(lengths.loc[lengths["frame"] == "letter", "message_id"])
    missing = [day(record.message(claim[which])["date"].iloc[0]) for which in ("compared_with", "messages") if claim[which] not in seen]
    return f"of the letter of {' and of that of '.join(missing)} no direct speech was counted" if missing else ""


def _verdict(rows, wanted):
    """Every dimension decided as claimed; some of them, and none the other way; one decided the other way; none decided."""
    sides = [(1 if row["low"] > 1 else -1 if row["high"] < 1 else 0) * wanted[row["measure"]] for row in rows]
    if min(sides) < 0:
        return "does not hold"
    return "holds" if min(sides) > 0 else "holds in part" if max(sides) > 0 else "cannot be seen"


def _in_words(row):
    reach = f"at least {row['low']:.2g}" if math.isinf(row["high"]) else f"{row['low']:.2g} to {row['high']:.2g}"
    counts = f"{row['count_a']:.0f} words of {row['measure']} in {row['n_a']:.0f} words against {row['count_b']:.0f} in {row['n_b']:.0f}"
    return f"{counts}; that is {reach} times as often, as far as so few words can tell"


def _passages(versions, wanted, record):
    """The terms behind the counts, with the words around them where a text was measured, and the letter."""
    tone = record.letters.tone
    hits = tone[tone["version_id"].isin(versions) & tone["dimension"].isin(wanted) & (tone["frame"] == "letter") & (tone["negated"] != "yes")]
    told = record.letters.messages.set_index("message_id")["date"]
    outlets = record.letters.corpus.versions.set_index("version_id")["outlet"]
    words = hits["context"].where(hits["context"] != "", hits["matched"])
    where = [f"{outlets[version]}, {day(told[message])}" for version, message in zip(hits["version_id"], hits["message_id"], strict=True)]
    return tuple(map(quoted, words, where))
