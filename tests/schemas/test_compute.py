"""The YAML files of ``az ml compute``: every key is done, noted or refused by name."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jupyter_azml.entities import Compute, ComputeSchedule, ComputeType, Trigger
from jupyter_azml.errors import SpecInvalid
from jupyter_azml.schemas import parse_yaml
from jupyter_azml.schemas.compute import compute_data, read_compute

FILE = Path("/project/compute.yml")

CLUSTER = """
$schema: https://azuremlschemas.azureedge.net/latest/amlCompute.schema.json
name: low-pri-example
type: amlcompute
size: STANDARD_DS3_v2
location: westus
description: nightly
tags: {team: blue, year: 2026}
min_instances: 0
max_instances: 2
idle_time_before_scale_down: 120
tier: low_priority
ssh_public_access_enabled: true
ssh_settings:
  admin_username: azureuser
  admin_password: s3cr3t
network_settings: {vnet_name: v, subnet: s}
identity: {type: system_assigned}
enable_node_public_ip: false
id: /subscriptions/x
provisioning_state: Succeeded
created_on: 2026-11-20
provisioning_errors: null
"""
INSTANCE = """
name: ci1
type: ComputeInstance
size: Standard_DS3_v2
idle_time_before_shutdown: PT1H30M
schedules:
  compute_start_stop:
    - action: stop
      state: enabled
      trigger:
        type: cron
        start_time: "2026-11-20T18:00:00"
        time_zone: Pacific Standard Time
        expression: 00 18 * * *
    - action: start
      state: disabled
      trigger:
        type: recurrence
        frequency: Week
        interval: 1
        time_zone: UTC
        schedule: {hours: [8], minutes: 30, week_days: [Monday, friday]}
setup_scripts: {startup_script: {script: x.sh}}
create_on_behalf_of: {user_tenant_id: t, user_object_id: o}
state: Running
"""


def read(text):
    return read_compute(parse_yaml(text, FILE), FILE)


def test_every_key_of_a_cluster_is_done_or_noted():
    compute = read(CLUSTER)

    assert (compute.name, compute.type, compute.tier) == ("low-pri-example", ComputeType.AMLCOMPUTE, "low_priority")
    assert (compute.min_nodes, compute.max_nodes, compute.idle_seconds_before_scale_down) == (0, 2, 120)
    assert (compute.description, compute.tags) == ("nightly", {"team": "blue", "year": "2026"})
    assert {note.values["key"] for note in compute.notes} == {
        "ssh_public_access_enabled",
        "ssh_settings",
        "network_settings",
        "identity",
        "enable_node_public_ip",
    }
    assert "s3cr3t" not in compute.model_dump_json()


def test_every_key_of_an_instance_is_done_or_noted():
    compute = read(INSTANCE)

    assert compute.type is ComputeType.COMPUTEINSTANCE
    assert compute.idle_minutes_before_shutdown == 90
    assert compute.schedules == (
        ComputeSchedule(
            action="stop",
            trigger=Trigger(
                type="cron",
                expression="00 18 * * *",
                start_time="2026-11-20T18:00:00",
                time_zone="Pacific Standard Time",
            ),
        ),
        ComputeSchedule(
            action="start",
            enabled=False,
            trigger=Trigger(
                type="recurrence", frequency="week", hours=(8,), minutes=(30,), week_days=("monday", "friday")
            ),
        ),
    )
    assert {note.values["key"] for note in compute.notes} == {"setup_scripts", "create_on_behalf_of"}


@pytest.mark.parametrize("kind", ["kubernetes", "virtualmachine", "databricks"])
def test_what_is_attached_is_read(kind):
    compute = read(
        f"name: aks\ntype: {kind}\nresource_id: /subscriptions/s\nnamespace: n\nssh_settings: {{ssh_port: 22}}"
    )

    assert (compute.type, compute.resource_id) == (kind, "/subscriptions/s")
    assert [note.values["key"] for note in compute.notes] == ["namespace", "ssh_settings"]


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("name: c\ntype: amlcompute\nmax_instance: 2", "max_instance: unknown key; did you mean max_instances?"),
        ("name: c\ntype: amlcompute\nschedules: {}", "schedules: unknown key"),
        ("name: c\ntype: amlcomput", "did you mean amlcompute?"),
        ("name: c\nsize: x", "type: is missing"),
        ("type: amlcompute", "name: is missing"),
        ("name: aks\ntype: kubernetes", "resource_id: is missing"),
        ("name: c\ntype: amlcompute\nmin_instances: -1", "min_instances: a whole number of at least 0"),
        ("name: c\ntype: amlcompute\nmax_instances: '2'", "max_instances"),
        ("name: c\ntype: amlcompute\ntier: cheap", "tier"),
        ("name: c\ntype: computeinstance\nidle_time_before_shutdown: soon", "PT30M"),
        ("name: c\ntype: computeinstance\nidle_time_before_shutdown: PT0M", "PT30M"),
        ("name: c\ntype: computeinstance\nschedules: {compute_start_stop: [{action: dance}]}", "trigger: is missing"),
        ("name: c\ntype: 7", "type"),
    ],
)
def test_a_fault_is_told_with_its_place(text, said):
    with pytest.raises(SpecInvalid) as caught:
        read(text)
    assert said in caught.value.message
    assert str(FILE) in caught.value.message


TRIGGERS = st.builds(
    Trigger, type=st.just("cron"), expression=st.just("0 8 * * *"), time_zone=st.sampled_from(["UTC", "Europe/Paris"])
) | st.builds(
    Trigger,
    type=st.just("recurrence"),
    frequency=st.sampled_from(["minute", "hour", "day", "week", "month"]),
    interval=st.integers(1, 60),
    hours=st.lists(st.integers(0, 23), max_size=2).map(tuple),
    minutes=st.lists(st.integers(0, 59), max_size=2).map(tuple),
    week_days=st.lists(st.sampled_from(["monday", "sunday"]), max_size=2).map(tuple),
    month_days=st.lists(st.integers(1, 31), max_size=2).map(tuple),
)
COMMON = {
    "name": st.just("cpu"),
    "description": st.text(max_size=9),
    "tags": st.dictionaries(st.text(max_size=5), st.text(max_size=5), max_size=2),
    "size": st.just("Standard_DS3_v2"),
}
COMPUTES = st.builds(
    Compute,
    type=st.just(ComputeType.AMLCOMPUTE),
    tier=st.sampled_from(["dedicated", "low_priority"]),
    min_nodes=st.integers(0, 5),
    max_nodes=st.integers(0, 5),
    idle_seconds_before_scale_down=st.integers(0, 5),
    **COMMON,
) | st.builds(
    Compute,
    type=st.just(ComputeType.COMPUTEINSTANCE),
    idle_minutes_before_shutdown=st.none() | st.integers(1, 90),
    schedules=st.lists(
        st.builds(ComputeSchedule, action=st.sampled_from(["start", "stop"]), trigger=TRIGGERS, enabled=st.booleans()),
        max_size=2,
    ).map(tuple),
    **COMMON,
)


@given(COMPUTES)
def test_what_is_written_is_read_back(compute):
    assert read_compute(compute_data(compute), FILE) == compute
