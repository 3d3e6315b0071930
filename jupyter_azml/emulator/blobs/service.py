"""The blob service of one storage account, as an application.

Source: https://learn.microsoft.com/rest/api/storageservices/blob-service-rest-api
"""

import os
import shutil
import tempfile
from base64 import b64decode, b64encode
from binascii import Error as NotBase64
from collections.abc import Callable
from hashlib import md5
from http import HTTPStatus
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit
from uuid import uuid4
from xml.etree import ElementTree

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import Response
from starlette.types import ASGIApp

from ...entities import File
from .application import Find, check_conditions, create_service, most_listed, received, validators
from .authorization import Authorization
from .containers import Container
from .faults import Fault, invalid, no_container, not_found
from .listing import blobs_xml, blocks_xml, containers_xml
from .reading import read_blob

_HEADERS = {
    "x-ms-blob-content-type": "content_type",
    "x-ms-blob-content-md5": "content_md5",
    "x-ms-blob-content-encoding": "content_encoding",
    "x-ms-blob-content-disposition": "content_disposition",
    "x-ms-blob-cache-control": "cache_control",
}


def create_blobs(account: str, authorization: Authorization, find: Find, names: Callable[[], list[str]]) -> ASGIApp:
    """``names``: of the containers that a list shows."""
    return create_service(authorization, _Service(account, find, names).answer, Fault.answer)


class _Service:
    def __init__(self, account: str, find: Find, names: Callable[[], list[str]]) -> None:
        self._account = account
        self._find = find
        self._names = names

    async def answer(self, request: Request, container_name: str, name: str) -> Response:
        query = request.query_params
        what = query.get("comp", "")
        if not container_name:
            return containers_xml(self._account, self._names())
        container = self._find(container_name)
        if container is None:
            raise no_container(container_name)
        if not name:
            return await self._answer_container(request, container, what)
        if request.method in ("GET", "HEAD") and what in ("", "metadata"):
            return await run_in_threadpool(read_blob, request, container, name)
        if request.method == "GET" and what == "blocklist":
            return await run_in_threadpool(self._blocks, container, name)
        if request.method == "DELETE" and not what:
            return await run_in_threadpool(self._delete, request, container, name)
        if request.method == "PUT":
            return await self._put(request, container, name, what)
        raise invalid("UnsupportedHttpVerb", f"The emulator does not answer {request.method} with comp={what!r}.")

    async def _answer_container(self, request: Request, container: Container, what: str) -> Response:
        if request.query_params.get("restype") != "container":
            raise invalid("InvalidQueryParameterValue", "restype=container is missing.")
        if request.method == "PUT" and not what:
            raise Fault(HTTPStatus.CONFLICT, "ContainerAlreadyExists", "The specified container already exists.")
        if request.method == "GET" and what == "list":
            query = {name.lower(): value for name, value in request.query_params.items()}
            most = most_listed(query.get("maxresults"))
            words = (query.get("prefix", ""), query.get("delimiter", ""), query.get("marker", ""))
            found = await run_in_threadpool(container.list, *words, most)
            return blobs_xml(self._account, container, query, found)
        if request.method in ("GET", "HEAD"):
            return Response(headers={"ETag": '"0x1"', "x-ms-lease-state": "available", "x-ms-lease-status": "unlocked"})
        raise invalid("UnsupportedHttpVerb", f"The emulator does not answer {request.method} for a container.")

    async def _put(self, request: Request, container: Container, name: str, what: str) -> Response:
        if what == "block":
            return await self._put_block(request, container, name)
        if what in ("metadata", "properties"):
            return await run_in_threadpool(self._put_facts, request, container, name, what)
        if what not in ("", "blocklist"):
            raise invalid("InvalidQueryParameterValue", f"The emulator does not know comp={what!r}.")
        if what == "" and request.headers.get("x-ms-copy-source"):
            return await run_in_threadpool(self._copy, request, container, name)
        if what == "" and request.headers.get("x-ms-blob-type", "BlockBlob") != "BlockBlob":
            raise invalid("InvalidBlobType", "The emulator keeps block blobs alone.")
        beside = await received(request)
        try:
            put = self._put_list if what == "blocklist" else self._put_whole
            return await run_in_threadpool(put, request, container, name, beside)
        finally:
            beside.unlink(missing_ok=True)

    def _put_whole(self, request: Request, container: Container, name: str, content: Path) -> Response:
        check_conditions(request, container.stat(name))
        facts = {**_facts_in(request), "content_md5": _md5(content)}
        return _created(container.put(name, content, facts), facts)

    async def _put_block(self, request: Request, container: Container, name: str) -> Response:
        block = _block_file(container, name, request.query_params.get("blockid", ""))
        beside = await received(request)
        try:
            block.parent.mkdir(parents=True, exist_ok=True)
            shutil.move(beside, block)
        finally:
            beside.unlink(missing_ok=True)
        return Response(status_code=HTTPStatus.CREATED, headers={"x-ms-request-server-encrypted": "true"})

    def _put_list(self, request: Request, container: Container, name: str, listed: Path) -> Response:
        check_conditions(request, container.stat(name))
        try:
            wanted = [(each.tag, each.text or "") for each in ElementTree.fromstring(listed.read_bytes())]  # noqa: S314 - expat refuses what grows
        except ElementTree.ParseError as error:
            raise invalid("InvalidXmlDocument", f"The block list is not XML: {error}") from error
        handle, path = tempfile.mkstemp(dir=listed.parent)
        whole = Path(path)
        try:
            with os.fdopen(handle, "wb") as target:
                for _kind, block in wanted:
                    file = _block_file(container, name, block)
                    if not file.exists():
                        raise invalid("InvalidBlockList", f"The block {block} was not sent.")
                    with file.open("rb") as source:
                        shutil.copyfileobj(source, target)
            facts = _facts_in(request)
            found = container.put(name, whole, facts)
        finally:
            whole.unlink(missing_ok=True)
        shutil.rmtree(container.blocks(name), ignore_errors=True)
        return _created(found, facts)

    def _put_facts(self, request: Request, container: Container, name: str, what: str) -> Response:
        folder = container.folder(name) if container.has_folders else None
        found = folder or _existing(container, name)
        check_conditions(request, found)
        kept, sent = container.facts(name, found), _facts_in(request)
        if what == "metadata":
            kept["metadata"] = sent.get("metadata", {})
        else:
            kept.update({key: value for key, value in sent.items() if key != "metadata"})
        container.remember(name, found, kept)
        return Response(headers=validators(found))

    def _copy(self, request: Request, container: Container, name: str) -> Response:
        source = urlsplit(request.headers["x-ms-copy-source"])
        from_container, _slash, from_name = unquote(source.path.lstrip("/")).partition("/")
        origin = self._find(from_container)
        if origin is None or (found := origin.stat(from_name)) is None:
            raise Fault(HTTPStatus.NOT_FOUND, "CannotVerifyCopySource", "The source of the copy does not exist.")
        facts = {**origin.facts(from_name, found), **_facts_in(request)}
        with tempfile.NamedTemporaryFile() as beside, origin.open(from_name) as content:
            shutil.copyfileobj(content, beside)
            beside.flush()
            kept = container.put(name, Path(beside.name), facts)
        headers = {**validators(kept), "x-ms-copy-id": str(uuid4()), "x-ms-copy-status": "success"}
        return Response(status_code=HTTPStatus.ACCEPTED, headers=headers)

    def _delete(self, request: Request, container: Container, name: str) -> Response:
        check_conditions(request, _existing(container, name))
        container.delete(name)
        return Response(status_code=HTTPStatus.ACCEPTED)

    def _blocks(self, container: Container, name: str) -> Response:
        folder = container.blocks(name)
        sent = sorted(folder.iterdir()) if folder.is_dir() else []
        uncommitted = [(b64encode(bytes.fromhex(file.name)).decode(), file.stat().st_size) for file in sent]
        if not uncommitted:
            _existing(container, name)
        return blocks_xml([], uncommitted)


def _facts_in(request: Request) -> dict[str, Any]:
    found: dict[str, Any] = {key: request.headers[name] for name, key in _HEADERS.items() if name in request.headers}
    metadata = {
        name.removeprefix("x-ms-meta-"): value
        for name, value in request.headers.items()
        if name.startswith("x-ms-meta-")
    }
    return {**found, "metadata": metadata}


def _existing(container: Container, name: str) -> File:
    found = container.stat(name)
    if found is None:
        raise not_found(name)
    return found


def _block_file(container: Container, name: str, block: str) -> Path:
    try:
        decoded = b64decode(block, validate=True)
    except NotBase64:
        raise invalid("InvalidQueryParameterValue", "The block's id is not base64.") from None
    if not 0 < len(decoded) <= 64:
        raise invalid("InvalidQueryParameterValue", "A block's id has 1 to 64 bytes.")
    return container.blocks(name) / decoded.hex()


def _md5(content: Path) -> str:
    digest = md5(usedforsecurity=False)
    with content.open("rb") as source:
        while piece := source.read(1 << 20):
            digest.update(piece)
    return b64encode(digest.digest()).decode()


def _created(found: File, facts: dict[str, Any]) -> Response:
    headers = {**validators(found), "x-ms-request-server-encrypted": "true"}
    if "content_md5" in facts:
        headers["Content-MD5"] = facts["content_md5"]
    return Response(status_code=HTTPStatus.CREATED, headers=headers)
