"""From bytes to text: which encoding it is, and whether it is text at all."""

import codecs

_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_LOOKED_AT = 64 * 1024
# What text has of the signs below the space: tab, line feed, form feed, carriage return, escape.
_CONTROL = bytes(set(range(32)) - {9, 10, 12, 13, 27})


def encoding_of(head: bytes) -> str | None:
    """In Python's words; None for what is no text.

    Where neither a mark nor UTF-8 fits it is windows-1252, of which latin-1 is a part for all that people write.
    """
    for mark, name in _MARKS:
        if head.startswith(mark):
            return name
    looked = head[:_LOOKED_AT]
    if looked.count(0):
        return _wide(looked)
    if len(looked.translate(None, _CONTROL)) < 0.98 * len(looked):
        return None
    try:
        codecs.getincrementaldecoder("utf-8")().decode(head)  # the last sign may be cut
    except UnicodeDecodeError:
        return "cp1252"
    return "utf-8"


def decoded(head: bytes, encoding: str) -> str:
    """A sign that is cut at the end is left out."""
    return codecs.getincrementaldecoder(encoding)("replace").decode(head)


def _wide(looked: bytes) -> str | None:
    """UTF-16 without a mark: every other byte of western text is 0."""
    even, odd = looked[0::2].count(0), looked[1::2].count(0)
    half = max(1, len(looked) // 2)
    if odd > 0.7 * half and even < 0.1 * half:
        return "utf-16-le"
    if even > 0.7 * half and odd < 0.1 * half:
        return "utf-16-be"
    return None
