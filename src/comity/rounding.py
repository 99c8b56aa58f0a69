"""Numbers as people round and count them, the same in every table and sentence."""

from decimal import ROUND_HALF_UP, Decimal, localcontext


def rounded(number: float, spec: str) -> str:
    """A number as a format specification of Python has it, but half rounded up, as people do.

    >>> rounded(0.125, ".2f"), format(0.125, ".2f")
    ('0.13', '0.12')
    """
    with localcontext(rounding=ROUND_HALF_UP):
        return format(Decimal(repr(float(number))), spec)


def ending(number: int) -> str:
    """The ending of a number that counts a place: 1st, 2nd, 3rd, 11th.

    >>> [f"{number}{ending(number)}" for number in (1, 2, 11, 72)]
    ['1st', '2nd', '11th', '72nd']
    """
    return "th" if number % 100 in (11, 12, 13) else {1: "st", 2: "nd", 3: "rd"}.get(number % 10, "th")
