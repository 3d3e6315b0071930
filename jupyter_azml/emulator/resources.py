"""What the routes of everything have in common that has a name and no versions, such as endpoints and deployments."""

from abc import ABC, abstractmethod
from collections.abc import Callable, Mapping
from typing import Any, Generic, Protocol, TypeVar

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from ..arm.shape import mapping
from ..entities import Page
from ..errors import NotFound, UsageError
from ..language import _
from .door import Door, json_of, name_in, page_of
from .operations import Operations
from .table import route

Thing = TypeVar("Thing")


class NamedOperations(Protocol[Thing]):
    """As the port has them: what a thing belongs to, such as its endpoint, is named before it."""

    @property
    def list(self) -> Callable[..., Page[Thing]]: ...

    @property
    def get(self) -> Callable[..., Thing]: ...

    @property
    def create_or_update(self) -> Callable[[Thing], Thing]: ...

    @property
    def delete(self) -> Callable[..., None]: ...


class ResourceRoutes(ABC, Generic[Thing]):
    def __init__(self, things: NamedOperations[Thing], door: Door, operations: Operations, place: str) -> None:
        """``place``: the path of all of them; one of them has its name behind it."""
        self._things = things
        self._door = door
        self._operations = operations
        self._place = place

    def routes(self) -> list[Route]:
        one = f"{self._place}/{{name}}"
        return [
            route(self._place, self.all),
            route(one, self.get),
            route(one, self.put, "PUT"),
            route(one, self.patch, "PATCH"),
            route(one, self.delete, "DELETE"),
        ]

    @abstractmethod
    def to_arm(self, thing: Thing) -> dict[str, Any]: ...

    @abstractmethod
    def from_arm(self, request: Request, body: Mapping[str, Any]) -> Thing:
        """Raises UsageError, and ValueError for what cannot be read."""

    @abstractmethod
    def coming(self, thing: Thing) -> tuple[str, ...]:
        """The operation that lasts until it is as it was asked for."""

    @abstractmethod
    def leaving(self, *names: str) -> tuple[str, ...]:
        """The operation that lasts until it is gone."""

    def all(self, request: Request) -> Response:
        self._door.check(request)
        page = self._things.list(
            *_parents(request), limit=self._door.page_size, continuation=request.query_params.get("$skip")
        )
        return page_of(request, [self.to_arm(each) for each in page.items], page.continuation)

    def get(self, request: Request) -> Response:
        self._door.check(request)
        return JSONResponse(self.to_arm(self._find(request)))

    async def put(self, request: Request) -> Response:
        self._door.check(request)
        body = await json_of(request)
        return await run_in_threadpool(self._put, request, {**body, "name": name_in(request)})

    async def patch(self, request: Request) -> Response:
        """What is named takes the place of what was there."""
        self._door.check(request)
        return await run_in_threadpool(self._patch, request, await json_of(request))

    def delete(self, request: Request) -> Response:
        self._door.check(request)
        names = (*_parents(request), name_in(request))
        self._things.delete(*names)
        return self._operations.begun(request, None, 202, *self.leaving(*names))

    def _find(self, request: Request) -> Thing:
        return self._things.get(*_parents(request), name_in(request))

    def _put(self, request: Request, body: Mapping[str, Any]) -> Response:
        asked = read(lambda found: self.from_arm(request, found), body)
        try:
            self._find(request)
            status = 200
        except NotFound:
            status = 201
        made = self._things.create_or_update(asked)
        return self._operations.begun(request, self.to_arm(made), status, *self.coming(made))

    def _patch(self, request: Request, changes: Mapping[str, Any]) -> Response:
        before = self.to_arm(self._find(request))
        return self._put(request, {**merge(before, changes), "name": before["name"]})


def read(translate: Callable[[Mapping[str, Any]], Thing], body: Mapping[str, Any]) -> Thing:
    """Raises UsageError for what ``translate`` cannot read."""
    try:
        return translate(body)
    except (ValueError, TypeError) as error:
        raise UsageError(
            _("The request's body cannot be read: {detail}", detail=error),
            _("Send JSON as Azure's API describes it."),
        ) from error


def merge(before: Mapping[str, Any], changes: Mapping[str, Any]) -> dict[str, Any]:
    """As a PATCH means it: what is named takes the place of what was there, and null removes it."""
    merged = dict(before)
    for key, value in changes.items():
        if isinstance(value, Mapping) and isinstance(before.get(key), Mapping) and key in ("properties", "sku"):
            merged[key] = merge(mapping(before[key]), value)
        elif value is None:
            merged.pop(key, None)
        else:
            merged[key] = value
    return merged


def _parents(request: Request) -> tuple[str, ...]:
    """What it belongs to, beside the workspace."""
    return (endpoint_in(request),) if "endpoint" in request.path_params else ()


def endpoint_in(request: Request) -> str:
    return str(request.path_params["endpoint"])
