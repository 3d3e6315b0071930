"""mlflow.db is lost or damaged, and made anew from what the runs left beside it."""

from pathlib import Path
from typing import Any

import mlflow
import pytest
from mlflow.exceptions import MlflowException

from jupyter_azml.actions.follow_job import JobStream
from jupyter_azml.actions.run_notebook import run_notebook
from jupyter_azml.connect import Connections
from jupyter_azml.tracking.address import tracking_uri
from jupyter_azml.tracking.store import JournallingStore

LOGS = """
import mlflow
mlflow.log_params({"lr": 0.1, "depth": 3})
mlflow.set_tag("kind", "tree")
for step in range(100):
    mlflow.log_metric("loss", 1 / (step + 1), step=step)
with mlflow.start_run(nested=True, run_name="fold 1", tags={"fold": "1"}):
    mlflow.log_metric("loss", 7.0)
    mlflow.log_text("hello", "hello.txt")
"""


def told(client: mlflow.MlflowClient) -> dict[str, Any]:
    """All that is known of each run."""
    experiments = {each.experiment_id: each.name for each in client.search_experiments()}
    runs = client.search_runs(list(experiments))
    return {
        run.info.run_id: (
            *(run.info.run_name, run.info.status, run.info.artifact_uri, experiments[run.info.experiment_id]),
            *(run.data.params, run.data.metrics, run.data.tags),
            [
                (point.step, point.value, point.timestamp)
                for point in client.get_metric_history(run.info.run_id, "loss")
            ],
            [file.path for file in client.list_artifacts(run.info.run_id)],
        )
        for run in runs
    }


def test_every_run_is_there_again_with_what_it_logged(workspace, write_notebook, azml_home, monkeypatch):
    folder = azml_home / "workspaces" / "local"
    name = run_notebook(workspace, write_notebook(LOGS), experiment="churn").name
    assert JobStream(workspace, name).wait().status == "Completed"
    mlflow.set_tracking_uri(tracking_uri(folder))
    monkeypatch.setattr(mlflow.tracking.fluent, "_active_experiment_id", None)
    monkeypatch.delenv("MLFLOW_EXPERIMENT_ID", raising=False)
    with mlflow.start_run(run_name="by hand", tags={"team": "a"}):
        mlflow.log_metric("loss", 3.0, step=2)
    mlflow.set_tracking_uri(None)
    before = told(mlflow.MlflowClient(tracking_uri(folder)))
    assert len(before) == 3

    for spoil in (lambda path: path.write_bytes(b"garbage" * 5000), Path.unlink):
        for end in ("-wal", "-shm"):
            (folder / f"mlflow.db{end}").unlink(missing_ok=True)
        spoil(folder / "mlflow.db")
        if (folder / "mlflow.db").exists():
            with pytest.raises(MlflowException, match="azml workspace repair"):
                JournallingStore(folder)
        notes: list[str] = []
        Connections().repair(notes.append)
        [note] = notes
        assert note.startswith("mlflow.db was made anew: 3 runs are there again")
        after = told(mlflow.MlflowClient(tracking_uri(folder)))
        assert after == before
    assert len(list(folder.glob("mlflow.db.damaged-*"))) >= 1
    notes = []
    Connections().repair(notes.append)
    assert notes == []
