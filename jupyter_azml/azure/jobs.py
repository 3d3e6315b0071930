"""Jobs of an Azure ML workspace: what there is of them, and what may be done. ``submission.py`` makes new ones."""

import time
from collections.abc import Mapping, Sequence
from functools import lru_cache
from typing import Any, BinaryIO

from ..arm import WorkspaceId, job_from_arm
from ..arm.jobs import tells_all
from ..arm.shape import mapping
from ..entities import Axis, EventBatch, File, Job, JobQuery, JobSpec, Page, Series
from ..errors import Conflict, JobNotFound, NotFound, NotSupported, ServiceError
from ..language import _
from ..schemas.job_names import check_job_name, job_name_taken, new_job_name
from ..workspace import JobsOperations
from .api import RegionalApi
from .client import ArmClient
from .code import AzureCode
from .job_events import JobEvents, Seen
from .job_facts import JobFacts, job_not_found
from .job_files import JobFiles, no_file
from .metrics import RunMetrics
from .paging import read_page
from .paths import path_to
from .submission import Submission

_VIEWS = {"active": "ActiveOnly", "archived": "ArchivedOnly", "all": "All"}
_PATIENCE = 60.0
"""Seconds in which a job that is deleted has to be gone."""


class AzureJobs(JobsOperations):
    pause = 2.0  # each look is some requests per job, and the service counts them

    def __init__(
        self,
        client: ArmClient,
        workspace: WorkspaceId,
        api: RegionalApi,
        files: JobFiles,
        code: AzureCode,
        submission: Submission,
    ) -> None:
        self._client = client
        self._workspace = workspace
        self._api = api
        self._files = files
        self._code = code
        self._submission = submission
        self._metrics = RunMetrics(api)
        self._facts = JobFacts(client, api, files, self._metrics)
        self._events = JobEvents(client, self._facts, self._metrics)
        # What is to be known of a job that has ended does not change; what may, ARM tells.
        self._ended = lru_cache(maxsize=256)(lambda name: self._facts.whole(self._get(name)))
        # Whoever follows a job wants to know how it stands, which run history tells; what it is stays.
        self._known = lru_cache(maxsize=1024)(self._get)
        if client.base_url.startswith("http://"):
            self.pause = 0.1  # on this machine nobody counts

    def submit(self, spec: JobSpec) -> Job:
        name = spec.name if spec.name is not None else new_job_name()
        check_job_name(name)
        if spec.name is not None and self._is_there(name):
            raise job_name_taken(name)
        body = self._submission.body(spec, name)
        self._client.put(path_to(self._workspace, "jobs", name), body)
        return self.get(name)

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
        resource = self._resource(name)
        job = job_from_arm(resource)
        if tells_all(resource):
            return job
        if not job.status.is_terminal:
            return self._facts.whole(job)
        known = self._ended(job.name)
        changing = ("display_name", "description", "tags", "archived")
        return known.model_copy(update={field: getattr(job, field) for field in changing})

    def cancel(self, name: str) -> Job:
        job = self.get(name)
        if job.status.is_terminal:
            return job
        try:
            self._client.post(path_to(self._workspace, "jobs", name, "cancel"))
        except NotFound as error:
            raise job_not_found(name, error) from None
        return self.get(name)

    def archive(self, name: str) -> Job:
        return self._change(name, {"hidden": True})

    def restore(self, name: str) -> Job:
        return self._change(name, {"hidden": False})

    def update(
        self,
        name: str,
        *,
        display_name: str | None = None,
        description: str | None = None,
        tags: Mapping[str, str | None] | None = None,
    ) -> Job:
        job = self._get(name)
        changes: dict[str, Any] = {"displayName": display_name, "description": description}
        added = {tag: value for tag, value in (tags or {}).items() if value is not None}
        changes |= {"tags": added} if added else {}
        if gone := [tag for tag, value in (tags or {}).items() if value is None and tag in job.tags]:
            self._client.delete(self._run(job, "tags"), named=gone)
        return self._change(name, {field: value for field, value in changes.items() if value is not None}, job)

    def delete(self, name: str) -> None:
        job = self._get(name)
        if not job.status.is_terminal:
            raise Conflict(
                _("The job {name} has not ended.", name=job.name),
                _("Cancel it first: azml job cancel {name}", name=job.name),
            )
        self._client.delete(path_to(self._workspace, "jobs", job.name))
        self._ended.cache_clear()
        self._known.cache_clear()
        end = time.monotonic() + _PATIENCE
        while self._is_there(job.name):
            if time.monotonic() > end:
                raise ServiceError(_("Azure is still deleting the job {name}.", name=job.name), _("Look again later."))
            time.sleep(self.pause)

    def events(self, cursors: Mapping[str, str], *, brief: bool = False) -> EventBatch:
        wanted = {name: self._known(name) for name, cursor in cursors.items() if not Seen.parse(cursor).has_ended}
        return self._events.since(cursors, wanted)

    def files(self, name: str, path: str = "", *, limit: int = 200, continuation: str | None = None) -> Page[File]:
        return self._files.browse(self._get(name).name, path, limit=limit, continuation=continuation)

    def open(self, name: str, path: str) -> BinaryIO:
        return self._files.open(self._get(name).name, path)

    def snapshot(self, name: str, *, limit: int = 200, continuation: str | None = None) -> Page[File]:
        code = self._code_of(name)
        return self._code.files(code, limit=limit, continuation=continuation) if code else Page[File](items=())

    def open_snapshot(self, name: str, path: str) -> BinaryIO:
        code = self._code_of(name)
        if not code:
            raise no_file(name, path)
        try:
            return self._code.open(code, path)
        except FileNotFoundError as error:
            raise no_file(name, path) from error

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
        return self._metrics.series(self._get(name).name, keys, axis, start, end, most)

    def _resource(self, name: str) -> Mapping[str, Any]:
        """Raises JobNotFound."""
        try:
            return self._client.get(path_to(self._workspace, "jobs", name))
        except NotFound as error:
            raise job_not_found(name, error) from None

    def _get(self, name: str) -> Job:
        return job_from_arm(self._resource(name))

    def _is_there(self, name: str) -> bool:
        try:
            self._resource(name)
        except JobNotFound:
            return False
        return True

    def _run(self, job: Job, *names: str) -> str:
        """Where run history has it. What it changes by the run's name alone, it may refuse."""
        return self._api.history("experiments", job.experiment, "runs", job.name, *names)

    def _change(self, name: str, changes: dict[str, Any], job: Job | None = None) -> Job:
        found = job or self._get(name)
        if changes:
            self._client.patch(self._run(found), changes)
        return self.get(name)

    def _code_of(self, name: str) -> str:
        return str(mapping(self._resource(name).get("properties")).get("codeId") or "")
