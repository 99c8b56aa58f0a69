"""Letters in the forms in which people have them: text, DOCX, tables, TEI, saved pages, archives, compressed or not."""

from comity.sources.incoming.reading import read_letters, stream_letters
from comity.sources.incoming.result import Received

__all__ = ["Received", "read_letters", "stream_letters"]
