"""Every test has a home of its own, and leaves no process behind."""

import os
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import psutil
import pytest

from jupyter_azml.execution.imports import not_found
from jupyter_azml.local import LocalWorkspace
from tests.processes import end_processes_below
from tests.warm import WarmHomes

# Its grammar takes each of the processes that run tests two seconds to import.
with not_found("rfc3987_syntax"):
    import nbformat

NotebookWriter = Callable[..., Path]

pytest_plugins = ["pytest_jupyter.jupyter_server"]

# Built by `make` (tests/fakes/served.py), so that no test asks a registry for it.
os.environ["AZML_SERVING_DIR"] = str(Path(sys.prefix) / "serving")
# Nobody's own keyring is written to, and no desktop asks for a password. It is read once, by whoever asks first.
os.environ["PYTHON_KEYRING_BACKEND"] = "keyring.backends.fail.Keyring"


# A browser's tests take minutes: begun last, they would run alone at the end.
_SLOW_FIRST = ("ui", "project", "crash", "local", "emulator", "surfaces", "execution", "tracking", "contract")


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    def rank(item: pytest.Item) -> int:
        room = item.path.relative_to(Path(__file__).parent).parts[0]
        return _SLOW_FIRST.index(room) if room in _SLOW_FIRST else len(_SLOW_FIRST)

    items.sort(key=rank)


@pytest.fixture(scope="session")
def warm_homes(tmp_path_factory: pytest.TempPathFactory) -> Iterator[WarmHomes]:
    homes = WarmHomes(tmp_path_factory.mktemp("warm"))
    yield homes
    homes.leave()


@pytest.fixture
def warm_home(warm_homes: WarmHomes) -> Iterator[Path]:
    yield warm_homes.home
    warm_homes.clear()


@pytest.fixture(autouse=True)
def azml_home(request: pytest.FixtureRequest, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    is_warm = request.node.get_closest_marker("warm") is not None
    home: Path = request.getfixturevalue("warm_home") if is_warm else tmp_path / "home"
    monkeypatch.setenv("AZML_HOME", str(home))
    monkeypatch.setenv("AZML_LANGUAGE", "en")
    monkeypatch.setenv("AZML_AGENT_IDLE_SECONDS", "120" if is_warm else "20")
    # On a busy machine a job may take long enough for a sample.
    monkeypatch.setenv("AZML_USAGE_SECONDS", "0")
    monkeypatch.delenv("AZML_WORKSPACE", raising=False)
    before = psutil.pids()
    yield home
    # Most tests start nothing, and looking at all processes takes longer than they do.
    if any(tmp_path.iterdir()):
        end_processes_below(tmp_path, but=before)


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
