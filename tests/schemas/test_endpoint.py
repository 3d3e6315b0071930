"""The YAML of endpoints and deployments, as ``az ml`` takes it: online and batch."""

from pathlib import Path

import pytest

from jupyter_azml.entities import AuthMode, CodeConfiguration
from jupyter_azml.errors import SpecInvalid
from jupyter_azml.schemas import parse_yaml
from jupyter_azml.schemas.batch import read_batch_deployment, read_batch_endpoint
from jupyter_azml.schemas.endpoint import deployment_data, endpoint_data, read_deployment, read_endpoint

FILE = Path("/home/ada/churn/blue.yml")

ENDPOINT = """
$schema: https://azuremlschemas.azureedge.net/latest/managedOnlineEndpoint.schema.json
name: churn
auth_mode: aml_token
description: Who leaves.
tags: {team: blue, cost: 7}
public_network_access: disabled
identity: {type: user_assigned, user_assigned_identities: [{resource_id: /subscriptions/1}]}
traffic: {blue: 90, green: "10"}
mirror_traffic: {grey: 5}
"""
DEPLOYMENT = """
$schema: https://azuremlschemas.azureedge.net/latest/managedOnlineDeployment.schema.json
name: blue
endpoint_name: churn
model: {path: ../model, type: custom_model}
model_mount_path: /var/model
code_configuration: {code: ../src, scoring_script: score.py}
environment:
  image: mcr.microsoft.com/azureml/minimal-ubuntu22.04-py39-cpu-inference:latest
  conda_file: ../conda.yml
environment_variables: {THREADS: 2}
instance_type: Standard_DS3_v2
instance_count: 3
app_insights_enabled: true
egress_public_network_access: disabled
scale_settings: {type: target_utilization, min_instances: 1, max_instances: 5, target_utilization_percentage: 70}
request_settings: {request_timeout_ms: 9000, max_concurrent_requests_per_instance: 4, max_queue_wait_ms: 0}
liveness_probe: {initial_delay: 1, period: 2, timeout: 3, success_threshold: 1, failure_threshold: 5}
readiness_probe: {period: 1}
data_collector:
  collections: {model_inputs: {enabled: 'True'}, model_outputs: {enabled: false}}
  sampling_rate: 0.5
  rolling_rate: day
"""
BATCH = """
$schema: https://azuremlschemas.azureedge.net/latest/modelBatchDeployment.schema.json
name: mini
endpoint_name: scoring
type: model
model: {path: ./model}
code_configuration: {code: ../src, scoring_script: batch.py}
environment: {image: some/image, conda_file: ../conda.yml}
compute: azureml:cpu-cluster
resources: {instance_count: 2}
settings:
  max_concurrency_per_instance: 2
  mini_batch_size: 10
  output_action: append_row
  output_file_name: rows.csv
  retry_settings: {max_retries: 1, timeout: 30}
  error_threshold: 5
  logging_level: info
  environment_variables: {A: b}
"""


def faults(read, text):
    with pytest.raises(SpecInvalid) as caught:
        read(parse_yaml(text, FILE), FILE)
    assert "reference-yaml" in caught.value.hint
    return [line.removeprefix(f"{FILE}: ") for line in caught.value.message.splitlines()]


def test_an_endpoint_has_all_that_its_file_says_and_goes_back_into_one():
    found = read_endpoint(parse_yaml(ENDPOINT, FILE), FILE)
    assert (found.auth_mode, found.tags) == (AuthMode.AML_TOKEN, {"team": "blue", "cost": "7"})
    assert (found.traffic, found.mirror_traffic) == ({"blue": 90, "green": 10}, {"grey": 5})
    assert read_endpoint(endpoint_data(found), FILE) == found
    assert read_endpoint(parse_yaml("name: x", FILE), FILE, name="y").name == "y"


def test_a_deployment_has_all_that_its_file_says_and_goes_back_into_one():
    found = read_deployment(parse_yaml(DEPLOYMENT, FILE), FILE)
    assert found.model == "/home/ada/model"
    assert found.code_configuration == CodeConfiguration(code="/home/ada/src", scoring_script="score.py")
    assert found.environment["conda_file"] == "/home/ada/conda.yml"
    assert (found.environment_variables, found.instance_count) == ({"THREADS": "2"}, 3)
    assert (found.request_settings.request_timeout_ms, found.request_settings.max_queue_wait_ms) == (9000, 0)
    assert (found.liveness_probe.failure_threshold, found.readiness_probe.period) == (5, 1)
    assert found.readiness_probe.failure_threshold == 30
    assert (found.data_collector.enabled, found.data_collector.sampling_rate) == (("model_inputs",), 0.5)
    assert read_deployment(deployment_data(found, FILE.parent), FILE) == found


@pytest.mark.parametrize(
    ("said", "model"),
    [
        ("azureml:churn:3", "azureml:churn:3"),
        ("azureml:churn@latest", "azureml:churn@latest"),
        ("churn:3", "churn:3"),
        ("./model", "/home/ada/churn/model"),
        ("runs:/abc/model", "runs:/abc/model"),
    ],
)
def test_a_model_by_any_of_its_names(said, model):
    data = parse_yaml(f"name: blue\nendpoint_name: churn\nmodel: {said}", FILE)
    assert read_deployment(data, FILE).model == model


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("auth_mod: key\nname: x", "auth_mod: unknown key; did you mean auth_mode?"),
        ("name: x\nauth_mode: keys", "auth_mode: 'keys' is none of: key, aml_token, aad_token; did you mean key?"),
        ("name: x\ntraffic: {blue: all}", "traffic.blue: a whole number of at least 0 is expected, not 'all'"),
        ("name: x\ntraffic: [blue]", "traffic: names with values are expected, not ['blue']"),
        ("tags: {a: b}", "name: is missing"),
    ],
)
def test_a_fault_of_an_endpoint_is_named_with_its_place(text, said):
    assert faults(read_endpoint, text) == [said]


def test_all_faults_of_a_deployment_are_told_at_once():
    found = faults(
        read_deployment,
        "name: blue\ninstance_count: 0\ncode_configuration: {code: .}\nrequest_settings: {request_timeout: 3}\n"
        "liveness_probe: {period: soon}\nmodel: {}\ndata_collector: {sampling_rate: 2, collections: {inputs: {}}}",
    )
    assert [fault.partition(":")[0] for fault in sorted(found)] == [
        "code_configuration.scoring_script",
        "data_collector.collections.inputs",
        "data_collector.sampling_rate",
        "endpoint_name",
        "instance_count",
        "liveness_probe.period",
        "model.path",
        "request_settings.request_timeout",
    ]


def test_what_is_more_than_azure_allows_is_a_fault_too():
    text = "name: a\nendpoint_name: b\nmodel: azureml:c:1\nrequest_settings: {request_timeout_ms: 200000}"
    assert faults(read_deployment, text)[0].startswith("request_settings.request_timeout_ms: ")


def test_a_batch_deployment_in_both_of_its_forms():
    apart = read_batch_deployment(parse_yaml(BATCH, FILE), FILE)
    assert (apart.model, apart.compute) == ("/home/ada/churn/model", "cpu-cluster")
    assert (apart.settings.instance_count, apart.settings.mini_batch_size) == (2, 10)
    assert (apart.settings.retry_settings.timeout, apart.environment_variables) == (30, {"A": "b"})
    assert apart.environment["conda_file"] == "/home/ada/conda.yml"
    flat = BATCH.replace("settings:\n", "", 1).replace("\n  ", "\n")
    assert read_batch_deployment(parse_yaml(flat, FILE), FILE) == apart


def test_a_batch_endpoint_and_its_faults():
    text = "name: scoring\nauth_mode: aad_token\ndefaults: {deployment_name: mini}\ntags: {a: 1}"
    found = read_batch_endpoint(parse_yaml(text, FILE), FILE)
    assert (found.name, found.default_deployment, found.tags) == ("scoring", "mini", {"a": "1"})
    assert len(faults(read_batch_endpoint, "auth_mode: key\ndefaults: {deployment: x}\n")) == 3
    said = faults(read_batch_deployment, "settings: {mini_batch_size: 0, output_action: rows}\nmodel: {}\ntype: job")
    assert len(said) == 6
