"""From notebooks to pages: executed, checked, written as HTML that needs nothing but itself."""

from comity.report.build import build_report

__all__ = ["build_report"]
