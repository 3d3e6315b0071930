"""The beginning of a text file: whole lines, in UTF-8."""

from dataclasses import dataclass

from ..errors import DataUnreadable
from ..language import _
from .encodings import decoded, encoding_of
from .head import Damaged, Head, read_head
from .source import Source

LONGEST_LINE = 8 * 1024 * 1024
"""Bytes of a first line, at most."""


@dataclass(frozen=True)
class Text:
    data: bytes
    encoding: str
    head: Head
    taken: float
    """Bytes of the file that it takes there."""

    @property
    def is_whole(self) -> bool:
        return self.head.is_whole


def read_lines(source: Source, most: int, encoding: str | None = None) -> Text:
    """At most ``most`` bytes. Raises DataUnreadable for what is empty or no text, and for a line without an end."""
    try:
        head = read_head(source, most)
    except Damaged as error:
        raise _damaged(source) from error
    if not head.data:
        raise DataUnreadable(
            _("{name} is empty.", name=source.name), _("Write a header and lines to it, or name another file.")
        )
    found = encoding or encoding_of(head.data)
    if found is None:
        raise DataUnreadable(
            _("{name} is not text: it has bytes that no text has.", name=source.name),
            _("Check what wrote it, and that its name ends as its content is."),
        )
    text = decoded(head.data, found)
    if not head.is_whole:
        end = max(text.rfind("\n"), text.rfind("\r")) + 1
        if not end and most < LONGEST_LINE:
            return read_lines(source, LONGEST_LINE, encoding)
        if not end:
            raise DataUnreadable(
                _("The first line of {name} is longer than {size} MB.", name=source.name, size=most // 1024**2),
                _("It is no table of lines. See its size with: azml datastore browse"),
            )
    else:
        end = len(text)
    taken = (head.packed if head.compression else len(head.data)) * end / max(1, len(text))
    return Text(text[:end].encode("utf-8", "replace"), found, head, taken)


def estimated_rows(source: Source, text: Text, rows: int) -> int | None:
    """Of the whole file, when ``rows`` are in the text: from how much of the file they take."""
    if text.is_whole:
        return rows
    return max(rows, round(source.size * rows / max(1, text.taken))) if rows else None


def _damaged(source: Source) -> DataUnreadable:
    return DataUnreadable(
        _("The compressed content of {name} is damaged.", name=source.name),
        _("Check that it was written and uploaded to its end."),
    )
