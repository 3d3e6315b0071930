"""A million points of one metric, opened and zoomed into."""

import json
import math
import statistics
import time
from pathlib import Path

from .measure import Row, timed

COUNT = 1_000_000


def series(folder: str) -> list[Row]:
    from jupyter_azml.local import LocalWorkspace
    from jupyter_azml.local.records import insert_job
    from tests.fakes.workspace import JobStatus, make_job

    workspace = LocalWorkspace(Path(folder) / "home/workspaces/million")
    with workspace.jobs._db.write() as connection:
        insert_job(connection, make_job("million", JobStatus.COMPLETED))
    journal = workspace.jobs._paths.job("million").metrics
    journal.parent.mkdir(parents=True)
    with journal.open("w") as file:
        for step in range(COUNT):
            value = 99.0 if step == 654_321 else math.sin(step / 1e4)
            line = {"key": "loss", "value": value, "step": step, "timestamp": 1_790_000_000_000 + step}
            file.write(json.dumps(line) + "\n")
    taken_in = timed(lambda: workspace.jobs.series("million"))
    ours = LocalWorkspace(Path(folder) / "home/workspaces/million").jobs
    opened = statistics.median(timed(lambda: ours.series("million", most=1000)) for _ in range(5))
    (whole,) = ours.series("million", most=1000)
    assert max(whole.values) == 99
    zoomed = statistics.median(
        timed(lambda: ours.series("million", ["loss"], start=654_000, end=655_000)) for _ in range(5)
    )
    return [
        Row("1,000,000 points taken in, once, while they are logged", taken_in),
        Row("1,000,000 points opened in 1,000", opened, mlflow_history(folder), "get_metric_history", "≤ 100 ms"),
        Row("… zoomed to 1,000 steps, true extremes", zoomed, None, "", "≤ 100 ms"),
    ]


def mlflow_history(folder: str) -> float:
    """The same points in MLflow's own store on SQLite, read as its interface reads them."""
    import sqlite3

    from mlflow.store.tracking.sqlalchemy_store import SqlAlchemyStore

    path = Path(folder) / "million.db"
    store = SqlAlchemyStore(f"sqlite:///{path}", folder)
    run = store.create_run("0", "me", int(time.time() * 1000), [], "million").info.run_id
    with sqlite3.connect(path) as connection:
        rows = ((run, "loss", step, 1_790_000_000_000 + step, math.sin(step / 1e4), False) for step in range(COUNT))
        connection.executemany(
            "INSERT INTO metrics (run_uuid, key, step, timestamp, value, is_nan) VALUES (?, ?, ?, ?, ?, ?)", rows
        )
    return timed(lambda: store.get_metric_history(run, "loss"))
