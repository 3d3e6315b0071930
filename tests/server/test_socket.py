"""The live socket of a real server."""

import json

import pytest

from jupyter_azml.actions.follow_job import JobStream
from jupyter_azml.actions.run_notebook import run_notebook
from jupyter_azml.entities import JobStatus, Reason
from jupyter_azml.local.records import insert_job
from jupyter_azml.server.socket import _gone
from tests.fakes.workspace import make_job

LOGS = """
import mlflow
for step in range(5):
    mlflow.log_metric("loss", step, step=step)
    print(step)
for value in ("nan", "inf", "-inf"): mlflow.log_metric("odd", float(value))
"""


@pytest.fixture
def connect(jp_ws_fetch):
    async def open_socket():
        return await jp_ws_fetch("azml", "api", "ws")

    return open_socket


async def send(socket, **message):
    await socket.write_message(json.dumps(message))


async def read(socket):
    return json.loads(await socket.read_message())


async def read_to_the_end(socket, wanted=lambda events: False):
    """Events, and the last cursor; stops at the end of the job or earlier."""
    events, cursor = [], ""
    while True:
        message = await read(socket)
        assert message["op"] == "events", message
        events += message["events"]
        cursor = message["cursor"]
        if wanted(events) or events[-1].get("status") in ("Completed", "Failed", "Canceled"):
            return events, cursor


@pytest.mark.warm
async def test_a_page_follows_a_job_live(connect, workspace, write_notebook):
    job = run_notebook(workspace, write_notebook(LOGS))
    socket = await connect()
    await send(socket, op="subscribe", jobs={job.name: ""})
    events, _cursor = await read_to_the_end(socket)
    assert (
        "".join(e["text"] for e in events if e["event"] == "LogLines" and e["stream"] == "stdout") == "0\n1\n2\n3\n4\n"
    )
    points = [p for e in events if e["event"] == "MetricPoints" for p in e["points"]]
    assert [p["value"] for p in points if p["key"] == "loss"] == [0, 1, 2, 3, 4]
    assert events[-1]["status"] == "Completed"
    # What is not a number arrives as JSON that a browser reads.
    await send(again := await connect(), op="subscribe", jobs={job.name: ""})
    text = await again.read_message()
    events = json.loads(text, parse_constant=lambda word: pytest.fail(f"{word} is not JSON"))["events"]
    (points,) = [event["points"] for event in events if event["event"] == "MetricPoints"]
    assert [point["value"] for point in points if point["key"] == "odd"] == ["NaN", "Infinity", "-Infinity"]


@pytest.mark.warm
async def test_a_page_that_lost_its_socket_goes_on_from_its_cursor(connect, workspace, write_notebook):
    job = run_notebook(workspace, write_notebook(*(f"print({n})" for n in range(20))))
    first = await connect()
    await send(first, op="subscribe", jobs={job.name: ""})
    before, cursor = await read_to_the_end(first, lambda events: any(e["event"] == "CellChanged" for e in events))
    first.close()
    JobStream(workspace, job.name).wait()
    second = await connect()
    await send(second, op="subscribe", jobs={job.name: cursor})
    after = [] if before[-1].get("status") == "Completed" else (await read_to_the_end(second))[0]
    told = [(e["cell"], e["state"]) for e in before + after if e["event"] == "CellChanged"]
    assert told == [(n, state) for n in range(1, 21) for state in ("running", "completed")]


@pytest.mark.warm
async def test_the_list_is_told_once_and_then_only_what_changed(connect, workspace, write_notebook):
    notebook = write_notebook("1")
    old = JobStream(workspace, run_notebook(workspace, notebook).name).wait()
    socket = await connect()
    await send(socket, op="list", on=True)
    assert [job["name"] for job in (await read(socket))["jobs"]] == [old.name]
    new = run_notebook(workspace, notebook)
    told = (await read(socket))["jobs"]
    assert [job["name"] for job in told] == [new.name]


@pytest.mark.parametrize("message", ["not json", "{}", '{"op": "dance"}', '{"op": "subscribe"}', "[1]"])
async def test_nonsense_is_answered_and_the_socket_lives_on(connect, workspace, write_notebook, message):
    socket = await connect()
    await socket.write_message(message)
    told = await read(socket)
    assert (told["op"], told["error"]["code"]) == ("error", "UsageError")
    await send(socket, op="subscribe", jobs={"nobody": ""})
    assert (await read(socket))["error"]["code"] == "JobNotFound"


async def test_a_bug_closes_the_socket_so_that_the_page_connects_again(connect, jp_serverapp, monkeypatch):
    class Broken:
        def workspace(self):
            raise RuntimeError("a bug")

    socket = await connect()
    monkeypatch.setitem(jp_serverapp.web_app.settings, "azml_connector", Broken())
    await send(socket, op="list", on=True)
    assert await socket.read_message() is None
    assert socket.close_code == 1011


@pytest.fixture
def jobs(workspace):
    with workspace.jobs._db.write() as connection:
        for name, status in (("first", JobStatus.COMPLETED), ("second", JobStatus.FAILED)):
            insert_job(connection, make_job(name, status))
    return workspace.jobs


async def test_the_list_speaks_the_language_of_the_page(connect, workspace):
    with workspace.jobs._db.write() as connection:
        insert_job(connection, make_job("waits", JobStatus.CANCELED, reason=Reason.of("CanceledByUser")))
    socket = await connect()
    told = []
    for language in ("en", "fr_FR"):
        await send(socket, op="list", on=True, language=language)
        told.append((await read(socket))["jobs"][0]["reason"]["message"])
    assert told == ["Canceled on request.", "Annulé à la demande."]


async def test_a_page_that_lists_some_jobs_is_told_of_those_that_leave(connect, jobs):
    socket = await connect()
    await send(socket, op="list", on=True, query={"status": ["Failed"]})
    assert [job["name"] for job in (await read(socket))["jobs"]] == ["second"]
    jobs.delete("second")
    assert await read(socket) == {"op": "jobs", "jobs": [], "gone": ["second"]}


async def test_a_query_that_is_not_understood_is_told(connect, jobs):
    socket = await connect()
    for query in ({"status": "Fialed"}, {"colour": "red"}, ["x"]):
        await send(socket, op="list", on=True, query=query)
        assert (await read(socket))["error"]["code"] == "UsageError"


async def test_a_job_that_was_removed_keeps_nobody_from_being_told_of_others(connect, jobs, workspace, write_notebook):
    with workspace.jobs._db.write() as connection:
        insert_job(connection, make_job("gone", JobStatus.RUNNING))
    socket = await connect()
    await send(socket, op="subscribe", jobs={"gone": ""})
    assert (await read(socket))["job"] == "gone"
    with workspace.jobs._db.write() as connection:
        connection.execute("DELETE FROM jobs WHERE name = 'gone'")
    told = await read(socket)
    while told["op"] == "events":
        told = await read(socket)
    assert (told["job"], told["error"]["code"]) == ("gone", "JobNotFound")
    await send(socket, op="subscribe", jobs={"first": ""})
    events, _cursor = await read_to_the_end(socket)
    assert events[-1]["status"] == "Completed"


def test_a_job_that_newer_ones_pushed_off_the_page_has_not_gone():
    assert _gone(["c", "b", "a"], {"d": "", "c": "", "b": ""}, is_cut=True) == []
    assert _gone(["c", "b", "a"], {"d": "", "c": "", "a": ""}, is_cut=True) == ["b"]
    assert _gone(["c", "b", "a"], {"c": "", "b": ""}, is_cut=False) == ["a"]
    assert _gone(["a"], {}, is_cut=False) == ["a"]
