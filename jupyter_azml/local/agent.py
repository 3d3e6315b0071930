"""The agent: one process per workspace that makes wishes true, and alone writes the status of jobs.

``python -m jupyter_azml.local.agent FOLDER``. Elected by holding agent.lock; leaves when idle. What it knows is on
disk: a new agent goes on where a killed one stopped.
"""

import signal
import sys
import time
from datetime import UTC, datetime
from pathlib import Path

from .. import settings
from ..entities import JobType
from ..errors import AzmlError
from .bell import Bell, listening
from .db import Database
from .dispatch import Dispatcher
from .files import remove_removed
from .fleet import Fleet
from .hidden import forget_of_ended
from .locks import FileLock
from .nodes import Nodes
from .paths import WorkspacePaths
from .processes import identity
from .records import has_active, started_rows
from .runs import Runs
from .serving.keeper import Serving

BUSY_PAUSE = 0.05
IDLE_PAUSE = 0.2
LOOK_AROUND = 1.0
"""Seconds between two looks at nodes and schedules while there are no jobs."""


def main() -> None:
    paths = WorkspacePaths(Path(sys.argv[1]))
    agent = Agent(paths)
    # A client of another version asks so; with work to do the agent stays.
    signal.signal(signal.SIGTERM, lambda *_: agent.ask_to_leave())
    # A client that probes the lock holds it for a moment, hence some patience.
    while lock := FileLock.take(paths.agent_lock, patience=1.0):
        lock.write(identity(version=settings.version()))
        agent.serve()
        lock.release()
        # A request that came while the lock was still held found an agent, and started none.
        if agent.is_asked_to_leave or not (agent.has_work() or agent.has_endpoints()):
            return


class Agent:
    def __init__(self, paths: WorkspacePaths) -> None:
        self._paths = paths
        self._db = Database(paths.database, paths.setup_lock)
        self._nodes = Nodes(paths, self._db)
        self._dispatcher = Dispatcher(paths, self._db, self._nodes)
        self._fleet = Fleet(paths, self._db, self._nodes, self._dispatcher)
        self._runs = Runs(paths.folder)
        self._serving = Serving(paths, self._db)
        self.is_asked_to_leave = False

    def serve(self) -> None:
        """Until there has been nothing to do for a while."""
        self._nodes.clear()
        remove_removed(self._paths.jobs)
        forget_of_ended(self._paths, self._db)
        with listening(self._paths) as bell:
            self._serve(bell)

    def _serve(self, bell: Bell) -> None:
        seen, last_work, last_step = -1, time.monotonic(), 0.0
        while True:
            changes, now = self._db.changes(), time.monotonic()
            is_busy = False
            is_due = self._needs_agent and now - last_step >= LOOK_AROUND
            if changes != seen or is_due or self._serving.has_lost_one():
                is_busy, last_step = self.step(), now
            if is_busy:
                last_work = now
            elif self._may_leave(now - last_work):
                return
            seen = -1 if is_busy else changes
            bell.wait(BUSY_PAUSE if is_busy and self._is_in_haste() else IDLE_PAUSE)

    def step(self) -> bool:
        """Looks once at everything; says whether there are jobs."""
        try:
            with self._db.read() as connection:
                rows = started_rows(connection)
            self._nodes.look()
            self._dispatcher.follow_all(rows)
            self._dispatcher.fill_local()
            self._fleet.serve()
            self._serving.serve()
            self._runs.fold()
            return self.has_work() or self._serving.is_busy
        except AzmlError as error:  # a full disk, say: what cannot be written now is written later
            print(datetime.now(UTC).isoformat(), error, file=sys.stderr, flush=True)
            time.sleep(LOOK_AROUND)
            return True

    def has_work(self) -> bool:
        with self._db.read() as connection:
            return has_active(connection)

    def has_endpoints(self) -> bool:
        with self._db.read() as connection:
            return connection.execute("SELECT 1 FROM endpoints LIMIT 1").fetchone() is not None

    def _is_in_haste(self) -> bool:
        """Runs of notebooks stay open for days, and ring when they end."""
        with self._db.read() as connection:
            return has_active(connection, but=JobType.INTERACTIVE)

    def ask_to_leave(self) -> None:
        self.is_asked_to_leave = True

    @property
    def _needs_agent(self) -> bool:
        return self._fleet.needs_agent or self._serving.needs_agent

    def _may_leave(self, idle_seconds: float) -> bool:
        if self.is_asked_to_leave:
            return True
        return not self._needs_agent and idle_seconds >= settings.agent_idle_seconds()


if __name__ == "__main__":
    main()
