"""The persons and bodies that a text tells of as writing or receiving: their names, found by their first and last words."""

from collections.abc import Iterable, Sequence

from comity.address.tokens import find_words


class KnownNames:
    """The names that a text tells of, looked up by their words, so that a text of many names is read as fast as one of few."""

    def __init__(self, names: Iterable[str] = ()):
        self._tokens: dict[str, dict[int, set[tuple[str, ...]]]] = {}
        self._by_last: dict[str, list[tuple[int, str]]] = {}
        for rank, name in enumerate(sorted(set(names), key=lambda name: (-len(name), name))):
            words = tuple(find_words(name))
            if not words or not words[0][0].isupper():
                continue
            self._tokens.setdefault(words[0], {}).setdefault(len(words), set()).add(words)
            self._by_last.setdefault(name.split()[-1], []).append((rank, name))

    def length_at(self, words: Sequence[str], index: int) -> int:
        """How many words the longest of the names has that stands here; 0 where none does.

        >>> KnownNames(["Ann Lee"]).length_at(["Dear", "Ann", "Lee"], 1)
        2
        """
        found = self._tokens.get(words[index], {})
        return max((length for length, names in found.items() if tuple(words[index : index + length]) in names), default=0)

    def ending_in(self, words: Iterable[str]) -> list[str]:
        """The names whose last word is one of these, the longest first.

        >>> KnownNames(["Ann Lee", "Bob Moe", "Lee"]).ending_in(["Lee"])
        ['Ann Lee', 'Lee']
        """
        return [name for _, name in sorted(found for word in words for found in self._by_last.get(word, ()))]
