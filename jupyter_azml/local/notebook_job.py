"""A job of type notebook, in its worker. Importing this module takes over a second: nbclient, papermill."""

import os
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path
from typing import Any

from ..entities import Job, JobStatus, NotebookSpec, Reason
from ..entities.secrecy import hidden_values
from ..execution.cancellation import Cancellation
from ..execution.journal import CellJournal
from ..execution.masking import maskable
from ..execution.notebook import cells_to_run, read_notebook
from ..execution.run import run_notebook
from .data_around import DataAround
from .files import write_whole
from .paths import JobPaths, WorkspacePaths
from .phases import Phases
from .processes import identity


def run_notebook_with_data(
    paths: WorkspacePaths,
    folder: JobPaths,
    job: Job,
    spec: NotebookSpec,
    order: dict[str, Any],
    phases: Phases,
    cancellation: Cancellation,
    mask: Sequence[str],
    python: Path | None,
) -> tuple[JobStatus, Reason, dict[str, Any]]:
    """What it reads is brought first, and what it wrote is kept; it finds the places in parameters of their names."""
    data = DataAround(paths, folder, job, spec.inputs, spec.outputs, phases)
    end = data.bring(cancellation) or data.prepare()
    if end is None:
        os.environ.update(data.variables())
        places = {**data.inputs, **data.outputs}
        spec = spec.model_copy(update={"parameters": {**places, **spec.parameters}})
        end = run_notebook_job(folder, spec, order, cancellation, mask, python)
    return *data.keep(end), data.facts


def run_notebook_job(
    folder: JobPaths,
    spec: NotebookSpec,
    order: dict[str, Any],
    cancellation: Cancellation,
    mask: Sequence[str],
    python: Path | None = None,
) -> tuple[JobStatus, Reason]:
    notebook = folder.code / spec.notebook
    cells = len(cells_to_run(read_notebook(notebook))) + bool(spec.parameters)
    write_whole(folder.worker, identity(**order, running=True, cells=cells))
    os.chdir(_working_directory(folder, spec) if spec.working_directory else notebook.parent)
    hidden = hidden_values(spec.parameters, spec.secret_parameters)
    journal = CellJournal(folder.events, folder.std_log, maskable([*mask, *hidden]), folder.unsaved)
    outcome = run_notebook(
        notebook,
        folder.outputs / notebook.name,
        journal=journal,
        cancellation=cancellation,
        parameters=dict(spec.parameters),
        secret_parameters=spec.secret_parameters,
        kernel_name=spec.kernel_name,
        execution_timeout=spec.execution_timeout,
        start_timeout=spec.start_timeout,
        language=spec.language,
        report_mode=spec.report_mode,
        python=python,
    )
    journal.close()
    reason = outcome.reason.model_copy(update={"values": journal.mask.inside(outcome.reason.values)})
    return outcome.status, reason


def _working_directory(folder: JobPaths, spec: NotebookSpec) -> Path:
    """It may have held nothing that travels; ./outputs is found in it, too."""
    chosen = folder.code / spec.working_directory
    chosen.mkdir(parents=True, exist_ok=True)
    with suppress(FileExistsError):
        (chosen / "outputs").symlink_to(folder.outputs)
    return chosen
