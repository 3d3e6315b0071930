"""Moves jobs along: out of the queue, through their run, to their end. Only the agent does this."""

import sqlite3
import time
import traceback
from collections.abc import Callable
from contextlib import suppress
from functools import lru_cache, partial

from .. import settings
from ..entities import Compute, JobStatus, JobType, Reason
from ..errors import WorkspaceNotWritable
from .asset_rows import register_assets
from .computes import LOCAL, node_count
from .db import Database
from .files import read_json
from .hidden import forget_hidden
from .job_environment import environment_facts
from .leftovers import set_aside
from .locks import FileLock, is_held
from .metric_index import MetricIndex
from .nodes import NodeRow, Nodes
from .outcome import JobOutcome, outcome_of
from .paths import WorkspacePaths
from .phases import first_state, said_state
from .processes import end_processes_of, interrupt_process, signal_process
from .records import busy_nodes, change_job, load_job, put_tags, queued_rows
from .runs import Runs
from .runs_elsewhere import is_elsewhere
from .workers import Workers

SECONDS_FOR_METRICS = 0.3
"""At a look, for taking in what a job has logged."""
MOST_INTERRUPTS = 2
"""Of a kernel whose run is canceled: one may get lost in what swallows every exception."""
MOST_STARTS = 3
"""Workers that end before they did anything; then the job fails."""


class Dispatcher:
    def __init__(self, paths: WorkspacePaths, db: Database, nodes: Nodes) -> None:
        self._paths = paths
        self._db = db
        self._nodes = nodes
        self._workers = Workers(paths, keeps_servers=True)
        self._runs = Runs(paths.folder)
        self._metrics = lru_cache(maxsize=256)(lambda name: MetricIndex(paths.job(name)))
        self._stops: dict[int, tuple[int, float]] = {}
        self._starts: dict[int, int] = {}

    def follow_all(self, rows: list[sqlite3.Row]) -> None:
        """Every job that has left the queue, or is to be canceled in it."""
        for row in rows:
            self._guarded(row, self._follow)
        active = {row["name"].lower() for row in rows if row["status"] != JobStatus.QUEUED}
        for node in self._nodes.rows:
            # An agent that died between giving a node to a job and starting it.
            if node.job and node.job.lower() not in active and not is_held(self._paths.job(node.job).lock):
                self._nodes.release(node.job)
        self._workers.reap()

    def fill(self, compute: Compute) -> None:
        """Starts jobs from the head of a queue while nodes are idle; a job that needs more of them is waited for."""
        idle = self._nodes.idle(compute.name)
        with self._db.read() as connection:
            rows = queued_rows(connection, compute.name, len(idle))
        for row in rows:
            if row["nodes"] > len(idle):
                return
            taken, rest = idle[: row["nodes"]], idle[row["nodes"] :]
            if self._guarded(row, partial(self._begin, names=taken)):
                idle = rest

    def fill_local(self) -> None:
        """The same on this machine itself, whose nodes are its cores."""
        with self._db.read() as connection:
            free = node_count() - busy_nodes(connection, LOCAL)
            rows = queued_rows(connection, LOCAL, max(free, 0))
        for row in rows:
            if row["nodes"] > free:
                return
            if self._guarded(row, self._begin):
                free -= row["nodes"]

    def _guarded(self, row: sqlite3.Row, step: Callable[[sqlite3.Row], bool]) -> bool:
        """One job that cannot be handled must not hold up the others."""
        try:
            return step(row)
        except WorkspaceNotWritable:
            raise  # the machine's trouble, not the job's
        except Exception as error:  # whatever it is, it is one job's
            traceback.print_exc()
            if not is_held(self._paths.job(row["name"]).lock):
                reason = Reason.of("JobDamaged", detail=f"{type(error).__name__}: {error}")
                with suppress(Exception):  # a row that cannot even be read stays as it is
                    self._change(row, JobStatus.FAILED, reason)
            return False

    def _begin(self, row: sqlite3.Row, names: list[str] | None = None) -> bool:
        """Takes a job out of the queue, to these nodes or to none; says whether it now has them."""
        folder, job = self._paths.job(row["name"]), load_job(row)
        lock = FileLock.take(folder.lock)
        if lock is None:
            # An agent that died right after it had started this worker: go on with it.
            self._change(row, *first_state(job))
            return True
        try:
            if (read_json(folder.worker) or {}).get("attempt", 0) >= job.attempt:
                # Started, and gone: it must not run twice.
                self._change(row, JobStatus.STARTING, None)
                return True
            set_aside(folder)
            if names is None:
                self._workers.start(job, lock)
            elif not self._nodes.admit(names, job, lock):
                return False
            self._change(row, *first_state(job))
            return True
        except OSError as error:
            self._change(row, JobStatus.FAILED, Reason.of("WorkerFailed", detail=str(error)))
            return False
        finally:
            lock.release()

    def _follow(self, row: sqlite3.Row) -> bool:
        """Moves a job along that has left the queue, or is canceled in it."""
        folder = self._paths.job(row["name"])
        nodes = self._nodes.of_job(row["name"])
        lost = next((node for node in nodes if not node.is_alive), None)
        # In this order: once the lock is free, what the worker left is final.
        if (is_held(folder.lock) or self._goes_on_elsewhere(row)) and not self._has_left_its_kernel(row):
            if lost:
                signal_process(folder.worker, kill=True)
            elif row["cancel_requested"]:
                self._stop(row)
            else:
                self._follow_phase(row)
            self._metrics(row["name"]).take_in(SECONDS_FOR_METRICS)
            return True
        end_processes_of(row["name"])
        if (read_json(folder.worker) or {}).get("attempt", 0) < load_job(row).attempt:
            self._send_back(row)
        else:
            self._finish(row, lost)
        return False

    def _goes_on_elsewhere(self, row: sqlite3.Row) -> bool:
        """A run of somebody's over the network, of whom no lock tells: it has no end but the one that is said."""
        is_run = row["type"] == JobType.INTERACTIVE
        return is_run and not row["cancel_requested"] and is_elsewhere(self._paths.job(row["name"]))

    def _has_left_its_kernel(self, row: sqlite3.Row) -> bool:
        """An interactive run that has ended, or that nothing in its kernel ends: that lives on, with the lock."""
        if row["type"] != JobType.INTERACTIVE:
            return False
        steps, since = self._stops.get(row["id"], (0, 0.0))
        is_given_up = steps >= MOST_INTERRUPTS and time.monotonic() - since >= _pause(row)
        return is_given_up or self._paths.job(row["name"]).result.exists()

    def _follow_phase(self, row: sqlite3.Row) -> None:
        status, folder = JobStatus(row["status"]), self._paths.job(row["name"])
        said = said_state(read_json(folder.worker) or {}, status)
        if said and said != (status, (job := load_job(row)).reason):
            facts = environment_facts(folder, job) if said[0] is JobStatus.RUNNING else {}
            self._change(row, *said, **facts)

    def _send_back(self, row: sqlite3.Row) -> None:
        """The worker never began: nothing of the job has run."""
        self._nodes.release(row["name"])
        starts = self._starts[row["id"]] = self._starts.get(row["id"], 0) + (row["status"] != JobStatus.QUEUED)
        if row["cancel_requested"]:
            self._change(row, JobStatus.CANCELED, Reason.of("CanceledByUser"))
        elif starts < MOST_STARTS:
            self._change(row, JobStatus.QUEUED, Reason.of("WorkerLost"))
        else:
            log = self._paths.job(row["name"]).worker_log
            self._change(row, JobStatus.FAILED, Reason.of("WorkerNotStarting", log=str(log)))

    def _finish(self, row: sqlite3.Row, lost: NodeRow | None) -> None:
        if row["status"] in (JobStatus.STARTING, JobStatus.PREPARING):
            self._follow_phase(row)  # one that was quick has run between two looks
        folder, job = self._paths.job(row["name"]), load_job(row)
        outcome = outcome_of(folder, job, canceled=bool(row["cancel_requested"]))
        if outcome.reason.code == "WorkerDied" and lost:
            code = "ComputeStopped" if lost.is_leaving else "NodeLost"
            outcome = outcome._replace(reason=Reason.of(code, node=lost.name, compute=lost.compute))
        self._stops.pop(row["id"], None)
        self._starts.pop(row["id"], None)
        if outcome.status is JobStatus.FAILED and job.attempt <= job.spec.retries and not row["cancel_requested"]:
            self._retry(row, job.attempt + 1, job.spec.retries + 1, outcome)
        else:
            forget_hidden(self._paths, row["name"])
            self._runs.end(row["name"], outcome.status)
            with self._db.write() as connection:
                changed = change_job(connection, row, outcome.status, outcome.reason, **outcome.facts)
                if changed.tags != job.tags:
                    put_tags(connection, row["id"], changed)
                if outcome.status is JobStatus.COMPLETED:
                    register_assets(connection, job.name, outcome.assets)
        self._nodes.release(row["name"])

    def _retry(self, row: sqlite3.Row, attempt: int, attempts: int, outcome: JobOutcome) -> None:
        why = outcome.reason.model_dump(mode="json", include={"code", "values"})
        reason = Reason.of("Retrying", attempt=attempt, attempts=attempts, why=outcome.reason.message, cause=why)
        self._change(row, JobStatus.QUEUED, reason, attempt=attempt, **outcome.facts)

    def _stop(self, row: sqlite3.Row) -> None:
        """Interrupt what runs, then kill it, then the worker, with a grace time between."""
        steps, since = self._stops.get(row["id"], (0, 0.0))
        if steps and time.monotonic() - since < _pause(row):
            return
        worker = self._paths.job(row["name"]).worker
        if row["type"] == JobType.INTERACTIVE:
            is_asked = interrupt_process(worker)  # no more than Jupyter's own button does: the kernel is the user's
        else:
            is_asked = signal_process(worker, kill=steps >= 2)
        if not steps:
            self._change(row, JobStatus.CANCEL_REQUESTED, Reason.of("CancelRequested"))
        if is_asked:
            self._stops[row["id"]] = (steps + 1, time.monotonic())

    def _change(self, row: sqlite3.Row, status: JobStatus, reason: Reason | None, **facts: object) -> None:
        if status.is_terminal:
            forget_hidden(self._paths, row["name"])
            self._runs.end(row["name"], status)
        with self._db.write() as connection:
            change_job(connection, row, status, reason, **facts)


def _pause(row: sqlite3.Row) -> float:
    """Seconds between two attempts to stop a job."""
    return settings.cancel_grace_seconds() / (MOST_INTERRUPTS if row["type"] == JobType.INTERACTIVE else 1)
