"""Containers and the versions in them, of data, environments and models alike."""

import builtins
from collections.abc import Callable, Iterable, Mapping
from concurrent.futures import ThreadPoolExecutor
from typing import Any, Generic, Literal, TypeVar

from ..arm import WorkspaceId
from ..arm.shape import mapping
from ..arm.versions import labels_of, with_changes, with_labels
from ..entities import Page
from ..errors import Conflict, NotFound
from .client import ArmClient
from .errors import readable
from .paging import read_page
from .paths import path_to

View = Literal["active", "archived", "all"]
Item = TypeVar("Item")
Missing = Callable[[str, str | None], NotFound]
"""The error for a name, or for a version of it, that is not there."""

_VIEWS: dict[View, str] = {"active": "ActiveOnly", "archived": "ArchivedOnly", "all": "All"}
_AT_ONCE = 8
_TRIES = 5
"""To get the number that comes next before another client does."""


class Versions(Generic[Item]):
    def __init__(
        self,
        client: ArmClient,
        workspace: WorkspaceId,
        kind: str,
        read: Callable[[Mapping[str, Any]], Item],
        missing: Missing,
    ) -> None:
        self._client = client
        self._workspace = workspace
        self._kind = kind
        self._read = read
        self._missing = missing

    def newest_of_each(
        self,
        view: View,
        limit: int,
        continuation: str | None,
        *,
        keep: Callable[[Item], bool] | None = None,
        keep_name: Callable[[str], bool] = lambda _name: True,
    ) -> Page[Item]:
        """Of each container the newest version that is to be kept; each is a request of its own, several at once."""
        names = read_page(
            self._client,
            path_to(self._workspace, self._kind),
            query={"listViewType": _VIEWS[view]},
            read=lambda container: str(container.get("name") or ""),
            keep=lambda name: bool(name) and keep_name(name),
            limit=limit,
            continuation=continuation,
        )
        with ThreadPoolExecutor(_AT_ONCE) as pool:
            found: Iterable[Item | None] = pool.map(lambda name: self.newest(name, view, keep=keep), names.items)
            items = tuple(item for item in found if item is not None)
        return Page[Any](items=items, continuation=names.continuation)

    def list(
        self,
        name: str,
        view: View,
        limit: int,
        continuation: str | None = None,
        *,
        query: Mapping[str, str] | None = None,
        keep: Callable[[Item], bool] | None = None,
    ) -> Page[Item]:
        """The last created first. Raises NotFound."""
        asked = {"listViewType": _VIEWS[view], "$orderBy": "createdtime desc", **(query or {})}
        try:
            page = read_page(
                self._client,
                path_to(self._workspace, self._kind, name, "versions"),
                query=asked,
                read=self._read,
                keep=keep or (lambda _item: True),
                limit=limit,
                continuation=continuation,
            )
        except NotFound as error:
            raise self._told(error, name) from None
        if not page.items and not continuation:
            self.container(name)  # raises where there is none at all
        return page

    def newest(self, name: str, view: View, *, keep: Callable[[Item], bool] | None = None) -> Item | None:
        """None where there is none of them."""
        query = {} if keep else {"$top": "1"}
        try:
            return next(iter(self.list(name, view, 1, query=query, keep=keep).items), None)
        except NotFound as error:
            if type(error) is NotFound or type(error) is type(self._missing(name, None)):
                return None
            raise

    def get(self, name: str, version: str | None = None) -> Item:
        """Without a version the newest one: one in lists, if there is any. Raises NotFound."""
        if version is None:
            found = self.newest(name, "active") or self.newest(name, "all")
            if found is None:
                self.container(name)
                raise self._missing(name, None)
            return found
        return self._item(self.resource(name, version))

    def resource(self, name: str, version: str) -> Mapping[str, Any]:
        """As the service answers it. Raises NotFound."""
        try:
            return self._client.get(path_to(self._workspace, self._kind, name, "versions", version))
        except NotFound as error:
            raise self._told(error, name, version) from None

    def container(self, name: str) -> Mapping[str, Any]:
        """As the service answers it. Raises NotFound."""
        try:
            return self._client.get(path_to(self._workspace, self._kind, name))
        except NotFound as error:
            raise self._told(error, name) from None

    def has(self, name: str, version: str) -> bool:
        try:
            self.resource(name, version)
        except NotFound:
            return False
        return True

    def following(self, name: str) -> str:
        """The version that comes next."""
        try:
            container = self.container(name)
        except NotFound:
            return "1"
        return str(mapping(container.get("properties")).get("nextVersion") or "1")

    def create(self, name: str, version: str, properties: Mapping[str, Any]) -> Item:
        """Without a version, under the number that comes next. Raises Conflict for a version that is there."""
        if version:
            return self._put(name, version, {"properties": dict(properties)})
        for rest in reversed(range(_TRIES)):
            try:
                return self._put(name, self.following(name), {"properties": dict(properties)})
            except Conflict:
                if not rest:
                    raise
        raise AssertionError("the loop returns or raises")

    def change(self, name: str, version: str, **changes: Any) -> Item:
        """``changes`` of a version's properties; all else that it has stays. Raises NotFound."""
        return self._put(name, version, with_changes(self.resource(name, version), **changes))

    def set_archived(self, name: str, version: str | None, archived: bool) -> None:
        if version is not None:
            self.change(name, version, isArchived=archived)
            return
        changed = with_changes(self.container(name), isArchived=archived)
        self._client.put(path_to(self._workspace, self._kind, name), changed)

    def labels(self, name: str) -> dict[str, str]:
        """Each with its version."""
        return labels_of(self.container(name))

    def set_labels(self, name: str, change: Callable[[dict[str, str]], dict[str, str]]) -> None:
        container = self.container(name)
        wanted = with_labels(container, change(labels_of(container)))
        self._client.put(path_to(self._workspace, self._kind, name), wanted)

    def delete(self, name: str, version: str | None) -> None:
        """Raises NotFound, Conflict."""
        parts = ("versions", version) if version else ()
        try:
            self._client.delete(path_to(self._workspace, self._kind, name, *parts))
        except NotFound as error:
            raise self._told(error, name, version) from None

    def _put(self, name: str, version: str, body: Mapping[str, Any]) -> Item:
        return self._item(self._client.put(path_to(self._workspace, self._kind, name, "versions", version), body))

    def _item(self, resource: Mapping[str, Any]) -> Item:
        with readable():
            return self._read(resource)

    def _told(self, error: NotFound, name: str, version: str | None = None) -> NotFound:
        """What the emulator says names the thing already."""
        return error if type(error) is not NotFound else self._missing(name, version)


def latest_label(container: Mapping[str, Any], version: str) -> "builtins.list[str]":
    newest = str(mapping(container.get("properties")).get("latestVersion") or "")
    return ["latest"] if newest.lower() == version.lower() else []
