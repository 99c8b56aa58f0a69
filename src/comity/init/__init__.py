"""The table in which missing metadata of letters are filled in: written with what can be guessed, and never over what was filled in."""

from comity.init.table import ask_metadata

__all__ = ["ask_metadata"]
