"""What judging a claim comes to, and what every judge works from."""

from dataclasses import replace
from functools import cached_property
from typing import NamedTuple

import pandas as pd

from comity.evidence import require_form, weigh_versions
from comity.forms import find_forms
from comity.sightings import judge_versions
from comity.slots import see_slots

VERDICTS = ("holds", "holds in part", "does not hold", "cannot be seen", "not checked")


class Finding(NamedTuple):
    """A verdict, the measurement behind it, the versions it rests on (joined by ``|``), the passages as printed, and what
    would change it."""

    verdict: str
    because: str
    versions: str = ""
    passages: tuple[str, ...] = ()
    would_change: str = ""


class Record:
    """The record and, where they are at hand, the measurements, with what several claims ask for reckoned once."""

    def __init__(self, corpus, letters=None):
        self.corpus, self.letters = corpus, letters
        self._judged, self._apart = {}, {(): self}

    @cached_property
    def forms(self):
        return find_forms(self.corpus.mentions, self.corpus.versions, self.corpus.honorifics)

    @cached_property
    def slots(self):
        return see_slots(self.corpus)

    def states(self, form: str, messages: pd.DataFrame) -> pd.DataFrame:
        """The states of a form of address in these messages, as `find_evidence` gives them."""
        if form not in self._judged:
            require_form(form, self.corpus.honorifics)
            self._judged[form] = judge_versions(form, self.corpus, self.forms, self.slots)
        return weigh_versions(self._judged[form], messages)

    @cached_property
    def articles(self):
        """The version that each article is, where the record has it."""
        return self.corpus.sources.query("kind == 'article' and version_id != ''").set_index("source_id")["version_id"]

    def apart_from(self, articles: str) -> "Record":
        """The record without what these articles say themselves: none of them is a witness for its own claim."""
        own = tuple(self.articles.reindex(articles.split("|")).dropna())
        if own not in self._apart:
            self._apart[own] = Record(_without(own, self.corpus), self.letters and replace(self.letters, corpus=_without(own, self.letters.corpus)))
        return self._apart[own]

    def message(self, message_id: str) -> pd.DataFrame:
        return self.corpus.messages[self.corpus.messages["message_id"] == message_id]


def _without(versions, corpus):
    tables = {name: getattr(corpus, name) for name in ("versions", "mentions", "phrases", "token_counts", "lengths", "deliveries")}
    return replace(corpus, **{name: table[~table["version_id"].isin(versions)] for name, table in tables.items()})


def day(date) -> str:
    """A day as people write it; other values as they are."""
    try:
        return f"{pd.Timestamp(date):%-d %B %Y}"
    except ValueError:
        return str(date)


def quoted(words: str, outlet: str) -> str:
    """Words as printed, and where."""
    return f"“{words}” ({outlet})"
