"""Entities as text for people."""

from datetime import UTC, datetime
from functools import singledispatch
from typing import Any

from rich.console import Console
from rich.markup import escape
from rich.table import Table

from ..entities import Compute, Experiment, Job, JobStatus, MetricSummary, Page, WorkspaceInfo
from ..language import _

COLOURS = {JobStatus.COMPLETED: "green", JobStatus.FAILED: "red", JobStatus.CANCELED: "yellow"}


def console(stderr: bool = False) -> Console:
    """Follows NO_COLOR and the terminal's width; a pipe gets plain lines that nothing cuts."""
    made = Terminal(stderr=stderr, highlight=False, soft_wrap=True)
    return made if made.is_terminal else Terminal(stderr=stderr, highlight=False, soft_wrap=True, width=1000)


class Terminal(Console):
    def on_broken_pipe(self) -> None:
        # rich would end the process as failed.
        raise BrokenPipeError


@singledispatch
def print_text(value: Any) -> None:
    print(value)


@print_text.register
def _page(page: Page) -> None:  # type: ignore[type-arg]  # singledispatch needs the plain class
    if not page.items:
        console(stderr=True).print(_("Nothing here yet."))
        return
    headers, row_of = _COLUMNS[type(page.items[0])]
    table = Table(*[_(header) for header in headers], box=None, pad_edge=False, header_style="bold")
    for item in page.items:
        table.add_row(*row_of(item))
    console().print(table)


@print_text.register
def _job(job: Job) -> None:
    out = console()
    colour = COLOURS.get(job.status, "cyan")
    out.print(f"[bold]{escape(job.display_name)}[/]  [{colour}]{job.status}[/]  [dim]{job.name}[/]")
    if job.reason:
        out.print(escape(job.reason.message))
    facts = {
        _("Experiment"): job.experiment,
        _("Compute"): job.compute,
        _("Duration"): duration(job),
        _("Cells"): f"{job.progress.cell} / {job.progress.cells}" if job.progress else "",
        _("Parameters"): ", ".join(f"{name} = {value!r}" for name, value in job.parameters.items()),
    }
    table = Table(box=None, show_header=False, pad_edge=False)
    for name, value in facts.items():
        if value:
            table.add_row(f"[dim]{name}[/]", escape(value))
    out.print(table)
    if job.metrics:
        out.print(_metrics(job.metrics))
    for name, output in job.outputs.items():
        label = _("Notebook") if name == "notebook" else _("Outputs")
        out.print(f"[dim]{label}:[/] {escape(output.uri or output.path)}")


@print_text.register
def _workspace(info: WorkspaceInfo) -> None:
    console().print(
        _("Workspace {name} ({kind}) at {location}", name=info.name, kind=info.kind, location=info.location)
    )


@print_text.register
def _compute(compute: Compute) -> None:
    _page(Page[Compute](items=(compute,)))


def duration(job: Job) -> str:
    if job.started is None:
        return ""
    seconds = ((job.ended or datetime.now(UTC)) - job.started).total_seconds()
    return readable_seconds(seconds)


def readable_seconds(seconds: float) -> str:
    if seconds < 60:
        return f"{seconds:.1f} s"
    minutes, rest = divmod(round(seconds), 60)
    return f"{minutes // 60} h {minutes % 60:02} min" if minutes >= 60 else f"{minutes} min {rest:02} s"


def _metrics(metrics: tuple[MetricSummary, ...]) -> Table:
    headers = (_("Metric"), _("Last"), _("Lowest"), _("Highest"), _("Points"))
    table = Table(*headers, box=None, pad_edge=False, header_style="bold")
    for metric in metrics:
        table.add_row(
            escape(metric.key), f"{metric.last:.6g}", f"{metric.min:.6g}", f"{metric.max:.6g}", str(metric.count)
        )
    return table


def _when(moment: datetime | None) -> str:
    return moment.astimezone().strftime("%Y-%m-%d %H:%M") if moment else ""


_COLUMNS: dict[type, tuple[tuple[str, ...], Any]] = {
    Job: (
        ("Name", "Status", "Job", "Experiment", "Created", "Duration", "Cells"),
        lambda job: (
            job.name,
            f"[{COLOURS.get(job.status, 'cyan')}]{job.status}[/]",
            escape(job.display_name),
            escape(job.experiment),
            _when(job.created),
            duration(job),
            f"{job.progress.cell}/{job.progress.cells}" if job.progress else "",
        ),
    ),
    Compute: (
        ("Name", "Type", "State", "Nodes", "Description"),
        lambda compute: (
            escape(compute.name),
            compute.type,
            compute.state,
            f"{compute.busy_nodes}/{compute.max_nodes}",
            escape(compute.description),
        ),
    ),
    Experiment: (
        ("Name", "Jobs", "Last used"),
        lambda experiment: (escape(experiment.name), str(experiment.jobs), _when(experiment.last_created)),
    ),
}
