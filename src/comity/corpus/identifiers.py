"""Names that nobody else has."""


def free_id(base: str, taken) -> str:
    """The name, with the first number that makes it nobody else's.

    >>> free_id("a", {"a", "a-2"})
    'a-3'
    """
    number, name = 1, base
    while name in taken:
        number += 1
        name = f"{base}-{number}"
    return name
