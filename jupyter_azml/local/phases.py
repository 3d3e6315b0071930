"""What a worker says of how far it is, in worker.json; the agent makes states of it."""

import time
from collections.abc import Callable
from typing import Any

from ..entities import CommandSpec, Job, JobStatus, Reason
from .files import read_json, write_whole
from .paths import JobPaths
from .processes import identity

_PAUSE = 1.0
"""Seconds between two words about one thing: each becomes a row."""


class Phases:
    def __init__(self, folder: JobPaths, order: dict[str, Any]) -> None:
        self._folder = folder
        self._order = order
        self._last = 0.0

    def preparing(self, reason: Reason) -> None:
        self._say(preparing=_kept(reason))

    def running(self, **facts: object) -> None:
        """From now on the job's own code runs."""
        self._say(running=True, **facts)

    def finalizing(self, reason: Reason) -> None:
        self._say(running=True, finalizing=_kept(reason))

    def progress(self, say: Callable[[Reason], None], code: str, name: str) -> Callable[[int, int], None]:
        """Tells how much of something has moved, now and then; the reason has ``name``, ``done`` and ``size``."""

        def told(done: int, size: int) -> None:
            now = time.monotonic()
            if now - self._last >= _PAUSE:
                self._last = now
                say(Reason.of(code, name=name, done=_megabytes(done), size=_megabytes(size)))

        return told

    def _say(self, **facts: object) -> None:
        counted = {name: value for name, value in (read_json(self._folder.worker) or {}).items() if name == "cells"}
        write_whole(self._folder.worker, identity(**self._order, **{**counted, **facts}))


def first_state(job: Job) -> tuple[JobStatus, Reason]:
    """Of a job that has left the queue."""
    if job.environment and job.environment.requirements:
        return JobStatus.PREPARING, Reason.of("Preparing")
    if job.inputs:
        return JobStatus.PREPARING, Reason.of("Preparing")
    return JobStatus.STARTING, Reason.of("CommandStarting" if isinstance(job.spec, CommandSpec) else "KernelStarting")


def said_state(worker: dict[str, Any], status: JobStatus) -> tuple[JobStatus, Reason | None] | None:
    """What the worker's word makes of a job in that state; None for no change."""
    if status in (JobStatus.STARTING, JobStatus.PREPARING) and worker.get("running"):
        return JobStatus.RUNNING, None
    if status is JobStatus.PREPARING and (said := worker.get("preparing")):
        return status, Reason.model_validate(said)
    if status in (JobStatus.RUNNING, JobStatus.FINALIZING) and (said := worker.get("finalizing")):
        return JobStatus.FINALIZING, Reason.model_validate(said)
    return None


def _kept(reason: Reason) -> dict[str, Any]:
    """The sentence is made where it is read."""
    return reason.model_dump(mode="json", include={"code", "values"})


def _megabytes(count: int) -> str:
    return f"{count / 1024**2:.1f} MB"
