"""Whether a request may pass: a token, the account's key, or a shared access signature made with it.

Sources: https://learn.microsoft.com/rest/api/storageservices/authorize-with-shared-key,
https://learn.microsoft.com/rest/api/storageservices/create-service-sas and …/create-account-sas
"""

import hashlib
import hmac
from base64 import b64decode, b64encode
from collections.abc import Callable, Iterable
from datetime import UTC, datetime
from http import HTTPStatus
from urllib.parse import parse_qsl, quote

from starlette.requests import Request

from .faults import Fault

_SIGNED_HEADERS = (
    *("content-encoding", "content-language", "content-length", "content-md5", "content-type", "date"),
    *("if-modified-since", "if-match", "if-none-match", "if-unmodified-since", "range"),
)
_SERVICE_FIELDS = ("si", "sip", "spr", "sv", "sr", "snapshot", "ses", "rscc", "rscd", "rsce", "rscl", "rsct")
_OF_FILES = ("si", "sip", "spr", "sv", "rscc", "rscd", "rsce", "rscl", "rsct")
_NEEDED = {"GET": "r", "HEAD": "r", "DELETE": "d"}


class Authorization:
    def __init__(
        self,
        account: str,
        keys: Iterable[str],
        accepts: Callable[[str], bool],
        signatures: Iterable[str] = (),
        *,
        service: str = "blob",
    ) -> None:
        """``keys``: in base64, the first one signs; ``accepts`` says of a token whether it was issued here;
        ``signatures``: shared access signatures, as queries, that are let in though another key has made them;
        ``service``: ``blob``, data lakes too, or ``file``.
        """
        self._service = service
        self._account = account
        self._keys = [decoded for key in keys if (decoded := _decoded(key))]
        self._accepts = accepts
        self._signatures = [signature.lstrip("?") for signature in signatures]

    def check(self, request: Request, container: str) -> None:
        """Raises Fault."""
        kind, _space, given = request.headers.get("authorization", "").partition(" ")
        if kind == "Bearer":
            if not self._accepts(given):
                raise _failed("The token is not one of this emulator's, or it has expired.")
        elif kind == "SharedKey":
            account, _colon, signature = given.partition(":")
            if account != self._account or not self._signs(_shared_key_text(request, self._account), signature):
                raise _failed("The signature does not match; the account's key is another one.")
        elif "sig" in request.query_params:
            self._check_signature(request, container)
        else:
            raise Fault(
                HTTPStatus.UNAUTHORIZED, "NoAuthenticationInformation", "There is no authentication in the request."
            )

    def sign_container(self, container: str, permissions: str, until: datetime) -> str:
        """A shared access signature, as a query."""
        fields = {"sv": "2021-12-02", "sr": "c", "sp": permissions, "se": until.strftime("%Y-%m-%dT%H:%M:%SZ")}
        fields["sig"] = _signature(self._keys[0], _service_text(fields, f"/blob/{self._account}/{container}"))
        return "&".join(f"{name}={quote(value, safe='')}" for name, value in fields.items())

    def _check_signature(self, request: Request, container: str) -> None:
        fields = dict(request.query_params)
        if "ss" in fields:
            text = _account_text(fields, self._account)
        else:
            whole = request.scope["path"]
            resource = whole if fields.get("sr") in ("b", "f") else f"/{container}"
            names = _OF_FILES if self._service == "file" else _SERVICE_FIELDS
            text = _service_text(fields, f"/{self._service}/{self._account}{resource}", names)
        if not self._signs(text, fields["sig"]) and not self._is_let_in(fields):
            raise _failed("The signature does not match.")
        for name, is_over in (("st", lambda now, when: now < when), ("se", lambda now, when: now > when)):
            if fields.get(name) and is_over(datetime.now(UTC), _moment(fields[name])):
                raise _failed(f"The signature is not valid at this time: {name} is {fields[name]}.")
        self._check_permission(request, fields.get("sp", ""))

    def _check_permission(self, request: Request, permissions: str) -> None:
        query = request.query_params
        is_list = request.method == "GET" and (query.get("comp") == "list" or query.get("resource") == "filesystem")
        needed = "l" if is_list else _NEEDED.get(request.method, "wcat")
        if not set(needed) & set(permissions):
            raise Fault(
                HTTPStatus.FORBIDDEN,
                "AuthorizationPermissionMismatch",
                f"The signature allows {permissions!r}, and this needs one of {needed!r}.",
            )

    def _signs(self, text: str, signature: str) -> bool:
        given = signature.encode("utf-8", "replace")
        return any(hmac.compare_digest(_signature(key, text).encode(), given) for key in self._keys)

    def _is_let_in(self, fields: dict[str, str]) -> bool:
        given = fields["sig"].encode("utf-8", "replace")
        known = (dict(parse_qsl(signature)).get("sig", "") for signature in self._signatures)
        return any(sig and hmac.compare_digest(sig.encode(), given) for sig in known)


def _signature(key: bytes, text: str) -> str:
    return b64encode(hmac.new(key, text.encode(), hashlib.sha256).digest()).decode()


def _decoded(key: str) -> bytes:
    try:
        return b64decode(key, validate=True)
    except ValueError:
        return b""  # nobody can sign with it


def _shared_key_text(request: Request, account: str) -> str:
    headers = request.headers
    signed = [headers.get(name, "") for name in _SIGNED_HEADERS]
    if signed[2] == "0":
        signed[2] = ""
    ours = sorted((name, " ".join(value.split())) for name, value in headers.items() if name.startswith("x-ms-"))
    queries: dict[str, list[str]] = {}
    for name, value in request.query_params.multi_items():
        queries.setdefault(name.lower(), []).append(value)
    path = request.scope["raw_path"].decode("latin-1")
    resource = f"/{account}{path}" + "".join(f"\n{name}:{','.join(sorted(queries[name]))}" for name in sorted(queries))
    return "\n".join([request.method, *signed, *(f"{name}:{value}" for name, value in ours), resource])


def _service_text(fields: dict[str, str], resource: str, names: Iterable[str] = _SERVICE_FIELDS) -> str:
    first = [fields.get(name, "") for name in ("sp", "st", "se")]
    return "\n".join([*first, resource, *(fields.get(name, "") for name in names)])


def _account_text(fields: dict[str, str], account: str) -> str:
    names = ("sp", "ss", "srt", "st", "se", "sip", "spr", "sv", "ses")
    return "\n".join([account, *(fields.get(name, "") for name in names), ""])


def _moment(text: str) -> datetime:
    try:
        moment = datetime.fromisoformat(text)
    except ValueError:
        raise _failed(f"{text} is no time.") from None
    return moment.replace(tzinfo=moment.tzinfo or UTC)


def _failed(message: str) -> Fault:
    return Fault(HTTPStatus.FORBIDDEN, "AuthenticationFailed", message)
