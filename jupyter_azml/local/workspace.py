"""The local workspace: a folder that is made on first use."""

from collections.abc import Mapping
from pathlib import Path

from ..entities import WorkspaceInfo
from ..workspace import Workspace
from .batch import LocalBatchEndpoints
from .computes import LocalComputes
from .connections import LocalConnections
from .data import LocalData
from .datastores import LocalDatastores
from .db import Database
from .environments.operations import LocalEnvironments
from .experiments import LocalExperiments
from .jobs import LocalJobs
from .models import LocalModels
from .monitoring import LocalMonitoring
from .paths import WorkspacePaths
from .place import change_place, describe, make_place
from .roles import LocalRoles
from .secrets import LocalSecrets
from .serving.endpoints import LocalEndpoints
from .tracking import LocalTracking


class LocalWorkspace(Workspace):
    models: LocalModels

    def __init__(self, folder: Path) -> None:
        """Raises WorkspaceError: not writable, on a network, damaged, or written by a newer version."""
        self._paths = WorkspacePaths(folder.absolute())
        make_place(self._paths.folder)
        db = Database(self._paths.database, self._paths.setup_lock)
        self.computes = LocalComputes(self._paths, db)
        self.experiments = LocalExperiments(db)
        self.environments = LocalEnvironments(self._paths, db)
        self.jobs = LocalJobs(self._paths, db, self.computes)
        self.datastores = LocalDatastores(self._paths, db)
        self.data = LocalData(self._paths, db)
        self.models = LocalModels(self._paths, db, self.jobs, self.data)
        batch = LocalBatchEndpoints(self._paths, db, self.jobs, self.models, self.computes)
        online = LocalEndpoints(self._paths, db, self.models)
        self.batch_endpoints, self.endpoints = batch, online
        self.models.deployments_using = lambda model, version: (
            *online.deployments_using(model, version),
            *batch.deployments.deployments_using(model, version),
        )
        self.monitoring = LocalMonitoring(self._paths, db, self.endpoints, self.data)
        self.connections = LocalConnections(self._paths, db)
        self.secrets = LocalSecrets(self._paths, db)
        self.roles = LocalRoles(self._paths.folder)
        self.tracking = LocalTracking(self._paths)

    def info(self) -> WorkspaceInfo:
        return describe(self._paths.folder)

    def update(self, *, description: str | None = None, tags: Mapping[str, str] | None = None) -> WorkspaceInfo:
        change_place(self._paths.folder, description=description, tags=tags)
        return self.info()
