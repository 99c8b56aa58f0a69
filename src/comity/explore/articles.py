"""A message as a piece of a page: who wrote, when, what is seen of it, and how each version addresses people, as printed."""

from __future__ import annotations

from comity.explore.choosing import say_day, say_occasion
from comity.explore.held import OUTLETS_OWN, SAID_MISSING, Held, say_length, say_missing, say_version
from comity.page.text import LANGUAGE, addresses, attribute, foreign, link, readable
from comity.page.values import worded

NO_ADDRESS = "No form of address beyond a pronoun or a name."
# A quoted phrase is shown up to so many words; longer ones are cut, and the cut is shown.
PHRASE_WORDS = 12
# So many versions stand open, the fullest first; the others are folded.
FULLEST = 5


class Articles:
    """The pieces of all messages, each made when it is asked for; ``at_hand``: the messages whose text whoever looks has."""

    def __init__(self, held: Held, at_hand=()) -> None:
        self.at_hand = frozenset(at_hand)
        self.messages = {row["message_id"]: row for row in held.messages.to_dict("records")}
        self.versions = _grouped(held.versions, "message_id")
        self.addresses = _grouped(held.addresses, "version_id")
        self.phrases = _grouped(held.phrases, "version_id")

    def article(self, message: str, inside: str = "", level: int = 3) -> str:
        """A message: its title, its facts, what is not held, ``inside`` (HTML), and its versions, each with its words and address."""
        row = self.messages[message]
        versions = [self._version(version) for version in self.versions.get(message, [])]
        more = versions[FULLEST:] if len(versions) > FULLEST + 1 else []  # one alone is not worth a fold
        folded = f"<details><summary>{len(more)} further versions</summary>\n{_listed(more)}</details>\n" if more else ""
        lacking = say_missing(row, bool(inside) or message in self.at_hand)
        lacking = f'<p class="lacking">{lacking}</p>\n' if lacking else ""
        return (
            f'<article data-message="{attribute(message)}">\n<h{level}>{readable(self.title(message))}</h{level}>\n{self._facts(row)}\n'
            f'{lacking}{inside}{_listed(versions[:len(versions) - len(more)])}{folded}</article>'
        )

    def title(self, message: str) -> str:
        """From whom, to whom, when."""
        row = self.messages[message]
        return f"{row['sender'] or 'Nobody named'} to {row['recipient'] or 'nobody named'}, {say_day(row)}"

    def length(self, message: str) -> str:
        """The length of the fullest version in words: "263", "at least 263 (partly retold)"; blank where it is not known."""
        row = self.messages[message]
        return row["length"] + (f" ({row['retold']})" if row["retold"] else "")

    def forms(self, message: str) -> list[dict]:
        """The forms of address for the recipient, each once a language and as the version that is surest of it has it, in the order of the versions."""
        rows = [row for version in self.versions.get(message, []) for row in self.addresses.get(version["version_id"], [])]
        own: dict[tuple[str, str], dict] = {}
        for row in rows:
            if row["state"] == OUTLETS_OWN or row["role"] != "recipient":
                continue
            form = row["matched"], row["language"]
            own[form] = min(own.get(form, row), row, key=_doubt)
        return list(own.values())

    def _facts(self, row: dict) -> str:
        languages = [worded(code, "language") for code in row["languages"].split("|") if code]
        facts = {
            "occasion": say_occasion(row), "seen": row["seen"],
            "length": ", ".join(filter(None, [say_length(row["length"]), row["retold"] if row["length"] else ""])),
            "versions": ": ".join(filter(None, [f"{row['versions']}", ", ".join(languages)])),
        }  # fmt: skip
        return "<dl>" + "".join(f"<dt>{name}</dt><dd>{readable(fact) or 'not known'}</dd>" for name, fact in facts.items()) + "</dl>"

    def _version(self, version: dict) -> str:
        where = readable(version["outlet"])
        if addresses(version["url"]):
            # The visible words are the outlet's; on paper the style sheet writes the address behind them.
            where = f'{link(version["url"]).partition(">")[0]}>{where}</a>'
        forms = "".join(_form(row) for row in self.addresses.get(version["version_id"], []))
        quoted = "; ".join(_quoted(row["phrase"], version["language"]) for row in self.phrases.get(version["version_id"], []))
        told = f'<p class="quoted">Also quoted: {quoted}</p>' if quoted else ""
        return f"<li><p><b>{where}</b> {readable(say_version(version))}</p>" + (f"<ul>{forms}</ul>" if forms else f'<p class="none">{NO_ADDRESS}</p>') + f"{told}</li>"


def _doubt(form: dict) -> int:
    """How little a form of address as printed shows that it stands in the letter: there; told; said to be missing."""
    return 2 if form["reason"] == SAID_MISSING else int(form["state"] != "attested")


def _listed(versions: list[str]) -> str:
    return '<ul class="versions">\n' + "\n".join(versions) + "\n</ul>\n" if versions else ""


def _form(row: dict) -> str:
    """A form of address as printed, its gloss, where it stands, and what it shows."""
    gloss = f' <span class="gloss">(“{readable(row["gloss"])}”)</span>' if row["gloss"] and not row["language"].startswith("en") else ""
    state = row["state"] + (f": {row['reason']}" if row["reason"] else "")
    of = {"sender": ", of the sender", "third": ", of a third person", "mixed": ", of several"}.get(row["role"], "")
    kind = {"attested": "attested", "reported": "heard"}.get(row["state"], "other")
    return f'<li class="s-{kind}">{in_language(row["matched"], row["language"])}{gloss} <small>{readable(row["slot"])}{of}; {readable(state)}</small></li>'


def in_language(words: str, language: str) -> str:
    """Words as printed, their language named where it is not the page's."""
    spoken = language if LANGUAGE.fullmatch(language or "") else ""
    return foreign(words, spoken) if spoken and not spoken.startswith("en") else readable(words)


def _quoted(phrase: str, language: str) -> str:
    words = phrase.split()
    return f"“{in_language(' '.join(words[:PHRASE_WORDS]), language)}{' …' if len(words) > PHRASE_WORDS else ''}”"


def _grouped(table, column: str) -> dict[str, list[dict]]:
    found: dict[str, list[dict]] = {}
    for row in table.to_dict("records"):
        found.setdefault(row[column], []).append(row)
    return found
