"""Foreign files: a news agency's archive, and news articles with their quotations, page furniture left out."""

from comity.sources.archive import Archive, is_message_headline, read_archive
from comity.sources.article import read_article

__all__ = ["Archive", "is_message_headline", "read_archive", "read_article"]
