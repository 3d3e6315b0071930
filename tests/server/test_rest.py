"""The REST API of a real server."""

import json
import urllib.parse

import pytest
from tornado.httpclient import HTTPClientError

from jupyter_azml.actions.follow_job import JobStream
from jupyter_azml.entities import Compute, ComputeType, Environment, JobStatus
from jupyter_azml.local.records import insert_job
from tests.conftest import notebook_writer
from tests.fakes.workspace import make_job


@pytest.fixture
def write_notebook(jp_root_dir):
    return notebook_writer(jp_root_dir)


@pytest.fixture
def api(jp_fetch):
    async def call(*path, **kwargs):
        response = await jp_fetch("azml", "api", *path, **kwargs)
        return json.loads(response.body)

    return call


async def refused(call, *path, **kwargs):
    with pytest.raises(HTTPClientError) as caught:
        await call(*path, **kwargs)
    return caught.value.code, json.loads(caught.value.response.body)


async def run(api, path, **fields):
    return await api("jobs", method="POST", body=json.dumps({"path": path, **fields}))


async def test_the_workspace_says_what_it_is(api, azml_home):
    found = await api("workspace")
    assert (found["name"], found["kind"]) == ("local", "local")
    assert found["location"].startswith(str(azml_home))


@pytest.mark.warm
async def test_a_notebook_of_the_server_runs_as_a_job_and_opens_from_the_read_only_drive(
    api, write_notebook, workspace
):
    write_notebook("# parameters\nn = 1", "print(n)", name="deep/train.ipynb")
    job = await run(api, "deep/train.ipynb", parameters={"n": 5}, experiment="digits")
    JobStream(workspace, job["name"]).wait()
    ended = await api("jobs", job["name"])
    assert (ended["status"], ended["experiment"], ended["parameters"]) == ("Completed", "digits", {"n": 5})
    opened = await api(
        "contents", job["name"], *ended["outputs"]["notebook"]["path"].split("/"), params={"content": "1"}
    )
    assert (opened["type"], opened["writable"]) == ("notebook", False)
    assert opened["content"]["cells"][2]["outputs"][0]["text"] == "5\n"
    folder = await api("contents", job["name"])
    assert {entry["name"] for entry in folder["content"]} >= {"outputs", "logs"}
    assert (await api("jobs", job["name"], "files", params={"path": "outputs"}))["items"][0]["path"] == (
        "outputs/train.ipynb"
    )


async def test_lists_come_in_pages(api, write_notebook):
    write_notebook("1")
    names = [(await run(api, "train.ipynb"))["name"] for _ in range(3)]
    first = await api("jobs", params={"limit": "2"})
    rest = await api("jobs", params={"limit": "2", "continuation": first["continuation"]})
    assert [job["name"] for job in first["items"] + rest["items"]] == names[::-1]
    assert rest["continuation"] is None


@pytest.mark.warm
async def test_canceling_is_asked_for_at_once(api, write_notebook, workspace):
    write_notebook("import time\nwhile True: time.sleep(0.1)")
    job = await run(api, "train.ipynb")
    await api("jobs", job["name"], "cancel", method="POST", body="")
    assert JobStream(workspace, job["name"]).wait().status == "Canceled"


@pytest.mark.parametrize(
    ("body", "status", "code"),
    [
        ({"path": "missing.ipynb"}, 404, "NotebookMissing"),
        ({"path": "../../etc/passwd"}, 404, "NotebookMissing"),
        ({"path": "train.ipynb", "parameters": {"m": 1}}, 400, "ParameterUnknown"),
        ({"path": "train.ipynb", "compute": "gpu"}, 404, "ComputeNotFound"),
        ({"path": "train.ipynb", "computer": "gpu"}, 400, "UsageError"),
        ({"path": "no_kernel.ipynb"}, 400, "KernelspecMissing"),
        ({}, 400, "UsageError"),
    ],
)
async def test_what_cannot_run_is_refused_in_one_shape(api, write_notebook, body, status, code):
    write_notebook("# parameters\nn = 1")
    write_notebook("1", name="no_kernel.ipynb", kernel=None)
    found, error = await refused(api, "jobs", method="POST", body=json.dumps(body))
    assert (found, error["code"]) == (status, code)
    assert set(error) == {"code", "message", "hint"}


@pytest.mark.parametrize(
    ("path", "params", "status"),
    [
        (("jobs", "nobody"), {}, 404),
        (("jobs", "nobody", "files"), {}, 404),
        (("contents", "nobody", "x"), {}, 404),
        (("jobs",), {"limit": "many"}, 400),
        (("jobs",), {"status": "Sleeping"}, 400),
    ],
)
async def test_what_does_not_exist_is_refused_in_the_same_shape(api, path, params, status):
    found, error = await refused(api, *path, params=params)
    assert found == status
    assert set(error) == {"code", "message", "hint"}


async def test_errors_speak_the_language_of_the_page(api):
    _status, english = await refused(api, "jobs", "nobody")
    _status, french = await refused(api, "jobs", "nobody", headers={"Accept-Language": "fr-FR,fr;q=0.9"})
    assert english["message"] == "There is no job named nobody."
    assert french["message"] == "Il n’y a pas de job nommé nobody."


async def test_reasons_speak_the_language_of_the_page(api, workspace):
    workspace.computes.create_or_update(Compute(name="cpu", type=ComputeType.AMLCOMPUTE))
    told = [
        (await api("computes", "cpu", headers={"Accept-Language": language}))["notes"][0]["message"]
        for language in ("en", "fr-FR")
    ]
    assert told[0].startswith("The limits, queue and states are real")
    assert "réels" in told[1]


async def test_the_drive_takes_no_change(api, write_notebook):
    write_notebook("1")
    job = await run(api, "train.ipynb")
    status, error = await refused(api, "contents", job["name"], "outputs", "x.txt", method="PUT", body="{}")
    assert (status, error["code"]) == (501, "NotSupported")


async def test_nobody_gets_in_without_the_token(jp_fetch):
    for path in (("jobs",), ("workspace",), ("contents",), ("ws",)):
        with pytest.raises(HTTPClientError) as caught:
            await jp_fetch("azml", "api", *path, headers={"Authorization": "token wrong"})
        assert caught.value.code == 403


@pytest.mark.warm
async def test_names_with_spaces_and_accents_go_the_whole_way(api, write_notebook, workspace):
    write_notebook("print('été')", name="mes données/modèle 1 (été).ipynb")
    job = await run(api, "mes données/modèle 1 (été).ipynb")
    ended = JobStream(workspace, job["name"]).wait()
    assert (ended.status, ended.experiment) == ("Completed", "mes données")
    path = ended.outputs["notebook"].path
    opened = await api("contents", job["name"], *path.split("/"))
    assert (opened["path"], opened["name"]) == (f"{job['name']}/{path}", "modèle 1 (été).ipynb")


@pytest.mark.parametrize("language", ["*", "../../fr", "fr;q=x", "", "zz-ZZ"])
async def test_a_strange_language_is_no_error(api, language):
    _status, error = await refused(api, "jobs", "nobody", headers={"Accept-Language": language})
    assert error["message"].startswith("Il n" if language.startswith("fr") else "There is no job")


@pytest.fixture
def jobs(workspace):
    made = [
        make_job("first", JobStatus.COMPLETED, tags={"team": "blue"}),
        make_job("second", JobStatus.FAILED, experiment="digits"),
        make_job("third", JobStatus.RUNNING),
    ]
    with workspace.jobs._db.write() as connection:
        for job in made:
            insert_job(connection, job)
    return workspace.jobs


@pytest.mark.parametrize(
    ("asked", "found"),
    [
        ("", ["third", "second", "first"]),
        ("status=Completed&status=failed", ["second", "first"]),
        ("experiment=digits", ["second"]),
        ("tag=team%3Dblue", ["first"]),
        ("text=THI", ["third"]),
        ("sort=name", ["first", "second", "third"]),
        ("created_after=2026-11-21", []),
        ("archived=archived", []),
    ],
)
async def test_lists_take_filters(api, jobs, asked, found):
    page = await api("jobs", params=urllib.parse.parse_qsl(asked))
    assert [job["name"] for job in page["items"]] == found


async def test_a_filter_that_is_none_is_named(api, jobs):
    code, error = await refused(api, "jobs", params={"status": "Fialed"})
    assert (code, error["code"]) == (400, "UsageError")
    assert "Fialed" in error["message"]


async def test_jobs_are_archived_restored_and_removed(api, jp_fetch, jobs):
    assert (await api("jobs", "first", "archive", method="POST", body=""))["archived"]
    assert [job["name"] for job in (await api("jobs"))["items"]] == ["third", "second"]
    assert not (await api("jobs", "first", "restore", method="POST", body=""))["archived"]
    assert (await jp_fetch("azml", "api", "jobs", "first", method="DELETE")).code == 204
    assert (await refused(api, "jobs", "first"))[1]["code"] == "JobNotFound"
    assert (await refused(api, "jobs", "third", method="DELETE"))[0] == 409


async def test_what_travelled_is_listed(api, write_notebook, workspace):
    write_notebook("1")
    job = await run(api, "train.ipynb")
    found = await api("jobs", job["name"], "snapshot")
    assert [file["path"] for file in found["items"]] == ["train.ipynb"]


async def test_the_courses_of_a_jobs_metrics_are_told_between_bounds(api, workspace):
    with workspace.jobs._db.write() as connection:
        insert_job(connection, make_job("long", JobStatus.COMPLETED))
        insert_job(connection, make_job("other", JobStatus.COMPLETED))
    folder = workspace.jobs._paths.job("long")
    folder.folder.mkdir(parents=True)
    points = [{"key": "a/b", "value": float("inf") if n == 5 else n, "step": n, "timestamp": n} for n in range(2000)]
    folder.metrics.write_text("".join(json.dumps(point) + "\n" for point in points))
    (course,) = (await api("jobs", "long", "series", params={"key": "a/b", "most": "100"}))["items"]
    assert (course["count"], course["is_reduced"], course["is_complete"]) == (2000, True, True)
    asked = {"axis": "time", "start": "4", "end": "6"}
    (course,) = (await api("jobs", "long", "series", params=asked))["items"]
    assert (course["x"], course["values"]) == ([4, 5, 6], [4, "Infinity", 6])
    assert (await api("jobs", "other", "series"))["items"] == []
    for wrong in ({"axis": "epoch"}, {"most": "3"}, {"most": "x"}, {"start": "nan"}, {"end": "late"}):
        assert (await refused(api, "jobs", "long", "series", params=wrong))[1]["code"] == "UsageError"
    assert (await refused(api, "jobs", "nobody", "series"))[1]["code"] == "JobNotFound"
    compared = await api("compare", params=[("job", "long"), ("job", "other")])
    assert compared["jobs"] == ["long", "other"]
    assert (await refused(api, "compare", params={"job": "long"}))[1]["code"] == "UsageError"
    assert (await refused(api, "best", params={"experiment": "churn", "metric": "x"}))[0] == 404
    assert (await refused(api, "best", params={"experiment": "churn"}))[1]["code"] == "UsageError"


async def test_environments_are_told_by_name_and_version_and_a_job_names_one(api, workspace, write_notebook):
    write_notebook("print(1)", name="train.ipynb")
    for packages in (("packaging",), ("packaging", "pyyaml")):
        workspace.environments.create_or_update(Environment(name="tools", packages=packages))
    assert [each["version"] for each in (await api("environments"))["items"]] == ["2"]
    assert len((await api("environments", params={"name": "tools"}))["items"]) == 2
    assert (await api("environments", "tools", params={"version": "1"}))["packages"] == ["packaging"]
    assert (await api("environments", params={"curated": "1"}))["items"][0]["is_curated"]
    assert (await refused(api, "environments", "nobody"))[1]["code"] == "EnvironmentNotFound"
    job = await run(api, "train.ipynb", environment="tools:1")
    assert (job["environment"]["name"], job["environment"]["version"]) == ("tools", "1")
    workspace.jobs.cancel(job["name"])
    JobStream(workspace, job["name"]).wait()
