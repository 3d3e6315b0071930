"""Endpoints, deployments, batch and connections come back from the wire as they went."""

from datetime import UTC, datetime

import pytest

from jupyter_azml.arm import WorkspaceId
from jupyter_azml.arm.batch import (
    batch_deployment_from_arm,
    batch_deployment_to_arm,
    batch_endpoint_from_arm,
    batch_endpoint_to_arm,
    invocation_from_arm,
    invocation_to_arm,
)
from jupyter_azml.arm.connections import connection_from_arm, connection_to_arm, credentials_from_arm
from jupyter_azml.arm.endpoint_deployments import deployment_from_arm, deployment_to_arm
from jupyter_azml.arm.endpoints import endpoint_from_arm, endpoint_to_arm, token_from_arm, token_to_arm
from jupyter_azml.entities import (
    AuthMode,
    BatchDeployment,
    BatchEndpoint,
    BatchSettings,
    CodeConfiguration,
    CollectedData,
    Connection,
    DataCollection,
    DataCollector,
    DataInput,
    DataOutput,
    EndpointState,
    EndpointToken,
    OnlineDeployment,
    OnlineEndpoint,
    OutputAction,
    Probe,
    Reason,
    RequestSettings,
    RetrySettings,
)

HERE = WorkspaceId("sub", "rg", "ws")
NOON = datetime(2026, 11, 20, 12, tzinfo=UTC)
CODE = CodeConfiguration(code=HERE.child("codes", "c0de") + "/versions/1", scoring_script="score.py")


@pytest.mark.parametrize(
    "endpoint",
    [
        OnlineEndpoint(name="churn", created=NOON),
        OnlineEndpoint(
            name="churn",
            auth_mode=AuthMode.AAD_TOKEN,
            description="who leaves",
            tags={"team": "blue"},
            properties={"cost": "low"},
            identity={"type": "user_assigned", "user_assigned_identities": [{"resource_id": "/subscriptions/s/id"}]},
            public_network_access="disabled",
            traffic={"blue": 90, "green": 10},
            mirror_traffic={"red": 5},
            state=EndpointState.FAILED,
            reason=Reason.of("InitFailed", detail="no weights"),
            scoring_uri="https://churn.local.inference.ml.azure.com/score",
            created=NOON,
            notes=(Reason.of("NotEnforced", key="identity"),),
        ),
    ],
)
def test_an_endpoint_comes_back(endpoint):
    assert endpoint_from_arm(endpoint_to_arm(endpoint, HERE)) == endpoint


@pytest.mark.parametrize(
    "deployment",
    [
        OnlineDeployment(name="blue", endpoint_name="churn", instance_type="Standard_DS3_v2", created=NOON),
        OnlineDeployment(
            name="blue",
            endpoint_name="churn",
            model="azureml:churn:v1.0",
            code_configuration=CODE,
            environment="azureml:inference:3",
            environment_variables={"MODE": "fast"},
            instance_type="Standard_F4s_v2",
            instance_count=3,
            request_settings=RequestSettings(
                request_timeout_ms=7500, max_concurrent_requests_per_instance=4, max_queue_wait_ms=250
            ),
            liveness_probe=Probe(initial_delay=1, period=20, timeout=3, success_threshold=2, failure_threshold=9),
            data_collector=DataCollector(
                collections={
                    "model_inputs": DataCollection(data=CollectedData(name="seen", version="1")),
                    "model_outputs": DataCollection(enabled=False),
                },
                sampling_rate=0.25,
                rolling_rate="day",
                capture_headers=("x-request-id",),
            ),
            app_insights_enabled=True,
            tags={"a": "b"},
            state=EndpointState.SUCCEEDED,
            is_answering=True,
            created=NOON,
        ),
    ],
)
def test_a_deployment_comes_back(deployment):
    assert deployment_from_arm(deployment_to_arm(deployment, HERE), "churn") == deployment


def test_a_deployment_of_a_newer_service_and_nonsense_are_read_as_far_as_they_go():
    model = {"assetId": HERE.child("models", "churn") + "/versions/2"}
    found = deployment_from_arm({"name": "blue", "properties": {"model": model, "provisioningState": "Scaling"}}, "e")
    assert (found.model, found.state) == ("azureml:churn:2", EndpointState.UPDATING)
    odd = {"name": "blue", "sku": 3, "properties": {"requestSettings": {"requestTimeout": "soon"}, "dataCollector": []}}
    assert deployment_from_arm(odd, "e") == OnlineDeployment(
        name="blue", endpoint_name="e", state="Succeeded", is_answering=True
    )


def test_a_token_comes_back():
    token = EndpointToken(access_token="t", expiry=NOON)
    assert token_from_arm(token_to_arm(token)) == token


def test_batch_endpoints_and_deployments_come_back():
    endpoint = BatchEndpoint(name="scoring", default_deployment="classic", tags={"a": "b"}, created=NOON)
    assert batch_endpoint_from_arm(batch_endpoint_to_arm(endpoint, HERE)) == endpoint
    deployment = BatchDeployment(
        name="classic",
        endpoint_name="scoring",
        model="azureml:churn:1",
        code_configuration=CODE,
        environment="azureml:inference:3",
        compute="cpu-cluster",
        settings=BatchSettings(
            instance_count=2,
            max_concurrency_per_instance=3,
            mini_batch_size=7,
            retry_settings=RetrySettings(max_retries=0, timeout=2.5),
            output_action=OutputAction.SUMMARY_ONLY,
            output_file_name="scores.csv",
            error_threshold=0,
            logging_level="warning",
        ),
        created=NOON,
    )
    assert batch_deployment_from_arm(batch_deployment_to_arm(deployment, HERE), "scoring") == deployment


@pytest.mark.parametrize("settings", [None, BatchSettings(mini_batch_size=3, error_threshold=0)])
def test_an_invocation_comes_back(settings):
    data, output = DataInput(type="uri_file", path="azureml:rows:1"), DataOutput(path="azureml://datastores/d/paths/x")
    sent = invocation_to_arm(data, settings, output, "name", "experiment")
    found = invocation_from_arm(sent, BatchSettings(mini_batch_size=10))
    assert (found["data"].type, found["data"].path) == (data.type, data.path)
    assert (found["settings"], found["output"].path) == (settings, output.path)
    assert (found["job_name"], found["experiment"]) == ("name", "experiment")
    shown = {
        "InputData": {"rows": {"JobInputType": "UriFile", "Uri": "azureml:rows:1"}},
        "MiniBatchSize": 3,
        "OutputDataset": {"DatastoreId": HERE.child("datastores", "d"), "Path": "/x/"},
    }
    found = invocation_from_arm({"Properties": shown}, BatchSettings())
    assert (found["settings"].mini_batch_size, found["output"].path) == (3, "azureml://datastores/d/paths/x/")
    for wrong in (
        {},
        {"properties": {"inputData": 3}},
        {"properties": {"inputData": {"a": {"jobInputType": "Literal"}}}},
    ):
        with pytest.raises(ValueError, match="one input"):
            invocation_from_arm(wrong, BatchSettings())


@pytest.mark.parametrize(
    ("kind", "credentials"),
    [
        ("python_feed", {"pat": "1"}),
        ("git", {"type": "pat", "pat": "1"}),
        ("snowflake", {"username": "u", "password": "p"}),
        ("s3", {"access_key_id": "i", "secret_access_key": "k"}),
        ("azure_sql_db", {"client_id": "c", "client_secret": "s", "tenant_id": "t"}),
        ("azure_open_ai", {"key": "k"}),
        ("azure_speech_services", {"key": "k"}),
        ("azure_data_lake_gen_2", {"sas_token": "s"}),
        ("custom", {"whatever": "1", "other": "2"}),
        ("custom", {}),
    ],
)
def test_a_connection_comes_back_and_its_credentials_only_where_they_are_sent(kind, credentials):
    connection = Connection(name="c", type=kind, target="https://x", tags={"a": "b"}, created=NOON)
    sent = connection_to_arm(connection, HERE, credentials)
    whole = connection.model_copy(update={"credentials": tuple(sorted(credentials))})
    assert connection_from_arm(sent) == whole
    assert credentials_from_arm(sent["properties"]) == credentials
    told = connection_to_arm(whole, HERE)
    assert "credentials" not in told["properties"]
    assert connection_from_arm(told) == whole
    # What the service's own words say is not said again.
    assert ("azml." in str(told["properties"]["metadata"])) == ("type" not in credentials and credentials != {})
