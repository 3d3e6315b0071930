"""Nothing that dies loses a job: submitter, agent, worker, kernel."""

import os
import shutil
import signal
import subprocess
import sys

import psutil
import pytest

from jupyter_azml.actions.follow_job import JobStream
from jupyter_azml.entities import CellChanged, CommandSpec, JobStatus, LogLines
from jupyter_azml.local.files import read_json
from jupyter_azml.local.paths import WorkspacePaths
from tests.processes import command_lines_below, processes_below, processes_of

# Runs until the test says so, without a look at the clock.
WAITS_FOR_A_FILE = """
import time
from pathlib import Path
print("waiting", flush=True)
while not Path("go").exists(): time.sleep(0.02)
print("went on", flush=True)
"""


@pytest.fixture
def paths(azml_home):
    return WorkspacePaths(azml_home / "workspaces" / "local")


@pytest.fixture
def submit(workspace, write_notebook):
    from jupyter_azml.actions.run_notebook import run_notebook

    return lambda *sources: run_notebook(workspace, write_notebook(*sources))


def until(stream, said):
    """Reads on until the job has printed this, and returns the stream's iterator."""
    events = iter(stream)
    for event in events:
        if isinstance(event, LogLines) and said in event.text:
            return events
    raise AssertionError(f"the job ended without printing {said!r}")


def agents(azml_home):
    return [p for p in processes_below(azml_home) if "jupyter_azml.local.agent" in p.cmdline()]


@pytest.mark.warm
def test_a_job_completes_though_the_terminal_that_submitted_it_was_killed(workspace, write_notebook):
    notebook = write_notebook(WAITS_FOR_A_FILE)
    terminal = subprocess.Popen(
        [sys.executable, "-m", "jupyter_azml", "run", str(notebook), "--stream"],
        stdout=subprocess.PIPE,
        text=True,
        start_new_session=True,
    )
    name = terminal.stdout.readline().strip()
    until(JobStream(workspace, name), "waiting")
    os.killpg(terminal.pid, signal.SIGKILL)
    terminal.wait()
    (workspace.jobs._paths.job(name).code / "go").touch()
    assert JobStream(workspace, name).wait().status is JobStatus.COMPLETED


def test_a_new_agent_adopts_a_running_job_of_a_killed_one(workspace, submit, paths, azml_home):
    job = submit(WAITS_FOR_A_FILE)
    events = until(JobStream(workspace, job.name), "waiting")
    (agent,) = agents(azml_home)
    agent.kill()
    psutil.wait_procs([agent])
    (paths.job(job.name).code / "go").touch()
    rest = list(events)
    assert rest[-1].status is JobStatus.COMPLETED
    assert "went on" in "".join(event.text for event in rest if isinstance(event, LogLines))


@pytest.mark.warm
def test_a_killed_worker_makes_the_job_failed_and_leaves_no_process(workspace, submit, paths, azml_home):
    job = submit(WAITS_FOR_A_FILE)
    events = until(JobStream(workspace, job.name), "waiting")
    os.kill(read_json(paths.job(job.name).worker)["pid"], signal.SIGKILL)
    assert list(events)[-1].status is JobStatus.FAILED
    assert workspace.jobs.get(job.name).reason.code == "WorkerDied"
    _gone, left = psutil.wait_procs(processes_of(job.name), timeout=10)
    assert left == []
    # The agent stays, and what it forks workers and kernels from.
    stays = ("jupyter_azml.local.agent", "jupyter_azml.local.worker_server", "kernel_server.py")
    assert [line for line in command_lines_below(azml_home) if not any(name in line for name in stays)] == []


@pytest.mark.warm
def test_a_killed_kernel_fails_the_job_and_the_notebook_keeps_what_ran(workspace, submit, paths):
    job = submit("print('first')", "import os; os._exit(1)", "print('never')")
    ended = JobStream(workspace, job.name).wait()
    assert (ended.status, ended.reason.code) == (JobStatus.FAILED, "KernelDied")
    assert "first" in (paths.job(job.name).outputs / "train.ipynb").read_text()


def test_both_agents_of_a_simultaneous_start_serve_and_each_job_runs_once(workspace, submit, azml_home):
    command = [sys.executable, "-P", "-m", "jupyter_azml.local.agent", str(azml_home / "workspaces" / "local")]
    started = [subprocess.Popen(command) for _ in range(2)]
    jobs = [submit("print('ran')") for _ in range(3)]
    for job in jobs:
        events = list(JobStream(workspace, job.name))
        assert events[-1].status is JobStatus.COMPLETED
        assert sum(isinstance(event, CellChanged) and event.state == "running" for event in events) == 1
    assert len(agents(azml_home)) == 1
    for process in started:
        process.kill()
        process.wait()


@pytest.mark.warm
def test_a_cell_that_ignores_the_interrupt_is_ended_and_the_notebook_says_canceled(
    workspace, submit, paths, monkeypatch
):
    monkeypatch.setenv("AZML_CANCEL_GRACE_SECONDS", "0.5")
    stubborn = """
import time
print("waiting", flush=True)
while True:
    try:
        while True: time.sleep(0.05)
    except KeyboardInterrupt:
        print("no", flush=True)
"""
    job = submit(stubborn)
    until(JobStream(workspace, job.name), "waiting")
    workspace.jobs.cancel(job.name)
    ended = JobStream(workspace, job.name).wait()
    assert (ended.status, ended.reason.code) == (JobStatus.CANCELED, "CanceledByUser")
    assert read_json(paths.job(job.name).outputs / "train.ipynb")["metadata"]["azml"]["status"] == "Canceled"


def test_a_job_whose_folder_is_gone_fails_and_the_others_go_on(workspace, submit, paths, monkeypatch):
    with monkeypatch.context() as patched:
        # So that the folder is gone before an agent comes to it.
        patched.setattr("jupyter_azml.local.jobs.ensure_agent", lambda paths: None)
        lost = submit("1")
        shutil.rmtree(paths.job(lost.name).folder)
    assert JobStream(workspace, submit("1").name).wait().status is JobStatus.COMPLETED
    ended = workspace.jobs.get(lost.name)
    assert (ended.status, ended.reason.code) == (JobStatus.FAILED, "JobDamaged")


def test_an_agent_that_leaves_for_lack_of_work_leaves_no_request_behind(workspace, azml_home, monkeypatch):
    # It goes the moment that there is nothing to do, so each submission meets it on its way out, or just gone.
    monkeypatch.setenv("AZML_AGENT_IDLE_SECONDS", "0")
    for _ in range(4):
        job = workspace.jobs.submit(CommandSpec(command="true"))
        assert JobStream(workspace, job.name).wait().status is JobStatus.COMPLETED
    psutil.wait_procs(agents(azml_home), timeout=10)
    assert agents(azml_home) == []
