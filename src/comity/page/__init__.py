"""The verbs of a page: `say` and `claim` for sentences, `show` for tables and figures, `show_text` for a text with its
forms of address marked, `provenance` for the foot."""

from comity.page.display import show
from comity.page.foot import provenance
from comity.page.marking import show_text
from comity.page.sentences import Sentence, claim, say
from comity.page.text import phrase

__all__ = ["Sentence", "claim", "phrase", "provenance", "say", "show", "show_text"]
