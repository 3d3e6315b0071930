"""The agent: one process per workspace that makes wishes true, and alone writes the status of jobs.

``python -m jupyter_azml.local.agent FOLDER``. Elected by holding agent.lock; leaves when idle. What it knows is on
disk: a new agent goes on where a killed one stopped.
"""

import sqlite3
import subprocess
import sys
import time
import traceback
from contextlib import suppress
from pathlib import Path

from .. import settings
from ..entities import JobStatus, Reason
from .computes import node_count
from .db import Database
from .launch import start_worker
from .locks import FileLock, is_held
from .outcome import outcome_of
from .paths import WorkspacePaths
from .processes import end_processes_of, identity, signal_process
from .records import active_rows, change_job, load_job

BUSY_PAUSE = 0.05
IDLE_PAUSE = 0.2


def main() -> None:
    paths = WorkspacePaths(Path(sys.argv[1]))
    agent = Agent(paths)
    # A client that probes the lock holds it for a moment, hence some patience.
    while lock := FileLock.take(paths.agent_lock, patience=1.0):
        lock.write(identity())
        agent.serve()
        lock.release()
        # A request that came while the lock was still held found an agent, and started none.
        if not agent.has_work():
            return


class Agent:
    def __init__(self, paths: WorkspacePaths) -> None:
        self._paths = paths
        self._db = Database(paths.database, paths.setup_lock)
        self._children: list[subprocess.Popen[bytes]] = []
        self._stops: dict[int, tuple[int, float]] = {}

    def serve(self) -> None:
        """Until there has been nothing to do for a while."""
        seen, last_work = -1, time.monotonic()
        while True:
            changes = self._db.changes()
            busy = changes != seen and self.step()
            if busy:
                last_work = time.monotonic()
            elif time.monotonic() - last_work >= settings.agent_idle_seconds():
                return
            else:
                seen = changes
            time.sleep(BUSY_PAUSE if busy else IDLE_PAUSE)

    def has_work(self) -> bool:
        with self._db.read() as connection:
            return bool(active_rows(connection))

    def step(self) -> bool:
        """Looks once at every job that has not ended; says whether there are any."""
        with self._db.read() as connection:
            rows = active_rows(connection)
        busy: dict[str, int] = {}
        for row in rows:
            compute = row["compute"]
            try:
                if row["status"] != JobStatus.QUEUED:
                    has_node = self._follow(row)
                else:
                    is_free = busy.get(compute, 0) < node_count(compute)
                    has_node = (is_free or bool(row["cancel_requested"])) and self._begin(row)
            except Exception as error:  # one job that cannot be handled must not hold up the others
                traceback.print_exc()
                self._give_up(row, error)
                has_node = False
            busy[compute] = busy.get(compute, 0) + has_node
        self._children = [child for child in self._children if child.poll() is None]
        return bool(rows)

    def _begin(self, row: sqlite3.Row) -> bool:
        """Takes a job out of the queue; says whether it now has a node."""
        job = self._paths.job(row["name"])
        lock = FileLock.take(job.lock)
        if lock is None:
            # An agent that died right after it had started this worker: go on with it.
            self._change(row, JobStatus.STARTING, Reason.of("KernelStarting"))
            return True
        try:
            if row["cancel_requested"]:
                self._change(row, JobStatus.CANCELED, Reason.of("CanceledByUser"))
            elif job.worker.exists():
                # Started, and gone: it must not run twice.
                self._change(row, JobStatus.STARTING, None)
            else:
                self._children.append(start_worker(self._paths, load_job(row), lock))
                self._change(row, JobStatus.STARTING, Reason.of("KernelStarting"))
                return True
        except OSError as error:
            self._change(row, JobStatus.FAILED, Reason.of("WorkerFailed", detail=str(error)))
        finally:
            lock.release()
        return False

    def _follow(self, row: sqlite3.Row) -> bool:
        """Moves a started job along; says whether it still has its node."""
        job = self._paths.job(row["name"])
        # In this order: once the lock is free, what the worker left is final.
        if is_held(job.lock):
            if row["cancel_requested"]:
                self._stop(row)
            elif row["status"] == JobStatus.STARTING and job.events.exists():
                self._change(row, JobStatus.RUNNING, None)
            return True
        end_processes_of(row["name"])
        outcome = outcome_of(job, load_job(row), canceled=bool(row["cancel_requested"]))
        self._stops.pop(row["id"], None)
        self._change(row, outcome.status, outcome.reason, **outcome.facts)
        return False

    def _stop(self, row: sqlite3.Row) -> None:
        """Interrupt the cell, then kill the kernel, then the worker, with a grace time between."""
        steps, since = self._stops.get(row["id"], (0, 0.0))
        if steps and time.monotonic() - since < settings.cancel_grace_seconds():
            return
        if not steps:
            self._change(row, JobStatus.CANCEL_REQUESTED, Reason.of("CancelRequested"))
        if signal_process(self._paths.job(row["name"]).worker, kill=steps >= 2):
            self._stops[row["id"]] = (steps + 1, time.monotonic())

    def _give_up(self, row: sqlite3.Row, error: Exception) -> None:
        detail = f"{type(error).__name__}: {error}"
        with suppress(Exception):  # a row that cannot even be read stays as it is
            self._change(row, JobStatus.FAILED, Reason.of("JobDamaged", detail=detail))

    def _change(self, row: sqlite3.Row, status: JobStatus, reason: Reason | None, **facts: object) -> None:
        with self._db.write() as connection:
            change_job(connection, row, status, reason, **facts)


if __name__ == "__main__":
    main()
