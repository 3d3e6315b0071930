"""``azml job …``."""

from pathlib import Path

import click

from ..actions.download_job import Download, download_job
from ..actions.follow_job import JobStream
from ..actions.job_cost import job_cost
from ..actions.preview_snapshot import preview_snapshot
from ..actions.show_snapshot import show_snapshot
from ..entities import Job, JobQuery, Page, Snapshot
from ..entities.cost import JobCost
from .filters import filtered, sorted_by
from .job_change import archive_jobs, cancel_jobs, delete_jobs, restore_jobs, update_job
from .job_compare import best, compare
from .job_create import create, validate
from .options import job_named, paged
from .session import Grammar, Session, pass_session


@click.group(cls=Grammar)
def job() -> None:
    """List, show, follow, change and download jobs."""


for _verb in (create, validate, compare, best, update_job, cancel_jobs, archive_jobs, restore_jobs, delete_jobs):
    job.add_command(_verb)


@job.command("list")
@filtered
@sorted_by
@paged
@pass_session
def list_jobs(session: Session, query: JobQuery | None, limit: int, continuation: str | None) -> Page[Job]:
    """The newest jobs first."""
    return session.workspace.jobs.list(query, limit=limit, continuation=continuation)


@job.command("show")
@job_named
@click.option("--snapshot", is_flag=True, help="The files that travelled with it, and what git knew of them.")
@pass_session
def show_job(session: Session, name: str, snapshot: bool) -> Job | Snapshot:
    """Status, reason, parameters, metrics and outputs of one job."""
    return show_snapshot(session.workspace, name) if snapshot else session.workspace.jobs.get(name)


@job.command("cost")
@job_named
@pass_session
def cost(session: Session, name: str) -> JobCost:
    """The machines that a job took, and for how long; prices are your subscription's."""
    return job_cost(session.workspace, name)


@job.command("stream")
@job_named
@pass_session
def stream_job(session: Session, name: str) -> JobStream:
    """Follow a job: its cells, what they print, its metrics."""
    return JobStream(session.workspace, name)


@job.command("preview")
@click.argument("path", type=click.Path(path_type=Path))
def preview_job(path: Path) -> Snapshot:
    """The files that would travel with a job: of a notebook, a job.yml or a folder."""
    return preview_snapshot(path)


@job.command("download")
@job_named
@click.option(
    "-p", "--download-path", type=click.Path(path_type=Path), default=Path(), help="Where to. Default: this folder."
)
@click.option("--all", "everything", is_flag=True, help="Logs and code too.")
@click.option("--output-name", help="This output alone.")
@pass_session
def download_files(
    session: Session, name: str, download_path: Path, everything: bool, output_name: str | None
) -> Download:
    """Bring a job's outputs here, into a folder of its name."""
    return download_job(session.workspace, name, download_path, everything=everything, output=output_name)
