"""What turns a reference into a workspace. Commands are handed one, and so know no backend."""

from collections.abc import Callable
from typing import Protocol

from ..entities import Account, DeviceCode, Page, WorkspaceInfo
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

    def list(self, *, azure: bool = False, subscription: str | None = None) -> Page[WorkspaceInfo]:
        """The local workspaces of this user, and the one in force; with ``azure`` those of all subscriptions, too.

        Raises, with ``azure``, NotSignedIn, ServiceError.
        """
        ...

    def create(
        self, name: str, *, description: str = "", tags: dict[str, str] | None = None, **azure: str | None
    ) -> WorkspaceInfo:
        """A local workspace; with ``subscription``, ``resource_group`` and ``location``, one in Azure.

        Raises Conflict when there is one of that name, UsageError, WorkspaceError.
        """
        ...

    def show(self, name: str) -> WorkspaceInfo:
        """Raises WorkspaceNotFound, naming those that exist."""
        ...

    def delete(self, name: str, **azure: str | None) -> None:
        """With everything in it. Raises WorkspaceNotFound, and Conflict while a job runs there.

        With ``subscription`` and ``resource_group``, one in Azure, whose storage and key vault stay.
        """
        ...

    def sign_in(
        self,
        tell: Callable[[DeviceCode], object] | None,
        *,
        tenant: str = "",
        is_given_up: Callable[[], bool] = lambda: False,
    ) -> Account:
        """To Azure, for this user's next processes too; returns when it is done.

        ``tell`` is handed a code to enter in a browser; without it a browser is opened here. ``is_given_up`` is asked
        from time to time. Raises NotSignedIn, ServiceError.
        """
        ...

    def sign_out(self) -> bool:
        """Whether anybody had signed in so."""
        ...

    def signed_in(self) -> Account | None:
        """Who signed in so, as far as is known here: Azure is not asked."""
        ...

    def account(self) -> Account:
        """Who is signed in to Azure, and how. Raises NotSignedIn, ServiceError."""
        ...
