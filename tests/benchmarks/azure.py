"""The cloud workspace from a fresh process, beside azure-ai-ml: both against the emulator, under Azure's own names."""

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from .measure import Row, in_turn

_OURS = """
from jupyter_azml.connect import Connections
workspace = Connections().attach({config!r})
assert workspace.jobs.list().items == ()
"""
_PEER = """
from azure.ai.ml import MLClient
from azure.identity import DefaultAzureCredential
client = MLClient.from_config(DefaultAzureCredential(), path={config!r})
assert list(client.jobs.list()) == []
"""
_IMPORTS = "import jupyter_azml.azure", "import azure.ai.ml"


def azure(folder: str) -> list[Row]:
    with _emulator(Path(folder)) as (config, environment):

        def run(source: str) -> None:
            code = source.format(config=str(config))
            subprocess.run([sys.executable, "-c", code], env=environment, cwd=folder, check=True)

        rounds = 5
        attach = in_turn(lambda: run(_OURS), lambda: run(_PEER), rounds)
        imports = in_turn(lambda: run(_IMPORTS[0]), lambda: run(_IMPORTS[1]), rounds)
    return [
        Row("attach to Azure and list its jobs, from a fresh process", *attach, "azure-ai-ml", "≤ 0.3×"),
        Row("import of the client", *imports, "azure-ai-ml", ""),
    ]


@contextmanager
def _emulator(folder: Path) -> Iterator[tuple[Path, dict[str, str]]]:
    """A config.json, and the environment in which it leads to an emulator of its own."""
    environment = {**os.environ, "AZML_HOME": str(folder / "home")}
    environment.pop("AZML_WORKSPACE", None)
    words = [sys.executable, "-m", "jupyter_azml.emulator"]
    process = subprocess.Popen(words, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, env=environment, text=True)
    try:
        assert process.stdout is not None
        process.stdout.readline()
        (file,) = (folder / "home").glob("emulator/*/emulator.json")
        state = json.loads(file.read_text())
        parts = state["identity"].split("/")
        config = folder / "config.json"
        names = {"subscription_id": parts[2], "resource_group": parts[4], "workspace_name": parts[8]}
        config.write_text(json.dumps(names))
        yield config, {**environment, **state["variables"]}
    finally:
        process.terminate()
        process.wait(10)
