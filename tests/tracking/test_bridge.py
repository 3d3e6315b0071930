"""A job whose kernel has mlflow, in an environment that has never heard of jupyter_azml."""

import json
import os
import subprocess
import sys
from collections.abc import Callable
from importlib.util import find_spec
from pathlib import Path

import pytest

from jupyter_azml.actions.follow_job import JobStream
from jupyter_azml.actions.run_notebook import run_notebook
from jupyter_azml.entities import JobStatus
from jupyter_azml.local import LocalWorkspace
from jupyter_azml.tracking.paths import BRIDGE


@pytest.fixture
def other_python(tmp_path: Path) -> Path:
    """Of an environment with all that this one has, jupyter_azml left out."""
    subprocess.run([sys.executable, "-m", "venv", "--without-pip", tmp_path / "env"], check=True)
    [packages] = (tmp_path / "env" / "lib").glob("python3*/site-packages")
    found = find_spec("mlflow")
    assert found
    assert found.origin
    for entry in Path(found.origin).parents[1].iterdir():
        if entry.suffix != ".pth" and "azml" not in entry.name:
            (packages / entry.name).symlink_to(entry)
    return tmp_path / "env" / "bin" / "python"


def test_it_logs_to_the_workspace_all_the_same(
    workspace: LocalWorkspace,
    write_notebook: Callable[..., Path],
    other_python: Path,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    kernel = tmp_path / "jupyter" / "kernels" / "other"
    kernel.mkdir(parents=True)
    argv = [str(other_python), "-m", "ipykernel_launcher", "-f", "{connection_file}"]
    (kernel / "kernel.json").write_text(json.dumps({"argv": argv, "display_name": "Other", "language": "python"}))
    monkeypatch.setenv("JUPYTER_PATH", str(tmp_path / "jupyter"))
    path = write_notebook(
        "import importlib.util, sys\nassert importlib.util.find_spec('jupyter_azml') is None",
        "import mlflow\nfor step in range(5): mlflow.log_metric('loss', step, step=step)\nmlflow.log_param('a', 1)",
        "assert 'papermill' not in sys.modules and 'jupyter_azml.tracking' in sys.modules",
        kernel="other",
    )
    job = JobStream(workspace, run_notebook(workspace, path).name).wait()
    assert job.status is JobStatus.COMPLETED, job.reason
    assert [(metric.key, metric.count) for metric in job.metrics] == [("loss", 5)]


def test_it_makes_nothing_else_importable() -> None:
    assert {entry.name for entry in BRIDGE.iterdir()} - {"__pycache__"} == {"azml_bridge.py", "azml_bridge-1.dist-info"}
    code = "import azml_bridge, importlib.metadata; print(importlib.metadata.version('azml-bridge'))"
    environment = {**os.environ, "PYTHONPATH": str(BRIDGE)}
    said = subprocess.run([sys.executable, "-c", code], env=environment, stdout=subprocess.PIPE, text=True, check=True)
    assert said.stdout.strip() == "1"
