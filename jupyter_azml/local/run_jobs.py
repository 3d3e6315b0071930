"""Jobs behind MLflow's runs, that were begun and not submitted: their folders and rows."""

import getpass
from collections.abc import Mapping
from datetime import UTC, datetime

from ..entities import InteractiveSpec, Job, JobStatus, JobType, Reason
from ..tracking.interactive import NewRun
from .computes import LOCAL
from .db import Database
from .files import remove_tree, write_whole
from .filesystem import writing
from .locks import FileLock
from .paths import WorkspacePaths
from .records import insert_job


def job_of_run(run: NewRun, notebook: str, git: Mapping[str, str]) -> Job:
    tags = {name: value for name, value in run.tags.items() if not name.startswith("mlflow.")}
    spec = InteractiveSpec(
        name=run.id,
        display_name=run.name,
        experiment=run.experiment,
        description=run.tags.get("mlflow.note.content", ""),
        tags=tags,
        notebook=notebook,
    )
    return Job(
        name=run.id,
        display_name=run.name,
        description=spec.description,
        experiment=run.experiment,
        type=JobType.INTERACTIVE,
        spec=spec,
        status=JobStatus.STARTING,
        reason=Reason.of("AgentStarting"),
        created=datetime.now(UTC),
        compute=LOCAL,
        tags=tags,
        git=dict(git),
        owner=getpass.getuser(),
    )


def add_job(paths: WorkspacePaths, job: Job, worker: str) -> FileLock:
    """Its worker.lock, held. ``worker``: for worker.json. Raises AzmlError, OSError, and then nothing is there."""
    folder = paths.job(job.name)
    with writing(paths.folder):
        folder.folder.mkdir(mode=0o700, parents=True)
        lock = FileLock.take(folder.lock)
    try:
        if lock is None:
            raise FileExistsError(folder.lock)
        with writing(paths.folder):
            folder.artifacts.mkdir()
            write_whole(folder.worker, worker)
            write_whole(folder.job, job.model_dump_json(indent=1))
        # A connection of its own: this may be a thread of the notebook's, or a forked child.
        with Database(paths.database, paths.setup_lock).write() as connection:
            insert_job(connection, job)
    except BaseException:
        if lock:
            lock.release()
        remove_tree(folder.folder)
        raise
    return lock
