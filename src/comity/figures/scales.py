"""The ticks of an axis, few, round, whole where things are counted, multiples where ratios are drawn; and what numbers are called."""

import math

from matplotlib.ticker import MaxNLocator

from comity.rounding import rounded


def mark_numbers(axis, span, values, most=7, lowest=None):
    """Set at most about ``most`` ticks between the ends of the span, from ``lowest`` up: whole numbers where all values are whole."""
    whole = all(float(value).is_integer() for value in values if math.isfinite(value))
    ticks = MaxNLocator(most, steps=[1, 2, 4, 5, 10], integer=whole).tick_values(*span)
    floor = span[0] if lowest is None else lowest
    ticks = [float(tick) for tick in ticks if floor <= tick <= span[1]]
    axis.set_ticks(ticks, name_ticks(ticks))


def mark_ratios(axis, span, most=7):
    """Set ticks at powers of two, "equal" among them where it lies in the span."""
    powers = range(math.ceil(math.log2(span[0])), math.floor(math.log2(span[1])) + 1)
    step = max(1, math.ceil(len(powers) / most))
    ticks = [power for power in powers if power % step == 0]
    axis.set_ticks([2.0**power for power in ticks], [name_ratio(power) for power in ticks])
    axis.set_ticks([], minor=True)


def name_ticks(ticks):
    """What the ticks of an axis are called: as many decimals as they need.

    >>> name_ticks([-0.5, 0.0, 0.5]), name_ticks([0.0, 2000.0]), name_ticks([0.0, 5e7])
    (['−0.5', '0.0', '0.5'], ['0', '2,000'], ['0', '5e+07'])
    """
    decimals = next((places for places in range(5) if all(math.isclose(tick, round(tick, places), abs_tol=1e-9) for tick in ticks)), None)
    long = decimals is None or max(map(abs, ticks), default=0) >= 1e7
    told = [f"{tick:g}" if long else f"{tick:,.{decimals}f}" for tick in ticks]
    return ["−" + text[1:] if text.startswith("-") else text for text in told]


def thin_ticks(axes):
    """Hide every other label of the lower axis, or more, where two would meet; "equal" and nought stay."""
    labels = axes.get_xticklabels()
    boxes = [label.get_window_extent() for label in labels]
    first = next((place for place, label in enumerate(labels) if label.get_text().rstrip("0.") in ("equal", "")), 0)
    for step in range(1, len(labels) + 1):
        shown = range(first % step, len(labels), step)
        if all(boxes[b].x0 > boxes[a].x1 + 3 for a, b in zip(shown, shown[1:])):
            break
    for place, label in enumerate(labels):
        label.set_visible(place in shown)


def name_ratio(power):
    """What two to this power is called.

    >>> [name_ratio(power) for power in (-1, 0, 3)]
    ['1/2', 'equal', '8×']
    """
    if power == 0:
        return "equal"
    times = f"{2**abs(power):,}" if abs(power) < 20 else f"2^{abs(power)}"
    return f"{times}×" if power > 0 else f"1/{times}"


def name_number(value):
    """A number for who cannot see it, as a reader keeps it: one decimal, two digits below one.

    >>> [name_number(value) for value in (2.0, 5.86, 0.216, 1234.5, float("inf"))]
    ['2', '5.9', '0.22', '1,234.5', 'without limit']
    """
    if math.isinf(value):
        return "without limit"
    if float(value).is_integer():
        return f"{value:.0f}"
    return rounded(value, ",.1f" if abs(value) >= 1 else ".2g")
