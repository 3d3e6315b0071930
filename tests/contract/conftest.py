from pathlib import Path

import pytest

from jupyter_azml.entities import Job, NotebookSpec
from jupyter_azml.local.records import insert_job
from tests.azurite.server import azurite, container  # noqa: F401 - fixtures
from tests.fakes.workspace import make_job


@pytest.fixture
def spec_of():
    """A specification of a notebook, as ``run_notebook`` would make it."""

    def make(notebook: Path, **fields: object) -> NotebookSpec:
        return NotebookSpec(notebook=notebook.name, code=str(notebook.parent), kernel_name="python3", **fields)

    return make


@pytest.fixture
def put_job(workspace):
    """Puts a job there as if it had run: lists are about jobs, not about running them."""

    def put(name: str, *args: object, **fields: object) -> Job:
        job = make_job(name, *args, **fields)
        with workspace.jobs._db.write() as connection:
            insert_job(connection, job)
        folder = workspace.jobs._paths.job(name)
        folder.outputs.mkdir(parents=True)
        (folder.outputs / "model.txt").write_text(name)
        return job

    return put
