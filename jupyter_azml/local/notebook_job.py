"""A job of type notebook, in its worker. Importing this module takes over a second: nbclient, papermill."""

import os
from collections.abc import Sequence
from typing import Any

from ..entities import JobStatus, NotebookSpec, Reason
from ..execution.cancellation import Cancellation
from ..execution.journal import CellJournal
from ..execution.notebook import cells_to_run, read_notebook
from ..execution.run import run_notebook
from .files import write_whole
from .paths import JobPaths
from .processes import identity


def run_notebook_job(
    folder: JobPaths, spec: NotebookSpec, order: dict[str, Any], cancellation: Cancellation, mask: Sequence[str]
) -> tuple[JobStatus, Reason, dict[str, Any]]:
    notebook = folder.code / spec.notebook
    cells = len(cells_to_run(read_notebook(notebook))) + bool(spec.parameters)
    write_whole(folder.worker, identity(**order, running=True, cells=cells))
    os.chdir(notebook.parent)
    journal = CellJournal(folder.events, folder.std_log, mask)
    outcome = run_notebook(
        notebook,
        folder.outputs / notebook.name,
        journal=journal,
        cancellation=cancellation,
        parameters=dict(spec.parameters),
        kernel_name=spec.kernel_name,
        execution_timeout=spec.execution_timeout,
    )
    journal.close()
    return outcome.status, outcome.reason, {}
