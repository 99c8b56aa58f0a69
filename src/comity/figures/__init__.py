"""The figures: each takes a table and returns a matplotlib Figure that can say in words what it shows (``comity_alt``).

With it comes a narrow one for phones (``comity_narrow``), or None where it cannot be drawn narrow.
"""

from comity.figures.choices import plot_choices
from comity.figures.intervals import plot_intervals
from comity.figures.ladder import plot_ladder
from comity.figures.likeness import plot_map
from comity.figures.record import plot_record
from comity.figures.slots import plot_evidence
from comity.figures.versions import plot_versions

__all__ = ["plot_choices", "plot_evidence", "plot_intervals", "plot_ladder", "plot_map", "plot_record", "plot_versions"]
