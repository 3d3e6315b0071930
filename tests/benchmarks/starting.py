"""How long it takes until something happens."""

import json
import statistics
import time
from pathlib import Path

from .measure import Row, end_processes, in_turn, notebook, printed_time, python, timed

FIRST_LINE = "import time; print('first line at', time.time())"


def first_line(folder: str) -> list[Row]:
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

    def cold() -> float:
        end_processes(folder)
        return ours()

    work, who = "submit to the first line of user code", "papermill from the shell"
    rows = [Row(f"{work}, cold", *in_turn(cold, peer, 3), who, "≤ 1.0")]
    # The agent is there now, as in a session of work.
    return [Row(f"{work}, warm", *in_turn(ours, peer, 5), who, "≤ 0.35"), *rows]


def idling(folder: str) -> list[Row]:
    """What the agent, and what it forks workers and kernels from, take of a core while there is nothing to do."""
    import psutil

    python("-m", "jupyter_azml", "run", str(notebook(folder, ["1"], "one.ipynb")), "--wait")
    lock = Path(folder) / "home/workspaces/local/agent.lock"
    agent = psutil.Process(json.loads(lock.read_text("utf-8"))["pid"])

    def used() -> float:
        return sum(sum(process.cpu_times()[:2]) for process in processes)

    time.sleep(3)  # what the last job left to do
    processes = [agent, *agent.children(recursive=True)]
    before, began = used(), time.monotonic()
    time.sleep(10)
    return [Row("idle agent: seconds of CPU per second", (used() - before) / (time.monotonic() - began), None, "")]


def starting(_folder: str) -> list[Row]:
    load = "import time; from IPython.core.interactiveshell import InteractiveShell as S; s = S.instance()\n"
    load += (
        "began = time.perf_counter(); s.run_line_magic('load_ext', 'jupyter_azml'); print(time.perf_counter() - began)"
    )
    loads = statistics.median(float(python("-c", load).stdout.split()[-1]) for _ in range(3))
    helps = statistics.median(timed(lambda: python("-m", "jupyter_azml", "--help")) for _ in range(5))
    return [Row("%load_ext jupyter_azml", loads, None, ""), Row("azml --help, whole process", helps, None, "")]
