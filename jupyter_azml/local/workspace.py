"""The local workspace: a folder that is made on first use."""

import json
from pathlib import Path

from ..entities import WorkspaceInfo
from ..workspace import Workspace
from .computes import LocalComputes
from .db import Database
from .experiments import LocalExperiments
from .files import write_whole
from .filesystem import refuse_network_folder, writing
from .jobs import LocalJobs
from .paths import WorkspacePaths


class LocalWorkspace(Workspace):
    def __init__(self, folder: Path) -> None:
        """Raises WorkspaceError: not writable, on a network, damaged, or written by a newer version."""
        self._paths = WorkspacePaths(folder.absolute())
        self._make_folder()
        db = Database(self._paths.database, self._paths.setup_lock)
        self.computes = LocalComputes(db)
        self.experiments = LocalExperiments(db)
        self.jobs = LocalJobs(self._paths, db, self.computes)

    def info(self) -> WorkspaceInfo:
        return WorkspaceInfo(
            name=self._paths.folder.name,
            kind="local",
            location=str(self._paths.folder),
            capabilities=("jobs.submit", "jobs.cancel", "jobs.events", "jobs.files"),
        )

    def _make_folder(self) -> None:
        if self._paths.config.exists():
            return
        refuse_network_folder(self._paths.folder)
        with writing(self._paths.folder):
            self._paths.folder.mkdir(mode=0o700, parents=True, exist_ok=True)
            self._paths.jobs.mkdir(mode=0o700, exist_ok=True)
            config = {"kind": "local", "workspace_name": self._paths.folder.name}
            write_whole(self._paths.config, json.dumps(config, indent=1) + "\n")
