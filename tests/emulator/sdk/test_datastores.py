"""Datastores as azure-ai-ml makes, lists and deletes them; and our client beside it."""

import os
from datetime import UTC, datetime, timedelta

import pytest
import requests
from azure.core import MatchConditions
from azure.core.exceptions import HttpResponseError, ResourceExistsError, ResourceNotFoundError
from azure.identity import DefaultAzureCredential
from azure.storage.blob import BlobServiceClient, generate_container_sas
from azure.storage.filedatalake import DataLakeServiceClient, FileSystemClient, generate_file_system_sas
from azure.storage.fileshare import ShareClient, generate_share_sas

pytest.importorskip("azure.ai.ml")
from azure.ai.ml._artifacts import _artifact_utilities as ml_data
from azure.ai.ml.entities import (
    AccountKeyConfiguration,
    AzureBlobDatastore,
    AzureDataLakeGen1Datastore,
    AzureDataLakeGen2Datastore,
    AzureFileDatastore,
    Data,
    SasTokenConfiguration,
    ServicePrincipalConfiguration,
)

from jupyter_azml.entities import CredentialsType, DataAsset, Datastore, DatastoreType
from jupyter_azml.errors import DatastoreNotFound
from tests.azurite.server import ACCOUNT
from tests.azurite.server import KEY as AZURITE_KEY

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


@pytest.mark.parametrize("credentials", [AccountKeyConfiguration(account_key=KEY), None])
def test_a_data_lake_has_folders_and_files_for_the_sdk_and_its_storage_clients(ml, azml, credentials, tmp_path):
    lake = f"lake_{type(credentials).__name__}".lower()
    given = {"credentials": credentials} if credentials else {}
    ml.datastores.create_or_update(
        AzureDataLakeGen2Datastore(name=lake, account_name="lakeaccount", filesystem=lake.replace("_", "-"), **given)
    )
    (tmp_path / "rows.csv").write_text("x\n1\n")
    made = [
        ml.data.create_or_update(Data(name=lake, type="uri_file", path=str(tmp_path / "rows.csv"), datastore=lake))
        for _again in range(2)
    ]
    assert made[0].path == made[1].path, "what is there is not sent again"
    assert made[0].path.endswith("/rows.csv")
    assert azml.data.open(f"azureml:{lake}:1").read() == b"x\n1\n"
    assert azml.data.stat(f"abfss://{lake.replace('_', '-')}@lakeaccount.dfs.core.windows.net/LocalUpload").is_folder
    ml_data.download_artifact_from_aml_uri(made[0].path, str(tmp_path / "got"), ml.datastores)
    assert (tmp_path / "got" / "rows.csv").read_text() == "x\n1\n"
    (tmp_path / "mine.csv").write_text("of ours first")
    ours = azml.data.upload(DataAsset(name="ours", type="uri_file", path=str(tmp_path / "mine.csv")), datastore=lake)
    place = ours.path.partition("/paths/")[2]
    sent = azml.datastores.stat(lake, place).modified
    again = ml.data.create_or_update(
        Data(name="theirs", type="uri_file", path=str(tmp_path / "mine.csv"), datastore=lake)
    )
    assert (again.path.partition("/paths/")[2], azml.datastores.stat(lake, place).modified) == (place, sent)
    service = DataLakeServiceClient(
        "https://lakeaccount.dfs.core.windows.net",
        credential=KEY if credentials else DefaultAzureCredential(),
        retry_total=0,
    )
    files = service.get_file_system_client(lake.replace("_", "-"))
    assert "LocalUpload" in [path.name for path in files.get_paths(recursive=False)]
    if credentials:
        _use(files, azml, lake)
    ml.datastores.delete(lake)


def _use(files, azml, lake):
    """Of one file system, what azure-storage-file-datalake offers."""
    files.create_directory("a/empty", metadata={"by": "me"})
    assert files.get_directory_client("a/empty").get_directory_properties().metadata == {
        "by": "me", "hdi_isfolder": "true"
    }  # fmt: skip
    assert not files.get_directory_client("nowhere").exists()
    big = files.get_file_client("a/big.bin")
    content = os.urandom(300_000)
    big.upload_data(content, overwrite=True, chunk_size=100_000, max_concurrency=3)
    big.append_data(b"more", offset=300_000, length=4)
    big.flush_data(300_004)
    big.set_metadata({"k": "v"})
    assert big.get_file_properties().metadata == {"k": "v"}
    assert big.download_file(offset=299_990).readall() == content[-10:] + b"more"
    assert azml.datastores.open(lake, "a/big.bin").read() == content + b"more"
    listed = [(path.name, path.is_directory) for path in files.get_paths("a")]
    assert listed == [("a/big.bin", False), ("a/empty", True)]
    pages = [[path.name for path in page] for page in files.get_paths("a", max_results=1).by_page()]
    assert pages == [["a/big.bin"], ["a/empty"]]
    files.get_directory_client("a").rename_directory(f"{files.file_system_name}/b")
    assert [path.name for path in files.get_paths("b")] == ["b/big.bin", "b/empty"]
    for call in (lambda: list(files.get_paths("a")), lambda: files.get_file_client("a/big.bin").delete_file()):
        with pytest.raises(ResourceNotFoundError):
            call()
    with pytest.raises(ResourceExistsError):
        files.create_file("b/big.bin", match_condition=MatchConditions.IfMissing)
    with pytest.raises(HttpResponseError, match="InvalidFlushPosition"):
        files.get_file_client("b/big.bin").flush_data(999_999)
    lasts = datetime.now(UTC) + timedelta(hours=1)
    signature = generate_file_system_sas("lakeaccount", files.file_system_name, KEY, permission="rl", expiry=lasts)
    reader = FileSystemClient(
        files.url.partition(f"/{files.file_system_name}")[0], files.file_system_name, credential=signature
    )
    assert [path.name for path in reader.get_paths("b")] == ["b/big.bin", "b/empty"]
    with pytest.raises(HttpResponseError, match="AuthorizationPermissionMismatch"):
        reader.create_file("refused")
    files.delete_directory("b")
    assert not files.get_directory_client("b/empty").exists()


@pytest.mark.parametrize("way", ["key", "sas"])
def test_the_sdk_uploads_by_azures_names_into_azurite_and_our_client_goes_there_itself(
    ml, azml, azurite, container, way, tmp_path
):
    name = container.container_name
    lasts = datetime.now(UTC) + timedelta(hours=1)
    signature = generate_container_sas(ACCOUNT, name, account_key=AZURITE_KEY, permission="rwdlc", expiry=lasts)
    credentials = (
        AccountKeyConfiguration(account_key=AZURITE_KEY) if way == "key" else SasTokenConfiguration(sas_token=signature)
    )
    ml.datastores.create_or_update(
        AzureBlobDatastore(
            name=name, account_name=ACCOUNT, container_name=name, endpoint=azurite, credentials=credentials
        )
    )
    (tmp_path / "rows.csv").write_text("x\n1\n")
    made = ml.data.create_or_update(Data(name=name, type="uri_file", path=str(tmp_path / "rows.csv"), datastore=name))
    assert azml.datastores.get(name).endpoint == azurite
    assert azml.data.open(f"azureml:{name}:1").read() == b"x\n1\n"
    assert [blob.name for blob in container.list_blobs()] == [made.path.partition("/paths/")[2]]
    ours = azml.data.upload(
        DataAsset(name=f"{name}-ours", type="uri_file", path=str(tmp_path / "rows.csv")), datastore=name
    )
    assert made.path.endswith(ours.path.partition("/paths/")[2]), "what the SDK sent is not sent again"
    ml.datastores.delete(name)


def test_a_file_share_is_used_by_azures_client_and_by_ours(ml, azml, tmp_path):
    key = AccountKeyConfiguration(account_key=KEY)
    ml.datastores.create_or_update(
        AzureFileDatastore(name="shared", account_name="shareaccount", file_share_name="share", credentials=key)
    )
    (tmp_path / "a.csv").write_text("x")
    azml.datastores.upload("shared", tmp_path / "a.csv", "in/a.csv")
    signature = generate_share_sas(
        "shareaccount", "share", KEY, permission="rl", expiry=datetime.now(UTC) + timedelta(hours=1)
    )
    for credential in (KEY, signature, DefaultAzureCredential()):
        share = ShareClient(
            "https://shareaccount.file.core.windows.net",
            "share",
            credential=credential,
            token_intent="backup",
            retry_total=0,
        )
        assert [item.name for item in share.list_directories_and_files("in")] == ["a.csv"]
        assert share.get_file_client("in/a.csv").download_file().readall() == b"x"
        if credential == signature:
            with pytest.raises(HttpResponseError, match="AuthorizationPermissionMismatch"):
                share.create_directory("refused")
    share.get_directory_client("in").create_subdirectory("deep").upload_file("b.bin", b"12345678" * 100_000)
    assert azml.datastores.stat("shared", "in/deep/b.bin").size == 800_000
    assert azml.data.fetch("azureml://datastores/shared/paths/in/deep/b.bin").stat().st_size == 800_000
    other = ShareClient("https://shareaccount.file.core.windows.net", "other", credential=KEY, retry_total=0)
    with pytest.raises(ResourceNotFoundError):
        list(other.list_directories_and_files())
    assert list(BlobServiceClient("https://shareaccount.blob.core.windows.net", KEY).list_containers()) == []
    own = ml.datastores.get("workspacefilestore", include_secrets=True)
    files = ShareClient(
        f"https://{own.account_name}.file.core.windows.net", own.file_share_name, credential=own.credentials.account_key
    )
    files.create_directory("Users")
    assert [item.name for item in files.list_directories_and_files()] == ["Users"]
    refused = requests.get("https://shareaccount.queue.core.windows.net/", timeout=30)
    assert (refused.status_code, "does not stand in for shareaccount.queue" in refused.text) == (400, True)
    ml.datastores.delete("shared")


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
