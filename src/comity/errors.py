"""The two ways in which comity says no, and what several functions ask of their input."""


class CorpusError(ValueError):
    """The data are not what they should be: the message says what is wrong, where, and what to do."""


class ClaimError(ValueError):
    """A sentence of a page is no longer true, or its numbers are missing, unused or undefined."""


def require_several(**named):
    """Raise CorpusError where a single text stands for a list of texts: "ko" would be read as "k" and "o"."""
    for name, values in named.items():
        if isinstance(values, str):
            raise CorpusError(f"{name} is several: write ({values!r},), not {values!r}.")


def require_messages(named, known, where=""):
    """Raise CorpusError where a message is named that is not among the known ids; ``where``: what names it ("Claim C01: ")."""
    known = set(known)
    unknown = [message for message in named if message not in known]
    if unknown:
        raise CorpusError(f"{where}There is no message {unknown[0]!r}. The table of messages names {len(known):,} by message_id.")
