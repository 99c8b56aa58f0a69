"""Whether a table of claims can be checked against a record at all."""

from comity.errors import CorpusError, require_messages
from comity.slots import SLOTS

NEEDED = ("claim_id", "articles", "claim", "messages", "shown_by", "testable")
ASKED = ("form", "slot", "compared_with", "expected", "reason")
# A claim of these kinds is about one message, and one to which it is compared.
_ABOUT_ONE = ("form dropped", "form first used", "wording", "tone", "length")


def require_claims(claims, corpus):
    """The claims with blanks for what is missing in a cell; raises CorpusError where one cannot be understood.

    Columns in: as in ``claims.csv``; those that are blank in every row may be missing. Columns out: the same.
    """
    missing = [name for name in NEEDED if name not in claims]
    if missing:
        raise CorpusError(f"The table of claims lacks the columns {', '.join(missing)}. The codebook describes them under claims.csv.")
    table = claims.reindex(columns=[*NEEDED, *ASKED]).astype("object").fillna("").astype("str")
    known = set(corpus.messages["message_id"])
    for claim in table[table["testable"] == "yes"].to_dict("records"):
        _require(claim, known)
    return table


def _require(claim, known):
    messages = claim["messages"].split("|")
    named = [*messages, *filter(None, [claim["compared_with"]])]
    require_messages(named, known, f"Claim {claim['claim_id']}: ")
    if claim["shown_by"] in _ABOUT_ONE and len(messages) > 1:
        raise CorpusError(f"Claim {claim['claim_id']}: a claim of the kind “{claim['shown_by']}” is about one message. Write a row for each.")
    if claim["slot"] and claim["slot"] not in SLOTS:
        raise CorpusError(f"Claim {claim['claim_id']}: {claim['slot']!r} is no part of a letter. Write {', '.join(SLOTS)} or leave it blank.")
    if claim["shown_by"] in ("form dropped", "tone", "length") and not claim["compared_with"]:
        raise CorpusError(f"Claim {claim['claim_id']}: a claim of the kind “{claim['shown_by']}” needs compared_with, the earlier message.")
