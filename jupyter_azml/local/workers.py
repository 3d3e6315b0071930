"""Starting workers: a new process, or a warm one that has its imports behind it."""

import json
import os
import socket
import subprocess
import sys
from contextlib import suppress

from ..entities import Job, NotebookSpec
from .files import read_json
from .locks import FileLock
from .paths import WorkspacePaths
from .run_contract import environment_of_job

MOST_WARM = 2
"""One an interpreter; each keeps about 100 MB."""

_WORKER = ["-P", "-m", "jupyter_azml.local.worker"]


class Workers:
    """Those of one process, the agent's or a node's."""

    def __init__(self, paths: WorkspacePaths) -> None:
        self._paths = paths
        self._warm: dict[str, _WarmWorker] = {}
        self._children: list[subprocess.Popen[bytes]] = []

    def start(self, job: Job, lock: FileLock, node: str = "") -> None:
        """The worker gets the lock, so that there is no moment in which its job looks dead. Raises OSError."""
        order = {"job": job.name, "attempt": job.attempt, "node": node}
        interpreter = self._interpreter(job.name)
        # Only notebooks have imports to wait for.
        warm = self._warm.pop(interpreter, None) if isinstance(job.spec, NotebookSpec) else None
        if warm is None or not warm.hand_over(order, lock):
            self._children.append(self._start_cold(job, interpreter, order, lock))

    def prepare(self, job: Job) -> None:
        """Has a warm worker ready for the next job of the same interpreter. Raises OSError."""
        interpreter = self._interpreter(job.name)
        ready = self._warm.get(interpreter)
        if isinstance(job.spec, NotebookSpec) and (ready is None or ready.process.poll() is not None):
            for other in list(self._warm)[: len(self._warm) - MOST_WARM + 1]:
                self._warm.pop(other).dismiss()
            self._warm[interpreter] = _WarmWorker(self._paths, interpreter, job)
            self._children.append(self._warm[interpreter].process)

    def has_any(self) -> bool:
        return bool(self._children)

    def reap(self) -> None:
        """Forgets those that have ended, so that the system can."""
        self._children = [child for child in self._children if child.poll() is None]

    def _interpreter(self, job: str) -> str:
        submitter = read_json(self._paths.job(job).submitter) or {}
        return str(submitter.get("interpreter") or sys.executable)

    def _start_cold(
        self, job: Job, interpreter: str, order: dict[str, object], lock: FileLock
    ) -> "subprocess.Popen[bytes]":
        folder = self._paths.job(job.name)
        folder.logs.mkdir(exist_ok=True)
        with folder.worker_log.open("ab") as log:
            return subprocess.Popen(
                [interpreter, *_WORKER, str(self._paths.folder), json.dumps(order), str(lock.number)],
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                cwd=folder.folder,
                env=environment_of_job(self._paths, job),
                pass_fds=(lock.number,),
                start_new_session=True,
            )


class _WarmWorker:
    """A worker without a job. It leaves when the process that would give it one is gone."""

    def __init__(self, paths: WorkspacePaths, interpreter: str, like: Job) -> None:
        self._ours, theirs = socket.socketpair()
        environment = environment_of_job(paths, like)
        del environment["AZUREML_RUN_ID"]  # whatever carries it ends with that job
        with theirs, paths.agent_log.open("ab") as log:
            self.process = subprocess.Popen(
                [interpreter, *_WORKER, str(paths.folder), "--warm", str(theirs.fileno())],
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                cwd=paths.folder,
                env=environment,
                pass_fds=(theirs.fileno(),),
                start_new_session=True,
            )

    def dismiss(self) -> None:
        self._ours.close()

    def hand_over(self, order: dict[str, object], lock: FileLock) -> bool:
        """Whether it took the job. The lock is held by the message itself while nobody has read it."""
        if self.process.poll() is not None:
            self._ours.close()
            return False
        with self._ours, suppress(OSError):
            os.set_blocking(self._ours.fileno(), False)
            socket.send_fds(self._ours, [json.dumps(order).encode()], [lock.number])
            return True
        return False
