"""What a cell prints, bounded: in memory, in the notebook, in the journal and in the log."""

import json
import re
import time
from collections import deque
from typing import Any, NamedTuple

from ..language import _
from .journal import CellJournal

MOST_TEXT = 16 * 1024**2
"""Characters of stdout and stderr that a cell may print at once."""
TEXT_PER_SECOND = 4096
"""On top, so that a cell that says something for days is heard to its end."""
MOST_HELD = 64 * 1024
"""Characters of what is too much that are kept: its end."""
COST = 100
"""Characters that a piece counts for besides its text: a notebook of a million empty ones is as large."""
BETWEEN = 0.05
"""Seconds between two entries in the journal while a cell prints without a pause."""

MOST_MESSAGE = 100 * 1024**2
"""Bytes of one message that are unpacked."""
_START = 20 * 1024**2


class Text(NamedTuple):
    stream: str
    text: str


class CellOutput:
    """The text of one cell on its way to the notebook and, in pieces worth a line, to the journal."""

    def __init__(self, journal: CellJournal | None) -> None:
        self._journal = journal
        self._began = time.monotonic()
        self._taken = 0
        self._held: deque[Text] = deque()
        self._held_size = self._left_out = 0
        self._untold: list[Text] = []
        self._told_at = 0.0

    def take(self, stream: str, text: str) -> list[Text]:
        """What of all that was said is to be kept now: this, or a part of it with a notice, or nothing yet."""
        room = self._room()
        if self._held:
            if room < 2 * MOST_HELD + len(text):
                self._hold(stream, text)
                return []
            return self._keep(*self._released(), Text(stream, text))
        if len(text) <= room:
            return self._keep(Text(stream, text))
        room = max(room, 0)
        self._hold(stream, text[room:])
        notice = _("[This cell prints too much. Of what follows, only the last lines are kept.]")
        return self._keep(*([Text(stream, text[:room])] if room else []), Text("stderr", f"\n{notice}\n"))

    def pause(self) -> list[Text]:
        """What was held back, before something that has its place after it: as far as there is room again."""
        return self.rest() if self._held and self._room() > MOST_HELD else []

    def rest(self) -> list[Text]:
        """What was held back, once nothing more comes."""
        return self._keep(*self._released()) if self._held else []

    def note(self, stream: str, text: str) -> None:
        """For the journal alone."""
        if self._journal:
            self._untold.append(Text(stream, text))

    def tell(self, *, at_once: bool = False) -> None:
        """Journals what was kept, unless that was done just now."""
        now = time.monotonic()
        if self._journal and self._untold and (at_once or now - self._told_at > BETWEEN):
            pieces, self._untold, self._told_at = self._untold, [], now
            while pieces:
                stream = pieces[0].stream
                count = next((n for n, piece in enumerate(pieces) if piece.stream != stream), len(pieces))
                self._journal.output(stream, "".join(piece.text for piece in pieces[:count]))
                del pieces[:count]

    def _room(self) -> int:
        return MOST_TEXT + int(TEXT_PER_SECOND * (time.monotonic() - self._began)) - self._taken - COST

    def _keep(self, *pieces: Text) -> list[Text]:
        self._taken += sum(len(piece.text) + COST for piece in pieces)
        if self._journal:
            self._untold += pieces
        return list(pieces)

    def _hold(self, stream: str, text: str) -> None:
        self._held.append(Text(stream, text[-MOST_HELD:]))
        self._held_size += len(self._held[-1].text) + COST
        self._left_out += len(text) - len(self._held[-1].text)
        while self._held_size - len(self._held[0].text) > MOST_HELD:
            gone = self._held.popleft().text
            self._held_size -= len(gone) + COST
            self._left_out += len(gone)

    def _released(self) -> list[Text]:
        notice = _("[{count} characters left out]", count=f"{self._left_out:,}")
        pieces = [Text("stderr", f"\n{notice}\n")] if self._left_out else []
        pieces += self._held
        self._held.clear()
        self._held_size = self._left_out = 0
        return pieces


def shortened(kind: str, content: memoryview) -> tuple[str, dict[str, Any]]:
    """Kind and content in place of those of a message that would take gigabytes to unpack.

    Of a text the start is kept, of anything else a notice that it was there.
    """
    if kind == "execute_reply":
        return kind, {"status": "error" if b'"error"' in bytes(content[:100]) else "ok", "ename": "", "evalue": ""}
    size = f"{len(content) / 1024**2:,.0f} MB"
    stream, text = "stderr", ""
    if kind == "stream" and (
        found := re.match(rb'\s*\{\s*"name"\s*:\s*"(\w+)"\s*,\s*"text"\s*:\s*"', bytes(content[:100]))
    ):
        stream, text = found[1].decode(), _cut_string(bytes(content[found.end() : _START]))
    notice = _("[An output of {size} was left out here, or its end.]", size=size)
    return "stream", {"name": stream, "text": f"{text}\n{notice}\n"}


def _cut_string(start: bytes) -> str:
    """The text of which these are the first bytes in JSON, without the sign that may be cut in two."""
    text = start.decode("utf-8", "ignore")
    end = max(len(text) - 12, 0)
    # No sign takes more than twelve characters, a pair of escapes; one of these ends is between two.
    for cut in range(len(text), end, -1):
        try:
            whole = str(json.loads(f'"{text[:cut]}"', strict=False))
            return whole[:-1] if "\ud800" <= whole[-1:] <= "\udbff" else whole
        except ValueError:
            continue
    return ""
