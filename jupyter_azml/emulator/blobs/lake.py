"""The data lake's endpoint of one storage account: folders that are things of their own, files that grow by pieces.

Source: https://learn.microsoft.com/rest/api/storageservices/data-lake-storage-gen2
"""

import os
import shutil
import tempfile
from base64 import b64decode
from binascii import Error as NotBase64
from collections.abc import Iterator
from contextlib import suppress
from email.utils import format_datetime
from http import HTTPStatus
from itertools import islice
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.types import ASGIApp

from ...entities import File
from .application import Find, check_conditions, create_service, most_listed, received, validators
from .authorization import Authorization
from .containers import Container, etag_of
from .faults import Fault, invalid
from .reading import read_blob, read_folder

_HEADERS = {"x-ms-content-type": "content_type", "x-ms-content-encoding": "content_encoding"}


def create_lake(authorization: Authorization, find: Find) -> ASGIApp:
    return create_service(authorization, _Lake(find).answer, Fault.answer_json)


class _Lake:
    def __init__(self, find: Find) -> None:
        self._find = find

    async def answer(self, request: Request, file_system: str, name: str) -> Response:
        container = self._find(file_system)
        if container is None:
            raise Fault(HTTPStatus.NOT_FOUND, "FilesystemNotFound", f"There is no file system named {file_system!r}.")
        if not name.strip("/"):
            return await run_in_threadpool(self._answer_file_system, request, container)
        name, action = name.strip("/"), request.query_params.get("action", "")
        if request.method == "PATCH":
            return await self._change(request, container, name, action)
        answers = {"GET": self._read, "HEAD": self._read, "PUT": self._create, "DELETE": self._delete}
        if request.method not in answers:
            raise invalid("UnsupportedHttpVerb", f"The emulator does not answer {request.method}.")
        return await run_in_threadpool(answers[request.method], request, container, name)

    def _answer_file_system(self, request: Request, container: Container) -> Response:
        if request.method == "PUT":
            raise Fault(HTTPStatus.CONFLICT, "FilesystemAlreadyExists", "The specified filesystem already exists.")
        if request.method == "GET":
            return self._list(request, container)
        if request.method == "HEAD":
            return Response(headers={"ETag": '"0x1"', "x-ms-namespace-enabled": "true"})
        raise invalid("UnsupportedHttpVerb", f"The emulator does not answer {request.method} for a file system.")

    def _list(self, request: Request, container: Container) -> Response:
        """Pages go on behind the last path, whatever has come or gone meanwhile."""
        query = request.query_params
        top, after = query.get("directory", "").strip("/"), query.get("continuation", "")
        most = most_listed(query.get("maxResults"))
        recursive = query.get("recursive", "").lower() == "true"
        found = list(islice(_below(container, top, recursive=recursive, after=after), most + 1))
        more = {"x-ms-continuation": found[most - 1].path} if len(found) > most else {}
        return JSONResponse({"paths": [_described(file) for file in found[:most]]}, headers=more)

    def _read(self, request: Request, container: Container, name: str) -> Response:
        if request.query_params.get("action") in ("getAccessControl", "checkAccess"):
            return Response(headers={"x-ms-owner": "$superuser", "x-ms-group": "$superuser"})
        found = container.stat(name)
        folder = None if found else container.folder(name)
        if folder:
            return read_folder(container, folder)
        if found is None:
            raise _no_path(name)
        return read_blob(request, container, name)

    def _create(self, request: Request, container: Container, name: str) -> Response:
        if source := request.headers.get("x-ms-rename-source"):
            return self._rename(container, source, name)
        there = container.stat(name) or container.folder(name)
        check_conditions(request, there, exists="PathAlreadyExists")
        if request.query_params.get("resource") == "directory":
            if there and not there.is_folder:
                raise _is_other(name)
            made = container.make_folder(name)
            container.remember(name, made, _facts_in(request))
            return Response(status_code=HTTPStatus.CREATED, headers=validators(made))
        if there and there.is_folder:
            raise _is_other(name)
        shutil.rmtree(container.blocks(name), ignore_errors=True)
        with tempfile.NamedTemporaryFile() as nothing:
            made = container.put(name, Path(nothing.name), _facts_in(request))
        return Response(status_code=HTTPStatus.CREATED, headers=validators(made))

    def _rename(self, container: Container, source: str, name: str) -> Response:
        file_system, _slash, old = unquote(urlsplit(source).path).strip("/").partition("/")
        found = container.stat(old) or container.folder(old)
        if found is None or self._find(file_system) is None:
            raise Fault(HTTPStatus.NOT_FOUND, "SourcePathNotFound", f"The source path does not exist: {old}")
        if file_system != container.name.rpartition("/")[2]:
            raise invalid("InvalidRenameSourcePath", "A path stays in its file system.")
        if container.stat(name) and not found.is_folder:
            container.delete(name)  # as in the service, what was there is replaced
        container.move(old, name)
        return Response(status_code=HTTPStatus.CREATED)

    def _delete(self, request: Request, container: Container, name: str) -> Response:
        found = container.stat(name)
        check_conditions(request, found)
        if found:
            container.delete(name)
            return Response()
        if container.folder(name) is None:
            raise _no_path(name)
        is_recursive = request.query_params.get("recursive", "").lower() == "true"
        if not is_recursive and any(True for _each in container.tree(name, recursive=False)):
            raise Fault(HTTPStatus.CONFLICT, "DirectoryNotEmpty", "The directory is not empty, and recursive is false.")
        container.delete_folder(name)
        return Response()

    async def _change(self, request: Request, container: Container, name: str, action: str) -> Response:
        if action == "append":
            beside = await received(request)
            try:
                return await run_in_threadpool(self._append, request, container, name, beside)
            finally:
                beside.unlink(missing_ok=True)
        if action == "flush":
            return await run_in_threadpool(self._flush, request, container, name)
        if action == "setProperties":
            return await run_in_threadpool(self._set_properties, request, container, name)
        if action in ("setAccessControl", "setAccessControlRecursive"):
            raise invalid("UnsupportedHeader", "The emulator keeps no access control lists.")
        raise invalid("InvalidQueryParameterValue", f"The emulator does not know action={action!r}.")

    def _append(self, request: Request, container: Container, name: str, piece: Path) -> Response:
        pending = _pending(container, name, _existing(container, name))
        with pending.open("r+b") as target, piece.open("rb") as source:
            target.seek(_position(request))
            shutil.copyfileobj(source, target)
        return Response(status_code=HTTPStatus.ACCEPTED, headers={"x-ms-request-server-encrypted": "true"})

    def _flush(self, request: Request, container: Container, name: str) -> Response:
        there, position = _existing(container, name), _position(request)
        check_conditions(request, there, exists="PathAlreadyExists")
        pending = _pending(container, name, there)
        if position > pending.stat().st_size:
            raise invalid("InvalidFlushPosition", f"There are no {position} bytes that were appended.")
        os.truncate(pending, position)
        made = container.put(name, pending, {**container.facts(name, there), **_facts_in(request)})
        shutil.rmtree(pending.parent, ignore_errors=True)
        return Response(headers=validators(made))

    def _set_properties(self, request: Request, container: Container, name: str) -> Response:
        found = container.stat(name) or container.folder(name)
        if found is None:
            raise _no_path(name)
        container.remember(name, found, {**container.facts(name, found), **_facts_in(request)})
        return Response(headers=validators(found))


def _below(container: Container, top: str, *, recursive: bool, after: str) -> Iterator[File]:
    """Raises Fault. Of a file itself, as a folder's only one."""
    if top and (file := container.stat(top)):
        found = iter([file])
    elif top and container.folder(top) is None:
        raise _no_path(top)
    else:
        found = container.tree(top, recursive=recursive)
    # A folder stands before what is in it, and both before its next sibling.
    return (file for file in found if not after or file.path.split("/") > after.split("/"))


def _described(file: File) -> dict[str, Any]:
    moment = {"lastModified": format_datetime(file.modified, usegmt=True)} if file.modified else {}
    folder = {"isDirectory": "true"} if file.is_folder else {}
    return {
        "name": file.path, "contentLength": str(file.size), "etag": etag_of(file).strip('"'), **moment, **folder
    }  # fmt: skip


def _existing(container: Container, name: str) -> File:
    found = container.stat(name)
    if found is None:
        raise _no_path(name)
    return found


def _pending(container: Container, name: str, there: File) -> Path:
    """What is to be the file when it is flushed; it begins as the file is."""
    pending = container.blocks(name) / "appended"
    if pending.exists():
        return pending
    pending.parent.mkdir(parents=True, exist_ok=True)
    handle, path = tempfile.mkstemp(dir=pending.parent)
    beside = Path(path)
    try:
        with os.fdopen(handle, "wb") as target, container.open(name) as source:
            shutil.copyfileobj(source, target)
        with suppress(FileExistsError):
            os.link(beside, pending)  # of two pieces that come at once, one begins
    finally:
        beside.unlink(missing_ok=True)
    return pending


def _position(request: Request) -> int:
    said = request.query_params.get("position", "")
    if not said.isdecimal():
        raise invalid("InvalidQueryParameterValue", "The position is missing.")
    return int(said)


def _facts_in(request: Request) -> dict[str, Any]:
    facts: dict[str, Any] = {key: request.headers[name] for name, key in _HEADERS.items() if name in request.headers}
    said = request.headers.get("x-ms-properties", "")
    with suppress(NotBase64, UnicodeDecodeError):
        pairs = (pair.strip().partition("=") for pair in said.split(",") if pair.strip())
        facts |= {"metadata": {name: b64decode(value).decode() for name, _sign, value in pairs}} if said else {}
    return facts


def _no_path(name: str) -> Fault:
    return Fault(HTTPStatus.NOT_FOUND, "PathNotFound", f"The specified path does not exist: {name}")


def _is_other(name: str) -> Fault:
    return Fault(HTTPStatus.CONFLICT, "ResourceTypeMismatch", f"{name} is a file where a folder is asked for, or else.")
