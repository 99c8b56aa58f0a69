"""Names that nobody else has."""

from collections.abc import Container


def free_id(base: str, taken: Container[str]) -> str:
    """The name, with the first number that makes it nobody else's.

    >>> free_id("a", {"a", "a-2"})
    'a-3'
    """
    return FreeIds(taken).of(base)


class FreeIds:
    """Free names one after the other; however many want the same, none counts from the beginning. Who takes a name adds it to ``taken``.

    >>> taken = {"a"}
    >>> ids = FreeIds(taken)
    >>> for _ in range(2):
    ...     taken.add(ids.of("a"))
    >>> sorted(taken)
    ['a', 'a-2', 'a-3']
    """

    def __init__(self, taken: Container[str]):
        self.taken = taken
        self._last: dict[str, int] = {}

    def of(self, base: str) -> str:
        """The name, with the first number that makes it nobody else's."""
        number = self._last.get(base, 1)
        name = base if number == 1 else f"{base}-{number}"
        while name in self.taken:
            number += 1
            name = f"{base}-{number}"
        if number > 1:
            self._last[base] = number
        return name
