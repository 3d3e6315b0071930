"""A workspace in memory, behind the real port: what a test puts into it is what it has."""

import io
from collections.abc import Callable, Mapping, Sequence
from datetime import UTC, datetime
from typing import Any, BinaryIO

from jupyter_azml.entities import (
    Compute,
    ComputeSize,
    ComputeState,
    ComputeType,
    Connection,
    DataAsset,
    EventBatch,
    Experiment,
    File,
    Job,
    JobQuery,
    JobSpec,
    JobStatus,
    JobType,
    Node,
    NotebookSpec,
    Page,
    Reason,
    Secret,
    Series,
    StatusChanged,
    Usage,
    WorkspaceInfo,
    advance,
)
from jupyter_azml.errors import (
    ComputeNotFound,
    ConnectionNotFound,
    DataNotFound,
    JobNotFound,
    NotSupported,
    SecretNotFound,
)
from jupyter_azml.workspace import (
    ComputesOperations,
    ConnectionsOperations,
    DataOperations,
    ExperimentsOperations,
    JobsOperations,
    SecretsOperations,
    Workspace,
)

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
        lacking = Lacking()
        self.datastores = self.models = self.environments = self.monitoring = self.roles = self.tracking = lacking
        self.endpoints = self.batch_endpoints = lacking
        self.data = FakeData()
        self.connections = FakeConnections()
        self.secrets = FakeSecrets()

    def info(self) -> WorkspaceInfo:
        return WorkspaceInfo(name="fake", kind="local", location="memory")

    def update(self, **changes: object) -> WorkspaceInfo:
        raise NotSupported("The fake stays as it is.")


class Lacking:
    """Groups of operations that the fake does without."""

    @property
    def deployments(self) -> "Lacking":
        return self

    def __getattr__(self, name: str) -> Callable[..., Any]:
        def refuse(*_arguments: object, **_options: object) -> Any:
            raise NotSupported(f"The fake has no {name}.")

        return refuse


class FakeJobs(JobsOperations):
    def __init__(self, jobs: Sequence[Job]) -> None:
        self.held = {job.name.lower(): job for job in jobs}

    def put(self, job: Job) -> None:
        self.held[job.name.lower()] = job

    def submit(self, spec: JobSpec) -> Job:
        raise NotSupported("The fake runs nothing.")

    def list(self, query: JobQuery | None = None, *, limit: int = 50, continuation: str | None = None) -> Page[Job]:
        wanted = query or JobQuery()
        return page_of([job for job in self.held.values() if wanted.admits(job)], limit, continuation)

    def get(self, name: str) -> Job:
        if name.lower() not in self.held:
            raise JobNotFound(f"There is no job named {name}.", "Look at the list.")
        return self.held[name.lower()]

    def cancel(self, name: str) -> Job:
        job = self.get(name)
        if not job.status.is_terminal:
            self.put(advance(job, JobStatus.CANCEL_REQUESTED, Reason.of("CancelRequested"), NOON))
        return self.get(name)

    def archive(self, name: str) -> Job:
        self.put(self.get(name).model_copy(update={"archived": True}))
        return self.get(name)

    def restore(self, name: str) -> Job:
        self.put(self.get(name).model_copy(update={"archived": False}))
        return self.get(name)

    def update(self, name: str, **changes: object) -> Job:
        said = {field: value for field, value in changes.items() if value is not None}
        self.put(self.get(name).model_copy(update=said))
        return self.get(name)

    def delete(self, name: str) -> None:
        del self.held[self.get(name).name.lower()]

    def events(self, cursors: Mapping[str, str], *, brief: bool = False) -> EventBatch:
        jobs = [self.get(name) for name in cursors]
        changed = [StatusChanged(job=job.name, status=job.status) for job in jobs if cursors[job.name] != job.status]
        return EventBatch(events=tuple(changed), cursors={job.name: job.status.value for job in jobs})

    def files(self, name: str, path: str = "", *, limit: int = 200, continuation: str | None = None) -> Page[File]:
        return Page[File](items=())

    def open(self, name: str, path: str) -> BinaryIO:
        return io.BytesIO()

    def snapshot(self, name: str, *, limit: int = 200, continuation: str | None = None) -> Page[File]:
        return Page[File](items=())

    def series(self, name: str, keys: Sequence[str] = (), **bounds: object) -> tuple[Series, ...]:
        self.get(name)
        return ()


class FakeComputes(ComputesOperations):
    def __init__(self, computes: Sequence[Compute]) -> None:
        self.held = {compute.name.lower(): compute for compute in computes}

    def list(
        self, *, type: ComputeType | None = None, limit: int = 50, continuation: str | None = None
    ) -> Page[Compute]:
        return page_of([each for each in self.held.values() if type in (None, each.type)], limit, continuation)

    def get(self, name: str) -> Compute:
        if name.lower() not in self.held:
            raise ComputeNotFound(f"There is no compute named {name}.", "The fake has: local")
        return self.held[name.lower()]

    def create_or_update(self, compute: Compute) -> Compute:
        self.held[compute.name.lower()] = compute
        return compute

    def delete(self, name: str) -> None:
        del self.held[self.get(name).name.lower()]

    def start(self, name: str) -> Compute:
        return self._put_state(name, ComputeState.RUNNING)

    def stop(self, name: str) -> Compute:
        return self._put_state(name, ComputeState.STOPPED)

    def restart(self, name: str) -> Compute:
        return self._put_state(name, ComputeState.RUNNING)

    def nodes(self, name: str) -> Page[Node]:
        return Page[Node](items=())

    def sizes(self) -> Page[ComputeSize]:
        return Page[ComputeSize](items=())

    def usage(self) -> Page[Usage]:
        return Page[Usage](items=())

    def _put_state(self, name: str, state: ComputeState) -> Compute:
        return self.create_or_update(self.get(name).model_copy(update={"state": state}))


class FakeExperiments(ExperimentsOperations):
    def list(self, *, limit: int = 50, continuation: str | None = None) -> Page[Experiment]:
        return Page[Experiment](items=())


class FakeData(DataOperations):
    def list(self, name: str | None = None, **_words: object) -> Page[DataAsset]:
        return Page[DataAsset](items=())

    def get(self, name: str, version: str | None = None, *, label: str | None = None) -> DataAsset:
        raise DataNotFound(f"There is no data asset named {name}.")

    def _absent(self, *_args: object, **_words: object) -> Any:
        raise NotSupported("The fake keeps no data.")

    create = upload = update = archive = restore = locate = stat = browse = open = fetch = _absent


class FakeConnections(ConnectionsOperations):
    def list(self, *, limit: int = 50, continuation: str | None = None) -> Page[Connection]:
        return Page[Connection](items=())

    def get(self, name: str) -> Connection:
        raise ConnectionNotFound(f"There is no connection named {name}.")

    def create_or_update(self, connection: Connection, credentials: Mapping[str, str]) -> Connection:
        raise NotSupported("The fake keeps no connections.")

    def credentials(self, name: str) -> dict[str, str]:
        raise ConnectionNotFound(f"There is no connection named {name}.")

    def delete(self, name: str) -> None:
        raise ConnectionNotFound(f"There is no connection named {name}.")


class FakeSecrets(SecretsOperations):
    def list(self, *, limit: int = 50, continuation: str | None = None) -> Page[Secret]:
        return Page[Secret](items=())

    def set(self, name: str, value: str) -> Secret:
        raise NotSupported("The fake keeps no secrets.")

    def delete(self, name: str) -> None:
        raise SecretNotFound(f"There is no secret named {name}.")


def page_of(items: Sequence, limit: int, continuation: str | None) -> Page:
    start = int(continuation or 0)
    end = start + limit
    return Page(items=tuple(items[start:end]), continuation=str(end) if end < len(items) else None)
