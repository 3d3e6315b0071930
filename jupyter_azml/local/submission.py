"""From a specification to a job that waits: checked where the user still looks, then written whole."""

import getpass
import json
import os
import shutil
import sqlite3
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from ..entities import CellSpec, CommandSpec, InteractiveSpec, Job, JobSpec, JobStatus, JobType, NotebookSpec
from ..entities.address import asset_named
from ..errors import NotSupported
from ..execution.git import git_facts
from ..execution.notebook import cell_title, check_kernel
from ..execution.snapshot import list_snapshot, write_snapshot
from ..language import _
from ..schemas.job_names import check_job_name, job_name_taken, new_job_name
from ..storage.places import MODELS
from .asset_rows import find_row, note_read
from .command_check import check_command, check_data, notes_of
from .computes import LocalComputes, check_admits
from .connections import check_named
from .db import Database
from .environments.settling import settle_environment
from .files import write_whole
from .filesystem import writing
from .hidden import forget_hidden, keep_hidden, split_hidden
from .paths import JobPaths, WorkspacePaths
from .records import insert_job
from .submitter import describe_submitter


def submit_job(paths: WorkspacePaths, db: Database, computes: LocalComputes, spec: JobSpec) -> Job:
    """Raises what ``JobsOperations.submit`` says."""
    if isinstance(spec, InteractiveSpec):
        raise NotSupported(
            _("A run of an attached notebook is not submitted."),
            _("Begin it there: mlflow.start_run() after %azml attach. Or run the notebook: azml run NOTEBOOK.ipynb"),
        )
    compute = computes.get(spec.compute)
    check_admits(compute, spec)
    _check_name(db, spec.name)
    check_named(db, spec)
    if isinstance(spec, CommandSpec):
        check_command(paths, db, compute, spec)
    elif spec.kernel_name:
        check_kernel(spec.kernel_name)
    if isinstance(spec, NotebookSpec):
        check_data(paths, db, spec)
    environment, notes = settle_environment(paths, db, spec)
    spec, hidden = split_hidden(spec)
    with writing(paths.folder):
        payload = spec.payload if isinstance(spec, CellSpec) else ""
        if isinstance(spec, CellSpec) and payload:
            spec = spec.model_copy(update={"payload": paths.job("").payload.name})
        job = _make_job(paths, compute.name, spec)
        job = job.model_copy(update={"environment": environment, "notes": (*job.notes, *notes)})
        _write_folder(paths, job, payload)
        keep_hidden(paths, job.name, hidden)
    try:
        with db.write() as connection:
            computes.check_is_there(connection, job.compute)
            insert_job(connection, job)
            _note_reads(connection, job)
    except Exception:
        forget_hidden(paths, job.name)
        raise
    return job


def _note_reads(connection: sqlite3.Connection, job: Job) -> None:
    """For the lineage of data assets."""
    for value in job.inputs.values():
        asset = asset_named(value.path)
        if asset and value.type not in MODELS:
            row = find_row(connection, asset.name, asset.version, label=asset.label)
            note_read(connection, row, job.name)


def _make_job(paths: WorkspacePaths, compute: str, spec: JobSpec) -> Job:
    snapshot, git = None, {}
    if spec.code:
        always = spec.notebook if isinstance(spec, NotebookSpec) else ""
        snapshot = write_snapshot(list_snapshot(Path(spec.code), always), paths.snapshots)
        git = git_facts(Path(spec.code))
    name = spec.name or new_job_name()
    return Job(
        name=name,
        display_name=spec.display_name or _title(spec) or name,
        description=spec.description,
        experiment=spec.experiment,
        type=JobType(spec.type),
        spec=spec,
        status=JobStatus.QUEUED,
        created=datetime.now(UTC),
        compute=compute,
        inputs=spec.data_inputs if isinstance(spec, CommandSpec | NotebookSpec) else {},
        parameters=_parameters(spec),
        tags=spec.tags,
        snapshot=snapshot,
        git=git,
        parent=(spec.parent_job_name or None) if isinstance(spec, CommandSpec) else None,
        notes=notes_of(spec) if isinstance(spec, CommandSpec) else spec.notes if isinstance(spec, CellSpec) else (),
        owner=getpass.getuser(),
    )


def _title(spec: JobSpec) -> str:
    match spec:
        case NotebookSpec():
            return Path(spec.notebook).stem
        case CellSpec():
            return cell_title(spec.source)
    return ""


def _parameters(spec: JobSpec) -> dict[str, Any]:
    match spec:
        case NotebookSpec():
            return spec.parameters
        case CommandSpec():
            return spec.literal_inputs
    return {}


def _write_folder(paths: WorkspacePaths, job: Job, payload: str) -> None:
    folder = paths.job(job.name)
    try:
        folder.folder.mkdir(mode=0o700, parents=True)
    except FileExistsError as error:
        raise job_name_taken(job.name) from error
    if payload:
        _take_payload(Path(payload), folder)
    write_whole(folder.submitter, json.dumps(describe_submitter()))
    write_whole(folder.job, job.model_dump_json(indent=1))


def _take_payload(source: Path, folder: JobPaths) -> None:
    """Whoever submitted it keeps the file; on one disk both mean the same bytes, which nobody writes to."""
    try:
        os.link(source, folder.payload)
    except OSError:
        shutil.copyfile(source, folder.payload)
        folder.payload.chmod(0o600)


def _check_name(db: Database, name: str | None) -> None:
    if name is None:
        return
    check_job_name(name)
    with db.read() as connection:
        if connection.execute("SELECT 1 FROM jobs WHERE name = ?", (name,)).fetchone():
            raise job_name_taken(name)
