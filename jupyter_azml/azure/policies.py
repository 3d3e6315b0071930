"""What is done to each request on its way: signing in, and trying again where that helps a person who waits."""

import re
from typing import Any

from azure.core.pipeline import PipelineRequest, PipelineResponse
from azure.core.pipeline.policies import RetryPolicy
from azure.core.rest import HttpRequest, HttpResponse
from azure.mgmt.core.policies import ARMChallengeAuthenticationPolicy

LONGEST_WAIT = 15.0
"""Seconds between two tries. A service that asks for more is quoted, not waited for."""

_TENANT = re.compile(r'authorization(?:_uri)?="https://[^/"]+/([0-9a-fA-F-]{36})', re.IGNORECASE)


class Patience(RetryPolicy[HttpRequest, HttpResponse]):
    """Two more tries, all together within a minute."""

    def __init__(self) -> None:
        super().__init__(retry_total=2, retry_backoff_factor=0.4, retry_backoff_max=5, timeout=60)

    def is_retry(self, settings: dict[str, Any], response: PipelineResponse[Any, Any]) -> bool:
        if (self.get_retry_after(response) or 0) > LONGEST_WAIT:
            return False
        return bool(super().is_retry(settings, response))

    def get_retry_after(self, response: PipelineResponse[Any, Any]) -> float | None:
        """None for what is neither seconds nor a date."""
        try:
            return super().get_retry_after(response)
        except (ValueError, TypeError, OverflowError):
            return None


class SignIn(ARMChallengeAuthenticationPolicy):
    """A token that ran out meanwhile is replaced; so is one of another tenant than the subscription's."""

    def on_challenge(
        self,
        request: PipelineRequest[Any],
        response: PipelineResponse[Any, Any],
    ) -> bool:
        if super().on_challenge(request, response):
            return True
        before = request.http_request.headers.get("Authorization")
        tenant = tenant_asked_for(response.http_response.headers.get("WWW-Authenticate", ""))
        is_elsewhere = "InvalidAuthenticationTokenTenant" in _text(response.http_response)
        options = {"tenant_id": tenant} if tenant and is_elsewhere else {}
        self.authorize_request(request, *self._scopes, **options)
        return bool(request.http_request.headers.get("Authorization") != before)


def tenant_asked_for(challenge: str) -> str:
    """Of a ``WWW-Authenticate`` header; empty when it names none."""
    found = _TENANT.search(challenge)
    return found.group(1) if found else ""


def _text(response: Any) -> str:
    response.read()
    return str(response.text())
