"""What a worker says of how far it is, and what the agent makes of it."""

import pytest

from jupyter_azml.entities import JobStatus
from jupyter_azml.local.files import read_json
from jupyter_azml.local.paths import JobPaths
from jupyter_azml.local.phases import Phases, said_state


@pytest.fixture
def folder(tmp_path):
    return JobPaths(tmp_path)


@pytest.fixture
def phases(folder):
    return Phases(folder, {"job": "j", "attempt": 1})


def test_data_on_its_way_is_told_by_the_reason(folder, phases):
    tell = phases.progress(phases.preparing, "InputArriving", "rows")
    tell(1024**2, 3 * 1024**2)
    tell(2 * 1024**2, 3 * 1024**2)  # too soon to be told
    status, reason = said_state(read_json(folder.worker), JobStatus.PREPARING)
    assert status is JobStatus.PREPARING
    assert reason.message == "The input rows is on its way: 1.0 MB of 3.0 MB."


def test_it_runs_and_then_its_outputs_leave(folder, phases):
    phases.running(cells=3)
    assert said_state(read_json(folder.worker), JobStatus.PREPARING) == (JobStatus.RUNNING, None)
    assert said_state(read_json(folder.worker), JobStatus.RUNNING) is None
    phases.progress(phases.finalizing, "OutputLeaving", "o")(0, 1024**2)
    status, reason = said_state(read_json(folder.worker), JobStatus.RUNNING)
    assert (status, reason.code) == (JobStatus.FINALIZING, "OutputLeaving")
    assert read_json(folder.worker)["cells"] == 3
    assert said_state(read_json(folder.worker), JobStatus.CANCEL_REQUESTED) is None
