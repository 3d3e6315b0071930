"""MLflow's records of an Azure ML workspace: its REST API, and this very process with azureml-mlflow."""

import os
import sys
from collections.abc import Mapping
from importlib.util import find_spec
from typing import Any

from ..errors import NotFound, NotSupported
from ..language import _
from ..workspace import TrackingOperations
from ..workspace.tracking import Kernel, RunFiles, TrackingAnswer
from .api import RegionalApi
from .facts import WorkspaceFacts
from .job_files import JobFiles

_VARIABLES = ("MLFLOW_TRACKING_URI", "MLFLOW_REGISTRY_URI")


class AzureTracking(TrackingOperations):
    def __init__(self, api: RegionalApi, facts: WorkspaceFacts, files: JobFiles) -> None:
        self._api = api
        self._facts = facts
        self._files = files
        self._before: dict[str, str | None] | None = None

    def follow(self, kernel: Kernel) -> None:
        """What azureml-mlflow does with the address is its own: it signs in by itself; its runs are Azure's jobs."""
        if find_spec("azureml") is None or find_spec("azureml.mlflow") is None:
            raise NotSupported(
                _("What plain mlflow logs in this notebook cannot be tracked in Azure: azureml-mlflow is missing."),
                _("Install it and restart the kernel: pip install azureml-mlflow"),
            )
        address = self._facts.property("mlFlowTrackingUri")
        if self._before is None:
            self._before = {name: os.environ.get(name) for name in _VARIABLES}
        _point(dict.fromkeys(_VARIABLES, address))

    def leave(self) -> None:
        if self._before is not None:
            _point(self._before)
            self._before = None

    def call(self, method: str, route: str, fields: Mapping[str, Any]) -> TrackingAnswer:
        return self._api.mlflow(method, route, fields)

    def files(self, run: str) -> RunFiles:
        if "/" in run or run in ("", ".", ".."):
            raise NotFound(
                _("There is no run named {name}.", name=run), _("A job's run has the job's name: azml job list")
            )
        return self._files.run(run)


def _point(variables: Mapping[str, str | None]) -> None:
    for name, value in variables.items():
        if value is None:
            os.environ.pop(name, None)
        else:
            os.environ[name] = value
    mlflow = sys.modules.get("mlflow")
    if mlflow is not None and hasattr(mlflow, "set_tracking_uri"):
        mlflow.set_tracking_uri(variables[_VARIABLES[0]])
