"""MLflow's records of a local workspace: followed by this very process, asked over the network."""

from collections.abc import Mapping
from functools import cached_property
from typing import TYPE_CHECKING, Any

from ..errors import Conflict, NotFound
from ..language import _
from ..tracking.attachment import OpenRun, attach, detach
from ..tracking.interactive import keep_runs, keeper_of
from ..tracking.paths import TrackingPaths
from ..tracking.run_facts import local_path
from ..workspace import TrackingOperations
from ..workspace.tracking import Kernel, TrackingAnswer
from .interactive import InteractiveRuns
from .paths import WorkspacePaths
from .run_files import FilesOfJob, FilesOfRun
from .runs_elsewhere import RunsElsewhere

if TYPE_CHECKING:
    from ..tracking.rest import TrackingRest


class LocalTracking(TrackingOperations):
    def __init__(self, paths: WorkspacePaths) -> None:
        self._paths = paths

    def follow(self, kernel: Kernel) -> None:
        try:
            attach(self._paths.folder, InteractiveRuns(self._paths, kernel))
        except OpenRun as error:
            raise _open_run(error) from None

    def leave(self) -> None:
        try:
            detach()
        except OpenRun as error:
            raise _open_run(error) from None

    def call(self, method: str, route: str, fields: Mapping[str, Any]) -> TrackingAnswer:
        return self._rest.answer(method, route, fields)

    def files(self, run: str) -> FilesOfRun:
        if "/" in run or run in ("", ".", ".."):
            raise _no_run(run)
        job = self._paths.job(run)
        if job.folder.is_dir():
            return FilesOfJob(job)
        answer = self._rest.answer("GET", "runs/get", {"run_id": run})
        place = local_path(answer.body["run"]["info"]["artifact_uri"]) if answer.is_ok else None
        if place is None:
            raise _no_run(run)
        return FilesOfRun(place)

    @cached_property
    def _rest(self) -> "TrackingRest":
        """MLflow takes a second to import."""
        from ..tracking.rest import TrackingRest

        if keeper_of(TrackingPaths(self._paths.folder)) is None:
            keep_runs(self._paths.folder, RunsElsewhere(self._paths))
        return TrackingRest(self._paths.folder)


def _no_run(run: str) -> NotFound:
    return NotFound(_("There is no run named {name}.", name=run), _("A job's run has the job's name: azml job list"))


def _open_run(error: OpenRun) -> Conflict:
    return Conflict(
        _("The MLflow run {name} is open in this notebook, and is tracked where it began.", name=error.args[0]),
        _("End it first: mlflow.end_run()"),
    )
