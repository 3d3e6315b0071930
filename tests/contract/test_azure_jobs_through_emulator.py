"""The contract about jobs against the Azure workspace, through the emulator, onto a local workspace.

What runs there is what would run in Azure: papermill, started by a command job. So what only our own engine knows is
not asked for here; each class says what it leaves out, and why.
"""

import pytest

from jupyter_azml.azure import AzureWorkspace
from jupyter_azml.emulator.app import RESOURCE_GROUP, SUBSCRIPTION, create_app
from jupyter_azml.errors import NotSupported
from tests.contract.rig import AzureRig
from tests.contract.suite import cells, changes, computes, jobs, lists, series
from tests.fakes.loopback import SECRET, FixedToken, served


@pytest.fixture
def rig(workspace, tmp_path):
    with served(create_app(workspace, SECRET, tmp_path)) as url:
        azure = AzureWorkspace(SUBSCRIPTION, RESOURCE_GROUP, "local", credential=FixedToken(), base_url=url)
        yield AzureRig(azure, workspace.jobs.submit)


class TestRunningJobs(jobs.RunningJobs): ...


class TestEndingJobs(jobs.EndingJobs):
    @pytest.mark.warm
    def test_a_job_that_fails_is_run_as_often_as_asked_and_keeps_what_each_attempt_left(
        self, rig, write_notebook, spec_of
    ):
        """Azure runs a command once: the tries are a loop in it, which the service does not count or keep apart."""
        notebook = write_notebook("print('try')\nraise ValueError('again')")
        job = rig.workspace.jobs.submit(spec_of(notebook, retries=1))
        ended = jobs.JobStream(rig.workspace, job.name)
        text = "".join(event.text for event in ended if isinstance(event, jobs.LogLines))
        assert text.count("try\n") == 2
        assert rig.workspace.jobs.get(job.name).reason.code == "CellFailed"

    @pytest.mark.warm
    def test_a_job_that_takes_longer_than_it_may_fails_and_keeps_what_it_did(self, rig, write_notebook, spec_of):
        """The time is the whole command's, and papermill takes some seconds of it to start."""
        notebook = write_notebook("print('first')", jobs.RUNS_FOR_LONG)
        job = rig.workspace.jobs.submit(spec_of(notebook, timeout=20))
        ended = jobs.JobStream(rig.workspace, job.name).wait()
        assert (ended.status, ended.reason.code) == (jobs.JobStatus.FAILED, "JobTimedOut")
        with rig.workspace.jobs.open(job.name, ended.outputs["notebook"].path) as file:
            assert b"first" in file.read()


class TestExperiments(computes.Experiments): ...


class TestChangingJobs(changes.ChangingJobs): ...


class TestSnapshots(changes.Snapshots): ...


class TestRunningCells(cells.RunningCells): ...


class TestCourses(series.Courses): ...


class TestSortingJobs(lists.SortingJobs):
    """The service lists the newest first and in no other order; its tokens are its own."""

    @pytest.mark.parametrize("sort", ["name", "ended", "status"])
    def test_jobs_come_in_the_order_asked_for_over_all_pages(self, rig, sort):
        with pytest.raises(NotSupported, match="newest first"):
            lists.names(rig, sort=sort)

    def test_what_is_no_token_is_refused(self, rig):
        """Tested where pages are read: tests/azure."""

    def test_a_job_that_arrives_between_two_pages_shifts_none(self, rig):
        """The service's pages hold fifty; where one of ours ends inside one, it goes on by position."""

    def test_a_job_that_goes_between_two_pages_hides_none(self, rig):
        """As above."""
