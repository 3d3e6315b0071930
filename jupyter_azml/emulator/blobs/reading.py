"""Blobs, and parts of them, as they are read."""

import re
from collections.abc import Iterator
from datetime import UTC, datetime
from email.utils import format_datetime, parsedate_to_datetime
from http import HTTPStatus
from typing import Any, BinaryIO

from starlette.requests import Request
from starlette.responses import Response, StreamingResponse

from ...entities import File
from .containers import Container, etag_of
from .faults import Fault, changed, not_found

_RANGE = re.compile(r"bytes=(\d+)-(\d*)")
_PIECE = 1 << 20
_KEPT = {
    "content_md5": "Content-MD5",
    "content_encoding": "Content-Encoding",
    "content_disposition": "Content-Disposition",
    "cache_control": "Cache-Control",
}


def read_blob(request: Request, container: Container, name: str) -> Response:
    """Raises Fault."""
    found = container.stat(name)
    if found is None and container.has_folders and (folder := container.folder(name)):
        return read_folder(container, folder)
    if found is None:
        raise not_found(name)
    if _is_known(request, found):
        return Response(status_code=HTTPStatus.NOT_MODIFIED, headers={"ETag": etag_of(found)})
    facts = container.facts(name, found)
    headers = _headers(found, facts)
    if request.method == "HEAD" or request.query_params.get("comp") == "metadata":
        length = {"Content-Length": str(found.size)} if request.method == "HEAD" else {}
        return Response(headers={**headers, **length})
    part = request.headers.get("x-ms-range") or request.headers.get("range")
    if not part:
        headers["Content-Length"] = str(found.size)
        return StreamingResponse(_pieces(container.open(name), 0, found.size), 200, headers)
    first, last = _bounds(part, found.size)
    if "Content-MD5" in headers:
        headers["x-ms-blob-content-md5"] = headers.pop("Content-MD5")
    headers |= {"Content-Range": f"bytes {first}-{last}/{found.size}", "Content-Length": str(last - first + 1)}
    content = _pieces(container.open(name), first, last - first + 1)
    return StreamingResponse(content, HTTPStatus.PARTIAL_CONTENT, headers)


def read_folder(container: Container, folder: File) -> Response:
    """A data lake marks it so: to readers of blobs it is one without content."""
    headers = _headers(folder, container.facts(folder.path, folder))
    return Response(headers={**headers, "x-ms-meta-hdi_isfolder": "true", "x-ms-resource-type": "directory"})


def _headers(found: File, facts: dict[str, Any]) -> dict[str, str]:
    moment = format_datetime(found.modified, usegmt=True) if found.modified else ""
    moments = {"Last-Modified": moment, "x-ms-creation-time": moment} if moment else {}
    kept = {header: str(facts[key]) for key, header in _KEPT.items() if facts.get(key)}
    metadata = {f"x-ms-meta-{name}": value for name, value in facts.get("metadata", {}).items()}
    return {
        "ETag": etag_of(found),
        **moments,
        "Accept-Ranges": "bytes",
        # As it was said, and not with a charset that Starlette would add.
        "Content-Type": str(facts.get("content_type") or "application/octet-stream"),
        "x-ms-blob-type": "BlockBlob",
        "x-ms-lease-state": "available",
        "x-ms-lease-status": "unlocked",
        "x-ms-access-tier": "Hot",
        "x-ms-server-encrypted": "true",
        **kept,
        **metadata,
    }


def _is_known(request: Request, found: File) -> bool:
    """Whether the reader has it already. Raises Fault for one that wants another than there is."""
    tag, match, none_match = etag_of(found), request.headers.get("if-match"), request.headers.get("if-none-match")
    if match and match not in ("*", tag):
        raise changed()
    moment = (found.modified or datetime.now(UTC)).replace(microsecond=0)
    since, before = request.headers.get("if-modified-since"), request.headers.get("if-unmodified-since")
    if before and moment > parsedate_to_datetime(before):
        raise changed()
    is_old = bool(since) and moment <= parsedate_to_datetime(str(since))
    return none_match in ("*", tag) or is_old


def _bounds(part: str, size: int) -> tuple[int, int]:
    asked = _RANGE.fullmatch(part.strip())
    if asked is None or int(asked[1]) >= size:
        message = f"The range {part} is outside of the blob's {size} bytes."
        raise Fault(HTTPStatus.REQUESTED_RANGE_NOT_SATISFIABLE, "InvalidRange", message)
    return int(asked[1]), min(int(asked[2]) if asked[2] else size - 1, size - 1)


def _pieces(content: BinaryIO, first: int, length: int) -> Iterator[bytes]:
    with content:
        content.seek(first)
        while length > 0 and (piece := content.read(min(_PIECE, length))):
            length -= len(piece)
            yield piece
