"""TEI letters: who wrote to whom and when from the description of the correspondence, the words from the text."""

import re

from comity.sources.incoming.encodings import detect
from comity.sources.incoming.found import Found, Items, unreadable
from comity.sources.incoming.limits import read_whole
from comity.sources.incoming.tei_text import name_of, pair_letters, read_words
from comity.sources.refusal import Refused

# Parts of a person's name, each a word or more.
PARTS_OF_NAMES = {"forename", "surname", "roleName", "addName", "genName", "nameLink"}
DAYS = ("when", "when-iso", "when-custom")
RANGES = ("notBefore", "notAfter", "from", "to", "from-iso", "to-iso", "notBefore-iso", "notAfter-iso")
WELL_FORMED = "Make the XML well-formed, and resolve its entities: xmllint --noent FILE."


def read_tei(stream, name: str) -> Items:
    """The letters of a TEI file, or of a collection (teiCorpus, or a TEI with several descriptions); the namespace may be missing."""
    data = read_whole(stream)
    root = parse_xml(data)
    letters = [element for element in root.iter() if name_of(element) == "TEI"]
    if not letters:
        raise Refused("The XML is no TEI: it has no element TEI.", "Give the letter as TEI, plain text or DOCX.")
    encoding, record = detect(data), -1
    for letter in letters:
        for part in pair_letters(letter):
            record += 1
            if isinstance(part, Refused):
                yield unreadable(record, part)
                continue
            fields, guessed = _describe(letter, root, part)
            yield Found(record, fields | {"text": read_words(part.text), "kind": "letter"}, encoding, guessed, notes=tuple(part.notes))


def parse_xml(data: bytes):
    """The root of an XML file. Nothing is fetched, and no entity is filled in: a file that declares some is refused."""
    from lxml import etree

    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, dtd_validation=False, huge_tree=False, remove_comments=True, remove_pis=True)
    try:
        root = etree.fromstring(data, parser)
    except (etree.XMLSyntaxError, ValueError) as error:
        raise Refused(f"The XML cannot be read ({str(error)[:120]}).", WELL_FORMED) from error
    declared = root.getroottree().docinfo.internalDTD
    if declared is not None and next(declared.iterentities(), None) is not None:
        raise Refused("The XML declares entities, which may hold anything.", WELL_FORMED)
    return root


def _describe(letter, root, part) -> tuple[dict, dict]:
    """What the header says of one letter of it, and what of that is a guess."""
    header = next((element for element in letter if name_of(element) == "teiHeader"), letter)
    actions = [action for action in (header if part.description is None else part.description).iter() if name_of(action) == "correspAction"]
    sent, received = ([action for action in actions if action.get("type") == kind] for kind in ("sent", "received"))
    fields = {"sender": _people(sent), "recipient": _people(received), "date": _day(sent), "headline": _first(header, "title")}
    fields |= {"publisher": _first(header, "publisher"), "url": _address(header), "language": _language(letter, root, header)}
    guessed = {}
    if not fields["sender"] and _first(header, "author"):
        fields["sender"], guessed["sender"] = _first(header, "author"), "the author in the header"
    if not fields["date"]:
        fields["date"] = _day([line for line in part.text.iter() if name_of(line) == "dateline"][:1])
        guessed |= {"date": "the letter's dateline"} if fields["date"] else {}
    return {name: value for name, value in fields.items() if value}, guessed


def _people(actions) -> str:
    """Who sent or received, joined by |: persons, else organisations, else other names."""
    for kinds in (("persName",), ("orgName",), ("name", "rs")):
        names = [_called(part) for action in actions for part in action.iter() if name_of(part) in kinds]
        if any(names):
            return "|".join(dict.fromkeys(filter(None, names)))
    return ""


def _called(name) -> str:
    """A name of parts, with a space between these where the file has none."""
    pieces = [name.text or ""]
    for part in name:
        apart = " " if name_of(part) in PARTS_OF_NAMES else ""
        pieces += [apart, "".join(part.itertext()), apart, part.tail or ""]
    return re.sub(r"\s+([,.;])", r"\1", " ".join("".join(pieces).split()))


def _day(parts) -> str:
    """The day of sending; a span of days as it stands, which is no day."""
    for date in (date for part in parts for date in part.iter() if name_of(date) == "date"):
        for name in DAYS:
            if date.get(name):
                return date.get(name)
        return " to ".join(date.get(name) for name in RANGES if date.get(name)) or _plain(date)
    return ""


def _language(letter, root, header) -> str:
    text = next((part for part in letter if name_of(part) == "text"), letter)
    spoken = "{http://www.w3.org/XML/1998/namespace}lang"
    said = next((part.get("ident") for part in header.iter() if name_of(part) == "language" and part.get("ident")), "")
    return text.get(spoken) or said or letter.get(spoken) or root.get(spoken) or ""


def _address(header) -> str:
    """Where the letter is published, if a web address says it."""
    for part in header.iter():
        if name_of(part) in ("idno", "ptr", "ref"):
            address = part.get("target") or _plain(part)
            if re.match(r"https?://\S+$", address):
                return address
    return ""


def _first(header, name: str) -> str:
    return next((_plain(part) for part in header.iter() if name_of(part) == name and _plain(part)), "")


def _plain(element) -> str:
    return " ".join("".join(element.itertext()).split())
