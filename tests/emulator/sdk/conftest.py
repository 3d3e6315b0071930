"""Microsoft's own SDK against one emulator for all tests here: starting either takes longer than most tests.

The SDK is unmodified and knows nothing of the emulator: the environment leads it there, as ``azml emulator`` does.
"""

import json
import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

import pytest

from tests.azurite.server import azurite, container  # noqa: F401 - fixtures
from tests.processes import end_processes_below

ARM = "https://management.azure.com"


@dataclass(frozen=True)
class Emulator:
    home: Path
    """``AZML_HOME`` of the process and of the workspace behind it."""
    identity: str
    """The ARM id of the workspace."""
    variables: dict[str, str]
    """What is added to the environment of whoever is to find it."""

    @property
    def environment(self) -> dict[str, str]:
        return {**os.environ, **self.variables}

    @property
    def config(self) -> dict[str, str]:
        parts = self.identity.split("/")
        return {"subscription_id": parts[2], "resource_group": parts[4], "workspace_name": parts[8]}


@pytest.fixture(scope="session")
def emulator(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Emulator]:
    """The process itself, over a local workspace of its own."""
    home = tmp_path_factory.mktemp("sdk")
    environment = {**os.environ, "AZML_HOME": str(home), "AZML_LANGUAGE": "en", "AZML_AGENT_IDLE_SECONDS": "20"}
    environment.pop("AZML_WORKSPACE", None)
    words = [sys.executable, "-m", "jupyter_azml.emulator"]
    with (home / "emulator.log").open("wb") as log:
        process = subprocess.Popen(words, stdout=subprocess.PIPE, stderr=log, env=environment, text=True)
    try:
        assert process.stdout is not None
        assert process.stdout.readline().startswith("http"), (home / "emulator.log").read_text()
        (state,) = home.glob("emulator/*/emulator.json")
        found = json.loads(state.read_text())
        yield Emulator(home, found["identity"], found["variables"])
    finally:
        process.terminate()
        with suppress(subprocess.TimeoutExpired):
            process.wait(10)
        end_processes_below(home)


@pytest.fixture(scope="module", autouse=True)
def led_there(emulator: Emulator) -> Iterator[None]:
    """This very process finds the emulator where Azure would be."""
    before = {name: os.environ.get(name) for name in emulator.variables}
    os.environ.update(emulator.variables)
    yield
    for name, value in before.items():
        os.environ.pop(name) if value is None else os.environ.update({name: value})


@pytest.fixture(scope="module")
def ml(emulator: Emulator, led_there: None, tmp_path_factory: pytest.TempPathFactory):
    """An MLClient, made as every tutorial does."""
    ml_sdk = pytest.importorskip("azure.ai.ml", reason="azure-ai-ml is not installed: pip install .[dev]")
    from azure.identity import DefaultAzureCredential

    config = tmp_path_factory.mktemp("config") / "config.json"
    config.write_text(json.dumps(emulator.config))
    return ml_sdk.MLClient.from_config(DefaultAzureCredential(), path=str(config))


@pytest.fixture(scope="module")
def azml(emulator: Emulator, led_there: None):
    """Our own client of the same workspace, under Azure's names, too."""
    from jupyter_azml.azure import AzureWorkspace

    return AzureWorkspace(*emulator.config.values())


@pytest.fixture
def run_python(emulator: Emulator, tmp_path: Path) -> Callable[..., "subprocess.CompletedProcess[str]"]:
    """A script in a folder with a ``config.json``, in a process of its own."""

    def run(source: str, timeout: float = 120) -> "subprocess.CompletedProcess[str]":
        folder = tmp_path / "script"
        folder.mkdir(exist_ok=True)
        (folder / "config.json").write_text(json.dumps(emulator.config))
        (folder / "script.py").write_text(source)
        words = [sys.executable, "script.py"]
        return subprocess.run(
            words, cwd=folder, env=emulator.environment, capture_output=True, text=True, timeout=timeout, check=False
        )

    return run
