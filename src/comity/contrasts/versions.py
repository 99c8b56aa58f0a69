"""The versions of one message side by side, unit by unit: in how many of them does a finding hold?

A unit is a form of address in a place of the letter: the epithet *respected* in the opening line, the title *general
secretary* in the main text; and the opening line and the closing wish, each as a whole. Aligned by units, translations are
compared by what their words stand for: "closest" and "가장 친근한" are one unit.
"""

from dataclasses import replace
from difflib import get_close_matches

import pandas as pd

from comity.errors import CorpusError
from comity.evidence import joined, urls
from comity.forms import find_forms
from comity.record import rank_seen
from comity.sightings import AMBIGUOUS, RETRANSLATED, judge_versions
from comity.slots import SLOTS, UNPLACED, UNRELIABLE, addresses, see_slots

# What a version shows of a unit.
HAS, RETOLD, MAY_HAVE = "has", "has, retold", "may have"
SAID, LACKS, SAID_TO_LACK = "said to have", "lacks", "said to lack"
NOT_SEEN, NOT_RELIED_ON = "cannot be seen", "cannot be relied on"
# The strongest first: of two mentions in one place, the stronger counts.
SHOWS = (HAS, MAY_HAVE, RETOLD, SAID, LACKS, SAID_TO_LACK, NOT_SEEN, NOT_RELIED_ON)

# The whole letter as a place: words quoted without their place count here, and only here.
ANYWHERE = "anywhere"
FORMULA, NAME = "formula", "name"
UNIT_ELEMENTS = ("possessive", "epithet", "solidarity", "courtesy", "title", NAME, FORMULA)
# The lines that are units as a whole, by their place: their column in the table of versions, and what they are called.
LINES = {"salutation": ("salutation", "opening line"), "close": ("valediction", "closing wish")}

UNIT = ["slot", "element", "form"]
_SHOWN = ["shows", "words", "as_printed", "found_in", "reason"]
_VERSION = ["version_id", "outlet", "publisher", "language", "translation", "extent", "speech", "url"]
COLUMNS = ["message_id", *UNIT, *_VERSION[:1], *_SHOWN, *_VERSION[1:]]


def compare_versions(message, corpus):
    """Set the versions of one message side by side, unit by unit: what each shows of every form of address to the recipient.

    A unit is a place (``slot``: salutation, body, close, or *anywhere*, the whole letter), an ``element`` (possessive, epithet,
    solidarity, courtesy, title, name; formula: the opening line or closing wish as a whole) and a ``form`` (the translation
    group; of a name the person). Every form that any version has is there, in every place that any version shows with it or
    without it; what an outlet says in its own voice is not.
    ``shows`` is *has* (in the sender's own words), *may have* (a word that may translate another), *has, retold* (in indirect
    speech), *said to have*, *said to lack* (somebody's statement), *lacks* (the place was seen, and the unit is not there),
    *cannot be seen*, or *cannot be relied on* (a machine's words, or a translation of a translation: these neither attest nor
    deny), by the rules of `find_evidence`. The whole letter lacks a unit where all three places do.

    Columns out: ``message_id, slot, element, form, version_id, shows, words`` (of the unit, as printed), ``as_printed`` (the
    whole form of address; where the unit is missing, what stands there instead), ``found_in`` (the places in which this version
    has the form; *unplaced*: words quoted without their place), ``reason, outlet, publisher, language, translation, extent,
    speech, url``; one row a unit and version, the fullest version first. `summarise_versions` and `spread_versions` of
    ``comity.contrasts.collation`` read it. Errors: CorpusError where the corpus has no such message.

    >>> from comity import read_corpus
    >>> found = compare_versions("kim-xi-2019-10-06", read_corpus())
    >>> found[(found["slot"] == "salutation") & (found["form"] == "respected")]["shows"].value_counts().to_dict()
    {'cannot be seen': 4, 'has': 2}
    """
    mine = _of_message(message, corpus)
    forms = _find_units(mine)
    shown = pd.concat([_judge(forms, mine), _judge_lines(mine)], ignore_index=True)
    anywhere = _anywhere(shown[shown["element"] != FORMULA])
    shown = pd.concat([anywhere, shown[shown["slot"] != UNPLACED]], ignore_index=True).drop(columns="found_in")
    grid = shown[UNIT].drop_duplicates().merge(_versions(mine)[_VERSION], how="cross").merge(shown, "left", ["version_id", *UNIT])
    grid = grid.merge(anywhere[["version_id", "element", "form", "found_in"]], "left", ["version_id", "element", "form"])
    unseen = {"shows": NOT_SEEN, "reason": "this version does not let us see it", "words": "", "as_printed": "", "found_in": ""}
    grid = grid.fillna(unseen)
    return _in_order(_set_aside(grid).assign(message_id=message))


def _of_message(message, corpus):
    """The corpus with this message only; its table of versions stays whole, because an outlet's practice is learnt from all."""
    known = list(corpus.messages["message_id"])
    if message not in known:
        near = get_close_matches(str(message), known, n=1)
        hint = f"Did you mean {near[0]!r}?" if near else "See its table messages, column message_id."
        raise CorpusError(f"The corpus has no message {message!r}; it has {len(known):,}. {hint}")
    versions = corpus.versions.loc[corpus.versions["message_id"] == message, "version_id"]
    return replace(
        corpus, messages=corpus.messages[corpus.messages["message_id"] == message],
        mentions=corpus.mentions[corpus.mentions["version_id"].isin(versions)],
    )  # fmt: skip


def _find_units(mine):
    """The form behind every element of every address to the recipient; a name is a form too, that of its person."""
    theirs = addresses(mine)
    forms = find_forms(mine.mentions, mine.versions, mine.honorifics)
    named = theirs[theirs["name"] != ""]
    names = named.assign(element=NAME, term=named["name"], form=named["honoree"].str.replace("|", " and "), ambiguous=False, gloss=named["name"])
    forms = pd.concat([forms[forms["mention_id"].isin(theirs["mention_id"])], names[forms.columns]], ignore_index=True)
    return forms[forms["element"].isin(UNIT_ELEMENTS)]


def _judge(forms, mine):
    """What each version shows of every form, place by place, what shows nothing left out."""
    names = forms.loc[forms["element"] == NAME, ["form", "element"]].drop_duplicates().rename(columns={"form": "group"})
    mine = replace(mine, honorifics=pd.concat([mine.honorifics, names], ignore_index=True))
    judged = [
        judge_versions(form, mine, forms[forms["element"] == element]).assign(element=element, form=form)
        for element, form in forms[["element", "form"]].drop_duplicates().itertuples(index=False)
    ]
    if not judged:
        return pd.DataFrame(columns=["version_id", *UNIT, *_SHOWN])
    told = mine.mentions.rename(columns={"matched": "as_printed"})[["mention_id", "version_id", "as_printed", "basis"]]
    words = forms.merge(told, on="mention_id").rename(columns={"term": "words"})
    keys = ["version_id", "as_printed", "element", "form"]
    words = words.groupby(keys, as_index=False).agg(words=("words", joined), basis=("basis", "first"))
    judged = pd.concat(judged, ignore_index=True).merge(words, "left", keys).fillna({"words": ""})
    reported = judged["state"] == "reported"
    shows = judged["state"].map({"attested": HAS, "absent": LACKS, "reported": RETOLD})
    shows = shows.mask(reported & (judged["reason"] == AMBIGUOUS), MAY_HAVE)
    shows = shows.mask(reported & (judged["basis"] == "statement"), judged["polarity"].map({"present": SAID, "absent": SAID_TO_LACK}))
    return _strongest(judged.assign(shows=shows), ["version_id", *UNIT])


def _judge_lines(mine):
    """What each version shows of the opening line and the closing wish as a whole."""
    slots = see_slots(mine)[["version_id", "slot", "reason"]]
    own = addresses(mine).query("frame == 'letter' and basis != 'statement'")[["version_id", "slot"]].drop_duplicates()
    rows = []
    for slot, (column, form) in LINES.items():
        lines = _versions(mine).merge(slots[slots["slot"] == slot], "left", "version_id").fillna({"reason": ""})
        direct = (lines["speech"] == "direct") | lines["version_id"].isin(own.loc[own["slot"] == slot, "version_id"])
        shows = lines[column].ne("").map({True: RETOLD, False: None}).mask(lines[column].ne("") & direct, HAS)
        shows = shows.mask(lines[column].eq("") & lines["reason"].ne(""), LACKS)
        why = lines["reason"].where(shows == LACKS, "the sender's own words").mask(shows == RETOLD, "indirect speech, or partly so")
        unit = {"slot": slot, "element": FORMULA, "form": form}
        rows.append(lines.assign(**unit, shows=shows, words=lines[column], as_printed=lines[column], reason=why))
    return pd.concat(rows).dropna(subset="shows")[["version_id", *UNIT, "shows", "words", "as_printed", "reason"]]


def _strongest(shown, keys):
    """Of all that a version shows of a unit, the strongest, with the words that show it."""
    rank = shown["shows"].map(SHOWS.index)
    best = shown[rank == rank.groupby([shown[key] for key in keys]).transform("min")]
    texts = [name for name in _SHOWN[1:] if name in best]
    return best.groupby([*keys, "shows"], as_index=False, sort=False).agg({name: _joined for name in texts})


def _joined(values):
    """Distinct values in their order, joined by ``|``; "My" and "my" are one, as first spelt."""
    spelt = {}
    for part in joined(values).split("|"):
        spelt.setdefault(part.casefold(), part)
    return "|".join(spelt.values())


def _anywhere(shown):
    """The same for the letter as a whole: there if it is in any place, missing if it is missing from all of them."""
    keys = ["version_id", "element", "form"]
    missing = shown["shows"].isin([LACKS, SAID_TO_LACK])
    places = shown[~missing].groupby(keys, sort=False)["slot"].agg(joined).rename("found_in").reset_index()
    there = _strongest(shown[~missing], keys).merge(places, on=keys)
    # The weakest counts of what is missing: a place that is only said to lack it makes the letter only said to lack it.
    ranks = shown["shows"].map(SHOWS.index).groupby([shown[key] for key in keys])
    whole = missing & (missing.groupby([shown[key] for key in keys]).transform("sum") == len(SLOTS))
    whole &= missing.groupby([shown[key] for key in keys]).transform("all")
    lacking = _strongest(shown.assign(shows=ranks.transform("max").map(lambda rank: SHOWS[int(rank)]))[whole], keys)
    return pd.concat([there, lacking.assign(found_in="")], ignore_index=True).assign(slot=ANYWHERE)


def _versions(mine):
    """The versions of the message, the fullest first."""
    versions = mine.versions[mine.versions["message_id"].isin(mine.messages["message_id"])]
    versions = versions.assign(url=versions["version_id"].map(urls(mine)), seen=rank_seen(versions))
    return versions.sort_values(["seen", "language", "version_id"], ignore_index=True).drop(columns=["message_id", "seen"])


def _set_aside(grid):
    """Versions whose wording cannot be relied on neither attest nor deny, whatever stands in them."""
    unreliable = grid["translation"].isin(UNRELIABLE)
    why = grid["translation"].map({"machine": "a machine's words", "retranslation": RETRANSLATED})
    return grid.assign(shows=grid["shows"].mask(unreliable, NOT_RELIED_ON), reason=grid["reason"].mask(unreliable, why))


def _in_order(grid):
    """The whole letter, then its places; in one place by element, and what most versions have first."""
    ranks = {"slot": (ANYWHERE, *SLOTS), "element": UNIT_ELEMENTS}
    has = (grid["shows"] == HAS).groupby([grid[key] for key in UNIT]).transform("sum")
    order = grid.assign(has=-has, **{key: grid[key].map(values.index) for key, values in ranks.items()})
    order = order.sort_values(["slot", "element", "has", "form"], kind="stable").index
    return grid.loc[order, COLUMNS].reset_index(drop=True)
