"""``azml run`` as CI runs it: many notebooks, reports, gates, one exit code."""

import json
import os
import re
import signal
import subprocess
import sys
from pathlib import Path
from xml.etree import ElementTree

import nbformat
import pytest

from jupyter_azml.cli.main import run_line
from jupyter_azml.entities import JobQuery, JobStatus
from tests.conftest import notebook_writer

ACTION = Path(__file__).parents[2] / ".github/actions/run-notebooks/run.py"
METRIC = "import mlflow\nmlflow.log_metric('accuracy', 0.83)"


@pytest.fixture
def project(tmp_path, monkeypatch):
    folder = tmp_path / "project"
    folder.mkdir()
    monkeypatch.chdir(folder)
    return folder


@pytest.fixture
def write(project):
    return notebook_writer(project)


@pytest.fixture
def azml(capfd):
    def run(*words):
        code = run_line(["run", *map(str, words)])
        return code, *capfd.readouterr()

    return run


def statuses(workspace):
    return {job.display_name: job.status for job in workspace.jobs.list(JobQuery()).items}


@pytest.mark.warm
def test_the_action_runs_a_folder_and_tells_github_everything(write, project, tmp_path):
    write("# parameters\nn = 1", "# Log it\n" + METRIC, name="too_good.ipynb")
    write(METRIC.replace("0.83", "0.81"), name="passes.ipynb")
    write("x = 1", "# Fail\nprint('::error::mine')\ny = 0\n\nx / y", "print('never')", name="deep/fails.ipynb")
    write("print('begun', flush=True)\nimport time\ntime.sleep(600)", name="deep/hangs.ipynb")
    write("import os\nos._exit(7)", name="dies.ipynb")
    (project / "broken.ipynb").write_text("{}")
    files = {name: tmp_path / name for name in ("outputs", "summary.md")}
    environment = {
        **{name: value for name, value in os.environ.items() if not name.startswith(("GITHUB_", "INPUT_"))},
        "GITHUB_ACTIONS": "true",
        "CI": "true",
        "GITHUB_WORKSPACE": str(project),
        "GITHUB_OUTPUT": str(files["outputs"]),
        "GITHUB_STEP_SUMMARY": str(files["summary.md"]),
        "RUNNER_TEMP": str(tmp_path),
        "INPUT_PATHS": "too_good.ipynb\n deep\n*.ipynb\n",
        "INPUT_PARAMETERS": "",
        "INPUT_EXECUTION_TIMEOUT": "25",
        "INPUT_REQUIRE": "accuracy>=0.8\naccuracy<0.83",
        "INPUT_FAIL_FAST": "false",
        "INPUT_JUNIT": "reports/notebooks.xml",
        "INPUT_HTML": "reports/notebooks.html",
        "INPUT_OUTPUT_DIR": "executed",
    }
    done = subprocess.run(
        [sys.executable, ACTION], env=environment, capture_output=True, text=True, timeout=170, check=False
    )

    assert done.returncode == 138, done.stderr
    assert done.stdout == ""
    outputs = dict(line.split("=", 1) for line in files["outputs"].read_text().splitlines())
    assert (outputs["exit-code"], outputs["completed"], outputs["failed"]) == ("138", "1", "5")
    results = {each["path"]: each for each in json.loads(Path(outputs["results"]).read_text())}
    assert {path: each["verdict"] for path, each in results.items()} == {
        "passes.ipynb": "Completed",
        "too_good.ipynb": "Failed",
        "deep/fails.ipynb": "Failed",
        "deep/hangs.ipynb": "TimedOut",
        "broken.ipynb": "Invalid",
        "dies.ipynb": "KernelDied",
    }
    assert [result["is_met"] for result in results["too_good.ipynb"]["requirements"]] == [True, False]
    assert results["too_good.ipynb"]["job"]["status"] == "Completed"

    annotations = dict(re.findall(r"^::error file=([^,\n]+)(.*)$", done.stderr, re.MULTILINE))
    assert set(annotations) == set(results) - {"passes.ipynb"}
    line = int(re.match(r",line=(\d+)", annotations["deep/fails.ipynb"])[1])
    assert (project / "deep/fails.ipynb").read_text().splitlines()[line - 1].strip() == '"x / y"'
    assert "ran longer than the 25 s" in annotations["deep/hangs.ipynb"]
    assert done.stderr.count("::group::") == done.stderr.count("::endgroup::") == 6
    stopped, _rest = done.stderr.split("::error::mine")[0].rsplit("::stop-commands::", 1)
    assert stopped

    summary = files["summary.md"].read_text()
    assert "Notebooks: 1 of 6 completed" in summary
    assert "| ✗ | `deep/hangs.ipynb` | Timed out |" in summary
    assert "| 0.83 |" in summary
    assert "> 5 x / y" in summary

    suites = {suite.get("name"): suite for suite in ElementTree.parse(project / "reports/notebooks.xml").getroot()}
    assert set(suites) == set(results)
    assert suites["deep/fails.ipynb"].find("testcase/failure").get("type") == "ZeroDivisionError"
    assert suites["deep/fails.ipynb"].get("skipped") == "1"
    assert suites["dies.ipynb"].find("testcase/failure").get("type") == "KernelDied"
    assert suites["deep/hangs.ipynb"].find("testcase/system-out").text == "begun\n"
    assert "deep/hangs.ipynb" in (project / "reports/notebooks.html").read_text()

    executed = sorted(str(path.relative_to(project / "executed")) for path in (project / "executed").rglob("*.ipynb"))
    assert executed == ["deep/fails.ipynb", "deep/hangs.ipynb", "dies.ipynb", "passes.ipynb", "too_good.ipynb"]


@pytest.mark.warm
def test_several_run_to_an_end_with_a_table_and_data_for_all(azml, write, workspace):
    write("print('one')", name="a.ipynb")
    write("2", name="b.ipynb")
    code, out, err = azml("*.ipynb", "-j", "1", "--stream")
    names = {line.split("  ")[1]: line.split("  ")[0] for line in out.splitlines() if re.match(r"\w+_\w+  ", line)}
    assert code == 0
    assert list(names) == ["a.ipynb", "b.ipynb"]
    assert "a.ipynb | one" in out
    assert re.search(rf"a\.ipynb +Completed +1/1 +\S+ s +{names['a.ipynb']}", out)
    first, second = (workspace.jobs.get(name) for name in names.values())
    assert second.created >= first.ended
    code, out, err = azml(".", "-o", "json")
    assert [each["job"]["display_name"] for each in json.loads(out)] == ["a", "b"]
    assert len(re.findall(r"^\w+_\w+  [ab]\.ipynb$", err, re.MULTILINE)) == 2


@pytest.mark.warm
def test_the_first_failure_stops_the_others_which_do_not_count(azml, write, workspace):
    write("1/0", name="a.ipynb")
    write("while True: pass", name="b.ipynb")
    write("3", name="c.ipynb")
    code, out, _err = azml("a.ipynb", "b.ipynb", "c.ipynb", "--fail-fast", "-j", "2", "--junit", "r.xml")
    assert code == 1
    assert statuses(workspace) == {"a": JobStatus.FAILED, "b": JobStatus.CANCELED}
    assert "Another notebook failed before its turn." in out
    suites = ElementTree.parse("r.xml").getroot()
    assert [(suite.get("failures"), suite.get("errors")) for suite in suites] == [("1", "0"), ("0", "0"), ("0", "0")]


@pytest.mark.warm
def test_an_identical_notebook_is_not_run_again(azml, write, workspace):
    path = write("# parameters\nn = 1", "print(n)", name="a.ipynb")
    assert azml("a.ipynb", "--wait")[0] == 0
    (job,) = workspace.jobs.list().items
    words = ("a.ipynb", "--cached", "--update", "--output-notebook", "copy/b.ipynb", "--junit", "r.xml")
    code, out, _err = azml(*words)
    assert code == 0
    assert f"Reused: {job.name}" in out
    assert "Running" not in out
    assert nbformat.read(path, 4).cells[1].outputs[0].text == "1\n"
    assert nbformat.read("copy/b.ipynb", 4).cells[1].outputs[0].text == "1\n"
    assert f'value="{job.name}"' in Path("r.xml").read_text()
    assert azml(*words)[0] == 0
    assert len(workspace.jobs.list().items) == 1
    assert azml(*words, "-p", "n", "2")[0] == 0
    assert len(workspace.jobs.list().items) == 2


@pytest.mark.warm
@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_being_stopped_cancels_the_jobs_and_still_reports(write, project, workspace, number):
    write("print('begun', flush=True)\nimport time\ntime.sleep(600)", name="a.ipynb")
    write("1", name="b.ipynb")
    words = ["-m", "jupyter_azml", "run", ".", "-j", "1", "--stream", "--junit", "r.xml", "--output-dir", "out"]
    client = subprocess.Popen([sys.executable, *words], stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)
    while "begun" not in client.stdout.readline():
        assert client.poll() is None
    client.send_signal(number)
    rest = client.stdout.read()
    assert client.wait() == 128 + number
    assert "Canceling what runs" in rest
    assert statuses(workspace) == {"a": JobStatus.CANCELED}
    assert "begun" in Path("out/a.ipynb").read_text()
    assert "Interrupted before its turn." in Path("r.xml").read_text()


@pytest.mark.warm
def test_a_second_interrupt_leaves_at_once_and_the_report_is_there(write, project, monkeypatch):
    monkeypatch.setenv("AZML_CANCEL_GRACE_SECONDS", "60")
    deaf = "while True:\n    try: time.sleep(600)\n    except KeyboardInterrupt: pass"
    write(f"import time\nprint('begun', flush=True)\n{deaf}", name="a.ipynb")
    words = ["-m", "jupyter_azml", "run", ".", "--stream", "--junit", "r.xml"]
    client = subprocess.Popen([sys.executable, *words], stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)
    while "begun" not in client.stdout.readline():
        assert client.poll() is None
    client.send_signal(signal.SIGINT)
    while "Canceling" not in client.stdout.readline():
        assert client.poll() is None
    client.send_signal(signal.SIGINT)
    assert client.wait(timeout=40) == 130
    assert "a.ipynb" in Path("r.xml").read_text()


WRONG = {
    "nothing there": (["*.ipynb"], 31, "NotebookMissing: There is no notebook in *.ipynb."),
    "a gate that is none": (["a.ipynb", "--require", "accuracy=1"], 2, "UsageError: accuracy=1 is no requirement."),
    "no end to report on": (["a.ipynb", "--no-wait", "--junit", "x"], 2, "UsageError: --junit needs the end"),
    "two places": (["a.ipynb", "--output-dir", "a", "--output-notebook", "b"], 2, "UsageError: --output-dir and"),
    "a report that is a folder": (["a.ipynb", "--junit", "deep"], 2, "UsageError: deep cannot be written"),
    "one name for several": (["a.ipynb", "deep", "--name", "x"], 2, "UsageError: --name is for one notebook"),
    "papermill's second": (["a.ipynb", "out.ipynb"], 31, "NotebookMissing: There is no notebook at out.ipynb."),
    "another engine": (["a.ipynb", "--engine", "ray"], 2, "UsageError: Jobs run with the engine azml; ray"),
    "nowhere to prepare to": (["a.ipynb", "--prepare-only"], 2, "UsageError: --prepare-only takes one notebook"),
    "no such folder": (["a.ipynb", "--cwd", "nope", "--junit", "r.xml"], 2, "a.ipynb"),
    "no such compute": (["a.ipynb", "deep", "--compute", "gpu"], 22, "ComputeNotFound:"),
}


@pytest.mark.parametrize("case", WRONG)
def test_what_cannot_be_meant_is_refused_before_anything_runs(azml, write, workspace, case):
    write("1", name="a.ipynb") if case != "nothing there" else None
    write("1", name="deep/b.ipynb")
    words, code, said = WRONG[case]
    found, out, err = azml(*words)
    assert (found, workspace.jobs.list().items) == (code, ())
    assert said in out + err
    assert "Traceback" not in err


@pytest.mark.warm
def test_papermills_words_are_taken(azml, write, project):
    write(
        "# parameters\nn = 1", "import os, sys\nprint(os.getcwd())\nprint('err', file=sys.stderr)", name="deep/a.ipynb"
    )
    (project / "data").mkdir()
    (project / "data" / "x.csv").write_text("1")
    prepare = azml("deep/a.ipynb", "-p", "n", "5", "--prepare-only", "--output-notebook", "p.ipynb")
    assert (prepare[0], nbformat.read("p.ipynb", 4).cells[1].source) == (0, "# Parameters\nn = 5\n")
    words = [
        "--cwd",
        "data",
        "--start-timeout",
        "50",
        "--report-mode",
        "--stdout-file",
        "o.txt",
        "--stderr-file",
        "e.txt",
    ]
    words += ["--autosave-cell-every", "5", "--engine", "azml", "--no-progress-bar", "--log-output", "-l", "python"]
    code, _out, err = azml("deep/a.ipynb", *words, "--output-notebook", "x.ipynb")
    assert code == 0
    assert "Notebooks are saved as they fill up" in err
    assert Path("o.txt").read_text().strip().endswith("/code/data")
    assert Path("e.txt").read_text() == "err\n"
    assert nbformat.read("x.ipynb", 4).cells[1].metadata.jupyter.source_hidden


def test_submitting_many_and_leaving(azml, write, project, workspace):
    write("1", name="a.ipynb")
    write("2", name="b.ipynb")
    (project / "c.ipynb").write_text("?")
    code, out, err = azml(".", "--no-wait")
    assert code == 32
    assert [line.split("  ")[1] for line in out.splitlines()] == ["a.ipynb", "b.ipynb"]
    assert "c.ipynb: NotebookInvalid:" in err
    assert len(workspace.jobs.list().items) == 2
