"""The routes of computes."""

from typing import Any

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from ..arm import (
    compute_from_arm,
    compute_to_arm,
    node_to_arm,
    size_to_arm,
    usage_to_arm,
)
from ..entities import Compute
from ..errors import UsageError
from ..language import _
from ..workspace import Workspace
from .door import Door, json_of, name_in, page_of
from .operations import Operations


class ComputeRoutes:
    def __init__(self, workspace: Workspace, door: Door, operations: Operations) -> None:
        self._computes = workspace.computes
        self._door = door
        self._operations = operations

    def list(self, request: Request) -> Response:
        self._door.check(request)
        page = self._computes.list(limit=self._door.page_size, continuation=request.query_params.get("$skip"))
        return page_of(request, [self._arm(compute) for compute in page.items], page.continuation)

    def get(self, request: Request) -> Response:
        self._door.check(request)
        return JSONResponse(self._arm(self._computes.get(name_in(request))))

    async def put(self, request: Request) -> Response:
        self._door.check(request)
        try:
            asked = compute_from_arm({**await json_of(request), "name": name_in(request)})
        except (ValueError, TypeError) as error:
            raise UsageError(
                _("The request's body is not a compute: {detail}", detail=error),
                _("Send JSON as Azure's API describes it."),
            ) from error
        made = await run_in_threadpool(self._computes.create_or_update, asked)
        return self._operations.begun(request, self._arm(made), 200, "compute", made.name)

    def delete(self, request: Request) -> Response:
        self._door.check(request)
        name = self._computes.get(name_in(request)).name
        self._computes.delete(name)
        return self._operations.begun(request, None, 202, "nocompute", name)

    def start(self, request: Request) -> Response:
        self._door.check(request)
        return self._moving(request, self._computes.start(name_in(request)))

    def stop(self, request: Request) -> Response:
        self._door.check(request)
        return self._moving(request, self._computes.stop(name_in(request)))

    def restart(self, request: Request) -> Response:
        self._door.check(request)
        return self._moving(request, self._computes.restart(name_in(request)))

    def nodes(self, request: Request) -> Response:
        self._door.check(request)
        return JSONResponse({"nodes": [node_to_arm(node) for node in self._computes.nodes(name_in(request)).items]})

    def sizes(self, request: Request) -> Response:
        return JSONResponse({"value": [size_to_arm(size) for size in self._computes.sizes().items]})

    def usages(self, request: Request) -> Response:
        return JSONResponse({"value": [usage_to_arm(usage) for usage in self._computes.usage().items]})

    def _moving(self, request: Request, compute: Compute) -> Response:
        return self._operations.begun(request, None, 202, "compute", compute.name)

    def _arm(self, compute: Compute) -> dict[str, Any]:
        return compute_to_arm(compute, self._door.identity)
