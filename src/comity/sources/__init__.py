"""Foreign files: letters in any form, a news agency's archive, and news articles with their quotations, page furniture left out."""

from comity.sources.archive import Archive, is_message_headline, read_archive
from comity.sources.article import read_article
from comity.sources.incoming import Received, read_letters

__all__ = ["Archive", "Received", "is_message_headline", "read_archive", "read_article", "read_letters"]
