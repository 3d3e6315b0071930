"""Online endpoints of an Azure ML workspace."""

from datetime import UTC, datetime
from difflib import get_close_matches
from time import perf_counter
from typing import Literal

from ..arm import WorkspaceId
from ..arm.endpoints import endpoint_from_arm, endpoint_to_arm, keys_from_arm, token_from_arm
from ..arm.scoring import invocation_failed
from ..entities import AuthMode, EndpointKeys, EndpointToken, Invocation, OnlineEndpoint, Page
from ..entities.endpoint import PINNED
from ..entities.endpoint_name import check_endpoint_name
from ..errors import Conflict, EndpointNotFound
from ..language import _
from ..workspace import EndpointsOperations
from .assets import Assets
from .client import ArmClient
from .deployments import AzureDeployments
from .errors import readable
from .facts import WorkspaceFacts
from .named import Named

SCOPE = "https://ml.azure.com/.default"
"""Of the tokens that endpoints take."""
_LONGEST_ANSWER = 200.0


class AzureEndpoints(EndpointsOperations):
    """Changes are asked for and not waited for: the state says how far the service is."""

    def __init__(self, client: ArmClient, workspace: WorkspaceId, facts: WorkspaceFacts, assets: Assets) -> None:
        self._client = client
        self._workspace = workspace
        self._facts = facts
        self._named = Named(client, workspace, ("onlineEndpoints",), endpoint_from_arm, _missing)
        self.deployments = AzureDeployments(client, workspace, facts, assets, self.get)

    def list(self, *, limit: int = 50, continuation: str | None = None) -> Page[OnlineEndpoint]:
        return self._named.list(limit, continuation)

    def get(self, name: str) -> OnlineEndpoint:
        return self._named.get(name)

    def create_or_update(self, endpoint: OnlineEndpoint) -> OnlineEndpoint:
        check_endpoint_name(endpoint.name)
        before = self._named.before(endpoint.name)
        wanted = endpoint_to_arm(endpoint, self._workspace, self._facts.location)
        if before and not endpoint.identity:
            # That of a service which made it itself is kept.
            wanted["identity"] = before.get("identity") or wanted["identity"]
        return self._named.put(before, wanted)

    def delete(self, name: str) -> None:
        self._named.delete(name)

    def keys(self, name: str) -> EndpointKeys:
        endpoint = self.get(name)
        self._refuse_mode(endpoint, wants_keys=True)
        return keys_from_arm(self._client.ask(self._named.path(endpoint.name, "listKeys")))

    def regenerate_key(self, name: str, key: Literal["primary", "secondary"]) -> EndpointKeys:
        endpoint = self.get(name)
        self._refuse_mode(endpoint, wants_keys=True)
        before = keys_from_arm(self._client.ask(self._named.path(endpoint.name, "listKeys")))
        value = before.primary_key if key == "primary" else before.secondary_key
        self._client.post(
            self._named.path(endpoint.name, "regenerateKeys"), {"keyType": key.title(), "keyValue": value}
        )
        return self.keys(endpoint.name)

    def token(self, name: str) -> EndpointToken:
        endpoint = self.get(name)
        self._refuse_mode(endpoint, wants_keys=False)
        if endpoint.auth_mode is AuthMode.AAD_TOKEN:
            found = self._client.token(SCOPE)
            return EndpointToken(access_token=found.token, expiry=datetime.fromtimestamp(found.expires_on, UTC))
        answer = self._client.ask(self._named.path(endpoint.name, "token"))
        with readable():
            return token_from_arm(answer)

    def invoke(
        self, name: str, body: bytes, *, deployment: str | None = None, content_type: str = "application/json"
    ) -> Invocation:
        endpoint = self.get(name)
        takes_keys = endpoint.auth_mode is AuthMode.KEY
        bearer = self.keys(name).primary_key if takes_keys else self.token(name).access_token
        headers = {"Authorization": f"Bearer {bearer}", "Content-Type": content_type}
        if deployment:
            headers[PINNED] = deployment
        started = perf_counter()
        answer = self._client.call("POST", endpoint.scoring_uri, content=body, headers=headers, seconds=_LONGEST_ANSWER)
        if answer.status_code >= 300:
            raise invocation_failed(endpoint.name, answer.status_code, answer.headers, answer.content)
        return Invocation(
            endpoint=endpoint.name,
            deployment=answer.headers.get(PINNED, deployment or ""),
            status=answer.status_code,
            content_type=answer.headers.get("Content-Type", ""),
            body=answer.content.decode("utf-8", "replace"),
            seconds=perf_counter() - started,
        )

    def _refuse_mode(self, endpoint: OnlineEndpoint, *, wants_keys: bool) -> None:
        if wants_keys != (endpoint.auth_mode is AuthMode.KEY):
            raise Conflict(
                _("{name} takes {mode}.", name=endpoint.name, mode=endpoint.auth_mode),
                _("See: azml endpoint get-credentials {name}", name=endpoint.name),
            )


def _missing(name: str, names: list[str]) -> EndpointNotFound:
    near = get_close_matches(name, names, 1)
    return EndpointNotFound(
        _("There is no endpoint named {name}.", name=name),
        _("Did you mean {name}?", name=near[0]) if near else _("There are: {names}", names=", ".join(names) or "–"),
    )
