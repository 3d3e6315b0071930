"""What is so of a compute: derived from the rows and locks of its nodes at each look, and kept nowhere."""

import os
import sqlite3
from collections.abc import Sequence
from datetime import datetime

from ..entities import Compute, ComputeState, ComputeType, Node, NodeState
from ..errors import WorkspaceDamaged
from ..language import _
from .locks import is_held
from .node_socket import is_listening
from .paths import WorkspacePaths
from .records import busy_nodes

LOCAL = "local"


def node_count() -> int:
    """How many jobs run at once on this machine itself: one a core."""
    return os.cpu_count() or 1


def local_compute(connection: sqlite3.Connection) -> Compute:
    """This machine, which has no row."""
    count, busy = node_count(), busy_nodes(connection, LOCAL)
    return Compute(
        name=LOCAL,
        type=ComputeType.LOCAL,
        max_nodes=count,
        busy_nodes=busy,
        idle_nodes=max(count - busy, 0),
        description=_("This machine: as many jobs at once as it has cores."),
    )


def compute_as_it_stands(paths: WorkspacePaths, connection: sqlite3.Connection, row: sqlite3.Row) -> Compute:
    """Raises WorkspaceDamaged."""
    compute, nodes = load_compute(row), nodes_as_they_stand(paths, connection, row["name"])
    observed: dict[str, object] = {
        "busy_nodes": sum(node.job is not None for node in nodes),
        "idle_nodes": sum(node.state is NodeState.IDLE for node in nodes),
    }
    if compute.type is ComputeType.COMPUTEINSTANCE:
        observed["state"] = _state_of_instance(row["wanted"], nodes)
    return compute.model_copy(update=observed)


def nodes_as_they_stand(paths: WorkspacePaths, connection: sqlite3.Connection, compute: str) -> Sequence[Node]:
    """The oldest first."""
    rows = connection.execute("SELECT * FROM nodes WHERE compute = ? ORDER BY created, name", (compute,)).fetchall()
    return [
        Node(
            name=row["name"],
            compute=row["compute"],
            state=_state_of_node(paths, row),
            job=row["job"],
            created=datetime.fromisoformat(row["created"]),
        )
        for row in rows
    ]


def load_compute(row: sqlite3.Row) -> Compute:
    """What was asked for. Raises WorkspaceDamaged."""
    try:
        return Compute.model_validate_json(row["entity"])
    except ValueError as error:
        raise WorkspaceDamaged(
            _("workspace.db holds a compute that cannot be read."),
            _("Run: azml workspace repair. It rebuilds the list from the jobs' folders, which are untouched."),
        ) from error


def _state_of_node(paths: WorkspacePaths, row: sqlite3.Row) -> NodeState:
    if row["leaving"]:
        return NodeState.LEAVING
    if not is_held(paths.node(row["name"]).lock):
        return NodeState.UNUSABLE  # it has ended, and the agent will see to it
    if row["job"]:
        return NodeState.RUNNING
    return NodeState.IDLE if is_listening(paths, row["name"]) else NodeState.PREPARING


def _state_of_instance(wanted: str, nodes: Sequence[Node]) -> ComputeState:
    if wanted == ComputeState.STOPPED:
        return ComputeState.STOPPING if nodes else ComputeState.STOPPED
    is_up = any(node.state in (NodeState.IDLE, NodeState.RUNNING) for node in nodes)
    return ComputeState.RUNNING if is_up else ComputeState.STARTING
