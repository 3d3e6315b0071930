"""Random calls, made to our store and to MLflow's own, whose every answer and every error must be the same."""

import math
import sqlite3
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from mlflow.entities import Dataset, DatasetInput, InputTag, Metric, Param, RunStatus, RunTag, ViewType
from mlflow.exceptions import MlflowException
from mlflow.store.tracking.sqlalchemy_store import SqlAlchemyStore

from jupyter_azml.tracking.folding import fold_open_runs
from jupyter_azml.tracking.paths import TrackingPaths
from jupyter_azml.tracking.store import JournallingStore

KEYS = st.sampled_from(["loss", "a/b c", "épreuve", "x" * 250])
BAD_KEYS = st.sampled_from(["", "..", "a/../b", "<b>", 'it"s', "\N{GRINNING FACE}", "x" * 251, "x" * 10_240, None, 7])
VALUES = st.one_of(
    st.sampled_from([0.0, -0.0, 1.0, math.inf, -math.inf, 5e-324, 1.7976931348623157e308, 2**53, True]),
    st.floats(allow_nan=False),
    st.integers(-(2**53), 2**53),
)
BAD_VALUES = st.sampled_from([None, "0.5", [1.0]])
STEPS = st.one_of(st.integers(-3, 3), st.sampled_from([2**62, -(2**63), 2**63 - 1]))
BAD_STEPS = st.sampled_from([None, "1"])
TIMES = st.one_of(st.integers(0, 3), st.sampled_from([2**53]))
TEXTS = st.one_of(st.sampled_from(["", "0", "1", '"\n\r\0', "\N{GRINNING FACE}", "é" * 5000, "x" * 10_240, "\ud800"]))
POINTS = st.tuples(KEYS, VALUES, TIMES, STEPS)
ODD_POINTS = st.tuples(KEYS | BAD_KEYS, VALUES | BAD_VALUES, TIMES | st.sampled_from([-1, None]), STEPS | BAD_STEPS)
NAMES = st.sampled_from(["lr", "layers/0", "mlflow.runName"])
SHORT = st.sampled_from(["0", "1"])
ABSENT = 9
"""The number of a run that nobody made."""
FILTERS = ("", "metrics.loss > 0", "params.lr = '1'", "tags.lr = '0'", "attributes.status = 'FINISHED'")
ORDERS: tuple[list[str], ...] = ([], ["metrics.loss DESC"], ["params.lr ASC"], ["tags.lr", "attributes.end_time"])


class Pair:
    """The two stores."""

    def __init__(self, folder: Path) -> None:
        self.paths = TrackingPaths(folder / "ours")
        self.theirs = SqlAlchemyStore(f"sqlite:///{folder}/theirs.db", str(folder / "artifacts"))
        self.experiments = 0
        self.reopen()

    def reopen(self) -> None:
        self.ours = JournallingStore(self.paths.database.parent)

    def fold(self) -> None:
        """As the agent does it."""
        connection = sqlite3.connect(self.paths.database, isolation_level=None)
        assert fold_open_runs(connection, self.paths)
        connection.close()


@pytest.fixture(scope="module")
def pair(tmp_path_factory: pytest.TempPathFactory) -> Pair:
    return Pair(tmp_path_factory.mktemp("stores"))


RUNS = st.sampled_from([0, 0, 0, 0, 0, 0, 1, 1, 1, ABSENT])


def calls(call: str, weight: int = 1, /, **arguments: st.SearchStrategy[Any]) -> list[st.SearchStrategy[Any]]:
    return [st.tuples(st.just(call), st.fixed_dictionaries(arguments))] * weight


CALLS = st.one_of(
    *calls("log_metric", 4, run=RUNS, point=POINTS),
    *calls("log_metric", 1, run=RUNS, point=ODD_POINTS),
    *calls("log_not_a_number", 1, run=RUNS, key=KEYS, step=STEPS),
    *calls("log_param", 3, run=RUNS, name=NAMES, value=SHORT),
    *calls("log_param", 1, run=RUNS, name=BAD_KEYS | NAMES, value=TEXTS),
    *calls("set_tag", 4, run=RUNS, name=NAMES, value=SHORT),
    *calls("set_tag", 1, run=RUNS, name=BAD_KEYS | NAMES, value=TEXTS),
    *calls("delete_tag", 4, run=RUNS, name=NAMES),
    *calls(
        "log_batch",
        4,
        run=RUNS,
        points=st.lists(POINTS, max_size=5),
        params=st.lists(st.tuples(NAMES, SHORT), max_size=2),
        tags=st.lists(st.tuples(NAMES, SHORT), max_size=3),
    ),
    *calls(
        "update_run_info",
        2,
        run=RUNS,
        status=st.sampled_from([RunStatus.RUNNING, RunStatus.FINISHED, RunStatus.KILLED]),
        name=TEXTS,
    ),
    *calls("delete_and_restore", 1, run=RUNS, point=POINTS),
    *calls("delete_and_restore_experiment", 1, run=RUNS, point=POINTS),
    *calls("log_inputs", 1, run=RUNS, digest=SHORT),
    *calls("fold", 1),
    *calls("reopen", 1),
    *calls("a_writer_is_killed", 2, run=RUNS, journal=st.sampled_from(["metrics", "facts"])),
    *calls("read_run", 2, run=RUNS),
    *calls("read_history", 1, run=RUNS, key=KEYS),
    *calls("search", 1, wanted=st.sampled_from(FILTERS), order=st.sampled_from(ORDERS)),
)


@settings(max_examples=8, deadline=None, suppress_health_check=list(HealthCheck), phases=[Phase.generate])
@given(sequence=st.lists(CALLS, min_size=40, max_size=80))
def test_the_store_answers_as_mlflows_own_does(pair: Pair, sequence: list[tuple[str, dict[str, Any]]]) -> None:
    caller = Caller(pair)
    for name, arguments in sequence:
        getattr(caller, name)(**arguments)
    for run in caller.runs:
        caller.read_run(run)


class Caller:
    """Makes each call to both stores, in an experiment of its own."""

    def __init__(self, stores: Pair) -> None:
        self.stores = stores
        self.both = (stores.ours, stores.theirs)
        stores.experiments += 1
        name = f"experiment {stores.experiments}"
        self.experiments = [store.create_experiment(name) for store in self.both]
        self.runs: dict[int, list[str]] = {ABSENT: ["no-such-run", "no-such-run"]}
        for number in (0, 1):
            self.runs[number] = [
                store.create_run(experiment, "me", number, [], "run").info.run_id
                for store, experiment in zip(self.both, self.experiments, strict=True)
            ]
        self.fresh = 10

    def log_metric(self, run: int, point: Any) -> None:
        self.same(run, lambda store, run_id: store.log_metric(run_id, metric(*point)))

    def log_not_a_number(self, run: int, key: str, step: int) -> None:
        # MLflow refuses to log the same NaN again, with an error of SQL's; ours says nothing.
        self.fresh += 1
        self.same(run, lambda store, run_id: store.log_metric(run_id, metric(key, math.nan, self.fresh, step)))

    def log_param(self, run: int, name: Any, value: str) -> None:
        self.same(run, lambda store, run_id: store.log_param(run_id, Param(name, value)))

    def set_tag(self, run: int, name: Any, value: str) -> None:
        self.same(run, lambda store, run_id: store.set_tag(run_id, RunTag(name, value)))

    def delete_tag(self, run: int, name: str) -> None:
        self.same(run, lambda store, run_id: store.delete_tag(run_id, name))

    def log_batch(self, run: int, points: Any, params: Any, tags: Any) -> None:
        batch = ([metric(*p) for p in points], [Param(*p) for p in params], [RunTag(*t) for t in tags])
        self.same(run, lambda store, run_id: store.log_batch(run_id, *batch))

    def update_run_info(self, run: int, status: int, name: str) -> None:
        self.same(run, lambda store, run_id: store.update_run_info(run_id, status, 9, name or None).status)

    def delete_and_restore(self, run: int, point: Any) -> None:
        self.same(run, lambda store, run_id: store.delete_run(run_id))
        self.log_metric(run, point)
        self.set_tag(run, "lr", "0")
        self.read_run(run)
        self.same(run, lambda store, run_id: store.restore_run(run_id))

    def delete_and_restore_experiment(self, run: int, point: Any) -> None:
        for store, experiment in zip(self.both, self.experiments, strict=True):
            store.delete_experiment(experiment)
        self.log_metric(run, point)
        self.log_param(run, "lr", "0")
        for store, experiment in zip(self.both, self.experiments, strict=True):
            store.restore_experiment(experiment)

    def log_inputs(self, run: int, digest: str) -> None:
        data = DatasetInput(Dataset("iris", digest, "local", "{}"), [InputTag("context", "training")])
        self.same(run, lambda store, run_id: store.log_inputs(run_id, [data]))

    def fold(self) -> None:
        self.stores.fold()

    def reopen(self) -> None:
        self.stores.reopen()
        self.both = (self.stores.ours, self.stores.theirs)

    def a_writer_is_killed(self, run: int, journal: str) -> None:
        path = getattr(self.stores.paths.run(self.runs[run][0]), journal)
        if path.exists():
            with path.open("ab") as file:
                file.write(b'{"key": "loss", "value": 1.0, "st')

    def read_history(self, run: int, key: str) -> None:
        for read in (
            lambda store, run_id: store.get_metric_history(run_id, key),
            lambda store, run_id: store.get_metric_history(run_id, key, max_results=2, page_token=None),
            lambda store, run_id: store.get_max_step_for_metric(run_id, key),
            lambda store, run_id: [m.metric for m in store.get_metric_history_bulk([run_id], key, 5)],
            lambda store, run_id: [
                m.metric for m in store.get_metric_history_bulk_interval([run_id], key, 3, None, None)
            ],
        ):
            self.same(run, read)

    def search(self, wanted: str, order: list[str]) -> None:
        numbers = {run_id: number for number, ids in self.runs.items() for run_id in ids}

        def found(store: Any, experiment: str) -> Any:
            runs = store.search_runs([experiment], wanted, ViewType.ALL, 100, order)
            return [(numbers[run.info.run_id], data_of(run)) for run in runs]

        ours, theirs = (found(*each) for each in zip(self.both, self.experiments, strict=True))
        assert ours == theirs

    def read_run(self, run: int) -> None:
        self.same(run, lambda store, run_id: data_of(store.get_run(run_id)))

    def same(self, run: int, call: Callable[[Any, str], Any]) -> None:
        ours, theirs = (outcome(call, *each) for each in zip(self.both, self.runs[run], strict=True))
        assert ours == theirs


def outcome(call: Callable[[Any, str], Any], store: Any, run_id: str) -> Any:
    try:
        return shown(call(store, run_id))
    except MlflowException as error:
        return error.error_code, str(error).replace(run_id, "RUN")[:2000]
    except Exception as error:  # MLflow does not catch everything either
        return type(error)


def shown(value: Any) -> Any:
    """Comparable: NaN is equal to itself."""
    if isinstance(value, Metric):
        return value.key, repr(value.value), value.timestamp, value.step
    if isinstance(value, list):
        return [shown(item) for item in value]
    return value


def data_of(run: Any) -> Any:
    info = run.info
    metrics = {metric.key: shown(metric) for metric in run.data._metric_objs}
    inputs = sorted((i.dataset.name, i.dataset.digest, len(i.tags)) for i in run.inputs.dataset_inputs)
    facts = (run.data.params, run.data.tags, info.run_name, info.status, info.end_time, info.lifecycle_stage)
    return metrics, facts, inputs


def metric(key: Any, value: Any, time: Any, step: Any) -> Metric:
    return Metric(key, value, time, step)
