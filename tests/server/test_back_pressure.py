"""A page that does not read, on a real socket: the server keeps little, and the page still learns how it ended."""

import asyncio
import json

import pytest

from jupyter_azml.entities import JobStatus
from jupyter_azml.local.locks import FileLock
from jupyter_azml.local.processes import identity
from jupyter_azml.local.records import insert_job
from tests.fakes.workspace import make_job

AT = "2026-11-20T12:00:00+00:00"


@pytest.fixture
def running(workspace):
    """A job that runs as far as anybody can tell: the test is its worker."""
    folder = workspace.jobs._paths.job("long")
    folder.folder.mkdir(parents=True)
    folder.worker.write_text(identity(attempt=1, running=True, cells=3))
    lock = FileLock.take(folder.lock)
    with workspace.jobs._db.write() as connection:
        insert_job(connection, make_job("long", JobStatus.RUNNING))
    return folder, lock


def cell(number: int, state: str) -> str:
    line = {"event": "CellChanged", "at": AT, "cell": number, "cells": 3, "state": state, "title": "", "seconds": None}
    return json.dumps(line) + "\n"


def output(text: str) -> str:
    return json.dumps({"event": "LogLines", "at": AT, "cell": 2, "stream": "stdout", "text": text}) + "\n"


async def test_a_page_that_does_not_read_is_told_less_and_nothing_that_matters_is_lost(jp_ws_fetch, workspace, running):
    folder, lock = running
    socket = await jp_ws_fetch("azml", "api", "ws")
    await socket.write_message(json.dumps({"op": "subscribe", "jobs": {"long": ""}}))
    with folder.events.open("a") as events, folder.metrics.open("a") as metrics:
        events.write(cell(1, "running") + cell(1, "completed") + cell(2, "running"))
        for round_ in range(40):
            # Faster than it is read, until the network's own buffers are full.
            events.write("".join(output(f"line {round_} {n} " + "x" * 1000 + "\n") for n in range(1000)))
            for n in range(2000):
                step = round_ * 2000 + n
                value = 1e6 if step == 54_321 else step % 10
                point = {"key": "loss", "value": value, "step": step, "timestamp": 1_790_000_000_000 + step}
                metrics.write(json.dumps(point) + "\n")
            events.flush()
            metrics.flush()
            await asyncio.sleep(0.01)
        events.write(output("the last words\n") + cell(2, "completed") + cell(3, "running") + cell(3, "completed"))
    result = {"attempt": 1, "status": "Completed", "reason": {"code": "Finished", "values": {}}}
    folder.result.write_text(json.dumps(result))
    lock.release()

    told, size, cursor = [], 0, ""
    while not told or told[-1].get("status") != "Completed":
        text = await socket.read_message()
        message = json.loads(text)
        assert message["since"] == cursor
        cursor, size = message["cursor"], size + len(text)
        told += message["events"]
    assert folder.events.stat().st_size > 40_000_000
    assert size < 20_000_000
    states = [(event["cell"], event["state"]) for event in told if event["event"] == "CellChanged"]
    assert states == [(n, state) for n in (1, 2, 3) for state in ("running", "completed")]
    log = "".join(event["text"] for event in told if event["event"] == "LogLines")
    assert log.endswith("the last words\n")
    assert "Earlier output is left out here" in log
    course: dict[int, float] = {}
    for event in told:
        if event["event"] == "MetricPoints":
            course = {} if event["is_whole"] else course
            course |= {point["step"]: point["value"] for point in event["points"]}
    assert (course[54_321], max(course)) == (1e6, 79_999)
    assert len(course) < 30_000
