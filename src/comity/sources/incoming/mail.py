"""Saved web pages, MHTML too, and mails (.eml): both forms of mail are taken apart by the standard library. Nothing is fetched."""

import re
from datetime import datetime

from comity.sources.incoming.encodings import decode
from comity.sources.incoming.found import Found, Items
from comity.sources.incoming.limits import LARGEST_PAGE, read_whole
from comity.sources.incoming.pages import page_letter
from comity.sources.refusal import Refused

# A longer line of a mail's head says nothing of a letter, and the library reads it slowly.
LONGEST_HEAD, MOST_PARTS = 20_000, 200
AS_TEXT = "Open it in the program that wrote it, and save its words as plain text."
_HEADS = {"From": "sender", "To": "recipient", "Date": "date", "Subject": "headline"}
_MIME = re.compile(rb"\s*(?:[\w-]{1,40}:[^\n]{0,2000}\n(?:[ \t][^\n]{0,2000}\n)*){0,30}?MIME-Version:", re.IGNORECASE)


def read_mail(stream, name: str) -> Items:
    """The one letter of a mail: its words as plain text, else those of its page; who wrote to whom, the day, the subject as headline."""
    message = _parse(read_whole(stream, LARGEST_PAGE))
    try:
        heads = _heads(message)
        body = message.get_body(("plain",))
        page = None if body else message.get_body(("html",))
        text = body.get_content(errors="strict") if body else ""
        encoding = str((body or page or message).get_content_charset("utf-8"))
        others = [part.get_filename() or part.get_content_type() for part in message.iter_attachments()]
    except Refused:
        raise
    except Exception as error:  # The library lets through whatever a damaged mail makes of its parts.
        raise Refused(f"The mail is damaged, or not in the encoding that it names ({type(error).__name__}).", AS_TEXT) from error
    notes = ["not read: attachments of the mail"] if others else []
    notes += ["header lines not used: Cc"] if "Cc" in message else []
    if page is not None:
        found = page_letter(*_page_of(page))
        text, encoding = found.fields["text"], found.encoding
    yield Found(0, heads | {"text": text}, encoding, notes=tuple(notes))


def read_page(stream, name: str) -> Items:
    """The one letter or report of a saved page, MHTML too; what its own metadata say of day and outlet is said to be a guess."""
    data = read_whole(stream, LARGEST_PAGE)
    yield _of_mhtml(data) if _MIME.match(data[:65_536]) else page_letter(*decode(data))


def _of_mhtml(data: bytes) -> Found:
    """The article of a page that a browser saved with its pictures as one file."""
    message = _parse(data)
    try:
        page = next((part for part in message.walk() if part.get_content_type() in ("text/html", "application/xhtml+xml")), None)
        told = f"{message.get('Snapshot-Content-Location', '')} {page.get('Content-Location', '') if page is not None else ''}"
    except Exception as error:  # As above.
        raise Refused(f"The page is damaged ({type(error).__name__}).", AS_TEXT) from error
    if page is None:
        raise Refused("There is no page in the file.", AS_TEXT)
    found, address = page_letter(*_page_of(page)), re.search(r"https?://\S+", told)
    return found._replace(fields={"url": address[0]} | found.fields) if address else found


def _parse(data: bytes):
    from email import message_from_bytes, policy

    try:
        message = message_from_bytes(data, policy=policy.default)
        parts = sum(1 for _ in message.walk())
        long = any(len(str(value)) > LONGEST_HEAD for _, value in message.raw_items())
    except Exception as error:  # As above.
        raise Refused(f"The mail is damaged ({type(error).__name__}).", AS_TEXT) from error
    if parts > MOST_PARTS or long:
        raise Refused("The mail has too many parts, or a line in its head that is too long.", AS_TEXT)
    return message


def _heads(message) -> dict:
    """What the mail's head says of the letter: names, or addresses where there are none."""
    said = {}
    for head, field in _HEADS.items():
        value = message[head]
        if value is None:
            continue
        if field in ("sender", "recipient"):
            said[field] = [one.display_name or one.addr_spec for one in value.addresses] or str(value)
        elif field == "date":
            # The day as written, not moved by the offset from Greenwich.
            said[field] = value.datetime.date() if isinstance(value.datetime, datetime) else str(value)
        else:
            said[field] = str(value)
    return said


def _page_of(part) -> tuple[str, str]:
    """A page and its encoding: the one that its part of the mail names, else as it is found out."""
    try:
        data, charset = part.get_payload(decode=True) or b"", part.get_content_charset()
        return (data.decode(charset), charset) if charset else decode(data)
    except Refused:
        raise
    except Exception as error:  # As above.
        raise Refused(f"The page is damaged, or not in the encoding that it names ({type(error).__name__}).", AS_TEXT) from error
