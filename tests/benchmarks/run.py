"""Times beside the peers' times, in one run, as ratios. ``make bench``; never a test, since machines are noisy.

Medians of several rounds, ours and the peer's in turn.
"""

import json
import os
import platform
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from importlib.metadata import version
from pathlib import Path

import nbformat

FIRST_LINE = "import time; print('first line at', time.time())"


def main() -> None:
    with tempfile.TemporaryDirectory() as folder:
        os.environ["AZML_HOME"] = str(Path(folder) / "home")
        os.environ["AZML_AGENT_IDLE_SECONDS"] = "30"
        os.environ["MLFLOW_DISABLE_TELEMETRY"] = "true"
        print(f"{platform.platform()}, {os.cpu_count()} cores, Python {platform.python_version()}")
        names = ("papermill", "nbclient", "mlflow-skinny", "jupyter_client", "ipykernel")
        print(", ".join(f"{name} {version(name)}" for name in names), "\n")
        print(f"{'work':52} {'ours':>9} {'peer':>9} {'ratio':>7}  peer")
        for group in (cells, first_line, idling, log_metric, starting, listing):
            for work, ours, peer, who in group(folder):
                ratio = f"{ours / peer:.2f}" if peer else ""
                print(f"{work:52} {shown(ours):>9} {shown(peer) if peer else '':>9} {ratio:>7}  {who}")


Row = list[tuple[str, float, float | None, str]]


def cells(folder: str) -> Row:
    """Small cells: papermill's engine saves twice a cell, ours within a budget."""
    rows: Row = []
    for count in (100, 400):
        path = notebook(folder, [f"x = {n}" for n in range(count)], f"cells{count}.ipynb")
        output = str(Path(folder) / "out.ipynb")
        papermill = ["-m", "papermill", "--no-progress-bar", str(path), output]
        ours, peer = in_turn(lambda p=papermill: python(*p, "--engine", "azml"), lambda p=papermill: python(*p), 3)
        rows.append((f"notebook of {count} small cells, from the shell", ours, peer, "papermill"))
    return rows


def first_line(folder: str) -> Row:
    path = notebook(folder, [FIRST_LINE], "first.ipynb")
    output = Path(folder) / "first_out.ipynb"

    def ours() -> float:
        began = time.time()
        name = python("-m", "jupyter_azml", "run", str(path), "--wait").stdout.split()[0]
        job = json.loads(python("-m", "jupyter_azml", "job", "show", name, "-o", "json").stdout)
        return printed_time(Path(job["outputs"]["notebook"]["uri"])) - began

    def peer() -> float:
        began = time.time()
        python("-m", "papermill", "--no-progress-bar", str(path), str(output))
        return printed_time(output) - began

    ours()  # so that the agent is there, as in a session of work
    return [("submit to the first line of user code", *in_turn(ours, peer, 3), "papermill from the shell")]


def idling(folder: str) -> Row:
    """What the agent, and the worker that it keeps warm, take of a core while there is nothing to do."""
    import psutil

    lock = Path(folder) / "home/workspaces/local/agent.lock"
    agent = psutil.Process(json.loads(lock.read_text("utf-8"))["pid"])
    processes = [agent, *agent.children()]

    def used() -> float:
        return sum(sum(process.cpu_times()[:2]) for process in processes)

    time.sleep(3)  # what the last job left to do
    before, began = used(), time.monotonic()
    time.sleep(10)
    return [("idle agent: seconds of CPU per second", (used() - before) / (time.monotonic() - began), None, "")]


def log_metric(folder: str) -> Row:
    script = """
import sys, time, mlflow
mlflow.set_tracking_uri(sys.argv[1])
with mlflow.start_run():
    mlflow.log_metric("warm", 0)
    began = time.perf_counter()
    for step in range(300): mlflow.log_metric("loss", step, step=step)
    print((time.perf_counter() - began) / 300)
"""
    workspace = Path(folder) / "home/workspaces/local"
    times = [
        float(python("-c", script, uri).stdout.split()[-1])
        for uri in (f"azml://{workspace}", f"sqlite:///{folder}/peer.db")
    ]
    return [("one mlflow.log_metric call", times[0], times[1], "MLflow on SQLite")]


def starting(_folder: str) -> Row:
    load = "import time; from IPython.core.interactiveshell import InteractiveShell as S; s = S.instance()\n"
    load += (
        "began = time.perf_counter(); s.run_line_magic('load_ext', 'jupyter_azml'); print(time.perf_counter() - began)"
    )
    loads = statistics.median(float(python("-c", load).stdout.split()[-1]) for _ in range(3))
    helps = statistics.median(timed(lambda: python("-m", "jupyter_azml", "--help")) for _ in range(5))
    return [("%load_ext jupyter_azml", loads, None, ""), ("azml --help, whole process", helps, None, "")]


def listing(folder: str) -> Row:
    from datetime import UTC, datetime, timedelta

    from jupyter_azml.entities import Job, JobQuery, JobStatus, JobType, NotebookSpec
    from jupyter_azml.local import LocalWorkspace
    from jupyter_azml.local.records import insert_job

    workspace = LocalWorkspace(Path(folder) / "home/workspaces/many")
    spec = NotebookSpec(notebook="a.ipynb", code="/")
    ends = (JobStatus.COMPLETED, JobStatus.FAILED, JobStatus.CANCELED)
    queries = {
        "": JobQuery(),
        " that failed": JobQuery(statuses=(JobStatus.FAILED,)),
        " with a tag": JobQuery(tags={"team": None}),
        " with a word, found nowhere": JobQuery(text="nowhere"),
        " by duration": JobQuery(sort="duration"),
    }
    rows: Row = []
    began, held = datetime.now(UTC), 0
    for count in (100, 10_000):
        with workspace.jobs._db.write() as connection:
            for number in range(held, count):
                facts = {"experiment": f"e{number % 7}", "status": ends[number % 3], "tags": {"team": f"t{number % 5}"}}
                times = {"created": began, "started": began, "ended": began + timedelta(seconds=number % 999)}
                kind = {"type": JobType.NOTEBOOK, "spec": spec}
                insert_job(
                    connection, Job(name=f"job_{number}", display_name=f"job {number}", **facts, **times, **kind)
                )
        held = count
        for what, query in queries.items():
            took = statistics.median(timed(lambda query=query: workspace.jobs.list(query)) for _ in range(9))
            rows.append((f"first page of job list{what}, {count:,} jobs", took, None, ""))
    return rows


def notebook(folder: str, sources: list[str], name: str) -> Path:
    made = nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell(source) for source in sources])
    made.metadata["kernelspec"] = {"name": "python3", "display_name": "Python 3", "language": "python"}
    path = Path(folder) / "notebooks" / name
    path.parent.mkdir(exist_ok=True)
    nbformat.write(made, path)
    return path


def printed_time(output: Path) -> float:
    return float(nbformat.read(output, 4).cells[0].outputs[0].text.split()[-1])


def in_turn(ours: Callable[[], object], peer: Callable[[], object], rounds: int) -> tuple[float, float]:
    """Medians; a function that returns a number has measured itself."""
    pairs = [(timed(ours), timed(peer)) for _ in range(rounds)]
    return statistics.median(pair[0] for pair in pairs), statistics.median(pair[1] for pair in pairs)


def timed(function: Callable[[], object]) -> float:
    began = time.perf_counter()
    value = function()
    return value if isinstance(value, float) else time.perf_counter() - began


def python(*words: str) -> "subprocess.CompletedProcess[str]":
    return subprocess.run([sys.executable, *words], capture_output=True, text=True, check=True)


def shown(seconds: float) -> str:
    return f"{seconds * 1000:.1f} ms" if seconds < 1 else f"{seconds:.2f} s"


if __name__ == "__main__":
    main()
