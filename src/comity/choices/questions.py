"""Questions to ask under many choices: is one letter's tone more of something, was a form dropped, is an absence surprising?"""

import math
from dataclasses import replace

import pandas as pd

from comity.contrasts.measures import measure_tone
from comity.contrasts.rates import compare_rates
from comity.errors import CorpusError, require_messages, require_several
from comity.evidence import between, require_form, summarise_evidence, weigh_versions
from comity.habits import find_omissions
from comity.sightings import judge_versions
from comity.tone import read_tone

GROUPINGS = ("the two letters", "all letters to them")
UNITS = ("words", "sentences")


def find_strongest(letters, messages, measure, most=1):
    """The terms of a dimension that stand most often in the direct speech of these letters, the most frequent first."""
    read = measure_tone(letters, messages)["version_id"].unique()
    hits = letters.tone[letters.tone["version_id"].isin(read) & (letters.tone["dimension"] == measure) & (letters.tone["frame"] == "letter")]
    return list(hits["term"].value_counts(sort=True).head(most).index)


def ask_tone(a, b, letters, measure="warmth", lexicon=None, address="with", unit="words", compared=None):
    """Ask how often terms of one dimension of tone stand in letter a, as a multiple of how often they stand in letter b.

    ``lexicon``, a mapping of what counts: ``without`` (terms that do not), ``measures`` (dimensions that count as one, instead of
    ``measure``), ``hits`` (those of another lexicon, with the columns of ``letters.tone``, in every version that is compared); ``address``: with or without the terms in
    forms of address; ``unit``: in so many words, or sentences; ``compared``, a mapping of what is compared: ``versions`` (ids by
    message, instead of those that show most), ``frames`` (letter), ``grouping`` (the two letters, or all letters of their senders to the
    same recipients in the same year whose text was measured, each letter once).
    Returns ``estimate, low, high`` (the ratio with its 95 % interval: of two letters the exact one of `compare_rates`; of groups by a Poisson
    regression whose dispersion is taken from the letters and is no less than that of Poisson, McCullagh & Nelder 1989) and ``n`` (terms
    in all). Raises CorpusError where it cannot be asked.
    """
    counts_as = _chosen("lexicon", {"without": (), "measures": (measure,), "hits": None}, lexicon)
    asked = _chosen("compared", {"versions": None, "frames": ("letter",), "grouping": GROUPINGS[0]}, compared)
    require_several(without=counts_as["without"], measures=counts_as["measures"], frames=asked["frames"])
    require_messages([a, b], letters.messages["message_id"])
    if unit not in UNITS or asked["grouping"] not in GROUPINGS:
        raise CorpusError(f"unit is {' or '.join(UNITS)}, grouping {' or '.join(GROUPINGS)}.")
    sides = [_side(message, letters, counts_as, address, unit, **asked) for message in (a, b)]
    n = int(sum(side["n"].sum() for side in sides))
    if asked["grouping"] != GROUPINGS[0]:
        return _regress(*sides) | {"n": n}
    (one,), (other,) = (side.to_dict("records") for side in sides)
    found = compare_rates(one["n"], one["exposure"], other["n"], other["exposure"])
    if math.isinf(found.ratio) or math.isnan(found.ratio):
        raise CorpusError(f"One of the letters has no word of {measure}, so that there is no ratio.")
    return {"estimate": found.ratio, "low": found.low, "high": found.high, "n": n}


def _chosen(name, usual, taken):
    """A choice with what it leaves as usual."""
    unknown = set(taken or {}) - set(usual)
    if unknown:
        raise CorpusError(f"{name} knows {', '.join(usual)}, not {', '.join(sorted(unknown))}.")
    return usual | dict(taken or {})


def _side(message, letters, lexicon, address, unit, versions, frames, grouping):
    """The letters of one side: their terms, and in how many words or sentences."""
    messages = [message] if grouping == GROUPINGS[0] else _of_that_year(message, letters, frames)
    # Where of any letter only the words were counted, single words are compared in both.
    counted = bool(versions) and any(letters.lengths.loc[letters.lengths["version_id"].isin(versions.values()), "basis"] == "counts")
    if counted and (address == "without" or lexicon["hits"] is not None):
        raise CorpusError("In counts of words neither forms of address nor the terms of another lexicon can be told apart.")
    forced = {message: versions[message]} if versions and message in versions else None
    read = {"frames": frames, "address": address, "versions": forced, "words_only": counted}
    terms = _count(messages, letters, lexicon, read)
    if terms.empty:
        raise CorpusError(f"No letter of this side has words in the frames {', '.join(frames)}.")
    _require_hits(terms["version_id"], lexicon["hits"])
    sentences = letters.lengths[letters.lengths["frame"].isin(frames)].groupby(["message_id", "version_id"])["sentences"].sum()
    exposure = terms["words"] if unit == "words" else sentences.reindex(list(zip(terms["message_id"], terms["version_id"], strict=True))).to_numpy()
    return terms.assign(exposure=exposure)[["message_id", "n", "exposure"]]


def _require_hits(versions, hits):
    """Another lexicon must have been counted in all that is compared: a version without a hit of it may be one that was not read."""
    unread = [] if hits is None else sorted(set(versions) - set(hits["version_id"]))
    if unread:
        raise CorpusError(f"The other lexicon has no term in {unread[0]}. Give its terms of every letter that is compared, or compare fewer letters.")


def _count(messages, letters, lexicon, read):
    """The terms of each letter that count under a choice of lexicon: ``message_id, version_id, n, words``."""
    hits = letters.tone if lexicon["hits"] is None else lexicon["hits"]
    # Only counts of words are looked up in the lexicon anew.
    ours = _drop(read_tone(), lexicon["without"]) if read["words_only"] else None
    terms = measure_tone(replace(letters, tone=_drop(hits, lexicon["without"])), messages, tone=ours, **read)
    unknown = set(lexicon["measures"]) - set(terms["dimension"])
    if unknown and len(terms):
        raise CorpusError(f"The lexicon has no dimension {', '.join(sorted(unknown))}. It has {', '.join(sorted(set(terms['dimension'])))}.")
    terms = terms[terms["dimension"].isin(lexicon["measures"])]
    return terms.groupby(["message_id", "version_id"], as_index=False).agg(n=("n", "sum"), words=("words", "first"))


def _drop(table, terms):
    """Hits, or a lexicon, without some terms."""
    return table[~table["term"].isin(terms)]


def _of_that_year(message, letters, frames):
    """The measured letters of the same sender to the same recipient in the same year."""
    one = letters.messages.set_index("message_id").loc[message]
    theirs = letters.messages[(letters.messages["sender"] == one["sender"]) & (letters.messages["recipient"] == one["recipient"])]
    measured = letters.lengths.loc[(letters.lengths["basis"] == "text") & letters.lengths["frame"].isin(frames), "message_id"]
    return list(theirs.loc[(theirs["date"].dt.year == one["date"].year) & theirs["message_id"].isin(measured), "message_id"])


def _regress(a, b):
    """The ratio of the rates of two groups of letters, with the spread between letters."""
    import numpy as np
    import statsmodels.api as sm

    if min(len(a), len(b)) < 2 or not a["n"].sum() or not b["n"].sum():
        raise CorpusError("A group has one letter, or no such word, so that letters cannot be compared.")
    counts, exposure = (np.concatenate([a[name], b[name]]).astype(float) for name in ("n", "exposure"))
    sides = sm.add_constant(np.repeat([1.0, 0.0], [len(a), len(b)]))
    model = sm.GLM(counts, sides, family=sm.families.Poisson(), exposure=exposure)
    fitted = model.fit(scale="X2", use_t=True)
    # Letters that happen to be more alike than chance makes them do not make us surer than chance allows.
    fitted = fitted if fitted.scale > 1 else model.fit(scale=1.0, use_t=True)
    low, high = np.exp(fitted.conf_int()[1])
    return {"estimate": float(np.exp(fitted.params[1])), "low": float(low), "high": float(high)}


def ask_dropped(form, corpus, sender, recipient, by, publishers=None, languages=None, slots=None):
    """Ask how many letters, up to a day, are seen without a form of address after the last letter that has it.

    ``by``: the day; ``publishers, languages``: only what versions of these show; ``slots``: only these parts of the letter, of
    which one that lacks the form is enough (None: the letter as a whole, which lacks it where every part does). What a
    version can show is judged from the whole corpus: whether an outlet prints opening lines, for instance. Returns ``estimate`` (letters
    seen without it) and ``n`` (letters seen with it). Raises CorpusError where no letter is seen with the form, and where of
    the letters after the last of these none could have shown it: not to see that it was dropped is not to see that it was kept.
    """
    require_form(form, corpus.honorifics)
    require_several(publishers=publishers, languages=languages, slots=slots)
    seen = judge_versions(form, corpus)
    versions = corpus.versions.set_index("version_id").loc[seen["version_id"]]
    kept = (versions["publisher"].isin(publishers) if publishers else True) & (versions["language"].isin(languages) if languages else True)
    seen = seen[kept.to_numpy()] if publishers or languages else seen
    states = weigh_versions(seen, between(corpus.messages, sender, recipient))
    states = states[states["slot"].isin(slots)] if slots else summarise_evidence(states)
    states = states[states["date"] <= pd.Timestamp(by)]
    had = states[states["state"] == "attested"]
    if had.empty:
        raise CorpusError(f"No letter up to that day is seen with “{form}” under these choices.")
    since = states[states["date"] > had["date"].max()]
    without = since.loc[since["state"] == "absent", "message_id"].nunique()
    if len(since) and not without:
        raise CorpusError(f"After {had['date'].max():%Y-%m-%d} no letter could have shown “{form}” under these choices.")
    return {"estimate": without, "n": had["message_id"].nunique()}


def ask_absence(habit, message, letters, speech=("letter",), match=None, slot=None, since=None):
    """Ask how probable it was that a letter lacks a habit of its sender's earlier letters.

    ``speech``: the frames; ``match``: None or occasion; ``slot``: of a form of address, the part of the letter; ``since``: only letters from
    this day on. Returns ``estimate, low, high`` and ``n`` (letters that could have shown it). Raises CorpusError where the letter does
    not lack it.
    """
    known = letters if since is None else _since(letters, since)
    found = find_omissions(message, known, frames=speech, match=match, kinds=["formula"] if slot is None else ["form of address"])
    row = found[(found["habit"] == habit) & (found["change"] == "missing") & ((found["slot"] == slot) if slot else True)]
    if row.empty or math.isnan(row["surprise"].iloc[0]):
        raise CorpusError(f"“{habit}” is not seen to be missing from the letter under these choices, or in no earlier letter.")
    one = row.iloc[0]
    return {"estimate": float(one["surprise"]), "low": float(one["low"]), "high": float(one["high"]), "n": int(one["letters"])}


def _since(letters, day):
    """Letters from a day on."""
    messages = letters.corpus.messages[letters.corpus.messages["date"] >= day]
    return replace(letters, corpus=replace(letters.corpus, messages=messages), messages=letters.messages[letters.messages["date"] >= day])
