"""TEI letters: who wrote to whom and when from the description of the correspondence, the words from the text."""

import re

from comity.sources.incoming.encodings import detect
from comity.sources.incoming.found import Found, Items, Unreadable
from comity.sources.incoming.limits import read_whole
from comity.sources.refusal import Refused

# Whole lines of a letter; what is in them is run together.
BLOCKS = {
    "p", "ab", "l", "salute", "signed", "head", "item", "closer", "opener", "postscript", "argument", "epigraph", "trailer", "lg", "list", "div", "address",
    "addrLine", "byline", "stage", "sp", "quote", "cit", "floatingText", "table", "row", "body", "group", "text",
}  # fmt: skip
# What stands on the page and is no word of the letter: editors' notes, page furniture, what was struck out, the place and the day.
LEFT_OUT = {"note", "fw", "del", "figure", "dateline", "teiHeader", "back", "front"}
# Of several readings the one that stands in the letter.
AS_WRITTEN = ("orig", "sic", "abbr", "lem")
DAYS = ("when", "when-iso", "when-custom")
RANGES = ("notBefore", "notAfter", "from", "to", "from-iso", "to-iso", "notBefore-iso", "notAfter-iso")
WELL_FORMED = "Make the XML well-formed, and resolve its entities: xmllint --noent FILE."


def read_tei(stream, name: str) -> Items:
    """The letters of a TEI file, or of a collection (teiCorpus); the namespace may be missing."""
    data = read_whole(stream)
    root = parse_xml(data)
    letters = [element for element in root.iter() if _name(element) == "TEI"]
    if not letters:
        raise Refused("The XML is no TEI: it has no element TEI.", "Give the letter as TEI, plain text or DOCX.")
    encoding = detect(data)
    for record, letter in enumerate(letters):
        fields, guessed = _describe(letter, root)
        body = next((part for part in letter if _name(part) == "text"), None)
        if body is None:
            yield Unreadable(record, "The TEI letter has no element text.", "Write the letter into <text><body>.")
            continue
        yield Found(record, fields | {"text": _words(body), "kind": "letter"}, encoding, guessed)


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


def _describe(letter, root) -> tuple[dict, dict]:
    """What the header says, and what of it is a guess."""
    header = next((part for part in letter if _name(part) == "teiHeader"), letter)
    actions = {action.get("type"): action for action in header.iter() if _name(action) == "correspAction"}
    sent, received = actions.get("sent"), actions.get("received")
    fields = {"sender": _people(sent), "recipient": _people(received), "date": _day(sent), "headline": _first(header, "title")}
    fields |= {"publisher": _first(header, "publisher"), "url": _address(header), "language": _language(letter, root, header)}
    guessed = {}
    if not fields["sender"] and _first(header, "author"):
        fields["sender"], guessed["sender"] = _first(header, "author"), "the author in the header"
    if not fields["date"]:
        line = next((part for part in letter.iter() if _name(part) == "dateline"), None)
        fields["date"] = _day(line)
        guessed |= {"date": "the letter's dateline"} if fields["date"] else {}
    return {name: value for name, value in fields.items() if value}, guessed


def _people(action) -> str:
    """Who sent or received, joined by |: persons, else organisations, else other names."""
    for kinds in (("persName",), ("orgName",), ("name", "rs")):
        names = [_plain(part) for part in (action.iter() if action is not None else ()) if _name(part) in kinds]
        if any(names):
            return "|".join(dict.fromkeys(filter(None, names)))
    return ""


def _day(part) -> str:
    """The day of sending; a span of days as it stands, which is no day."""
    for date in part.iter() if part is not None else ():
        if _name(date) != "date":
            continue
        for name in DAYS:
            if date.get(name):
                return date.get(name)
        return " to ".join(date.get(name) for name in RANGES if date.get(name)) or _plain(date)
    return ""


def _language(letter, root, header) -> str:
    text = next((part for part in letter if _name(part) == "text"), letter)
    spoken = "{http://www.w3.org/XML/1998/namespace}lang"
    said = next((part.get("ident") for part in header.iter() if _name(part) == "language" and part.get("ident")), "")
    return text.get(spoken) or said or letter.get(spoken) or root.get(spoken) or ""


def _address(header) -> str:
    """Where the letter is published, if a web address says it."""
    for part in header.iter():
        if _name(part) in ("idno", "ptr", "ref"):
            address = part.get("target") or _plain(part)
            if re.match(r"https?://\S+$", address):
                return address
    return ""


def _first(header, name: str) -> str:
    return next((_plain(part) for part in header.iter() if _name(part) == name and _plain(part)), "")


def _name(element) -> str:
    return element.tag.rpartition("}")[2] if isinstance(element.tag, str) else ""


def _plain(element) -> str:
    return " ".join("".join(element.itertext()).split())


def _words(body) -> str:
    """The letter: a line a block, white space within it as one space."""
    pieces: list[str] = []
    stack = [(body, False)]
    while stack:
        part, done = stack.pop()
        if isinstance(part, str):
            pieces.append(re.sub(r"\s+", " ", part))
        elif done or _name(part) in ("lb", "cb"):
            pieces.append("\n" if done else " ")
        elif _name(part) and _name(part) not in LEFT_OUT:
            block = _name(part) in BLOCKS
            pieces.append("\n" if block else "")
            stack += [(part, True)] if block else []
            stack += reversed([(piece, False) for piece in _inside(part)])
    lines = (" ".join(line.split()) for line in "".join(pieces).split("\n"))
    return "\n".join(line for line in lines if line)


def _inside(part) -> list:
    """The pieces of an element in their order, texts and elements; of a choice only what stands in the letter."""
    children = list(part)
    if _name(part) in ("choice", "app") and children:
        named = {_name(child): child for child in reversed(children)}
        children = [next((named[name] for name in AS_WRITTEN if name in named), children[0])]
        return children
    pieces = [part.text or ""]
    for child in children:
        pieces += [child, child.tail or ""]
    return pieces
