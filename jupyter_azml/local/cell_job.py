"""A job of type cell, in its worker: a notebook of one cell, whose kernel is first given what the cell reads."""

import os
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from ..entities import CellSpec, DataType, Job, JobStatus, Output, Reason
from ..execution.cancellation import Cancellation
from ..execution.cell.kernel import code_to_restore
from ..execution.cell.returned import FOLDER, LIST
from ..execution.journal import CellJournal
from ..execution.masking import maskable
from ..execution.remote import cell_notebook
from ..execution.run import run_notebook
from .files import read_json, write_whole
from .paths import JobPaths
from .processes import identity

_KERNEL = "python3"
_RESERVED = ("default", "notebook")
"""Outputs that every job has."""


def run_cell_job(
    folder: JobPaths,
    job: Job,
    spec: CellSpec,
    order: dict[str, Any],
    cancellation: Cancellation,
    mask: Sequence[str],
    python: Path | None = None,
) -> tuple[JobStatus, Reason, dict[str, Any]]:
    """What comes third goes into result.json: where the values that come back are."""
    write_whole(folder.cell, cell_notebook(spec.source, spec.kernel_name or _KERNEL))
    write_whole(folder.worker, identity(**order, running=True, cells=1))
    os.chdir(folder.code)
    journal = CellJournal(folder.events, folder.std_log, maskable(mask), folder.unsaved)
    returns = folder.outputs / FOLDER
    before = code_to_restore(
        str(folder.payload) if spec.payload else "",
        [each.name for each in spec.captured],
        spec.python,
        spec.packages,
        {"job": job.name, "folder": str(returns), "names": spec.returns, "root": str(folder.code)},
    )
    outcome = run_notebook(
        folder.cell,
        folder.outputs / folder.cell.name,
        journal=journal,
        cancellation=cancellation,
        parameters={},
        kernel_name=spec.kernel_name or _KERNEL,
        execution_timeout=spec.execution_timeout,
        before=before,
        python=python,
    )
    journal.close()
    reason = outcome.reason.model_copy(update={"values": journal.mask.inside(outcome.reason.values)})
    came, missing = _returned(returns)
    if outcome.status is JobStatus.COMPLETED and missing:
        names = ", ".join(f"{name} ({journal.mask(why)})" for name, why in missing.items())
        reason = Reason.of("FinishedWithout", names=names)
    return outcome.status, reason, {"outputs": came}


def _returned(folder: Path) -> tuple[dict[str, dict[str, Any]], dict[str, str]]:
    """The values that came back, as outputs; and those that did not, with the reason."""
    came, missing = {}, {}
    for name, facts in ((read_json(folder / LIST) or {}).get("values") or {}).items():
        if why := facts.get("why"):
            missing[name] = str(why)
        elif name not in _RESERVED:
            path = f"outputs/{FOLDER}/{facts['file']}"
            output = Output(type=DataType.URI_FILE, path=path, uri=str(folder / facts["file"]))
            came[name] = output.to_data()
    return came, missing
