"""The values that a cell's job has bound, or the error that it raised."""

from typing import Any, BinaryIO, NoReturn

from ..entities import CellSpec, Job, JobStatus
from ..errors import FileNotInJob, UsageError
from ..execution.cell.returned import FOLDER, ReturnedValues
from ..language import _
from ..workspace import Workspace
from .follow_job import JobStream, failure_of


def result_of(workspace: Workspace, name: str, which: str | None = None) -> Any:
    """Waits for the job. The value where it was asked for one, or ``which`` is named; else all of them by name.

    Raises the error that the cell raised, as itself where it can be rebuilt, else JobFailed; CellNotPortable for a
    value that did not come back; UsageError for a job that was asked for none.
    """
    spec = workspace.jobs.get(name).spec
    if not isinstance(spec, CellSpec) or not spec.returns:
        raise UsageError(
            _("The job {name} was not asked to return anything.", name=name),
            _("Name variables with %%azml run --return NAME; files are in the job's outputs."),
        )
    if which is not None and which not in spec.returns:
        raise UsageError(
            _("The job {name} was not asked to return {which}.", name=name, which=which),
            _("It returns: {names}.", names=", ".join(spec.returns)),
        )
    job = JobStream(workspace, name).wait()
    if job.status is not JobStatus.COMPLETED:
        raise_failure(workspace, job)
    returned = _returned(workspace, job)
    if which or len(spec.returns) == 1:
        return returned.load(which or spec.returns[0])
    return {each: returned.load(each) for each in spec.returns}


def raise_failure(workspace: Workspace, job: Job) -> NoReturn:
    """Raises the error of the cell with the lines of the user's own code; JobFailed where there is none to be had."""
    try:
        returned = _returned(workspace, job)
    except FileNotInJob:
        raise failure_of(job) from None
    facts = returned.error
    if facts is None:
        raise failure_of(job)
    if (error := returned.load_error()) is None:
        failed = failure_of(job)
        failed.ename, failed.evalue, failed.lines = facts["ename"], facts["evalue"], tuple(facts["traceback"])
        raise failed
    lines = [*facts["traceback"], _("In the job {name}.", name=job.name)]
    error.add_note(lines[-1])
    # IPython asks for this: the frames of this process are not where it went wrong.
    error._render_traceback_ = lambda: lines  # type: ignore[attr-defined]
    raise error


def _returned(workspace: Workspace, job: Job) -> ReturnedValues:
    def open_file(name: str) -> BinaryIO:
        return workspace.jobs.open(job.name, f"outputs/{FOLDER}/{name}")

    return ReturnedValues(job.name, open_file)
