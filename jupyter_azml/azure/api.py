"""Run history and MLflow of a workspace: hosts of its region, which take the same token as ARM."""

from collections.abc import Mapping
from functools import cached_property
from typing import Any
from urllib.parse import urlsplit

from ..arm import WorkspaceId
from ..arm.shape import mapping
from ..errors import AzmlError
from ..workspace.tracking import TrackingAnswer
from .client import ArmClient
from .errors import unreadable
from .facts import WorkspaceFacts
from .paths import path_to


class RegionalApi:
    """Safe to call from several threads."""

    def __init__(self, client: ArmClient, workspace: WorkspaceId, facts: WorkspaceFacts) -> None:
        self._client = client
        self._workspace = workspace
        self._facts = facts

    def history(self, *names: str) -> str:
        """The address of something in run history."""
        return f"{self._host}/history/v1.0{path_to(self._workspace, *names)}"

    def mlflow(self, method: str, route: str, fields: Mapping[str, Any]) -> TrackingAnswer:
        """A refusal is an answer too. Raises what ``ArmClient.get`` raises when none comes."""
        address = f"{self._host}/mlflow/v2.0{path_to(self._workspace)}/api/2.0/mlflow/{route}"
        try:
            if method == "GET":
                return TrackingAnswer(200, self._client.get(address, fields))
            if method == "PATCH":
                return TrackingAnswer(200, self._client.patch(address, fields))
            return TrackingAnswer(200, self._client.ask(address, fields))
        except AzmlError as error:
            return TrackingAnswer(int(error.http_status), {"error_code": error.code, "message": error.message})

    @cached_property
    def _host(self) -> str:
        if urlsplit(self._client.base_url).scheme == "http":
            return self._client.base_url.rstrip("/")  # our own emulator, which has all of it at one address
        answer = self._client.call("GET", self._facts.property("discoveryUrl"), headers={})
        found = mapping(answer.json()).get("api") if answer.status_code == 200 else None
        if not isinstance(found, str) or not found.startswith("https://"):
            raise unreadable()
        return found.rstrip("/")
