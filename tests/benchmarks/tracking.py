"""Metrics, logged and read."""

from pathlib import Path

from .measure import Row, python


def log_metric(folder: str) -> list[Row]:
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
    return [Row("one mlflow.log_metric call", times[0], times[1], "MLflow on SQLite")]
