"""Numbers as people round them, the same in every table and sentence."""

from decimal import ROUND_HALF_UP, Decimal, localcontext


def rounded(number: float, spec: str) -> str:
    """A number as a format specification of Python has it, but half rounded up, as people do.

    >>> rounded(0.125, ".2f"), format(0.125, ".2f")
    ('0.13', '0.12')
    """
    with localcontext(rounding=ROUND_HALF_UP):
        return format(Decimal(repr(float(number))), spec)
