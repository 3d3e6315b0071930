"""Why a queued job waits, as the queue stands at this moment."""

import sqlite3
from datetime import UTC, datetime

from ..entities import Compute, ComputeState, ComputeType, Reason
from .locks import is_held
from .paths import WorkspacePaths
from .records import load_job

AGENT_PATIENCE = 15.0
"""Seconds in which an agent has started even on a slow machine."""


def why_it_waits(connection: sqlite3.Connection, row: sqlite3.Row, compute: Compute, paths: WorkspacePaths) -> Reason:
    waited = (datetime.now(UTC) - load_job(row).created).total_seconds()
    if waited > AGENT_PATIENCE and not is_held(paths.agent_lock):
        # An agent that has not come by now will not: its own last words say why.
        return Reason.of("AgentMissing", log=str(paths.agent_log))
    if compute.state in (ComputeState.STOPPED, ComputeState.STOPPING):
        return Reason.of("WaitsForStart", compute=compute.name)
    ahead = _ahead(connection, row)
    free = compute.max_nodes - compute.busy_nodes
    if ahead + row["nodes"] > free:
        nodes = {"busy": compute.busy_nodes, "nodes": compute.max_nodes}
        return Reason.of("QueuePosition", position=ahead + 1, compute=compute.name, **nodes)
    if compute.type is not ComputeType.LOCAL and compute.idle_nodes < row["nodes"]:
        return Reason.of("NodeStarting", compute=compute.name)
    return Reason.of("AgentStarting")


def _ahead(connection: sqlite3.Connection, row: sqlite3.Row) -> int:
    count = connection.execute(
        "SELECT COUNT(*) FROM jobs WHERE status = 'Queued' AND compute = ?1 "
        "AND (priority > ?2 OR (priority = ?2 AND id < ?3))",
        (row["compute"], row["priority"], row["id"]),
    )
    return int(count.fetchone()[0])
