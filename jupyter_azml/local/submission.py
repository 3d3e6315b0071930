"""From a specification to a job that waits: checked where the user still looks, then written whole."""

import getpass
import json
import re
from datetime import UTC, datetime
from pathlib import Path

from ..entities import CommandSpec, Job, JobSpec, JobStatus, JobType, NotebookSpec
from ..errors import Conflict, UsageError
from ..execution.git import git_facts
from ..execution.notebook import check_kernel
from ..execution.snapshot import list_snapshot, write_snapshot
from ..language import _
from .command_check import check_command, notes_of
from .computes import LocalComputes, check_admits
from .connections import check_named
from .db import Database
from .files import write_whole
from .filesystem import writing
from .names import new_job_name
from .paths import WorkspacePaths
from .records import insert_job
from .submitter import describe_submitter

# Of the service: https://learn.microsoft.com/azure/machine-learning/reference-yaml-job-command; MLflow takes 32 more.
_NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9_-]{0,254}")


def submit_job(paths: WorkspacePaths, db: Database, computes: LocalComputes, spec: JobSpec) -> Job:
    """Raises what ``JobsOperations.submit`` says."""
    compute = computes.get(spec.compute)
    check_admits(compute, spec)
    _check_name(db, spec.name)
    check_named(db, spec)
    if isinstance(spec, CommandSpec):
        check_command(paths, db, compute, spec)
    elif spec.kernel_name:
        check_kernel(spec.kernel_name)
    with writing(paths.folder):
        job = _make_job(paths, compute.name, spec)
        _write_folder(paths, job)
    with db.write() as connection:
        computes.check_is_there(connection, job.compute)
        insert_job(connection, job)
    return job


def _make_job(paths: WorkspacePaths, compute: str, spec: JobSpec) -> Job:
    is_notebook = isinstance(spec, NotebookSpec)
    snapshot, git = None, {}
    if spec.code:
        always = spec.notebook if isinstance(spec, NotebookSpec) else ""
        snapshot = write_snapshot(list_snapshot(Path(spec.code), always), paths.snapshots)
        git = git_facts(Path(spec.code))
    name = spec.name or new_job_name()
    return Job(
        name=name,
        display_name=spec.display_name or (Path(spec.notebook).stem if isinstance(spec, NotebookSpec) else name),
        description=spec.description,
        experiment=spec.experiment,
        type=JobType.NOTEBOOK if is_notebook else JobType.COMMAND,
        spec=spec,
        status=JobStatus.QUEUED,
        created=datetime.now(UTC),
        compute=compute,
        inputs={} if isinstance(spec, NotebookSpec) else spec.data_inputs,
        parameters=spec.parameters if isinstance(spec, NotebookSpec) else spec.literal_inputs,
        tags=spec.tags,
        snapshot=snapshot,
        git=git,
        parent=(spec.parent_job_name or None) if isinstance(spec, CommandSpec) else None,
        notes=() if isinstance(spec, NotebookSpec) else notes_of(spec),
        owner=getpass.getuser(),
    )


def _write_folder(paths: WorkspacePaths, job: Job) -> None:
    folder = paths.job(job.name)
    try:
        folder.folder.mkdir(mode=0o700, parents=True)
    except FileExistsError as error:
        raise _taken(job.name) from error
    write_whole(folder.submitter, json.dumps(describe_submitter()))
    write_whole(folder.job, job.model_dump_json(indent=1))


def _check_name(db: Database, name: str | None) -> None:
    if name is None:
        return
    if not _NAME.fullmatch(name):
        raise UsageError(
            _("{name} cannot be a job's name.", name=name),
            _("Use up to 255 letters, digits, - and _, beginning with a letter or a digit."),
        )
    with db.read() as connection:
        if connection.execute("SELECT 1 FROM jobs WHERE name = ?", (name,)).fetchone():
            raise _taken(name)


def _taken(name: str) -> Conflict:
    return Conflict(
        _("There is a job named {name} already.", name=name),
        _("Choose another name, or leave it out: one is made up."),
    )
