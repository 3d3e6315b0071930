"""A workspace.db that cannot be used says what to do, and nothing is lost."""

import sqlite3

import pytest

from jupyter_azml.actions.follow_job import JobStream
from jupyter_azml.actions.run_notebook import run_notebook
from jupyter_azml.connect import Connections
from jupyter_azml.errors import WorkspaceDamaged, WorkspaceNotWritable, WorkspaceTooNew
from jupyter_azml.local import LocalWorkspace
from tests.processes import end_processes_below


def spoil(folder, content):
    # Without its write-ahead log: with it, SQLite brings the pages back by itself.
    for file in folder.glob("workspace.db-*"):
        file.unlink()
    # Another file under the name, as a disk or a backup would leave it: this process still has the old one open.
    (folder / "spoiled").write_bytes(content)
    (folder / "spoiled").replace(folder / "workspace.db")


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


@pytest.mark.parametrize("content", [None, b""], ids=["deleted", "emptied"])
def test_a_database_that_is_gone_comes_back_from_the_jobs_folders(workspace, folder, write_notebook, content):
    job = JobStream(workspace, run_notebook(workspace, write_notebook("1")).name).wait()
    end_processes_below(folder)
    spoil(folder, b"")
    if content is None:
        (folder / "workspace.db").unlink()
    (found,) = LocalWorkspace(folder).jobs.list().items
    assert (found.name, found.status) == (job.name, job.status)


def test_damage_within_the_file_is_reported_not_raised_as_a_bug(workspace, folder, write_notebook):
    notebook = write_notebook("1")
    for _ in range(5):
        run_notebook(workspace, notebook)
    end_processes_below(folder)
    with sqlite3.connect(folder / "workspace.db") as connection:
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    connection.close()
    data = bytearray((folder / "workspace.db").read_bytes())
    data[4096:] = b"\xa5" * (len(data) - 4096)
    spoil(folder, bytes(data))
    with pytest.raises(WorkspaceDamaged):
        LocalWorkspace(folder).jobs.list()
    assert len(Connections().repair().jobs.list().items) == 5
