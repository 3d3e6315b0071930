"""Models over the REST API of a real server."""

import io
import json
import zipfile

import pytest
from tornado.httpclient import HTTPClientError


@pytest.fixture
def api(jp_fetch):
    async def call(*path, **kwargs):
        response = await jp_fetch("azml", "api", *path, **kwargs)
        return json.loads(response.body) if response.body else None

    return call


async def test_a_model_of_the_server_is_registered_changed_and_deleted(api, jp_root_dir):
    (jp_root_dir / "saved").mkdir()
    (jp_root_dir / "saved" / "weights.bin").write_bytes(b"1")
    body = {"name": "churn", "path": "saved", "tags": {"team": "blue"}}
    assert (await api("models", method="POST", body=json.dumps(body)))["version"] == "1"
    body |= {"version": "2024-01", "type": "custom_model"}
    assert (await api("models", method="POST", body=json.dumps(body)))["version"] == "2024-01"
    listed = await api("models", params={"name": "churn", "tag": "team=blue", "limit": "1"})
    assert ([model["version"] for model in listed["items"]], bool(listed["continuation"])) == (["2024-01"], True)
    one = ("models", "churn", "versions", "1")
    changed = await api(*one, method="PATCH", body=json.dumps({"stage": "Staging"}))
    assert (changed["stage"], changed["tags"]) == ("Staging", {"team": "blue"})
    await api("models", "churn", "aliases", "best", method="PUT", body=json.dumps({"version": "1"}))
    assert (await api("models", "churn", params={"label": "best"}))["aliases"] == ["best"]
    assert [file["path"] for file in (await api(*one, "files", params={"path": "saved"}))["items"]] == [
        "saved/weights.bin"
    ]
    compared = await api("compare-models", params=[("model", "churn:1"), ("model", "churn:2024-01")])
    assert {fact["name"] for fact in compared["facts"] if fact["differs"]} == {"stage", "aliases"}
    assert (await api(*one, "archive", method="POST", body=""))["archived"]
    assert not (
        await api(
            "models",
            "churn",
            "restore",
            method="POST",
            body="",
        )
    )["archived"]
    await api("models", "churn", "aliases", "best", method="DELETE")
    await api(*one, method="DELETE")
    for path, code in ((one, 404), (("models", "nobody"), 404), (("models",), 400)):
        with pytest.raises(HTTPClientError) as refused:
            await api(*path, params={"type": "nonsense"})
        assert refused.value.code == code
        assert json.loads(refused.value.response.body)["hint"]
    for body in (
        {"name": "a/b", "path": "saved"},
        {"name": "a", "path": "../.."},
        {"path": "saved"},
        {"name": "a", "x": 1},
    ):
        with pytest.raises(HTTPClientError) as refused:
            await api("models", method="POST", body=json.dumps(body))
        assert refused.value.code in (400, 404)


async def test_the_files_of_a_version_are_downloaded_one_as_it_is_and_several_as_a_zip(api, jp_fetch, jp_root_dir):
    (jp_root_dir / "saved" / "data").mkdir(parents=True)
    (jp_root_dir / "saved" / "data" / "w \u00e9.bin").write_bytes(b"1" * (3 << 20))
    (jp_root_dir / "saved" / "MLmodel").write_text("flavors: {}")
    for name, path in (("churn", "saved"), ("single", "saved/MLmodel")):
        await api("models", method="POST", body=json.dumps({"name": name, "path": path, "type": "custom_model"}))
    answer = await jp_fetch("azml", "api", "models", "churn", "versions", "1", "download")
    assert 'filename="churn-1.zip"' in answer.headers["Content-Disposition"]
    with zipfile.ZipFile(io.BytesIO(answer.body)) as archive:
        assert sorted(archive.namelist()) == ["saved/MLmodel", "saved/data/w \u00e9.bin"]
        assert len(archive.read("saved/data/w \u00e9.bin")) == 3 << 20
    answer = await jp_fetch("azml", "api", "models", "single", "versions", "1", "download")
    assert (answer.body, answer.headers["X-Content-Type-Options"]) == (b"flavors: {}", "nosniff")
    with pytest.raises(HTTPClientError) as refused:
        await jp_fetch("azml", "api", "models", "churn", "versions", "9", "download")
    assert refused.value.code == 404
