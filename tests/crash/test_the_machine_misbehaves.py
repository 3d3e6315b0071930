"""A full disk, a folder that cannot be written, a clock that jumps."""

import os
import shutil
import subprocess
import sys
from contextlib import suppress
from datetime import UTC, datetime, timedelta

import pytest

from jupyter_azml.actions.follow_job import JobStream
from jupyter_azml.actions.run_notebook import run_notebook
from jupyter_azml.entities import JobQuery, JobStatus, Reason, advance
from jupyter_azml.errors import WorkspaceNotWritable
from jupyter_azml.local import LocalWorkspace
from jupyter_azml.local.locks import FileLock
from tests.fakes.workspace import NOON, make_job
from tests.processes import end_processes_below


@pytest.fixture
def small_disk(tmp_path):
    """A file system of its own of 6 MB, where this user may mount one."""
    folder = tmp_path / "disk"
    folder.mkdir()
    mount = ["mount", "-t", "tmpfs", "-o", "size=6m", "tmpfs", folder]
    if not shutil.which("mount") or subprocess.run(mount, capture_output=True).returncode:
        pytest.skip("no right to mount a file system")
    yield folder
    end_processes_below(tmp_path)
    subprocess.run(["umount", "--lazy", folder], check=True)


def fill(folder):
    file = os.open(folder / "filler", os.O_WRONLY | os.O_CREAT)
    for size in (65536, 4096, 1):
        with suppress(OSError):
            while True:
                os.write(file, b"\0" * size)
    os.close(file)


def test_a_job_on_a_full_disk_fails_with_that_reason_and_the_workspace_goes_on_when_there_is_room(
    small_disk, write_notebook, monkeypatch, tmp_path
):
    monkeypatch.setenv("AZML_HOME", str(small_disk))
    workspace = LocalWorkspace(small_disk / "workspaces" / "local")
    notebook = write_notebook(
        "import os, time",
        f"while not os.path.exists({str(tmp_path / 'full')!r}): time.sleep(0.02)",
        "print('x' * 100_000)",
    )
    job = run_notebook(workspace, notebook)
    until_running = (event for event in JobStream(workspace, job.name) if getattr(event, "cell", 0) == 2)
    next(until_running)
    fill(small_disk)
    (tmp_path / "full").touch()
    # The worker has ended; the agent cannot say so yet.
    lock = FileLock.take(workspace.jobs._paths.job(job.name).lock, patience=30)
    lock.release()
    with pytest.raises(WorkspaceNotWritable, match="space"):
        run_notebook(workspace, notebook)
    (small_disk / "filler").unlink()
    ended = JobStream(workspace, job.name).wait()
    assert ended.status is JobStatus.FAILED
    assert ended.reason.code in ("WorkerFailed", "WorkerDied", "CellFailed")
    assert JobStream(workspace, run_notebook(workspace, write_notebook("1")).name).wait().status is JobStatus.COMPLETED


@pytest.mark.skipif(os.geteuid() == 0, reason="root writes everywhere")
def test_a_folder_that_may_not_be_written_is_named(tmp_path):
    (tmp_path / "closed").mkdir(mode=0o500)
    with pytest.raises(WorkspaceNotWritable, match="closed"):
        LocalWorkspace(tmp_path / "closed" / "workspace")


def test_a_file_system_that_became_read_only_is_named(small_disk, write_notebook, monkeypatch):
    monkeypatch.setenv("AZML_HOME", str(small_disk))
    # By another process: a database that is open here would keep the file system from changing.
    subprocess.run([sys.executable, "-m", "jupyter_azml", "job", "list"], check=True)
    subprocess.run(["mount", "-o", "remount,ro", small_disk], check=True)
    with pytest.raises(WorkspaceNotWritable, match="cannot be written"):
        run_notebook(LocalWorkspace(small_disk / "workspaces" / "local"), write_notebook("1"))
    with pytest.raises(WorkspaceNotWritable, match="another"):
        LocalWorkspace(small_disk / "workspaces" / "another")


@pytest.mark.parametrize("jump", [timedelta(days=-400), timedelta(days=400)], ids=["back", "forward"])
def test_a_clock_that_jumps_makes_no_job_end_before_it_began(jump):
    job = make_job("tidy_fern_1", status=JobStatus.QUEUED)
    running = advance(job, JobStatus.RUNNING, None, NOON + jump)
    ended = advance(running, JobStatus.COMPLETED, Reason.of("Finished"), NOON + timedelta(seconds=5))
    assert ended.created <= ended.started <= ended.ended


def test_the_newest_job_stays_first_though_the_clock_was_set_back(workspace, write_notebook, monkeypatch):
    notebook = write_notebook("1")
    first = run_notebook(workspace, notebook)

    class Earlier(datetime):
        @classmethod
        def now(cls, tz=None):
            return datetime.now(tz) - timedelta(days=400)

    monkeypatch.setattr("jupyter_azml.local.submission.datetime", Earlier)
    second = run_notebook(workspace, notebook)
    assert second.created < first.created - timedelta(days=300)
    assert [job.name for job in workspace.jobs.list().items] == [second.name, first.name]
    assert [JobStream(workspace, job.name).wait().status for job in (first, second)] == [JobStatus.COMPLETED] * 2
    recent = JobQuery(created_after=datetime.now(UTC) - timedelta(days=1))
    assert [job.name for job in workspace.jobs.list(recent).items] == [first.name]
