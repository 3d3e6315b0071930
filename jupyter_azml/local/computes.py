"""The computes of a local workspace: this machine, and what is made of it.

A row holds what is wanted; the agent makes it so.
"""

import sqlite3
from collections.abc import Sequence
from datetime import UTC, datetime

from ..entities import Compute, ComputeSize, ComputeState, ComputeType, JobSpec, Node, Page, Usage
from ..errors import ComputeNotFound, ComputeStopped, Conflict, NotSupported, UsageError
from ..language import _
from ..workspace import ComputesOperations
from .compute_check import RESERVED, check_change, checked, refuse_local
from .compute_files import forget_compute, keep_compute
from .compute_state import (
    LOCAL,
    compute_as_it_stands,
    load_compute,
    local_compute,
    node_count,
    nodes_as_they_stand,
)
from .db import Database
from .launch import ensure_agent
from .paths import WorkspacePaths
from .quota import check_quota, usage_of
from .records import count_active, nodes_of
from .sizes import SIZES

__all__ = ["LOCAL", "LocalComputes", "check_admits", "node_count"]


def check_admits(compute: Compute, spec: JobSpec) -> None:
    """Raises ComputeStopped, Conflict, NotSupported or UsageError for a job that could never run there."""
    if compute.type.is_attached:
        raise NotSupported(
            _(
                "The local workspace keeps a record of {name} ({type}) and does not run jobs on it.",
                name=compute.name,
                type=compute.type,
            ),
            _("Leave --compute out to run on this machine."),
        )
    if compute.state in (ComputeState.STOPPED, ComputeState.STOPPING):
        raise ComputeStopped(
            _("{name} is stopped.", name=compute.name),
            _("Start it with: azml compute start {name}", name=compute.name),
        )
    if not compute.max_nodes:
        raise Conflict(
            _("{name} may have no nodes: its max_instances is 0.", name=compute.name),
            _("Allow some with: azml compute update {name} --max-instances 1", name=compute.name),
        )
    if (asked := nodes_of(spec)) > compute.max_nodes:
        raise UsageError(
            _(
                "The job asks for {asked} nodes, and {name} has at most {limit}.",
                asked=asked,
                name=compute.name,
                limit=compute.max_nodes,
            ),
            _("Lower resources.instance_count, or choose a compute with more nodes."),
        )


class LocalComputes(ComputesOperations):
    def __init__(self, paths: WorkspacePaths, db: Database) -> None:
        self._paths = paths
        self._db = db

    def list(
        self, *, type: ComputeType | None = None, limit: int = 50, continuation: str | None = None
    ) -> Page[Compute]:
        # This machine first, then by name: the last name of a page says where the next one begins.
        after = "" if continuation in (None, LOCAL) else continuation
        with self._db.read() as connection:
            rows = connection.execute(
                "SELECT * FROM computes WHERE name > ?1 AND (?2 IS NULL OR json_extract(entity, '$.type') = ?2) "
                "ORDER BY name LIMIT ?3",
                (after, type, limit + 1),
            ).fetchall()
            found = [compute_as_it_stands(self._paths, connection, row) for row in rows]
            if not continuation and type in (None, ComputeType.LOCAL):
                found.insert(0, local_compute(connection))
        following = found[limit - 1].name if len(found) > limit else None
        return Page[Compute](items=tuple(found[:limit]), continuation=following)

    def get(self, name: str) -> Compute:
        with self._db.read() as connection:
            # Azure runs a job that names "serverless" on nodes of its own choice; here there is one choice.
            if _plain(name).lower() in RESERVED:
                return local_compute(connection)
            return compute_as_it_stands(self._paths, connection, self._row(connection, name))

    def create_or_update(self, compute: Compute) -> Compute:
        wanted = checked(compute)
        with self._db.write() as connection:
            row = connection.execute("SELECT * FROM computes WHERE name = ?", (wanted.name,)).fetchone()
            before = load_compute(row) if row else None
            created = before.created if before else datetime.now(UTC)
            if before:
                check_change(before, wanted)
            if before is None or wanted.max_nodes > before.max_nodes:
                check_quota(wanted, self._as_wanted(connection))
            name = before.name if before else wanted.name
            kept = wanted.model_copy(update={"name": name, "created": created})
            connection.execute(
                "INSERT INTO computes (name, created, entity) VALUES (?, ?, ?) "
                "ON CONFLICT (name) DO UPDATE SET entity = excluded.entity",
                (name, str(created), kept.model_dump_json()),
            )
        keep_compute(self._paths, kept, row["wanted"] if row else ComputeState.RUNNING)
        ensure_agent(self._paths)
        return self.get(name)

    def delete(self, name: str) -> None:
        refuse_local(_plain(name))
        with self._db.write() as connection:
            row = self._row(connection, name)
            if count := count_active(connection, row["name"]):
                raise Conflict(
                    _("{name} has {count} jobs that run or wait.", name=row["name"], count=count),
                    _("Wait for them or cancel them; see: azml job list --compute {name}", name=row["name"]),
                )
            connection.execute("DELETE FROM computes WHERE name = ?", (row["name"],))
            connection.execute("UPDATE nodes SET leaving = 1 WHERE compute = ?", (row["name"],))
        forget_compute(self._paths, row["name"])
        ensure_agent(self._paths)

    def start(self, name: str) -> Compute:
        return self._want(name, ComputeState.RUNNING)

    def stop(self, name: str) -> Compute:
        return self._want(name, ComputeState.STOPPED, leave=True)

    def restart(self, name: str) -> Compute:
        return self._want(name, ComputeState.RUNNING, leave=True)

    def nodes(self, name: str) -> Page[Node]:
        compute = self.get(name)
        with self._db.read() as connection:
            return Page[Node](items=tuple(nodes_as_they_stand(self._paths, connection, compute.name)))

    def sizes(self) -> Page[ComputeSize]:
        return Page[ComputeSize](items=SIZES)

    def usage(self) -> Page[Usage]:
        with self._db.read() as connection:
            return Page[Usage](items=usage_of(self._as_wanted(connection)))

    def check_is_there(self, connection: sqlite3.Connection, name: str) -> None:
        """In the transaction that queues a job: one that is deleted at this moment raises ComputeNotFound."""
        if name != LOCAL:
            self._row(connection, name)

    def _want(self, name: str, state: ComputeState, leave: bool = False) -> Compute:
        compute = self.get(name)
        if compute.type is not ComputeType.COMPUTEINSTANCE:
            raise UsageError(
                _("{name} is no compute instance: only those are started and stopped.", name=compute.name),
                _("A cluster has nodes while it has jobs, and none when it is idle."),
            )
        with self._db.write() as connection:
            self._row(connection, name)
            if state is ComputeState.RUNNING:
                check_quota(compute, self._as_wanted(connection))
            connection.execute("UPDATE computes SET wanted = ? WHERE name = ?", (state, compute.name))
            if leave:
                connection.execute("UPDATE nodes SET leaving = 1 WHERE compute = ?", (compute.name,))
        keep_compute(self._paths, compute, state)
        ensure_agent(self._paths)
        return self.get(name)

    def _as_wanted(self, connection: sqlite3.Connection) -> Sequence[Compute]:
        """An instance that starts or stops counts by where it goes."""
        rows = connection.execute("SELECT * FROM computes ORDER BY name").fetchall()
        return [
            compute_as_it_stands(self._paths, connection, row).model_copy(update={"state": ComputeState(row["wanted"])})
            for row in rows
        ]

    def _row(self, connection: sqlite3.Connection, name: str) -> sqlite3.Row:
        row: sqlite3.Row | None = connection.execute(
            "SELECT * FROM computes WHERE name = ?", (_plain(name),)
        ).fetchone()
        if row is None:
            names = [LOCAL, *(each["name"] for each in connection.execute("SELECT name FROM computes ORDER BY name"))]
            raise ComputeNotFound(
                _("There is no compute named {name}.", name=name),
                _("It has: {names}. Leave --compute out to run on this machine.", names=", ".join(names)),
            )
        return row


def _plain(name: str) -> str:
    return name.removeprefix("azureml:")
