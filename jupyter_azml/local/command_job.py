"""A job of type command, in its worker."""

import os
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from ..entities import CommandSpec, Job, JobStatus, Reason
from ..execution.cancellation import Cancellation
from ..execution.command import run_command
from ..execution.distribution import processes_of
from ..execution.journal import CellJournal
from ..execution.substitution import substitute
from .data_around import DataAround
from .paths import JobPaths, WorkspacePaths
from .phases import Phases


def run_command_job(
    paths: WorkspacePaths,
    folder: JobPaths,
    job: Job,
    phases: Phases,
    cancellation: Cancellation,
    mask: Sequence[str] = (),
) -> tuple[JobStatus, Reason, dict[str, Any]]:
    """``os.environ`` is the job's, and its code is unpacked. What comes third goes into result.json."""
    if not isinstance(job.spec, CommandSpec):
        raise TypeError(job.spec)
    journal = CellJournal(folder.events, folder.std_log, mask)
    try:
        data = DataAround(paths, folder, job, job.spec.data_inputs, job.spec.outputs, phases)
        end = data.bring(cancellation) or data.prepare()
        if end is None:
            phases.running()
            end = _run(folder, job, job.spec, data, journal, cancellation)
        return *data.keep(end), data.facts
    finally:
        journal.close()


def _run(
    folder: JobPaths, job: Job, spec: CommandSpec, data: DataAround, journal: CellJournal, cancellation: Cancellation
) -> tuple[JobStatus, Reason]:
    literals = {
        **{f"inputs.{name}": str(value) for name, value in spec.literal_inputs.items()},
        **{f"search_space.{name}": str(value) for name, value in spec.search_space.items()},
    }
    places = {
        **{f"inputs.{name}": path for name, path in data.inputs.items()},
        **{f"outputs.{name}": path for name, path in data.outputs.items()},
    }
    outcome = run_command(
        substitute(spec.command, literals, places),
        processes_of(spec),
        folder=folder.code,
        environment=_environment(job, spec, data),
        journal=journal,
        logs=folder.std_log.parent,
        cancellation=cancellation,
    )
    return outcome.status, outcome.reason


def _environment(job: Job, spec: CommandSpec, data: DataAround) -> dict[str, str]:
    """Names as in the service: data, and a sweep's words for what is no data."""
    found = dict(os.environ)
    if not (job.environment and job.environment.requirements):
        # Whoever submitted the job may have called its Python by its whole path.
        found["PATH"] = os.pathsep.join((str(Path(sys.executable).parent), found.get("PATH", os.defpath)))
    found.setdefault("PYTHONUNBUFFERED", "1")
    found |= data.variables()
    for name, value in {**spec.literal_inputs, **spec.search_space}.items():
        found[f"AZUREML_PARAMETER_{name}"] = str(value)
    return found
