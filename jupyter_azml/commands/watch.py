"""``azml watch``."""

import click

from ..actions.watch_jobs import JobsWatch, watch_jobs
from ..entities import JobQuery
from .filters import filtered
from .options import job_names
from .session import Session, Verb, pass_session


@click.command("watch", cls=Verb)
@click.argument("names", nargs=-1, shell_complete=job_names)
@filtered
@click.option("--max-results", "limit", type=click.IntRange(1, 200), default=10, show_default=True, help="How many.")
@pass_session
def watch(session: Session, names: tuple[str, ...], query: JobQuery | None, limit: int) -> JobsWatch:
    """Jobs side by side as they run, with their metrics. None named: the newest that have not ended."""
    return watch_jobs(session.workspace, names, query, limit)
