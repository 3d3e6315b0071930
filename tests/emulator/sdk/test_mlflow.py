"""MLflow with azureml-mlflow, unmodified, as a notebook beside the SDK uses it."""

import json

import pytest

pytest.importorskip("azureml.mlflow")

from jupyter_azml.actions.emulate import variables_of_machine
from jupyter_azml.local import LocalWorkspace

NOTEBOOK = """
import json, os, time
import mlflow
from azure.ai.ml import MLClient, command
from azure.identity import DefaultAzureCredential
from mlflow.exceptions import MlflowException

ml = MLClient.from_config(DefaultAzureCredential())
mlflow.set_tracking_uri(ml.workspaces.get(ml.workspace_name).mlflow_tracking_uri)
mlflow.set_experiment("lesson")
from sklearn.datasets import load_iris
from sklearn.linear_model import LogisticRegression
mlflow.sklearn.autolog(log_models=False)
X, y = load_iris(return_X_y=True)
with mlflow.start_run(run_name="first") as run:
    model = LogisticRegression(max_iter=200).fit(X, y)
    for step in range(3):
        mlflow.log_metric("loss", 1 / (step + 1), step=step)
    mlflow.log_metrics({"later": 2.0}, synchronous=False)
    mlflow.log_dict({"a": 1}, "sub/a.json")
    mlflow.sklearn.save_model(model, "saved", pip_requirements=["scikit-learn"])
    mlflow.log_artifacts("saved", "model")
    mlflow.set_tag("team", "blue")
    with mlflow.start_run(run_name="inside", nested=True):
        mlflow.log_metric("depth", 1)
said = {"uri": mlflow.get_tracking_uri(), "run": run.info.run_id}
found = mlflow.search_runs(experiment_names=["lesson"], filter_string="metrics.loss < 0.5 and tags.team = 'blue'")
said["columns"] = sorted(column for column in found.columns if column.startswith(("params.max", "metrics.")))
said["found"] = list(found.run_id)
client = mlflow.MlflowClient()
said["history"] = [point.value for point in client.get_metric_history(run.info.run_id, "loss")]
said["artifacts"] = sorted(file.path for file in client.list_artifacts(run.info.run_id))
fetched = mlflow.artifacts.download_artifacts(run_id=run.info.run_id, artifact_path="sub/a.json")
said["artifact"] = json.load(open(fetched))
while ml.jobs.get(run.info.run_id).status not in ("Completed", "Failed"):
    time.sleep(0.2)
listed = [(each.display_name, each.status) for each in ml.jobs.list() if each.name == run.info.run_id]
said["as jobs"] = listed + [(each.display_name, each.status) for each in ml.jobs.list(parent_job_name=run.info.run_id)]
said["below"] = [file.path for file in client.list_artifacts(run.info.run_id, "sub")]
version = mlflow.register_model(f"{run.info.artifact_uri}/model", "lesson-model")  # runs:/ asks for logged models
said["version"] = version.version
said["models"] = [(each.name, str(each.version)) for each in ml.models.list("lesson-model")]
loaded = mlflow.sklearn.load_model("models:/lesson-model/1")
said["score"] = float(loaded.score(X, y)) > 0.9
local = mlflow.register_model("saved", "local-model")
said["local"] = str(local.version)
try:
    with mlflow.start_run():
        mlflow.sklearn.log_model(model, name="model", pip_requirements=["scikit-learn"])
except MlflowException as error:
    said["log_model"] = error.get_http_status_code()
job = ml.jobs.create_or_update(command(command="python -c 'import mlflow; mlflow.log_metric(\\"inside\\", 7)'",
    environment="AzureML-acpt-pytorch-2.8-cuda12.6@latest", experiment_name="lesson"))
while ml.jobs.get(job.name).status not in ("Completed", "Failed"):
    time.sleep(0.2)
said["job"] = (ml.jobs.get(job.name).status, mlflow.get_run(job.name).data.metrics)
print("SAID" + json.dumps(said))
"""


def test_a_lesson_with_tracking_autolog_search_registry_and_a_job(run_python):
    done = run_python(NOTEBOOK)
    assert "SAID" in done.stdout, done.stderr[-3000:]
    said = json.loads(done.stdout.partition("SAID")[2])
    assert said["uri"].startswith("azureml://")
    assert said["found"] == [said["run"]]
    assert {"metrics.loss", "metrics.later", "metrics.training_score", "params.max_iter"} <= set(said["columns"])
    assert said["history"] == [1.0, 0.5, 1 / 3]
    assert {"model", "sub"} <= set(said["artifacts"])
    assert (said["artifact"], said["below"]) == ({"a": 1}, ["sub/a.json"])
    assert said["as jobs"] == [["first", "Completed"], ["inside", "Completed"]]
    assert (str(said["version"]), said["score"], said["local"]) == ("1", True, "1")
    assert said["models"] == [["lesson-model", "1"]]
    assert said["log_model"] == 404
    assert (said["job"][0], said["job"][1]["inside"]) == ("Completed", 7.0)


def test_plain_mlflow_tracks_where_it_does_on_a_machine_of_azure_unless_somebody_said_where(emulator, monkeypatch):
    monkeypatch.setenv("AZML_HOME", str(emulator.home))
    monkeypatch.delenv("MLFLOW_TRACKING_URI", raising=False)
    info = LocalWorkspace(emulator.home / "workspaces" / "local").info()
    said = variables_of_machine(info)["MLFLOW_TRACKING_URI"]
    assert said == f"azureml://local.api.azureml.ms/mlflow/v2.0{emulator.identity}"
    monkeypatch.setenv("MLFLOW_TRACKING_URI", "http://127.0.0.1:5000")
    assert "MLFLOW_TRACKING_URI" not in variables_of_machine(info)
