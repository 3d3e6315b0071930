from pathlib import Path

import pytest

from jupyter_azml.entities import NotebookSpec


@pytest.fixture
def spec_of():
    """A specification of a notebook, as ``run_notebook`` would make it."""

    def make(notebook: Path, **fields: object) -> NotebookSpec:
        return NotebookSpec(notebook=notebook.name, code=str(notebook.parent), kernel_name="python3", **fields)

    return make
