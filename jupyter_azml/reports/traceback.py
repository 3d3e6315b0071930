"""IPython's tracebacks, read: which line of the cell it was, and the user's own frames before those of libraries."""

import re
from collections.abc import Sequence

from ..language import _
from .terminal_text import without_colours

_CELL = re.compile(r"(?:Cell In|Input In|In)\s*\[(\d+)\](?:, line (\d+)|, in .*line: (\d+))?")
_LIBRARY = re.compile(r'File "?(\S*?(?:site-packages|dist-packages|lib/python[\d.]+)/[^\n:]*):(\d+)(?:, in ([^\n]*))?')
MOST_LIBRARY_FRAMES = 10
_ARROW = re.compile(r"^-+> ?(\d+) ", re.MULTILINE)
_CHAINED = ("During handling of the above exception", "The above exception was the direct cause")
_RULE = re.compile(r"-{20,}")


def plain_traceback(entries: Sequence[str]) -> str:
    """One text: frames of cells and of the job's own files first, then the error, then the libraries' frames by name.

    What was raised while something else was handled is left in its order: there the order is the story.
    """
    parts = [without_colours(entry).rstrip() for entry in entries]
    parts = [part for part in parts if part and not _RULE.fullmatch(part)]
    if any(part.lstrip().startswith(_CHAINED) for part in parts):
        return "\n".join(parts)
    inside = [part for part in parts[:-1] if _LIBRARY.match(part)]
    own = [part for part in parts if part not in inside]
    named = [_named(part) for part in inside]
    if len(named) > MOST_LIBRARY_FRAMES:
        half = MOST_LIBRARY_FRAMES // 2
        named[half:-half] = [_("  … {count} more", count=len(named) - 2 * half)]
    return "\n".join([*own, *named])


def failed_line(entries: Sequence[str], count: int | None) -> int | None:
    """The line of the cell, from 1, that was executed. ``count`` is the cell's own: others may have been called."""
    found = None
    for entry in map(without_colours, entries):
        head = _CELL.match(entry.lstrip())
        if not head or (count is not None and int(head[1]) != count):
            continue
        arrow = _ARROW.search(entry)
        line = head[2] or head[3] or (arrow[1] if arrow else None)
        # The outermost frame is the cell itself; a function of the same cell that it called says more.
        found = int(line) if line else found
    return found


def _named(part: str) -> str:
    found = _LIBRARY.match(part)
    return f"  {found[1]}:{found[2]}{f' in {found[3]}' if found[3] else ''}" if found else part
