"""``azml job …``."""

import click

from ..actions.follow_job import JobStream
from ..entities import Job, JobStatus, Page
from .options import job_named, paged
from .session import Grammar, Session, pass_session


@click.group(cls=Grammar)
def job() -> None:
    """List, show, follow and cancel jobs."""


@job.command("list")
@click.option("--status", type=click.Choice([status.value for status in JobStatus], case_sensitive=False))
@click.option("--experiment", help="Only jobs of this experiment.")
@paged
@pass_session
def list_jobs(
    session: Session, status: str | None, experiment: str | None, limit: int, continuation: str | None
) -> Page[Job]:
    """The newest jobs first."""
    wanted = JobStatus(status) if status else None
    return session.workspace.jobs.list(status=wanted, experiment=experiment, limit=limit, continuation=continuation)


@job.command("show")
@job_named
@pass_session
def show_job(session: Session, name: str) -> Job:
    """Status, reason, parameters, metrics and outputs of one job."""
    return session.workspace.jobs.get(name)


@job.command("stream")
@job_named
@pass_session
def stream_job(session: Session, name: str) -> JobStream:
    """Follow a job: its cells, what they print, its metrics."""
    return JobStream(session.workspace, name)


@job.command("cancel")
@job_named
@pass_session
def cancel_job(session: Session, name: str) -> Job:
    """Ask a job to stop: its cell is interrupted and the notebook saved."""
    return session.workspace.jobs.cancel(name)
