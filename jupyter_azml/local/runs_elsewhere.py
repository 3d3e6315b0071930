"""Runs that somebody begins over the network, by MLflow's REST API: jobs, too, of which nobody here sees the process.

No lock is held for them, so that they outlive whoever answers the network: as in Azure one is running until its client
ends it, or somebody cancels it.
"""

import json
import warnings
from contextlib import suppress
from subprocess import CalledProcessError
from typing import Any

from ..errors import AzmlError
from ..language import _
from ..tracking.interactive import NewRun, RunKeeper
from .bell import ring
from .files import read_json
from .launch import check_agent, ensure_agent
from .paths import JobPaths, WorkspacePaths
from .run_jobs import add_job, job_of_run

_SOURCE = "mlflow.source.name"


def is_elsewhere(folder: JobPaths) -> bool:
    """Whether the process that has the run is not known here."""
    worker: dict[str, Any] | None = read_json(folder.worker)
    return worker is not None and "pid" not in worker


class RunsElsewhere(RunKeeper):
    def __init__(self, paths: WorkspacePaths) -> None:
        self._paths = paths

    def begin(self, run: NewRun) -> bool:
        source = run.tags.get(_SOURCE, "")
        job = job_of_run(run, source if source.endswith(".ipynb") else "", {})
        try:
            check_agent(self._paths)
            add_job(self._paths, job, json.dumps({"job": run.id, "attempt": 1, "running": True})).release()
        except (AzmlError, OSError) as error:
            text = _("The run {name} is tracked, but is no job: {detail}", name=run.name, detail=error)
            warnings.warn(text, stacklevel=2)
            return False
        self._call_agent()
        return True

    def end(self, run_id: str) -> None:
        if self._paths.job(run_id).result.exists():
            self._call_agent()

    def leaving(self) -> str:
        return ""

    def open_runs(self) -> list[str]:
        return []

    def _call_agent(self) -> None:
        ring(self._paths)
        with suppress(OSError, CalledProcessError):  # whoever looks at the job tries again
            ensure_agent(self._paths)
