"""The routes of connections."""

from collections.abc import Mapping
from typing import Any

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from ..arm.connections import connection_from_arm, connection_to_arm, credentials_from_arm, credentials_to_arm
from ..arm.shape import mapping
from ..entities import Connection
from ..workspace import Workspace
from .door import Door, json_of, name_in, page_of
from .resources import read
from .table import WORKSPACE_PATH, route

_CONNECTIONS = f"{WORKSPACE_PATH}/connections"
_CONNECTION = f"{_CONNECTIONS}/{{name}}"


class ConnectionRoutes:
    def __init__(self, workspace: Workspace, door: Door) -> None:
        self._connections = workspace.connections
        self._door = door

    def routes(self) -> list[Route]:
        return [
            route(_CONNECTIONS, self.list),
            route(_CONNECTION, self.get),
            route(_CONNECTION, self.put, "PUT"),
            route(_CONNECTION, self.delete, "DELETE"),
            route(f"{_CONNECTION}/listsecrets", self.secrets, "POST"),
        ]

    def list(self, request: Request) -> Response:
        self._door.check(request, "category", "target", "includeall")
        page = self._connections.list(limit=self._door.page_size, continuation=request.query_params.get("$skip"))
        wanted = request.query_params.get("category", "").lower()
        listed = [self._arm(each) for each in page.items]
        found = [each for each in listed if wanted in ("", str(each["properties"]["category"]).lower())]
        return page_of(request, found, page.continuation)

    def get(self, request: Request) -> Response:
        self._door.check(request)
        return JSONResponse(self._arm(self._connections.get(name_in(request))))

    async def put(self, request: Request) -> Response:
        self._door.check(request)
        body = await json_of(request)
        return await run_in_threadpool(self._put, {**body, "name": name_in(request)})

    def delete(self, request: Request) -> Response:
        self._door.check(request)
        self._connections.delete(name_in(request))
        return Response(status_code=200)

    def secrets(self, request: Request) -> Response:
        self._door.check(request)
        found = self._connections.get(name_in(request))
        resource = self._arm(found)
        resource["properties"]["credentials"] = credentials_to_arm(self._connections.credentials(found.name))
        return JSONResponse(resource)

    def _put(self, body: Mapping[str, Any]) -> Response:
        asked: Connection = read(connection_from_arm, body)
        credentials = credentials_from_arm(mapping(body.get("properties")))
        return JSONResponse(self._arm(self._connections.create_or_update(asked, credentials)))

    def _arm(self, connection: Connection) -> dict[str, Any]:
        return connection_to_arm(connection, self._door.identity)
