"""Jobs side by side, and the best of them."""

import io
import sys

import nbformat
import pytest

from jupyter_azml.actions.best_job import best_job
from jupyter_azml.actions.compare_jobs import compare_jobs, rows_of
from jupyter_azml.actions.source_diff import diff_of_notebooks, notebook_of
from jupyter_azml.entities import CommandSpec, JobStatus, JobType, MetricSummary
from jupyter_azml.errors import FileNotInJob, JobNotFound, NotFound, UsageError
from tests.fakes.workspace import FakeJobs, FakeWorkspace, make_job


class JobsWithFiles(FakeJobs):
    def __init__(self, jobs, files):
        super().__init__(jobs)
        self.kept = files

    def open(self, name, path):
        if (name, path) not in self.kept:
            raise FileNotInJob("no such file", "look")
        return io.BytesIO(self.kept[name, path].encode())


def metric(key, last, low=None, high=None):
    return MetricSummary(
        key=key, last=last, min=last if low is None else low, max=last if high is None else high, count=3, step=2
    )


def notebook(*sources):
    return nbformat.writes(nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell(source) for source in sources]))


def command(name, words, **fields):
    return make_job(name, JobStatus.COMPLETED, type=JobType.COMMAND, spec=CommandSpec(command=words), **fields)


@pytest.fixture
def workspace():
    first = {"lr": 0.1, "n": 3}
    jobs = [
        make_job("a", JobStatus.COMPLETED, parameters=first, metrics=(metric("loss", 0.5, 0.1),)),
        make_job(
            "b",
            JobStatus.COMPLETED,
            parameters={"lr": 0.2, "n": 3, "new": "x"},
            metrics=(metric("acc", float("nan")), metric("loss", 0.3), metric("system/cpu", 1)),
            git={"commit": "abc"},
        ),
        command("c", "python a.py\n--fast", experiment="shell"),
        command("d", "python b.py\n--fast", experiment="shell"),
        make_job("e", JobStatus.COMPLETED),
    ]
    files = {("a", "code/train.ipynb"): notebook("lr = 1", "train(lr)")}
    files["b", "code/train.ipynb"] = notebook("lr = 1", "import os", "train(lr, n)")
    fake = FakeWorkspace()
    fake.jobs = JobsWithFiles(jobs, files)
    return fake


def test_what_two_jobs_were_given_and_measured_stands_side_by_side(workspace):
    compared = compare_jobs(workspace, ["a", "B"])
    facts = {(fact.kind, fact.name): (fact.values, fact.differs) for fact in compared.facts}
    assert compared.jobs == ("a", "b")
    assert facts["parameter", "lr"] == ((0.1, 0.2), True)
    assert facts["parameter", "n"] == ((3, 3), False)
    assert facts["parameter", "new"] == ((None, "x"), True)
    assert facts["git", "commit"] == ((None, "abc"), True)
    assert facts["environment", "kernel"] == (("python3", "python3"), False)
    # What the job took of the machine comes last.
    assert [metric.key for metric in compared.metrics] == ["acc", "loss", "system/cpu"]
    assert [summary and summary.last for summary in compared.metrics[1].summaries] == [0.5, 0.3]
    shown = {row.name: row.cells for row in rows_of(compared)}
    assert shown["loss"] == ("0.5  (0.1 … 0.5)", "0.3  (0.3 … 0.3)")


@pytest.mark.parametrize("has_nbdime", [True, False])
def test_changes_in_a_notebook_are_those_of_its_sources(workspace, monkeypatch, has_nbdime):
    if not has_nbdime:
        monkeypatch.setitem(sys.modules, "nbdime", None)
    (change,) = compare_jobs(workspace, ["a", "b"]).changes
    lines = [line.replace(" ", "") for line in change.text.splitlines()]
    assert change.job == "b"
    assert any("importos" in line for line in lines)
    assert "-train(lr)" in lines
    assert "+train(lr,n)" in lines
    assert not any("lr=1" in line and line[0] in "+-" for line in lines)


def test_outputs_and_metadata_of_a_notebook_do_not_count():
    made = nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell("1")])
    ran = nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell("1", execution_count=4, metadata={"a": 1})])
    ran.cells[0].outputs.append(nbformat.v4.new_output("stream", text="x"))
    assert diff_of_notebooks(notebook_of(nbformat.writes(made)), notebook_of(nbformat.writes(ran))) == ""
    assert notebook_of("not a notebook") is None


def test_commands_are_compared_line_by_line_and_what_is_gone_is_left_out(workspace):
    (change,) = compare_jobs(workspace, ["c", "d"]).changes
    assert change.text.splitlines()[1:] == ["-python a.py", "+python b.py", " --fast"]
    assert compare_jobs(workspace, ["a", "e", "b"]).changes[0].job == "b"


def test_one_job_alone_or_an_unknown_one_cannot_be_compared(workspace):
    with pytest.raises(UsageError):
        compare_jobs(workspace, ["a"])
    with pytest.raises(JobNotFound, match="nobody"):
        compare_jobs(workspace, ["a", "nobody"])


def test_the_best_job_is_the_one_whose_metric_went_farthest(workspace):
    assert best_job(workspace, "churn", "loss", "minimize").name == "a"
    assert best_job(workspace, "churn", "loss", "maximize").name == "a"
    workspace.jobs.put(make_job("f", JobStatus.RUNNING, metrics=(metric("loss", 0.2, 0.05, 0.9),)))
    assert best_job(workspace, "churn", "loss", "minimize").name == "f"
    assert best_job(workspace, "churn", "loss").name == "f"


@pytest.mark.parametrize(("experiment", "name"), [("churn", "acc"), ("churn", "nothing"), ("unknown", "loss")])
def test_where_nothing_was_measured_there_is_no_best(workspace, experiment, name):
    with pytest.raises(NotFound) as caught:
        best_job(workspace, experiment, name)
    assert caught.value.hint
