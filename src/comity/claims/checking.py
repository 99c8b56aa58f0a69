"""Every claim with its verdict."""

import pandas as pd

from comity.claims.asked import require_claims
from comity.claims.dates import judge_date
from comity.claims.delivery import judge_delivery
from comity.claims.finding import Finding, Record
from comity.claims.forms import judge_dropped, judge_first, judge_present
from comity.claims.lengths import judge_length
from comity.claims.tone import judge_tone
from comity.claims.wording import judge_wording
from comity.evidence import joined

_JUDGES = {
    "form present": judge_present, "form dropped": judge_dropped, "form first used": judge_first, "date": judge_date,
    "length": judge_length, "wording": judge_wording, "tone": judge_tone, "delivery": judge_delivery,
}  # fmt: skip
# What a claim of this kind expects of the record, said or unsaid; the others expect words, a day, a direction.
_EXPECTED = {"form present": "present", "form dropped": "absent", "form first used": "present", "delivery": "present"}
_MEASURED = ("wording", "tone")

COLUMNS = ["claim_id", "articles", "claim", "verdict", "because", "passages", "versions", "would_change"]


def check_claims(claims, corpus, letters=None):
    """Give each claim its verdict, the measurement behind it, the passages, and what would change it.

    Claims about a form of address (present, dropped, first used), a date, a length or a delivery are checked against the record;
    those about wording and tone need ``letters`` as `gather_letters` gives them, and are *not checked* without. So are
    claims that nothing here can test, with the reason. A form known only from hearsay, and words known only from a retelling, a
    newspaper's translation or another rendering make a claim hold *in part*. A tone *holds* where the interval of one letter
    against the other excludes equality; where it does not, the difference *cannot be seen*. An article is no witness for its own
    claims: where the record has it as a version, that version is left out.

    Columns in: ``claims`` as in ``claims.csv``. Columns out: ``claim_id, articles, claim, verdict`` (holds, holds in part, does not
    hold, cannot be seen, not checked), ``because`` (the measurement), ``passages`` (as printed, with the outlet; joined by ``|``),
    ``versions`` (joined by ``|``), ``would_change`` (what would change the verdict); one row a claim, in the order given.
    Errors: CorpusError for a missing column, an unknown message or a part of the letter that is none.

    >>> from comity import read_corpus
    >>> corpus = read_corpus()
    >>> verdicts = check_claims(corpus.claims, corpus).set_index("claim_id")["verdict"]
    >>> verdicts["C01"]
    'holds'
    """
    record = Record(corpus, letters)
    rows = []
    for claim in require_claims(claims, corpus).to_dict("records"):
        found = _judge(claim, record.apart_from(claim["articles"]))
        told = found._asdict() | {"versions": joined([found.versions]), "passages": "|".join(dict.fromkeys(found.passages))}
        rows.append({key: claim[key] for key in ("claim_id", "articles", "claim")} | told)
    return pd.DataFrame(rows, columns=COLUMNS)


def _judge(claim, record):
    kind = claim["shown_by"]
    if claim["testable"] != "yes":
        return Finding("not checked", claim["reason"], would_change="a source that this record does not hold")
    if kind not in _JUDGES:
        return Finding("not checked", f"nothing here shows a claim of the kind “{kind}”")
    if kind in _EXPECTED and claim["expected"] not in ("", _EXPECTED[kind]):
        return Finding("not checked", f"a claim of the kind “{kind}” expects “{_EXPECTED[kind]}”, not “{claim['expected']}”")
    if kind in _MEASURED and record.letters is None:
        return Finding("not checked", f"a claim about {kind} needs the measured letters", would_change="check_claims(claims, corpus, letters)")
    return _JUDGES[kind](claim, record)
