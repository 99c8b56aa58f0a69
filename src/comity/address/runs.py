"""Runs of honorific words in an English text, with the names, articles and possessives that belong to them."""

import re
from bisect import bisect_left
from collections.abc import Iterator

from comity.address.bodies import find_body
from comity.address.lexicon import LOOSE, Lexicon, Term, fold
from comity.address.names import NameFinder
from comity.address.praises import HEADS, find_praise
from comity.address.run import Run, is_plural
from comity.address.tokens import Tokens
from comity.sources.terms import read_terms
from comity.sources.word_lists import of_lexicons

_GAP = re.compile(r"[ \t\u00a0]*(?:\r\n|[\r\n])?[ \t\u00a0]*")
_GAP_AFTER_ABBREVIATION = re.compile(r"\.?[ \t\u00a0]*(?:\r\n|[\r\n])?[ \t\u00a0]*")
_GAP_OF_EPITHETS = re.compile(r",?\s+")
_GAP_OF_TERM = re.compile(r"\s+|-")
_GAP_AFTER_YOU = re.compile(r",?[ \t\u00a0]+")


class RunFinder:
    """Finds the runs of honorific words of one sentence."""

    def __init__(self, text: str, tokens: Tokens, lexicon: Lexicon, names: NameFinder):
        self.text, self.tokens, self.lexicon, self.names = text, tokens, lexicon, names

    def find(self, beginning: set[str]) -> Iterator[Run]:
        """The runs in order, looked for from the words with which one may begin; each word is in one of them at most."""
        at = 0
        for index, word in enumerate(self.tokens.words):
            if word not in beginning or index < at:
                continue
            run = self._read(self._back(index, at))
            if run.terms:
                self._complete(run, at)
                yield run
            # Whoever was handed the run may have made it longer.
            at = max(at, run.stop, bisect_left(self.tokens.starts, run.end))

    def _back(self, index: int, least: int) -> int:
        """Where the offices right before a word begin: "General Secretary Comrade"."""
        while index > least:
            before = next((length for length in (2, 1) if index - length >= least and self._is_office(index - length, length)), 0)
            if not before:
                break
            index -= before
        return index

    def _is_office(self, index: int, length: int) -> bool:
        term = self.term(index)
        return bool(term and term.element == "title" and len(term.words) == length and _GAP.fullmatch(self.gap(index + length)))

    def _read(self, index: int) -> Run:
        """The longest run of terms from here."""
        run = Run(index, index)
        while True:
            self._add_link(run)
            term = self.term(run.stop)
            if term is None or not self._joins(run, term):
                break
            run.take(term)
        self._add_body(run)
        self._add_praise(run)
        return run

    def _add_link(self, run: Run) -> None:
        """A small word between two terms: "Your Excellency the president", "respected and beloved", "leaders and marshals"."""
        word, last = self.word(run.stop), run.terms[-1] if run.terms else None
        if last is None or (word != "and" and not (word in _words("article") and last.element == "courtesy")):
            return
        after = self.term(run.stop + 1)
        if after is None or not (self.gap(run.stop).isspace() and self.gap(run.stop + 1).isspace()):
            return
        praise = last.element == "title" and last.beside and after.beside
        same = after.element == last.element and (last.element in ("epithet", "solidarity") or is_plural(last) or praise)
        if (same and is_plural(last) == is_plural(after)) if word == "and" else after.element in ("epithet", "title"):
            run.add("link", 1)

    def _add_praise(self, run: Run) -> None:
        """ "the great leader, peerless patriot and true friend": more praise under one article."""
        while run.has("epithet") and run.terms[-1].element in HEADS and not run.has("name"):
            praise = find_praise(self, run.stop)
            if praise is None or self.names.length(praise.stop):
                return
            for element, length in (("link", praise.link), ("degree", praise.degree)):
                if length:
                    run.add(element, length)
            for term in praise.terms:
                run.take(term)

    def _add_body(self, run: Run) -> None:
        """ "the fraternal Utopian people": the name of a people or party between the epithet and its noun."""
        body = find_body(self, run.stop) if run.terms and run.terms[-1].element == "epithet" else None
        if body:
            if body.link:
                run.add("link", body.link)
            run.add("name", body.stop - run.stop)
            run.terms.append(body.term)

    def word(self, index: int) -> str:
        """A word in lower case; empty after the last."""
        return self.tokens.words[index].lower() if index < len(self.tokens.words) else ""

    def _complete(self, run: Run, at: int) -> None:
        """Take in the name that follows and what stands before, but for what an earlier run has."""
        length = self.names.length(run.stop, after_abbreviation=_is_short(run.terms[-1]))
        if length and self._takes_name(run, length):
            run.add("name", length)
            self._add_further_names(run)
        self._begin(run, at)

    def term(self, index: int) -> Term | None:
        """The longest term that begins at a token."""
        if index >= len(self.tokens.words):
            return None
        word = self.tokens.words[index]
        terms = self.lexicon.starting(word) or ()
        return next((term for term in terms if term.stands(word) and (len(term.words) == 1 or self._stands(term, index))), None)

    def _stands(self, term: Term, index: int) -> bool:
        if index + len(term.words) > len(self.tokens.words):
            return False
        later = range(index + 1, index + len(term.words))
        return all(
            fold(self.tokens.words[at]) == term.words[at - index] and _GAP_OF_TERM.fullmatch(self.gap(at)) for at in later
        )

    def gap(self, index: int) -> str:
        """What stands between a token and the one before it."""
        return self.text[self.tokens.ends[index - 1] : self.tokens.starts[index]]

    def _joins(self, run: Run, term: Term) -> bool:
        """Whether the next term belongs to the run."""
        if not run.terms:
            return term.element not in LOOSE
        gap, last = self.gap(run.stop), run.terms[-1]
        if term.element in LOOSE:
            after = self.term(run.stop + 1) if term.element == "possessive" else None
            joined = after and (after.element == "courtesy" or last.element == after.element == "epithet" or after.element == "solidarity")
            return bool(joined and _GAP.fullmatch(gap))
        if term.element == "epithet":
            # "their friends dear" calls nobody dear.
            return last.element in ("epithet", "courtesy") and bool(_GAP_OF_EPITHETS.fullmatch(gap))
        if term.beside and last.beside and term.element == last.element == "title" and gap.startswith(","):
            # "the great theoretician, statesman and patriot"
            return bool(_GAP_OF_EPITHETS.fullmatch(gap)) and self.word(run.stop + 1) == "and"
        return bool((_GAP_AFTER_ABBREVIATION if _is_short(last) else _GAP).fullmatch(gap))

    def _takes_name(self, run: Run, length: int) -> bool:
        """After an epithet alone a name is one that the text tells of, or has several words: "respected Utopian" is none."""
        if any(term.element != "epithet" for term in run.terms) or self.names.known_length(run.stop):
            return True
        return (length > 1 and all(term.alone for term in run.terms)) or self._is_called(run, length)

    def _is_called(self, run: Run, length: int) -> bool:
        """ "Dear Bob,": a first name between a sentence's beginning or a comma, and a mark."""
        first = run.first - int(self._before(run) in _possessives())
        start, end = self.tokens.starts[first], self.tokens.ends[run.stop + length - 1]
        before = self.text[max(0, start - 2) : start].rstrip(" \u00a0")
        return run.terms[0].group in ("dear", "closest") and (not before or before[-1] in ",\r\n") and self.text[end : end + 1] in (",", "!", ":", "\r", "\n")

    def _add_further_names(self, run: Run) -> None:
        """ "Comrades Ann Lee, Bob Moe and Cid Roe": one mention of several."""
        several, praised = any(map(is_plural, run.terms)), all(term.element == "epithet" for term in run.terms)
        while run.stop + 1 < len(self.tokens.words):
            skipped = int(self.tokens.words[run.stop] == "and")
            if not several and not (praised and skipped):
                break
            if self.names.is_term(run.stop + skipped) or f"{self.word(run.stop + skipped)}." in _words("abbreviation"):
                # "Mrs. Moe and Dr. Fox": the next has a title of his own.
                break
            length = self.names.known_length(run.stop) if not skipped else self.names.length(run.stop + 1)
            if not length or self.gap(run.stop).strip() not in ("", ","):
                break
            run.stop += skipped
            run.add("name", length)

    def _begin(self, run: Run, at: int) -> None:
        """Take in what stands before: degrees, an article or a possessive, "you,"."""
        while run.first > at and self._before(run) in _words("degree") and run.parts[0][0] in ("epithet", "degree"):
            run.add_before("degree")
        word = self._before(run) if run.first > at else ""
        if word in _possessives():
            run.add_before("possessive")
            if self._before(run) in _words("article") and run.first > at:
                run.add_before("article")
        elif word in _words("article"):
            run.add_before("article")
        if run.first > at and self.tokens.words[run.first - 1] in ("you", "You") and _GAP_AFTER_YOU.fullmatch(self.gap(run.first)):
            run.add_before("you")

    def _before(self, run: Run) -> str:
        """The word right before the run, in lower case; empty where more than a space stands between."""
        if not run.first or not _GAP.fullmatch(self.gap(run.first)):
            return ""
        return self.tokens.words[run.first - 1].lower()


def _is_short(term: Term) -> bool:
    """ "Mr", "Dr": a full stop after it ends no sentence."""
    return len(term.words) == 1 and f"{term.words[0]}." in _words("abbreviation")


@of_lexicons
def _words(kind: str) -> frozenset[str]:
    return frozenset(term.lower() for term in read_terms("speech_cues")[kind])


@of_lexicons
def _possessives() -> frozenset[str]:
    return frozenset(read_terms("speech_cues")["possessive"])
