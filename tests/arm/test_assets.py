"""Data, environments, models and datastores go over the wire and come back; what others wrote there stays."""

import json
from datetime import UTC, datetime

import pytest

from jupyter_azml.arm import WorkspaceId
from jupyter_azml.arm.data import data_from_arm, data_to_arm
from jupyter_azml.arm.data_uris import long_uri, same_place, short_uri
from jupyter_azml.arm.datastores import (
    datastore_fields,
    datastore_from_arm,
    datastore_secrets,
    datastore_to_arm,
    secrets_from_arm,
    secrets_to_arm,
)
from jupyter_azml.arm.environments import environment_fields, environment_from_arm, environment_to_arm
from jupyter_azml.arm.models import model_fields, model_from_arm, model_to_arm
from jupyter_azml.arm.references import short_reference
from jupyter_azml.arm.registries import registry_asset
from jupyter_azml.arm.versions import container_to_arm, labels_of, version_id, with_changes, with_labels
from jupyter_azml.entities import (
    BuildContext,
    DataAsset,
    Datastore,
    DataType,
    Environment,
    Model,
    ModelLineage,
    ModelType,
)

W = WorkspaceId("s", "g", "Ws")
LONG = "azureml://subscriptions/s/resourcegroups/g/workspaces/Ws/datastores/raw/paths/a/b.csv"
NOW = datetime(2026, 1, 2, 3, 4, 5, tzinfo=UTC)


def wire(body):
    """As it arrives: JSON and nothing else."""
    return json.loads(json.dumps(body))


def as_foreign(resource):
    """As the service would answer it, which knows nothing of what the emulator tells beside its fields."""
    properties = {key: value for key, value in resource["properties"].items() if key != "azml"}
    return {**resource, "properties": properties}


def test_a_data_asset_comes_back_whole_from_the_emulator_and_all_but_whole_from_the_service():
    asset = DataAsset(
        name="churn",
        version="2024-05",
        type=DataType.URI_FILE,
        path="azureml://datastores/raw/paths/a/b.csv",
        description="as it came",
        tags={"team": "blue"},
        properties={"p": "1"},
        created=NOW,
        modified=NOW,
        archived=True,
        size=8,
        labels=("prod", "latest"),
        job="j1",
    )
    sent = wire(data_to_arm(asset, W))
    assert sent["id"] == f"{W}/data/churn/versions/2024-05"
    assert sent["properties"]["dataUri"] == LONG
    assert data_from_arm(sent) == asset
    lost = {"modified": None, "labels": (), "job": None}
    assert data_from_arm(as_foreign(sent)) == asset.model_copy(update=lost)


def test_the_hash_of_what_the_sdk_uploaded_stands_in_its_path():
    uri = f"azureml://datastores/workspaceblobstore/paths/LocalUpload/{'ab' * 32}/rows"
    found = data_from_arm({"id": version_id(W, "data", "rows", "1"), "properties": {"dataUri": uri}})
    assert (found.content_hash, found.type) == ("ab" * 32, DataType.URI_FOLDER)


@pytest.mark.parametrize(
    "resource",
    [
        {},
        {"id": "x", "properties": {"dataUri": "azureml://datastores/a/paths/b"}},
        {"id": version_id(W, "data", "rows", "1"), "properties": {}},
        {"id": version_id(W, "data", "rows", "1"), "properties": {"dataUri": 1}},
        {"id": version_id(W, "data", "rows", "1"), "properties": []},
    ],
)
def test_what_is_no_data_asset_is_refused(resource):
    with pytest.raises(ValueError, match=r"id|dataUri|validation"):
        data_from_arm(resource)


def test_one_place_has_many_spellings():
    assert long_uri("azureml://datastores/raw/paths/a/b.csv", W) == LONG
    assert short_uri(LONG, "ws") == "azureml://datastores/raw/paths/a/b.csv"
    assert short_uri(LONG, "another") == LONG
    assert long_uri("/data/rows", W) == "file:///data/rows"
    assert short_uri("file:///data/rows") == "/data/rows"
    assert same_place(LONG, "azureml://datastores/RAW/paths/a/b.csv/")
    assert not same_place(LONG, "azureml://datastores/raw/paths/a/B.csv")
    for uri in ("https://acc.blob.core.windows.net/c/a", "runs:/j1/model", "azureml://registries/r/data/d/versions/1"):
        assert long_uri(uri, W) == short_uri(uri) == uri


@pytest.mark.parametrize(
    "environment",
    [
        Environment(name="e", version="1", image="python:3.11"),
        Environment(name="e", version="1", image="x", conda_file={"dependencies": ["python=3.8", {"pip": ["roman"]}]}),
        Environment(name="e", version="1", packages=("cowsay==6.1", "roman")),
        Environment(name="e", version="1", conda_file={"dependencies": ["numpy"]}, packages=("roman",), image="y"),
        Environment(name="e", version="1", conda_file={"name": "n", "dependencies": ["numpy"]}),
        Environment(name="e", version="1", build=BuildContext(path="https://a.blob.core.windows.net/c/ctx/")),
        Environment(
            name="e",
            version="1",
            image="z",
            os_type="windows",
            tags={"a": "b"},
            description="d",
            archived=True,
            inference_config={"scoring_route": {"port": 5001, "path": "/score"}},
        ),
    ],
)
def test_an_environment_comes_back_whatever_words_it_was_put_into(environment):
    identity = version_id(W, "environments", "e", "1")
    sent = wire({"id": identity, "properties": environment_fields(environment)})
    assert sent["properties"]["image"] or sent["properties"]["build"], "the service wants one of both"
    assert environment_from_arm(sent) == environment
    assert environment_from_arm(wire(environment_to_arm(environment, W))) == environment


def test_packages_travel_as_a_conda_file_that_others_can_build():
    fields = environment_fields(Environment(name="e", packages=("roman",), conda_file={"dependencies": ["numpy=1.26"]}))
    assert "- pip:\n  - roman\n" in fields["condaFile"]
    assert "- numpy=1.26\n" in fields["condaFile"]
    assert "python=3." in fields["condaFile"]


def test_an_environment_of_somebody_else_is_read_whatever_its_conda_file_is():
    for conda in ("a: &a [*a]", "- 1", "x: [", "", None, 3):
        found = environment_from_arm(
            {"id": version_id(W, "environments", "e", "1"), "properties": {"image": "x", "condaFile": conda}}
        )
        assert found.conda_file == {}


def test_a_model_comes_back_whole_from_the_emulator_and_with_what_matters_from_the_service():
    model = Model(
        name="churn",
        version="3",
        type=ModelType.MLFLOW,
        path="azureml://datastores/raw/paths/a/b.csv",
        source="/home/me/model",
        description="d",
        tags={"a": "b"},
        properties={"p": "q"},
        aliases=("champion",),
        stage="Production",
        created=NOW,
        updated=NOW,
        size=10,
        files=2,
        hash="h",
        flavors={"sklearn": {"sklearn_version": "1.5.0"}},
        signature={"inputs": [{"name": "age", "type": "long"}]},
        lineage=ModelLineage(job="j1", metrics={"auc": 0.9}),
    )
    sent = wire(model_to_arm(model, W))
    assert sent["properties"]["flavors"] == {"sklearn": {"data": {"sklearn_version": "1.5.0"}}}
    assert (sent["properties"]["jobName"], sent["properties"]["modelUri"]) == ("j1", LONG)
    assert model_from_arm(sent) == model
    found = model_from_arm(wire({**as_foreign(sent), "properties": model_fields(model, W)}))
    assert found == model.model_copy(
        update={"aliases": (), "hash": "", "signature": {}, "lineage": ModelLineage(job="j1")}
    )


def test_null_flavors_and_an_unknown_type_are_no_reason_to_fail():
    properties = {"modelUri": "runs:/j/m", "flavors": None, "modelType": "preset_model", "tags": None}
    found = model_from_arm({"id": version_id(W, "models", "m", "1"), "properties": properties})
    assert (found.type, found.flavors, found.tags) == (ModelType.CUSTOM, {}, {})


@pytest.mark.parametrize(
    ("datastore", "credentials"),
    [
        (Datastore(name="k", type="azure_blob", account_name="a", container_name="c", credentials="account_key"),
         {"account_key": "a2V5"}),
        (Datastore(name="s", type="azure_blob", account_name="a", container_name="c", credentials="sas_token"),
         {"sas_token": "sv=1&sig=x"}),
        (Datastore(name="n", type="azure_blob", account_name="a", container_name="c"), {}),
        (Datastore(name="g", type="azure_data_lake_gen2", account_name="a", container_name="fs",
                   credentials="service_principal"),
         {"tenant_id": "tenant", "client_id": "client", "client_secret": "hidden"}),
        (Datastore(name="f", type="azure_file", account_name="a", container_name="share", credentials="account_key"),
         {"account_key": "a2V5"}),
    ],
)  # fmt: skip
def test_a_datastore_and_its_credentials_go_apart(datastore, credentials):
    asked = wire({"name": datastore.name, "properties": datastore_fields(datastore, credentials)})
    assert datastore_from_arm(asked) == datastore.model_copy(update={"endpoint": "core.windows.net"})
    assert datastore_secrets(asked) == credentials
    shown = json.dumps(datastore_to_arm(datastore, W))
    assert not any(f'"{secret}"' in shown for secret in credentials.values())
    secret = {name: credentials[name] for name in ("account_key", "sas_token", "client_secret") if name in credentials}
    assert secrets_from_arm(wire(secrets_to_arm(credentials))) == secret


def test_a_datastore_of_a_kind_without_a_word_here_says_so():
    with pytest.raises(ValueError, match="OneLake"):
        datastore_from_arm({"name": "x", "properties": {"datastoreType": "OneLake"}})


def test_labels_are_kept_among_a_containers_properties_beside_what_others_wrote():
    container = wire(
        container_to_arm(
            W, "data", "rows", latest="2", following="3", archived=False, labels={"prod": "1"},
            kept={"properties": {"theirs": "x"}, "description": "d"},
        )
    )  # fmt: skip
    assert labels_of(container) == {"prod": "1"}
    sent = wire(with_labels(container, {"prod": "2", "test": "1"}))
    assert labels_of(sent) == {"prod": "2", "test": "1"}
    assert sent["properties"]["properties"]["theirs"] == "x"
    assert sent["properties"]["description"] == "d"
    assert "nextVersion" not in sent["properties"]
    assert labels_of({"properties": {"properties": {"azml.labels": "{"}}}) == {}


def test_an_update_keeps_fields_that_we_have_no_word_for():
    resource = wire(data_to_arm(DataAsset(name="a", version="1", path="azureml://datastores/r/paths/x"), W))
    resource["properties"] |= {"autoDeleteSetting": {"value": "30d"}, "stage": "new", "provisioningState": "Succeeded"}
    sent = with_changes(resource, description="changed")["properties"]
    assert (sent["autoDeleteSetting"], sent["stage"], sent["description"]) == ({"value": "30d"}, "new", "changed")
    assert not {"azml", "provisioningState"} & sent.keys()


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("azureml://registries/r/environments/e-1.5/versions/3", ("r", "environments", "e-1.5", "3", None)),
        ("azureml://registries/r/models/m/labels/latest", ("r", "models", "m", None, "latest")),
        ("azureml://registries/r/components/c", ("r", "components", "c", None, None)),
        ("azureml://registries/r/models/m:7", ("r", "models", "m", "7", None)),
        ("azureml:m:1", None),
        ("azureml://registries/r/models", None),
        ("azureml://registries/r/jobs/j", None),
    ],
)  # fmt: skip
def test_what_a_registry_shares_has_a_name_of_its_own(text, found):
    assert registry_asset(text) == found


def test_what_the_sdk_writes_for_a_label_names_the_asset():
    assert short_reference(version_id(W, "data", "azureml:rows", "3")) == "azureml:rows:3"
    assert short_reference(version_id(W, "models", "churn", "1")) == "azureml:churn:1"
