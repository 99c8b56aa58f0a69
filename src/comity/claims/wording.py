"""Claims about what a letter says: are the words there, in whose voice, in which version?

Of the words of a claim the first are those of the article; those after a ``|`` are other renderings of the same words of the letter, or these
words themselves in the language of the letter, as the table of claims gives them with its reason. Parts that must all be there are joined by ``&``.
"""

import pandas as pd

from comity.claims.finding import Finding, quoted
from comity.measure.phrases import phrase_pattern, split_wording
from comity.slots import is_reliable

_FRAMES = {"direct": "letter", "indirect": "reported", "mixed": "mixed", "unknown": "mixed"}
_OWN = "in the letter's own words"
_ORIGINAL = "the letter in its own language, seen whole"


def judge_wording(claim, record):
    """Holds where the letter's own words have it, in its own language or as the article has it; in part where another rendering, a part of the
    words, or a retelling does. What has several parts holds where each of them does, and fails where none does and one is refuted."""
    asked = split_wording(claim["expected"])
    if not asked:
        return Finding("not checked", "the claim names no words to look for")
    pieces = [part for part in claim["form"].split("|") if part]
    return _together([_judge(phrases, pieces if len(asked) == 1 else [], claim["messages"], record) for phrases in asked])


def _together(found):
    """The verdict on several parts by one rule, whichever part comes first."""
    verdicts = {finding.verdict for finding in found}
    verdict = verdicts.pop() if len(verdicts) == 1 else "holds in part" if verdicts & {"holds", "holds in part"} else "does not hold"
    open_ = [finding for finding in found if finding.verdict != "holds"] or found
    return Finding(
        verdict, "; ".join(finding.because for finding in found), "|".join(filter(None, (finding.versions for finding in found))),
        tuple(passage for finding in found for passage in finding.passages), "; ".join(dict.fromkeys(finding.would_change for finding in open_)),
    )  # fmt: skip


def _judge(phrases, pieces, message, record):
    """One part of a claim: the article's phrase and the other renderings of it, and pieces of it."""
    first, *others = phrases
    found = _find([*phrases, *pieces], message, record)
    own = found[found["own"]]
    spoken = own[own["original"]]
    for wanted, where, verdict, because, change in (
        ([first], own, "holds", f"“{first}” stands {_OWN}", "a version nearer to the original that says something else"),
        (others, spoken, "holds", f"the letter in its own language has “{{words}}”, of which “{first}” is a translation", "another reading of these words"),
        (others, own, "holds in part", f"“{first}” itself does not stand {_OWN}; another rendering does", _ORIGINAL),
        (phrases, found, "holds in part", f"“{first}”, or another rendering, is known only from a retelling or a newspaper's translation",
         "the letter's own words in the place that is quoted"),
        (pieces, own, "holds in part", f"“{first}” does not stand {_OWN}; a part of it does", _ORIGINAL),
    ):  # fmt: skip
        if len(rows := where[where["phrase"].isin(wanted)]):
            return _finding(verdict, because.replace("{words}", rows["phrase"].iloc[0]), rows, change, record)
    return _not_found([*phrases, *pieces], message, record)


def _not_found(phrases, message, record):
    """Words that no version has: refuted by one that is seen whole, if they were looked for in it."""
    whole, phrases = _whole(message, record), list(dict.fromkeys(phrases))
    if not whole:
        return Finding("cannot be seen", "no version held has the words, and none is seen whole", would_change="the whole letter, in direct speech")
    unsought = [phrase for phrase in phrases if phrase not in set(record.letters.sought["phrase"])]
    if unsought:
        because = f"a version is seen whole, but “{unsought[0]}” was not looked for in it"
        return Finding("cannot be seen", because, would_change="its text, measured with --find and the table of claims")
    because = f"no version that is seen whole, in direct speech, has “{'” or “'.join(phrases)}”"
    return Finding("does not hold", because, "|".join(whole), would_change="the letter in its own language, with words that can be rendered so")


def _finding(verdict, because, rows, change, record):
    outlets = record.corpus.versions.set_index("version_id")["outlet"]
    passages = tuple(quoted(words, outlets.get(version, version)) for words, version in zip(rows["matched"], rows["version_id"], strict=True))
    return Finding(verdict, because, "|".join(rows["version_id"]), passages, change)


def _find(phrases, message, record):
    """Where the phrases stand in the versions of a message: ``phrase, version_id, matched, own`` (the letter's own words), ``original``."""
    corpus = record.corpus
    # What a machine translated, or somebody translated back, is no witness of words.
    versions = corpus.versions[(corpus.versions["message_id"] == message) & is_reliable(corpus.versions)]
    quotes = pd.concat([_quotes(versions, corpus), _measured(phrases, message, record)])
    patterns = {phrase: phrase_pattern(phrase) for phrase in dict.fromkeys(phrases) if phrase}
    rows = [
        (phrase, row.version_id, row.words, row.frame)
        for row in quotes.itertuples(index=False) for phrase, pattern in patterns.items() if pattern.search(row.words)
    ]  # fmt: skip
    found = pd.DataFrame(rows, columns=["phrase", "version_id", "matched", "frame"]).drop_duplicates()
    found = found.merge(versions[["version_id", "translation"]], "left", on="version_id")
    own = (found["frame"] == "letter") & (found["translation"] != "press")
    return found.assign(own=own, original=found["translation"] == "original")


def _quotes(versions, corpus):
    """What the record quotes of the versions: ``version_id, words, frame``."""
    spoken = versions.assign(frame=versions["speech"].map(_FRAMES))[["version_id", "frame"]]
    phrases = corpus.phrases.rename(columns={"phrase": "words"})[["version_id", "words"]].merge(spoken, on="version_id")
    lines = [versions.assign(words=versions[name], frame="letter")[["version_id", "words", "frame"]] for name in ("salutation", "valediction")]
    mentions = corpus.mentions[corpus.mentions["version_id"].isin(versions["version_id"]) & (corpus.mentions["basis"] != "statement")]
    # What an outlet says in its headline or its report is no word of the letter.
    mentions = mentions[mentions["frame"].isin(["letter", "reported"])]
    named = mentions.rename(columns={"matched": "words"})[["version_id", "words", "frame"]]
    return pd.concat([phrases, *lines, named]).query("words != ''")


def _measured(phrases, message, record):
    """The phrases that `comity measure --find` found in texts of the message."""
    hits = record.letters.wordings
    read = record.corpus.versions.loc[is_reliable(record.corpus.versions), "version_id"]
    hits = hits[(hits["message_id"] == message) & hits["version_id"].isin(read) & hits["phrase"].isin(phrases) & hits["frame"].isin(["letter", "reported"])]
    return hits.rename(columns={"matched": "words"})[["version_id", "words", "frame"]]


def _whole(message, record):
    """The versions whose text was measured and is seen whole, in direct speech."""
    versions = record.corpus.versions
    whole = versions[(versions["message_id"] == message) & (versions["extent"] == "full") & (versions["speech"] == "direct") & is_reliable(versions)]
    lengths = record.letters.lengths
    return list(whole["version_id"][whole["version_id"].isin(lengths.loc[lengths["basis"] == "text", "version_id"])])
