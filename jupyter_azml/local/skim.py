"""What a page shows of a long journal: what happened to the cells, and the last of what they printed."""

from pathlib import Path
from typing import Any

from ..language import _
from ..tracking.lines import objects_in, read_block
from .tail import read_from

LONG = 1024 * 1024
"""Bytes since the cursor, from which a journal is skimmed."""
MOST_BYTES = 32 * LONG
"""Looked through in one go."""
LAST_OUTPUT = 128 * 1024


def skim(path: Path, offset: int) -> tuple[list[dict[str, Any]], int, bool]:
    """As ``tail.read_from``, but of much output the end alone, after a line that says so."""
    if not path.exists() or path.stat().st_size - offset <= LONG:
        return read_from(path, offset)
    block, end, more = read_block(path, offset, MOST_BYTES)
    start = block.rfind(b"\n", 0, max(0, len(block) - LAST_OUTPUT)) + 1
    earlier, last = block[:start], objects_in(block[start:])
    kept = objects_in(b"\n".join(line for line in earlier.splitlines() if b'"LogLines"' not in line[:32]))
    if earlier and last:
        text = _("… Earlier output is left out here. All of it: {path}", path="logs/user_logs/std_log.txt") + "\n"
        kept.append({**_place(last[0]), "event": "LogLines", "stream": "stdout", "text": text})
    return kept + last, end, more


def _place(line: dict[str, Any]) -> dict[str, Any]:
    return {name: line.get(name) for name in ("at", "cell")}
