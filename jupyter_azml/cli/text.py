"""Entities as text for people."""

import os
import sys
from collections.abc import Callable
from datetime import UTC, datetime
from functools import singledispatch
from typing import Any, TextIO

from rich.console import Console
from rich.markup import escape
from rich.table import Table

from ..entities import (
    BatchDeployment,
    BatchEndpoint,
    CommandSpec,
    Compute,
    ComputeSchedule,
    ComputeSize,
    ComputeType,
    Connection,
    DataAsset,
    Datastore,
    Environment,
    Experiment,
    File,
    Job,
    JobStatus,
    MetricSummary,
    Model,
    Node,
    NotebookSpec,
    Page,
    RoleAssignment,
    Secret,
    Usage,
    WorkspaceInfo,
    is_own_metric,
)
from ..language import _

COLOURS = {JobStatus.COMPLETED: "green", JobStatus.FAILED: "red", JobStatus.CANCELED: "yellow"}


def console(stderr: bool = False) -> Console:
    """Without a terminal, and in one that is not to be drawn in, plain lines that nothing cuts and no control codes."""
    if is_plain(sys.stderr if stderr else sys.stdout):
        return Terminal(stderr=stderr, highlight=False, soft_wrap=True, width=1000, force_terminal=False, no_color=True)
    return Terminal(stderr=stderr, highlight=False, soft_wrap=True, force_terminal=True)


def is_plain(stream: TextIO) -> bool:
    """What CI systems, https://no-color.org and terminals without addressing ask for."""
    asked = os.environ.get("CI", "").lower() not in ("", "0", "false") or bool(os.environ.get("NO_COLOR"))
    return asked or os.environ.get("TERM", "") in ("", "dumb", "unknown") or not stream.isatty()


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
        _("Environment"): _environment_of(job),
        _("Inputs"): "\n".join(f"{name}: {value.path}" for name, value in job.inputs.items()),
        _("Models"): ", ".join(job.models),
        _("Notes"): "\n".join(note.message for note in job.notes),
    }
    out.print(facts_table(facts))
    if job.metrics:
        out.print(_metrics(job.metrics))
    for name, output in job.outputs.items():
        named = {"notebook": _("Notebook"), "default": _("Outputs")}
        label = named.get(name) or _("Output {name}", name=escape(name))
        out.print(f"[dim]{label}:[/] {escape(output.uri or output.path)}")


def _environment_of(job: Job) -> str:
    """With the versions that it ran with."""
    if job.environment is None:
        return ""
    versions = ", ".join(f"{name} {version}" for name, version in job.environment.packages.items())
    return f"{job.environment.name}:{job.environment.version}" + (f" ({versions})" if versions else "")


@print_text.register(CommandSpec)
@print_text.register(NotebookSpec)
def _submission(spec: CommandSpec | NotebookSpec) -> None:
    console().print(escape(_("Valid: a job of type {type} for {compute}.", type=spec.type, compute=spec.compute)))


@print_text.register
def _data_asset(asset: DataAsset) -> None:
    _page(Page[DataAsset](items=(asset,)))
    facts = {
        _("Description"): asset.description,
        _("Labels"): ", ".join(asset.labels),
        _("Tags"): ", ".join(f"{name} = {value}" for name, value in asset.tags.items()),
        _("Size"): "" if asset.size is None else readable_size(asset.size),
        _("Content"): asset.content_hash,
        _("Archived"): _("yes") if asset.archived else "",
        _("Written by"): asset.job or "",
        _("Read by"): ", ".join(asset.readers),
    }
    if any(facts.values()):
        console().print(facts_table(facts))


@print_text.register(BatchEndpoint)
@print_text.register(BatchDeployment)
def _batch(value: BatchEndpoint | BatchDeployment) -> None:
    _page(Page(items=(value,)))


@print_text.register
def _datastore(datastore: Datastore) -> None:
    _page(Page[Datastore](items=(datastore,)))


@print_text.register
def _environment(environment: Environment) -> None:
    _page(Page[Environment](items=(environment,)))
    out = console()
    conda = ", ".join(str(each) for each in _listed(environment.conda_file.get("dependencies")))
    facts = {
        _("Description"): environment.description,
        _("Tags"): ", ".join(f"{name} = {value}" for name, value in environment.tags.items()),
        _("Packages"): ", ".join(environment.packages),
        _("Conda file"): conda,
        _("Build context"): environment.build.path if environment.build else "",
        _("Reason"): environment.reason.message if environment.reason else "",
    }
    if any(facts.values()):
        out.print(facts_table(facts))
    if environment.resolved:
        out.print(_versions(environment.resolved))
    for note in environment.notes:
        out.print(f"[dim]{escape(note.message)}[/]")


def _listed(value: Any) -> list[Any]:
    return value if isinstance(value, list) else []


def _versions(packages: dict[str, str]) -> Table:
    table = Table(_("Package"), _("Version"), box=None, pad_edge=False, header_style="bold")
    for name, version in packages.items():
        table.add_row(escape(name), escape(version))
    return table


@print_text.register
def _compute(compute: Compute) -> None:
    _page(Page[Compute](items=(compute,)))
    out, is_instance = console(), compute.type is ComputeType.COMPUTEINSTANCE
    minutes = compute.idle_minutes_before_shutdown
    facts = {
        _("Description"): compute.description,
        _("Tags"): ", ".join(f"{name} = {value}" for name, value in compute.tags.items()),
        _("Tier"): compute.tier if compute.type is ComputeType.AMLCOMPUTE else "",
        _("Least nodes"): str(compute.min_nodes) if compute.type is ComputeType.AMLCOMPUTE else "",
        _("Scales down after"): f"{compute.idle_seconds_before_scale_down} s"
        if compute.type is ComputeType.AMLCOMPUTE
        else "",
        _("Stops when idle for"): f"{minutes} min" if is_instance and minutes else "",
        _("Schedules"): ", ".join(_schedule(each) for each in compute.schedules),
        _("In Azure"): compute.resource_id,
    }
    if any(facts.values()):
        out.print(facts_table(facts))
    for note in compute.notes:
        out.print(f"[dim]{escape(note.message)}[/]")


def show_in_columns(kind: type, headers: tuple[str, ...], row_of: Callable[[Any], tuple[str, ...]]) -> None:
    """How a page of these is printed."""
    _COLUMNS[kind] = headers, row_of


def duration(job: Job) -> str:
    if job.started is None:
        return ""
    seconds = ((job.ended or datetime.now(UTC)) - job.started).total_seconds()
    return readable_seconds(seconds)


def readable_size(size: float) -> str:
    """Of 1024 to a step, as a file's size is told."""
    for unit in ("B", "KB", "MB"):
        if size < 1024:
            return f"{size:.0f} {unit}" if unit == "B" else f"{size:.1f} {unit}"
        size /= 1024
    return f"{size:.1f} GB"


def readable_seconds(seconds: float) -> str:
    if seconds < 60:
        return f"{seconds:.1f} s"
    minutes, rest = divmod(round(seconds), 60)
    return f"{minutes // 60} h {minutes % 60:02} min" if minutes >= 60 else f"{minutes} min {rest:02} s"


def facts_table(facts: dict[str, str]) -> Table:
    table = Table(box=None, show_header=False, pad_edge=False)
    for name, value in facts.items():
        if value:
            table.add_row(f"[dim]{name}[/]", escape(value))
    return table


def _schedule(schedule: ComputeSchedule) -> str:
    trigger = schedule.trigger
    when = trigger.expression or f"{trigger.interval} {trigger.frequency}"
    return f"{schedule.action}: {when} ({trigger.time_zone})"


def _metrics(metrics: tuple[MetricSummary, ...]) -> Table:
    headers = (_("Metric"), _("Last"), _("Lowest"), _("Highest"), _("Points"))
    table = Table(*headers, box=None, pad_edge=False, header_style="bold")
    # What the job took of the machine comes after what it measured.
    for metric in sorted(metrics, key=lambda metric: not is_own_metric(metric.key)):
        table.add_row(
            escape(metric.key), f"{metric.last:.6g}", f"{metric.min:.6g}", f"{metric.max:.6g}", str(metric.count)
        )
    return table


def _when(moment: datetime | None) -> str:
    return moment.astimezone().strftime("%Y-%m-%d %H:%M") if moment else ""


_COLUMNS: dict[type, tuple[tuple[str, ...], Any]] = {
    BatchEndpoint: (
        ("Name", "Default deployment", "Created", "Description"),
        lambda each: (each.name, each.default_deployment, _when(each.created), escape(each.description)),
    ),
    BatchDeployment: (
        ("Name", "Endpoint", "Model", "Compute", "Files at once", "Processes", "Created"),
        lambda each: (
            each.name,
            each.endpoint_name,
            escape(each.model),
            escape(each.compute),
            str(each.settings.mini_batch_size),
            str(each.settings.instance_count * each.settings.max_concurrency_per_instance),
            _when(each.created),
        ),
    ),
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
        ("Name", "Type", "State", "Size", "Busy / idle / most nodes"),
        lambda compute: (
            escape(compute.name),
            compute.type,
            compute.state,
            compute.size,
            "" if compute.type.is_attached else f"{compute.busy_nodes} / {compute.idle_nodes} / {compute.max_nodes}",
        ),
    ),
    Node: (
        ("Name", "Compute", "State", "Job", "Created"),
        lambda node: (node.name, escape(node.compute), node.state, node.job or "", _when(node.created)),
    ),
    ComputeSize: (
        ("Name", "Family", "Cores", "Memory (GiB)", "GPUs"),
        lambda size: (
            size.name,
            size.family,
            str(size.cores),
            f"{size.memory_gb:g}",
            f"{size.gpus} × {size.gpu}" if size.gpu else (str(size.gpus) if size.gpus else ""),
        ),
    ),
    Usage: (
        ("Quota", "Used", "Limit"),
        lambda usage: (usage.name, str(usage.used), str(usage.limit)),
    ),
    WorkspaceInfo: (
        ("Name", "Kind", "In use", "Description", "Place"),
        lambda info: (
            escape(info.name),
            info.kind,
            "●" if info.attached else "",
            escape(info.description),
            escape(info.location),
        ),
    ),
    RoleAssignment: (
        ("Who", "Kind", "Role", "Inherited", "Scope"),
        lambda each: (
            escape(each.principal),
            each.principal_type,
            escape(each.role),
            "●" if each.is_inherited else "",
            escape(each.scope),
        ),
    ),
    Connection: (
        ("Name", "Type", "Target", "Credentials"),
        lambda each: (escape(each.name), escape(each.type), escape(each.target), ", ".join(each.credentials)),
    ),
    DataAsset: (
        ("Name", "Version", "Type", "Created", "Job", "Place"),
        lambda asset: (
            asset.name,
            asset.version,
            asset.type,
            _when(asset.created),
            asset.job or "",
            escape(asset.path),
        ),
    ),
    Datastore: (
        ("Name", "Type", "Place", "Credentials", "Default"),
        lambda store: (
            store.name,
            store.type,
            escape(store.path or f"{store.endpoint or store.account_name}/{store.container_name}"),
            store.credentials,
            "●" if store.is_default else "",
        ),
    ),
    Environment: (
        ("Name", "Version", "State", "Created", "Made of"),
        lambda each: (
            escape(each.name),
            escape(each.version),
            each.state,
            _when(each.created),
            escape(", ".join([*each.packages, *(["conda"] if each.conda_file else []), each.image][:4]).strip(", ")),
        ),
    ),
    File: (
        ("Path", "Size", "Modified"),
        lambda file: (
            escape(f"{file.path}/" if file.is_folder else file.path),
            "" if file.is_folder else readable_size(file.size),
            _when(file.modified),
        ),
    ),
    Model: (
        ("Name", "Version", "Type", "Stage", "Aliases", "Created", "Job", "Size"),
        lambda model: (
            escape(model.name),
            escape(model.version),
            model.type,
            escape(model.stage),
            escape(", ".join(model.aliases)),
            _when(model.created),
            model.lineage.job or "",
            readable_size(model.size) if model.files else "",
        ),
    ),
    Secret: (
        ("Name", "Created"),
        lambda secret: (secret.name, _when(secret.created)),
    ),
    Experiment: (
        ("Name", "Jobs", "Last used"),
        lambda experiment: (escape(experiment.name), str(experiment.jobs), _when(experiment.last_created)),
    ),
}
