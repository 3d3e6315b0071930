"""Submitting a notebook: checked here, where the user still looks, rather than in a job that fails later."""

from pathlib import Path
from typing import Any

from ..entities import Job, NotebookSpec
from ..execution.notebook import check_parameters, kernel_of, read_notebook
from ..workspace import Workspace


def run_notebook(
    workspace: Workspace,
    path: Path,
    *,
    parameters: dict[str, Any] | None = None,
    kernel_name: str | None = None,
    compute: str | None = None,
    experiment: str | None = None,
    display_name: str | None = None,
    execution_timeout: int | None = None,
) -> Job:
    """Queues the notebook with the folder that it is in.

    Raises NotebookError, ComputeNotFound, SnapshotTooLarge, WorkspaceError.
    """
    path = path.expanduser().absolute()
    notebook = read_notebook(path)
    check_parameters(notebook, path, list(parameters or {}))
    spec = NotebookSpec(
        notebook=path.name,
        code=str(path.parent),
        parameters=parameters or {},
        kernel_name=kernel_of(notebook, path, kernel_name),
        execution_timeout=execution_timeout,
        compute=compute or "local",
        experiment=experiment or path.parent.name or "Default",
        display_name=display_name or path.stem,
    )
    return workspace.jobs.submit(spec)
