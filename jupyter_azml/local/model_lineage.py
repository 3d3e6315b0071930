"""From which job a model comes, and what is known of that job."""

from pydantic import JsonValue

from ..entities import CellSpec, Job, ModelLineage, NotebookSpec
from ..errors import JobNotFound
from .jobs import LocalJobs
from .runs import Runs

_MOST_DEEP = 20


def lineage_of(jobs: LocalJobs, runs: Runs, run: str | None) -> ModelLineage:
    """Of a run, or of a job's name, which is its run's; as far as it is known now."""
    if run is None:
        return ModelLineage()
    facts = runs.facts(run)
    job = _job_of(jobs, runs, run)
    parameters: dict[str, JsonValue] = dict(facts.parameters) if facts else {}
    metrics = dict(facts.metrics) if facts else {}
    if job is None:
        return ModelLineage(run=run, parameters=parameters, metrics=metrics)
    if job.name.lower() == run.lower():
        metrics |= {metric.key: metric.last for metric in job.metrics if not metric.key.startswith("system/")}
    return ModelLineage(
        job=job.name,
        run=None if job.name.lower() == run.lower() else run,
        parameters={**job.parameters, **parameters},
        metrics={key: value for key, value in metrics.items() if not key.startswith("system/")},
        inputs={name: value.path for name, value in job.inputs.items()},
        snapshot=job.snapshot,
        environment=_environment(job),
        git=job.git,
    )


def _job_of(jobs: LocalJobs, runs: Runs, run: str) -> Job | None:
    """The job itself, or the one that the run is inside of."""
    found: str | None = run
    for _step in range(_MOST_DEEP):
        if found is None:
            return None
        try:
            return jobs.get(found)
        except JobNotFound:
            facts = runs.facts(found)
            found = facts.parent if facts else None
    return None


def _environment(job: Job) -> dict[str, JsonValue]:
    spec = job.spec
    found: dict[str, JsonValue] = {"environment": spec.environment} if spec.environment else {}
    if isinstance(spec, CellSpec):
        found |= {"python": spec.python, **spec.packages}
    elif isinstance(spec, NotebookSpec) and spec.kernel_name:
        found["kernel"] = spec.kernel_name
    return found
