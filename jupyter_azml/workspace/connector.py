"""What turns a reference into a workspace. Commands are handed one, and so know no backend."""

from typing import Protocol

from .base import Workspace


class Connector(Protocol):
    def workspace(self) -> Workspace:
        """The workspace in force; connected once and kept."""
        ...

    def attach(self, reference: str | None = None, **azure: str | None) -> Workspace:
        """Makes a workspace the one in force.

        ``reference`` is a name, a folder or a config.json; ``azure`` has ``subscription``, ``resource_group``
        and ``workspace_name``. Raises WorkspaceNotFound, WorkspaceError.
        """
        ...

    def repair(self) -> Workspace:
        """Rebuilds a damaged local workspace from its jobs' folders. Raises NotSupported for any other."""
        ...
