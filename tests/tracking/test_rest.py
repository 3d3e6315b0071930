"""MLflow's REST API over a workspace, as MLflow's own client speaks it to its own server."""

import json
import time

import pytest

from jupyter_azml.entities import InteractiveSpec, JobQuery, JobStatus
from jupyter_azml.local import LocalWorkspace
from tests.processes import end_processes_below


@pytest.fixture(scope="module")
def workspace(tmp_path_factory):
    folder = tmp_path_factory.mktemp("rest") / "w"
    yield LocalWorkspace(folder)
    end_processes_below(folder)


@pytest.fixture(scope="module")
def tracking(workspace):
    return workspace.tracking


@pytest.fixture(scope="module")
def run(tracking):
    experiment = tracking.call("POST", "experiments/create", {"name": "digits"}).body["experiment_id"]
    fields = {"experiment_id": experiment, "start_time": "1700000000000", "tags": [{"key": "team", "value": "blue"}]}
    return tracking.call("POST", "runs/create", fields).body["run"]["info"]


def state_of(workspace, name, *wanted):
    """The job, once its status is one of these."""
    deadline = time.monotonic() + 60
    while (job := workspace.jobs.get(name)).status not in wanted:
        assert time.monotonic() < deadline, job.status
        time.sleep(0.05)
    return job


def test_a_run_that_somebody_begins_over_the_network_is_a_job_until_its_end_is_said(workspace, tracking):
    def begin(name, **tags):
        said = [{"key": key, "value": value} for key, value in tags.items()]
        answer = tracking.call("POST", "runs/create", {"experiment_id": "0", "run_name": name, "tags": said})
        return answer.body["run"]["info"]["run_id"]

    lasting, ending = begin("lasting", team="blue"), begin("ending")
    inside = begin("inside", **{"mlflow.parentRunId": lasting})
    tracking.call("POST", "runs/log-parameter", {"run_id": ending, "key": "lr", "value": "0.1"})
    job = state_of(workspace, lasting, JobStatus.RUNNING)
    assert (type(job.spec), job.display_name, job.tags) == (InteractiveSpec, "lasting", {"team": "blue"})
    assert inside not in [each.name for each in workspace.jobs.list().items]
    tracking.call("POST", "runs/set-tag", {"run_id": ending, "key": "stage", "value": "final"})
    said = {"run_id": ending, "status": "FINISHED", "end_time": 1800000000000, "run_name": "ended"}
    tracking.call("POST", "runs/update", said)
    job = state_of(workspace, ending, JobStatus.COMPLETED)
    assert (job.parameters, job.tags, job.display_name) == ({"lr": "0.1"}, {"stage": "final"}, "ended")
    assert [each.name for each in workspace.jobs.list(JobQuery(tags={"stage": "final"})).items] == [ending]
    # No process is known that could be interrupted: it is ended by the word alone.
    workspace.jobs.cancel(lasting)
    assert state_of(workspace, lasting, JobStatus.CANCELED).reason.code == "CanceledByUser"
    assert tracking.call("GET", "runs/get", {"run_id": lasting}).body["run"]["info"]["status"] == "KILLED"


def test_the_words_of_mlflow_1_list_experiments(tracking, run):
    for route in ("experiments/list", "experiments/search"):
        found = tracking.call("GET", route, {"max_results": "5"}).body["experiments"]
        assert "digits" in [experiment["name"] for experiment in found]


def test_what_is_logged_is_found_again(tracking, run):
    points = [{"key": "loss", "value": 1 / (n + 1), "timestamp": 1000 + n, "step": n} for n in range(3)]
    batch = {"run_id": run["run_id"], "metrics": points, "params": [{"key": "lr", "value": "0.1"}], "tags": []}
    assert tracking.call("POST", "runs/log-batch", batch) == (200, {})
    point = {"run_id": run["run_id"], "key": "odd", "value": "NaN", "timestamp": "1", "step": "0"}
    assert tracking.call("POST", "runs/log-metric", point).is_ok
    found = tracking.call("GET", "runs/get", {"run_id": run["run_id"]}).body["run"]
    assert found["data"]["params"] == [{"key": "lr", "value": "0.1"}]
    assert {tag["key"]: tag["value"] for tag in found["data"]["tags"]}["team"] == "blue"
    history = tracking.call("GET", "metrics/get-history", {"run_id": run["run_id"], "metric_key": "loss"}).body
    assert [(each["step"], each["value"]) for each in history["metrics"]] == [(0, 1.0), (1, 0.5), (2, 1 / 3)]
    asked = {"experiment_ids": [run["experiment_id"]], "filter": "metrics.loss < 0.5", "max_results": 10}
    assert [each["info"]["run_id"] for each in tracking.call("POST", "runs/search", asked).body["runs"]] == [
        run["run_id"]
    ]
    ended = {"run_id": run["run_id"], "status": "FINISHED", "end_time": 1700000001000}
    assert tracking.call("POST", "runs/update", ended).body["run_info"]["status"] == "FINISHED"
    json.dumps(found)


def test_pages_follow_each_other(tracking, run):
    point = {"run_id": run["run_id"], "key": "long", "timestamp": 1}
    for start in range(0, 3000, 1000):
        points = [{**point, "value": n, "step": n} for n in range(start, start + 1000)]
        assert tracking.call("POST", "runs/log-batch", {"run_id": run["run_id"], "metrics": points}).is_ok
    seen, token = [], ""
    while True:
        asked = {"run_id": run["run_id"], "metric_key": "long", "max_results": "700", "page_token": token}
        page = tracking.call("GET", "metrics/get-history", asked).body
        seen += [each["step"] for each in page["metrics"]]
        if not (token := page.get("next_page_token", "")):
            break
    assert seen == list(range(3000))


def test_models_are_registered_and_named_by_aliases(tracking, tmp_path):
    assert tracking.call("POST", "registered-models/create", {"name": "churn"}).is_ok
    assert tracking.call("POST", "registered-models/create", {"name": "churn"}).body["error_code"] == (
        "RESOURCE_ALREADY_EXISTS"
    )
    (tmp_path / "model").mkdir()
    (tmp_path / "model" / "model.txt").write_text("x")
    made = tracking.call("POST", "model-versions/create", {"name": "churn", "source": str(tmp_path / "model")})
    assert made.body["model_version"]["version"] == "1"
    alias = {"name": "churn", "alias": "champion", "version": "1"}
    assert tracking.call("POST", "registered-models/alias", alias).is_ok
    found = tracking.call("GET", "registered-models/alias", {"name": "churn", "alias": "champion"})
    assert found.body["model_version"]["version"] == "1"
    assert [
        each["name"] for each in tracking.call("GET", "registered-models/search", {}).body["registered_models"]
    ] == ["churn"]


@pytest.mark.parametrize(
    ("method", "route", "fields", "status", "code"),
    [
        ("GET", "runs/get", {"run_id": "nobody"}, 404, "RESOURCE_DOES_NOT_EXIST"),
        ("GET", "experiments/get-by-name", {"experiment_name": "none"}, 404, "RESOURCE_DOES_NOT_EXIST"),
        ("POST", "runs/log-metric", {"run_id": "nobody", "key": "a", "value": "x"}, 400, "INVALID_PARAMETER_VALUE"),
        ("POST", "runs/search", {"experiment_ids": ["0"], "filter": "nonsense ("}, 400, "INVALID_PARAMETER_VALUE"),
        ("POST", "runs/search", {"experiment_ids": {"a": 1}}, 400, "INVALID_PARAMETER_VALUE"),
        ("POST", "logged-models", {"experiment_id": "0"}, 404, "ENDPOINT_NOT_FOUND"),
        ("POST", "traces", {}, 404, "ENDPOINT_NOT_FOUND"),
        ("DELETE", "runs/get", {}, 404, "ENDPOINT_NOT_FOUND"),
    ],
)
def test_refusals_are_mlflows_and_what_azure_lacks_is_not_there(tracking, method, route, fields, status, code):
    answer = tracking.call(method, route, fields)
    assert (answer.status, answer.body["error_code"]) == (status, code)


def test_the_files_of_a_run_that_is_no_job_are_its_artifacts(tracking, run, tmp_path):
    (tmp_path / "a.txt").write_text("x")
    files = tracking.files(run["run_id"])
    files.upload(tmp_path / "a.txt", "sub/a.txt")
    assert [file.path for file in files.browse("sub").items] == ["sub/a.txt"]
    assert files.open("sub/a.txt").read() == b"x"
    with pytest.raises(FileNotFoundError):
        files.open("../../mlflow.db")
