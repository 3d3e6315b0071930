"""MLflow's record of a job: what it logged, how it ended, and that it goes with the job."""

from pathlib import Path

import mlflow
import pytest
from mlflow.entities import ViewType
from mlflow.exceptions import MlflowException

from jupyter_azml.actions.follow_job import JobStream
from jupyter_azml.actions.run_notebook import run_notebook
from jupyter_azml.entities import JobStatus, MetricPoints
from jupyter_azml.tracking.address import tracking_uri
from jupyter_azml.tracking.paths import TrackingPaths

LOGS_AND_DIES = """
import mlflow
mlflow.log_param("lr", 0.1)
for step in range(300):
    mlflow.log_metric("loss", 1 / (step + 1), step=step)
with mlflow.start_run(nested=True, run_name="fold 1"):
    mlflow.log_metrics({"loss": 7.0, "acc": 0.5})
    mlflow.log_text("hello", "notes/hello.txt")
mlflow.log_text("mine", "mine.txt")
mlflow.start_run(nested=True, run_name="fold 2")
mlflow.log_metric("loss", 8.0)
import os, signal
os.kill(os.getpid(), signal.SIGKILL)
"""


def test_a_job_and_the_runs_inside_it(workspace, write_notebook, azml_home):
    folder = azml_home / "workspaces" / "local"
    client = mlflow.MlflowClient(tracking_uri(folder))
    submitted = run_notebook(workspace, write_notebook(LOGS_AND_DIES), experiment="churn")
    stream = JobStream(workspace, submitted.name)
    points = [point for event in stream if isinstance(event, MetricPoints) for point in event.points]
    live = [(point.key, point.step) for point in points if not point.key.startswith("system/")]
    assert stream.wait().status is JobStatus.FAILED
    # The live view has the job's own points, each once, and none of the runs inside it.
    assert live == [("loss", step) for step in range(300)]

    run = client.get_run(submitted.name)
    assert (run.info.status, run.data.params, run.data.metrics["loss"]) == ("FAILED", {"lr": "0.1"}, 1 / 300)
    assert len(client.get_metric_history(submitted.name, "loss")) == 300
    [experiment] = client.search_experiments(filter_string="name = 'churn'")
    children = client.search_runs([experiment.experiment_id], f"tags.mlflow.parentRunId = '{submitted.name}'")
    assert {child.info.run_name: child.info.status for child in children} == {"fold 1": "FINISHED", "fold 2": "FAILED"}
    assert {child.info.run_name: child.data.metrics["loss"] for child in children} == {"fold 1": 7.0, "fold 2": 8.0}
    paths = TrackingPaths(folder)
    kept = [paths.run(child.info.run_id).folder for child in children]
    [artifacts] = [Path(child.info.artifact_uri) for child in children if child.info.run_name == "fold 1"]
    assert (artifacts / "notes" / "hello.txt").read_text() == "hello"
    workspace.jobs.delete(submitted.name)
    assert client.search_runs([experiment.experiment_id], run_view_type=ViewType.ALL) == []
    for run_id in (submitted.name, *(child.info.run_id for child in children)):
        with pytest.raises(MlflowException, match="not found"):
            client.log_metric(run_id, "loss", 1.0)
    assert not any(path.exists() for path in (*kept, artifacts))
