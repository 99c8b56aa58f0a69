"""One phrase, several translations: which words stand in the versions where the sender's language has given words."""

import pandas as pd

from comity.evidence import between, joined, urls
from comity.forms import find_forms
from comity.ladder import RUNGS
from comity.slots import UNPLACED, addresses, is_reliable

_STATUS = ("original", "translation", "retold", "unsure")
_ORIGINAL = ["form", "original", "original_language"]
_RENDERING = ["element", *_ORIGINAL, "rendering", "gloss", "rendering_form", "language", "status"]


def compare_renderings(corpus, sender=None, recipient=None):
    """Set the words of the versions beside the words of the sender's language that stand in the same place.

    The same place is the same element in the same slot of the same message. Words quoted without their place belong to
    the original only where all that was seen of it has one word of that element. Words with no such original have a
    blank ``original``: it was not seen, or not in that place.

    Columns out: ``element; form, original, original_language`` (the words of the original and their translation group);
    ``rendering, gloss, rendering_form, language`` (the words of a version, and their group); ``status`` (*original*,
    *translation*, *retold*: in indirect speech, or *unsure*: a machine's, or a translation of a translation); ``messages,
    versions`` (in how many), ``outlets, urls, message_ids, version_ids`` (joined by ``|``). One row a rendering: those of
    one original together, the most frequent first within a status and language.

    >>> from comity import read_corpus
    >>> words = compare_renderings(read_corpus(), "Kim Jong Un", "Vladimir Putin")
    >>> words.query("original == '가장 친근한' and language == 'en' and status == 'translation'")["rendering"].iloc[0]
    'closest'
    """
    words = _words(corpus, between(corpus.messages, sender, recipient))
    words = pd.concat([_with_original(place, words) for place in ("slot", "message")] + [words]) if len(words) else words
    words = words.reindex(columns=[*words.columns.union(_ORIGINAL)]).drop_duplicates(["mention_id", "element", "rendering"])
    words = words.fillna(dict.fromkeys(_ORIGINAL, ""))
    counted = words.groupby(_RENDERING, sort=False, as_index=False).agg(
        messages=("message_id", "nunique"), versions=("version_id", "nunique"), outlets=("outlet", joined),
        urls=("url", joined), message_ids=("message_id", joined), version_ids=("version_id", joined),
    )
    known = counted.assign(unseen=counted["original"] == "", rank=counted["status"].map(_STATUS.index))
    order = known.sort_values(
        ["unseen", "element", *_ORIGINAL, "rank", "language", "versions", "rendering"], ascending=[True] * 7 + [False, True]
    )
    return order.drop(columns=["unseen", "rank"]).reset_index(drop=True)


def _words(corpus, messages):
    """Every word of address for the recipient in the versions of these messages, with its place and its standing."""
    told = addresses(corpus).query("basis != 'statement'").drop(columns="form")
    told = told[told["message_id"].isin(messages["message_id"])].merge(
        find_forms(corpus.mentions, corpus.versions, corpus.honorifics), on="mention_id"
    )
    told = told[told["element"].isin(RUNGS)].merge(corpus.versions[["version_id", "outlet"]], on="version_id")
    status = pd.Series("translation", index=told.index).mask(told["translation"] == "original", "original")
    status = status.mask(told["frame"] == "reported", "retold").mask(~is_reliable(told), "unsure")
    lexicon = corpus.honorifics.assign(rendering=corpus.honorifics["term"].str.lower())
    told = told.assign(rendering=told["term"].str.lower(), slot=told["slot"].replace("", UNPLACED), status=status,
                       rendering_form=told["form"], url=told["version_id"].map(urls(corpus)))
    told = told.drop(columns=["form", "ambiguous", "gloss"]).merge(
        lexicon.drop_duplicates(["rendering", "language", "element"])[["rendering", "language", "element", "gloss"]], "left"
    )
    return told.fillna({"gloss": ""})


def _with_original(place, words):
    """The words whose place holds exactly one word in the sender's language, with that word."""
    keys = ["message_id", "element"] + (["slot"] if place == "slot" else [])
    own = words[words["status"] == "original"].drop_duplicates([*keys, "rendering"])
    own = own[~own.duplicated(keys, keep=False)].rename(columns=dict(zip(["rendering_form", "rendering", "language"], _ORIGINAL)))
    placed = words["slot"] != UNPLACED
    return words[placed if place == "slot" else ~placed].merge(own[[*keys, *_ORIGINAL]], on=keys)
