"""The runs of jobs in mlflow.db, as the workspace sees to them: by plain SQL, without mlflow."""

import shutil
import time
from pathlib import Path
from typing import Literal
from urllib.parse import unquote, urlsplit

from .folding import Connection, forget_run, transaction
from .journals import note_removal
from .paths import TrackingPaths

RunEnd = Literal["FINISHED", "FAILED", "KILLED"]
"""Of MLflow's words for the status of a run."""

_NESTED = """
WITH RECURSIVE nested (id) AS (
    SELECT ? UNION SELECT run_uuid FROM tags JOIN nested ON key = 'mlflow.parentRunId' AND value = id
) SELECT run_uuid, artifact_uri FROM runs WHERE run_uuid IN (SELECT id FROM nested)
"""


def end_run(connection: Connection, paths: TrackingPaths, job: str, status: RunEnd, at: int | None = None) -> None:
    """The run of a job has the job's end, whatever its code said; so have runs inside it that were left running.

    ``at`` is in milliseconds since the epoch; by default it is now.
    """
    now = at or int(time.time() * 1000)
    runs = [run for run, _uri in _runs_of(connection, paths, job)]
    if not runs:
        return
    with transaction(connection):
        connection.executemany(
            "UPDATE runs SET status = ?, end_time = max(?, start_time) "
            "WHERE run_uuid = ? AND (run_uuid = ? OR status = 'RUNNING')",
            [(status, now, run, job) for run in runs],
        )


def remove_runs(connection: Connection, paths: TrackingPaths, job: str) -> None:
    """The run of a job and the runs inside it, with what they logged."""
    runs = _runs_of(connection, paths, job)
    # Takes along what MLflow's tables say goes with a run.
    connection.execute("PRAGMA foreign_keys = ON")
    with transaction(connection):
        for run, _uri in runs:
            for table in ("metrics", "latest_metrics", "params", "tags"):
                connection.execute(f"DELETE FROM {table} WHERE run_uuid = ?", (run,))  # noqa: S608 - one of four
            connection.execute("DELETE FROM inputs WHERE ? IN (source_id, destination_id)", (run,))
            # Their files are among the run's artifacts.
            connection.execute("UPDATE logged_models SET lifecycle_stage = 'deleted' WHERE source_run_id = ?", (run,))
            connection.execute("DELETE FROM runs WHERE run_uuid = ?", (run,))
            forget_run(connection, run)
    note_removal(paths)
    for run, uri in runs:
        shutil.rmtree(paths.runs / run, ignore_errors=True)
        artifacts = Path(unquote(urlsplit(uri).path) if uri.startswith("file:") else uri)
        if artifacts.is_relative_to(paths.artifacts):
            shutil.rmtree(artifacts.parent, ignore_errors=True)


def _runs_of(connection: Connection, paths: TrackingPaths, job: str) -> list[tuple[str, str]]:
    """Ids and where the artifacts are. A job inside the job is its own master."""
    rows = connection.execute(_NESTED, (job,)).fetchall()
    return [(run, uri) for run, uri in rows if run == job or not (paths.jobs / run).is_dir()]
