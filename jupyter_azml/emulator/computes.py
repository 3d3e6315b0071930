"""The routes of computes."""

from collections.abc import Mapping
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
from ..arm.shape import mapping
from ..entities import Compute
from ..entities.secrecy import looks_secret
from ..errors import UsageError
from ..language import _
from ..workspace import Workspace
from .door import Door, json_of, name_in, page_of
from .operations import Operations
from .remembered import Remembered

_TOLD = {"schedules", "idleTimeBeforeShutdown"}
"""What a workspace knows of a compute, and may know to be none."""


class ComputeRoutes:
    def __init__(self, workspace: Workspace, door: Door, operations: Operations, remembered: Remembered) -> None:
        self._computes = workspace.computes
        self._door = door
        self._operations = operations
        self._remembered = remembered

    def list(self, request: Request) -> Response:
        self._door.check(request)
        page = self._computes.list(limit=self._door.page_size, continuation=request.query_params.get("$skip"))
        return page_of(request, [self._arm(compute) for compute in page.items], page.continuation)

    def get(self, request: Request) -> Response:
        self._door.check(request)
        return JSONResponse(self._arm(self._computes.get(name_in(request))))

    async def put(self, request: Request) -> Response:
        self._door.check(request)
        body = await json_of(request)
        try:
            asked = compute_from_arm({**body, "name": name_in(request)})
        except (ValueError, TypeError) as error:
            raise UsageError(
                _("The request's body is not a compute: {detail}", detail=error),
                _("Send JSON as Azure's API describes it."),
            ) from error
        made = await run_in_threadpool(self._computes.create_or_update, asked)
        details = mapping(mapping(body.get("properties")).get("properties"))
        kept = {name: value for name, value in details.items() if name not in _TOLD}
        said = {"identity": body.get("identity"), "details": kept}
        await run_in_threadpool(self._remembered.keep, made.name, "", _without_secrets(said))
        return self._operations.begun(request, self._arm(made), 200, "compute", made.name)

    def delete(self, request: Request) -> Response:
        self._door.check(request)
        name = self._computes.get(name_in(request)).name
        self._computes.delete(name)
        self._remembered.forget(name, "")
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
        """With what its client said and a machine here has no use for, such as an identity or a script."""
        told, said = compute_to_arm(compute, self._door.identity), self._remembered.of(compute.name, "")
        details = {**mapping(said.get("details")), **told["properties"]["properties"]}
        told["properties"] = {**told["properties"], "properties": details}
        return {**told, "identity": said["identity"]} if said.get("identity") else told


def _without_secrets(said: Mapping[str, Any]) -> dict[str, Any]:
    """Azure tells no password again, either."""
    return {
        name: _without_secrets(value) if isinstance(value, Mapping) else value
        for name, value in said.items()
        if isinstance(value, Mapping) or not looks_secret(name)
    }
