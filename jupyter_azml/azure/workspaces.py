"""The workspaces of all subscriptions that whoever is signed in sees."""

from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from time import monotonic, sleep
from typing import Any

from azure.core.credentials import TokenCredential

from ..arm import WorkspaceId, workspace_from_arm
from ..arm.ids import PROVIDER
from ..arm.shape import mapping
from ..arm.workspace_template import workspace_template
from ..entities import WorkspaceInfo
from ..errors import Conflict, NotFound, ServiceError, WorkspaceNotFound
from ..language import _
from .client import CLOUD, ArmClient
from .paging import read_all
from .paths import path_to
from .workspace import CAPABILITIES

_RESOURCES = {"api-version": "2021-04-01"}
_AT_ONCE = 8
_PATIENCE = 600.0
"""Seconds for a workspace to be made."""
_PAUSE = 3.0
_ENDED = ("Succeeded", "Failed", "Canceled")


class AzureWorkspaces:
    def __init__(self, credential: TokenCredential | None = None, base_url: str = CLOUD) -> None:
        self._client = ArmClient(base_url, credential)

    def list(self, subscription: str | None = None) -> Sequence[WorkspaceInfo]:
        """Of one subscription, or of all. Raises NotSignedIn, ServiceError."""
        subscriptions = [subscription] if subscription else self._subscriptions()
        with ThreadPoolExecutor(_AT_ONCE) as pool:
            return [info for found in pool.map(self._of, subscriptions) for info in found]

    def create(
        self,
        name: str,
        *,
        subscription: str,
        resource_group: str,
        location: str,
        description: str = "",
        tags: dict[str, str] | None = None,
    ) -> WorkspaceInfo:
        """With a storage account and a key vault of its own; returns when it is there.

        Raises Conflict when there is one of that name, NotFound for a resource group that is not there, ServiceError.
        """
        workspace = WorkspaceId(subscription, resource_group, name)
        if self._find(workspace):
            raise Conflict(
                _("There is a workspace named {name} already.", name=name),
                _("Choose another name, or use that one: azml attach -s … -g … -w {name}", name=name),
            )
        body = workspace_template(workspace, location, "", description=description, tags=tags or {})
        path = (
            f"/subscriptions/{subscription}/resourcegroups/{resource_group}"
            f"/providers/Microsoft.Resources/deployments/azml-{name}"
        )
        self._client.put(path, body, _RESOURCES)
        deadline = monotonic() + _PATIENCE
        while (state := self._state(path))[0] not in _ENDED and monotonic() < deadline:
            sleep(_PAUSE)
        found = self._find(workspace)
        if state[0] != "Succeeded" or found is None:
            raise ServiceError(
                _("The workspace {name} was not made: {detail}", name=name, detail=state[1] or state[0]),
                _("See what is there in the Azure portal: https://portal.azure.com"),
            )
        return found

    def delete(self, name: str, *, subscription: str, resource_group: str) -> None:
        """Its storage account and key vault stay. Returns at once. Raises WorkspaceNotFound."""
        workspace = WorkspaceId(subscription, resource_group, name)
        if self._find(workspace) is None:
            raise WorkspaceNotFound(
                _("There is no workspace named {name}.", name=name),
                _("Check the subscription, the resource group and the workspace's name."),
            )
        self._client.delete(path_to(workspace))

    def _subscriptions(self) -> Sequence[str]:
        found = read_all(self._client, "/subscriptions", {"api-version": "2022-12-01"})
        return [str(each.get("subscriptionId")) for each in found if each.get("state", "Enabled") == "Enabled"]

    def _of(self, subscription: str) -> Sequence[WorkspaceInfo]:
        path = f"/subscriptions/{subscription}/providers/{PROVIDER}/workspaces"
        return [_info(each) for each in read_all(self._client, path, {}) if _is_workspace(each)]

    def _find(self, workspace: WorkspaceId) -> WorkspaceInfo | None:
        try:
            return _info(self._client.get(path_to(workspace)))
        except NotFound:
            return None

    def _state(self, path: str) -> tuple[str, str]:
        """And why it failed."""
        properties = mapping(self._client.get(path, _RESOURCES).get("properties"))
        error = mapping(properties.get("error"))
        details = error.get("details")
        inner = mapping(details[0]) if isinstance(details, list) and details else error
        return str(properties.get("provisioningState")), str(inner.get("message") or "")


def _info(resource: Any) -> WorkspaceInfo:
    return workspace_from_arm(resource, CAPABILITIES)


def _is_workspace(resource: Any) -> bool:
    """Hubs and projects are listed among them."""
    return str(resource.get("kind") or "Default").lower() in ("default", "project")
