"""``python -m jupyter_azml.emulator`` serves the workspace in force, and keeps its secret to itself."""

import os
import signal
import socket
import subprocess
import sys

import pytest
import requests


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


def test_a_port_that_is_taken_is_said_in_a_line(run):
    with socket.create_server(("127.0.0.1", 0)) as taken:
        process = run("--port", str(taken.getsockname()[1]))
        _out, err = process.communicate(timeout=30)

    assert process.returncode == 2
    assert err.count("\n") == 1
