"""Who has access to an Azure ML workspace."""

from collections.abc import Mapping

from ..arm import WorkspaceId
from ..arm.roles import assignment_from_arm
from ..arm.shape import mapping
from ..entities import Page, RoleAssignment
from ..workspace import RolesOperations
from .client import ArmClient
from .paging import read_page
from .paths import path_to

_VERSION = {"api-version": "2022-04-01"}


class AzureRoles(RolesOperations):
    def __init__(self, client: ArmClient, workspace: WorkspaceId) -> None:
        self._client = client
        self._workspace = workspace

    def list(self, *, limit: int = 50, continuation: str | None = None) -> Page[RoleAssignment]:
        names = self._names()
        scope = str(self._workspace)
        return read_page(
            self._client,
            path_to(self._workspace) + "/providers/Microsoft.Authorization/roleAssignments",
            query=_VERSION,
            read=lambda resource: assignment_from_arm(resource, names, scope),
            keep=lambda _assignment: True,
            limit=limit,
            continuation=continuation,
        )

    def _names(self) -> Mapping[str, str]:
        """Of the roles, by the guid that an assignment names."""
        path = path_to(self._workspace) + "/providers/Microsoft.Authorization/roleDefinitions"
        found = self._client.get(path, _VERSION).get("value")
        listed = [mapping(each) for each in (found if isinstance(found, list) else [])]
        return {str(each.get("name")): str(mapping(each.get("properties")).get("roleName") or "") for each in listed}
