"""Measuring collections that outgrow one process: the same functions, a partition of the texts a task, Parquet out (the extra "size")."""

from comity.measure.spread.measuring import Spread, spread_texts
from comity.measure.spread.reading import read_spread

__all__ = ["Spread", "read_spread", "spread_texts"]
