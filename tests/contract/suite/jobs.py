"""Jobs, as every workspace has to offer them."""

import json

import pytest

from jupyter_azml.actions.follow_job import JobStream
from jupyter_azml.entities import CellChanged, CellState, JobQuery, JobStatus, LogLines, MetricPoints, StatusChanged
from jupyter_azml.errors import ComputeNotFound, Conflict, FileNotInJob, JobNotFound, UsageError

RUNS_FOR_LONG = "import time\nwhile True: time.sleep(0.1)"
LOGS_METRICS = """
import mlflow
for step in range(3):
    mlflow.log_metric("loss", 1 / (step + 1), step=step)
"""


class ReadingJobs:
    """What needs no more than jobs that exist."""

    def test_an_unknown_job_is_named_in_the_error(self, rig):
        with pytest.raises(JobNotFound, match="no_such_job"):
            rig.workspace.jobs.get("no_such_job")

    def test_an_empty_workspace_has_an_empty_first_page(self, rig):
        page = rig.workspace.jobs.list()
        assert (page.items, page.continuation) == ((), None)

    def test_names_are_case_insensitive(self, rig, write_notebook, spec_of):
        job = rig.submit(spec_of(write_notebook("1")))
        assert rig.workspace.jobs.get(job.name.upper()).name == job.name

    def test_pages_follow_each_other_newest_first_without_gap_or_repetition(self, rig, write_notebook, spec_of):
        notebook = write_notebook("1")
        submitted = [rig.submit(spec_of(notebook)).name for _ in range(5)]
        seen, token = [], None
        while True:
            page = rig.workspace.jobs.list(limit=2, continuation=token)
            seen += [job.name for job in page.items]
            if (token := page.continuation) is None:
                break
        assert seen == submitted[::-1]

    def test_lists_are_filtered_by_experiment(self, rig, write_notebook, spec_of):
        notebook = write_notebook("1")
        rig.submit(spec_of(notebook, experiment="digits"))
        wanted = rig.submit(spec_of(notebook, experiment="churn"))
        assert [job.name for job in rig.workspace.jobs.list(JobQuery(experiment="churn")).items] == [wanted.name]

    def test_a_job_that_was_canceled_ends_canceled(self, rig, write_notebook, spec_of):
        job = rig.submit(spec_of(write_notebook(RUNS_FOR_LONG)))
        rig.workspace.jobs.cancel(job.name)
        ended = JobStream(rig.workspace, job.name).wait()
        assert (ended.status, ended.reason.code) == (JobStatus.CANCELED, "CanceledByUser")

    @pytest.mark.warm
    def test_canceling_a_job_that_has_ended_changes_nothing(self, rig, write_notebook, spec_of):
        job = rig.submit(spec_of(write_notebook("1")))
        before = JobStream(rig.workspace, job.name).wait()
        assert rig.workspace.jobs.cancel(job.name) == before


class RunningJobs:
    """What needs submitting, events and files."""

    @pytest.mark.warm
    def test_a_notebook_runs_tells_its_story_in_order_and_leaves_outputs_and_metrics(
        self, rig, write_notebook, spec_of
    ):
        says = "for i in range(300): print(i)\nopen('outputs/n.txt', 'w').write(str(n))"
        notebook = write_notebook("# parameters\nn = 1", says, LOGS_METRICS)
        job = rig.workspace.jobs.submit(spec_of(notebook, parameters={"n": 7}))
        events = list(JobStream(rig.workspace, job.name))
        states = [event.status for event in events if isinstance(event, StatusChanged)]
        assert states[-1] is JobStatus.COMPLETED
        assert states.index(JobStatus.RUNNING) < len(states) - 1
        assert isinstance(events[-1], StatusChanged)
        cells = [(e.cell, e.state) for e in events if isinstance(e, CellChanged)]
        assert cells == [(n, state) for n in (1, 2, 3, 4) for state in (CellState.RUNNING, CellState.COMPLETED)]
        printed = "".join(f"{i}\n" for i in range(300))
        assert "".join(e.text for e in events if isinstance(e, LogLines) and e.cell == 3) == printed
        points = [point.value for e in events if isinstance(e, MetricPoints) for point in e.points]
        assert points == [1, 1 / 2, 1 / 3]

        ended = rig.workspace.jobs.get(job.name)
        assert (ended.status, ended.reason.code) == (JobStatus.COMPLETED, "Finished")
        assert (ended.progress.cell, ended.progress.cells) == (4, 4)
        assert [(m.key, m.last, m.count, m.step) for m in ended.metrics] == [("loss", 1 / 3, 3, 2)]
        with rig.workspace.jobs.open(job.name, "outputs/n.txt") as file:
            assert file.read() == b"7"
        with rig.workspace.jobs.open(job.name, ended.outputs["notebook"].path) as file:
            assert json.load(file)["cells"][1]["metadata"]["tags"] == ["injected-parameters"]

        # A reader that comes back with its cursor misses nothing and sees nothing twice.
        at_once = rig.workspace.jobs.events({job.name: ""})
        assert "".join(e.text for e in at_once.events if isinstance(e, LogLines) and e.cell == 3) == printed
        again = rig.workspace.jobs.events(at_once.cursors)
        assert (again.events, again.cursors) == ((), at_once.cursors)

    @pytest.mark.warm
    def test_a_failing_cell_ends_the_job_and_is_named(self, rig, write_notebook, spec_of):
        job = rig.workspace.jobs.submit(spec_of(write_notebook("1", "raise ValueError('too small')", "2")))
        ended = JobStream(rig.workspace, job.name).wait()
        assert ended.status is JobStatus.FAILED
        assert ended.reason.message == "Cell 2 raised ValueError: too small"
        assert (ended.progress.cell, ended.progress.cells) == (2, 3)

    def test_an_unknown_compute_is_refused_before_anything_is_queued(self, rig, write_notebook, spec_of):
        with pytest.raises(ComputeNotFound, match="gpu-cluster"):
            rig.workspace.jobs.submit(spec_of(write_notebook("1"), compute="gpu-cluster"))
        assert rig.workspace.jobs.list().items == ()

    def test_a_path_that_is_not_the_jobs_own_is_not_found(self, rig, write_notebook, spec_of):
        job = rig.workspace.jobs.submit(spec_of(write_notebook("1")))
        for path in ("nothing.txt", "../../workspace.db", "/etc/passwd", "outputs/../../../workspace.db"):
            with pytest.raises(FileNotInJob):
                rig.workspace.jobs.open(job.name, path)


class EndingJobs:
    """Time limits, retries, priorities, names."""

    @pytest.mark.warm
    def test_a_job_that_takes_longer_than_it_may_fails_and_keeps_what_it_did(self, rig, write_notebook, spec_of):
        job = rig.workspace.jobs.submit(spec_of(write_notebook("print('first')", RUNS_FOR_LONG), timeout=3))
        ended = JobStream(rig.workspace, job.name).wait()
        assert (ended.status, ended.reason.code, ended.reason.values) == (
            JobStatus.FAILED,
            "JobTimedOut",
            {"seconds": 3.0},
        )
        with rig.workspace.jobs.open(job.name, ended.outputs["notebook"].path) as file:
            assert b"first" in file.read()

    @pytest.mark.warm
    def test_a_job_that_fails_is_run_as_often_as_asked_and_keeps_what_each_attempt_left(
        self, rig, write_notebook, spec_of
    ):
        notebook = write_notebook("open('outputs/left.txt', 'w').write('x')\nprint('try')\nraise ValueError('again')")
        job = rig.workspace.jobs.submit(spec_of(notebook, retries=2))
        events = list(JobStream(rig.workspace, job.name))
        assert "".join(e.text for e in events if isinstance(e, LogLines)).count("try\n") == 3
        told = [
            e.reason.values["attempt"] for e in events if getattr(e, "reason", None) and e.reason.code == "Retrying"
        ]
        assert told == [2, 3]
        ended = rig.workspace.jobs.get(job.name)
        assert (ended.status, ended.attempt, ended.reason.code) == (JobStatus.FAILED, 3, "CellFailed")
        for attempt in (1, 2):
            with rig.workspace.jobs.open(job.name, f"attempts/{attempt}/outputs/left.txt") as file:
                assert file.read() == b"x"

    @pytest.mark.warm
    def test_a_canceled_job_is_not_run_again(self, rig, write_notebook, spec_of):
        job = rig.workspace.jobs.submit(spec_of(write_notebook(RUNS_FOR_LONG), retries=3))
        stream = JobStream(rig.workspace, job.name)
        next(event for event in stream if isinstance(event, CellChanged))
        rig.workspace.jobs.cancel(job.name)
        ended = stream.wait()
        assert (ended.status, ended.attempt) == (JobStatus.CANCELED, 1)

    def test_a_name_of_ones_own_is_kept_and_taken_once(self, rig, write_notebook, spec_of):
        notebook = write_notebook("1")
        assert rig.workspace.jobs.submit(spec_of(notebook, name="My-run_1")).name == "My-run_1"
        with pytest.raises(Conflict, match="my-run_1"):
            rig.workspace.jobs.submit(spec_of(notebook, name="my-run_1"))

    @pytest.mark.parametrize("name", ["", "../up", "a b", "-x", "x" * 256, "é"])
    def test_a_name_that_cannot_be_one_is_refused(self, rig, write_notebook, spec_of, name):
        with pytest.raises(UsageError):
            rig.workspace.jobs.submit(spec_of(write_notebook("1"), name=name))
        assert rig.workspace.jobs.list().items == ()
