"""What a workspace says of itself."""

from typing import Literal

from .base import Entity


class WorkspaceInfo(Entity):
    name: str
    kind: Literal["local", "azure"]
    location: str
    """For people: the folder of a local workspace, subscription and resource group of an Azure one."""
    capabilities: tuple[str, ...] = ()
    """What this workspace can do; surfaces grey out what is absent."""
