"""MLflow's REST API as Azure serves it, at ``REGION.api.azureml.ms/mlflow/v2.0/WORKSPACE``, over the port.

Addresses of artifacts are told as Azure tells them, and understood: azureml-mlflow reads the run out of them.
"""

import json
import re
from collections.abc import Iterator, Mapping
from typing import Any

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from ..arm.workspaces import API
from ..workspace import Workspace
from .door import Door
from .storage import StorageAccount
from .table import WORKSPACE_PATH, route

_METHODS = ("GET", "POST", "PATCH", "DELETE", "PUT")
_OF_RUN = re.compile(r"azureml://.*/experiments/[^/]+/runs/(?P<run>[^/]+)/artifacts/?(?P<path>.*)", re.IGNORECASE)
_UPLOADED = re.compile(r"azureml://artifacts/(?P<path>.+)", re.IGNORECASE)

_LOOK_UP = "logged-models/search"
_BY_NAME = re.compile(r"name = '[^']*'")
"""MLflow 3 looks for a logged model of this name before it reads ``runs:/…``, which MLflow 2 does at once. Azure has no
logged models, and what else is asked of them is not found here either.
"""


class MlflowRoutes:
    def __init__(self, workspace: Workspace, door: Door, account: StorageAccount) -> None:
        self._workspace = workspace
        self._door = door
        self._account = account

    def routes(self) -> Iterator[Route]:
        for version in ("v1.0", "v2.0"):
            base = f"/mlflow/{version}{WORKSPACE_PATH}"
            for method in _METHODS:
                yield route(f"{base}/api/2.0/mlflow/{{route:path}}", self.call, method)
            yield route(f"{base}/api/2.0/preview/mlflow/runs/log-batch-async", self.log_later, "POST")
            yield route(f"{base}/api/2.0/preview/mlflow/runs/get-run-data-status", self.is_logged)

    async def call(self, request: Request) -> Response:
        self._door.check_workspace(request)
        return await self._answer(request, str(request.path_params["route"]))

    async def log_later(self, request: Request) -> Response:
        """At once: an answer without an id says that there is nothing to wait for."""
        self._door.check_workspace(request)
        return await self._answer(request, "runs/log-batch")

    async def is_logged(self, request: Request) -> Response:
        self._door.check_workspace(request)
        return JSONResponse({"is_complete": True})

    async def _answer(self, request: Request, name: str) -> Response:
        try:
            fields = await _fields(request)
        except ValueError as error:
            said = {"error_code": "BAD_REQUEST", "message": f"The body is no JSON object: {error}"}
            return JSONResponse(said, 400)
        if name == _LOOK_UP and _BY_NAME.fullmatch(str(fields.get("filter") or "")):
            return JSONResponse({})
        if name == "model-versions/create" and isinstance(fields.get("source"), str):
            fields = {**fields, "source": await run_in_threadpool(self._source, fields["source"])}
        answer = await run_in_threadpool(self._workspace.tracking.call, request.method, name, fields)
        return JSONResponse(self._told(answer.body), answer.status)

    def _told(self, value: Any) -> Any:
        """With the addresses that Azure would tell in the place of ours."""
        if isinstance(value, list):
            return [self._told(each) for each in value]
        if not isinstance(value, Mapping):
            return value
        told = {key: self._told(each) for key, each in value.items()}
        if "artifact_uri" in told and "experiment_id" in told:
            run = told.get("run_id") or told.get("run_uuid")
            place = f"experiments/{told['experiment_id']}/runs/{run}/artifacts"
            told["artifact_uri"] = f"azureml://{API}/mlflow/v2.0{self._door.identity}/{place}"
        if "artifact_location" in told:
            told["artifact_location"] = ""
        return told

    def _source(self, source: str) -> str:
        """What a version of a model is made of, as our registry takes it."""
        if found := _OF_RUN.fullmatch(source):
            return f"runs:/{found['run']}/{found['path']}"
        if found := _UPLOADED.fullmatch(source):
            place = self._account.kept_artifact(found["path"])
            return str(place) if place else source
        return source


async def _fields(request: Request) -> dict[str, Any]:
    """Raises ValueError."""
    if request.method == "GET":
        query = request.query_params
        return {name: values[0] if len(values := query.getlist(name)) == 1 else values for name in query}
    content = await request.body()
    found = json.loads(content) if content else {}
    if not isinstance(found, dict):
        raise ValueError(type(found).__name__)
    return found
