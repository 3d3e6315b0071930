"""What a workspace says of itself."""

from datetime import datetime
from typing import Literal

from .base import Entity


class WorkspaceInfo(Entity):
    name: str
    kind: Literal["local", "azure"]
    location: str
    """For people: the folder of a local workspace, subscription and resource group of an Azure one."""
    capabilities: tuple[str, ...] = ()
    """What this workspace can do; surfaces grey out what is absent."""
    description: str = ""
    tags: dict[str, str] = {}
    created: datetime | None = None
    storage_account: str = ""
    key_vault: str = ""
    container_registry: str = ""
    application_insights: str = ""
    """What stands behind it; a local workspace says what takes each one's place."""
    attached: bool = False
    """In a list: whether it is the one that the other commands use."""
