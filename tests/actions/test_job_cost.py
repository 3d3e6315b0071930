"""What a job takes of machines is told from its compute, its resources and its times."""

from datetime import timedelta

import pytest

from jupyter_azml.actions.job_cost import job_cost
from jupyter_azml.entities import CommandSpec, Compute, ComputeSize, ComputeType, JobStatus, Page, Resources
from jupyter_azml.errors import JobNotFound
from tests.fakes.workspace import NOON, FakeWorkspace, make_job

SIZES = Page[ComputeSize](items=(ComputeSize(name="Standard_DS3_v2", family="DSv2", cores=4, memory_gb=14),))


@pytest.fixture
def workspace(monkeypatch):
    cluster = Compute(name="cpu", type=ComputeType.AMLCOMPUTE, size="Standard_DS3_v2", tier="low_priority")
    made = FakeWorkspace(computes=[cluster])
    monkeypatch.setattr(made.computes, "sizes", lambda: SIZES)
    return made


def test_nodes_hours_and_cores_are_multiplied(workspace):
    spec = CommandSpec(command="python train.py", resources=Resources(instance_count=3))
    times = {"started": NOON, "ended": NOON + timedelta(minutes=30)}
    workspace.jobs.put(make_job("j1", JobStatus.COMPLETED, compute="cpu", spec=spec, type="command", **times))
    cost = job_cost(workspace, "j1")
    assert (cost.size, cost.tier, cost.nodes, cost.cores) == ("Standard_DS3_v2", "low_priority", 3, 12)
    assert (cost.hours, cost.node_hours, cost.core_hours, cost.is_running) == (0.5, 1.5, 6.0, False)


def test_this_machine_a_job_that_waits_and_a_compute_that_is_gone_cost_nothing_to_ask(workspace):
    workspace.jobs.put(make_job("j1", JobStatus.QUEUED, compute="local"))
    workspace.jobs.put(make_job("j2", JobStatus.COMPLETED, compute="gone", started=NOON, ended=NOON))
    for name in ("j1", "j2"):
        cost = job_cost(workspace, name)
        assert (cost.size, cost.cores, cost.hours) == ("", 0, 0.0)
    with pytest.raises(JobNotFound):
        job_cost(workspace, "j3")
