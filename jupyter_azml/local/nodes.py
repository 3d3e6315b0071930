"""The agent's side of nodes: starts them, counts them, gives them jobs, lets them go."""

import secrets
import shutil
import sqlite3
import subprocess
import sys
import time
from contextlib import suppress
from datetime import UTC, datetime
from typing import NamedTuple

from ..entities import Compute, Job
from .db import Database
from .locks import FileLock, is_held
from .node_socket import forget, is_listening, send_order
from .paths import WorkspacePaths
from .processes import signal_process

MOST_FAILURES = 3
"""Nodes that end right after their start; then there is a pause before the next try."""
PAUSE_AFTER_FAILURES = 30.0


class NodeRow(NamedTuple):
    name: str
    compute: str
    job: str | None
    is_leaving: bool
    is_alive: bool


class Nodes:
    def __init__(self, paths: WorkspacePaths, db: Database) -> None:
        self._paths = paths
        self._db = db
        self._children: list[subprocess.Popen[bytes]] = []
        self._idle_since: dict[str, float] = {}
        self._admitted: set[str] = set()
        self._failures: dict[str, list[float]] = {}
        self.rows: list[NodeRow] = []
        """As they stood at the last look."""

    def clear(self) -> None:
        """At an agent's start: processes that no row knows are of a database that was lost."""
        known = {row.name for row in self._read()}
        for folder in self._paths.nodes.iterdir() if self._paths.nodes.is_dir() else ():
            if folder.name not in known:
                signal_process(self._paths.node(folder.name).lock, kill=True)
                self._remove_traces(folder.name)

    def look(self) -> None:
        """Sees which ones live. Those that ended or were told to leave go, once they have no job."""
        self._children = [child for child in self._children if child.poll() is None]
        self.rows = self._read()
        for row in self.rows:
            if row.is_leaving and row.is_alive:
                signal_process(self._paths.node(row.name).lock)
            elif not row.is_alive and row.job is None:
                self._forget(row)
        self.rows = [row for row in self.rows if row.is_alive or row.job]

    def of(self, compute: str) -> list[NodeRow]:
        """Those that count: not the ones that leave or have ended."""
        same = compute.lower()
        return [row for row in self.rows if row.compute.lower() == same and row.is_alive and not row.is_leaving]

    def of_job(self, job: str) -> list[NodeRow]:
        return [row for row in self.rows if row.job == job]

    def idle(self, compute: str) -> list[str]:
        """Names of those that would take a job now."""
        return [row.name for row in self.of(compute) if not row.job and is_listening(self._paths, row.name)]

    def idle_seconds(self, compute: str) -> float:
        """How long all of them have had nothing to do."""
        since = [self._idle_since.get(row.name) for row in self.of(compute)]
        return time.monotonic() - max(moment for moment in since if moment) if since and all(since) else 0.0

    def admit(self, names: list[str], job: Job, lock: FileLock) -> bool:
        """Gives the job to these nodes; the first one starts its worker. False when that node is gone.

        Raises OSError when the worker cannot be started.
        """
        self._set_job(names, job.name)
        self._admitted.update(names)
        try:
            refused = send_order(self._paths, names[0], job.name, job.attempt, lock)
        except (OSError, ValueError):
            self._set_job(names, None)
            return False
        if refused:
            self._set_job(names, None)
            raise OSError(refused)
        return True

    def release(self, job: str) -> None:
        if names := [row.name for row in self.of_job(job)]:
            self._set_job(names, None)

    def reconcile(self, compute: Compute, wanted: int, demand: int) -> None:
        """Starts what is missing up to ``wanted`` nodes, and lets go who has been idle for longer than it should."""
        present = self.of(compute.name)
        for row in present:
            if row.job:
                self._idle_since.pop(row.name, None)
            elif is_listening(self._paths, row.name):
                self._idle_since.setdefault(row.name, time.monotonic())
        missing = wanted - len(present)
        if missing > 0 and not self._has_failed_often(compute.name):
            for _number in range(missing):
                self._start(compute.name)
        elif missing < 0 and not demand:
            self._let_go(present, -missing, compute.idle_seconds_before_scale_down)

    def leave(self, compute: str) -> None:
        """All of a compute, whatever they do."""
        with self._db.write() as connection:
            connection.execute("UPDATE nodes SET leaving = 1 WHERE compute = ?", (compute,))

    def _start(self, compute: str) -> None:
        name = f"{compute.lower()}-{secrets.token_hex(4)}"
        node = self._paths.node(name)
        node.folder.mkdir(mode=0o700, parents=True)
        lock = FileLock.take(node.lock)
        if lock is None:
            return
        with self._db.write() as connection:
            connection.execute(
                "INSERT INTO nodes (name, compute, created) VALUES (?, ?, ?)",
                (name, compute, datetime.now(UTC).isoformat()),
            )
        command = [sys.executable, "-P", "-m", "jupyter_azml.local.node", str(self._paths.folder), name]
        with node.log.open("ab") as log:
            process = subprocess.Popen(
                [*command, str(lock.number)],
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                cwd="/",
                pass_fds=(lock.number,),
                start_new_session=True,
            )
        self._children.append(process)
        self.rows.append(NodeRow(name, compute, None, False, True))
        lock.release()

    def _let_go(self, present: list[NodeRow], surplus: int, idle_seconds: float) -> None:
        now = time.monotonic()
        idle = [row.name for row in present if not row.job and row.name in self._idle_since]
        old = [name for name in idle if now - self._idle_since[name] >= idle_seconds][:surplus]
        if old:
            with self._db.write() as connection:
                marks = ", ".join("?" * len(old))
                connection.execute(f"UPDATE nodes SET leaving = 1 WHERE name IN ({marks}) AND job IS NULL", old)  # noqa: S608

    def _forget(self, row: NodeRow) -> None:
        if row.name not in self._admitted and row.name not in self._idle_since and not row.is_leaving:
            self._failures.setdefault(row.compute, []).append(time.monotonic())
        with self._db.write() as connection:
            connection.execute("DELETE FROM nodes WHERE name = ? AND job IS NULL", (row.name,))
        self._idle_since.pop(row.name, None)
        self._admitted.discard(row.name)
        self._remove_traces(row.name)

    def _remove_traces(self, name: str) -> None:
        forget(self._paths, name)
        shutil.rmtree(self._paths.node(name).folder, ignore_errors=True)

    def _has_failed_often(self, compute: str) -> bool:
        recent = [at for at in self._failures.get(compute, []) if time.monotonic() - at < PAUSE_AFTER_FAILURES]
        self._failures[compute] = recent
        return len(recent) >= MOST_FAILURES

    def _set_job(self, names: list[str], job: str | None) -> None:
        with self._db.write() as connection:
            connection.executemany("UPDATE nodes SET job = ? WHERE name = ?", [(job, name) for name in names])
        changed = set(names)
        self.rows = [row._replace(job=job) if row.name in changed else row for row in self.rows]

    def _read(self) -> list[NodeRow]:
        with self._db.read() as connection:
            rows: list[sqlite3.Row] = connection.execute("SELECT * FROM nodes ORDER BY created, name").fetchall()
        found = []
        for row in rows:
            with suppress(OSError):
                alive = is_held(self._paths.node(row["name"]).lock)
                found.append(NodeRow(row["name"], row["compute"], row["job"], bool(row["leaving"]), alive))
        return found
