"""Whole files to and from a blob: blocks side by side, hashed while they are read, and resumable."""

import base64
import fcntl
import json
import os
import threading
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from pathlib import Path
from typing import Any

from azure.core import MatchConditions
from azure.core.exceptions import ResourceNotFoundError
from azure.storage.blob import BlobBlock, BlobClient

from ..errors import StorageChanged
from ..language import _
from .content import block_hash, block_size, content_hash, read_block
from .store import Progress

AT_ONCE = 4
"""Blocks that are in flight: 32 MB of memory."""


def upload_blob(client: BlobClient, source: Path, *, overwrite: bool, progress: Progress | None) -> str:
    """The blob appears when its last block is there. A block's id has its content's hash, so that one that an earlier
    try left with the service is not sent again, and one of another content is never taken for it.
    """
    with source.open("rb") as file:
        before = os.fstat(file.fileno())
        size = block_size(before.st_size)
        count = -(-before.st_size // size)
        held = _uncommitted(client) if count > 1 else set()
        done = _Count(before.st_size, progress)

        def send(number: int) -> bytes:
            block = read_block(file.fileno(), number, size)
            digest = block_hash(block)
            if _block_id(number, digest) not in held:
                client.stage_block(_block_id(number, digest), block, length=len(block))
            done.add(len(block))
            return digest

        if count <= 1:
            content = read_block(file.fileno(), 0, size)
            found = content_hash([block_hash(content)])
            client.upload_blob(content, overwrite=overwrite, metadata={"content_hash": found})
            done.add(len(content))
            return found
        with ThreadPoolExecutor(AT_ONCE) as pool:
            digests = list(pool.map(send, range(count)))
        after = os.fstat(file.fileno())
    if (after.st_size, after.st_mtime_ns) != (before.st_size, before.st_mtime_ns):
        raise StorageChanged(
            _("{path} was changed while it was read.", path=source), _("Try again when nothing writes to it.")
        )
    found = content_hash(digests)
    condition: dict[str, Any] = {} if overwrite else {"match_condition": MatchConditions.IfMissing}
    blocks = [BlobBlock(_block_id(number, digest)) for number, digest in enumerate(digests)]
    client.commit_block_list(blocks, metadata={"content_hash": found}, **condition)
    return found


def download_blob(client: BlobClient, target: Path, progress: Progress | None) -> None:
    """Into a file beside, with a list of the pieces that are there; it gets its name when all are."""
    facts = client.get_blob_properties()
    size = block_size(facts.size)
    target.parent.mkdir(parents=True, exist_ok=True)
    part = target.with_name(f".{target.name}.part")
    pieces = part.with_name(f"{part.name}.json")
    done, lock = _Count(facts.size, progress), threading.Lock()
    file = _open_alone(part)
    try:
        held = _held_pieces(pieces, part, facts.etag, size)
        os.ftruncate(file, facts.size)

        def fetch(number: int) -> None:
            length = min(size, facts.size - number * size)
            if number not in held:
                stream = client.download_blob(
                    offset=number * size,
                    length=length,
                    etag=facts.etag,
                    match_condition=MatchConditions.IfNotModified,
                )
                os.pwrite(file, stream.readall(), number * size)
                with lock:
                    held.add(number)
                    pieces.write_text(json.dumps({"etag": facts.etag, "size": size, "held": sorted(held)}), "utf-8")
            done.add(length)

        with ThreadPoolExecutor(AT_ONCE) as pool:
            list(pool.map(fetch, range(-(-facts.size // size))))
        os.fsync(file)
        os.replace(part, target)
        pieces.unlink(missing_ok=True)
    finally:
        os.close(file)


def _uncommitted(client: BlobClient) -> set[str]:
    with suppress(ResourceNotFoundError):
        return {block.id for block in client.get_block_list("uncommitted")[1]}
    return set()


def _block_id(number: int, digest: bytes) -> str:
    # All ids of a blob have to be of one length.
    return base64.b64encode(f"{number:06}".encode() + digest[:16]).decode()


def _open_alone(part: Path) -> int:
    """A descriptor; whoever downloads the same file waits until it is closed."""
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


class _Count:
    def __init__(self, size: int, progress: Progress | None) -> None:
        self._size, self._progress = size, progress
        self._done = 0
        self._lock = threading.Lock()

    def add(self, count: int) -> None:
        with self._lock:
            self._done += count
            if self._progress:
                self._progress(self._done, self._size)
