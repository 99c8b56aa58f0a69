"""The words of TEI letters: which part of a file is a letter, which description is of it, and what of it is its text."""

import re
from collections.abc import Iterator
from typing import Any, NamedTuple

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
# What kinds of divisions are letters, and how elements point to each other.
LETTERS = ("letter", "correspondence", "epistle")
LINKS = ("corresp", "decls", "ana", "ref", "target", "sameAs")
# Where a word goes on over the end of a line or page; no XML holds this sign.
JOINED = "\0"
_ID = "{http://www.w3.org/XML/1998/namespace}id"
_SHOWN = 60
NO_TEXT = Refused("The TEI letter has no element text.", "Write the letter into <text><body>.")


class Part(NamedTuple):
    """One letter of a TEI file: the element with its words, its description (None: the whole header), and what is to be said of it."""

    text: Any
    description: Any = None
    notes: list[str] = []


def pair_letters(letter) -> Iterator[Part | Refused]:
    """The letters of an element TEI, each with its description: by their identifiers, or by order where there are as many of both."""
    text = next((part for part in letter if name_of(part) == "text"), None)
    if text is None:
        yield NO_TEXT
        return
    header = next((part for part in letter if name_of(part) == "teiHeader"), None)
    described = [part for part in header.iter() if name_of(part) == "correspDesc"] if header is not None else []
    texts = list(_letters_in(text))
    notes = _left_out(text)
    if len(texts) < 2 and len(described) < 2:
        yield Part(text, described[0] if described else None, notes)
        return
    pairs = _pair(texts or [text], described)
    if pairs is None:
        reason = f"The TEI describes {len(described)} letters, and holds {len(texts or [text])}: which is which cannot be told."
        yield Refused(reason, 'Write each letter into a <div type="letter" corresp="#..."> with the xml:id of its correspDesc, or into a TEI of its own.')
        return
    within = {part for one in texts for part in one.iter()}
    outside = [part for part in text.iter() if name_of(part) in ("p", "head", "ab") and part not in within and _plain(part)]
    notes = notes + ([f"not read: what stands between the letters ({_plain(outside[0])[:_SHOWN]})"] if outside else [])
    for number, (one, description) in enumerate(pairs):
        yield Part(one, description, notes if not number else [])


def _letters_in(text) -> Iterator:
    """The outermost divisions that are letters, and the texts of a group."""
    for part in text:
        if name_of(part) == "div" and (part.get("type") or "").casefold() in LETTERS or name_of(text) == "group" and name_of(part) == "text":
            yield part
        elif name_of(part) in ("body", "group", "div", "text"):
            yield from _letters_in(part)


def _pair(texts: list, described: list) -> list[tuple] | None:
    """Letters with their descriptions; None where they cannot be told apart."""
    if not described:
        return [(text, None) for text in texts]
    linked = [[one for one in described if _points(text, one) or _points(one, text)] for text in texts]
    if all(len(ones) == 1 for ones in linked) and len({id(ones[0]) for ones in linked}) == len(texts):
        return [(text, ones[0]) for text, ones in zip(texts, linked, strict=True)]
    return list(zip(texts, described, strict=True)) if len(texts) == len(described) and not any(linked) else None


def _points(one, other) -> bool:
    return bool(other.get(_ID)) and f"#{other.get(_ID)}" in " ".join(one.get(name) or "" for name in LINKS).split()


def _left_out(text) -> list[str]:
    """A remark on what stands before and behind the letters of a file, and is not read."""
    parts = [part for part in text.iter() if name_of(part) in ("front", "back")]
    return [f"not read: {name_of(part)} ({_plain(part)[:_SHOWN]})" for part in parts[:2] if _plain(part)]


def name_of(element) -> str:
    """The name of an element, without its namespace; "" for what is none."""
    return element.tag.rpartition("}")[2] if isinstance(element.tag, str) else ""


def _plain(element) -> str:
    return " ".join("".join(element.itertext()).split())


def read_words(body) -> str:
    """The letter: a line a block, white space within it as one space."""
    pieces: list[str] = []
    stack = [(body, False)]
    while stack:
        part, done = stack.pop()
        if isinstance(part, str):
            pieces.append(re.sub(r"\s+", " ", part))
        elif done or name_of(part) in ("lb", "cb"):
            pieces.append("\n" if done else " " if part.get("break") != "no" else JOINED)
        elif name_of(part) == "pb" and part.get("break") == "no":
            pieces.append(JOINED)
        elif name_of(part) and name_of(part) not in LEFT_OUT:
            block = name_of(part) in BLOCKS
            pieces.append("\n" if block else "")
            stack += [(part, True)] if block else []
            stack += reversed([(piece, False) for piece in _inside(part)])
    first, *others = "".join(pieces).split(JOINED)
    whole = "".join([first.rstrip(), *(part.strip() for part in others[:-1]), others[-1].lstrip()]) if others else first
    lines = (" ".join(line.split()) for line in whole.split("\n"))
    return "\n".join(line for line in lines if line)


def _inside(part) -> list:
    """The pieces of an element in their order, texts and elements; of a choice only what stands in the letter."""
    children = list(part)
    if name_of(part) in ("choice", "app") and children:
        named = {name_of(child): child for child in reversed(children)}
        children = [next((named[name] for name in AS_WRITTEN if name in named), children[0])]
        return children
    pieces = [part.text or ""]
    for child in children:
        pieces += [child, child.tail or ""]
    return pieces
