"""Jobs side by side: what they were given, what they measured, and what was written otherwise."""

import json
from collections.abc import Iterator, Mapping, Sequence
from typing import Any, NamedTuple

from ..entities import (
    CellSpec,
    CommandSpec,
    ComparedMetric,
    Comparison,
    InteractiveSpec,
    Job,
    MetricSummary,
    NotebookSpec,
    SourceChange,
    is_own_metric,
)
from ..errors import FileNotInJob, NotSupported, UsageError
from ..language import _
from ..workspace import Workspace
from .facts import facts_of

Known = Mapping[str, Any]


def compare_jobs(workspace: Workspace, names: Sequence[str]) -> Comparison:
    """Changes are told against the first. Raises JobNotFound, UsageError for fewer than two."""
    if len(names) < 2:
        raise UsageError(_("There is nothing to compare one job with."), _("Name two or more: azml job compare A B"))
    jobs = [workspace.jobs.get(name) for name in names]
    return Comparison(
        jobs=tuple(job.name for job in jobs),
        titles=tuple(job.display_name for job in jobs),
        facts=(
            *facts_of("about", [_about(job) for job in jobs]),
            *facts_of("parameter", [job.parameters for job in jobs]),
            *facts_of("input", [{name: value.path for name, value in job.inputs.items()} for job in jobs]),
            *facts_of("environment", [_environment(workspace, job) for job in jobs]),
            *facts_of("git", [job.git for job in jobs]),
        ),
        metrics=tuple(_metrics(jobs)),
        changes=tuple(_changes(workspace, jobs)),
    )


def _about(job: Job) -> Known:
    seconds = (job.ended - job.started).total_seconds() if job.ended and job.started else None
    return {
        "status": job.status.value,
        "type": job.type.value,
        "experiment": job.experiment,
        "compute": job.compute,
        "seconds": seconds,
        "snapshot": job.snapshot,
    }


def _environment(workspace: Workspace, job: Job) -> Known:
    """As far as it was written down."""
    spec, variables = job.spec, dict(job.spec.environment_variables)
    if job.environment:
        variables |= {"environment": f"{job.environment.name}:{job.environment.version}", **job.environment.packages}
    elif spec.environment:
        variables["environment"] = (
            spec.environment if isinstance(spec.environment, str) else json.dumps(spec.environment)
        )
    if isinstance(spec, CellSpec):
        return {"python": spec.python, **spec.packages, **variables}
    if isinstance(spec, CommandSpec):
        return variables
    if isinstance(spec, InteractiveSpec):
        return {"notebook": spec.notebook or None}
    executed = job.outputs.get("notebook")
    metadata = _json(workspace, job, executed.path).get("metadata", {}) if executed else {}
    kernel = metadata.get("kernelspec", {}).get("name") or spec.kernel_name
    return {"kernel": kernel, "python": metadata.get("language_info", {}).get("version"), **variables}


def _metrics(jobs: Sequence[Job]) -> Iterator[ComparedMetric]:
    of_each = [{metric.key: metric for metric in job.metrics} for job in jobs]
    keys = sorted({key for metrics in of_each for key in metrics}, key=lambda key: (not is_own_metric(key), key))
    for key in keys:
        yield ComparedMetric(key=key, summaries=tuple(metrics.get(key) for metrics in of_each))


def _changes(workspace: Workspace, jobs: Sequence[Job]) -> Iterator[SourceChange]:
    from .source_diff import diff_of_notebooks, diff_of_texts, notebook_of

    texts = [_source(workspace, job) for job in jobs]
    for job, text in zip(jobs[1:], texts[1:], strict=True):
        if texts[0] is None or text is None:
            continue
        notebooks = [notebook_of(texts[0]), notebook_of(text)]
        are_notebooks = all(isinstance(each.spec, NotebookSpec) for each in (jobs[0], job)) and all(notebooks)
        diff = diff_of_notebooks(*notebooks) if are_notebooks else diff_of_texts(texts[0], text)
        yield SourceChange(job=job.name, text=diff)


def _source(workspace: Workspace, job: Job) -> str | None:
    """What was submitted: a notebook's JSON, a cell, a command. None when the files are gone or out of reach."""
    if isinstance(job.spec, CellSpec):
        return job.spec.source
    if isinstance(job.spec, CommandSpec):
        return job.spec.command
    if isinstance(job.spec, InteractiveSpec):
        return None  # nothing travelled
    return _text(workspace, job, f"code/{job.spec.notebook}")


def _json(workspace: Workspace, job: Job, path: str) -> dict[str, Any]:
    try:
        value = json.loads(_text(workspace, job, path) or "")
    except ValueError:
        return {}
    return value if isinstance(value, dict) else {}


def _text(workspace: Workspace, job: Job, path: str) -> str | None:
    try:
        with workspace.jobs.open(job.name, path) as file:
            return file.read().decode("utf-8", "replace")
    except (FileNotInJob, NotSupported):
        return None


class Row(NamedTuple):
    """One line of the table that people are shown."""

    section: str
    """What it is about, in the language of whoever reads it."""
    name: str
    cells: tuple[str, ...]
    differs: bool


def rows_of(comparison: Comparison) -> list[Row]:
    """Facts, then what each metric was at last and how far it went."""
    titles = {
        "about": _("Job"),
        "model": _("Model"),
        "parameter": _("Parameters"),
        "input": _("Inputs"),
        "environment": _("Environment"),
        "git": "git",
        "file": _("Files"),
    }
    rows = [
        Row(titles[fact.kind], fact.name, tuple(_shown(value) for value in fact.values), fact.differs)
        for fact in comparison.facts
    ]
    for metric in comparison.metrics:
        cells = tuple(_summary(summary) for summary in metric.summaries)
        rows.append(Row(_("Metrics"), metric.key, cells, len(set(cells)) > 1))
    return rows


def _shown(value: Any) -> str:
    if value is None:
        return ""
    return f"{value:.6g}" if isinstance(value, float) else value if isinstance(value, str) else json.dumps(value)


def _summary(metric: MetricSummary | None) -> str:
    if metric is None:
        return ""
    return f"{metric.last:.6g}" if metric.count == 1 else f"{metric.last:.6g}  ({metric.min:.4g} … {metric.max:.4g})"
