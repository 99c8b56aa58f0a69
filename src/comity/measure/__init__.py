"""Measure texts at hand: as tables, which everything after needs instead of the texts."""

from comity.measure.dates import find_date
from comity.measure.reading import read_measurements
from comity.measure.tables import Measurements, measure_texts

__all__ = ["Measurements", "find_date", "measure_texts", "read_measurements"]
