"""The same YAML file means the same to azure-ai-ml and to us: what either would send is read as one entity."""

import json
from pathlib import Path

import pytest
import yaml

from jupyter_azml.arm.batch import batch_deployment_from_arm, batch_endpoint_from_arm
from jupyter_azml.arm.endpoint_deployments import deployment_from_arm
from jupyter_azml.arm.endpoints import endpoint_from_arm
from jupyter_azml.schemas.batch import read_batch_deployment, read_batch_endpoint
from jupyter_azml.schemas.endpoint import read_deployment, read_endpoint

sdk = pytest.importorskip("azure.ai.ml")

ENDPOINT = "name: churn\nauth_mode: aml_token\ndescription: d\ntags: {a: b}\n"
W = "/subscriptions/s/resourceGroups/g/providers/Microsoft.MachineLearningServices/workspaces/w"
DEPLOYMENT = f"""
name: blue
endpoint_name: churn
model: azureml:{W}/models/m/versions/2
code_configuration: {{code: azureml:{W}/codes/c/versions/1, scoring_script: score.py}}
environment: azureml:{W}/environments/e/versions/3
environment_variables: {{MODE: fast}}
instance_type: Standard_F4s_v2
instance_count: 3
request_settings: {{request_timeout_ms: 7000, max_concurrent_requests_per_instance: 4, max_queue_wait_ms: 1000}}
liveness_probe: {{initial_delay: 1, period: 20, timeout: 3, success_threshold: 2, failure_threshold: 9}}
tags: {{a: b}}
"""
BATCH = f"""
name: classic
endpoint_name: scoring
model: azureml:{W}/models/m/versions/2
code_configuration: {{code: azureml:{W}/codes/c/versions/1, scoring_script: score.py}}
environment: azureml:{W}/environments/e/versions/3
compute: azureml:{W}/computes/cpu
resources: {{instance_count: 2}}
max_concurrency_per_instance: 3
mini_batch_size: 7
output_action: append_row
output_file_name: scores.csv
retry_settings: {{max_retries: 1, timeout: 30}}
error_threshold: 5
logging_level: info
"""


@pytest.fixture
def file(tmp_path):
    def write(text: str) -> Path:
        (tmp_path / "asked.yml").write_text(text)
        return tmp_path / "asked.yml"

    return write


def wire(found) -> dict:
    """As the SDK sends it, once it has made sure that what is named is there."""
    return json.loads(json.dumps(found.as_dict()).replace("azureml:/subscriptions/", "/subscriptions/"))


def named(body: dict, entity) -> dict:
    return {**body, "name": entity.name}


def test_an_online_endpoint(file):
    path = file(ENDPOINT)
    ours = read_endpoint(yaml.safe_load(ENDPOINT), path)
    theirs = sdk.load_online_endpoint(path)._to_rest_online_endpoint("westeurope")
    read = endpoint_from_arm(named(wire(theirs), ours))
    assert read == ours.model_copy(update={"state": read.state})


def test_an_online_deployment(file):
    path = file(DEPLOYMENT)
    ours = read_deployment(yaml.safe_load(DEPLOYMENT), path)
    theirs = sdk.load_online_deployment(path)._to_rest_object("westeurope")
    read = deployment_from_arm(named(wire(theirs), ours), "churn")
    said = {"model": ours.model, "environment": ours.environment, "code_configuration": ours.code_configuration}
    assert (read.model, read.environment) == ("azureml:m:2", "azureml:e:3")
    # The probe of readiness has other defaults in neither.
    assert read.model_copy(update={**said, "state": ours.state, "is_answering": False}) == ours


def test_a_batch_endpoint_and_its_deployment(file):
    text = "name: scoring\ndescription: d\ntags: {a: b}\ndefaults: {deployment_name: classic}\n"
    path = file(text)
    ours = read_batch_endpoint(yaml.safe_load(text), path)
    theirs = sdk.load_batch_endpoint(path)._to_rest_batch_endpoint("westeurope")
    assert batch_endpoint_from_arm(named(wire(theirs), ours)) == ours
    path = file(BATCH)
    asked = read_batch_deployment(yaml.safe_load(BATCH), path)
    theirs = sdk.load_batch_deployment(path)._to_rest_object("westeurope")
    read = batch_deployment_from_arm(named(wire(theirs), asked), "scoring")
    assert (read.settings, read.compute, read.tags) == (asked.settings, "cpu", asked.tags)
    assert (read.model, read.environment) == ("azureml:m:2", "azureml:e:3")
