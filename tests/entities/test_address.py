"""Every spelling of a place where data is."""

import pytest

from jupyter_azml.entities import AssetName, DatastorePath, JobPath, LocalPath, RunPath, WebAddress, read_address
from jupyter_azml.entities.address import same_container
from jupyter_azml.errors import DataNotFound, NotSupported, UsageError

ARM = "subscriptions/0-0/resourceGroups/rg/providers/Microsoft.MachineLearningServices/workspaces/ws"
LONG = "azureml://subscriptions/0-0/resourcegroups/rg/workspaces/ws"

MEANINGS = {
    "azureml://datastores/raw/paths/a/b.csv": DatastorePath("raw", "a/b.csv"),
    "azureml://datastores/raw/paths/a/": DatastorePath("raw", "a"),
    "azureml://datastores/raw/paths/": DatastorePath("raw", ""),
    "azureml://datastores/raw/paths": DatastorePath("raw", ""),
    "azureml://datastores/raw": DatastorePath("raw", ""),
    "azureml://datastores/raw/paths/été #1/a?b": DatastorePath("raw", "été #1/a?b"),
    "AzureML://DataStores/raw/Paths/a": DatastorePath("raw", "a"),
    f"{LONG}/datastores/raw/paths/a": DatastorePath("raw", "a", "ws"),
    f"azureml://{ARM}/datastores/raw/paths/a": DatastorePath("raw", "a", "ws"),
    "azureml:rows:1": AssetName("rows", "1"),
    "azureml:rows:2024-05.final": AssetName("rows", "2024-05.final"),
    "azureml:rows@latest": AssetName("rows", label="latest"),
    "azureml:rows@prod": AssetName("rows", label="prod"),
    f"/{ARM}/data/rows/versions/3": AssetName("rows", "3", workspace="ws"),
    f"azureml:/{ARM}/data/rows/versions/3": AssetName("rows", "3", workspace="ws"),
    f"azureml://{ARM}/data/rows/versions/3": AssetName("rows", "3", workspace="ws"),
    f"{LONG}/data/rows/labels/prod": AssetName("rows", label="prod", workspace="ws"),
    "azureml://locations/westeurope/workspaces/0-0/data/rows/versions/3": AssetName("rows", "3"),
    "azureml://jobs/j/outputs/o/paths/a/b": JobPath("j", "o", "a/b"),
    "azureml://jobs/j/outputs/o/paths/": JobPath("j", "o", ""),
    "azureml://jobs/j/outputs/o": JobPath("j", "o", ""),
    f"{LONG}/jobs/j/outputs/o/paths/a": JobPath("j", "o", "a", "ws"),
    "runs:/r/model/data": RunPath("r", "model/data"),
    "runs:/r": RunPath("r", ""),
    "wasbs://c@acc.blob.core.windows.net/a b": WebAddress("https://acc.blob.core.windows.net/c/a%20b", False),
    "wasb://c@acc.blob.core.windows.net": WebAddress("https://acc.blob.core.windows.net/c/", False),
    "abfss://fs@acc.dfs.core.windows.net/a/b": WebAddress("https://acc.blob.core.windows.net/fs/a/b", False),
    "https://acc.blob.core.windows.net/c/a": WebAddress("https://acc.blob.core.windows.net/c/a"),
    "http://example.org/a.csv": WebAddress("http://example.org/a.csv"),
    "data/a.csv": LocalPath("data/a.csv"),
    "/data/a.csv": LocalPath("/data/a.csv"),
    "./a:b.csv": LocalPath("./a:b.csv"),
    "~/a": LocalPath("~/a"),
    "file:///data/a%20b.csv": LocalPath("/data/a b.csv"),
    "file://localhost/data": LocalPath("/data"),
    "file:data": LocalPath("data"),
    "file://./data": LocalPath("./data"),
}

FAULTS = {
    "": UsageError,
    "  ": UsageError,
    "a\0b": UsageError,
    "azureml:rows": DataNotFound,
    "azureml:": DataNotFound,
    "azureml://rows/1": DataNotFound,
    "azureml:a:b:c": DataNotFound,
    "azureml://datastores/raw/paths/../../etc": DataNotFound,
    "azureml://datastores/raw/paths/a\\..\\..\\b": DataNotFound,
    "azureml://jobs/j/outputs/o/paths/../x": DataNotFound,
    "runs:/r/../../x": DataNotFound,
    "azureml://registries/azureml/data/rows/versions/1": NotSupported,
    "s3://bucket/a": NotSupported,
    "file://server/share": NotSupported,
}


@pytest.mark.parametrize("text", MEANINGS)
def test_an_address_is_read(text):
    assert read_address(text) == MEANINGS[text]


@pytest.mark.parametrize("text", FAULTS)
def test_what_is_none_says_so(text):
    with pytest.raises(FAULTS[text]) as error:
        read_address(text)
    assert error.value.hint


@pytest.mark.parametrize(
    ("url", "container", "path"),
    [
        ("https://acc.blob.core.windows.net/c/a/b", "https://acc.blob.core.windows.net/c", "a/b"),
        ("https://ACC.blob.core.windows.net/c/a%20b", "https://acc.blob.core.windows.net/c", "a b"),
        ("https://acc.dfs.core.windows.net/c/a/", "https://acc.blob.core.windows.net/c", "a"),
        ("https://acc.blob.core.windows.net/c", "https://acc.blob.core.windows.net/c/", ""),
        ("http://127.0.0.1:10000/acc/c/a", "http://127.0.0.1:10000/acc/c", "a"),
        ("https://acc.blob.core.windows.net/cc/a", "https://acc.blob.core.windows.net/c", None),
        ("https://acc2.blob.core.windows.net/c/a", "https://acc.blob.core.windows.net/c", None),
        ("https://acc.blob.core.windows.net/C/a", "https://acc.blob.core.windows.net/c", None),
    ],
)
def test_an_address_on_the_web_is_told_to_be_in_a_container(url, container, path):
    assert same_container(url, container) == path
