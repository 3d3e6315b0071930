"""What is known of a job in Azure besides what ARM says: why it waits or ended, its cells, its metrics, its outputs."""

import json
from contextlib import suppress
from pathlib import PurePosixPath
from typing import Any

from ..arm.runs import logs_from_history, reason_from_history
from ..arm.shape import mapping
from ..entities import CellSpec, CommandSpec, DataType, Job, JobStatus, NotebookSpec, Output, Reason
from ..errors import FileNotInJob, JobNotFound, NotFound
from ..execution.cell.returned import FOLDER, LIST
from ..execution.remote import MARK
from ..language import _
from .api import RegionalApi
from .client import ArmClient
from .job_files import JobFiles
from .metrics import RunMetrics
from .run_log import LogState, events_in, tail_of

_WAITS = {
    JobStatus.NOT_STARTED: "AzureNotStarted",
    JobStatus.QUEUED: "AzureQueued",
    JobStatus.PREPARING: "AzurePreparing",
    JobStatus.PROVISIONING: "AzureProvisioning",
    JobStatus.STARTING: "AzureStarting",
    JobStatus.PAUSED: "AzurePaused",
}
_LOGS = "user_logs/std_log"
_RESERVED = ("default", "notebook")


class JobFacts:
    def __init__(self, client: ArmClient, api: RegionalApi, files: JobFiles, metrics: RunMetrics) -> None:
        self._client = client
        self._api = api
        self._files = files
        self._metrics = metrics

    def details(self, job: str) -> dict[str, Any]:
        """Of run history. Raises JobNotFound."""
        try:
            return dict(self._client.get(self._api.history("runs", job, "details")))
        except NotFound as error:
            raise job_not_found(job, error) from None

    def whole(self, job: Job) -> Job:
        """As ``JobsOperations.get`` is to tell it."""
        if job.status in _WAITS:
            return job.model_copy(update={"reason": waits(job)})
        details = self.details(job.name)
        state = self._log_state(job, details)
        keys = list(self._metrics.latest(job.name))
        changes: dict[str, Any] = {
            "progress": state.progress if isinstance(job.spec, NotebookSpec | CellSpec) else None,
            "attempt": state.attempt,
            "reason": reason(job.spec, job.status, details, state),
            "metrics": self._metrics.summaries(job.name, keys),
            "outputs": {**job.outputs, **self._outputs(job)},
        }
        return job.model_copy(update=changes)

    def _log_state(self, job: Job, details: dict[str, Any]) -> LogState:
        """What the end of the log says of the cells."""
        state = LogState()
        address = log_address(details)
        if isinstance(job.spec, CommandSpec) or not address:
            return state
        text = tail_of(self._client, address)
        events_in(job.name, text[max(0, text.find(MARK)) :], state, is_notebook=True)
        return state

    def _outputs(self, job: Job) -> dict[str, Output]:
        found: dict[str, Output] = {}
        uri = job.outputs["default"].uri if "default" in job.outputs else ""
        found["default"] = Output(type=DataType.URI_FOLDER, path="outputs", uri=f"{uri}/outputs" if uri else "")
        if isinstance(job.spec, NotebookSpec | CellSpec):
            name = PurePosixPath(job.spec.notebook).name if isinstance(job.spec, NotebookSpec) else "cell.ipynb"
            path = f"outputs/{name}"
            if job.status.is_terminal and not self._has(job.name, path):
                return found
            found["notebook"] = Output(type=DataType.URI_FILE, path=path, uri=f"{uri}/{path}" if uri else "")
        if isinstance(job.spec, CellSpec) and job.spec.returns and job.status.is_terminal:
            found |= self._returned(job.name, uri)
        return found

    def _returned(self, job: str, uri: str) -> dict[str, Output]:
        with suppress(FileNotInJob, ValueError):
            with self._files.open(job, f"outputs/{FOLDER}/{LIST}") as file:
                values = mapping(json.load(file).get("values"))
            paths = {name: f"outputs/{FOLDER}/{facts['file']}" for name, facts in values.items() if "file" in facts}
            return {
                name: Output(type=DataType.URI_FILE, path=path, uri=f"{uri}/{path}" if uri else "")
                for name, path in paths.items()
                if name not in _RESERVED
            }
        return {}

    def _has(self, job: str, path: str) -> bool:
        try:
            self._files.open(job, path).close()
        except FileNotInJob:
            return False
        return True


def waits(job: Job) -> Reason:
    return Reason.of(_WAITS[job.status], compute=job.compute)


def reason(spec: object, status: JobStatus, details: dict[str, Any], state: LogState) -> Reason | None:
    """Why it ended, or that it is to end."""
    is_command = isinstance(spec, CommandSpec)
    if status is JobStatus.COMPLETED:
        return Reason.of("CommandFinished" if is_command else "Finished")
    if status is JobStatus.CANCELED:
        return Reason.of("CanceledByUser")
    if status is JobStatus.CANCEL_REQUESTED:
        return Reason.of("CancelRequested")
    if status is JobStatus.FAILED:
        told = reason_from_history(details)
        # Of a notebook the service knows no more than that its command failed.
        is_vague = told is None or told.code in ("CommandFailed", "Service")
        return state.reason if is_vague and state.reason else told or Reason.of("AzureFailed")
    return None


def log_address(details: dict[str, Any]) -> str:
    """Of what the job, or the first of its processes, prints; "" while there is none."""
    logs = {name: address for name, address in logs_from_history(details).items() if name.startswith(_LOGS)}
    return logs[min(logs, key=lambda name: (len(name), name))] if logs else ""


def job_not_found(name: str, error: NotFound) -> NotFound:
    if type(error) is not NotFound and not isinstance(error, JobNotFound):
        return error
    return JobNotFound(_("There is no job named {name}.", name=name), _("`azml job list` shows the jobs."))
