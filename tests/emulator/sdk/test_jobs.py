"""Jobs by azure-ai-ml itself, unmodified: they are really run, streamed, downloaded, renamed, canceled."""

import re
import time

import pytest
from azure.core.exceptions import HttpResponseError, ResourceNotFoundError

pytest.importorskip("azure.ai.ml")
from azure.ai.ml import Input, MpiDistribution, Output, command
from azure.ai.ml.constants import AssetTypes, ListViewType
from azure.ai.ml.entities import Data, JupyterLabJobService, UserIdentityConfiguration
from azure.ai.ml.exceptions import JobException

from jupyter_azml.entities import CommandSpec, JobStatus
from jupyter_azml.entities.metric import is_own_metric

CURATED = "AzureML-acpt-pytorch-2.8-cuda12.6@latest"
ENDS = ("Completed", "Failed", "Canceled")

TRAIN = """
import argparse, json, os, sys, time
parser = argparse.ArgumentParser()
for name in ("--rows", "--one", "--lr", "--model"):
    parser.add_argument(name)
args = parser.parse_args()
print("rows:", sorted(os.listdir(args.rows)), "one:", open(args.one).read().strip(), "lr:", args.lr, os.environ["WHO"])
os.makedirs("outputs", exist_ok=True)
open("outputs/kept.txt", "w").write("kept")
open(os.path.join(args.model, "model.json"), "w").write(json.dumps({"lr": float(args.lr)}))
import urllib.request
token = urllib.request.Request(
    os.environ["IDENTITY_ENDPOINT"] + "?resource=r", headers={"X-IDENTITY-HEADER": os.environ["IDENTITY_HEADER"]}
)
print("signed in:", "access_token" in urllib.request.urlopen(token).read().decode(), os.environ["IDENTITY_HEADER"])
print("a link:", os.path.islink(args.rows))
import mlflow
mlflow.log_param("lr", args.lr)
for step in range(3):
    mlflow.log_metric("loss", 1 / (step + 1), step=step)
time.sleep(2.5)
print("the last line")
"""


@pytest.fixture(scope="module")
def source(tmp_path_factory):
    folder = tmp_path_factory.mktemp("src")
    (folder / "train.py").write_text(TRAIN)
    (folder / "notes").mkdir()
    (folder / "notes" / "secret.txt").write_text("stays")
    (folder / ".amlignore").write_text("notes\n")
    return folder


@pytest.fixture(scope="module")
def rows(ml, tmp_path_factory):
    folder = tmp_path_factory.mktemp("rows")
    (folder / "a.csv").write_text("x\n1\n")
    return ml.data.create_or_update(Data(name="job-rows", type=AssetTypes.URI_FOLDER, path=str(folder)))


def training(source, rows, **fields):
    return command(
        code=str(source),
        command="python train.py --rows ${{inputs.rows}} --one ${{inputs.one}} --lr ${{inputs.lr}}"
        " --model ${{outputs.model}} && echo done > ${{outputs.note}}",
        inputs={
            "rows": Input(type=AssetTypes.URI_FOLDER, path=rows.id),
            "one": Input(type=AssetTypes.URI_FILE, path=str(source / "train.py").replace("train.py", "one.txt")),
            "lr": 0.25,
        },
        outputs={"model": Output(type=AssetTypes.URI_FOLDER), "note": Output(type=AssetTypes.URI_FILE)},
        environment_variables={"WHO": "ada"},
        environment=CURATED,
        experiment_name="sdk",
        **fields,
    )


@pytest.fixture(scope="module")
def ended(ml, source, rows):
    """One job that was run to its end, and what following it printed."""
    import contextlib
    import io

    (source / "one.txt").write_text("first\n")
    job = ml.jobs.create_or_update(training(source, rows, display_name="first", tags={"a": "b"}))
    shown = io.StringIO()
    with contextlib.redirect_stdout(shown):
        ml.jobs.stream(job.name)
    return ml.jobs.get(job.name), shown.getvalue()


def wait_for(ml, name, *statuses):
    end = time.monotonic() + 60
    while ml.jobs.get(name).status not in (statuses or ENDS):
        assert time.monotonic() < end, ml.jobs.get(name).status
        time.sleep(0.1)
    return ml.jobs.get(name)


def test_a_command_job_runs_and_is_streamed_to_its_last_line(ended):
    job, shown = ended
    assert job.status == "Completed", shown
    assert "rows: ['a.csv'] one: first lr: 0.25 ada\n" in shown
    assert "the last line\n" in shown
    assert f"RunId: {job.name}" in shown
    assert "signed in: True ***\n" in shown
    assert "a link: False\n" in shown  # MLflow loads no model from one


def test_what_it_left_is_downloaded(ml, ended, tmp_path):
    job, _shown = ended
    ml.jobs.download(job.name, download_path=tmp_path / "logs")
    artifacts = tmp_path / "logs" / "artifacts"
    assert (artifacts / "outputs" / "kept.txt").read_text() == "kept"
    assert "the last line" in (artifacts / "user_logs" / "std_log.txt").read_text()
    ml.jobs.download(job.name, download_path=tmp_path / "one", output_name="model")
    assert "0.25" in (tmp_path / "one" / "named-outputs" / "model" / "model.json").read_text()
    ml.jobs.download(job.name, download_path=tmp_path / "all", all=True)
    assert (tmp_path / "all" / "named-outputs" / "model" / "model.json").exists()
    assert (tmp_path / "all" / "artifacts" / "outputs" / "kept.txt").exists()
    assert [path.read_text() for path in (tmp_path / "all" / "named-outputs" / "note").iterdir()] == ["done\n"]


def test_it_is_read_back_as_it_was_asked_for(ml, azml, ended):
    job, _shown = ended
    assert (job.display_name, job.experiment_name, job.tags) == ("first", "sdk", {"a": "b"})
    assert job.environment_variables == {"WHO": "ada"}
    assert job.inputs["lr"]._data == "0.25"
    assert job.inputs["rows"]._data.path.endswith("job-rows:1")
    places = {name: job.outputs[name].path.partition(f"{job.name}/")[::2] for name in ("model", "note")}
    assert places["model"] == ("azureml://datastores/workspaceblobstore/paths/azureml/", "model/")
    assert places["note"][1] == "note"
    assert job.services["Studio"].endpoint.startswith("https://ml.azure.com/")
    assert job.name in [each.name for each in ml.jobs.list()]
    ours = azml.jobs.get(job.name)
    assert isinstance(ours.spec, CommandSpec)
    assert (ours.status, ours.reason.code) == (JobStatus.COMPLETED, "CommandFinished")
    assert ours.inputs["rows"].path == "azureml:job-rows:1"
    assert [(metric.key, metric.count) for metric in ours.metrics if is_own_metric(metric.key)] == [("loss", 3)]


def test_the_same_code_is_not_uploaded_twice_and_what_is_ignored_stays(ml, azml, ended, source, rows):
    job, _shown = ended
    again = ml.jobs.create_or_update(training(source, rows, name="again_1"))
    assert again.code == job.code
    assert [file.path for file in azml.jobs.snapshot(again.name).items] == [".amlignore", "one.txt", "train.py"]
    ml.jobs.begin_cancel(again.name).wait()
    assert ml.jobs.get(again.name).status in ENDS


def test_it_is_renamed_tagged_archived_and_restored(ml, ended):
    job, _shown = ended
    changed = ml.jobs.update(job.name, display_name="renamed", tags={"c": "d"})
    assert (changed.display_name, changed.tags) == ("renamed", {"a": "b", "c": "d"})
    fetched = ml.jobs.get(job.name)
    fetched.description = "of the first lesson"
    assert ml.jobs.create_or_update(fetched).description == "of the first lesson"
    ml.jobs.archive(job.name)
    assert job.name not in [each.name for each in ml.jobs.list()]
    assert job.name in [each.name for each in ml.jobs.list(list_view_type=ListViewType.ARCHIVED_ONLY)]
    ml.jobs.restore(job.name)
    assert job.name in [each.name for each in ml.jobs.list()]
    assert list(ml.jobs.list(parent_job_name=job.name)) == []


def test_a_job_that_fails_says_why_and_a_canceled_one_ends(ml, capsys):
    job = ml.jobs.create_or_update(command(command="echo before; exit 3", environment=CURATED))
    wait_for(ml, job.name)
    with pytest.raises(JobException, match="exit code 3"):
        ml.jobs.stream(job.name)
    assert "before\n" in capsys.readouterr().out  # though it had ended when it was followed
    lab = {"lab": JupyterLabJobService()}
    slow = ml.jobs.create_or_update(command(command="sleep 600", environment=CURATED, name="slow_one", services=lab))
    wait_for(ml, slow.name, "Running")
    assert ml.jobs.show_services(slow.name)["lab"].status == "NotSupported"
    with pytest.raises(JobException, match="Download is allowed only"):
        ml.jobs.download(slow.name)
    ml.jobs.begin_cancel(slow.name).wait()
    assert ml.jobs.get(slow.name).status == "Canceled"


@pytest.mark.parametrize(
    ("fields", "said"),
    [
        ({"compute": "nowhere"}, "nowhere"),
        ({"environment": "azureml:nowhere:1"}, "nowhere"),
        ({"inputs": {"x": Input(type="uri_folder", path="azureml:nowhere:1")}}, "nowhere"),
        ({"command": "echo ${{inputs.x}}"}, "Inputs to job does not contain"),
    ],
)
def test_what_a_job_names_has_to_be_there(ml, fields, said):
    asked = {"command": "echo ${{inputs.x}}" if "inputs" in fields else "echo", "environment": CURATED, **fields}
    with pytest.raises(Exception, match=re.escape(said)):
        ml.jobs.create_or_update(command(**asked))


def test_what_comes_later_is_refused_in_the_services_shape(ml, source, rows):
    from azure.ai.ml.dsl import pipeline
    from azure.ai.ml.sweep import Choice

    sweep = training(source, rows)(lr=Choice([0.1, 0.2])).sweep(
        primary_metric="loss", goal="Minimize", sampling_algorithm="random", compute="serverless"
    )
    sweep.set_limits(max_total_trials=2)
    with pytest.raises(HttpResponseError, match="Sweep") as refused:
        ml.jobs.create_or_update(sweep)
    assert refused.value.error.code == "UserError"
    step = command(command="echo", environment=CURATED)

    @pipeline(default_compute="serverless")
    def two():
        step()

    with pytest.raises(HttpResponseError, match="pipelines yet"):
        ml.jobs.create_or_update(two(), experiment_name="sdk")
    with pytest.raises(ResourceNotFoundError, match="nobody"):
        ml.jobs.get("nobody")


def test_what_only_a_cluster_could_honour_is_kept_and_read_back(ml, azml):
    asked = command(
        command="sleep 1",
        environment=CURATED,
        distribution=MpiDistribution(process_count_per_instance=2),
        identity=UserIdentityConfiguration(),
        instance_count=1,
        shm_size="3g",
        docker_args="--ipc=host",
        timeout=120,
    )
    asked.set_queue_settings(job_tier="spot", priority="high")
    made = ml.jobs.create_or_update(asked)
    found = ml.jobs.get(made.name)
    assert (found.limits.timeout, found.resources.shm_size, found.resources.docker_args) == (120, "3g", "--ipc=host")
    assert found.distribution.process_count_per_instance == 2
    assert type(found.identity).__name__ == "UserIdentityConfiguration"
    assert (found.queue_settings.job_tier, found.queue_settings.priority) == ("spot", "high")
    spec = azml.jobs.get(made.name).spec
    assert (spec.timeout, spec.priority, spec.identity, spec.distribution.type) == (
        120,
        "high",
        {"type": "user_identity"},
        "mpi",
    )
    ml.jobs.begin_cancel(made.name).wait()
