"""How letters are seen: what a reader must know before they are compared."""

SPEECH = {
    "letter": "direct", "reported": "indirect", "letter+reported": "direct and indirect", "mixed": "direct and indirect not told apart",
}  # fmt: skip

# A translator of these kinds chose words that the sender's own side did not.
OTHER_HANDS = ("press", "machine", "retranslation")


def see_letters(letters, styles):
    """How each letter is seen in the version that was read.

    ``styles``: as `measure_styles` gives them. Columns out: ``message_id, speech`` (direct, indirect, both), ``seen`` (whole,
    in part, as a summary), ``language, translation`` (as the codebook has them; blank where the version is not known).
    """
    about = letters.corpus.versions.drop_duplicates("version_id").set_index("version_id")[["language", "translation"]]
    about = about.reindex(styles["version_id"]).fillna("").reset_index(drop=True)
    seen = styles["extent"].eq("summary").map({True: "as a summary", False: "in part"}).mask(styles["words"] == styles["high"], "whole")
    speech = styles["frame"].map(SPEECH).fillna(styles["frame"])
    return about.assign(message_id=styles["message_id"].to_numpy(), speech=speech.to_numpy(), seen=seen.to_numpy())


def describe_side(views):
    """How the letters of one side are seen, with how many are seen so.

    >>> import pandas as pd
    >>> describe_side(pd.DataFrame({"speech": ["direct", "indirect", "direct"], "seen": "whole"}))
    'direct 2, indirect 1; whole 3'
    """
    return "; ".join(_tally(views[aspect]) for aspect in ("speech", "seen"))


def describe_sides(a, b):
    """Yes, where all letters of two sides are seen whole, in direct speech, in one language and in no stranger's translation; else
    what stands between them.

    >>> import pandas as pd
    >>> whole = {"speech": ["direct"], "seen": ["whole"], "language": ["en"], "translation": ["official"]}
    >>> describe_sides(pd.DataFrame(whole), pd.DataFrame(whole | {"seen": ["as a summary"]}))
    'seen: a whole, b as a summary'
    """
    aspects = {"speech": {"direct"}, "seen": {"whole"}}
    asked = [(name, set(a[name]) | set(b[name]) <= good) for name, good in aspects.items()]
    asked.append(("language", len(set(a["language"]) | set(b["language"])) == 1))
    asked.append(("translation", not {*a["translation"], *b["translation"]} & set(OTHER_HANDS)))
    found = [f"{name}: a {_tally(a[name])}, b {_tally(b[name])}" for name, good in asked if not good]
    return "; ".join(found) or "yes"


def _tally(values):
    """Each value with how often it occurs, the commonest first; alone where there is one letter."""
    values = values.where(values != "", "unknown")
    counts = values.value_counts().sort_index().sort_values(ascending=False, kind="stable")
    return ", ".join(f"{value} {n}" if len(values) > 1 else value for value, n in counts.items())
