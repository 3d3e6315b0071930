"""The command line, as a process of its own would meet it."""

import json
import signal
import subprocess
import sys

import pytest

from jupyter_azml.cli.main import run_line
from jupyter_azml.entities import JobStatus


@pytest.fixture
def azml(capfd):
    """Runs one line and returns exit code, stdout and stderr."""

    def run(*words):
        code = run_line([str(word) for word in words])
        return code, *capfd.readouterr()

    return run


@pytest.mark.warm
def test_running_and_waiting_prints_the_name_first_and_then_how_it_went(azml, write_notebook):
    notebook = write_notebook("# parameters\nn = 1", "# Say it\nprint(n * 2)")
    code, out, _err = azml("run", notebook, "-p", "n", "21", "--stream")
    name, *lines = out.splitlines()
    assert code == 0
    assert any(line.startswith("✓ [3/3] Say it") for line in lines)
    assert "42" in lines
    assert f"train  Completed  {name}" in lines
    assert f"jobs/{name}/outputs/train.ipynb" in out


@pytest.mark.warm
def test_running_without_waiting_returns_at_once_with_the_next_step(azml, write_notebook):
    code, out, err = azml("run", write_notebook("1"))
    assert code == 0
    assert err == f"Queued. Follow it with: azml job stream {out.strip()}\n"
    assert azml("job", "stream", out.strip())[0] == 0


@pytest.mark.warm
def test_data_goes_to_stdout_and_words_to_stderr(azml, write_notebook):
    code, out, err = azml("run", write_notebook("print('words')"), "--stream", "-o", "json")
    job = json.loads(out)
    assert (code, job["status"]) == (0, "Completed")
    assert err.splitlines()[0] == job["name"]
    assert "words" in err


@pytest.mark.warm
@pytest.mark.parametrize(
    ("source", "code", "status"),
    [("1/0", 1, "Failed"), ("import os; os._exit(1)", 138, "Failed")],
)
def test_the_exit_code_tells_how_the_job_ended(azml, write_notebook, source, code, status):
    found, out, _err = azml("run", write_notebook(source), "--wait")
    assert found == code
    assert status in out


@pytest.mark.warm
def test_a_cell_that_takes_too_long_ends_the_job_with_its_own_code(azml, write_notebook):
    notebook = write_notebook("import time\nwhile True: time.sleep(0.1)")
    code, out, _err = azml("run", notebook, "--wait", "--execution-timeout", "1")
    assert code == 4
    assert "Cell 1 ran longer than the 1 s it was given." in out


def bad_input(write_notebook, tmp_path):
    """Words, exit code and what is said first, for everything a user can get wrong."""
    good = write_notebook("# parameters\nepochs = 1")
    not_json = tmp_path / "broken.ipynb"
    not_json.write_text("hello")
    (tmp_path / "none").mkdir()
    other_json = tmp_path / "other.ipynb"
    other_json.write_text('{"a": 1}')
    return {
        "missing notebook": (("run", tmp_path / "nope.ipynb"), 31, "NotebookMissing: There is no notebook at"),
        "a folder": (("run", tmp_path / "none"), 31, "NotebookMissing:"),
        "not JSON": (("run", not_json), 32, "NotebookInvalid:"),
        "other JSON": (("run", other_json), 32, "NotebookInvalid:"),
        "no kernelspec": (("run", write_notebook("1", name="k.ipynb", kernel=None)), 33, "KernelspecMissing:"),
        "unknown kernel": (("run", good, "-k", "fortran"), 33, "KernelspecMissing: There is no kernel named fortran"),
        "unknown parameter": (("run", good, "-p", "epoch", "3"), 34, "ParameterUnknown:"),
        "unknown compute": (("run", good, "--compute", "gpu"), 22, "ComputeNotFound:"),
        "unknown job": (("job", "show", "nobody"), 21, "JobNotFound:"),
        "no name": (("job", "show"), 2, "Usage: azml job show"),
        "bad workspace name": (("attach", "a b"), 2, "UsageError:"),
        "missing configuration": (("attach", tmp_path / "config.json"), 23, "WorkspaceNotFound:"),
        "unknown verb": (("job", "lsit"), 2, "Usage: azml job"),
    }


CASES = (
    "missing notebook",
    "a folder",
    "not JSON",
    "other JSON",
    "no kernelspec",
    "unknown kernel",
    "unknown parameter",
    "unknown compute",
    "unknown job",
    "no name",
    "bad workspace name",
    "missing configuration",
    "unknown verb",
)


@pytest.mark.parametrize("case", CASES)
def test_bad_input_is_two_lines_and_an_exit_code(azml, write_notebook, tmp_path, case):
    words, code, said = bad_input(write_notebook, tmp_path)[case]
    found, out, err = azml(*words)
    assert (found, out) == (code, "")
    assert err.startswith(said)
    assert "Traceback" not in err
    if code != 2:
        assert len(err.splitlines()) == 2


@pytest.mark.warm
def test_a_notebook_without_kernelspec_runs_when_one_is_named(azml, write_notebook):
    assert azml("run", write_notebook("1", kernel=None), "-k", "python3", "--wait")[0] == 0


def test_an_attachment_is_remembered_for_the_next_line(azml):
    assert azml("attach", "second")[0] == 0
    assert json.loads(azml("workspace", "show", "-o", "json")[1])["name"] == "second"


@pytest.mark.parametrize("output", ["json", "yaml", "tsv"])
def test_a_list_can_be_had_as_data(azml, output):
    code, out, _err = azml("compute", "list", "-o", output)
    assert code == 0
    assert "local" in out


def test_names_are_positional_or_by_flag_as_in_az(azml):
    assert azml("compute", "show", "-n", "local")[1] == azml("compute", "show", "local")[1]


@pytest.mark.warm
def test_progress_bars_and_unfinished_lines_are_shown_as_lines(azml, write_notebook):
    source = """
import sys
for n in range(5): sys.stdout.write(f"\\r{n * 25} %"); sys.stdout.flush()
for word in ("no", " line", " end"): print(word, end="", flush=True)
"""
    _code, out, _err = azml("run", write_notebook(source), "--stream")
    assert "100 %no line end" in out.splitlines()


@pytest.mark.warm
def test_showing_a_job_that_waits_says_why(azml, write_notebook):
    name = azml("run", write_notebook("import time\nwhile True: time.sleep(0.1)"))[1].strip()
    code, out, _err = azml("job", "show", name)
    assert code == 0
    assert "train  " in out
    assert len(out.splitlines()) > 2
    azml("job", "cancel", name)


def test_a_reader_that_has_seen_enough_is_no_error(write_notebook):
    command = f"{sys.executable} -m jupyter_azml compute list | true"
    done = subprocess.run(["bash", "-o", "pipefail", "-c", command], capture_output=True, text=True, check=False)
    assert (done.returncode, done.stderr) == (0, "")


@pytest.mark.warm
def test_interrupting_the_terminal_leaves_the_job_running_and_says_how_to_come_back(workspace, write_notebook):
    notebook = write_notebook("import time\nprint('started', flush=True)\nwhile True: time.sleep(0.1)")
    command = [sys.executable, "-m", "jupyter_azml", "run", str(notebook), "--stream"]
    terminal = subprocess.Popen(command, stdout=subprocess.PIPE, text=True)
    name = terminal.stdout.readline().strip()
    while "started" not in terminal.stdout.readline():
        pass
    terminal.send_signal(signal.SIGINT)
    rest = terminal.stdout.read()
    assert terminal.wait() == 130
    assert f"azml job stream {name}" in rest
    assert workspace.jobs.get(name).status is JobStatus.RUNNING
    workspace.jobs.cancel(name)
