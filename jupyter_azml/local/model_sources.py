"""Where the files of a model come from when it is registered, and which run wrote them."""

import re
from collections.abc import Callable
from pathlib import Path, PurePosixPath
from typing import NamedTuple

from ..entities import DatastorePath, JobPath, LocalPath, Model, RunPath, model_reference, read_address
from ..errors import DataNotFound, NotSupported
from ..language import _
from ..tracking.run_facts import LoggedModel, local_path
from ..workspace import DataOperations
from ..workspace.datastores import Progress
from .job_files import run_artifact
from .paths import WorkspacePaths
from .runs import Runs

_LOGGED = re.compile(r"models:/(m-[0-9A-Za-z]+)")


class ModelSource(NamedTuple):
    place: Path
    """A file or a folder of this machine."""
    leaf: str
    """What it is called."""
    run: str | None
    """Of MLflow, or the job, that wrote it."""


class ModelSources:
    def __init__(
        self,
        paths: WorkspacePaths,
        data: DataOperations,
        runs: Runs,
        find: Callable[[str], Model],
        place_of: Callable[[Model], Path],
    ) -> None:
        """``find`` and ``place_of`` tell of models that are registered already."""
        self._paths = paths
        self._data = data
        self._runs = runs
        self._find = find
        self._place_of = place_of

    def reach(self, path: str, progress: Progress | None = None) -> ModelSource:
        """What is not on this machine is brought here.

        Raises DataNotFound, JobNotFound, ModelNotFound, NotSupported, StorageError, UsageError.
        """
        if found := _LOGGED.fullmatch(path):
            return _of_logged(self._runs.logged_model(found[1]), path)
        if model_reference(path):
            model = self._find(path)
            place = self._place_of(model)
            return ModelSource(place, place.name, model.lineage.run or model.lineage.job)
        match read_address(path):
            case LocalPath(text):
                return self._of_place(Path(text).expanduser().absolute())
            case RunPath(run, below):
                return self._of_run(run, below, path)
            case JobPath(job, _output, below):
                place = self._data.fetch(path, progress=progress)
                return ModelSource(place, PurePosixPath(below).name or place.name, job)
            case DatastorePath(_datastore, below):
                place = self._data.fetch(path, progress=progress)
                return ModelSource(place, PurePosixPath(below).name or "model", self._of_place(place).run)
            case _other:
                place = self._data.fetch(path, progress=progress)
                return ModelSource(place, PurePosixPath(path.split("?")[0]).name or place.name, None)

    def _of_place(self, place: Path) -> ModelSource:
        """What lies in a job's folder was written by the job."""
        real, jobs = place.resolve(), self._paths.jobs.resolve()
        run = real.relative_to(jobs).parts[0] if real.is_relative_to(jobs) and real != jobs else None
        return ModelSource(place, place.name or "model", run)

    def _of_run(self, run: str, below: str, path: str) -> ModelSource:
        place = run_artifact(self._paths, RunPath(run, below))
        if not place.exists() and below:
            return _of_logged(self._runs.logged_model_of(run, below), path)
        return ModelSource(place, place.name, run)


def _of_logged(model: LoggedModel | None, path: str) -> ModelSource:
    if model is None:
        raise DataNotFound(
            _("There is nothing at {path}.", path=path),
            _("Check the path; a run's artifacts are under runs:/RUN/PATH, as mlflow logged them."),
        )
    place = local_path(model.artifacts)
    if place is None:
        raise NotSupported(
            _("A local workspace cannot reach {path}.", path=model.artifacts),
            _("Download the model, and register it from there."),
        )
    return ModelSource(place, "model" if place.name == "artifacts" else place.name, model.run)
