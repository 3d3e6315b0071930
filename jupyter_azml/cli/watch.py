"""Several jobs in a terminal: a table that is drawn anew as they go on. Elsewhere a line when one of them changes."""

import time
from collections.abc import Sequence

from rich.console import Console
from rich.live import Live
from rich.markup import escape
from rich.table import Table
from rich.text import Text

from ..actions.watch_jobs import JobsWatch
from ..commands.plain import as_data
from ..entities import EPOCH, Job, JobStatus, Page, is_own_metric
from ..language import _
from .data import print_data
from .exit_codes import JOB_FAILED
from .text import COLOURS, console, duration

COLUMNS = 5
"""Metrics at most; fewer where the terminal is narrow."""
LONGEST_NAME = 40


def show_watch(watch: JobsWatch, output: str) -> int:
    """Prints until all jobs have ended; the exit code says whether all completed. Ctrl-C leaves them running."""
    as_text = output == "table"
    out = console(stderr=not as_text)
    try:
        if out.is_terminal:
            _draw(watch, out)
        else:
            _tell(watch, out)
    except KeyboardInterrupt:
        out.print(_("The jobs go on. Watch them again with: azml watch"))
        raise
    jobs = tuple(watch.jobs.values())
    if not as_text:
        print_data(as_data(Page[Job](items=jobs)), output)
    elif not out.is_terminal:
        out.print(table_of(jobs, 10_000))
    return 0 if all(job.status is JobStatus.COMPLETED for job in jobs) else JOB_FAILED


def _draw(watch: JobsWatch, out: Console) -> None:
    def table() -> Table:
        return table_of(tuple(watch.jobs.values()), out.width, out.height)

    with Live(get_renderable=table, console=out, refresh_per_second=4):
        _follow(watch)


def _follow(watch: JobsWatch) -> None:
    while not watch.is_over:
        if not watch.look():
            time.sleep(watch.workspace.jobs.pause)


def _tell(watch: JobsWatch, out: Console) -> None:
    told: dict[str, str] = {}
    while not watch.is_over:
        for name in watch.look():
            job = watch.jobs[name]
            line = f"{job.name}  {job.display_name}  {job.status}"
            if job.reason and job.status is not JobStatus.COMPLETED:
                line += f": {job.reason.message}"
            if told.get(name) != line:
                told[name] = line
                out.print(Text(line))
        time.sleep(watch.workspace.jobs.pause)


def table_of(jobs: Sequence[Job], width: int, height: int = 10_000) -> Table:
    """The last value of each metric. What does not fit is left out and counted."""
    room = max(1, height - 4)
    named = min(max(len(job.display_name) for job in jobs), LONGEST_NAME)
    keys = _keys(jobs)[: max(1, min(COLUMNS, (width - named - 32) // 12))]
    table = Table(box=None, pad_edge=False, header_style="bold", expand=False)
    table.add_column(_("Job"), no_wrap=True, overflow="ellipsis", max_width=LONGEST_NAME)
    for header in (_("Status"), _("Cells"), _("Duration")):
        table.add_column(header, no_wrap=True)
    for key in keys:
        table.add_column(escape(key), justify="right", no_wrap=True, overflow="ellipsis")
    for job in jobs[:room]:
        last = {metric.key: f"{metric.last:.5g}" for metric in job.metrics}
        table.add_row(
            escape(job.display_name),
            f"[{COLOURS.get(job.status, 'cyan')}]{_(job.status.value)}[/]",
            f"{job.progress.cell}/{job.progress.cells}" if job.progress else "",
            duration(job),
            *(last.get(key, "") for key in keys),
        )
    if len(jobs) > room:
        table.caption = _("and {n} more", n=len(jobs) - room)
    return table


def _keys(jobs: Sequence[Job]) -> list[str]:
    keys = dict.fromkeys(metric.key for job in jobs for metric in job.metrics)
    return [key for key in keys if is_own_metric(key) and key != EPOCH]
