"""Why a job waits, or why it ended: a code for programs, a sentence for people."""

from typing import Any

from pydantic import ConfigDict, JsonValue, computed_field

from ..language import _
from .base import Entity

_SENTENCES = {
    "AgentStarting": "Waiting for the workspace's agent to take the job.",
    "AgentMissing": "The workspace's agent does not start. Its log says why: {log}",
    "QueuePosition": "Number {position} in the queue of {compute}: {busy} of {nodes} nodes are busy.",
    "KernelStarting": "The kernel is starting.",
    "CancelRequested": "Asked to stop; the running cell is being interrupted.",
    "Finished": "All cells ran.",
    "CellFailed": "Cell {cell} raised {ename}: {evalue}",
    "KernelDied": "The kernel died in cell {cell}. Often the machine ran out of memory.",
    "KernelStartFailed": "The kernel {kernel} did not start: {detail}",
    "KernelNotFound": "There is no kernel named {kernel} where the job runs.",
    "TimedOut": "Cell {cell} ran longer than the {seconds} s it was given.",
    "CanceledByUser": "Canceled on request.",
    "WorkerDied": "The process that ran the job ended without leaving a result (killed, or the machine restarted).",
    "WorkerFailed": "The job could not be run: {detail}",
    "JobDamaged": "The job's folder cannot be read: {detail}",
    "Service": "{detail}",
}


class Reason(Entity):
    # The sentence is derived: one that was written down with the rest is not read back.
    model_config = ConfigDict(extra="ignore")

    code: str
    values: dict[str, JsonValue] = {}

    @computed_field  # type: ignore[prop-decorator]  # mypy has no support for it yet
    @property
    def message(self) -> str:
        """The sentence, in the language of whoever reads it."""
        return _(_SENTENCES.get(self.code, self.code), **self.values)

    @classmethod
    def of(cls, code: str, **values: Any) -> "Reason":
        return cls(code=code, values=values)
