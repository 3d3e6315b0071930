"""Plain mlflow in the cells of an attached notebook: its runs are jobs, which end as they do, or with their kernel."""

import os
import shutil
import sqlite3
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import mlflow
import pytest
from jupyter_client.manager import KernelManager, start_new_kernel
from mlflow.tracking import fluent

from jupyter_azml.entities import InteractiveSpec, Job, JobStatus, MetricPoints
from jupyter_azml.errors import Conflict, NotSupported
from jupyter_azml.local import LocalWorkspace
from jupyter_azml.local.interactive import InteractiveRuns
from jupyter_azml.tracking.address import tracking_uri
from jupyter_azml.tracking.interactive import keeper_of
from jupyter_azml.tracking.paths import TrackingPaths

DEADLINE = 60


def until(look: Callable[[], Any]) -> Any:
    deadline = time.monotonic() + DEADLINE
    while not (found := look()):
        assert time.monotonic() < deadline
        time.sleep(0.05)
    return found


def ended(workspace: LocalWorkspace, name: str) -> Job:
    job: Job = until(lambda: (job := workspace.jobs.get(name)).status.is_terminal and job)
    return job


def job_called(workspace: LocalWorkspace, title: str) -> Job:
    [job] = [job for job in workspace.jobs.list().items if job.display_name == title]
    return job


class Notebook:
    """One that is open: its cells run in a kernel."""

    def __init__(self) -> None:
        self.manager: KernelManager
        self.manager, self.client = start_new_kernel(kernel_name="python3")

    def run(self, *lines: str) -> str:
        """What the cell shows, in its last expression."""
        shown: list[str] = []

        def take(message: Any) -> None:
            content = message["content"]
            shown.append(content.get("data", {}).get("text/plain") or content.get("text") or "")

        reply = self.client.execute_interactive("\n".join(lines), output_hook=take, timeout=DEADLINE)
        assert reply["content"]["status"] == "ok", "".join(reply["content"]["traceback"])
        return "".join(shown)


@pytest.fixture
def notebook(azml_home: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Notebook]:
    (tmp_path / "train.ipynb").touch()
    monkeypatch.chdir(tmp_path)
    notebook = Notebook()
    yield notebook
    notebook.client.stop_channels()
    notebook.manager.shutdown_kernel(now=True)


def test_runs_of_a_notebook_are_jobs_until_they_or_their_kernel_end(
    workspace: LocalWorkspace, notebook: Notebook, tmp_path: Path
) -> None:
    path = tmp_path / "train.ipynb"
    notebook.run(f"__vsc_ipynb_file__ = {str(path)!r}", "%load_ext jupyter_azml", "%azml attach")
    assert notebook.run("import sys; 'mlflow' in sys.modules") == "False"

    notebook.run(
        "import mlflow",
        "_ = mlflow.set_experiment('churn')",
        "run = mlflow.start_run(run_name='first', tags={'team': 'a'}, description='why')",
        "mlflow.log_params({'rate': 0.1, 'text': '<b>'})",
        "for step in range(50): mlflow.log_metric('loss', 1 / (step + 1), step=step)",
        "with mlflow.start_run(nested=True): mlflow.log_metric('inner', 1)",
        "mlflow.log_text('hello', 'notes/a.txt')",
    )
    first = until(lambda: (job := job_called(workspace, "first")).status is JobStatus.RUNNING and job)
    assert isinstance(first.spec, InteractiveSpec)
    assert first.spec.notebook == str(path)
    assert (first.experiment, first.tags, first.description) == ("churn", {"team": "a"}, "why")
    live = workspace.jobs.get(first.name)
    assert (live.parameters, live.metrics[0].count) == ({"rate": "0.1", "text": "<b>"}, 50)
    events = workspace.jobs.events({first.name: ""}).events
    assert sum(len(event.points) for event in events if isinstance(event, MetricPoints)) == 50
    with workspace.jobs.open(first.name, "artifacts/notes/a.txt") as file:
        assert file.read() == b"hello"
    notebook.run("mlflow.end_run()")
    done = ended(workspace, first.name)
    assert (done.status, done.parameters, done.metrics[0].last) == (JobStatus.COMPLETED, live.parameters, 1 / 50)
    assert done.reason
    assert done.reason.code == "RunFinished"

    notebook.run("with mlflow.start_run(run_name='second'): mlflow.end_run('KILLED')")
    assert ended(workspace, job_called(workspace, "second").name).status is JobStatus.CANCELED
    notebook.run(
        "try:",
        "    with mlflow.start_run(run_name='third'): 1 / 0",
        "except ZeroDivisionError: pass",
    )
    third = ended(workspace, job_called(workspace, "third").name)
    assert (third.status, third.reason and third.reason.code) == (JobStatus.FAILED, "RunFailed")

    # Canceled from elsewhere: the cell that runs is interrupted, as by Jupyter's own button.
    cell = "with mlflow.start_run(run_name='fourth'):\n  while True: mlflow.log_metric('loss', 1)"
    notebook.client.execute(cell, stop_on_error=False)
    until(lambda: "fourth" in [job.display_name for job in workspace.jobs.list().items])
    fourth = job_called(workspace, "fourth")
    until(lambda: workspace.jobs.get(fourth.name).metrics)
    workspace.jobs.cancel(fourth.name)
    canceled = ended(workspace, fourth.name)
    assert (canceled.status, canceled.reason and canceled.reason.code) == (JobStatus.CANCELED, "CanceledByUser")
    assert notebook.run("1 + 1") == "2"

    # An implicit run, whose kernel is killed.
    run_id = notebook.run("mlflow.log_metric('loss', 0.5)", "mlflow.active_run().info.run_id").strip("'")
    until(lambda: workspace.jobs.get(run_id).status is JobStatus.RUNNING)
    os.kill(int(notebook.run("import os; os.getpid()")), 9)
    lost = ended(workspace, run_id)
    assert (lost.status, lost.reason and lost.reason.code) == (JobStatus.FAILED, "KernelLost")
    assert lost.metrics[0].last == 0.5
    client = mlflow.MlflowClient(tracking_uri(Path(workspace.info().location)))
    assert client.get_run(run_id).info.status == "FAILED"
    assert len(workspace.jobs.list().items) == 5


def test_a_kernel_that_is_restarted_ends_its_run_and_says_so(workspace: LocalWorkspace, notebook: Notebook) -> None:
    notebook.run("%load_ext jupyter_azml", "%azml attach")
    run_id = notebook.run("import mlflow; mlflow.log_metric('loss', 1)", "mlflow.active_run().info.run_id").strip("'")
    notebook.manager.restart_kernel()
    job = ended(workspace, run_id)
    assert job.status is JobStatus.COMPLETED
    assert job.reason
    assert job.reason.message.startswith("The kernel was restarted while the run was open")


class Kernel:
    """This process."""

    def notebook(self) -> Path | None:
        return None

    def leaving(self) -> str:
        return "shutdown"


@pytest.fixture
def followed(workspace: LocalWorkspace, monkeypatch: pytest.MonkeyPatch) -> Iterator[LocalWorkspace]:
    for name in ("MLFLOW_TRACKING_URI", "MLFLOW_REGISTRY_URI", "MLFLOW_DISABLE_TELEMETRY", "MLFLOW_EXPERIMENT_ID"):
        monkeypatch.delenv(name, raising=False)
    mlflow.set_tracking_uri(None)
    workspace.tracking.follow(Kernel())
    yield workspace
    while mlflow.active_run():
        mlflow.end_run()
    workspace.tracking.leave()
    fluent._active_experiment_id = None


def test_mlflow_goes_back_to_where_it_was(followed: LocalWorkspace) -> None:
    uri = tracking_uri(Path(followed.info().location))
    assert mlflow.get_tracking_uri() == os.environ["MLFLOW_TRACKING_URI"] == uri
    followed.tracking.leave()
    assert mlflow.get_tracking_uri() != uri
    assert not {"MLFLOW_TRACKING_URI", "MLFLOW_REGISTRY_URI"} & set(os.environ)


def test_a_run_is_not_cut_in_two(followed: LocalWorkspace, azml_home: Path) -> None:
    other = LocalWorkspace(azml_home / "workspaces" / "other")
    run = mlflow.start_run()
    for move in (lambda: other.tracking.follow(Kernel()), followed.tracking.leave):
        with pytest.raises(Conflict, match=run.info.run_id):
            move()
    followed.tracking.follow(Kernel())  # where it is
    mlflow.log_metric("loss", 1.0)
    mlflow.end_run()
    assert ended(followed, run.info.run_id).metrics[0].last == 1.0


def test_the_experiment_that_was_chosen_goes_along(
    followed: LocalWorkspace, azml_home: Path, empty_database: Path
) -> None:
    for name in ("one", "two", "three"):
        mlflow.set_experiment(name)
    other = LocalWorkspace(azml_home / "workspaces" / "other")
    shutil.copy(empty_database, azml_home / "workspaces" / "other" / "mlflow.db")
    other.tracking.follow(Kernel())
    with mlflow.start_run() as run:
        pass
    assert ended(other, run.info.run_id).experiment == "three"


def test_another_process_may_end_a_run_and_the_kernel_may_log_on(followed: LocalWorkspace) -> None:
    run = mlflow.start_run()
    location = followed.info().location
    code = "import mlflow, sys; mlflow.MlflowClient(sys.argv[1]).set_terminated(sys.argv[2], 'FAILED')"
    subprocess.run([sys.executable, "-c", code, tracking_uri(Path(location)), run.info.run_id], check=True)
    assert ended(followed, run.info.run_id).status is JobStatus.FAILED
    mlflow.log_metric("late", 1.0)
    assert mlflow.get_run(run.info.run_id).data.metrics == {"late": 1.0}


def test_a_run_without_a_job_is_tracked_all_the_same(followed: LocalWorkspace) -> None:
    with sqlite3.connect(Path(followed.info().location) / "workspace.db") as connection:
        connection.execute("PRAGMA user_version = 99")
    connection.close()
    with pytest.warns(UserWarning, match="is tracked, but is no job"), mlflow.start_run() as run:
        mlflow.log_metric("loss", 1.0)
    assert mlflow.get_run(run.info.run_id).data.metrics == {"loss": 1.0}


def test_a_forked_child_keeps_no_job_alive(followed: LocalWorkspace) -> None:
    run = mlflow.start_run()
    mlflow.log_metric("loss", 1.0)
    child = os.fork()
    if child == 0:
        time.sleep(DEADLINE)
        os._exit(0)
    try:
        # All that the end of this process would do.
        keeper = keeper_of(TrackingPaths(Path(followed.info().location)))
        assert isinstance(keeper, InteractiveRuns)
        keeper.forget()
        assert ended(followed, run.info.run_id).status is JobStatus.FAILED
    finally:
        os.kill(child, 9)
        os.waitpid(child, 0)


def test_a_run_is_not_submitted(workspace: LocalWorkspace) -> None:
    with pytest.raises(NotSupported, match="is not submitted"):
        workspace.jobs.submit(InteractiveSpec())
