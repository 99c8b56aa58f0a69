"""Contrasts: two letters, or two groups of letters, held against each other."""
