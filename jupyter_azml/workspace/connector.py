"""What turns a reference into a workspace. Commands are handed one, and so know no backend."""

from collections.abc import Callable
from typing import Protocol

from ..entities import Page, WorkspaceInfo
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

    def repair(self, tell: Callable[[str], object] | None = None) -> Workspace:
        """Rebuilds a damaged local workspace from its jobs' folders.

        ``tell`` is called with what came back and what is lost. Raises NotSupported for any other.
        """
        ...

    def list(self) -> Page[WorkspaceInfo]:
        """The local workspaces of this user, and the one in force."""
        ...

    def create(self, name: str, *, description: str = "", tags: dict[str, str] | None = None) -> WorkspaceInfo:
        """A local workspace. Raises Conflict when there is one of that name, UsageError, WorkspaceError."""
        ...

    def show(self, name: str) -> WorkspaceInfo:
        """Raises WorkspaceNotFound, naming those that exist."""
        ...

    def delete(self, name: str) -> None:
        """With everything in it. Raises WorkspaceNotFound, and Conflict while a job runs there."""
        ...
