"""Secret parameters of jobs: true in the kernel, asterisks in every record, and nowhere once the job has ended."""

import hashlib
import json
import stat
import time

import psutil
import pytest

from jupyter_azml.actions.create_job import create_job
from jupyter_azml.actions.follow_job import JobStream
from jupyter_azml.actions.run_notebook import run_notebook
from jupyter_azml.entities import JobStatus, NotebookSpec
from jupyter_azml.errors import UsageError
from jupyter_azml.local import LocalWorkspace
from jupyter_azml.local.hidden import UNCLAIMED, forget_of_ended, keep_hidden
from jupyter_azml.local.processes import signal_process

VALUE = "hunter2-very-secret"
PROOF = "import hashlib; print('proof', hashlib.sha256(password.encode()).hexdigest())\nprint(password)"
SHOWN = f"proof {hashlib.sha256(VALUE.encode()).hexdigest()}\n***\n"


def files_with(folder, text=VALUE):
    return [path for path in folder.rglob("*") if path.is_file() and text.encode() in path.read_bytes()]


def log_of(workspace, name):
    return workspace.jobs.open(name, "logs/user_logs/std_log.txt").read().decode()


def until(condition):
    deadline = time.monotonic() + 60
    while not (found := condition()):
        assert time.monotonic() < deadline
        time.sleep(0.02)
    return found


def test_a_retry_finds_the_value_and_no_record_does(workspace, write_notebook, azml_home, tmp_path):
    marker = tmp_path / "second"
    path = write_notebook(
        "# parameters\npassword = ''\nepochs = 1",
        PROOF,
        f"import pathlib; again = pathlib.Path({str(marker)!r})\n"
        "if not again.exists():\n    again.touch(); raise ValueError(password)",
    )
    saved = tmp_path / "job.yml"
    job = run_notebook(
        workspace, path, parameters={"password": VALUE, "epochs": 2}, retries=1, save_as=saved, tags={"a": "b"}
    )
    assert job.parameters == {"password": "***", "epochs": 2}
    # The agent is killed in the middle; the next one goes on.
    until(marker.exists)
    signal_process(workspace._paths.agent_lock, kill=True)
    job = JobStream(workspace, job.name).wait()
    assert (job.status, job.attempt) == (JobStatus.COMPLETED, 2)
    assert log_of(workspace, job.name).count(SHOWN) == 2
    assert files_with(azml_home) == []
    assert VALUE not in job.model_dump_json() + saved.read_text()
    with pytest.raises(UsageError, match="password is not known"):
        create_job(workspace, saved)


def test_a_worker_that_is_killed_leaves_nothing(workspace, write_notebook, azml_home):
    path = write_notebook("# parameters\npassword = ''", PROOF, "import time\nwhile True: time.sleep(0.1)")
    job = run_notebook(workspace, path, parameters={"password": VALUE})
    kept = [found for found in files_with(azml_home) if found.suffix == ".value"]
    assert files_with(azml_home) == kept
    assert [stat.S_IMODE(found.stat().st_mode) for found in kept] == [0o600]
    folder = workspace._paths.job(job.name)
    until(lambda: folder.std_log.exists() and SHOWN in folder.std_log.read_text())
    psutil.Process(json.loads(folder.worker.read_text())["pid"]).kill()
    assert JobStream(workspace, job.name).wait().reason.code == "WorkerDied"
    assert files_with(azml_home) == []


@pytest.fixture
def queued(workspace, write_notebook, monkeypatch):
    """A job that nobody has taken yet."""
    monkeypatch.setattr("jupyter_azml.local.jobs.ensure_agent", lambda paths: None)
    path = write_notebook("# parameters\npassword = ''", PROOF)
    job = run_notebook(workspace, path, parameters={"password": VALUE})
    monkeypatch.undo()
    return job


def test_a_job_that_is_canceled_in_the_queue_leaves_nothing(workspace, azml_home, queued):
    assert len(files_with(azml_home)) == 1
    workspace.jobs.cancel(queued.name)
    assert JobStream(workspace, queued.name).wait().status is JobStatus.CANCELED
    assert files_with(azml_home) == []


def test_a_rebuilt_workspace_still_runs_it(workspace, azml_home, queued):
    for file in azml_home.rglob("workspace.db*"):
        file.unlink()
    again = LocalWorkspace(azml_home / "workspaces" / "local")
    assert JobStream(again, queued.name).wait().status is JobStatus.COMPLETED
    assert SHOWN in log_of(again, queued.name)
    assert files_with(azml_home) == []


def test_without_its_value_a_job_fails_rather_than_run_with_asterisks(workspace, queued):
    (kept,) = workspace._paths.secrets.glob("job-*.value")
    kept.unlink()
    job = JobStream(workspace, queued.name).wait()
    assert job.status is JobStatus.FAILED
    assert "password" in job.reason.message


def test_what_was_left_behind_is_swept(workspace, queued, monkeypatch):
    paths, db = workspace._paths, workspace.jobs._db
    keep_hidden(paths, "no-such-job", {"password": VALUE})
    forget_of_ended(paths, db)
    assert len(list(paths.secrets.glob("job-*.value"))) == 2
    with db.write() as connection:
        connection.execute("UPDATE jobs SET status = 'Failed'")
    now = time.time()
    monkeypatch.setattr(time, "time", lambda: now + UNCLAIMED + 60)
    forget_of_ended(paths, db)
    assert list(paths.secrets.glob("job-*.value")) == []


def test_a_submission_that_fails_leaves_nothing(workspace, write_notebook, azml_home, monkeypatch):
    def fail(*_):
        raise UsageError("no", "no")

    monkeypatch.setattr("jupyter_azml.local.submission.insert_job", fail)
    path = write_notebook("# parameters\npassword = ''")
    spec = NotebookSpec(notebook=path.name, code=str(path.parent), parameters={"password": VALUE})
    with pytest.raises(UsageError):
        workspace.jobs.submit(spec)
    assert files_with(azml_home) == []
