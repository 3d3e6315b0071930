"""For the same job azure-ai-ml's request and ours mean the same, and each reads what the other asks for."""

import json

import pytest

pytest.importorskip("azure.ai.ml")
from azure.ai.ml import load_job
from azure.ai.ml._restclient.arm_ml_service.models import JobBase
from azure.ai.ml._utils._asset_utils import get_content_hash, get_ignore_file
from azure.ai.ml.entities import Job
from azure.ai.ml.entities._job.to_rest_functions import to_rest_job_object
from azure.core.serialization import AzureJSONEncoder

from jupyter_azml.arm import WorkspaceId, job_from_arm
from jupyter_azml.arm.command import command_from_arm
from jupyter_azml.arm.submission import submission_to_arm
from jupyter_azml.azure.code_hash import code_hash
from jupyter_azml.execution.snapshot import list_snapshot
from jupyter_azml.schemas import parse_yaml, read_job

W = WorkspaceId("11111111-2222-3333-4444-555555555555", "rg1", "ws1")
HEAD = "$schema: https://azuremlschemas.azureedge.net/latest/commandJob.schema.json\ntype: command\n"
ENVIRONMENT = "azureml:AzureML-sklearn-1.5@latest"
BASE = (
    HEAD
    + f"""command: echo
environment: {ENVIRONMENT}
compute: azureml:cpu
experiment_name: e
"""
)
FOLDER = "azureml://datastores/workspaceblobstore/paths/rows/"

CASES = {
    "nothing more": "",
    "inputs": f"""
inputs:
  lr: 0.1
  n: 3
  flag: true
  word: two words
  rows: {{type: uri_folder, path: {FOLDER}, mode: download}}
  one: {{type: uri_file, path: "{FOLDER}a.csv"}}
  table: {{type: mltable, path: "azureml:t:1", mode: eval_mount}}
  model: {{type: mlflow_model, path: "azureml:m:2"}}
  straight: {{type: uri_file, path: "https://example.org/a.csv", mode: direct}}
""",
    "outputs": f"""
outputs:
  plain: {{}}
  kept: {{type: uri_folder, path: "{FOLDER}out/", mode: upload}}
  file: {{type: uri_file, mode: rw_mount}}
  model: {{type: mlflow_model}}
""",
    "names and tags": """
display_name: first
description: of the lesson
tags: {team: blue, empty: ""}
properties: {k: v}
environment_variables: {A: b, N: "1"}
""",
    "limits and resources": """
limits: {timeout: 3600}
resources:
  instance_count: 2
  instance_type: Standard_DS3_v2
  shm_size: 3g
  docker_args: --ipc=host
  properties: {a: {b: c}}
""",
    "mpi": "distribution: {type: mpi, process_count_per_instance: 4}\n",
    "pytorch": "distribution: {type: pytorch, process_count_per_instance: 2}\nresources: {instance_count: 2}\n",
    "tensorflow": "distribution: {type: tensorflow, worker_count: 3, parameter_server_count: 1}\n",
    "a managed identity": "identity: {type: managed}\n",
    "the users identity": "identity: {type: user_identity}\n",
    "a queue": "queue_settings: {job_tier: spot, priority: high}\n",
    "services": """
services:
  lab: {type: jupyter_lab, nodes: all}
  shell: {type: ssh, ssh_public_keys: ssh-rsa AAAA}
  board: {type: tensor_board, log_dir: outputs/tb}
  code: {type: vs_code}
""",
}
PREVIEW_ONLY = {"notificationSetting", "componentId", "secretsConfiguration"}
"""Of the SDK's api-version, and null in what it sends."""


def plain(rest) -> dict:
    found = json.loads(json.dumps(rest.as_dict(), cls=AzureJSONEncoder))
    return {key: value for key, value in found["properties"].items() if value is not None and key not in PREVIEW_ONLY}


def meaning(resource: dict, *, ignored: tuple[str, ...]) -> dict:
    """As our entity. Before it asks the service for ids the SDK has names without their prefix."""
    found = command_from_arm(resource, None).to_data()
    found["environment"] = found["environment"].removeprefix("azureml:")
    for value in found["inputs"].values():
        if isinstance(value, dict) and not value["path"].startswith("azureml://"):
            value["path"] = value["path"].removeprefix("azureml:")
    return {key: value for key, value in found.items() if key not in ignored}


@pytest.mark.parametrize("name", CASES)
def test_the_same_yaml_is_the_same_request(name, tmp_path):
    file = tmp_path / "job.yml"
    file.write_text(BASE + CASES[name])
    job = load_job(file)
    theirs = {"name": "j", "properties": plain(to_rest_job_object(job))}

    spec = read_job(parse_yaml(file.read_text(), file), file)
    body = submission_to_arm(spec, W, code_id=None, environment_id=ENVIRONMENT)
    ours = {"name": "j", **json.loads(json.dumps(body))}

    # As entities: what either leaves out because it is the default is the same.
    ignored = ("name",) if "display_name" in CASES[name] else ("name", "display_name")
    assert meaning(ours, ignored=ignored) == meaning(theirs, ignored=ignored)
    # What we send says no word that the SDK would not say.
    assert set(ours["properties"]) <= set(theirs["properties"]) | {"resources", "limits", "queueSettings", "services"}

    # And it reads ours: what it makes of it asks for the same once more.
    answer = {"id": f"{W}/jobs/j", "name": "j", **ours}
    answer["properties"].setdefault("displayName", "j")
    read = Job._from_rest_object(JobBase._deserialize(answer, []))
    again = {"name": "j", "properties": plain(to_rest_job_object(read))}
    assert meaning(again, ignored=("name", "display_name")) == meaning(ours, ignored=("name", "display_name"))
    assert job_from_arm(answer).spec.command == "echo"


def test_the_hash_of_code_is_that_of_the_sdk(tmp_path):
    folder = tmp_path / "src"
    (folder / "Deep" / "er").mkdir(parents=True)
    for name, text in {"b.py": "1", "A.py": "22", "Deep/été.py": "x = 3\n", "Deep/er/z": "", "skip.txt": "no"}.items():
        (folder / name).write_text(text)
    (folder / ".amlignore").write_text("skip.txt\n")
    (folder / "link.py").symlink_to(folder / "b.py")
    assert code_hash(list_snapshot(folder, "")) == get_content_hash(folder, ignore_file=get_ignore_file(folder))
