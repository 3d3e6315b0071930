"""The tutorials run top to bottom, through the product."""

import re
from pathlib import Path

import pytest

from jupyter_azml.actions.follow_job import JobStream
from jupyter_azml.actions.run_notebook import run_notebook
from jupyter_azml.entities import JobStatus

NOTEBOOKS = sorted((Path(__file__).parents[2] / "notebooks").glob("*.ipynb"))


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)
def test_a_tutorial_completes_as_a_job(workspace, path):
    # Callers that rest between calls leave the machine to the other tests; the notebook makes as many calls either way.
    parameters = {"seconds_between_calls": 0.05} if path.stem == "endpoints" else {}
    job = JobStream(workspace, run_notebook(workspace, path, parameters=parameters).name).wait()
    assert job.status is JobStatus.COMPLETED, job.reason
    if path.stem == "quickstart":
        files = {file.path for file in workspace.jobs.files(job.name, "outputs").items}
        assert files == {"outputs/quickstart.ipynb", "outputs/model.joblib", "outputs/curves.png"}
        (accuracy, loss) = job.metrics
        assert (accuracy.key, loss.key) == ("accuracy", "loss")
        assert accuracy.count == loss.count > 1
        assert accuracy.last > 0.9
    if path.stem == "endpoints":
        executed = Path(job.outputs["notebook"].uri).read_text("utf-8")
        count = re.search(r"(\d+) requests while all of this happened, 0 failed", executed)
        assert count
        assert int(count[1]) > 500
        assert {model.name for model in workspace.models.list().items} == {"wine"}
        assert workspace.endpoints.list().items == ()
