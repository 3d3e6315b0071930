"""kill -9 of a worker in the middle of a notebook: what had ended a second before is kept, twice."""

import json
import os
import signal
import time

import nbformat
import pytest

from jupyter_azml.actions.follow_job import JobStream
from jupyter_azml.actions.run_notebook import run_notebook
from jupyter_azml.entities import CellChanged, JobStatus
from jupyter_azml.local.files import read_json
from jupyter_azml.local.paths import WorkspacePaths

SMALL = "print({n}); open('reached', 'w').write('{n}')"
LARGE = "print('x' * 1_000_000); open('reached', 'w').write('{n}')"


@pytest.mark.parametrize(("source", "cells", "at"), [(SMALL, 1600, 200), (LARGE, 80, 15)])
def test_nothing_that_ended_a_second_before_is_lost(workspace, azml_home, write_notebook, source, cells, at):
    job = run_notebook(workspace, write_notebook(*(source.format(n=n) for n in range(cells))))
    paths = WorkspacePaths(azml_home / "workspaces" / "local").job(job.name)

    def reached():
        # What the cells themselves write down is what there is to be compared with.
        file = paths.code / "reached"
        return int(file.read_text() or 0) if file.exists() else 0

    deadline = time.monotonic() + 120
    while reached() < at:
        assert time.monotonic() < deadline
        time.sleep(0.01)
    ended = reached()
    moment = time.monotonic() + 1
    while time.monotonic() < moment:
        time.sleep(0.01)
    os.kill(read_json(paths.worker)["pid"], signal.SIGKILL)
    events = list(JobStream(workspace, job.name))
    assert workspace.jobs.get(job.name).status is JobStatus.FAILED
    told = {event.cell for event in events if isinstance(event, CellChanged) and event.state == "completed"}
    assert told >= set(range(1, ended + 1))
    notebook = nbformat.read(paths.outputs / "train.ipynb", 4)
    nbformat.validate(notebook)
    states = [cell.metadata.papermill.status for cell in notebook.cells]
    assert states.count("completed") >= ended
    assert "running" not in states
    assert all(cell.outputs for cell in notebook.cells[:ended])
    assert notebook.metadata.azml["reason"] == "WorkerDied"
    assert json.dumps(notebook).count('"name": "stdout"') >= ended
    assert sorted(file.name for file in paths.outputs.iterdir()) == ["train.ipynb"]
    assert not paths.unsaved.exists()
