"""How many nodes each compute should have, by its limits, queue, schedule and idle time. Only the agent acts on it."""

import sqlite3
from collections.abc import Iterator
from datetime import UTC, datetime

from ..entities import Compute, ComputeState, ComputeType
from .compute_files import keep_compute
from .db import Database
from .dispatch import Dispatcher
from .nodes import Nodes
from .paths import WorkspacePaths
from .records import queued_nodes
from .schedule import due_actions


class Fleet:
    def __init__(self, paths: WorkspacePaths, db: Database, nodes: Nodes, dispatcher: Dispatcher) -> None:
        self._paths = paths
        self._db = db
        self._nodes = nodes
        self._dispatcher = dispatcher
        self._looked_at = datetime.now(UTC)
        self.needs_agent = False
        """Whether something is to be watched though no job is there: a node, an instance that runs, a schedule."""

    def serve(self) -> None:
        """Gives every compute the nodes that it should have, and jobs to those that have nothing to do."""
        since, self._looked_at = self._looked_at, datetime.now(UTC)
        self.needs_agent = bool(self._nodes.rows)
        names = set()
        for compute, is_wanted in self._managed():
            names.add(compute.name.lower())
            action = due_actions(compute, since, self._looked_at)
            if compute.type is ComputeType.COMPUTEINSTANCE:
                self._serve_instance(compute, is_wanted if action is None else action == "start", is_wanted)
            else:
                self._serve_cluster(compute)
            self.needs_agent = self.needs_agent or bool(compute.schedules) or bool(compute.min_nodes)
        for gone in {row.compute for row in self._nodes.rows if row.compute.lower() not in names}:
            self._nodes.leave(gone)

    def _serve_cluster(self, compute: Compute) -> None:
        demand = self._demand(compute)
        busy = sum(bool(row.job) for row in self._nodes.of(compute.name))
        wanted = min(max(compute.min_nodes, busy + demand), compute.max_nodes)
        self._nodes.reconcile(compute, wanted, demand)
        if demand:
            self._dispatcher.fill(compute)

    def _serve_instance(self, compute: Compute, is_wanted: bool, was_wanted: bool) -> None:
        demand = self._demand(compute)
        minutes = compute.idle_minutes_before_shutdown
        if minutes and not demand and self._nodes.idle_seconds(compute.name) >= minutes * 60:
            is_wanted = False
        if is_wanted != was_wanted:
            self._set_wanted(compute, ComputeState.RUNNING if is_wanted else ComputeState.STOPPED)
        if not is_wanted:
            if self._nodes.of(compute.name):
                self._nodes.leave(compute.name)
            return
        self.needs_agent = True
        self._nodes.reconcile(compute, 1, demand)
        if demand:
            self._dispatcher.fill(compute)

    def _demand(self, compute: Compute) -> int:
        with self._db.read() as connection:
            return queued_nodes(connection, compute.name)

    def _managed(self) -> Iterator[tuple[Compute, bool]]:
        with self._db.read() as connection:
            rows: list[sqlite3.Row] = connection.execute("SELECT wanted, entity FROM computes").fetchall()
        for row in rows:
            compute = Compute.model_validate_json(row["entity"])
            if not compute.type.is_attached:
                yield compute, row["wanted"] == ComputeState.RUNNING

    def _set_wanted(self, compute: Compute, state: ComputeState) -> None:
        with self._db.write() as connection:
            connection.execute("UPDATE computes SET wanted = ? WHERE name = ?", (state, compute.name))
        keep_compute(self._paths, compute, state)
