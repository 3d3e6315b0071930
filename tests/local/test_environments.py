"""Environments that are really built, by the package registry that pip is set up with, and jobs that run in them."""

import os
import signal
import subprocess
import sys
import time
from concurrent.futures import ThreadPoolExecutor

import psutil
import pytest

from jupyter_azml.actions.follow_job import JobStream
from jupyter_azml.actions.run_notebook import run_notebook
from jupyter_azml.entities import BuildState, CellSpec, CommandSpec, Environment, JobStatus, LogLines, StatusChanged
from jupyter_azml.errors import EnvironmentBuildFailed, EnvironmentNotFound, SpecInvalid, UsageError
from jupyter_azml.local import LocalWorkspace
from jupyter_azml.local.environments.overlay import Overlays
from tests.processes import end_processes_below

PACKAGES = ("cowsay==6.1", "roman==4.2")
NOBODYS = "azml-nobody-has-a-package-of-this-name"
SHOW = "import sys, cowsay, roman, numpy; print(roman.toRoman(9), cowsay.__file__.startswith(sys.prefix))"


@pytest.fixture(scope="module")
def built(tmp_path_factory):
    """A workspace with an environment that is built, and what the build printed."""
    folder = tmp_path_factory.mktemp("built")
    printed = []
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("AZML_LANGUAGE", "en")
        patch.setenv("AZML_AGENT_IDLE_SECONDS", "20")
        patch.setenv("AZML_USAGE_SECONDS", "0")
        workspace = LocalWorkspace(folder / "local")
        workspace.environments.create_or_update(Environment(name="tools", packages=PACKAGES))
        workspace.environments.build("tools", listener=printed.append)
        yield workspace, "".join(printed)
    end_processes_below(folder)


def ended(workspace, job):
    return JobStream(workspace, job.name).wait()


def output_of(workspace, job):
    events = workspace.jobs.events({job.name: ""}).events
    return "".join(event.text for event in events if isinstance(event, LogLines))


def states_of(workspace, job):
    events = workspace.jobs.events({job.name: ""}).events
    return [event for event in events if isinstance(event, StatusChanged)]


def test_what_is_built_shows_its_versions_and_is_there_at_once_the_next_time(built):
    workspace, printed = built
    found = workspace.environments.get("tools")
    assert found.state is BuildState.SUCCEEDED
    assert found.resolved == {"cowsay": "6.1", "roman": "4.2"}
    assert "cowsay" in printed
    began, printed_again = time.monotonic(), []
    workspace.environments.build("tools", listener=printed_again.append)
    assert time.monotonic() - began < 1
    assert not printed_again
    assert "cowsay" not in subprocess.run([sys.executable, "-m", "pip", "list"], capture_output=True, text=True).stdout


def test_commands_notebooks_and_cells_run_in_it_and_say_with_which_versions(built, write_notebook, tmp_path):
    workspace, _printed = built
    command = workspace.jobs.submit(CommandSpec(command=f'python -c "{SHOW}"', environment="azureml:tools:1"))
    notebook = run_notebook(workspace, write_notebook(SHOW), environment="azureml:tools@latest")
    cell = workspace.jobs.submit(CellSpec(source=SHOW, environment="tools"))
    for job in (command, notebook, cell):
        done = ended(workspace, job)
        assert done.status is JobStatus.COMPLETED, done.reason
        assert "IX True" in output_of(workspace, job)
        assert (done.environment.name, done.environment.version) == ("tools", "1")
        assert done.environment.packages == {"cowsay": "6.1", "roman": "4.2"}


def test_a_job_that_brings_a_conda_file_waits_for_it_and_says_so(built, tmp_path):
    workspace, _printed = built
    (tmp_path / "conda.yml").write_text("dependencies:\n  - python\n  - pip\n  - pip: [pyfiglet==1.0.2, roman==4.2]\n")
    written_out = {"image": "mcr.microsoft.com/x", "conda_file": str(tmp_path / "conda.yml")}
    job = workspace.jobs.submit(CommandSpec(command="python -c 'import pyfiglet'", environment=written_out))
    assert [note.code for note in job.notes] == ["ImageRecorded"]
    done = ended(workspace, job)
    assert done.status is JobStatus.COMPLETED, done.reason
    assert done.environment.packages == {"pyfiglet": "1.0.2", "roman": "4.2"}
    told = [state.reason.message for state in states_of(workspace, job) if state.status is JobStatus.PREPARING]
    assert any("being built" in message and "pyfiglet" in message for message in told)
    assert "pyfiglet" in output_of(workspace, job)
    assert [each.name for each in workspace.environments.list().items] == ["tools"]


def test_a_job_whose_environment_cannot_be_built_names_the_package(built):
    workspace, _printed = built
    workspace.environments.create_or_update(Environment(name="broken", packages=("roman==4.2", NOBODYS)))
    job = workspace.jobs.submit(CommandSpec(command="echo never", environment="azureml:broken:1"))
    done = ended(workspace, job)
    assert (done.status, done.reason.code) == (JobStatus.FAILED, "EnvironmentFailed")
    assert NOBODYS in done.reason.message
    assert "NoMatchingDistribution" in done.reason.message
    assert NOBODYS in output_of(workspace, job)
    found = workspace.environments.get("broken")
    assert (found.state, found.reason.values["package"]) == (BuildState.FAILED, NOBODYS)
    with pytest.raises(EnvironmentBuildFailed, match=NOBODYS) as error:
        workspace.environments.build("broken")
    assert error.value.package == NOBODYS
    workspace.environments.archive("broken")


def test_what_is_wrong_is_said_when_the_job_is_submitted(built, tmp_path):
    workspace, _printed = built
    before = len(workspace.jobs.list().items)
    conda = {"image": "x", "conda_file": {"dependencies": ["python=2.7", "mkl"]}}
    for environment, error, word in (
        ("azureml:toolz:1", EnvironmentNotFound, "toolz"),
        ("azureml:tools:7", EnvironmentNotFound, "7"),
        ("a b", UsageError, "a b"),
        (conda, SpecInvalid, "mkl"),
        ({"image": "x", "conda_file": str(tmp_path / "none.yml")}, SpecInvalid, "none.yml"),
    ):
        with pytest.raises(error, match=word):
            workspace.jobs.submit(CommandSpec(command="true", environment=environment))
    assert len(workspace.jobs.list().items) == before


def test_two_that_need_the_same_build_it_once(tmp_path):
    def build(printed):
        return Overlays(tmp_path / "envs").build(["roman==4.1"], printed.append).python

    texts = [], []
    with ThreadPoolExecutor() as pool:
        one, other = pool.map(build, texts)
    assert one == other
    assert sum("Built in" in "".join(printed) for printed in texts) == 1


def test_a_builder_that_is_killed_leaves_nothing_half_built(tmp_path):
    folder = tmp_path / "envs"
    code = "from pathlib import Path; from jupyter_azml.local.environments.overlay import Overlays\n"
    code += f"Overlays(Path({str(folder)!r})).build(['roman==4.1'], print)"
    builder = subprocess.Popen([sys.executable, "-u", "-c", code], stdout=subprocess.PIPE, text=True)
    assert builder.stdout.readline()  # it has begun
    children = psutil.Process(builder.pid).children(recursive=True)
    os.kill(builder.pid, signal.SIGKILL)
    builder.wait()
    overlays = Overlays(folder)
    assert overlays.find(["roman==4.1"]) is None
    overlay = overlays.build(["roman==4.1"])  # what the killed one left running is waited for
    assert not any(child.is_running() and child.status() != psutil.STATUS_ZOMBIE for child in children)
    ran = subprocess.run([overlay.python, "-c", "import roman, mlflow; print(roman.toRoman(3))"], capture_output=True)
    assert ran.stdout == b"III\n"


def test_a_build_that_is_given_up_ends_what_it_started(tmp_path):
    class GivenUp(Exception): ...

    def give_up():
        raise GivenUp

    overlays = Overlays(tmp_path / "envs")
    with pytest.raises(GivenUp):
        overlays.build(["roman==4.1"], check=give_up)
    assert not psutil.Process().children(recursive=True)
    assert overlays.state(["roman==4.1"])[0] is BuildState.NOT_BUILT


def test_what_lies_beneath_is_used_and_when_it_is_gone_the_environment_is_built_anew(tmp_path, monkeypatch):
    overlays = Overlays(tmp_path / "envs")
    overlay = overlays.build(["packaging", "pip; python_version < '3'"])
    assert list(overlay.packages) == ["packaging"]
    installed = [each.name for each in (overlay.python.parent.parent / "lib").glob("python*/site-packages/*")]
    assert installed == ["azml_beneath.pth"]
    built = next((tmp_path / "envs").glob("*/built.json"))
    built.write_text(built.read_text().replace("dist-info", "gone-info"))
    assert overlays.find(["packaging", "pip; python_version < '3'"]) is None


def test_what_nobody_used_can_be_removed(tmp_path):
    overlays = Overlays(tmp_path / "envs")
    overlays.build(["packaging"])
    assert overlays.prune(unused_days=1)[0] == 0
    in_use = overlays.keep(["packaging"])
    assert overlays.prune(unused_days=0)[0] == 0
    in_use.release()
    assert overlays.prune(unused_days=0)[0] == 1
    assert overlays.find(["packaging"]) is None
