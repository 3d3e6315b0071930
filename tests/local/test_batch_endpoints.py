"""A batch endpoint over files, as a real job of a local workspace."""

import os
import signal
import time
from pathlib import Path

import pytest

from jupyter_azml.commands import grammar
from jupyter_azml.commands.session import Session
from jupyter_azml.entities import JobStatus
from jupyter_azml.errors import SpecInvalid
from tests.processes import processes_of

FILES = 1_000
SCORE = """
import os, pathlib, time

def init():
    model = pathlib.Path(os.environ["AZUREML_MODEL_DIR"])
    global factor
    factor = int(next(model.rglob("factor.txt")).read_text())

def run(mini_batch):
    marker = pathlib.Path(os.environ["MARKER"])
    if any(file.endswith("0500.txt") for file in mini_batch) and not marker.exists():
        marker.write_text(str(os.getpid()))
        time.sleep(60)
    return [f"{pathlib.Path(file).name},{int(open(file).read()) * factor}" for file in mini_batch]
"""
DEPLOYMENT = """
$schema: https://azuremlschemas.azureedge.net/latest/modelBatchDeployment.schema.json
name: by-seven
endpoint_name: scoring
type: model
model: ./model
code_configuration: {code: ./code, scoring_script: score.py}
compute: azureml:local
resources: {instance_count: 1}
settings:
  max_concurrency_per_instance: 2
  mini_batch_size: 10
  retry_settings: {max_retries: 2, timeout: 50}
  output_action: append_row
  output_file_name: predictions.csv
  error_threshold: -1
"""


class Here:
    def __init__(self, workspace):
        self._workspace = workspace

    def workspace(self):
        return self._workspace


def azml(workspace, *words):
    return grammar.main([str(word) for word in words], obj=Session(Here(workspace)), standalone_mode=False)


@pytest.fixture
def project(tmp_path):
    folder = tmp_path / "project"
    for name in ("code", "model", "data"):
        (folder / name).mkdir(parents=True)
    (folder / "code" / "score.py").write_text(SCORE)
    (folder / "model" / "factor.txt").write_text("7")
    (folder / "deployment.yml").write_text(DEPLOYMENT)
    (folder / "endpoint.yml").write_text("name: scoring\nauth_mode: aad_token\ntags: {team: blue}\n")
    return folder


def test_a_thousand_files_while_a_worker_is_killed_give_every_row_once(workspace, project, tmp_path):
    for number in range(FILES):
        (project / "data" / f"{number:04}.txt").write_text(str(number))
    assert azml(workspace, "batch-endpoint", "create", "-f", project / "endpoint.yml").tags == {"team": "blue"}
    variable = f"settings.environment_variables.MARKER={tmp_path / 'marker'}"
    made = azml(workspace, "batch-deployment", "create", "-f", project / "deployment.yml", "--set", variable)
    assert made.model == "azureml:scoring-by-seven:1"
    (project / "code" / "score.py").write_text("this is edited, and not what was deployed")
    azml(workspace, "data", "create", "-n", "numbers", "-p", project / "data")

    stream = azml(workspace, "batch-endpoint", "invoke", "scoring", "--input", "azureml:numbers:1")
    job = wait_for(lambda: (tmp_path / "marker").exists() and workspace.jobs.get(stream.name))
    victim = int((tmp_path / "marker").read_text())
    assert victim in {process.pid for process in processes_of(job.name)}
    assert job.progress.cells == FILES / 10
    os.kill(victim, signal.SIGKILL)
    job = wait_for(lambda: (found := workspace.jobs.get(job.name)).status.is_terminal and found)

    assert job.status is JobStatus.COMPLETED, job.reason
    assert job.progress.cell == job.progress.cells == FILES / 10
    lines = Path(job.outputs["score"].uri, "predictions.csv").read_text().splitlines()
    assert lines == [f"{number:04}.txt,{number * 7}" for number in range(FILES)]
    assert "killed by signal 9" in workspace_log(workspace, job.name)
    assert [each.name for each in azml(workspace, "batch-endpoint", "list-jobs", "scoring").items] == [job.name]


def workspace_log(workspace, job):
    return "".join(event.text for event in workspace.jobs.events({job: ""}).events if event.event == "LogLines")


def wait_for(condition, seconds=90):
    deadline = time.monotonic() + seconds
    while not (found := condition()):
        assert time.monotonic() < deadline, "it does not come"
        time.sleep(0.05)
    return found


def test_all_faults_of_a_deployments_file_are_told(workspace, project):
    file = project / "wrong.yml"
    file.write_text("name: x\nmini_batch_size: 0\noutput_action: append\nsettings: {retry: 1}\n")
    with pytest.raises(SpecInvalid) as caught:
        azml(workspace, "batch-deployment", "create", "-f", file)
    for fault in ("mini_batch_size", "output_action", "settings.retry", "model: is missing", "endpoint_name"):
        assert fault in caught.value.message
