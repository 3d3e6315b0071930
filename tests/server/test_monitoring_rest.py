"""Figures, alerts and batch endpoints over the REST API of a real server."""

import json

import pytest
from tornado.httpclient import HTTPClientError

from jupyter_azml.entities import BatchDeployment, BatchEndpoint, CodeConfiguration, OnlineEndpoint
from jupyter_azml.local.db import Database
from jupyter_azml.local.paths import WorkspacePaths
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


async def test_batch_endpoints(api, workspace, tmp_path):
    for name in ("code", "model", "files"):
        (tmp_path / name).mkdir()
    (tmp_path / "code" / "score.py").write_text("def init(): pass\ndef run(files): return files")
    (tmp_path / "model" / "weights").write_text("1")
    (tmp_path / "files" / "1.txt").write_text("1")
    workspace.batch_endpoints.create_or_update(BatchEndpoint(name="scoring"))
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
    wrong = {**asked, "settings": {"mini_batch_size": 0}}
    with pytest.raises(HTTPClientError) as caught:
        await api("batch-endpoints", "scoring", "invoke", method="POST", body=json.dumps(wrong))
    assert caught.value.code == 400
    await api("batch-endpoints", "scoring", method="DELETE")
    assert (await api("batch-endpoints"))["items"] == []
