"""One workspace for all tests of a module: what is served there goes on from one test to the next."""

from pathlib import Path

import pytest

from jupyter_azml.local import LocalWorkspace
from tests.processes import end_processes_below

SCRIPT = """
import json, os, time

def init():
    print("ready to score")

def run(data):
    said = json.loads(data)
    time.sleep(said.get("sleep", 0))
    if said.get("die"):
        os._exit(1)
    if said.get("fail"):
        raise ValueError("asked to fail")
    return {"sum": sum(said["data"]), "pid": os.getpid()}
"""


@pytest.fixture(scope="module", autouse=True)
def azml_home(tmp_path_factory):
    folder = tmp_path_factory.mktemp("serving")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("AZML_HOME", str(folder / "home"))
        patch.setenv("AZML_LANGUAGE", "en")
        patch.setenv("AZML_AGENT_IDLE_SECONDS", "20")
        patch.setenv("AZML_USAGE_SECONDS", "0")
        patch.delenv("AZML_WORKSPACE", raising=False)
        yield folder / "home"
        end_processes_below(folder)


@pytest.fixture(scope="module")
def workspace(azml_home):
    return LocalWorkspace(azml_home / "workspaces" / "local")


@pytest.fixture(scope="module")
def code(azml_home: Path) -> Path:
    folder = azml_home.parent / "code"
    folder.mkdir()
    (folder / "score.py").write_text(SCRIPT)
    return folder
