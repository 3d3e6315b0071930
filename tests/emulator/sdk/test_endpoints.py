"""Endpoints and deployments: made by Microsoft's SDK and by us, each read, changed and called by the other."""

import json

import pytest
import requests

from jupyter_azml.actions.settle_deployment import settle_deployment
from jupyter_azml.entities import CodeConfiguration, DataInput, OnlineDeployment, OnlineEndpoint
from jupyter_azml.errors import DeploymentNotFound, EndpointNotFound
from tests.contract.suite.computes import eventually

SCORE = """
import json, os
from pathlib import Path

def init():
    global factor
    factor = float(next(Path(os.environ["AZUREML_MODEL_DIR"]).rglob("factor.txt")).read_text())

def run(data):
    return [factor * number for number in json.loads(data)["data"]]
"""
SCORE_FILES = """
import os
from pathlib import Path

def init():
    global factor
    factor = float(next(Path(os.environ["AZUREML_MODEL_DIR"]).rglob("factor.txt")).read_text())

def run(files):
    return [f"{Path(file).name},{factor * float(Path(file).read_text())}" for file in files]
"""


@pytest.fixture
def folder(tmp_path, monkeypatch):
    """A model, scripts and data beside a notebook, as tutorials have them."""
    for name, text in {
        "model/factor.txt": "2",
        "code/score.py": SCORE,
        "batch/score.py": SCORE_FILES,
        "data/1.txt": "1",
        "data/2.txt": "2",
        "request.json": '{"data": [1, 2]}',
    }.items():
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text(text)
    monkeypatch.chdir(tmp_path)
    return tmp_path


def test_a_model_is_deployed_called_changed_and_removed_by_either_client(ml, azml, folder):
    from azure.ai.ml import entities as sdk
    from azure.core.exceptions import ResourceNotFoundError

    asked = sdk.ManagedOnlineEndpoint(name="churn", auth_mode="key", description="who leaves", tags={"team": "blue"})
    assert ml.online_endpoints.begin_create_or_update(asked).result().provisioning_state == "Succeeded"
    seen = azml.endpoints.get("churn")
    assert (seen.description, seen.tags, seen.auth_mode.value) == ("who leaves", {"team": "blue"}, "key")
    assert seen.scoring_uri == "https://churn.local.inference.ml.azure.com/score"
    assert ml.online_endpoints.get("churn").identity.principal_id

    # Ours first, so that the SDK's waits are for what is there.
    azml.endpoints.deployments.create_or_update(
        OnlineDeployment(
            name="green",
            endpoint_name="churn",
            model=str(folder / "model"),
            code_configuration=CodeConfiguration(code=str(folder / "code"), scoring_script="score.py"),
            tags={"made": "by us"},
        )
    )
    blue = sdk.ManagedOnlineDeployment(
        name="blue",
        endpoint_name="churn",
        model=sdk.Model(path="model", name="doubler"),
        code_configuration=sdk.CodeConfiguration(code="code", scoring_script="score.py"),
        environment=sdk.Environment(image="mcr.microsoft.com/azureml/minimal-py312-inference", name="inference"),
        instance_type="Standard_DS3_v2",
        instance_count=1,
        request_settings=sdk.OnlineRequestSettings(request_timeout_ms=7000, max_queue_wait_ms=250),
        environment_variables={"MODE": "fast"},
        data_collector=sdk.DataCollector(collections={"model_inputs": sdk.DeploymentCollection(enabled="true")}),
    )
    assert ml.online_deployments.begin_create_or_update(blue).result().provisioning_state == "Succeeded"
    ours = azml.endpoints.deployments.get("churn", "blue")
    assert (ours.model, ours.environment) == ("azureml:doubler:1", "azureml:inference:1")
    assert (ours.request_settings.request_timeout_ms, ours.request_settings.max_queue_wait_ms) == (7000, 250)
    assert (ours.environment_variables, ours.instance_count, ours.is_answering) == ({"MODE": "fast"}, 1, True)

    assert settle_deployment(azml, "churn", "green", 60).state == "Succeeded"
    green = ml.online_deployments.get("green", "churn")
    assert (green.tags, green.instance_count, green.code_configuration.scoring_script) == (
        {"made": "by us"},
        1,
        "score.py",
    )

    endpoint = ml.online_endpoints.get("churn")
    endpoint.traffic = {"blue": 100}
    assert ml.online_endpoints.begin_create_or_update(endpoint).result().traffic == {"blue": 100, "green": 0}
    assert azml.endpoints.get("churn").traffic["blue"] == 100
    for names in ({}, {"deployment_name": "green"}):
        assert json.loads(ml.online_endpoints.invoke("churn", request_file="request.json", **names)) == [2.0, 4.0]
    answer = azml.endpoints.invoke("churn", b'{"data": [3]}', deployment="green")
    assert (json.loads(answer.body), answer.deployment) == ([6.0], "green")

    keys = ml.online_endpoints.get_keys("churn")
    ml.online_endpoints.begin_regenerate_keys("churn", key_type="primary").result()
    fresh = azml.endpoints.keys("churn")
    assert (fresh.secondary_key, fresh.primary_key != keys.primary_key) == (keys.secondary_key, True)
    for key, status in ((fresh.primary_key, 200), (keys.primary_key, 401)):
        headers = {"Authorization": f"Bearer {key}"}
        called = requests.post(seen.scoring_uri, json={"data": [1]}, headers=headers, timeout=30)
        assert called.status_code == status
    assert "POST /score 200" in ml.online_deployments.get_logs("blue", "churn", lines=50)
    assert "POST /score 200" in azml.endpoints.deployments.logs("churn", "blue")[0]

    assert eventually(lambda: azml.monitoring.metrics("churn").total.statuses.get("200", 0) >= 3)
    assert azml.monitoring.metrics("churn", deployment="green").total.requests == 2

    changed = ml.online_deployments.get("blue", "churn")
    changed.tags = {"changed": "yes"}
    ml.online_deployments.begin_create_or_update(changed).result()
    assert azml.endpoints.deployments.get("churn", "blue").tags == {"changed": "yes"}
    assert azml.endpoints.deployments.get("churn", "blue").request_settings.request_timeout_ms == 7000

    ml.online_deployments.begin_delete("green", "churn").result()
    with pytest.raises(DeploymentNotFound, match="green"):
        azml.endpoints.deployments.get("churn", "green")
    # The SDK still names green, and does so in the next test, too.
    assert json.loads(ml.online_endpoints.invoke("churn", request_file="request.json")) == [2.0, 4.0]
    ml.online_endpoints.begin_delete("churn").result()
    with pytest.raises(EndpointNotFound):
        azml.endpoints.get("churn")
    with pytest.raises(ResourceNotFoundError):
        ml.online_endpoints.get("churn")


def test_a_deployment_that_cannot_come_up_fails_with_its_reason(ml, azml, folder):
    from azure.ai.ml import entities as sdk
    from azure.core.exceptions import HttpResponseError

    azml.endpoints.create_or_update(OnlineEndpoint(name="broken"))
    (folder / "code" / "score.py").write_text("def init(): raise ValueError('no weights')\ndef run(data): pass")
    asked = sdk.ManagedOnlineDeployment(
        name="blue",
        endpoint_name="broken",
        model=sdk.Model(path="model", name="doubler"),
        code_configuration=sdk.CodeConfiguration(code="code", scoring_script="score.py"),
        environment=sdk.Environment(image="mcr.microsoft.com/azureml/minimal-py312-inference", name="inference"),
        instance_type="Standard_DS3_v2",
        instance_count=1,
    )
    with pytest.raises(HttpResponseError, match="no weights"):
        ml.online_deployments.begin_create_or_update(asked).result()
    assert azml.endpoints.deployments.get("broken", "blue").state == "Failed"
    ml.online_endpoints.begin_delete("broken").result()


def test_files_are_scored_by_a_batch_endpoint_that_either_client_calls(ml, azml, folder):
    from azure.ai.ml import Input
    from azure.ai.ml import entities as sdk

    ml.batch_endpoints.begin_create_or_update(sdk.BatchEndpoint(name="scoring", tags={"team": "blue"})).result()
    deployment = sdk.ModelBatchDeployment(
        name="classic",
        endpoint_name="scoring",
        model=sdk.Model(path="model", name="doubler"),
        code_configuration=sdk.CodeConfiguration(code="batch", scoring_script="score.py"),
        environment=sdk.Environment(image="mcr.microsoft.com/azureml/minimal-py312-inference", name="inference"),
        compute="local",
        settings=sdk.ModelBatchDeploymentSettings(
            instance_count=1,
            max_concurrency_per_instance=1,
            mini_batch_size=1,
            output_action="append_row",
            output_file_name="scores.csv",
            retry_settings=sdk.BatchRetrySettings(max_retries=1, timeout=25),
        ),
    )
    ml.batch_deployments.begin_create_or_update(deployment).result()
    ours = azml.batch_endpoints.deployments.get("scoring", "classic")
    assert (ours.settings.mini_batch_size, ours.settings.output_file_name) == (1, "scores.csv")
    assert (ours.settings.retry_settings.max_retries, ours.settings.retry_settings.timeout) == (1, 25.0)
    endpoint = ml.batch_endpoints.get("scoring")
    endpoint.defaults.deployment_name = "classic"
    ml.batch_endpoints.begin_create_or_update(endpoint).result()
    assert azml.batch_endpoints.get("scoring").default_deployment == "classic"

    job = ml.batch_endpoints.invoke(endpoint_name="scoring", input=Input(type="uri_folder", path="data"))
    second = azml.batch_endpoints.invoke("scoring", DataInput(path=str(folder / "data")), job_name="ours")
    ml.jobs.stream(job.name)
    (child,) = ml.jobs.list(parent_job_name=job.name)
    assert child.creation_context.last_modified_at > child.creation_context.created_at
    ml.jobs.download(name=child.name, download_path="out", output_name="score")
    (scores,) = (folder / "out").rglob("scores.csv")
    assert sorted(scores.read_text().split()) == ["1.txt,2.0", "2.txt,4.0"]
    assert {each.name for each in ml.batch_endpoints.list_jobs("scoring")} == {job.name, second.name}
    ml.batch_endpoints.begin_delete("scoring").result()
    with pytest.raises(EndpointNotFound):
        azml.batch_endpoints.get("scoring")
