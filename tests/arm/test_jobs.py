"""A job keeps its meaning on the way to Azure ML's JSON and back, and anybody's job can be read."""

import json
from datetime import UTC, datetime

from hypothesis import given, settings
from hypothesis import strategies as st

from jupyter_azml.arm import WorkspaceId, job_from_arm, job_to_arm, without_secrets
from jupyter_azml.entities import (
    Captured,
    CellSpec,
    CommandSpec,
    DataInput,
    DataOutput,
    Job,
    JobStatus,
    JobType,
    MetricSummary,
    NotebookSpec,
    Output,
    Progress,
    Reason,
)

from ..fakes.workspace import make_job

WORKSPACE = WorkspaceId("11111111-2222-3333-4444-555555555555", "rg1", "ws1")

NAMES = st.text("abcdefghijklmnopqrstuvwxyz0123456789_-", min_size=1, max_size=12)
NUMBERS = st.floats(allow_nan=False, allow_infinity=False)
VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | NUMBERS | st.text(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(NAMES, inner, max_size=3),
    max_leaves=5,
)
PARAMETERS = st.dictionaries(NAMES, VALUES, max_size=4)
TEXTS = st.dictionaries(st.text(max_size=8), st.text(max_size=8), max_size=3)
TIMES = st.datetimes(timezones=st.just(UTC))
SPECS = st.builds(
    NotebookSpec,
    notebook=st.text(min_size=1),
    code=st.text(),
    parameters=PARAMETERS,
    environment_variables=TEXTS,
    tags=TEXTS,
)
JOBS = st.builds(
    Job,
    name=NAMES,
    display_name=st.text(min_size=1),
    experiment=st.text(min_size=1),
    type=st.just(JobType.NOTEBOOK),
    spec=SPECS,
    status=st.sampled_from(JobStatus),
    reason=st.none() | st.builds(Reason, code=NAMES, values=PARAMETERS),
    created=TIMES,
    started=st.none() | TIMES,
    ended=st.none() | TIMES,
    compute=NAMES,
    parameters=PARAMETERS,
    outputs=st.dictionaries(
        NAMES, st.builds(Output, type=st.sampled_from(["uri_file", "uri_folder"]), path=st.text(), uri=st.text())
    ),
    tags=TEXTS,
    parent=st.none() | NAMES,
    snapshot=st.none() | NAMES,
    git=TEXTS,
    owner=st.text(),
    progress=st.none() | st.builds(Progress, cell=st.integers(0), cells=st.integers(0)),
    metrics=st.lists(
        st.builds(
            MetricSummary, key=NAMES, last=NUMBERS, min=NUMBERS, max=NUMBERS, count=st.integers(), step=st.integers()
        )
    ).map(tuple),
)


@given(JOBS)
@settings(max_examples=150, deadline=None)
def test_a_job_comes_back_as_it_went_but_for_its_secrets(job):
    public = job.model_copy(
        update={
            "spec": without_secrets(job.spec),
            "parameters": without_secrets(job.spec.model_copy(update={"parameters": job.parameters})).parameters,
        }
    )

    wire = json.dumps(job_to_arm(job, WORKSPACE), allow_nan=False)

    assert job_from_arm(json.loads(wire)) == public


def test_a_notebook_job_is_a_command_job_that_runs_papermill():
    properties = job_to_arm(make_job("j1", JobStatus.COMPLETED), WORKSPACE)["properties"]

    assert properties["jobType"] == "Command"
    assert properties["command"] == "papermill train.ipynb outputs/train.ipynb -p lr 0.1 -k python3"
    assert properties["computeId"].endswith("/workspaces/ws1/computes/local")
    assert properties["status"] == "Completed"


def test_secrets_are_nowhere_in_what_is_sent():
    spec = NotebookSpec(
        notebook="n.ipynb",
        code="/c",
        parameters={"api_key": "hunter2", "max_tokens": 4000},
        environment_variables={"HF_TOKEN": "hunter2"},
    )

    wire = json.dumps(job_to_arm(make_job("j1", spec=spec, parameters=spec.parameters), WORKSPACE))

    assert "hunter2" not in wire
    assert "4000" in wire


def test_metrics_without_a_finite_value_can_be_sent_and_read():
    metric = MetricSummary(key="loss", last=float("inf"), min=0.5, max=float("inf"), count=2, step=1)

    wire = json.dumps(job_to_arm(make_job("j1", metrics=(metric,)), WORKSPACE), allow_nan=False)

    assert job_from_arm(json.loads(wire)).metrics == (metric,)


def test_a_pipeline_that_somebody_else_made_reads_as_a_job():
    job = job_from_arm(
        {
            "id": f"{WORKSPACE}/jobs/frosty_garage",
            "name": "frosty_garage",
            "properties": {
                "jobType": "Pipeline",
                "displayName": None,
                "experimentName": "pexp",
                "status": "Finalizing",
                "tags": {"team": None},
                "properties": {"StartTimeUtc": "2026-11-20 21:41:17", "EndTimeUtc": "2026-11-20T21:42:17.0000000Z"},
                "inputs": {"lr": {"jobInputType": "literal", "value": "0.2"}, "d": {"jobInputType": "uri_folder"}},
                "outputs": {"model": {"jobOutputType": "mlflow_model"}},
            },
            "systemData": {"createdAt": "2026-11-20T21:41:00.018180Z", "createdBy": "Ada"},
        }
    )

    assert (job.type, job.status, job.display_name) == (JobType.PIPELINE, JobStatus.FINALIZING, "frosty_garage")
    assert job.started == datetime(2026, 11, 20, 21, 41, 17, tzinfo=UTC)
    assert job.ended == datetime(2026, 11, 20, 21, 42, 17, tzinfo=UTC)
    assert (job.compute, job.owner, job.tags) == ("serverless", "Ada", {"team": ""})
    assert job.parameters == {"lr": "0.2"}
    assert job.spec.command == ""


def test_properties_that_another_version_of_us_wrote_do_not_stop_a_list():
    resource = job_to_arm(make_job("j1"), WORKSPACE)
    resource["properties"]["properties"]["azml.spec"] = '{"type": "notebook", "hologram": true}'

    job = job_from_arm(resource)

    assert (job.name, job.type) == ("j1", JobType.COMMAND)


def test_a_state_that_we_do_not_know_is_not_an_end():
    job = job_from_arm({"name": "j1", "properties": {"status": "Unknown"}})

    assert not job.status.is_terminal


def test_an_almost_empty_answer_is_still_a_job():
    assert job_from_arm({"id": f"{WORKSPACE}/jobs/j9", "properties": None}).name == "j9"


def test_a_command_job_of_ours_comes_back_as_it_went():
    spec = CommandSpec(
        command="python train.py --lr ${{inputs.lr}} ${{inputs.data}}",
        inputs={"lr": 0.1, "api_key": "hunter2", "data": DataInput(path="azureml:d:1", mode="download")},
        outputs={"model": DataOutput(name="m")},
        environment_variables={"HF_TOKEN": "hunter2", "A": "b"},
    )
    job = make_job(
        "j1",
        type=JobType.COMMAND,
        spec=spec,
        inputs=spec.data_inputs,
        parameters=spec.literal_inputs,
        description="d",
        archived=True,
        attempt=2,
        notes=(Reason.of("RecordedOnly", key="services"),),
    )

    resource = json.loads(json.dumps(job_to_arm(job, WORKSPACE)))

    assert "hunter2" not in json.dumps(resource)
    assert resource["properties"]["command"] == spec.command
    assert resource["properties"]["inputs"]["data"] == {
        "jobInputType": "uri_folder",
        "uri": f"{WORKSPACE}/data/d/versions/1",
        "mode": "Download",
    }
    hidden = job.parameters | {"api_key": "***"}
    assert job_from_arm(resource) == job.model_copy(update={"spec": without_secrets(spec), "parameters": hidden})


def test_a_command_job_that_somebody_else_made_says_its_command():
    job = job_from_arm(
        {
            "name": "j1",
            "properties": {
                "jobType": "Command",
                "command": "python x.py",
                "isArchived": True,
                "description": "d",
                "environmentVariables": {"A": None},
                "inputs": {"d": {"jobInputType": "mltable", "uri": "azureml:t:1", "mode": "Odd"}, "n": None},
            },
        }
    )

    assert job.spec.command == "python x.py"
    assert (job.archived, job.description) == (True, "d")
    assert job.inputs["d"] == DataInput(type="mltable", path="azureml:t:1")


def test_a_cell_job_shows_its_source_as_its_command_and_comes_back_as_it_went():
    captured = (Captured(name="k", kind="value", type="int", size=5),)
    spec = CellSpec(source="%time f(k)", captured=captured, payload="payload.pickle", returns=("y",), python="3.12.1")
    job = make_job("kind_bridge", type=JobType.CELL, spec=spec, parameters={}, owner="ada")
    sent = job_to_arm(job, WORKSPACE)
    assert (sent["properties"]["jobType"], sent["properties"]["command"]) == ("Command", "%time f(k)")
    assert job_from_arm(json.loads(json.dumps(sent))) == job
