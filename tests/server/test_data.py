"""Data over the REST API of a real server."""

import json

import pytest
from tornado.httpclient import HTTPClientError


@pytest.fixture
def api(jp_fetch):
    async def call(*path, **kwargs):
        response = await jp_fetch("azml", "api", *path, **kwargs)
        return json.loads(response.body or b"null")

    return call


async def refused(call, *path, **kwargs):
    with pytest.raises(HTTPClientError) as caught:
        await call(*path, **kwargs)
    return caught.value.code, json.loads(caught.value.response.body)


FILES = ("datastores", "workspaceblobstore", "files")


async def test_a_file_is_put_listed_looked_into_measured_and_deleted(api, workspace):
    content = b"a,b\n" + b"1,x\n" * 300_000  # many pieces
    where = {"path": "in/sub/t.csv"}
    put = await api(*FILES, method="PUT", body=content, params=where)
    assert (put["path"], put["size"]) == ("in/sub/t.csv", len(content))
    with workspace.datastores.open("workspaceblobstore", "in/sub/t.csv") as opened:
        assert opened.read() == content
    listed = await api(*FILES, params={"path": "in/sub"})
    assert [item["path"] for item in listed["items"]] == ["in/sub/t.csv"]
    code, error = await refused(api, *FILES, method="PUT", body=b"new", params=where)
    assert (code, error["code"]) == (409, "Conflict")
    await api(*FILES, method="PUT", body=b"a\n5\n", params={**where, "overwrite": "true"})
    uri = "azureml://datastores/workspaceblobstore/paths/in/sub/t.csv"
    looked = await api("preview", params={"path": uri, "rows": "10"})
    assert (looked["rows"], looked["row_count"], looked["path"]) == ([[5]], 1, uri)
    measured = await api("profile", params={"path": uri})
    assert measured["columns"][0]["mean"] == 5
    await api(*FILES, method="DELETE", params={"path": "in/sub/t.csv"})
    assert (await refused(api, "preview", params={"path": uri}))[0] == 404


async def test_assets_and_datastores_are_listed(api, workspace, tmp_path):
    from jupyter_azml.entities import DataAsset, DataType

    (tmp_path / "a.csv").write_text("n\n1\n")
    for _version in range(2):
        workspace.data.create(DataAsset(name="num.bers", path=str(tmp_path / "a.csv"), type=DataType.URI_FILE))
    assert [item["name"] for item in (await api("data"))["items"]] == ["num.bers"]
    assert [item["version"] for item in (await api("data", "num.bers", "versions"))["items"]] == ["2", "1"]
    assert (await api("data", "num.bers", params={"version": "1"}))["version"] == "1"
    assert [item["name"] for item in (await api("datastores"))["items"]] == ["workspaceblobstore"]
    assert (await api("preview", params={"path": "num.bers"}))["rows"] == [[1]]


@pytest.mark.parametrize(
    ("path", "params", "code", "error"),
    [
        (("preview",), {"path": "nothing"}, 404, "DataNotFound"),
        (("preview",), {"path": "x", "rows": "0"}, 400, "UsageError"),
        (("preview",), {"path": "x", "rows": "many"}, 400, "UsageError"),
        (("datastores", "nowhere", "files"), {}, 404, "DatastoreNotFound"),
        (FILES, {"path": "../.."}, 404, "DataNotFound"),
    ],
)
async def test_what_cannot_be_answered_is_said(api, path, params, code, error):
    found, body = await refused(api, *path, params=params)
    assert (found, body["code"]) == (code, error)
    assert body["hint"]


async def test_nothing_is_put_without_a_path_or_out_of_the_store(api):
    for path in ("", "a/../../b", "a\\b"):
        code, error = await refused(api, *FILES, method="PUT", body=b"x", params={"path": path})
        assert (code, error["code"]) == (400, "UsageError")


async def test_a_stranger_uploads_nothing(jp_fetch, jp_serverapp):
    with pytest.raises(HTTPClientError) as caught:
        await jp_fetch(
            "azml", "api", *FILES, method="PUT", body=b"x", params={"path": "a"}, headers={"Authorization": "token no"}
        )
    assert caught.value.code in (401, 403)
