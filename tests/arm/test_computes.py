"""Computes there and back, and computes of other people."""

import json
from datetime import UTC, datetime

import pytest

from jupyter_azml.arm import (
    WorkspaceId,
    compute_from_arm,
    compute_to_arm,
    node_from_arm,
    node_to_arm,
    size_from_arm,
    size_to_arm,
    usage_from_arm,
    usage_to_arm,
)
from jupyter_azml.arm.shape import seconds
from jupyter_azml.entities import (
    Compute,
    ComputeSchedule,
    ComputeSize,
    ComputeState,
    ComputeType,
    Node,
    NodeState,
    Trigger,
    Usage,
)

WORKSPACE = WorkspaceId("s1", "rg1", "ws1")
RUNNING, STOPPED = ComputeState.RUNNING, ComputeState.STOPPED


@pytest.mark.parametrize(
    "compute",
    [
        Compute(name="local", type=ComputeType.LOCAL, state=RUNNING, max_nodes=2, busy_nodes=1, description="here"),
        Compute(name="cpu", type=ComputeType.AMLCOMPUTE, state=RUNNING, max_nodes=8, busy_nodes=3, idle_nodes=1),
        Compute(
            name="spot",
            type=ComputeType.AMLCOMPUTE,
            tier="low_priority",
            size="Standard_NC6s_v3",
            min_nodes=1,
            max_nodes=2,
            idle_seconds_before_scale_down=0,
            tags={"team": "blue"},
            created=datetime(2026, 11, 20, tzinfo=UTC),
        ),
        Compute(
            name="ci1",
            type=ComputeType.COMPUTEINSTANCE,
            state=STOPPED,
            max_nodes=1,
            idle_minutes_before_shutdown=90,
            schedules=(
                ComputeSchedule(
                    action="stop", trigger=Trigger(type="cron", expression="0 18 * * 1-5", time_zone="Europe/Paris")
                ),
                ComputeSchedule(
                    action="start",
                    enabled=False,
                    trigger=Trigger(
                        type="recurrence",
                        frequency="week",
                        interval=2,
                        hours=(8,),
                        minutes=(0, 30),
                        week_days=("monday",),
                        start_time="2026-11-20T08:00:00",
                    ),
                ),
            ),
        ),
        Compute(name="k8s", type=ComputeType.KUBERNETES, max_nodes=0, resource_id="/subscriptions/s/x"),
    ],
    ids=lambda compute: compute.name,
)
def test_a_compute_comes_back_as_it_went(compute):
    assert compute_from_arm(json.loads(json.dumps(compute_to_arm(compute, WORKSPACE)))) == compute


@pytest.mark.parametrize(
    ("state", "expected"),
    [
        ("Creating", ComputeState.STARTING),
        ("JobRunning", ComputeState.RUNNING),
        ("Stopping", ComputeState.STOPPING),
        ("Unusable", ComputeState.STOPPED),
        (None, ComputeState.STOPPED),
    ],
)
def test_an_instance_has_more_states_than_we_have_words_for(state, expected):
    resource = {"name": "ci1", "properties": {"computeType": "ComputeInstance", "properties": {"state": state}}}

    assert compute_from_arm(resource).state is expected


ODD = {"action": "Stop", "triggerType": "Recurrence", "recurrence": {"frequency": "Fortnight"}}


def test_a_schedule_that_cannot_be_read_does_not_hide_the_compute():
    schedules = {"computeStartStop": [{"action": "Dance"}, "x", {"action": "Stop", "triggerType": "Cron"}, ODD]}
    resource = {"name": "c", "properties": {"computeType": "ComputeInstance", "properties": {"schedules": schedules}}}

    assert compute_from_arm(resource).schedules == ()


@pytest.mark.parametrize(
    ("text", "expected"), [("PT2M", 120), ("PT120S", 120), ("P1DT1H", 90000), ("PT0S", 0), ("soon", None), (None, None)]
)
def test_durations_are_read_in_every_form(text, expected):
    assert seconds(text) == expected


def test_sizes_nodes_and_quotas_come_back_as_they_went():
    size = ComputeSize(name="Standard_NC6s_v3", family="f", cores=6, memory_gb=112, gpus=1)
    node = Node(name="n1", compute="cpu", state=NodeState.RUNNING, job="j1")
    usage = Usage(name="Total", used=4, limit=100)

    assert size_from_arm(size_to_arm(size)) == size
    assert node_from_arm(node_to_arm(node), "cpu") == node
    assert usage_from_arm(usage_to_arm(usage)) == usage


def test_a_cluster_in_the_making_takes_no_job_yet():
    compute = compute_from_arm(
        {"name": "cpu", "properties": {"computeType": "AmlCompute", "provisioningState": "Creating"}}
    )

    assert (compute.type, compute.state, compute.max_nodes) == (ComputeType.AMLCOMPUTE, STOPPED, 0)


def test_another_kind_of_compute_is_listed_under_its_own_word():
    compute = compute_from_arm(
        {
            "name": "hdi",
            "properties": {"computeType": "HDInsight", "provisioningState": "Succeeded", "properties": None},
        }
    )

    assert (compute.name, compute.state, compute.description) == ("hdi", RUNNING, "HDInsight")
