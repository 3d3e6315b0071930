"""What the service says of the workspace itself, asked once: its region, its other hosts, what stands behind it."""

from collections.abc import Mapping
from functools import cached_property
from typing import Any

from ..arm import WorkspaceId
from ..arm.shape import mapping
from .client import ArmClient
from .paths import path_to


class WorkspaceFacts:
    def __init__(self, client: ArmClient, workspace: WorkspaceId) -> None:
        self._client = client
        self._workspace = workspace

    @property
    def location(self) -> str:
        return str(self.resource.get("location") or "")

    def property(self, name: str) -> str:
        """ "" for one that the workspace does not have."""
        return str(mapping(self.resource.get("properties")).get(name) or "")

    @cached_property
    def resource(self) -> Mapping[str, Any]:
        return self._client.get(path_to(self._workspace))
