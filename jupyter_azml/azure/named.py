"""Things that have a name and no versions, wherever ARM has them: endpoints, the deployments of one, connections."""

from collections.abc import Callable, Mapping
from typing import Any, Generic, TypeVar

from ..arm import WorkspaceId
from ..entities import Page
from ..errors import NotFound, WorkspaceNotFound
from .client import ArmClient
from .errors import readable
from .paging import read_page
from .paths import path_to
from .resources import changed

Item = TypeVar("Item")
Missing = Callable[[str, list[str]], NotFound]
"""The error for a name that is not there, told some of those that are."""

_MOST_NAMES = 50


class Named(Generic[Item]):
    """Those in one place, such as the deployments of one endpoint."""

    def __init__(
        self,
        client: ArmClient,
        workspace: WorkspaceId,
        place: tuple[str, ...],
        read: Callable[[Mapping[str, Any]], Item],
        missing: Missing,
    ) -> None:
        """``place``: what stands before the name in a path, as in ``("onlineEndpoints", "churn", "deployments")``."""
        self._client = client
        self._workspace = workspace
        self._place = place
        self._read = read
        self._missing = missing

    def list(self, limit: int, continuation: str | None) -> Page[Item]:
        return self._page(self._read, limit, continuation)

    def get(self, name: str) -> Item:
        """Raises NotFound."""
        resource = self.resource(name)
        with readable():
            return self._read(resource)

    def resource(self, name: str) -> Mapping[str, Any]:
        """As the service answers it. Raises NotFound."""
        if found := self.before(name):
            return found
        names = self._page(lambda resource: str(resource.get("name") or ""), _MOST_NAMES, None)
        raise self._missing(name, [each for each in names.items if each])

    def before(self, name: str) -> Mapping[str, Any]:
        """As the service answers it; {} for what is new."""
        try:
            return self._client.get(self.path(name))
        except WorkspaceNotFound:
            raise
        except NotFound:
            return {}

    def put(self, before: Mapping[str, Any], wanted: Mapping[str, Any]) -> Item:
        """Under the name that it has already, where that is spelled otherwise."""
        answer = self._client.put(self.path(str(before.get("name") or wanted["name"])), changed(before, wanted))
        with readable():
            return self._read(answer)

    def delete(self, name: str) -> None:
        """Raises NotFound."""
        self._client.delete(self.path(str(self.resource(name).get("name"))))

    def path(self, *names: str) -> str:
        """Of one, or of what belongs to it. Raises NotFound for a name that no path can hold."""
        return path_to(self._workspace, *self._place, *names)

    def _page(self, read: Callable[[Mapping[str, Any]], Any], limit: int, continuation: str | None) -> Page[Any]:
        return read_page(
            self._client,
            self.path(),
            query={},
            read=read,
            keep=lambda _item: True,
            limit=limit,
            continuation=continuation,
        )
