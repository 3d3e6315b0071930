"""A store in a workspace of its own, without the second that MLflow takes to make its tables."""

import shutil
import sqlite3
from pathlib import Path

import pytest

from jupyter_azml.local import LocalWorkspace
from jupyter_azml.tracking.paths import TrackingPaths
from jupyter_azml.tracking.store import JournallingStore


@pytest.fixture(scope="session")
def empty_database(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("empty")
    JournallingStore(folder)
    connection = sqlite3.connect(folder / "mlflow.db")
    connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    connection.close()
    return folder / "mlflow.db"


@pytest.fixture
def paths(tmp_path: Path, empty_database: Path) -> TrackingPaths:
    paths = TrackingPaths(tmp_path / "workspace")
    paths.database.parent.mkdir()
    shutil.copy(empty_database, paths.database)
    return paths


@pytest.fixture
def store(paths: TrackingPaths) -> JournallingStore:
    return JournallingStore(paths.database.parent)


@pytest.fixture
def run(store: JournallingStore) -> str:
    run_id: str = store.create_run("0", "me", 1, [], "run").info.run_id
    return run_id


@pytest.fixture
def workspace(workspace: LocalWorkspace, empty_database: Path, azml_home: Path) -> LocalWorkspace:
    shutil.copy(empty_database, azml_home / "workspaces" / "local" / "mlflow.db")
    (azml_home / "workspaces" / "local" / "tracking").mkdir()
    return workspace
