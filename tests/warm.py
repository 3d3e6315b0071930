"""A workspace that tests have one after the other: its agent and its servers of workers are started once.

Starting them takes longer than most jobs of tests. A test that is marked ``warm`` finds it as empty as a new one.
"""

import shutil
import time
from pathlib import Path

from jupyter_azml.entities import JobQuery
from jupyter_azml.errors import AzmlError
from jupyter_azml.local import LocalWorkspace
from tests.processes import end_processes_below

PATIENCE = 20.0
"""Seconds in which jobs that a test left behind have to end."""
OF_JOBS = {"jobs", "job_states", "job_tags", "sqlite_sequence"}


class WarmHomes:
    """One for each process that runs tests, and another one after a test that left more behind than jobs."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._number = 1

    @property
    def home(self) -> Path:
        return self._folder / str(self._number)

    def clear(self) -> None:
        place = self.home / "workspaces" / "local"
        if not place.exists():
            return
        try:
            workspace = LocalWorkspace(place)
            _remove_jobs(workspace)
            is_empty = not _tables_with_rows(workspace)
        except (AzmlError, TimeoutError):
            is_empty = False
        others = [path for path in (*self.home.iterdir(), *place.parent.iterdir()) if path not in (place, place.parent)]
        if others or not is_empty:
            self.leave()

    def leave(self) -> None:
        end_processes_below(self.home)
        shutil.rmtree(self.home, ignore_errors=True)
        self._number += 1


def _remove_jobs(workspace: LocalWorkspace) -> None:
    jobs = [job.name for job in workspace.jobs.list(JobQuery(archived="all"), limit=1000).items]
    for name in jobs:
        workspace.jobs.cancel(name)
    deadline = time.monotonic() + PATIENCE
    for name in jobs:
        while not workspace.jobs.get(name).status.is_terminal:
            if time.monotonic() > deadline:
                raise TimeoutError(name)
            time.sleep(0.02)
        workspace.jobs.delete(name)


def _tables_with_rows(workspace: LocalWorkspace) -> list[str]:
    with workspace.jobs._db.read() as connection:
        tables = [name for (name,) in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")]
        others = [name for name in tables if name not in OF_JOBS]
        return [name for name in others if connection.execute(f"SELECT 1 FROM {name} LIMIT 1").fetchone()]
