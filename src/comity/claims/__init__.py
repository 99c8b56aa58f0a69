"""What others assert about the messages, each claim against the record. No verdict is typed: each follows from tables."""

from comity.claims.checking import check_claims
from comity.claims.finding import VERDICTS

__all__ = ["VERDICTS", "check_claims"]
