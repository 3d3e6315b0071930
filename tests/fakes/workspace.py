"""A workspace in memory, behind the real port: what a test puts into it is what it has."""

import io
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from typing import BinaryIO

from jupyter_azml.entities import (
    Compute,
    ComputeState,
    ComputeType,
    EventBatch,
    Experiment,
    File,
    Job,
    JobStatus,
    JobType,
    NotebookSpec,
    Page,
    Reason,
    StatusChanged,
    WorkspaceInfo,
    advance,
)
from jupyter_azml.errors import ComputeNotFound, JobNotFound, NotSupported
from jupyter_azml.workspace import ComputesOperations, ExperimentsOperations, JobsOperations, Workspace

NOON = datetime(2026, 11, 20, 12, 0, tzinfo=UTC)


def make_job(name: str, status: JobStatus = JobStatus.RUNNING, **fields: object) -> Job:
    spec = NotebookSpec(notebook="train.ipynb", code="/home/ada/churn", parameters={"lr": 0.1}, kernel_name="python3")
    usual = {
        "name": name,
        "display_name": f"{name} (shown)",
        "experiment": "churn",
        "type": JobType.NOTEBOOK,
        "spec": spec,
        "status": status,
        "created": NOON,
        "parameters": spec.parameters,
    }
    return Job.model_validate(usual | fields)


class FakeWorkspace(Workspace):
    def __init__(self, jobs: Sequence[Job] = (), computes: Sequence[Compute] = ()) -> None:
        local = Compute(name="local", type=ComputeType.LOCAL, state=ComputeState.RUNNING, max_nodes=2)
        self.jobs = FakeJobs(jobs)
        self.computes = FakeComputes([local, *computes])
        self.experiments = FakeExperiments()

    def info(self) -> WorkspaceInfo:
        return WorkspaceInfo(name="fake", kind="local", location="memory")


class FakeJobs(JobsOperations):
    def __init__(self, jobs: Sequence[Job]) -> None:
        self.held = {job.name.lower(): job for job in jobs}

    def put(self, job: Job) -> None:
        self.held[job.name.lower()] = job

    def submit(self, spec: NotebookSpec) -> Job:
        raise NotSupported("The fake runs nothing.")

    def list(
        self,
        *,
        status: JobStatus | None = None,
        experiment: str | None = None,
        limit: int = 50,
        continuation: str | None = None,
    ) -> Page[Job]:
        kept = [
            job for job in self.held.values() if status in (None, job.status) and experiment in (None, job.experiment)
        ]
        return page_of(kept, limit, continuation)

    def get(self, name: str) -> Job:
        if name.lower() not in self.held:
            raise JobNotFound(f"There is no job named {name}.", "Look at the list.")
        return self.held[name.lower()]

    def cancel(self, name: str) -> Job:
        job = self.get(name)
        if not job.status.is_terminal:
            self.put(advance(job, JobStatus.CANCEL_REQUESTED, Reason.of("CancelRequested"), NOON))
        return self.get(name)

    def events(self, cursors: Mapping[str, str]) -> EventBatch:
        jobs = [self.get(name) for name in cursors]
        changed = [StatusChanged(job=job.name, status=job.status) for job in jobs if cursors[job.name] != job.status]
        return EventBatch(events=tuple(changed), cursors={job.name: job.status.value for job in jobs})

    def files(self, name: str, path: str = "", *, limit: int = 200, continuation: str | None = None) -> Page[File]:
        return Page[File](items=())

    def open(self, name: str, path: str) -> BinaryIO:
        return io.BytesIO()


class FakeComputes(ComputesOperations):
    def __init__(self, computes: Sequence[Compute]) -> None:
        self.held = {compute.name.lower(): compute for compute in computes}

    def list(self, *, limit: int = 50, continuation: str | None = None) -> Page[Compute]:
        return page_of([*self.held.values()], limit, continuation)

    def get(self, name: str) -> Compute:
        if name.lower() not in self.held:
            raise ComputeNotFound(f"There is no compute named {name}.", "The fake has: local")
        return self.held[name.lower()]


class FakeExperiments(ExperimentsOperations):
    def list(self, *, limit: int = 50, continuation: str | None = None) -> Page[Experiment]:
        return Page[Experiment](items=())


def page_of(items: Sequence, limit: int, continuation: str | None) -> Page:
    start = int(continuation or 0)
    end = start + limit
    return Page(items=tuple(items[start:end]), continuation=str(end) if end < len(items) else None)
