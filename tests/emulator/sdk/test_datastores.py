"""Datastores as azure-ai-ml makes, lists and deletes them; and our client beside it."""

import pytest
import requests
from azure.core.exceptions import ResourceExistsError, ResourceNotFoundError
from azure.storage.blob import BlobServiceClient

pytest.importorskip("azure.ai.ml")
from azure.ai.ml.entities import (
    AccountKeyConfiguration,
    AzureBlobDatastore,
    AzureDataLakeGen1Datastore,
    AzureDataLakeGen2Datastore,
    AzureFileDatastore,
    SasTokenConfiguration,
    ServicePrincipalConfiguration,
)

from jupyter_azml.entities import CredentialsType, Datastore, DatastoreType
from jupyter_azml.errors import DatastoreNotFound

from .conftest import ARM

KEY = "c2VjcmV0IGtleSBvZiBhIHN0dWRlbnQ="
SAS = "?sv=2024-11-04&ss=b&srt=sco&sp=rwdlac&se=2099-01-01T00:00:00Z&sig=b3VycyBpdCBpcyBub3Q%3D"


def test_a_workspace_has_those_of_azure_and_one_is_the_default(ml):
    found = {store.name: store for store in ml.datastores.list()}
    assert {"workspaceblobstore", "workspaceartifactstore", "workspacefilestore"} <= found.keys()
    default = ml.datastores.get_default()
    assert (default.name, default.type) == ("workspaceblobstore", "AzureBlob")
    assert default.container_name.startswith("azureml-blobstore-")


@pytest.mark.parametrize(
    ("make", "fields", "credentials"),
    [
        (AzureBlobDatastore, {"container_name": "files"}, AccountKeyConfiguration(account_key=KEY)),
        (AzureBlobDatastore, {"container_name": "files"}, SasTokenConfiguration(sas_token=SAS)),
        (AzureBlobDatastore, {"container_name": "files"}, None),
        (AzureFileDatastore, {"file_share_name": "share"}, AccountKeyConfiguration(account_key=KEY)),
        (AzureDataLakeGen2Datastore, {"filesystem": "lake"}, None),
        (AzureDataLakeGen1Datastore, {"store_name": "old"}, None),
        (
            AzureDataLakeGen2Datastore,
            {"filesystem": "lake"},
            ServicePrincipalConfiguration(tenant_id="t", client_id="c", client_secret="s"),
        ),
    ],
)
def test_each_kind_goes_in_and_comes_back(ml, azml, make, fields, credentials):
    given = {"credentials": credentials} if credentials else {}
    account = {} if make is AzureDataLakeGen1Datastore else {"account_name": "studentaccount"}
    made = ml.datastores.create_or_update(
        make(name="kinds", description="d", tags={"a": "b"}, **account, **fields, **given)
    )
    try:
        found = ml.datastores.get("KINDS", include_secrets=True)
        assert (found.description, found.tags) == ("d", {"a": "b"})
        for name, value in {**account, **fields}.items():
            assert getattr(found, name) == getattr(made, name) == value
        if isinstance(credentials, AccountKeyConfiguration):
            assert found.credentials.account_key == KEY
        if isinstance(credentials, SasTokenConfiguration):
            assert found.credentials.sas_token == SAS
        if isinstance(credentials, ServicePrincipalConfiguration):
            assert (found.credentials.client_id, found.credentials.client_secret) == ("c", "s")
        if make is AzureDataLakeGen1Datastore:
            assert "kinds" not in [each.name for each in azml.datastores.list().items]
            return
        ours = azml.datastores.get("kinds")
        assert (ours.account_name, ours.container_name) == ("studentaccount", next(iter(fields.values())))
        assert KEY not in ours.model_dump_json()
    finally:
        ml.datastores.delete("kinds")
    with pytest.raises(ResourceNotFoundError):
        ml.datastores.get("kinds")
    with pytest.raises(DatastoreNotFound):
        azml.datastores.get("kinds")


@pytest.mark.parametrize(
    "credentials", [AccountKeyConfiguration(account_key=KEY), SasTokenConfiguration(sas_token=SAS), None]
)
def test_files_go_through_azures_own_storage_client_into_an_account_that_nobody_has(ml, azml, credentials, tmp_path):
    from azure.identity import DefaultAzureCredential

    given = {"credentials": credentials} if credentials else {}
    course = f"course_{type(credentials).__name__}"
    ml.datastores.create_or_update(
        AzureBlobDatastore(name=course, account_name="courseaccount", container_name="files", **given)
    )
    key = getattr(credentials, "account_key", None) or getattr(credentials, "sas_token", None)
    service = BlobServiceClient(
        "https://courseaccount.blob.core.windows.net", credential=key or DefaultAzureCredential(), retry_total=0
    )
    service.get_container_client("files").upload_blob("in/rows.csv", b"x\n1\n", overwrite=True)
    assert azml.datastores.open(course, "in/rows.csv").read() == b"x\n1\n"
    (tmp_path / "more.csv").write_text("x\n2\n")
    azml.datastores.upload(course, tmp_path / "more.csv", "in/more.csv", overwrite=True)
    names = [blob.name for blob in service.get_container_client("files").list_blobs("in/")]
    assert sorted(names) == ["in/more.csv", "in/rows.csv"]
    ml.datastores.delete(course)


def test_what_our_client_makes_the_sdk_reads(ml, azml):
    kind = {"type": DatastoreType.AZURE_BLOB, "credentials": CredentialsType.ACCOUNT_KEY}
    asked = Datastore(name="ours", account_name="ouraccount", container_name="c", description="d", **kind)
    made = azml.datastores.create_or_update(asked, {"account_key": KEY})
    assert made.model_copy(update={"created": None, "endpoint": ""}) == asked
    found = ml.datastores.get("ours", include_secrets=True)
    assert (found.account_name, found.container_name, found.credentials.account_key) == ("ouraccount", "c", KEY)
    assert azml.datastores.set_default("ours").is_default
    assert ml.datastores.get_default().name == "ours"
    azml.datastores.set_default("workspaceblobstore")
    assert ml.datastores.get_default().name == "workspaceblobstore"
    found.description = "changed"
    ml.datastores.create_or_update(found)
    assert azml.datastores.get("ours").description == "changed"
    azml.datastores.delete("ours")


def test_those_of_the_workspace_are_not_taken_away(ml):
    for name in ("workspaceblobstore", "workspaceartifactstore"):
        with pytest.raises(ResourceExistsError):
            ml.datastores.delete(name)
    ml.datastores.delete("nobody_made_it")


@pytest.mark.parametrize(
    ("body", "status"),
    [
        (b"{", 400),
        (b"[]", 400),
        (b"{}", 400),
        (b'{"properties": 1}', 400),
        (b'{"properties": {"datastoreType": "Nonsense"}}', 400),
        (b'{"properties": {"datastoreType": "AzureBlob", "tags": [1], "credentials": "x"}}', 201),
    ],
)
def test_a_body_that_is_none_is_refused_in_the_services_shape(emulator, body, status):
    from azure.identity import DefaultAzureCredential

    token = DefaultAzureCredential().get_token(f"{ARM}/.default").token
    url = f"{ARM}{emulator.identity}/datastores/bad_body?api-version=2024-10-01"
    answer = requests.put(url, body, headers={"Authorization": f"Bearer {token}"}, timeout=30)
    assert answer.status_code == status
    if status == 400:
        assert {"code", "message"} <= answer.json()["error"].keys()
