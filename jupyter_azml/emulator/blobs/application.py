"""What the services of a storage account share: who is let in, faults in each one's shape, and what requests bring."""

import os
import tempfile
from base64 import b64encode
from collections.abc import Awaitable, Callable
from email.utils import format_datetime
from hashlib import md5
from http import HTTPStatus
from pathlib import Path
from uuid import uuid4

from starlette.requests import ClientDisconnect, Request
from starlette.responses import Response
from starlette.types import ASGIApp, Receive, Scope, Send

from ...entities import File
from ...errors import AzmlError, NotFound
from .authorization import Authorization
from .containers import Container, etag_of
from .faults import Fault, changed, invalid

VERSION = "2025-01-05"
_MOST_LISTED = 5000

Find = Callable[[str], Container | None]
"""The container of a name."""
Answer = Callable[[Request, str, str], Awaitable[Response]]
"""To a request for a container, "" for the account itself, and for a name in it."""


def create_service(authorization: Authorization, answer: Answer, tell: Callable[..., Response]) -> ASGIApp:
    """``tell``: a fault as the service's answer."""

    async def application(scope: Scope, receive: Receive, send: Send) -> None:
        request = Request(scope, receive, send)
        with_body = request.method != "HEAD"
        try:
            # The URL's path would be decoded once more: of a name such as %41.txt there would be another one left.
            container, _slash, name = request.scope["path"].lstrip("/").partition("/")
            authorization.check(request, container)
            response = await answer(request, container, name)
        except Fault as fault:
            response = tell(fault, with_body=with_body)
        except NotFound as error:
            response = tell(Fault(HTTPStatus.NOT_FOUND, "ResourceNotFound", str(error)), with_body=with_body)
        except AzmlError as error:
            response = tell(invalid("InvalidInput", str(error)), with_body=with_body)
        except OSError as error:
            failed = Fault(HTTPStatus.INTERNAL_SERVER_ERROR, "InternalError", f"The emulator cannot: {error.strerror}")
            response = tell(failed, with_body=with_body)
        except ClientDisconnect:
            return
        response.headers["x-ms-version"] = VERSION
        response.headers["x-ms-request-id"] = str(uuid4())
        await response(scope, receive, send)

    return application


async def received(request: Request) -> Path:
    """The body, in a file of its own. Raises Fault for one that is not what its hash says."""
    handle, path = tempfile.mkstemp(prefix="azml-blob-")
    kept = Path(path)
    digest = md5(usedforsecurity=False)
    try:
        with os.fdopen(handle, "wb") as target:
            async for piece in request.stream():
                digest.update(piece)
                target.write(piece)
        said = request.headers.get("content-md5")
        if said and said != b64encode(digest.digest()).decode():
            raise invalid("Md5Mismatch", "The MD5 value specified in the request did not match what was received.")
    except BaseException:
        kept.unlink(missing_ok=True)
        raise
    return kept


def check_conditions(request: Request, found: File | None, exists: str = "BlobAlreadyExists") -> None:
    """``exists``: the service's code for what was to be new. Raises Fault."""
    none_match, match = request.headers.get("if-none-match"), request.headers.get("if-match")
    tag = etag_of(found) if found else ""
    if found and none_match in ("*", tag):
        if none_match == "*":
            raise Fault(HTTPStatus.CONFLICT, exists, "There is something of this name already.")
        raise changed()
    if match and match not in ("*", tag):
        raise changed()


def most_listed(said: str | None) -> int:
    """Of a page of a list: as many as were asked for, and no more than the service gives."""
    return min(int(said), _MOST_LISTED) if said and said.isdecimal() and int(said) else _MOST_LISTED


def validators(found: File) -> dict[str, str]:
    modified = {"Last-Modified": format_datetime(found.modified, usegmt=True)} if found.modified else {}
    return {"ETag": etag_of(found), **modified}
