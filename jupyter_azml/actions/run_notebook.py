"""Submitting a notebook: checked here, where the user still looks, rather than in a job that fails later."""

from pathlib import Path
from typing import Any

from ..entities import Job, NotebookSpec
from ..workspace import Workspace
from .create_job import check_notebook, submit


def run_notebook(
    workspace: Workspace,
    path: Path,
    *,
    compute: str | None = None,
    experiment: str | None = None,
    display_name: str | None = None,
    save_as: Path | None = None,
    **fields: Any,
) -> Job:
    """Queues the notebook with the folder that it is in; ``fields`` are further ones of ``NotebookSpec``.

    Raises NotebookError, ComputeNotFound, NotFound, SnapshotTooLarge, WorkspaceError.
    """
    path = path.expanduser().absolute()
    spec = NotebookSpec(
        notebook=path.name,
        code=str(path.parent),
        compute=compute or "local",
        experiment=experiment or path.parent.name or "Default",
        display_name=display_name or path.stem,
        **fields,
    )
    return submit(workspace, check_notebook(spec), save_as)
