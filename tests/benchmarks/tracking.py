"""Metrics, logged and read back."""

from pathlib import Path

from .measure import Row, in_turn, python

WRITE = """
import multiprocessing, os, sys, time
uri, writers, calls = sys.argv[1], int(sys.argv[2]), int(sys.argv[3])
os.environ["MLFLOW_TRACKING_URI"] = os.environ["MLFLOW_REGISTRY_URI"] = uri  # as in a job
import mlflow.store.tracking.sqlalchemy_store

def write(runs, times, barrier):
    with mlflow.start_run(run_id=runs.get()):
        mlflow.log_metric("warm", 0)
        barrier.wait()
        began = time.perf_counter()
        for step in range(calls):
            mlflow.log_metric("loss", step / 7, step=step)
        times.put((began, time.perf_counter()))

def prepare(runs):
    client = mlflow.MlflowClient()
    for _ in range(writers):
        runs.put(client.create_run("0").info.run_id)

def count(found):
    client = mlflow.MlflowClient()
    runs = client.search_runs(["0"], order_by=["attributes.start_time DESC"], max_results=writers)
    histories = [client.get_metric_history(run.info.run_id, "loss") for run in runs]
    found.put([len({(point.step, point.timestamp, point.value) for point in history}) for history in histories])

def started(function, *words):
    process = context.Process(target=function, args=words)
    process.start()
    return process

# Forked after the imports, before any store is open: sixteen starts are not what is measured.
context = multiprocessing.get_context("fork")
runs, times, found, barrier = context.Queue(), context.Queue(), context.Queue(), context.Barrier(writers)
started(prepare, runs).join()
processes = [started(write, runs, times, barrier) for _ in range(writers)]
spans = [times.get() for _ in processes]
[process.join() for process in processes]
started(count, found)
counted = found.get()
assert counted == [calls] * writers, counted
print((max(end for _began, end in spans) - min(began for began, _end in spans)) / calls / writers)
"""


def log_metric(folder: str) -> list[Row]:
    return [
        _row("one mlflow.log_metric call", folder, writers=1, ours=5000, peers=300),
        _row("the same with 16 writers at once", folder, writers=16, ours=1000, peers=20),
    ]


def _row(work: str, folder: str, *, writers: int, ours: int, peers: int) -> Row:
    """Every point is counted afterwards."""
    workspace = Path(folder) / "home/workspaces/local"

    def seconds(uri: str, calls: int) -> float:
        return float(python("-c", WRITE, uri, str(writers), str(calls)).stdout.split()[-1])

    times = in_turn(
        lambda: seconds(f"azml://{workspace}", ours), lambda: seconds(f"sqlite:///{folder}/peer.db", peers), rounds=3
    )
    return Row(work, *times, "MLflow on SQLite", "≤ 0.05")
