"""Which encoding a file has: by its mark, by being UTF-8, by its zeros, by what it says of itself, and else by its letters."""

import codecs
import re

from comity.sources.refusal import Refused

_MARKS = (
    (codecs.BOM_UTF32_LE, "utf-32"), (codecs.BOM_UTF32_BE, "utf-32"), (codecs.BOM_UTF8, "utf-8-sig"), (codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16"),
)  # fmt: skip
_SAID = re.compile(rb"""<[^>]{0,300}?(?:charset|encoding)\s*=\s*["']?\s*([\w.:-]{2,40})""", re.IGNORECASE)
HEAD = 2**16
# What says of itself that it is this seldom is: browsers read it as that.
_MEANT = {"iso8859-1": "cp1252", "ascii": "cp1252", "gb2312": "gb18030", "gbk": "gb18030", "euc_kr": "cp949", "shift_jis": "cp932"}
# So few letters beyond ASCII tell nothing; and the bytes that stand for nothing in Western Windows.
FEW, _NOT_WESTERN = 40, frozenset(b"\x00\x81\x8d\x8f\x90\x9d")
AS_UTF8 = "Save the file as UTF-8."


def decode(data: bytes) -> tuple[str, str]:
    r"""The text of a file as it stands in it, and the name of its encoding; "guessed" stands behind one that only its letters show.

    >>> decode("Señor".encode()), decode("\ufeffSir".encode("utf-16"))[0], decode(b"\xef\xbb\xbfSir")
    (('Señor', 'utf-8'), '\ufeffSir', ('Sir', 'utf-8-sig'))
    """
    name = detect(data)
    try:
        return data.decode(name.partition(" ")[0]), name
    except (UnicodeDecodeError, LookupError) as error:
        raise Refused(f"The encoding cannot be told; it seemed to be {name}.", AS_UTF8) from error


def detect(data: bytes, whole: bool = True) -> str:
    """The encoding of data, or of a file that goes on after them (``whole`` is False)."""
    marked = next((name for mark, name in _MARKS if data.startswith(mark)), "")
    if marked:
        return marked
    try:
        codecs.getincrementaldecoder("utf-8")().decode(data, whole)
        return _utf16(data) or "utf-8"
    except UnicodeDecodeError:
        return _utf16(data) or _said(data) or _guessed(data)


def _utf16(data: bytes) -> str:
    """UTF-16 without a mark: nearly every second byte is zero."""
    head = data[:1000]
    for name, zeros in (("utf-16-le", head[1::2]), ("utf-16-be", head[::2])):
        if len(head) > 3 and zeros.count(0) > 0.8 * len(zeros) and head.count(0) < 0.6 * len(head):
            return name
    return ""


def _said(data: bytes) -> str:
    """What a page or an XML file says of itself, where that holds."""
    said = _SAID.search(data[:4096])
    try:
        name = codecs.lookup(said[1].decode("ascii")).name if said else ""
        name = _MEANT.get(name, name)
        data[:HEAD].decode(name, "ignore" if len(data) > HEAD else "strict")
        return name
    except (LookupError, UnicodeError, ValueError):
        return ""


def _guessed(data: bytes) -> str:
    """By its letters; where a Latin text has few that tell, by the commonest encoding."""
    from charset_normalizer import from_bytes

    high = sum(byte > 127 for byte in data[:HEAD])
    if high < FEW and high * 5 < len(data[:HEAD]) and not set(data[:HEAD]) & _NOT_WESTERN:
        return "cp1252 (guessed)"
    best = from_bytes(data[:HEAD]).best()
    if best is None:
        raise Refused("The encoding cannot be told.", AS_UTF8)
    return f"{best.encoding} (guessed)"
