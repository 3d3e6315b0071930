"""Operations that take long, as clients follow them.

Nothing is remembered of one: its name says what it was to bring about, and whether that is so the workspace knows. So a
client goes on asking after the emulator was killed and started again.
"""

from collections.abc import Callable
from typing import Any

from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from ..arm.errors import error_body
from ..arm.ids import PROVIDER
from ..entities import ComputeState, EndpointState, Reason
from ..errors import NotFound, UsageError
from ..language import _
from ..workspace import Workspace
from .door import Door

_PAUSE = {"Retry-After": "1", "x-ms-retry-after-ms": "250"}
"""Clients of today read the second, older ones the first."""

Answer = tuple[str, Reason | None]
"""``InProgress``, ``Succeeded`` or ``Failed``, and why."""
DONE: Answer = ("Succeeded", None)


class Operations:
    def __init__(self, workspace: Workspace, door: Door) -> None:
        self._workspace = workspace
        self._door = door
        self._kinds: dict[str, Callable[..., Answer]] = {
            "done": lambda *_names: DONE,
            "endpoint": self._endpoint,
            "deployment": self._deployment,
            "compute": self._compute,
            "canceled": self._canceled,
            "noendpoint": self._no_endpoint,
            "nodeployment": self._no_deployment,
            "nocompute": self._no_compute,
            "nojob": lambda name: _gone(lambda: self._workspace.jobs.get(name)),
        }

    def begun(self, request: Request, body: dict[str, Any] | None, status: int, *operation: str) -> Response:
        """``operation``: what is to become so, and the names in it, such as ``("endpoint", "churn")``."""
        headers = {**self.headers(request, *operation), **_PAUSE}
        return Response(status_code=status, headers=headers) if body is None else JSONResponse(body, status, headers)

    def headers(self, request: Request, *operation: str) -> dict[str, str]:
        version = request.query_params.get("api-version", "")
        base = f"/subscriptions/{self._door.identity.subscription}/providers/{PROVIDER}/locations/local"
        name = ".".join(operation)

        def address(kind: str) -> str:
            return str(request.url.replace(path=f"{base}/{kind}/{name}", query=f"api-version={version}"))

        return {"Azure-AsyncOperation": address("mfeOperationsStatus"), "Location": address("mfeOperationResults")}

    def status(self, request: Request) -> Response:
        name = str(request.path_params["operation"])
        status, reason = self._look(name)
        body: dict[str, Any] = {"id": request.url.path, "name": name, "status": status}
        if status == "Failed":
            inner = [reason.code] if reason else []
            body |= error_body("UserError", reason.message if reason else _("It failed."), inner)
        return JSONResponse(body, headers={} if status in ("Succeeded", "Failed") else _PAUSE)

    def result(self, request: Request) -> Response:
        status, _reason = self._look(str(request.path_params["operation"]))
        if status == "InProgress":
            return Response(status_code=202, headers={"Location": str(request.url), **_PAUSE})
        return JSONResponse({})

    def _look(self, name: str) -> Answer:
        kind, *names = name.split(".")
        look = self._kinds.get(kind)
        if look is None:
            raise NotFound(_("There is no operation named {name}.", name=name), _("Begin it again."))
        try:
            return look(*names)
        except TypeError as error:
            raise UsageError(_("{name} is not an operation.", name=name), _("Begin it again.")) from error
        except NotFound as error:
            # What was being made was deleted meanwhile, by somebody else.
            return "Failed", Reason.of("AzureSays", detail=error.message)

    def _endpoint(self, name: str) -> Answer:
        found = self._workspace.endpoints.get(name)
        return _answer(found.state, found.reason)

    def _deployment(self, endpoint: str, name: str) -> Answer:
        found = self._workspace.endpoints.deployments.get(endpoint, name)
        return _answer(found.state, found.reason)

    def _compute(self, name: str) -> Answer:
        state = self._workspace.computes.get(name).state
        return ("InProgress", None) if state in (ComputeState.STARTING, ComputeState.STOPPING) else DONE

    def _canceled(self, name: str) -> Answer:
        """However it ended: it may have been quicker."""
        return DONE if self._workspace.jobs.get(name).status.is_terminal else ("InProgress", None)

    def _no_endpoint(self, name: str) -> Answer:
        return _gone(lambda: self._workspace.endpoints.get(name))

    def _no_deployment(self, endpoint: str, name: str) -> Answer:
        return _gone(lambda: self._workspace.endpoints.deployments.get(endpoint, name))

    def _no_compute(self, name: str) -> Answer:
        return _gone(lambda: self._workspace.computes.get(name))


def _answer(state: EndpointState, reason: Reason | None) -> Answer:
    if not state.is_settled:
        return "InProgress", None
    return DONE if state is EndpointState.SUCCEEDED else ("Failed", reason)


def _gone(get: Callable[[], object]) -> Answer:
    try:
        get()
    except NotFound:
        return DONE
    return "InProgress", None
