"""MLflow in this process, attached to a workspace. It is not imported for that: whoever does finds the address set."""

import os
import sys
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path
from typing import Any

from .address import tracking_uri
from .interactive import RunKeeper, keep_runs

_TRACKING = "MLFLOW_TRACKING_URI"
_REGISTRY = "MLFLOW_REGISTRY_URI"
_TELEMETRY = "MLFLOW_DISABLE_TELEMETRY"
_EXPERIMENT = "MLFLOW_EXPERIMENT_ID"
_RUN = "MLFLOW_RUN_ID"
_EXPERIMENT_CHOSEN = "_active_experiment_id"
"""MLflow's own word for it."""
_before: dict[str, str | None] = {}
"""Variables as they were before the first attachment."""
_attached: dict[Path, RunKeeper] = {}
"""The workspace that MLflow is attached to, if any."""


class OpenRun(Exception):
    """A run is open that would be cut in two. Its argument is the run's id."""


def attach(workspace: Path, keeper: RunKeeper) -> None:
    """Raises OpenRun, and then all is as it was."""
    uri = tracking_uri(workspace)
    if workspace in _attached and _address() == uri:
        return
    _check()
    if not _before:
        names = (_TRACKING, _REGISTRY, _TELEMETRY, _EXPERIMENT, _RUN)
        _before.update({name: os.environ.get(name) for name in names})
    for other in _attached:
        keep_runs(other, None)
    _attached.clear()
    _attached[workspace] = keeper
    keep_runs(workspace, keeper)
    # The registry is said, though it is the default: MLflow looks for Spark at every call to find out that nobody said
    # it. The last two name what is where MLflow was.
    _point({_TRACKING: uri, _REGISTRY: uri, _TELEMETRY: "true", _EXPERIMENT: None, _RUN: None})


def detach() -> None:
    """MLflow tracks where it did before. Raises OpenRun."""
    if not _attached:
        return
    is_ours = _address() in map(tracking_uri, _attached)
    if is_ours:
        _check()
    for workspace in _attached:
        keep_runs(workspace, None)
    _attached.clear()
    if is_ours:
        _point(_before)
    _before.clear()


def _check() -> None:
    for keeper in _attached.values():
        for run_id in keeper.open_runs():
            raise OpenRun(run_id)
    mlflow = _mlflow()
    if mlflow and (run := mlflow.active_run()):
        raise OpenRun(run.info.run_id)


def _point(variables: Mapping[str, str | None]) -> None:
    # Only to a workspace: where MLflow was before, choosing one might make a database that nobody asked for.
    experiment = _chosen_experiment() if _attached else ""
    for name, value in variables.items():
        if value is None:
            os.environ.pop(name, None)
        else:
            os.environ[name] = value
    if mlflow := _mlflow():
        mlflow.set_tracking_uri(variables[_TRACKING])
    if (fluent := sys.modules.get("mlflow.tracking.fluent")) and _EXPERIMENT_CHOSEN in vars(fluent):
        # Its number means another one there, or none.
        setattr(fluent, _EXPERIMENT_CHOSEN, None)
    if experiment and mlflow:
        mlflow.set_experiment(experiment)


def _chosen_experiment() -> str:
    """The name of the one that ``mlflow.set_experiment`` chose; "" where nobody did, or it is not known."""
    fluent, mlflow = sys.modules.get("mlflow.tracking.fluent"), _mlflow()
    number = getattr(fluent, _EXPERIMENT_CHOSEN, None)
    if number is not None and mlflow:
        with suppress(Exception):  # the server that it is on may be gone
            return str(mlflow.get_experiment(number).name)
    return ""


def _address() -> str:
    mlflow = _mlflow()
    return str(mlflow.get_tracking_uri()) if mlflow else os.environ.get(_TRACKING, "")


def _mlflow() -> Any:
    """None while nobody has imported it, or it is being imported."""
    mlflow = sys.modules.get("mlflow")
    return mlflow if hasattr(mlflow, "set_tracking_uri") else None
