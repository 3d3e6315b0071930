"""``tests/command_jobs/*.yml``: every key of ``az ml``'s command job, run in a real local workspace, all at once.

What is expected stands in each file's first lines, behind ``#?``.
"""

import functools
import http.server
import threading
import time
from pathlib import Path
from types import SimpleNamespace

import pytest
import yaml

from jupyter_azml import errors
from jupyter_azml.actions.create_job import create_job
from jupyter_azml.entities import (
    Compute,
    ComputeType,
    Connection,
    DataAsset,
    DataType,
    Environment,
    JobStatus,
    LogLines,
)
from jupyter_azml.local import LocalWorkspace
from tests.processes import end_processes_below

FOLDER = Path(__file__).parents[1] / "command_jobs"
FILES = sorted(FOLDER.glob("*.yml"))
SECONDS = 120


def expectation(file):
    marked = [line[2:].removeprefix(" ") for line in file.read_text("utf-8").splitlines() if line.startswith("#?")]
    return yaml.safe_load("\n".join(marked)) or {}


THAT_RUN = [file for file in FILES if "error" not in expectation(file)]
THAT_DO_NOT = [file for file in FILES if "error" in expectation(file)]


@pytest.fixture(scope="module")
def served(tmp_path_factory):
    """A workspace with what the files name, and every one of them submitted to it."""
    home = tmp_path_factory.mktemp("command_jobs")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("AZML_HOME", str(home))
        patch.setenv("AZML_AGENT_IDLE_SECONDS", "20")
        patch.setenv("AZML_SECRETS", "file")
        workspace = LocalWorkspace(home / "workspaces" / "local")
        store = furnish(workspace, home)
        handler = functools.partial(http.server.SimpleHTTPRequestHandler, directory=FOLDER / "data")
        server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler)
        threading.Thread(target=server.serve_forever, daemon=True).start()
        url = f"http://127.0.0.1:{server.server_port}"
        before = {file: file.read_bytes() for file in FOLDER.rglob("*") if file.is_file()}
        jobs = {file: submit(workspace, file, url) for file in THAT_RUN}
        yield SimpleNamespace(workspace=workspace, store=store, jobs=jobs, before=before, url=url)
        server.shutdown()
        server.server_close()
    end_processes_below(home)


def furnish(workspace, home):
    workspace.computes.create_or_update(
        Compute(name="small", type=ComputeType.AMLCOMPUTE, size="Standard_DS3_v2", max_nodes=2)
    )
    workspace.data.create(DataAsset(name="churn", path=str(FOLDER / "data")))
    newest = FOLDER / "data" / "more.csv"
    workspace.data.create(DataAsset(name="churn", type=DataType.URI_FILE, path=str(newest)))
    workspace.environments.create_or_update(Environment(name="training", version="3", packages=("packaging",)))
    workspace.secrets.set("secret-token", "s3cret")
    workspace.connections.create_or_update(Connection(name="store", target="https://store"), {"key": "s3cret-key"})
    store = home / "workspaces" / "local" / "datastores" / "workspaceblobstore"
    (store / "seeds").mkdir(parents=True)
    (store / "seeds" / "seed.txt").write_text("seed\n")
    (store / "retried").mkdir()
    return store


def submit(workspace, file, url):
    assignments = [each.replace("{URL}", url) for each in expectation(file).get("set", ())]
    return create_job(workspace, file, assignments=assignments).name


def ended(workspace, name):
    deadline = time.monotonic() + SECONDS
    while not (job := workspace.jobs.get(name)).status.is_terminal:
        assert time.monotonic() < deadline, job
        time.sleep(0.05)
    return job


def output_of(workspace, name):
    found, cursor = "", ""
    while (batch := workspace.jobs.events({name: cursor})).events:
        found += "".join(e.text for e in batch.events if isinstance(e, LogLines) and e.stream == "stdout")
        cursor = batch.cursors[name]
    return found


@pytest.mark.parametrize("file", THAT_RUN, ids=lambda file: file.stem)
def test_a_command_job_does_what_its_file_says(served, file):
    expected = expectation(file)
    job = ended(served.workspace, served.jobs[file])
    assert job.status == expected.pop("status", "Completed"), job.reason
    assert job.reason.code == expected.pop("reason", "CommandFinished")
    assert [note.code for note in job.notes] == expected.pop("notes", [])
    expected.pop("set", None)
    data = job.to_data()
    for key, value in expected.items():
        CHECKS[key](served, job, data, value)


@pytest.mark.parametrize("file", THAT_DO_NOT, ids=lambda file: file.stem)
def test_what_cannot_run_is_refused_at_once(served, file):
    expected = expectation(file)
    jobs = len(served.workspace.jobs.list(limit=1000).items)
    with pytest.raises(getattr(errors, expected["error"])) as caught:
        submit(served.workspace, file, served.url)
    assert type(caught.value).__name__ == expected["error"]
    assert [text for text in expected["says"] if text not in str(caught.value)] == []
    assert len(served.workspace.jobs.list(limit=1000).items) == jobs


def check_stdout(served, job, _data, value):
    assert output_of(served.workspace, job.name).rstrip("\n") == value


def check_end_of_stdout(served, job, _data, value):
    assert output_of(served.workspace, job.name).rstrip("\n").endswith(value)


def check_fields(_served, _job, data, value):
    assert {key: data[key] for key in value} == value


def check_spec(_served, _job, data, value):
    assert {key: {**data["spec"]["resources"], **data["spec"]}[key] for key in value} == value


def check_ends(_served, _job, data, value):
    for way, end in value.items():
        found = functools.reduce(lambda here, key: here[key], way.split("."), data["spec"])
        assert found == str(FOLDER) + end


def check_values(served, job, _data, value):
    assert job.reason.values == {
        name: said.replace("{URL}", served.url) if isinstance(said, str) else said for name, said in value.items()
    }


def check_outputs(_served, job, _data, value):
    for name, files in value.items():
        place = Path(job.outputs[name].uri)
        if isinstance(files, str):
            assert place.read_text() == f"{files}\n"
        else:
            found = {p.relative_to(place).as_posix(): p.read_text().strip() for p in place.rglob("*") if p.is_file()}
            assert found == files


def check_stored(served, _job, _data, value):
    assert (served.store / value).is_file()


def check_untouched(served, _job, _data, value):
    assert all((FOLDER / name).read_bytes() == served.before[FOLDER / name] for name in value)


def check_assets(served, job, _data, value):
    for name, kind in value.items():
        asset = served.workspace.data.get(*name.split(":"))
        assert (asset.type, asset.job) == (kind, job.name)
        assert asset.path.startswith(f"azureml://datastores/workspaceblobstore/paths/azureml/{job.name}/")


def check_logs(served, job, _data, value):
    for name, text in value.items():
        with served.workspace.jobs.open(job.name, f"logs/user_logs/{name}") as log:
            assert log.read().decode().strip() == text


CHECKS = {
    "stdout": check_stdout,
    "stdout_ends": check_end_of_stdout,
    "job": check_fields,
    "job_also": check_fields,
    "spec": check_spec,
    "spec_also": check_spec,
    "ends_with": check_ends,
    "values": check_values,
    "output": check_outputs,
    "stored": check_stored,
    "untouched": check_untouched,
    "assets": check_assets,
    "logs": check_logs,
}


def test_every_key_of_the_published_schema_is_in_one_of_the_files():
    used = set()

    def gather(value, way=()):
        if isinstance(value, dict):
            for key, item in value.items():
                used.add(".".join((*way, key)))
                is_named = way in {("inputs",), ("outputs",), ("services",)}
                gather(item, (*way, "*" if is_named else key))

    for file in THAT_RUN:
        gather(yaml.safe_load(file.read_text("utf-8")))
    said = {way.replace(".*.", ".") for way in used}
    assert PUBLISHED - said == set()


PUBLISHED = {
    *("$schema", "type", "name", "display_name", "description", "experiment_name", "tags", "properties", "command"),
    *("code", "environment", "environment_variables", "compute", "identity", "services", "parent_job_name"),
    *("limits.timeout", "queue_settings.job_tier", "queue_settings.priority"),
    *(f"environment.{key}" for key in ("name", "version", "image", "conda_file", "build", "os_type", "tags")),
    *("environment.build.path", "environment.build.dockerfile_path", "environment.inference_config"),
    *(f"inputs.{key}" for key in ("type", "path", "mode", "datastore", "path_on_compute", "value")),
    *(f"outputs.{key}" for key in ("type", "path", "mode", "name", "version")),
    *(f"resources.{key}" for key in ("instance_count", "max_instance_count", "instance_type", "shm_size")),
    *(f"resources.{key}" for key in ("docker_args", "locations", "properties")),
    *(f"distribution.{key}" for key in ("type", "process_count_per_instance", "worker_count")),
    "distribution.parameter_server_count",
    *(f"identity.{key}" for key in ("type", "client_id", "object_id", "msi_resource_id")),
    *(f"services.{key}" for key in ("type", "port", "nodes", "properties", "log_dir", "ssh_public_keys")),
}


def test_a_job_that_was_waited_for_leaves_nothing_running(served):
    for name in served.jobs.values():
        ended(served.workspace, name)
    assert {served.workspace.jobs.get(name).status for name in served.jobs.values()} <= {
        JobStatus.COMPLETED,
        JobStatus.FAILED,
    }
