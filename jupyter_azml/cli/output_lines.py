"""What a cell prints, as lines: progress bars write over themselves, and control sequences are for another terminal."""

from collections import deque

from ..reports.terminal_text import settled

_LONGEST = 20_000
"""Characters of a line that has no end yet."""


class OutputLines:
    """Cuts text into lines as it comes; the last ``kept`` of them can be asked for."""

    def __init__(self, kept: int = 5) -> None:
        self._last: deque[str] = deque(maxlen=kept)
        self._unfinished = ""

    def feed(self, text: str) -> list[str]:
        """The lines that are finished by it, as they were written, colours included."""
        *lines, rest = (self._unfinished + text).split("\n")
        # Of a line that is written over again and again only its last state matters.
        start = rest.rstrip("\r").rfind("\r") + 1
        self._unfinished = rest[start:][-_LONGEST:]
        lines = [line.rstrip("\r").rpartition("\r")[2] for line in lines]
        self._last.extend(lines)
        return lines

    def finish(self) -> list[str]:
        """The line that nothing ended."""
        line, self._unfinished = self._unfinished.rstrip("\r"), ""
        return [line] if line else []

    def clear(self) -> None:
        self._last.clear()
        self._unfinished = ""

    def tail(self) -> list[str]:
        """The last lines, without colours; the one that is being written is among them."""
        lines = [*self._last, *([self._unfinished] if self._unfinished else [])]
        return [settled(line).expandtabs(8) for line in lines[-(self._last.maxlen or 1) :]]
