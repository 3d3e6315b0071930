"""``azml watch`` where nothing is drawn: lines as jobs change, a table of their last values, an exit code."""

import json
import os
import subprocess
import sys

import nbformat
import pytest
from nbclient import NotebookClient

from jupyter_azml.actions.follow_job import JobStream
from jupyter_azml.actions.run_notebook import run_notebook
from jupyter_azml.cli.watch import table_of
from tests.fakes.workspace import make_job
from tests.widgets.test_watch_panel import summary_of


def azml(*arguments):
    command = [sys.executable, "-m", "jupyter_azml", *arguments]
    return subprocess.run(command, capture_output=True, text=True, timeout=120, check=False)


@pytest.mark.warm
def test_jobs_are_watched_to_their_end_in_a_terminal_and_in_a_notebook(workspace, write_notebook):
    logging = "import mlflow\nfor step in range(3): mlflow.log_metric('loss', 3 - step, step=step)"
    good = run_notebook(workspace, write_notebook(logging, name="good.ipynb"), experiment="pair")
    bad = run_notebook(workspace, write_notebook("raise ValueError('no')", name="bad.ipynb"), experiment="pair")
    watched = azml("watch", "--experiment", "pair")
    lines = watched.stdout.splitlines()
    assert watched.returncode == 1
    assert f"{good.name}  {good.display_name}  Completed" in lines
    assert any(line.startswith(bad.name) and line.endswith("Cell 1 raised ValueError: no") for line in lines)
    assert lines[-3].split() == ["Job", "Status", "Cells", "Duration", "loss"]
    assert azml("watch", good.name).returncode == 0
    told = azml("watch", good.name, "-o", "json")
    assert [job["name"] for job in json.loads(told.stdout)] == [good.name]
    both = azml("watch", good.name, "--experiment", "pair")
    assert (both.returncode, both.stderr.splitlines()[0].split(":")[0]) == (2, "UsageError")

    # What a notebook keeps that nobody looked at while it ran.
    notebook = nbformat.v4.new_notebook()
    sources = ["%load_ext jupyter_azml", f"%azml watch {good.name} {bad.name}", f"%azml job show {good.name}"]
    notebook.cells = [nbformat.v4.new_code_cell(source) for source in sources]
    JobStream(workspace, bad.name).wait()
    NotebookClient(notebook, kernel_name="python3", timeout=120).execute()
    for cell in notebook.cells[1:]:
        (output,) = cell.outputs
        assert "Completed" in output.data["text/html"]
        assert output.data["image/png"].startswith("iVBOR")
        assert output.data["application/vnd.jupyter.widget-view+json"]


def test_nothing_to_watch_is_said(azml_home):
    found = azml("watch")
    assert found.returncode == 2
    assert found.stderr.splitlines() == [
        "UsageError: There is no job to watch.",
        "See which there are: azml job list --all",
    ]


@pytest.mark.parametrize("width", [40, 80, 200])
def test_a_table_is_never_higher_than_the_terminal(width):
    metrics = tuple(summary_of(f"metric {number}", [1.0]) for number in range(12))
    jobs = [make_job(f"job{number}", display_name="[red]" + "x" * 90, metrics=metrics) for number in range(60)]
    table = table_of(jobs, width, height=24)
    assert table.row_count + 4 <= 24
    assert table.caption == "and 40 more"
    assert os.linesep not in str(table.columns[0]._cells[0])
