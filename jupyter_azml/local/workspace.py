"""The local workspace: a folder that is made on first use."""

from pathlib import Path

from ..entities import WorkspaceInfo
from ..workspace import Workspace
from .computes import LocalComputes
from .connections import LocalConnections
from .data import LocalData
from .datastores import LocalDatastores
from .db import Database
from .experiments import LocalExperiments
from .jobs import LocalJobs
from .paths import WorkspacePaths
from .place import describe, make_place
from .secrets import LocalSecrets


class LocalWorkspace(Workspace):
    def __init__(self, folder: Path) -> None:
        """Raises WorkspaceError: not writable, on a network, damaged, or written by a newer version."""
        self._paths = WorkspacePaths(folder.absolute())
        make_place(self._paths.folder)
        db = Database(self._paths.database, self._paths.setup_lock)
        self.computes = LocalComputes(self._paths, db)
        self.experiments = LocalExperiments(db)
        self.jobs = LocalJobs(self._paths, db, self.computes)
        self.datastores = LocalDatastores(self._paths, db)
        self.data = LocalData(self._paths, db)
        self.connections = LocalConnections(self._paths, db)
        self.secrets = LocalSecrets(self._paths, db)

    def info(self) -> WorkspaceInfo:
        return describe(self._paths.folder)
