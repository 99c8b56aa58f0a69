"""Claims about length: shorter or longer, if any two versions can be compared."""

import pandas as pd

from comity.claims.finding import Finding
from comity.lengths import compare_lengths

# Which relations of two versions agree with a claim, and which refute it; "at most as long" does neither for "shorter".
_LENGTHS = {
    "shorter": (["shorter"], ["longer", "equal", "at least as long"]),
    "longer": (["longer"], ["shorter", "equal", "at most as long"]),
}
_NEEDED = "both letters whole, in one language and one kind of speech, counted in the same way"


def judge_length(claim, record):
    """Shorter or longer, if any two versions can be compared; otherwise it cannot be seen, and why."""
    if claim["expected"] not in _LENGTHS:
        return Finding("not checked", f"a claim about length expects {' or '.join(_LENGTHS)}, not “{claim['expected']}”")
    pairs = compare_lengths(claim["compared_with"], claim["messages"], record.corpus)
    agree, refute = (pairs["relation"].isin(relations) for relations in _LENGTHS[claim["expected"]])
    known = pairs[agree | refute]
    if known.empty:
        reasons = pairs["reason"].str.split(":").str[0].value_counts()
        counted = ", ".join(f"{n} for {reason}" for reason, n in reasons.items())
        return Finding("cannot be seen", f"none of the {len(pairs)} pairs of versions decides it: {counted}", would_change=_NEEDED)
    verdict = "does not hold" if not agree.any() else "holds in part" if refute.any() else "holds"
    versions = pd.concat([known["earlier_version"], known["later_version"]]).drop_duplicates()
    return Finding(verdict, "; ".join(known["relation"] + ": " + known["reason"]), "|".join(versions), would_change="other whole versions of the two letters")
