"""A run: honorific words that stand together, and what each of them is."""

from dataclasses import dataclass, field

from comity.address.lexicon import BODY, Term


@dataclass
class Run:
    """Words that may be a form of address: the tokens from first to stop, and which of them are what.

    `end` is the offset of its end where it reaches further than its last token: "the great leader of the people".
    """

    first: int
    stop: int
    end: int = 0
    parts: list[tuple[str, int, int]] = field(default_factory=list)
    terms: list[Term] = field(default_factory=list)

    def has(self, element: str) -> bool:
        """Whether one of its parts is such an element."""
        return any(part[0] == element for part in self.parts)

    def add(self, element: str, length: int) -> None:
        """Take in the next tokens."""
        self.parts.append((element, self.stop, self.stop + length))
        self.stop += length

    def take(self, term: Term) -> None:
        """Take in a term; the noun of a people or party is its name."""
        self.add("name" if term.group == BODY else term.element, len(term.words))
        self.terms.append(term)

    def add_before(self, element: str) -> None:
        """Take in the token before it."""
        self.parts.insert(0, (element, self.first - 1, self.first))
        self.first -= 1


def is_plural(term: Term) -> bool:
    """Does a noun name several? "Comrades" does, "genius" does not."""
    return term.words[-1].endswith(("s", "men")) and not term.words[-1].endswith(("ss", "us")) and term.element != "epithet"
