"""What the versions of one message come to: in how many of them each unit holds, and the table to read them by."""

import pandas as pd

from comity.contrasts.versions import FORMULA, HAS, LACKS, MAY_HAVE, NAME, NOT_RELIED_ON, NOT_SEEN, RETOLD, SAID, SAID_TO_LACK, UNIT

# What is said of the versions that neither have nor lack a unit.
_OTHERS = {
    MAY_HAVE: "perhaps in {}", RETOLD: "retold in {}", SAID: "said to be in {}", SAID_TO_LACK: "said to be missing from {}",
    NOT_SEEN: "cannot be seen in {}", NOT_RELIED_ON: "{} cannot be relied on",
}  # fmt: skip
_CELLS = {
    HAS: "{}", MAY_HAVE: "{} (perhaps)", RETOLD: "{} (retold)", SAID: "said to be there", LACKS: "lacks", SAID_TO_LACK: "said to lack",
    NOT_SEEN: "", NOT_RELIED_ON: "{} (not relied on)",
}  # fmt: skip
# How the words of a version are told apart from those that are surely the sender's.
_STANDING = {HAS: "", MAY_HAVE: ", unsure", RETOLD: ", retold"}

_MARKS = " ,.!:;，。！：、"


def summarise_versions(compared):
    """Say of each unit in how many versions it holds, in which words, and what other versions have in its place.

    Columns in: as `compare_versions` gives them; rows of versions that one does not want to count may be left out.
    Columns out: ``message_id, slot, element, form, holds`` (versions that have it in the sender's own words), ``seen`` (those
    that have or lack it), ``place`` (those that have or lack anything in this place, the same for all its units),
    ``versions`` (all), ``told`` ("holds in 4 of 6 versions", and what the others show), ``publishers`` (whose
    versions have it: copies of one text are no independent witnesses), ``words`` (of this unit, by language, with the number of versions),
    ``differs`` (what stands in this place by version, where it is not the same in all; blank where it is); one row a unit.

    >>> from comity import read_corpus
    >>> from comity.contrasts.versions import compare_versions
    >>> told = summarise_versions(compare_versions("kim-xi-2019-10-06", read_corpus()))
    >>> told.query("slot == 'salutation' and form == 'respected'")["told"].iloc[0]
    'holds in 2 of 2 versions; cannot be seen in 4'
    """
    places = {place: _tell_alternatives(rows) for place, rows in compared.groupby(["message_id", "slot", "element"], sort=False)}
    shown = compared[compared["shows"].isin([HAS, LACKS])].groupby(["message_id", "slot"])["version_id"].nunique()
    rows = []
    for (message, *unit), versions in compared.groupby(["message_id", *UNIT], sort=False):
        has, counts = versions[versions["shows"] == HAS], versions["shows"].value_counts()
        rows.append((
            message, *unit, len(has), len(has) + counts.get(LACKS, 0), shown.get((message, unit[0]), 0), len(versions), _tell(counts),
            _count(has["publisher"]), _by_language(_wordings(versions)), places[message, *unit[:2]],
        ))  # fmt: skip
    columns = ["message_id", *UNIT, "holds", "seen", "place", "versions", "told", "publishers", "words", "differs"]
    return pd.DataFrame(rows, columns=columns).astype(dict.fromkeys(("holds", "seen", "place", "versions"), "int64"))


def spread_versions(compared):
    """Lay the versions out as a table to read: a row a unit, a column a version, the words of the unit in the cells.

    A blank cell is a place that cannot be seen; "lacks" is a place that was seen without the unit.
    Columns in: as `compare_versions` gives them. Columns out: ``slot, element, form``, and one a version, named by outlet and
    language, the fullest first.

    >>> from comity import read_corpus
    >>> from comity.contrasts.versions import compare_versions
    >>> spread_versions(compare_versions("kim-xi-2019-10-06", read_corpus())).columns[3]
    'DPRK MFA, en'
    """
    versions = compared.drop_duplicates("version_id")
    names = versions["outlet"] + ", " + versions["language"]
    again = names.groupby(names).cumcount()
    names = dict(zip(versions["version_id"], names.where(again == 0, names + " (" + (again + 1).astype("str") + ")"), strict=True))
    cells = [_CELLS[row.shows].format(row.words) if row.words or row.shows != NOT_RELIED_ON else "" for row in compared.itertuples()]
    units = compared[UNIT].drop_duplicates()
    wide = compared[UNIT].assign(version=compared["version_id"].map(names), cell=cells)
    wide = wide.pivot(index=UNIT, columns="version", values="cell").reindex(columns=list(names.values()))
    return units.merge(wide.reset_index(), "left", on=UNIT).rename_axis(columns=None).reset_index(drop=True)


def _tell(counts):
    holds = counts.get(HAS, 0)
    seen = holds + counts.get(LACKS, 0)
    first = f"holds in {holds} of {seen} version{'' if seen == 1 else 's'}" if seen else "no version lets us see it in the sender's words"
    return "; ".join([first, *(text.format(counts[shows]) for shows, text in _OTHERS.items() if shows in counts)])


def _wordings(rows):
    """The words of each version, in small letters, several of one version together: version, shows, group, words."""
    told = rows[rows["shows"].isin(_STANDING.keys())]
    whole = told["element"].isin([NAME, FORMULA])
    words = told["words"].where(whole, told["words"].str.lower()).str.strip(_MARKS).str.replace("|", " + ")
    told = told.assign(group=told["language"] + told["shows"].map(_STANDING), words=words)
    return told.groupby(["version_id", "shows", "group"], sort=False, as_index=False)["words"].agg(" + ".join)


def _by_language(wordings):
    quoted = wordings.assign(words='"' + wordings["words"] + '"')
    return "; ".join(f"{group}: {_count(words)}" for group, words in quoted.groupby("group")["words"])


def _count(values):
    counts = values.value_counts().reset_index().sort_values(["count", values.name], ascending=[False, True])
    return ", ".join(f"{value} {count}" for value, count in counts.itertuples(index=False))


def _tell_alternatives(rows):
    """What the versions have in one place; blank where those in the sender's words agree on it."""
    wordings, has = _wordings(rows), rows[rows["shows"] == HAS]
    lacking = rows.loc[(rows["shows"] == LACKS) & ~rows["version_id"].isin(wordings["version_id"]), "version_id"].nunique()
    own = wordings[wordings["shows"] == HAS].groupby("group")["words"].nunique()
    if has["form"].nunique() + bool(lacking) < 2 and not (own > 1).any():
        return ""
    return "; ".join(filter(None, [_by_language(wordings), f"none {lacking}" if lacking else ""]))
