"""The emulator is killed while clients wait for what takes long: both go on as if nothing had been."""

import json
import os
import signal
import subprocess
import sys
import time
from concurrent.futures import ThreadPoolExecutor

import pytest

from jupyter_azml.actions.settle_compute import settle_compute
from jupyter_azml.azure import AzureWorkspace
from jupyter_azml.azure.code import AzureCode
from jupyter_azml.entities import Compute, ComputeState, ComputeType
from jupyter_azml.errors import ServiceError
from tests.processes import end_processes_below


@pytest.fixture
def start(tmp_path):
    environment = {**os.environ, "AZML_HOME": str(tmp_path), "AZML_LANGUAGE": "en"}
    started = []

    def start():
        words = [sys.executable, "-m", "jupyter_azml.emulator"]
        process = subprocess.Popen(words, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, env=environment, text=True)
        started.append(process)
        assert process.stdout.readline().startswith("http")
        (file,) = tmp_path.glob("emulator/*/emulator.json")
        return process, json.loads(file.read_text())

    yield start
    for process in started:
        process.kill()
        process.wait()
    end_processes_below(tmp_path)


def test_an_operation_that_was_begun_is_followed_past_the_death_of_the_emulator(start, tmp_path, monkeypatch):
    process, state = start()
    for name, value in state["variables"].items():
        monkeypatch.setenv(name, value)
    parts = state["identity"].split("/")
    azure = AzureWorkspace(parts[2], parts[4], parts[8])
    azure.computes.create_or_update(Compute(name="ci1", type=ComputeType.COMPUTEINSTANCE, size="Standard_DS3_v2"))
    client = azure._client._signed
    begun = _ask(azure, "POST", f"{state['identity']}/computes/ci1/stop")
    operation = begun.headers["Azure-AsyncOperation"]
    assert "management.azure.com" in operation

    process.send_signal(signal.SIGKILL)
    process.wait()
    with pytest.raises(ServiceError, match="could not be reached"):
        azure.computes.get("ci1")

    _again, renewed = start()
    assert renewed["port"] == state["port"], "who was led to it finds it again"
    assert renewed["variables"]["HTTPS_PROXY"] == state["variables"]["HTTPS_PROXY"]
    deadline = time.monotonic() + 60
    while (said := client.send_request(_request("GET", operation)).json()["status"]) == "InProgress":
        assert time.monotonic() < deadline
        time.sleep(0.1)
    assert said == "Succeeded"
    assert settle_compute(azure, "ci1", 60).state is ComputeState.STOPPED


def test_uploads_of_data_and_of_code_go_on_when_the_emulator_is_killed_and_started_again_in_their_middle(
    start, tmp_path, monkeypatch
):
    process, state = start()
    for name, value in state["variables"].items():
        monkeypatch.setenv(name, value)
    parts = state["identity"].split("/")
    azure = AzureWorkspace(parts[2], parts[4], parts[8])
    azure.datastores.browse("workspaceblobstore")  # signed in, and what is about to be used is known
    code = AzureCode(azure._client, azure._id, lambda container: azure.datastores.store("workspaceartifactstore"))
    big, folder = tmp_path / "big.bin", tmp_path / "project"
    big.write_bytes(os.urandom(48 << 20))
    folder.mkdir()
    for number in range(16):
        (folder / f"part{number}.bin").write_bytes(os.urandom(2 << 20))

    with ThreadPoolExecutor() as both:
        data_sent = both.submit(azure.datastores.upload, "workspaceblobstore", big, "big.bin")
        code_sent = both.submit(code.upload, folder)
        deadline = time.monotonic() + 60
        while len(_arrived(tmp_path)) < 2 and time.monotonic() < deadline:
            time.sleep(0.002)
        process.send_signal(signal.SIGKILL)
        process.wait()
        assert 2 <= len(_arrived(tmp_path)) < 16, "it was killed in the middle"
        start()

    assert data_sent.result() == 1
    with azure.datastores.open("workspaceblobstore", "big.bin") as file:
        assert file.read() == big.read_bytes()
    sent = {file.name: file.read_bytes() for file in _arrived(tmp_path)}
    assert sent == {file.name: file.read_bytes() for file in folder.iterdir()}
    assert code.upload(folder) == code_sent.result(), "and is found by its hash, so that it is not sent again"


def _arrived(home):
    return [file for file in home.glob("emulator/*/state/containers/*/project/*") if not file.name.startswith(".")]


def _request(method, url):
    from azure.core.rest import HttpRequest

    return HttpRequest(method, url, params=None if "?" in url else {"api-version": "2024-10-01"})


def _ask(azure, method, path):
    return azure._client._signed.send_request(_request(method, f"https://management.azure.com{path}"))
