"""Computes there and back, and computes of other people."""

import json

import pytest

from jupyter_azml.arm import WorkspaceId, compute_from_arm, compute_to_arm
from jupyter_azml.entities import Compute, ComputeState, ComputeType

WORKSPACE = WorkspaceId("s1", "rg1", "ws1")
RUNNING, STOPPED = ComputeState.RUNNING, ComputeState.STOPPED


@pytest.mark.parametrize(
    "compute",
    [
        Compute(name="local", type=ComputeType.LOCAL, state=RUNNING, max_nodes=2, busy_nodes=1, description="here"),
        Compute(name="cpu", type=ComputeType.AMLCOMPUTE, state=RUNNING, max_nodes=8, busy_nodes=3),
        Compute(name="ci1", type=ComputeType.COMPUTEINSTANCE, state=STOPPED, max_nodes=1),
    ],
    ids=lambda compute: compute.name,
)
def test_a_compute_comes_back_as_it_went(compute):
    assert compute_from_arm(json.loads(json.dumps(compute_to_arm(compute, WORKSPACE)))) == compute


def test_a_cluster_in_the_making_takes_no_job_yet():
    compute = compute_from_arm(
        {"name": "cpu", "properties": {"computeType": "AmlCompute", "provisioningState": "Creating"}}
    )

    assert (compute.type, compute.state, compute.max_nodes) == (ComputeType.AMLCOMPUTE, STOPPED, 0)


def test_another_kind_of_compute_is_listed_under_its_own_word():
    compute = compute_from_arm(
        {
            "name": "k8s",
            "properties": {"computeType": "Kubernetes", "provisioningState": "Succeeded", "properties": None},
        }
    )

    assert (compute.name, compute.state, compute.description) == ("k8s", RUNNING, "Kubernetes")
