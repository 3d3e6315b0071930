"""Workers are forked where nobody could tell, and started otherwise."""

import os
import subprocess
import sys

import psutil
import pytest

from jupyter_azml.actions.follow_job import JobStream
from jupyter_azml.actions.run_notebook import run_notebook
from jupyter_azml.entities import CommandSpec, JobStatus, LogLines
from jupyter_azml.local.files import read_json
from jupyter_azml.local.paths import WorkspacePaths
from tests.crash.test_processes_die import WAITS_FOR_A_FILE, until

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="workers are forked on Linux only")


@pytest.fixture
def paths(azml_home):
    return WorkspacePaths(azml_home / "workspaces" / "local")


@pytest.fixture
def running(workspace, write_notebook, paths):
    """Submits a job that runs until the block is left, and answers with its worker."""

    def start(spec=None):
        job = workspace.jobs.submit(spec) if spec else run_notebook(workspace, write_notebook(WAITS_FOR_A_FILE))
        events = until(JobStream(workspace, job.name), "waiting")
        worker = psutil.Process(read_json(paths.job(job.name).worker)["pid"])
        server = worker.parent()
        (paths.job(job.name).code / "go").touch()
        assert list(events)[-1].status is JobStatus.COMPLETED
        return server

    return start


def is_server(process):
    return "jupyter_azml.local.worker_server" in process.cmdline()


def test_jobs_of_an_interpreter_are_forked_from_one_server_until_packages_were_installed(running, tmp_path):
    first = running()
    assert is_server(first)
    command = CommandSpec(command="echo waiting; until [ -e go ]; do sleep 0.02; done", code=str(tmp_path / "project"))
    assert [running(), running(command)] == [first, first]
    (place,) = {path for path in sys.path if path.endswith("site-packages") and path.startswith(sys.prefix)}
    before = os.stat(place)
    try:
        os.utime(place)
        assert running().pid != first.pid  # started; and the server leaves
        assert is_server(running())
        assert not first.is_running()
    finally:
        os.utime(place, ns=(before.st_atime_ns, before.st_mtime_ns))


def test_a_command_is_started_where_there_is_no_server_and_none_is_made_for_it(running, tmp_path):
    (tmp_path / "project").mkdir()
    command = CommandSpec(command="echo waiting; until [ -e go ]; do sleep 0.02; done", code=str(tmp_path / "project"))
    assert not is_server(running(command))


def test_a_variable_that_acts_when_a_process_starts_acts(workspace, write_notebook):
    notebook = write_notebook("print(hash('azml'))")
    asked = [{}, {"PYTHONHASHSEED": "7"}, {"PYTHONHASHSEED": "8"}]
    jobs = [run_notebook(workspace, notebook, environment_variables=variables) for variables in asked]
    said = [
        "".join(event.text for event in JobStream(workspace, job.name) if isinstance(event, LogLines)) for job in jobs
    ]
    for variables, text in zip(asked[1:], said[1:], strict=True):
        line = [sys.executable, "-c", "print(hash('azml'))"]
        assert text == subprocess.run(line, env=variables, capture_output=True, text=True, check=True).stdout
