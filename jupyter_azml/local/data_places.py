"""Where an input, an output or a data asset leads, of all the places that a local workspace reaches."""

from datetime import datetime

from ..entities import AssetName, JobPath, RunPath
from ..schemas.names import LATEST
from ..storage.places import Places
from .asset_rows import find_asset
from .datastores import LocalDatastores
from .db import Database
from .job_files import output_of_job, run_artifact
from .model_rows import labelled_row, load_version, version_row
from .paths import WorkspacePaths


class LocalPlaces(Places):
    def __init__(self, paths: WorkspacePaths, db: Database) -> None:
        super().__init__(LocalDatastores(paths, db), paths.folder.name, paths.fetched)
        self._paths = paths
        self._db = db

    def _asset(self, address: AssetName, until: datetime | None) -> str:
        with self._db.read() as connection:
            return find_asset(connection, address.name, address.version, label=address.label, until=until).path

    def _model(self, address: AssetName) -> str:
        name, version = address.name, address.version
        with self._db.read() as connection:
            found = version_row if version else labelled_row
            return load_version(found(connection, name, version or address.label or LATEST)).path

    def _output(self, address: JobPath) -> str:
        return output_of_job(self._paths, self._db, address)

    def _artifact(self, address: RunPath) -> str:
        return str(run_artifact(self._paths, address))
