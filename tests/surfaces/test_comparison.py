"""Jobs side by side and their metrics, in the terminal and in a notebook."""

import json

import pandas
import pytest

from jupyter_azml.cli.main import run_line
from jupyter_azml.commands import Session, grammar
from jupyter_azml.connect import Connections
from jupyter_azml.entities import CommandSpec, JobStatus, JobType, MetricSummary
from jupyter_azml.local.records import insert_job
from jupyter_azml.magics.line import _shown
from jupyter_azml.magics.live_job import LiveJob
from tests.fakes.workspace import make_job


@pytest.fixture
def jobs(workspace):
    with workspace.jobs._db.write() as connection:
        for name, accuracy in (("first", 0.8), ("second", 0.9)):
            summary = MetricSummary(key="accuracy", last=accuracy, min=0.1, max=accuracy, count=2, step=1)
            spec = CommandSpec(command=f"python {name}.py # <b>")
            about = {"type": JobType.COMMAND, "spec": spec, "parameters": {"[lr]": accuracy, "n": 3}}
            insert_job(connection, make_job(name, JobStatus.COMPLETED, metrics=(summary,), **about))
    return workspace.jobs


def run(capfd, *words):
    code = run_line(list(words))
    return code, *capfd.readouterr()


def test_a_terminal_shows_what_differs_and_how_the_source_was_changed(jobs, capfd):
    code, out, err = run(capfd, "job", "compare", "first", "second")
    assert (code, err) == (0, "")
    (line,) = [line for line in out.splitlines() if "[lr]" in line]
    assert line.split() == ["[lr]", "0.8", "0.9"]
    assert "-python first.py # <b>\n+python second.py # <b>\n" in out
    code, out, _err = run(capfd, "job", "compare", "first", "second", "-o", "json")
    assert [metric["key"] for metric in json.loads(out)["metrics"]] == ["accuracy"]
    code, _out, err = run(capfd, "job", "compare", "first")
    assert (code, len(err.strip().splitlines())) == (2, 2)


def test_the_best_job_of_an_experiment_is_named(jobs, capfd):
    words = ("job", "best", "--experiment", "churn", "--metric", "accuracy", "-o", "json")
    assert json.loads(run(capfd, *words)[1])["name"] == "second"
    assert json.loads(run(capfd, *words, "--goal", "minimize")[1])["name"] == "second"
    code, _out, err = run(capfd, "job", "best", "-e", "churn", "-m", "los")
    assert (code, "accuracy" in err) == (20, True)


def test_a_notebook_shows_a_table_whose_texts_are_texts(jobs):
    session = Session(Connections())
    value = grammar.main(["job", "compare", "first", "second"], standalone_mode=False, obj=session)
    shown = _shown(session, value)
    assert "# &lt;b&gt;" in shown._repr_html_()
    assert "<b>0.9" in shown._repr_html_()
    assert "* Parameters [lr]: 0.8 | 0.9" in repr(shown)
    frame = shown.to_pandas()
    assert list(frame.loc[[("metric", "accuracy")]].iloc[0]) == [0.8, 0.9]


def test_the_metrics_of_a_job_are_a_data_frame_of_every_point(jobs, workspace):
    folder = workspace.jobs._paths.job("first")
    folder.folder.mkdir(parents=True)
    points = [{"key": "loss", "value": n / 2, "step": n, "timestamp": 1_790_000_000_000 + n} for n in range(20_000)]
    points.append({"key": "odd", "value": float("nan"), "step": 3, "timestamp": 1_790_000_000_000})
    folder.metrics.write_text("".join(json.dumps(point) + "\n" for point in points))
    frame = LiveJob(workspace, "first").metrics()
    assert list(frame.columns) == ["key", "step", "time", "value"]
    assert (len(frame), frame["value"].max(), frame["step"].dtype) == (20_001, 9999.5, "int64")
    assert frame["time"].iloc[0] == pandas.Timestamp(1_790_000_000_000, unit="ms", tz="UTC")
    odd = LiveJob(workspace, "first").metrics("odd")
    assert list(odd["value"].isna()) == [True]
    assert LiveJob(workspace, "second").metrics().empty
