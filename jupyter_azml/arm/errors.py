"""Errors: ``{"error": {"code", "message"}}`` and our tree. Our class and the hint, which the service lacks, travel as
ARM's ``additionalInfo``.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from http import HTTPStatus
from typing import Any

from .. import errors
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

_OURS = "azml.error"
_CODES: dict[type[AzmlError], tuple[str, ...]] = {
    AzmlError: ("UserError", "BadArgument"),
    NotFound: ("UserError", "NotFound"),
    errors.ComputeNotFound: ("ResourceNotFound", "ComputeNotFound"),
    errors.EndpointNotFound: ("ResourceNotFound", "EndpointNotFound"),
    errors.DeploymentNotFound: ("ResourceNotFound", "DeploymentNotFound"),
    errors.SecretNotFound: ("SecretNotFound",),
    WorkspaceNotFound: ("ResourceNotFound",),
    NotSignedIn: ("InvalidAuthenticationToken",),
    NotAllowed: ("AuthorizationFailed",),
    Conflict: ("Conflict",),
    errors.QuotaExceeded: ("QuotaExceeded",),
    errors.NotSupported: ("UserError", "NotSupported"),
    errors.StorageError: ("UserError", "StorageError"),
    errors.StorageRefused: ("UserError", "AuthorizationPermissionMismatch"),
    errors.WorkspaceError: ("ServiceError", "InternalServerError"),
    ServiceError: ("ServiceError", "BadGateway"),
    ServiceBusy: ("ServiceUnavailable",),
    errors.EndpointError: ("UserError", "EndpointError"),
}
"""The service's code of each error of ours and of those below it, and the codes inside, which say more."""
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
    code, *inner = next(_CODES[kind] for kind in type(error).__mro__ if kind in _CODES)
    return error.http_status, error_body(code, error.message, inner, {"code": error.code, "hint": error.hint})


def error_body(
    code: str, message: str, inner: Sequence[str] = (), ours: Mapping[str, str] | None = None
) -> dict[str, Any]:
    """``inner``: the codes inside, the widest first; ``ours``: an error as only we tell it."""
    infos: list[dict[str, Any]] = [{"type": _OURS, "info": dict(ours)}] if ours else []
    within: dict[str, Any] | None = None
    for each in reversed(inner):
        within = {"code": each, "innerError": within}
    if within:
        infos.append({"type": "InnerError", "info": {"value": within}})
    return {"error": {"code": code, "message": message, "target": None, "details": [], "additionalInfo": infos}}


def error_from_arm(status: int, body: object, retry_after: str = "") -> AzmlError:
    """What an answer of 300 and above means. A 404 for a thing in the workspace is a plain NotFound: whoever asked
    knows what it asked for. ``retry_after``: the header, seconds or a date.
    """
    error = mapping(mapping(body).get("error"))
    code = str(error.get("code") or "")
    message = without_tokens(str(error.get("message") or "")) or _("Azure answered {status}.", status=status)
    ours = _ours(error)
    hint = str(ours.get("hint") or "")
    if kind := _TREE.get(str(ours.get("code"))):
        return kind(message, hint)
    if status == HTTPStatus.UNAUTHORIZED:
        return NotSignedIn(message, _tenant_hint(code, message) or sign_in_hint())
    if status == HTTPStatus.FORBIDDEN:
        return NotAllowed(message, _role_hint(message))
    if status == HTTPStatus.NOT_FOUND:
        return _missing(code, message, hint)
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


def _ours(error: Mapping[str, Any]) -> Mapping[str, Any]:
    infos = error.get("additionalInfo")
    for info in infos if isinstance(infos, list) else []:
        if mapping(info).get("type") == _OURS:
            return mapping(mapping(info).get("info"))
    return {}


def _tree(root: type[AzmlError]) -> Iterator[type[AzmlError]]:
    for kind in root.__subclasses__():
        yield kind
        yield from _tree(kind)


# Of a plain NotFound, which is the service's way too, whoever asked knows more.
_TREE = {kind.__name__: kind for kind in _tree(AzmlError) if kind is not NotFound}
