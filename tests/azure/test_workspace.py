"""The Azure workspace does over HTTP what the port says."""

import subprocess
import sys

import pytest

from jupyter_azml.azure import AzureWorkspace
from jupyter_azml.emulator.app import create_app
from jupyter_azml.entities import (
    Compute,
    ComputeState,
    ComputeType,
    JobQuery,
    JobStatus,
    Reason,
    StatusChanged,
)
from jupyter_azml.errors import (
    ComputeNotFound,
    JobNotFound,
    NotFound,
    NotSignedIn,
    NotSupported,
    UsageError,
    WorkspaceNotFound,
)

from ..fakes.loopback import SECRET, FixedToken
from ..fakes.workspace import make_job


def names(page):
    return [item.name for item in page.items]


def read_all(list_page, **options):
    """Every page of a list, as names."""
    pages, continuation = [], None
    while True:
        page = list_page(**options, continuation=continuation)
        pages.append(names(page))
        if not (continuation := page.continuation):
            return pages


def test_a_job_is_the_same_through_azure_as_behind_it(azure, behind):
    behind.jobs.put(make_job("coral_heron"))

    assert azure.jobs.get("coral_heron") == behind.jobs.get("coral_heron")


@pytest.mark.parametrize("limit", [1, 2, 3, 5, 8, 50])
def test_pages_of_any_size_hold_every_job_once_and_in_order(azure, behind, limit):
    for number in range(8):
        behind.jobs.put(make_job(f"j{number}"))

    pages = read_all(azure.jobs.list, limit=limit)

    assert [name for page in pages for name in page] == [f"j{number}" for number in range(8)]
    assert all(len(page) <= limit for page in pages)


@pytest.mark.parametrize("gone", ["j0", "j1", None])
def test_what_comes_and_goes_between_two_pages_shifts_none(azure, behind, stage, tmp_path, gone):
    stage.app = create_app(behind, SECRET, tmp_path)
    for number in range(6):
        behind.jobs.put(make_job(f"j{number}"))
    first = azure.jobs.list(limit=2)
    before = {"newest": make_job("newest")} if gone is None else {}
    behind.jobs.held = {**before, **{name: job for name, job in behind.jobs.held.items() if name != gone}}

    second = azure.jobs.list(limit=4, continuation=first.continuation)

    assert (names(first), names(second)) == (["j0", "j1"], ["j2", "j3", "j4", "j5"])


def test_filters_work_although_the_service_has_none(azure, behind):
    for number in range(8):
        behind.jobs.put(
            make_job(f"j{number}", JobStatus.FAILED if number % 2 else JobStatus.RUNNING, experiment=f"e{number % 3}")
        )

    assert read_all(azure.jobs.list, query=JobQuery(statuses=(JobStatus.FAILED,)), limit=3) == [
        ["j1", "j3", "j5"],
        ["j7"],
    ]
    assert read_all(azure.jobs.list, query=JobQuery(experiment="e2")) == [["j2", "j5"]]


def test_one_page_asks_the_service_a_limited_number_of_times(azure, behind):
    for number in range(40):
        behind.jobs.put(make_job(f"j{number}", JobStatus.FAILED if number == 39 else JobStatus.RUNNING))

    pages = read_all(azure.jobs.list, query=JobQuery(statuses=(JobStatus.FAILED,)))

    assert pages == [[], ["j39"]]


def test_a_continuation_leads_nowhere_but_onward(azure, behind):
    behind.jobs.put(make_job("j0"))

    page = azure.jobs.list(continuation="0:api-version=evil&%24skip=0&host=elsewhere")

    assert names(page) == ["j0"]
    with pytest.raises(UsageError):
        azure.jobs.list(continuation="https://elsewhere.example/steal")


def test_cancel_asks_the_job_to_stop(azure, behind):
    behind.jobs.put(make_job("j1"))

    assert azure.jobs.cancel("j1").status is JobStatus.CANCEL_REQUESTED
    assert behind.jobs.get("j1").status is JobStatus.CANCEL_REQUESTED


def test_cancel_leaves_a_job_that_has_ended_as_it_is(azure, behind):
    behind.jobs.put(make_job("j1", JobStatus.COMPLETED))

    assert azure.jobs.cancel("j1").status is JobStatus.COMPLETED


def test_events_tell_each_change_of_status_once(azure, behind):
    behind.jobs.put(make_job("j1", JobStatus.QUEUED))
    behind.jobs.put(make_job("j2", JobStatus.COMPLETED))

    first = azure.jobs.events({"j1": "", "j2": ""})
    again = azure.jobs.events(first.cursors)
    behind.jobs.put(make_job("j1", JobStatus.RUNNING))
    later = azure.jobs.events(again.cursors)

    assert [(event.job, event.status, event.reason.message) for event in first.events] == [
        ("j1", JobStatus.QUEUED, "Waiting for a free node of local."),
        ("j2", JobStatus.COMPLETED, "All cells ran."),
    ]
    assert again.events == ()
    assert later.events == (StatusChanged(job="j1", status=JobStatus.RUNNING),)


def test_computes_are_listed_and_found(azure, behind):
    cluster = Compute(name="cpu", type=ComputeType.AMLCOMPUTE, state=ComputeState.RUNNING, max_nodes=4)
    behind.computes.held["cpu"] = cluster

    assert names(azure.computes.list()) == ["local", "cpu"]
    assert azure.computes.get("CPU") == cluster


def test_archived_jobs_are_listed_when_they_are_asked_for(azure, behind):
    behind.jobs.put(make_job("j1"))
    behind.jobs.put(make_job("j2", archived=True))

    assert names(azure.jobs.list()) == ["j1"]
    assert names(azure.jobs.list(JobQuery(archived="archived"))) == ["j2"]
    assert names(azure.jobs.list(JobQuery(archived="all"))) == ["j1", "j2"]


def test_an_order_that_the_service_lacks_is_refused_rather_than_passed_over(azure):
    with pytest.raises(NotSupported):
        azure.jobs.list(JobQuery(sort="name"))


def test_computes_are_made_and_removed_in_the_workspace_behind(azure, behind):
    cluster = Compute(name="cpu", type=ComputeType.AMLCOMPUTE, size="Standard_DS3_v2", max_nodes=4, tags={"a": "b"})

    assert azure.computes.create_or_update(cluster) == cluster
    assert behind.computes.get("cpu").max_nodes == 4
    azure.computes.delete("CPU")

    assert names(behind.computes.list()) == ["local"]


def test_an_instance_is_started_and_stopped(azure, behind):
    behind.computes.held["ci1"] = Compute(name="ci1", type=ComputeType.COMPUTEINSTANCE)

    assert azure.computes.stop("ci1").state is ComputeState.STOPPED
    assert azure.computes.start("ci1").state is ComputeState.RUNNING


def test_only_an_instance_is_started(azure):
    with pytest.raises(UsageError):
        azure.computes.start("local")


def test_what_would_be_lost_on_the_way_is_refused(azure):
    noted = Compute(name="cpu", type=ComputeType.AMLCOMPUTE, notes=(Reason.of("KeyNotDone", key="identity"),))

    with pytest.raises(NotSupported, match="identity"):
        azure.computes.create_or_update(noted)


@pytest.mark.parametrize("name", ["nope", "..", "", "a/b", "a?b", "a b", "é"])
def test_a_job_that_is_not_there_is_named(azure, name):
    with pytest.raises(NotFound) as caught:
        azure.jobs.get(name)

    assert type(caught.value) is JobNotFound
    assert name in caught.value.message
    with pytest.raises(JobNotFound):
        azure.jobs.events({name: ""})
    with pytest.raises(JobNotFound):
        azure.jobs.cancel(name)


@pytest.mark.parametrize("name", ["gpu", ".."])
def test_a_compute_that_is_not_there_is_answered_with_those_that_are(azure, name):
    with pytest.raises(ComputeNotFound) as caught:
        azure.computes.get(name)

    assert "local" in caught.value.hint


def test_another_workspace_is_not_found(connect):
    with pytest.raises(WorkspaceNotFound):
        connect("elsewhere").check()
    with pytest.raises(WorkspaceNotFound):
        connect("elsewhere").jobs.get("j1")
    with pytest.raises(WorkspaceNotFound):
        connect("..").check()


def test_check_says_which_workspace_answered(azure):
    found = azure.check()
    assert (found.name, found.location) == (azure.info().name, azure.info().location)
    assert "/Microsoft.KeyVault/vaults/" in found.key_vault
    assert (azure.info().name, azure.info().kind) == ("fake", "azure")


def test_a_wrong_token_is_a_missing_sign_in_and_is_not_repeated(connect):
    with pytest.raises(NotSignedIn) as caught:
        connect(token="t0psecret").jobs.list()

    assert "az login" in caught.value.hint
    assert "t0psecret" not in str(caught.value)


@pytest.mark.parametrize(
    "url", ["http://example.org", "http://10.0.0.1", "http://127.0.0.1.example.org", "ftp://x", ""]
)
def test_a_token_never_travels_unencrypted_to_another_machine(url):
    with pytest.raises(UsageError):
        AzureWorkspace("s", "g", "w", credential=FixedToken(), base_url=url)


def test_nothing_of_azure_identity_is_loaded_before_somebody_signs_in():
    code = (
        "import sys; from jupyter_azml.azure import AzureWorkspace; AzureWorkspace('s', 'g', 'w').info();"
        "print('azure.identity' in sys.modules)"
    )

    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)

    assert done.stdout.strip() == "False"
