"""The tutorials run top to bottom, through the product."""

from pathlib import Path

import pytest

from jupyter_azml.actions.follow_job import JobStream
from jupyter_azml.actions.run_notebook import run_notebook
from jupyter_azml.entities import JobStatus

NOTEBOOKS = sorted((Path(__file__).parents[2] / "notebooks").glob("*.ipynb"))


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)
def test_the_notebook_completes_as_a_job(workspace, path):
    job = JobStream(workspace, run_notebook(workspace, path).name).wait()
    assert job.status is JobStatus.COMPLETED, job.reason


def test_the_quickstart_leaves_a_model_a_plot_and_a_curve_per_metric(workspace):
    path = next(path for path in NOTEBOOKS if path.stem == "quickstart")
    job = JobStream(workspace, run_notebook(workspace, path, parameters={"epochs": 4}).name).wait()
    files = {file.path for file in workspace.jobs.files(job.name, "outputs").items}
    assert files == {"outputs/quickstart.ipynb", "outputs/model.joblib", "outputs/curves.png"}
    assert [(metric.key, metric.count) for metric in job.metrics] == [("accuracy", 4), ("loss", 4)]
    assert job.metrics[0].last > 0.9
