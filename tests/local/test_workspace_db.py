"""A workspace.db that cannot be used says what to do, and nothing is lost."""

import sqlite3

import pytest

from jupyter_azml.actions.follow_job import JobStream
from jupyter_azml.actions.run_notebook import run_notebook
from jupyter_azml.connect import Connections
from jupyter_azml.errors import WorkspaceDamaged, WorkspaceNotWritable, WorkspaceTooNew
from jupyter_azml.local import LocalWorkspace
from tests.conftest import end_processes_below


def spoil(folder, content):
    # Without its write-ahead log: with it, SQLite brings the pages back by itself.
    for file in folder.glob("workspace.db-*"):
        file.unlink()
    (folder / "workspace.db").write_bytes(content)


@pytest.fixture
def folder(azml_home):
    return azml_home / "workspaces" / "local"


def test_a_newer_database_is_refused_and_left_as_it_is(workspace, folder):
    with sqlite3.connect(folder / "workspace.db") as connection:
        connection.execute("PRAGMA user_version = 99")
    connection.close()
    before = (folder / "workspace.db").read_bytes()
    with pytest.raises(WorkspaceTooNew, match="schema 99"):
        LocalWorkspace(folder)
    assert (folder / "workspace.db").read_bytes() == before


@pytest.mark.parametrize("content", [b"garbage", b"SQLite format 3\0" + b"\xff" * 4096])
def test_a_damaged_database_is_reported_with_the_way_out(workspace, folder, content):
    spoil(folder, content)
    with pytest.raises(WorkspaceDamaged) as caught:
        LocalWorkspace(folder).jobs.list()
    assert "azml workspace repair" in caught.value.hint


def test_repair_brings_back_every_job_with_its_end(workspace, folder, write_notebook):
    notebook = write_notebook("print(1)")
    ended = [JobStream(workspace, run_notebook(workspace, notebook).name).wait() for _ in range(2)]
    end_processes_below(folder)
    spoil(folder, b"garbage")
    repaired = Connections().repair()
    found = repaired.jobs.list().items
    assert [(job.name, job.status, job.reason, job.metrics) for job in found] == [
        (job.name, job.status, job.reason, job.metrics) for job in reversed(ended)
    ]
    assert len(list(folder.glob("workspace.db.damaged-*"))) == 1


def test_repair_leaves_a_sound_database_alone(workspace, folder, write_notebook):
    run_notebook(workspace, write_notebook("1"))
    assert len(Connections().repair().jobs.list().items) == 1
    assert list(folder.glob("*damaged*")) == []


def test_a_folder_that_cannot_be_made_is_named(tmp_path):
    (tmp_path / "file").touch()
    with pytest.raises(WorkspaceNotWritable, match="file/below"):
        LocalWorkspace(tmp_path / "file" / "below")
