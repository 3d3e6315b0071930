"""Errors: ``{"error": {"code", "message"}}`` and our tree. The hint travels as ARM's ``additionalInfo``."""

import re
from collections.abc import Iterator, Mapping
from http import HTTPStatus
from typing import Any

from ..errors import (
    AzmlError,
    Conflict,
    NotAllowed,
    NotFound,
    NotSignedIn,
    ServiceBusy,
    ServiceError,
    WorkspaceNotFound,
)
from ..language import _
from .roles import missing_role
from .shape import mapping

_OUR_HINT = "azml.hint"
_NO_WORKSPACE_CODES = {"ParentResourceNotFound", "ResourceGroupNotFound", "SubscriptionNotFound"}
# ARM's words for a workspace that is not there; for a thing inside one the path goes on behind its name.
_NO_WORKSPACE_MESSAGE = re.compile(r"/workspaces/[^/']+'", re.IGNORECASE)
_TENANTS = re.compile(r"https://sts\.windows\.net/([0-9a-fA-F-]{36})")
_SECRETS = re.compile(
    r"""(?ix) (?<=bearer\s)\S+ | eyJ[\w-]{8,}\.[\w.-]+ | (?<=sig=)[^&\s"']+ | (?<=accountkey=)[^;\s"']+
        | (?<=token=)[^&\s"']+ | (?<=client_secret=)[^&\s"']+"""
)


def error_to_arm(error: AzmlError) -> tuple[HTTPStatus, dict[str, Any]]:
    """Status and body of the answer that says this."""
    return error.http_status, error_body(error.code, error.message, error.hint)


def error_body(code: str, message: str, hint: str = "") -> dict[str, Any]:
    body: dict[str, Any] = {"code": code, "message": message, "details": []}
    if hint:
        body["additionalInfo"] = [{"type": _OUR_HINT, "info": {"hint": hint}}]
    return {"error": body}


def error_from_arm(status: int, body: object, retry_after: str = "") -> AzmlError:
    """What an answer of 300 and above means. A 404 for a thing in the workspace is a plain NotFound: whoever asked
    knows what it asked for. ``retry_after``: the header, seconds or a date.
    """
    error = mapping(mapping(body).get("error"))
    code = str(error.get("code") or "")
    message = without_tokens(str(error.get("message") or "")) or _("Azure answered {status}.", status=status)
    if code in _OURS:
        return _OURS[code](message, _hint(error))
    if status == HTTPStatus.UNAUTHORIZED:
        return NotSignedIn(message, _tenant_hint(code, message) or sign_in_hint())
    if status == HTTPStatus.FORBIDDEN:
        return NotAllowed(message, _role_hint(message))
    if status == HTTPStatus.NOT_FOUND:
        return _missing(code, message, _hint(error))
    if status in (HTTPStatus.CONFLICT, HTTPStatus.PRECONDITION_FAILED):
        return Conflict(message, _("Look at its state, and try again when it has changed."))
    if status == HTTPStatus.TOO_MANY_REQUESTS or status >= HTTPStatus.INTERNAL_SERVER_ERROR:
        return ServiceBusy(message, _busy_hint(retry_after))
    if status < HTTPStatus.BAD_REQUEST:
        return ServiceError(message, _("A proxy's sign-in page often looks like this; check HTTPS_PROXY."))
    return ServiceError(message, _("Check what was asked for; Azure ML studio may say more: https://ml.azure.com"))


def sign_in_hint() -> str:
    return _("Sign in with `azml login` or `az login`, then try again.")


def _tenant_hint(code: str, message: str) -> str:
    """Where the token is of another tenant than the subscription: of the two named, the second is the right one."""
    tenants = _TENANTS.findall(message)
    if code != "InvalidAuthenticationTokenTenant" or not tenants:
        return ""
    return _("The workspace is in another tenant; sign in there: azml login --tenant {tenant}", tenant=tenants[-1])


def _role_hint(message: str) -> str:
    role, scope = missing_role(message)
    if not scope:
        return _("Ask an owner of the workspace for the role “{role}”.", role=role)
    return _(
        'Ask an owner for the role “{role}”: az role assignment create --role "{role}" --assignee YOU --scope {scope}',
        role=role,
        scope=scope,
    )


def _busy_hint(retry_after: str) -> str:
    if retry_after.isdecimal():
        return _("Try again in {seconds} s: so long Azure asks to be left alone.", seconds=retry_after)
    return _("Try again in a minute.")


def without_tokens(text: str) -> str:
    """The text without what a person must not paste into a bug report."""
    return _SECRETS.sub("***", text)


def _missing(code: str, message: str, hint: str) -> AzmlError:
    if code in _NO_WORKSPACE_CODES or (code == "ResourceNotFound" and _NO_WORKSPACE_MESSAGE.search(message)):
        return WorkspaceNotFound(message, _("Check the subscription, the resource group and the workspace's name."))
    return NotFound(message, hint or _("Check the name; lists show what is there."))


def _hint(error: Mapping[str, Any]) -> str:
    infos = error.get("additionalInfo")
    for info in infos if isinstance(infos, list) else []:
        if mapping(info).get("type") == _OUR_HINT:
            return str(mapping(mapping(info).get("info")).get("hint") or "")
    return ""


def _tree(root: type[AzmlError]) -> Iterator[type[AzmlError]]:
    for kind in root.__subclasses__():
        yield kind
        yield from _tree(kind)


# "NotFound" is a code of the service's own, too, and there says less than the caller knows.
_OURS = {kind.__name__: kind for kind in _tree(AzmlError) if kind is not NotFound}
