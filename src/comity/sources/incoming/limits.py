"""How much is read at most: files are untrusted, and a small one may unpack to more than any disk holds."""

import io

from comity.sources.refusal import Refused

# A longer text is no letter; a book has as many characters.
LONGEST_TEXT = 500_000
# A line or a cell of a table: the longest text, with room for what JSON and quotation marks add.
LONGEST_LINE = 4 * LONGEST_TEXT
# A file that is read as a whole: one letter, one page, a collection in TEI.
LARGEST_FILE = 64 * 2**20
# A saved page, pictures within it included: what is larger would take minutes.
LARGEST_PAGE = 16 * 2**20
# An archive of a news agency, or a list of records in JSON.
LARGEST_LIST = 2**30
# What a compressed file may unpack to: so many times its own size, at least the first, at most the last.
RATIO, ALWAYS_ALLOWED, LARGEST_UNPACKED = 200, 50 * 2**20, 16 * 2**30
PEEKED = 2**16

_BOMB = "Unpack it by hand, look whether it is what it should be, and give the files themselves."


class Budget:
    """What may still come out of one compressed file, in bytes."""

    def __init__(self, packed: int):
        self.left = min(max(ALWAYS_ALLOWED, RATIO * packed), LARGEST_UNPACKED)

    def spend(self, size: int) -> None:
        """Take something out; raises Refused where nothing is left."""
        self.left -= size
        if self.left < 0:
            raise Refused("It unpacks to far more than its size: a zip bomb, or a mistake.", _BOMB)


class _Counted(io.RawIOBase):
    """A stream that spends from a budget as it is read."""

    def __init__(self, stream, budget: Budget):
        self._stream, self._budget = stream, budget

    def readable(self) -> bool:
        return True

    def readinto(self, buffer) -> int:
        data = self._stream.read(len(buffer))
        self._budget.spend(len(data))
        buffer[: len(data)] = data
        return len(data)


def counted(stream, budget: Budget) -> io.BufferedReader:
    """A stream to be peeked into, which stops where more comes out than may."""
    return io.BufferedReader(_Counted(stream, budget), PEEKED)


def read_whole(stream, largest: int = LARGEST_FILE) -> bytes:
    """All of a stream; raises Refused where it is empty or larger than it may be."""
    data = stream.read(largest + 1)
    if len(data) > largest:
        raise Refused(f"The file is larger than {largest // 2**20} MB.", "Divide it, or give many letters as CSV or JSON Lines.")
    if not data.strip(b"\0 \t\r\n"):
        raise Refused("The file is empty.", "Nothing to do, or look for the letter's text.")
    return data
