"""The tutorials run top to bottom, through the product."""

from pathlib import Path

import pytest

from jupyter_azml.actions.follow_job import JobStream
from jupyter_azml.actions.run_notebook import run_notebook
from jupyter_azml.entities import JobStatus

NOTEBOOKS = sorted((Path(__file__).parents[2] / "notebooks").glob("*.ipynb"))


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)
def test_a_tutorial_completes_as_a_job(workspace, path):
    job = JobStream(workspace, run_notebook(workspace, path).name).wait()
    assert job.status is JobStatus.COMPLETED, job.reason
    if path.stem == "quickstart":
        files = {file.path for file in workspace.jobs.files(job.name, "outputs").items}
        assert files == {"outputs/quickstart.ipynb", "outputs/model.joblib", "outputs/curves.png"}
        (accuracy, loss) = job.metrics
        assert (accuracy.key, loss.key) == ("accuracy", "loss")
        assert accuracy.count == loss.count > 1
        assert accuracy.last > 0.9
