"""kill -9 at random points of a job's life, and what became of every job.

``python -m tests.crash.kills --count 200`` prints the figures. The suite runs a few of them.
"""

import argparse
import os
import random
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path

import psutil

from jupyter_azml.entities import CommandSpec, Compute, ComputeType, Event, Job, JobStatus, LogLines, NotebookSpec
from jupyter_azml.local import LocalWorkspace
from jupyter_azml.local.files import read_json
from jupyter_azml.local.locks import is_held
from jupyter_azml.local.paths import WorkspacePaths
from tests.conftest import notebook_writer
from tests.crash.jupyter import JupyterServer
from tests.processes import end_processes_below, processes_of

PATIENCE = 10.0
"""Seconds after the restart in which every job has to be where it belongs."""
LINES = 12

NOTEBOOK = f"""
import os, time
runs = os.open(os.environ["AZML_TEST_RUNS"], os.O_WRONLY | os.O_APPEND | os.O_CREAT)
os.write(runs, (os.environ["AZUREML_RUN_ID"] + " ran\\n").encode())
for n in range({LINES}):
    print("line", n, flush=True); time.sleep(0.05)
os.write(runs, (os.environ["AZUREML_RUN_ID"] + " done\\n").encode())
"""
COMMAND = f"""
echo "$AZUREML_RUN_ID ran" >> "$AZML_TEST_RUNS"
for n in {{0..{LINES - 1}}}; do echo "line $n"; sleep 0.05; done
echo "$AZUREML_RUN_ID done" >> "$AZML_TEST_RUNS"
"""


@dataclass
class Figures:
    kills: Counter[str] = field(default_factory=Counter)
    ends: Counter[str] = field(default_factory=Counter)
    jobs: int = 0
    slowest: float = 0.0
    faults: list[str] = field(default_factory=list)

    def show(self) -> None:
        print(f"{sum(self.kills.values())} kills: {', '.join(f'{n} {who}' for who, n in sorted(self.kills.items()))}")
        print(f"{self.jobs} jobs ended: {', '.join(f'{n} {end}' for end, n in self.ends.most_common())}")
        print(f"longest from the kill to the last job's end: {self.slowest:.1f} s (allowed: {PATIENCE:.0f} s)")
        print(f"faults: {len(self.faults)}")
        for fault in self.faults:
            print(" -", fault)


class Trials:
    """Rounds of: submit a few jobs, wait a moment, kill something, see that every job ends as it should."""

    def __init__(self, folder: Path, seed: int) -> None:
        os.environ["AZML_TEST_RUNS"] = str(folder / "runs")
        self._folder = folder
        self._chance = random.Random(seed)
        self._paths = WorkspacePaths(folder / "home" / "workspaces" / "local")
        self._workspace = LocalWorkspace(self._paths.folder)
        self._notebook = notebook_writer(folder / "project")(NOTEBOOK)
        cluster = Compute(name="cluster", type=ComputeType.AMLCOMPUTE, size="Standard_DS3_v2", max_nodes=2)
        self._workspace.computes.create_or_update(cluster)
        self._submitters: list[subprocess.Popen[bytes]] = []
        self.figures = Figures()

    def run(self, count: int) -> Figures:
        targets: list[tuple[str, Callable[[list[Job]], bool]]] = [
            ("agent", self._kill_agent),
            ("worker", self._kill_worker),
            ("kernel or command", self._kill_inner),
            ("node", self._kill_node),
            ("submitter", self._kill_submitter),
            ("jupyter server", self._kill_server),
            ("agent and worker", lambda jobs: self._kill_agent(jobs) | self._kill_worker(jobs)),
        ]
        rounds = 0
        while (done := sum(self.figures.kills.values())) < count:
            name, kill = targets[rounds % len(targets)]
            self._round(name, kill)
            rounds += 1
            print(f"\r{done} kills, {len(self.figures.faults)} faults", end="", file=sys.stderr, flush=True)
        print(file=sys.stderr)
        return self.figures

    def _round(self, name: str, kill: Callable[[list[Job]], bool]) -> None:
        known = {job.name for job in self._workspace.jobs.list(limit=1).items}
        places = [("cluster", "local"), ("cluster", "cluster") if name == "node" else ("local", "local")]
        jobs = [self._submit(compute) for compute in self._chance.choice(places)]
        if name == "submitter":
            self._submitters.append(self._start_terminal())
        elif name == "jupyter server":
            server = JupyterServer(self._notebook.parent, self._folder / "runtime")
            jobs.append(self._workspace.jobs.get(server.submit(self._notebook.name)))
            self._submitters.append(server.process)
        seen: dict[str, list[Event]] = {job.name: [] for job in jobs}
        cursors = dict.fromkeys(seen, "")
        # Up to and beyond the end of a job: the moment is to be any.
        moment = time.monotonic() + self._chance.uniform(0, 2.0)
        while time.monotonic() < moment:
            cursors = self._read(cursors, seen)
            time.sleep(0.02)
        if not kill(jobs):
            self._wait(jobs, time.monotonic(), "nothing")
            return  # there was nothing of the kind to kill any more
        self.figures.kills[name] += 1
        killed_at = time.monotonic()
        newest = [job for job in self._workspace.jobs.list(limit=10).items if job.name not in known]
        jobs = [*jobs, *(job for job in newest if job.name not in seen and not job.status.is_terminal)]
        self._wait(jobs, killed_at, name)
        for job in jobs:
            self._judge(self._workspace.jobs.get(job.name), seen.get(job.name, []), name)
        self._look_for_orphans()

    def _submit(self, compute: str) -> Job:
        fields = {"compute": compute, "retries": self._chance.choice([0, 0, 1]), "experiment": "kills"}
        if self._chance.random() < 0.5:
            return self._workspace.jobs.submit(CommandSpec.model_validate({"command": COMMAND, **fields}))
        spec = {"notebook": self._notebook.name, "code": str(self._notebook.parent), "kernel_name": "python3", **fields}
        return self._workspace.jobs.submit(NotebookSpec.model_validate(spec))

    def _read(self, cursors: dict[str, str], seen: dict[str, list[Event]]) -> dict[str, str]:
        batch = self._workspace.jobs.events(cursors)
        for event in batch.events:
            seen[event.job].append(event)
        return batch.cursors

    def _wait(self, jobs: list[Job], since: float, killed: str) -> None:
        """A look at the list is the restart: whoever looks at work that nobody does gets it going again."""
        waiting = {job.name for job in jobs}
        while waiting and time.monotonic() - since < 6 * PATIENCE:
            waiting = {name for name in waiting if not self._workspace.jobs.get(name).status.is_terminal}
            time.sleep(0.05)
        took = time.monotonic() - since
        self.figures.slowest = max(self.figures.slowest, took)
        if took > PATIENCE:
            ends = [self._workspace.jobs.get(job.name) for job in jobs]
            told = ", ".join(f"{job.name} {job.status} at attempt {job.attempt} on {job.compute}" for job in ends)
            self._fault(f"{killed} killed: {took:.1f} s until all had ended: {told}")

    def _judge(self, job: Job, seen: list[Event], killed: str) -> None:
        runs = (self._folder / "runs").read_text().split("\n") if (self._folder / "runs").exists() else []
        ran, done = runs.count(f"{job.name} ran"), runs.count(f"{job.name} done")
        code = job.reason.code if job.reason else "none"
        self.figures.jobs += 1
        self.figures.ends[f"{job.status} {code}"] += 1
        if not job.reason:
            self._fault(f"{job.name} has no reason")
        if ran > job.spec.retries + 1:
            self._fault(f"{job.name} ran {ran} times with {job.spec.retries} retries")
        if job.status is JobStatus.COMPLETED and not done:
            self._fault(f"{job.name} is Completed and was never done (killed: {killed})")
        if job.status is JobStatus.FAILED and code not in _TRUE_OF[killed]:
            self._fault(f"{job.name} Failed as {code} where the {killed} was killed")
        if job.status not in (JobStatus.COMPLETED, JobStatus.FAILED):
            self._fault(f"{job.name} ended as {job.status}")
        self._compare_journals(job, seen)

    def _compare_journals(self, job: Job, seen: list[Event]) -> None:
        whole: list[Event] = []
        cursors = {job.name: ""}
        while True:
            batch = self._workspace.jobs.events(cursors)
            whole += batch.events
            if batch.cursors == cursors:
                break
            cursors = batch.cursors
        text = "".join(event.text for event in whole if isinstance(event, LogLines))
        acknowledged = "".join(event.text for event in seen if isinstance(event, LogLines))
        if not text.startswith(acknowledged):
            self._fault(f"{job.name} lost lines: {acknowledged!r} was read, {text!r} is left")
        if job.status is JobStatus.COMPLETED and f"line {LINES - 1}\n" not in text:
            self._fault(f"{job.name} is Completed and its log is not whole: {text!r}")

    def _look_for_orphans(self) -> None:
        """Whatever runs for a job that has ended. The agent, nodes and servers of workers may stay."""
        for process in psutil.process_iter():
            try:
                job = process.environ().get("AZUREML_RUN_ID", "")
            except psutil.Error:
                continue
            if job and self._paths.job(job).folder.exists() and self._workspace.jobs.get(job).status.is_terminal:
                try:
                    process.wait(2)
                except psutil.TimeoutExpired:
                    self._fault(f"{job} has ended and left {process.cmdline()}")

    def _kill_agent(self, jobs: list[Job]) -> bool:
        return is_held(self._paths.agent_lock) and self._kill_named(self._paths.agent_lock)

    def _kill_worker(self, jobs: list[Job]) -> bool:
        running = [job for job in jobs if is_held(self._paths.job(job.name).lock)]
        return bool(running) and self._kill_named(self._paths.job(self._chance.choice(running).name).worker)

    def _kill_inner(self, jobs: list[Job]) -> bool:
        """A kernel, or the shell of a command: what the worker started."""
        found = []
        for job in jobs:
            worker = read_json(self._paths.job(job.name).worker) or {}
            if worker and is_held(self._paths.job(job.name).lock):
                found += [each.pid for each in processes_of(job.name) if each.pid != worker["pid"] and _leads(each.pid)]
        return bool(found) and _kill(self._chance.choice(found))

    def _kill_node(self, jobs: list[Job]) -> bool:
        nodes = [node for node in self._workspace.computes.nodes("cluster").items if node.job]
        return bool(nodes) and self._kill_named(self._paths.node(self._chance.choice(nodes).name).lock)

    def _kill_submitter(self, jobs: list[Job]) -> bool:
        submitters, self._submitters = self._submitters, []
        alive = [process for process in submitters if process.poll() is None]
        for process in submitters:
            _kill(process.pid)
            process.wait()
        return bool(alive)

    _kill_server = _kill_submitter

    def _start_terminal(self) -> "subprocess.Popen[bytes]":
        return subprocess.Popen(
            [sys.executable, "-m", "jupyter_azml", "run", str(self._notebook), "--stream"],
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            start_new_session=True,
        )

    def _kill_named(self, path: Path) -> bool:
        known = read_json(path)
        return bool(known) and _kill(known["pid"])

    def _fault(self, text: str) -> None:
        self.figures.faults.append(text)


# A kill may come too late, and then the job completes; or before the worker began, and then it is started again.
_TRUE_OF = {
    "agent": set(),
    "submitter": set(),
    "jupyter server": set(),
    "worker": {"WorkerDied"},
    "agent and worker": {"WorkerDied"},
    "kernel or command": {"KernelDied", "KernelStartFailed", "CommandFailed", "CommandKilled"},
    "node": {"NodeLost"},
}


def _leads(process: int) -> bool:
    with suppress(ProcessLookupError):
        return os.getpgid(process) == process
    return False


def _kill(process: int) -> bool:
    try:
        os.kill(process, 9)
    except ProcessLookupError:
        return False
    return True


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--count", type=int, default=200)
    parser.add_argument("--seed", type=int, default=random.randrange(10**6))
    options = parser.parse_args()
    print(f"seed {options.seed}", flush=True)
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as folder:
        os.environ["AZML_HOME"] = str(Path(folder) / "home")
        os.environ["AZML_AGENT_IDLE_SECONDS"] = "60"
        trials = Trials(Path(folder), options.seed)
        try:
            trials.run(options.count)
        finally:
            # Stopped by Ctrl-C, it says what it has seen so far.
            trials.figures.show()
            end_processes_below(Path(folder))
    sys.exit(bool(trials.figures.faults))


if __name__ == "__main__":
    main()
