"""``%%azml run``: a cell as a job, from the notebook that holds its values, and back."""

import os
import pickle
import signal
import threading

import nbformat
import pytest

from jupyter_azml.actions.follow_job import JobStream
from jupyter_azml.entities import CellChanged, JobStatus


@pytest.fixture
def shell(shell, tmp_path, monkeypatch):
    """In a folder of its own, since the folder travels."""
    (tmp_path / "project").mkdir()
    monkeypatch.chdir(tmp_path / "project")
    return shell


def run(shell, source):
    result = shell.run_cell(source, store_history=True)
    result.raise_error()
    return result.result


def refused(shell, source):
    return shell.run_cell(source).error_in_exec


NOTEBOOK = """
import numpy as np
rate = 1
class Point:
    made = 0
    def __init__(self, x): self.x = x
def scaled(a): return a * rate
"""


@pytest.mark.warm
def test_a_cell_with_magics_runs_as_it_is_written_and_its_values_come_back(shell, workspace, tmp_path):
    (tmp_path / "project" / "helpers.py").write_text("def shout(t): return t.upper()")
    run(shell, NOTEBOOK)
    cell = """import asyncio, helpers
rate = 10
await asyncio.sleep(0)
%matplotlib inline
said = !echo {rate}
y = scaled(np.arange(3))
p = Point(helpers.shout('x'))
Point.made += 1
f = lambda: y.sum() + rate
p.x
"""
    run(
        shell,
        f"%%azml run --job job --return y --return p --return said --return f --wait --tag a=b --timeout 60\n{cell}",
    )
    names = shell.user_ns
    assert names["y"].tolist() == [0, 10, 20]
    assert type(names["p"]) is names["Point"]
    assert (names["p"].x, names["Point"].made, list(names["said"])) == ("X", 0, ["10"])
    assert names["f"]() == 40
    assert names["rate"] == 1
    job = workspace.jobs.get(names["job"].name)
    assert (job.status, job.tags, job.experiment) == (JobStatus.COMPLETED, {"a": "b"}, "project")
    notebook = nbformat.read(job.outputs["notebook"].uri, 4)
    assert [each.source for each in notebook.cells] == [cell]
    assert [output.output_type for output in notebook.cells[0].outputs] == ["execute_result"]
    assert notebook.cells[0].outputs[0]["data"]["text/plain"] == "'X'"
    assert {each.name: each.kind for each in job.spec.captured} == {
        "scaled": "function",
        "np": "module",
        "Point": "class",
    } | ({"rate": "value"} if "rate" in {each.name for each in job.spec.captured} else {})
    assert list(names["job"].result()) == ["y", "p", "said", "f"]
    # A file that is not this job's own is not loaded.
    listed = workspace.jobs._paths.job(job.name).outputs / "returns" / "y.pickle"
    listed.write_bytes(pickle.dumps("forged"))
    assert "is not what the job" in str(refused(shell, "job.result('y')"))


@pytest.mark.warm
def test_the_error_of_the_cell_is_raised_here_as_itself_with_the_lines_of_the_user(shell):
    run(
        shell,
        "class Wrong(Exception):\n    def __init__(self, code): super().__init__(f'code {code}'); self.code = code",
    )
    run(shell, "def check(x):\n    if x: raise Wrong(x)")
    error = refused(shell, "%%azml run --job job --return y --wait\ny = 1\ncheck(5)")
    assert type(error) is shell.user_ns["Wrong"]
    assert (str(error), error.code) == ("code 5", 5)
    lines = error._render_traceback_()
    assert [line.strip() for line in lines[1:5]] == [
        "In the cell, line 2, in <module>",
        "check(5)",
        "In an earlier cell, line 2, in check",
        "if x: raise Wrong(x)",
    ]
    assert not any("site-packages" in line for line in lines)
    assert type(refused(shell, "job.result()")) is shell.user_ns["Wrong"]


@pytest.mark.warm
def test_what_cannot_come_back_is_named_and_the_rest_is_there(shell):
    cell = "import threading, os\ngood = 3\nlock = threading.Lock()\nif os.environ.get('NEVER'): seldom = 1"
    run(shell, f"%%azml run --job job --return good --return lock --return seldom\n{cell}")
    job = run(shell, "job.wait()")
    assert job.status is JobStatus.COMPLETED
    assert job.reason.message.startswith(
        "The cell ran. What did not come back: lock (it belongs to this process), seldom"
    )
    assert run(shell, "job.result('good')") == 3
    error = refused(shell, "job.result()")
    assert type(error).__name__ == "CellNotPortable"
    assert str(error).startswith("lock did not come back")
    assert "not asked to return" in str(refused(shell, "job.result('other')"))


@pytest.mark.warm
def test_nothing_is_unpickled_before_it_is_asked_for(shell, tmp_path):
    mark = tmp_path / "mark"
    run(shell, "import os\nclass Loud:\n    def __reduce__(self): return os.mkdir, (where,)")
    shell.user_ns["where"] = str(mark)
    run(shell, "%%azml run --job job --return loud\nloud = Loud()")
    run(shell, "job.wait()\nrepr(job)\njob.outputs")
    assert not mark.exists()
    run(shell, "job.result()")
    assert mark.is_dir()


@pytest.mark.warm
def test_leaving_the_wait_leaves_the_job_running(shell, workspace, capsys):
    stream = threading.Event()

    def interrupt():
        while not stream.is_set():
            jobs = workspace.jobs.list().items
            if jobs and any(isinstance(e, CellChanged) for e in workspace.jobs.events({jobs[0].name: ""}).events):
                os.kill(os.getpid(), signal.SIGINT)
                return
            stream.wait(0.05)

    thread = threading.Thread(target=interrupt)
    thread.start()
    result = shell.run_cell("%%azml run --wait\nimport time\nwhile True: time.sleep(0.1)")
    stream.set()
    thread.join()
    assert isinstance(result.error_in_exec, KeyboardInterrupt)
    (job,) = workspace.jobs.list().items
    assert f"The job {job.name} goes on." in str(result.error_in_exec)
    assert not workspace.jobs.get(job.name).status.is_terminal
    workspace.jobs.cancel(job.name)
    assert JobStream(workspace, job.name).wait().status is JobStatus.CANCELED


def test_a_dry_run_shows_what_would_travel_and_submits_nothing(shell, workspace, tmp_path):
    (tmp_path / "project" / "data.csv").write_text("a,b\n" * 100)
    (tmp_path / "project" / ".amlignore").write_text("*.bin\n")
    (tmp_path / "project" / "large.bin").write_bytes(bytes(1000))
    run(shell, NOTEBOOK + "a = np.zeros(100_000)")
    preview = run(shell, "%%azml run --dry-run\nscaled(a)")
    assert [(each.name, each.kind, each.via) for each in preview.names] == [
        ("scaled", "function", ""),
        ("a", "value", ""),
        ("rate", "value", "scaled"),
    ]
    assert preview.names.to_pandas().set_index("name").loc["a", "size"] > 800_000
    assert [each.path for each in preview.files] == [".amlignore", "data.csv"]
    assert "numpy.ndarray" in repr(preview)
    assert "data.csv" in preview._repr_html_()
    assert workspace.jobs.list().items == ()


@pytest.mark.parametrize(
    ("source", "code", "word"),
    [
        ("%%azml run\n   \n", "UsageError", "The cell is empty"),
        ("%%azml run\nif True", "NotebookInvalid", "line 1"),
        ("%%azml run --return z\nx = 1", "UsageError", "neither binds nor reads z"),
        ("%%azml run --include nope\nx = 1", "UsageError", "no variable nope"),
        ("%%azml run --save-as job.yml\nx = 1", "UsageError", "no YAML file"),
        ("%%azml run --compute nowhere\nx = 1", "ComputeNotFound", "nowhere"),
        ("%%azml run --code nowhere\nx = 1", "UsageError", "no folder"),
        ("%%azml run --code . --no-code\nx = 1", "UsageError", "exclude"),
        ("%%azml run --secret nope\nx = 1", "SecretNotFound", "nope"),
        ("%%azml run -k nope\nx = 1", "KernelspecMissing", "nope"),
        ("%%azml run --max-size 0.001\nprint(big)", "CellTooLarge", "big (bytes)"),
        ("%%azml job list\nx = 1", "UsageError", "Above a cell"),
        ("%%azml\nx = 1", "UsageError", "Above a cell"),
        ("%%azml run --retrun x\nx = 1", "UsageError", "--return"),
        ("%%azml run\nfh.read()", "CellNotPortable", "fh"),
    ],
)
def test_what_cannot_be_is_said_before_anything_is_submitted(shell, workspace, source, code, word):
    run(shell, "big = bytes(10_000)\nfh = open('x', 'w')")
    error = refused(shell, source)
    assert type(error).__name__ == code
    assert word in str(error)
    assert error.hint
    assert workspace.jobs.list().items == ()


def test_a_folder_that_does_not_travel_is_missed_by_the_values_that_need_it(shell, tmp_path):
    (tmp_path / "project" / "mine.py").write_text("class A: pass")
    run(shell, "import sys; sys.path.insert(0, '')\nimport mine\nthing = mine.A()")
    error = refused(shell, "%%azml run --no-code\nthing")
    assert type(error).__name__ == "CellNotPortable"
    assert "thing needs" in str(error)
    (tmp_path / "project" / ".amlignore").write_text("mine.py\n")
    assert "thing needs" in str(refused(shell, "%%azml run\nthing"))
    run(shell, "sys.path.remove(''); del sys.modules['mine']")


def test_a_folder_that_is_too_large_names_the_flags(shell, tmp_path, monkeypatch):
    from jupyter_azml.execution import snapshot

    monkeypatch.setattr(snapshot, "MOST_FILES", 1)
    for name in "ab":
        (tmp_path / "project" / name).touch()
    error = refused(shell, "%%azml run\nx = 1")
    assert type(error).__name__ == "SnapshotTooLarge"
    assert "--no-code" in error.hint


def test_tab_completes_the_line_above_a_cell():
    from jupyter_azml.magics.completion import complete_line

    assert complete_line("%%azml r") == ["run"]
    assert complete_line("%%azml run --ret") == ["--return", "--retries"]
