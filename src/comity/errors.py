"""The two ways in which comity says no."""


class CorpusError(ValueError):
    """The data are not what they should be: the message says what is wrong, where, and what to do."""


class ClaimError(ValueError):
    """A sentence of a page is no longer true, or its numbers are missing, unused or undefined."""
