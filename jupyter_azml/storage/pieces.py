"""A file that arrives in pieces, side by side, and goes on where it was cut."""

import fcntl
import hashlib
import json
import os
import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from pathlib import Path

from ..entities import File
from .content import block_size
from .store import Progress
from .together import Count

AT_ONCE = 4
"""Pieces that are in flight: 32 MB of memory."""


def gather(known: File, fetch: Callable[[int, int], bytes], target: Path, progress: Progress | None) -> None:
    """``fetch``: the bytes from an offset on, so many, of the file that has the etag of ``known``, or an error.

    Into a file beside, with a list of the pieces that are there; it gets its name when all are.
    """
    total, size = known.size, block_size(known.size)
    target.parent.mkdir(parents=True, exist_ok=True)
    part = target.with_name(f".{hashlib.sha256(target.name.encode()).hexdigest()[:16]}.part")
    pieces = part.with_name(f"{part.name}.json")
    done, lock = Count(total, progress), threading.Lock()
    file = open_alone(part)
    try:
        held = _held_pieces(pieces, part, known.etag, size)
        os.ftruncate(file, total)

        def bring(number: int) -> None:
            length = min(size, total - number * size)
            if number not in held:
                os.pwrite(file, fetch(number * size, length), number * size)
                if total > size:
                    with lock:
                        held.add(number)
                        text = json.dumps({"etag": known.etag, "size": size, "held": sorted(held)})
                        pieces.write_text(text, "utf-8")
            done.add(length)

        if total <= size:
            for number in range(-(-total // size)):
                bring(number)
        else:
            with ThreadPoolExecutor(AT_ONCE) as pool:
                list(pool.map(bring, range(-(-total // size))))
        os.fsync(file)
        os.replace(part, target)
        pieces.unlink(missing_ok=True)
    finally:
        os.close(file)


def open_alone(part: Path) -> int:
    """A descriptor; whoever opens the same file so waits until it is closed."""
    while True:
        file = os.open(part, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
        fcntl.flock(file, fcntl.LOCK_EX)
        with suppress(FileNotFoundError):
            if os.path.samestat(os.fstat(file), part.stat()):
                return file
        os.close(file)  # the one before has given it its name meanwhile


def _held_pieces(pieces: Path, part: Path, etag: str, size: int) -> set[int]:
    try:
        found = json.loads(pieces.read_text("utf-8"))
    except (OSError, ValueError):
        return set()
    is_same = part.exists() and (found["etag"], found["size"]) == (etag, size)
    return set(found["held"]) if is_same else set()
