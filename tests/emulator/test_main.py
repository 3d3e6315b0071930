"""``python -m jupyter_azml.emulator`` serves the workspace in force, and keeps its secret to itself."""

import os
import signal
import socket
import subprocess
import sys
import time

import pytest
import requests

from jupyter_azml.entities import JobStatus, JobType
from jupyter_azml.local import LocalWorkspace
from jupyter_azml.local.records import insert_job
from tests.fakes.workspace import make_job


@pytest.fixture
def run(tmp_path):
    environment = {**os.environ, "AZML_HOME": str(tmp_path), "AZML_LANGUAGE": "en"}
    environment.pop("AZML_WORKSPACE", None)
    started = []

    def run(*arguments: str) -> subprocess.Popen:
        command = [sys.executable, "-m", "jupyter_azml.emulator", *arguments]
        process = subprocess.Popen(command, env=environment, text=True, stdout=subprocess.PIPE, stderr=subprocess.PIPE)
        started.append(process)
        return process

    yield run
    for process in started:
        process.kill()
        process.wait()


def test_the_line_it_prints_is_an_address_that_answers_to_the_secret(run, tmp_path):
    process = run()

    address = process.stdout.readline().strip()
    (file,) = tmp_path.rglob("*.secret")
    answer = requests.get(
        f"{address}/computes?api-version=2024-10-01",
        headers={"Authorization": f"Bearer {file.read_text()}"},
        proxies={"http": ""},
    )
    process.send_signal(signal.SIGINT)
    out, err = process.communicate(timeout=30)

    assert address.startswith("http://127.0.0.1:")
    assert [compute["name"] for compute in answer.json()["value"]] == ["local"]
    assert process.returncode == 0
    assert file.read_text() not in out + err
    assert str(file) in err
    assert "Traceback" not in err


def test_one_that_is_released_serves_the_jobs_that_it_led_until_they_end(run, tmp_path):
    process = run()
    address = process.stdout.readline().strip()
    workspace = LocalWorkspace(tmp_path / "workspaces" / "local")
    with workspace.jobs._db.write() as connection:
        insert_job(connection, make_job("busy", JobStatus.RUNNING))
        insert_job(connection, make_job("open", JobStatus.RUNNING, type=JobType.INTERACTIVE))
    (state,) = tmp_path.glob("emulator/*/emulator.json")

    process.send_signal(signal.SIGHUP)
    deadline = time.monotonic() + 30
    while state.exists():  # so that who comes from now on starts another one
        assert time.monotonic() < deadline
        time.sleep(0.05)
    assert requests.get(address, proxies={"http": ""}).status_code == 401
    assert process.poll() is None
    with workspace.jobs._db.write() as connection:
        connection.execute("DELETE FROM jobs WHERE name = 'busy'")

    assert process.wait(30) == 0


def test_a_port_that_is_taken_is_said_in_a_line(run):
    with socket.create_server(("127.0.0.1", 0)) as taken:
        process = run("--port", str(taken.getsockname()[1]))
        _out, err = process.communicate(timeout=30)

    assert process.returncode == 2
    assert err.count("\n") == 1
