"""The figures: each takes a table and returns a matplotlib Figure that can say in words what it shows (``comity_alt``)."""

from comity.figures.ladder import plot_ladder
from comity.figures.record import plot_record
from comity.figures.slots import plot_evidence

__all__ = ["plot_evidence", "plot_ladder", "plot_record"]
