"""A file's content as blocks and as one hash, read once and in parallel."""

import hashlib
import os
from collections.abc import Callable, Iterable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

BLOCK = 8 * 1024 * 1024
"""Bytes of a block. A file of more than 50,000 of them, the service's limit, gets larger ones."""
MOST_BLOCKS = 50_000


def block_size(size: int) -> int:
    """Bytes, a multiple of ``BLOCK``."""
    return BLOCK * max(1, -(-size // (BLOCK * MOST_BLOCKS)))


def block_hash(block: bytes) -> bytes:
    """SHA-256, which releases the interpreter while it works: blocks are hashed side by side."""
    return hashlib.sha256(block).digest()


def content_hash(block_hashes: Iterable[bytes]) -> str:
    """Of the hashes of a file's blocks, in hex: a file of one block has its own SHA-256."""
    hashes = list(block_hashes)
    return (hashes[0] if len(hashes) == 1 else hashlib.sha256(b"".join(hashes)).digest()).hex()


def hash_file(path: Path, progress: Callable[[int, int], None] | None = None) -> str:
    """``content_hash`` of a file as it is now. Blocks are read and hashed side by side. Raises OSError."""
    with path.open("rb") as file:
        total = os.fstat(file.fileno()).st_size
        size = block_size(total)
        count = max(1, -(-total // size))
        if count == 1:
            hashes = [block_hash(read_block(file.fileno(), 0, size))]
        else:
            with ThreadPoolExecutor(min(count, os.cpu_count() or 1)) as pool:
                hashes = list(
                    pool.map(lambda number: block_hash(read_block(file.fileno(), number, size)), range(count))
                )
        if progress:
            progress(total, total)
    return content_hash(hashes)


def read_block(file: int, number: int, size: int) -> bytes:
    """``file`` is a descriptor; any thread may read any block."""
    pieces, position, left = [], number * size, size
    while left and (piece := os.pread(file, left, position)):
        pieces.append(piece)
        position, left = position + len(piece), left - len(piece)
    return b"".join(pieces)
