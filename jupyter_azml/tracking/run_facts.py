"""What MLflow's database says of one run, or of one logged model: by plain SQL, without mlflow."""

from pathlib import Path
from typing import NamedTuple
from urllib.parse import unquote, urlsplit

from .folding import Connection


class RunFacts(NamedTuple):
    parameters: dict[str, str]
    metrics: dict[str, float]
    """The last value of each."""
    artifacts: str
    """A URI."""
    parent: str | None


class LoggedModel(NamedTuple):
    artifacts: str
    """A URI."""
    run: str | None


def facts_of_run(connection: Connection, run_id: str) -> RunFacts | None:
    row = connection.execute("SELECT artifact_uri FROM runs WHERE run_uuid = ?", (run_id,)).fetchone()
    if row is None:
        return None
    parameters = connection.execute("SELECT key, value FROM params WHERE run_uuid = ?", (run_id,)).fetchall()
    metrics = connection.execute(
        "SELECT key, value FROM latest_metrics WHERE run_uuid = ? AND NOT is_nan", (run_id,)
    ).fetchall()
    parent = connection.execute(
        "SELECT value FROM tags WHERE run_uuid = ? AND key = 'mlflow.parentRunId'", (run_id,)
    ).fetchone()
    return RunFacts(dict(parameters), dict(metrics), row[0] or "", parent[0] if parent else None)


def logged_model(connection: Connection, model_id: str) -> LoggedModel | None:
    row = connection.execute(
        "SELECT artifact_location, source_run_id FROM logged_models WHERE model_id = ? AND lifecycle_stage = 'active'",
        (model_id,),
    ).fetchone()
    return LoggedModel(row[0], row[1]) if row else None


def logged_model_of_run(connection: Connection, run_id: str, name: str) -> LoggedModel | None:
    """The last one that the run logged under this name."""
    row = connection.execute(
        "SELECT artifact_location, source_run_id FROM logged_models WHERE source_run_id = ? AND name = ? "
        "AND lifecycle_stage = 'active' ORDER BY creation_timestamp_ms DESC LIMIT 1",
        (run_id, name),
    ).fetchone()
    return LoggedModel(row[0], row[1]) if row else None


def local_path(uri: str) -> Path | None:
    """Of a ``file:`` URI or a plain path; None for anything else."""
    parts = urlsplit(uri)
    if parts.scheme == "file" and parts.netloc in ("", "localhost"):
        return Path(unquote(parts.path))
    return Path(uri) if uri.startswith("/") else None
