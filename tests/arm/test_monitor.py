"""What the emulator tells as Azure Monitor, our client reads as what it was."""

from datetime import UTC, datetime, timedelta

import pytest

from jupyter_azml.arm.monitor import LATENCIES, REQUESTS, STEPS, metrics_from_monitor, metrics_to_monitor, step_for
from jupyter_azml.entities import EndpointFigures, EndpointMetrics, EndpointPoint

NOON = datetime(2026, 11, 20, 12, tzinfo=UTC)


def one(deployment, *points):
    made = tuple(
        EndpointPoint(
            start=NOON + timedelta(minutes=5 * number),
            requests=sum(statuses.values()),
            statuses=statuses,
            latency_mean=0.02,
            latency_p50=0.01,
            latency_p95=0.05,
            latency_p99=0.09,
        )
        for number, statuses in enumerate(points)
    )
    return EndpointMetrics(
        endpoint="churn", deployment=deployment, window=3600, until=NOON, step=300, total=EndpointFigures(), points=made
    )


def test_requests_statuses_and_latencies_are_told_and_read_the_same():
    told = {"blue": one("blue", {"200": 7, "500": 1}, {"200": 2}), "green": one("green", {"429": 3, "404": 1})}
    answers = [metrics_to_monitor(told, [REQUESTS]), metrics_to_monitor(told, list(LATENCIES))]
    read = metrics_from_monitor("churn", answers, deployment=None, window=3600, until=NOON, step=300)
    assert (read.total.requests, read.total.errors) == (14, 4)
    assert read.total.statuses == {"200": 9, "404": 1, "429": 3, "500": 1}
    assert read.total.success_rate == pytest.approx(9 / 14)
    assert read.total.latency_p95 == pytest.approx(0.05)
    assert {name: part.requests for name, part in read.deployments.items()} == {"blue": 10, "green": 4}
    assert [(point.start, point.requests) for point in read.points] == [(NOON, 12), (NOON + timedelta(minutes=5), 2)]
    alone = metrics_from_monitor("churn", answers, deployment="GREEN", window=3600, until=NOON, step=300)
    assert (alone.total.requests, alone.total.latency_mean) == (4, pytest.approx(0.02))


@pytest.mark.parametrize("answer", [{}, {"value": 3}, {"value": [{"timeseries": [{"data": [{"average": "x"}]}]}]}])
def test_what_says_nothing_is_no_requests(answer):
    read = metrics_from_monitor("churn", [answer], deployment=None, window=60, until=NOON, step=60)
    assert (read.total.requests, read.total.success_rate, read.points) == (0, None, ())


def test_a_window_has_a_bearable_number_of_points():
    assert [step_for(window) for window in (60, 7200, 86_400, 35 * 86_400)] == [60, 60, 900, 86_400]
    assert all(step in STEPS for step in map(step_for, (1, 10**5, 10**7)))
