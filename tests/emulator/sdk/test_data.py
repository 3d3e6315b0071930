"""Data assets as azure-ai-ml makes them from files, datastores and the web; and our client beside it."""

import os

import pytest
import requests
from azure.core.exceptions import HttpResponseError, ResourceExistsError, ResourceNotFoundError
from azure.identity import DefaultAzureCredential

pytest.importorskip("azure.ai.ml")
from azure.ai.ml._utils._asset_utils import get_ignore_file, get_object_hash
from azure.ai.ml.constants import AssetTypes
from azure.ai.ml.entities import AccountKeyConfiguration, AzureBlobDatastore, Data
from azure.ai.ml.exceptions import MlException, ValidationException

from jupyter_azml.azure.object_hash import object_hash
from jupyter_azml.entities import DataAsset, DataType
from jupyter_azml.errors import DataNotFound


@pytest.fixture
def folder(tmp_path):
    folder = tmp_path / "rows"
    (folder / "Deep" / "er").mkdir(parents=True)
    (folder / "a.csv").write_text("x\n1\n")
    (folder / "B.csv").write_text("x\n2\n")
    (folder / "Deep" / "été ü.csv").write_text("x\n3\n")
    (folder / "Deep" / "er" / "empty").write_bytes(b"")
    return folder


def test_a_file_a_folder_and_a_table_are_uploaded_and_read_back(ml, azml, folder):
    file = ml.data.create_or_update(
        Data(name="one-file", version="1", type=AssetTypes.URI_FILE, path=str(folder / "a.csv"), description="d")
    )
    assert "/datastores/workspaceblobstore/paths/LocalUpload/" in file.path
    assert azml.data.open("azureml:one-file:1").read() == b"x\n1\n"
    made = ml.data.create_or_update(
        Data(name="Whole-Folder", type=AssetTypes.URI_FOLDER, path=str(folder), tags={"a": "b"})
    )
    assert (made.version, made.tags) == ("1", {"a": "b"})
    assert (azml.data.fetch("azureml:whole-folder@latest") / "Deep" / "été ü.csv").read_text() == "x\n3\n"
    (folder / "MLTable").write_text("paths:\n  - pattern: ./*.csv\ntransformations:\n  - read_delimited: {}\n")
    table = ml.data.create_or_update(Data(name="a-table", type=AssetTypes.MLTABLE, path=str(folder)))
    assert table.type == "mltable"
    ours = azml.data.get("a-table")
    assert (ours.type, ours.version, ours.labels) == (DataType.MLTABLE, "1", ("latest",))
    assert ml.data.get("one-file", version="1").description == "d"


def test_versions_count_up_and_have_a_latest(ml, folder):
    for number in range(3):
        made = ml.data.create_or_update(
            Data(name="counted", type=AssetTypes.URI_FOLDER, path=str(folder), description=str(number))
        )
        assert made.version == str(number + 1)
    assert ml.data.create_or_update(
        Data(name="counted", version="2024-05", type=AssetTypes.URI_FOLDER, path=str(folder))
    ).version == "2024-05"  # fmt: skip
    assert ml.data.get("counted", label="latest").version == "2024-05"
    assert [asset.version for asset in ml.data.list("counted")] == ["2024-05", "3", "2", "1"]
    assert "counted" in [asset.name for asset in ml.data.list()]
    assert ml.data.get("azureml:counted", label="latest").name == "counted", "as the SDK asks for a job's input"
    changed = ml.data.get("counted", version="2")
    changed.description, changed.tags = "other", {"k": "v"}
    assert ml.data.create_or_update(changed).description == "other"
    assert ml.data.get("counted", version="2").tags == {"k": "v"}


def test_archived_ones_are_out_of_lists(ml, azml, folder):
    for _version in range(2):
        ml.data.create_or_update(Data(name="old", type=AssetTypes.URI_FOLDER, path=str(folder), tags={"keep": "me"}))
    ml.data.archive("old", version="2")
    assert [asset.version for asset in ml.data.list("old")] == ["1"]
    assert ml.data.get("old", label="latest").version == "1"
    assert azml.data.get("old", "2").archived
    ml.data.archive("old")
    assert "old" not in [asset.name for asset in ml.data.list()]
    ml.data.restore("old")
    assert [asset.version for asset in ml.data.list("old")] == ["2", "1"]
    assert ml.data.get("old", version="2").tags == {"keep": "me"}


def test_a_place_is_named_whether_or_not_anything_is_there(ml, azml):
    ml.datastores.create_or_update(
        AzureBlobDatastore(
            name="raw",
            account_name="rawaccount",
            container_name="in",
            credentials=AccountKeyConfiguration(account_key="a2V5"),
        )
    )
    short, long = "azureml://datastores/raw/paths/not/yet", "azureml://datastores/raw/paths/not/yet"
    made = ml.data.create_or_update(Data(name="planned", type=AssetTypes.URI_FOLDER, path=short))
    assert made.path.endswith("/datastores/raw/paths/not/yet")
    assert azml.data.get("planned").path == long
    places = {
        "wasbs://in@rawaccount.blob.core.windows.net/a/b.csv": "azureml://datastores/raw/paths/a/b.csv",
        "https://rawaccount.blob.core.windows.net/in/a/b.csv": "azureml://datastores/raw/paths/a/b.csv",
        "https://example.org/a.csv": "https://example.org/a.csv",
        "wasbs://data@azuremlexampledata.blob.core.windows.net/": "wasbs://data@azuremlexampledata.blob.core.windows.net/",
        "abfss://fs@lake.dfs.core.windows.net/x": "abfss://fs@lake.dfs.core.windows.net/x",
    }  # fmt: skip
    for path, kept in places.items():
        ml.data.create_or_update(Data(name="elsewhere", type=AssetTypes.URI_FOLDER, path=path))
        assert azml.data.get("elsewhere").path == kept


def test_the_same_content_is_sent_once_whichever_client_comes_first(ml, azml, folder, tmp_path):
    first = ml.data.create_or_update(Data(name="sdk-first", type=AssetTypes.URI_FOLDER, path=str(folder)))
    sent = []
    ours = azml.data.upload(DataAsset(name="ours-second", path=str(folder)), progress=lambda *count: sent.append(count))
    assert first.path.endswith(ours.path.partition("/paths/")[2])
    assert sent == []
    other = tmp_path / "other" / "rows"
    other.mkdir(parents=True)
    (other / "a.csv").write_text("another\n")
    ours = azml.data.upload(DataAsset(name="ours-first", path=str(other)))
    (place,) = [file for file in azml.datastores.browse("workspaceblobstore", ours.path.partition("/paths/")[2]).items]
    made = ml.data.create_or_update(Data(name="sdk-second", type=AssetTypes.URI_FOLDER, path=str(other)))
    assert made.path.endswith(ours.path.partition("/paths/")[2])
    again = azml.datastores.stat("workspaceblobstore", place.path)
    assert again.modified == place.modified, "the SDK sent it again"


@pytest.mark.parametrize(
    ("ignore", "text"),
    [
        ("", ""),
        (".amlignore", "*.csv\n!a.csv\n"),
        (".gitignore", "Deep/\n# a comment\n\nB.csv"),
        (".gitignore", "Deep\n"),
        (".amlignore", "/a.csv\nDeep/er/**\n"),
        (".amlignore", "**/er\n*mpty\n"),
    ],
)
def test_the_hash_is_the_sdks(folder, ignore, text):
    (folder / "link.csv").symlink_to(folder / "a.csv")
    os.symlink("nowhere", folder / "broken")
    if ignore:
        (folder / ignore).write_text(text)
    assert object_hash(folder) == get_object_hash(folder, get_ignore_file(folder))
    assert object_hash(folder / "a.csv") == get_object_hash(folder / "a.csv", get_ignore_file(folder / "a.csv"))


def test_what_both_clients_say_of_the_same_asset_means_the_same(ml, azml, folder):
    ml.data.create_or_update(
        Data(name="twin", version="1", type=AssetTypes.URI_FOLDER, path=str(folder), description="d", tags={"a": "b"})
    )
    azml.data.upload(DataAsset(name="twin", version="2", path=str(folder), description="d", tags={"a": "b"}))
    one, other = azml.data.get("twin", "1"), azml.data.get("twin", "2")
    apart = {"version": "", "created": None, "modified": None, "labels": (), "size": None}
    assert one.model_copy(update=apart) == other.model_copy(update=apart)
    read = [ml.data.get("twin", version=version) for version in ("1", "2")]
    assert len({(data.path, data.type, data.description, str(data.tags)) for data in read}) == 1


def test_what_is_not_there_and_what_does_not_fit_gets_the_services_error(ml, azml, folder):
    for call in (
        lambda: ml.data.get("nobody", version="1"),
        lambda: list(ml.data.list("nobody")),
        lambda: ml.data.archive("nobody"),
    ):
        with pytest.raises(ResourceNotFoundError) as error:
            call()
        assert error.value.error.code
        assert "nobody" in error.value.error.message
    with pytest.raises(MlException, match="nobody does not exist"):
        ml.data.get("nobody", label="latest")
    for path, said in (
        ("azureml://datastores/nobodys/paths/x", "nobodys"),
        ("https://acc.blob.core.windows.net/c/a.csv?sv=1&sig=c2VjcmV0", "signature"),
    ):
        with pytest.raises(HttpResponseError, match=said) as refused:
            ml.data.create_or_update(Data(name="misplaced", version="1", type=AssetTypes.URI_FILE, path=path))
        assert "c2VjcmV0" not in str(refused.value)
    ml.data.create_or_update(Data(name="fixed", version="1", type=AssetTypes.URI_FOLDER, path=str(folder)))
    with pytest.raises(ResourceExistsError):
        ml.data.create_or_update(
            Data(name="fixed", version="1", type=AssetTypes.URI_FOLDER, path="azureml://datastores/raw/paths/other")
        )
    for name in ("a b", "-x", "é", "a" * 256, "x/y"):
        with pytest.raises((HttpResponseError, ValidationException)):
            ml.data.create_or_update(Data(name=name, version="1", type=AssetTypes.URI_FOLDER, path=str(folder)))
    with pytest.raises(DataNotFound):
        azml.data.get("nobody")


def test_fields_that_we_have_no_word_for_outlive_an_update_by_us(ml, azml, emulator, folder):
    headers = signed_in()
    url = f"https://management.azure.com{emulator.identity}/data/future/versions/1?api-version=2030-01-01"
    properties = {
        "dataType": "uri_folder",
        "dataUri": "azureml://datastores/raw/paths/x",
        "autoDeleteSetting": {"condition": "CreatedGreaterThan", "value": "30d"},
        "somethingNew": {"deep": [1]},
    }
    assert requests.put(url, json={"properties": properties}, headers=headers, timeout=30).status_code == 201
    azml.data.update("future", "1", description="ours", tags={"a": "b"})
    found = requests.get(url, headers=headers, timeout=30).json()["properties"]
    assert {key: found[key] for key in properties.keys() - {"dataUri"}} == {
        key: properties[key] for key in properties.keys() - {"dataUri"}
    }
    assert (found["description"], found["tags"]) == ("ours", {"a": "b"})


def test_readers_of_data_find_it_where_they_ask(ml, emulator, folder):
    """azureml-fsspec and mltable, which are not installed here: what they asked, and read, when they were tried."""
    (folder / "MLTable").write_text("paths:\n  - pattern: ./*.csv\n")
    made = ml.data.create_or_update(Data(name="read-me", type=AssetTypes.MLTABLE, path=str(folder)))
    api = f"https://local.api.azureml.ms/{{}}/v1.0{emulator.identity}"
    url = f"{api.format('datastore')}/datastores/workspaceblobstore"
    store = requests.get(url, headers=signed_in(), timeout=30).json()
    section = store["azureStorageSection"]
    address = f"https://{section['accountName']}.blob.{section['endpoint']}/{section['containerName']}"
    listed = requests.get(f"{address}?restype=container&comp=list&{section['sasToken']}", timeout=30)
    assert (store["dataStoreType"], section["credentialType"], listed.status_code) == ("AzureBlob", "Sas", 200)
    asset = requests.get(f"{api.format('data')}/dataversion/read-me/versions/1", headers=signed_in(), timeout=30).json()
    assert (asset["isV2"], asset["dataVersion"]["dataType"]) == (True, "MLTable")
    assert asset["dataVersion"]["dataUri"] == made.path


def signed_in():
    token = DefaultAzureCredential().get_token("https://management.azure.com/.default").token
    return {"Authorization": f"Bearer {token}"}
