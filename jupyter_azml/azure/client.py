"""HTTP to Azure Resource Manager: one request in, one JSON object out, errors as ours."""

import ipaddress
from collections.abc import Mapping
from typing import Any
from urllib.parse import urlsplit

from azure.core.credentials import TokenCredential
from azure.core.pipeline.policies import HeadersPolicy, RequestIdPolicy, RetryPolicy, UserAgentPolicy
from azure.core.rest import HttpRequest, HttpResponse
from azure.mgmt.core import ARMPipelineClient
from azure.mgmt.core.policies import ARMChallengeAuthenticationPolicy, ARMHttpLoggingPolicy

from ..arm import error_from_arm
from ..errors import UsageError
from ..language import _
from .errors import translated, unreadable
from .sign_in import DefaultSignIn

CLOUD = "https://management.azure.com"
API_VERSION = "2024-10-01"
"""The stable version that all our operations share; the SDK sends nine, most of them previews."""


class ArmClient:
    """Safe to call from several threads."""

    def __init__(self, base_url: str = CLOUD, credential: TokenCredential | None = None) -> None:
        self._is_plain = _is_plain_loopback(base_url)
        self._pipeline: ARMPipelineClient[HttpRequest, HttpResponse] = ARMPipelineClient(
            base_url,
            policies=_policies(credential or DefaultSignIn()),
            connection_timeout=5,
            read_timeout=30,
            # On loopback a proxy from the environment would only learn the secret.
            use_env_settings=not self._is_plain,
        )

    def get(self, path: str, query: Mapping[str, str] | None = None) -> Mapping[str, Any]:
        """Raises NotFound, WorkspaceNotFound, NotSignedIn, ServiceError."""
        return _mapping(self._send("GET", path, query))

    def put(self, path: str, body: Mapping[str, Any]) -> Mapping[str, Any]:
        """The thing as it stands right after. Raises what ``get`` raises, and Conflict."""
        return _mapping(self._send("PUT", path, None, body))

    def post(self, path: str) -> None:
        """An action without an answer. Raises what ``get`` raises, and Conflict."""
        self._send("POST", path, None)

    def ask(self, path: str) -> Mapping[str, Any]:
        """A question that the service takes as a POST. Raises what ``get`` raises."""
        return _mapping(self._send("POST", path, None))

    def delete(self, path: str, query: Mapping[str, str] | None = None) -> None:
        """Raises what ``get`` raises, and Conflict."""
        self._send("DELETE", path, query)

    def _send(
        self, method: str, path: str, query: Mapping[str, str] | None, body: Mapping[str, Any] | None = None
    ) -> HttpResponse:
        request = HttpRequest(method, path, params={"api-version": API_VERSION, **(query or {})}, json=body)
        request.url = self._pipeline.format_url(request.url)
        with translated():
            response = self._pipeline.send_request(request, enforce_https=not self._is_plain)
            response.read()
        if response.status_code >= 300:
            # No redirect is followed: a token must not travel to a host that we did not choose.
            raise error_from_arm(response.status_code, _json(response, required=False))
        return response


def _policies(credential: TokenCredential) -> list[Any]:
    # Named one by one, since the client's own list also registers resource providers in the user's subscription
    # when one is missing, follows redirects, and traces.
    return [
        RequestIdPolicy(),
        HeadersPolicy({"Accept": "application/json"}),
        UserAgentPolicy(base_user_agent="jupyter-azml"),
        RetryPolicy(retry_total=2, retry_backoff_factor=0.4, retry_backoff_max=5, timeout=60),
        ARMChallengeAuthenticationPolicy(credential, f"{CLOUD}/.default"),
        ARMHttpLoggingPolicy(),
    ]


def _is_plain_loopback(base_url: str) -> bool:
    """Whether this is http on this machine. Raises UsageError for http to any other: a token would travel in clear."""
    parts = urlsplit(base_url)
    if parts.scheme == "https":
        return False
    host = parts.hostname or ""
    if parts.scheme == "http" and (host == "localhost" or _is_loopback_address(host)):
        return True
    raise UsageError(
        _("{url} would carry the sign-in unencrypted.", url=base_url),
        _("Use https; http is for this machine only, such as http://127.0.0.1:8080."),
    )


def _is_loopback_address(host: str) -> bool:
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False


def _mapping(response: HttpResponse) -> Mapping[str, Any]:
    body = _json(response)
    if not isinstance(body, Mapping):
        raise unreadable()
    return body


def _json(response: HttpResponse, required: bool = True) -> Any:
    with translated():
        try:
            return response.json()
        except ValueError:
            if required:
                raise unreadable() from None
            return None
