"""Jobs of an Azure ML workspace."""

from collections.abc import Mapping
from typing import BinaryIO

from ..arm import WorkspaceId, job_from_arm
from ..entities import Event, EventBatch, File, Job, JobStatus, NotebookSpec, Page, StatusChanged
from ..errors import JobNotFound, NotFound, NotSupported
from ..language import _
from ..workspace import JobsOperations
from .client import ArmClient
from .paging import read_page
from .paths import path_to


class AzureJobs(JobsOperations):
    pause = 2.0  # each look is a request per job, and the service counts them

    def __init__(self, client: ArmClient, workspace: WorkspaceId) -> None:
        self._client = client
        self._workspace = workspace

    def submit(self, spec: NotebookSpec) -> Job:
        """Raises NotSupported: a job's code must first be uploaded to the workspace's storage."""
        raise NotSupported(
            _("Jobs cannot be submitted to Azure yet."),
            _("Run it here with `azml attach local`; jobs that run in Azure can be watched and canceled."),
        )

    def list(
        self,
        *,
        status: JobStatus | None = None,
        experiment: str | None = None,
        limit: int = 50,
        continuation: str | None = None,
    ) -> Page[Job]:
        # The service can filter by neither.
        return read_page(
            self._client,
            path_to(self._workspace, "jobs"),
            query={"listViewType": "ActiveOnly"},
            read=job_from_arm,
            keep=lambda job: status in (None, job.status) and experiment in (None, job.experiment),
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

    def events(self, cursors: Mapping[str, str]) -> EventBatch:
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


def _has_ended(cursor: str) -> bool:
    return any(cursor == status and status.is_terminal for status in JobStatus)


def _job_not_found(name: str, error: NotFound) -> NotFound:
    if type(error) is not NotFound:
        return error
    return JobNotFound(_("There is no job named {name}.", name=name), _("`azml job list` shows the jobs."))


def _no_files() -> NotSupported:
    return NotSupported(
        _("Files of a job in Azure cannot be read yet."), _("Azure ML studio shows them: https://ml.azure.com")
    )
