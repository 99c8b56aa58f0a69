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
    language``; ``honorifics`` with ``term, language, element, group, ambiguous`` and, where wanted, ``gloss``.
    Columns out: ``mention_id, element, term, form, ambiguous`` (whether the term, in a translation, may stand for
    another form), ``gloss`` (the term word for word in English: the lexicon's gloss where it has one), one row a term found, in the order
    of the mentions.

    >>> import pandas as pd
    >>> mentions = pd.DataFrame({"mention_id": ["a"], "version_id": ["v"], "epithet": ["존경하는"]})
    >>> versions = pd.DataFrame({"version_id": ["v"], "language": ["ko"]})
    >>> honorifics = pd.DataFrame({"term": ["존경하는"], "language": ["ko"], "element": ["epithet"], "group": ["respected"],
    ...     "ambiguous": ["no"]})
    >>> find_forms(mentions, versions, honorifics).to_dict("records")
    [{'mention_id': 'a', 'element': 'epithet', 'term': '존경하는', 'form': 'respected', 'ambiguous': False, 'gloss': 'respected'}]
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
    return pd.DataFrame(rows, columns=["mention_id", "element", "term", "form", "ambiguous", "gloss"])


def name_forms(table):
    """What a reader is told a form is called: as in the lexicon, titles of courtesy with a capital: "Excellency", "Mr".

    Columns in: ``form, element``. Out: a Series in the order of the rows.

    >>> import pandas as pd
    >>> name_forms(pd.DataFrame({"form": ["mr", "comrade"], "element": ["courtesy", "solidarity"]})).tolist()
    ['Mr', 'comrade']
    """
    capital = table["form"].str[:1].str.upper() + table["form"].str[1:]
    return table["form"].mask(table["element"] == "courtesy", capital)


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
    """Give each mention in English, word for word, from its elements and its name: "respected comrade general secretary".

    The words are those of the terms, not of the forms they are counted as: "esteemed" stays esteemed. A name is given as that of the honoree, so that "習近平" reads "Xi Jinping".

    Columns in: ``mentions`` with ``mention_id, name, honoree``; ``forms`` as :func:`find_forms` gives it.
    Out: a Series indexed by ``mention_id``; the empty string where the lexicon knows none of the words.

    >>> import pandas as pd
    >>> mentions = pd.DataFrame({"mention_id": ["a"], "name": [""], "honoree": ["Ann"]})
    >>> forms = pd.DataFrame({"mention_id": ["a", "a"], "element": ["title", "epithet"], "gloss": ["chairman", "dearest"]})
    >>> gloss_mentions(mentions, forms)["a"]
    'dearest chairman'
    """
    honorees = mentions["honoree"].str.replace("|", " and ")
    named = mentions.assign(gloss=honorees)[mentions["name"] != ""][["mention_id", "gloss"]]
    parts = pd.concat([forms[["mention_id", "element", "gloss"]], named.assign(element="name")])
    parts = parts[parts["element"].isin(_GLOSS_ORDER)]
    parts = parts.assign(rank=parts["element"].map(_GLOSS_ORDER.index)).sort_values("rank", kind="stable")
    glosses = parts.groupby("mention_id")["gloss"].agg(" ".join)
    return glosses.reindex(mentions["mention_id"], fill_value="")


def _compile(honorifics):
    """One pattern a language and element, longest term first; and the form each term stands for, whether surely, and its gloss."""
    patterns, names = {}, {}
    for (language, element), terms in honorifics.groupby(["language", "element"]):
        longest_first = sorted(terms["term"], key=len, reverse=True)
        patterns[language, element] = re.compile("|".join(map(as_word, longest_first)), re.IGNORECASE)
        own = terms["term"] if language.split("-")[0] == "en" else terms["group"]
        glosses = terms["gloss"].where(terms["gloss"] != "", own) if "gloss" in terms else own
        for term, form, ambiguous, gloss in zip(terms["term"], terms["group"], terms["ambiguous"], glosses, strict=True):
            names[language, element, term.casefold()] = form, ambiguous == "yes", gloss
    return patterns, names
