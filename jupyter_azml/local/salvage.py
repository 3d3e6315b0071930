"""Jobs as their own folders tell them, for a database that has none."""

from datetime import UTC, datetime
from pathlib import Path

from ..entities import Job
from .locks import is_held
from .outcome import outcome_of
from .paths import WorkspacePaths


def jobs_from_folders(paths: WorkspacePaths) -> list[Job]:
    """In the order of submission. A folder without a readable job.json is passed over."""
    folders = paths.jobs.iterdir() if paths.jobs.is_dir() else ()
    # A name that begins with a dot is a job that was removed.
    found = [job for folder in folders if folder.name[0] != "." and (job := _job_from_folder(paths, folder.name))]
    return sorted(found, key=lambda job: job.created)


def _job_from_folder(paths: WorkspacePaths, name: str) -> Job | None:
    folder = paths.job(name)
    try:
        job = Job.model_validate_json(folder.job.read_text("utf-8"))
    except (OSError, ValueError):
        return None
    # One that never started, or still runs, is queued again: the agent adopts a living worker and starts none twice.
    if not folder.worker.exists() or is_held(folder.lock):
        return job
    outcome = outcome_of(folder, job, canceled=False)
    times = {"started": job.created, "ended": _last_change(folder.folder)}
    return job.model_copy(update={"status": outcome.status, "reason": outcome.reason, **outcome.facts, **times})


def _last_change(folder: Path) -> datetime:
    return datetime.fromtimestamp(max(file.stat().st_mtime for file in folder.iterdir()), UTC)
