"""The ticks of an axis, few, round, whole where things are counted, multiples where ratios are drawn; and what numbers are called."""

import math

from matplotlib.ticker import MaxNLocator


def mark_numbers(axis, span, values, most=7, lowest=None):
    """Set at most about ``most`` ticks between the ends of the span, from ``lowest`` up: whole numbers where all values are whole."""
    whole = all(float(value).is_integer() for value in values if math.isfinite(value))
    ticks = MaxNLocator(most, steps=[1, 2, 4, 5, 10], integer=whole).tick_values(*span)
    floor = span[0] if lowest is None else lowest
    axis.set_ticks([tick for tick in ticks if floor <= tick <= span[1]])


def mark_ratios(axis, span, most=7):
    """Set ticks at powers of two, "equal" among them where it lies in the span."""
    powers = range(math.ceil(math.log2(span[0])), math.floor(math.log2(span[1])) + 1)
    step = max(1, math.ceil(len(powers) / most))
    ticks = [power for power in powers if power % step == 0]
    axis.set_ticks([2.0**power for power in ticks], [name_ratio(power) for power in ticks])
    axis.set_ticks([], minor=True)


def name_ratio(power):
    """What two to this power is called.

    >>> [name_ratio(power) for power in (-1, 0, 3)]
    ['1/2', 'equal', '8×']
    """
    if power == 0:
        return "equal"
    return f"{2**power:,}×" if power > 0 else f"1/{2**-power:,}"


def name_number(value):
    """A number in words for who cannot see it.

    >>> [name_number(value) for value in (2.0, 1234.5, float("inf"))]
    ['2', '1.23e+03', 'without limit']
    """
    return "without limit" if math.isinf(value) else f"{value:.3g}"
