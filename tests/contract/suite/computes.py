"""Computes and experiments, as every workspace has to offer them."""

import time

import pytest

from jupyter_azml.actions.follow_job import JobStream
from jupyter_azml.actions.settle_compute import settle_compute
from jupyter_azml.entities import Compute, ComputeSchedule, ComputeState, ComputeType, JobStatus, NodeState, Trigger
from jupyter_azml.errors import (
    ComputeNotFound,
    ComputeStopped,
    Conflict,
    NotSupported,
    QuotaExceeded,
    UsageError,
)

RUNS_FOR_LONG = "import time\nwhile True: time.sleep(0.1)"
CLUSTER = f"/subscriptions/s/resourceGroups/g/providers/{'Microsoft.ContainerService/managedClusters'}/aks"


def cluster(name: str = "cpu-cluster", **fields: object) -> Compute:
    return Compute.model_validate({"name": name, "type": "amlcompute", "size": "Standard_DS3_v2", **fields})


def instance(name: str = "ci1", **fields: object) -> Compute:
    return Compute.model_validate({"name": name, "type": "computeinstance", "size": "Standard_DS3_v2", **fields})


def eventually(found, seconds=60.0):
    """The first true answer. Fails once the time is up."""
    deadline = time.monotonic() + seconds
    while not (answer := found()):
        assert time.monotonic() < deadline, f"not within {seconds} s"
        time.sleep(0.1)
    return answer


class Computes:
    """What needs no more than records."""

    def test_every_listed_compute_can_be_asked_for_by_name(self, rig):
        rig.workspace.computes.create_or_update(cluster())
        listed = rig.workspace.computes.list().items
        assert [compute.name for compute in listed] == ["local", "cpu-cluster"]
        for compute in listed:
            assert rig.workspace.computes.get(compute.name.upper()).name == compute.name

    def test_an_unknown_compute_is_named_in_the_error(self, rig):
        for ask in (rig.workspace.computes.get, rig.workspace.computes.nodes, rig.workspace.computes.start):
            with pytest.raises(ComputeNotFound, match="no-such-compute") as caught:
                ask("no-such-compute")
            assert "local" in caught.value.hint

    def test_a_cluster_keeps_what_it_was_made_with(self, rig):
        asked = cluster(
            min_nodes=0,
            max_nodes=20,
            idle_seconds_before_scale_down=7,
            tier="low_priority",
            description="for the night",
            tags={"team": "blue"},
        )
        made = rig.workspace.computes.create_or_update(asked)
        observed = {"created": made.created, "notes": made.notes}
        assert made == asked.model_copy(update=observed)
        assert made.created

    def test_an_instance_keeps_its_schedules_and_idle_time(self, rig):
        evening = ComputeSchedule(
            action="stop", trigger=Trigger(type="cron", expression="0 18 * * 1-5", time_zone="Romance Standard Time")
        )
        made = rig.workspace.computes.create_or_update(instance(schedules=(evening,), idle_minutes_before_shutdown=30))
        assert made.schedules == (evening,)
        assert made.idle_minutes_before_shutdown == 30

    def test_what_exists_is_changed_whatever_the_case_of_its_name(self, rig):
        rig.workspace.computes.create_or_update(cluster("cpu", max_nodes=2))
        changed = rig.workspace.computes.create_or_update(cluster("CPU", max_nodes=3, size="standard_ds3_V2"))
        assert (changed.name, changed.max_nodes, changed.size) == ("cpu", 3, "Standard_DS3_v2")
        assert len(rig.workspace.computes.list(type=ComputeType.AMLCOMPUTE).items) == 1

    def test_a_name_is_not_given_twice_to_different_things(self, rig):
        rig.workspace.computes.create_or_update(cluster("cpu"))
        with pytest.raises(Conflict, match="amlcompute"):
            rig.workspace.computes.create_or_update(instance("cpu"))
        with pytest.raises(Conflict, match="size"):
            rig.workspace.computes.create_or_update(cluster("cpu", size="Standard_DS2_v2"))

    def test_lists_are_filtered_by_type_and_paged(self, rig):
        for name in ("c1", "c2", "c3"):
            rig.workspace.computes.create_or_update(cluster(f"{name}-cluster"))
        rig.workspace.computes.create_or_update(instance())
        seen, token = [], None
        while True:
            page = rig.workspace.computes.list(limit=2, continuation=token)
            seen += [compute.name for compute in page.items]
            if (token := page.continuation) is None:
                break
        assert seen == ["local", "c1-cluster", "c2-cluster", "c3-cluster", "ci1"]
        found = rig.workspace.computes.list(type=ComputeType.COMPUTEINSTANCE).items
        assert [compute.name for compute in found] == ["ci1"]

    def test_what_was_deleted_is_gone(self, rig):
        rig.workspace.computes.create_or_update(cluster())
        rig.workspace.computes.delete("CPU-cluster")
        with pytest.raises(ComputeNotFound):
            rig.workspace.computes.get("cpu-cluster")
        with pytest.raises(ComputeNotFound):
            rig.workspace.computes.delete("cpu-cluster")

    @pytest.mark.parametrize(
        "compute",
        [
            cluster("x"),
            cluster("1cpu"),
            cluster("cpu-"),
            cluster("cpu_1"),
            cluster("c" * 33),
            instance("c" * 25),
            cluster("Local"),
            cluster("serverless"),
            cluster(size="Standard_DS33_v2"),
            cluster(min_nodes=3, max_nodes=2),
        ],
        ids=lambda compute: f"{compute.name[:12]}-{compute.size}",
    )
    def test_what_does_not_go_together_is_refused(self, rig, compute):
        with pytest.raises(UsageError) as caught:
            rig.workspace.computes.create_or_update(compute)
        assert caught.value.hint
        assert [each.name for each in rig.workspace.computes.list().items] == ["local"]

    def test_this_machine_cannot_be_removed_or_stopped(self, rig):
        for act in (rig.workspace.computes.delete, rig.workspace.computes.stop, rig.workspace.computes.restart):
            with pytest.raises(UsageError):
                act("local")

    def test_sizes_say_what_a_machine_has(self, rig):
        sizes = {size.name: size for size in rig.workspace.computes.sizes().items}
        assert (sizes["Standard_DS3_v2"].cores, sizes["Standard_DS3_v2"].memory_gb) == (4, 14)
        assert (sizes["Standard_NC24ads_A100_v4"].cores, sizes["Standard_NC24ads_A100_v4"].gpus) == (24, 1)

    def test_a_cluster_above_quota_is_refused_with_what_would_fit(self, rig):
        with pytest.raises(QuotaExceeded, match="400 cores") as caught:
            rig.workspace.computes.create_or_update(cluster(max_nodes=100))
        fits = rig.workspace.computes.create_or_update(cluster(max_nodes=20))
        assert fits.max_nodes == 20
        assert "25" in caught.value.hint
        with pytest.raises(QuotaExceeded):
            rig.workspace.computes.create_or_update(cluster(max_nodes=26))
        assert rig.workspace.computes.get("cpu-cluster").max_nodes == 20

    def test_an_instance_takes_of_the_quota_until_it_is_stopped(self, rig):
        def used():
            return {usage.name: usage.used for usage in rig.workspace.computes.usage().items}

        before = used()
        rig.workspace.computes.create_or_update(instance())
        taken = {name: number - before[name] for name, number in used().items() if number != before[name]}
        rig.workspace.computes.stop("ci1")
        assert taken == {
            "Standard DSv2 Family Cluster Dedicated vCPUs": 4,
            "Total Cluster Dedicated Regional vCPUs": 4,
        }
        assert used() == before

    def test_only_an_instance_is_started_and_stopped(self, rig):
        rig.workspace.computes.create_or_update(cluster())
        for act in (rig.workspace.computes.start, rig.workspace.computes.stop, rig.workspace.computes.restart):
            with pytest.raises(UsageError):
                act("cpu-cluster")

    def test_a_stopped_instance_takes_no_job(self, rig, write_notebook, spec_of):
        rig.workspace.computes.create_or_update(instance())
        rig.workspace.computes.stop("ci1")
        with pytest.raises(ComputeStopped, match="ci1") as caught:
            rig.submit(spec_of(write_notebook("1"), compute="ci1"))
        assert "azml compute start ci1" in caught.value.hint
        assert rig.workspace.jobs.list().items == ()

    def test_a_cluster_without_nodes_takes_no_job(self, rig, write_notebook, spec_of):
        rig.workspace.computes.create_or_update(cluster(max_nodes=0))
        with pytest.raises(Conflict, match="max_instances"):
            rig.submit(spec_of(write_notebook("1"), compute="cpu-cluster"))

    def test_an_attached_target_is_a_record(self, rig):
        kubernetes = Compute(name="aks", type=ComputeType.KUBERNETES, resource_id=CLUSTER)
        made = rig.workspace.computes.create_or_update(kubernetes)
        assert (made.type, made.resource_id) == (ComputeType.KUBERNETES, CLUSTER)
        assert rig.workspace.computes.get("aks") == made
        rig.workspace.computes.delete("aks")
        assert [each.name for each in rig.workspace.computes.list().items] == ["local"]

    @pytest.mark.parametrize("kind", ["kubernetes", "virtualmachine", "databricks"])
    @pytest.mark.parametrize("resource", ["", "aks", CLUSTER.replace("ContainerService", "Storage")])
    def test_an_attached_target_needs_the_id_of_such_a_thing(self, rig, kind, resource):
        with pytest.raises(UsageError) as caught:
            rig.workspace.computes.create_or_update(Compute(name="aks", type=kind, resource_id=resource))
        assert "/providers/Microsoft." in caught.value.hint


class AttachedComputes:
    """Where jobs do not run on what is attached."""

    def test_an_attached_target_takes_no_job_and_says_so(self, rig, write_notebook, spec_of):
        rig.workspace.computes.create_or_update(Compute(name="aks", type=ComputeType.KUBERNETES, resource_id=CLUSTER))
        with pytest.raises(NotSupported, match="record of aks"):
            rig.submit(spec_of(write_notebook("1"), compute="aks"))
        assert "does not run jobs" in rig.workspace.computes.get("aks").notes[0].message


class LivingComputes:
    """What needs nodes."""

    def test_an_instance_starts_when_it_is_made_stops_and_starts_again(self, rig):
        rig.workspace.computes.create_or_update(instance())
        assert settle_compute(rig.workspace, "ci1", 60).state is ComputeState.RUNNING
        (first,) = rig.workspace.computes.nodes("ci1").items
        rig.workspace.computes.stop("ci1")
        assert settle_compute(rig.workspace, "ci1", 60).state is ComputeState.STOPPED
        assert rig.workspace.computes.nodes("ci1").items == ()
        rig.workspace.computes.start("ci1")
        assert settle_compute(rig.workspace, "ci1", 60).state is ComputeState.RUNNING
        (second,) = rig.workspace.computes.nodes("ci1").items
        assert second.name != first.name

    def test_a_restarted_instance_has_another_node(self, rig):
        rig.workspace.computes.create_or_update(instance())
        settle_compute(rig.workspace, "ci1", 60)
        (first,) = rig.workspace.computes.nodes("ci1").items
        rig.workspace.computes.restart("ci1")
        assert settle_compute(rig.workspace, "ci1", 60).state is ComputeState.RUNNING
        names = [node.name for node in rig.workspace.computes.nodes("ci1").items if node.state is NodeState.IDLE]
        assert len(names) == 1
        assert names != [first.name]

    def test_a_job_runs_on_a_node_that_leaves_when_it_is_idle(self, rig, write_notebook, spec_of):
        rig.workspace.computes.create_or_update(cluster(max_nodes=1, idle_seconds_before_scale_down=0))
        job = rig.submit(spec_of(write_notebook("1 + 1"), compute="CPU-cluster"))
        assert job.compute == "cpu-cluster"
        assert JobStream(rig.workspace, job.name).wait().status is JobStatus.COMPLETED
        eventually(lambda: rig.workspace.computes.nodes("cpu-cluster").items == ())

    def test_nodes_say_which_job_they_have(self, rig, write_notebook, spec_of):
        rig.workspace.computes.create_or_update(cluster(max_nodes=1))
        job = rig.submit(spec_of(write_notebook(RUNS_FOR_LONG), compute="cpu-cluster"))
        eventually(lambda: rig.workspace.jobs.get(job.name).status is JobStatus.RUNNING)
        (node,) = rig.workspace.computes.nodes("cpu-cluster").items
        found = rig.workspace.computes.get("cpu-cluster")
        assert (node.state, node.job) == (NodeState.RUNNING, job.name)
        assert (found.busy_nodes, found.idle_nodes) == (1, 0)

    def test_a_compute_with_jobs_is_not_deleted(self, rig, write_notebook, spec_of):
        rig.workspace.computes.create_or_update(cluster(max_nodes=1))
        job = rig.submit(spec_of(write_notebook(RUNS_FOR_LONG), compute="cpu-cluster"))
        with pytest.raises(Conflict, match="cpu-cluster"):
            rig.workspace.computes.delete("cpu-cluster")
        rig.workspace.jobs.cancel(job.name)
        JobStream(rig.workspace, job.name).wait()
        rig.workspace.computes.delete("cpu-cluster")

    def test_stopping_an_instance_fails_the_job_that_runs_there(self, rig, write_notebook, spec_of):
        rig.workspace.computes.create_or_update(instance())
        job = rig.submit(spec_of(write_notebook(RUNS_FOR_LONG), compute="ci1"))
        eventually(lambda: rig.workspace.jobs.get(job.name).status is JobStatus.RUNNING)
        rig.workspace.computes.stop("ci1")
        ended = JobStream(rig.workspace, job.name).wait()
        assert (ended.status, ended.reason.code) == (JobStatus.FAILED, "ComputeStopped")
        assert settle_compute(rig.workspace, "ci1", 60).state is ComputeState.STOPPED


class Experiments:
    def test_experiments_count_their_jobs_last_used_first(self, rig, write_notebook, spec_of):
        notebook = write_notebook("1")
        for name in ("digits", "churn", "digits"):
            rig.submit(spec_of(notebook, experiment=name))
        found = [(experiment.name, experiment.jobs) for experiment in rig.workspace.experiments.list().items]
        assert found == [("digits", 2), ("churn", 1)]
