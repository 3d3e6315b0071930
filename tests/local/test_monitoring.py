"""Figures, drift and alerts of a local workspace's endpoints, from what a gateway has recorded."""

import json
import random
import threading
from datetime import UTC, datetime, timedelta

import pytest

from jupyter_azml.commands import grammar
from jupyter_azml.commands.session import Session
from jupyter_azml.entities import (
    AlertState,
    DataAsset,
    DataCollection,
    DataCollector,
    DataType,
    OnlineDeployment,
    OnlineEndpoint,
)
from jupyter_azml.errors import AlertNotFound, DataNotFound, DataUnreadable, EndpointNotFound, UsageError
from jupyter_azml.local.collections import collection_folders
from jupyter_azml.local.db import Database
from jupyter_azml.local.paths import WorkspacePaths
from jupyter_azml.local.serving.monitor import Monitor
from jupyter_azml.monitoring import Collector, Recorder
from tests.monitoring.hook import serving_hook

COLLECTS = DataCollector(collections={"model_inputs": DataCollection(), "model_outputs": DataCollection()})


class Here:
    def __init__(self, workspace):
        self._workspace = workspace

    def workspace(self):
        return self._workspace


@pytest.fixture
def azml(workspace):
    return lambda *words: grammar.main(
        [str(word) for word in words], obj=Session(Here(workspace)), standalone_mode=False
    )


@pytest.fixture
def paths(workspace, azml_home):
    """With an endpoint that nobody serves: what a gateway would tell is told by the tests."""
    paths = WorkspacePaths(azml_home / "workspaces" / "local")
    endpoint = OnlineEndpoint(name="churn", traffic={"blue": 100})
    deployment = OnlineDeployment(name="blue", endpoint_name="churn", data_collector=COLLECTS)
    with Database(paths.database, paths.setup_lock).write() as connection:
        connection.execute("INSERT INTO endpoints (name, entity) VALUES (?, ?)", ("churn", endpoint.model_dump_json()))
        connection.execute(
            "INSERT INTO deployments (endpoint, name, entity) VALUES (?, ?, ?)",
            ("churn", "blue", deployment.model_dump_json()),
        )
    paths.endpoint("churn").folder.mkdir(parents=True)
    return paths


@pytest.fixture
def baseline(workspace, tmp_path):
    chance, file = random.Random(1), tmp_path / "train.csv"
    rows = "".join(
        f"{chance.gauss(40, 10):.3f},{chance.choice(['Rome', 'Oslo'])},{chance.random():.4f}\n" for _ in range(2_000)
    )
    file.write_text(f"age,city,churned\n{rows}")
    workspace.data.create(DataAsset(name="train", type=DataType.URI_FILE, path=str(file)))
    return "azureml:train:1"


def serve(paths, count, status=200, seconds=0.05):
    recorder = Recorder(paths.endpoints)
    for _ in range(count):
        recorder.record("churn", "blue", status, seconds)
    recorder.close()


def ask(paths, count, age):
    """As many requests of one row each, answered at random."""
    chance, collector = random.Random(2), Collector()
    collector.plan(("churn", "blue"), COLLECTS, collection_folders(paths, "churn", "blue", COLLECTS))
    for _ in range(count):
        row = {"age": chance.gauss(age, 10), "city": chance.choice(["Rome", "Oslo"])}
        answer = json.dumps([chance.random()]).encode()
        collector.offer(("churn", "blue"), json.dumps({"dataframe_records": [row]}).encode(), answer, "")
    collector.close()


def test_figures_of_a_window_in_all_and_by_deployment(paths, azml):
    serve(paths, 90)
    serve(paths, 10, status=500, seconds=2.0)
    found = azml("endpoint", "metrics", "CHURN", "--window", "5m")
    assert (found.endpoint, found.total.requests, found.total.errors) == ("churn", 100, 10)
    assert found.deployments["blue"].latency_p99 == pytest.approx(2, rel=0.025)
    assert azml("endpoint", "metrics", "churn", "-d", "blue").total.requests == 100
    with pytest.raises(EndpointNotFound):
        azml("endpoint", "metrics", "chur")
    with pytest.raises(UsageError):
        azml("endpoint", "metrics", "churn", "--window", "90d")


def test_drift_is_told_column_by_column(paths, azml, baseline):
    words = ("endpoint", "drift", "churn", "--baseline", baseline, "--prediction-column", "churned")
    assert azml(*words).is_drifting is None
    ask(paths, 500, age=40)
    same = azml(*words)
    assert (same.is_drifting, same.rows, same.deployment) == (False, 500, "blue")
    assert {column.column for column in same.columns} == {"age", "city", "prediction"}
    ask(paths, 4_500, age=45)
    assert azml(*words).columns[0].column == "age"
    assert azml(*words).is_drifting
    with pytest.raises(DataUnreadable, match="no column"):
        azml(*words[:-1], "chrned")
    with pytest.raises(DataNotFound):
        azml(*words[:4], "azureml:nothing:1")


def test_an_alert_fires_tells_is_remembered_and_is_resolved(paths, azml, tmp_path):
    with serving_hook() as hook:
        secret = f"{hook.url}?token=s3cret"
        told = tmp_path / "told.json"
        made = azml(
            *("endpoint", "alert", "create", "churn", "slow", "--metric", "latency", "--above", "250ms"),
            *(
                "--for",
                "10s",
                "--window",
                "1m",
                "--webhook",
                secret,
                "--command",
                f"cat > {told}.part; mv {told}.part {told}",
            ),
        )
        assert made.state is AlertState.OK
        assert "s3cret" not in json.dumps(made.to_data())
        serve(paths, 20, seconds=1.0)
        monitor, now = Monitor(paths), datetime.now(UTC)
        for seconds in (0, 5):
            monitor.look(now + timedelta(seconds=seconds))
        assert azml("endpoint", "alert", "list", "churn").items[0].state is AlertState.PENDING
        # Whoever takes over goes on where the one before was.
        monitor = Monitor(paths)
        monitor.look(now + timedelta(seconds=10))
        (alert,) = azml("endpoint", "alert", "list").items
        assert (alert.state, alert.is_watched) == (AlertState.FIRING, False)
        assert alert.value == pytest.approx(1, rel=0.025)
        hook.wait_for(1)
        assert (hook.received[0]["state"], hook.received[0]["alert"]) == ("firing", "slow")
        for seconds in range(75, 111, 5):
            monitor.look(now + timedelta(seconds=seconds))
        hook.wait_for(2)
        assert [body["state"] for body in hook.received] == ["firing", "resolved"]
        hook.until(lambda: told.exists() and json.loads(told.read_text())["state"] == "resolved")
        hook.until(lambda: len(azml("endpoint", "alert", "history", "churn").items) == 7)
    changes = azml("endpoint", "alert", "history", "churn", "slow").items
    assert [change.state for change in reversed(changes) if not change.action] == ["pending", "firing", "resolved"]
    assert {(change.action, change.error) for change in changes if change.action} == {("webhook", ""), ("command", "")}
    azml("endpoint", "alert", "delete", "churn", "SLOW", "--yes")
    assert azml("endpoint", "alert", "list").items == ()
    assert not [path for path in paths.secrets.iterdir() if "alert" in path.name]
    assert "s3cret" not in "".join(path.read_text() for path in paths.endpoint("churn").folder.glob("*.ndjson"))


def test_resolved_is_not_told_before_a_firing_that_took_long(paths, azml, tmp_path):
    told = tmp_path / "told"
    slowly = f'test "$AZML_ALERT_STATE" = firing && sleep 0.5; echo "$AZML_ALERT_STATE" >> {told}'
    azml("endpoint", "alert", "create", "churn", "slow", "--metric", "latency", "--above", "1ms", "--command", slowly)
    serve(paths, 5)
    monitor, now = Monitor(paths), datetime.now(UTC)
    for seconds in (0, 400, 440):
        monitor.look(now + timedelta(seconds=seconds))
    with serving_hook() as hook:
        hook.until(lambda: told.exists() and len(told.read_text().split()) == 2)
    assert told.read_text().split() == ["firing", "resolved"]


def test_drift_and_silence_raise_alerts(paths, azml, baseline):
    azml("endpoint", "alert", "create", "churn", "drift", "--metric", "drift", "--baseline", baseline)
    azml("endpoint", "alert", "create", "churn", "quiet", "--metric", "silence", "--window", "10m")
    ask(paths, 1_000, age=45)
    serve(paths, 1)
    monitor, now = Monitor(paths), datetime.now(UTC)
    monitor.look(now)
    states = {alert.name: alert.state for alert in azml("endpoint", "alert", "list", "churn").items}
    assert states == {"drift": AlertState.FIRING, "quiet": AlertState.OK}
    monitor.look(now + timedelta(minutes=11))
    states = {alert.name: alert.state for alert in azml("endpoint", "alert", "list", "churn").items}
    assert states["quiet"] is AlertState.FIRING


def test_a_rule_that_is_changed_begins_anew_and_one_of_a_deleted_endpoint_is_gone(workspace, paths, azml):
    words = ("endpoint", "alert", "create", "churn", "slow", "--metric", "latency", "--above")
    azml(*words, "1ms")
    serve(paths, 5)
    monitor = Monitor(paths)
    monitor.look(datetime.now(UTC))
    assert azml("endpoint", "alert", "list").items[0].state is AlertState.FIRING
    assert azml(*words, "1s").state is AlertState.OK
    monitor.look(datetime.now(UTC))
    assert azml("endpoint", "alert", "list").items[0].state is AlertState.OK
    workspace.endpoints.delete("churn")
    assert workspace.monitoring.alerts().items == ()


def test_one_monitor_of_several_watches_and_another_takes_over(paths, workspace, azml):
    azml("endpoint", "alert", "create", "churn", "slow", "--metric", "latency", "--above", "1s")
    stops = [threading.Event(), threading.Event()]
    threads = [threading.Thread(target=Monitor(paths).run, args=(stop,)) for stop in stops]
    for thread in threads:
        thread.start()
    with serving_hook() as hook:
        hook.until(lambda: azml("endpoint", "alert", "list").items[0].is_watched)
    for stop, thread in zip(stops, threads, strict=True):
        stop.set()
        thread.join(10)
    assert not azml("endpoint", "alert", "list").items[0].is_watched


@pytest.mark.parametrize(
    "words",
    [
        ("a b", "--metric", "silence"),
        ("x", "--metric", "latency"),
        ("x", "--metric", "errors", "--above", "many"),
        ("x", "--metric", "errors", "--above", "150%"),
        ("x", "--metric", "drift"),
        ("x", "--metric", "silence", "--webhook", "ftp://somewhere"),
        ("x", "--metric", "silence", "--webhook", "file:///etc/passwd"),
        ("x", "--metric", "silence", "--webhook", "http://there:99999/"),
        ("x", "--metric", "silence", "--webhook", "http://[there/"),
        ("x", "--metric", "silence", "--window", "0s"),
        ("x", "--metric", "latency", "--above", "-1"),
    ],
)
def test_a_rule_that_makes_no_sense_is_refused(paths, azml, words):
    with pytest.raises(UsageError) as caught:
        azml("endpoint", "alert", "create", "churn", *words)
    assert caught.value.hint


def test_an_alert_that_is_not_there_is_named_with_one_that_is_near(paths, azml):
    azml("endpoint", "alert", "create", "churn", "slow", "--metric", "latency", "--above", "1s")
    with pytest.raises(AlertNotFound, match="no alert slo") as caught:
        azml("endpoint", "alert", "delete", "churn", "slo", "--yes")
    assert "slow" in caught.value.hint


def test_a_rule_is_tried_before_it_is_kept_and_after(paths, azml, tmp_path):
    told = tmp_path / "told.json"
    rule = (*("churn", "slow", "--metric", "latency", "--above", "250ms"), "--command", f"cat > {told}")
    create = ("endpoint", "alert", "create", *rule)
    assert azml(*create, "--dry-run").is_breached is False
    serve(paths, 20, seconds=1.0)
    trial = azml(*create, "--dry-run", "--tell")
    assert (trial.is_breached, trial.told) == (True, {"command": ""})
    assert json.loads(told.read_text())["alert"] == "slow"
    assert azml("endpoint", "alert", "list").items == ()
    azml(*create)
    assert azml("endpoint", "alert", "try", "churn", "SLOW").is_breached
    with pytest.raises(AlertNotFound, match="no alert fast"):
        azml("endpoint", "alert", "try", "churn", "fast")
    with pytest.raises(UsageError, match="--tell"):
        azml(*create, "--tell")


def test_a_baseline_that_is_gone_is_told_and_other_rules_are_watched(paths, azml, workspace, tmp_path, baseline):
    azml("endpoint", "alert", "create", "churn", "a-drift", "--metric", "drift", "--baseline", baseline)
    azml("endpoint", "alert", "create", "churn", "slow", "--metric", "latency", "--above", "1ms")
    (tmp_path / "train.csv").unlink()
    serve(paths, 5)
    monitor, now = Monitor(paths), datetime.now(UTC)
    for seconds in (0, 70, 140):
        monitor.look(now + timedelta(seconds=seconds))
    found = {alert.name: alert for alert in azml("endpoint", "alert", "list", "churn").items}
    assert found["slow"].state is AlertState.FIRING
    assert "train.csv" in found["a-drift"].message
    assert len(azml("endpoint", "alert", "history", "churn", "a-drift").items) == 1


def test_a_rule_that_nobody_can_read_keeps_no_other_from_being_watched(paths, azml, capfd):
    azml("endpoint", "alert", "create", "churn", "slow", "--metric", "latency", "--above", "1ms")
    with Database(paths.database, paths.setup_lock).write() as connection:
        connection.execute("INSERT INTO alert_rules (name, entity) VALUES ('churn/a', '{}')")
    serve(paths, 5)
    Monitor(paths).look(datetime.now(UTC))
    assert '"firing"' in (paths.endpoint("churn").folder / "alerts.ndjson").read_text()
    assert "ValidationError" in capfd.readouterr().err
