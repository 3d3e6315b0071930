"""Figures, alerts and batch endpoints over the REST API of a real server."""

import json

import pytest
from tornado.httpclient import HTTPClientError

from jupyter_azml.entities import BatchDeployment, CodeConfiguration, OnlineEndpoint
from jupyter_azml.local.db import Database
from jupyter_azml.local.paths import WorkspacePaths
from jupyter_azml.local.secret_store import private_files
from jupyter_azml.monitoring import Recorder


@pytest.fixture
def api(jp_fetch):
    async def call(*path, **kwargs):
        response = await jp_fetch("azml", "api", *path, **kwargs)
        return json.loads(response.body) if response.body else None

    return call


@pytest.fixture
def paths(workspace, azml_home):
    paths = WorkspacePaths(azml_home / "workspaces" / "local")
    with Database(paths.database, paths.setup_lock).write() as connection:
        entity = OnlineEndpoint(name="churn").model_dump_json()
        connection.execute("INSERT INTO endpoints (name, entity) VALUES (?, ?)", ("churn", entity))
    paths.endpoint("churn").folder.mkdir(parents=True)
    return paths


async def test_figures_and_alerts(api, paths):
    recorder = Recorder(paths.endpoints)
    recorder.record("churn", "blue", 200, 0.1)
    recorder.close()
    found = await api("endpoints", "churn", "metrics", params={"window": "300"})
    assert (found["total"]["requests"], found["window"]) == (1, 300)
    rule = {"name": "slow", "endpoint": "churn", "metric": "latency", "threshold": 0.5}
    made = await api("alerts", method="POST", body=json.dumps(rule))
    assert (made["rule"]["name"], made["state"]) == ("slow", "ok")
    assert [each["rule"]["name"] for each in (await api("alerts", params={"endpoint": "churn"}))["items"]] == ["slow"]
    assert (await api("endpoints", "churn", "alerts", "slow", "history"))["items"] == []
    assert (await api("endpoints", "churn", "alerts", "history"))["items"] == []
    # What a rule would say, without keeping it; and an address that comes back with asterisks is the one that is kept.
    tried = await api("alerts/try", method="POST", body=json.dumps({"rule": {**rule, "threshold": 0.01}}))
    assert (tried["is_breached"], tried["told"]) == (True, {})
    told = {"rule": {**rule, "name": "other", "command": "exit 3"}, "tell": True}
    tried = await api("alerts/try", method="POST", body=json.dumps(told))
    assert (tried["is_breached"], tried["told"]) == (False, {"command": "exit code 3"})
    assert len((await api("alerts"))["items"]) == 1
    hooked = {**rule, "webhook": "https://example.org/hook/secret"}
    shown = (await api("alerts", method="POST", body=json.dumps(hooked)))["rule"]
    assert "secret" not in shown["webhook"]
    await api("alerts", method="POST", body=json.dumps({**shown, "threshold": 0.6}))
    assert private_files(paths).get("alert-churn-slow") == hooked["webhook"]
    await api("endpoints", "churn", "alerts", "slow", method="DELETE")
    assert (await api("alerts"))["items"] == []
    for path, status in (
        (("endpoints", "chur", "metrics"), 404),
        (("endpoints", "churn", "drift"), 400),
        (("endpoints", "churn", "alerts", "none", "history"), 404),
    ):
        with pytest.raises(HTTPClientError) as caught:
            await api(*path)
        assert caught.value.code == status
        assert json.loads(caught.value.response.body)["hint"]
    with pytest.raises(HTTPClientError) as caught:
        await api("alerts", method="POST", body=json.dumps({**rule, "threshold": None}))
    assert caught.value.code == 400


async def test_batch_endpoints(api, workspace, tmp_path, jp_root_dir):
    for name in ("code", "model", "files"):
        (tmp_path / name).mkdir()
    (tmp_path / "code" / "score.py").write_text("def init(): pass\ndef run(files): return files")
    (tmp_path / "model" / "weights").write_text("1")
    (tmp_path / "files" / "1.txt").write_text("1")
    await api("batch-endpoints", method="POST", body=json.dumps({"name": "scoring"}))
    with pytest.raises(HTTPClientError) as caught:
        await api("batch-endpoints", method="POST", body=json.dumps({"name": "scoring"}))
    assert caught.value.code == 409
    workspace.batch_endpoints.deployments.create_or_update(
        BatchDeployment(
            name="blue",
            endpoint_name="scoring",
            model=str(tmp_path / "model"),
            code_configuration=CodeConfiguration(code=str(tmp_path / "code"), scoring_script="score.py"),
        )
    )
    assert (await api("batch-endpoints"))["items"][0]["default_deployment"] == "blue"
    assert (await api("batch-endpoints", "scoring", "deployments"))["items"][0]["model"] == "azureml:scoring-blue:1"
    asked = {"path": str(tmp_path / "files"), "settings": {"mini_batch_size": 3}}
    job = await api("batch-endpoints", "scoring", "invoke", method="POST", body=json.dumps(asked))
    assert "--mini-batch-size=3" in job["spec"]["command"]
    assert job["tags"] == {"batch_endpoint": "scoring", "batch_deployment": "blue"}
    body = {"name": "green", "model": "azureml:scoring-blue:1", "code": "code/score.py"}
    (jp_root_dir / "code").mkdir()
    (jp_root_dir / "code" / "score.py").write_text((tmp_path / "code" / "score.py").read_text())
    await api("batch-endpoints", "scoring", "deployments", method="POST", body=json.dumps(body))
    default = await api("batch-endpoints", "scoring", method="PATCH", body=json.dumps({"default_deployment": "green"}))
    assert default["default_deployment"] == "green"
    await api("batch-endpoints", "scoring", "deployments", "blue", method="DELETE")
    wrong = {**asked, "settings": {"mini_batch_size": 0}}
    with pytest.raises(HTTPClientError) as caught:
        await api("batch-endpoints", "scoring", "invoke", method="POST", body=json.dumps(wrong))
    assert caught.value.code == 400
    await api("batch-endpoints", "scoring", method="DELETE")
    assert (await api("batch-endpoints"))["items"] == []
