"""Saved web pages: headline, words, day and outlet, by a library made for it. Nothing is fetched."""

import logging
import re

from comity.sources.incoming.found import Found
from comity.sources.refusal import Refused

# The page's own statement of its day, not the newest day that stands somewhere on it.
_DAYS = {"extensive_search": False, "original_date": True, "min_date": "1000-01-01"}
# What the page says of itself, as far as the library finds it.
FIELDS = {"headline": "title", "date": "date", "outlet": "sitename", "url": "url", "language": "language"}
AS_TEXT = "Copy the letter out of the page, and save it as plain text."


def page_letter(text: str, encoding: str) -> Found:
    """The letter or report of a page; raises Refused where there is none."""
    found = extract(text)
    words = str(found.text or "")
    # The library leaves the headline above the words, where the page has it there.
    first, _, rest = words.partition("\n")
    words = rest if rest.strip() and first.split() == str(found.title or "").split() else words
    if not words.strip():
        raise Refused("No article is found on the page.", AS_TEXT)
    fields = {field: getattr(found, about, None) for field, about in FIELDS.items()}
    fields |= {"language": fields["language"] or _language(text), "outlet": fields["outlet"] or getattr(found, "hostname", None)}
    fields = {field: str(value) for field, value in fields.items() if value}
    guessed = dict.fromkeys([field for field in ("date", "outlet", "language", "headline") if field in fields], "the page")
    return Found(0, fields | {"text": words}, encoding, guessed)


def extract(page: str):
    """The article of a page, as trafilatura finds it; raises Refused where the page cannot be read."""
    import trafilatura
    from lxml import etree, html

    # It complains of broken pages on the terminal.
    logging.getLogger("trafilatura").setLevel(logging.CRITICAL)
    logging.getLogger("htmldate").setLevel(logging.CRITICAL)
    parser = html.HTMLParser(no_network=True, huge_tree=False, remove_comments=False, encoding="utf-8")
    try:
        tree = html.document_fromstring(page.removeprefix("\ufeff").replace("\0", "").encode("utf-8", "replace"), parser=parser)
    except etree.ParserError as error:
        raise Refused("There is nothing on the page.", AS_TEXT) from error
    found = trafilatura.bare_extraction(tree, include_comments=False, include_tables=True, with_metadata=True, date_extraction_params=_DAYS)
    if found is None:
        raise Refused("No article is found on the page.", AS_TEXT)
    return found


def _language(page: str) -> str:
    said = re.search(r"""<html[^>]{0,300}?\slang\s*=\s*["']?([A-Za-z-]{2,12})""", page[:4096], re.IGNORECASE)
    return said[1] if said else ""
