"""Which form of address a mention holds, whatever its language: "존경하는" and "esteemed" are both *respected*."""

import re

import pandas as pd

from comity.honorifics import as_word

ELEMENTS = ("possessive", "epithet", "solidarity", "courtesy", "title", "pronoun")

# An honorific reads best in this order in English, whatever the order in the original.
_GLOSS_ORDER = ("possessive", "epithet", "solidarity", "courtesy", "title", "name")


def find_forms(mentions, versions, honorifics):
    """Name the form of address behind every element of every mention.

    The longest term of the lexicon wins and each character counts once, so "most dear" is not also "dear".

    Columns in: ``mentions`` with ``mention_id, version_id`` and the elements; ``versions`` with ``version_id,
    language``; ``honorifics`` with ``term, language, element, group, ambiguous``.
    Columns out: ``mention_id, element, term, form, ambiguous`` (whether the term, in a translation, may stand for
    another form), one row a term found, in the order of the mentions.

    >>> import pandas as pd
    >>> mentions = pd.DataFrame({"mention_id": ["a"], "version_id": ["v"], "epithet": ["존경하는"]})
    >>> versions = pd.DataFrame({"version_id": ["v"], "language": ["ko"]})
    >>> honorifics = pd.DataFrame({"term": ["존경하는"], "language": ["ko"], "element": ["epithet"], "group": ["respected"],
    ...     "ambiguous": ["no"]})
    >>> find_forms(mentions, versions, honorifics).to_dict("records")
    [{'mention_id': 'a', 'element': 'epithet', 'term': '존경하는', 'form': 'respected', 'ambiguous': False}]
    """
    patterns, names = _compile(honorifics)
    language = versions.set_index("version_id")["language"]
    rows = []
    for mention in mentions.to_dict("records"):
        spoken = language.get(mention["version_id"], "")
        for element in ELEMENTS:
            words = mention.get(element, "")
            pattern = patterns.get((spoken, element))
            if not words or pattern is None:
                continue
            for hit in pattern.finditer(words):
                rows.append((mention["mention_id"], element, hit.group(), *names[spoken, element, hit.group().casefold()]))
    return pd.DataFrame(rows, columns=["mention_id", "element", "term", "form", "ambiguous"])


def list_silent_terms(mentions, versions, honorifics):
    """List the terms of the lexicon that stand in no form of address: what the data cannot say whether it works.

    Columns in: as for :func:`find_forms`, ``mentions`` with ``matched`` and ``name`` too. The noun of a people or party is
    looked for in the name, a particle in the words as printed; both are no elements of their own.
    Columns out: those of ``honorifics``, and its rows, in its order, without the terms that were found.

    >>> import pandas as pd
    >>> mentions = pd.DataFrame({"mention_id": ["a"], "version_id": ["v"], "matched": ["dear Ann"], "epithet": ["dear"], "name": ["Ann"]})
    >>> versions = pd.DataFrame({"version_id": ["v"], "language": ["en"]})
    >>> honorifics = pd.DataFrame({"term": ["dear", "esteemed"], "language": "en", "element": "epithet", "group": "dear", "ambiguous": "no"})
    >>> list_silent_terms(mentions, versions, honorifics)["term"].tolist()
    ['esteemed']
    """
    language = mentions["version_id"].map(versions.drop_duplicates("version_id").set_index("version_id")["language"])
    spoken = dict(zip(mentions["mention_id"], language, strict=True))
    found = find_forms(mentions, versions, honorifics)
    fired = {(spoken[row.mention_id], row.element, row.term.casefold()) for row in found.itertuples()}
    elsewhere = honorifics[(honorifics["element"] == "particle") | (honorifics["group"] == "body")]
    for term in elsewhere.itertuples():
        words = mentions.loc[language == term.language, "name" if term.group == "body" else "matched"]
        if words.str.contains(as_word(term.term), case=False).any():
            fired.add((term.language, term.element, term.term.casefold()))
    keys = zip(honorifics["language"], honorifics["element"], honorifics["term"].str.casefold(), strict=True)
    return honorifics[[key not in fired for key in keys]].reset_index(drop=True)


def gloss_mentions(mentions, forms):
    """Give each mention in English, from the forms of its elements and its name: "respected comrade general secretary".

    A name is given as that of the honoree, so that "習近平" reads "Xi Jinping".

    Columns in: ``mentions`` with ``mention_id, name, honoree``; ``forms`` as :func:`find_forms` gives it.
    Out: a Series indexed by ``mention_id``; the empty string where the lexicon knows none of the words.

    >>> import pandas as pd
    >>> mentions = pd.DataFrame({"mention_id": ["a"], "name": [""], "honoree": ["Ann"]})
    >>> forms = pd.DataFrame({"mention_id": ["a", "a"], "element": ["title", "epithet"], "form": ["chairman", "dear"]})
    >>> gloss_mentions(mentions, forms)["a"]
    'dear chairman'
    """
    honorees = mentions["honoree"].str.replace("|", " and ")
    named = mentions.assign(form=honorees)[mentions["name"] != ""][["mention_id", "form"]]
    parts = pd.concat([forms[["mention_id", "element", "form"]], named.assign(element="name")])
    parts = parts[parts["element"].isin(_GLOSS_ORDER)]
    parts = parts.assign(rank=parts["element"].map(_GLOSS_ORDER.index)).sort_values("rank", kind="stable")
    glosses = parts.groupby("mention_id")["form"].agg(" ".join)
    return glosses.reindex(mentions["mention_id"], fill_value="")


def _compile(honorifics):
    """One pattern a language and element, longest term first; and the form each term stands for, and whether surely."""
    patterns, names = {}, {}
    for (language, element), terms in honorifics.groupby(["language", "element"]):
        longest_first = sorted(terms["term"], key=len, reverse=True)
        patterns[language, element] = re.compile("|".join(map(as_word, longest_first)), re.IGNORECASE)
        for term, form, ambiguous in zip(terms["term"], terms["group"], terms["ambiguous"]):
            names[language, element, term.casefold()] = form, ambiguous == "yes"
    return patterns, names
