"""Every acknowledged point is found, counted exactly, whoever is killed and whatever the disk does."""

import json
import multiprocessing
import os
import random
import resource
import runpy
import signal
import sys
import tracemalloc
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from mlflow.entities import Metric, Param, RunTag
from mlflow.exceptions import MlflowException

from jupyter_azml.tracking.paths import TrackingPaths
from jupyter_azml.tracking.store import JournallingStore

HERE = Path(__file__).parent


def new_run(store: JournallingStore) -> str:
    run_id: str = store.create_run("0", "me", 1, [], "run").info.run_id
    return run_id


def points(store: JournallingStore, run: str, key: str = "loss") -> list[tuple[float, int, int]]:
    return [(point.value, point.step, point.timestamp) for point in store.get_metric_history(run, key)]


class Forked:
    """A process that has MLflow behind it already, whose import takes longer than all that it is to do here."""

    def __init__(self, work: Callable[..., None], *words: object) -> None:
        self._process = multiprocessing.get_context("fork").Process(target=self._work, args=(work, words))
        read, self._write = os.pipe()
        self._process.start()
        os.close(self._write)
        self.stdout = os.fdopen(read)

    def _work(self, work: Callable[..., None], words: tuple[object, ...]) -> None:
        os.dup2(self._write, 1)
        os.close(self._write)
        sys.stdout = os.fdopen(1, "w", closefd=False)
        work(*words)

    def kill(self) -> None:
        self._process.kill()
        self._process.join()

    def said(self) -> str:
        """All of it, once it has ended by itself."""
        said = self.stdout.read()
        self._process.join()
        assert self._process.exitcode == 0
        return said


@pytest.fixture
def start() -> Iterator[Callable[..., Forked]]:
    started: list[Forked] = []

    def begin(work: Callable[..., None], *words: object) -> Forked:
        started.append(Forked(work, *words))
        return started[-1]

    yield begin
    for process in started:
        process.kill()


def run_script(name: str, *words: str) -> None:
    sys.argv = [name, *words]
    runpy.run_path(str(HERE / name))


def test_writers_and_folders_are_killed_again_and_again(
    paths: TrackingPaths, store: JournallingStore, run: str, start: Callable[..., Forked]
) -> None:
    workspace, chance = paths.database.parent, random.Random(7)
    acknowledged: dict[str, int] = {}

    def note(line: str) -> None:
        if line.endswith("\n"):
            key, step = line.split()
            acknowledged[key] = int(step)

    writers = [start(run_script, "writer.py", f"azml://{workspace}", run, f"{n}", "2") for n in range(2)]
    for _ in range(4):
        folder = start(run_script, "folder.py", str(workspace))
        folder.stdout.readline()
        for _line in range(chance.randrange(1, 200)):
            for writer in writers:
                note(writer.stdout.readline())
        folder.kill()
    for writer in writers:
        writer.kill()
        for line in writer.stdout.readlines():
            note(line)
    assert len(acknowledged) == 4
    data = store.get_run(run).data
    for key, last in acknowledged.items():
        found = points(store, run, key)
        steps = [step for _value, step, _time in found]
        # The one after the last acknowledged may have been written when the writer was killed.
        assert sorted(steps) in (list(range(last + 1)), list(range(last + 2)))
        assert all(value == step / 7 for value, step, _time in found)
        assert data.metrics[key] == max(steps) / 7
        batches = Counter(step for _value, step, _time in points(store, run, f"{key}.batch"))
        assert all(batches[step] == 50 for step in range(6, last + 1, 7))
        assert all(data.params[f"{key}.{step}"] == str(step) for step in range(49, last + 1, 50))
    [found_by_search] = store.search_runs(["0"], "", 1, 10, [])
    assert found_by_search.data.metrics == data.metrics


def test_a_line_that_was_cut_takes_no_other_with_it(store: JournallingStore, run: str, paths: TrackingPaths) -> None:
    journal = paths.run(run).metrics
    for step in range(3):
        store.log_metric(run, Metric("loss", step / 2, 5, step))
    whole = journal.read_bytes()
    os.truncate(journal, len(whole) - 9)
    assert points(store, run) == [(0.0, 0, 5), (0.5, 1, 5)]
    # By the process that had it open, and by a new one.
    store.log_metric(run, Metric("loss", 7.0, 5, 7))
    JournallingStore(paths.database.parent).log_metric(run, Metric("loss", 8.0, 5, 8))
    assert points(store, run) == [(0.0, 0, 5), (0.5, 1, 5), (7.0, 7, 5), (8.0, 8, 5)]
    assert len(journal.read_bytes().splitlines()) == 5


def test_what_others_write_into_a_journal_harms_nobody(store: JournallingStore, run: str, paths: TrackingPaths) -> None:
    store.log_metric(run, Metric("loss", 0.5, 5, 1))
    store.log_param(run, Param("lr", "1"))
    journals = paths.run(run)
    odd: list[Any] = [
        *(1, None, [], {}, {"key": "loss"}, {"key": "loss", "value": "x", "step": 1, "timestamp": 1}),
        *(
            {"key": "loss", "value": 1.0, "step": 2**70, "timestamp": 1},
            {"key": 5, "value": 1.0, "step": 1, "timestamp": 1},
        ),
        {"key": "loss", "value": 1.0, "step": 1.5, "timestamp": 1},
        {"key": "loss", "value": 10**400, "step": 1, "timestamp": 1},
        {"key": "loss", "value": 9.0, "step": 9, "timestamp": 5, "model_id": {"a": 1}, "dataset": [1]},
        *({"param": "p", "value": 5}, {"param": ["p"], "value": "x"}, {"tag": None, "value": "x"}),
    ]
    for journal in (journals.metrics, journals.facts):
        with journal.open("ab") as file:
            file.write(b"\n".join([b"\xff\xfe", b"{", *(json.dumps(line).encode() for line in odd)]) + b"\n")
    store.log_metric(run, Metric("loss", 1.5, 5, 2))
    store.log_param(run, Param("x", "2"))
    assert points(store, run) == [(0.5, 1, 5), (1.5, 2, 5), (9.0, 9, 5)]
    assert store.get_run(run).data.params == {"lr": "1", "x": "2"}


def fill_the_disk(workspace: Path, run: str) -> None:
    store = JournallingStore(workspace)
    signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    store.log_metric(run, Metric("loss", 0.0, 5, 0))
    resource.setrlimit(resource.RLIMIT_FSIZE, (500, resource.RLIM_INFINITY))
    for step in range(1, 100):
        try:
            store.log_metric(run, Metric("loss", 0.0, 5, step))
        except MlflowException as error:
            refused = step, error.error_code
            break
    resource.setrlimit(resource.RLIMIT_FSIZE, (resource.RLIM_INFINITY, resource.RLIM_INFINITY))
    store.log_metric(run, Metric("loss", 0.0, 5, 1000))
    print(*refused, flush=True)


def test_a_full_disk_is_told_and_what_stood_there_stays(
    paths: TrackingPaths, store: JournallingStore, run: str, start: Callable[..., Forked]
) -> None:
    refused, error = start(fill_the_disk, paths.database.parent, run).said().split()
    assert error == "TEMPORARILY_UNAVAILABLE"
    assert [step for _value, step, _time in points(store, run)] == [*range(int(refused)), 1000]


def test_a_long_journal_is_never_held_in_memory(store: JournallingStore, run: str, paths: TrackingPaths) -> None:
    store.log_metric(run, Metric("loss", 0.5, 5, 1))
    journal = paths.run(run).metrics
    # A gigabyte without a line's end, and points behind it.
    os.truncate(journal, 1024**3)
    store.log_metric(run, Metric("loss", 1.5, 5, 2))
    tracemalloc.start()
    try:
        assert points(store, run) == [(0.5, 1, 5), (1.5, 2, 5)]
        assert tracemalloc.get_traced_memory()[1] < 20 * 1024**2
    finally:
        tracemalloc.stop()


def claim_parameters(workspace: Path, run: str, name: str, begins: Any) -> None:
    store = JournallingStore(workspace)
    won, refused = 0, set()
    begins.wait()
    for number in range(100):
        try:
            store.log_param(run, Param(f"p{number}", name))
            won += 1
        except MlflowException as error:
            refused.add(error.error_code)
    assert refused <= {"INVALID_PARAMETER_VALUE"}
    print(won, flush=True)


def test_a_parameter_has_one_value_whoever_is_first(
    store: JournallingStore, run: str, paths: TrackingPaths, start: Callable[..., Forked]
) -> None:
    begins = multiprocessing.get_context("fork").Barrier(2)
    processes = {name: start(claim_parameters, paths.database.parent, run, name, begins) for name in ("a", "b")}
    won = {name: int(process.said()) for name, process in processes.items()}
    found = Counter(store.get_run(run).data.params.values())
    assert found == {name: count for name, count in won.items() if count}
    assert sum(won.values()) == 100


def test_a_parameter_that_went_by_sql_is_known_to_all(store: JournallingStore, run: str, paths: TrackingPaths) -> None:
    other = JournallingStore(paths.database.parent)
    for each in (store, other):
        each.log_param(run, Param("open", "1"))
    # The name of a run is no fact of the journal's, so MLflow's own code writes the whole batch.
    store.log_batch(run, [], [Param("lr", "1")], [RunTag("mlflow.runName", "new")])
    for each in (store, other):
        with pytest.raises(MlflowException, match="Changing param values"):
            each.log_batch(run, [], [Param("lr", "2")], [])
    assert store.get_run(run).data.params == {"open": "1", "lr": "1"}


def test_a_forked_child_logs_beside_its_parent(store: JournallingStore, run: str) -> None:
    store.log_metric(run, Metric("loss", 0.0, 5, 0))
    store.log_param(run, Param("lr", "1"))
    children = []
    for child in range(1, 4):
        pid = os.fork()
        if pid == 0:
            code = 1
            try:
                for step in range(100):
                    store.log_metric(run, Metric("loss", float(child), 5, step))
                store.log_param(run, Param(f"of {child}", "x"))
                try:
                    store.log_param(run, Param("lr", "2"))
                except MlflowException:
                    code = 0 if len(points(store, run)) >= 101 else 2
            finally:
                os._exit(code)
        children.append(pid)
    for step in range(100):
        store.log_metric(run, Metric("loss", 9.0, 5, step))
    assert [os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1]) for pid in children] == [0, 0, 0]
    assert len(points(store, run)) == 401
    assert store.get_run(run).data.params == {"lr": "1", "of 1": "x", "of 2": "x", "of 3": "x"}


def test_clocks_may_jump(store: JournallingStore, run: str) -> None:
    times = [10**12, 5, 2**62, 0, 10**12]
    for step, time in enumerate(times):
        store.log_metric(run, Metric("loss", float(step), time, step))
    assert [step for _value, step, _time in points(store, run)] == [3, 1, 0, 4, 2]
    assert store.get_run(run).data.metrics == {"loss": 4.0}


def test_a_run_that_another_deletes_takes_no_more(store: JournallingStore, run: str, paths: TrackingPaths) -> None:
    other = JournallingStore(paths.database.parent)
    store.log_metric(run, Metric("loss", 0.0, 5, 0))
    other.delete_run(run)
    with pytest.raises(MlflowException, match="must be in the 'active' state"):
        store.log_metric(run, Metric("loss", 0.0, 5, 1))
    other.restore_run(run)
    store.log_metric(run, Metric("loss", 0.0, 5, 2))
    other.delete_experiment("0")
    with pytest.raises(MlflowException, match="must be in the 'active' state"):
        store.log_batch(run, [], [], [RunTag("a", "b")])
    assert [step for _value, step, _time in points(store, run)] == [0, 2]


def test_a_hundred_runs_at_once_need_few_descriptors(store: JournallingStore) -> None:
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    runs = [new_run(store) for _ in range(100)]
    # Runs held open take 192 of them. The limit is on a number, and this process may have many open already.
    highest = max(int(number) for number in os.listdir("/dev/fd"))
    resource.setrlimit(resource.RLIMIT_NOFILE, (min(soft, highest + 240), hard))
    try:
        for step in range(2):
            for run in runs:
                store.log_metric(run, Metric("loss", 0.5, 5, step))
    finally:
        resource.setrlimit(resource.RLIMIT_NOFILE, (soft, hard))
    counts: dict[str, int] = defaultdict(int)
    for found in store.search_runs(["0"], "", 1, 200, []):
        counts[found.info.run_id] = len(points(store, found.info.run_id))
    assert counts == dict.fromkeys(runs, 2)


def test_a_run_that_nobody_writes_is_not_looked_at(store: JournallingStore, run: str, paths: TrackingPaths) -> None:
    store.log_metric(run, Metric("loss", 0.5, 5, 1))
    marks = paths.open
    store.search_runs(["0"], "", 1, 10, [])
    assert [mark.name for mark in marks.iterdir()] == [run]
    store.update_run_info(run, 3, 9, None)
    store.search_runs(["0"], "", 1, 10, [])
    assert not list(marks.iterdir())
    store.log_metric(run, Metric("loss", 0.5, 5, 2))
    assert [mark.name for mark in marks.iterdir()] == [run]
