"""Clusters and instances: nodes that really start, admit jobs, get lost and go."""

import os
import signal
import time

import pytest

from jupyter_azml.actions.follow_job import JobStream
from jupyter_azml.actions.run_notebook import run_notebook
from jupyter_azml.entities import CommandSpec, Compute, ComputeState, ComputeType, JobStatus, NodeState, StatusChanged
from jupyter_azml.errors import ComputeStopped
from jupyter_azml.local.files import read_json
from tests.crash.test_processes_die import WAITS_FOR_A_FILE, until
from tests.processes import command_lines_below

WAITS = "echo waiting; until [ -e go ]; do sleep 0.02; done; echo went on"


@pytest.fixture
def submit(workspace):
    """Commands: they start sooner than notebooks, and a node knows no difference."""
    return lambda command, **fields: workspace.jobs.submit(CommandSpec(command=command, **fields))


@pytest.fixture
def cluster(workspace):
    def make(max_nodes=1, **fields):
        compute = Compute(
            name="cluster", type=ComputeType.AMLCOMPUTE, size="Standard_DS3_v2", max_nodes=max_nodes, **fields
        )
        return workspace.computes.create_or_update(compute)

    return make


@pytest.fixture
def instance(workspace):
    compute = Compute(name="ada-box", type=ComputeType.COMPUTEINSTANCE, size="Standard_DS3_v2")
    workspace.computes.create_or_update(compute)
    eventually(lambda: workspace.computes.get("ada-box").state is ComputeState.RUNNING)


def eventually(condition, seconds=20.0):
    deadline = time.monotonic() + seconds
    while not (found := condition()):
        assert time.monotonic() < deadline
        time.sleep(0.02)
    return found


def kill_node(workspace, name):
    os.kill(read_json(workspace.jobs._paths.node(name).lock)["pid"], signal.SIGKILL)


def go(workspace, job):
    (workspace.jobs._paths.job(job.name).code / "go").touch()


def test_a_cluster_without_minimum_has_no_node_until_there_is_a_job_and_lets_it_go_when_idle(
    workspace, submit, cluster
):
    cluster(max_nodes=2, idle_seconds_before_scale_down=0)
    assert workspace.computes.nodes("cluster").items == ()
    events = list(JobStream(workspace, submit("true", compute="cluster").name))
    reasons = [event.reason.code for event in events if isinstance(event, StatusChanged) and event.reason]
    assert "NodeStarting" in reasons
    assert events[-1].status is JobStatus.COMPLETED
    eventually(lambda: workspace.computes.nodes("cluster").items == ())


def test_no_more_jobs_run_at_once_than_a_cluster_has_nodes(workspace, submit, cluster):
    cluster(max_nodes=1)
    first, second = submit(WAITS, compute="cluster"), submit("true", compute="cluster")
    until(JobStream(workspace, first.name), "waiting")
    waiting = workspace.jobs.get(second.name)
    assert (waiting.status, waiting.reason.code) == (JobStatus.QUEUED, "QueuePosition")
    assert waiting.reason.values == {"position": 1, "compute": "cluster", "busy": 1, "nodes": 1}
    (node,) = workspace.computes.nodes("cluster").items
    assert (node.state, node.job) == (NodeState.RUNNING, first.name)
    go(workspace, first)
    assert JobStream(workspace, second.name).wait().status is JobStatus.COMPLETED


def test_an_urgent_job_goes_before_those_that_wait(workspace, submit, cluster):
    cluster(max_nodes=1)
    blocking = submit(WAITS, compute="cluster")
    until(JobStream(workspace, blocking.name), "waiting")
    usual, urgent = submit("true", compute="cluster"), submit("true", compute="cluster", priority="high")
    assert workspace.jobs.get(urgent.name).reason.values["position"] == 1
    assert workspace.jobs.get(usual.name).reason.values["position"] == 2
    go(workspace, blocking)
    ended = [JobStream(workspace, job.name).wait() for job in (urgent, usual)]
    assert ended[0].started < ended[1].started


def test_a_killed_node_fails_its_job_and_the_next_job_gets_a_new_node(
    workspace, submit, cluster, azml_home, write_notebook
):
    cluster(max_nodes=1)
    job = run_notebook(workspace, write_notebook(WAITS_FOR_A_FILE), compute="cluster")
    events = until(JobStream(workspace, job.name), "waiting")
    (node,) = workspace.computes.nodes("cluster").items
    kill_node(workspace, node.name)
    assert list(events)[-1].status is JobStatus.FAILED
    lost = workspace.jobs.get(job.name).reason
    assert (lost.code, lost.values["node"]) == ("NodeLost", node.name)
    assert [line for line in command_lines_below(azml_home) if "ipykernel_launcher" in line] == []
    assert JobStream(workspace, submit("true", compute="cluster").name).wait().status is JobStatus.COMPLETED
    (new,) = workspace.computes.nodes("cluster").items
    assert new.name != node.name


def test_a_job_with_retries_runs_again_on_another_node(workspace, submit, cluster):
    cluster(max_nodes=1)
    job = submit(WAITS, compute="cluster", retries=1)
    events = until(JobStream(workspace, job.name), "waiting")
    (node,) = workspace.computes.nodes("cluster").items
    kill_node(workspace, node.name)
    told = next(e for e in events if isinstance(e, StatusChanged) and e.reason and e.reason.code == "Retrying")
    assert told.reason.values["attempt"] == 2
    eventually(lambda: workspace.jobs.get(job.name).status is JobStatus.RUNNING)
    go(workspace, job)
    ended = JobStream(workspace, job.name).wait()
    assert (ended.status, ended.attempt) == (JobStatus.COMPLETED, 2)


def test_a_new_agent_goes_on_with_the_nodes_of_a_killed_one(workspace, submit, cluster):
    cluster(max_nodes=1)
    job = submit(WAITS, compute="cluster")
    events = until(JobStream(workspace, job.name), "waiting")
    os.kill(read_json(workspace.jobs._paths.agent_lock)["pid"], signal.SIGKILL)
    (node,) = workspace.computes.nodes("cluster").items
    go(workspace, job)
    assert list(events)[-1].status is JobStatus.COMPLETED
    assert JobStream(workspace, submit("true", compute="cluster").name).wait().status is JobStatus.COMPLETED
    assert [node.name] == [each.name for each in workspace.computes.nodes("cluster").items]


def test_stopping_an_instance_ends_its_job_and_a_stopped_one_refuses_jobs(workspace, submit, instance):
    job = submit(WAITS, compute="ada-box")
    events = until(JobStream(workspace, job.name), "waiting")
    workspace.computes.stop("ada-box")
    assert list(events)[-1].status is JobStatus.FAILED
    assert workspace.jobs.get(job.name).reason.code == "ComputeStopped"
    eventually(lambda: workspace.computes.get("ada-box").state is ComputeState.STOPPED)
    with pytest.raises(ComputeStopped, match="ada-box"):
        submit("true", compute="ada-box")
    workspace.computes.start("ada-box")
    assert JobStream(workspace, submit("true", compute="ada-box").name).wait().status is JobStatus.COMPLETED


def test_restarting_an_instance_gives_it_another_node(workspace, instance):
    (before,) = workspace.computes.nodes("ada-box").items
    workspace.computes.restart("ada-box")
    eventually(
        lambda: [
            node.name
            for node in workspace.computes.nodes("ada-box").items
            if node.state is NodeState.IDLE and node.name != before.name
        ]
    )


def test_a_deleted_cluster_keeps_no_node(workspace, submit, cluster, azml_home):
    cluster(max_nodes=1)
    assert JobStream(workspace, submit("true", compute="cluster").name).wait().status is JobStatus.COMPLETED
    workspace.computes.delete("cluster")
    eventually(lambda: not [line for line in command_lines_below(azml_home) if "jupyter_azml.local.node" in line])
