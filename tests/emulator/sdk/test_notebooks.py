"""The notebooks that use only Microsoft's SDK run top to bottom, as anybody would run them."""

import json
from pathlib import Path

import nbformat
import pytest
from jupyter_client.manager import KernelManager
from nbclient import NotebookClient

pytest.importorskip("azure.ai.ml")

NOTEBOOKS = sorted((Path(__file__).parents[3] / "notebooks" / "sdk").glob("*.ipynb"))


@pytest.fixture(scope="module")
def kernel(emulator, tmp_path_factory):
    """One for all of them: importing the SDK takes longer than running a notebook."""
    folder = tmp_path_factory.mktemp("course")
    (folder / "config.json").write_text(json.dumps(emulator.config))
    manager = KernelManager(kernel_name="python3")
    manager.start_kernel(cwd=str(folder), env=emulator.environment)
    yield manager
    manager.shutdown_kernel(now=True)


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)
def test_a_notebook_runs_top_to_bottom(kernel, path):
    notebook = nbformat.read(path, 4)
    assert not any("azml" in cell.source for cell in notebook.cells if cell.cell_type == "code")
    NotebookClient(notebook, km=kernel, timeout=120).execute()
    cells = [cell for cell in notebook.cells if cell.cell_type == "code"]
    assert all(cell.execution_count for cell in cells)
