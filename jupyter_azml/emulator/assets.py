"""What the routes of data, environments and models share: containers, versions in them, and the lists of both."""

import builtins
from abc import ABC, abstractmethod
from collections.abc import Iterator, Mapping
from functools import partial
from typing import Any, Generic, Literal, TypeVar

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from ..arm.shape import mapping, texts
from ..arm.versions import LABELS, container_to_arm, labels_of
from ..entities import DataAsset, Environment, Model, Page
from ..errors import NotFound, UsageError
from ..language import _
from .door import Door, json_of, name_in, page_of
from .remembered import Remembered
from .table import WORKSPACE_PATH, route

View = Literal["active", "archived", "all"]

_VIEWS: dict[str, View] = {"activeonly": "active", "archivedonly": "archived", "all": "all"}
_CONTAINER_FIELDS = ("description", "tags", "properties")
_MOST = 500
"""Versions that are read at once."""


Item = TypeVar("Item", bound=DataAsset | Environment | Model)


class AssetRoutes(ABC, Generic[Item]):
    kind: str
    known: tuple[str, ...] = ()
    """Parameters of lists of versions that are heeded, besides order and number."""

    def __init__(self, door: Door, remembered: Remembered) -> None:
        self._door = door
        self._remembered = remembered

    def routes(self) -> "builtins.list[Route]":
        containers = f"{WORKSPACE_PATH}/{self.kind}"
        versions = f"{containers}/{{name}}/versions"
        return [
            route(containers, self.list),
            route(f"{containers}/{{name}}", self.get),
            route(f"{containers}/{{name}}", self.put, "PUT"),
            route(f"{containers}/{{name}}", self.delete, "DELETE"),
            route(versions, self.list_versions),
            route(f"{versions}/{{version}}", self.get_version),
            route(f"{versions}/{{version}}", self.put_version, "PUT"),
            route(f"{versions}/{{version}}", self.delete_version, "DELETE"),
        ]

    def list(self, request: Request) -> Response:
        self._door.check(request, "stage", "tags")
        page = self.newest(_view(request), self._limit(request), request.query_params.get("$skip"))
        return page_of(request, [self._container(item) for item in page.items], page.continuation)

    def get(self, request: Request) -> Response:
        self._door.check(request)
        return JSONResponse(self._container_named(_name(request)))

    async def put(self, request: Request) -> Response:
        """Of a container its labels, its tags, and whether it is in lists. One without versions is nothing here."""
        self._door.check(request)
        properties = _properties(await json_of(request))
        return JSONResponse(await run_in_threadpool(self._put, _name(request), properties))

    def delete(self, request: Request) -> Response:
        self._door.check(request)
        self.remove(_name(request), None)
        return Response(status_code=200)

    def list_versions(self, request: Request) -> Response:
        self._door.check(request, "$orderby", "$top", *self.known)
        name, view = _name(request), _view(request)
        asked = request.query_params.get("$orderBy", "createdtime desc").lower().split()
        if asked[:1] not in (["createdtime"], ["createdat"]):
            raise UsageError(
                _("The emulator does not sort by {word}.", word=" ".join(asked)), _("Sort by createdtime asc or desc.")
            )
        if asked[1:] == ["asc"]:
            items = [*self._all(name, view)][::-1]
            top = _top(request)
            return page_of(request, [self.arm(item) for item in items[:top]], None)
        page = self.versions(name, view, self._limit(request), request.query_params.get("$skip"), request.query_params)
        following = None if "$top" in request.query_params else page.continuation
        return page_of(request, [self.arm(item) for item in page.items], following)

    def get_version(self, request: Request) -> Response:
        self._door.check(request)
        return JSONResponse(self.arm(self.version(_name(request), str(request.path_params["version"]))))

    async def put_version(self, request: Request) -> Response:
        self._door.check(request)
        properties = _properties(await json_of(request))
        put = partial(self._put_version, _name(request), str(request.path_params["version"]), properties)
        status, answer = await run_in_threadpool(put)
        return JSONResponse(answer, status)

    def delete_version(self, request: Request) -> Response:
        self._door.check(request)
        self.remove(_name(request), str(request.path_params["version"]))
        return Response(status_code=200)

    @abstractmethod
    def newest(self, view: View, limit: int, continuation: str | None) -> Page[Item]:
        """Of each container the newest version."""

    @abstractmethod
    def versions(
        self, name: str, view: View, limit: int, continuation: str | None, query: Mapping[str, str]
    ) -> Page[Item]: ...

    @abstractmethod
    def version(self, name: str, version: str) -> Item: ...

    @abstractmethod
    def arm(self, item: Item) -> dict[str, Any]: ...

    @abstractmethod
    def create(self, name: str, version: str, properties: Mapping[str, Any]) -> Item:
        """Raises ValueError for what is no such asset."""

    @abstractmethod
    def change(self, there: Item, properties: Mapping[str, Any]) -> Item:
        """Raises Conflict for what may not change, ValueError for what is no such asset."""

    @abstractmethod
    def set_archived(self, name: str, version: str | None, archived: bool) -> None: ...

    @abstractmethod
    def remove(self, name: str, version: str | None) -> None: ...

    @abstractmethod
    def labels(self, name: str) -> dict[str, str]:
        """Each with its version."""

    @abstractmethod
    def set_labels(self, name: str, labels: Mapping[str, str], before: Mapping[str, str]) -> None: ...

    def last_number(self, name: str, items: Iterator[Item]) -> int:
        """The highest number that a version has had."""
        return max((int(item.version) for item in items if item.version.isdecimal()), default=0)

    def _put_version(self, name: str, version: str, properties: Mapping[str, Any]) -> tuple[int, dict[str, Any]]:
        try:
            there: Item | None = self.version(name, version)
        except NotFound:
            there = None
        try:
            made = self.change(there, properties) if there else self.create(name, version, properties)
        except ValueError as error:
            raise UsageError(
                _("The request's body is not what {kind} are: {detail}", kind=self.kind, detail=error),
                _("Send JSON as Azure's API describes it."),
            ) from error
        archived = properties.get("isArchived")
        if isinstance(archived, bool) and archived != made.archived:
            self.set_archived(made.name, made.version, archived)
        return (200 if there else 201), self.arm(self.version(made.name, made.version))

    def _put(self, name: str, properties: Mapping[str, Any]) -> dict[str, Any]:
        there = self._container_named(name)
        said = texts(properties.get("properties"))
        if LABELS in said:
            self.set_labels(there["name"], labels_of({"properties": properties}), self.labels(there["name"]))
        archived = properties.get("isArchived")
        if isinstance(archived, bool) and archived != there["properties"]["isArchived"]:
            self.set_archived(there["name"], None, archived)
        told = {key: properties[key] for key in _CONTAINER_FIELDS if key in properties}
        self._remembered.keep(there["name"], "", {**self._remembered.of(there["name"], ""), **told})
        return self._container_named(name)

    def _container_named(self, name: str) -> dict[str, Any]:
        """Raises NotFound."""
        items = [*self._all(name, "all")]
        active = next((item for item in items if not item.archived), None)
        following = str(self.last_number(name, iter(items)) + 1)
        return self._container(active or items[0], following=following, created=items[-1].created)

    def _container(self, item: Item, *, following: str | None = None, created: Any = None) -> dict[str, Any]:
        number = int(item.version) if item.version.isdecimal() else self.last_number(item.name, iter(()))
        container = container_to_arm(
            self._door.identity,
            self.kind,
            item.name,
            latest=None if item.archived else item.version,
            following=following or str(number + 1),
            archived=item.archived,
            # Only where one is asked for by its name: to know them, all versions are read.
            labels=self.labels(item.name) if following else {},
            created=created or item.created,
            kept={key: value for key, value in self._remembered.of(item.name, "").items() if key in _CONTAINER_FIELDS},
        )
        container["properties"].update(self.container_fields(item))
        return container

    def container_fields(self, item: Item) -> dict[str, Any]:
        """What else a container of this kind says of its newest version."""
        return {}

    def _all(self, name: str, view: View) -> Iterator[Item]:
        continuation = None
        while True:
            page = self.versions(name, view, _MOST, continuation, {})
            yield from page.items
            if (continuation := page.continuation) is None:
                return

    def _limit(self, request: Request) -> int:
        return min(_top(request) or self._door.page_size, self._door.page_size)


def _name(request: Request) -> str:
    """The SDK asks for ``azureml:NAME`` where a job's input is ``azureml:NAME@latest``."""
    return name_in(request).removeprefix("azureml:")


def _properties(body: Mapping[str, Any]) -> Mapping[str, Any]:
    """Without what the emulator itself has told, and clients send back."""
    return {key: value for key, value in mapping(body.get("properties")).items() if key != "azml"}


def _view(request: Request) -> View:
    asked = request.query_params.get("listViewType", "ActiveOnly")
    if asked.lower() not in _VIEWS:
        raise UsageError(_("{word} is no listViewType.", word=asked), _("There are: ActiveOnly, ArchivedOnly and All."))
    return _VIEWS[asked.lower()]


def _top(request: Request) -> int | None:
    said = request.query_params.get("$top")
    if said is None:
        return None
    if not said.isdecimal() or not 0 < len(said) < 10 or int(said) == 0:
        raise UsageError(_("{word} is no number of items.", word=said), _("Give $top a number from 1 on."))
    return int(said)
