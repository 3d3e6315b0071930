"""When an alert fires, when it is over, and who is told."""

import json
import threading
import time
from datetime import UTC, datetime, timedelta

import pytest

from jupyter_azml.entities import AlertChange, AlertRule, AlertState
from jupyter_azml.monitoring.alert_log import LARGEST, AlertLog
from jupyter_azml.monitoring.alerting import CALM, Standing, advance, measure_requests, measure_silence
from jupyter_azml.monitoring.delivery import post, run
from jupyter_azml.monitoring.tally import Tally
from tests.monitoring.hook import serving_hook

NOW = datetime(2026, 11, 21, 12, tzinfo=UTC)
OK, PENDING, FIRING, RESOLVED = AlertState


def states(breaches, hold=0, step=10):
    """One look every ``step`` seconds."""
    standing, found = Standing(), []
    for number, breached in enumerate(breaches):
        standing = advance(standing, breached, timedelta(seconds=hold), NOW + timedelta(seconds=number * step))
        found.append(standing.state)
    return found


def test_it_fires_at_once_or_after_it_has_been_so_for_long_enough():
    assert states([True]) == [FIRING]
    assert states([True] * 4, hold=20) == [PENDING, PENDING, FIRING, FIRING]
    assert states([True, False, True, True], hold=20) == [PENDING, OK, PENDING, PENDING]


def test_it_does_not_flap():
    calm = int(CALM.total_seconds() / 10)
    assert states([True, *[False, True] * 10]) == [FIRING] * 21
    assert states([True, *[False] * (calm + 1)]) == [FIRING] * (calm + 1) + [RESOLVED]
    assert states([True] * 7 + [False] * 7, hold=60) == [PENDING] * 6 + [FIRING] * 7 + [RESOLVED]


def test_what_cannot_be_told_changes_nothing():
    assert states([True, None, None, None, None, None]) == [FIRING] * 6
    assert states([None, True, None, True], hold=20) == [OK, PENDING, PENDING, FIRING]


def test_it_fires_again_after_it_was_resolved():
    assert states([True, *[False] * 4, True])[-2:] == [RESOLVED, FIRING]


def rule(**fields):
    return AlertRule(**{"name": "slow", "endpoint": "churn", "metric": "latency", "threshold": 0.5, **fields})


def tally(*requests):
    found = Tally()
    for status, seconds in requests:
        found.add(status, seconds)
    return found


def test_latency_and_errors_are_measured_against_their_limits():
    slow = tally(*[(200, 0.1)] * 90, *[(500, 2.0)] * 10)
    assert measure_requests(rule(quantile=0.95), slow).is_breached
    assert not measure_requests(rule(quantile=0.5), slow).is_breached
    errors = rule(metric="errors", threshold=0.1)
    assert not measure_requests(errors, slow).is_breached
    assert measure_requests(errors, tally((200, 0.1), (503, 0.1))).is_breached
    assert not measure_requests(errors, tally((404, 0.1))).is_breached
    assert measure_requests(errors, Tally()).is_breached is False


def test_silence_begins_with_the_rule_and_ends_with_a_request():
    now = NOW.timestamp()
    silence = rule(metric="silence", threshold=None, window=60, created=NOW - timedelta(seconds=30))
    assert not measure_silence(silence, None, now).is_breached
    old = silence.model_copy(update={"created": NOW - timedelta(days=1)})
    assert measure_silence(old, None, now).is_breached
    assert not measure_silence(old, now - 10, now).is_breached


@pytest.mark.parametrize("window", [1.2, 18.6, 60, 100 / 3])
@pytest.mark.parametrize("age", [None, timedelta(days=1)])
def test_silence_of_any_length_is_told_at_any_time(window, age):
    """Which 18.6 seconds once were at none."""
    silence = rule(metric="silence", threshold=None, window=window, created=age and NOW - age)
    for number in range(100):
        assert measure_silence(silence, None, NOW.timestamp() + number / 7).is_breached


@pytest.mark.parametrize(
    "fields",
    [
        {"threshold": None},
        {"metric": "errors", "threshold": 5},
        {"metric": "drift", "threshold": None},
        {"quantile": 1.0},
        {"threshold": float("nan")},
        {"window": 0},
    ],
)
def test_a_rule_that_could_never_mean_anything_is_refused(fields):
    with pytest.raises(ValueError, match=r"."):
        rule(**fields)


@pytest.fixture
def hook():
    with serving_hook() as server:
        yield server


def test_a_webhook_is_tried_again_until_it_answers(hook):
    hook.statuses = [503, 429]
    assert post(hook.url, {"state": "firing"}, threading.Event(), pauses=(0.01, 0.01, 0.01)) == ""
    assert hook.received == [{"state": "firing"}] * 3


def test_a_webhook_that_refuses_is_not_asked_again_and_none_is_followed_elsewhere(hook):
    hook.statuses = [403, 302]
    assert "403" in post(hook.url, {}, threading.Event(), pauses=(0.01,))
    assert "302" in post(hook.url, {}, threading.Event(), pauses=(0.01,))
    assert len(hook.received) == 2


def test_a_webhook_that_is_not_there_is_given_up_and_its_address_not_told():
    error = post("http://127.0.0.1:9/secret-path", {}, threading.Event(), pauses=(0.01,))
    assert error
    assert "secret-path" not in error
    stop = threading.Event()
    stop.set()
    assert post("http://127.0.0.1:9/", {}, stop)


def test_a_command_is_handed_the_alert_and_bounded_in_time(tmp_path):
    kept = tmp_path / "alert.json"
    assert run(f'test "$AZML_ALERT_STATE" = firing && cat > {kept}', {"state": "firing", "value": 3}) == ""
    assert json.loads(kept.read_text()) == {"state": "firing", "value": 3}
    assert run("echo no such thing >&2; exit 3", {}) == "exit code 3: no such thing"
    begin = time.monotonic()
    assert "longer" in run("sleep 60 & sleep 60", {}, patience=0.2)
    assert time.monotonic() - begin < 20


def change(state, seconds=0, **fields):
    at = NOW + timedelta(seconds=seconds)
    return AlertChange(at=at, endpoint="churn", alert="slow", state=state, **fields)


def test_the_history_is_kept_in_order_and_says_how_each_alert_stands(tmp_path):
    log = AlertLog(tmp_path)
    assert log.read() == []
    for each in (change(PENDING), change(FIRING, 10), change(FIRING, 11, action="webhook", error="HTTP 500")):
        log.append(each)
    (tmp_path / "alerts.ndjson").open("a").write('{"cut')
    assert [each.action for each in log.read("SLOW", limit=2)] == ["webhook", ""]
    assert log.standings()["slow"].at == NOW + timedelta(seconds=10)


def test_a_history_that_grows_long_forgets_its_older_half_and_no_alerts_state(tmp_path):
    log = AlertLog(tmp_path)
    log.append(change(FIRING))
    other = AlertChange(at=NOW, endpoint="churn", alert="other", state=OK, message="x" * 10_000)
    lines = (json.dumps(other.to_data()) + "\n") * (LARGEST // 10_000 + 1)
    with (tmp_path / "alerts.ndjson").open("a") as file:
        file.write(lines)
    log.append(change(RESOLVED, 5).model_copy(update={"alert": "third"}))
    assert (tmp_path / "alerts.ndjson").stat().st_size < LARGEST * 0.6
    assert log.standings()["slow"].state is FIRING
