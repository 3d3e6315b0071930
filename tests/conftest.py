"""Every test has a home of its own, and leaves no process behind."""

import os
import sys
from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import Path

import nbformat
import psutil
import pytest

from jupyter_azml.local import LocalWorkspace

NotebookWriter = Callable[..., Path]

# Built by `make` (tests/fakes/served.py), so that no test asks a registry for it.
os.environ["AZML_SERVING_DIR"] = str(Path(sys.prefix) / "serving")
# Nobody's own keyring is written to, and no desktop asks for a password. It is read once, by whoever asks first.
os.environ["PYTHON_KEYRING_BACKEND"] = "keyring.backends.fail.Keyring"


# A browser's tests take minutes: begun last, they would run alone at the end.
_SLOW_FIRST = ("ui", "crash", "local", "surfaces", "execution", "tracking", "contract")


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    def rank(item: pytest.Item) -> int:
        room = item.path.relative_to(Path(__file__).parent).parts[0]
        return _SLOW_FIRST.index(room) if room in _SLOW_FIRST else len(_SLOW_FIRST)

    items.sort(key=rank)


@pytest.fixture(autouse=True)
def azml_home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    home = tmp_path / "home"
    monkeypatch.setenv("AZML_HOME", str(home))
    monkeypatch.setenv("AZML_LANGUAGE", "en")
    monkeypatch.setenv("AZML_AGENT_IDLE_SECONDS", "20")
    # On a busy machine a job may take long enough for a sample.
    monkeypatch.setenv("AZML_USAGE_SECONDS", "0")
    monkeypatch.delenv("AZML_WORKSPACE", raising=False)
    yield home
    # Most tests start nothing, and looking at all processes takes longer than they do.
    if any(tmp_path.iterdir()):
        end_processes_below(tmp_path)


@pytest.fixture
def workspace(azml_home: Path) -> LocalWorkspace:
    return LocalWorkspace(azml_home / "workspaces" / "local")


@pytest.fixture
def write_notebook(tmp_path: Path) -> NotebookWriter:
    return notebook_writer(tmp_path / "project")


def notebook_writer(folder: Path) -> NotebookWriter:
    def write(*sources: str, name: str = "train.ipynb", kernel: str | None = "python3") -> Path:
        """A source that begins with ``# parameters`` is tagged so."""
        notebook = nbformat.v4.new_notebook()
        if kernel:
            notebook.metadata["kernelspec"] = {"name": kernel, "display_name": kernel, "language": "python"}
        for source in sources:
            tags = {"tags": ["parameters"]} if source.startswith("# parameters") else {}
            notebook.cells.append(nbformat.v4.new_code_cell(source, metadata=tags))
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        nbformat.write(notebook, path)
        return path

    return write


def processes_below(folder: Path) -> list[psutil.Process]:
    """Agents, workers and kernels that belong to a workspace below the folder."""
    found = []
    for process in psutil.process_iter():
        try:
            words = [*process.cmdline(), process.environ().get("AZML_HOME", "")]
        except (psutil.NoSuchProcess, psutil.AccessDenied, psutil.ZombieProcess):
            continue
        if process.pid != os.getpid() and any(str(folder) in word for word in words):
            found.append(process)
    return found


def processes_of(job: str) -> list[psutil.Process]:
    """Its worker, kernel or shell, and whatever these have started."""
    found = []
    for process in psutil.process_iter():
        with suppress(psutil.Error):
            if process.environ().get("AZUREML_RUN_ID") == job:
                found.append(process)
    return found


def command_lines_below(folder: Path) -> list[str]:
    """The same, as lines; what ends meanwhile is left out."""
    lines = []
    for process in processes_below(folder):
        with suppress(psutil.NoSuchProcess, psutil.ZombieProcess):
            lines.append(" ".join(process.cmdline()))
    return lines


def end_processes_below(folder: Path) -> None:
    found = processes_below(folder)
    for process in found:
        with suppress(psutil.NoSuchProcess):
            process.kill()
    psutil.wait_procs(found, timeout=10)
