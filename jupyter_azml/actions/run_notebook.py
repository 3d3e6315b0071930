"""Submitting a notebook: checked here, where the user still looks, rather than in a job that fails later."""

import os
from collections.abc import Collection, Mapping
from pathlib import Path
from typing import Any

from ..entities import Job, NotebookSpec
from ..errors import UsageError
from ..language import _
from ..workspace import Workspace
from .create_job import check_notebook, submit
from .fingerprint import fingerprint_of


def run_notebook(workspace: Workspace, path: Path, *, save_as: Path | None = None, **asked: Any) -> Job:
    """Queues the notebook with the folder that it is in; ``asked`` is what ``notebook_spec`` takes.

    Raises NotebookError, ComputeNotFound, NotFound, SnapshotTooLarge, WorkspaceError.
    """
    return submit(workspace, notebook_spec(path, **asked), save_as)


def notebook_spec(
    path: Path,
    *,
    compute: str | None = None,
    experiment: str | None = None,
    display_name: str | None = None,
    cwd: Path | None = None,
    writes: Collection[Path] = (),
    texts: Mapping[str, str] | None = None,
    **fields: Any,
) -> NotebookSpec:
    """What is to be submitted; ``fields`` are further ones of ``NotebookSpec``.

    ``cwd`` is where the kernel starts, papermill's: it travels with the notebook. ``writes`` are files that the same
    line writes for other ends. Raises NotebookError, SnapshotTooLarge, SnapshotUnreadable, UsageError.
    """
    path = path.expanduser().absolute()
    folder = _folder_with(path.parent, cwd.expanduser().absolute()) if cwd else path.parent
    spec = NotebookSpec(
        notebook=path.relative_to(folder).as_posix(),
        code=str(folder),
        working_directory=cwd.expanduser().absolute().relative_to(folder).as_posix() if cwd else "",
        compute=compute or "local",
        experiment=experiment or path.parent.name or "Default",
        display_name=display_name or path.stem,
        **fields,
    )
    spec = check_notebook(spec, texts)
    return spec.model_copy(update={"fingerprint": fingerprint_of(spec, writes)})


def _folder_with(folder: Path, cwd: Path) -> Path:
    """The folder that holds both. Raises UsageError."""
    if not cwd.is_dir():
        raise UsageError(_("There is no folder at {path}.", path=cwd), _("The job would start there; check --cwd."))
    common = Path(os.path.commonpath([folder, cwd]))
    if common in (Path(common.anchor), Path.home()) and common not in (folder, cwd):
        raise UsageError(
            _("{cwd} and the notebook are too far apart to travel together.", cwd=cwd),
            _("The job runs in a copy: move the notebook below that folder, or leave --cwd out."),
        )
    return common
