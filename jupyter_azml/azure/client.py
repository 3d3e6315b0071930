"""HTTP to Azure Resource Manager: one request in, one JSON object out, errors as ours."""

import ipaddress
import re
from collections.abc import Mapping, Sequence
from typing import Any
from urllib.parse import urlsplit

from azure.core.credentials import AccessToken, TokenCredential
from azure.core.pipeline.policies import HeadersPolicy, RequestIdPolicy, UserAgentPolicy
from azure.core.rest import HttpRequest, HttpResponse
from azure.mgmt.core import ARMPipelineClient
from azure.mgmt.core.policies import ARMHttpLoggingPolicy

from ..arm import error_from_arm
from ..errors import UsageError
from ..language import _
from .errors import translated, unreadable
from .policies import Patience, SignIn
from .sign_in import DefaultSignIn

CLOUD = "https://management.azure.com"
API_VERSION = "2024-10-01"
"""The stable version that all our operations share; the SDK sends nine, most of them previews."""
_SERVICE = re.compile(
    r"management\.(?:azure\.com|usgovcloudapi\.net|chinacloudapi\.cn)|ml\.azure\.com"
    r"|(?:[a-z0-9-]+\.)*(?:api\.azureml\.ms|experiments\.azureml\.net|api\.ml\.azure\.(?:us|cn))"
)
"""The hosts that a token may go to; other hosts below azure.com are customers' own machines."""


class ArmClient:
    """Safe to call from several threads."""

    def __init__(
        self,
        base_url: str = CLOUD,
        credential: TokenCredential | None = None,
        *,
        scope: str = f"{CLOUD}/.default",
        api_version: str = API_VERSION,
    ) -> None:
        """Raises UsageError for http to another machine."""
        self.credential: TokenCredential = credential or DefaultSignIn()
        self.base_url = base_url
        self._api_version = api_version
        self._is_plain = _is_plain_loopback(base_url)
        # On loopback a proxy from the environment would only learn the secret.
        self._signed = _pipeline(base_url, [SignIn(self.credential, scope)], use_env_settings=not self._is_plain)
        self._unsigned = _pipeline(base_url, [])

    def get(self, path: str, query: Mapping[str, str] | None = None) -> Mapping[str, Any]:
        """``path``: below ARM, or a whole https address of another of Azure's hosts, which takes the same token.

        Raises NotFound, WorkspaceNotFound, NotSignedIn, NotAllowed, ServiceError.
        """
        return _mapping(self._send("GET", path, query))

    def put(self, path: str, body: Mapping[str, Any], query: Mapping[str, str] | None = None) -> Mapping[str, Any]:
        """The thing as it stands right after. Raises what ``get`` raises, and Conflict."""
        return _mapping(self._send("PUT", path, query, body))

    def patch(self, path: str, body: Mapping[str, Any]) -> Mapping[str, Any]:
        """The thing as it stands right after. Raises what ``get`` raises, and Conflict."""
        return _mapping(self._send("PATCH", path, None, body))

    def post(self, path: str, body: Mapping[str, Any] | None = None) -> None:
        """An action without an answer. Raises what ``get`` raises, and Conflict."""
        self._send("POST", path, None, body)

    def ask(
        self,
        path: str,
        body: Mapping[str, Any] | None = None,
        query: Mapping[str, str] | None = None,
        headers: Mapping[str, str] | None = None,
    ) -> Mapping[str, Any]:
        """A question that the service takes as a POST. Raises what ``get`` raises, and Conflict."""
        return _mapping(self._send("POST", path, query, body, headers))

    def delete(self, path: str, query: Mapping[str, str] | None = None, *, named: Sequence[str] = ()) -> None:
        """``named``: what of the thing is to go. Raises what ``get`` raises, and Conflict."""
        self._send("DELETE", path, query, list(named) or None)

    def for_scope(self, scope: str, base_url: str, api_version: str = API_VERSION) -> "ArmClient":
        """Of the same person for another of Azure's services, at its own address. Raises UsageError."""
        return ArmClient(base_url, self.credential, scope=scope, api_version=api_version)

    def token(self, scope: str) -> AccessToken:
        """For another of Azure's services. Raises NotSignedIn."""
        with translated():
            return self.credential.get_token(scope)

    def call(
        self, method: str, url: str, *, content: bytes | None = None, headers: Mapping[str, str], seconds: float = 30
    ) -> HttpResponse:
        """Whatever the host answers, be it an error, with no token of ours; asked once. Raises ServiceError when no
        answer comes.
        """
        request = HttpRequest(method, url, headers=dict(headers), content=content)
        with translated():
            response = self._unsigned.send_request(request, read_timeout=seconds, retry_total=0)
            response.read()
        return response

    def _send(
        self,
        method: str,
        path: str,
        query: Mapping[str, str] | None,
        body: Mapping[str, Any] | list[str] | None = None,
        headers: Mapping[str, str] | None = None,
    ) -> HttpResponse:
        is_elsewhere = "://" in path
        if is_elsewhere:
            self._refuse_stranger(path)
        version = {} if is_elsewhere else {"api-version": self._api_version}
        params = {**version, **(query or {})}
        request = HttpRequest(method, path, params=params, json=body, headers=dict(headers or {}))
        request.url = self._signed.format_url(request.url)
        with translated():
            response = self._signed.send_request(request, enforce_https=not self._is_plain)
            response.read()
        if response.status_code >= 300:
            # No redirect is followed: a token must not travel to a host that we did not choose.
            raise error_from_arm(
                response.status_code, _json(response, required=False), response.headers.get("Retry-After", "")
            )
        return response

    def _refuse_stranger(self, url: str) -> None:
        """A token goes to no host but the service's own, whatever an answer says. Raises ServiceError."""
        parts = urlsplit(url)
        is_service = parts.scheme == "https" and _SERVICE.fullmatch(parts.hostname or "")
        if not is_service and not f"{url}/".startswith(f"{self.base_url.rstrip('/')}/"):
            raise unreadable()


def _pipeline(base_url: str, sign: list[Any], **options: Any) -> ARMPipelineClient[HttpRequest, HttpResponse]:
    # Named one by one, since the client's own list also registers resource providers in the user's subscription when
    # one is missing, follows redirects, and traces.
    policies = [
        RequestIdPolicy(),
        HeadersPolicy({"Accept": "application/json"}),
        UserAgentPolicy(base_user_agent="jupyter-azml"),
        Patience(),
        *sign,
        ARMHttpLoggingPolicy(),
    ]
    return ARMPipelineClient(base_url, policies=policies, connection_timeout=5, read_timeout=30, **options)


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
