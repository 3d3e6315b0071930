"""However a notebook ends, its file is whole and says so."""

import json
import os
import signal
import subprocess
import sys
import threading
import time

import nbformat
import pytest
from papermill import execute_notebook

from jupyter_azml.entities import JobStatus, Reason
from jupyter_azml.execution.cancellation import Cancellation
from jupyter_azml.execution.journal import CellJournal
from jupyter_azml.execution.run import run_notebook
from jupyter_azml.execution.unsaved import UnsavedCells, mend_notebook
from jupyter_azml.execution.whole_file import saving_name

SLEEPS = "open('here', 'w').close()\nprint('in it', flush=True)\nimport time\ntime.sleep(1000)"
STUBBORN = """
import time
open("here", "w").close()
while True:
    try: time.sleep(1000)
    except KeyboardInterrupt: print("no", flush=True)
"""


@pytest.fixture
def run(tmp_path, write_notebook, monkeypatch):
    """Runs cells in this process; returns how they ended, the notebook and the log."""
    monkeypatch.chdir(tmp_path)

    def run(*sources, cancellation=None, kernel="python3", tags=(), **options):
        notebook, output = write_notebook(*sources, kernel=kernel), tmp_path / "out.ipynb"
        if tags:
            tagged = nbformat.read(notebook, 4)
            tagged.cells[0].metadata["tags"] = tags
            nbformat.write(tagged, notebook)
        journal = CellJournal(tmp_path / "events.ndjson", tmp_path / "log.txt", (), tmp_path / "unsaved.ndjson")
        ending = run_notebook(
            notebook, output, journal=journal, cancellation=cancellation or Cancellation(), parameters={}, **options
        )
        journal.close()
        return ending, nbformat.read(output, 4), (tmp_path / "log.txt").read_text()

    return run


def states(notebook):
    return [cell.metadata.papermill["status"] for cell in notebook.cells if cell.cell_type == "code"]


def text_of(cell):
    return "".join(output.get("text", "") for output in cell.outputs)


def until(condition):
    deadline = time.monotonic() + 60
    while not condition():
        assert time.monotonic() < deadline
        time.sleep(0.02)


@pytest.mark.parametrize(
    ("code", "says"),
    [
        ("import os; os._exit(7)", "exit code 7"),
        ("import os, signal; os.kill(os.getpid(), signal.SIGKILL)", "ran out of memory"),
        ("import os, signal; os.kill(os.getpid(), signal.SIGSEGV)", "SIGSEGV"),
    ],
)
def test_a_dead_kernel_is_told_by_how_it_died(run, code, says):
    speaks = "import time\nprint('last words', flush=True); time.sleep(0.3)\n"
    ending, notebook, log = run("print('first')", speaks + code, "print('never')")
    assert (ending.status, ending.reason.code) == (JobStatus.FAILED, "KernelDied")
    assert says in ending.reason.message
    assert states(notebook) == ["completed", "failed", "pending"]
    assert notebook.metadata.azml["reason"] == "KernelDied"
    assert notebook.metadata.papermill.exception is True
    assert text_of(notebook.cells[1]) == "last words\n"
    assert log == "first\nlast words\n"


def test_an_error_that_its_cell_is_tagged_for_ends_nothing(run):
    ending, notebook, log = run("1 / 0", "print('went on')", tags=["raises-exception"])
    assert ending.status is JobStatus.COMPLETED
    assert states(notebook) == ["completed", "completed"]
    assert "ZeroDivisionError" in log
    assert log.endswith("went on\n")
    ending, notebook, _log = run("1 / 0", "2 / 0", "3", tags=["raises-exception"])
    assert (ending.status, ending.reason.values["cell"]) == (JobStatus.FAILED, 2)
    assert states(notebook) == ["completed", "failed", "pending"]


def kernel_that(folder, monkeypatch, *argv, **facts):
    path = folder / "jupyter" / "kernels" / "odd"
    path.mkdir(parents=True)
    spec = {"argv": argv, "display_name": "Odd", "language": "python", **facts}
    (path / "kernel.json").write_text(json.dumps(spec))
    monkeypatch.setenv("JUPYTER_PATH", str(path.parents[1]))


@pytest.mark.parametrize(
    ("argv", "says"),
    [
        ([sys.executable, "-c", "import time; time.sleep(1000)"], "1 seconds"),
        ([sys.executable, "-c", "raise SystemExit(3)"], "exit code 3"),
        (["/no/such/program"], "/no/such/program"),
    ],
)
def test_a_kernel_that_never_starts_fails_the_run(tmp_path, write_notebook, monkeypatch, argv, says):
    kernel_that(tmp_path, monkeypatch, *argv)
    output = tmp_path / "out.ipynb"
    with pytest.raises((RuntimeError, OSError)):
        execute_notebook(write_notebook("1", kernel="odd"), output, engine_name="azml", start_timeout=1)
    notebook = nbformat.read(output, 4)
    assert states(notebook) == ["pending"]
    assert notebook.metadata.azml["reason"] == "KernelStartFailed"
    assert says in notebook.metadata.azml["message"]


def test_a_cell_whose_time_is_over_says_where_it_was(run):
    ending, notebook, log = run("1", "import time\ntime.sleep(1000)", "2", execution_timeout=1)
    assert ending.reason.code == "TimedOut"
    assert states(notebook) == ["completed", "failed", "pending"]
    assert "KeyboardInterrupt" in log
    assert notebook.cells[1].outputs[0].ename == "KeyboardInterrupt"


@pytest.mark.parametrize(("source", "last"), [(SLEEPS, "KeyboardInterrupt"), (STUBBORN, "no")])
def test_a_canceled_run_saves_what_there_is(run, tmp_path, monkeypatch, source, last):
    monkeypatch.setenv("AZML_CANCEL_GRACE_SECONDS", "0.5")
    cancellation = Cancellation()

    def cancel():
        until((tmp_path / "here").exists)
        cancellation.request()

    threading.Thread(target=cancel).start()
    ending, notebook, log = run("print('first')", source, "print('never')", cancellation=cancellation)
    assert ending.status is JobStatus.CANCELED
    assert states(notebook) == ["completed", "failed", "pending"]
    assert notebook.metadata.azml["status"] == "Canceled"
    assert log.startswith("first\n")
    assert last in log


def test_a_kernel_that_is_interrupted_by_messages_is_sent_one(run, tmp_path, monkeypatch):
    argv = [sys.executable, "-m", "ipykernel_launcher", "-f", "{connection_file}"]
    kernel_that(tmp_path, monkeypatch, *argv, interrupt_mode="message")
    ignores = "import signal\nsignal.signal(signal.SIGINT, lambda *_: print('a signal came', flush=True))\n"
    cancellation = Cancellation()

    def cancel():
        until((tmp_path / "here").exists)
        cancellation.request()

    threading.Thread(target=cancel).start()
    waits = ignores + SLEEPS.replace("1000", "2")
    ending, _notebook, log = run(waits, "print('never')", kernel="odd", cancellation=cancellation)
    assert ending.status is JobStatus.CANCELED
    # The kernel turns the message into a signal for itself.
    assert log.count("a signal came") == 1


def test_a_run_that_is_canceled_before_it_starts_starts_no_kernel(run):
    cancellation = Cancellation()
    cancellation.request()
    ending, notebook, _log = run("1", cancellation=cancellation, kernel="python3")
    assert ending.status is JobStatus.CANCELED
    assert states(notebook) == ["pending"]


# Its own command line, without two seconds of imports that no test here is about.
PAPERMILL = """
from jupyter_azml.execution.imports import not_found
with not_found("papermill.abs", "pyarrow", "rfc3987_syntax"):
    from papermill.cli import papermill
papermill()
"""


def papermill(folder, notebook, *options, **environment):
    command = [sys.executable, "-c", PAPERMILL, "--engine", "azml", "--no-progress-bar", *options]
    return subprocess.Popen(
        [*command, str(notebook), "out.ipynb"],
        cwd=folder,
        env={**os.environ, **environment},
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )


@pytest.mark.parametrize(("number", "code"), [(signal.SIGINT, 1), (signal.SIGTERM, 143)])
def test_papermill_with_this_engine_saves_when_it_is_told_to_stop(tmp_path, write_notebook, number, code):
    process = papermill(tmp_path, write_notebook("print('first')", SLEEPS, "print('never')"))
    until((tmp_path / "here").exists)
    process.send_signal(number)
    said, _ = process.communicate(timeout=60)
    assert process.returncode == code, said
    notebook = nbformat.read(tmp_path / "out.ipynb", 4)
    assert states(notebook) == ["completed", "failed", "pending"]
    assert notebook.metadata.azml["status"] == "Canceled"
    # As an error, or, should it come between IPython's own lines, as its text.
    assert "KeyboardInterrupt" in nbformat.writes(notebook)


def test_papermill_with_this_engine_is_stopped_while_its_kernel_starts(tmp_path, write_notebook, monkeypatch):
    kernel_that(tmp_path, monkeypatch, sys.executable, "-c", "open('here', 'w').close(); import time; time.sleep(1000)")
    process = papermill(tmp_path, write_notebook("1", kernel="odd"))
    until((tmp_path / "here").exists)
    process.terminate()
    process.communicate(timeout=60)
    assert process.returncode == 143
    assert nbformat.read(tmp_path / "out.ipynb", 4).metadata.azml["status"] == "Canceled"


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_at_any_moment_a_signal_leaves_a_whole_notebook_that_tells_the_truth(tmp_path, write_notebook, number):
    process = papermill(tmp_path, write_notebook(*(f"print({n})" for n in range(2000))))
    until((tmp_path / "out.ipynb").exists)
    moment = time.monotonic() + (time.time() * 1000 % 2000) / 1000
    until(lambda: time.monotonic() > moment)
    process.send_signal(number)
    process.communicate(timeout=60)
    notebook = nbformat.read(tmp_path / "out.ipynb", 4)
    reached = states(notebook)
    ran = [state != "pending" for state in reached]
    assert sorted(ran, reverse=True) == ran
    assert notebook.metadata.azml["status"] == "Canceled"
    for n, (cell, state) in enumerate(zip(notebook.cells, reached, strict=True)):
        assert state != "completed" or text_of(cell) == f"{n}\n"


def test_a_killed_run_has_saved_every_cell_that_ended_a_second_before(tmp_path, write_notebook):
    process = papermill(tmp_path, write_notebook(*(f"open('n', 'w').write('{n}')" for n in range(1600))))

    def reached():
        # What the cells themselves write down is what there is to be compared with.
        return int((tmp_path / "n").read_text() or 0) if (tmp_path / "n").exists() else 0

    until(lambda: reached() > 200)
    a_second_ago = reached()
    moment = time.monotonic() + 1
    until(lambda: time.monotonic() > moment)
    process.kill()
    process.communicate()
    notebook = json.loads((tmp_path / "out.ipynb").read_text())
    done = [cell["metadata"]["papermill"]["status"] == "completed" for cell in notebook["cells"]]
    assert sum(done) >= a_second_ago


def test_what_a_killed_run_could_not_save_in_time_is_put_into_the_notebook(tmp_path):
    cell = {"cell_type": "code", "source": "1", "outputs": [], "metadata": {"papermill": {"status": "pending"}}}
    running = {**cell, "metadata": {"papermill": {"status": "running"}}}
    facts = {"papermill": {"end_time": None, "exception": None}}
    notebook = {"cells": [running, cell, cell], "metadata": facts, "nbformat": 4, "nbformat_minor": 5}
    path, beside = tmp_path / "a.ipynb", tmp_path / "unsaved.ndjson"
    path.write_text(json.dumps(notebook))
    saving_name(path).write_text("half a fi")
    unsaved = UnsavedCells(beside)
    unsaved.add(0, {**cell, "source": "\ud800", "metadata": {"papermill": {"status": "completed"}}})
    unsaved.add(1, {**running, "source": "2"})
    unsaved.close()
    with beside.open("a") as file:
        file.write('{"index": 2, "cell": {"cell_t')
    mend_notebook(path, beside, JobStatus.FAILED, Reason.of("WorkerDied"))
    mended = json.loads(path.read_text("utf-8"))
    assert [c["metadata"]["papermill"]["status"] for c in mended["cells"]] == ["completed", "failed", "pending"]
    assert [c["source"] for c in mended["cells"]] == ["\ud800", "2", "1"]
    assert mended["metadata"]["azml"]["reason"] == "WorkerDied"
    assert [file.name for file in tmp_path.iterdir()] == ["a.ipynb"]
