"""What pages are told of alerts: once, and then only what changed."""

import json
from datetime import UTC, datetime

import pytest

from jupyter_azml.entities import AlertChange, AlertMetric, AlertRule, AlertState, OnlineEndpoint
from jupyter_azml.local.db import Database
from jupyter_azml.local.paths import WorkspacePaths
from jupyter_azml.monitoring.alert_log import AlertLog
from jupyter_azml.server import alerts


@pytest.fixture
def log(workspace, azml_home, monkeypatch):
    """Of an endpoint with one rule."""
    monkeypatch.setattr(alerts, "PERIOD", 0.02)
    paths = WorkspacePaths(azml_home / "workspaces" / "local")
    with Database(paths.database, paths.setup_lock).write() as connection:
        entity = OnlineEndpoint(name="churn").model_dump_json()
        connection.execute("INSERT INTO endpoints (name, entity) VALUES (?, ?)", ("churn", entity))
    paths.endpoint("churn").folder.mkdir(parents=True)
    rule = AlertRule(name="slow", endpoint="churn", metric=AlertMetric.LATENCY, threshold=0.5)
    workspace.monitoring.create_or_update_alert(rule)
    return AlertLog(paths.endpoint("churn").folder)


async def test_a_page_that_asks_is_told_what_fires_and_when_that_changes(jp_ws_fetch, log):
    page = await jp_ws_fetch("azml", "api", "ws")

    async def told():
        return json.loads(await page.read_message())

    async def enter(state):
        log.append(AlertChange(at=datetime.now(UTC), endpoint="churn", alert="slow", state=state, value=1.5))

    await page.write_message(json.dumps({"op": "alerts", "on": True}))
    assert await told() == {"op": "alerts", "alerts": []}
    await enter(AlertState.PENDING)  # which is nothing to tell
    await enter(AlertState.FIRING)
    (alert,) = (await told())["alerts"]
    assert (alert["rule"]["endpoint"], alert["rule"]["name"], alert["state"]) == ("churn", "slow", "firing")
    # One that comes later is told at once, the other one nothing anew.
    late = await jp_ws_fetch("azml", "api", "ws")
    await late.write_message(json.dumps({"op": "alerts", "on": True}))
    assert len(json.loads(await late.read_message())["alerts"]) == 1
    await enter(AlertState.RESOLVED)
    assert (await told())["alerts"] == []
    await page.write_message(json.dumps({"op": "alerts", "on": False}))
    await enter(AlertState.FIRING)
    assert json.loads(await late.read_message())["alerts"] == []
    assert len(json.loads(await late.read_message())["alerts"]) == 1
    await page.write_message(json.dumps({"op": "nonsense"}))
    assert (await told())["op"] == "error"  # and no word of alerts before it
