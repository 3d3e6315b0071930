"""What the agent does besides moving jobs along."""

import json
import subprocess
import sysconfig
import venv
from unittest.mock import patch

import pytest

from jupyter_azml import __version__
from jupyter_azml.actions.follow_job import JobStream
from jupyter_azml.actions.run_notebook import run_notebook
from jupyter_azml.entities import CommandSpec, JobStatus, LogLines
from jupyter_azml.errors import AgentOfOtherVersion
from jupyter_azml.local.files import read_json
from jupyter_azml.local.paths import WorkspacePaths
from tests.crash.test_processes_die import until

SUBMIT = """
import sys
from pathlib import Path
from jupyter_azml.actions.run_notebook import run_notebook
from jupyter_azml.local import LocalWorkspace
print(run_notebook(LocalWorkspace(Path(sys.argv[1])), Path(sys.argv[2])).name)
"""


@pytest.fixture
def paths(azml_home):
    return WorkspacePaths(azml_home / "workspaces" / "local")


def output_of(workspace, name):
    return "".join(event.text for event in JobStream(workspace, name) if isinstance(event, LogLines))


def test_clients_of_two_virtual_environments_each_get_their_own_interpreter(workspace, write_notebook, paths, tmp_path):
    notebook = write_notebook("import sys\nprint(sys.prefix)")
    interpreters = []
    for name in ("blue", "green"):
        venv.create(tmp_path / name)
        link = next((tmp_path / name).glob("lib/python*/site-packages")) / "parent.pth"
        link.write_text(f"import site; site.addsitedir({sysconfig.get_path('purelib')!r})\n")
        interpreters.append(tmp_path / name / "bin" / "python")
    command = [(python, "-c", SUBMIT, paths.folder, notebook) for python in interpreters]
    names = [subprocess.run(line, capture_output=True, text=True, check=True).stdout.strip() for line in command * 2]
    assert [output_of(workspace, name) for name in names] == [f"{tmp_path / name}\n" for name in ("blue", "green")] * 2


def test_an_agent_of_another_version_leaves_when_it_has_nothing_to_do(workspace, paths):
    JobStream(workspace, workspace.jobs.submit(CommandSpec(command="true")).name).wait()
    old = as_if_of_version(paths, "0.0.1")
    job = workspace.jobs.submit(CommandSpec(command="true"))
    assert JobStream(workspace, job.name).wait().status is JobStatus.COMPLETED
    new = read_json(paths.agent_lock)
    assert (new["version"], new["pid"] == old["pid"]) == (__version__, False)


def test_an_agent_of_another_version_that_is_at_work_refuses_new_jobs_with_the_way_out(workspace, paths):
    job = workspace.jobs.submit(CommandSpec(command="echo waiting; until [ -e go ]; do sleep 0.02; done"))
    events = until(JobStream(workspace, job.name), "waiting")
    as_if_of_version(paths, "0.0.1")
    with pytest.raises(AgentOfOtherVersion, match=r"0\.0\.1"):
        workspace.jobs.submit(CommandSpec(command="true"))
    (paths.job(job.name).code / "go").touch()
    assert list(events)[-1].status is JobStatus.COMPLETED


def as_if_of_version(paths, version):
    known = read_json(paths.agent_lock)
    paths.agent_lock.write_text(json.dumps(known | {"version": version}))
    return known


def test_a_worker_that_cannot_start_fails_its_job_with_the_place_of_its_log(workspace, write_notebook, paths):
    with patch("jupyter_azml.local.submission.describe_submitter", lambda: {"interpreter": "/bin/false"}):
        job = run_notebook(workspace, write_notebook("1"))
    ended = JobStream(workspace, job.name).wait()
    assert (ended.status, ended.reason.code) == (JobStatus.FAILED, "WorkerNotStarting")
    assert str(paths.job(job.name).worker_log) in ended.reason.message
