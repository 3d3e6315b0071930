"""Jobs of an Azure ML workspace."""

from collections.abc import Mapping, Sequence
from typing import BinaryIO

from ..arm import WorkspaceId, job_from_arm
from ..entities import Axis, Event, EventBatch, File, Job, JobQuery, JobSpec, JobStatus, Page, Series, StatusChanged
from ..errors import JobNotFound, NotFound, NotSupported
from ..language import _
from ..workspace import JobsOperations
from .client import ArmClient
from .paging import read_page
from .paths import path_to

_VIEWS = {"active": "ActiveOnly", "archived": "ArchivedOnly", "all": "All"}


class AzureJobs(JobsOperations):
    pause = 2.0  # each look is a request per job, and the service counts them

    def __init__(self, client: ArmClient, workspace: WorkspaceId) -> None:
        self._client = client
        self._workspace = workspace

    def submit(self, spec: JobSpec) -> Job:
        """Raises NotSupported: a job's code must first be uploaded to the workspace's storage."""
        raise NotSupported(
            _("Jobs cannot be submitted to Azure yet."),
            _("Run it here with `azml attach local`; jobs that run in Azure can be watched and canceled."),
        )

    def list(self, query: JobQuery | None = None, *, limit: int = 50, continuation: str | None = None) -> Page[Job]:
        """Raises NotSupported for another order than the service's own."""
        wanted = query or JobQuery()
        if (wanted.sort, wanted.descending) != ("created", True):
            raise NotSupported(
                _("Azure lists jobs with the newest first, and in no other order."),
                _("Leave the order out, or sort what comes: azml job list -o json"),
            )
        # Apart from archived jobs the service filters by nothing that we can ask for.
        return read_page(
            self._client,
            path_to(self._workspace, "jobs"),
            query={"listViewType": _VIEWS[wanted.archived]},
            read=job_from_arm,
            keep=wanted.admits,
            limit=limit,
            continuation=continuation,
        )

    def get(self, name: str) -> Job:
        try:
            return job_from_arm(self._client.get(path_to(self._workspace, "jobs", name)))
        except NotFound as error:
            raise _job_not_found(name, error) from None

    def cancel(self, name: str) -> Job:
        job = self.get(name)
        if job.status.is_terminal:
            return job
        try:
            self._client.post(path_to(self._workspace, "jobs", name, "cancel"))
        except NotFound as error:
            raise _job_not_found(name, error) from None
        return self.get(name)

    def archive(self, name: str) -> Job:
        """Raises NotSupported."""
        raise _only_in_studio()

    def restore(self, name: str) -> Job:
        """Raises NotSupported."""
        raise _only_in_studio()

    def delete(self, name: str) -> None:
        """Raises NotSupported."""
        raise _only_in_studio()

    def events(self, cursors: Mapping[str, str], *, brief: bool = False) -> EventBatch:
        """Status changes only; the cursor is the status that was seen last."""
        events: list[Event] = []
        seen = dict(cursors)
        for name, cursor in cursors.items():
            if _has_ended(cursor):
                continue
            job = self.get(name)
            if job.status != cursor:
                events.append(StatusChanged(job=job.name, status=job.status, reason=job.reason))
                seen[name] = job.status.value
        return EventBatch(events=tuple(events), cursors=seen)

    def files(self, name: str, path: str = "", *, limit: int = 200, continuation: str | None = None) -> Page[File]:
        """Raises NotSupported."""
        raise _no_files()

    def open(self, name: str, path: str) -> BinaryIO:
        """Raises NotSupported."""
        raise _no_files()

    def snapshot(self, name: str, *, limit: int = 200, continuation: str | None = None) -> Page[File]:
        """Raises NotSupported."""
        raise _no_files()

    def series(
        self,
        name: str,
        keys: Sequence[str] = (),
        *,
        axis: Axis = "step",
        start: float | None = None,
        end: float | None = None,
        most: int = 1000,
    ) -> tuple[Series, ...]:
        """Raises NotSupported."""
        raise NotSupported(
            _("Metrics of a job in Azure cannot be read yet."), _("Azure ML studio shows them: https://ml.azure.com")
        )


def _has_ended(cursor: str) -> bool:
    return any(cursor == status and status.is_terminal for status in JobStatus)


def _job_not_found(name: str, error: NotFound) -> NotFound:
    if type(error) is not NotFound:
        return error
    return JobNotFound(_("There is no job named {name}.", name=name), _("`azml job list` shows the jobs."))


def _only_in_studio() -> NotSupported:
    return NotSupported(
        _("Jobs in Azure cannot be archived, restored or deleted yet."),
        _("Azure ML studio does it: https://ml.azure.com"),
    )


def _no_files() -> NotSupported:
    return NotSupported(
        _("Files of a job in Azure cannot be read yet."), _("Azure ML studio shows them: https://ml.azure.com")
    )
