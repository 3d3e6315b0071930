"""Whole files to and from a blob: blocks side by side, hashed while they are read, and resumable."""

import base64
import os
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from pathlib import Path
from typing import Any

from azure.core import MatchConditions
from azure.core.exceptions import ResourceNotFoundError
from azure.storage.blob import BlobBlock, BlobClient

from ..entities import File
from ..errors import StorageChanged
from ..language import _
from .content import block_hash, block_size, content_hash, read_block
from .pieces import AT_ONCE, gather
from .store import Progress
from .together import Count


def upload_blob(client: BlobClient, source: Path, *, overwrite: bool, progress: Progress | None) -> str:
    """The blob appears when its last block is there. A block's id has its content's hash, so that one that an earlier
    try left with the service is not sent again, and one of another content is never taken for it.
    """
    with source.open("rb") as file:
        before = os.fstat(file.fileno())
        size = block_size(before.st_size)
        count = -(-before.st_size // size)
        held = _uncommitted(client) if count > 1 else set()
        done = Count(before.st_size, progress)

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


def download_blob(client: BlobClient, target: Path, known: File | None, progress: Progress | None) -> None:
    if known is None or not known.etag:
        found = client.get_blob_properties()
        known = File(path=found.name, is_folder=False, size=found.size, etag=found.etag.strip('"'))
    gather(known, fetcher(client, known.etag), target, progress)


def fetcher(client: BlobClient, etag: str) -> Callable[[int, int], bytes]:
    """Of a range of a blob that has this etag."""

    def fetch(offset: int, length: int) -> bytes:
        stream = client.download_blob(
            offset=offset, length=length, etag=f'"{etag}"', match_condition=MatchConditions.IfNotModified
        )
        return bytes(stream.readall())

    return fetch


def _uncommitted(client: BlobClient) -> set[str]:
    with suppress(ResourceNotFoundError):
        return {block.id for block in client.get_block_list("uncommitted")[1]}
    return set()


def _block_id(number: int, digest: bytes) -> str:
    # All ids of a blob have to be of one length.
    return base64.b64encode(f"{number:06}".encode() + digest[:16]).decode()
