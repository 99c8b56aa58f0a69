"""How far each language is read: `python benchmarks/languages.py` prints what data/README.md says of it.

Counted are the terms of data/lexicons/honorifics.csv, which of them stand in a form of address of the record or of
data/archive, and how often the elements read in a form of the record are those that were transcribed.
"""

import textwrap

import pandas as pd

from comity import list_silent_terms, read_corpus, read_measurements
from comity.address.abroad import measure_reading

NAMES = {"en": "English", "ko": "Korean", "zh": "Chinese", "ru": "Russian", "ja": "Japanese", "de": "German", "it": "Italian"}
HEAD = "| language | terms | found | forms of the record | elements | agreed |\n|---|---|---|---|---|---|"


def silent_terms() -> pd.DataFrame:
    """The terms that stand in no form of address of ours, as `list_silent_terms` gives them."""
    corpus, measured = read_corpus(), read_measurements().mentions
    measured = measured.assign(mention_id=[f"archive#{number}" for number in measured.index])
    versions = pd.concat([corpus.versions, measured[["version_id"]].drop_duplicates().assign(language="en")])
    mentions = pd.concat([corpus.mentions, measured]).fillna({"pronoun": ""})
    return list_silent_terms(mentions, versions, corpus.honorifics)


def languages_table() -> str:
    """A row a language: terms in the lexicon, terms found, distinct forms in the record, their elements, how many agree."""
    corpus, silent = read_corpus(), silent_terms()["language"].value_counts()
    reading = measure_reading(corpus.mentions, corpus.versions).groupby("language")[["forms", "agreed"]].sum()
    printed = corpus.mentions.merge(corpus.versions[["version_id", "language"]]).groupby("language")["matched"].nunique()
    rows = [HEAD]
    for code, name in NAMES.items():
        terms = int((corpus.honorifics["language"] == code).sum())
        cells = [name, terms, terms - int(silent.get(code, 0)), int(printed.get(code, 0))]
        cells += reading.loc[code].tolist() if code in reading.index else ["", ""]
        rows.append(f"| {' | '.join(map(str, cells))} |")
    return "\n".join(rows)


def silent_list() -> str:
    """The terms found nowhere, a paragraph a language and element."""
    groups = silent_terms().groupby(["language", "element"], sort=False)["term"]
    ordered = sorted(groups, key=lambda group: list(NAMES).index(group[0][0]))
    lines = [f"* {NAMES[language]}, {element}: {', '.join(terms)}." for (language, element), terms in ordered]
    return "\n".join(textwrap.fill(line, 150, subsequent_indent="  ", break_long_words=False, break_on_hyphens=False) for line in lines)


if __name__ == "__main__":
    print(languages_table(), silent_list(), sep="\n\n")
