"""The local side of computes: rows, locks, and what stays when the database is lost."""

import sqlite3

import pytest

from jupyter_azml.entities import Compute, ComputeSchedule, ComputeState, ComputeType, NodeState, Trigger
from jupyter_azml.errors import QuotaExceeded, UsageError, WorkspaceDamaged
from jupyter_azml.local import LocalWorkspace
from jupyter_azml.local.locks import FileLock
from jupyter_azml.local.node_socket import listen
from jupyter_azml.local.paths import WorkspacePaths
from jupyter_azml.local.quota import check_quota, usage_of
from jupyter_azml.local.repair import repair_workspace
from jupyter_azml.local.sizes import SIZES, cores_of, size_named


@pytest.fixture(autouse=True)
def no_agent(monkeypatch):
    """Nobody makes wishes true while these tests look at them."""
    monkeypatch.setattr("jupyter_azml.local.computes.ensure_agent", lambda paths: None)


@pytest.fixture
def paths(workspace, azml_home):
    return WorkspacePaths(azml_home / "workspaces" / "local")


def cluster(name="cpu", **fields):
    return Compute(name=name, type=ComputeType.AMLCOMPUTE, **fields)


def instance(name="ci1", **fields):
    return Compute(name=name, type=ComputeType.COMPUTEINSTANCE, **fields)


def add_node(paths, compute, name="n1", job=None):
    paths.node(name).folder.mkdir(parents=True)
    with sqlite3.connect(paths.database) as connection:
        connection.execute(
            "INSERT INTO nodes (name, compute, created, job) VALUES (?, ?, '2026-11-20T12:00:00+00:00', ?)",
            (name, compute, job),
        )


def test_what_an_instance_is_follows_from_its_node(workspace, paths):
    computes = workspace.computes
    assert computes.create_or_update(instance()).state is ComputeState.STARTING
    add_node(paths, "ci1")
    assert computes.nodes("ci1").items[0].state is NodeState.UNUSABLE

    lock = FileLock.take(paths.node("n1").lock)
    assert computes.nodes("ci1").items[0].state is NodeState.PREPARING
    assert computes.get("ci1").state is ComputeState.STARTING
    with listen(paths, "n1"):
        assert computes.nodes("ci1").items[0].state is NodeState.IDLE
        assert computes.get("ci1").state is ComputeState.RUNNING
        assert computes.get("ci1").idle_nodes == 1
        assert computes.stop("ci1").state is ComputeState.STOPPING
    lock.release()
    assert computes.nodes("ci1").items[0].state is NodeState.LEAVING

    with sqlite3.connect(paths.database) as connection:
        connection.execute("DELETE FROM nodes")
    assert computes.get("ci1").state is ComputeState.STOPPED


def test_a_node_that_has_a_job_is_busy(workspace, paths):
    workspace.computes.create_or_update(cluster(max_nodes=2))
    add_node(paths, "CPU", job="j1")
    lock = FileLock.take(paths.node("n1").lock)
    found = workspace.computes.get("cpu")
    assert (found.busy_nodes, found.idle_nodes) == (1, 0)
    assert workspace.computes.nodes("cpu").items[0].job == "j1"
    lock.release()


def test_nodes_leave_when_their_compute_is_deleted(workspace, paths):
    workspace.computes.create_or_update(cluster())
    add_node(paths, "cpu")
    workspace.computes.delete("cpu")
    with sqlite3.connect(paths.database) as connection:
        assert connection.execute("SELECT leaving FROM nodes").fetchall() == [(1,)]


def test_computes_come_back_after_the_database_was_lost(workspace, paths):
    workspace.computes.create_or_update(cluster(max_nodes=3, tags={"team": "blue"}))
    workspace.computes.create_or_update(instance())
    workspace.computes.stop("ci1")
    workspace.computes.create_or_update(cluster("gone"))
    workspace.computes.delete("gone")
    before = workspace.computes.list().items

    for file in paths.folder.glob("workspace.db-*"):
        file.unlink()
    paths.database.write_bytes(b"not a database" * 100)
    repair_workspace(paths.folder)

    assert LocalWorkspace(paths.folder).computes.list().items == before


def test_a_file_that_is_no_compute_does_not_keep_a_workspace_from_repair(workspace, paths):
    workspace.computes.create_or_update(cluster())
    (paths.computes / "odd.json").write_text('{"entity": {"name": 3}}')
    (paths.computes / "torn.json").write_text('{"ent')
    paths.database.unlink()

    found = LocalWorkspace(paths.folder).computes.list().items

    assert [compute.name for compute in found] == ["local", "cpu"]


def test_a_row_that_cannot_be_read_is_damage_and_no_traceback(workspace, paths):
    workspace.computes.create_or_update(cluster())
    with sqlite3.connect(paths.database) as connection:
        connection.execute("UPDATE computes SET entity = '{}'")
    with pytest.raises(WorkspaceDamaged) as caught:
        workspace.computes.get("cpu")
    assert "repair" in caught.value.hint


def test_names_like_a_pattern_are_names(workspace):
    for name in ("%", "_", "'", "cpu' OR '1'='1", "azmlcpu", "../x", ""):
        with pytest.raises(Exception, match="There is no compute named"):
            workspace.computes.get(name)


def test_the_last_page_has_no_token_and_an_unknown_token_no_items(workspace):
    workspace.computes.create_or_update(cluster())
    assert workspace.computes.list(limit=2).continuation is None
    assert workspace.computes.list(continuation="zzz").items == ()


def test_what_is_asked_for_twice_is_noted_once(workspace):
    first = workspace.computes.create_or_update(cluster())
    again = workspace.computes.create_or_update(first.model_copy(update={"max_nodes": 2}))
    assert again.notes == first.notes
    assert again.created == first.created


def test_azure_s_sizes_have_cores_memory_and_a_family():
    assert len(SIZES) > 60
    assert len({size.name for size in SIZES}) == len(SIZES)
    for size in SIZES:
        assert size.cores > 0
        assert size.memory_gb > 0
        assert size.family.startswith("standard")
        assert bool(size.gpus) == bool(size.gpu)
    assert cores_of("STANDARD_ds3_V2") == 4
    assert cores_of("Standard_X1") is None


@pytest.mark.parametrize(("typed", "meant"), [("Standard_DS33_v2", "DS3_v2"), ("nc6s_v3", "NC6s_v3"), ("", "DS3_v2")])
def test_a_size_that_is_misspelt_is_answered_with_the_nearest(typed, meant):
    with pytest.raises(UsageError) as caught:
        size_named(typed)
    assert meant in caught.value.hint


def test_low_priority_has_a_quota_of_its_own():
    full = cluster(size="Standard_DS3_v2", max_nodes=25)
    check_quota(full, [])
    check_quota(full.model_copy(update={"tier": "low_priority"}), [])
    with pytest.raises(QuotaExceeded, match="LowPriority"):
        check_quota(full.model_copy(update={"tier": "low_priority", "max_nodes": 26}), [])


def test_what_others_run_counts_and_what_they_may_run_does_not():
    new = cluster("new", size="Standard_DS3_v2", max_nodes=25)
    check_quota(new, [cluster("idle", size="Standard_DS3_v2", max_nodes=25)])
    check_quota(new, [new])
    check_quota(new, [instance(size="Standard_DS3_v2", state=ComputeState.STOPPED)])
    for other in (
        cluster("busy", size="Standard_DS3_v2", max_nodes=25, busy_nodes=1),
        cluster("kept", size="Standard_DS3_v2", min_nodes=1, max_nodes=25),
        instance(size="Standard_DS3_v2"),
    ):
        with pytest.raises(QuotaExceeded) as caught:
            check_quota(new, [other])
        assert "24" in caught.value.hint


def test_one_machine_of_every_size_family_fits():
    for family in {size.family for size in SIZES}:
        smallest = next(size for size in SIZES if size.family == family)
        check_quota(instance(size=smallest.name, max_nodes=1), [])


def test_no_family_starts_above_its_total():
    limits = {usage.name: usage.limit for usage in usage_of([])}
    total = limits["Total Cluster Dedicated Regional vCPUs"]
    assert all(limit <= total for limit in limits.values())


def test_an_instance_whose_quota_was_taken_meanwhile_does_not_start(workspace):
    computes, size = workspace.computes, "Standard_NC24ads_A100_v4"
    computes.create_or_update(instance("first", size=size))
    computes.stop("first")
    computes.create_or_update(instance("second", size=size))
    for start in (computes.start, computes.restart):
        with pytest.raises(QuotaExceeded):
            start("first")
    assert computes.get("first").state is ComputeState.STOPPED
    computes.stop("second")
    assert computes.start("first").state is ComputeState.STARTING


def test_schedules_are_checked_when_they_are_kept(workspace):
    wrong = ComputeSchedule(action="stop", trigger=Trigger(type="cron", expression="61 * * * *"))
    with pytest.raises(UsageError, match="61"):
        workspace.computes.create_or_update(instance(schedules=(wrong,)))
    with pytest.raises(UsageError, match="only an instance"):
        workspace.computes.create_or_update(cluster(schedules=(wrong,)))
