"""Forms of address out of the register's cells: whose voice, where in the letter, honouring whom, of which elements."""

import pandas as pd
from elements import ELEMENTS, compile_terms, split_elements

COLUMNS = [
    "mention_id", "version_id", "part", "slot", "start", "end", "matched", "basis", "polarity", "frame", "form",
    "honoree", "role", *ELEMENTS, "note",
]  # fmt: skip
SECOND_PERSON = ("you", "your country")


def build_mentions(register, read_decisions, terms, people):
    """One row a form of address: the outlet's own honorifics first, then those of the letter in their order."""
    decisions = {name: read_decisions(name) for name in ("honorifics", "terms", "added")}
    splitter = Splitter(terms, people, read_decisions)
    rows = []
    for version in register.to_dict("records"):
        found = _agency(version, decisions["honorifics"])
        found += _address_terms(version, decisions["terms"], splitter)
        found += _added(version, decisions["added"])
        for number, mention in enumerate(found, 1):
            rows.append(_finish(mention, number, version, splitter))
    return pd.DataFrame(rows)[COLUMNS]


class Splitter:
    """Splits what is printed into its elements: by hand where decided, else by lexicon and names."""

    def __init__(self, terms, people, read_decisions):
        self.terms, self.people = terms, people
        self.by_hand = read_decisions("elements_by_hand").set_index(["matched", "language"])
        leftovers = read_decisions("leftovers")
        self.leftovers = {code: set(group["word"]) for code, group in leftovers.groupby("language")}
        self.patterns = {}

    def __call__(self, matched, language):
        if (matched, language) in self.by_hand.index:
            return self.by_hand.loc[(matched, language), list(ELEMENTS)].to_dict()
        if language not in self.patterns:
            self.patterns[language] = compile_terms(self.terms, self.people, language)
        return split_elements(matched, self.patterns[language], self.leftovers.get(language, set()))

    def holds_second_person(self, matched, language):
        pronouns = self(matched, language)["pronoun"].casefold().split()
        told = self.terms[(self.terms["language"] == language) & self.terms["group"].isin(SECOND_PERSON)]
        return bool(set(pronouns) & set(told["term"].str.casefold()))


def _agency(version, decisions):
    """The honorifics that the outlet itself bestows; those listed among the address terms are counted there."""
    found = decisions[decisions["register"] == version["agency_honorifics"]]
    found = found[found["frame"].isin(["headline", "agency"])] if version["agency_honorifics"] else found.head(0)
    return [{
        "part": "headline" if row["frame"] == "headline" else "text", "slot": "", "matched": row["matched"],
        "frame": row["frame"], "form": "reference", "honoree": row["honoree"], "note": row["note"],
    } for row in found.to_dict("records")]  # fmt: skip


def _address_terms(version, decisions, splitter):
    """The letter's own forms, and a second row for those that its closing formula repeats."""
    terms = [term for term in version["address_terms"].split("|") if term]
    decided = decisions[decisions["version_id"] == version["version_id"]].set_index("term")
    rows = []
    for position, term in enumerate(terms):
        by_hand = decided.loc[term].to_dict() if term in decided.index else {}
        rows += _place(version, term, position, terms, by_hand, splitter)
    return rows


def _place(version, term, position, terms, by_hand, splitter):
    frame = by_hand.get("frame") or _frame(version, term, splitter)
    mention = {
        "part": by_hand.get("part") or "text", "matched": term, "frame": frame, "note": by_hand.get("why", ""),
        "form": by_hand.get("form") or _form(version, term, splitter), "honoree": by_hand.get("honoree", ""),
        "basis": by_hand.get("basis") or "transcribed",
    }  # fmt: skip
    if frame in ("headline", "agency") or by_hand.get("slot") == "none":
        return [mention | {"slot": ""}]
    if by_hand.get("slot"):
        return [mention | {"slot": by_hand["slot"]}]
    if term == _line(version["salutation"]):
        return [mention | {"slot": "salutation", "form": "vocative"}]
    slots = ["body"]
    if _closes(version["valediction"], term, terms):
        only_there = position == len(terms) - 1 and (len(terms) > 1 or version["complete"] != "yes")
        slots = ["close"] if only_there else ["body", "close"]
    return [mention | {"slot": slot} for slot in slots]


def _frame(version, term, splitter):
    """Direct speech is the letter, indirect speech is reported; in mixed speech "you" and a salutation line tell."""
    if version["speech_mode"] != "mixed":
        return {"direct": "letter", "indirect": "reported"}[version["speech_mode"]]
    if splitter.holds_second_person(term, version["language"]) or term == _line(version["salutation"]):
        return "letter"
    raise ValueError(f"{version['version_id']}: say in terms.csv in whose voice {term!r} stands.")


def _form(version, term, splitter):
    """A title or "comrade" set beside "you" addresses; all else refers, unless decided by hand."""
    parts = splitter(term, version["language"])
    return "vocative" if parts["pronoun"] and (parts["title"] or parts["solidarity"]) else "reference"


def _line(salutation):
    return salutation.rstrip(",、:!")


def _closes(valediction, term, terms):
    """Whether a closing formula holds this term, and not only inside a longer one."""
    longer = [other for other in terms if term in other and other != term and other in valediction]
    alone = term if not term.isascii() else rf" {term} "
    return not longer and alone in (valediction if not term.isascii() else f" {valediction.rstrip('.')} ")


def _added(version, decisions):
    return decisions[decisions["version_id"] == version["version_id"]].rename(columns={"why": "note"}).to_dict("records")


def _finish(mention, number, version, splitter):
    """Fill in identifier, honoree, role and elements."""
    honoree = mention["honoree"] or version["recipient"]
    roles = {version["sender"]: "sender", version["recipient"]: "recipient"}
    usual = {"part": "text", "start": "", "end": "", "basis": "transcribed", "polarity": "present"}
    return usual | mention | splitter(mention["matched"], version["language"]) | {
        "mention_id": f"{version['version_id']}#{number}", "version_id": version["version_id"],
        "honoree": honoree, "role": roles.get(honoree, "third"),
    }  # fmt: skip
