"""The file service of one storage account: shares, folders, and files that are made at their size and then written.

Source: https://learn.microsoft.com/rest/api/storageservices/file-service-rest-api
"""

import os
import re
import tempfile
from collections.abc import Callable
from email.utils import format_datetime
from http import HTTPStatus
from itertools import islice
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit
from xml.etree.ElementTree import Element, SubElement

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import Response
from starlette.types import ASGIApp

from ...entities import File
from .application import Find, create_service, most_listed, received, validators
from .authorization import Authorization
from .containers import Container, etag_of
from .faults import Fault, invalid
from .listing import to_xml
from .reading import read_blob, read_folder
from .writing import Writing

_LARGEST = 4 << 40
_RANGE = re.compile(r"bytes=(\d+)-(\d+)")


def create_shares(account: str, authorization: Authorization, find: Find, names: Callable[[], list[str]]) -> ASGIApp:
    """``names``: of the shares that a list shows."""
    return create_service(authorization, _Shares(account, find, names).answer, Fault.answer)


class _Shares:
    def __init__(self, account: str, find: Find, names: Callable[[], list[str]]) -> None:
        self._address = f"https://{account}.file.core.windows.net/"
        self._find = find
        self._names = names

    async def answer(self, request: Request, share: str, name: str) -> Response:
        if not share:
            return self._list_shares()
        container = self._find(share)
        if container is None:
            raise Fault(HTTPStatus.NOT_FOUND, "ShareNotFound", f"The specified share does not exist: {share}")
        name, kind = name.strip("/"), request.query_params.get("restype", "")
        if kind == "share":
            return _answer_share(request)
        # A range of a file is read before a thread is taken for it.
        piece = await received(request) if request.method == "PUT" else None
        answer = self._answer_folder if kind == "directory" or not name else self._answer_file
        try:
            return await run_in_threadpool(answer, request, container, name, piece)
        finally:
            if piece:
                piece.unlink(missing_ok=True)

    def _list_shares(self) -> Response:
        root = Element("EnumerationResults", ServiceEndpoint=self._address)
        shares = SubElement(root, "Shares")
        for name in self._names():
            share = SubElement(shares, "Share")
            SubElement(share, "Name").text = name
            SubElement(share, "Properties")
        SubElement(root, "NextMarker")
        return to_xml(root)

    def _answer_folder(self, request: Request, container: Container, name: str, _piece: Path | None) -> Response:
        what, there = request.query_params.get("comp", ""), container.folder(name)
        if request.method == "PUT" and not what:
            return _make_folder(request, container, name, there)
        if request.method == "PUT" and what == "rename":
            return _rename(request, container, name)
        if there is None:
            raise _missing(name)
        if request.method == "GET" and what == "list":
            return self._list(request, container, name)
        if request.method in ("GET", "HEAD"):
            return read_folder(container, there)
        if request.method == "PUT" and what in ("metadata", "properties"):
            return _set_facts(request, container, there)
        if request.method == "DELETE":
            if any(True for _each in container.tree(name, recursive=False)):
                raise Fault(HTTPStatus.CONFLICT, "DirectoryNotEmpty", "The specified directory is not empty.")
            container.delete_folder(name)
            return Response(status_code=HTTPStatus.ACCEPTED)
        raise _not_answered(request)

    def _list(self, request: Request, container: Container, name: str) -> Response:
        """Pages go on behind the last name, whatever has come or gone meanwhile."""
        query = request.query_params
        prefix, after, most = query.get("prefix", ""), query.get("marker", ""), most_listed(query.get("maxresults"))
        named = ((file.path.rpartition("/")[2], file) for file in container.tree(name, recursive=False))
        found = list(islice(((n, file) for n, file in named if n.startswith(prefix) and n > after), most + 1))
        root = Element(
            "EnumerationResults", ServiceEndpoint=self._address, ShareName=container.name, DirectoryPath=name
        )
        entries = SubElement(root, "Entries")
        for own, file in found[:most]:
            entry = SubElement(entries, "Directory" if file.is_folder else "File")
            SubElement(entry, "Name").text = own
            properties = SubElement(entry, "Properties")
            SubElement(properties, "Content-Length").text = str(file.size)
            SubElement(properties, "Etag").text = etag_of(file).strip('"')
            if file.modified:
                SubElement(properties, "Last-Modified").text = format_datetime(file.modified, usegmt=True)
        SubElement(root, "NextMarker").text = found[most - 1][0] if len(found) > most else ""
        return to_xml(root)

    def _answer_file(self, request: Request, container: Container, name: str, piece: Path | None) -> Response:
        what, writing = request.query_params.get("comp", ""), Writing(container, name)
        if request.method == "PUT" and piece:
            return _put(request, container, name, writing, piece)
        there = writing.found() or container.stat(name)
        if there is None:
            raise _missing(name)
        if request.method == "GET" and what == "rangelist":
            return _ranges(there)
        if request.method in ("GET", "HEAD"):
            return writing.answer(request, there) or read_blob(request, container, name)
        if request.method == "DELETE":
            writing.forget()
            if container.stat(name):
                container.delete(name)
            return Response(status_code=HTTPStatus.ACCEPTED)
        raise _not_answered(request)


def _answer_share(request: Request) -> Response:
    if request.method in ("GET", "HEAD"):
        return Response(headers={"ETag": '"0x1"', "x-ms-share-quota": "5120"})
    if request.method == "PUT" and not request.query_params.get("comp"):
        raise Fault(HTTPStatus.CONFLICT, "ShareAlreadyExists", "The specified share already exists.")
    raise _not_answered(request)


def _make_folder(request: Request, container: Container, name: str, there: File | None) -> Response:
    if there or container.stat(name):
        raise Fault(HTTPStatus.CONFLICT, "ResourceAlreadyExists", f"There is a {name} already.")
    _check_parent(container, name)
    made = container.make_folder(name)
    container.remember(name, made, _facts_in(request))
    return Response(status_code=HTTPStatus.CREATED, headers=validators(made))


def _put(request: Request, container: Container, name: str, writing: Writing, piece: Path) -> Response:
    match request.query_params.get("comp", ""):
        case "":
            return _make(request, container, name, writing)
        case "range":
            return _write(request, name, writing, piece)
        case "rename":
            return _rename(request, container, name)
        case "metadata" | "properties":
            there = container.stat(name)
            if there is None:
                raise _missing(name)
            return _set_facts(request, container, there)
    raise _not_answered(request)


def _make(request: Request, container: Container, name: str, writing: Writing) -> Response:
    size = request.headers.get("x-ms-content-length", "")
    if not size.isdecimal() or int(size) > _LARGEST:
        raise invalid("InvalidHeaderValue", "x-ms-content-length is missing, or above what a share takes.")
    _check_parent(container, name)
    if container.folder(name):
        raise Fault(HTTPStatus.CONFLICT, "ResourceTypeMismatch", f"{name} is a folder.")
    writing.forget()
    if int(size):
        made = writing.begin(int(size), _facts_in(request))
    else:
        with tempfile.NamedTemporaryFile() as nothing:
            made = container.put(name, Path(nothing.name), _facts_in(request))
    return Response(status_code=HTTPStatus.CREATED, headers=validators(made))


def _write(request: Request, name: str, writing: Writing, piece: Path) -> Response:
    asked = _RANGE.fullmatch(request.headers.get("x-ms-range") or request.headers.get("range", ""))
    if asked is None:
        raise invalid("InvalidHeaderValue", "The range is missing.")
    first, last = int(asked[1]), int(asked[2])
    if request.headers.get("x-ms-write", "update").lower() == "clear":
        os.truncate(piece, last + 1 - first)
    elif piece.stat().st_size != last + 1 - first:
        raise invalid("InvalidHeaderValue", "The range is of another length than what was sent.")
    written = writing.write(first, last, piece)
    if written is None:
        raise _missing(name)
    return Response(status_code=HTTPStatus.CREATED, headers=validators(written))


def _rename(request: Request, container: Container, name: str) -> Response:
    said = unquote(urlsplit(request.headers.get("x-ms-file-rename-source", "")).path)
    source = said.partition(f"/{container.name.rpartition('/')[2]}/")[2].strip("/")
    if not source or not (container.stat(source) or container.folder(source)):
        raise _missing(source or said)
    _check_parent(container, name)
    if container.stat(name) or container.folder(name):
        if request.headers.get("x-ms-file-rename-replace-if-exists", "").lower() != "true":
            raise Fault(HTTPStatus.CONFLICT, "ResourceAlreadyExists", f"There is a {name} already.")
        container.delete(name)
    container.move(source, name)
    return Response(headers={"ETag": '"0x1"'})


def _set_facts(request: Request, container: Container, there: File) -> Response:
    container.remember(there.path, there, {**container.facts(there.path, there), **_facts_in(request)})
    return Response(headers=validators(there))


def _ranges(there: File) -> Response:
    root = Element("Ranges")
    if there.size:
        span = SubElement(root, "Range")
        SubElement(span, "Start").text, SubElement(span, "End").text = "0", str(there.size - 1)
    response = to_xml(root)
    response.headers["x-ms-content-length"] = str(there.size)
    return response


def _facts_in(request: Request) -> dict[str, Any]:
    metadata = {key[10:]: value for key, value in request.headers.items() if key.startswith("x-ms-meta-")}
    kind = request.headers.get("x-ms-content-type")
    return {"metadata": metadata, **({"content_type": kind} if kind else {})}


def _check_parent(container: Container, name: str) -> None:
    parent = name.rpartition("/")[0]
    if parent and container.folder(parent) is None:
        raise Fault(HTTPStatus.NOT_FOUND, "ParentNotFound", f"The specified parent path does not exist: {parent}")


def _missing(name: str) -> Fault:
    return Fault(HTTPStatus.NOT_FOUND, "ResourceNotFound", f"The specified resource does not exist: {name}")


def _not_answered(request: Request) -> Fault:
    what = request.query_params.get("comp", "")
    return invalid("UnsupportedHttpVerb", f"The emulator does not answer {request.method} with comp={what!r}.")
